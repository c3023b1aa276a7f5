"""The annotator's pure modules, run where they will run: in the browser, from their sources."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing.widgets import Annotator

pytestmark = pytest.mark.browser

SOURCES = Path(__file__).resolve().parents[2] / "src" / "briefing" / "widgets" / "js"
ALPHABET = "ab é\u0301Ж ש\u200d\U0001f680\U0001f469\U0001d54f\n\u00a0"


@pytest.fixture
def modules(page: Any) -> Iterator[Any]:
    """A page that serves the sources; `run(code)` sees them as `M`."""

    def serve(route: Any) -> None:
        name = route.request.url.rsplit("/", 1)[-1]
        if name.endswith(".js"):
            body = (SOURCES / name).read_text(encoding="utf-8")
            route.fulfill(content_type="text/javascript; charset=utf-8", body=body)
        else:
            route.fulfill(content_type="text/html", body="<!doctype html><title>Modules</title>")

    page.route("http://modules.test/**", serve)
    page.goto("http://modules.test/")
    page.evaluate(
        """async names => {
            window.M = {};
            for (const name of names) Object.assign(window.M, await import(`/js/${name}.js`));
        }""",
        ["offsets", "words", "marks", "history", "copies"],
    )
    return page


def test_offsets_agree_with_python_for_any_text(modules: Any) -> None:
    chance = random.Random(7)
    texts = ["", "\U0001f680"] + [
        "".join(chance.choices(ALPHABET, k=chance.randrange(1, 60))) for _ in range(60)
    ]
    units = [
        [len(text[:i].encode("utf-16-le")) // 2 for i in range(len(text) + 1)] for text in texts
    ]
    got = modules.evaluate(
        """texts => texts.map(text => {
            const table = new M.OffsetTable(text);
            const all = [...Array(table.points + 1).keys()];
            return [all.map(p => table.toUnit(p)), all.map(p => table.toPoint(table.toUnit(p)))];
        })""",
        texts,
    )
    assert [found[0] for found in got] == units
    assert [found[1] for found in got] == [list(range(len(text) + 1)) for text in texts]


def test_offsets_outside_the_text_are_brought_inside(modules: Any) -> None:
    found = modules.evaluate(
        "(() => { const t = new M.OffsetTable('a🚀'); return [t.toUnit(-3), t.toUnit(99), t.toPoint(99), t.toPoint(NaN)]; })()"
    )
    assert found == [0, 3, 2, 0]


@pytest.mark.parametrize(
    ("chosen", "snapped"),
    [
        ("u-24", "Su-24M"),
        (",63", "1,631"),
        ("yria", "Syria's"),
        (" hit ", "hit"),
        ('"We', '"We'),
        ("said.", "said."),
        ("осква", "Москва"),
        ("🚀", "🚀"),
    ],
)
def test_snapping_takes_whole_words_and_chosen_quotation_marks(
    modules: Any, chosen: str, snapped: str
) -> None:
    text = 'Jets Su-24M hit 1,631 of Syria\'s sites. "We won," he said. Москва 🚀 silent'
    start = text.index(chosen)
    found = modules.evaluate(
        """([text, chosen]) => {
            const words = new M.Words(text, M.paragraphsOf(text, true));
            const start = text.indexOf(chosen);
            const { start: s, end } = words.snap({ start, end: start + chosen.length });
            return text.slice(s, end);
        }""",
        [text, chosen],
    )
    assert start >= 0
    assert found == snapped


def test_a_stretch_of_spaces_is_no_selection(modules: Any) -> None:
    assert modules.evaluate(
        "new M.Words('a   b', M.paragraphsOf('a   b', true)).snap({start: 1, end: 4})"
    ) is None  # fmt: skip


def test_paragraphs_leave_out_empty_lines_and_indents(modules: Any) -> None:
    text = "  one  \n\n   \n\ttwo\nthree"
    found = modules.evaluate(
        "text => M.paragraphsOf(text, true).map(p => text.slice(p.start, p.end))", text
    )
    assert found == ["one", "two", "three"]
    kept = modules.evaluate(
        "text => M.paragraphsOf(text, false).map(p => text.slice(p.start, p.end))", text
    )
    assert kept == ["  one", "\ttwo", "three"]


def test_walking_by_word_goes_over_paragraphs_and_back(modules: Any) -> None:
    found = modules.evaluate(
        """() => {
            const text = "one two\\n\\n three";
            const words = new M.Words(text, M.paragraphsOf(text, true));
            const there = [];
            for (let w = words.step(0, 1); w; w = words.step(w.end, 1)) there.push(text.slice(w.start, w.end));
            const back = [];
            for (let w = words.step(text.length, -1); w; w = words.step(w.start, -1)) back.push(text.slice(w.start, w.end));
            return [there, back];
        }"""
    )
    assert found == [["one", "two", "three"], ["three", "two", "one"]]


def test_finding_is_literal_and_forgiving(modules: Any) -> None:
    text = "He said (so).\u00a0HE   SAID it’s 5*3."
    count = "([text, words]) => M.find(text, words).length"
    assert modules.evaluate(count, [text, "he said"]) == 2
    assert modules.evaluate(count, [text, "(so)."]) == 1
    assert modules.evaluate(count, [text, "it's"]) == 1
    assert modules.evaluate(count, [text, "5*3"]) == 1
    assert modules.evaluate(count, [text, ".*"]) == 0
    assert modules.evaluate(count, [text, "  "]) == 0


def test_overlapping_marks_never_share_a_lane_while_there_are_enough(modules: Any) -> None:
    chance = random.Random(3)
    marks = []
    for i in range(200):
        start = chance.randrange(0, 2000)
        marks.append(
            {"id": f"m{i}", "start": start, "end": start + chance.randrange(1, 30), "label": "a"}
        )
    lanes = modules.evaluate("marks => Object.fromEntries(M.lanes(marks.sort(M.inOrder)))", marks)
    most = modules.evaluate("M.LANES")
    for one in marks:
        for other in marks:
            meet = one["start"] < other["end"] and other["start"] < one["end"]
            if one["id"] < other["id"] and meet and lanes[one["id"]] == lanes[other["id"]]:
                crowd = sum(m["start"] < one["end"] and one["start"] < m["end"] for m in marks)
                assert crowd > most


def test_taking_a_source_away_unlinks_what_hung_on_it(modules: Any) -> None:
    found = modules.evaluate(
        """() => {
            const marks = [
                { id: "m1", start: 0, end: 3, label: "source" },
                { id: "m2", start: 4, end: 6, label: "cue", source: "m1" },
                { id: "m3", start: 7, end: 9, label: "content", source: "m1" },
            ];
            return [
                [...M.attribution(marks, "m3")],
                M.removed(marks, "m1").map(mark => mark.source ?? null),
                M.canLink(marks, "m1", "m2"),
                M.canLink(marks, "m1", "m1"),
                M.freshId(marks),
            ];
        }"""
    )
    assert found == [["m1", "m2", "m3"], [None, None], False, False, "m4"]


def test_history_undoes_in_order_and_joins_typing(modules: Any) -> None:
    found = modules.evaluate(
        """() => {
            const h = new M.History(0);
            h.push(1, "a"); h.push(2, "note", "n"); h.push(3, "note", "n"); h.push(4, "b");
            const out = [h.undo(), h.state, h.undo(), h.state, h.redo(), h.state];
            h.push(9, "c");
            return [...out, h.redo(), h.undo(), h.undo(), h.undo(), h.undo(), h.state];
        }"""
    )
    assert found == ["b", 3, "note", 1, "note", 3, None, "c", "note", "a", None, 0]


def test_a_browsers_copy_is_applied_only_when_nobody_else_wrote(modules: Any) -> None:
    found = modules.evaluate(
        """() => {
            const file = { kind: "marks", marks: [], attempts: 3 };
            const mine = { kind: "marks", marks: [{ id: "m1", start: 0, end: 2, label: "a", note: "" }] };
            const other = { kind: "marks", marks: [{ id: "m7", start: 5, end: 6, label: "a" }] };
            const copy = (saved, base) => ({ answer: mine, base: M.digest(base), saved, when: "" });
            return [
                M.verdict(copy(false, { marks: [], kind: "marks" }), file, true),
                M.verdict(copy(false, file), other, false),
                M.verdict(copy(true, mine), file, true),
                M.verdict(copy(true, mine), other, false),
                M.verdict(copy(false, file), { ...mine, attempts: 1 }, false),
                M.verdict({ answer: { kind: "text" } }, file, true),
                M.verdict(null, file, true),
            ];
        }"""
    )
    assert found == ["apply", "offer", "offer", "none", "none", "none", "none"]


def test_what_stands_in_a_list_is_digested_once_and_always_alike(modules: Any) -> None:
    looked, digests = modules.evaluate(
        """() => {
            let looked = 0;
            const mark = { id: "m1", get label() { looked += 1; return "cue"; } };
            const first = { marks: [mark, { id: "m2" }] };
            const second = { marks: [mark, { id: "m2" }, { id: "m3" }] };
            const made = [M.digest(first), M.digest(second)];
            const plain = [first, second].map((one) => M.digest(structuredClone({ marks: one.marks.map((m) => ({ ...m })) })));
            return [looked, [made, plain]];
        }"""
    )
    assert digests[0] == digests[1]
    assert digests[0][0] != digests[0][1]
    assert looked == 3, "once for both digests, and twice for the copies"


def test_marks_taken_from_another_page_are_one_step_of_the_desk(modules: Any) -> None:
    told = modules.evaluate(
        """async () => {
            const { DeskStore, blankMark } = await import("/js/deskstore.js");
            const criteria = [{ text: "Names a speaker", points: "1" }];
            const question = (id, rows) => ({ id, criteria, most: "1", answers: rows.map((row) => ({ row, text: row })) });
            const given = (level) => ({ ...blankMark(1), given: [level] });
            let reader;
            const saver = {
                answer: { marks: { r1: given("no") } },
                read: (one) => { reader = one; },
                change(answer) { this.answer = answer; },
            };
            const config = { questions: [question("q1", ["r1", "r2"]), question("q2", ["r3"])], mode: "mark", both: {} };
            const store = new DeskStore(config, saver);
            const now = () => ["r1", "r2", "r3"].map((row) => store.mark(row).given.join());
            const before = saver.answer;
            saver.answer = { marks: { r1: given("yes"), r2: given("yes"), r3: given("no") } };
            reader(saver.answer, { before });
            const seen = [now()];
            store.undo();
            seen.push(now());
            store.redo();
            seen.push(now());
            seen.push([store.undo(), store.undo()]);
            reader(saver.answer);
            seen.push([store.undo(), store.redo()]);
            return seen;
        }"""
    )
    assert told == [
        ["yes", "yes", "no"],
        ["no", "", ""],
        ["yes", "yes", "no"],
        [True, False],
        [False, False],
    ]


ODD = (
    {"kind": "labels", "labels": {"t.s01": 7}},
    {"kind": "labels", "labels": ["attributed"]},
    {"kind": "labels", "labels": {"t.s01": {"label": {}}}},
    {"kind": "marks", "marks": "m1"},
    {"kind": "marks", "marks": [None]},
    {"kind": "marks", "marks": [{"id": "m1", "label": "cue", "start": -5, "end": 3}]},
    {"kind": "marks", "marks": [{"id": "m1", "label": {}, "start": 0, "end": 3}]},
    {"kind": "marks", "marks": [{"id": "m1", "label": "cue", "start": 0, "end": 1e308}]},
    {"kind": "choice", "chosen": {"length": 2}},
    {"kind": "text", "text": {"toString": "x"}},
    {"kind": "cards", "cards": {"c": 3}},
    {"kind": "table", "rows": {"r": {"k": []}}},
    {"kind": "matrix", "cells": {"001/problem": {"present": "yes", "spans": []}}},
    {"kind": "matrix", "cells": {"001/problem": {"present": True, "spans": [[1]]}}},
    {"kind": "desk", "marks": {"r1": {"given": "yes"}}},
)
WHOLE = (
    {"kind": "labels", "labels": {"t.s01": {"voice": "outlet", "why": "Nobody."}}},
    {
        "kind": "marks",
        "marks": [{"id": "m1", "label": "cue", "start": 0, "end": 3, "source": "m2"}],
    },
    {"kind": "choice", "chosen": ["a", "b"]},
    {"kind": "text", "text": "Mine."},
    {"kind": "cards", "cards": {"c": {"decision": "keep", "gate": "", "reason": "Since."}}},
    {"kind": "table", "rows": {"r": {"k": "a", "n": 12.5, "t": None}}},
    {"kind": "matrix", "cells": {"001/problem": {"present": None, "spans": [[1, 4]]}, "x": None}},
    {"kind": "desk", "marks": {"r1": {"given": ["yes", ""], "points": "", "note": "Well."}}},
    {"kind": "a later one", "anything": [None]},
)


def test_a_copy_that_can_be_no_answer_is_left_where_it_is(modules: Any) -> None:
    verdicts = """copies => copies.map((answer) => {
        const file = { kind: answer.kind };
        return M.verdict({ answer, base: M.digest(file), saved: false, when: "" }, file, true);
    })"""
    assert modules.evaluate(verdicts, list(ODD)) == ["none"] * len(ODD)
    assert modules.evaluate(verdicts, list(WHOLE)) == ["apply"] * len(WHOLE)


@pytest.mark.parametrize("odd", [one for one in ODD if one["kind"] in ("labels", "marks")])
def test_a_widget_comes_up_beside_such_a_copy_and_keeps_it(page: Any, mount: Any, odd: Any) -> None:
    mode = {
        "labels": {"mode": "sentences", "segments": [{"id": "t.s01", "start": 0, "end": 9}]},
        "marks": {},
    }[odd["kind"]]
    made = Annotator(
        "Officials said so.", labels=["cue"], question="ex99/q1", student="fox", **mode
    )
    answer = {**odd, **({"article": made.answer["article"]} if "article" in made.answer else {})}
    copy = {
        "question": "ex99/q1",
        "student": "fox",
        "by": "x",
        "when": "",
        "base": "",
        "saved": False,
    }
    page.add_init_script(
        f"localStorage.setItem('briefing/ex99/q1/fox', {json.dumps(json.dumps({**copy, 'answer': answer}))})"
    )
    mount(made)
    assert page.locator(".bw-text, .bw").count()
    assert page.evaluate("JSON.parse(localStorage.getItem('briefing/ex99/q1/fox')).by") == "x"
    assert page.get_by_role("button", name="Use it").count() == 0

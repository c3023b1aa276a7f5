"""Key tables, key files and the key-makers' level, on a small constructed course."""

import csv
from dataclasses import replace

import pytest
from msgspec import structs

from briefing.course.solved import model_answer
from briefing.keys import (
    KeyNotHere,
    definition,
    exercise_key,
    has_solutions,
    score_question,
    tables,
)
from briefing.keys.attribution_report import NoPasses, agreement_lines, attribution_section
from briefing.keys.definitions import DefinitionError
from briefing.keys.feedback import feedback
from briefing.keys.levels import Compared
from briefing.keys.marks import KeySpan, SpanStatus
from briefing.keys.report import agreement_report, as_csv, as_markdown

TEXT = (
    "The ferry was late, the Harbour Office said.\n"
    "Fog was to blame, it added.\n"
    "The quay was closed.\n"
    "Two ferries were late in all.\n"
    "The crews were warned, a captain said.\n"
)
LINES = TEXT.splitlines()
VOICES = ["attributed", "attributed", "outlet", "outlet", "attributed"]


def where(words):
    return TEXT.index(words), TEXT.index(words) + len(words)


def write(path, columns, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def attribution_rows(voices=VOICES, cues=("said", "added", "", "", "")):
    rows = []
    for n, (line, voice, cue) in enumerate(zip(LINES, voices, cues, strict=True), 1):
        start, end = where(line)
        row = {"article": "900", "sentence": f"900.s{n:02d}", "start": start, "end": end}
        row |= {"part": "body", "voice": voice}
        if n == 4:
            row |= {"run": "900.r1", "also_accepted": "voice=attributed;mode=indirect"}
        if cue:
            at = TEXT.index(cue)
            row |= {"cue": cue, "cue_start": at, "cue_end": at + len(cue)}
        rows.append(row)
    return rows


def span_row(id, sentence, role, words, status="required"):
    start, end = where(words)
    return {
        "id": id, "article": "900", "sentence": sentence, "role": role, "start": start, "end": end,
        "label": role, "status": status, "why": f"{role} of {sentence}",
    }  # fmt: skip


EXERCISE = """
exercise = "ex90"
graded = true
[[question]]
id = "q1"
kind = "labels"
article = "900"
points = 5
field = "voice"
sentences = "counted"
labels = [{ id = "attributed", name = "credited" }, { id = "outlet", name = "not credited" }]
[[question]]
id = "q2"
kind = "marks"
article = "900"
points = 4
linked = true
sentences = ["900.s01", "900.s02"]
labels = [{ id = "source", name = "who" }, { id = "cue", name = "says-word" }]
[[question]]
id = "q3"
kind = "choice"
points = 1
options = [{ id = "a", text = "one" }, { id = "b", text = "two" }]
[[question]]
id = "q4"
kind = "text"
points = 3
marked = "teacher"
"""
KEY = """
exercise = "ex90"
[q3]
right = "b"
[q4]
model = "A good answer."
rubric = [{ text = "Credit.", points = 2 }, { text = "Nothing added." }]
"""


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of one constructed article with an exercise, its key and two passes."""
    import hashlib

    for folder in ("seeds", "data/exercises", "data/keys", "data/practice", "solutions/keys"):
        (tmp_path / folder).mkdir(parents=True)
    raw = TEXT.encode()
    (tmp_path / "seeds/900.txt").write_bytes(raw)
    sums = f"{hashlib.sha256(raw).hexdigest()}  900.txt\n"
    (tmp_path / "seeds/SHA256SUMS").write_text(sums)
    article = ["article", "file", "outlet", "owner", "title", "published", "date_proof"]
    article += ["printed_date", "url", "speaker"]
    write(tmp_path / "data/articles.csv", article, [{"article": "900", "file": "900.txt"}])
    write(tmp_path / "data/practice/texts.csv", article, [])
    segment = ["article", "sentence", "start", "end", "part"]
    rows = [{k: row[k] for k in segment} for row in attribution_rows()]
    write(tmp_path / "data/sentences.csv", segment, rows)
    write(tmp_path / "data/practice/sentences.csv", segment, [])
    keys = tmp_path / "solutions/keys"
    write(keys / "attribution.csv", tables.ATTRIBUTION_COLUMNS, attribution_rows())
    spans = [
        span_row("k1", "900.s01", "source", "the Harbour Office"),
        span_row("k2", "900.s01", "cue", "said"),
        span_row("k3", "900.s02", "source", "it", "optional"),
        span_row("k4", "900.s02", "cue", "added"),
        span_row("k5", "900.s01", "content", "The ferry was late", "optional"),
    ]
    write(keys / "spans.csv", tables.SPAN_COLUMNS, spans)
    write(keys / "reasons.csv", ("article", "sentence", "why"), [
        {"article": "900", "sentence": "900.s03", "why": "Nobody is credited."}
    ])  # fmt: skip
    (tmp_path / "data/exercises/ex90.toml").write_text(EXERCISE, encoding="utf-8")
    (keys / "ex90.toml").write_text(KEY, encoding="utf-8")
    monkeypatch.setenv("BRIEFING_COURSE", str(tmp_path))
    return tmp_path


PASS = (*tables.ATTRIBUTION_COLUMNS, "source_start", "source_end", "content", "why")


def write_passes(course, other_voices=VOICES):
    for name, voices in (("a", VOICES), ("b", other_voices)):
        rows = attribution_rows(voices)
        start, end = where("the Harbour Office")
        rows[0] |= {"source_start": start, "source_end": end}
        write(course / f"solutions/keys/passes/{name}.csv", PASS, rows)


def answer(voices):
    labels = {f"900.s{n:02d}": {"voice": voice} for n, voice in enumerate(voices, 1)}
    return {"kind": "labels", "article": "900", "labels": labels}


def test_a_key_is_put_together_from_the_tables_and_the_key_file(course):
    keys = exercise_key("ex90")
    assert [s.label for s in keys["q1"].machine.sentences] == VOICES
    assert keys["q1"].machine.sentences[3].accepted == ("attributed",)
    assert keys["q1"].machine.sentences[2].why == "Nobody is credited."
    assert [s.id for s in keys["q2"].machine.ordered] == ["k1", "k2", "k3", "k4"]
    assert keys["q2"].machine.required == 3
    assert keys["q3"].machine.accepted == ({"choice": "b"},)
    assert keys["q4"].machine is None
    assert [c.points for c in keys["q4"].rubric] == [2, 1]


def test_without_passes_the_level_is_one(course):
    key = exercise_key("ex90")["q1"]
    assert (key.level, key.compared) == (1, None)


def test_full_marks_stand_where_the_key_makers_agreed(course):
    # In pass b the third sentence is credited: recall against a is (1 + 1/2) / 2 or, the other way
    # round, (3/4 + 1) / 2; the fourth may be read either way in both.
    write_passes(course, ["attributed", "attributed", "attributed", "outlet", "attributed"])
    question, key = definition("ex90").questions["q1"], exercise_key("ex90")["q1"]
    assert key.level == pytest.approx((0.5 + 0.75) / 2)
    assert (key.compared.both, key.compared.agreed) == (5, 4)
    as_b = ["attributed", "attributed", "attributed", "outlet", "attributed"]
    one_more = ["outlet", "attributed", "outlet", "outlet", "attributed"]
    assert score_question(question, key, answer(as_b)).score == pytest.approx(0.5 / 0.625)
    result = score_question(question, key, answer(one_more))
    assert result.raw == pytest.approx(2 / 3)
    assert result.score == 1
    said = feedback(question, key, answer(one_more))["summary"]
    assert said.startswith("You got 4 of 5 sentences right.")
    assert "two key-makers, working apart, agreed on 4. That is full marks." in said


def test_the_level_of_a_marking_question_comes_from_the_spans_of_the_passes(course):
    write_passes(course)
    key = exercise_key("ex90")["q2"]
    assert (key.level, key.compared.both, key.compared.agreed) == (1, 3, 3)


def test_what_the_passes_do_not_hold_is_not_called_agreement(course):
    write_passes(course)
    question, key = definition("ex90").questions["q2"], exercise_key("ex90")["q2"]
    more = replace(key, compared=Compared(2, 2))
    span = key.machine.ordered[0]
    mark = {"id": "m", "start": span.start, "end": span.end, "label": span.label}
    payload = {"kind": "marks", "article": question.article, "marks": [mark]}
    said = feedback(question, more, payload)["summary"]
    assert "both marked 2 of these 3 and agreed on all 2; the rest was added" in said
    assert "agreed on 3." in feedback(question, key, payload)["summary"]


def test_agreement_is_reported_from_the_passes_as_they_are(course):
    write_passes(course, ["attributed", "attributed", "attributed", "outlet", "attributed"])
    lines = {line.column: line.agreement for line in agreement_lines()}
    assert (lines["voice"].n, lines["voice"].raw) == (5, pytest.approx(0.8))
    assert lines["cue"].n == 3
    assert as_csv([attribution_section()]).startswith("column,over,n,raw,alpha,low,high\nvoice,")
    text = as_markdown([attribution_section()])
    assert "| voice | all labelled sentences | 5 | 0.800 |" in text
    assert "voice" in text.split("is not marked by machine:")[1]  # α is below .667 here


def test_a_student_s_version_has_no_passes_no_key_and_says_so(course):
    import shutil

    write_passes(course)
    shutil.rmtree(course / "solutions")
    assert not has_solutions()
    with pytest.raises(NoPasses):
        agreement_lines()
    with pytest.raises(KeyNotHere, match="not part of this copy"):
        exercise_key("ex90")
    assert definition("ex90").title == ""


def test_graded_rows_that_are_missing_are_not_taken_for_empty_ones(course):
    rows = [row | {"article": "000"} for row in attribution_rows()]
    write(course / "data/keys/attribution.csv", tables.ATTRIBUTION_COLUMNS, rows)
    (course / "solutions/keys/attribution.csv").unlink()
    with pytest.raises(KeyNotHere, match="article 900"):
        exercise_key("ex90")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('right = "b"', 'right = "z"', "not one option"),
        ("[q3]", "[q33]", "does not ask"),
        ('right = "b"', "", "accepts nothing"),
        ('right = "b"', 'wrong = "b"', "is wrong"),
        ('right = "b"', "right = ", "cannot be understood.*line"),
    ],
)
def test_a_wrong_key_file_is_one_sentence(course, old, new, said):
    path = course / "solutions/keys/ex90.toml"
    path.write_text(KEY.replace(old, new), encoding="utf-8")
    with pytest.raises(DefinitionError, match=said):
        exercise_key("ex90")


def test_an_unknown_exercise_is_one_sentence(course):
    with pytest.raises(DefinitionError, match="there are: ex90"):
        definition("ex02")


@pytest.mark.parametrize("column", ["voice", "also_accepted"])
def test_a_key_with_a_label_that_is_not_offered_is_refused(course, column):
    rows = attribution_rows()
    rows[2] |= {column: "nobody" if column == "voice" else "voice=nobody"}
    path = course / "solutions/keys/attribution.csv"
    write(path, tables.ATTRIBUTION_COLUMNS, rows)
    with pytest.raises(DefinitionError, match=r"labels 900\.s03 'nobody'"):
        exercise_key("ex90")


def test_a_question_that_one_label_answers_is_refused(course):
    path = course / "data/exercises/ex90.toml"
    text = EXERCISE.replace('sentences = "counted"', 'sentences = ["900.s01", "900.s02"]')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match="one label throughout"):
        exercise_key("ex90")


# --- feedback ---------------------------------------------------------------------------------


def test_feedback_is_plain_words_for_each_sentence(course):
    question, key = definition("ex90").questions["q1"], exercise_key("ex90")["q1"]
    inherited = ["attributed", "outlet", "attributed", "attributed", "attributed"]
    told = feedback(question, key, answer(inherited), check=3)
    assert told["check"] == 3
    assert [item["verdict"] for item in told["items"]] == [
        "right", "wrong", "wrong", "right", "right",
    ]  # fmt: skip
    assert told["items"][2]["text"] == (
        "You said credited; it is not credited. Nobody is credited."
    )
    assert "carry on" in told["items"][3]["text"]
    assert not told["final"]


def test_feedback_says_why_the_totals_of_kinds_move_where_two_readings_count(course):
    question, key = definition("ex90").questions["q1"], exercise_key("ex90")["q1"]
    strict = ["attributed", "outlet", "attributed", "outlet", "outlet"]
    inherited = ["attributed", "outlet", "attributed", "attributed", "attributed"]
    told = [feedback(question, key, answer(labels))["summary"] for labels in (strict, inherited)]
    assert told[0] != told[1]
    assert all("may be read in two ways" in said for said in told)
    # On the parts of a page nobody speaks, and nothing is inherited.
    page = structs.replace(question, field="page")
    assert "two ways" not in feedback(page, key, answer(inherited))["summary"]


def test_full_marks_send_nobody_on_to_what_is_optional(course):
    question, key = definition("ex90").questions["q2"], exercise_key("ex90")["q2"]
    start, end = where("The quay")
    spare = KeySpan("k9", start, end, "source", SpanStatus.OPTIONAL, "900.s03")
    whole = replace(key.machine, asked=(), links=None, spans=(*key.machine.spans, spare))
    model = model_answer(structs.replace(question, linked=False), key)
    told = feedback(question, replace(key, machine=whole), model)
    assert told["final"]
    assert "no mark yet" not in told["summary"]
    model["marks"].pop()
    told = feedback(question, replace(key, machine=whole), model)
    assert "no mark yet" in told["summary"]


def test_feedback_on_marks_names_places_links_and_look_alikes(course):
    question, key = definition("ex90").questions["q2"], exercise_key("ex90")["q2"]
    (a, b), (c, d) = where("the Harbour Office"), where("said")
    marks = [
        {"id": "m1", "start": a, "end": b, "label": "source"},
        {"id": "m2", "start": c, "end": d, "label": "cue"},
        {"id": "m3", "start": 0, "end": 9, "label": "cue"},
    ]
    told = feedback(question, key, {"kind": "marks", "article": "900", "marks": marks})
    by_target = {str(item["target"]): item for item in told["items"]}
    assert by_target["m1"]["text"].startswith("Rightly flagged.")
    assert "link" in by_target["m2"]["text"]
    assert by_target["m3"]["text"].startswith("Wrongly flagged")
    for item in told["items"]:
        assert not {"trap", "hit", "false alarm"} & set(item["text"].lower().split())


def test_a_check_tells_what_was_missed_only_in_sentences_that_were_tried(course):
    question, key = definition("ex90").questions["q2"], exercise_key("ex90")["q2"]
    start, end = where("added")
    missed = {"start": start, "end": end}

    def checked(*marks):
        told = [
            {"id": f"m{n}", "start": a, "end": b, "label": "cue"} for n, (a, b) in enumerate(marks)
        ]
        return feedback(question, key, {"kind": "marks", "article": "900", "marks": told})

    elsewhere = checked(where("said"))
    assert missed not in [item["target"] for item in elsewhere["items"]]
    assert {**missed, "label": "cue"} not in elsewhere["key"]
    assert "no mark yet; reasons come where you have tried." in elsewhere["summary"]
    there = checked(where("said"), (start - 3, start - 1))
    assert missed in [item["target"] for item in there["items"]]
    assert {**missed, "label": "cue"} in there["key"]


def test_one_label_does_not_buy_the_reasons_for_all(course):
    question, key = definition("ex90").questions["q1"], exercise_key("ex90")["q1"]
    told = feedback(question, key, answer(["attributed"]))
    assert len(told["items"]) == 1
    assert "4 sentences have no label yet; reasons come where you have tried." in told["summary"]


def test_feedback_on_nothing_shows_no_key(course):
    question, key = definition("ex90").questions["q2"], exercise_key("ex90")["q2"]
    told = feedback(question, key, {"kind": "marks", "article": "900", "marks": []})
    assert told["key"] == told["items"] == []
    assert told["summary"] == "Nothing is answered here yet."


@pytest.mark.skipif(not has_solutions(), reason="the report belongs to the solutions")
def test_the_published_agreement_is_the_computed_one():
    from briefing.corpus import course_folder

    published = (course_folder() / "solutions" / "agreement.md").read_text(encoding="utf-8")
    assert published == as_markdown(agreement_report())

"""Two sets of marks, attributions, asked sentences, print, fingers and strange scripts, in Chromium."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from test_annotator_modules import modules
from test_annotator_page import (
    HOSTILE,
    LABELS,
    SEGMENTS,
    TEXT,
    click,
    drag,
    heard,
    marks,
    place,
    press,
    sent,
    sentences,
    settle,
    spans,
)
from test_comparing import places

from briefing.widgets import Annotator, Comparison, Feedback, Label, Theirs
from briefing.widgets.pairing import pairs

pytestmark = pytest.mark.browser
__all__ = ["modules"]


def mark(words: str, label: str, nth: int = 0, **more: Any) -> dict[str, Any]:
    start, end = place(words, nth)
    return {"start": start, "end": end, "label": label, **more}


MINE = [
    mark("Officials", "source", id="m1"),
    mark("said", "content", id="m2"),
    mark("today", "content", id="m3"),
]
THEIRS = [
    mark("Officials", "source"),
    mark("said", "cue", note="a says-word"),
    mark("64 targets", "content"),
]


def two(**more: Any) -> Annotator:
    return spans(marks=MINE, other=THEIRS, other_name="Partner", **more)


def layers(page: Any) -> set[str]:
    return set(
        page.evaluate(
            "[...CSS.highlights].filter(([, h]) => h.size).map(([n]) => n.split('-').slice(4).join('-'))"
        )
    )


def test_both_sets_are_told_apart_by_lines_signs_and_words(mount: Callable[..., Any]) -> None:
    page = mount(two())
    settle(page)
    said = "1 of 4 marks agree; 1 with another label; 1 only you; 1 only Partner."
    assert page.inner_text(".bw-told") == said
    assert page.locator(".bw-item-verdict").all_inner_texts() == [
        "= agree", "≠ another label", "○ only Partner", "+ only you",
    ]  # fmt: skip
    assert [one.split() for one in page.locator(".bw-group").all_inner_texts()] == [
        ["=", "1", "agree"], ["≠", "1", "another", "label"], ["+", "1", "only", "you"],
        ["○", "1", "only", "Partner"],
    ]  # fmt: skip
    assert "content ≠ cue" in page.locator(".bw-tag").all_text_contents()
    # Under the words the own lines, over them the other's.
    assert {
        "u0-0",
        "k0-0",
        "u2-0",
        "k1-0",
        "k2-0",
        "g-label-0",
        "g-mine-0",
        "g-theirs-0",
    } <= layers(page)
    assert not any(name.startswith("l") for name in layers(page))
    rows = page.locator(".bw-item-more").all_inner_texts()
    assert any("Partner: “a says-word”" in row for row in rows)


def test_differences_are_walked_by_keyboard_and_by_button(mount: Callable[..., Any]) -> None:
    page = mount(two())
    page.focus(".bw-text")
    press(page, "d")
    assert heard(page).startswith("Partner: cue.")
    press(page, "d")
    assert heard(page).startswith("Only Partner: content, “64 targets”.")
    settle(page)
    assert page.locator(".bw-item-active .bw-item-words").text_content() == "64 targets"
    press(page, "d", "d")
    assert heard(page).startswith("Partner: cue."), "it goes round"
    press(page, "Shift+D")
    assert heard(page).startswith("Only you.")
    page.click("text=Next difference")
    assert heard(page).startswith("Partner: cue.")


def test_one_group_alone_is_shown(mount: Callable[..., Any]) -> None:
    page = mount(two())
    page.click("[data-group=theirs]")
    settle(page)
    assert page.locator(".bw-item-words").all_text_contents() == ["64 targets"]
    assert layers(page) & {"u0-0", "u2-0"} == set()
    assert page.get_attribute("[data-group=theirs]", "aria-pressed") == "true"
    page.click("[data-group=theirs]")
    settle(page)
    assert page.locator(".bw-item-words").count() == 4
    page.click("text=Compare with Partner")
    settle(page)
    assert page.locator(".bw-item-words").count() == 3
    assert page.locator(".bw-compare").is_hidden()
    assert heard(page).startswith("Only your own marks")


def test_what_changes_is_compared_anew_and_only_ones_own_is_kept(
    mount: Callable[..., Any],
) -> None:
    page = mount(two())
    click(page, "said")
    press(page, "2")
    settle(page)
    assert page.inner_text(".bw-told").startswith("2 of 4 marks agree")
    click(page, "targets")
    press(page, "Delete", "1")
    assert len(marks(page)) == 3, "the other's marks cannot be changed"
    assert "theirs" not in json.dumps(sent(page))


def test_labels_of_sentences_are_compared(mount: Callable[..., Any]) -> None:
    page = mount(
        sentences(
            answer={"labels": {"s1": {"voice": "attributed"}, "s2": {"voice": "outlet"}}},
            other={"s1": "attributed", "s2": "attributed", "s3": "outlet"},
            other_name="Partner",
        )
    )
    settle(page)
    assert page.inner_text(".bw-told") == (
        "1 of 3 labels agree; 1 with another label; 1 only Partner."
    )
    assert page.locator(".bw-tag").all_text_contents() == [
        "1 = credited", "2 not credited ≠ credited", "3 ○ not credited",
    ]  # fmt: skip
    page.focus(".bw-text")
    press(page, "Home", "d")
    assert heard(page).startswith("Partner: credited.")


def test_the_key_is_compared_after_a_check_and_never_before(mount: Callable[..., Any]) -> None:
    told = {
        "summary": "1 of 2.",
        "items": [
            {"target": "m1", "verdict": "right", "label": "source", "text": "Yes."},
            {"target": mark("64 targets", "x") | {"label": ""}, "verdict": "missed", "label": "content", "text": "A claim."},
        ],
        "key": [mark("Officials", "source"), mark("64 targets", "content")],
    }  # fmt: skip
    page = mount(spans(marks=MINE[:2], check=lambda _answer: Feedback("")), feedback=told)
    assert page.locator("text=Compare with the key").is_hidden()
    page.click(".bw-primary")
    page.click("text=Compare with the key")
    settle(page)
    assert page.inner_text(".bw-told") == "1 of 3 marks agree; 1 only you; 1 only the key."
    assert "A claim." in page.locator(".bw-item-said").all_inner_texts()
    assert page.locator(".bw-item").count() == 3


def test_a_check_that_tells_nothing_offers_no_key(mount: Callable[..., Any]) -> None:
    saved = {"summary": "Saved.", "items": [], "key": []}
    page = mount(spans(marks=MINE, check=lambda _answer: Feedback("")), feedback=saved)
    page.click(".bw-primary")
    page.wait_for_selector(".bw-told:visible")
    assert page.locator("text=Compare with the key").is_hidden()


def test_a_partners_file_goes_to_python_and_comes_back_as_marks(
    mount: Callable[..., Any],
) -> None:
    widget = Comparison(TEXT, read=lambda _data: Theirs([], ""), labels=LABELS, marks=MINE)
    page = mount(widget)
    assert page.locator(".bw-primary").inner_text() == "Choose your partner's file…"
    page.evaluate(
        """([marks, name]) => {
            const { model } = window;
            model.save_changes = () => {
                window.size = model.get("upload").byteLength;
                const { n, size } = model.get("wish");
                setTimeout(() => {
                    if (size === 4) model.fromPython("other", { name, own: "you", marks });
                    model.fromPython("told", { n, ok: size === 4, message: size === 4 ? `Read ${name}.` : "Not a file." });
                });
            };
        }""",
        [THEIRS, HOSTILE],
    )
    file = {"name": "a.json", "mimeType": "application/json", "buffer": b"1234"}
    page.set_input_files("input[type=file]", file)
    page.wait_for_selector(".bw-compare:visible")
    assert page.evaluate("window.size") == 4
    settle(page)
    assert page.inner_text(".bw-told").startswith("1 of 4 marks agree")
    assert page.locator(".bw img, .bw script").count() == 0
    assert "\u202e" not in page.inner_text(".bw-bar") + page.inner_text(".bw-list")
    page.set_input_files("input[type=file]", {**file, "buffer": b"12345"})
    page.wait_for_selector(".bw-partner-wrong")
    assert page.inner_text(".bw-partner-told") == "Not a file."
    press(page, "1", "Delete")
    assert sent(page)["marks"] == widget.answer["marks"]


def test_the_page_pairs_as_python_does(modules: Any) -> None:
    chance = random.Random(11)
    tries = [(places(chance, chance.randrange(14)), places(chance, 12)) for _ in range(80)]
    crowd = places(chance, 300)
    tries.append((crowd, places(chance, 260)))
    modules.evaluate("async () => Object.assign(window.M, await import('/js/pairing.js'))")
    shaped = [[[one._asdict() for one in side] for side in both] for both in tries]
    found = modules.evaluate("tries => tries.map(([a, b]) => [...M.pairs(a, b)])", shaped)
    for (mine, theirs), got in zip(tries, found, strict=True):
        assert dict(got) == pairs(mine, theirs)


LINKED = [
    mark("Officials", "source", id="m1"),
    mark("said", "cue", id="m2", source="m1"),
    mark("64 targets", "content", id="m3", source="m1"),
    mark("Nobody", "source", id="m4"),
]


def test_an_attribution_is_one_group_in_list_and_words(mount: Callable[..., Any]) -> None:
    page = mount(spans(marks=LINKED, sources=["source"]))
    settle(page)
    kinds = page.eval_on_selector_all(".bw-item", "all => all.map(one => one.className)")
    assert "bw-item-group" in kinds[0]
    assert ["bw-item-inside" in kind for kind in kinds] == [False, True, True, True, False]
    assert page.locator(".bw-item-group .bw-item-words").text_content() == (
        "Officials ← said → 64 targets"
    )
    page.click(".bw-item-group button")
    said = "One attribution: source “Officials”, cue “said”, content “64 targets”."
    assert said in heard(page)
    settle(page)
    assert {"group", "active"} <= layers(page)
    assert page.locator(".bw-chain").inner_text() == "Officials ← said → 64 targets"


def test_linking_from_either_end_and_by_keyboard_alone(mount: Callable[..., Any]) -> None:
    bare = [{**one, "source": ""} for one in LINKED]
    page = mount(spans(marks=bare, sources=["source"]))
    click(page, "said")
    settle(page)
    page.click("[data-name=nearest]")
    assert sent(page)["marks"][1]["source"] == "m1"
    click(page, "Officials")
    settle(page)
    page.select_option("[data-name=link]", label="content: 64 targets")
    assert sent(page)["marks"][2]["source"] == "m1", "a source links others to itself"
    press(page, "Control+z", "Control+z")
    page.focus(".bw-text")
    click(page, "said")
    settle(page)
    page.focus("[data-name=pick]")
    press(page, "Enter")
    page.focus(".bw-text")
    press(page, "n")
    assert "Enter links it" in heard(page)
    assert "source" not in sent(page)["marks"][1], "walking is not choosing"
    press(page, "p", "Enter")
    assert "One attribution" in heard(page)
    assert sent(page)["marks"][1]["source"] in ("m1", "m4")


def test_a_mark_that_is_no_source_cannot_be_linked_to(mount: Callable[..., Any]) -> None:
    page = mount(spans(marks=[LINKED[0], {**LINKED[1], "source": ""}, {**LINKED[2], "source": ""}], sources=["source"]))  # fmt: skip
    click(page, "said")
    settle(page)
    page.click("[data-name=pick]")
    click(page, "targets")
    assert "Only a source can be linked to." in heard(page)
    assert not any(one.get("source") for one in sent(page)["marks"])


def some(**more: Any) -> Annotator:
    """Only the second of three sentences is asked for."""
    segments = [{**one, "id": f"t.s0{n}"} for n, one in enumerate(SEGMENTS, 1)]
    return spans(segments=segments, units=["t.s02"], **more)


def test_the_keyboard_walks_what_is_asked_for(mount: Callable[..., Any]) -> None:
    page = mount(some())
    page.focus(".bw-text")
    press(page, "ArrowRight", "ArrowLeft")
    assert heard(page).strip("\xa0") == "Nobody", "it begins at the asked sentence"
    press(page, "ArrowUp")
    assert heard(page).startswith("s02: Nobody else has confirmed it.")
    press(page, "End")
    assert heard(page).strip("\xa0") == "it"
    press(page, "Control+Home")
    assert heard(page).strip("\xa0") == "Nobody"
    press(page, "ArrowLeft")
    assert heard(page).strip("\xa0") == "today, not asked for"


def test_words_that_are_not_asked_for_are_not_marked(mount: Callable[..., Any]) -> None:
    page = mount(some())
    drag(page, "64 targets")
    assert page.locator(".bw-palette").inner_text().startswith("This line is not asked for")
    press(page, "1")
    assert marks(page) == []
    assert "Asked for: s02." in heard(page)
    drag(page, "confirmed")
    press(page, "1")
    assert marks(page) == [("source", *place("confirmed"))]
    # A stretch that hangs over is cut at the sentence.
    page.evaluate("window.scrollTo(0, 0)")
    left = page.evaluate(BOX, "confirmed it.")
    right = page.evaluate(BOX, "Москва said")
    page.mouse.move(left[0] + 1, left[1])
    page.mouse.down()
    page.mouse.move(right[2] - 1, right[1], steps=4)
    page.mouse.up()
    press(page, "3")
    assert ("content", *place("confirmed it.")) in marks(page)


BOX = """words => {
    for (const block of document.querySelectorAll(".bw-par")) {
        const at = block.textContent.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(block.firstChild, at);
        range.setEnd(block.firstChild, at + words.length);
        const [first] = range.getClientRects();
        return [first.left, first.top + first.height / 2, first.right];
    }
}"""


@pytest.mark.parametrize(
    ("text", "chosen", "snapped"),
    [
        ("俄罗斯国防部星期五宣布空袭。", "罗", "俄罗斯"),
        ("国防省は金曜日に発表した。", "曜", "金曜日"),
        ("กระทรวงกลาโหมแถลงเมื่อวันศุกร์", "ถลง", "แถลง"),
        ("Москва: 国防部 said so", "осква", "Москва"),
    ],
)
def test_words_are_cut_where_a_script_has_no_spaces(
    modules: Any, text: str, chosen: str, snapped: str
) -> None:
    got = modules.evaluate(
        """([text, chosen]) => {
            const words = new M.Words(text, M.paragraphsOf(text, true));
            const at = text.indexOf(chosen);
            const { start, end } = words.snap({ start: at, end: at + chosen.length });
            return text.slice(start, end);
        }""",
        [text, chosen],
    )
    assert got == snapped


def test_paper_has_the_whole_text_and_tells_labels_apart_without_colour(
    mount: Callable[..., Any],
) -> None:
    note = [{**LINKED[0], "note": "who exactly?"}, *LINKED[1:]]
    page = mount(spans(marks=note, sources=["source"]), dark=True)
    page.evaluate(
        """() => addEventListener("beforeprint", () => requestAnimationFrame(() => 0) && (window.paper = document.querySelectorAll(".bw-print").length))"""
    )
    pdf = page.pdf()
    assert pdf.startswith(b"%PDF") and page.evaluate("window.paper") == 1, "Chromium asks for it"
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    paper = page.locator(".bw-print")
    assert page.locator(
        ".bw-bar, .bw-text, .bw-list, .bw-foot, [id^=briefing-static]"
    ).evaluate_all("all => all.every(one => !one.offsetParent && !one.offsetHeight)"), (
        "no buttons, no panes, and the text is not printed twice"
    )
    words = paper.inner_text()
    assert "Officials [source] said [cue]" in words and "64 targets [content]" in words
    assert "Attribution: Officials ← said → 64 targets" in words
    assert "Note on “Officials”: who exactly?" in words
    assert "Labels: source" in words
    lines = paper.locator(".bw-print-par span[style]").evaluate_all(
        "all => all.map(one => getComputedStyle(one).borderBottomStyle)"
    )
    assert lines == ["solid", "dashed", "dotted", "solid"]
    ink = page.evaluate("getComputedStyle(document.querySelector('.bw-print-par')).color")
    assert ink == "rgb(17, 17, 17)", "dark ink on paper, whatever the theme"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".bw-print").count() == 0


def luminance(colour: list[float]) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("dark", [False, True])
def test_the_deepest_overlap_is_still_readable(mount: Callable[..., Any], dark: bool) -> None:
    labels = [Label(f"l{n}") for n in range(8)]
    # Every label in every lane: a layer's look is told when its first mark comes.
    deep = [
        {"start": 60 * n + i, "end": 60 * n + 50 - i, "label": f"l{n}", "id": f"m{n}-{i}"}
        for n in range(8)
        for i in range(4)
    ]
    page = mount(Annotator("word " * 100, labels=labels, marks=deep), dark=dark)
    # Every tint is mixed with the paper, none lets what lies under it through.
    colours = page.evaluate(
        """() => {
            const root = document.querySelector(".bw");
            const probe = document.createElement("i");
            root.append(probe);
            const draw = document.createElement("canvas").getContext("2d");
            const rgba = colour => {
                probe.style.backgroundColor = colour;
                draw.clearRect(0, 0, 1, 1);
                draw.fillStyle = getComputedStyle(probe).backgroundColor;
                draw.fillRect(0, 0, 1, 1);
                return [...draw.getImageData(0, 0, 1, 1).data].map(c => c / 255);
            };
            const rules = [...document.querySelectorAll(".bw style")].flatMap(one => [...one.sheet.cssRules]);
            const tints = rules
                .filter(rule => /-(l\\w|g-\\w+)-\\d\\)/.test(rule.selectorText))
                .map(rule => rule.style.backgroundColor).filter(Boolean);
            return { tints: tints.map(rgba), ink: rgba(getComputedStyle(root).color) };
        }"""
    )
    assert len(colours["tints"]) == 32
    ink = luminance(colours["ink"][:3])
    for tint in colours["tints"]:
        assert tint[3] == 1, "a tint that lets others through would add up"
        pale, deep_ = sorted((ink, luminance(tint[:3])), reverse=True)
        assert (pale + 0.05) / (deep_ + 0.05) >= 4.5


def test_names_keep_their_direction_and_hidden_signs_are_seen(mount: Callable[..., Any]) -> None:
    name = "\u200fשם (1)"
    labels = [Label("source", name), Label("cue", "\u202eevil")]
    made = [mark("Officials", "source", id="m1"), mark("said", "cue", id="m2", note="\u202enote")]
    page = mount(
        Annotator(TEXT, labels=labels, marks=made, sources=["source"], other=made, other_name=name)
    )
    click(page, "said")
    settle(page)
    for part in (".bw-label-name", ".bw-pill bdi", ".bw-tag", ".bw-group bdi"):
        box = page.locator(part).first
        assert box.evaluate("node => getComputedStyle(node).unicodeBidi") == "isolate"
    names = page.locator(".bw-label-name").all_text_contents()
    assert {name, "\ufffdevil"} <= set(names)
    options = page.locator("[data-name=link] option").all_text_contents()
    assert f"\u2068{name}\u2069: Officials" in options
    seen = page.inner_text(".bw-bar") + page.inner_text(".bw-list") + page.inner_text(".bw-tags")
    assert "\u202e" not in seen and "\ufffdnote" in seen


def test_a_finger_taps_a_word_and_widens_it(page: Any, mount: Callable[..., Any]) -> None:
    finger = page.context.new_cdp_session(page)
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    page = mount(spans())

    def tap(x: float, y: float) -> None:
        finger.send(
            "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
        )
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        settle(page)

    assert page.evaluate("matchMedia('(pointer: coarse)').matches")
    left, middle, _right = page.evaluate(BOX, "targets")
    tap(left + 8, middle)
    assert heard(page).startswith("Selected: “targets”")
    edges = page.locator(".bw-edge")
    assert edges.all_inner_texts() == ["← start", "start →", "← end", "end →"]
    for at in (0, 3):
        box = edges.nth(at).bounding_box()
        assert box["height"] >= 24 and box["width"] >= 24
        tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    box = page.locator(".bw-palette [data-label=content]").bounding_box()
    tap(box["x"] + 8, box["y"] + 8)
    assert marks(page) == [("content", *place("64 targets were"))]


def test_annotations_that_do_not_fit_are_said_on_the_page(mount: Callable[..., Any]) -> None:
    raw = [
        {"type": "Annotation", "id": f"x{n}", "target": {"selector": {"type": "TextQuoteSelector", "exact": HOSTILE}}}
        for n in range(7)
    ]  # fmt: skip
    page = mount(Annotator.from_w3c(TEXT, raw, labels=LABELS))
    assert page.locator(".bw-unplaced p").count() == 6
    assert page.locator(".bw-unplaced").inner_text().endswith("And 2 more.")

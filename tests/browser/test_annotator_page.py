"""The built annotator in Chromium on a plain page: pointer, keyboard, offsets, hostile words, keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from briefing.widgets import Annotator, Feedback, Label

pytestmark = pytest.mark.browser

TEXT = (
    "Officials said \U0001f680\U0001f469\u200d\U0001f680 that 64 targets were hit in שלום today.\n\n"
    "   Nobody else has confirmed it. Москва said nothing.\n"
)
SEGMENTS = [
    {"id": "s1", "start": 0, "end": TEXT.index(".") + 1, "part": "body"},
    {"id": "s2", "start": TEXT.index("Nobody"), "end": TEXT.index("it.") + 3, "part": "body"},
    {"id": "s3", "start": TEXT.index("Москва"), "end": TEXT.index("nothing.") + 8, "part": "body"},
]
LABELS = [Label("source"), Label("cue"), Label("content")]


def spans(**more: Any) -> Annotator:
    return Annotator(
        TEXT, labels=LABELS, question="ex99/q1", title="Mark it", student="fox", **more
    )


def sentences(**more: Any) -> Annotator:
    return Annotator(
        TEXT,
        labels=[Label("attributed", "credited"), Label("outlet", "not credited")],
        mode="sentences",
        field="voice",
        segments=SEGMENTS,
        question="ex99/q2",
        title="Label it",
        **more,
    )


def place(words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def sent(page: Any) -> dict[str, Any]:
    """The answer as Python would have it now."""
    return page.evaluate("window.model.get('answer')")


def marks(page: Any) -> list[tuple[str, int, int]]:
    return [(mark["label"], mark["start"], mark["end"]) for mark in sent(page)["marks"]]


def box(page: Any, words: str) -> tuple[float, float, float]:
    """Left, middle and right of words on the page."""
    found = page.evaluate(
        """words => {
            for (const block of document.querySelectorAll(".bw-par")) {
                const at = block.textContent.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(block.firstChild, at);
                range.setEnd(block.firstChild, at + words.length);
                const [first] = range.getClientRects();
                return [first.left, first.top + first.height / 2, first.right];
            }
        }""",
        words,
    )
    return found[0], found[1], found[2]


def drag(page: Any, words: str, inside: float = 1) -> None:
    left, middle, right = box(page, words)
    page.mouse.move(left + inside, middle)
    page.mouse.down()
    page.mouse.move((left + right) / 2, middle)
    page.mouse.move(right - inside, middle)
    page.mouse.up()


def click(page: Any, words: str) -> None:
    left, middle, right = box(page, words)
    page.mouse.click((left + right) / 2, middle)


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def settle(page: Any) -> None:
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 30)))")


@pytest.mark.parametrize("words", ["64 targets", "שלום", "Москва", "Nobody else", "today"])
def test_a_mark_by_mouse_has_the_offsets_of_python(mount: Callable[..., Any], words: str) -> None:
    page = mount(spans())
    drag(page, words)
    press(page, "1")
    assert marks(page) == [("source", *place(words))]


def test_emoji_of_several_code_points_are_marked_whole(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    drag(page, "\U0001f680\U0001f469\u200d\U0001f680")
    press(page, "2")
    assert marks(page) == [("cue", *place("\U0001f680\U0001f469\u200d\U0001f680"))]


def test_words_are_snapped_unless_switched_off(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    drag(page, "targets", inside=14)
    press(page, "1")
    assert marks(page) == [("source", *place("targets"))]
    press(page, "Control+z")
    page.click("text=Options")
    page.click("text=Select whole words")
    page.click("text=Options")
    drag(page, "targets", inside=14)
    press(page, "1")
    ((_, start, end),) = marks(page)
    assert place("targets")[0] < start < end < place("targets")[1]


def test_overlapping_and_nested_marks_keep_their_lines(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    drag(page, "Officials said")
    press(page, "1")
    drag(page, "said")
    press(page, "2")
    drag(page, "64 targets were")
    press(page, "3")
    drag(page, "targets were hit")
    press(page, "1")
    settle(page)
    assert len(marks(page)) == 4
    layers = page.evaluate(
        "[...CSS.highlights].filter(([, h]) => h.size).map(([name]) => name.split('-').slice(4).join('-'))"
    )
    assert {"l0-0", "l1-1", "l2-0", "l0-1"} <= set(layers)


def test_marking_never_moves_the_text(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    look = "() => [document.querySelector('.bw-text').scrollHeight, ...[...document.querySelectorAll('.bw-par')].map(p => p.getBoundingClientRect().top + ':' + p.offsetHeight)]"
    before = page.evaluate(look)
    for words, key in [("Officials said", "1"), ("said", "2"), ("64 targets", "3")]:
        drag(page, words)
        press(page, key)
        settle(page)
        assert page.evaluate(look) == before
    assert len(marks(page)) == 3


def test_everything_by_keyboard_alone(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    page.focus(".bw-text")
    press(page, "Home", "Shift+ArrowRight", "1")
    assert marks(page) == [("source", *place("Officials"))]
    press(page, "Escape", "ArrowRight", "Enter", "2")
    assert marks(page)[1] == ("cue", *place("said"))
    press(page, "Escape", "ArrowDown", " ", "3")
    assert marks(page)[2] == ("content", *place("Nobody else has confirmed it."))
    press(page, "n", "n")
    settle(page)
    assert page.locator(".bw-item-active .bw-item-words").text_content() == "said"
    press(page, "3")
    assert marks(page)[1] == ("content", *place("said"))
    press(page, "Alt+Shift+ArrowRight")
    assert marks(page)[1][2] > place("said")[1]
    press(page, "Delete")
    assert len(marks(page)) == 2


def test_two_clicks_select_without_dragging(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    page.click("text=Options")
    page.click("text=two clicks")
    page.click("text=Options")
    click(page, "64")
    click(page, "hit")
    page.click(".bw-palette [data-label=content]")
    assert marks(page) == [("content", *place("64 targets were hit"))]


def test_finding_words_selects_them(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    page.focus(".bw-text")
    press(page, "/")
    page.keyboard.type("said")
    press(page, "Enter", "Enter")
    page.click(".bw-labels [data-label=cue]")
    assert marks(page) == [("cue", *place("said", 1))]


def test_undo_and_redo(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    drag(page, "Officials")
    press(page, "1")
    drag(page, "64 targets")
    press(page, "3")
    press(page, "Control+z")
    assert len(marks(page)) == 1
    press(page, "Control+Shift+z")
    assert len(marks(page)) == 2
    press(page, "Control+z", "Control+z", "Control+z")
    assert marks(page) == []
    press(page, "Control+y")
    assert marks(page) == [("source", *place("Officials"))]


def test_notes_links_and_what_deleting_a_source_does(mount: Callable[..., Any]) -> None:
    page = mount(spans(sources=["source"]))
    drag(page, "Officials")
    press(page, "1")
    drag(page, "64 targets")
    press(page, "3")
    settle(page)
    page.select_option("[data-name=link]", label="source: Officials")
    settle(page)
    page.click("[data-name=tools]")
    page.fill("[data-name=note]", "counted by whom?")
    page.locator("[data-name=note]").blur()
    found = sent(page)["marks"]
    assert found[1]["source"] == found[0]["id"]
    assert found[1]["note"] == "counted by whom?"
    click(page, "Officials")
    settle(page)
    page.click("text=Delete")
    (left,) = sent(page)["marks"]
    assert "source" not in left
    press(page, "Control+z")
    assert sent(page)["marks"][1]["source"] == "m1"


def test_linking_by_choosing_in_the_text(mount: Callable[..., Any]) -> None:
    page = mount(spans(sources=["source"]))
    drag(page, "Officials")
    press(page, "1")
    drag(page, "64 targets")
    press(page, "3")
    settle(page)
    page.click("[data-name=pick]")
    click(page, "Officials")
    assert sent(page)["marks"][1]["source"] == "m1"


def test_a_click_chooses_the_inner_mark_first(mount: Callable[..., Any]) -> None:
    start, end = place("64 targets were hit")
    page = mount(
        spans(
            marks=[
                {"id": "outer", "start": start, "end": end, "label": "content"},
                {"id": "inner", "start": start + 3, "end": start + 10, "label": "cue"},
            ]
        )
    )
    click(page, "targets")
    settle(page)
    assert page.locator(".bw-item-active .bw-item-words").text_content() == "targets"
    click(page, "targets")
    settle(page)
    assert page.locator(".bw-item-active .bw-item-words").text_content() == "64 targets were hit"


def test_sentences_by_keyboard_and_click(mount: Callable[..., Any]) -> None:
    page = mount(sentences())
    page.focus(".bw-text")
    press(page, "Home", "1", "2", "1", "0")
    assert sent(page)["labels"] == {"s1": {"voice": "attributed"}, "s2": {"voice": "outlet"}}
    click(page, "Москва")
    page.click(".bw-palette [data-label=attributed]")
    assert sent(page)["labels"]["s3"] == {"voice": "attributed"}
    settle(page)
    tags = page.locator(".bw-tag").all_text_contents()
    assert tags == ["1 credited", "2 not credited", "3 credited"]


def test_after_a_label_by_mouse_the_digits_go_on(mount: Callable[..., Any]) -> None:
    page = mount(sentences())
    click(page, "64")
    page.click(".bw-palette [data-label=outlet]")
    press(page, "1", "2")
    assert [sent(page)["labels"][name]["voice"] for name in ("s1", "s2", "s3")] == [
        "outlet", "attributed", "outlet",
    ]  # fmt: skip


def heard(page: Any) -> str:
    return page.locator(".bw-live[role=status]").text_content()


def test_a_label_by_key_or_bar_goes_on_and_says_what_comes_next(mount: Callable[..., Any]) -> None:
    page = mount(sentences())
    page.focus(".bw-text")
    press(page, "Home", "1")
    assert "Sentence 1: credited. 1 of 3 labelled. Sentence 2, 2 of 3, no label." in heard(page)
    assert "Nobody else has confirmed it." in heard(page)
    page.click(".bw-labels [data-label=outlet]")
    assert sent(page)["labels"] == {"s1": {"voice": "attributed"}, "s2": {"voice": "outlet"}}
    assert "Sentence 3, 3 of 3" in heard(page)
    page.focus(".bw-text")
    press(page, "1")
    assert "3 of 3 labelled. This is the last sentence." in heard(page)


def test_changing_a_label_stays_and_says_what_was_changed(mount: Callable[..., Any]) -> None:
    page = mount(sentences(answer={"labels": {"s1": {"voice": "attributed"}}}))
    page.focus(".bw-text")
    press(page, "Home", "2")
    assert "Sentence 1: not credited instead of credited." in heard(page)
    press(page, "1")
    assert sent(page)["labels"] == {"s1": {"voice": "attributed"}}


def test_staying_after_a_label_is_remembered_in_the_browser(mount: Callable[..., Any]) -> None:
    page = mount(sentences(student="fox"))
    page.click("text=Options")
    assert page.is_checked("text=Go to the next sentence after labelling")
    page.uncheck("text=Go to the next sentence after labelling")
    page = mount(sentences(student="fox"))
    page.focus(".bw-text")
    press(page, "Home", "1", "2")
    assert sent(page)["labels"] == {"s1": {"voice": "outlet"}}
    page = mount(sentences(student="owl"))
    page.focus(".bw-text")
    press(page, "Home", "1", "2")
    assert set(sent(page)["labels"]) == {"s1", "s2"}, "another student's choice is another's"


def test_a_missed_place_names_its_sentence_where_sentences_have_names(
    mount: Callable[..., Any],
) -> None:
    start, end = place("said", 1)
    told = {
        "summary": "One was missed.",
        "items": [{"target": {"start": start, "end": end}, "verdict": "missed", "label": "cue", "text": "A claim."}],
        "key": [],
    }  # fmt: skip
    named = [{**one, "id": f"t.{one['id']}6"} for one in SEGMENTS]
    for segments, where in [(named, ["s36"]), (SEGMENTS, [])]:
        page = mount(spans(segments=segments, check=lambda _answer: Feedback("")), feedback=told)
        page.click(".bw-primary")
        page.wait_for_selector(".bw-item-missed")
        assert page.locator(".bw-item-missed .bw-item-where").all_text_contents() == where
        page.click(".bw-item-missed button")
        assert heard(page).strip("\xa0") == " ".join([*where, "cue: said. A claim."])


def test_after_a_check_the_reasons_stand_first_and_the_place_is_kept(
    page: Any, mount: Callable[..., Any]
) -> None:
    page.set_viewport_size({"width": 1366, "height": 500})
    told = {
        "summary": "Read the reasons. " * 12,
        "items": [
            {"target": f"s{n}", "verdict": "wrong", "label": "", "text": "Because of this. " * 9}
            for n in (1, 2, 3)
        ],
        "key": [],
    }
    page = mount(sentences(check=lambda _answer: Feedback("")), feedback=told)
    page.focus(".bw-text")
    press(page, "Home", "1", "1")
    page.click(".bw-primary")
    page.wait_for_selector(".bw-told:visible")
    settle(page)
    assert page.locator(".bw-inspector").is_hidden()
    assert page.locator(".bw-item-said").count() == 3
    page.keyboard.press("Tab")
    page.focus(".bw-text")
    settle(page)
    assert "Sentence 3 " in page.inner_text(".bw-steps")
    # Too much for the height, with a long reason open: all of it can be reached above the foot.
    press(page, "Home")
    settle(page)
    foot = page.locator(".bw-foot").bounding_box()
    for name in (".bw-list", ".bw-side"):
        page.evaluate("name => { document.querySelector(name).scrollTop = 1e6; }", name)
    last = page.locator(".bw-item-said").last.bounding_box()
    assert last["y"] + last["height"] <= foot["y"] + 1


def test_only_labels_that_are_linked_offer_a_link(mount: Callable[..., Any]) -> None:
    made = [
        {"id": "m1", "start": 0, "end": 9, "label": "source"},
        {"id": "m2", "start": place("said")[0], "end": place("said")[1], "label": "cue"},
    ]
    page = mount(spans(marks=made))
    page.click(".bw-item-button >> nth=1")
    settle(page)
    assert "Linked to" not in page.inner_text(".bw-inspector")
    page = mount(spans(marks=made, sources=["source"]))
    page.click(".bw-item-button >> nth=1")
    settle(page)
    assert page.locator("[data-name=link]").is_visible()
    page = mount(spans(marks=made[1:], sources=["source"]))
    page.click(".bw-item-button")
    settle(page)
    assert "To link it, mark its source first." in page.inner_text(".bw-inspector")


def test_note_and_edges_are_folded_until_there_is_a_note(mount: Callable[..., Any]) -> None:
    start, end = place("64 targets")
    made = [
        {"id": "m1", "start": 0, "end": 9, "label": "source"},
        {"id": "m2", "start": start, "end": end, "label": "cue", "note": "counted by whom?"},
    ]
    page = mount(spans(marks=made))
    page.click(".bw-item-button >> nth=0")
    settle(page)
    assert page.locator("[data-name=note]").is_hidden()
    page.focus("[data-name=tools]")
    press(page, "Enter")
    page.click("[data-name='End later']")
    settle(page)
    assert page.locator("[data-name=note]").is_visible(), "open while its mark is worked on"
    page.click(".bw-item-button >> nth=1")
    settle(page)
    assert page.input_value("[data-name=note]") == "counted by whom?"
    assert page.locator("[data-name=note]").is_visible()


@pytest.mark.parametrize("width", [320, 480, 560, 620, 1366])
def test_the_options_lie_within_the_widget(
    page: Any, mount: Callable[..., Any], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for made in (spans, sentences):
        page = mount(made(check=lambda _answer: Feedback("")))
        page.click("text=Options")
        settle(page)
        menu, frame = (page.locator(name).bounding_box() for name in (".bw-menu", ".bw"))
        assert menu["x"] >= frame["x"]
        assert menu["x"] + menu["width"] <= frame["x"] + frame["width"]


def test_feedback_is_shown_in_place_until_the_part_is_changed(mount: Callable[..., Any]) -> None:
    told = {
        "summary": "1 of 2 right.",
        "items": [
            {"target": "s1", "verdict": "right", "label": "attributed", "text": "It names officials."},
            {"target": "s2", "verdict": "wrong", "label": "outlet", "text": "Nobody is named."},
        ],
        "key": [],
    }  # fmt: skip
    page = mount(
        sentences(
            check=lambda _answer: Feedback(""),
            answer={"labels": {"s1": {"voice": "attributed"}, "s2": {"voice": "attributed"}}},
        ),
        feedback=told,
    )
    page.click(".bw-primary")
    page.wait_for_selector(".bw-told:visible")
    assert page.locator(".bw-item-said").all_text_contents() == [
        "It names officials.",
        "Nobody is named.",
    ]
    assert "2 credited ✗" in page.locator(".bw-tag").all_text_contents()
    click(page, "Nobody")
    settle(page)
    press(page, "2")
    settle(page)
    assert "2 not credited" in page.locator(".bw-tag").all_text_contents()


def test_the_key_is_not_on_the_page_before_a_try(mount: Callable[..., Any]) -> None:
    start, end = place("64 targets")
    told = {
        "summary": "One was missed.",
        "items": [{"target": {"start": start, "end": end}, "verdict": "missed", "label": "content", "text": "A claim."}],
        "key": [{"start": start, "end": end, "label": "content"}],
    }  # fmt: skip
    page = mount(spans(check=lambda _answer: Feedback("")), feedback=told)
    assert page.locator(".bw-item").count() == 0
    page.click(".bw-primary")
    page.wait_for_selector(".bw-item-missed")
    assert page.locator(".bw-item-missed .bw-item-words").text_content() == "64 targets"
    names = page.evaluate("[...CSS.highlights].filter(([, h]) => h.size).map(([n]) => n)")
    assert any(name.endswith("-k2") for name in names)


def test_reading_only_changes_nothing(mount: Callable[..., Any]) -> None:
    page = mount(spans(readonly=True, marks=[{"start": 0, "end": 9, "label": "source"}]))
    drag(page, "64 targets")
    press(page, "1", "Delete", "Control+z")
    assert marks(page) == [("source", 0, 9)]
    assert page.evaluate("window.model.sent.length") == 0


HOSTILE = "<img src=x onerror=alert(1)> </script><script>alert(2)</script> \u202eevil"


def test_hostile_words_stay_words(mount: Callable[..., Any]) -> None:
    widget = Annotator(
        HOSTILE + " and more",
        labels=[Label("a", HOSTILE, short=HOSTILE), "b"],
        title=HOSTILE,
        marks=[
            {"id": HOSTILE, "start": 0, "end": 20, "label": "a", "note": HOSTILE},
            {"id": "m2", "start": 5, "end": 60, "label": "b", "source": HOSTILE},
        ],
        check=lambda _answer: Feedback(""),
    )
    told = {
        "summary": HOSTILE,
        "items": [{"target": HOSTILE, "verdict": "wrong", "label": HOSTILE, "text": HOSTILE}],
        "key": [],
    }
    page = mount(widget, feedback=told)
    page.click(".bw-primary")
    page.wait_for_selector(".bw-told:visible")
    for row in (0, 1):
        page.click(f".bw-item-button >> nth={row}")
        settle(page)
    assert page.locator(".bw img, .bw script").count() == 0
    assert page.locator(".bw-text .bw-par").text_content() == HOSTILE + " and more"
    assert page.locator(".bw-told").text_content() == HOSTILE


def test_no_key_reaches_the_notebook(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    page.evaluate(
        "() => { window.leaked = []; document.addEventListener('keydown', e => window.leaked.push(e.key)); }"
    )
    assert page.get_attribute(".bw", "data-lm-suppress-shortcuts") == "true"
    for target in (".bw-text", ".bw-mark-label", "summary"):
        page.focus(target)
        press(page, "a", "b", "x", "d", "d", "Delete", "Control+z", "Enter", "ArrowDown")
        press(page, "Control+s")
    assert page.evaluate("window.leaked") == []


def test_tab_and_escape_leave(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    page.focus(".bw-text")
    press(page, "Tab")
    assert page.evaluate("document.activeElement.closest('.bw-text')") is None
    page.focus(".bw-text")
    press(page, "Enter", "Escape", "Escape")
    assert page.evaluate("document.activeElement.matches('[data-cell]')")


def test_control_s_saves_and_says_so(mount: Callable[..., Any]) -> None:
    page = mount(spans(save=lambda _answer, _base: None))
    page.focus(".bw-text")
    press(page, "Control+s")
    page.wait_for_function(
        "document.querySelector('.bw-live[role=status]').textContent.startsWith('Saved at')"
    )
    assert page.inner_text(".bw-status").startswith("Saved at")


def test_a_silent_kernel_is_told_within_two_seconds_and_recovers(mount: Callable[..., Any]) -> None:
    page = mount(spans(), ack=False)
    drag(page, "64 targets")
    press(page, "1")
    page.wait_for_selector('.bw[data-state="unsaved"]', timeout=15_000)
    assert "run all cells again" in page.inner_text(".bw-notice")
    with page.expect_download() as download:
        page.click("text=Download my answer")
    assert download.value.suggested_filename == "ex99-q1.fox.unsaved.json"
    page.evaluate("window.model.ack = true")
    page.click("text=Try again")
    page.wait_for_selector('.bw[data-state="saved"]')
    assert page.locator(".bw-notice:visible").count() == 0


def test_a_refusal_shows_pythons_sentence(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    page.evaluate("window.model.refuse = 'The disk is full; free some space.'")
    drag(page, "64 targets")
    press(page, "1")
    page.wait_for_selector('.bw[data-state="refused"]')
    assert "The disk is full" in page.inner_text(".bw-notice")


def test_unsaved_work_comes_back_with_a_fresh_widget(mount: Callable[..., Any]) -> None:
    page = mount(spans(), ack=False)
    drag(page, "64 targets")
    press(page, "1")
    page.wait_for_timeout(100)
    page = mount(spans())
    page.wait_for_selector('.bw[data-state="saved"]')
    assert marks(page) == [("source", *place("64 targets"))]
    assert page.evaluate("window.model.get('edit')") == 1


def test_another_version_in_the_browser_is_offered_and_never_forced(
    mount: Callable[..., Any],
) -> None:
    page = mount(spans(), ack=False)
    drag(page, "64 targets")
    press(page, "1")
    page.wait_for_timeout(100)
    page = mount(spans(marks=[{"start": 0, "end": 9, "label": "source"}]))
    assert marks(page) == [("source", 0, 9)]
    page.click("text=Use it")
    assert marks(page) == [("source", *place("64 targets"))]


def test_the_static_view_hides_and_comes_back(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    assert page.locator("[id^=briefing-static]").is_hidden()
    page.evaluate("window.stop()")
    assert page.locator("[id^=briefing-static]").is_visible()
    assert page.evaluate("CSS.highlights.size") == 0, "highlights of a widget that is gone"


def test_two_widgets_on_a_page_leave_each_others_paint_alone(mount: Callable[..., Any]) -> None:
    page = mount(spans(marks=[{"start": 0, "end": 9, "label": "source"}]))
    before = page.evaluate("CSS.highlights.size")
    page.evaluate(
        """async () => {
            const el = document.createElement("div");
            document.body.append(el);
            const view = await window.widget.render({ model: window.model, el });
            view();
        }"""
    )
    assert page.evaluate("CSS.highlights.size") == before


def test_browsers_without_highlights_get_elements(page: Any, mount: Callable[..., Any]) -> None:
    page.add_init_script("delete window.Highlight;")
    page = mount(spans())
    drag(page, "Officials said")
    press(page, "1", "Escape")
    settle(page)
    assert page.locator(".bw-par mark").all_text_contents() == ["Officials said"]
    assert marks(page) == [("source", *place("Officials said"))]


@pytest.mark.parametrize("width", [320, 360, 1400])
def test_nothing_is_wider_than_the_page(page: Any, mount: Callable[..., Any], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page = mount(spans(marks=[{"start": 0, "end": 9, "label": "source"}]))
    page.click(".bw-item-button")
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_targets_are_large_enough(mount: Callable[..., Any]) -> None:
    page = mount(
        spans(marks=[{"start": 0, "end": 9, "label": "source"}], check=lambda _a: Feedback(""))
    )
    page.click(".bw-item-button")
    settle(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll(".bw button, .bw select, .bw summary, .bw .bw-setting")]
            .filter(node => node.checkVisibility({ contentVisibilityAuto: true }))
            .map(node => [node.textContent, node.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24)
            .map(([text, box]) => [text, box.width, box.height])"""
    )
    assert small == []


MARKED = [
    {"id": "m1", "start": 0, "end": 14, "label": "source"},
    {"id": "m2", "start": 10, "end": 14, "label": "cue", "note": "neutral"},
]
TOLD = {
    "summary": "One of two.",
    "items": [
        {"target": "m1", "verdict": "right", "label": "source", "text": "Yes."},
        {"target": "m2", "verdict": "near", "label": "cue", "text": "Nearly."},
        {"target": {"start": 50, "end": 56}, "verdict": "missed", "label": "cue", "text": "No."},
        *(
            {"target": f"s{n}", "verdict": verdict, "label": "", "text": "Because."}
            for n, verdict in enumerate(("right", "wrong", "near"), 1)
        ),
    ],
    "key": [],
}
CHOSEN = {"labels": {"s1": {"voice": "outlet"}, "s2": {"voice": "outlet"}}}


def check(page: Any) -> None:
    page.click(".bw-primary")
    page.wait_for_selector(".bw-told:visible")


def link(page: Any) -> None:
    page.locator(".bw-item-button").nth(1).click()
    settle(page)
    page.click("[data-name=pick]")


def fall_silent(page: Any) -> None:
    page.evaluate("window.model.ack = false")
    drag(page, "64 targets")
    press(page, "1")
    page.wait_for_selector(".bw[data-state=unsaved]")


def to_paper(page: Any) -> None:
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")


def print_checked(page: Any) -> None:
    check(page)
    to_paper(page)


def ask_help(page: Any) -> None:
    page.click("[aria-label=Help]")


STATES: dict[str, tuple[Callable[..., Any], dict[str, Any], Callable[[Any], None] | None]] = {
    "empty": (spans, {}, None),
    "marked": (spans, {"marks": MARKED}, None),
    "linking": (spans, {"marks": MARKED, "sources": ["source"]}, link),
    "unsaved": (spans, {"marks": MARKED}, fall_silent),
    "help": (spans, {"marks": MARKED}, ask_help),
    "feedback": (spans, {"marks": MARKED, "check": lambda _answer: Feedback("")}, check),
    "readonly": (spans, {"marks": MARKED, "readonly": True}, None),
    "comparing": (
        spans,
        {"marks": MARKED, "other": [{"start": 15, "end": 40, "label": "cue"}], "other_name": "Fox"},
        None,
    ),
    "print": (spans, {"marks": MARKED, "check": lambda _answer: Feedback("")}, print_checked),
    "sentences": (sentences, {"answer": CHOSEN}, None),
    "sentences help": (sentences, {"answer": CHOSEN}, ask_help),
    "sentences feedback": (
        sentences,
        {"answer": CHOSEN, "check": lambda _answer: Feedback("")},
        check,
    ),
    "sentences comparing": (
        sentences,
        {"answer": CHOSEN, "other": {"s1": "attributed", "s2": "outlet", "s3": "outlet"}},
        None,
    ),
    "sentences print": (sentences, {"answer": CHOSEN}, to_paper),
}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(mount: Callable[..., Any], state: str, *, dark: bool) -> None:
    from axe_core_python.sync_playwright import Axe

    make, given, reach = STATES[state]
    page = mount(make(**given), dark=dark, feedback=TOLD)
    if reach:
        reach(page)
    if state in ("marked", "feedback", "readonly", "comparing", "sentences", "sentences feedback"):
        page.click(".bw-item-button")
    settle(page)
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
    found = Axe().run(page, context=".bw", options=rules)
    assert found["passes"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []


def test_the_help_opens_at_its_beginning_and_gives_the_focus_back(
    page: Any, mount: Callable[..., Any]
) -> None:
    page.set_viewport_size({"width": 400, "height": 600})
    page = mount(spans())
    page.focus(".bw-text")
    press(page, "?")
    assert page.evaluate("document.querySelector('.bw-help').scrollTop") == 0
    assert page.evaluate("document.activeElement.closest('.bw-help') !== null")
    foot = page.locator(".bw-help button").bounding_box()
    assert foot["y"] + foot["height"] < 600, "its button is in sight all the time"
    press(page, "Tab", "Enter")
    assert page.locator(".bw-help").is_hidden()
    assert page.evaluate("document.activeElement.matches('.bw-text')")


def test_paper_says_the_verdict_beside_the_reason(mount: Callable[..., Any]) -> None:
    page = mount(spans(marks=MARKED, check=lambda _answer: Feedback("")), feedback=TOLD)
    print_checked(page)
    lines = page.locator(".bw-print-list li").all_text_contents()
    assert any("≈ nearly. Nearly." in line for line in lines)
    assert any("✓ right. Yes." in line for line in lines)
    assert any("○ missed. No." in line for line in lines)


def test_what_happens_is_announced(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    page.focus(".bw-text")
    press(page, "Home", "Shift+ArrowRight")
    heard = page.locator(".bw-live[role=status]")
    assert re.match("Selected: “Officials”", heard.text_content())
    press(page, "1")
    assert re.match("Marked as source: “Officials”", heard.text_content())
    press(page, "Control+z")
    assert re.match("Undone: mark source", heard.text_content())


def test_a_long_text_paints_what_is_in_sight_and_the_rest_on_scrolling(
    mount: Callable[..., Any],
) -> None:
    text = "\n".join(f"Line {n} says that nothing happened there." for n in range(900))
    starts = [text.index(f"Line {n} ") for n in range(0, 900, 2)]
    made = [{"start": start, "end": start + 6, "label": "cue"} for start in starts]
    page = mount(Annotator(text, labels=LABELS, title="Long", marks=made))
    painted = """() => [...CSS.highlights].filter(([name]) => /-l\\d-\\d$/.test(name))
        .flatMap(([, ranges]) => [...ranges]).map(range => range.startContainer.textContent)"""
    first = page.evaluate(painted)
    assert "Line 0 says that nothing happened there." in first
    assert len(first) < len(made)
    page.evaluate("document.querySelector('.bw-text').scrollTop = 1e9")
    settle(page)
    assert "Line 898 says that nothing happened there." in page.evaluate(painted)
    assert page.locator(".bw-item").count() == len(made)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".bw-print-par span[style]").count() == len(made)


def test_one_mark_among_hundreds_touches_what_is_its_own(mount: Callable[..., Any]) -> None:
    text = "\n".join(f"Line {n} says that nothing happened there." for n in range(900))
    starts = [text.index(f"Line {n} ") for n in range(0, 900, 2)]
    made = [{"start": start, "end": start + 6, "label": "cue"} for start in starts]
    page = mount(Annotator(text, labels=LABELS, title="Long", marks=made))
    settle(page)
    page.focus(".bw-text")
    press(page, "ArrowDown", "Home", "Shift+ArrowRight", "Shift+ArrowRight")
    settle(page)
    settle(page)
    page.evaluate(
        """() => {
            window.touched = { rows: 0, ranges: 0, measured: null };
            new MutationObserver((news) => {
                for (const one of news) window.touched.rows += one.addedNodes.length;
            }).observe(document.querySelector(".bw-list"), { childList: true, subtree: true });
            const add = Highlight.prototype.add;
            Highlight.prototype.add = function (range) {
                window.touched.ranges += 1;
                return add.call(this, range);
            };
            let measured = 0;
            for (const kind of [Range, Element]) {
                const box = kind.prototype.getBoundingClientRect;
                kind.prototype.getBoundingClientRect = function () {
                    measured += 1;
                    return box.call(this);
                };
            }
            document.addEventListener("keydown", () => {
                measured = 0;
                requestAnimationFrame(() => { window.touched.measured = measured; });
            }, { capture: true, once: true });
        }"""
    )
    press(page, "1")
    page.wait_for_function(
        "count => document.querySelectorAll('.bw-item').length === count", arg=451
    )
    settle(page)
    touched = page.evaluate("() => window.touched")
    # Its own row comes; its own line and the band of what is chosen are painted.
    assert touched["rows"] <= 3
    assert 1 <= touched["ranges"] <= 3
    assert touched["measured"] == 0, "before the mark is painted nothing is measured"


TWINS = [
    {"id": "m1", "start": 0, "end": 9, "label": "source", "note": ""},
    {"id": "m2", "start": 0, "end": 14, "label": "source", "note": ""},
    {"id": "m3", "start": 0, "end": 9, "label": "cue", "note": ""},
]


def test_no_hand_makes_a_second_mark_of_the_same_words_and_label(mount: Callable[..., Any]) -> None:
    page = mount(spans(marks=TWINS))
    said = "These words are marked as source already."

    def choose(number: int) -> None:
        page.locator(".bw-item-button").nth(number).click()
        settle(page)
        page.focus(".bw-text")

    before = marks(page)
    assert [one[0] for one in before] == ["source", "source", "cue"]  # the longer first
    choose(0)
    drag(page, "Officials")
    page.get_by_role("button", name="Move the mark here").click()
    assert said in page.text_content(".bw-live[role=status]")
    assert marks(page) == before
    choose(2)
    press(page, "1")
    assert said in page.text_content(".bw-live[role=status]")
    assert marks(page) == before
    choose(0)
    press(page, "Alt+Shift+ArrowLeft")
    assert said in page.text_content(".bw-live[role=status]")
    assert marks(page) == before
    press(page, "Control+z")
    assert "Nothing to undo" in page.text_content(".bw-live[role=status]")


def test_a_version_that_was_taken_is_one_step_back_and_one_again(mount: Callable[..., Any]) -> None:
    page = mount(spans(), ack=False)
    for words in ("64 targets", "today"):
        drag(page, words)
        press(page, "1")
    theirs = marks(page)
    page.wait_for_timeout(1300)  # so long that the steps are written down, too
    page = mount(spans(marks=[{"start": 0, "end": 9, "label": "source"}]))
    page.click("text=Use it")
    assert marks(page) == theirs
    page.focus(".bw-text")
    press(page, "Control+z")
    assert marks(page) == [("source", 0, 9)]
    assert "Undone: use the other version." in page.text_content(".bw-live[role=status]")
    press(page, "Control+y")
    assert marks(page) == theirs


def test_enter_and_escape_of_an_input_method_stay_in_the_finder(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    page.focus(".bw-text")
    press(page, "/")
    page.locator("input[type=search]").fill("targets")
    for key in ("Enter", "Escape"):
        page.locator("input[type=search]").evaluate(
            """(field, key) => field.dispatchEvent(
                new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true, cancelable: true })
            )""",
            key,
        )
    assert page.locator(".bw-finder").is_visible()
    assert page.text_content(".bw-finder .bw-aside") == ""
    press(page, "Enter")
    assert page.text_content(".bw-finder .bw-aside") == "1 of 1"

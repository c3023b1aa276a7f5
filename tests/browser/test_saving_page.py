"""Nothing is lost in the page: undo after a reload, copies in the browser, silence, versions.

Real widgets over the real answers file; only JupyterLab between them is a stand-in.
"""

import json
from functools import partial

import pytest
from bothsides import BothSides

from briefing.answers import AnswersStore
from briefing.answers.student import change_code
from briefing.course.versions import versions_of
from briefing.widgets import Annotator
from briefing.widgets.choice import Choice
from briefing.widgets.handin import HandIn, HandInReceipt, Version
from briefing.widgets.student import StudentCode
from briefing.widgets.text import Text

pytestmark = pytest.mark.browser

ADDRESS = "http://widget.test/"
WORDS = "Officials in Aurelia said that 64 targets were hit. Nobody else has confirmed it. "
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def both(page):
    return BothSides(page, ADDRESS)


@pytest.fixture
def store(tmp_path):
    return AnswersStore.open("ex02", tmp_path / "work")


def reload(both):
    """Load the page again, with a kernel that answers."""
    both.silent = False
    both.open(ADDRESS)


def of(store, question, **more):
    """What the course gives a widget."""
    return {
        "question": f"ex02/{question}",
        "title": question,
        "student": "fox-4821",
        "answer": store.answer(question),
        "revision": store.revision,
        "saved": store.saved_iso,
        "save": partial(store.save, question),
        "newer": partial(store.changed_since, question),
        **more,
    }


def writing(store, question="q6", **more):
    return Text("Write.", **of(store, question, **more))


def choosing(store, question="q4", **more):
    options = [{"id": one, "text": one.upper()} for one in "abcd"]
    return Choice(
        [{"id": "", "prompt": "Which?", "options": options}], **of(store, question, **more)
    )


class Marks:
    """An annotator whose answers stay in the test."""

    def __init__(self):
        self.answer, self.revision = None, 0

    def save(self, answer, _base):
        self.answer, self.revision = answer, self.revision + 1
        return HandInReceipt(self.revision, "2026-11-22T19:40:00Z")

    def widget(self, text=WORDS):
        class Receipt:
            saved_iso = "2026-11-22T19:40:00Z"

        def save(answer, base):
            self.save(answer, base)
            receipt = Receipt()
            receipt.revision = self.revision
            return receipt

        return Annotator(
            text,
            labels=["source", "cue"],
            question="ex99/q1",
            student="fox-4821",
            answer=self.answer,
            revision=self.revision,
            saved="2026-11-22T19:40:00Z" if self.answer else "",
            save=save,
        )


def count(frame):
    return frame.locator(".bw-item-mark").count()


def reaches(page, condition, within=4000):
    for _ in range(within // 20):
        if condition():
            return
        page.wait_for_timeout(20)
    assert condition()


def mark_words(both, frame, *keys):
    """Mark the next words, each with a digit."""
    frame.locator(".bw-text").focus()
    for key in keys:
        both.page.keyboard.press("ArrowRight")
        both.page.keyboard.press("Shift+ArrowRight")
        both.page.keyboard.press(key)


def stored(both, start):
    """What the browser keeps under keys that begin so."""
    return both.page.evaluate(
        "start => Object.fromEntries(Object.entries(localStorage).filter(([k]) => k.startsWith(start)))",
        start,
    )


# -- undo ------------------------------------------------------------------------------------------


def test_undo_and_redo_survive_a_reload_and_a_new_kernel(both):
    marks = Marks()
    frame = both.put(marks.widget())
    mark_words(both, frame, "1", "2", "1")
    reaches(both.page, lambda: marks.answer and len(marks.answer["marks"]) == 3)
    three = marks.answer["marks"]
    both.page.keyboard.press("Control+z")
    reaches(both.page, lambda: len(marks.answer["marks"]) == 2)
    reload(both)
    frame = both.put(marks.widget())
    assert count(frame) == 2
    frame.locator(".bw-text").focus()
    both.page.keyboard.press("Control+Shift+z")
    reaches(both.page, lambda: marks.answer["marks"] == three)
    for left in (2, 1, 0):
        both.page.keyboard.press("Control+z")
        reaches(both.page, lambda: len(marks.answer["marks"]) == left)  # noqa: B023
    assert "Undone" in frame.locator(".bw-live[role=status]").text_content()


def test_undo_belongs_to_one_state_and_is_dropped_with_any_other(both):
    marks = Marks()
    frame = both.put(marks.widget())
    mark_words(both, frame, "1", "2")
    reaches(both.page, lambda: marks.answer and len(marks.answer["marks"]) == 2)
    marks.answer = {**marks.answer, "marks": marks.answer["marks"][:1]}
    reload(both)
    frame = both.put(marks.widget())
    frame.locator(".bw-text").focus()
    both.page.keyboard.press("Control+z")
    assert "Nothing to undo" in frame.locator(".bw-live[role=status]").text_content()
    assert count(frame) == 1


def test_steps_that_somebody_has_changed_are_no_steps(both):
    marks = Marks()
    frame = both.put(marks.widget())
    mark_words(both, frame, "1", "2")
    reaches(both.page, lambda: marks.answer and len(marks.answer["marks"]) == 2)
    reload(both)
    both.page.evaluate(
        """() => {
            const key = Object.keys(localStorage).find(k => k.endsWith("/history"));
            const kept = JSON.parse(localStorage.getItem(key));
            kept.steps.past[0][1] = { marks: [{ id: "x", start: 5, end: 99999, label: "cue" }] };
            localStorage.setItem(key, JSON.stringify(kept));
        }"""
    )
    frame = both.put(marks.widget())
    frame.locator(".bw-text").focus()
    both.page.keyboard.press("Control+z")
    assert "Nothing to undo" in frame.locator(".bw-live[role=status]").text_content()
    assert count(frame) == 2


def test_a_thousand_marks_take_little_room_and_their_steps_come_back(both):
    text = WORDS * 400
    marks = Marks()
    marks.answer = {
        "kind": "marks",
        "article": "",
        "marks": [
            {"id": f"m{n}", "start": n * 30, "end": n * 30 + 45, "label": "cue", "note": ""}
            for n in range(1000)
        ],
    }
    frame = both.put(marks.widget(text))
    mark_words(both, frame, *"12121")
    reaches(both.page, lambda: len(marks.answer["marks"]) == 1005, within=20_000)
    reload(both)
    (kept,) = (
        words for key, words in stored(both, "briefing/").items() if key.endswith("/history")
    )
    assert len(kept) < 2_000
    frame = both.put(marks.widget(text))
    frame.locator(".bw-text").focus()
    for left in (1004, 1003):
        both.page.keyboard.press("Control+z")
        reaches(both.page, lambda: len(marks.answer["marks"]) == left, within=20_000)  # noqa: B023


def test_when_the_storage_is_full_the_steps_go_and_the_copy_stays(both):
    marks = Marks()
    frame = both.put(marks.widget())
    mark_words(both, frame, "1", "2")
    reaches(both.page, lambda: any(k.endswith("/history") for k in stored(both, "briefing/")))
    both.page.evaluate(
        """() => {
            let size = 4_000_000;
            for (let n = 0; size > 20; ) {
                try { localStorage.setItem(`junk${n}`, "x".repeat(size)); n += 1; }
                catch { size = Math.floor(size / 2); }
            }
        }"""
    )
    both.cut()
    mark_words(both, frame, "1")
    frame.locator(".bw-notice", has_text="kept in this browser").wait_for()
    assert not [key for key in stored(both, "briefing/") if key.endswith("/history")]
    reload(both)
    frame = both.put(marks.widget())
    reaches(both.page, lambda: len(marks.answer["marks"]) == 3)


# -- silence ---------------------------------------------------------------------------------------


def test_someone_who_marks_on_hears_within_two_seconds_that_nothing_is_saved(both):
    marks = Marks()
    frame = both.put(marks.widget())
    mark_words(both, frame, "1")
    frame.get_by_text("Saved at").wait_for()
    both.cut()
    frame.evaluate(
        """root => {
            const seen = () => { window.unsavedAt ??= performance.now(); };
            new MutationObserver(() => root.dataset.state === "unsaved" && seen())
                .observe(root, { attributeFilter: ["data-state"] });
            root.addEventListener("keydown", e => {
                if (e.key === "2") window.firstAt ??= performance.now();
            }, true);
        }"""
    )
    for _ in range(8):
        mark_words(both, frame, "2")
        both.page.wait_for_timeout(250)
    assert 1000 < both.page.evaluate("window.unsavedAt - window.firstAt") <= 2000


def test_who_types_on_hears_it_too(both, store):
    frame = both.put(writing(store))
    both.cut()
    frame.get_by_role("textbox").press_sequentially("word " * 9, delay=50)
    assert frame.get_attribute("data-state") == "unsaved"


def test_a_browser_that_keeps_nothing_promises_nothing(both, store):
    both.page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    frame = both.put(choosing(store))
    both.cut()
    frame.get_by_label("A", exact=True).check()
    notice = frame.locator(".bw-notice").first
    notice.get_by_text("download your answer first").wait_for()
    assert "kept in this browser" not in notice.text_content()


def test_a_kernel_that_is_gone_is_told_before_anything_is_changed(both, store):
    store.save("q4", {"kind": "choice", "chosen": ["a"], "attempts": 0})
    frame = both.put(choosing(store))
    others = [both.put(choosing(store, f"q{n}")) for n in (10, 11, 12)]
    both.page.wait_for_timeout(4200)
    both.cut()
    frame.get_by_label("A", exact=True).focus()
    notice = frame.get_by_role("alert").get_by_text("does not answer")
    notice.wait_for(timeout=15_000)
    assert frame.get_attribute("data-state") == "away"
    assert "Not saved" not in frame.text_content()
    assert "run all cells again" in notice.locator("..").text_content()
    assert [other.get_attribute("data-state") for other in others] == ["saved"] * 3
    # Where the connection itself breaks, all ask once; who is not there is not shouted at.
    both.page.evaluate("() => Object.values(models).forEach(m => m.tell('comm_live_update'))")
    others[0].locator(".bw-status", has_text="does not answer").wait_for(timeout=15_000)
    assert others[0].get_attribute("data-state") == "away"
    assert others[0].locator(".bw-notice[role=alert]").is_hidden()
    others[0].get_by_label("A", exact=True).focus()
    assert others[0].locator(".bw-notice[role=alert]").is_visible()
    both.silent = False
    frame.get_by_role("button", name="Try again").click()
    frame.locator(".bw-status", has_text="Saved at").wait_for()
    assert notice.is_hidden()


def test_of_many_widgets_only_the_used_one_asks_now_and_then(both, store):
    frames = [both.put(choosing(store, f"q{n}")) for n in range(10, 16)]
    for frame in frames:
        frame.get_by_label("A", exact=True).focus()
    both.heard.clear()
    both.page.wait_for_timeout(6000)
    pings = [heard for heard in both.heard if "ping" in heard]
    assert 1 <= len(pings) <= 2


# -- copies ----------------------------------------------------------------------------------------


def test_what_was_saved_by_a_kernel_that_could_not_tell_is_no_reason_to_ask(both, store):
    """Two choices are sent; the kernel saves the first and dies before it can say so."""
    frame = both.put(choosing(store))
    both.cut()
    frame.get_by_label("A", exact=True).check()
    frame.get_by_label("B", exact=True).check()
    frame.get_by_text("Not saved").first.wait_for()
    store.save("q4", {"kind": "choice", "chosen": ["a"], "attempts": 0})
    reload(both)
    frame = both.put(choosing(store))
    reaches(both.page, lambda: store.answer("q4")["chosen"] == ["b"])
    assert frame.get_by_label("B", exact=True).is_checked()
    assert frame.locator(".bw-offer").is_hidden()


def test_a_state_that_this_browser_never_sent_is_a_reason_to_ask(both, store):
    frame = both.put(choosing(store))
    both.cut()
    frame.get_by_label("B", exact=True).check()
    frame.get_by_text("Not saved").first.wait_for()
    store.save("q4", {"kind": "choice", "chosen": ["d"], "attempts": 0})
    reload(both)
    frame = both.put(choosing(store))
    frame.get_by_role("button", name="Use it").click()
    reaches(both.page, lambda: store.answer("q4")["chosen"] == ["b"])


def test_an_offer_is_not_overwritten_by_going_on(both, store, tmp_path):
    """A new session has nothing; the student marks on before answering the question."""
    both.put(choosing(store)).get_by_label("A", exact=True).check()
    reaches(both.page, lambda: store.answer("q4"))
    new = AnswersStore.open("ex02", tmp_path / "new session")
    reload(both)
    frame = both.put(choosing(new))
    assert frame.locator(".bw-offer").is_visible()
    frame.get_by_label("C", exact=True).check()
    reaches(both.page, lambda: new.answer("q4"))
    frame.get_by_text("Saved at").wait_for()
    reload(both)
    frame = both.put(choosing(new))
    frame.get_by_role("button", name="Keep what is here").click()
    reload(both)
    frame = both.put(choosing(new))
    assert frame.locator(".bw-offer").is_hidden()
    assert any('"a"' in words for words in stored(both, "briefing/ex02/q4/").values())


def test_two_pages_do_not_overwrite_each_others_unsaved_copy(both, store, tmp_path):
    left = both.put(choosing(store))
    other = AnswersStore.open("ex02", tmp_path / "other kernel")
    right = both.put(choosing(other))
    left.evaluate("() => { window.models.w0.save_changes = () => {}; }")
    left.get_by_label("A", exact=True).check()
    left.get_by_text("Not saved").first.wait_for()
    right.get_by_label("C", exact=True).check()
    reaches(both.page, lambda: other.answer("q4"))
    right.get_by_text("Saved at").wait_for()
    reload(both)
    frame = both.put(choosing(store))
    reaches(both.page, lambda: frame.get_by_label("A", exact=True).is_checked())
    reaches(both.page, lambda: (store.answer("q4") or {}).get("chosen") == ["a"])


def test_a_page_that_was_saved_when_another_came_up_keeps_what_it_could_not_save_later(
    both, store, tmp_path
):
    """The other page has taken over what was saved then, and no more than that."""
    left = both.put(choosing(store))
    left.get_by_label("A", exact=True).check()
    reaches(both.page, lambda: store.answer("q4"))
    left.get_by_text("Saved at").wait_for()
    other = AnswersStore.open("ex02", tmp_path / "other kernel")
    other.save("q4", store.answer("q4"))
    right = both.put(choosing(other))
    left.evaluate("() => { window.models.w0.save_changes = () => {}; }")
    left.get_by_label("B", exact=True).check()
    left.get_by_text("Not saved").first.wait_for()
    right.get_by_label("C", exact=True).check()
    reaches(both.page, lambda: other.answer("q4")["chosen"] == ["c"])
    right.get_by_text("Saved at").wait_for()
    reload(both)
    frame = both.put(choosing(store))
    reaches(both.page, lambda: frame.get_by_label("B", exact=True).is_checked())
    reaches(both.page, lambda: store.answer("q4")["chosen"] == ["b"])


def test_copies_of_another_code_are_named_and_never_shown(both, store, tmp_path):
    both.put(choosing(store, student="heron/1 & co")).get_by_label("A", exact=True).check()
    reaches(both.page, lambda: store.answer("q4"))
    new = AnswersStore.open("ex02", tmp_path / "new session")
    reload(both)
    frame = both.put(choosing(new, student="fox-4821"))
    assert frame.locator("input:checked").count() == 0
    assert frame.locator(".bw-offer").is_hidden()
    assert "under heron/1 & co" in frame.locator(".bw-status").text_content()
    reload(both)
    frame = both.put(choosing(new, student="heron/1 & co"))
    frame.get_by_role("button", name="Use it").click()
    reaches(both.page, lambda: new.answer("q4")["chosen"] == ["a"])


def hand(store, **more):
    receipt = HandInReceipt(store.revision, store.saved_iso)

    def restore(name):
        return f"Brought back, as revision {store.restore(name).revision}. Run all cells to see it."

    return HandIn(
        lambda: (store.download_name(), store.file_bytes(), receipt),
        lambda data: f"Loaded; this is now revision {store.load_back(data).revision}.",
        versions=lambda: versions_of(store, {}),
        restore=restore,
        question="ex02/hand-in",
        **{"student": "fox-4821", **more},
    )


def test_what_the_browser_keeps_is_listed_and_forgotten_code_by_code(both, store):
    both.put(choosing(store, student=HOSTILE)).get_by_label("A", exact=True).check()
    reaches(both.page, lambda: store.answer("q4"))
    frame = both.put(writing(store))
    both.cut()
    frame.get_by_role("textbox").fill("Not saved anywhere")
    frame.get_by_text("Not saved").first.wait_for()
    reload(both)
    frame = both.put(hand(store))
    press = both.page.keyboard.press
    frame.locator("summary", has_text="Kept in this browser").focus()
    press("Enter")
    rows = frame.locator(".bq-list > li")
    rows.first.wait_for()
    assert rows.count() == 2
    own, other = rows.nth(0), rows.nth(1)
    assert "fox-4821 (your code): 1 answer" in own.text_content()
    assert "never saved" in own.text_content()
    assert HOSTILE in other.text_content()
    assert "never saved" not in other.text_content()
    assert frame.locator("img").count() == 0
    press("Tab")
    assert both.page.evaluate("document.activeElement.ariaLabel").endswith("fox-4821")
    press("Enter")
    assert "gone for good" in own.text_content()
    press("Tab")
    press("Enter")
    assert own.locator(".bq-sure").is_hidden()
    assert len(stored(both, "briefing/ex02/q6/fox-4821")) == 1
    press("Enter")
    press("Enter")
    frame.get_by_text("Forgotten on this computer: fox-4821").first.wait_for()
    assert stored(both, "briefing/ex02/q6/fox-4821") == {}
    assert rows.count() == 1
    assert "Forgotten" in frame.locator(".bw-live[role=status]").text_content()
    assert len(stored(both, "briefing/ex02/q4/")) == 1


def test_a_new_code_hears_at_the_hand_in_and_at_the_start_where_its_work_is(both, store, tmp_path):
    both.put(choosing(store, student="heron-1937")).get_by_label("A", exact=True).check()
    reaches(both.page, lambda: store.answer("q4"))
    reload(both)
    frame = both.put(hand(store))
    assert "heron-1937" in frame.locator(".bq-borrowed").text_content()
    code = StudentCode("fox-4821", lambda typed: change_code(tmp_path, typed))
    frame = both.put(code)
    frame.get_by_role("button", name="Go on under heron-1937").click()
    frame.locator(".bq-now", has_text="heron-1937").wait_for()
    assert code.code == "heron-1937"
    assert "they are offered there" in frame.locator(".bq-held").text_content()


# -- cells that are run again -----------------------------------------------------------------------

LISTENING = """() => {
    window.listening = new Map();
    for (const target of [document, window]) {
        const [add, remove] = [target.addEventListener, target.removeEventListener];
        target.addEventListener = (type, call, how) => {
            const key = `${target === window ? "window" : "document"} ${type}`;
            const calls = window.listening.get(key) ?? new Set();
            window.listening.set(key, calls.add(call));
            add.call(target, type, call, how);
        };
        target.removeEventListener = (type, call, how) => {
            window.listening.get(`${target === window ? "window" : "document"} ${type}`)?.delete(call);
            remove.call(target, type, call, how);
        };
    }
}"""


def listening(both):
    """What hears document or window, of all that came since `LISTENING` was evaluated."""
    return both.page.evaluate(
        "() => [...window.listening].filter(([, calls]) => calls.size).map(([key]) => key)"
    )


@pytest.mark.parametrize("kind", ["text", "choice", "annotator"])
def test_a_cell_that_is_run_again_leaves_nothing_listening(both, store, kind):
    both.page.evaluate(LISTENING)
    marks = Marks()
    made = {"text": writing, "choice": choosing, "annotator": lambda _: marks.widget()}[kind](store)
    frame = both.put(made)
    if kind == "text":
        frame.get_by_role("textbox").fill("Kept.")
    elif kind == "choice":
        frame.get_by_label("A", exact=True).check()
    else:
        mark_words(both, frame, "1")
    frame.get_by_text("Saved at").wait_for()
    assert listening(both)
    both.page.evaluate("() => models.w0.stop()")
    reaches(both.page, lambda: listening(both) == [])
    # Nobody is there to be told, so nobody asks whether Python is there.
    both.heard.clear()
    both.page.evaluate("() => models.w0.tell('comm_live_update')")
    both.page.wait_for_timeout(100)
    assert both.heard == []


def test_what_waits_for_a_frame_is_saved_when_the_view_goes(both):
    marks = Marks()
    marks.answer = {
        "kind": "marks",
        "article": "",
        "marks": [
            {"id": f"m{n}", "start": n * 30, "end": n * 30 + 45, "label": "cue", "note": ""}
            for n in range(200)
        ],
    }
    frame = both.put(marks.widget(WORDS * 100))
    frame.locator(".bw-text").focus()
    # No frame comes any more, as on a page that is hidden meanwhile.
    both.page.evaluate("() => { window.requestAnimationFrame = () => 1; }")
    for key in ("ArrowRight", "Shift+ArrowRight", "1"):
        both.page.keyboard.press(key)
    both.page.evaluate("() => models.w0.stop()")
    reaches(both.page, lambda: len(marks.answer["marks"]) == 201)


def test_a_view_that_comes_again_saves_and_hears_as_before(both, store):
    frame = both.put(choosing(store))
    frame.get_by_label("A", exact=True).check()
    reaches(both.page, lambda: store.answer("q4"))
    both.page.evaluate("() => { models.w0.stop(); models.w0.again(); }")
    frame = frame.last
    assert frame.get_by_label("A", exact=True).is_checked()
    frame.get_by_label("B", exact=True).check()
    reaches(both.page, lambda: store.answer("q4")["chosen"] == ["b"])
    both.page.evaluate(
        """() => document.dispatchEvent(
            new CustomEvent("briefing-changed", { detail: { exercise: "ex02", text: "Look." } })
        )"""
    )
    frame.locator(".bw-remark", has_text="Look.").wait_for()


def test_two_views_of_one_model_go_on_when_one_of_them_goes(both, store):
    frame = both.put(choosing(store))
    both.page.evaluate("() => { const { stop } = models.w0; models.w0.again(); stop(); }")
    frame.last.get_by_label("B", exact=True).check()
    reaches(both.page, lambda: (store.answer("q4") or {}).get("chosen") == ["b"])
    both.page.evaluate(
        """() => document.dispatchEvent(
            new CustomEvent("briefing-changed", { detail: { exercise: "ex02", text: "Look." } })
        )"""
    )
    frame.last.locator(".bw-remark", has_text="Look.").wait_for()


def test_a_second_view_goes_on_from_what_the_first_has_written(both, store):
    frame = both.put(writing(store))
    both.page.evaluate("() => models.w0.again()")
    frame.first.get_by_role("textbox").press_sequentially("One.")
    frame.last.get_by_role("textbox").press_sequentially(" Two.")
    reaches(both.page, lambda: (store.answer("q6") or {}).get("text") == "One. Two.")


def test_a_model_that_is_closed_while_something_is_typed_keeps_it_for_the_next(both, store):
    """JupyterLab takes the comm away first, then the views: what they flush cannot be sent."""
    both.page.evaluate(LISTENING)
    frame = both.put(writing(store))
    frame.get_by_role("textbox").fill("Saved. ")
    frame.get_by_text("Saved at").wait_for()
    box = frame.get_by_role("textbox")
    box.press("End")
    box.press_sequentially("Typed.")
    failed = both.page.evaluate(
        """async () => {
            const model = models.w0;
            model.save_changes = () => { throw "Syncing error: no comm channel defined"; };
            const failed = [];
            // The order of anywidget: first what a view left to be done, then what the model did.
            for (const each of [model.stop, model.close]) {
                await Promise.resolve().then(() => each?.()).catch((why) => failed.push(String(why)));
            }
            return failed;
        }"""
    )
    assert failed == []
    assert listening(both) == []
    assert store.answer("q6")["text"] == "Saved. "
    frame = both.put(writing(store))
    reaches(both.page, lambda: store.answer("q6")["text"] == "Saved. Typed.")
    assert both.page.locator("textarea").last.input_value() == "Saved. Typed."


# -- notes that are being typed ---------------------------------------------------------------------


def open_note(both, frame):
    """Mark a word and step into the field for its note."""
    mark_words(both, frame, "1")
    frame.get_by_text("Note and edges", exact=True).click()
    frame.locator("textarea").focus()


def test_a_note_is_in_the_browsers_copy_with_each_letter(both):
    marks = Marks()
    frame = both.put(marks.widget())
    open_note(both, frame)
    reaches(both.page, lambda: marks.answer)
    both.cut()
    # Everything at once, so that the hand never rests before the page is gone.
    kept = frame.locator("textarea").evaluate(
        """field => {
            field.value = "Who says so?";
            field.dispatchEvent(new InputEvent("input", { bubbles: true }));
            return Object.entries(localStorage).filter(([key]) => key.startsWith("briefing/ex99/q1/"))
                .map(([, words]) => words).join(" ");
        }"""
    )
    assert "Who says so?" in kept
    reload(both)
    frame = both.put(marks.widget())
    reaches(both.page, lambda: marks.answer["marks"][0]["note"] == "Who says so?")


def test_a_note_is_sent_when_the_view_goes_while_it_is_typed(both):
    marks = Marks()
    frame = both.put(marks.widget())
    open_note(both, frame)
    reaches(both.page, lambda: marks.answer)
    frame.locator("textarea").evaluate(
        """field => {
            window.setTimeout = () => 0;
            field.value = "Who says so?";
            field.dispatchEvent(new InputEvent("input", { bubbles: true }));
            models.w0.stop();
        }"""
    )
    reaches(both.page, lambda: marks.answer["marks"][0]["note"] == "Who says so?")


def test_who_types_a_note_without_resting_is_saved_meanwhile_and_undoes_it_at_once(both):
    marks = Marks()
    frame = both.put(marks.widget())
    open_note(both, frame)
    for _ in range(12):
        both.page.keyboard.type("word ")
        both.page.wait_for_timeout(100)
    assert marks.answer["marks"][0]["note"].startswith("word word")
    reaches(both.page, lambda: marks.answer["marks"][0]["note"] == "word " * 12)
    frame.locator(".bw-text").focus()
    both.page.keyboard.press("Control+z")
    reaches(both.page, lambda: marks.answer["marks"][0]["note"] == "")


def test_a_note_that_is_taken_back_letter_by_letter_leaves_nothing_to_wait_for(both):
    marks = Marks()
    frame = both.put(marks.widget())
    open_note(both, frame)
    both.page.keyboard.type("x")
    both.page.keyboard.press("Backspace")
    frame.locator(".bw-status", has_text="Saved at").wait_for()
    assert marks.answer["marks"][0]["note"] == ""


# -- back ------------------------------------------------------------------------------------------


def test_the_file_of_an_unsaved_answer_is_loaded_back(both, store, tmp_path):
    frame = both.put(writing(store))
    both.cut()
    frame.get_by_role("textbox").fill("Kept as a file, שלום")
    frame.get_by_text("Not saved").first.wait_for()
    with both.page.expect_download() as waiting:
        frame.get_by_role("button", name="Download my answer").click()
    file = tmp_path / waiting.value.suggested_filename
    assert file.name == "ex02-q6.fox-4821.unsaved.json"
    waiting.value.save_as(file)
    both.page.evaluate("localStorage.clear()")
    reload(both)
    frame = both.put(hand(store))
    frame.locator("input[type=file]").set_input_files(file)
    frame.get_by_text("Loaded; this is now revision 1.").first.wait_for()
    assert store.answer("q6")["text"] == "Kept as a file, שלום"


def test_an_earlier_version_is_brought_back_and_the_open_question_says_so(both, store):
    question = both.put(choosing(store))
    for choice in "AB":
        question.get_by_label(choice, exact=True).check()
        reaches(both.page, lambda: (store.answer("q4") or {}).get("chosen") == [choice.lower()])  # noqa: B023
    frame = both.put(hand(store))
    press = both.page.keyboard.press
    frame.locator("summary", has_text="Earlier versions").focus()
    press("Enter")
    frame.get_by_role("button", name="Bring back revision 1").wait_for()
    assert "1 choice" in frame.locator(".bq-holds").first.text_content()
    press("Tab")
    press("Enter")
    assert "these are kept in this list" in frame.locator(".bq-sure").first.text_content()
    press("Enter")
    frame.locator(".bq-done", has_text="Run all cells").wait_for()
    assert store.answer("q4")["chosen"] == ["a"]
    remark = question.locator(".bw-remark")
    assert "Run all cells" in remark.text_content()
    # Going on without running again: what was brought back is not lost, and the page says so.
    question.get_by_label("C", exact=True).check()
    remark.get_by_text("other version is kept").wait_for()
    assert store.answer("q4")["chosen"] == ["c"]
    kept = [
        answers["q4"]["chosen"] for one, answers in store.earlier() if one.why == "other-window"
    ]
    assert kept == [["a"]]
    remark.get_by_role("button", name="All right").click()
    assert remark.is_hidden()


def test_versions_of_one_minute_stand_together_and_each_can_be_brought_back(both, store):
    def made(name, saved, why=""):
        return Version(name, int(name), saved, 1, why, (f"Question: {name} labels",))

    minute = [made(str(n), f"2026-11-22T19:40:{n:02}Z") for n in (9, 8, 7)]
    given = [
        *minute,
        made("6", "2026-11-22T19:40:06Z", "from another window"),
        made("5", "2026-11-22T19:40:05Z"),
        made("4", "2026-11-22T19:39:59Z"),
        made("3", ""),
        made("2", ""),
    ]
    asked = []
    frame = both.put(
        HandIn(
            lambda: ("x.json", b"{}", HandInReceipt(1, "")),
            lambda _data: "",
            versions=lambda: given,
            restore=lambda name: asked.append(name) or "Brought back.",
            question="ex02/hand-in",
        )
    )
    frame.locator("summary", has_text="Earlier versions").click()
    frame.get_by_text("Revision 9").wait_for()
    seen = frame.locator(".bq-list strong").all()
    assert [one.text_content()[9:] for one in seen if one.is_visible()] == [
        "9",
        "6",
        "5",
        "4",
        "3",
        "2",
    ]
    frame.get_by_text("2 more from this minute").click()
    seen = [line.text_content() for line in frame.locator("details details .bq-line").all()]
    assert [words.split(":40:")[1][:2] for words in seen] == ["08", "07"]
    frame.get_by_role("button", name="Bring back revision 7").click()
    frame.get_by_role("button", name="Yes, bring it back").click()
    reaches(both.page, lambda: asked == ["7"])


def test_a_list_that_python_does_not_give_is_told(both, store):
    frame = both.put(hand(store))
    both.cut()
    frame.locator("summary", has_text="Earlier versions").click()
    frame.get_by_role("alert").get_by_text("does not answer").wait_for(timeout=15_000)


def test_axe_finds_nothing_in_what_is_said_and_listed(both, store):
    from axe_core_python.sync_playwright import Axe

    question = both.put(choosing(store))
    for choice in "AB":
        question.get_by_label(choice, exact=True).check()
        reaches(both.page, lambda: (store.answer("q4") or {}).get("chosen") == [choice.lower()])  # noqa: B023
    other = AnswersStore.open("ex02", store.path.parent)
    other.save("q4", {"kind": "choice", "chosen": ["d"], "attempts": 0})
    question.get_by_label("C", exact=True).check()
    question.locator(".bw-remark").wait_for()
    both.put(StudentCode("heron-1"))
    frame = both.put(hand(store, student="heron-1"))
    for words in ("Earlier versions", "Kept in this browser"):
        frame.locator("summary", has_text=words).click()
    for press in ("Bring back revision", "Forget on this computer"):
        frame.get_by_role("button", name=press).first.click()
    both.cut()
    question.get_by_label("D", exact=True).check()
    question.get_by_text("Not saved").first.wait_for()
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
    for theme in ("true", "false"):
        both.page.evaluate("theme => { document.body.dataset.jpThemeLight = theme; }", theme)
        both.page.wait_for_timeout(200)
        found = Axe().run(both.page, context=".bw", options=rules)
        bad = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
        assert bad == [], theme
    small = both.page.evaluate(
        """() => [...document.querySelectorAll(".bw button, .bw summary")]
            .filter(e => e.offsetParent).map(e => e.getBoundingClientRect())
            .filter(b => b.height < 24 || b.width < 24).length"""
    )
    assert small == 0
    assert json.loads(json.dumps(stored(both, "briefing/")))

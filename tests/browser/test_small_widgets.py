"""Choice, text, hand-in, student code and prediction in Chromium, over the real Python widgets."""

import json

import pytest
from bothsides import BothSides
from disk_in_memory import Disk

from briefing.answers import AnswersStore
from briefing.answers.student import change_code
from briefing.errors import BriefingError
from briefing.visible import visible
from briefing.widgets.choice import Choice
from briefing.widgets.feedback import Feedback, FeedbackItem
from briefing.widgets.handin import MOST_BYTES, HandIn, HandInReceipt
from briefing.widgets.reveal import Reveal, RevealText
from briefing.widgets.student import StudentCode
from briefing.widgets.text import Text

pytestmark = pytest.mark.browser

HOSTILE = '</textarea><img src=x onerror=alert(1)><script>alert("1")</script>\u202egnp.exe'
DATA = '{"format": "reading-the-briefing/answers", "é": "🦊"}'.encode()


@pytest.fixture
def both(page):
    return BothSides(page, "http://widget.test/")


def fresh(both):
    """Reload the page, as someone does who lost the kernel."""
    both.silent = False
    both.open("http://widget.test/")


def options(*texts):
    return [{"id": "abcdef"[n], "text": text} for n, text in enumerate(texts)]


def group(name="g", prompt="Which?", *texts, **more):
    return {"id": name, "prompt": prompt, "options": options(*(texts or ("Alpha", "Beta"))), **more}


def check_ab(answer):
    right = answer["chosen"] == ["b"]
    return Feedback(
        "That fits." if right else "Not yet.",
        [
            FeedbackItem("a", "fine" if right else "wrong", "Alpha names nobody."),
            FeedbackItem("b", "right" if right else "missed", "Beta names the speaker."),
        ],
    )


def status(frame):
    return frame.locator(".bw-status")


def live(frame):
    return frame.locator(".bw-live").text_content().strip()


def reaches(frame, condition, *, within=3000):
    """Wait until Python or the page has come so far."""
    for _ in range(within // 20):
        if condition():
            return
        frame.page.wait_for_timeout(20)
    assert condition()


# Choice


def test_a_click_is_on_disk_and_says_so(both):
    disk = Disk()
    frame = both.put(Choice([group()], save=disk, question="ex02/q5"))
    frame.get_by_label("Beta").check()
    frame.get_by_text("Saved at").wait_for()
    assert disk.saved == [{"kind": "choice", "chosen": ["b"], "attempts": 0}]
    assert frame.get_attribute("data-state") == "saved"


def test_choosing_checking_and_reading_the_reasons_by_keyboard_alone(both):
    disk = Disk()
    frame = both.put(Choice([group()], save=disk, check=check_ab, question="ex02/q5"))
    press = both.page.keyboard.press
    both.page.locator("body").focus()
    press("Tab")
    press("Space")
    assert frame.get_by_label("Alpha").is_checked()
    press("ArrowDown")
    assert frame.get_by_label("Beta").is_checked()
    assert not frame.get_by_label("Alpha").is_checked()
    press("Tab")
    assert both.page.evaluate("document.activeElement.textContent") == "Check my answer"
    press("Enter")
    frame.get_by_text("That fits.").first.wait_for()
    assert live(frame) == "That fits."
    assert disk.saved[-1] == {"kind": "choice", "chosen": ["b"], "attempts": 1}
    told = frame.get_by_label("Beta").get_attribute("aria-describedby")
    assert "Beta names the speaker." in frame.locator(f"[id='{told}']").text_content()
    press("Tab")
    press("Tab")
    assert not both.page.evaluate("document.querySelector('.bw').contains(document.activeElement)")


def test_nothing_chosen_spends_no_try_and_leads_to_the_options(both):
    widget = Choice([group()], check=check_ab)
    frame = both.put(widget)
    frame.get_by_role("button", name="Check my answer").click()
    frame.locator(".bq-hint", has_text="Choose first, then check.").wait_for()
    assert widget.check == 0
    assert both.page.evaluate("document.activeElement.type") == "radio"


def test_the_open_part_of_several_is_named(both):
    widget = Choice([group("r", "One"), group("s", "Two")], check=check_ab)
    frame = both.put(widget)
    frame.get_by_label("Alpha").first.check()
    frame.get_by_role("button", name="Check my answer").click()
    frame.locator(".bq-hint", has_text="1 of 2 is still open").wait_for()
    assert widget.check == 0
    frame.get_by_label("Beta").nth(1).check()
    frame.get_by_role("button", name="Check my answer").click()
    frame.get_by_text("Not yet.").first.wait_for()
    assert widget.chosen == ("r:a", "s:b")


def test_a_changed_answer_takes_its_old_reasons_away(both):
    frame = both.put(Choice([group()], check=check_ab))
    frame.get_by_label("Alpha").check()
    frame.get_by_role("button", name="Check my answer").click()
    frame.get_by_text("Alpha names nobody.").wait_for()
    frame.get_by_label("Beta").check()
    assert frame.get_by_text("Alpha names nobody.").count() == 0
    assert frame.locator(".bq-summary").is_hidden()
    assert frame.get_by_label("Beta").get_attribute("aria-describedby") is None


def test_several_may_be_chosen_and_cleared(both):
    disk = Disk()
    frame = both.put(Choice([group(several=True)], save=disk))
    frame.get_by_label("Beta").check()
    frame.get_by_label("Alpha").check()
    reaches(frame, lambda: disk.saved and disk.saved[-1]["chosen"] == ["a", "b"])
    frame.get_by_label("Alpha").uncheck()
    reaches(frame, lambda: disk.saved[-1]["chosen"] == ["b"])
    frame.get_by_role("button", name="Clear my choice").click()
    reaches(frame, lambda: disk.saved[-1]["chosen"] == [])
    assert not frame.get_by_label("Beta").is_checked()
    assert frame.get_by_role("button", name="Clear my choice").count() == 0


def test_options_that_the_question_does_not_know_are_not_thrown_away(both):
    disk = Disk()
    frame = both.put(Choice([group()], save=disk, answer={"chosen": ["z", "a"]}))
    frame.get_by_label("Beta").check()
    reaches(frame, lambda: disk.saved and disk.saved[-1]["chosen"] == ["b", "z"])


def test_the_groups_have_legends_and_the_inputs_are_real(both):
    frame = both.put(Choice([group("r", "One"), group("s", "Two", several=True)]))
    assert frame.get_by_role("group", name="One").get_by_role("radio").count() == 2
    assert frame.get_by_role("group", name="Two").get_by_role("checkbox").count() == 2


def test_for_reading_only_nothing_can_be_changed(both):
    frame = both.put(Choice([group()], answer={"chosen": ["a"]}, readonly=True, check=check_ab))
    assert frame.get_by_label("Alpha").is_checked()
    frame.get_by_label("Beta").click(force=True)
    frame.get_by_label("Alpha").focus()
    both.page.keyboard.press("ArrowDown")
    both.page.keyboard.press("Space")
    assert frame.get_by_label("Alpha").is_checked()
    assert not frame.get_by_label("Beta").is_checked()
    assert frame.get_by_label("Beta").get_attribute("aria-disabled") == "true"
    assert frame.get_by_role("button").count() == 0
    assert both.heard == []


def test_a_group_without_a_prompt_is_named_by_the_question(both):
    frame = both.put(Choice([group("g", "")], title="Question 5", prompt="Which?"))
    assert frame.get_by_role("group", name="Question 5 Which?").get_by_role("radio").count() == 2
    bare = both.put(Choice([group("g", "")], title="Question 6"))
    assert bare.get_by_role("group", name="Question 6").get_by_role("radio").count() > 0


def test_a_silent_kernel_is_told_within_two_seconds_and_the_choice_comes_back(both):
    frame = both.put(Choice([group()], save=Disk(), question="ex02/q5", student="fox-4821"))
    both.cut()
    frame.get_by_label("Beta").check()
    frame.get_by_role("alert").get_by_text("Not saved").wait_for(timeout=15_000)
    disk = Disk()
    fresh(both)
    again = both.put(Choice([group()], save=disk, question="ex02/q5", student="fox-4821"))
    reaches(again, lambda: disk.saved == [{"kind": "choice", "chosen": ["b"], "attempts": 0}])
    assert again.get_by_label("Beta").is_checked()


# Text


def test_a_burst_of_keys_is_saved_once_and_soon(both):
    disk = Disk()
    frame = both.put(Text("Write", save=disk, words=(3, 6)))
    box = frame.get_by_role("textbox")
    box.press_sequentially("Somebody said so", delay=15)
    assert len(disk.saved) < 3
    reaches(frame, lambda: disk.saved and disk.saved[-1]["text"] == "Somebody said so", within=500)
    frame.get_by_text("Saved at").wait_for()
    assert frame.locator(".bq-count").text_content() == "3 words · 3 to 6 asked for"


def test_leaving_the_box_saves_at_once(both):
    disk = Disk()
    frame = both.put(Text("Write", save=disk))
    frame.get_by_role("textbox").fill("Gone in a moment")
    both.page.keyboard.press("Tab")
    reaches(frame, lambda: len(disk.saved) == 1, within=200)


@pytest.mark.parametrize(
    ("text", "stands"),
    [("one two", "short"), ("one two three", "fits"), ("1 2 3 4 5 6 7", "long"), ("", "empty")],
)
def test_the_guidance_locks_nothing(both, text, stands):
    disk = Disk()
    frame = both.put(Text("Write", save=disk, words=(3, 6), answer={"text": "old"}))
    frame.get_by_role("textbox").fill(text)
    assert frame.locator(".bq-count").get_attribute("data-standing") == stands
    reaches(frame, lambda: disk.saved and disk.saved[-1]["text"] == text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("🦊 говорит, dass", 2),
        ("שלום עולם", 2),
        ("e\u0301\u200d — „x“", 2),
        ("a\u00a0b", 2),
        ("a well-known general’s word – ... 2,084 !", 5),
        (HOSTILE, 3),
    ],
)
def test_any_writing_is_kept_counted_and_shown_as_text(both, text, words):
    disk = Disk()
    frame = both.put(Text("Write", save=disk))
    frame.get_by_role("textbox").fill(text)
    reaches(frame, lambda: disk.saved and disk.saved[-1]["text"] == text)
    counted = f"{words} word" if words == 1 else f"{words} words"
    assert frame.locator(".bq-count").text_content() == counted
    assert frame.locator("img, script").count() == 0


def paste(both, frame, text):
    """Paste as a browser does: the event first, the insertion only if nobody prevents it."""
    return frame.get_by_role("textbox").evaluate(
        """(box, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste",
                { clipboardData: data, bubbles: true, cancelable: true });
            if (!box.dispatchEvent(event)) return false;
            document.execCommand("insertText", false, text);
            return true;
        }""",
        text,
    )


def test_a_megabyte_is_refused_with_a_sentence_and_the_text_stays(both):
    disk = Disk()
    frame = both.put(Text("Write", save=disk))
    box = frame.get_by_role("textbox")
    box.fill("My own words.")
    reaches(frame, lambda: len(disk.saved) == 1)
    assert paste(both, frame, "x" * 1_000_000) is False
    said = frame.get_by_role("alert").get_by_text("1,000,013 characters")
    said.wait_for()
    assert "this box holds 20,000" in said.text_content()
    assert box.input_value() == "My own words."
    assert paste(both, frame, " And more.") is True
    assert box.input_value() == "My own words. And more."
    assert said.is_hidden()


def test_what_slips_past_the_clipboard_is_taken_back(both):
    frame = both.put(Text("Write", save=Disk(), most_characters=20, answer={"text": "Kept."}))
    box = frame.get_by_role("textbox")
    box.fill("y" * 21)
    frame.get_by_role("alert").get_by_text("21 characters").wait_for()
    assert box.input_value() == "Kept."
    box.fill("🦊" * 20)
    assert box.input_value() == "🦊" * 20


def test_half_characters_do_not_reach_python(both):
    disk = Disk()
    frame = both.put(Text("Write", save=disk))
    frame.get_by_role("textbox").evaluate(
        "box => { box.value = 'a\\ud83db'; box.dispatchEvent(new Event('input')); }"
    )
    reaches(frame, lambda: disk.saved and disk.saved[-1]["text"] == "a\ufffdb")


def test_words_typed_to_a_dead_kernel_come_back_with_the_cell(both):
    frame = both.put(Text("Write", save=Disk(), question="ex02/q6", student="fox-4821"))
    both.cut()
    frame.get_by_role("textbox").fill("Not lost")
    frame.get_by_role("alert").get_by_text("Not saved").wait_for(timeout=15_000)
    frame.get_by_role("textbox").fill("Not lost either")
    disk = Disk()
    fresh(both)
    again = both.put(Text("Write", save=disk, question="ex02/q6", student="fox-4821"))
    reaches(again, lambda: disk.saved and disk.saved[-1]["text"] == "Not lost either")
    assert again.get_by_role("textbox").input_value() == "Not lost either"


def test_control_s_saves_what_is_still_in_the_hand(both):
    disk = Disk()
    frame = both.put(Text("Write", save=disk))
    frame.get_by_role("textbox").fill("Now")
    both.page.keyboard.press("Control+s")
    reaches(frame, lambda: disk.saved and disk.saved[-1]["text"] == "Now", within=200)


def test_the_box_is_named_by_its_question(both):
    frame = both.put(Text("Rewrite it, credited.", title="Question 6"))
    assert frame.get_by_role("textbox", name="Question 6 Rewrite it, credited.").count() == 1


def test_text_for_reading_only_can_be_read_and_not_changed(both):
    frame = both.put(Text("p", answer={"text": "As it is"}, readonly=True))
    box = frame.get_by_role("textbox")
    box.press_sequentially("x")
    assert box.input_value() == "As it is"


# Hand-in


def pack():
    name = "ex02.fox-4821.answers.json"
    return name, DATA, HandInReceipt(42, "2026-11-22T19:40:00Z", ("Question 4", "Question 6"), 5)


def handin(**more):
    return HandIn(pack, question="ex02/hand-in", student="fox-4821", **more)


def test_one_click_downloads_the_very_bytes_and_gives_a_receipt(both, tmp_path):
    frame = both.put(handin(place="work/ex02.answers.json"))
    assert frame.get_by_text("Not downloaded on this computer yet.").is_visible()
    with both.page.expect_download() as waiting:
        frame.get_by_role("button", name="Download my answers").click()
    assert waiting.value.suggested_filename == "ex02.fox-4821.answers.json"
    waiting.value.save_as(tmp_path / "got.json")
    assert (tmp_path / "got.json").read_bytes() == DATA
    receipt = frame.locator(".bq-receipt")
    assert "42" in receipt.text_content()
    assert "5 answers are in the file." in receipt.text_content()
    assert "Still empty: Question 4, Question 6." in receipt.text_content()
    assert "revision 42" in live(frame)
    assert receipt.get_by_text("work/ex02.answers.json").is_visible()
    fresh(both)
    again = both.put(handin())
    assert "revision 42" in again.locator(".bq-last").text_content()


def test_a_double_click_hands_in_one_file_and_checks_once(both):
    frame = both.put(handin())
    downloads = []
    both.page.on("download", lambda one: downloads.append(one.suggested_filename))
    frame.get_by_role("button", name="Download my answers").dblclick()
    frame.locator(".bq-receipt").wait_for()
    both.page.wait_for_timeout(300)
    assert len(downloads) == 1
    frame = both.put(Choice([group("g", "Which?", "A", "B")], check=check_ab, title="Choose"))
    frame.get_by_role("radio").first.check()
    frame.get_by_role("button", name="Check my answer").dblclick()
    frame.locator(".bq-summary").wait_for()
    both.page.wait_for_timeout(300)
    assert frame.locator(".bq-tries").text_content() == ""


def test_hand_in_works_by_keyboard_alone(both):
    frame = both.put(handin())
    frame.get_by_role("button", name="Download my answers").focus()
    with both.page.expect_download():
        both.page.keyboard.press("Enter")
    frame.locator(".bq-receipt").wait_for()


def test_a_refused_download_gets_its_sentence(both):
    def broken():
        raise BriefingError(f"The file cannot be read: {HOSTILE}")

    frame = both.put(HandIn(broken))
    frame.get_by_role("button", name="Download my answers").click()
    alert = frame.get_by_role("alert").get_by_text("The file cannot be read")
    alert.wait_for()
    assert visible(HOSTILE) in alert.text_content()
    assert frame.locator("img, script").count() == 0


def test_one_click_loads_a_file_back(both):
    heard = []

    def load(data):
        heard.append(data)
        return "Six answers were loaded. Run the cells above again to see them."

    frame = both.put(handin(load=load))
    with both.page.expect_file_chooser() as waiting:
        frame.get_by_role("button", name="Load a file back").click()
    waiting.value.set_files({"name": "a.json", "mimeType": "application/json", "buffer": DATA})
    frame.get_by_text("Six answers were loaded.").first.wait_for()
    assert heard == [DATA]
    assert "Six answers were loaded." in live(frame)


def test_the_same_file_can_be_loaded_twice(both):
    heard = []
    frame = both.put(handin(load=lambda data: heard.append(data) or f"Loaded {len(heard)}."))
    for n in (1, 2):
        frame.locator("input[type=file]").set_input_files(
            {"name": "a.json", "mimeType": "application/json", "buffer": DATA}
        )
        frame.locator(".bq-loaded", has_text=f"Loaded {n}.").wait_for()
    assert heard == [DATA, DATA]


def test_a_file_that_python_refuses_is_told_and_changes_nothing(both, tmp_path):
    store = AnswersStore.open("ex02", tmp_path)
    store.save("q6", {"kind": "text", "text": "Mine."})

    def load(data):
        return f"Loaded. {store.load_back(data).message}"

    frame = both.put(handin(load=load))
    for data in (b"not json", b"\xff\xfe", b"", b'{"format": "something else"}'):
        frame.locator("input[type=file]").set_input_files(
            {"name": "x.json", "mimeType": "application/json", "buffer": data}
        )
        reaches(frame, lambda: not frame.locator(".bq-refused").is_hidden())
        assert len(frame.locator(".bq-refused").text_content()) > 20
        assert frame.locator(".bq-loaded").is_hidden()
    assert store.answer("q6")["text"] == "Mine."


def test_what_is_downloaded_loads_back_whole(both, tmp_path):
    mine = AnswersStore.open("ex02", tmp_path / "mine")
    mine.save("q6", {"kind": "text", "text": "שלום 🦊"})
    other = AnswersStore.open("ex02", tmp_path / "other")
    receipt = HandInReceipt(mine.revision, mine.saved_iso)

    def load(data):
        return f"Loaded. {other.load_back(data).message}"

    frame = both.put(HandIn(lambda: (mine.download_name(), mine.file_bytes(), receipt), load))
    with both.page.expect_download() as waiting:
        frame.get_by_role("button", name="Download my answers").click()
    frame.locator("input[type=file]").set_input_files(waiting.value.path())
    frame.locator(".bq-loaded", has_text="Loaded.").wait_for()
    assert other.answer("q6")["text"] == "שלום 🦊"


def test_too_large_a_file_is_not_even_sent(both):
    frame = both.put(handin(load=lambda _data: "Loaded."))
    sent = len(both.heard)
    big = {"name": "big.json", "mimeType": "application/json", "buffer": b" " * (MOST_BYTES + 1)}
    frame.locator("input[type=file]").set_input_files(big)
    frame.get_by_role("alert").get_by_text("Nothing was changed").wait_for()
    assert len(both.heard) == sent


def test_a_silent_kernel_is_told_at_hand_in(both):
    frame = both.put(handin(place="work/ex02.answers.json"))
    both.cut()
    frame.get_by_role("button", name="Download my answers").click()
    alert = frame.get_by_role("alert").get_by_text("does not answer")
    alert.wait_for(timeout=15_000)
    assert "work/ex02.answers.json" in alert.text_content()


# Student code


def test_a_code_is_changed_with_enter_and_kept(both, tmp_path):
    widget = StudentCode("fox-4821", lambda code: change_code(tmp_path, code))
    frame = both.put(widget)
    assert frame.get_by_text("Your code is fox-4821.").is_visible()
    frame.get_by_role("textbox", name="Another code").fill(" heron-1937 ")
    both.page.keyboard.press("Enter")
    frame.locator(".bq-now", has_text="heron-1937").wait_for()
    assert live(frame) == "Your code is now heron-1937."
    assert frame.get_by_role("textbox").input_value() == "heron-1937"
    assert json.loads((tmp_path / "student.json").read_text("utf-8"))["student"] == "heron-1937"


@pytest.mark.parametrize("code", ["", "=cmd|' /C calc'!A0", HOSTILE, "x" * 10_000])
def test_a_refused_code_is_told_and_what_was_typed_stays(both, tmp_path, code):
    widget = StudentCode("fox-4821", lambda typed: change_code(tmp_path, typed))
    frame = both.put(widget)
    field = frame.get_by_role("textbox")
    field.fill(code)
    frame.get_by_role("button", name="Save").click()
    alert = frame.locator(".bq-refused")
    alert.wait_for()
    assert "please" in alert.text_content().lower()
    assert field.input_value() == code
    assert field.get_attribute("aria-invalid") == "true"
    assert widget.code == "fox-4821"
    assert both.page.evaluate("document.activeElement.type") == "text"


def test_another_code_is_proposed_into_the_field(both):
    widget = StudentCode("fox-4821", propose=lambda: "heron-1937")
    frame = both.put(widget)
    frame.get_by_role("button", name="Propose another").click()
    reaches(frame, lambda: frame.get_by_role("textbox").input_value() == "heron-1937")
    assert widget.code == "fox-4821"


def test_a_hostile_code_that_is_kept_is_shown_as_text(both):
    frame = both.put(StudentCode(HOSTILE))
    assert HOSTILE in frame.locator(".bq-now").text_content()
    assert frame.locator("img, script").count() == 0


# Predictions


def test_predict_then_read_the_reason_by_keyboard(both):
    disk = Disk()
    widget = Reveal(
        "Who says it?",
        options("The speaker", "The outlet"),
        "No says-word here.",
        right="b",
        reasons={"a": "Named one sentence earlier."},
        save=disk,
    )
    frame = both.put(widget)
    show = frame.get_by_role("button", name="Show the reason")
    show.click()
    frame.locator(".bq-hint", has_text="Predict first").wait_for()
    assert "No says-word" not in frame.text_content()
    both.page.keyboard.press("Space")
    both.page.keyboard.press("Tab")
    both.page.keyboard.press("Enter")
    frame.get_by_text("No says-word here.").first.wait_for()
    assert frame.get_by_text("Named one sentence earlier.").is_visible()
    assert disk.saved[-1] == {"kind": "choice", "chosen": ["a"], "attempts": 1}


def test_a_written_prediction_is_answered(both):
    frame = both.put(RevealText("Who says it?", "The outlet does."))
    frame.get_by_role("textbox").fill("the outlet")
    frame.get_by_role("button", name="Show the reason").click()
    frame.locator(".bq-summary", has_text="The outlet does.").wait_for()


# All of them


def all_widgets():
    """Every widget in a state with much on it."""
    short = Choice(
        [group("r", "One", quote="A constructed sentence."), group("s", "Two")],
        question="w/short",
        prompt="Choose.",
        answer={"chosen": ["r:a", "s:b"]},
        check=check_ab,
    )
    short.feedback = Feedback(
        "One is right.",
        [
            FeedbackItem("r:a", "right", "Since."),
            FeedbackItem("s:b", "near", "Close.", "a"),
            FeedbackItem("s", "note", "Look again."),
        ],
    ).as_dict(1, 1)
    long = Choice(
        [group("g", "Which?", "A long option that cannot stand beside another one", "Beta")],
        question="w/long",
        answer={"chosen": ["a"]},
        check=check_ab,
    )
    long.feedback = Feedback(
        "Not yet.",
        [
            FeedbackItem("a", "wrong", "No.", "b"),
            FeedbackItem("b", "missed", "Yes."),
            FeedbackItem("g", "extra", "More than asked."),
        ],
    ).as_dict(1, 2)
    return [
        Choice([group(several=True)], question="w/several"),
        short,
        long,
        Choice([group()], question="w/read", answer={"chosen": ["a"]}, readonly=True),
        Text("Write", quote="A constructed sentence.", words=(5, 60), question="w/text"),
        Text("Write", words=(1, 3), answer={"text": "Done so"}, question="w/done"),
        handin(place="work/ex02.answers.json", load=lambda _data: "Loaded.", borrowed=True),
        StudentCode("fox-4821", propose=lambda: "heron-1937", question="w/code"),
        Reveal("Who?", options("A", "B"), "So.", right="a", question="w/reveal"),
    ]


def fill_all(both, frames):
    """Bring out receipts and refusals too."""
    with both.page.expect_download():
        frames[6].get_by_role("button", name="Download my answers").click()
    frames[7].get_by_role("textbox").fill("")
    frames[7].get_by_role("button", name="Save").click()
    frames[6].locator(".bq-receipt").wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(both, theme):
    from axe_core_python.sync_playwright import Axe

    light = "true" if theme == "light" else "false"
    both.page.evaluate(f"document.body.dataset.jpThemeLight = '{light}'")
    fill_all(both, [both.put(widget) for widget in all_widgets()])
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    rules = {"runOnly": {"type": "tag", "values": tags}}
    found = Axe().run(both.page, options=rules)["violations"]
    found = [v for v in found if v["id"] not in ("region", "page-has-heading-one")]
    told = [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found]
    assert told == []


@pytest.mark.parametrize("width", [320, 1200])
def test_everything_fits_and_every_target_is_large_enough(both, width):
    both.page.set_viewport_size({"width": width, "height": 800})
    fill_all(both, [both.put(widget) for widget in all_widgets()])
    assert both.page.evaluate("document.documentElement.scrollWidth") <= width
    small = both.page.evaluate(
        """() => [...document.querySelectorAll(".bw button, .bw input, .bw textarea, .bw select")]
            .filter(e => e.checkVisibility())
            .map(e => {
                const target = e.closest("label") ?? e;
                const box = target.getBoundingClientRect();
                return [e.outerHTML.slice(0, 80), box.width, box.height];
            })
            .filter(([, width, height]) => width < 24 || height < 24)"""
    )
    assert small == []


def test_no_key_reaches_the_notebook(both):
    frames = [both.put(widget) for widget in all_widgets()]
    both.page.evaluate(
        "window.leaked = []; document.addEventListener('keydown', e => window.leaked.push(e.key))"
    )
    targets = [
        frames[0].get_by_label("Alpha"),
        frames[4].get_by_role("textbox"),
        frames[6].get_by_role("button", name="Download my answers"),
        frames[7].get_by_role("textbox"),
    ]
    for target in targets:
        target.focus()
        for key in ("a", "b", "m", "d", "x", "Control+z", "ArrowDown"):
            both.page.keyboard.press(key)
    assert both.page.evaluate("window.leaked") == []
    assert frames[0].evaluate("e => e.dataset.lmSuppressShortcuts") == "true"


@pytest.mark.parametrize("where", ["title", "prompt", "quote", "option", "reason", "student"])
def test_hostile_words_are_text_in_the_page(both, where):
    words = dict.fromkeys(("title", "prompt", "quote", "option", "reason", "student"), "plain")
    words[where] = HOSTILE
    choice = Choice(
        [group("g", words["prompt"], words["option"], quote=words["quote"])],
        title=words["title"],
        student=words["student"],
        question="x/y",
        check=lambda _a: Feedback(words["reason"], [FeedbackItem("a", "right", words["reason"])]),
    )
    text = Text(words["prompt"], title=words["title"], quote=words["quote"])
    frames = [both.put(choice), both.put(text), both.put(handin(place=words["prompt"]))]
    frames[0].get_by_role("radio").check()
    frames[0].get_by_role("button", name="Check my answer").click()
    frames[0].locator(".bq-summary").wait_for()
    both.page.wait_for_timeout(100)
    assert both.page.locator(".bw img, .bw script").count() == 0
    if where != "student":
        assert HOSTILE in frames[0].text_content()


def test_the_live_widget_hides_its_static_view_and_gives_it_back(both):
    for widget in (Choice([group()], question="a/b"), Text("p", question="a/c"), handin()):
        both.put(widget)
        name = f"w{len(both.widgets) - 1}"
        static = both.page.locator(f"[id='{widget.static_id}']")
        assert static.is_hidden()
        both.page.evaluate(f"models.{name}.stop()")
        assert static.is_visible()

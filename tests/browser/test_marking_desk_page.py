"""The marking desk in Chromium over a real table on disk: keys, slips, resuming, two markers, hostile words."""

import json
from collections import Counter
from urllib.parse import quote

import pytest
from bothsides import BothSides
from marked_class import (
    ANSWERS,
    HOSTILE,
    grade_again,
    mark_class,
    points_of,
    row_of,
    save_table,
    table,
)
from test_matrix_reader import live, reaches

from briefing.keys import has_solutions
from briefing.marking.desk import ClassDesk
from briefing.marking.simulate import simulate_class
from briefing.widgets.student import StudentCode

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not has_solutions(), reason="needs the criteria of ex02"),
]


@pytest.fixture
def both(page):
    page.set_default_timeout(10_000)
    return BothSides(page, "http://widget.test/")


@pytest.fixture
def marked(tmp_path):
    return mark_class(tmp_path)


def at(frame):
    return frame.locator(".bd-head").text_content()


def levels(row):
    return [row.get(f"criterion {n}", "") for n in (1, 2, 3)]


def keys(both, *names):
    for name in names:
        both.page.keyboard.press(name)


def on_disk(frame, marked, wanted, name="open-answers.csv"):
    reaches(frame, lambda: sorted(map(levels, table(marked, name))) == sorted(wanted))


def test_a_class_of_five_is_marked_by_keyboard_alone_and_grade_counts_it(both, marked, tmp_path):
    frame = both.put(ClassDesk(marked).widget())
    keys(both, "Tab", "Tab", "Tab", "Tab")
    assert both.page.evaluate("document.activeElement.className") == "bd-card"
    for number in range(5):
        assert at(frame) == f"Answer {number + 1} of 5"
        keys(both, "1", "3", "3", "0", "Enter")
    assert live(frame) == "All 5 are marked."
    on_disk(frame, marked, [["yes", "no", "no"]] * 5)
    frame.get_by_text("Saved at").wait_for()
    grade_again(tmp_path)
    assert [points_of(marked, student)["q6"] for student in ANSWERS] == ["1"] * 5


def test_no_name_and_no_code_is_on_the_page_or_sent_to_it(both, marked):
    widget = ClassDesk(marked).widget()
    frame = both.put(widget)
    sent = str(widget.get_state()) + frame.inner_html()
    assert not [code for code in ANSWERS if code in sent]


def test_enter_names_what_is_open_and_passes_over_what_nobody_touched(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    keys(both, "2", "Enter")
    assert "Criteria 1 and 3 are still open" in live(frame)
    assert at(frame) == "Answer 1 of 5"
    keys(both, "Delete", "Enter")
    assert at(frame) == "Answer 2 of 5"


def test_a_slip_is_taken_back_and_done_again(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    keys(both, "1", "2", "3", "Enter", "2")
    assert at(frame).startswith("Answer 2")
    keys(both, "Control+z")
    keys(both, "Control+z")
    assert at(frame).startswith("Answer 1")
    assert "1 of 3 criteria open" in live(frame)
    on_disk(frame, marked, [["yes", "yes", ""], *[["", "", ""]] * 4])
    keys(both, "Control+y")
    on_disk(frame, marked, [["yes", "yes", "yes"], *[["", "", ""]] * 4])


def test_marks_stay_when_the_host_sets_an_older_state_on_connecting(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    keys(both, "1")
    on_disk(frame, marked, [["yes", "", ""], *[["", "", ""]] * 4])
    names = ["answer", "edit", "by", "based", "ack"]
    older = both.page.evaluate(
        "names => Object.fromEntries(names.map((name) => [name, window.models.w0.get(name)]))",
        names,
    )
    keys(both, "2")
    on_disk(frame, marked, [["yes", "yes", ""], *[["", "", ""]] * 4])
    both.page.evaluate("older => window.models.w0.take(older)", older)
    keys(both, "3")
    on_disk(frame, marked, [["yes", "yes", "yes"], *[["", "", ""]] * 4])


def test_marks_by_mouse_leave_the_keys_at_work(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-yes").first.click()
    frame.locator(".bd-no").nth(1).click()
    keys(both, "3")
    on_disk(frame, marked, [["yes", "no", "yes"], *[["", "", ""]] * 4])
    frame.get_by_role("button", name="Next not marked").click()
    assert at(frame) == "Answer 2 of 5"


def test_going_on_where_one_left_off_with_note_and_flag(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    keys(both, "1", "2", "3", "e")
    both.page.keyboard.type("Well said = 12e")
    keys(both, "Escape")
    assert both.page.evaluate("document.activeElement.className") == "bd-card"
    keys(both, "Enter", "f")
    frame.get_by_text("Saved at").wait_for()
    both.open("http://widget.test/")
    again = both.put(ClassDesk(marked).widget())
    assert at(again) == "Answer 2 of 5 ⚑ come back"
    assert again.locator(".bd-count").text_content() == "1 of 5 marked, 1 to come back to"
    again.get_by_label("Which answers").select_option("marked")
    assert at(again).startswith("Answer 1")
    assert again.get_by_label("Note to the student").input_value() == "Well said = 12e"
    assert [row["note"] for row in table(marked) if row["note"]] == ["Well said = 12e"]


def test_what_was_typed_in_the_spreadsheet_shows_and_what_changes_meanwhile_stays(both, marked):
    rows = table(marked)
    rows[0] |= {
        "criterion 1": "1",
        "criterion 2": "0,5",
        "criterion 3": "maybe",
        "my column": "mine",
    }
    save_table(marked, rows, separator=";")
    widget = ClassDesk(marked).widget()
    frame = both.put(widget)
    row = rows[0]["row"].partition("-")[0]
    assert widget.marks[row]["given"] == ["yes", "0.5", "maybe"]
    while not frame.get_by_text("In the table: “maybe”").count():
        frame.get_by_label("Next answer").click()
    frame.locator(".bd-card").focus()
    other = table_at(marked, 1)
    other[1]["note"] = "typed meanwhile"
    other[0]["criterion 1"] = "0"
    save_table(marked, other)
    keys(both, "3", "1")
    frame.get_by_text("was changed elsewhere meanwhile").first.wait_for()
    reaches(frame, lambda: row_at(marked, row)["criterion 3"] == "yes")
    reaches(frame, lambda: row_at(marked, row)["criterion 1"] == "no")
    assert row_at(marked, row)["criterion 2"].replace(",", ".") == "0.5"
    assert row_at(marked, row)["my column"] == "mine"
    assert "typed meanwhile" in [one["note"] for one in table(marked)]


def table_at(marked, _number):
    text = (marked / "open-answers.csv").read_text("utf-8-sig")
    import csv
    import io

    return list(
        csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.split("\n")[0] else ",")
    )


def row_at(marked, row):
    return next(one for one in table(marked) if one["row"].startswith(row))


def test_a_table_that_is_open_in_a_spreadsheet_is_left_alone_until_it_is_closed(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    before = (marked / "open-answers.csv").read_bytes()
    lock = marked / ".~lock.open-answers.csv#"
    lock.write_text("somebody")
    frame.locator(".bd-card").focus()
    keys(both, "1")
    frame.get_by_role("alert").get_by_text("is open in a spreadsheet").wait_for()
    assert (marked / "open-answers.csv").read_bytes() == before
    lock.unlink()
    frame.get_by_role("button", name="Try again").click()
    on_disk(frame, marked, [["yes", "", ""], *[["", "", ""]] * 4])


def test_a_silent_kernel_is_told_and_the_mark_comes_back(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    both.cut()
    frame.locator(".bd-card").focus()
    keys(both, "1")
    frame.get_by_role("alert").get_by_text("Not saved").wait_for(timeout=15_000)
    # Nothing reads marks back from a file, and the browser keeps them: no file is offered.
    assert "ownload" not in frame.get_by_role("alert").text_content()
    both.silent = False
    both.open("http://widget.test/")
    both.put(ClassDesk(marked).widget())
    on_disk(frame, marked, [["yes", "", ""], *[["", "", ""]] * 4])


def test_a_note_is_in_the_browsers_copy_with_each_letter(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    keys(both, "1", "e")
    on_disk(frame, marked, [["yes", "", ""], *[["", "", ""]] * 4])
    both.cut()
    kept = frame.locator(".bd-note").evaluate(
        """field => {
            field.value = "Say who says so.";
            field.dispatchEvent(new InputEvent("input", { bubbles: true }));
            return Object.values(localStorage).join(" ");
        }"""
    )
    assert "Say who says so." in kept
    both.silent = False
    both.open("http://widget.test/")
    frame = both.put(ClassDesk(marked).widget())
    reaches(frame, lambda: "Say who says so." in [one["note"] for one in table(marked)])


def test_a_note_is_one_step_that_is_taken_back(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    keys(both, "1", "e")
    both.page.keyboard.type("Good.", delay=30)
    keys(both, "Escape")
    reaches(frame, lambda: "Good." in [one["note"] for one in table(marked)])
    keys(both, "Control+z")
    reaches(frame, lambda: "Good." not in [one["note"] for one in table(marked)])
    on_disk(frame, marked, [["yes", "", ""], *[["", "", ""]] * 4])


def test_what_another_page_has_marked_is_not_taken_back_here(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    keys(both, "1")
    on_disk(frame, marked, [["yes", "", ""], *[["", "", ""]] * 4])
    both.page.evaluate(
        """() => {
            const model = models.w0;
            const answer = structuredClone(model.get("answer"));
            for (const mark of Object.values(answer.marks)) mark.note = "theirs";
            model.take({ answer, by: "another", edit: model.get("edit") + 1 });
        }"""
    )
    keys(both, "Control+z")
    assert "Nothing to take back" in live(frame)
    assert frame.locator(".bd-note").input_value() == "theirs"


def test_the_desk_s_marks_are_offered_as_no_student_s_code(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    keys(both, "1")
    on_disk(frame, marked, [["yes", "", ""], *[["", "", ""]] * 4])
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('briefing/desk/')).length"
    assert both.page.evaluate(f"() => {kept}") > 0
    frame = both.put(StudentCode("heron-1937"))
    assert "heron-1937" in frame.locator(".bq-now").text_content()
    assert "marker" not in frame.locator(".bq-held").text_content()


def test_hostile_words_are_shown_as_words(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    while "onerror" not in frame.locator(".bd-answer").text_content():
        frame.get_by_label("Next answer").click()
    assert frame.locator("img, script").count() == 0
    assert "<img src=x onerror=alert(1)>" in frame.locator(".bd-answer").text_content()
    assert HOSTILE.split()[0] in frame.locator(".bd-answer").text_content()


def test_answers_that_are_word_for_word_alike_get_the_same_levels_only_on_demand(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    while not frame.get_by_text("Word for word the same").count():
        frame.get_by_label("Next answer").click()
    frame.locator(".bd-card").focus()
    keys(both, "1", "2", "0")
    on_disk(frame, marked, [["yes", "yes", "no"], *[["", "", ""]] * 4])
    frame.get_by_role("button", name="Give the same marks").click()
    on_disk(frame, marked, [["yes", "yes", "no"]] * 2 + [["", "", ""]] * 3)


def test_a_second_marker_sees_nothing_of_the_first_and_both_settle(both, marked, tmp_path):
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    for _ in range(5):
        keys(both, "1", "2", "3", "Enter")
    on_disk(frame, marked, [["yes", "yes", "yes"]] * 5)
    second = ClassDesk(marked).second_widget("AK")
    assert not any(any(mark["given"]) for mark in second.marks.values())
    assert "yes" not in str(second.config["questions"][0]["answers"])
    frame = both.put(second)
    frame.locator(".bd-card").focus()
    for number in range(5):
        keys(both, "1", "2", *(["3"] if number else ["0"]), "Enter")
    name = "open-answers.second-ak.csv"
    on_disk(frame, marked, [["yes", "yes", "no"], *[["yes", "yes", "yes"]] * 4], name)
    grade_again(tmp_path)
    assert sorted(map(levels, table(marked, name)))[0] == ["yes", "yes", "no"]
    frame = both.put(ClassDesk(marked).settling_widget("AK"))
    assert at(frame) == "Answer 1 of 1"
    assert "You: ✓ yes · AK: ✗ no" in frame.text_content()
    frame.locator(".bd-card").focus()
    keys(both, "3", "Enter")
    on_disk(frame, marked, [["yes", "yes", "no"], *[["yes", "yes", "yes"]] * 4])
    reaches(frame, lambda: any(row.get("settled with") for row in table(marked)))
    row = next(row for row in table(marked) if row["settled with"])
    assert row["before settling"] == "yes yes yes"
    assert row["settled with"] == "AK: yes yes no"
    grade_again(tmp_path)
    student = row["student"].lstrip("'")
    assert row_of(marked, student)["settled with"] == "AK: yes yes no"
    assert points_of(marked, student)["q6"] == "2"
    again = both.put(ClassDesk(marked).settling_widget("AK"))
    assert again.locator(".bd-count").text_content() == "1 of 1 settled"


def test_the_help_opens_and_gives_the_focus_back_and_escape_leaves(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    keys(both, "?")
    assert frame.locator("dialog").is_visible()
    keys(both, "Escape")
    assert not frame.locator("dialog").is_visible()
    assert both.page.evaluate("document.activeElement.className") == "bd-card"
    keys(both, "Escape")
    assert not both.page.evaluate("document.querySelector('.bw').contains(document.activeElement)")


def test_the_help_fetches_nobody_back_who_has_gone_on_before_the_browser_tells_that_it_is_closed(
    both, marked
):
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    keys(both, "?")
    both.page.evaluate(
        """() => new Promise((told) => {
            const dialog = document.querySelector("dialog[open]");
            dialog.addEventListener("close", () => setTimeout(told));
            dialog.close();
            document.activeElement.blur();
        })"""
    )
    assert not both.page.evaluate("document.querySelector('.bw').contains(document.activeElement)")


@pytest.mark.parametrize(
    ("dark", "width"), [(False, 1100), (True, 1100), (False, 320), (True, 320)]
)
def test_axe_finds_nothing(both, marked, dark, width):
    from axe_core_python.sync_playwright import Axe

    both.page.set_viewport_size({"width": width, "height": 900})
    if dark:
        both.page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    rows = table(marked)
    rows[0]["criterion 1"] = "half"
    save_table(marked, rows)
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    keys(both, "1", "2", "2", "f")
    both.page.wait_for_timeout(250)
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
    found = Axe().run(both.page, context=".bw", options=rules)
    assert found["passes"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
    assert both.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert both.page.evaluate(
        "[...document.querySelectorAll('.bw button')].every(b => !b.offsetHeight || b.offsetHeight >= 24)"
    )


def test_the_static_view_hides_beside_it_and_holds_no_answer(both, marked):
    widget = ClassDesk(marked).widget()
    assert "wrote the outlet" not in widget.static_html()
    both.put(widget)
    static = both.page.locator("[id^='briefing-static-']")
    assert static.is_hidden()
    both.page.evaluate("window.models.w0.stop()")
    assert static.is_visible()


def test_what_is_no_mark_is_to_be_marked_again_with_what_stands_there(both, marked, tmp_path):
    first, second = [
        answer["row"] for answer in ClassDesk(marked).widget().questions[0]["answers"]
    ][:2]
    rows = table(marked)
    for row in rows:
        if row["row"].startswith(first):
            row |= {"criterion 1": "yes", "criterion 2": "<b>half</b>", "criterion 3": "no"}
        if row["row"].startswith(second):
            row |= {f"criterion {n}": "yes" for n in (1, 2, 3)} | {"points": "four"}
    save_table(marked, rows)
    frame = both.put(ClassDesk(marked).widget())
    assert frame.locator(".bd-count").text_content() == "0 of 5 marked"
    assert at(frame) == "Answer 1 of 5 ↻ mark again"
    assert (
        "In the table: “<b>half</b>”. That is no mark" in frame.locator(".bd-told").text_content()
    )
    frame.locator(".bd-card").focus()
    keys(both, "0", "Enter")
    assert "what the table has under 2 is no mark" in live(frame)
    keys(both, "2", "Enter")
    assert at(frame) == "Answer 2 of 5 ↻ mark again"
    assert "“four” stands under “points”" in frame.locator(".bd-card").text_content()
    keys(both, "Enter")
    assert at(frame).startswith("Answer 2")
    frame.get_by_role("button", name="Let the criteria count").click()
    assert frame.locator(".bd-count").text_content() == "2 of 5 marked"
    frame.get_by_text("Saved at").wait_for()
    reaches(frame, lambda: "Before: points four." in {row["remark"] for row in table(marked)})
    assert "Before: criterion 2 <b>half</b>." in {row["remark"] for row in table(marked)}
    grade_again(tmp_path)
    assert sorted(row["q6"] for row in table(marked, "gradebook.csv")) == ["", "", "", "2", "3"]


def test_the_desk_gives_the_class_s_points_and_says_what_could_not_go_along(both, marked, tmp_path):
    def worth(points):
        rules = f"[exercise.ex02]\npoints = {{ q6 = {points} }}\n"
        (tmp_path / "marking.toml").write_text(rules, encoding="utf-8")
        grade_again(tmp_path)

    worth(0)
    rows = table(marked)
    save_table(marked, [row | {"points": "0"} for row in rows])
    worth(5)
    frame = both.put(ClassDesk(marked).widget())
    card = frame.locator(".bd-card")
    assert frame.locator(".bd-count").text_content() == "0 of 5 marked"
    assert "Before, out of 0: points 0." in card.text_content()
    card.focus()
    keys(both, "1", "2", "3")
    assert live(frame).endswith("5 of 5 points.")
    assert "Before, out of 0" not in card.text_content()
    frame.get_by_text("Saved at").wait_for()
    grade_again(tmp_path)
    assert sorted(row["q6"] for row in table(marked, "gradebook.csv")) == ["", "", "", "", "5"]


def reply(frame):
    """What is to be seen, not only heard, when a key did nothing or more than is in sight."""
    told = frame.locator(".bd-reply")
    return told.text_content() if told.is_visible() else ""


def test_why_a_key_did_nothing_is_seen_and_not_only_heard(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    keys(both, "2", "Enter")
    assert reply(frame) == "Criteria 1 and 3 are still open. Press 0 for no."
    keys(both, "0")
    assert reply(frame) == ""
    keys(both, "ArrowLeft")
    assert reply(frame) == "This is the first one."
    frame.get_by_label("Which answers").select_option("later")
    assert reply(frame).startswith("There is none: “To come back to”.")
    frame.get_by_label("Which answers").select_option("all")
    frame.locator(".bd-card").focus()
    for _ in range(4):
        keys(both, "Enter", "0")
    keys(both, "Enter")
    assert reply(frame) == "All 5 are marked."


def test_on_a_small_screen_what_a_key_did_is_in_sight_and_so_is_the_next_answer(both, marked):
    both.page.set_viewport_size({"width": 500, "height": 330})
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    inside = """node => {
        const { top, bottom } = node.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
    }"""
    keys(both, "3")
    assert frame.locator(".bd-criterion").nth(2).evaluate(inside)
    keys(both, "Enter")
    assert frame.locator(".bd-reply").evaluate(inside)
    keys(both, "0", "Enter")
    assert at(frame) == "Answer 2 of 5"
    assert frame.locator(".bd-head").evaluate(inside)


def test_one_key_marks_alike_what_is_word_for_word_the_same_and_one_takes_it_back(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    keys(both, "a")
    assert reply(frame).startswith("Mark this answer first")
    while not frame.get_by_text("Word for word the same").count():
        keys(both, "n")
    here = at(frame)
    keys(both, "1", "0", "a")
    assert reply(frame) == "1 more marked alike."
    on_disk(frame, marked, [["yes", "no", "no"]] * 2 + [["", "", ""]] * 3)
    keys(both, "a")
    assert reply(frame) == "No other answer that is word for word the same is still open."
    keys(both, "Control+z")
    on_disk(frame, marked, [["yes", "no", "no"]] + [["", "", ""]] * 4)
    assert at(frame).startswith(here)


def test_what_two_rows_of_the_table_mark_differently_is_given_to_no_other_answer(both, marked):
    rows = table(marked)
    alike = Counter(row["answer"] for row in rows).most_common(1)[0][0]
    twice = next(row for row in rows if row["answer"] == alike)
    rows.remove(twice)
    save_table(marked, [twice | {"points": "2"}, twice | {"points": "3"}, *rows])
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    while not frame.get_by_text("Two rows of the table").count():
        keys(both, "n")
    assert not frame.locator(".bd-alike").is_visible()
    for key in ("a", "Delete"):
        keys(both, key)
        assert reply(frame).startswith(
            "Two rows of the table hold different marks for this answer."
        )
    assert sorted(row["points"] for row in table(marked)) == ["", "", "", "", "2", "3"]
    assert "✓" not in at(frame)
    while not frame.get_by_text("4 of 5 marked").count():
        keys(both, "Enter", "0")
    keys(both, "Enter")
    assert reply(frame).startswith("1 of 5 cannot be marked here. Two rows")


def test_enter_keeps_to_the_filter_and_gives_it_up_where_it_leaves_nothing(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    shown = frame.get_by_label("Which answers")
    frame.locator(".bd-card").focus()
    keys(both, "f", "n", "n", "f", "p", "p")
    shown.select_option("later")
    frame.locator(".bd-card").focus()
    keys(both, "0", "Enter")
    assert at(frame) == "Answer 3 of 5 ⚑ come back"
    assert shown.input_value() == "later"
    keys(both, "0", "Enter")
    assert at(frame) == "Answer 4 of 5"
    assert shown.input_value() == "all"


def test_a_criterion_of_two_points_can_be_met_in_part(both, tmp_path):
    for name, data in simulate_class("ex05", 3, 1):
        path = tmp_path / "class" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    marked = grade_again(tmp_path)
    frame = both.put(ClassDesk(marked).widget())
    first = frame.locator(".bd-criterion").first
    assert first.get_by_role("button").all_text_contents() == ["✓ yes", "1", "✗ no"]
    assert "(2\u00a0points)" in first.text_content()
    assert frame.locator("summary").text_content() == "A remark on marking"
    frame.locator(".bd-card").focus()
    keys(both, "1", "1", "2", "3")
    assert live(frame).endswith("4 of 5 points.")
    assert frame.locator(".bd-told").count() == 0
    keys(both, "1")
    assert live(frame).endswith("3 of 5 points.")
    first.get_by_role("button", name="1 of 2 points").click()
    on_disk(frame, marked, [["1", "yes", "yes"]] + [["", "", ""]] * (len(table(marked)) - 1))
    grade_again(tmp_path)
    assert "4" in {row["q5"] for row in table(marked, "gradebook.csv")}


def test_a_second_marker_is_told_where_marks_and_notes_go(both, marked):
    first = both.put(ClassDesk(marked).widget())
    assert first.locator("label", has_text="Note to the student").count() == 1
    frame = both.put(ClassDesk(marked).second_widget("AK"))
    assert frame.locator("label", has_text="student").count() == 0
    assert "no student reads it" in frame.locator("dialog").text_content()
    assert "the class’s table" not in frame.locator("dialog").text_content()


def test_a_long_answer_is_read_by_keys_and_stays_where_it_is_when_a_mark_is_given(both, tmp_path):
    marked = mark_class(tmp_path, {"fox-4821": "The general said so. " * 200})
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    at_all = "document.querySelector('.bd-answer').scrollTop"
    keys(both, "PageDown", "PageDown")
    read = both.page.evaluate(at_all)
    assert read > 100
    keys(both, "1")
    assert both.page.evaluate(at_all) == read
    keys(both, "PageUp", "PageUp", "PageUp")
    assert both.page.evaluate(at_all) == 0


def test_marks_that_were_given_to_all_alike_are_taken_back_at_once(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    while not frame.get_by_text("Word for word the same").count():
        frame.get_by_label("Next answer").click()
    place = at(frame)
    frame.locator(".bd-card").focus()
    keys(both, "1", "2", "0")
    own = [["yes", "yes", "no"], *[["", "", ""]] * 4]
    frame.get_by_role("button", name="Give the same marks").click()
    on_disk(frame, marked, [["yes", "yes", "no"]] * 2 + [["", "", ""]] * 3)
    frame.locator(".bd-card").focus()
    keys(both, "Control+z")
    on_disk(frame, marked, own)
    assert at(frame).split(" ✓")[0] == place.split(" ✓")[0]
    keys(both, "Control+y")
    on_disk(frame, marked, [["yes", "yes", "no"]] * 2 + [["", "", ""]] * 3)


def test_a_long_note_is_saved_while_it_is_typed_and_no_alarm_is_given(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    both.page.evaluate(
        """() => {
            window.states = new Set();
            const root = document.querySelector(".bw-desk");
            new MutationObserver(() => states.add(root.dataset.state)).observe(root, { attributes: true });
        }"""
    )
    frame.locator(".bd-card").focus()
    keys(both, "1", "e")
    for _ in range(26):
        both.page.keyboard.type("word ")
        both.page.wait_for_timeout(100)
    assert any(one["note"].startswith("word word") for one in table(marked))
    keys(both, "Escape")
    reaches(
        frame, lambda: any(one["note"].strip() == ("word " * 26).strip() for one in table(marked))
    )
    assert "unsaved" not in both.page.evaluate("() => [...states]")
    keys(both, "Control+z")
    reaches(frame, lambda: not any(one["note"] for one in table(marked)))
    on_disk(frame, marked, [["yes", "", ""], *[["", "", ""]] * 4])


def test_a_key_that_is_held_down_gives_one_level(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-card").focus()
    for _ in range(4):
        both.page.keyboard.down("1")
    both.page.keyboard.up("1")
    on_disk(frame, marked, [["yes", "", ""], *[["", "", ""]] * 4])


def test_a_note_with_no_room_for_a_paste_says_so(both, marked):
    frame = both.put(ClassDesk(marked).widget())
    frame.locator(".bd-note").evaluate(
        """field => {
            field.focus();
            const data = new DataTransfer();
            data.setData("text/plain", "x".repeat(100_000));
            const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            if (field.dispatchEvent(paste)) document.execCommand("insertText", false, "x".repeat(100_000));
        }"""
    )
    assert frame.locator(".bd-note").input_value() == ""
    frame.get_by_text("this field holds 2,000").wait_for()


def test_marks_kept_for_a_class_before_take_nothing_from_this_one(both, marked, tmp_path):
    """The folder's name is used again for another class, and the browser still holds unsaved marks."""
    rows = table(marked)
    for row in rows:
        row["note"] = "A note of the teacher’s."
        row["criterion 1"] = "yes"
    save_table(marked, rows)
    widget = ClassDesk(marked).widget()
    before = {"given": ["no", "no", "no"], "points": "", "note": "", "later": False}
    copy = {
        "question": widget.question, "student": widget.student, "by": "old", "when": "", "base": "",
        "saved": False, "answer": {"kind": "desk", "marks": {"another-class": before}},
    }  # fmt: skip
    key = f"briefing/{widget.question}/{quote(widget.student)}"
    both.page.evaluate(
        "([key, words]) => localStorage.setItem(key, words)", [key, json.dumps(copy)]
    )
    frame = both.put(widget)
    frame.get_by_role("button", name="Use it").click()
    frame.locator(".bd-card").focus()
    keys(both, "2")
    reaches(frame, lambda: any(row["criterion 2"] == "yes" for row in table(marked)))
    assert [row["note"] for row in table(marked)] == ["A note of the teacher’s."] * 5
    assert [row["criterion 1"] for row in table(marked)] == ["yes"] * 5


def test_a_copy_takes_nothing_of_what_was_marked_since_it_was_left(both, marked):
    """The kernel stops, the class is marked on in the spreadsheet, and the copy is chosen afterwards."""
    frame = both.put(ClassDesk(marked).widget())
    both.cut()
    frame.locator(".bd-card").focus()
    keys(both, "1")
    frame.get_by_role("alert").get_by_text("Not saved").wait_for(timeout=15_000)
    both.silent = False
    rows = table(marked)
    for row in rows:
        row["criterion 2"] = "1"
        row["note"] = "Marked since."
    save_table(marked, rows)
    both.open("http://widget.test/")
    widget = ClassDesk(marked).widget()
    first = widget.questions[0]["answers"][0]["row"]
    frame = both.put(widget)
    frame.get_by_role("button", name="Use it").click()
    reaches(frame, lambda: row_at(marked, first)["criterion 1"] == "yes")
    others = [row for row in table(marked) if not row["row"].startswith(first)]
    assert [levels(row) for row in others] == [["", "1", ""]] * 4
    assert [row["note"] for row in others] == ["Marked since."] * 4

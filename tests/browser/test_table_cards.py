"""Tables and cards in Chromium, over the real Python widgets: every hand, every state, every word."""

import sys
from pathlib import Path

import pytest
from bothsides import BothSides
from disk_in_memory import Disk

from briefing.answers.written_numbers import read_number, shown_number
from briefing.widgets import Box, Card, Cards, Column, Feedback, FeedbackItem, Offered, Option, Row
from briefing.widgets.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))
from test_table import hostile_widgets
from test_written_numbers import READ, UNREAD

pytestmark = pytest.mark.browser

HOSTILE = '</td></table><img src=x onerror=alert(1)><script>alert("1")</script>\u202egnp.exe'
LONG = "sailors, whoever they served under at the time"
COLUMNS = (
    Column("kind", "Kind", "choice", (Option("a", "ships"), Option("b", LONG))),
    Column("value", "Figure", "number", unit="%"),
    Column("why", "Why", "text", most=20, hint="In your own words."),
)
ROWS = (
    Row("r1", "First", "A constructed sentence about barrels."),
    Row("r2", "Second", "", {"why": "printed"}),
)
DECISIONS = (Offered("yes", "Accept"), Offered("no", "Reject"))
GATES = (Offered("date", "known before", "It is earlier."), Offered("said", "the text says it"))
CARDS = (
    Card("c1", "Barrels", "A constructed sentence.", (Box("What is missing", "Who counted."),)),
    Card("c2", "Weather"),
)


@pytest.fixture
def both(page):
    return BothSides(page, "http://widget.test/")


def fresh(both):
    """Reload the page, as someone does who lost the kernel."""
    both.silent = False
    both.open("http://widget.test/")


def check_table(answer):
    """Say something of every cell that holds something."""
    verdicts = {"a": "right", 2084: "right", "b": "wrong"}
    items = [
        FeedbackItem(
            f"{row}:{column}", verdicts.get(value, "near"), f"Reason for {column}.", "ships"
        )
        for row, cells in answer["rows"].items()
        for column, value in cells.items()
    ]
    return Feedback("You got some of them.", items)


def check_cards(answer):
    own = answer["cards"].get("c1", {})
    items = [FeedbackItem("c1", "right", "Right. Nobody is named.")]
    if own.get("gate"):
        items.append(FeedbackItem("c1:gate", "wrong", "Not right. The date.", "known before"))
    return Feedback("You got 1 of 2 decisions right.", items)


def table(**more):
    return Table(COLUMNS, ROWS, **{"title": "A ledger", "prompt": "Fill in.", **more})


def cards(**more):
    return Cards(CARDS, DECISIONS, GATES, **{"title": "Two cards", "prompt": "Decide.", **more})


def live(frame):
    return frame.locator(".bw-live[role=status]").text_content().strip()


def reaches(frame, condition, *, within=4000):
    """Wait until Python or the page has come so far."""
    for _ in range(within // 20):
        if condition():
            return
        frame.page.wait_for_timeout(20)
    assert condition()


def rows_of(disk):
    return disk.saved[-1]["rows"] if disk.saved else None


# Tables


def test_cells_are_named_by_column_and_row_in_a_real_table(both):
    frame = both.put(table())
    grid = frame.get_by_role("table", name="A ledger")
    assert grid.get_by_role("columnheader").all_text_contents() == [
        "Kind", "Figure", "WhyIn your own words.",
    ]  # fmt: skip
    assert grid.get_by_role("rowheader").count() == 2
    assert frame.get_by_role("combobox", name="Kind, First").count() == 1
    assert frame.get_by_role("textbox", name="Figure, Second, in %").count() == 1
    assert frame.get_by_role("textbox", name="Why, First").count() == 1
    assert frame.get_by_role("textbox", name="Why, Second").count() == 0
    assert frame.get_by_text("printed").is_visible()


def test_choosing_and_typing_with_the_mouse_is_on_disk(both):
    disk = Disk()
    frame = both.put(table(save=disk, question="t/q1"))
    frame.get_by_label("Kind, First").select_option("b")
    reaches(frame, lambda: rows_of(disk) == {"r1": {"kind": "b"}})
    assert frame.locator(".bq-below", has_text=LONG).count() == 1
    frame.get_by_label("Figure, First").fill("2,084")
    assert frame.get_by_text("read as 2,084\u00a0%").is_visible()
    frame.get_by_label("Why, First").click()
    reaches(frame, lambda: rows_of(disk) == {"r1": {"kind": "b", "value": 2084}})
    frame.get_by_text("Saved at").wait_for()
    assert frame.get_by_label("Figure, First").input_value() == "2,084"
    assert frame.get_by_text("2 of 5 filled in").is_visible()
    frame.get_by_label("Kind, First").select_option("")
    reaches(frame, lambda: rows_of(disk) == {"r1": {"value": 2084}})


def test_filling_checking_and_reading_the_reasons_by_keyboard_alone(both):
    disk = Disk()
    frame = both.put(table(save=disk, check=check_table, question="t/q2"))
    press, write = both.page.keyboard.press, both.page.keyboard.type
    both.page.locator("body").focus()
    names = []
    for step in range(5):
        press("Tab")
        names.append(both.page.evaluate("document.activeElement.getAttribute('aria-label')"))
        if step == 0:
            write("ships")
        elif step == 1:
            write("12,5")
        elif step == 2:
            write("Because.")
    assert names == [
        "Kind, First", "Figure, First, in %", "Why, First", "Kind, Second", "Figure, Second, in %",
    ]  # fmt: skip
    press("Tab")
    assert both.page.evaluate("document.activeElement.textContent") == "Check my answer"
    press("Enter")
    frame.get_by_text("You got some of them.").first.wait_for()
    assert live(frame) == "You got some of them."
    assert disk.saved[-1] == {
        "kind": "table",
        "rows": {"r1": {"kind": "a", "value": 12.5, "why": "Because."}},
        "attempts": 1,
    }
    told = frame.get_by_label("Kind, First").get_attribute("aria-describedby").split()[0]
    assert frame.locator(f"[id='{told}']").text_content() == "✓ Right. Reason for kind."
    press("Tab")
    assert not both.page.evaluate("document.querySelector('.bw').contains(document.activeElement)")


def test_a_number_says_at_once_what_was_read_and_what_was_not(both):
    disk = Disk()
    frame = both.put(table(save=disk))
    field = frame.get_by_label("Figure, First")
    field.press_sequentially("12,5")
    assert frame.get_by_text("read as 12.5\u00a0%").is_visible()
    field.fill("a lot")
    assert frame.get_by_text("Not read as a number").is_visible()
    assert field.get_attribute("aria-invalid") == "true"
    reaches(frame, lambda: rows_of(disk) == {"r1": {"value": "a lot"}})
    field.fill("")
    assert frame.get_by_text("Not read as a number").count() == 0
    assert field.get_attribute("aria-invalid") is None


@pytest.mark.parametrize(
    "written", ["1e400", "∞", "9" * 10_000, "=1+1", "\u202e5", "2,084 targets"]
)
def test_hostile_numbers_are_kept_as_typed_and_told(both, written):
    disk = Disk()
    frame = both.put(table(save=disk))
    field = frame.get_by_label("Figure, First")
    field.fill(written[:5000])
    assert frame.get_by_text("Not read as a number").is_visible()
    reaches(frame, lambda: rows_of(disk) == {"r1": {"value": written[:5000]}})
    field.fill("x" * 5001)
    assert field.input_value() == written[:5000]


def test_the_page_and_python_read_and_show_the_same_numbers(both):
    source = Path(__file__).parents[2] / "src/briefing/widgets/js/numbers.js"
    whole = [one for one, _ in READ] + [one for one in UNREAD if one != "\ud800"]
    numbers = [0, 5, -3, 2084, 12.5, 0.125, 1234567.891, 1e-7, 999999999999999]
    read, units, shown = both.page.evaluate(
        """async ([source, written, numbers]) => {
            const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
            const { readNumber, shownNumber } = await import(url);
            return [
                written.map((one) => readNumber(one)),
                ["5.5 km", "5 %", "5.5KM"].map((one) => readNumber(one, "km")),
                numbers.map(shownNumber),
            ];
        }""",
        [source.read_text("utf-8"), whole, numbers],
    )
    assert read == [read_number(one) for one in whole]
    assert units == [5.5, None, 5.5]
    assert shown == [shown_number(number) for number in numbers]


def test_a_long_text_is_counted_and_kept_and_a_huge_one_refused(both):
    disk = Disk()
    frame = both.put(table(save=disk))
    field = frame.get_by_label("Why, First")
    field.fill("It is longer than that.")
    assert frame.get_by_text("23 of 20 characters: shorten it").is_visible()
    reaches(frame, lambda: rows_of(disk) == {"r1": {"why": "It is longer than that."}})
    field.fill("y" * 1_000_000)
    assert frame.get_by_text("A cell keeps 5,000 characters. Nothing was added.").is_visible()
    assert field.input_value() == "It is longer than that."
    field.fill("🦊 говорит שלום")
    reaches(frame, lambda: rows_of(disk) == {"r1": {"why": "🦊 говорит שלום"}})
    assert frame.get_by_text("14 of 20 characters").is_visible()


def test_what_is_typed_in_one_cell_survives_a_choice_in_another(both):
    disk = Disk()
    frame = both.put(table(save=disk))
    frame.get_by_label("Why, First").evaluate(
        """(box) => {
            box.value = "typed";
            box.dispatchEvent(new Event("input", { bubbles: true }));
            const list = document.querySelector("select");
            list.value = "a";
            list.dispatchEvent(new Event("change", { bubbles: true }));
        }"""
    )
    reaches(frame, lambda: rows_of(disk) == {"r1": {"why": "typed", "kind": "a"}})


def test_each_cell_tells_its_verdict_and_forgets_it_when_it_changes(both):
    frame = both.put(table(check=check_table))
    frame.get_by_label("Kind, First").select_option("b")
    frame.get_by_label("Figure, First").fill("2084")
    frame.get_by_role("button", name="Check my answer").click()
    wrong = frame.get_by_text("✗ Not right. Our answer: ships. Reason for kind.")
    wrong.wait_for()
    assert frame.get_by_text("✓ Right. Reason for value.").is_visible()
    frame.get_by_label("Kind, First").select_option("a")
    assert wrong.count() == 0
    assert frame.get_by_text("✓ Right. Reason for value.").is_visible()
    assert frame.locator(".bq-summary").is_hidden()


def test_an_empty_table_spends_no_try_and_leads_to_its_first_cell(both):
    widget = table(check=check_table)
    frame = both.put(widget)
    frame.get_by_role("button", name="Check my answer").click()
    frame.locator(".bq-hint", has_text="Fill in a cell first, then check.").wait_for()
    assert widget.check == 0
    focused = both.page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused == "Kind, First"


def test_a_dead_kernel_is_told_and_the_table_comes_back_with_the_cell(both):
    frame = both.put(table(save=Disk(), question="t/q3", student="fox-4821"))
    both.cut()
    frame.get_by_label("Kind, First").select_option("b")
    frame.get_by_label("Figure, First").fill("2 084")
    frame.get_by_role("alert").get_by_text("Not saved").wait_for(timeout=15_000)
    disk = Disk()
    fresh(both)
    again = both.put(table(save=disk, question="t/q3", student="fox-4821"))
    reaches(again, lambda: rows_of(disk) == {"r1": {"kind": "b", "value": 2084}})
    assert again.get_by_label("Kind, First").input_value() == "b"
    assert again.get_by_label("Figure, First").input_value() == "2,084"


def test_running_the_cell_again_restores_what_was_saved(both):
    rows = {"r1": {"kind": "z", "value": "a lot", "why": "So."}, "r2": {"value": -3}}
    frame = both.put(table(answer={"rows": rows}))
    assert frame.get_by_label("Kind, First").input_value() == "z"
    assert frame.get_by_label("Figure, First").input_value() == "a lot"
    assert frame.get_by_label("Figure, Second").input_value() == "\u22123"
    assert frame.get_by_label("Why, First").input_value() == "So."
    assert both.heard == []


def test_a_refusal_is_told_and_the_words_stay_in_the_cell(both):
    from briefing.errors import BriefingError

    def full(_payload, _base):
        raise BriefingError("The disk is full; free some space and try again.")

    frame = both.put(table(save=full))
    frame.get_by_label("Why, First").fill("Kept.")
    frame.get_by_role("alert").get_by_text("The disk is full").wait_for()
    assert frame.get_by_label("Why, First").input_value() == "Kept."


def test_where_there_is_no_room_the_rows_are_cards_of_labelled_fields(both):
    both.page.set_viewport_size({"width": 420, "height": 800})
    frame = both.put(table())
    labels = frame.locator(".bq-field-name").all()
    assert all(label.is_visible() for label in labels)
    assert frame.get_by_text("Kind", exact=True).nth(1).is_visible()
    boxes = [
        frame.get_by_label(f"{name}, First").bounding_box() for name in ("Kind", "Figure", "Why")
    ]
    assert boxes[0]["y"] < boxes[1]["y"] < boxes[2]["y"]
    both.page.set_viewport_size({"width": 1000, "height": 800})
    boxes = [
        frame.get_by_label(f"{name}, First").bounding_box() for name in ("Kind", "Figure", "Why")
    ]
    assert len({round(box["y"]) for box in boxes}) == 1
    assert not any(label.is_visible() for label in labels)


def test_a_card_of_fields_is_one_at_every_width(both):
    disk = Disk()
    frame = both.put(table(as_card=True, save=disk))
    assert frame.get_by_role("table").count() == 0
    assert frame.get_by_role("group", name="First").get_by_role("combobox").count() == 1
    frame.locator(".bq-field-name", has_text="Figure").first.click()
    both.page.keyboard.type("5 %")
    reaches(frame, lambda: rows_of(disk) == {"r1": {"value": 5}})


def test_for_reading_only_a_table_has_nothing_to_fill_in(both):
    rows = {"r1": {"kind": "b", "value": 2084}}
    frame = both.put(table(answer={"rows": rows}, readonly=True, check=check_table))
    assert frame.locator("input, select, textarea, button").count() == 0
    assert frame.get_by_role("cell", name=LONG).count() == 1
    assert frame.get_by_text("2,084\u00a0%").is_visible()


# Cards


def test_a_decision_is_on_disk_and_the_progress_says_so(both):
    disk = Disk()
    frame = both.put(cards(save=disk, question="c/q1"))
    assert frame.get_by_text("0 of 2 decided").is_visible()
    first = frame.get_by_role("group", name="1 of 2 · Barrels", exact=True)
    first.get_by_label("Accept").check()
    reaches(frame, lambda: disk.saved and disk.saved[-1]["cards"]["c1"]["decision"] == "yes")
    assert frame.get_by_text("1 of 2 decided").first.is_visible()
    assert live(frame) == "1 of 2 decided."
    assert first.get_by_text("Accept · still to choose: what decides").is_visible()
    first.get_by_label("the text says it").check()
    first.get_by_role("textbox").fill("It stands there.")
    reaches(
        frame,
        lambda: (
            disk.saved[-1]["cards"]
            == {"c1": {"decision": "yes", "gate": "said", "reason": "It stands there."}}
        ),
    )


def test_deciding_checking_and_reading_by_keyboard_alone(both):
    disk = Disk()
    frame = both.put(cards(save=disk, check=check_cards, question="c/q2"))
    press = both.page.keyboard.press
    both.page.locator("body").focus()
    press("Tab")
    assert both.page.evaluate("document.activeElement.textContent") == "Next open card"
    press("Enter")
    press("Space")
    press("ArrowDown")
    press("ArrowUp")
    press("Tab")
    press("ArrowDown")
    press("Tab")
    both.page.keyboard.type("Why not.")
    press("Shift+Tab")
    press("Shift+Tab")
    press("Shift+Tab")
    assert both.page.evaluate("document.activeElement.textContent") == "Clear"
    frame.get_by_role("button", name="Check my answer").focus()
    press("Enter")
    frame.get_by_text("You got 1 of 2 decisions right.").first.wait_for()
    assert disk.saved[-1]["cards"] == {
        "c1": {"decision": "yes", "gate": "said", "reason": "Why not."}
    }
    assert disk.saved[-1]["attempts"] == 1
    gate = frame.get_by_role("group", name="Which gate decides? , Barrels")
    told = gate.get_attribute("aria-describedby")
    said = frame.locator(f"[id='{told}']").text_content()
    assert said == "✗ Not right. Our answer: known before. The date."


def test_next_leads_to_the_first_open_card(both):
    answer = {"cards": {"c1": {"decision": "yes", "gate": "date"}}}
    frame = both.put(cards(answer=answer))
    frame.get_by_role("button", name="Next open card").click()
    card = "document.activeElement.closest('.bq-card').textContent.startsWith('2 of 2')"
    assert both.page.evaluate(card)
    frame.get_by_role("group", name="2 of 2 · Weather", exact=True).get_by_label("Reject").check()
    frame.get_by_label("known before").nth(1).check()
    assert frame.get_by_role("button", name="Next open card").count() == 0


def test_a_decision_can_be_taken_back(both):
    disk = Disk()
    answer = {"cards": {"c1": {"decision": "yes", "gate": "date", "reason": "Kept."}}}
    frame = both.put(cards(answer=answer, save=disk))
    frame.get_by_role("button", name="Clear my decision on Barrels").click()
    reaches(frame, lambda: disk.saved)
    assert disk.saved[-1]["cards"] == {"c1": {"decision": "", "gate": "", "reason": "Kept."}}
    assert not frame.get_by_label("Accept").first.is_checked()


def test_many_gates_are_a_list_with_their_hints(both):
    disk = Disk()
    gates = [Offered(f"g{n}", f"gate {n}", f"hint {n}") for n in range(9)]
    frame = both.put(Cards(CARDS, DECISIONS, gates, save=disk))
    frame.get_by_label("Which gate decides?, Barrels").select_option("g4")
    reaches(frame, lambda: disk.saved and disk.saved[-1]["cards"]["c1"]["gate"] == "g4")
    assert frame.get_by_text("hint 4").is_visible()


def test_a_dead_kernel_is_told_and_the_cards_come_back_with_the_cell(both):
    frame = both.put(cards(save=Disk(), question="c/q3", student="fox-4821"))
    both.cut()
    frame.get_by_label("Reject").first.check()
    frame.get_by_role("textbox").first.fill("Not lost")
    frame.get_by_role("alert").get_by_text("Not saved").wait_for(timeout=15_000)
    disk = Disk()
    fresh(both)
    again = both.put(cards(save=disk, question="c/q3", student="fox-4821"))
    wanted = {"c1": {"decision": "no", "gate": "", "reason": "Not lost"}}
    reaches(again, lambda: disk.saved and disk.saved[-1]["cards"] == wanted)
    assert again.get_by_label("Reject").first.is_checked()
    assert again.get_by_role("textbox").first.input_value() == "Not lost"


def test_undecided_cards_spend_no_try(both):
    widget = cards(check=check_cards)
    frame = both.put(widget)
    frame.get_by_role("button", name="Check my answer").click()
    frame.locator(".bq-hint", has_text="Decide on a card first, then check.").wait_for()
    assert widget.check == 0


def test_for_reading_only_no_decision_changes(both):
    answer = {"cards": {"c1": {"decision": "yes", "gate": "date", "reason": "So."}}}
    frame = both.put(cards(answer=answer, readonly=True))
    frame.get_by_label("Reject").first.click(force=True)
    assert frame.get_by_label("Accept").first.is_checked()
    assert frame.get_by_role("button").count() == frame.get_by_role("textbox").count() == 0
    assert frame.get_by_text("So.", exact=True).is_visible()
    assert both.heard == []


# Both


def every_state():
    """Tables and cards empty, filled and with feedback."""
    rows = {"rows": {"r1": {"kind": "b", "value": 2084, "why": "It is longer than that."},
                     "r2": {"kind": "a", "value": "a lot"}}}  # fmt: skip
    decided = {"cards": {"c1": {"decision": "yes", "gate": "said", "reason": "So."}}}
    made = [
        table(question="s/1", check=check_table),
        table(question="s/2", answer=rows, check=check_table),
        table(question="s/3", answer=rows, check=check_table, as_card=True),
        table(question="s/4", answer=rows, readonly=True),
        cards(question="s/5", check=check_cards),
        cards(question="s/6", answer=decided, check=check_cards),
        cards(question="s/7", answer=decided, readonly=True),
        Cards(CARDS, DECISIONS, [Offered(f"g{n}", f"gate {n}", "hint") for n in range(9)],
              question="s/8", title="Many gates", answer=decided),
        Table([Column(f"c{n}", f"Column {n}") for n in range(6)], ROWS[:1], question="s/9"),
    ]  # fmt: skip
    for number in (1, 2):
        made[number].feedback = check_table(made[number].answer).as_dict(1, 1)
    made[5].feedback = check_cards(made[5].answer).as_dict(1, 1)
    return made


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [420, 1100])
def test_axe_finds_nothing_in_any_state(both, theme, width):
    from axe_core_python.sync_playwright import Axe

    both.page.set_viewport_size({"width": width, "height": 900})
    light = "true" if theme == "light" else "false"
    both.page.evaluate(f"document.body.dataset.jpThemeLight = '{light}'")
    for widget in every_state():
        both.put(widget)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    rules = {"runOnly": {"type": "tag", "values": tags}}
    found = Axe().run(both.page, options=rules)["violations"]
    found = [v for v in found if v["id"] not in ("region", "page-has-heading-one")]
    assert [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found] == []


@pytest.mark.parametrize("width", [320, 640, 1200])
def test_everything_fits_and_every_target_is_large_enough(both, width):
    both.page.set_viewport_size({"width": width, "height": 800})
    for widget in every_state():
        both.put(widget)
    assert both.page.evaluate("document.documentElement.scrollWidth") <= width
    small = both.page.evaluate(
        """() => [...document.querySelectorAll(".bw button, .bw input, .bw textarea, .bw select")]
            .filter(e => e.checkVisibility())
            .map(e => {
                const box = (e.type === "radio" ? e.closest("label") : e).getBoundingClientRect();
                return [e.outerHTML.slice(0, 80), box.width, box.height];
            })
            .filter(([, width, height]) => width < 24 || height < 24)"""
    )
    assert small == []
    wide = both.page.evaluate(
        """() => [...document.querySelectorAll(".bw *")]
            .filter(e => e.checkVisibility() && !e.closest(".bw-live"))
            .filter(e => e.getBoundingClientRect().right > e.closest(".bw").getBoundingClientRect().right + 1)
            .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert wide == []


def test_no_key_reaches_the_notebook(both):
    frames = [both.put(table()), both.put(cards())]
    both.page.evaluate(
        "window.leaked = []; document.addEventListener('keydown', e => window.leaked.push(e.key))"
    )
    for target in (
        frames[0].get_by_label("Kind, First"),
        frames[0].get_by_label("Figure, First"),
        frames[0].get_by_label("Why, First"),
        frames[1].get_by_label("Accept").first,
        frames[1].get_by_role("textbox").first,
    ):
        target.focus()
        for key in ("a", "b", "m", "d", "x", "Control+z", "ArrowDown", "Enter"):
            both.page.keyboard.press(key)
    assert both.page.evaluate("window.leaked") == []


def test_control_s_saves_what_was_typed_at_once(both):
    disk = Disk()
    frame = both.put(table(save=disk))
    frame.get_by_label("Why, First").press_sequentially("now")
    both.page.keyboard.press("Control+s")
    reaches(frame, lambda: rows_of(disk) == {"r1": {"why": "now"}}, within=300)
    reaches(frame, lambda: live(frame).startswith("Saved at"))


def test_escape_leaves_the_widget(both):
    frame = both.put(table())
    frame.get_by_label("Why, First").focus()
    both.page.keyboard.press("Escape")
    assert not both.page.evaluate("document.querySelector('.bw').contains(document.activeElement)")


def test_hostile_words_are_text_in_the_page(both):
    for widget in hostile_widgets():
        frame = both.put(widget)
        assert frame.text_content().count(HOSTILE) >= 6
    both.page.wait_for_timeout(100)
    assert both.page.locator(".bw img, .bw script").count() == 0


def test_the_live_widgets_hide_their_static_views_and_give_them_back(both):
    for widget in (table(question="a/b"), cards(question="a/c")):
        both.put(widget)
        name = f"w{len(both.widgets) - 1}"
        static = both.page.locator(f"[id='{widget.static_id}']")
        assert static.is_hidden()
        both.page.evaluate(f"models.{name}.stop()")
        assert static.is_visible()


def test_tables_and_cards_beside_each_other_keep_their_looks(both):
    alone = both.put(cards(question="x/1")).locator(".bq-field-name").first
    look = "(e) => [getComputedStyle(e).display, getComputedStyle(e).fontSize]"
    before = alone.evaluate(look)
    both.put(table(question="x/2"))
    assert alone.evaluate(look) == before

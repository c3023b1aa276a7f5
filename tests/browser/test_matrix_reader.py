"""Matrix, reader and progress board in Chromium, over the real Python widgets."""

import pytest
from bothsides import BothSides
from disk_in_memory import Disk

from briefing.widgets.board import BoardQuestion, BoardRow, ProgressBoard
from briefing.widgets.feedback import Feedback, FeedbackItem
from briefing.widgets.matrix import Function, Matrix, MatrixText
from briefing.widgets.reader import Reader, ReaderLink, ReaderText

pytestmark = pytest.mark.browser

ADDRESS = "http://widget.test/"
HOSTILE = '</textarea></td><img src=x onerror=alert(1)><script>alert("1")</script>\u202egnp.exe'
TEXT = (
    "The \U0001f98a harbour closed on Monday. Fog was the cause, the office said.\n"
    "The council should open the old pier. It called the delay a disgrace."
)
OTHER = "Trains were late. Nobody said why.\n" + "A line of its own.\n" * 30 + "The last word."
FUNCTIONS = [
    Function("problem", "Problem", "what is wrong"),
    Function("cause", "Cause"),
    Function("remedy", "Remedy"),
]


@pytest.fixture
def both(page):
    page.set_default_timeout(10_000)
    return BothSides(page, ADDRESS)


def told(answer):
    items = []
    for name, cell in answer["cells"].items():
        if cell["present"] is not None:
            verdict = "right" if cell["present"] else "wrong"
            items.append(FeedbackItem(name, verdict, f"A reason for {name}."))
    start = TEXT.index("Fog")
    key = [{"article": "a", "start": start, "end": start + 13, "label": "cause"}]
    return Feedback("You got some of 6 cells right.", items, key)


def matrix(save=None, **more):
    texts = [MatrixText("a", TEXT, "Harbour Post"), MatrixText("b", OTHER, "Rail News")]
    more = {"question": "ex07/q1", "title": "Which functions", "check": told, **more}
    return Matrix(texts, FUNCTIONS, prompt="Decide, and attach the words.", save=save, **more)


def filled(**more):
    at = TEXT.index("Fog")
    return matrix(
        answer={
            "cells": {
                "a/problem": {"present": True, "spans": [[6, 20], [15, 30]]},
                "a/cause": {"present": True, "spans": [[at, at + 17]]},
                "a/remedy": {"present": False, "spans": []},
                "b/problem": {"present": None, "spans": []},
            }
        },
        **more,
    )


def cell(frame, text, function):
    place = ["a", "b"].index(text) * 3 + [f.id for f in FUNCTIONS].index(function)
    return frame.locator(".bm-cell").nth(place)


def says(frame, answer):
    return frame.get_by_role("radio", name=answer, exact=True)


def reaches(frame, condition, *, within=4000):
    """Wait until Python or the page has come so far."""
    for _ in range(within // 20):
        if condition():
            return
        frame.page.wait_for_timeout(20)
    assert condition()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(60)


def focused(page):
    return page.evaluate("document.activeElement.textContent")


def boxes(page, start_words, end_words, which=0):
    """The middle of two words in the text, in the viewport."""
    return page.evaluate(
        """([first, last, which]) => {
            const text = document.querySelectorAll(".bw-text")[which];
            const find = words => {
                const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    const at = node.data.indexOf(words);
                    if (at < 0) continue;
                    const range = document.createRange();
                    range.setStart(node, at);
                    range.setEnd(node, at + words.length);
                    return range.getBoundingClientRect();
                }
            };
            const a = find(first), b = find(last);
            return [a.left + 2, a.top + a.height / 2, b.right - 2, b.top + b.height / 2];
        }""",
        [start_words, end_words, which],
    )


def drag(page, start_words, end_words):
    x1, y1, x2, y2 = boxes(page, start_words, end_words)
    page.mouse.move(x1, y1)
    page.mouse.down()
    page.mouse.move(x2, y2, steps=5)
    page.mouse.up()
    page.wait_for_timeout(80)


def live(frame):
    return frame.locator("> .bw-live").text_content().strip()


# ---- the matrix ----


def test_with_the_mouse_a_cell_is_decided_and_words_are_attached_in_code_points(both):
    disk = Disk()
    frame = both.put(matrix(disk))
    cell(frame, "a", "problem").click()
    says(frame, "yes").check()
    reaches(frame, lambda: disk.cells() == {"a/problem": {"present": True, "spans": []}})
    assert "no words yet" in cell(frame, "a", "problem").text_content()
    drag(both.page, "harbour", "Monday")
    frame.get_by_role("button", name="Attach “harbour closed on Monday”").click()
    start = TEXT.index("harbour")
    wanted = [start, TEXT.index("Monday") + 6]
    reaches(frame, lambda: disk.cells()["a/problem"] == {"present": True, "spans": [wanted]})
    assert TEXT[slice(*wanted)] == "harbour closed on Monday"
    frame.get_by_text("Saved at").wait_for()
    assert "✓yes" in cell(frame, "a", "problem").text_content()
    assert "1 place" in cell(frame, "a", "problem").text_content()
    assert "“harbour closed on Monday”" in frame.locator(".bm-spans").text_content()
    assert frame.locator(".bm-progress").text_content() == "1 of 6 cells decided."


def test_several_places_in_one_cell_and_one_place_in_two(both):
    disk = Disk()
    frame = both.put(matrix(disk))
    cell(frame, "a", "cause").click()
    for first, last in (("Fog", "cause"), ("office", "said")):
        drag(both.page, first, last)
        both.page.locator(".bw-palette button", has_text="Cause").click()
    drag(both.page, "Fog", "cause")
    both.page.locator(".bw-palette button", has_text="Problem").click()
    reaches(frame, lambda: "a/problem" in disk.cells())
    words = {name: [TEXT[a:b] for a, b in one["spans"]] for name, one in disk.cells().items()}
    assert words == {
        "a/problem": ["Fog was the cause"],
        "a/cause": ["Fog was the cause", "office said"],
    }
    assert all(one["present"] is True for one in disk.cells().values())
    # What was done last is what stands beside the text.
    assert frame.locator(".bm-title").text_content() == "a · Problem"


def test_by_keyboard_alone_from_the_table_to_the_words_and_out_again(both):
    disk = Disk()
    frame = both.put(matrix(disk))
    page = both.page
    page.evaluate(
        "window.leaked = []; document.addEventListener('keydown', e => leaked.push(e.key))"
    )
    page.locator("body").focus()
    press(page, "Tab")
    assert "a: " in focused(page)
    press(page, "ArrowRight", "Enter")
    assert frame.locator(".bm-title").text_content() == "a · Cause"
    press(page, "Space")
    reaches(frame, lambda: disk.cells() == {"a/cause": {"present": True, "spans": []}})
    assert "a Cause: yes." in live(frame)
    press(page, "Tab")
    assert focused(page) == "Select words in the text"
    press(page, "Enter")
    assert page.evaluate("document.activeElement.className") == "bw-text"
    press(page, "ArrowDown", "Shift+ArrowRight", "Shift+ArrowRight")
    press(page, "Enter")
    at = TEXT.index("Fog")
    reaches(frame, lambda: disk.cells()["a/cause"]["spans"] == [[at, at + 7]])
    assert "Marked as Cause: “Fog was”." in live(frame)
    press(page, "Control+z")
    reaches(frame, lambda: disk.cells()["a/cause"]["spans"] == [])
    press(page, "Control+y")
    reaches(frame, lambda: disk.cells()["a/cause"]["spans"] == [[at, at + 7]])
    press(page, "Space", "3")
    reaches(frame, lambda: disk.cells().get("a/remedy", {}).get("present") is True)
    start, end = disk.cells()["a/remedy"]["spans"][0]
    assert TEXT[start:end] == "Fog was the cause, the office said."
    press(page, "Escape", "Escape")
    assert "Remedy, a: ✓yes" in focused(page)
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    press(page, "Escape")
    assert not page.evaluate("document.querySelector('.bw').contains(document.activeElement)")
    assert page.evaluate("leaked.filter(key => key !== 'Tab')") == []


def test_no_and_cannot_say_yet_keep_the_words_and_say_that_they_do_not_count(both):
    disk = Disk()
    frame = both.put(filled(save=disk))
    cell(frame, "a", "cause").click()
    says(frame, "no").check()
    reaches(frame, lambda: disk.cells()["a/cause"]["present"] is False)
    assert len(disk.cells()["a/cause"]["spans"]) == 1
    assert "count only with yes" in live(frame)
    says(frame, "cannot say yet").check()
    reaches(frame, lambda: disk.cells()["a/cause"]["present"] is None)
    frame.get_by_role("button", name="Clear this cell").click()
    reaches(frame, lambda: "a/cause" not in disk.cells())
    press(both.page, "Control+z")
    reaches(frame, lambda: len(disk.cells()["a/cause"]["spans"]) == 1)


def test_a_place_is_jumped_to_and_removed_and_the_next_one_has_the_focus(both):
    disk = Disk()
    at = OTHER.index("The last word")
    widget = matrix(
        disk, answer={"cells": {"b/problem": {"present": True, "spans": [[0, 6], [at, at + 13]]}}}
    )
    frame = both.put(widget)
    cell(frame, "b", "problem").click()
    both.page.wait_for_timeout(150)
    in_sight = """() => {
        const text = document.querySelector(".bw-text");
        const line = [...text.querySelectorAll("p")].at(-1).getBoundingClientRect();
        const pane = text.getBoundingClientRect();
        return line.bottom <= pane.bottom + 40 && line.top >= pane.top;
    }"""
    assert not both.page.evaluate(in_sight)
    last = frame.locator(".bm-span").nth(1)
    last.click()
    reaches(frame, lambda: both.page.evaluate(in_sight))
    assert frame.locator(".bm-span").nth(1).get_attribute("aria-pressed") == "true"
    frame.get_by_role("button", name="Remove “Trains”").click()
    reaches(frame, lambda: disk.cells()["b/problem"]["spans"] == [[at, at + 13]])
    assert both.page.evaluate("document.activeElement.getAttribute('aria-label')") == (
        "Remove “The last word”"
    )


def test_the_table_is_a_real_one_with_headers(both):
    frame = both.put(filled())
    assert frame.get_by_role("columnheader").all_text_contents()[1] == "Problemwhat is wrong"
    assert frame.get_by_role("rowheader").all_text_contents() == ["aHarbour Post", "bRail News"]
    for width in (1100, 320):
        both.page.set_viewport_size({"width": width, "height": 900})
        both.page.wait_for_timeout(60)
        assert frame.get_by_role("table").count() == 1
        assert frame.get_by_role("cell").count() == 6
    first = cell(frame, "a", "problem")
    assert "Problem" in first.inner_text()
    assert "✓" in first.inner_text()
    assert "2 places" in first.inner_text()


def test_a_check_tells_each_cell_until_it_is_changed_and_shows_the_key_in_the_text(both):
    disk = Disk()
    frame = both.put(filled(save=disk))
    cell(frame, "a", "remedy").click()
    frame.get_by_role("button", name="Check my answer").click()
    frame.get_by_text("You got some of 6 cells right.").first.wait_for()
    assert disk.saved[-1]["attempts"] == 1
    assert "✓ Right" in cell(frame, "a", "problem").text_content()
    assert "✗ Not right" in cell(frame, "a", "remedy").text_content()
    assert "A reason for a/remedy." in frame.locator(".bm-reasons").text_content()
    assert frame.locator(".bm-told li").count() == 3
    assert "Right" not in cell(frame, "b", "problem").text_content()
    painted = both.page.evaluate(
        """() => [...CSS.highlights].filter(([name]) => /-k1$/.test(name))
            .flatMap(([, ranges]) => [...ranges])
            .map(one => one.startContainer.data.slice(one.startOffset, one.endOffset))"""
    )
    assert painted == ["Fog was the c"]
    says(frame, "yes").check()
    reaches(frame, lambda: frame.locator(".bm-told li").count() == 2)
    assert "Not right" not in cell(frame, "a", "remedy").text_content()
    assert frame.locator(".bq-summary").is_hidden()


def test_nothing_decided_spends_no_try(both):
    widget = matrix()
    frame = both.put(widget)
    frame.get_by_role("button", name="Check my answer").click()
    frame.locator(".bq-hint", has_text="Decide a cell first").wait_for()
    assert widget.check == 0


def test_when_the_kernel_is_gone_it_says_so_and_the_work_comes_back(both):
    disk = Disk()
    frame = both.put(matrix(disk))
    cell(frame, "a", "problem").click()
    says(frame, "yes").check()
    frame.get_by_text("Saved at").wait_for()
    both.cut()
    drag(both.page, "harbour", "closed")
    both.page.locator(".bw-palette button", has_text="Problem").click()
    frame.get_by_role("alert").get_by_text("Not saved").wait_for(timeout=15_000)
    assert len(disk.saved) == 1
    both.silent = False
    both.open(ADDRESS)
    again = both.put(matrix(disk, answer=disk.saved[-1]))
    reaches(again, lambda: len(disk.cells()["a/problem"]["spans"]) == 1)
    assert "1 place" in cell(again, "a", "problem").text_content()


def test_undo_and_redo_survive_a_reload_for_exactly_the_cells_they_belong_to(both):
    disk = Disk()
    frame = both.put(matrix(disk))
    cell(frame, "a", "cause").click()
    says(frame, "yes").check()
    drag(both.page, "Fog", "cause")
    both.page.locator(".bw-palette button", has_text="Cause").click()
    says(frame, "no").check()
    reaches(frame, lambda: disk.cells().get("a/cause", {}).get("present") is False)
    three = disk.cells()
    both.page.keyboard.press("Control+z")
    reaches(frame, lambda: disk.cells()["a/cause"]["present"] is True)
    two = disk.saved[-1]
    both.open(ADDRESS)
    frame = both.put(matrix(disk, answer=two))
    cell(frame, "b", "problem").focus()
    both.page.keyboard.press("Control+Shift+z")
    reaches(frame, lambda: disk.cells() == three)
    for left in ([1], [0], []):
        both.page.keyboard.press("Control+z")
        reaches(frame, lambda: [len(c["spans"]) for c in disk.cells().values()] == left)  # noqa: B023
    both.page.keyboard.press("Control+y")
    reaches(frame, lambda: disk.cells()["a/cause"] == {"present": True, "spans": []})
    # Another state than the one that they belong to, and steps that somebody has changed.
    both.open(ADDRESS)
    frame = both.put(matrix(disk, answer={**two, "cells": {}}))
    cell(frame, "b", "problem").focus()
    both.page.keyboard.press("Control+z")
    assert "Nothing to undo" in live(frame)
    both.open(ADDRESS)
    both.page.evaluate(
        """() => {
            const key = Object.keys(localStorage).find(k => k.endsWith("/history"));
            const kept = JSON.parse(localStorage.getItem(key));
            kept.steps.past[0][1] = { "a/cause": { present: true, spans: [[5, 99999]] } };
            localStorage.setItem(key, JSON.stringify(kept));
        }"""
    )
    frame = both.put(matrix(disk, answer={**two, "cells": disk.cells()}))
    cell(frame, "b", "problem").focus()
    both.page.keyboard.press("Control+z")
    assert "Nothing to undo" in live(frame)


def test_a_cell_that_is_run_again_shows_what_the_file_holds(both):
    frame = both.put(filled())
    both.open(ADDRESS)
    frame = both.put(filled())
    assert "✓yes" in cell(frame, "a", "problem").text_content()
    assert "✗no" in cell(frame, "a", "remedy").text_content()
    assert "?cannot say yet" in cell(frame, "b", "problem").text_content()
    assert "○not decided" in cell(frame, "b", "cause").text_content()
    cell(frame, "a", "problem").click()
    assert frame.locator(".bm-span").all_text_contents() == [
        f"“{TEXT[6:20].strip()}”",
        f"“{TEXT[15:30].strip()}”",
    ]


def test_on_paper_the_table_holds_the_words(both):
    frame = both.put(filled())
    words = frame.locator(".bm-paper").first
    assert words.is_hidden()
    both.page.emulate_media(media="print")
    assert words.is_visible()
    assert words.text_content() == f"“{TEXT[6:20]}”"


def test_words_are_found_by_typing_them(both):
    disk = Disk()
    frame = both.put(matrix(disk))
    cell(frame, "a", "remedy").click()
    frame.get_by_role("button", name="Find", exact=True).click()
    both.page.keyboard.type("old pier")
    press(both.page, "Enter")
    frame.get_by_role("button", name="Attach “old pier”").click()
    at = TEXT.index("old pier")
    reaches(frame, lambda: disk.cells().get("a/remedy", {}).get("spans") == [[at, at + 8]])


def test_readonly_shows_everything_and_changes_nothing(both):
    frame = both.put(filled(readonly=True))
    cell(frame, "a", "cause").click()
    assert says(frame, "yes").is_checked()
    says(frame, "no").click(force=True)
    assert says(frame, "yes").is_checked()
    assert frame.locator(".bm-remove").count() == 0
    drag(both.page, "harbour", "closed")
    assert frame.locator(".bw-palette").is_hidden()
    assert both.heard == []


def test_hostile_words_stay_words_everywhere(both):
    text = f"{HOSTILE} said. {HOSTILE} again."
    name = "<img src=x onerror=alert(2)>"
    widget = Matrix(
        [{"id": name, "text": text, "title": HOSTILE, "lang": HOSTILE}],
        [{"id": "f", "name": HOSTILE, "hint": HOSTILE}],
        prompt=HOSTILE,
        title=HOSTILE,
        answer={"cells": {f"{name}/f": {"present": True, "spans": [[0, len(HOSTILE)]]}}},
        check=lambda _a: Feedback(HOSTILE, [FeedbackItem(f"{name}/f", "wrong", HOSTILE, HOSTILE)]),
    )
    frame = both.put(widget)
    frame.locator(".bm-cell").click()
    frame.get_by_role("button", name="Check my answer").click()
    frame.locator(".bm-told li").wait_for()
    reader = both.put(
        Reader(
            ReaderText(HOSTILE, text, HOSTILE),
            ReaderText(HOSTILE, text),
            [ReaderLink((0, 30), (5, 40), HOSTILE)],
            title=HOSTILE,
        )
    )
    reader.locator(".br-link").click()
    row = BoardRow(
        HOSTILE, HOSTILE, "x.ipynb", HOSTILE, (BoardQuestion("q", HOSTILE, "empty", HOSTILE),)
    )
    both.put(ProgressBoard(lambda: [row], title=HOSTILE))
    assert both.page.locator("main img, main script").count() == 0
    assert frame.locator(".bm-name").text_content() == name


# ---- the reader ----

HEBREW = "\U0001f98a שועל אחד בא.\nשני שועלים נרדמו."
LEFT = ReaderText("Ours", "One \U0001f98a came.\nNobody saw it.\nTwo foxes slept.", "en")
RIGHT = ReaderText("Theirs", HEBREW, "he")
LINKS = [
    ReaderLink((4, 10), (2, 10), "the same animal"),
    ReaderLink((27, 42), (HEBREW.index("\n") + 1, len(HEBREW)), "the same night"),
]


def reader():
    return Reader(LEFT, RIGHT, LINKS, title="Side by side")


def painted(page, layer="active"):
    """What is painted on top in both texts."""
    return page.evaluate(
        """layer => [...CSS.highlights].filter(([name]) => name.endsWith(`-${layer}`))
            .flatMap(([, ranges]) => [...ranges])
            .map(one => one.startContainer.data.slice(one.startOffset, one.endOffset))""",
        layer,
    )


def test_a_click_on_linked_words_shows_their_partner_and_the_word_that_links_them(both):
    frame = both.put(reader())
    x, y, _, _ = boxes(both.page, "foxes", "foxes")
    both.page.mouse.click(x + 3, y)
    both.page.wait_for_timeout(80)
    second = LEFT.text[27:42], HEBREW[HEBREW.index("\n") + 1 :]
    assert painted(both.page) == list(second)
    pair = frame.locator(".br-pair").text_content()
    assert "2 · the same night" in pair
    assert all(words in pair for words in second)
    assert live(frame).startswith("Link 2 of 2. the same night:")
    assert both.heard == []


def test_the_reader_by_keyboard_alone_and_its_keys_stay_with_it(both):
    frame = both.put(reader())
    page = both.page
    page.evaluate(
        "window.leaked = []; document.addEventListener('keydown', e => leaked.push(e.key))"
    )
    frame.locator(".bw-text").first.focus()
    press(page, "n")
    assert painted(page) == [LEFT.text[4:10], HEBREW[2:10]]
    press(page, "Enter")
    assert page.evaluate("document.activeElement.lang") == "he"
    press(page, "n")
    assert painted(page)[0] == LEFT.text[27:42]
    # Still in the Hebrew text: there the left arrow goes on.
    press(page, "Control+Home", "ArrowLeft", "Enter")
    assert "the same animal" in frame.locator(".br-pair").text_content()
    page.keyboard.press("Escape")
    frame.locator(".br-link").nth(1).focus()
    press(page, "Enter")
    assert "the same night" in frame.locator(".br-pair").text_content()
    assert frame.locator(".br-link").nth(1).get_attribute("aria-pressed") == "true"
    press(page, "b", "a", "x", "d", "d")
    assert page.evaluate("leaked") == []


def test_only_what_is_linked(both):
    frame = both.put(reader())
    assert frame.get_by_text("Nobody saw it.").is_visible()
    frame.get_by_label("Only what is linked").check()
    assert frame.get_by_text("Nobody saw it.").is_hidden()
    assert frame.locator(".bw-text").first.get_by_text("Two foxes slept.").is_visible()
    frame.get_by_role("button", name="Next link").click()
    frame.get_by_role("button", name="Next link").click()
    assert painted(both.page)[0] == LEFT.text[27:42]


def test_right_to_left_text_keeps_its_direction_and_its_offsets(both):
    frame = both.put(reader())
    hebrew = frame.locator(".bw-text[lang=he] p").first
    assert hebrew.evaluate("node => getComputedStyle(node).direction") == "rtl"
    english = frame.locator(".bw-text[lang=en] p").first
    assert english.evaluate("node => getComputedStyle(node).direction") == "ltr"
    frame.locator(".br-link").first.click()
    both.page.wait_for_timeout(60)
    assert painted(both.page)[1] == HEBREW[2:10]


def test_on_a_narrow_page_the_texts_stack_and_both_stretches_stand_together(both):
    both.page.set_viewport_size({"width": 340, "height": 800})
    frame = both.put(reader())
    frame.locator(".br-link").nth(1).click()
    both.page.wait_for_timeout(80)
    left, right = (frame.locator(".br-side").nth(n).bounding_box() for n in (0, 1))
    assert right["y"] >= left["y"] + left["height"] - 1
    assert both.page.evaluate(
        """() => {
            const box = document.querySelector(".br-pair").getBoundingClientRect();
            return box.top >= 0 && box.bottom <= innerHeight;
        }"""
    )


# ---- the progress board ----


def board_rows(done=1):
    asked = tuple(
        BoardQuestion(
            f"q{n}",
            f"Title {n}",
            "answered" if n <= done else "empty",
            "answered" if n <= done else "empty",
        )
        for n in (1, 2)
    )
    begun = BoardQuestion("q1", "Marks", "begun", "begun: 2 of 6 sentences, checked once")
    return [
        BoardRow("lesson02", "Lesson 02", "02-who.ipynb", "2026-11-22T19:40:00Z", asked),
        BoardRow("ex02", "Exercise 02", "../exercises/ex02-who.ipynb", "", (begun,)),
        BoardRow("ex03", "Exercise 03", problem="ex03.answers.json is damaged."),
    ]


def test_the_board_shows_every_state_and_looks_again(both):
    now = {"done": 1}
    frame = both.put(ProgressBoard(lambda: board_rows(now["done"]), student="fox-4821"))
    words = frame.locator("tbody").text_content()
    for part in ("1 of 2 answered", "begun: 2 of 6 sentences", "ex03.answers.json is damaged."):
        assert part in words
    now["done"] = 2
    frame.get_by_role("button", name="Look again").click()
    frame.get_by_text("2 of 2 answered").wait_for()
    reaches(frame, lambda: live(frame) == "2 of 3 questions are answered.")
    both.cut()
    frame.get_by_role("button", name="Look again").click()
    frame.get_by_role("alert").get_by_text("does not answer").wait_for(timeout=15_000)


def test_the_board_knows_what_this_browser_downloaded_for_this_code(both):
    both.page.evaluate(
        """() => localStorage.setItem("briefing/ex02/hand-in/fox-4821/downloaded",
            JSON.stringify({ when: "2026-11-20T10:00:00Z", revision: 3 }))"""
    )
    frame = both.put(ProgressBoard(board_rows, student="fox-4821"))
    rows = frame.locator("tbody > tr")
    assert "20 Nov 2026" in rows.nth(1).text_content()
    assert "20 Nov 2026" not in rows.nth(0).text_content()
    other = both.put(ProgressBoard(board_rows, student="owl-1"))
    assert "20 Nov 2026" not in other.text_content()


def test_links_lead_to_the_notebook_as_the_server_knows_it(both):
    frame = both.put(ProgressBoard(board_rows))
    link = frame.get_by_role("link", name="Exercise 02")
    assert link.get_attribute("href") == "../exercises/ex02-who.ipynb"
    assert link.get_attribute("data-commandlinker-command") is None
    assert frame.get_by_role("link", name="Exercise 03").count() == 0
    esm = both.widgets["w0"].get_state()["_esm"]
    found = both.page.evaluate(
        """async ([esm, cases]) => {
            const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
            const { serverPath } = await import(url);
            return cases.map(([link, path]) => serverPath(link, path));
        }""",
        [
            esm,
            [
                ["../exercises/x.ipynb", "/lab/tree/notebooks/00-start-here.ipynb"],
                ["02.ipynb", "/user/a/lab/workspaces/auto-1/tree/my%20course/notebooks/00.ipynb"],
                ["../exercises/x.ipynb", "/notebooks/notebooks/00-start-here.ipynb"],
                ["../../x.ipynb", "/lab/tree/notebooks/00.ipynb"],
                ["02.ipynb", "/somewhere/else"],
            ],
        ],
    )
    assert found == [
        "exercises/x.ipynb",
        "my course/notebooks/02.ipynb",
        "exercises/x.ipynb",
        "",
        "",
    ]


# ---- all of them ----

STATES = {
    "matrix empty": matrix,
    "matrix filled": filled,
    "matrix feedback": filled,
    "matrix readonly": lambda: filled(readonly=True),
    "reader": reader,
    "board": lambda: ProgressBoard(board_rows, student="fox-4821"),
}


def shown(both, state, *, dark=False, width=1100):
    both.page.set_viewport_size({"width": width, "height": 900})
    if dark:
        both.page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    frame = both.put(STATES[state]())
    if state.startswith("matrix"):
        cell(frame, "a", "problem").click()
    if state == "matrix feedback":
        frame.get_by_role("button", name="Check my answer").click()
        frame.locator(".bm-told li").first.wait_for()
    if state == "matrix filled":
        frame.locator(".bm-span").first.click()
    if state == "reader":
        frame.locator(".br-link").first.click()
    both.page.wait_for_timeout(150)
    return frame


@pytest.mark.parametrize(("dark", "width"), [(False, 1100), (True, 1100), (False, 320)])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(both, state, dark, width):
    from axe_core_python.sync_playwright import Axe

    shown(both, state, dark=dark, width=width)
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
    found = Axe().run(both.page, context=".bw", options=rules)
    assert found["passes"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []


@pytest.mark.parametrize("state", STATES)
def test_at_320_pixels_nothing_is_wider_than_the_page_and_every_target_is_large_enough(both, state):
    shown(both, state, width=320)
    assert both.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = both.page.evaluate(
        """() => [...document.querySelectorAll(".bw button, .bw select, .bw summary, .bw label")]
            .filter(node => node.checkVisibility())
            .map(node => [node.textContent, node.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24)
            .map(([text, box]) => [text, box.width, box.height])"""
    )
    assert small == []


@pytest.mark.parametrize("state", STATES)
def test_the_static_view_hides_beside_the_widget_and_comes_back(both, state):
    frame = shown(both, state)
    static = both.page.locator("[id^='briefing-static-']")
    assert static.is_hidden()
    both.page.evaluate("window.models.w0.stop()")
    assert static.is_visible()
    assert frame.count() == 1


LINES = "\n".join(f"Line {n} says that nothing happened there." for n in range(900))
PAINTED = """() => [...CSS.highlights].filter(([name]) => /-l\\d+-\\d$/.test(name))
    .flatMap(([, ranges]) => [...ranges]).map(range => range.startContainer.textContent)"""


def painted_lines(frame):
    """The lines in which a mark is painted."""
    return frame.page.evaluate(PAINTED)


def begins(numbers):
    return [LINES.index(f"Line {n} ") for n in numbers]


def test_a_long_text_of_a_matrix_is_painted_where_it_is_in_sight(both):
    spans = [[at, at + 6] for at in begins(range(0, 900, 5))]
    texts = [MatrixText("a", LINES, "Long")]
    cells = {"a/problem": {"present": True, "spans": spans}}
    frame = both.put(Matrix(texts, FUNCTIONS, question="ex07/q1", answer={"cells": cells}))
    frame.locator(".bm-cell").first.click()
    reaches(frame, lambda: 0 < len(painted_lines(frame)) < len(spans))
    assert "Line 0 says that nothing happened there." in painted_lines(frame)
    assert "Line 895 says that nothing happened there." not in painted_lines(frame)
    frame.locator(".bm-text .bw-text").evaluate("node => { node.scrollTop = 1e9; }")
    reaches(frame, lambda: "Line 895 says that nothing happened there." in painted_lines(frame))
    assert len(painted_lines(frame)) < len(spans)


def test_long_texts_of_a_reader_are_painted_where_they_are_in_sight(both):
    starts = begins(range(0, 900, 5))
    links = [ReaderLink((at, at + 6), (at, at + 8), "same") for at in starts]
    text = ReaderText("Long", LINES)
    frame = both.put(Reader(text, text, links, title="Side by side"))
    reaches(frame, lambda: 0 < len(painted_lines(frame)) < len(links))
    assert not any("Line 895 " in piece for piece in painted_lines(frame))
    frame.locator(".br-link").last.click()
    reaches(frame, lambda: any("Line 895 " in piece for piece in painted_lines(frame)))
    assert len(painted_lines(frame)) < len(links)

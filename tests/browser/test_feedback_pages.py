"""A feedback page in a real browser: nothing runs or loads, axe is content, it fits small screens."""

import pytest
from axe_page import RULES, violations

from briefing.keys import has_solutions
from briefing.marking.classroom import grade_folder
from briefing.marking.simulate import write_class

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not has_solutions(), reason="needs the keys"),
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("marked")
    write_class("ex02", 36, folder / "class", seed=4)
    grade_folder(folder / "class", folder / "out")
    return sorted((folder / "out" / "feedback").iterdir())


@pytest.mark.parametrize("scheme", RULES)
def test_axe_finds_nothing(browser, pages, scheme):
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for path in pages[:4]:
        page.goto(path.as_uri())
        assert violations(page, scheme) == []
    context.close()


def test_it_fits_a_small_screen_and_twice_the_letters(page, pages):
    page.set_viewport_size({"width": 320, "height": 640})
    for size in ("100%", "200%"):
        page.goto(pages[0].as_uri())
        page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.fixture(scope="module")
def other_pages(tmp_path_factory):
    """One page of each exercise with a table of many columns, cards, a matrix."""
    folder = tmp_path_factory.mktemp("others")
    for name in ("ex04", "ex05", "ex07"):
        write_class(name, 3, folder / "class" / name, seed=4)
    grade_folder(folder / "class", folder / "out")
    found = sorted((folder / "out" / "feedback").iterdir())
    return {
        name: next(path for path in found if path.name.startswith(name))
        for name in ("ex04", "ex05", "ex07")
    }


@pytest.mark.parametrize("width", [320, 560, 640, 800, 1280, 2000])
def test_no_page_is_wider_than_its_window(page, other_pages, width):
    page.set_viewport_size({"width": width, "height": 700})
    for path in other_pages.values():
        page.goto(path.as_uri())
        inside = "[...document.querySelectorAll('main *')].every(n => n.getBoundingClientRect().left >= 0)"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(inside)


def test_a_table_of_many_columns_takes_the_room_beside_the_text(page, other_pages):
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(other_pages["ex04"].as_uri())
    cell = page.locator("#q1 table.cells td[class^='v-']").first
    assert cell.evaluate("node => node.clientWidth") >= 120


def test_on_a_small_screen_the_points_take_the_whole_width(page, other_pages):
    page.set_viewport_size({"width": 500, "height": 700})
    page.goto(other_pages["ex07"].as_uri())
    widths = page.locator("nav tbody tr").evaluate_all(
        "rows => rows.flatMap(row => [...row.children].map(c => c.clientWidth / row.clientWidth))"
    )
    assert min(widths) > 0.95


def test_a_verdict_stands_below_the_name_of_what_it_judges_and_reasons_on_a_line_of_their_own(
    page, other_pages
):
    page.goto(other_pages["ex07"].as_uri())
    top = "node => node.getBoundingClientRect().top"
    cell = page.locator("#q1 .places > li").first
    assert cell.locator("strong").evaluate(top) < cell.locator(".verdict").evaluate(top)
    assert cell.evaluate("node => parseFloat(getComputedStyle(node).borderLeftWidth)") > 2
    page.goto(other_pages["ex05"].as_uri())
    for part in page.locator(".card .part:has(.verdict):has(.why)").all():
        verdict, why = part.locator(".verdict"), part.locator(".why")
        assert verdict.evaluate("n => n.getBoundingClientRect().bottom") <= why.evaluate(top) + 4


def test_the_box_of_what_was_missed_leaves_its_neighbours_in_sight(page, pages):
    boxed = "mark.key-source, mark.key-cue"
    for path in pages:
        page.goto(path.as_uri())
        if page.locator(f".passage :is({boxed})").count():
            break
    style = page.locator(f".passage :is({boxed})").first.evaluate(
        "n => { const s = getComputedStyle(n); return [s.marginLeft, s.outlineOffset, s.outlineWidth].map(parseFloat); }"
    )
    assert style[0] >= style[1] + style[2]


def test_nothing_is_loaded_or_run_on_any_page(page, pages):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in pages:
        page.goto(path.as_uri())
        assert page.evaluate("document.scripts.length") == 0
    assert sorted(asked) == sorted(path.as_uri() for path in pages)
    assert any("script" in path.name for path in pages)  # one student is called <script>…


def test_print_is_dark_on_white_whatever_the_screen_s_scheme(browser, pages):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(pages[0].as_uri())
    colours = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert len(page.pdf(format="A4")) > 10_000
    context.close()

"""The class report in a real browser: nothing runs or loads, axe is content, it fits small screens."""

import pytest
from axe_page import RULES, violations

from briefing.marking.class_report import ClassSums, class_page, seen_of
from briefing.marking.grade import Desks, grade
from briefing.marking.simulate import simulate_class

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder, desks = tmp_path_factory.mktemp("class"), Desks()
    for name in ("lesson02", "lesson05", "lesson07"):
        desk = desks.get(name)
        sums = ClassSums(desk)
        for _, data in simulate_class(name, 24, seed=4):
            sums.add(seen_of(grade(data, desks), desk))
        (folder / f"{name}.html").write_text(class_page(sums, absent=2), encoding="utf-8")
    return sorted(folder.iterdir())


@pytest.mark.parametrize("scheme", RULES)
def test_axe_finds_nothing(browser, pages, scheme):
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for path in pages:
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert violations(page, scheme) == []
    context.close()


def test_it_fits_a_small_screen_and_twice_the_letters(page, pages):
    page.set_viewport_size({"width": 320, "height": 640})
    for path in pages:
        for size in ("100%", "200%"):
            page.goto(path.as_uri())
            page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_nothing_is_loaded_or_run(page, pages):
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in pages:
        page.goto(path.as_uri())
        assert page.evaluate("document.scripts.length") == 0
    assert asked == [path.as_uri() for path in pages]
    assert said == []


def test_figures_follow_the_scheme_and_print_is_dark_on_white(browser, pages):
    colours = {}
    for scheme, media in (("light", "screen"), ("dark", "screen"), ("dark", "print")):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.emulate_media(media=media)
        page.goto(pages[0].as_uri())
        text = "getComputedStyle(document.querySelector('svg.figure text')).fill"
        colours[scheme, media] = page.evaluate(text)
        if media == "print":
            assert len(page.pdf(format="A4")) > 20_000
        context.close()
    assert colours["light", "screen"] == "rgb(27, 27, 27)"
    assert colours["dark", "screen"] == "rgb(236, 236, 236)"
    assert colours["dark", "print"] == "rgb(0, 0, 0)"

"""A feedback page in a real browser: nothing runs or loads, axe is content, it fits small screens."""

from pathlib import Path

import pytest

from briefing.keys import has_solutions
from briefing.marking.classroom import grade_folder
from briefing.marking.simulate import write_class

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02"),
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("marked")
    write_class("ex02", 36, folder / "class", seed=4)
    grade_folder(folder / "class", folder / "out")
    return sorted((folder / "out" / "feedback").iterdir())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, pages, scheme):
    import axe_core_python

    axe = next(Path(axe_core_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for path in pages[:4]:
        page.goto(path.as_uri())
        page.evaluate(axe)
        rules = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
        found = page.evaluate(f"axe.run(document, {{runOnly: {rules}}})")
        assert [violation["id"] for violation in found["violations"]] == []
    context.close()


def test_it_fits_a_small_screen_and_twice_the_letters(page, pages):
    page.set_viewport_size({"width": 320, "height": 640})
    for size in ("100%", "200%"):
        page.goto(pages[0].as_uri())
        page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


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

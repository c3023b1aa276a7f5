"""What every browser test shares: Chromium, a plain page for one widget, the real JupyterLab."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from real_lab import COURSE, FLAGS, Lab, browser_path, running_lab, watched_page

BUILT = COURSE / "src" / "briefing" / "widgets" / "built"


def _browser_path() -> str:
    found = browser_path()
    if found:
        return found
    message = "no Chromium was found: browser tests did not run (install the chromium package)"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, one for the session; skipped loudly without one, a failure when required."""
    path = _browser_path()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A watched page of this test alone."""
    with watched_page(browser) as opened:
        yield opened


def state_of(widget: Any) -> dict[str, Any]:
    """What the browser is told of a Python widget: its synced traits but for code and layout."""
    names = (
        "question", "title", "student", "answer", "edit", "by", "based", "ping", "ack", "check", "feedback",
        "readonly", "can_check", "config", "static_id",
    )  # fmt: skip
    more = [name for name in ("other", "wish", "told", "board", "gates") if widget.has_trait(name)]
    return {name: getattr(widget, name) for name in (*names, *more)}


Mount = Callable[..., Any]


@pytest.fixture
def mount(page: Any) -> Mount:
    """Put a Python widget on a plain page with the built module, and return the page."""

    def put(widget: Any, name: str = "annotator", *, dark: bool = False, **how: Any) -> Any:
        theme = "false" if dark else "true"
        paper = "#111" if dark else "#fff"
        ink = "#eee" if dark else "#111"
        css = (BUILT / f"{name}.css").read_text(encoding="utf-8")
        page.route(
            "http://widget.test/*",
            lambda route: route.fulfill(
                content_type="text/html; charset=utf-8",
                body=(
                    "<!doctype html><html lang='en'><head><title>A widget</title></head>"
                    f"<body data-jp-theme-light='{theme}' style='background:{paper};color:{ink};"
                    "margin:8px'><main class='jp-Cell' data-cell tabindex='-1'>"
                    "<h1 style='font-size:16px'>A notebook</h1>"
                    f"{widget.static_html()}<div id='widget'></div></main></body></html>"
                ),
            ),
        )
        page.goto("http://widget.test/")
        page.add_style_tag(content=css)
        page.add_script_tag(path=str(Path(__file__).with_name("fake_model.js")))
        page.evaluate(
            """async ([esm, state, how]) => {
                const el = document.getElementById("widget");
                Object.assign(window, await window.briefingTest.mount({ esm, state, el, ...how }));
            }""",
            [
                (BUILT / f"{name}.js").read_text(encoding="utf-8"),
                json.loads(json.dumps(state_of(widget))),
                how,
            ],
        )
        page.wait_for_selector(".bw")
        page.wait_for_timeout(60)
        return page

    return put


@pytest.fixture
def lab(page: Any, tmp_path: Path) -> Iterator[Lab]:
    """JupyterLab answering, on a temporary copy of the course; stopped after the test."""
    page.set_default_timeout(45_000)
    with running_lab(tmp_path) as answering:
        answering.page = page
        yield answering
        # Before the server goes, or the page would cry that it cannot be reached.
        page.close()

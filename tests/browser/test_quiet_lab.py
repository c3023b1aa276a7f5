"""JupyterLab as `start.py` opens it comes between nobody and the course with a question of its own."""

from __future__ import annotations

import pytest
from real_lab import Lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_nobody_is_asked_about_the_news_of_jupyter(lab: Lab) -> None:
    lab.open("notebooks/00-start-here.ipynb")
    lab.page.wait_for_timeout(2500)
    asked = "window.jupyterapp.commands.execute('apputils:display-notifications')"
    lab.page.evaluate(asked)  # all that has been said, also what has gone from the corner by now
    lab.page.wait_for_timeout(500)
    said = lab.page.evaluate("document.body.innerText")
    assert "Jupyter news" not in said

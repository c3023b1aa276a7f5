"""A notebook that a student sends in, opened in the real JupyterLab: nothing in it runs by being opened."""

from __future__ import annotations

import importlib.metadata
import json
import sys
from typing import Any

import pytest
from real_lab import Lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PROGRAM = (
    "window.ran = 'on opening'; export default { initialize() { window.ran = 'model'; }, "
    "render({ el }) { window.ran = 'view'; el.textContent = 'drawn'; } }"
)


def sent_in() -> dict[str, Any]:
    version = f"~{'.'.join(importlib.metadata.version('anywidget').split('.')[:2])}.*"
    module = {"_model_module": "anywidget", "_model_module_version": version}
    view = {"_view_module": "anywidget", "_view_module_version": version}
    own = {**module, **view, "_model_name": "AnyModel", "_view_name": "AnyView", "_esm": PROGRAM}
    models = {
        "evil": {
            "model_module": "anywidget", "model_module_version": version, "model_name": "AnyModel",
            "state": {**own, "_anywidget_id": "a.B", "answer": {"text": "Kept."}, "layout": "IPY_MODEL_l"},
        },
        "l": {
            "model_module": "@jupyter-widgets/base", "model_module_version": "2.0.0",
            "model_name": "LayoutModel", "state": {},
        },
    }  # fmt: skip
    shown = {"version_major": 2, "version_minor": 0, "model_id": "evil"}
    output = {
        "output_type": "display_data",
        "metadata": {},
        "data": {
            "text/html": "<img src=x onerror=\"window.ran='html'\">Seen",
            "application/vnd.jupyter.widget-view+json": shown,
        },
    }
    cell = {"cell_type": "code", "id": "a", "metadata": {"trusted": True}, "execution_count": 1,
            "source": "1", "outputs": [output]}  # fmt: skip
    state = {"version_major": 2, "version_minor": 0, "state": models}
    return {
        "cells": [cell],
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "widgets": {"application/vnd.jupyter.widget-state+json": state},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def test_a_notebook_that_was_sent_in_runs_nothing_when_it_is_opened_and_saved(lab: Lab) -> None:
    path = lab.course / "sent-in.ipynb"
    path.write_text(json.dumps(sent_in()), encoding="utf-8")
    lab.open("sent-in.ipynb")
    lab.page.wait_for_timeout(2500)
    assert lab.page.evaluate("window.ran ?? ''") == ""
    lab.save()
    lab.reload()
    lab.page.wait_for_timeout(2500)
    assert lab.page.evaluate("window.ran ?? ''") == ""
    assert "Kept." in path.read_text(encoding="utf-8")


def test_no_link_brings_a_program_from_a_text_of_a_notebook_that_was_sent_in(lab: Lab) -> None:
    notebook = sent_in()
    models = notebook["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    del models["evil"]["state"]["_esm"]
    controls = {"model_module": "@jupyter-widgets/controls", "model_module_version": "2.0.0"}
    words = {"value": PROGRAM, "layout": "IPY_MODEL_l"}
    ends = {"source": ["IPY_MODEL_h", "value"], "target": ["IPY_MODEL_evil", "_esm"]}
    models["h"] = {**controls, "model_name": "HTMLModel", "state": words}
    for link in ("LinkModel", "DirectionalLinkModel"):
        models[link] = {**controls, "model_name": link, "state": ends}
    (lab.course / "linked.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    lab.open("linked.ipynb")
    lab.page.wait_for_timeout(2500)
    assert lab.page.evaluate("window.ran ?? ''") == ""


def test_a_notebook_that_was_sent_in_borrows_no_widgets_from_beneath_its_metadata(lab: Lab) -> None:
    notebook = sent_in()
    metadata = notebook["metadata"]
    metadata["__proto__"] = {"widgets": metadata.pop("widgets")}
    (lab.course / "borrowed.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    lab.open("borrowed.ipynb")
    lab.page.wait_for_timeout(2500)
    assert lab.page.evaluate("window.ran ?? ''") == ""


def test_a_file_beside_a_notebook_is_not_taken_for_the_program_of_its_kernel(lab: Lab) -> None:
    folder = lab.course / "handed-in" / "eve"
    folder.mkdir(parents=True)
    (folder / "answers.ipynb").write_text(json.dumps(sent_in()), encoding="utf-8")
    ran = lab.course / "ran.txt"
    for name in ("ipykernel_launcher.py", "random.py"):
        (folder / name).write_text(f"open({str(ran)!r}, 'a').write({name!r})\n", encoding="utf-8")
    lab.open("handed-in/eve/answers.ipynb")
    lab.run_all()
    assert not ran.exists()


def test_a_notebook_that_was_sent_in_starts_no_kernel_but_python_s(lab: Lab) -> None:
    """R's, for one, runs a file `.Rprofile` that lies beside the notebook."""
    ran = lab.course / "ran.txt"
    other = lab.course.parent / "jupyter" / "kernels" / "other"
    other.mkdir(parents=True)
    program = [sys.executable, "-c", f"open({str(ran)!r}, 'w').write('ran')", "{connection_file}"]
    spec = {"argv": program, "display_name": "Other", "language": "python"}
    (other / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    notebook = sent_in()
    notebook["metadata"]["kernelspec"] = {"name": "other", "display_name": "Other"}
    (lab.course / "other.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    lab.page.goto(f"{lab.url}/{lab.address}/other.ipynb?token={lab.token}&reset")
    lab.page.wait_for_selector(".jp-NotebookPanel:visible .jp-Cell", timeout=60_000)
    lab.page.wait_for_timeout(4000)
    assert not ran.exists()


def run_together(part: Any) -> str:
    if isinstance(part, dict):
        return "".join(name + run_together(part[name]) for name in sorted(part))
    return str(part)


def test_a_notebook_that_was_saved_makes_no_other_one_trusted(lab: Lab) -> None:
    notebook = sent_in()
    widgets = notebook["metadata"].pop("widgets")
    words = "widgets" + run_together(widgets)
    notebook["metadata"][words] = ""
    notebook["cells"] = [{**notebook["cells"][0], "outputs": []}]
    first = lab.course / "first.ipynb"
    first.write_text(json.dumps(notebook), encoding="utf-8")
    lab.open("first.ipynb")
    lab.save()
    second = json.loads(first.read_text(encoding="utf-8"))
    assert second["metadata"].pop(words) == ""
    second["metadata"]["widgets"] = widgets
    (lab.course / "second.ipynb").write_text(json.dumps(second), encoding="utf-8")
    lab.open("second.ipynb")
    lab.page.wait_for_timeout(2500)
    assert lab.page.evaluate("window.ran ?? ''") == ""

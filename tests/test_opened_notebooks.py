"""A notebook that somebody sends in is opened: its saved widget state starts no program, and keeps the rest."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from jupyterlab_server.settings_utils import get_settings
from nbformat.sign import MemorySignatureStore

from briefing.opened_notebooks import CourseFiles, without_programs
from briefing.setting_up import lab
from briefing.setting_up.places import Course

T = TypeVar("T")
STATE = "application/vnd.jupyter.widget-state+json"


def done(work: Coroutine[Any, Any, T]) -> T:
    """Wait for what is done in the background; in a thread, for a browser's test may have a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def notebook(state: Any) -> dict[str, Any]:
    return {
        "cells": [],
        "metadata": {"widgets": {STATE: state}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def widget_state() -> dict[str, Any]:
    own = {"_esm": "run()", "_css": "@import 'x'", "answer": {"kind": "text", "text": "Mine."}}
    buffers = [
        {"path": ["_esm"], "encoding": "base64", "data": "eA=="},
        {"path": ["data"], "encoding": "base64", "data": "eA=="},
    ]
    one = {"model_module": "anywidget", "model_name": "AnyModel", "state": own, "buffers": buffers}
    return {"version_major": 2, "version_minor": 0, "state": {"m": one}}


@pytest.fixture
def files(tmp_path: Path) -> CourseFiles:
    made = CourseFiles(root_dir=str(tmp_path))
    made.notary.data_dir = str(tmp_path)
    made.notary.store = MemorySignatureStore()  # one that may be asked from any thread
    return made


def opened(files: CourseFiles, name: str) -> Any:
    return done(files.get(name))["content"]


def test_a_notebook_that_is_not_trusted_brings_no_program_and_keeps_its_answers(files, tmp_path):
    (tmp_path / "sent-in.ipynb").write_text(json.dumps(notebook(widget_state())), encoding="utf-8")
    content = opened(files, "sent-in.ipynb")
    one = content["metadata"]["widgets"][STATE]["state"]["m"]
    assert one["state"] == {"answer": {"kind": "text", "text": "Mine."}}
    assert [buffer["path"] for buffer in one["buffers"]] == [["data"]]
    assert "run()" not in json.dumps(content)


def test_a_notebook_that_was_trusted_is_opened_as_it_is(files, tmp_path):
    output = {"output_type": "display_data", "data": {"text/html": "<b>Mine.</b>"}, "metadata": {}}
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "source": "1",
            "outputs": [output]}  # fmt: skip
    own = {**notebook(widget_state()), "cells": [cell]}
    (tmp_path / "own.ipynb").write_text(json.dumps(own), encoding="utf-8")
    nb, _ = done(files._read_notebook(str(tmp_path / "own.ipynb"), as_version=4, raw=True))
    files.notary.sign(nb)
    content = opened(files, "own.ipynb")
    assert content["metadata"]["widgets"] == {STATE: widget_state()}
    assert content["cells"][0]["metadata"]["trusted"] is True


def run_together(part: Any) -> str:
    if isinstance(part, dict):
        return "".join(name + run_together(part[name]) for name in sorted(part))
    return "".join(map(run_together, part)) if isinstance(part, list) else str(part)


def saved(files: CourseFiles, name: str, content: Any) -> None:
    done(files.save({"type": "notebook", "format": "json", "content": content}, name))


def test_a_notebook_is_not_trusted_because_another_one_has_the_same_words(files, tmp_path):
    second = notebook(widget_state())
    first = {**second, "metadata": {run_together(second["metadata"]): ""}}
    (tmp_path / "first.ipynb").write_text(json.dumps(first), encoding="utf-8")
    saved(files, "first.ipynb", opened(files, "first.ipynb"))
    (tmp_path / "second.ipynb").write_text(json.dumps(second), encoding="utf-8")
    assert '"_esm"' not in json.dumps(opened(files, "second.ipynb"))


def test_a_notebook_is_as_trusted_after_saving_as_it_was_when_it_was_saved(files, tmp_path):
    shown = {"text/html": "<b>Mine.</b>\n<i>é</i>", "application/json": ["a", {"b": 1.0}]}
    output = {"output_type": "display_data", "data": shown, "metadata": {"c": {}}}
    printed = {"output_type": "stream", "name": "stdout", "text": "one\ntwo\n"}
    cells = [
        {"cell_type": "markdown", "id": "m", "metadata": {}, "source": "![x](attachment:x.png)\n\nWords",
         "attachments": {"x.png": {"image/png": "eA=="}}},
        {"cell_type": "code", "id": "c", "metadata": {"trusted": True, "tags": ["a"]},
         "execution_count": 1, "source": "1\n2", "outputs": [printed, output]},
    ]  # fmt: skip
    own = {**notebook(widget_state()), "cells": cells}
    for trusted in (True, False):
        cells[1]["metadata"]["trusted"] = trusted
        shown["text/html"] += "<p>"
        saved(files, "own.ipynb", own)
        content = opened(files, "own.ipynb")
        assert content["cells"][1]["metadata"]["trusted"] is trusted
        assert ('"_esm"' in json.dumps(content)) is trusted


@pytest.mark.parametrize(("module", "name", "harmless"), [
    ("anywidget", "AnyModel", True),
    ("@jupyter-widgets/base", "LayoutModel", True),
    ("@jupyter-widgets/controls", "IntSliderModel", True),
    ("@jupyter-widgets/controls", "LinkModel", False),
    ("@jupyter-widgets/controls", "DirectionalLinkModel", False),
    ("@jupyter-widgets/controls", ["LinkModel"], False),
    (["@jupyter-widgets/controls"], "LinkModel", False),
    ("@jupyter-widgets/output", "OutputModel", False),
    ("somebody-elses", "AnyModel", False),
    (None, None, False),
])  # fmt: skip
def test_widgets_that_could_put_a_program_into_another_are_left_out(module, name, harmless):
    one = {"model_module": module, "model_name": name, "state": {"value": "run()"}}
    widgets = {STATE: {"state": {"one": one, "text": "x"}}}
    without_programs(widgets)
    assert widgets == {STATE: {"state": {"one": one} if harmless else {}}}


@pytest.mark.parametrize("state", [
    None, [], 5, "x", {"state": [{"_esm": 1}]}, {"state": "_esm"}, [[{"path": 3}]]
])  # fmt: skip
def test_state_of_any_shape_is_opened(files, tmp_path, state):
    (tmp_path / "odd.ipynb").write_text(json.dumps(notebook(state)), encoding="utf-8")
    assert "_esm" not in json.dumps(opened(files, "odd.ipynb"))


def test_nothing_is_borrowed_that_only_a_browser_would_find(files, tmp_path):
    borrowed = {**notebook({}), "metadata": {"__proto__": {"widgets": {STATE: widget_state()}}}}
    borrowed["metadata"]["kept"] = [{"__proto__": {"a": 1}, "b": 2}]
    (tmp_path / "sent-in.ipynb").write_text(json.dumps(borrowed), encoding="utf-8")
    assert opened(files, "sent-in.ipynb")["metadata"] == {"kept": [{"b": 2}]}


def test_programs_are_found_wherever_they_lie():
    state = {"__proto__": {"_esm": "run()"}, "deep": [{"_css": "x", "kept": [{"_esm": "run()"}]}]}
    without_programs(state)
    assert state == {"__proto__": {}, "deep": [{"kept": [{}]}]}
    buffers = [{"path": ["a", 0]}, {"path": [["_esm"]]}, {"path": ["_esm"]}]
    without_programs(buffers)
    assert buffers == [{"path": ["a", 0]}]


@pytest.mark.parametrize("path", [
    ["__proto__", "a"], ["constructor", "prototype", "a"], ["a", "__proto__", "b"], {"0": "_esm", "length": 1}
])  # fmt: skip
def test_no_bytes_get_out_of_their_widget_into_the_page(path):
    buffers = [{"path": path, "data": "eA=="}, {"path": "of a file"}]
    without_programs(buffers)
    assert buffers == [{"path": "of a file"}]


def test_the_course_opens_jupyterlab_with_it(monkeypatch, tmp_path):
    commands: list[list[str]] = []
    kernels: dict[str, str] = {}

    def become(command, _course, extra):
        commands.append(command)
        kernels.update(extra)
        return 0

    monkeypatch.delenv("JUPYTER_CONFIG_PATH", raising=False)
    monkeypatch.setattr(lab, "become", become)
    monkeypatch.setattr(lab, "check_port", lambda _port: None)
    lab.open_lab(Course(tmp_path), 8888, browser=False)
    assert {lab.FILES, lab.ONLY} <= set(commands[0])
    assert kernels == lab.environment() == lab.KERNELS | {"JUPYTER_CONFIG_PATH": str(lab.SETTINGS)}
    assert lab.KERNELS == {"PYTHONSAFEPATH": "1"}
    name = lab.FILES.partition("=")[2]
    module, _, kind = name.rpartition(".")
    assert getattr(sys.modules[module], kind) is CourseFiles


def news(tmp_path):
    """Return what JupyterLab sets by itself for its news, and what somebody has set."""
    schemas = Path(sys.prefix) / "share" / "jupyter" / "lab" / "schemas"
    told, _ = get_settings(
        "", str(schemas), str(tmp_path), "@jupyterlab/apputils-extension:notification"
    )
    return told["schema"]["properties"]["fetchNews"]["default"], told["settings"]


def test_jupyterlab_asks_nobody_about_its_news_and_keeps_what_somebody_has_set(
    monkeypatch, tmp_path
):
    monkeypatch.delenv("JUPYTER_CONFIG_PATH", raising=False)
    assert news(tmp_path) == ("none", {})  # which is: ask
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", lab.environment()["JUPYTER_CONFIG_PATH"])
    assert news(tmp_path) == ("false", {})
    own = tmp_path / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    own.parent.mkdir(parents=True)
    own.write_text('{"fetchNews": "true"}', encoding="utf-8")
    assert news(tmp_path)[1] == {"fetchNews": "true"}
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/somebody/elses")
    assert lab.environment()["JUPYTER_CONFIG_PATH"].split(os.pathsep) == [
        str(lab.SETTINGS), "/somebody/elses",
    ]  # fmt: skip

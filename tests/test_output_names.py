"""The names of what marking writes stand in `ours` alone: whoever asks for a file asks for it by that."""

import ast
from pathlib import Path

import briefing
from briefing.marking import ours

SOURCES = Path(briefing.__file__).parent
FILES = {
    value
    for value in vars(ours).values()
    if isinstance(value, str) and value.endswith((".csv", ".jsonl"))
}


def test_no_module_types_the_name_of_a_file_that_marking_writes():
    assert {"gradebook.csv", "pages.jsonl"} < FILES
    typed = [
        f"{path.relative_to(SOURCES)}:{node.lineno}: {node.value}"
        for path in SOURCES.rglob("*.py")
        if path.name != "ours.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in FILES
    ]
    assert not typed

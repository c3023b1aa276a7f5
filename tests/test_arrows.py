"""Imports between packages run one way: each package takes only from some of those that are told before it."""

import ast
from pathlib import Path

import briefing

HOME = Path(briefing.__file__).parent
FLOOR = set(
    "cells compact grade kept_rows marksheet ours output page_templates quotation row_status teacher yes_no".split()
)
"""Modules of `marking` that the packages in it stand on; `floor` is the package that they make up here."""
LISTS = set("layouts names refs roster taken_in".split())
"""Modules of `marking.hand_ins` that `whose` in it stands on; `lists` is the package that they make up here."""
ARROWS = """corpus:
answers: corpus
keys: answers corpus
widgets: answers
authoring: corpus
setting_up:
analysis.finder: corpus
analysis: analysis.finder corpus keys
figures: analysis corpus
course: analysis answers corpus figures keys widgets
floor: answers corpus keys
lists: floor
marking.hand_ins.whose: floor lists
marking.hand_ins: answers corpus floor keys lists marking.hand_ins.whose
marking.class_report: answers corpus figures floor keys
marking: answers corpus floor keys lists marking.class_report marking.hand_ins
marking.desk: answers corpus floor keys marking widgets
marking.imports: corpus floor keys lists marking
release: authoring corpus course floor keys
cli: analysis answers authoring corpus floor keys lists marking marking.hand_ins marking.imports release"""
ALLOWED = {row.split(":")[0]: set(row.split(":")[1].split()) for row in ARROWS.split("\n")}


def _package(name):
    """Return the package of something; "" for modules that stand in none, which all may use."""
    path = HOME.joinpath(*name.split(".")[1:])
    if not path.is_dir():
        name, _, last = name.rpartition(".")
        if name == "briefing.marking" and last in FLOOR:
            return "floor"
        return "lists" if name == "briefing.marking.hand_ins" and last in LISTS else _package(name)
    return name.removeprefix("briefing").strip(".")


def test_every_import_between_packages_is_one_of_the_arrows_and_they_run_one_way():
    found = {package: set() for package in ALLOWED}
    for path in HOME.rglob("*.py"):
        within = _package(".".join(("briefing", *path.relative_to(HOME).with_suffix("").parts)))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if within else ():
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("briefing"):
                homes = briefing._HOMES if node.module == "briefing" else {}
                names = (f"{homes.get(one.name, node.module)}.{one.name}" for one in node.names)
                found[within] |= {_package(name) for name in names} - {within, ""}
    assert found == ALLOWED
    before = list(ALLOWED)
    assert all(before.index(to) < before.index(one) for one in before for to in ALLOWED[one])

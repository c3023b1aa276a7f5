"""Where a file's marking stands: what follows from it is told in one place."""

import ast
from pathlib import Path

import pytest

import briefing
from briefing.marking.records import Record
from briefing.marking.row_status import NO_FILE, NO_WORK, SCORED, RowStatus

SOURCES = Path(briefing.__file__).parent
RULES = (SCORED, NO_WORK, NO_FILE)


def _named_together(tree):
    """The statuses in each list, tuple or set of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            yield {
                RowStatus[one.attr]
                for one in node.elts
                if isinstance(one, ast.Attribute) and ast.unparse(one.value) == "RowStatus"
            }


def test_which_statuses_are_scored_and_which_have_no_work_is_told_once():
    for path in SOURCES.rglob("*.py"):
        if path.name != "row_status.py":
            for found in _named_together(ast.parse(path.read_text(encoding="utf-8"))):
                assert found not in RULES, f"{path.relative_to(SOURCES)}: {sorted(found)}"


@pytest.mark.parametrize("status", RowStatus)
def test_what_is_scored_has_work_and_stays_scored_in_its_record(status):
    assert status.has_work or not status.scored
    assert Record("a.json", status).scored is status.scored

"""Fill the gradebook that a teacher exported from Canvas, for importing it again; sends nothing.

Source of the form: Canvas's `lib/gradebook_exporter.rb` and `lib/gradebook_importer.rb`. A line is matched
by `ID`; columns up to `Section` must stand first; a column is known by the number in its heading; the
line `Points Possible` describes it. An empty cell for a student who has a grade *deletes* that grade, so
every cell without new points keeps what the export had, and no other assignment is in the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from briefing.marking.cells import safe
from briefing.marking.hand_ins.roster import people_in
from briefing.marking.imports.rows import (
    ImportRefused,
    ImportRow,
    Made,
    ZeroFor,
    assigned,
    inexact,
    number,
    written,
)
from briefing.marking.marksheet import read_lines

_EXACT = {"ID": "id", "SIS User ID": "sis id", "SIS Login ID": "user name"}
_ITEM = re.compile(r".* \((\d+)\)", re.DOTALL)
_NO_STUDENT = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE)


def canvas_import(
    export: Path,
    rows: Iterable[ImportRow],
    column: str,
    *,
    points: float,
    zero_for: Collection[ZeroFor] = (),
    unfinished: bool = False,
    by_name: bool = False,
    absent: Iterable[ImportRow] = (),
) -> Made:
    """Return the exported gradebook with one column filled, as Canvas imports it.

    Args:
        export: the CSV file that Canvas's "Export" gave.
        rows: the results.
        column: which assignment: its heading, the number in it, or words that only one heading has.
        points: what the exercise is out of; scaled where `Points Possible` says something else.
        zero_for: who gets a zero instead of nothing.
        unfinished: give points although open answers wait for the teacher's mark.
        by_name: see `assigned`.
        absent: see `assigned`.

    Raises:
        ImportRefused: the file is no gradebook export, no single column is meant, or it is of another
            class.
        MarksheetUnreadable: the file cannot be read.
    """
    lines = read_lines(export)
    header = [cell.strip() for cell in lines[0]] if lines else []
    if not {"ID", "Section"} <= set(header) or not {"Student", "LastName"} & set(header):
        raise ImportRefused(
            f"{export} is not a gradebook exported from Canvas (its first line has Student, ID and "
            "Section); choose Grades, Export there, and give that file."
        )
    keep = header.index("Section") + 1
    item = _item(export, header, keep, column)
    body = [[*line, *[""] * (len(header) - len(line))] for line in lines[1:]]
    described = [line for line in body if _describes(line, header.index("ID"))]
    possible = next(
        (number(line[item]) for line in described if "Points Possible" in line[0]), None
    )
    people = people_in(
        header[:keep], [dict(zip(header[:keep], line, strict=False)) for line in body]
    )
    given, said = assigned(
        people,
        rows,
        export,
        points=points,
        possible=possible,
        zero_for=zero_for,
        unfinished=unfinished,
        by_name=by_name,
        absent=absent,
    )
    made = [[*header[:keep], header[item]]]
    made += [[*map(_kept, line[:keep]), _kept(line[item])] for line in described]
    filled = Counter[str]()
    for person in people:
        line = body[person.line - 1]
        problem = inexact(person, tuple(_EXACT.values()))
        if problem:
            said.append(problem)
            continue
        cell = given.get(person.line)
        points_given = cell.points if cell else ""
        filled.update([cell.by] if cell and cell.points else [])
        known = [
            value.strip() if name in _EXACT else safe(value)
            for name, value in zip(header[:keep], line[:keep], strict=True)
        ]
        made.append([*known, points_given or _kept(line[item])])
    return Made(written(made), filled, safe(header[item]), tuple(said))


def _describes(line: Sequence[str], at: int) -> bool:
    """Say whether a line is about assignments, as Canvas's importer tells it from a student's.

    But whoever has an id, which stands `at`, is a student, whatever they call themselves.
    """
    possible = "Points Possible" in line[0] and not line[at].strip()
    return possible or all(_NO_STUDENT.fullmatch(cell) for cell in line)


def _kept(cell: str) -> str:
    """Return a cell of the export as it was; a lone hyphen is Canvas's own sign for no grade."""
    return cell if cell.strip() == "-" else safe(cell)


def _item(export: Path, header: Sequence[str], keep: int, column: str) -> int:
    items = {at: name for at, name in enumerate(header) if at >= keep and _ITEM.fullmatch(name)}
    wanted = column.strip().casefold()
    exact = [at for at, name in items.items() if name.casefold() == wanted]
    numbered = [at for at, name in items.items() if name.endswith(f"({column.strip()})")]
    worded = [at for at, name in items.items() if wanted and wanted in name.casefold()]
    for found in (exact, numbered, worded):
        if len(found) == 1:
            return found[0]
    listed = "; ".join(safe(name) for name in list(items.values())[:10]) or "none"
    many = "several columns" if worded else "no column"
    raise ImportRefused(
        f"{export} has {many} for “{column}”; name one of its assignments: {listed}."
    )

"""Mark a folder: every answers file in it → gradebook and pages; one bad file stops nothing.

A pure map over files, then a choice where one student handed in several. Two runs over the same
folder write the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefing.marking.collect import Found, LeftAlone, answers_files
from briefing.marking.grade import Desk, Desks, Graded, RowStatus, grade
from briefing.marking.gradebook import Row, gradebook_csv, row
from briefing.marking.naming import page_name
from briefing.marking.output import fresh_folder
from briefing.marking.pages import Pages

SENTENCE = "Made by `briefing grade`; marking again replaces this folder."
GRADEBOOK = "gradebook.csv"
PAGES = "feedback"


@dataclass(slots=True)
class Summary:
    """What came of marking a folder.

    Attributes:
        rows: the gradebook's lines, in its order.
        pages: how many feedback pages were written.
        left: what was left alone.
    """

    rows: list[Row] = field(default_factory=list)
    pages: int = 0
    left: LeftAlone = field(default_factory=LeftAlone)

    @property
    def counts(self) -> Counter[RowStatus]:
        """How many rows have which status."""
        return Counter(line.status for line in self.rows)


@dataclass(slots=True)
class _Best:
    """The newest hand-in of one student and exercise so far, and what is known of the others."""

    rank: tuple[str, int, str]
    row: Row
    digest: tuple[int, int]
    revision: int
    others: list[str] = field(default_factory=list)
    copies: int = 0
    higher: int = 0


def grade_folder(
    folder: Path,
    out: Path,
    *,
    pages: bool = True,
    report: Callable[[int], None] = lambda done: None,
) -> Summary:
    """Mark every answers file below `folder` and write `out` in one piece.

    Args:
        folder: what was handed in, however nested.
        out: the folder to make: `gradebook.csv` and `feedback/`.
        pages: whether to write feedback pages.
        report: called with the number of files done so far.

    Raises:
        NothingToMark: `folder` cannot be read.
        OutputRefused: `out` cannot be written, or holds what this command did not make.
    """
    summary = Summary()
    with fresh_folder(out, SENTENCE, _is_ours, keep_from=folder) as target:
        if pages:
            (target / PAGES).mkdir()
        desks = Desks()
        makers = _PageMakers(desks)
        best: dict[tuple[str, str], _Best] = {}
        written: set[str] = set()
        for done, found in enumerate(answers_files(folder, summary.left, without=out), 1):
            graded = _grade(found, desks)
            if graded.status is RowStatus.NOT_GRADABLE:
                summary.rows.append(row(graded, found.path))
            elif _take(best, summary, graded, found) and pages:
                name = page_name(graded.student, graded.exercise)
                makers.write(target / PAGES / name, graded)
                written.add(name)
            report(done)
        summary.rows += [_final(one) for one in best.values()]
        summary.pages = len(written)
        text = gradebook_csv(summary.rows)
        (target / GRADEBOOK).write_text(text, encoding="utf-8", newline="\n")
    return summary


def _is_ours(path: str) -> bool:
    folder, _, name = path.partition("/")
    return path == GRADEBOOK or (folder == PAGES and name.endswith(".html") and "/" not in name)


def _grade(found: Found, desks: Desks) -> Graded:
    if found.problem:
        return Graded(RowStatus.NOT_GRADABLE, reasons=(found.problem,))
    return grade(found.data, desks)


def _take(
    best: dict[tuple[str, str], _Best], summary: Summary, graded: Graded, found: Found
) -> bool:
    """Keep the newer of two hand-ins; say whether this one is the newest so far."""
    who = (graded.exercise, graded.student)
    rank = (graded.saved, graded.revision, found.path)
    digest = (len(found.data), hash(found.data))
    known = best.get(who)
    if known is None:
        best[who] = _Best(rank, row(graded, found.path), digest, graded.revision)
        return True
    if digest == known.digest:
        known.copies += 1
        return False
    newer = rank > known.rank
    older_row = known.row if newer else row(graded, found.path)
    older_revision = known.revision if newer else graded.revision
    known.others.append(older_row.path)
    known.higher = max(known.higher, older_revision)
    summary.rows.append(_set_aside(older_row))
    if newer:
        known.rank, known.row, known.digest = rank, row(graded, found.path), digest
        known.revision = graded.revision
    return newer


def _set_aside(older: Row) -> Row:
    return replace(
        older,
        status=RowStatus.OLDER,
        score="",
        max_score="",
        questions=(),
        reason=f"A newer hand-in with this code counts instead. File: {older.path}.",
    )


def _final(one: _Best) -> Row:
    said = [one.row.reason] if one.row.reason else []
    if one.others:
        said.append(
            f"{len(one.others) + 1} different files carry this code; the last saved one counts "
            f"({one.row.path}, revision {one.revision}). If they are from different people, mark "
            "each one's file in a folder of its own."
        )
    if one.higher > one.revision:
        said.append(
            f"An older file has been saved more often (revision {one.higher}): ask which is meant."
        )
    if one.copies:
        said.append("The same file was handed in more than once.")
    return replace(one.row, reason=" ".join(said))


class _PageMakers:
    """Writes pages, with one maker an exercise."""

    def __init__(self, desks: Desks) -> None:
        self._desks = desks
        self._makers: dict[str, Pages] = {}

    def write(self, path: Path, graded: Graded) -> None:
        desk = self._desks.get(graded.exercise)
        if not isinstance(desk, Desk):
            return
        if graded.exercise not in self._makers:
            self._makers[graded.exercise] = Pages(desk)
        page = self._makers[graded.exercise].page(graded)
        path.write_bytes(page.encode("utf-8"))

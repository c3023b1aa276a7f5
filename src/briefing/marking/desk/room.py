"""What a cell calls: `open_desk("MARKED")`, `.mark()`, `.second("AK")`, `.compare("AK")`.

A marked class is opened where `grade` wrote it. Where there is none yet, a class is made up in a
temporary place, so that the desk can be tried.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.corpus import course_folder
from briefing.marking.carried import carried, out_of
from briefing.marking.cells import counted
from briefing.marking.desk.agreed import agreed, agreed_html, differing
from briefing.marking.desk.asked import DeskQuestion, lengthened, questions_in, row_of
from briefing.marking.desk.files import DeskRefused, second_table
from briefing.marking.desk.keeping import Keeper, known_as
from briefing.marking.desk.marks import LATER, DeskMark, is_settled, mark_in, original
from briefing.marking.entered import entered_since
from briefing.marking.kept_rows import Cells
from briefing.marking.marksheet import MarksheetUnreadable, read_sheet
from briefing.marking.open_answers import CHECKED, NAME, NEEDED
from briefing.marking.teacher import criterion_column
from briefing.marking.work import work_folder

if TYPE_CHECKING:
    from briefing.widgets.marking_desk import MarkingDesk

DEFAULT = "MARKED"
"""The folder that `grade` is told to write to; where there is none, a class is made up."""
TRIED = ("ex02", 6, 3)
"""The exercise, the students and the seed of the class that is made up."""
_MADE_UP = "briefing-desk-"
_KEPT_FOR_SECOND = ("exercise", "question", "student", "max_points", "row")


class ClassDesk:
    """A marked class's open answers, ready to be marked in a notebook."""

    def __init__(
        self, folder: Path, made_up: tempfile.TemporaryDirectory[str] | None = None
    ) -> None:
        """Take a folder that `grade` wrote; `made_up` is kept as long as the desk is."""
        self._folder = folder
        self._made_up = made_up

    def mark(self) -> None:
        """Show the first marker's desk."""
        self.widget().show()

    def second(self, initials: str) -> None:
        """Show a second marker's desk, with nobody else's marks; say what to do without initials."""
        if not initials.strip():
            print(
                "No second marker yet: write initials between the quotation marks, then run this cell."
            )
            return
        self.second_widget(initials).show()

    def compare(self, initials: str) -> None:
        """Show how far both markers agree, and the answers to settle."""
        if not initials.strip():
            print("Nothing to compare yet: a second marker comes first.")
            return
        from IPython.display import HTML, display

        asked, mine, theirs = self._both(initials)
        display(HTML(agreed_html(agreed(asked, mine, theirs), initials)))  # type: ignore[no-untyped-call]
        if any(differing(one, mine, theirs) for one in asked):
            self.settling_widget(initials).show()
        else:
            print("There is nothing to settle: no answer has been marked differently by both.")

    def widget(self) -> MarkingDesk:
        """Return the first marker's desk.

        Raises:
            MarksheetUnreadable: the table cannot be read.
        """
        asked = self._asked()
        return self._widget(asked, Keeper(self._folder / NAME, asked), "first", "")

    def second_widget(self, initials: str) -> MarkingDesk:
        """Return a second marker's desk; it holds nothing of what the first one entered.

        Raises:
            DeskRefused: `initials` holds no letter or figure, or too many.
            MarksheetUnreadable: a table cannot be read.
        """
        path = second_table(self._folder, initials)
        rows = self._rows()
        theirs = _by_row(_read(path), rows)
        blind = [_blind(cells, theirs.get(row_of(cells), {})) for cells in rows]
        asked, _ = questions_in(blind)
        lacking = {
            row_of(cells): {name: cells.get(name, "") for name in _KEPT_FOR_SECOND}
            for cells in blind
        }
        return self._widget(asked, Keeper(path, asked, lacking=lacking), "second", initials)

    def settling_widget(self, initials: str) -> MarkingDesk:
        """Return the desk at which the first marker settles what both marked differently.

        Raises:
            DeskRefused: `initials` holds no letter or figure, or too many.
            MarksheetUnreadable: a table cannot be read.
        """
        asked, mine, theirs = self._both(initials)
        name = initials.strip()
        asked = known_as(
            asked, lambda row, cells: row in theirs and is_settled(cells, name, theirs[row])
        )
        keeper = Keeper(self._folder / NAME, asked, settling=(name, theirs))
        both = {
            row: {"first": list(mine[row].levels), "second": list(theirs[row].levels)}
            for one in asked
            for row in differing(one, mine, theirs)
        }
        return self._widget(asked, keeper, "settle", name, both)

    def __repr__(self) -> str:
        return (
            "<the open answers of a class that does not exist>"
            if self._made_up
            else "<open answers>"
        )

    def _widget(
        self,
        asked: list[DeskQuestion],
        keeper: Keeper,
        mode: str,
        initials: str,
        both: Mapping[str, Mapping[str, list[str]]] | None = None,
    ) -> MarkingDesk:
        from briefing.widgets.marking_desk import MarkingDesk

        place = hashlib.sha256(str(self._folder.resolve()).encode()).hexdigest()[:8]
        marks = {seat.row: seat.mark.as_payload() for one in asked for seat in one.seats}
        return MarkingDesk(
            [one.as_config() for one in asked],
            marks,
            mode=mode,
            marker=initials,
            both=both or {},
            place=place,
            made_up=self._made_up is not None,
            save=keeper,
            newer=keeper.changed,
        )

    def _rows(self) -> list[Cells]:
        return read_sheet(self._folder / NAME, NEEDED)[1]

    def _asked(self) -> list[DeskQuestion]:
        return questions_in(self._rows())[0]

    @property
    def told(self) -> str:
        """How many answers there are to each question, and what has no place here."""
        asked, left = questions_in(self._rows())
        lines = [f"{one.title}: {counted(len(one.seats), 'answer')}" for one in asked]
        return "\n".join([*lines, *left] or ["There is no open answer in it."])

    def _both(
        self, initials: str
    ) -> tuple[list[DeskQuestion], dict[str, DeskMark], dict[str, DeskMark]]:
        """Return the questions, the first marker's marks before any settling, and the second one's."""
        theirs = _by_row(_read(second_table(self._folder, initials)), self._rows())
        asked = self._asked()
        mine, others = {}, {}
        for one in asked:
            for seat in one.seats:
                mine[seat.row] = original(seat.mark, seat.cells)
                if seat.row in theirs:
                    others[seat.row] = mark_in(one.carry(theirs[seat.row]), one.rubric, one.most)
        return asked, mine, others


def _read(path: Path) -> list[Cells]:
    return read_sheet(path, NEEDED)[1] if path.is_file() else []


def _by_row(theirs: list[Cells], first: list[Cells]) -> dict[str, Cells]:
    """Return a second marker's rows by the marks that the first one's table has."""
    return {row_of(cells): cells for cells in lengthened(theirs, map(row_of, first))}


def _blind(cells: Cells, theirs: Cells) -> Cells:
    """Return a row with the second marker's entries in place of everything the first one entered."""
    kept = {
        name: cells.get(name, "") for name in (*_KEPT_FOR_SECOND, "answer", CHECKED, "criteria")
    }
    whole = out_of(cells)
    if whole is not None:
        theirs = carried(theirs, cells["exercise"].strip(), cells["question"].strip(), whole)
    typed = (
        "points",
        "note",
        LATER,
        *(n for n in theirs if n.startswith(criterion_column(1)[:-1])),
    )
    return {
        **kept,
        "remark": theirs.get("remark", ""),
        **{name: theirs.get(name, "") for name in typed},
    }


def open_desk(folder: str | Path = DEFAULT) -> ClassDesk:
    """Return the desk for a folder that `grade` wrote, and say what is there.

    Args:
        folder: the folder; a relative one lies in `BRIEFING_CLASSES`, else in the course folder.
            Only in the place of the usual one, where there is none, a class is made up.

    Raises:
        DeskRefused: a folder of another name holds no table of open answers.
        MarksheetUnreadable: the folder's table cannot be read.
        KeyNotHere: this copy of the course has no solutions.
    """
    classes = Path(os.environ.get("BRIEFING_CLASSES") or course_folder())
    place = classes / folder
    if (place / NAME).is_file():
        desk = ClassDesk(place)
        print("\n".join(filter(None, (desk.told, _not_counted_yet(place)))))
        return desk
    if (work_folder(place) / "old" / NAME).is_file():
        raise DeskRefused(
            f"Marking {Path(folder).name} was cut short, and what you entered is safe: give the `grade` line "
            "again, then run all cells here."
        )
    if str(folder) != DEFAULT:
        there = (classes / DEFAULT / NAME).is_file()
        other = (
            "for the class that lies there"
            if there
            else "to try the desk with a class that is made up"
        )
        raise DeskRefused(
            f"There is no {NAME} in the folder {Path(folder).name}: look how the folder is spelt that `grade` "
            f"wrote, or write “{DEFAULT}” {other}."
        )
    # The notebook is stored with what this prints, and a teacher reads it before running anything.
    print(
        f"Made up, to try the desk with: a class that does not exist. When this cell was run, there was no {NAME} "
        f"in the folder {Path(folder).name}.\n(Before you run the cells, you see what was stored with the notebook. "
        "Your own class comes with Run, Run All Cells.)\n"
        "What you mark in the made-up class is thrown away when the notebook is closed."
    )
    made_up = _made_up()
    desk = ClassDesk(Path(made_up.name) / "MARKED", made_up)
    print(desk.told)
    return desk


def _not_counted_yet(place: Path) -> str:
    """Return a sentence where something was entered that no marking has taken up yet, else ""."""
    with contextlib.suppress(MarksheetUnreadable):  # of a table that is not the desk's
        tables = entered_since(place)
        if tables:
            return (
                f"You entered something in {' and '.join(tables)} since {place.name} was made: give the `grade` "
                "line again, then it counts."
            )
    return ""


def _sweep() -> None:
    """Remove made-up classes that kernels left behind which were killed long ago."""
    long_ago = time.time() - 7 * 24 * 3600
    for folder in Path(tempfile.gettempdir()).glob(f"{_MADE_UP}*"):
        with contextlib.suppress(OSError):
            if folder.stat().st_mtime < long_ago:
                shutil.rmtree(folder, ignore_errors=True)


def _made_up() -> tempfile.TemporaryDirectory[str]:
    from briefing.marking.classroom import grade_folder
    from briefing.marking.simulate import simulate_class

    _sweep()
    made = tempfile.TemporaryDirectory(prefix=_MADE_UP, ignore_cleanup_errors=True)
    handed_in = Path(made.name) / "handed-in"
    for name, data in simulate_class(*TRIED):
        path = handed_in / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    grade_folder(handed_in, Path(made.name) / "MARKED", pages=False)
    return made

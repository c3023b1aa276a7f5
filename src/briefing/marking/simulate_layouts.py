"""Lay a made-up class out as a learning platform's download, with its class list; nobody is real.

The names say so themselves ("Ana Madeup-Aab"). The shapes are those that `hand_ins/layouts.py` reads.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from zlib import crc32

from briefing.marking.hand_ins.layouts import Layout

GIVEN = ("Ana", "Bo", "Çem", "Dörte", "Élodie", "Farid", "Guðrún", "Hana", "Ioana", "Łucja", "فهد")
HAND_INS, CLASS_LIST = "hand-ins.zip", "class-list.csv"
TITLE = "Exercise"
WORKSHEET = (
    "Identifier",
    "Full name",
    "Email address",
    "Status",
    "Grade",
    "Maximum grade",
    "Grade can be changed",
    "Last modified (grade)",
    "Feedback comments",
)
"""The columns of Moodle's grading worksheet (`mod/assign/gradingtable.php`), in English."""
IN_A_GROUP = 3
"""How many students make up a group, where an assignment is one for groups."""
_WHEN = datetime(2026, 11, 6, 8, 0)


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody who does not exist, as a platform knows them.

    Attributes:
        number: the place in the class.
        seed: the class: two classes have nobody in common.
        exercise: the exercise that is handed in: Moodle numbers its participants anew in each assignment.
    """

    number: int
    seed: int = 1
    exercise: str = ""

    @property
    def _own(self) -> int:
        """The place in the school, so to say: another one for each class and student."""
        return self.number + (0 if self.seed == 1 else crc32(f"{self.seed}".encode()) % 400_000)

    @property
    def given(self) -> str:
        """The first name."""
        return GIVEN[self.number % len(GIVEN)]

    @property
    def family(self) -> str:
        """The last name, another one for each student."""
        letters, rest = "", self._own
        for _ in range(4):
            rest, letter = divmod(rest, 26)
            letters = chr(ord("a") + letter) + letters
        return f"Madeup-{letters.capitalize()}"

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.given} {self.family}"

    @property
    def id(self) -> int:
        """The platform's id of the person, the same in every assignment."""
        return 1_000_003 + 17 * self._own

    @property
    def participant(self) -> int:
        """Moodle's number, another one in each assignment."""
        digits = "".join(letter for letter in self.exercise if letter.isdigit())
        return self.id + 100_000_000 * (1 + int(digits or "0"))

    @property
    def group(self) -> str:
        """The group, where the assignment is one for groups."""
        return f"Team {1 + self.number // IN_A_GROUP}"

    @property
    def group_number(self) -> int:
        """Moodle's number of it in a download, which is no participant's."""
        return self.participant % 100_000_000 + 900_000_000

    @property
    def student_id(self) -> str:
        """The school's own number."""
        return f"S{self._own:05d}"

    @property
    def user(self) -> str:
        """The user name."""
        return f"mu_{self._own:05d}"

    @property
    def late(self) -> bool:
        """Whether it was handed in late."""
        return self.number % 7 == 6


Placed = tuple[str, bytes]


def _canvas(who: Student, nth: int, name: str, _exercise: str) -> str:
    solid = "".join(c for c in f"{who.family}{who.given}".lower() if c.isalnum())
    late = "_LATE" if who.late else ""
    stem, dot, suffix = name.rpartition(".")
    again = f"-{nth}" if nth else ""
    return f"{solid}{late}_{who.id}_{8_000_000 + 10 * who.number + nth}_{stem}{again}{dot}{suffix}"


def _moodle(who: Student, nth: int, name: str, _exercise: str) -> str:
    try_ = f"try {nth}/" if nth else ""
    return f"{who.name}_{who.participant}_assignsubmission_file/{try_}{name}"


def _moodle_flat(who: Student, nth: int, name: str, _exercise: str) -> str:
    return f"{who.name}_{who.participant}_assignsubmission_file_{f'{nth} ' if nth else ''}{name}"


def _moodle_group(who: Student, nth: int, name: str, _exercise: str) -> str:
    try_ = f"try {nth}/" if nth else ""
    return f"{who.group}_{who.group_number}_assignsubmission_file/{try_}{name}"


def _blackboard(who: Student, nth: int, name: str, exercise: str) -> str:
    return f"{TITLE} {exercise}_{who.user}_attempt_{_stamp(who, nth)}_{name}"


def _stamp(who: Student, nth: int) -> str:
    when = _WHEN + timedelta(minutes=7 * who.number, hours=nth)
    return f"{when:%Y-%m-%d-%H-%M-%S}"


def _google(who: Student, nth: int, _name: str, exercise: str) -> str:
    return f"{exercise} - {who.name}{f' ({nth})' if nth else ''}.json"


def _nbgrader(who: Student, nth: int, name: str, exercise: str) -> str:
    return f"submitted/{who.user}/{exercise}/{f'try-{nth}/' if nth else ''}{name}"


_PATHS: Mapping[Layout, Callable[[Student, int, str, str], str]] = {
    Layout.CANVAS: _canvas,
    Layout.MOODLE: _moodle,
    Layout.BLACKBOARD: _blackboard,
    Layout.GOOGLE: _google,
    Layout.NBGRADER: _nbgrader,
}


def laid_out(
    layout: Layout,
    files: Iterable[Placed],
    exercise: str,
    *,
    flat: bool = False,
    seed: int = 1,
    groups: bool = False,
) -> Iterator[Placed]:
    """Yield the files of `simulate_class` as a platform names them, with its own files.

    Args:
        layout: one of Canvas, Moodle, Blackboard, Google and nbgrader.
        files: paths that begin with a student's number, and bytes.
        exercise: the exercise's name.
        flat: Moodle's names without folders.
        seed: the class.
        groups: whether Moodle took one hand-in for each group; whoever is the last of theirs hands it in.
    """
    place = _moodle_flat if flat and layout is Layout.MOODLE else _PATHS[layout]
    if groups:
        files, place = list(files), _moodle_group
        last = {int(path[:5]) // IN_A_GROUP: path[:5] for path, _ in files}
        files = [one for one in files if one[0][:5] in last.values()]
    handed = dict[int, int]()
    for path, data in files:
        who = Student(int(path[:5]), seed, exercise)
        nth = handed.get(who.number, 0)
        handed[who.number] = nth + 1
        name = PurePosixPath(path).name
        if layout is Layout.BLACKBOARD:
            yield _blackboard_text(who, nth, name, exercise)
        elif layout is Layout.NBGRADER and not nth:
            stamp = f"2026-11-06 {8 + who.number % 12:02d}:00:00.000000 UTC"
            yield f"submitted/{who.user}/{exercise}/timestamp.txt", stamp.encode()
        yield place(who, nth, name, exercise), data


def _blackboard_text(who: Student, nth: int, name: str, exercise: str) -> Placed:
    path = f"{TITLE} {exercise}_{who.user}_attempt_{_stamp(who, nth)}.txt"
    text = (
        f"Name: {who.name} ({who.user})\nAssignment: {TITLE} {exercise}\n"
        "Date Submitted: Friday, November 6, 2026 8:00:00 AM CET\nCurrent Grade: Needs Grading\n\n"
        "Submission Field:\nThere is no student submission text data for this assignment.\n\n"
        "Comments:\nThere are no student comments for this assignment.\n\nFiles:\n"
        f"\tOriginal filename: {name}\n\tFilename: {_blackboard(who, nth, name, exercise)}\n"
    )
    return path, text.encode()


def zipped(files: Iterable[Placed]) -> bytes:
    """Return a zip of the files, in their order, that is the same whenever it is made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path, data in files:
            info = zipfile.ZipInfo(path, date_time=(2026, 11, 7, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return made.getvalue()


def class_list(
    layout: Layout,
    students: int,
    exercise: str,
    points: float = 20,
    seed: int = 1,
    *,
    groups: bool = False,
) -> bytes:
    """Return the platform's own list of the class, and two more people who handed nothing in.

    For Moodle it is the grading worksheet, for Canvas the exported gradebook, for others a plain list.
    """
    people = [Student(number, seed, exercise) for number in range(students + 2)]
    item = f"{TITLE} {exercise} (7001)"
    made = io.StringIO()
    write = csv.writer(made, lineterminator="\n").writerow
    match layout:
        case Layout.CANVAS:
            write(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", item, "Final Score"])
            write(["    Points Possible", "", "", "", "", f"{points:.2f}", "(read only)"])
            for who in people:
                name = f"{who.family}, {who.given}"
                write([name, who.id, who.student_id, who.user, "10b", "", ""])
        case Layout.MOODLE:
            write([*WORKSHEET[:4], *(["Group"] if groups else []), *WORKSHEET[4:]])
            for who in people:
                mail = f"{who.user}@example.org"
                status = "Submitted for grading" if who.number < students else "No submission"
                known = [f"Participant {who.participant}", who.name, mail, status]
                known += [who.group] if groups else []
                write([*known, "", f"{points:.2f}", "Yes", "-", ""])
        case _:
            write(["id", "name", "username"])
            for who in people:
                write([who.student_id, who.name, who.user])
    return made.getvalue().encode("utf-8")

"""Read from a path whose file it is, as each LMS names what it lets a teacher download; opens nothing.

Every shape was looked up in the code that writes it, or that others wrote to read it; the functions
say where. A path that does not fit says nothing: its file is then known by the code in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from briefing.visible import visible

Parts = Sequence[str]


class Layout(StrEnum):
    """How a folder or zip of hand-ins is laid out."""

    PLAIN = "plain"
    CANVAS = "canvas"
    MOODLE = "moodle"
    BLACKBOARD = "blackboard"
    GOOGLE = "google"
    NBGRADER = "nbgrader"
    FOLDERS = "folders"


NAMES: Mapping[Layout, str] = {
    Layout.PLAIN: "a plain folder",
    Layout.CANVAS: "a Canvas download",
    Layout.MOODLE: "a Moodle download",
    Layout.BLACKBOARD: "a Blackboard download",
    Layout.GOOGLE: "a Google Classroom folder",
    Layout.NBGRADER: "an nbgrader course",
    Layout.FOLDERS: "one folder for each student",
}
"""What a summary calls a layout."""


def of_layout(own: str, layout: Layout) -> str:
    """Return how an id in a path stands where another kind of id of a class list is spelt so, or it is not theirs."""
    return f"{own} ({layout})"


def without_layout(own: str) -> str:
    """Return the id that `of_layout` was given."""
    return _OF_LAYOUT.sub("", own)


_OF_LAYOUT = re.compile(rf" \((?:{'|'.join(Layout)})\)\Z")


class Claim(Struct, frozen=True, gc=False):
    """What a path says of a file.

    Attributes:
        id: the LMS's own id of the student (or team), or "" where the path gives only a name.
        name: the name as the path has it, or "".
        late: whether the LMS marked it late; None where it does not say.
        attempt: greater is later among one student's files; 0 where not said.
        batch: what the files of one hand-in have in common, where the LMS adds one of its own.
        own: whether the file is the LMS's own.
        squeezed: whether the name stands without spaces, last name first.
        others: what it says as well, where the path can be cut in more than one way.
        sure: whether the id alone is an identity; a mere name in a file's name is none, for anybody
            can type it.
        download: which of several downloads in one source it is from, where each has ids of its own.
        before: the id of the first cut, where another one was taken: it may be the LMS's own.
        bare: the LMS's id alone, where `id` has the name as well because the id goes with several names.
        problem: why nobody can tell whose it is, one sentence that says what to do, or "".
    """

    id: str = ""
    name: str = ""
    late: bool | None = None
    attempt: int = 0
    batch: str = ""
    own: bool = False
    squeezed: bool = False
    sure: bool = True
    others: tuple[Claim, ...] = ()
    download: str = ""
    bare: str = ""
    before: str = ""
    problem: str = ""

    @property
    def number(self) -> str:
        """The LMS's id alone: what a class list is asked for, and what tells who handed in from the others."""
        return self.bare or self.id


_CANVAS_FILE = r"(?:(?P<file>\d+)_.+|(?:text|link)\.html)\Z"
_CANVAS_ANONYMOUS = re.compile(
    rf"(?P<late>LATE_)?(?P<id>anon_(?!LATE_)[0-9A-Za-z]+)_{_CANVAS_FILE}", re.DOTALL
)
_CANVAS_CUT = re.compile(
    rf"(?:\A|(?<=[^\s/]))(?P<late>_LATE)?_(?=(?P<id>\d+)_{_CANVAS_FILE})", re.DOTALL
)
_NO_LETTER = "-"
"""What a name of signs alone is called, for without any it would not be compared with that on a list."""
_MOST_CUTS = 20
_SHOWN = 40


def canvas(parts: Parts) -> Claim | None:
    """Read `lastfirst_LATE_12345_67890_ex02.json`.

    Source: Canvas's `lib/content_zipper.rb`: name (the sortable name in small letters, all but
    letters, digits and `_` taken out), `LATE`, the user's id or `anon_` and the anonymous one, then
    the attachment's id and the file's name; `_text.html` and `_link.html` for what was typed. A team's
    name stands where a person's does. A later upload has a greater attachment id. The zip is flat.
    Where a name or a file's name holds numbers between `_`, there are several cuts: the first one that
    is possible, with the `others`; of more than 20 the right one might be none, so that it is nobody's.
    A name of signs alone leaves nothing before the first `_`: such a path has to be read as well, for
    what lies below it, in a student's own zip, may have any name.
    """
    for part in parts:
        cuts = list(islice(_CANVAS_CUT.finditer(part), _MOST_CUTS + 1))
        if len(cuts) > _MOST_CUTS:
            late = any(found["late"] for found in cuts)
            return Claim(late=late, sure=False, problem=_too_many(cuts[0], part))
        named = ((found, part[: found.start()]) for found in cuts)
        claims = [
            _canvas(found, name.strip("_") or _NO_LETTER)
            for found, name in named
            if not re.search(r"\s", name)
        ]
        anonymous = _CANVAS_ANONYMOUS.match(part)
        if anonymous:  # somebody may be called so, and somebody's file like an id and another
            claims.insert(0, _canvas(anonymous, ""))
        if claims:
            return replace(claims[0], others=tuple(claims[1:]))
    return None


def _too_many(first: re.Match[str], part: str) -> str:
    called = visible(part[: first.start()].strip("_")[:_SHOWN])
    return (
        f"Its name has more than {_MOST_CUTS} numbers between “_”, so that nobody can tell whose it is (the first "
        f"would be “{called}”, id {first['id'][:_SHOWN]}); ask that student for a file with a short name, or "
        "shorten it yourself if you know."
    )


def _canvas(found: re.Match[str], name: str) -> Claim:
    return Claim(
        id=found["id"],
        name=name.replace("_", " ").strip(),
        late=bool(found["late"]),
        attempt=int((found["file"] or "0")[:15]),
        squeezed=True,
    )


_MOODLE = re.compile(
    r"(?P<name>.+?)(?:_(?P<id>\d{1,18}))?_assignsubmission_[a-z]+(?:_.*)?", re.DOTALL
)
PARTICIPANT = frozenset(
    {
        "participant",
        "teilnehmer",
        "teilnehmerin",
        "teilnehmer/in",
        "participante",
        "partecipante",
        "deelnemer",
        "uczestnik",
        "участник",
        "учасник",
        "katılımcı",
        "účastník",
        "deltager",
        "deltagare",
        "osallistuja",
        "résztvevő",
        "participantă",
        "مشارك",
        "משתתף",
        "参加者",
        "参与者",
        "参与人",
        "참가자",
    }
)
"""The word that Moodle writes for somebody whose name is hidden, and in worksheets before every number."""

_NO_GROUP = frozenset(
    {
        "default group",
        "default team",
        "standard-gruppe",
        "standardgruppe",
        "grupo por defecto",
        "grupo predefinido",
        "grupo padrão",
        "groupe par défaut",
        "gruppo di default",
        "gruppo predefinito",
        "standaardgroep",
        "группа по умолчанию",
        "numatyta grupė",
        "デフォルトグループ",
    }
)
"""What Moodle calls those who are in no group (its `defaultteam`), in small letters; other languages have more."""


def is_called_as_none(name: str, number: str) -> bool:
    """Say whether a group has a number, and the name that Moodle gives to all who are in no group.

    Where students name their groups, one can have this name. Only its number tells it from those without a
    group, who have none; a worksheet has no numbers of groups.
    """
    return number != name and " ".join(name.casefold().split()) in _NO_GROUP


def moodle(parts: Parts) -> Claim | None:
    """Read `Ana B_1234567_assignsubmission_file_/ex02.json`, or the same in one name.

    Source: Moodle's `mod/assign/classes/downloader.php` (before 4.1 `mod/assign/locallib.php`): the
    full name with its `_` made spaces, the id that the grading worksheet calls `Participant 1234567`,
    and the submission plugin; as folders (some versions end them with `_`), or before the file's name
    where "Download submissions in folders" is off. In blind marking the name is the word for
    "Participant". Where students submit in groups, the group's name and number (that of no worksheet)
    stand there, and those who are in no group are one, `Default group` without a number; before 4.1 each
    member had a copy, `Group-Full Name_1234567`.
    """
    for at, part in enumerate(parts):
        found = _MOODLE.fullmatch(part)
        if found is None:
            continue
        name = found["name"].replace("_", " ").strip()
        anonymous = name.casefold() in PARTICIPANT
        return Claim(
            id=found["id"] or name,
            name="" if anonymous else name,
            download="/".join(parts[:at]),
        )
    return None


_TYPED_IN_MOODLE = re.compile(r".+?(?:_\d{1,18})?_assignsubmission_onlinetext(?:_.*)?", re.DOTALL)


def typed_in_moodle(parts: Parts) -> bool:
    """Say whether a path is that of a text typed into Moodle instead of a file: `…_onlinetext/onlinetext.html`.

    Source: `mod/assign/submission/onlinetext/locallib.php`; what it exports is always called so.
    """
    if not parts[-1].endswith("onlinetext.html"):
        return False
    whose = next(filter(_MOODLE.fullmatch, parts), "")
    return _TYPED_IN_MOODLE.fullmatch(whose) is not None


_BLACKBOARD = re.compile(
    r"(?P<who>.+?)_[^\W\d_]+_(?P<when>\d{4}(?:-\d\d){5})(?:\.txt|_.+)", re.DOTALL
)


def blackboard(parts: Parts) -> Claim | None:
    """Read `Exercise 2_ab123_attempt_2026-11-22-19-40-00_ex02.json` and its `….txt`.

    Source: nbgrader's `plugins/zipcollect.py` (`ps1_bitdiddle_attempt_2016-01-30-15-00-00_…`) and
    public readers of the text that Blackboard adds, which begins `Name: Ana B (ab123)`. "attempt" is
    translated on some sites ("poging"). Assignment and user name may both hold `_`, so the id is
    the whole of both here; `batches.py` and `survey.py` tell them apart. The time has no zone: it orders attempts
    and says no more.
    """
    for part in parts:
        found = _BLACKBOARD.fullmatch(part)
        if found is None:
            continue
        return Claim(
            id=found["who"],
            attempt=int(found["when"].replace("-", "")),
            batch=f"{found['who']}_{found['when']}",
            own=part.endswith(".txt") and part[: -len(".txt")].endswith(found["when"]),
        )
    return None


_GOOGLE = re.compile(r".+ [-–] (?P<name>[^\W\d_][^/]*?)(?: ?\(\d+\))?(?:\.[A-Za-z0-9]{1,8}){0,3}")


def google(parts: Parts) -> Claim | None:
    """Read `ex02 - Ana B.json`.

    Classroom puts everything flat into one Drive folder: a copy made for each student is called
    `Title - Name`, a file that a student adds keeps its own name. We found no code or page that fixes
    this shape, and anybody can give a file such a name: so it is a hint that only a roster makes an
    identity.
    """
    found = _GOOGLE.fullmatch(parts[-1])
    return Claim(name=found["name"].strip(), sure=False) if found else None


def nbgrader(parts: Parts, at: int | None = None) -> Claim | None:
    """Read `submitted/ab123/ex02/ex02.json` and its `timestamp.txt`.

    Args:
        parts: the path.
        at: how deep the folder `submitted` lies in this source; a student's own folder may hold
            another. None where that is not known yet: the outermost is taken.

    Source: nbgrader's "How to structure course files": `{course}/{step}/{student}/{assignment}/…`,
    the step of what was collected being `submitted`; `timestamp.txt` is written when it was handed in.
    """
    if "submitted" not in parts[:-3] or at not in (None, parts.index("submitted")):
        return None
    return _nbgrader(parts, parts.index("submitted") + 1)


def bare_nbgrader(parts: Parts) -> Claim | None:
    """Read the same where the source is the folder `submitted` itself."""
    return _nbgrader(parts, 0) if len(parts) >= 3 else None


def _nbgrader(parts: Parts, at: int) -> Claim:
    own = parts[-1] == "timestamp.txt" and len(parts) == at + 3
    return Claim(id=parts[at], batch="/".join(parts[: at + 2]), own=own)


NBGRADER_STEPS = frozenset({"source", "release", "autograded", "feedback", "solution"})
"""nbgrader's other folders, beside `submitted`: copies and results, never what was handed in."""


def folders(parts: Parts) -> Claim | None:
    """Read `Ana B/…`: the outermost folder is the student's; only where the teacher says so."""
    return Claim(id=parts[0], name=parts[0].removesuffix(".zip")) if len(parts) > 1 else None


READERS: Mapping[Layout, Callable[[Parts], Claim | None]] = {
    Layout.CANVAS: canvas,
    Layout.MOODLE: moodle,
    Layout.BLACKBOARD: blackboard,
    Layout.NBGRADER: nbgrader,
    Layout.GOOGLE: google,
    Layout.FOLDERS: folders,
}
GUESSED = (Layout.MOODLE, Layout.CANVAS, Layout.BLACKBOARD, Layout.NBGRADER, Layout.GOOGLE)
"""The layouts that are recognised without being told, the surest first."""

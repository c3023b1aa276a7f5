"""Read a class list and say who on it is meant; ambiguous matches are said and never guessed.

Any of the usual exports will do: Canvas's gradebook, Moodle's grading worksheet, participants or
grades, Blackboard's Grade Center, or a table of one's own with `id,name,code`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from unicodedata import normalize

from briefing.errors import BriefingError
from briefing.marking.hand_ins import taken_in
from briefing.marking.hand_ins.layouts import PARTICIPANT
from briefing.marking.hand_ins.names import LONGEST, alike, group_key, spellings, squeezed, words_of
from briefing.marking.marksheet import read_sheet
from briefing.visible import MOST_OF_A_NAME, quoted

COLUMNS: Mapping[str, str] = {
    "identifier": "identifier",
    "id": "id",
    "student id": "student id",
    "id number": "id number",
    "idnumber": "id number",
    "sis user id": "sis id",
    "org defined id": "student id",
    "username": "user name",
    "user name": "user name",
    "login": "user name",
    "sis login id": "user name",
    "email address": "email",
    "email": "email",
    "e-mail": "email",
    "e-mail-adresse": "email",
    "adresse de courriel": "email",
    "dirección de correo": "email",
    "indirizzo email": "email",
    "e-mailadres": "email",
    "student": "name",
    "name": "name",
    "full name": "name",
    "student name": "name",
    "vollständiger name": "name",
    "nom complet": "name",
    "nombre completo": "name",
    "nome completo": "name",
    "volledige naam": "name",
    "first name": "first",
    "firstname": "first",
    "given name": "first",
    "vorname": "first",
    "prénom": "first",
    "nombre": "first",
    "voornaam": "first",
    "last name": "last",
    "lastname": "last",
    "surname": "last",
    "family name": "last",
    "nachname": "last",
    "nom de famille": "last",
    "apellido(s)": "last",
    "apellidos": "last",
    "achternaam": "last",
    "code": "code",
    "section": "section",
    "group": "section",
    "groups": "section",
    "gruppe": "section",
    "groupe": "section",
    "grupo": "section",
    "gruppo": "section",
    "groep": "section",
    "grupp": "section",
    "grup": "section",
    "grupa": "section",
    "группа": "section",
    "группы": "section",
    "群组": "section",
    "class": "section",
}
"""What a roster's columns are taken for, by their heading in small letters; others are left alone."""
ID_KINDS = ("identifier", "id", "student id", "id number", "sis id", "user name", "email")
"""Kinds of ids; the first that a roster has is the one that tells its people apart."""
_STATUS = frozenset({"status", "statut", "estado", "stato", "état", "estat", "статус", "stan"})
_TEST_STUDENT = "Student, Test"
_NUMBERED = re.compile(r"\s*\d+\Z")
_WRAPPED = re.compile(r'="(.*)"')
_KEPT_AS_TEXT = re.compile(r"\A'(?=[=+\-@\d])")


class RosterUnreadable(BriefingError):
    """A class list that cannot be read, or that names nobody."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a roster.

    Attributes:
        id: what tells this person from every other on the roster.
        name: the name as the roster has it.
        ids: the ids of all kinds that the roster has, by kind.
        code: the code in the answers files, where the roster has it.
        section: the section, group or class.
        line: the row of the roster, 1 being the first below the header.
    """

    id: str
    name: str
    ids: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    section: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """Who is meant: one person, or none and, where several could be, a sentence that says so.

    `by` tells by what the person was found; "group" where only a group of theirs was. `could` are the several.
    """

    person: Person | None = None
    sentence: str = ""
    by: Literal["", "id", "name", "code", "group"] = ""
    could: tuple[Person, ...] = ()


class Roster:
    """A class list, indexed; `left_out` are sentences on rows of its file that are not in it."""

    def __init__(self, people: Iterable[Person], left_out: Sequence[str] = ()) -> None:
        self.people, self.left_out = tuple(people), tuple(left_out)
        self._ids: dict[tuple[str, str], list[Person]] = defaultdict(list)
        self._words: dict[tuple[str, ...], list[Person]] = defaultdict(list)
        self._solid: dict[str, list[Person]] = defaultdict(list)
        self._codes: dict[str, list[Person]] = defaultdict(list)
        self._groups: dict[str, list[Person]] = defaultdict(list)
        self._two_names: dict[str, bool] = {}
        self._people = {person.id: person for person in self.people}
        for person in self.people:
            for kind, value in person.ids.items():
                self._ids[kind, _key(value)].append(person)
            if person.name:
                for words in spellings(person.name):
                    self._words[words].append(person)
                for solid in squeezed(person.name):
                    self._solid[solid].append(person)
            if person.code:
                self._codes[_key(person.code)].append(person)
            for group in groups_of(person):
                self._groups[group].append(person)

    @classmethod
    def read(cls, path: Path) -> Roster:
        """Read a class list from a CSV file, whatever spreadsheet saved it.

        Raises:
            RosterUnreadable: it has no column that names people, or no people.
            MarksheetUnreadable: it cannot be read as a table.
        """
        header, rows = read_sheet(path, (), foreign=True)
        people = people_in(header, rows)
        torn = _taken_in(header, rows)
        if not people:
            raise RosterUnreadable(
                f"{path} names nobody: a roster needs a first line with “name”, or an id such as "
                "“ID”, “Identifier”, “User name” or “Email address”, and a line for each student."
            )
        said = [taken_in.said(line, column) for line, column in torn.items()]
        return cls([one for one in people if one.line not in torn], said)

    def group(self, name: str) -> list[Person]:
        """Return the members of the group of that name, as a list or a path writes it."""
        return self._groups.get(group_key(name), [])

    def two_names(self, group: str) -> bool:
        """Say whether Moodle's worksheet has two groups for one name, as `group_key` has it.

        Other lists have all of somebody's groups in one cell.
        """
        if group not in self._two_names:
            members = self._groups.get(group, ())
            names = {one.section for one in members if "identifier" in one.ids}
            self._two_names[group] = len(names) > 1
        return self._two_names[group]

    def hands_in(self, name: str, ids: Mapping[str, str]) -> bool:
        """Say whether what a path or a row names is a group of the list, and no person of the same name.

        A group and a student may have one name: then only the student's own id makes it the student's.
        """
        if not self.group(name):
            return False
        person = self.find(ids, name)
        exact = person.by == "id" and person.person
        return not (exact and group_key(exact.name) == group_key(name))

    def meant(self, typed: str) -> str:
        """Return the id of the only person whose id, code or name this is; "" where nobody fits alone.

        Args:
            typed: what a teacher typed; of a name, case, accents and order do not matter.
        """
        found = self.could_be(typed)
        return next(iter(found)) if len(found) == 1 else ""

    def could_be(self, typed: str) -> frozenset[str]:
        """Return the ids of all whose id, or else whose code or name this is."""
        if typed in self._people:
            return frozenset({typed})
        return frozenset(one.id for one in (*self._codes.get(_key(typed), ()), *self._named(typed)))

    def find(
        self, ids: Mapping[str, str], name: str = "", *, without_spaces: bool = False
    ) -> Match:
        """Return who is meant by an id, otherwise by a name.

        Args:
            ids: ids by kind (see `ID_KINDS`); one counts only for a roster's column of its kind, and
                only where the names, if both are known, have a word in common.
            name: the name, in any order, case and spelling of accents.
            without_spaces: whether it stands without spaces.
        """
        for kind, value in ids.items():
            found = self._ids.get((kind, _key(value.strip())), [])
            if len(found) > 1:
                said = f"{len(found)} people on the roster have the {kind} {value}."
                return Match(None, said, could=tuple(found))
            if found and (
                not name
                or not found[0].name
                or alike(found[0].name, name, without_spaces=without_spaces)
            ):
                return Match(found[0], by="id")
        if not name:
            return Match()
        named = (
            self._solid.get("".join(words_of(name)), [])
            if without_spaces and len(words_of(name)) == 1
            else self._named(name)
        )
        if len(named) > 1:
            called = quoted(name, MOST_OF_A_NAME)
            said = f"{len(named)} people on the roster can be {called}; which one is not guessed."
            return Match(None, said, could=tuple(named))
        return Match(named[0], by="name") if named else Match()

    def _named(self, name: str) -> list[Person]:
        """Return everybody of that name, whatever became of its apostrophe."""
        found = (person for words in spellings(name) for person in self._words.get(words, ()))
        return list({person.id: person for person in found}.values())

    def meant_by(self, ids: Mapping[str, str], name: str = "", code: str = "") -> list[Person]:
        """Return everybody who could be meant, by any of these: who is to lose nothing where nobody is found."""
        found = [one for kind, own in ids.items() for one in self._ids.get((kind, _key(own)), ())]
        found += self._named(name) + self._solid.get("".join(words_of(name)) or " ", [])
        found += self._codes.get(_key(code), ())
        return list({person.line: person for person in found}.values())

    def person(self, identity: str) -> Person | None:
        """Return the person whose `Person.id` that is."""
        return self._people.get(identity)

    def by_code(self, code: str) -> Match:
        """Return whose code it is, where the roster has codes."""
        found = self._codes.get(_key(code.strip()), [])
        if len(found) > 1:
            said = f"{len(found)} people on the roster have the code {code}."
            return Match(None, said, could=tuple(found))
        return Match(found[0], by="code") if found else Match()


def groups_of(person: Person) -> frozenset[str]:
    """Return the groups that somebody is in, as `group_key` has them.

    Moodle's worksheet has just one for each. Its participants have all of theirs, with commas between.
    """
    parts = [] if "identifier" in person.ids else person.section.split(",")
    return frozenset(filter(None, map(group_key, (person.section, *parts))))


def _key(value: str) -> str:
    """Return an id or code as it is compared: in small letters, its accents as one sign with their letter.

    Some systems write paths with the accents as signs of their own. What is longer than any id stays as
    it is, for to put its signs in order can take its square.
    """
    if len(value) > LONGEST:
        return value
    return normalize("NFC", normalize("NFC", value).casefold())


def people_in(header: Iterable[str], rows: Iterable[Mapping[str, str]]) -> list[Person]:
    """Return the people in a table; rows that name nobody (Canvas's `Points Possible`) are left out."""
    header, rows = list(header), list(rows)
    kinds = _worksheet(header, rows)
    for column in header:
        kind = "" if column in kinds else _kind(column)
        if kind and kind not in kinds.values():
            kinds[column] = kind
    main = next((kind for kind in ID_KINDS if kind in kinds.values()), "")
    found, taken = list[Person](), dict[str, Person]()
    for line, row in enumerate(rows, 1):
        cells = {kind: _cell(row.get(column, "")) for column, kind in kinds.items()}
        person = _person(cells, main, line)
        if person is None:
            continue
        before = taken.get(person.id)
        if before is not None:
            same = before.name == person.name and before.ids == person.ids
            if same and (person.ids or before.code == person.code):
                continue  # a person in two sections has two rows in some exports
            person = Person(
                f"{person.id} (row {line})",
                person.name,
                person.ids,
                person.code,
                person.section,
                line,
            )
        taken[person.id] = person
        found.append(person)
    return found


def _taken_in(header: Sequence[str], rows: Sequence[Mapping[str, str]]) -> dict[int, str]:
    """Return the rows that hold others (see `hand_ins.taken_in`), with the column where."""
    kinds = _worksheet(header, rows) or {column: _kind(column) for column in header}
    known = {kind: column for column, kind in reversed(kinds.items())}
    main = next((known[kind] for kind in (*ID_KINDS, "name", "first") if kind in known), "")
    found = (
        (line, taken_in.taken_in(header, row, main)) for line, row in enumerate(rows, 1) if main
    )
    return {line: column for line, column in found if column}


def _kind(column: str) -> str:
    """Return what a column holds, by its heading; "" where that says nothing."""
    return COLUMNS.get(" ".join(column.casefold().split()), "")


def _worksheet(header: Sequence[str], rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return what the first columns of Moodle's grading worksheet are, in whatever language it is.

    Its first column has the word for a participant and a number. The second has the names, unless Moodle
    hides them: then the status stands there, which is the same for many, though not in a class of three.
    """
    if not header or not rows:
        return {}
    words = {_NUMBERED.sub("", _cell(row.get(header[0], ""))).casefold() for row in rows}
    if not words <= PARTICIPANT:
        return {}
    second = [_cell(row.get(header[1], "")) for row in rows] if len(header) > 2 else []
    known = {_kind(column) for column in header}
    apart = len(second) > 1 and len(second) - len(set(second)) <= len(second) // 10
    status = len(header) > 1 and " ".join(header[1].casefold().split()) in _STATUS
    named = apart and not status and not known & {"name", "first", "last"}
    return {header[0]: "identifier"} | ({header[1]: "name"} if named else {})


def _can_be_canvas_own(ids: Mapping[str, str]) -> bool:
    """Say whether nothing but Canvas itself knows somebody of these ids: no school, and no mail."""
    return ids.keys() <= {"id", "user name"} and "@" not in ids.get("user name", "")


def _person(cells: Mapping[str, str], main: str, line: int) -> Person | None:
    name = cells.get("name") or " ".join(filter(None, (cells.get("first"), cells.get("last"))))
    ids = {kind: cells[kind] for kind in ID_KINDS if cells.get(kind)}
    # Anybody may call themselves so; Canvas's own row has no id.
    own = name == _TEST_STUDENT and _can_be_canvas_own(ids)
    if own or (not ids and "points possible" in name.casefold()):
        return None
    if "identifier" in ids:  # Moodle's `Participant 1234567`, in the site's language
        ids["identifier"] = re.sub(r"\A\D+(?=\d+\Z)", "", ids["identifier"])
    identity = ids.get(main) or next(iter(ids.values()), "") or name or cells.get("code", "")
    if not identity:
        return None
    return Person(identity, name, ids, cells.get("code", ""), cells.get("section", ""), line)


def _cell(text: str) -> str:
    """Return a cell without what exports and spreadsheets put around it (`="007"`, `'007`)."""
    text = " ".join(text.split())
    wrapped = _WRAPPED.fullmatch(text)
    return _KEPT_AS_TEXT.sub("", wrapped[1] if wrapped else text).strip()

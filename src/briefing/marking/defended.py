"""The table of defended marks: what students argue for, and what their teacher accepts of it.

`defended.csv` is written beside the gradebook and read back each time. It shows arguments and no names:
an argument is judged, not a person. What a teacher decided is never lost, and counts for the class's key
also while nobody has such a mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.keys import Question
from briefing.keys.labels import LabelsKey
from briefing.keys.marks import MarksKey
from briefing.keys.matching import weight
from briefing.marking import ours
from briefing.marking.accepted import Accepted, Taken
from briefing.marking.cells import safe
from briefing.marking.defences import Argued, Defences, OutsideKey, words_of
from briefing.marking.grade import Desk, Desks
from briefing.marking.kept_rows import UNUSED, Cells, Form, KeptRows, parts
from briefing.marking.marksheet import write_sheet
from briefing.marking.yes_no import yes_or_no
from briefing.visible import quoted

NAME = ours.DEFENDED
NAMES = ("exercise", "question", "where", "words", "label")
SHOWN = (*NAMES, "the key says", "students", "arguments")
COLUMNS = (*SHOWN, "accept", "remark", "row")
FORM = Form(NAME, columns=COLUMNS, needed=(*NAMES, "accept"), names=NAMES, typed=("accept",))
PAID = frozenset({"paid", "pay"})
LONGEST = 5_000
NOBODY = "Nobody has this mark this time. What you decided is kept and counts."
TWICE = f"{UNUSED} yet: two rows decide differently on this mark, keep one."
_ROW = re.compile(r"([a-z]{1,20}[0-9]{2}):([a-z][a-z0-9_-]{0,39}):(.{1,60}):([^:]{1,300})")
_SLASH = re.compile(r"(?<!\s)\s*+[/⁄∕／]\s*+")
_PLACE = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")


@dataclass
class Defended(KeptRows):
    """A class's defended marks and what the teacher has decided so far."""

    form: Form = FORM

    @classmethod
    def read(cls, *paths: Path) -> Defended:
        """Return what was decided in the tables `paths`; a later table wins over an earlier one.

        Raises:
            MarksheetUnreadable: one of them cannot be read.
        """
        book = cls()
        book.take(*paths)
        return book

    def accepted(self, desks: Desks) -> Accepted:
        """Return what was accepted; rows that cannot be counted are left out, see `table`.

        Args:
            desks: the exercises, as the course has them.
        """
        taken = []
        for what, rows in self._decided(desks)[0].items():
            accepts, problem = _decision(rows)
            if accepts and not problem:
                taken.append(Taken(what, accepts == "paid"))
        return Accepted.of(taken)

    def _decided(
        self, desks: Desks
    ) -> tuple[dict[OutsideKey, list[Cells]], list[tuple[Cells, str]]]:
        """Return the rows by what they are about, and those of which that cannot be told, with why."""
        decided: dict[OutsideKey, list[Cells]] = {}
        lost: list[tuple[Cells, str]] = []
        for row in self.rows:
            what, problem = self._what(row, desks)
            if what is None:
                lost.append((row, problem))
            else:
                decided.setdefault(what, []).append(row)
        return decided, lost

    def _what(self, row: Cells, desks: Desks) -> tuple[OutsideKey | None, str]:
        """Return what a row is about, or why it cannot be told."""
        found = _ROW.fullmatch(row.get("row", "").strip())
        exercise, question = (
            (found[1], found[2]) if found else (row["exercise"].strip(), row["question"].strip())
        )
        desk = desks.get(exercise)
        if isinstance(desk, str) or question not in desk.exercise.questions:
            return None, f"{UNUSED}: there is no question “{question[:40]}” in “{exercise[:40]}”."
        asked, machine = desk.exercise.questions[question], desk.keys[question].machine
        if not isinstance(machine, MarksKey | LabelsKey):
            return None, f"{UNUSED}: {question} asks for no marks and no labels. Use by-hand.csv."
        place, label = (found[3], found[4]) if found else (row["where"].strip(), row["label"])
        label = _label_id(asked, label.strip())
        if not label:
            return None, f"{UNUSED}: “{row['label'].strip()[:40]}” is not one of the labels."
        if isinstance(machine, LabelsKey):
            return _labelled(exercise, question, place, label, machine)
        if found:
            return _marked(exercise, question, place, label, machine)
        return _by_words(exercise, question, row, label, desk)

    def table(self, defences: Defences, desks: Desks) -> bytes:
        """Return the table for what a class defends, with every decision that there is.

        Args:
            defences: what the files that count hold.
            desks: the exercises, as the course has them.
        """
        decided, lost = self._decided(desks)
        shown = dict(defences.defended)
        shown |= {what: defences.known.get(what, Argued()) for what in decided if what not in shown}
        lines = []
        for what, argued in sorted(shown.items()):
            desk = desks.get(what.exercise)
            if not isinstance(desk, Desk):
                continue
            rows = decided.get(what, [])
            _, problem = _decision(rows)
            # Rows that say the same are one row; nothing that somebody entered is dropped.
            alike = {tuple(sorted(self.entries(old).items())): old for old in reversed(rows)}
            own = reversed(alike.values()) if rows else [dict[str, str]()]
            lines += [_line(what, argued, old, desk, problem) for old in own]
        for row, problem in lost:
            kept = [part for part in parts(row) if not _ours(part)]
            lines.append(row | {"remark": " | ".join([*kept, problem])})
        header = [*COLUMNS[:-1], *self.extra, COLUMNS[-1]]
        cells = ([line.get(name, "") for name in header] for line in lines)
        return write_sheet(header, cells, {"accept", *self.extra})


def _decision(rows: Sequence[Cells]) -> tuple[str, str]:
    """Return `yes` or `paid` where rows accept, "" where they do not, and what is wrong with them."""
    words = {row.get("accept", "").strip().casefold() for row in rows} - {""}
    said = {True: "yes", False: ""}
    found = {
        "paid" if w in PAID else w if (met := yes_or_no(w)) is None else said[met] for w in words
    }
    if len(found) > 1:
        return "", TWICE
    word = next(iter(found), "")
    if word not in ("", "yes", "paid"):
        return "", f"{UNUSED} yet: “{word[:20]}” in accept is neither yes, paid nor no."
    return word, ""


def _line(what: OutsideKey, argued: Argued, old: Cells, desk: Desk, problem: str) -> Cells:
    asked = desk.exercise.questions[what.question]
    remarks = [part for part in parts(old) if not _ours(part)]
    if problem:
        remarks.append(problem)
    if old and not argued.students:
        remarks.append(NOBODY)
    arguments = " / ".join(map(_one_reason, argued.arguments))
    if len(arguments) > LONGEST:
        arguments = f"{arguments[:LONGEST]}…"
    return old | {
        "exercise": what.exercise,
        "question": what.question,
        "where": what.sentence or _sentence_at(what, asked, desk),
        "words": _bounded(words_of(what, desk.articles.get(asked.article))),
        "label": asked.label_name(what.label),
        "the key says": _bounded(_key_says(what, asked, desk)),
        "students": str(argued.students),
        "arguments": arguments,
        "remark": " | ".join(remarks),
        "row": what.row,
    }


def _one_reason(argument: str) -> str:
    """Return an argument for a cell with several, of which it cannot read as more than one."""
    return quoted(_SLASH.sub("/", argument), LONGEST)


def _ours(part: str) -> bool:
    return part.startswith((UNUSED, NOBODY))


def _bounded(words: str) -> str:
    return words if len(words) <= 600 else f"{words[:400]} … {words[-150:]}"


def _sentence_at(what: OutsideKey, asked: Question, desk: Desk) -> str:
    article = desk.articles.get(asked.article)
    names = article.segments if article else ()
    return next((s.id for s in names if s.span.start <= what.start < s.span.end), "")


def _key_says(what: OutsideKey, asked: Question, desk: Desk) -> str:
    machine = desk.keys[what.question].machine
    if isinstance(machine, LabelsKey):
        key = next((one for one in machine.sentences if one.sentence == what.sentence), None)
        if key is None:
            return ""
        names = [asked.label_name(label) for label in (key.label, *key.accepted)]
        return ". ".join(filter(None, (" or ".join(names), key.why)))
    if not isinstance(machine, MarksKey):
        return ""
    own = machine.index.positions(what.start, what.end)
    near = [
        span
        for span, where in zip(machine.ordered, machine.positions, strict=True)
        if weight(own, where) > 0
    ]
    article = desk.articles.get(asked.article)
    if not near or article is None:
        return "nothing here"
    told = [
        f"“{_bounded(words_of(OutsideKey('', '', span.start, span.end, ''), article))}” as "
        f"{asked.label_name(span.label)} ({str(span.status).replace('_', '-')})"
        for span in near
    ]
    return "; ".join(told)


def _label_id(asked: Question, written: str) -> str:
    """Return the id of a label that is written by its id or its name; "" where there is none."""
    for label in asked.labels:
        if written in (label.id, label.name, safe(label.name)):
            return label.id
    return written if not asked.labels else ""


def _labelled(
    exercise: str, question: str, sentence: str, label: str, machine: LabelsKey
) -> tuple[OutsideKey | None, str]:
    for key in machine.sentences:
        if key.sentence == sentence:
            return OutsideKey(exercise, question, key.start, key.end, label, sentence), ""
    return None, f"{UNUSED}: {question} asks for no label of “{sentence[:40]}”."


def _marked(
    exercise: str, question: str, place: str, label: str, machine: MarksKey
) -> tuple[OutsideKey | None, str]:
    found = _PLACE.fullmatch(place)
    if found and int(found[1]) < int(found[2]) <= len(machine.index.text):
        return OutsideKey(exercise, question, int(found[1]), int(found[2]), label), ""
    return None, f"{UNUSED}: its last cell, row, has been changed."


def _by_words(
    exercise: str, question: str, row: Mapping[str, str], label: str, desk: Desk
) -> tuple[OutsideKey | None, str]:
    """Find the words of a row that a teacher has added in the sentence it names."""
    article = desk.articles.get(desk.exercise.questions[question].article)
    words = " ".join(row["words"].split())
    segment = next(
        (s for s in (article.segments if article else ()) if s.id == row["where"].strip()), None
    )
    where = row["where"].strip()
    if article is not None and segment is None and where and words:
        return None, f"{UNUSED}: {desk.exercise.exercise} has no sentence {where[:40]}."
    if article is None or segment is None or not words:
        return (
            None,
            f"{UNUSED}: write the sentence into where, such as 001.s07, and its words into words.",
        )
    pattern = r"\s+".join(map(re.escape, words.split(" ")))
    found = list(re.finditer(pattern, article.text[segment.span.start : segment.span.end]))
    if len(found) != 1:
        return (
            None,
            f"{UNUSED}: “{words[:60]}” stands {len(found)} times in {segment.id}, not once.",
        )
    machine = desk.keys[question].machine
    assert isinstance(machine, MarksKey)
    start = segment.span.start + found[0].start()
    own = machine.index.positions(start, start + len(found[0].group()))
    if not own:
        return None, f"{UNUSED}: “{words[:60]}” holds no word that counts."
    start, end = machine.index.starts[own.start], machine.index.ends[own.stop - 1]
    return OutsideKey(exercise, question, start, end, label), ""

"""The answers of one student to one exercise, kept on disk; shows nothing and marks nothing.

Every save takes a lock, reads the file again, changes one question and replaces the file, so that
two windows or programs never undo each other's questions. A file that cannot be read is set aside,
never overwritten.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing import __version__
from briefing.answers import disk
from briefing.answers.disk import SaveFailed
from briefing.answers.earlier import BEFORE_RESTORE, OTHER_WINDOW, EarlierVersion, earlier_trees
from briefing.answers.folder import work_folder
from briefing.answers.payload import HasSum, Made, WrongAnswer, to_compact, to_file
from briefing.answers.read import NotGradable, parse_answers, read_tree
from briefing.answers.schema import MAX_BYTES, MOST_PARTS
from briefing.answers.student import (
    WrongCode,
    change_code,
    check_code,
    file_part,
    read_code,
    student_code,
)
from briefing.answers.tree import (
    Tree,
    completed,
    encoded,
    fresh,
    good,
    last_kept,
    newest_kept,
    parsed,
    read_bytes,
    set_aside,
    whole,
)
from briefing.answers.unsaved import UnsavedAnswer, is_unsaved, parse_unsaved
from briefing.corpus import UnknownArticle, any_article
from briefing.errors import BriefingError
from briefing.visible import visible


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was saved: the file's revision, the time (UTC, ISO 8601), where, and a remark if any.

    `aside` names the file that keeps another window's version, where this save took its place.
    """

    revision: int
    saved_iso: str
    path: Path
    message: str = ""
    aside: str = ""


class AnswersStore:
    """One answers file. `notices` holds sentences that the student should be told."""

    def __init__(
        self, exercise: str, folder: Path, article: Callable[[str], HasSum] = any_article
    ) -> None:
        """Read or begin the file of `exercise` in `folder`; `open` is the usual way in.

        Args:
            exercise: the exercise's id, such as `ex02` or `lesson02`.
            folder: the work folder.
            article: finds the text that marks are about, by its id.

        Raises:
            AnswersUnreadable: the file comes from a newer version of the course, or the system
                does not let it be read.
        """
        self.exercise = exercise
        self.path = folder / f"{exercise}.answers.json"
        self.student = student_code(folder)
        self.notices: list[str] = []
        self._article = article
        self._seen: dict[str, int] = {}
        self._tree = fresh(exercise, self.student)
        self._known: tuple[bytes | None, Tree] = (None, self._tree)
        self._made: dict[str, Made] = {}
        self.reload()
        self._opened = self.revision
        begun_by = self._tree["student"]
        if begun_by != self.student and self._tree["answers"]:
            self.notices.append(
                f"These answers were begun under the code {visible(begun_by)}; they now go on under "
                f"{self.student}."
            )

    @classmethod
    def open(cls, exercise: str, folder: Path | None = None) -> AnswersStore:
        """Return the store of `exercise` in the work folder (or in `folder`).

        Raises:
            AnswersUnreadable: the file comes from a newer version of the course, or the system
                does not let it be read.
            NoWorkFolder: no folder can be written to.
        """
        return cls(exercise, folder or work_folder())

    @property
    def revision(self) -> int:
        """The revision last read or written; 0 for a file that was never saved."""
        return int(self._tree["revision"])

    @property
    def saved_iso(self) -> str:
        """When that revision was saved (UTC, ISO 8601); empty for a file never saved."""
        return str(self._tree.get("saved", ""))

    def answer(self, question: str) -> dict[str, Any] | None:
        """Return the answer to a question in compact form; None where there is none."""
        raw = self._tree["answers"].get(question)
        if raw is None:
            return None
        self._seen[question] = self.revision
        try:
            text = self._article(raw["article"]).text if "article" in raw else None
        except UnknownArticle:  # its marks stay in the file, without a text to show them in
            text = None
        # A copy to the bottom: what is done to an answer must not change what stands on the disk.
        return deepcopy(to_compact(raw, text))

    def answers(self) -> dict[str, dict[str, Any]]:
        """Return all answers in compact form, by question."""
        return {q: a for q in self._tree["answers"] if (a := self.answer(q)) is not None}

    def reload(self) -> None:
        """Read the file and the student's code again, for what another window has saved.

        Raises:
            AnswersUnreadable: as on opening.
        """
        self.student = read_code(self.path.parent) or self.student
        try:
            with disk.locked(self.path.parent, self.exercise):
                self._tree = self._current()
        except SaveFailed:  # no lock to be had: reading still works, saving will tell
            self._tree = good(self.path, self.exercise) or self._tree

    def save(self, question: str, payload: dict[str, Any], base: int | None = None) -> Receipt:
        """Put one answer on disk and say so only when it is there.

        Args:
            question: the question's id.
            payload: the answer in compact form.
            base: the file's revision that the answer was worked out from; by default the one last
                given out or written here. Where the question was changed since, in another window or
                because an earlier version was brought back, what stood there is kept aside and the
                receipt says so.

        Raises:
            SaveFailed: nothing was saved; the sentence says why and what to do.
        """
        payload = whole(payload)
        if base is None:
            base = max(self._opened, self._seen.get(question, 0))
        with disk.locked(self.path.parent, self.exercise):
            tree = self._current()
            before = tree["answers"].get(question)
            answer = self._in_file_form(payload, before, self._made.get(question))
            student = read_code(self.path.parent) or self.student
            if answer == before and tree["student"] == student and self.path.exists():
                self._tree = tree
                return Receipt(tree["revision"], tree["saved"], self.path)
            message, name = "", ""
            if before and tree["changed"].get(question, 0) > base and _differ(answer, before):
                name = disk.keep_aside(self.path, encoded(tree), OTHER_WINDOW).name
                message = (
                    "Another window had changed this question as well. What you see here is saved; "
                    "the other version is kept, and can be brought back where you hand in, under "
                    "“Earlier versions”. Go on in one window only."
                )
            self.student = student
            receipt = self._write(tree, {question: answer}, message, name)
            self._made[question] = (answer, payload)
            return receipt

    def changed_since(self, question: str, base: int) -> bool:
        """Say whether the file's answer to a question is later than the revision `base`.

        It looks at the disk, takes no lock and changes nothing.
        """
        tree = good(self.path, self.exercise)
        return tree is not None and tree["changed"].get(question, 0) > base

    def versions(self) -> list[EarlierVersion]:
        """Return the kept versions that can be restored, oldest revision first."""
        return [version for version, _ in earlier_trees(self.path, self.exercise)]

    def earlier(self) -> list[tuple[EarlierVersion, dict[str, dict[str, Any]]]]:
        """Return the kept versions with their answers as the file holds them, oldest first."""
        return [
            (version, tree["answers"]) for version, tree in earlier_trees(self.path, self.exercise)
        ]

    def restore(self, version: int | str) -> Receipt:
        """Bring back the answers of an earlier version, as a new revision.

        Args:
            version: the revision of an ordinary save, or the `name` of any kept version.

        Raises:
            SaveFailed: that version is not kept, or nothing could be saved.
        """
        found = [
            answers
            for kept, answers in self.earlier()
            if version == kept.name or (version == kept.revision and not kept.why)
        ]
        if not found:
            raise SaveFailed(f"Revision {version} of {self.path.name} is not kept any more.")
        return self._bring_back(lambda _now: found[0], instead=True)

    def load_back(self, data: bytes, kinds: Mapping[str, str] | None = None) -> Receipt:
        """Take over the answers of a file that was downloaded earlier, and its student code.

        It may be an answers file, or the file of one answer that a widget offers when it cannot save.
        Questions that the file does not hold stay as they are; what stood here before is kept.

        Args:
            data: the bytes of the file.
            kinds: the kind of each question, against which the file of one answer is checked.

        Raises:
            NotGradable: the bytes are no readable answers file; nothing was changed.
            SaveFailed: it belongs to another exercise, or nothing could be saved.
        """
        if is_unsaved(data):
            return self._load_one(parse_unsaved(data), kinds)
        parse_answers(data)
        tree = completed(read_tree(data))
        if tree["exercise"] != self.exercise:
            raise SaveFailed(
                f"This file holds answers to {tree['exercise']}, not to {self.exercise}; nothing "
                "was changed."
            )
        code = _usable(tree["student"])
        return self._bring_back(lambda _now: dict(tree["answers"]), instead=False, code=code)

    def _load_one(self, one: UnsavedAnswer, kinds: Mapping[str, str] | None) -> Receipt:
        exercise, question = one.place
        if exercise != self.exercise:
            raise SaveFailed(
                f"This file holds an answer to {exercise}, not to {self.exercise}; nothing was "
                "changed."
            )
        if kinds is not None and kinds.get(question) != one.answer.get("kind"):
            raise SaveFailed(
                f"This file holds no answer that {question} of {exercise} could have; nothing was "
                "changed."
            )
        payload = whole(one.answer)

        def answer(now: Tree) -> dict[str, Any]:
            before = now["answers"].get(question)
            new = self._in_file_form(payload, before)
            if before and "attempts" in new:  # tries that were counted stay counted
                new["attempts"] = max(new["attempts"], before.get("attempts", 0))
            return {question: new}

        code = _usable(one.student) if one.student and not self._tree["answers"] else ""
        return self._bring_back(answer, instead=False, code=code)

    def file_bytes(self) -> bytes:
        """Return the file as it would be handed in now."""
        return encoded({**self._tree, "student": self.student})

    def download_name(self) -> str:
        """Return the name of the downloaded file, safe on every system."""
        return f"{self.exercise}.{file_part(self.student)}.answers.json"

    def _current(self) -> Tree:
        """The tree on disk, mended from what was kept where it is gone or damaged.

        Call it under the lock.
        """
        data = read_bytes(self.path)
        if data is not None:
            if data == self._known[0]:  # byte for byte what was read or written here last
                return self._known[1]
            found = parsed(data, self.exercise, self.path.name)
            if found is not None:
                self._known = (data, found)
                return found
        told = "" if data is None else set_aside(self.path, self.exercise, data)
        newest = newest_kept(self.path, self.exercise)
        if newest is None or newest["revision"] < self.revision:
            newest = self._tree
        if newest["answers"]:
            told = told or f"{self.path.name} was missing."
            self.notices.append(f"{told} What was last saved ({newest['saved']}) is back.")
            with contextlib.suppress(SaveFailed):  # the next save will tell
                disk.replace_file(self.path, encoded(newest))
        elif told:
            self.notices.append(f"{told} Nothing older was found, so {self.exercise} is empty.")
        return newest

    def _in_file_form(
        self, payload: dict[str, Any], before: dict[str, Any] | None, last: Made | None = None
    ) -> dict[str, Any]:
        try:
            about = payload.get("article")
            article = self._article(about) if isinstance(about, str) else None
            return to_file(payload, article, before, last)
        except WrongAnswer as problem:
            raise SaveFailed(f"Not saved. {problem}") from problem
        except BriefingError as problem:
            raise SaveFailed(f"Not saved: {problem}") from problem

    def _write(
        self, tree: Tree, answers: dict[str, Any], message: str = "", aside: str = ""
    ) -> Receipt:
        revision = self._next(tree)
        new = {
            **tree,
            "course": __version__,
            "student": self.student,
            "revision": revision,
            "saved": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "changed": {**tree["changed"], **dict.fromkeys(answers, revision)},
            "answers": {**tree["answers"], **answers},
        }
        data = encoded(new)
        if len(data) > MAX_BYTES:
            raise SaveFailed(
                f"Not saved: the answers to {self.exercise} would take {len(data):,} bytes, and "
                f"{MAX_BYTES:,} is the most; shorten a note or a text, then save again."
            )
        many = data.count(b"[") + data.count(b"{") > MOST_PARTS
        if many or len(answers) > 1 or len(new["answers"]) > len(tree["answers"]):
            _need_readable(data)
        disk.sweep(self.path)
        disk.replace_file(self.path, data)
        disk.keep_version(self.path, revision, data)
        self._tree = new
        self._known = (data, new)
        self._seen.update(dict.fromkeys(answers, revision))
        return Receipt(revision, new["saved"], self.path, message, aside)

    def _bring_back(
        self, answers: Callable[[Tree], dict[str, Any]], *, instead: bool, code: str = ""
    ) -> Receipt:
        """Put answers in the place of those there (`instead`: of all), and keep what stood there.

        The student goes on under `code`, where there is one, once the answers are saved and not before.
        """
        own = self.student
        with disk.locked(self.path.parent, self.exercise):
            tree = self._current()
            new = answers(tree)
            message, name = "", ""
            if tree["answers"]:
                name = disk.keep_aside(self.path, encoded(tree), BEFORE_RESTORE).name
                message = "What stood here before is kept under “Earlier versions”."
            if instead:  # a question that is emptied was changed too
                emptied = dict.fromkeys(tree["answers"], self._next(tree))
                tree = {**tree, "answers": {}, "changed": {**tree["changed"], **emptied}}
            self.student = code or own
            try:
                receipt = self._write(tree, new, message, name)
            except BaseException:
                self.student = own
                raise
        if code:
            with contextlib.suppress(
                SaveFailed
            ):  # the answers count; this computer's code may stay
                self.student = change_code(self.path.parent, code)
        return receipt

    def _next(self, tree: Tree) -> int:
        """Return the next revision: later than any kept version.

        Or the saves after somebody put an older file back would take the place of what was kept before.
        """
        return max(int(tree["revision"]), self.revision, last_kept(self.path)) + 1


def _usable(code: str) -> str:
    """Return a file's student code as it may be kept; "" for one that cannot be used."""
    try:
        return check_code(code)
    except WrongCode:
        return ""


def _need_readable(data: bytes) -> None:
    """Look whether what is to be written could be read again: two files that can be read may together not.

    Raises:
        SaveFailed: it could not.
    """
    try:
        parse_answers(data)
    except NotGradable as problem:
        raise SaveFailed(f"Not saved, for together it could not be read again. {problem}") from None


def _differ(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Say whether two answers differ in more than how often they were checked."""
    return {**one, "attempts": 0} != {**other, "attempts": 0}

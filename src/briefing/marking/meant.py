"""Say who is meant by what a teacher typed where nobody is called so; a hint, never a match."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from briefing.marking.hand_ins.names import words_of
from briefing.marking.register import Register
from briefing.visible import MOST_OF_A_NAME, quoted, visible


class Meant:
    """The students of a class by their codes and names; looked up only when somebody is sought."""

    def __init__(self, register: Register) -> None:
        """Take the register; it is read once, and only if somebody is sought."""
        self._register = register

    @cached_property
    def _known(self) -> dict[tuple[str, ...], dict[str, tuple[str, str]]]:
        found: dict[tuple[str, ...], dict[str, tuple[str, str]]] = {}
        for student, code, name in self._register.people():
            for kind, written in (("code", code), ("name", name)):
                words = _key(kind, written)
                if len(words) > 1:
                    found.setdefault(words, {})[student] = (kind, name)
        return found

    def hint(self, typed: str) -> str:
        """Return a sentence that says whose code or name this is, or "" where nobody's."""
        for kind in ("code", "name"):
            people = self._known.get(_key(kind, typed), {})
            if people:
                break
        shown = quoted(typed, MOST_OF_A_NAME)
        if len(people) > 1:
            ids = ", ".join(visible(one) for one in sorted(people)[:5])
            return f"{shown} is the {kind} of {len(people)} students: write the one that you mean ({ids})."
        for student, (_, name) in people.items():
            who = (
                f"{visible(student)} ({visible(name)})"
                if kind == "code" and name
                else visible(student)
            )
            return f"{shown} is the {kind} of {who}: write {visible(student)}."
        return ""


def _key(kind: str, written: str) -> tuple[str, ...]:
    words: Iterable[str] = words_of(written) if kind == "name" else [written.strip().casefold()]
    return (kind, *filter(None, words))

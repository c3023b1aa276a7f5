"""What could not be marked, put together by the reason and told to the teacher; the gradebook has each file.

A file's own sentence also goes back to its student, so it says "hand in". A teacher asks for the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from briefing.marking.cells import counted, safe

SHOWN = 10
"""How many reasons are told, and names with each; a class may have thousands of both."""
_ENDS = (
    (re.compile(r"[;,] or hand in the original\.\Z"), "; or ask for the file again"),
    (re.compile(r"; hand in the original again\.\Z"), "; ask for the file again"),
    (
        re.compile(r"; hand in the file that the course downloads\.\Z"),
        "; ask for the file that the course downloads",
    ),
    (re.compile(r"; ask the student for the file"), "; ask for the file"),
)
_LINE = re.compile(r" \(line [0-9]+\)")
_OWN = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|[0-9][0-9,.]*(?=[ ,;)]|\.\Z)")


def for_teacher(sentence: str) -> str:
    """Return why a file cannot be marked without its full stop, asking the teacher and not the student."""
    for end, asks in _ENDS:
        sentence = end.sub(asks, sentence)
    return sentence.removesuffix(".")


@dataclass(slots=True)
class _Alike:
    """Files that cannot be marked for one reason, up to words and numbers of their own."""

    why: str
    path: str
    names: list[str] = field(default_factory=list)
    count: int = 0
    more: int = 0


@dataclass(slots=True)
class Problems:
    """What could not be marked, by reason; takes no more room for a larger class."""

    _by_reason: dict[str, _Alike] = field(default_factory=dict)
    _count: int = 0

    def add(self, reason: str, name: str, path: str) -> None:
        """Count one file.

        Args:
            reason: its sentence.
            name: whose it is, or "".
            path: where it lies.
        """
        self._count += 1
        kind = _OWN.sub("…", _LINE.sub("", reason))
        alike = self._by_reason.get(kind)
        if alike is None:
            if len(self._by_reason) == SHOWN:
                return
            alike = self._by_reason[kind] = _Alike(for_teacher(reason), path)
        alike.count += 1
        who = safe(name or path)
        if who in alike.names:
            return
        if len(alike.names) < SHOWN:
            alike.names.append(who)
        else:
            alike.more += 1

    def told(self) -> list[str]:
        """Return a sentence for each reason, the commonest first."""
        by_count = sorted(self._by_reason.values(), key=lambda alike: -alike.count)
        said = list(map(_told, by_count))
        rest = self._count - sum(alike.count for alike in by_count)
        return [
            *said,
            *(
                [f"{counted(rest, 'file')} for other reasons, all in the gradebook."]
                if rest
                else []
            ),
        ]


def _told(alike: _Alike) -> str:
    if alike.count == 1:
        (who,), path = alike.names, safe(alike.path)
        return f"{who}: {alike.why}." + (f" File: {path}." if who != path else "")
    rest = f" and {alike.more:,} more, all in the gradebook" if alike.more else ""
    why = _LINE.sub("", alike.why)
    return f"{counted(alike.count, 'file')}: {why}: {'; '.join(alike.names)}{rest}."

"""How well a finder finds: compare what it found with a key, by mode; it reads no files.

**A match.** A found and a wanted attribution match when their contents share enough words: Dice's measure,
2 × shared ÷ (words of the one + words of the other), is at least .5. Words are as in marking: without *a*,
*an*, *the*, and a figure or a hyphenated word is one. Pairs are made one to one, the best first.

**By mode.** Of `direct` (or `indirect`, `mixed`): *precision* is the share of what was found as direct that
matches something direct; *recall* is the share of what is direct in the key that was found as direct; F1 is
their harmonic mean. *Any mode* asks for the match only.

**Source right, cue right.** Of the pairs that match in any mode: the share whose source (says-word) shares
half its words, Dice .5, with words that the key accepts, or that has none where the key has none. For a
quotation that names nobody, the key accepts every place where that speaker is named or meant by a pronoun.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.analysis.finder.attribution import Attribution, Mode
from briefing.analysis.finder.quotations import quotations
from briefing.corpus.spans import Span

ENOUGH = 0.5
MODES: tuple[Mode, ...] = ("direct", "indirect", "mixed")
QUOTED_WORDS = 3
"""The plain quotation-mark finder takes every quotation of so many words for direct speech."""

_WORD = re.compile(r"\w+(?:[-’'.,]\w+)*")
_ARTICLES = frozenset(("a", "an", "the"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """One attribution of a key. `sources` and `cues` are the spans accepted; empty means none."""

    mode: Mode
    content: Span
    sources: tuple[Span, ...] = ()
    cues: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one mode in one or more texts; add them with `+`."""

    found: int = 0
    wanted: int = 0
    right: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.found + other.found, self.wanted + other.wanted, self.right + other.right)

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; `None` where nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of what is wanted that was found; `None` where nothing is wanted."""
        return self.right / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; `None` where there is nothing to find and nothing found."""
        both = self.found + self.wanted
        return 2 * self.right / both if both else None


@dataclass(frozen=True, slots=True)
class Score:
    """The tallies of a finder by mode, and for all modes (`any`); right sources and cues of matches."""

    modes: dict[str, Tally]
    matches: int = 0
    sources: int = 0
    cues: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            {mode: self.modes[mode] + other.modes[mode] for mode in self.modes},
            self.matches + other.matches,
            self.sources + other.sources,
            self.cues + other.cues,
        )


def score(text: str, found: Sequence[Attribution], wanted: Sequence[Wanted]) -> Score:
    """Compare what was found in a text with its key.

    Args:
        text: the text that both speak of.
        found: what a finder found in it.
        wanted: what the key holds.
    """
    words = [m.start() for m in _WORD.finditer(text) if m.group().lower() not in _ARTICLES]
    pairs = matches(text, found, wanted)
    modes: dict[str, Tally] = {
        mode: Tally(
            sum(one.mode == mode for one in found),
            sum(one.mode == mode for one in wanted),
            sum(a.mode == b.mode == mode for a, b in pairs),
        )
        for mode in MODES
    }
    modes["any"] = Tally(len(found), len(wanted), len(pairs))
    return Score(
        modes,
        len(pairs),
        sum(_agree(words, a.source, b.sources) for a, b in pairs),
        sum(_agree(words, a.cue, b.cues) for a, b in pairs),
    )


def matches(
    text: str, found: Sequence[Attribution], wanted: Sequence[Wanted]
) -> list[tuple[Attribution, Wanted]]:
    """Return the pairs whose contents match, the best pairs made first."""
    words = [m.start() for m in _WORD.finditer(text) if m.group().lower() not in _ARTICLES]
    close = []
    for i, one in enumerate(found):
        for j, other in enumerate(wanted):
            if one.content.overlaps(other.content):
                near = dice(words, one.content, other.content)
                if near >= ENOUGH:
                    close.append((-near, one.mode != other.mode, i, j))
    taken_found: set[int] = set()
    taken_wanted: set[int] = set()
    pairs = []
    for _, _, i, j in sorted(close):
        if i not in taken_found and j not in taken_wanted:
            taken_found.add(i)
            taken_wanted.add(j)
            pairs.append((found[i], wanted[j]))
    return pairs


def dice(words: list[int], one: Span, other: Span) -> float:
    """Return Dice's measure of two spans on words, given by their starts in code points."""

    def count(start: int, end: int) -> int:
        return max(0, bisect_left(words, end) - bisect_left(words, start))

    shared = count(max(one.start, other.start), min(one.end, other.end))
    both = count(one.start, one.end) + count(other.start, other.end)
    return 2 * shared / both if both else float(one == other)


def _agree(words: list[int], given: Span | None, accepted: Iterable[Span]) -> bool:
    accepted = tuple(accepted)
    if given is None or not accepted:
        return given is None and not accepted
    return any(dice(words, given, span) >= ENOUGH for span in accepted)


def quotation_marks_only(text: str) -> tuple[Attribution, ...]:
    """Find every quotation of three words or more and call it direct, from nobody: the plain finder."""
    found = []
    for quotation in quotations(text):
        start, end = quotation.inner()
        if sum(1 for _ in _WORD.finditer(text, start, end)) >= QUOTED_WORDS:
            span = Span(start, end)
            found.append(Attribution(start, end, "direct", None, None, span, "quotation marks"))
    return tuple(found)

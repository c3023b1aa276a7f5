"""What scoring hands back, as frozen values; computes nothing.

`QuestionResult` serves the widgets' feedback and the marker alike. `gc=False` here and in the other
small values of marking: they hold text, numbers and one another, never themselves, so Python need not
look for circles among the thousands that each file makes.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

WHOLE = 1_000_000
"""A whole share: shares are summed as whole millionths, so that sums never depend on their order."""


def hundredths(share: int, worth: int) -> int:
    """Return the points for a share, in whole hundredths, a half upwards.

    Points are rounded here, question by question, and nowhere after: so what is printed of the parts
    adds up to what is printed of the whole.

    Args:
        share: the share earned, in millionths.
        worth: what the question is worth, in hundredths of a point.
    """
    return (share * worth + WHOLE // 2) // WHOLE


class Verdict(StrEnum):
    """What is said about one sentence, mark or choice."""

    RIGHT = "right"
    NEAR = "near"
    WRONG = "wrong"
    MISSED = "missed"
    EXTRA = "extra"
    FINE = "fine"  # neither paid nor charged
    NOTE = "note"


class Status(StrEnum):
    """Where the marking of one question stands. Not gradable is not zero; empty is not wrong."""

    MARKED = "marked"
    EMPTY = "empty"
    TEACHER = "teacher"
    NOT_GRADABLE = "not gradable"


class ItemResult(Struct, frozen=True, gc=False):
    """One sentence, mark, missed span or choice, with what is said about it.

    Attributes:
        target: sentence id, mark id, or `group:option`; of a missed span the id of the key span.
        verdict: see `Verdict`.
        label: the label that the student gave, or "".
        expected: the key's label, or "".
        why: the reason, one plain sentence, or "".
        start: first code point of the span in question; None where there is none.
        end: the code point after its last.
        extent: w(s,k) of a mark and its key span, 0 to 1: shown, never marked.
        key_start: first code point of the key span that a mark was paired with; None where none.
        key_end: the code point after its last.
        counted: what the pair counts: 1, or less where how much is covered matters.
        look_alike: whether the mark took a look-alike for the real thing.
        also: further labels that are accepted, where the given one is none of these, or none was given.
        read_as: of a sentence without a label the label of the reading that it was weighed in, where
            that is not the strict one.
        inherited: whether the sentence was accepted in the reading inherited from a neighbour.
        accepted_here: whether a teacher's decision for this class made it right.
    """

    target: str
    verdict: Verdict
    label: str = ""
    expected: str = ""
    why: str = ""
    start: int | None = None
    end: int | None = None
    extent: float | None = None
    key_start: int | None = None
    key_end: int | None = None
    counted: float | None = None
    look_alike: bool = False
    inherited: bool = False
    also: tuple[str, ...] = ()
    read_as: str = ""
    accepted_here: bool = False


class QuestionResult(Struct, frozen=True, gc=False):
    """The mark for one question and how it came about.

    Attributes:
        question: its id, such as `q1`.
        points: what it is worth.
        status: see `Status`.
        score: share of the points earned, 0 to 1; None unless the status is marked.
        raw: the share before it is set against the key-makers' agreement.
        level: the score that one key-maker's work gets against the other's; 1 where unknown.
        found: how many things were rightly found.
        of: how many there were to find.
        both: how many of them both key-makers, working apart, had; None where unknown.
        agreed: on how many of those they agreed; None where unknown.
        items: what is said about each sentence, mark or choice.
        notes: sentences about what could not be read (a label unknown, a mark off the text).
        by_teacher: whether a teacher marks it.
        together: labels that are weighed as one kind, because they are rare.
    """

    question: str
    points: float
    status: Status
    score: float | None = None
    raw: float = 0.0
    level: float = 1.0
    found: int = 0
    of: int = 0
    both: int | None = None
    agreed: int | None = None
    items: tuple[ItemResult, ...] = ()
    notes: tuple[str, ...] = ()
    by_teacher: bool = False
    together: tuple[str, ...] = ()

    @property
    def earned(self) -> float | None:
        """Points earned, in whole hundredths; None where the machine gave no mark."""
        if self.score is None:
            return None
        return hundredths(round(self.score * WHOLE), round(self.points * 100)) / 100

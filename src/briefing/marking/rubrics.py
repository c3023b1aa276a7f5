"""A question's criteria in other points than the course's; reads no rules and knows no marks."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from briefing.keys.keyfiles import Criterion


def rubric_for(rubric: Sequence[Criterion], before: float, now: float) -> tuple[Criterion, ...]:
    """Return criteria in the share of `now` that they have of `before`.

    Args:
        rubric: the criteria.
        before: what their question is worth with them.
        now: what it is worth instead.
    """
    if now == before or not before:
        return tuple(rubric)
    worth = _shared_out([one.points * now / before for one in rubric])
    return tuple(structs.replace(one, points=part) for one, part in zip(rubric, worth, strict=True))


def _shared_out(parts: list[float]) -> list[float]:
    """Return parts in whole hundredths that add up as the parts do: the first ones get what is over."""
    whole = [int(round(100 * part, 6)) for part in parts]
    over = round(100 * sum(parts)) - sum(whole)
    nearest = sorted(range(len(parts)), key=lambda n: (whole[n] - 100 * parts[n], n))
    for n in nearest[:over]:
        whole[n] += 1
    return [part / 100 for part in whole]

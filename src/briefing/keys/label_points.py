"""Say how the points for labels follow from what is right, so that they add up on paper; decides none."""

from __future__ import annotations

from briefing.keys.balance import HALF, mean_recall
from briefing.keys.keyfiles import QuestionKey
from briefing.keys.labels import LabelsKey
from briefing.keys.results import ItemResult, QuestionResult, Status, Verdict

_EXACT = 1e-9  # what binary fractions may lose


def how_paid(result: QuestionResult, key: QuestionKey) -> str:
    """Return the average over the kinds, what one label everywhere reaches, and what is paid.

    Empty where there is nothing to explain (nothing right, or full marks), and where full marks stand
    below a whole score: there the sum is another.
    """
    machine = key.machine
    if not isinstance(machine, LabelsKey) or result.status is not Status.MARKED:
        return ""
    if result.score == 1 or result.level != 1 or not (result.found or result.score):
        return ""
    kinds = [_kind(machine, item) for item in result.items]
    right = [float(item.verdict is Verdict.RIGHT) for item in result.items]
    close = [HALF * (item.verdict is Verdict.NEAR) for item in result.items]
    exact = mean_recall(right, kinds)
    halved = mean_recall([sum(both) for both in zip(right, close, strict=True)], kinds)
    near_chance, chance = machine.chance
    mean, reached, said = exact, chance, ""
    if any(close) and _above(halved, near_chance) > max(0.0, _above(exact, chance)):
        mean, reached, said = halved, near_chance, ", close ones counted half,"
    if abs(max(0.0, _above(mean, reached)) - result.raw) > _EXACT:
        return ""
    told = (
        f"On average over the kinds{said} that is {_percent(mean)} percent. One label everywhere would "
        f"reach {_percent(reached)}, and only what lies above that is paid"
    )
    if mean <= reached:
        return f"{told}."
    above = _tenths(mean) - _tenths(reached)
    return f"{told}: {_shown(above)} of {_shown(1000 - _tenths(reached))} (rounded)."


def _kind(key: LabelsKey, item: ItemResult) -> int:
    """Return the kind that a sentence was weighed in."""
    own = key.place[key.strict[item.target]]
    return key.place.get(item.read_as or item.expected, own)


def _above(mean: float, chance: float) -> float:
    return (mean - chance) / (1 - chance) if chance < 1 else 0.0


def _tenths(share: float) -> int:
    return round(share * 1000)


def _percent(share: float) -> str:
    return _shown(_tenths(share))


def _shown(tenths: int) -> str:
    return f"{tenths / 10:g}"

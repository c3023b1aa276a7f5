"""Turn a question's result into feedback that a student can read; decides nothing about points.

The words are for a 16-year-old: rightly flagged, wrongly flagged, look-alike.
"""

from __future__ import annotations

from typing import Any

from briefing.keys import cell_feedback, matrix_words
from briefing.keys.definitions import Question
from briefing.keys.keyfiles import QuestionKey
from briefing.keys.labels import LabelsKey
from briefing.keys.marks import MarksKey, SpanStatus
from briefing.keys.matrix import MatrixKey
from briefing.keys.own_answers import Answers
from briefing.keys.results import ItemResult, QuestionResult, Status, Verdict
from briefing.keys.scoring import Payload, score_question
from briefing.keys.tried import kept_back, untried, within

CELLS = ("table", "cards")
FITS = (Verdict.RIGHT, Verdict.FINE)
THINGS = {"labels": ("sentence", "sentences"), "marks": ("place", "places")}


def feedback(
    definition: Question,
    key: QuestionKey,
    payload: Payload | None,
    *,
    check: int = 0,
    answers: Answers | None = None,
) -> dict[str, Any]:
    """Return the feedback on an answer, in the form that the widgets show (JSON-ready values).

    Args:
        definition: what was asked.
        key: what is right.
        payload: the answer in compact form, or None.
        check: the number of the check that this answers.
        answers: the file's other answers in compact form, by question id.
    """
    result = score_question(definition, key, payload, answers)
    back, empty, count = untried(definition, key.machine, payload or {}, result.items)
    said = [summary(result, definition)]
    if result.status is Status.MARKED:
        said.append(two_readings(result, definition, key))
        # With full marks nothing is left to try: what a span question has left is optional.
        if result.score != 1:
            said.append(kept_back(definition.kind, count))
    return {
        "check": check,
        "summary": " ".join(filter(None, said)),
        "items": [
            {
                "target": _target(item),
                "verdict": str(item.verdict),
                "label": _right(item, definition),
                "text": item_sentence(item, definition),
            }
            for place, item in enumerate(result.items)
            if place not in back
        ],
        "key": []
        if result.status is Status.EMPTY
        else matrix_words.key_marks(key.machine, payload or {})
        if isinstance(key.machine, MatrixKey)
        else [m for m in key_marks(key) if not within((m["start"], m["end"]), empty)],
        "final": result.status is Status.MARKED and result.score == 1,
    }


def key_marks(key: QuestionKey) -> list[dict[str, Any]]:
    """Return the required spans of a key as marks to show; [] for other kinds of questions."""
    if not isinstance(key.machine, MarksKey):
        return []
    return [
        {"start": span.start, "end": span.end, "label": span.label}
        for span in key.machine.ordered
        if span.status is SpanStatus.REQUIRED
    ]


def _right(item: ItemResult, definition: Question) -> str:
    """What the key has, as the widget shows it: cells and cards name it in the student's words."""
    return cell_feedback.named(item, definition)[1] if definition.kind in CELLS else item.expected


def _target(item: ItemResult) -> str | dict[str, int]:
    if item.verdict is Verdict.MISSED and "." not in item.target and item.start is None:
        return item.target
    if item.verdict is Verdict.MISSED and ".s" not in item.target and item.start is not None:
        return {"start": item.start, "end": item.end or item.start}
    return item.target


def summary(result: QuestionResult, definition: Question) -> str:
    """Say in one to three sentences how the answer stands."""
    match result.status:
        case Status.EMPTY:
            return "Nothing is answered here yet."
        case Status.TEACHER:
            return "Your teacher marks this."
        case Status.NOT_GRADABLE:
            return " ".join(("This answer could not be marked.", *result.notes))
    said = " ".join((*_standing(result, definition), *result.notes))
    return said


def _standing(result: QuestionResult, definition: Question) -> list[str]:
    if definition.kind == "matrix":
        return matrix_words.standing(result)
    if definition.kind in CELLS:
        return cell_feedback.standing(result, definition)
    if definition.kind not in THINGS:
        right = result.score == 1
        groups = len(definition.choice_groups)
        if right:
            return ["That fits."]
        if groups > 2:  # then each group is a small question of its own
            fitting = sum(item.verdict is Verdict.RIGHT for item in result.items)
            return [f"{fitting} of {groups} are right."]
        if groups < 2:
            return ["That does not fit yet."]
        return [_pair(result, definition)]
    thing = THINGS[definition.kind][result.of != 1]
    verb = "got" if definition.kind == "labels" else "found"
    said = [f"You {verb} {result.found} of {result.of} {thing}{' right' * (verb == 'got')}."]
    if definition.kind == "labels" and result.found < result.of:
        said.append(_by_label(result, definition))
    wrong = sum(item.verdict is Verdict.EXTRA for item in result.items)
    if wrong:
        said.append(f"Wrongly flagged: {wrong}.")
    if result.agreed is not None:
        said.append(_makers(result))
    if result.score == 1:
        said.append("That is full marks.")
    return said


def _pair(result: QuestionResult, definition: Question) -> str:
    """Say of a pair that is not right whether something else fits, or something is not chosen."""
    groups = {group.id for group in definition.choice_groups}
    unfit = [item for item in result.items if item.verdict not in FITS]
    # Where several may be chosen, an option that was left out is missed as well: that is no empty group.
    empty = {item.target for item in unfit if item.verdict is Verdict.MISSED} & groups
    wrong = {item.target.partition(":")[0] for item in unfit} - empty
    if empty and wrong:
        return "One answer does not fit yet, and the other is not chosen yet."
    if empty:
        return "One of the two is not chosen yet."
    return "Neither answer fits yet." if len(wrong) > 1 else "One of the two does not fit yet."


def _makers(result: QuestionResult) -> str:
    """Say how far the two who made the key agreed, and what neither or only one of them had."""
    both, agreed = result.both, result.agreed
    paid = sum(item.accepted_here and item.counted is not None for item in result.items)
    own = result.of - paid
    later = f" Your teacher has accepted {paid} more." if paid else ""
    if both == own:
        return f"The course's two key-makers, working apart, agreed on {agreed}.{later}"
    on = f"all {agreed}" if agreed == both else f"{agreed}"
    which = f"these {own}" if not paid else f"the key's {own}"
    return (
        f"The course's two key-makers, working apart, both marked {both} of {which} and "
        f"agreed on {on}; the rest was added when the key was settled.{later}"
    )


def _by_label(result: QuestionResult, definition: Question) -> str:
    """Say how many of each kind are right: every kind weighs the same, and that must be seen."""
    kinds: dict[str, list[bool]] = {}
    for item in result.items:
        # A sentence is counted where it was weighed, or equal counts would go with other points.
        kinds.setdefault(item.read_as or item.expected, []).append(item.verdict is Verdict.RIGHT)
    counts = [
        f"{definition.label_name(kind)} {sum(right)} of {len(right)}"
        for kind, right in kinds.items()
    ]
    rare = " and ".join(definition.label_name(kind) for kind in result.together)
    as_one = f" ({rare} are weighed as one)" if rare else ""
    return f"Each kind weighs the same{as_one}: {', '.join(counts)}."


def two_readings(result: QuestionResult, definition: Question, key: QuestionKey) -> str:
    """Say why the totals of the kinds can move; empty where each sentence has one reading."""
    if not isinstance(key.machine, LabelsKey) or definition.field == "page":
        return ""
    if result.found == result.of or all(len(unit.readings) < 2 for unit in key.machine.open):
        return ""
    return (
        "Some sentences may be read in two ways, and the reading that is better for you counts. So "
        "the totals of the kinds can change with your labels; and the fewer sentences a kind has, "
        "the more each of them weighs."
    )


def item_sentence(item: ItemResult, definition: Question, *, brief: bool = False) -> str:
    """Say what one item's verdict means, with its reason.

    Args:
        item: what is said about one sentence, mark or choice.
        definition: what was asked.
        brief: leave out what a page shows beside it anyway: both labels, and that it is right.
    """
    if definition.kind in CELLS:
        lead = "" if brief else cell_feedback.opening(item)
        return " ".join(filter(None, (lead, item.why)))
    if item.accepted_here:
        return _accepted(item, definition)
    plainly = (
        definition.kind == "labels"
        or item.look_alike
        or item.verdict in (Verdict.RIGHT, Verdict.MISSED, Verdict.FINE)
    )
    if brief and item.why and plainly and not item.inherited:
        return " ".join((_also(item, definition), item.why)).strip()
    if brief and item.verdict is Verdict.EXTRA:
        return "As they stand, these words match no place in the key: flag only the words that are asked for."
    name = definition.label_name(item.expected)
    given = definition.label_name(item.label) if item.label else "nothing"
    if definition.kind == "matrix":
        opening = matrix_words.opening(item)
    elif definition.kind == "marks":
        opening = _mark_opening(item, name, given)
    elif definition.kind == "labels":
        # Only where labels tell who speaks does a second reading let a speaker carry on.
        said = _label_opening(item, name, given, speaks=definition.field != "page")
        opening = " ".join((said, _also(item, definition))).strip()
    else:
        opening = _choice_opening(item)
    return " ".join(part for part in (opening, item.why) if part)


def _accepted(item: ItemResult, definition: Question) -> str:
    """Say that a teacher took the answer into the key of one class; the key's own reason is not its."""
    if definition.kind == "labels":
        name = definition.label_name(item.expected).capitalize()
        return f"{name} is accepted in your class: your teacher took it into the key, too."
    if item.verdict is Verdict.RIGHT:
        return "Your teacher took these words into the key of your class: they count as found."
    return "Your teacher took these words into the key of your class: marking them costs nothing."


def _also(item: ItemResult, definition: Question) -> str:
    if not item.also:
        return ""
    names = [definition.label_name(label) for label in (item.expected, *item.also)]
    said = f"Both readings are accepted: {' or '.join(names)}."
    if not item.read_as:
        return said
    return (
        f"{said} Here it is counted as {definition.label_name(item.read_as)}, which costs you less."
    )


def _mark_opening(item: ItemResult, name: str, given: str) -> str:
    match item.verdict:
        case Verdict.RIGHT:
            return "Rightly flagged."
        case Verdict.NEAR if item.label == item.expected:
            return "Rightly flagged, but the link to who says it is missing or goes elsewhere."
        case Verdict.NEAR:
            return f"Rightly flagged, and your label is close: {name} fits better than {given}."
        case Verdict.WRONG:
            return f"The right place, but the label should be: {name}."
        case Verdict.MISSED:
            return f"Not flagged: {name}."
        case Verdict.EXTRA if item.look_alike:
            return "Wrongly flagged: it looks like what is asked for, but is not."
        case Verdict.EXTRA:
            return "Wrongly flagged: as they stand, these words match no place in the key."
        case Verdict.FINE:
            return "Neither needed nor wrong."
        case _:
            return ""


def _label_opening(item: ItemResult, name: str, given: str, *, speaks: bool) -> str:
    match item.verdict:
        case Verdict.RIGHT if item.inherited and speaks:
            return f"{name.capitalize()} is accepted: you let the speaker next to it carry on."
        case Verdict.RIGHT:
            return f"{name.capitalize()}: right."
        case Verdict.NEAR:
            return f"Close: {name} fits better than {given}."
        case Verdict.MISSED:
            return f"No label yet; it is: {name}."
        case _:
            return f"You said {given}; it is {name}."


def _choice_opening(item: ItemResult) -> str:
    match item.verdict:
        case Verdict.RIGHT:
            return "Right."
        case Verdict.MISSED:
            # Where several may be chosen, something is said of an option that was left out.
            return "Nothing is chosen here yet." if item.expected else "This one."
        case Verdict.FINE:
            return "Rightly not chosen."
        case _:
            return "Not this one."

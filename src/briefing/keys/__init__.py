"""Reading keys, matching, scoring, agreement and feedback; never reads what a student wrote itself."""

from briefing.keys.definitions import (
    DefinitionError,
    Exercise,
    Question,
    definition,
    exercise_names,
)
from briefing.keys.keyfiles import KeyNotHere, QuestionKey, exercise_key
from briefing.keys.results import ItemResult, QuestionResult, Status, Verdict
from briefing.keys.scoring import score_question
from briefing.keys.tables import attribution, has_solutions, reasons, spans

__all__ = [
    "DefinitionError",
    "Exercise",
    "ItemResult",
    "KeyNotHere",
    "Question",
    "QuestionKey",
    "QuestionResult",
    "Status",
    "Verdict",
    "attribution",
    "definition",
    "exercise_key",
    "exercise_names",
    "has_solutions",
    "reasons",
    "score_question",
    "spans",
]

"""How well the key-makers agreed on one question: computed from their passes, never typed in.

Full marks stand at this level: each pass is scored as if it were a student's answer, with the other
pass as the key, by the very code that scores students, and the mean of both directions is the
level. A student's score is min(1, raw score / level). Without the passes the level is 1.

The passes may hold less than a question asks: what was added when the key was settled is in neither.
So it is counted as well how many of the things asked for both makers had, and on how many they agreed.
"""

from __future__ import annotations

from msgspec import Struct

from briefing.corpus import any_article
from briefing.keys import tables
from briefing.keys.definitions import Question
from briefing.keys.labels import LabelsKey, score_labels
from briefing.keys.marks import KeySpan, MarksKey, StudentMark, score_marks
from briefing.keys.matching import match
from briefing.keys.runs import SentenceKey
from briefing.keys.tables import AttributionRow, PassRow


class Compared(Struct, frozen=True):
    """How two key-makers, working apart, compare on what a question asks.

    Attributes:
        both: how many of the things asked for both of them labelled or marked.
        agreed: on how many of those they agreed.
    """

    both: int
    agreed: int


def level(question: Question, key: object) -> tuple[float, Compared | None]:
    """Return the key-makers' level on a question (over 0, at most 1) and how they compare on it.

    The second value is None where there is nothing to compare: choices, tables, cards, open answers, constructed
    texts, or a copy of the course without the passes.
    """
    if not isinstance(key, LabelsKey | MarksKey):
        return 1.0, None
    passes = tables.passes()
    if not passes:
        return 1.0, None
    if isinstance(key, LabelsKey):
        both = _labels_level(question, key, passes)
    else:
        both = _marks_level(question, key, passes)
    return both if both and both[0] > 0 else (1.0, None)


def _labels_level(
    question: Question, key: LabelsKey, passes: dict[str, dict[str, PassRow]]
) -> tuple[float, Compared] | None:
    if question.field not in AttributionRow.__slots__:
        return None  # such as the parts of a page, which are in no pass
    asked = [sentence.sentence for sentence in key.sentences]
    scores = []
    for one, other in (("a", "b"), ("b", "a")):
        rows = [passes[one][name].row for name in asked if name in passes[one]]
        labelled = [row for row in rows if row.label(question.field)]
        as_key = LabelsKey(
            tuple(
                SentenceKey(
                    row.sentence, row.label(question.field), row.also(question.field), row.run
                )
                for row in labelled
            ),
            key.together,
        )
        if len(set(as_key.place.values())) < 2:
            return None
        given = {
            name: passes[other][name].row.label(question.field)
            for name in asked
            if name in passes[other]
        }
        outcome = score_labels(as_key, given)
        scores.append(outcome.score)
    labels = {
        which: {name: rows[name].row.label(question.field) for name in asked if name in rows}
        for which, rows in passes.items()
    }
    both = [name for name in asked if all(given.get(name) for given in labels.values())]
    agreed = sum(labels["a"][name] == labels["b"][name] for name in both)
    return sum(scores) / 2, Compared(len(both), agreed)


def _marks_level(
    question: Question, key: MarksKey, passes: dict[str, dict[str, PassRow]]
) -> tuple[float, Compared] | None:
    roles = {span.label for span in key.spans}
    if not roles <= {"source", "cue"}:
        return None
    article = any_article(question.article)
    names = [s.id for s in article.segments if (s.span.start, s.span.end) in key.asked]
    names = names or [s.id for s in article.sentences]
    marks = {which: _pass_marks(rows, names, roles) for which, rows in passes.items()}
    scores = []
    for one, other in (("a", "b"), ("b", "a")):
        spans = tuple(
            KeySpan(mark.id, mark.start, mark.end, mark.label, sentence=sentence)
            for sentence, mark in marks[one]
        )
        as_key = MarksKey(
            key.index, spans, key.asked, key.links, key.extent_marked, key.sentences_count
        )
        if not as_key.required:
            return None
        outcome = score_marks(as_key, [mark for _, mark in marks[other]])
        scores.append(outcome.score)
    return sum(scores) / 2, _compared(key, [[mark for _, mark in marks[w]] for w in ("a", "b")])


def _compared(key: MarksKey, marks: list[list[StudentMark]]) -> Compared:
    """Count the required spans that both makers marked, and those that they marked alike."""
    found = []
    for own in marks:
        items = score_marks(key, own).items
        by_id = {mark.id: mark for mark in own}
        found.append(
            {
                (item.key_start, item.key_end): by_id[item.target]
                for item in items
                if item.counted is not None
            }
        )
    one, other = found
    both = one.keys() & other.keys()
    agreed = 0
    for place in both:
        a, b = one[place], other[place]
        near = match([key.index.positions(a.start, a.end)], [key.index.positions(b.start, b.end)])
        agreed += bool(near) and a.label == b.label
    return Compared(len(both), agreed)


def _pass_marks(
    rows: dict[str, PassRow], names: list[str], roles: set[str]
) -> list[tuple[str, StudentMark]]:
    found = []
    for name in names:
        row = rows.get(name)
        if row is None:
            continue
        source = f"{name}.source" if row.source_span and "source" in roles else ""
        if row.source_span and source:
            span = row.source_span
            found.append((name, StudentMark(span.start, span.end, "source", source)))
        if row.cue_span and "cue" in roles:
            span = row.cue_span
            found.append((name, StudentMark(span.start, span.end, "cue", f"{name}.cue", source)))
    return found

"""The rules that begin at a says-word: one small function each, tried in the order of the table.

A rule gets a sentence, the place of a says-word in it, and what was found before in the sentence. It
answers `None` where it does not apply, or a list of what it found; an empty list means that nobody is
credited here, and no other rule is asked. Places are numbers of tokens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from briefing.analysis.finder import cues
from briefing.analysis.finder.clauses import (
    OPENINGS,
    Found,
    Places,
    clause_end,
    content_before,
    content_end,
    content_start,
    interrupts,
    introduced,
    longer,
    opens_only,
    quoted_before,
    second_half,
    subject_of,
    who,
)
from briefing.analysis.finder.phrases import (
    apposition_after,
    skip_circumstances,
    source_after,
    source_before,
)
from briefing.analysis.finder.places import (
    at_end,
    before_helpers,
    has_verb,
    is_mark,
    is_quotation,
    word,
)
from briefing.analysis.finder.sentences import Sentence


@dataclass(frozen=True, slots=True)
class CueRule:
    """A rule with its name, the reason for it, and a constructed sentence that it is for."""

    name: str
    reason: str
    example: str
    apply: Callable[[Sentence, Places, list[Found]], list[Found] | None]


def nothing_said(sentence: Sentence, cue: Places, found: list[Found]) -> list[Found] | None:
    """Stop at `did not say`, `declined to say`, `ready to say`, `said to be`."""
    first, denied = before_helpers(sentence, cue[0])
    to_say = word(sentence, cue[0] - 1) == "to" and cue[1] - cue[0] == 1
    said_to_be = word(sentence, cue[1]) == "to" and word(sentence, cue[0] - 1) in cues.BE
    maybe = word(sentence, first - 1) in ("would", "could", "may", "might", "should", "must", "can")
    source = source_before(sentence, first)
    supposed = source and word(sentence, source[0] - 1) in ("if", "whether", "unless")
    found_by_nobody = False
    if word(sentence, cue[0]) in cues.FINDS:  # only papers *find that*
        heads = [token.low for token in sentence.tokens[source[0] : source[1]]] if source else []
        opens = word(sentence, cue[1]) == "that" or at_end(sentence, cue[1])
        found_by_nobody = not opens or not cues.is_one_of(heads, cues.STUDIES)
    return [] if denied or to_say or said_to_be or maybe or supposed or found_by_nobody else None


def quoted_as_saying(sentence: Sentence, cue: Places, found: list[Found]) -> list[Found] | None:
    """Find `NAME was quoted as saying CONTENT`."""
    at = cue[0]
    if word(sentence, at - 1) != "as":
        return None
    for first in range(at - 2, max(-1, at - 9), -1):
        if word(sentence, first) in ("quoted", "cited", "reported"):
            start, _ = before_helpers(sentence, first)
            by_others = word(sentence, start - 1) in cues.BE
            start, _ = before_helpers(sentence, start - by_others)
            source = source_before(sentence, start)
            begin = content_start(sentence, cue[1])
            if source is None:
                return None
            said = content_before(sentence, source[0], found)
            if not by_others:  # the Courier quoted Orlo as saying
                source = (first + 1, at - 1)
            whole = (start, cue[1])
            if at_end(sentence, begin):
                return [Found(said, source, whole)]
            return [Found((begin, len(sentence.tokens)), source, whole)]
    return None


def passive(sentence: Sentence, cue: Places, found: list[Found]) -> list[Found] | None:
    """Find `it was reported by NAME that CONTENT`; other passives credit nobody."""
    at = cue[0]
    first, _ = before_helpers(sentence, at)
    form = word(sentence, at)
    if word(sentence, first - 1) not in cues.BE or form.endswith("ing"):
        return None
    source = None
    after = cue[1]
    if word(sentence, after) == "by":
        end = source_after(sentence, after + 1, greedy=False)
        source = (after + 1, end) if end > after + 1 else None
        after = end
    after = skip_circumstances(sentence, after)
    subject, _ = before_helpers(sentence, first - 1)
    by_it = word(sentence, subject - 1) == "it"
    if word(sentence, after) == "that" and (by_it or source):
        return [Found((after + 1, len(sentence.tokens)), source, cue)]
    if by_it and at_end(sentence, after) and is_mark(sentence, subject - 2):
        return [Found(content_before(sentence, subject - 1, found), source, cue)]
    return []


def front(sentence: Sentence, cue: Places, found: list[Found]) -> list[Found] | None:
    """Find `NAME said that CONTENT`, `NAME told reporters: “CONTENT”`."""
    begin = introduced(sentence, cue)
    if begin is None:
        return None
    source = who(sentence, cue)
    if source is None or quoted_before(sentence, source[0]):
        return None
    said = (0, source[0] - 1)
    if is_mark(sentence, begin - 1) and is_mark(sentence, source[0] - 1):
        low = word(sentence, 0)
        opening = low in cues.PREPOSITIONS or low in OPENINGS or low.endswith(("ing", "ed"))
        if said[1] > 3 and not opening:
            return None  # The gate was open, Orlo said, “and it rained”
    return [Found((begin, content_end(sentence, begin)), source, cue)]


def tag(sentence: Sentence, cue: Places, found: list[Found]) -> list[Found] | None:
    """Find `“CONTENT,” NAME said` and `CONTENT, NAME said on Friday`."""
    source = who(sentence, cue)
    if source is None:
        return None
    first = source[0] - (word(sentence, source[0] - 1) == "as")  # …, as Orlo said
    content = content_before(sentence, first, found)
    quoted = quoted_before(sentence, first)
    if not quoted and not is_mark(sentence, first - 1, ",–—"):
        return None
    after = skip_circumstances(sentence, cue[1], listener=word(sentence, cue[0]) in cues.TELL)
    closed = at_end(sentence, after) or is_mark(sentence, after, ",;:–—)")
    closed = closed or word(sentence, after) in cues.LEANING
    closed = closed or is_quotation(sentence, after) or (quoted and word(sentence, after) != "that")
    closed = closed or (after > cue[1] and has_verb(sentence, *content))
    if not closed or content[0] >= content[1]:
        return None
    finished = at_end(sentence, after) or word(sentence, after) in cues.LEANING
    finished = finished or (is_mark(sentence, after) and is_quotation(sentence, after + 1))
    only_opens = not quoted and not finished and opens_only(sentence, content)
    if only_opens and not interrupts(sentence, content, after):
        return None
    second = second_half(sentence, content, after, source, cue)
    if second and not quoted and not is_quotation(sentence, second[0].content[0]):
        return [longer(Found(content, source, cue), second[0])]
    return [Found(content, source, cue), *second]


def inverted(sentence: Sentence, cue: Places, found: list[Found]) -> list[Found] | None:
    """Find `“CONTENT,” said NAME`."""
    at = cue[0]
    quoted = quoted_before(sentence, at)
    if not quoted and not is_mark(sentence, at - 1):
        return None
    if word(sentence, at).endswith("ing") or not word(sentence, cue[1]):
        return None
    if word(sentence, at) in cues.TELL:
        return None  # after *told* stands the listener
    end = source_after(sentence, cue[1], greedy=False)
    if end == cue[1] or word(sentence, cue[1]) in ("that", *cues.PREPOSITIONS):
        return None
    if has_verb(sentence, cue[1], end):
        return None
    content = content_before(sentence, at, found)
    if not quoted and not has_verb(sentence, *content):
        return None
    source = (cue[1], apposition_after(sentence, end))
    after = skip_circumstances(sentence, source[1])
    return [Found(content, source, cue), *second_half(sentence, content, after, source, cue)]


def front_bare(sentence: Sentence, cue: Places, found: list[Found]) -> list[Found] | None:
    """Find `NAME said CONTENT`, without *that*."""
    form = word(sentence, cue[0])
    if form in cues.QUOTED_ONLY - cues.THAT or form.endswith("ing"):
        return None
    if cue[1] - cue[0] > 1:
        return None  # *go on* and *point out* want *that* or quotation marks
    source = who(sentence, cue)
    begin = skip_circumstances(sentence, cue[1], listener=form in cues.TELL)
    rest = len(sentence.tokens) - begin
    if source is None or rest < 3 or is_mark(sentence, begin, ",;:"):
        return None
    if word(sentence, begin) in cues.NO_STATEMENT:
        return None
    if not has_verb(sentence, begin, len(sentence.tokens)) and not (form in cues.SAY and rest > 3):
        return None
    if form in cues.TELL and word(sentence, begin) in ("to", "of", "about"):
        return None
    if word(sentence, begin) in ("to", "by", "whether", "if", "how", "why", "what", "when"):
        return None
    return [Found((begin, len(sentence.tokens)), source, cue)]


def joined(sentence: Sentence, cue: Places, found: list[Found]) -> list[Found] | None:
    """Find `…, adding that CONTENT`, `… and added that CONTENT`: the same source goes on."""
    first, _ = before_helpers(sentence, cue[0])
    form, before = word(sentence, cue[0]), word(sentence, first - 1)
    if form.endswith("ing"):
        if not (is_mark(sentence, first - 1, ",;–—") or before in ("and", "while", "but")):
            return None
    elif before not in ("and", "but", "then", "who", "or"):
        return None
    source = found[-1].source if found else subject_of(sentence, first)
    begin = introduced(sentence, cue)
    if begin is None:
        bare = skip_circumstances(sentence, cue[1], listener=form in cues.TELL)
        if form not in cues.SAY | cues.TELL or not has_verb(sentence, bare, len(sentence.tokens)):
            return None
        begin = bare
    return [Found((begin, len(sentence.tokens)), source, cue)] if source else None


def with_object(sentence: Sentence, cue: Places, found: list[Found]) -> list[Found] | None:
    """Find `NAME denied hitting CONTENT`, `NAME has noted a fall`: the content is no clause."""
    form = word(sentence, cue[0])
    source = who(sentence, cue)
    if form not in cues.WITH_OBJECT or source is None:
        return None
    begin = skip_circumstances(sentence, cue[1])
    low = word(sentence, begin)
    if not (low in cues.DETERMINERS or low.endswith("ing") or low.endswith("'s")):
        return None
    return [Found((begin, clause_end(sentence, begin)), source, cue)]


def naming(sentence: Sentence, cue: Places, found: list[Found]) -> list[Found] | None:
    """Find `NAME called the plan “a mistake”`."""
    source = who(sentence, cue)
    if word(sentence, cue[0]) not in cues.NAMING or source is None:
        return None
    if word(sentence, source[0]) in cues.EVERYBODY:
        return None  # what people call a thing is its name
    for at in range(cue[1], min(len(sentence.tokens), cue[1] + 15)):
        if is_quotation(sentence, at):
            return [Found((cue[1], at + 1), source, cue)]
    return None


CUE_RULES = (
    CueRule("nothing said", "Whoever did not say it, or only may say it, is no source.",
            "Orlo did not say whether the ferry was full.", nothing_said),
    CueRule("quoted as saying", "Here the one who is quoted is the source, not the one who quotes.",
            "Orlo was quoted by the Courier as saying that the ferry was full.", quoted_as_saying),
    CueRule("passive", "In the passive the source stands after *by*, or nowhere.",
            "It was reported by the harbour office that the ferry was full.", passive),
    CueRule("front", "A says-word with *that*, a colon or quotation marks opens what is said.",
            "Orlo told reporters that the ferry was full.", front),
    CueRule("tag", "A source and a says-word after a comma credit what stands before it.",
            "“The ferry was full,” Orlo said.", tag),
    CueRule("inverted", "News prose often turns the two round: first the says-word, then the name.",
            "“The ferry was full,” said Orlo.", inverted),
    CueRule("joined", "A second says-word goes on with the source of the first.",
            "Orlo said that the ferry was full, adding that it was late.", joined),
    CueRule("naming", "A name for a thing in quotation marks is somebody's word.",
            "Orlo called the delay “a bad joke”.", naming),
    CueRule("front bare", "After *said*, English can leave *that* out.",
            "Orlo said the ferry was full.", front_bare),
    CueRule("with object", "A few says-words take a thing in place of a clause.",
            "Orlo denied the delay.", with_object),
)  # fmt: skip
"""The rules that begin at a says-word, in the order in which they are tried."""

"""Three machines that find who says what, each with more rules, for the page *Teach a machine*.

They show what they mark and count how often they agree with the key that lessons show. They mark no
student, and read no key of a graded article.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from briefing.analysis.finder import Attribution, find_attributions
from briefing.analysis.finder.score import matches, quotation_marks_only
from briefing.analysis.finder_report import SHOWN, wanted_in
from briefing.corpus import Span, UnknownArticle, any_article, articles, plain
from briefing.corpus.quote import Quotation, quote

NEXT_TO_SAID = ("nothing said", "tag", "inverted", "front", "front bare")


@dataclass(frozen=True)
class Machine:
    """A finder with a name; `find` takes a text and returns what it finds."""

    name: str
    find: Callable[[str], Sequence[Attribution]]

    def marks(self, *sentences: str) -> list[Quotation]:
        """Return sentences, by id, with what the machine marks in them.

        Raises:
            UnknownArticle: there is no such text.
            UnknownSegment: the text has no such sentence.
        """
        return [self._marked(sentence) for sentence in sentences]

    def _marked(self, sentence: str) -> Quotation:
        shown = quote(sentence)
        here = shown.segment.span
        found = [one for one in self.find(shown.article.text) if one.content.overlaps(here)]
        if not found:
            return shown.because(f"{self.name}: nothing.")

        def inside(spans: Sequence[Span | None]) -> list[Span]:
            return [s for s in dict.fromkeys(spans) if s is not None and here.contains(s)]

        whose = " · ".join(dict.fromkeys(_whose(one, shown.article.text) for one in found))
        return shown.mark(
            who=inside([one.source for one in found]),
            says=inside([one.cue for one in found]),
            claim=[
                Span(max(one.content.start, here.start), min(one.content.end, here.end))
                for one in found
            ],
        ).because(f"{self.name}: {whose}.")

    def tries(self, *sentences: str) -> Constructed:
        """Return constructed sentences with what the machine finds in each, ready to be shown."""
        return Constructed(self.name, tuple((s, tuple(self.find(s))) for s in sentences))


def _whose(one: Attribution, text: str) -> str:
    source = f"“{plain(one.source.of(text))}”" if one.source else "nobody named"
    return f"{one.mode}, from {source}"


@dataclass(frozen=True)
class Constructed:
    """Constructed sentences and what a machine found in each."""

    machine: str
    found: tuple[tuple[str, tuple[Attribution, ...]], ...]

    def __repr__(self) -> str:
        lines = []
        for sentence, here in self.found:
            said = "; ".join(_whose(one, sentence) for one in here) or "nothing"
            lines.append(f"{sentence}\n    {self.machine}: {said}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        parts = []
        for sentence, here in self.found:
            said = "; ".join(
                f"{escape(_whose(one, sentence))}: <i>{escape(one.content.of(sentence))}</i>"
                for one in here
            )
            parts.append(
                '<blockquote style="max-width: 42em; line-height: 1.7"><code>constructed</code> '
                f"{escape(sentence)}<p>{escape(self.machine)}: {said or 'nothing'}.</p></blockquote>"
            )
        return "".join(parts)


def machines() -> tuple[Machine, Machine, Machine]:
    """Return the three machines: quotation marks, *somebody said*, and the whole finder."""

    def said(text: str) -> Sequence[Attribution]:
        return find_attributions(text, rules=NEXT_TO_SAID)

    return (
        Machine("Machine 1", quotation_marks_only),
        Machine("Machine 2", said),
        Machine("Machine 3", find_attributions),
    )


def agreement(machine: Machine, names: Sequence[str] = SHOWN) -> pd.DataFrame:
    """Return how often a machine and the key agree on what is credited, whatever the mode.

    Args:
        machine: the machine.
        names: ids of articles whose attribution a lesson may show.

    Returns:
        Index `article`; columns `in the key`, `found`, `right`, `missed`, `wrongly taken`, and
        `right source`: of the right ones, those with somebody whom the key accepts as the source.

    Raises:
        UnknownArticle: it is not an article whose attribution a lesson may show.
    """
    rows = []
    for name in names:
        if name not in SHOWN:
            raise UnknownArticle(f"The key that lessons show holds {', '.join(SHOWN)}, not {name}.")
        text = articles[name].text
        wanted, labelled = wanted_in(name)
        found = [
            one
            for one in machine.find(text)
            if any(one.content.overlaps(segment) for segment in labelled)
        ]
        pairs = matches(text, found, wanted)
        rows.append(
            {
                "article": name,
                "in the key": len(wanted),
                "found": len(found),
                "right": len(pairs),
                "missed": len(wanted) - len(pairs),
                "wrongly taken": len(found) - len(pairs),
                "right source": sum(
                    one.source is not None and any(one.source.overlaps(s) for s in key.sources)
                    for one, key in pairs
                ),
            }
        )
    return pd.DataFrame(rows).set_index("article")


def credited_by(machine: Machine, article: str) -> pd.DataFrame:
    """Return what a machine finds in a constructed text, a row each: mode, source, says-word, content.

    Raises:
        UnknownArticle: there is no such text.
    """
    text = any_article(article).text
    return pd.DataFrame(
        [
            {
                "mode": one.mode,
                "source": one.source.of(text) if one.source else "",
                "says-word": one.cue.of(text) if one.cue else "",
                "content": one.content.of(text),
            }
            for one in machine.find(text)
        ]
    )

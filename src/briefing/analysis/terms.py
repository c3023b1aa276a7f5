"""How often words stand in the texts, and two ways of comparing them; it counts and infers nothing.

Words are counted in the running text (lead and body), in lower case: not every text has a headline or
subheadings, and only like parts compare. The whole page can be counted too, but only to see what
goes wrong then. What compares two groups of texts is here to be broken: with five texts nothing
follows from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations
from math import log, sqrt

import pandas as pd

from briefing.corpus import any_article, articles
from briefing.errors import BriefingError
from briefing.keys.tokens import TOKEN

SPUTNIK = ("000", "001", "002")
"""The three texts of one outlet; the other two are of one outlet each."""

RUNNING_TEXT = ("lead", "body")
"""The parts that every text of the course has."""

PRIOR_WORDS = 100.0
"""How many words the prior of `log_odds` is worth."""


class NotTwoGroups(BriefingError):
    """A comparison needs two groups of texts with words in both."""


def words(article: str, *, page: bool = False) -> Counter[str]:
    """Return how often each word stands in the lead and body of a text, in lower case.

    Args:
        article: the id of an article or of a constructed text.
        page: count the whole page: headlines, clocks, menus, captions, second printings, links, tags.

    Raises:
        UnknownArticle: there is no such text.
    """
    text = any_article(article)
    parts = text.segments if page else [s for s in text.segments if s.part in RUNNING_TEXT]
    found: Counter[str] = Counter()
    for segment in parts:
        found.update(m.group().lower() for m in TOKEN.finditer(segment.span.of(text.text)))
    return found


def counts(terms: Iterable[str], texts: Iterable[str] | None = None) -> pd.DataFrame:
    """Return how often each term stands in each text, and how many words the text has.

    Args:
        terms: words, in any case; each is counted as it is written, not with its other forms.
        texts: ids; all five articles where left out.

    Returns:
        Index `article`; a column of whole numbers for each term, then `words`, the denominator.

    Raises:
        UnknownArticle: there is no such text.
    """
    wanted = list(dict.fromkeys(term.lower() for term in terms))
    names = list(articles if texts is None else texts)
    found = {name: words(name) for name in names}
    table = pd.DataFrame({t: [found[n][t] for n in names] for t in wanted}, dtype=int)
    table["words"] = [sum(found[n].values()) for n in names]
    table.index = pd.Index(names, name="article")
    return table


def per_thousand(table: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of `counts` as so many in 1,000 words, with one decimal.

    Args:
        table: columns of counts, and `words`.
    """
    terms = table.drop(columns="words")
    return (1000 * terms).div(table["words"], axis=0).round(1)


def leave_one_out(term: str, texts: Collection[str] = SPUTNIK) -> pd.DataFrame:
    """Return how often a term stands in a group of texts, with all of them and without each.

    Returns:
        Index `left out` ("nothing", then each text); columns `count`, `words`, `per 1,000 words`.

    Raises:
        UnknownArticle: there is no such text.
    """
    table = counts([term], texts)
    rows = []
    for out in ("nothing", *texts):
        kept = table.drop(index=out, errors="ignore")
        count, of = int(kept[term.lower()].sum()), int(kept["words"].sum())
        rows.append(
            {"left out": out, "count": count, "words": of, "per 1,000 words": 1000 * count / of}
        )
    return pd.DataFrame(rows).set_index("left out").round(1)


def log_odds(group: Collection[str], rest: Collection[str], *, page: bool = False) -> pd.DataFrame:
    """Return for each word how much likelier it is in one group of texts than in the other.

    The log-odds ratio with an informative Dirichlet prior of Monroe, Colaresi and Quinn (2008): the
    prior spreads `PRIOR_WORDS` words as they are spread over both groups together, so that rare
    words are pulled towards no difference.

    Args:
        group: ids of the texts of one group.
        rest: ids of the texts of the other.
        page: count the whole page, not lead and body alone.

    Returns:
        Index `word`, the likeliest in `group` first; columns `group` and `rest` (counts), `score`
        (the log-odds ratio divided by its estimated standard deviation; above 0: likelier in
        `group`).

    Raises:
        UnknownArticle: there is no such text.
        NotTwoGroups: a group is empty, or a text is in both.
    """
    if not group or not rest or set(group) & set(rest):
        raise NotTwoGroups("Give two groups of texts, and no text in both.")
    one, other = (_together(names, page=page) for names in (group, rest))
    both = one + other
    size = (sum(one.values()), sum(other.values()), sum(both.values()))
    rows = []
    for word, count in both.items():
        prior = PRIOR_WORDS * count / size[2]
        a, b = one[word] + prior, other[word] + prior
        ratio = log(a / (size[0] + PRIOR_WORDS - a)) - log(b / (size[1] + PRIOR_WORDS - b))
        rows.append((word, one[word], other[word], ratio / sqrt(1 / a + 1 / b)))
    table = pd.DataFrame(rows, columns=["word", "group", "rest", "score"])
    return table.sort_values(["score", "word"], ascending=[False, True]).set_index("word")


def top_words(
    group: Collection[str], rest: Collection[str], most: int = 8, *, page: bool = False
) -> list[str]:
    """Return the words that `log_odds` puts first for `group`."""
    return list(log_odds(group, rest, page=page).index[:most])


def every_split(
    values: pd.Series | Mapping[str, float], group: Collection[str] = SPUTNIK
) -> pd.DataFrame:
    """Return every way to choose as many texts as `group` has, with the sum of their ranks.

    The exact rank test (Wilcoxon, Mann and Whitney), written out: if the outlet had nothing to do
    with the values, each choice would be as good as any other.

    Args:
        values: a number for each text, such as a rate; equal numbers share their ranks.
        group: the texts that are of one outlet.

    Returns:
        Index `texts` ("000, 001, 002"), the greatest sum first; columns `sum of ranks` and
        `as high` (or `as low`, if the sum of `group` lies below the middle): whether the sum is as
        far out as that of `group`, at that end.

    Raises:
        NotTwoGroups: a text of the group has no value, or no text is left over.
    """
    ranks = pd.Series(dict(values)).rank()
    names = [str(name) for name in ranks.index]
    if not group or not set(group) < set(names):
        raise NotTwoGroups("Give a value for every text of the group, and for others beside them.")
    middle = len(group) * (len(names) + 1) / 2
    own = float(ranks[list(group)].sum())
    high = own >= middle
    rows = []
    for chosen in combinations(names, len(group)):
        total = float(ranks[list(chosen)].sum())
        rows.append((", ".join(chosen), total, total >= own if high else total <= own))
    table = pd.DataFrame(rows, columns=["texts", "sum of ranks", "as high" if high else "as low"])
    return table.sort_values(["sum of ranks", "texts"], ascending=[False, True]).set_index("texts")


def by_chance(splits: pd.DataFrame) -> float:
    """Return in what share of all splits chance alone would be as striking, at either end.

    The splits that are as high (or as low) count twice, because the other end would have struck us
    just as much: the two-sided exact p-value. With three texts against two it is never below 0.2.

    Args:
        splits: as `every_split` returns them.
    """
    return min(1.0, 2 * float(splits.iloc[:, -1].mean()))


def _together(names: Iterable[str], *, page: bool) -> Counter[str]:
    found: Counter[str] = Counter()
    for name in names:
        found += words(name, page=page)
    return found

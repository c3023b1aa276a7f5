"""Who got it from whom: the links of one sentence's chain, from the key; it draws and judges nothing.

A chain is told from the outlet to the origin, `TASS ← Rudskoi ← "several sources"`, as in the key.
"""

from __future__ import annotations

import re

import pandas as pd

from briefing.corpus import any_article, course_folder, read_table
from briefing.errors import BriefingError

_UNNAMED = re.compile(r"(an )?unnamed ")
_WHO = {
    "named_official": "a person, named",
    "other_person": "a person, named",
    "institution": "an institution",
    "unnamed_official": "unnamed",
    "document": "a document",
    "other_media": "another medium",
}


class NoChain(BriefingError):
    """The key shows no chain for that sentence."""


def chain(sentence: str) -> pd.DataFrame:
    """Return the links of a credited sentence, the outlet first and the origin last.

    Args:
        sentence: the id of a sentence of a text whose attribution a lesson may show.

    Returns:
        Columns `link` (1 for the outlet), `name`, `what` (what kind of link, in plain words),
        `named` (bool: whether a reader could ask this person, body or paper) and `kind` (as in the
        key; `outlet` for the one that publishes).

    Raises:
        UnknownArticle: there is no such text.
        NoChain: the key that lessons show credits nobody in it, or does not hold it.
    """
    article = any_article(sentence.partition(".")[0])
    folder = course_folder() / "data" / ("practice/keys" if article.constructed else "keys")
    rows = read_table(folder / "attribution.csv", ("sentence", "chain"))
    links = next((row["chain"].split("<") for row in rows if row["sentence"] == sentence), [""])
    if links == [""]:
        raise NoChain(
            f"The key that lessons show has no chain for {sentence}; choose a credited sentence of "
            "000, 002, 004 or a constructed text."
        )
    table = folder / "sources.csv" if article.constructed else course_folder() / "data/sources.csv"
    known = {row["source"]: row for row in read_table(table, ("source", "name", "kind"))}
    kinds = ["outlet", *(known[link]["kind"] for link in links[1:])]
    names = [article.outlet, *(known[link]["name"] for link in links[1:])]
    unnamed = [bool(_UNNAMED.match(name)) for name in names]
    return pd.DataFrame(
        {
            "link": range(1, len(links) + 1),
            "name": [_UNNAMED.sub(r"\1", name) for name in names],
            "what": [
                "the outlet" if kind == "outlet" else _what(kind, nameless)
                for kind, nameless in zip(kinds, unnamed, strict=True)
            ],
            "named": [not nameless for nameless in unnamed],
            "kind": kinds,
        }
    )


def _what(kind: str, nameless: bool) -> str:
    if kind == "document" and nameless:
        return "not shown to us"
    return "unnamed" if nameless else _WHO[kind]

"""Who speaks in a text, sentence by sentence, and for how many words; it counts and never judges.

Everything is read from an attribution key. A *run* (sentences without quotation marks and without
a says-word, beside a credited one) can be read in two ways: strictly, as the outlet's own voice,
or as inherited from the speaker beside it. The caller says which.
"""

from __future__ import annotations

import re
from collections.abc import Collection

import pandas as pd

from briefing.corpus import any_article, course_folder, read_table, sources
from briefing.errors import BriefingError

NOT_CREDITED = "not credited"
"""The speaker of sentences that credit nobody: the outlet's own voice."""

_WORD = re.compile(r"\w+(?:[-’'.,]\w+)*")
_COLUMNS = ("article", "sentence", "part", "voice", "mode", "source", "source_kind", "cue",
            "cue_stance", "run", "also_accepted")  # fmt: skip

KINDS = {
    "named_official": "person",
    "institution": "institution",
    "unnamed_official": "unnamed",
    "document": "document",
    "other_media": "other media",
    "other_person": "person",
    "": "nobody",
}
"""The kinds of source of the key, in the words of lesson 03."""

TONES = {
    "neutral": "plain",
    "endorsing": "tells it as a fact",
    "distancing": "keeps its distance",
    "": "",
}
"""How a says-word stands to what is said, in the words of lesson 03; talked about, never graded."""


class UnknownRun(BriefingError):
    """The article has no run of that id."""


def words_in(sentence: str) -> int:
    """Return the number of words; `Su-25SM`, `1,631` and `Syria's` are one word each."""
    return len(_WORD.findall(sentence))


def _key_rows(article: str, *, constructed: bool) -> list[dict[str, str]]:
    folder = course_folder() / "data" / ("practice/keys" if constructed else "keys")
    rows = read_table(folder / "attribution.csv", _COLUMNS)
    return [row for row in rows if row["article"] == article and row["voice"]]


def _names(*, constructed: bool) -> dict[str, str]:
    if not constructed:
        return {source: row["name"] for source, row in sources().items()}
    path = course_folder() / "data" / "practice" / "keys" / "sources.csv"
    return {row["source"]: row["name"] for row in read_table(path, ("source", "name"))}


def _inherited(row: dict[str, str]) -> dict[str, str]:
    other = dict(pair.split("=", 1) for pair in row["also_accepted"].split(";"))
    return {**row, **other}


def voices(article: str, inherited: Collection[str] = ()) -> pd.DataFrame:
    """Return one row for each sentence that counts, in order, with its speaker.

    Args:
        article: the id of a text whose attribution a lesson may show.
        inherited: ids of the runs (`"000.r1"`) to be read as inherited; the rest are read strictly.

    Returns:
        Columns `sentence`, `part`, `words`, `before` (words of the text before this sentence),
        `credited` (bool), `mode`, `kind` (of source, as in the key), `who` (the kind in plain words),
        `speaker` (a name, or `NOT_CREDITED`), `says_word` (in small letters, or ""), `tone`, `run`.

    Raises:
        UnknownArticle: there is no such text.
        UnknownRun: the text has no run of a given id.
        BriefingError: the key that lessons show has no rows for it.
    """
    text = any_article(article)
    rows = _key_rows(article, constructed=text.constructed)
    if not rows:
        raise BriefingError(
            f"The key that lessons show has no rows for article {article}; "
            "its attribution is an exercise."
        )
    unknown = sorted(set(inherited) - {row["run"] for row in rows})
    if unknown:
        known = sorted({row["run"] for row in rows if row["run"]})
        raise UnknownRun(
            f"Article {article} has no run {unknown[0]!r}; its runs are {', '.join(known)}."
        )
    names = _names(constructed=text.constructed)
    rows = [_inherited(row) if row["run"] in inherited else row for row in rows]
    table = pd.DataFrame(
        {
            "sentence": [row["sentence"] for row in rows],
            "part": [row["part"] for row in rows],
            "words": [words_in(text.words(row["sentence"])) for row in rows],
            "credited": [row["voice"] == "attributed" for row in rows],
            "mode": [row["mode"] for row in rows],
            "kind": [row["source_kind"] for row in rows],
            "who": [KINDS[row["source_kind"]] for row in rows],
            "speaker": [names[row["source"]] if row["source"] else NOT_CREDITED for row in rows],
            "says_word": [row["cue"].lower() for row in rows],
            "tone": [TONES[row["cue_stance"]] if row["cue"] else "" for row in rows],
            "run": [row["run"] for row in rows],
        }
    )
    table.insert(3, "before", table["words"].cumsum() - table["words"])
    return table


def word_shares(table: pd.DataFrame) -> pd.DataFrame:
    """Return sentences, words and share of words for each speaker, the longest first.

    Args:
        table: a table made by `voices`.

    Returns:
        Index `speaker`; columns `sentences`, `words` and `percent` (of all counted words, rounded
        to a whole number, so that a column may add up to 99 or 101).
    """
    speakers = table.groupby("speaker", sort=False)["words"]
    grouped = pd.DataFrame({"sentences": speakers.count(), "words": speakers.sum()})
    grouped = grouped.sort_values("words", ascending=False, kind="stable")
    grouped["percent"] = (100 * grouped["words"] / table["words"].sum()).round().astype(int)
    return grouped

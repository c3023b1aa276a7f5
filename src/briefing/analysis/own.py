"""A reader's own labels as tables that can be counted and drawn; it holds no key and marks nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from briefing.analysis.voices import NOT_CREDITED, words_in
from briefing.corpus import any_article

CREDITED = "credited"
NO_LABEL = "no label yet"

_LANES = {"attributed": CREDITED, "outlet": NOT_CREDITED}
_COLOURS = {CREDITED: "named_official", NOT_CREDITED: "", NO_LABEL: "no_label"}


def own_voices(article: str, labels: Mapping[str, str]) -> pd.DataFrame:
    """Return one row for each sentence that counts, with a reader's own label for its speaker.

    Args:
        article: any text of the course.
        labels: sentence → `attributed` or `outlet`; anything else, or nothing, is no label yet.

    Returns:
        Columns as `briefing.analysis.voices.voices` has them, as far as a strip needs them:
        `sentence`, `words`, `before`, `credited` (bool), `kind`, `speaker` (`CREDITED`,
        `NOT_CREDITED` or `NO_LABEL`). What has no label yet is not drawn as uncredited.

    Raises:
        UnknownArticle: there is no such text.
    """
    text = any_article(article)
    names = [segment.id for segment in text.sentences]
    words = pd.Series([words_in(text.words(name)) for name in names], dtype=int)
    speakers = [_LANES.get(labels.get(name, ""), NO_LABEL) for name in names]
    return pd.DataFrame(
        {
            "sentence": names,
            "words": words,
            "before": words.cumsum() - words,
            "credited": [speaker != NOT_CREDITED for speaker in speakers],
            "kind": [_COLOURS[speaker] for speaker in speakers],
            "speaker": speakers,
        }
    )


def own_labels(
    article: str, sentences: Sequence[str], labels: Mapping[str, str], names: Mapping[str, str]
) -> pd.DataFrame:
    """Return the words of some sentences beside a reader's own labels, ready to be added up.

    Args:
        article: any text of the course.
        sentences: ids of the sentences, in the order wanted.
        labels: sentence → label; a sentence may lack one.
        names: label → the name on its button; an unknown label is shown as it is.

    Returns:
        Columns `sentence`, `words` and `label` (a name, or `NO_LABEL`).

    Raises:
        UnknownArticle: there is no such text.
        UnknownSegment: the text has no such sentence.
    """
    text = any_article(article)
    given = [labels.get(name, "") for name in sentences]
    return pd.DataFrame(
        {
            "sentence": list(sentences),
            "words": [words_in(text.words(name)) for name in sentences],
            "label": [names.get(label, label) if label else NO_LABEL for label in given],
        }
    )

"""Two articles beside each other, with their linked claims; for reading only, it saves nothing.

Which stretches belong together stands in `data/linked-claims.csv`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.corpus import TableError, any_article, course_folder, read_table
from briefing.corpus.articles import Article
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from briefing.widgets.reader import ReaderLink, ReaderText

_COLUMNS = ("left", "left_start", "left_end", "right", "right_start", "right_end", "word")


class NoLinkedClaims(BriefingError):
    """No claims of the two articles are linked."""


def side_by_side(left: str, right: str) -> None:
    """Show two articles beside each other; linked words lead to their partner.

    Args:
        left: the id of the article on the left.
        right: the id of the article on the right.

    Raises:
        NoLinkedClaims: the table links nothing between the two, in this order.
        TableError: the table is missing or wrong.
    """
    from briefing.widgets.reader import Reader

    links = linked_claims(left, right)
    one, other = any_article(left), any_article(right)
    Reader(
        _text(one),
        _text(other),
        links,
        title=f"{one.id} and {other.id} side by side",
        name=f"side-by-side/{left}-{right}",
    ).show()


def linked_claims(left: str, right: str) -> list[ReaderLink]:
    """Return the links between two articles, in code points of each.

    Raises:
        NoLinkedClaims: the table links nothing between the two, in this order.
        TableError: the table is missing or wrong.
    """
    from briefing.widgets.reader import ReaderLink

    path = course_folder() / "data" / "linked-claims.csv"
    found = []
    for row in read_table(path, _COLUMNS):
        if (row["left"], row["right"]) != (left, right):
            continue
        try:
            places = [int(row[name]) for name in _COLUMNS if name.endswith(("_start", "_end"))]
        except ValueError:
            raise TableError(
                f"The table {path} has a place that is no number, beside {row['word']!r}."
            ) from None
        found.append(ReaderLink((places[0], places[1]), (places[2], places[3]), row["word"]))
    if not found:
        raise NoLinkedClaims(f"data/linked-claims.csv links nothing between {left} and {right}.")
    return found


def _text(article: Article) -> ReaderText:
    from briefing.widgets.provenance import day_in_words
    from briefing.widgets.reader import ReaderText

    title = f"{article.id}, {article.outlet}, {day_in_words(article.published)}"
    return ReaderText(title, article.text, "en", article.segments)

"""An article as a page of HTML for reading: furniture grey, everything escaped; reads no files.

Only inline styles that survive JupyterLab's sanitiser are used, because a notebook is met untrusted
first: on GitHub, in nbviewer, in a fresh clone.
"""

from __future__ import annotations

from html import escape
from itertools import groupby

from briefing.corpus.articles import Article
from briefing.corpus.story import line_of

_PART_STYLES = {
    "headline": "font-size: 1.4em; font-weight: bold",
    "deck": "font-size: 1.1em; font-style: italic",
    "lead": "font-weight: bold",
    "subheading": "font-weight: bold",
    "dateline": "font-size: 0.9em",
    "caption": "font-size: 0.9em; font-style: italic",
}
_QUIET = "opacity: 0.75; font-size: 0.85em"  # no grey can be read on white and on black


def article_html(article: Article) -> str:
    """Return `article` as escaped HTML, one paragraph a line, its furniture greyed and named."""
    head = f"{article.outlet}, {article.published}" + (
        " (constructed for this course: invented people and countries)"
        if article.constructed
        else ""
    )
    parts = [
        '<div style="max-width: 42em; line-height: 1.55">',
        f'<p style="{_QUIET}">Article {escape(article.id)} · {escape(head)}</p>',
    ]
    for _, group in groupby(article.segments, key=lambda s: line_of(article, s)):
        line = []
        for segment in group:
            words = escape(segment.span.of(article.text))
            if segment.is_furniture:
                line.append(f'<span style="{_QUIET}">[{segment.part}] {words}</span>')
            else:
                style = _PART_STYLES.get(segment.part)
                line.append(f'<span style="{style}">{words}</span>' if style else words)
        parts.append(f'<p style="margin: 0 0 0.7em 0">{" ".join(line)}</p>')
    parts.append("</div>")
    return "\n".join(parts)

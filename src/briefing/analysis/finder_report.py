"""How well the finder does on the five articles and on texts it was not written on; it marks nobody.

The key of the articles labels sentences; here it is read as attributions. Sentences of one quotation are
one attribution. In a sentence with two claims (*…, he said, adding that …*) each is one, and its mode is
read from the quotation marks. What the key leaves without a label (furniture, captions, a second printing)
is left out: what the finder finds there is neither right nor wrong. Runs are read strictly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from briefing.analysis.finder import Attribution, Mode, find_attributions
from briefing.analysis.finder.score import MODES, Score, Wanted, quotation_marks_only, score
from briefing.corpus import Span, articles, course_folder, read_table

SHOWN = ("000", "002", "004")
"""The articles whose attribution lessons may show."""

Finder = Callable[[str], tuple[Attribution, ...]]
FINDERS: dict[str, Finder] = {
    "the finder": find_attributions,
    "quotation marks only": quotation_marks_only,
}

_QUOTES = frozenset('"“”‘’')
_MODE: dict[str, Mode] = {"direct": "direct", "indirect": "indirect", "mixed": "mixed"}
_LABELS = ("article", "sentence", "start", "end", "voice", "mode", "source")
_SPANS = ("article", "sentence", "role", "start", "end", "status")
_HELD_OUT = ("text", "mode", "source_start", "source_end", "cue_start", "cue_end",
             "content_start", "content_end")  # fmt: skip


def key_folder() -> Path:
    """Return the folder of the key: of all five articles, or in a student's version of three."""
    solutions = course_folder() / "solutions" / "keys"
    return solutions if (solutions / "attribution.csv").exists() else course_folder() / "data/keys"


def wanted_in(article: str) -> tuple[list[Wanted], list[Span]]:
    """Return the key of an article as attributions, and the spans of the sentences it labels.

    Raises:
        TableError: a table of the key is missing or damaged.
        UnknownArticle: there is no such article.
    """
    text = articles[article].text
    folder = key_folder()
    labels = [r for r in read_table(folder / "attribution.csv", _LABELS) if r["article"] == article]
    marks = [r for r in read_table(folder / "spans.csv", _SPANS) if r["article"] == article]
    named: dict[str, list[Span]] = {}
    for row in labels:
        of = [m for m in marks if m["sentence"] == row["sentence"] and m["role"] == "source"]
        named.setdefault(row["source"], []).extend(
            _span(m) for m in of if m["status"] == "required"
        )
    wanted: list[Wanted] = []
    for row in labels:
        here = [
            m for m in marks if m["sentence"] == row["sentence"] and m["status"] != "look_alike"
        ]
        contents = [_span(m) for m in here if m["role"] == "content"]
        sources = tuple(_span(m) for m in here if m["role"] == "source")
        cues = tuple(_span(m) for m in here if m["role"] == "cue")
        for content in contents:
            mode = _MODE[row["mode"]] if len(contents) == 1 else _mode_of(text, content)
            last = wanted[-1] if wanted else None
            if last and mode == last.mode == "direct" and _one_quotation(text, last, content):
                whole = Span(last.content.start, content.end)
                also = tuple(dict.fromkeys((*last.sources, *sources)))
                wanted[-1] = Wanted("direct", whole, also, (*last.cues, *cues))
            else:
                sources = sources or tuple(named[row["source"]])
                wanted.append(Wanted(mode, content, sources, cues))
    return wanted, [_span(row) for row in labels if row["voice"]]


def _span(row: dict[str, str]) -> Span:
    return Span(int(row["start"]), int(row["end"]))


def _mode_of(text: str, content: Span) -> Mode:
    around = text[content.start - 1] + text[content.end : content.end + 2]
    if _QUOTES & {around[0]} and _QUOTES & set(around[1:]):
        return "direct"
    return "mixed" if {'"', "“"} & set(content.of(text)) else "indirect"


def _one_quotation(text: str, last: Wanted, content: Span) -> bool:
    """Between two sentences of one quotation there is no quotation mark and no line end."""
    between = text[last.content.end : content.start]
    return len(between) < 8 and not (_QUOTES | {"\n"}) & set(between)


def score_article(article: str, finder: Finder) -> Score:
    """Score a finder on one of the five articles.

    Raises:
        TableError: a table of the key is missing or damaged.
    """
    text = articles[article].text
    wanted, labelled = wanted_in(article)
    found = [one for one in finder(text) if any(one.content.overlaps(s) for s in labelled)]
    return score(text, found, wanted)


def held_out_folder() -> Path:
    """Return the folder of the constructed texts that the rules were not written on."""
    return course_folder() / "data" / "practice" / "finder"


def held_out() -> dict[str, tuple[str, list[Wanted]]]:
    """Return each held-out text with its key, by the name in the key's column `text`.

    Raises:
        TableError: the key is missing or damaged.
    """
    folder = held_out_folder()
    files = {path.stem: path for path in sorted(folder.glob("*.txt"))}
    texts: dict[str, tuple[str, list[Wanted]]] = {}
    for row in read_table(folder / "keys.csv", _HELD_OUT):
        name = row["text"].removesuffix(".txt")
        if name not in texts:
            path = files.get(name) or next(p for stem, p in files.items() if stem.startswith(name))
            texts[name] = (path.read_bytes().decode("utf-8"), [])
        texts[name][1].append(
            Wanted(
                _MODE[row["mode"]],
                Span(int(row["content_start"]), int(row["content_end"])),
                _maybe(row, "source"),
                _maybe(row, "cue"),
            )
        )
    return texts


def _maybe(row: dict[str, str], role: str) -> tuple[Span, ...]:
    start, end = row[f"{role}_start"], row[f"{role}_end"]
    return (Span(int(start), int(end)),) if start else ()


def total(scores: Iterable[Score]) -> Score:
    """Add up scores."""
    first, *rest = scores
    for one in rest:
        first = first + one
    return first


def report() -> str:
    """Return the whole report as Markdown: what lessons may show, then all five articles together.

    A student's version has the key of three articles only, and the report says so.

    Raises:
        TableError: a table of a key is missing or damaged.
    """
    if key_folder().parent.name == "solutions":
        return f"{lessons_table()}\n{all_articles_table()}"
    return (
        "This copy of the course has no solutions: of the five articles only 000, 002 and 004 are "
        f"scored.\n\n{lessons_table()}"
    )


def lessons_table() -> str:
    """Return the scores on the articles that lessons may show and on the held-out texts."""
    texts = held_out()
    rows = []
    for name, finder in FINDERS.items():
        rows += [(article, name, score_article(article, finder)) for article in SHOWN]
        scores = [score(text, finder(text), key) for text, key in texts.values()]
        rows.append((f"{len(texts)} held-out texts", name, total(scores)))
    return _table(rows)


def all_articles_table() -> str:
    """Return the scores on the five articles together; it needs the key of all of them."""
    rows = [
        ("all five articles", name, total(score_article(article, finder) for article in articles))
        for name, finder in FINDERS.items()
    ]
    return _table(rows)


def _table(rows: Sequence[tuple[str, str, Score]]) -> str:
    lines = [
        "| text | finder | mode | found | in the key | right | precision | recall | F1 | source right | cue right |",
        "|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for text, finder, one in rows:
        for mode in (*MODES, "any"):
            tally = one.modes[mode]
            figures = " | ".join(_number(x) for x in (tally.precision, tally.recall, tally.f1))
            sides = ["", ""]
            if mode == "any":
                sides = [_number(x / one.matches if one.matches else None)
                         for x in (one.sources, one.cues)]  # fmt: skip
            lines.append(
                f"| {text} | {finder} | {mode} | {tally.found} | {tally.wanted} | {tally.right} | "
                f"{figures} | {sides[0]} | {sides[1]} |"
            )
    return "\n".join(lines) + "\n"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"

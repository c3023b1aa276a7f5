"""Whether a table or a set of cards is asked in order; says what is wrong, knows no right answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.keys.asked_cells import CardAsked, Column, Row


def table_problems(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[str]:
    """Yield what is wrong with a table, a sentence each."""
    if not columns or not rows:
        yield "a table needs columns and rows."
    yield from _ids("column", [column.id for column in columns])
    yield from _ids("row", [row.id for row in rows])
    known = {column.id: column for column in columns}
    for column in columns:
        yield from _options(column)
    for row in rows:
        if not (row.name or row.span or row.sentence):
            yield f"row {row.id} does not say what it is about; give it a name, a sentence or a span."
        yield from _span("row", row.id, row.span)
        for stray in row.given.keys() - known.keys():
            yield f"row {row.id} prints a cell of column {stray!r}, which the table does not have."
    if not any(column.id not in row.given for row in rows for column in columns):
        yield "every cell of the table is given, so nothing is asked."


def card_problems(
    cards: Sequence[CardAsked], decisions: Sequence[str], gates: Sequence[str]
) -> Iterator[str]:
    """Yield what is wrong with a set of cards, a sentence each."""
    if not cards:
        yield "there are no cards."
    if len(decisions) < 2:
        yield "cards need at least two decisions to choose from."
    if len(gates) == 1:
        yield "one gate is no choice; offer at least two, or none."
    yield from _ids("card", [card.id for card in cards])
    yield from _ids("decision", decisions)
    yield from _ids("gate", gates)
    for card in cards:
        yield from _span("card", card.id, card.span)
        if not (card.title or card.span or card.sentence or card.boxes):
            yield f"card {card.id} shows nothing; give it a title, a sentence, a span or boxes."


def _options(column: Column) -> Iterator[str]:
    if column.type != "choice":
        if column.options:
            yield f'column {column.id} has options, but is not of the type "choice".'
        return
    ids = [option.id for option in column.options]
    if len(ids) < 2:
        yield f"column {column.id} needs at least two options to choose from."
    yield from _ids(f"option of column {column.id}", ids)


def _ids(what: str, ids: Sequence[str]) -> Iterator[str]:
    twice = next((one for one in ids if ids.count(one) > 1), None)
    if twice is not None:
        yield f"two have the id {twice!r} ({what})."
    bad = next((one for one in ids if not one or ":" in one or len(one) > 100), None)
    if bad is not None:
        yield f"{bad[:40]!r} cannot be the id of a {what}: ids are short and hold no colon."


def _span(what: str, name: str, span: Sequence[int]) -> Iterator[str]:
    if span and (len(span) != 2 or not 0 <= span[0] < span[1]):
        yield f"{what} {name} has the span {list(span)}; a span is a start and a later end."

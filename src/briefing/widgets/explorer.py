"""Records with their other side, to be filtered by date, kind and words; for reading only.

It saves nothing and judges nothing. Every record is shown whole, with its kind, whose side it is on
and who says otherwise: none can be shown without.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from briefing.widgets.question import QuestionWidget
from briefing.widgets.static import apart, esc, line

_BUILT = Path(__file__).parent / "built"

_CELL = "border:1px solid #8a8a8a;padding:6px 9px;text-align:left;vertical-align:top"


@dataclass(frozen=True, slots=True)
class Lane:
    """Where a record can lie in time: an id, a name, and a line that each record there carries."""

    id: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What the records' dates are compared with: a text and its day, in words."""

    id: str
    name: str
    day: str


@dataclass(frozen=True, slots=True)
class Place:
    """How a record lies to a reference: a lane's id, the distance in words, and in whole days."""

    lane: str
    away: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `finding`, `counter` and `kind` are never empty; `address` is shown as text.

    Attributes:
        id: its name, such as `E12`.
        topic: what it is about.
        finding: what it says.
        counter: who says otherwise, or its own limits.
        kind: the kind of source.
        side: whose side the source is on; empty where there is nothing to say.
        date: its date as written.
        where: who published it, and under which title.
        address: its address.
        filed: the id of the group that it was filed under.
        doubt: a sentence where a detail could not be confirmed.
        places: by reference, how it lies to it in time.
    """

    id: str
    topic: str
    finding: str
    counter: str
    kind: str
    side: str = ""
    date: str = ""
    where: str = ""
    address: str = ""
    filed: str = ""
    doubt: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("id", "finding", "counter", "kind"):
            if not getattr(self, name).strip():
                raise ValueError(f"the record {self.id!r} lacks its {name}")


class Explorer(QuestionWidget):
    """Look through records by article, lane, kind of source and words.

    Args:
        records: what can be looked through.
        references: what their dates can be compared with; none for dates alone.
        lanes: the lanes in the order of time.
        groups: `id → name` of what records are filed under.
        reference: the reference that is chosen at first; empty for none.
        about: a line above the records, such as what they are and are not.
        title: the accessible name, shown above.
        name: a name of its own, where one notebook holds several.

    Raises:
        ValueError: two records share an id, or one lies in a lane or to a reference that is not given.
    """

    _esm = _BUILT / "explorer.js"
    _css = _BUILT / "explorer.css"

    kind: ClassVar[str] = "explorer"
    word: ClassVar[str] = "Evidence"

    def __init__(
        self,
        records: Iterable[Record],
        references: Iterable[Reference] = (),
        *,
        lanes: Iterable[Lane] = (),
        groups: Mapping[str, str] | None = None,
        reference: str = "",
        about: str = "",
        title: str = "",
        name: str = "",
    ) -> None:
        self.records, self.references = tuple(records), tuple(references)
        self.lanes, self.reference, self.about = tuple(lanes), reference, about
        self.groups = dict(groups or {})
        self._refuse_what_does_not_fit()
        super().__init__(
            title=title,
            question=name,
            readonly=True,
            config={
                "records": [_as_dict(record) for record in self.records],
                "references": [
                    {"id": one.id, "name": one.name, "day": one.day} for one in self.references
                ],
                "lanes": [{"id": one.id, "name": one.name, "note": one.note} for one in self.lanes],
                "groups": [{"id": key, "name": words} for key, words in self.groups.items()],
                "kinds": list(dict.fromkeys(record.kind for record in self.records)),
                "reference": reference,
                "about": about,
            },
        )

    def _refuse_what_does_not_fit(self) -> None:
        ids = [record.id for record in self.records]
        if len(set(ids)) != len(ids):
            raise ValueError("two records share an id")
        known = {one.id for one in self.references}
        if self.reference and self.reference not in known:
            raise ValueError(f"there is no reference {self.reference!r}")
        lanes = {lane.id for lane in self.lanes}
        for record in self.records:
            if not set(record.places) <= known:
                raise ValueError(f"the record {record.id!r} is placed beside an unknown reference")
            if not {place.lane for place in record.places.values()} <= lanes:
                raise ValueError(f"the record {record.id!r} lies in an unknown lane")

    def __repr__(self) -> str:
        """Return a fixed text: nbval compares it, and a notebook stores it."""
        return "<Explorer: run all cells to look through the records>"

    def static_body(self) -> str:
        """Return every record in one table, whole; where a reference is chosen by lane, nearest first."""
        chosen = next((one for one in self.references if one.id == self.reference), None)
        heads = ("Row", "What it says, and who says otherwise", "Kind, and whose side", "Date")
        head = "".join(f'<th scope="col" style="{_CELL}">{words}</th>' for words in heads)
        rows = "".join(self._row(record, chosen) for record in self._in_order(chosen))
        about = f"<p>{esc(self.about)}</p>" if self.about else ""
        beside = line(f"Dates beside {chosen.name}, {chosen.day}.") if chosen else ""
        return (
            f'{about}{beside}<table style="border-collapse:collapse"><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )

    def _in_order(self, chosen: Reference | None) -> list[Record]:
        if chosen is None:
            return list(self.records)
        order = [lane.id for lane in self.lanes]

        def place(record: Record) -> tuple[int, int]:
            found = record.places.get(chosen.id)
            return (order.index(found.lane), abs(found.days)) if found else (len(order), 0)

        return sorted(self.records, key=place)

    def _row(self, record: Record, chosen: Reference | None) -> str:
        kind = f"{record.kind}; {record.side}" if record.side else record.kind
        found = record.places.get(chosen.id) if chosen else None
        lane = next((one for one in self.lanes if found and one.id == found.lane), None)
        away = ""
        if found and lane:
            away = f"<br><b>{esc(lane.name)}</b>: {esc(found.away)}"
            away += f"<br><i>{esc(lane.note)}</i>" if lane.note else ""
        doubt = f" <i>{esc(record.doubt)}</i>" if record.doubt else ""
        where = ", ".join(filter(None, (record.where, record.address)))
        return (
            f'<tr><th scope="row" style="{_CELL}">{apart(record.id)}</th>'
            f'<td style="{_CELL}"><b>{apart(record.topic)}</b><br>{apart(record.finding)}<br>'
            f"<i>The other side, and limits:</i> {apart(record.counter)}{doubt}</td>"
            f'<td style="{_CELL}">{apart(kind)}<br><i>Where:</i> {apart(where)}</td>'
            f'<td style="{_CELL}">{esc(record.date)}{away}</td></tr>'
        )


def _as_dict(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "topic": record.topic,
        "finding": record.finding,
        "counter": record.counter,
        "kind": record.kind,
        "side": record.side,
        "date": record.date,
        "where": record.where,
        "address": record.address,
        "filed": record.filed,
        "doubt": record.doubt,
        "places": {
            key: {"lane": place.lane, "away": place.away, "days": place.days}
            for key, place in record.places.items()
        },
    }

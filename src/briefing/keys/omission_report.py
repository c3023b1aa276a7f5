"""How far two readers agreed on the omission cards; computes from the passes, settles nothing.

Two makers wrote cards apart; a further reader then judged every card without its maker's verdict. So
each card has two verdicts made apart, and what the makers found by themselves can be compared too.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefing.corpus import TableError, course_folder, read_table
from briefing.keys.agreement import Agreement, agreement
from briefing.keys.attribution_report import NoPasses
from briefing.keys.omissions import GATES, VERDICTS, OmissionRow, omission_passes
from briefing.keys.report_lines import TRUSTED, Line, Section, table, weak
from briefing.keys.tables import PASSES

JUDGED_COLUMNS = ("id", "verdict", "gate", "confidence", "why", "faults")


@dataclass(frozen=True, slots=True)
class OmissionsAgreement:
    """The agreement on the cards.

    Attributes:
        cards: how many cards each of the two makers wrote.
        common: how many of them ask the same: they hang on overlapping sentences, with a row of the
            evidence in common.
        made: agreement of the two makers on those, by column.
        judged: agreement of maker and second reader on all cards, by column.
    """

    cards: tuple[int, int]
    common: int
    made: dict[str, Agreement]
    judged: dict[str, Agreement]


def omissions_agreement() -> OmissionsAgreement | None:
    """Return the agreement on the cards; None where the passes are not in this copy.

    Raises:
        TableError: a table of a pass is missing or wrong, or a card was not judged.
    """
    both = omission_passes()
    if not both:
        return None
    one, other = (both[name] for name in PASSES)
    second = _judged()
    rows = [*one, *other]
    missing = [row.id for row in rows if row.id not in second]
    if missing:
        raise TableError(
            f"No second reader judged the card {missing[0]}; see omissions-judged.csv."
        )
    pairs = same_cards(one, other)
    made = {
        "decision": agreement([(a.decision, b.decision) for a, b in pairs]),
        "verdict": agreement([(a.verdict, b.verdict) for a, b in pairs]),
        "gate": agreement([(a.gate, b.gate) for a, b in pairs]),
        "category": agreement([(a.category, b.category) for a, b in pairs]),
    }
    judged = {
        "decision": agreement([(row.decision, _decision(second[row.id][0])) for row in rows]),
        "verdict": agreement([(row.verdict, second[row.id][0]) for row in rows]),
        "gate": agreement([(row.gate, second[row.id][1]) for row in rows]),
        "gate (where both reject)": agreement(
            [
                (row.gate, second[row.id][1])
                for row in rows
                if row.decision == _decision(second[row.id][0]) == "reject"
            ]
        ),
    }
    return OmissionsAgreement((len(one), len(other)), len(pairs), made, judged)


def same_cards(
    one: list[OmissionRow], other: list[OmissionRow]
) -> list[tuple[OmissionRow, OmissionRow]]:
    """Return the cards that ask the same: sentences overlap, and a row of evidence is in common.

    Cards without any row ask the same where sentence and category do. Each card has at most one
    partner, the one with most rows in common; of equals the first.
    """
    found = sorted(
        (
            (-len(set(a.rows) & set(b.rows)), a.id, b.id, a, b)
            for a in one
            for b in other
            if a.article == b.article
            and min(a.end, b.end) > max(a.start, b.start)
            and (set(a.rows) & set(b.rows) or (not a.rows + b.rows and a.category == b.category))
        ),
        key=lambda pair: pair[:3],
    )
    taken: set[str] = set()
    pairs = []
    for *_, a, b in found:
        if a.id not in taken and b.id not in taken:
            taken |= {a.id, b.id}
            pairs.append((a, b))
    return sorted(pairs, key=lambda pair: pair[0].id)


def _decision(verdict: str) -> str:
    return "reject" if verdict == "not_shown" else "accept"


def _judged() -> dict[str, tuple[str, str]]:
    path = course_folder() / "solutions" / "keys" / "passes" / "omissions-judged.csv"
    found = {}
    for row in read_table(path, JUDGED_COLUMNS):
        if row["verdict"] not in VERDICTS or row["gate"] not in GATES:
            raise TableError(f"The table {path}, row {row['id']!r}: no such verdict or gate.")
        found[row["id"]] = (row["verdict"], row["gate"])
    return found


def omissions_section() -> Section:
    """Return the agreement on the cards, with the words that belong to the numbers.

    Raises:
        NoPasses: the passes are not in this copy of the course.
        TableError: a table of a pass is missing or wrong.
    """
    found = omissions_agreement()
    if found is None:
        raise NoPasses
    one, other = found.cards
    made = [Line(f"made: {name}", "cards that both made", a) for name, a in found.made.items()]
    judged = [Line(f"judged: {name}", "every card", a) for name, a in found.judged.items()]
    return Section(
        "omissions",
        [*made, *judged],
        [
            "## The omission cards",
            "",
            f"Two makers, runs of an AI language model made apart, wrote {one} and {other} cards on "
            "the five articles. Two further runs then judged each maker's cards without seeing the "
            "maker's verdict, gate or reasons. The cards of the key were chosen from both sets, and "
            "settled; `hard-cases.md` says how. No outside expert has checked them.",
            "",
            f"**Do two makers find the same?** {found.common} cards of each ask the same thing: they "
            "hang on the same sentence and rest on a row of the evidence in common. What a text "
            "leaves out has no list, so this says how far two readers happen to look for the same "
            "things. On those cards:",
            "",
            *table(made),
            "",
            "**Do two readers judge a card alike?** Maker and second reader, on all cards:",
            "",
            *table(judged),
            "",
            f"A column with α below {TRUSTED}: {weak([*made, *judged])}. Machine-marked questions use "
            "accept or reject, and the gate; where maker and second reader differed on either, the "
            "card is not asked, or both answers count.",
        ],
    )

"""List everything that was handed in, in a fixed order, each with whose it is; marks nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from pathlib import Path

from msgspec.structs import replace

from briefing.marking.hand_ins.batches import Told, told
from briefing.marking.hand_ins.identity import cut, from_path
from briefing.marking.hand_ins.layouts import Claim, Layout
from briefing.marking.hand_ins.refs import Ref
from briefing.marking.hand_ins.roster import Roster
from briefing.marking.hand_ins.survey import Survey, raw_files, survey

_NO_FILE = "Handed in without a file; ask the student for the file that ends in .answers.json."


def listed(
    source: Path,
    *,
    without: Path | None = None,
    passed: Collection[Path] = (),
    layout: Layout | None = None,
    roster: Roster | None = None,
    surveyed: Survey | None = None,
) -> Iterator[Ref]:
    """Yield every file that was handed in, in an order that does not depend on the system.

    A source may be larger than memory: its files are listed one after the other, twice, once to
    decide the layout for all of them.

    Args:
        source: the folder or zip with what was handed in.
        without: a folder that is not looked into (the output of an earlier marking).
        passed: files that are passed over (a roster that lies in the folder).
        layout: how it is laid out, where the teacher says so.
        roster: the class list.
        surveyed: what `survey` said of the same source, if it has been asked already.

    Raises:
        NothingToMark: `source` is missing or cannot be listed.
    """
    about = surveyed or survey(source, without=without, passed=passed, layout=layout)
    claimed = (
        (ref, about.claim(ref.path.split("/")))
        for ref in raw_files(source, without=without, passed=passed, about=about)
        if not about.beside(ref.path.split("/"))
    )
    for batch, together in groupby(claimed, key=lambda pair: pair[1].batch if pair[1] else ""):
        if batch:
            yield from _batch(list(together), about.layout, roster)
        else:
            for ref, claim in together:
                yield _known(ref, claim, Told(), about.layout, roster)


def _batch(
    together: list[tuple[Ref, Claim | None]], layout: Layout, roster: Roster | None
) -> Iterator[Ref]:
    """Yield the files of one hand-in; the LMS's own file only where there is no other."""
    own = [ref for ref, claim in together if claim and claim.own]
    said = told(layout, own)
    others = [(ref, claim) for ref, claim in together if not (claim and claim.own)]
    for ref, claim in others:
        yield _known(ref, claim, said, layout, roster)
    if not others:
        for ref, claim in together:
            yield replace(_known(ref, claim, said, layout, roster), problem=_NO_FILE)


def _known(ref: Ref, claim: Claim | None, said: Told, layout: Layout, roster: Roster | None) -> Ref:
    if claim is not None and said.user:
        # The whole name holds assignment and user: the LMS's own file must agree with it.
        before_time = claim.batch[: -len("_2026-11-22-19-40-00")]
        fits = before_time.endswith(f"_{said.user}")
        claim = replace(claim, id=said.user, name=said.name) if fits else claim
    if claim is None:
        return ref
    claim, doubts = cut(claim, layout, roster)
    who, notes = from_path(claim, layout, roster)
    return replace(
        ref,
        who=who,
        handed_in=said.handed_in,
        late=claim.late,
        attempt=claim.attempt,
        notes=(*notes, *doubts),
    )

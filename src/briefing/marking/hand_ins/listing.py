"""List everything that was handed in, in a fixed order, each with whose it is; marks nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from briefing.marking.hand_ins.batches import Told, told
from briefing.marking.hand_ins.budget import within_budget
from briefing.marking.hand_ins.layouts import Claim, Layout
from briefing.marking.hand_ins.refs import Ref
from briefing.marking.hand_ins.roster import Roster
from briefing.marking.hand_ins.survey import Survey, raw_files, survey
from briefing.marking.hand_ins.whose.cuts import cut
from briefing.marking.hand_ins.whose.majority import Majority
from briefing.marking.hand_ins.whose.path_rules import from_path

_NO_FILE = "Handed in without a file; ask the student for the file that ends in .answers.json."


def listed(
    source: Path,
    *,
    passed: Collection[Path] = (),
    layout: Layout | None = None,
    roster: Roster | None = None,
    surveyed: Survey | None = None,
) -> Iterator[Ref]:
    """Yield every file that was handed in, in an order that does not depend on the system.

    A source may be larger than memory: its files are listed one after the other, twice, once to
    decide the layout for all of them; once more where a class list knows somebody by the name alone, or names
    and ids do not go together, to see what most say.

    Args:
        source: the folder or zip with what was handed in.
        passed: files that are passed over (a roster that lies in the folder).
        layout: how it is laid out, where the teacher says so.
        roster: the class list.
        surveyed: what `survey` said of the same source, if it has been asked already.

    Raises:
        NothingToMark: `source` is missing or cannot be listed.
    """
    about = surveyed or survey(source, passed=passed, layout=layout)

    def claimed() -> Iterator[_Claimed]:
        refs = raw_files(source, passed=passed, about=about)
        return _with_claims(refs, about)

    def claims() -> Iterator[Claim]:
        return (one.claim for one in claimed() if one.claim)

    majority = Majority(claims, about.layout, roster)
    nobodys = ""
    for one in claimed():
        parts = one.ref.path.split("/")
        claim = cut(one.claim, about.layout, roster) if one.claim else None
        if claim and claim.problem:
            whole = about.hand_in(parts)
            if whole == nobodys:  # however much lies in a zip of nobody's, it has one row
                continue
            nobodys = whole
            one = one._replace(ref=Ref(whole, one.ref.file, problem=claim.problem))
        ref = _known(one, claim, about.layout, roster, majority)
        yield replace(ref, download=about.download(parts))


class _Claimed(NamedTuple):
    """A file with what its path says, and what the LMS wrote beside it."""

    ref: Ref
    claim: Claim | None
    handed_in: str = ""


def _with_claims(refs: Iterable[Ref], about: Survey) -> Iterator[_Claimed]:
    pairs = (
        (ref, about.claim(ref.path.split("/")))
        for ref in refs
        if not about.beside(ref.path.split("/"))
    )
    for batch, together in groupby(pairs, key=lambda pair: pair[1].batch if pair[1] else ""):
        if batch:
            yield from _batch(list(together), about.layout)
        else:
            yield from (_Claimed(ref, claim) for ref, claim in together)


def _batch(together: list[tuple[Ref, Claim | None]], layout: Layout) -> Iterator[_Claimed]:
    """Yield the files of one hand-in; the LMS's own file only where there is no other."""
    own = [ref for ref, claim in together if claim and claim.own]
    said = told(layout, own)
    others = [(ref, claim) for ref, claim in together if not (claim and claim.own)]
    if (
        layout is Layout.NBGRADER and others
    ):  # which copies a student's folder as it is, however full
        first, claim = others[0]
        folder = Ref(claim.batch if claim else first.path, first.file)
        for ref in within_budget((ref for ref, _ in others), folder, of="folder"):
            yield _Claimed(ref, claim, said.handed_in)
        return
    for ref, claim in others:
        yield _Claimed(ref, _told(claim, said), said.handed_in)
    if not others:
        for ref, claim in together:
            problem = replace(ref, problem=_NO_FILE)
            yield _Claimed(problem, _told(claim, said), said.handed_in)


def _told(claim: Claim | None, said: Told) -> Claim | None:
    """Return what a path says with what the LMS's own file says more clearly."""
    if claim is None or not said.user:
        return claim
    # The whole name holds assignment and user: the LMS's own file must agree with it.
    before_time = claim.batch[: -len("_2026-11-22-19-40-00")]
    fits = before_time.endswith(f"_{said.user}")
    return replace(claim, id=said.user, name=said.name) if fits else claim


def _known(
    one: _Claimed,
    claim: Claim | None,
    layout: Layout,
    roster: Roster | None,
    majority: Majority,
) -> Ref:
    if claim is None:
        return one.ref
    given = from_path(claim, layout, roster, majority)
    return replace(
        one.ref,
        who=given.who,
        handed_in=one.handed_in,
        late=claim.late,
        attempt=claim.attempt,
        notes=given.said,
        by_path=given.by,
    )

"""Look through a whole source once and decide how it is laid out; reads paths, hardly any file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import groupby
from pathlib import Path

from msgspec.structs import replace

from briefing.marking.hand_ins.archives import files_in_zip, files_in_zip_or_reason, is_zip
from briefing.marking.hand_ins.cautious import NoFile
from briefing.marking.hand_ins.folders import files_below, holds_hand_ins
from briefing.marking.hand_ins.layouts import (
    GUESSED,
    NAMES,
    NBGRADER_STEPS,
    READERS,
    Claim,
    Layout,
    Parts,
    bare_nbgrader,
    moodle,
    nbgrader,
    typed_in_moodle,
)
from briefing.marking.hand_ins.names_of_ids import NamesOfIds, one_name
from briefing.marking.hand_ins.refs import NothingToMark, Ref
from briefing.marking.hand_ins.votes import SUBMITTED, Votes
from briefing.marking.hand_ins.zip_directory import MOST_ENTRIES, BrokenZip

Reading = tuple[Layout, int]
"""A layout, and of nbgrader's how deep its folder `submitted` lies."""
_BARE: Reading = (Layout.NBGRADER, -1)
_OWN_PART = frozenset({Layout.CANVAS, Layout.MOODLE, Layout.BLACKBOARD})
"""Layouts of which one part of a path is the platform's own."""


_ANY_NAME = frozenset({Layout.PLAIN, Layout.GOOGLE})
"""Layouts in which a student's file may have any name."""


@dataclass(frozen=True, slots=True)
class Survey:
    """How a source is laid out.

    Attributes:
        layout: the layout.
        forced: whether the teacher named it.
        files: how many files there are; a zip within a zip counts as one (see `survey`).
        fitting: how many of them the layout can read.
        assignment: what stands before every user name in a Blackboard download.
        bare: whether the source is nbgrader's folder `submitted` itself.
        depth: how many folders stand above `submitted` otherwise.
        top: how many stand above everything, so that the first name that differs is the next.
        doubtful: ids that go with more than one name, so that they tell nobody apart.
        doubtful_cuts: the same of ids from names that can be cut in more than one way.
        zips: how many of the files are zips.
        beside_file: ids of those who handed in a file in Moodle and typed a text there as well.
        typed: how many texts these typed.
    """

    layout: Layout
    forced: bool = False
    files: int = 0
    fitting: int = 0
    assignment: str = ""
    bare: bool = False
    depth: int = 0
    top: int = 0
    doubtful: frozenset[str] = frozenset()
    doubtful_cuts: frozenset[str] = frozenset()
    zips: int = 0
    beside_file: frozenset[str] = frozenset()
    typed: int = 0

    @property
    def reader(self) -> Callable[[Parts], Claim | None] | None:
        """What reads its paths, or None where they say nothing."""
        if self.layout is Layout.NBGRADER and self.bare:
            return bare_nbgrader
        if self.layout is Layout.NBGRADER:
            return partial(nbgrader, at=self.depth)
        return READERS.get(self.layout)

    def claim(self, parts: Parts) -> Claim | None:
        """Return what a path says of its file, as far as that tells people apart."""
        reader = self.reader
        claim = reader(parts) if reader else None
        if claim is None:
            return None
        if self.layout is Layout.BLACKBOARD:
            user = claim.id.removeprefix(self.assignment) if self.assignment else ""
            return replace(claim, id=user or claim.id.rpartition("_")[2])
        if claim.id in (self.doubtful_cuts if claim.others else self.doubtful):
            return replace(claim, id=f"{claim.id} {claim.name}", bare=claim.id)
        return claim

    def download(self, parts: Parts) -> str:
        """Return which of several downloads a path lies in: what stands above the platform's own part.

        What a student's own zip holds lies below that, so nobody can choose it. nbgrader's assignments are
        told apart by their folders; where no path says whose a file is, by what stands first, which may be
        a student's as well (see `heads`).
        """
        if self.layout not in (*_OWN_PART, Layout.NBGRADER):
            return "/".join(parts[: self.top + 1])
        if self.layout is Layout.NBGRADER:
            claim = self.claim(parts)
            return claim.batch.rpartition("/")[2] if claim else parts[0]
        own = self._own_part(parts)
        return "/".join(parts[: own - 1]) if own else parts[0] if len(parts) > 1 else ""

    def hand_in(self, parts: Parts) -> str:
        """Return the path down to the platform's own part, which is one hand-in's, whatever lies in it."""
        return "/".join(parts[: self._own_part(parts) or len(parts)])

    def _own_part(self, parts: Parts) -> int:
        """Return how many parts of a path there are down to the platform's own; 0 where it has none."""
        reader = self.reader if self.layout in _OWN_PART else None
        ends = range(1, len(parts) + 1) if reader else ()
        return next((end for end in ends if reader and reader(parts[:end])), 0)

    def beside(self, parts: list[str]) -> bool:
        """Say whether a file is no hand-in, for the hand-in stands beside it.

        It lies in one of nbgrader's other folders, or is what somebody typed into Moodle's text field
        beside the file that they handed in.
        """
        if self.layout is Layout.MOODLE:
            return typed_in_moodle(parts) and (moodle(parts) or Claim()).id in self.beside_file
        return (
            self.layout is Layout.NBGRADER
            and not self.bare
            and parts[self.depth : self.depth + 1] != [SUBMITTED]
            and (not NBGRADER_STEPS.isdisjoint(parts[:-1]) or parts[-1] == "gradebook.db")
        )

    @property
    def sentence(self) -> str:
        """What a summary says: the layout, whose guess it is, and how many files do not fit."""
        name = NAMES[self.layout]
        if self.layout is Layout.PLAIN:
            return f"Read as {name}: students are told apart by the code in each file."
        rest = self.files - self.fitting
        left = (
            f" {rest} of {self.files} files do not fit it: those students are known by the code in "
            "the file."
            if rest
            else ""
        )
        how = "as you said" if self.forced else "by most of its names; --layout names another"
        text = "1 text" if self.typed == 1 else f"{self.typed:,} texts"
        beside = f" {text} typed into Moodle beside a file: not read." if self.typed else ""
        return f"Read as {name} ({how}).{left}{beside}"


def raw_files(
    source: Path,
    *,
    passed: Collection[Path] = (),
    inner: bool = True,
    about: Survey | None = None,
) -> Iterator[Ref]:
    """Yield every file of a source, in an order that does not depend on the system.

    Args:
        source: a folder or a zip.
        passed: files that are passed over (a roster that lies in the folder).
        inner: look into zips within a zip, too.
        about: how the source is laid out, once that is known: it tells a student's zip from others.

    Raises:
        NothingToMark: `source` is missing, or cannot be listed.
    """
    if source.is_file():
        yield from _zip(source, inner)
        return
    over = {str(path.resolve()) for path in passed}
    among: tuple[Path, bool] | None = None
    for ref in files_below(source):
        if over and ref.file in over:
            continue
        if ref.problem or not is_zip(ref.path):
            yield ref
            continue
        own = about is not None and about.claim(ref.path.split("/")) is not None
        if about is not None and not own and about.layout in _ANY_NAME:
            folder = Path(ref.file).parent
            if among is None or among[0] != folder:
                among = folder, holds_hand_ins(folder)
            own = among[1]
        yield from files_in_zip_or_reason(ref.file, ref.path, inner=inner, one_students=own)


def _zip(source: Path, inner: bool) -> Iterator[Ref]:
    if not is_zip(source.name):
        raise NothingToMark(
            f"{source} is neither a folder nor a zip; give what the learning platform lets you "
            "download, or a folder with the answers files."
        )
    try:
        yield from files_in_zip(str(source.resolve()), zips=MOST_ENTRIES if inner else 0)
    except BrokenZip as problem:
        raise NothingToMark(f"{source} cannot be read ({problem}); download it again.") from None
    except NoFile as problem:
        raise NothingToMark(f"{source} cannot be read: {problem}") from None
    except OSError as problem:
        raise NothingToMark(f"{source} cannot be read ({problem.strerror}).") from problem


def survey(
    source: Path,
    *,
    passed: Collection[Path] = (),
    layout: Layout | None = None,
) -> Survey:
    """Look through a source and decide its layout for all of it.

    The layout is the one that most of the folders and files at the top speak for, each by the share of
    its paths that it reads, if these are more than half of those that can be hand-ins; otherwise it is
    plain (see `Votes`). A zip within a zip counts as one file, unless the source is a zip of nothing but
    zips whose names tell nothing.

    Args:
        source: a folder or a zip.
        passed: files that are passed over.
        layout: what the teacher says that it is.

    Raises:
        NothingToMark: `source` is missing, or cannot be listed.
    """

    def look(*, inner: bool) -> Survey:
        refs = raw_files(source, passed=passed, inner=inner)
        paths = (ref.path.split("/") for ref in refs)
        seen = _Seen((layout,) if layout else GUESSED)
        for _, group in groupby(paths, key=lambda parts: parts[:-1]):
            seen.folder(list(group))
        return seen.survey(layout)

    about = look(inner=False)
    # A download that somebody packed once more, or a zip with one download for each week.
    packed = source.is_file() and about.files and about.zips == about.files
    return look(inner=True) if packed and not about.fitting else about


class _Seen:
    """What was seen of a source so far: counts, and the names that go with each id."""

    def __init__(self, wanted: Iterable[Layout]) -> None:
        self.wanted = tuple(wanted)
        self.files = self.zips = 0
        self.beside_file = set[str]()
        self.typed = Counter[str]()
        self.fitting = Counter[Reading]()
        self.votes = Votes()
        self.depth: int | None = None
        self.prefix: str | None = None
        self.names = {Layout.MOODLE: NamesOfIds(), Layout.CANVAS: NamesOfIds()}
        self.cuts = NamesOfIds()

    def folder(self, paths: list[list[str]]) -> None:
        """Count the files of one folder."""
        self.files += len(paths)
        stamped = any(parts[-1] == "timestamp.txt" for parts in paths) and len(paths[0]) >= 3
        for parts in paths:
            self.zips += is_zip(parts[-1])
            readings = list(self._readings(parts))
            if stamped:
                readings.append(_BARE)
            self.fitting.update(readings)
            self.votes.add(parts, readings)

    def _readings(self, parts: list[str]) -> Iterator[Reading]:
        for layout in self.wanted:
            reader = READERS.get(layout)
            claim = reader(parts) if reader else None
            if claim is None:
                continue
            self._remember(layout, claim)
            if layout is Layout.MOODLE and typed_in_moodle(parts):
                self.typed[claim.id] += 1
            elif layout is Layout.MOODLE:
                self.beside_file.add(claim.id)
            if layout is Layout.NBGRADER:  # which depth counts is known at the end
                at = parts.index(SUBMITTED)
                self.depth = at if self.depth is None else min(at, self.depth)
                yield layout, at
            else:
                yield layout, 0

    def _remember(self, layout: Layout, claim: Claim) -> None:
        if claim.others:  # somebody's name or file may hold a classmate's id
            self.cuts.add(claim.id, claim.name)
            return
        if layout is Layout.BLACKBOARD:
            self.prefix = claim.id if self.prefix is None else _shared(self.prefix, claim.id)
        elif layout in self.names:
            self.names[layout].add(claim.id, claim.name)

    def _doubtful_cuts(self) -> Iterator[str]:
        """Yield ids that a name with several cuts has, and somebody of another name as well."""
        sure = self.names[Layout.CANVAS]
        for own, name in self.cuts.first.items():
            if own in self.cuts.several or not one_name(name, sure.first.get(own, name)):
                yield own

    def survey(self, layout: Layout | None) -> Survey:
        """Return what has been decided."""
        shares, depth = self.votes.shares(), self.depth or 0
        nothing = Fraction()
        submitted = (Layout.NBGRADER, depth)
        bare = shares.get(_BARE, nothing) > shares.get(submitted, nothing)
        if bare:
            submitted = _BARE
        of = {one: submitted if one is Layout.NBGRADER else (one, 0) for one in Layout}
        forced = layout is not None
        if layout is None:
            best = max(GUESSED, key=lambda one: shares.get(of[one], nothing))
            layout = best if 2 * shares.get(of[best], nothing) > 1 else Layout.PLAIN
        if layout is Layout.NBGRADER and forced and not self.fitting[submitted]:
            bare = True
        prefix = self.prefix or ""
        moodles = layout is Layout.MOODLE
        return Survey(
            layout,
            forced,
            self.files,
            self.fitting[of[layout]],
            assignment=prefix[: prefix.rfind("_") + 1],
            bare=bare and layout is Layout.NBGRADER,
            depth=depth,
            top=self.votes.top,
            doubtful=frozenset(self.names[layout].several) if layout in self.names else frozenset(),
            doubtful_cuts=frozenset(self._doubtful_cuts()),
            zips=self.zips,
            beside_file=frozenset(self.beside_file & self.typed.keys()) if moodles else frozenset(),
            typed=sum(self.typed[one] for one in self.beside_file) if moodles else 0,
        )


def _shared(one: str, other: str) -> str:
    """Return how far two texts begin alike."""
    pairs = enumerate(zip(one, other, strict=False))
    length = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    return one[:length]

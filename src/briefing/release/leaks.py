"""Search a folder for anything graded: words, rows, answers, copies, however packed; changes nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.release.contents import texts_in
from briefing.release.graded import RUN, SHORTEST, Answer, Graded, words_of
from briefing.release.patterns import PATTERNS

NEAR = 160  # characters between two parts of one answer
FEW = 3  # marks of one key in one file that are no chance

Finder = Callable[[str], Iterator[str]]


@dataclass(frozen=True, order=True)
class Leak:
    """One thing that students must not get: where it lies, and what it is."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def find_leaks(folder: Path, secret: Graded) -> list[Leak]:
    """Return everything graded in the files below `folder`, sorted; an empty list if there is none.

    Args:
        folder: what students would get.
        secret: what is graded.
    """
    search = _search(secret)
    found: set[Leak] = set()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found.add(Leak(name, "is a link, and what it leads to cannot be vouched for"))
        elif path.is_file() and not name.startswith(".git/"):
            found.update(leaks_in(name, path.read_bytes(), secret, search))
        if path.name in (".git", "solutions") or path.suffix in (".pyc", ".bundle"):
            found.add(Leak(name, "does not belong into a students' version"))
    return sorted(found)


def leaks_in(
    name: str, data: bytes, secret: Graded, search: tuple[Finder, ...] | None = None
) -> Iterator[Leak]:
    """Yield what one file gives away.

    Args:
        name: its path, also searched.
        data: its bytes.
        secret: what is graded.
        search: the ways to search, made once for many files.
    """
    copied = secret.sums.get(hashlib.sha256(data).hexdigest())
    if copied:
        yield Leak(name, f"is a copy of {copied}")
    search = search or _search(secret)
    named = {where.rsplit("/", 1)[-1] for where in secret.sums.values()}
    if Path(name).name in named and _only_solutions_call_it(Path(name).name):
        yield Leak(name, "has the name of a file of the solutions")
    for where, text in [(name, name), *texts_in(name, data)]:
        for finder in search:
            for what in finder(text):
                yield Leak(where, what)
    about = [
        exercise for exercise in secret.exercises if exercise in name or exercise.encode() in data
    ]
    for where, text in texts_in(name, data):
        for answer in secret.answers:
            if answer.exercise in about or answer.exercise in text:
                for what in _answered(answer, text):
                    yield Leak(where, what)


def _only_solutions_call_it(name: str) -> bool:
    return bool(re.search(r"tempting|graded\.csv|hard-cases|needed|remarks|judged|agreement", name))


def _search(secret: Graded) -> tuple[Finder, ...]:
    """The ways to search a text for what needs no exercise to be understood."""
    beginnings = {run[:3] for run in secret.runs}

    def words(text: str) -> Iterator[str]:
        said = words_of(text)
        for at in range(len(said) - SHORTEST + 1):
            if tuple(said[at : at + 3]) in beginnings:
                for length in range(SHORTEST, RUN + 1):
                    run = tuple(said[at : at + length])
                    if run in secret.runs:
                        yield f"tells words of {secret.runs[run]}: “{' '.join(run)}”"
                        return  # one is enough, and a copy has hundreds

    def rows(text: str) -> Iterator[str]:
        for line in text.splitlines():
            table = secret.lines.get(line.strip().replace('"', ""))
            if table:
                yield f"has a row of {table}"
                return

    def forms(text: str) -> Iterator[str]:
        for what, pattern in PATTERNS.items():
            places = pattern(secret.articles.get(what, ()) or ("none",), text)
            if places:
                yield f"answers a graded question ({what}): “{places[0][:60]}”"

    def keys(text: str) -> Iterator[str]:
        head = re.search(
            rf"^\s*exercise\s*=\s*[\"']({'|'.join(secret.exercises)})[\"']", text, re.M
        )
        if head and re.search(r"^\s*\[{1,2}q\d+[.\]]", text, re.M):
            yield f"is a key of {head[1]}"

    return words, rows, forms, keys


def _answered(answer: Answer, text: str) -> Iterator[str]:
    """What a text that names the exercise tells of the answer to one of its questions."""
    beside = [pair for pair in answer.pairs if _stand_together(pair, text)]
    if len(beside) >= min(2, len(answer.pairs)) > 0:
        yield f"answers {answer.name}: “{' … '.join(beside[0])}”"
    marked = [span for span in answer.spans if _has_span(span, text)]
    if len(marked) >= min(FEW, len(answer.spans)) > 0:
        yield f"has the marks of {answer.name}: {sorted(marked)[0]}"
    if any(_has_choice(answer.question, chosen, text) for chosen in answer.chosen):
        yield f"has the choice of {answer.name}"


_JOINED = (
    r"(?:[\s\"'{}\[\]():,;=|>&\\/-]|quot|\b(?:right|accepted|cells|rows|labels|cards)\b){1,24}"
)


def _stand_together(pair: tuple[str, str, str], text: str) -> bool:
    item, name, value = map(re.escape, pair)
    if pair[0] not in text or pair[2] not in text:
        return False
    skipped = rf"(?:[^\n]{{0,{NEAR}}}?\b|[\"'\]]+\s*\n(?:[^\[\n]*\n){{0,4}}?){name}"
    start = rf"(?<![\w.]){item}(?![\w.]){_JOINED}"
    end = rf"(?<!\w){value}(?!\w)"
    return bool(re.search(rf"{start}(?:{end}|(?:{name}|{skipped}){_JOINED}{end})", text))


def _has_span(span: tuple[int, int], text: str) -> bool:
    return bool(re.search(rf"(?<!\d){span[0]}\D{{1,16}}{span[1]}(?!\d)", text))


def _has_choice(question: str, chosen: tuple[str, ...], text: str) -> bool:
    if any(":" not in name for name in chosen):
        one = re.escape(chosen[0])
        gap = r"[^\n]{0,60}\b(?:chosen|right)\b[\s\"'\[:=]+"
        table = r"\]\s*(?:[^\[\n]*\n){0,3}?\s*(?:right|chosen)[\s\"'\[:=]+"
        return bool(re.search(rf"(?<!\w){question}(?:{gap}|{table}){one}(?!\w)", text))
    parts = [name.split(":", 1) for name in chosen]
    forms = [rf"(?<!\w){re.escape(g)}[\"']?\s*[:=]\s*[\"']?{re.escape(o)}(?!\w)" for g, o in parts]
    places = [[m.start() for m in re.finditer(form, text)] for form in forms]
    return all(places) and any(
        all(any(abs(here - there) <= NEAR for there in others) for others in places[1:])
        for here in places[0]
    )

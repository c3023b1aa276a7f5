"""Search a folder for anything graded: words, rows, answers, copies, however packed; changes nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from briefing.release.contents import texts_in
from briefing.release.graded import RUN, SHORTEST, Answer, Graded, words_of
from briefing.release.patterns import PATTERNS

SHORT = 12  # characters; a shorter text, such as a field of JSON, stands in a longer one, too
NEAR = 160  # characters between two parts of one answer
FEW = 3  # marks of one key in one file that are no chance

_HEAD = re.compile(r"^\s*exercise\s*=\s*[\"'](\w+)[\"']", re.MULTILINE)
_TABLE = re.compile(r"^\s*\[{1,2}q\d+[.\]]", re.MULTILINE)
_LESSON = re.compile(r"data/keys/lesson\d\d\.toml")
_RIGHT = re.compile(
    r"^\s*\[{1,2}q\d+[^\n]*\n(?:[^\[\n]*\n)*?\s*[\w\".]+\s*=\s*"
    r"(?:\{\s*(?:right|own)\s*=|\[\s*\{\s*\w+\s*=\s*\"\w*\"\s*[,}])"
    r"|^\s*\[{1,2}q\d+\][^\n]*\n(?:[^\[\n]*\n)*?\s*(?:right|together|accepted|answers|rubric)\s*=",
    re.MULTILINE,
)

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
    if _only_solutions_call_it(Path(name).name):
        yield Leak(name, "has the name of a file of the solutions")
    said: dict[str, str] = {name: name}
    for where, text in texts_in(name, data):
        if len(text) >= SHORT:
            said.setdefault(text, where)
    whole = "\n".join(said)
    answers = [answer for answer in secret.answers if answer.exercise in whole]
    search = search or _search(secret)
    for text, where in said.items():
        for finder in search:
            for what in finder(text):
                yield Leak(where, what)
        if _RIGHT.search(text) and not _LESSON.fullmatch(name):
            yield Leak(where, "is a part of a key")
        for answer in answers:
            for what in _answered(answer, text):
                yield Leak(where, what)


def _only_solutions_call_it(name: str) -> bool:
    return bool(re.search(r"tempting|graded\.csv|hard-cases|-needed\.|-remarks\.|-judged\.", name))


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
        head = _HEAD.search(text)
        if head and head[1] in secret.exercises and _TABLE.search(text):
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
    return pair[0] in text and pair[2] in text and bool(_pair(pair).search(text))


@cache
def _pair(pair: tuple[str, str, str]) -> re.Pattern[str]:
    """An item, then what is said of it: at once, behind its field, or behind other fields."""
    item, name, value = map(re.escape, pair)
    same_line = rf"[^\n;]{{0,{NEAR}}}?[\"'{{,|=]\s*[\"']?"
    next_lines = r"[\"'\]]+\s*\n(?:[^\[\n]*\n){0,4}?"
    start = rf"(?<!\w){item}(?![\w.]){_JOINED}"
    end = rf"(?<!\w){value}(?!\w)"
    return re.compile(f"{start}(?:{end}|(?:|{same_line}|{next_lines}){name}{_JOINED}{end})")


def _has_span(span: tuple[int, int], text: str) -> bool:
    return str(span[0]) in text and str(span[1]) in text and bool(_span(span).search(text))


@cache
def _span(span: tuple[int, int]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\d){span[0]}\D{{1,16}}{span[1]}(?!\d)")


def _has_choice(question: str, chosen: tuple[str, ...], text: str) -> bool:
    if ":" not in chosen[0]:
        return question in text and bool(_option(question, chosen[0]).search(text))
    groups = [name.split(":", 1) for name in chosen]
    if any(group not in text for group, _option in groups):
        return False
    parts = [_group(group, option) for group, option in groups]
    places = [[m.start() for m in part.finditer(text)] for part in parts]
    return all(places) and any(
        all(any(abs(here - there) <= NEAR for there in others) for others in places[1:])
        for here in places[0]
    )


@cache
def _option(question: str, option: str) -> re.Pattern[str]:
    gap = r"[^\n]{0,60}\b(?:chosen|right)\b[\s\"'\[:=]+"
    table = r"\]\s*(?:[^\[\n]*\n){0,3}?\s*(?:right|chosen)[\s\"'\[:=]+"
    return re.compile(rf"(?<!\w){question}(?:{gap}|{table}){re.escape(option)}(?!\w)")


@cache
def _group(group: str, option: str) -> re.Pattern[str]:
    gap = r"[\"']?\s*[:=]\s*[\"']?"
    return re.compile(rf"(?<!\w){re.escape(group)}{gap}{re.escape(option)}(?!\w)")

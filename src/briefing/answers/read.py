"""Read an answers file that nobody vouches for; never executes, writes or repairs anything.

An answers file is hostile until it has come through here. What does not come through raises
`NotGradable` with one sentence for the teacher (or the student) to act on.
"""

from __future__ import annotations

import ast
import json
import math
import re
from typing import Any

import msgspec

from briefing.answers.schema import (
    FORMAT,
    MAX_BYTES,
    MAX_DEPTH,
    MOST_PARTS,
    VERSION,
    Answer,
    AnswersFile,
)
from briefing.errors import BriefingError

_VALUE = re.compile(r"(?s)\A(Invalid (?:enum )?value )(['\"].*['\"])(?= - at `[^`]*`\Z|\Z)")
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_CONTAINERS = frozenset((dict, list))
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ASK = "hand in the file that the course downloads"
_AGAIN = "hand in the original again"
_DEEP = f"The file is nested too deeply for an answers file; {_ASK}."


class NotGradable(BriefingError):
    """A file that cannot be marked, told in one sentence; `reason` holds the sentence."""

    @property
    def reason(self) -> str:
        """The sentence."""
        return str(self)


class NewerVersion(NotGradable):
    """An answers file written by a later version of the course."""


def parse_answers(data: bytes) -> AnswersFile:
    """Return the answers file in `data`, checked against every limit of the schema.

    Args:
        data: the bytes of the file, at most `MAX_BYTES` of them.

    Raises:
        NewerVersion: a later version of the course has written it.
        NotGradable: anything else that keeps it from being read; its `reason` is one sentence.
    """
    return typed(read_tree(data))


def read_tree(data: bytes, form: str = FORMAT) -> dict[str, Any]:
    """Return the plain JSON object in `data`, safe to walk: strict JSON, bounded size and depth.

    Args:
        data: the bytes of the file.
        form: the `format` that the object must name.

    Raises:
        NewerVersion: a later version of the course has written it.
        NotGradable: anything else; the reason in one sentence.
    """
    tree = read_json(data)
    if not isinstance(tree, dict) or tree.get("format") != form:
        raise NotGradable(f"The file is not an answers file of this course; {_ASK}.")
    version = tree.get("version")
    if isinstance(version, int) and version > VERSION:
        shown = str(version) if version < 1_000_000 else "a huge number"
        raise NewerVersion(
            f"The file was saved by a newer version of the course (file version {shown}, this "
            f"course reads {VERSION}); bring the course up to date."
        )
    return tree


def read_json(data: bytes) -> Any:
    """Return the JSON in `data`, safe to walk: strict, bounded in size and depth.

    Raises:
        NotGradable: the reason in one sentence.
    """
    if len(data) > MAX_BYTES:
        raise NotGradable(
            f"The file is too large for an answers file: {len(data):,} bytes, at most "
            f"{MAX_BYTES:,} are read; {_ASK}."
        )
    if not data.strip():
        raise NotGradable(f"The file is empty; {_ASK}.")
    if data[:2] in _UTF16:
        raise NotGradable("The file is in UTF-16; save it as UTF-8, or hand in the original.")
    if len(data) > MOST_PARTS and data.count(b"[") + data.count(b"{") > MOST_PARTS:
        raise NotGradable(f"The file holds far too many parts for an answers file; {_ASK}.")
    plain = _plainly(data)
    if plain is not None:
        return plain
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotGradable(
            f"The file is not UTF-8 text, so it is no answers file; {_ASK}."
        ) from None
    try:
        tree = json.loads(
            text,
            object_pairs_hook=_no_duplicates,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
    except json.JSONDecodeError as error:
        raise NotGradable(
            f"The file is not complete JSON (line {error.lineno}): it was cut short or changed "
            f"by hand; {_AGAIN}."
        ) from None
    except RecursionError:
        raise NotGradable(_DEEP) from None
    except ValueError:  # Python's guard against numbers of thousands of digits
        raise NotGradable(
            f"The file holds a number that is too long to be read; {_AGAIN}."
        ) from None
    if is_deep(tree):
        raise NotGradable(_DEEP)
    if _SURROGATE.search(data):
        _check_characters(tree)
    return tree


def _nested(depth: int) -> Any:
    """Return the type of JSON whose lists and objects are nested `depth` deep at most."""
    one: Any = str | int | float | bool | None
    for _ in range(depth):
        one = dict[str, one] | list[one] | str | int | float | bool | None
    return one


_flat = msgspec.json.Decoder(_nested(MAX_DEPTH - 1))
"""Checks the depth while it reads; what is deeper is looked at, and refused, more slowly."""


def _plainly(data: bytes) -> Any:
    """Return the JSON in `data` where it is beyond doubt; None where it needs a closer look.

    It is beyond doubt where writing it again gives the very same bytes, spaces between the parts
    aside: so no name stands twice in one place, no number and no character is one that JSON or we do
    not know, and nothing has been read in another way than it was written. That it is nowhere nested
    too deeply, its type says.
    """
    try:
        tree = _flat.decode(data)
        if msgspec.json.encode(tree) == msgspec.json.format(data, indent=-1):
            return tree
    except (
        ValueError,
        OverflowError,
        RecursionError,
    ):  # msgspec's own errors and those of UTF-8 are ValueErrors
        pass
    return None


def typed(tree: dict[str, Any]) -> AnswersFile:
    """Return the typed answers file of a tree that `read_tree` has returned.

    Raises:
        NotGradable: a part is missing, of the wrong type, or beyond its limit.
    """
    try:
        return msgspec.convert(tree, AnswersFile)
    except msgspec.ValidationError as error:
        problem = _plain(error).removesuffix(".")
        raise NotGradable(f"{_where(tree)} {problem}; {_AGAIN}.") from None


def check_answer(answer: dict[str, Any]) -> str | None:
    """Say in a few words what is wrong with one answer in the file's form; None where nothing is."""
    try:
        msgspec.convert(answer, Answer)
    except msgspec.ValidationError as error:
        return _plain(error)
    return None


def _where(tree: dict[str, Any]) -> str:
    answers = tree.get("answers")
    if isinstance(answers, dict):
        for question, answer in answers.items():
            if not isinstance(answer, dict) or check_answer(answer):
                return f"The answer to {question[:40]!r} cannot be read:"
    return "The file cannot be read:"


def _plain(error: msgspec.ValidationError) -> str:
    message = (
        _VALUE.sub(_cut, str(error)).replace("`", "").replace("[...]", "").replace("$.answers.", "")
    )
    message = message.replace(" - at $.", " in ").replace(" - at $", "").replace(" - at ", ", ")
    return message[0].lower() + message[1:300].removesuffix(".") + "."


def _cut(found: re.Match[str]) -> str:
    """Return what the file holds instead of a value of ours, cut: its words are its writer's."""
    value = ast.literal_eval(found[2])
    return f"{found[1]}{value[:40]!r}"


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) != len(pairs):
        seen = set[str]()  # one pass: a hostile file may hold half a million names
        for name, _ in pairs:
            if name in seen:
                raise NotGradable(
                    f"The file holds {name[:40]!r} twice in one place: it was changed; {_AGAIN}."
                )
            seen.add(name)
    return tree


def _no_constant(name: str) -> float:
    raise NotGradable(f"The file holds {name}, which is not a number JSON knows; {_AGAIN}.")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise NotGradable(f"The file holds a number that is too large to be read; {_AGAIN}.")
    return number


def is_deep(tree: Any, most: int = MAX_DEPTH) -> bool:
    """Say whether lists and objects are nested `most` deep, or deeper."""
    level = [tree] if type(tree) in _CONTAINERS else []
    for _ in range(most):
        if not level:
            return False
        level = [
            child
            for node in level
            for child in (node.values() if type(node) is dict else node)
            if type(child) in _CONTAINERS
        ]
    return True


def _check_characters(tree: Any) -> None:
    try:
        json.dumps(tree, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise NotGradable(
            f"The file holds half a character (a lone surrogate): it was changed by hand; {_AGAIN}."
        ) from None

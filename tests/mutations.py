"""Real answers files, and ways to break them: by the tree of their JSON and by their bytes; asserts nothing.

Everything follows from a seed, so that a file that was found once is found again.
"""

from __future__ import annotations

import contextlib
import copy
import gzip
import io
import json
import random
import signal
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from briefing.answers.payload import to_file
from briefing.corpus import any_article
from briefing.course.solved import model_answers
from briefing.keys import definition, exercise_key, exercise_names
from briefing.keys.keyfiles import KeyNotHere
from briefing.marking.simulate import simulate_class

Tree = dict[str, Any]
HEALTHY = ("oak-1", "oak-2")
"""Codes of the students whose files nobody breaks; no broken file is made from theirs."""


class Hang(BaseException):
    """Work that did not end; no `except Exception` holds it up."""


@contextlib.contextmanager
def no_hang(seconds: int = 240) -> Iterator[None]:
    """Stop what does not end. The limit is far beyond what any machine needs: it measures nothing."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def stop(*_: object) -> None:
        raise Hang(f"still busy after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@cache
def marked_exercises() -> tuple[str, ...]:
    """The exercises and lessons that this copy of the course can mark."""
    found = []
    for name in exercise_names():
        with contextlib.suppress(KeyNotHere):
            exercise_key(name)
            found.append(name)
    return tuple(found)


def model_file(exercise: str, student: str) -> Tree:
    """The answers file that the key itself would hand in."""
    asked = definition(exercise)
    payloads = model_answers(asked, exercise_key(exercise))
    answers = {
        name: to_file(
            payload, any_article(q.article) if (q := asked.questions[name]).article else None
        )
        for name, payload in payloads.items()
    }
    return {
        "format": "reading-the-briefing/answers",
        "version": 1,
        "course": "1.0.0",
        "exercise": exercise,
        "student": student,
        "revision": 3,
        "saved": "2026-11-22T19:40:00Z",
        "answers": answers,
    }


@cache
def originals() -> tuple[Tree, ...]:
    """Answers files of every exercise: the key's own, and those of a made-up class."""
    trees = []
    for name in marked_exercises():
        trees.append(model_file(name, "elm"))
        trees += [json.loads(data) for _, data in simulate_class(name, 4, seed=11)]
    return tuple(trees)


def healthy_files() -> dict[str, bytes]:
    """Whole files of two students, by name: what happens to others must not change their rows."""
    return {
        f"{name}-{student}.answers.json": written(model_file(name, student))
        for name in marked_exercises()
        for student in HEALTHY
    }


def written(tree: Any) -> bytes:
    """A tree as the course saves it."""
    return json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass")


# --- the tree -----------------------------------------------------------------------------------

RAW = "\x01raw:"
"""Begins a string that stands for bytes which `json.dumps` cannot write."""
_RAW = {
    "deep20": b"[" * 20 + b"]" * 20,
    "deep900": b'{"a":' * 900 + b"1" + b"}" * 900,
    "deep90000": b"[" * 90_000,
    "inf": b"1e999",
    "digits": b"9" * 6_000,
    "small": b"-0.0000000000000000000000000000000000001e-400",
    "half": b'"\\ud83d"',
    "other half": b'"x\\udc00"',
    "twice": b'{"kind": "text", "kind": "text", "text": ""}',
    "nul": b'"\\u0000"',
    "bad escape": b'"\\x41"',
    "single quotes": b"'text'",
}
WORDS = (
    "", " ", "001", "003", "p01", "999", "../../etc/passwd", "C:\\con", "q1", "q2", "q99", "labels",
    "marks", "table", "cards", "matrix", "choice", "text", "attributed", "outlet", "source", "cue",
    "accept", "yes", "a", "b:a", ":", "::", "group:option:more", "=cmd|' /C calc'!A0", "+1", "@x",
    "\t=1+1", "\uff1d1+1", "\u202egnp.exe", "\u2066\u2069", "\u200b", "\ufeff", "e\u0301", "\u00e9",
    "\U0001f98a", "\x00", "\x1b[31m", "\r\n", "<script>alert(1)</script>", "{{ 7*7 }}", "__class__",
    "]]>", "'", '"', "NaN", "1e999", "Infinity", "1,631", "12 %", "\u0661\u0662", "x" * 101,
    "x" * 301, "9999-12-31T23:59:59Z", "2026-13-41T00:00:00Z", "0001-01-01T00:00:00+14:00",
    f"{RAW}half", f"{RAW}other half", f"{RAW}nul", f"{RAW}bad escape", f"{RAW}single quotes",
)  # fmt: skip
NUMBERS = (
    0, -1, 1, 2, 3.5, -0.0, 1e-300, 1e308, 10**9, 10**15, 2**53, 2**63, 2**64, -(2**63), 10**30,
    10**400, float("nan"), float("inf"), f"{RAW}inf", f"{RAW}digits", f"{RAW}small",
)  # fmt: skip


def _value(rng: random.Random) -> Any:
    return rng.choice(
        (
            None, True, False, [], {}, [[]], [None], {"": None}, rng.choice(NUMBERS),
            rng.choice(NUMBERS), rng.choice(WORDS), rng.choice(WORDS), [rng.choice(WORDS)] * 3,
            {rng.choice(WORDS): rng.choice(NUMBERS)}, [rng.choice(NUMBERS)] * 2,
            f"{RAW}{rng.choice(list(_RAW))}",
        )
    )  # fmt: skip


def _places(node: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Every (container, key) of a tree."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        pairs = one.items() if isinstance(one, dict) else enumerate(one)
        for key, child in pairs:
            found.append((one, key))
            if isinstance(child, dict | list):
                waiting.append(child)
    return found


def _drop(inside: Any, key: Any, rng: random.Random) -> None:
    del inside[key]


def _double(inside: Any, key: Any, rng: random.Random) -> None:
    room = 200_000 // len(json.dumps(inside[key]))  # a file of hundreds of megabytes tries nothing
    times = min(rng.choice((1, 1, 2, 5, 300)), room + 1)
    if isinstance(inside, list):
        inside[key:key] = [copy.deepcopy(inside[key]) for _ in range(times)]
    else:
        inside |= {f"{key}{n}": copy.deepcopy(inside[key]) for n in range(min(times, 20))}


def _retype(inside: Any, key: Any, rng: random.Random) -> None:
    inside[key] = _value(rng)


def _huge(inside: Any, key: Any, rng: random.Random) -> None:
    inside[key] = rng.choice(
        (
            "x" * 300_001, "word, " * 3_000, "=" * 5_000, "\u202e" * 2_000, [0] * 6_000,
            # Each its own: were all one, a later break inside it would make a file of 300 megabytes.
            [{"id": "m"} for _ in range(5_001)], {str(n): {} for n in range(1_500)},
            [[0, 1] for _ in range(500)],
            "a-" * 9_000, " " * 20_000, "1," * 4_000,
        )
    )  # fmt: skip


def _shift(inside: Any, key: Any, rng: random.Random) -> None:
    """Change a number a little or its sign; cut or stretch a word."""
    value = inside[key]
    if isinstance(value, bool) or value is None:
        inside[key] = not value
    elif isinstance(value, int | float):
        inside[key] = rng.choice((-value, value + 1, value - 1, value * 1_000, value / 3))
    elif isinstance(value, str):
        inside[key] = rng.choice((value[1:], value + "\n", value.upper(), value * 3, value[::-1]))
    else:
        inside[key] = [value]


def _rename(inside: Any, key: Any, rng: random.Random) -> None:
    if isinstance(inside, dict):
        items = list(inside.items())
        inside.clear()
        new = rng.choice(WORDS)
        inside |= {new if name == key else name: value for name, value in items}
    else:
        rng.shuffle(inside)


def _strange(inside: Any, key: Any, rng: random.Random) -> None:
    inside[key] = rng.choice(WORDS)


def _elsewhere(inside: Any, key: Any, rng: random.Random) -> None:
    """Put something there that stands somewhere in another file."""
    other = rng.choice(originals())
    there, at = rng.choice(_places(other, []))
    inside[key] = copy.deepcopy(there[at])


def _other_answers(tree: Tree, rng: random.Random) -> None:
    other = rng.choice(originals())
    how = rng.randrange(4)
    if how == 0:
        tree["exercise"] = other["exercise"]
    elif how == 1:
        tree["answers"] = copy.deepcopy(other["answers"])
    elif tree.get("answers") and other["answers"]:
        names = list(tree["answers"])
        taken = rng.choice(list(other["answers"].values()))
        tree["answers"][rng.choice(names) if how == 2 else "q1"] = copy.deepcopy(taken)


def _other_article(tree: Tree, rng: random.Random) -> None:
    for answer in tree.get("answers", {}).values():
        if isinstance(answer, dict) and "article" in answer and rng.random() < 0.7:
            answer["article"] = rng.choice(
                ("000", "001", "002", "003", "004", "p01", "../001", "x")
            )
            if rng.random() < 0.5:
                answer.pop("sha256", None)


WITHIN: tuple[Callable[[Any, Any, random.Random], None], ...] = (
    _drop, _drop, _double, _retype, _retype, _huge, _shift, _shift, _rename, _strange, _elsewhere,
)  # fmt: skip


def broken_tree(number: int, rng: random.Random) -> bytes:
    """Return a file whose tree was broken in one to four places."""
    tree = copy.deepcopy(rng.choice(originals()))
    tree |= {"student": f"m{number}", "number": number}
    for _ in range(rng.choice((1, 1, 1, 2, 3, 4))):
        if rng.random() < 0.15:
            rng.choice((_other_answers, _other_article))(tree, rng)
            continue
        places = _places(tree, [])
        if not places:
            break
        # Near the root there is little, and much hangs on it.
        near = rng.random() < 0.25
        inside, key = rng.choice(places[: len(tree)] if near else places)
        if isinstance(inside, list) or key in inside:
            rng.choice(WITHIN)(inside, key, rng)
        if not isinstance(tree.get("answers", {}), dict):
            break
    data = json.dumps(tree, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    for name, raw in _RAW.items():
        for string in {json.dumps(f"{RAW}{name}"), json.dumps(f"{RAW}{name}", ensure_ascii=False)}:
            data = data.replace(string.encode(), raw, 3).replace(string.encode(), b"0")
    return data


# --- the bytes ----------------------------------------------------------------------------------


def _zipped(data: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr(zipfile.ZipInfo("ex02.answers.json"), data)
    return into.getvalue()


def _flipped(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8, 60))):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _overwritten(data: bytes, rng: random.Random) -> bytes:
    at, length = rng.randrange(len(data)), rng.choice((1, 2, 4, 16, 200))
    return data[:at] + rng.randbytes(length) + data[at + length :]


def _without(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + data[at + rng.choice((1, 2, 7, 40, 500)) :]


def _inserted(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    new = rng.choice(
        (
            rng.randbytes(rng.randrange(1, 9)), b"\x00" * 8, b"\xed\xa0\x80", b"\\ud800", b'"', b"\\",
            b",", b"{", b"]", b"[" * 3_000, b"//", b"\xef\xbb\xbf", b"\xf4\x90\x80\x80", b"NaN",
            b"9" * 5_000, b"\xe2\x80\xae", b"\r\n", b"\x1b[2J", b"1e999", b'"a":1,"a":2,',
        )
    )  # fmt: skip
    return data[:at] + new + data[at:]


def _spliced(data: bytes, rng: random.Random) -> bytes:
    other = written(rng.choice(originals()))
    return data[: rng.randrange(len(data))] + other[rng.randrange(len(other)) :]


def _repeated(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    piece = data[at : at + rng.choice((3, 30, 300))]
    return data[:at] + piece * rng.choice((2, 3, 200)) + data[at:]


def _encoded(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    code = rng.choice(("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "latin-1", "cp1252", "utf-7"))
    return text.encode(code, "replace")


def _wrapped(data: bytes, rng: random.Random) -> bytes:
    return rng.choice(
        (
            _zipped(data), gzip.compress(data, mtime=0), data + data, b"[" + data + b"]",
            b"<html><pre>" + data, data[::-1], b"\x00" + data, data + b"\x00" * 50, b" " * 500 + data,
            data.replace(b"\n", b"\r"), data.replace(b'"', b"'"), data.upper(), b"var x = " + data,
            data.replace(b": ", b"= "), b"", data[:1], b"PK\x03\x04" + data, b"%PDF-1.7" + data,
        )
    )  # fmt: skip


BYTES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flipped, _flipped, _overwritten, _without, _inserted, _spliced, _repeated, _encoded, _wrapped,
)  # fmt: skip


def broken_bytes(number: int, rng: random.Random) -> bytes:
    """Return a file whose bytes were broken in one to three ways, or that was cut short."""
    tree = dict(rng.choice(originals())) | {"student": f"m{number}", "number": number}
    data = written(tree)
    if rng.random() < 0.1:
        return data[: rng.randrange(len(data))]
    for _ in range(rng.choice((1, 1, 1, 1, 2, 3))):
        if data:
            data = rng.choice(BYTES)(data, rng)
    return data

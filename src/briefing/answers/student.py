"""The code a student works under: proposes it, checks it, keeps it in the work folder.

A code is no account: it stands in the answers file and nowhere else, and nothing is sent anywhere.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import unicodedata
from pathlib import Path

import msgspec

from briefing.answers.disk import SaveFailed, locked, move_aside, replace_file
from briefing.errors import BriefingError
from briefing.slug import slug

FILE = "student.json"
FORMAT = "reading-the-briefing/student"
LONGEST = 60

ANIMALS = (
    "badger", "bear", "beaver", "camel", "crane", "deer", "dolphin", "eagle", "falcon", "finch",
    "fox", "gecko", "hare", "heron", "horse", "ibex", "kestrel", "lark", "lion", "lynx", "marten",
    "otter", "owl", "panda", "puffin", "raven", "robin", "seal", "sparrow", "stork", "swan",
    "tiger", "turtle", "walrus", "whale", "wolf", "wren", "zebra",
)  # fmt: skip

_JOINERS = "\u200c\u200d"  # within Persian words, Indic words and emoji
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$")


class WrongCode(BriefingError):
    """A student code that cannot be used."""


def propose_code() -> str:
    """Return a code nobody knows yet, such as `fox-4821`.

    On a hub it is the hub's user name; not on Binder, where that is new at every start.
    """
    user = os.environ.get("JUPYTERHUB_USER", "")
    binder = any(name.startswith("BINDER_") for name in os.environ)
    if user and not binder:
        try:
            return check_code(user)
        except WrongCode:
            pass
    return f"{secrets.choice(ANIMALS)}-{secrets.randbelow(9000) + 1000}"


def check_code(code: str) -> str:
    """Return `code` as it will be kept: NFC, without spaces around it.

    Raises:
        WrongCode: it is empty, longer than 60 characters, begins like a spreadsheet formula, or
            holds angle brackets, line breaks or characters that cannot be seen.
    """
    code = unicodedata.normalize("NFC", code.strip())
    if not code:
        raise WrongCode("Please type a code, for example fox-4821.")
    if len(code) > LONGEST:
        raise WrongCode(
            f"This code has {len(code):,} characters; please use {LONGEST} or fewer, for example "
            "fox-4821."
        )
    if any(_unseen(character) for character in code):
        raise WrongCode(
            "This code holds a character that cannot be seen (a line break, a control or a "
            "direction sign); please type it without."
        )
    if "<" in code or ">" in code:
        raise WrongCode("Please type a code without < and >, for example fox-4821.")
    if code[0] in "=+-@":
        raise WrongCode(
            f"A spreadsheet would take a code beginning with {code[0]} for a formula; please begin "
            "with a letter or a digit."
        )
    return code


def _unseen(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") and (
        character not in _JOINERS
    )


def file_part(code: str) -> str:
    """Return `code` as part of a file name that is safe and distinct on every system.

    A code of plain small letters, digits and hyphens stays as it is; any other is shortened to such
    characters and gets eight digits of its SHA-256, so that two codes never share a name.
    """
    safe = slug(code, 40)
    if safe and safe == code and not _RESERVED.match(safe):
        return safe
    digest = hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{safe or 'student'}-{digest}"


def read_code(folder: Path) -> str | None:
    """Return the code kept in the work folder; None where there is none that can be read."""
    try:
        if not (folder / FILE).is_file():  # a pipe would be waited for
            return None
        kept = msgspec.json.decode((folder / FILE).read_bytes()[:10_000])
        return check_code(kept["student"]) if kept["format"] == FORMAT else None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError):
        return None
    except (WrongCode, RecursionError):  # nested as deeply as no code is
        return None


def student_code(folder: Path) -> str:
    """Return the student's code; one is proposed and kept where there is none yet."""
    code = read_code(folder)
    if code is None:
        code = propose_code()
        # Without a disk the code still serves this session; saving an answer will tell.
        with contextlib.suppress(SaveFailed):
            code = _keep(folder, code, only_if_none=True)
    return code


def change_code(folder: Path, code: str) -> str:
    """Keep the code that the student chose, and return it as kept.

    Raises:
        WrongCode: it cannot be used; the code kept before stays.
        SaveFailed: the work folder cannot be written to.
    """
    return _keep(folder, check_code(code))


def _keep(folder: Path, code: str, *, only_if_none: bool = False) -> str:
    with locked(folder, "student"):
        kept = read_code(folder)
        if only_if_none and kept:
            return kept
        data = msgspec.json.encode({"format": FORMAT, "version": 1, "student": code})
        _clear(folder / FILE)
        replace_file(folder / FILE, data + b"\n")
    return code


def _clear(path: Path) -> None:
    """Move a folder or a pipe that stands at `path` aside; no code could ever be kept there."""
    if path.exists() and not path.is_file():
        move_aside(path, f"{path.name}.aside")

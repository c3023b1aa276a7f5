"""Read the table of contents of a zip, as data that nobody vouches for; unpacks nothing.

Written from the format's specification (APPNOTE 6.3.10, PKWARE) instead of `zipfile`, because a
class's zip may be hostile or damaged and must cost neither much time nor much memory: each entry
comes with what is wrong with it, the others stay readable, and a reader can go straight to an entry.
Refused are the tricks of known zip bombs: entries that overlap or that quote one another's headers
(D. Fifield, "A better zip bomb", WOOT 2019), and entries that grow beyond all measure.
"""

from __future__ import annotations

import re
import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO
from zlib import crc32

from briefing.marking.hand_ins.refs import Member
from briefing.visible import visible

MOST_ENTRIES = 500_000
MOST_EXTRAS = 50
"""Extra fields of an entry that are looked at; programs write a handful."""
LONGEST_NAME = 1_000
"""Bytes of an entry's name that are read."""
MOST_GROWTH = 100
"""How many times its packed size an entry may have, where it is larger than `SMALL`. Answers files
grow tenfold; deflate can be made to grow a thousandfold."""
SMALL = 16_384
MOST_UNPACKED = 50_000_000_000
"""Bytes that all entries of one zip may have together."""

_END = b"PK\x05\x06"
_END_LONGEST = 22 + 65_535
_WIDE = 0xFFFFFFFF
_UTF8, _LOCKED = 0x800, 0x1
_UNIX, _MAC = 3, 19
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])( *\..*)?", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")

AGAIN = "make the zip again, or put its files here without one"


class BrokenZip(Exception):
    """A zip whose table of contents cannot be read; its text is the end of a sentence."""


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """One entry of a zip: its name with `/` between the parts, where it lies, and what is wrong.

    `link` says that it is a link to another place.
    """

    name: str
    member: Member
    problem: str = ""
    link: bool = False


def entries(file: BinaryIO, most: int = MOST_ENTRIES) -> list[ZipEntry]:
    """Return the entries of a zip that are files, sorted by the parts of their names.

    Args:
        file: the zip, open for reading in any position.
        most: how many entries are read; of a zip with more, none is.

    Raises:
        BrokenZip: there is no table of contents, or it cannot be read.
        OSError: the file cannot be read.
    """
    size = file.seek(0, 2)
    start, length, count, moved = _table(file, size)
    if count > most:
        raise BrokenZip(f"it lists {count:,} entries, and at most {most:,} are read")
    file.seek(start)
    found = [entry for entry in _listed(file.read(length), count, moved, start, most) if entry]
    _refuse_shared(found)
    found.sort(key=lambda entry: (entry.name.split("/"), entry.member.at))
    _refuse_unlike(found)
    return found


def _table(file: BinaryIO, size: int) -> tuple[int, int, int, int]:
    """Return where the table begins, its length and count, and how far everything was moved."""
    file.seek(max(0, size - _END_LONGEST))
    tail = file.read(_END_LONGEST)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise BrokenZip("it is cut short or no zip at all")
    disk, table_disk, _, count, length, offset, _ = struct.unpack("<4H2LH", tail[at + 4 : at + 22])
    end = size - len(tail) + at
    if _WIDE in (length, offset) or count == 0xFFFF:
        wide = _wide(file, end)
        if wide:
            end, count, length, offset = wide
            disk = table_disk = 0
    if disk or table_disk:
        raise BrokenZip("it is one part of several")
    start = end - length
    if start < offset or start < 0:
        raise BrokenZip("its table of contents is damaged")
    return start, length, count, start - offset


def _wide(file: BinaryIO, end: int) -> tuple[int, int, int, int] | None:
    """Return the same from the records for zips beyond 4 GB or 65,535 entries."""
    if end < 20:
        return None
    file.seek(end - 20)
    locator = file.read(20)
    if locator[:4] != b"PK\x06\x07":
        return None
    where = struct.unpack("<Q", locator[8:16])[0]
    if where > end:
        raise BrokenZip("its table of contents is damaged")
    file.seek(where)
    record = file.read(56)
    if record[:4] != b"PK\x06\x06" or len(record) < 56:
        raise BrokenZip("its table of contents is damaged")
    count, length, offset = struct.unpack("<3Q", record[32:56])
    return where, count, length, offset


def _listed(table: bytes, count: int, moved: int, end: int, most: int) -> Iterator[ZipEntry | None]:
    at = unpacked = listed = 0
    while at < len(table) and table[at : at + 4] != b"PK\x05\x05":  # a signature may come last
        head = table[at : at + 46]
        if len(head) < 46 or head[:4] != b"PK\x01\x02" or listed == most:
            raise BrokenZip("its table of contents is damaged")
        listed += 1
        maker, flags, method = head[5], *struct.unpack("<HH", head[8:12])
        crc, packed, size, name_len, extra_len, note_len = struct.unpack("<3L3H", head[16:34])
        attributes, offset = struct.unpack("<LL", head[38:46])
        raw = table[at + 46 : at + 46 + name_len]
        extra = table[at + 46 + name_len : at + 46 + name_len + extra_len]
        at += 46 + name_len + extra_len + note_len
        size, packed, offset = _real(extra, size, packed, offset)
        member = Member(offset + moved, packed, size, crc, method)
        name, problem = _name(raw, bool(flags & _UTF8), extra)
        if name.endswith("/") or not name:
            yield ZipEntry(name.rstrip("/") or "?", member, problem) if problem else None
            continue
        mode = attributes >> 16 if maker in (_UNIX, _MAC) else 0
        kind = stat.S_IFMT(mode)
        unpacked += size
        problem = problem or _wrong(member, flags, kind, end, len(raw), unpacked)
        yield ZipEntry(name, member, problem, link=kind == stat.S_IFLNK)
    if listed & 0xFFFF != count & 0xFFFF:
        raise BrokenZip("its table of contents is damaged")


def _real(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Return sizes and offset beyond 4 GB from the extra field."""
    if _WIDE not in (size, packed, offset):
        return size, packed, offset
    for kind, data in _extras(extra):
        if kind == 1:
            numbers = [n for (n,) in struct.iter_unpack("<Q", data[: len(data) // 8 * 8])][::-1]
            size = numbers.pop() if size == _WIDE and numbers else size
            packed = numbers.pop() if packed == _WIDE and numbers else packed
            offset = numbers.pop() if offset == _WIDE and numbers else offset
    return size, packed, offset


def _extras(extra: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(MOST_EXTRAS):
        if at + 4 > len(extra):
            return
        kind, length = struct.unpack("<HH", extra[at : at + 4])
        yield kind, extra[at + 4 : at + 4 + length]
        at += 4 + length


def _name(raw: bytes, utf8: bool, extra: bytes) -> tuple[str, str]:
    """Return an entry's name, and what is wrong with it.

    A zip says of each name whether it is UTF-8; otherwise it is code page 437. Some programs write
    UTF-8 without saying so, and UTF-8 is hardly ever anything else by chance; others put the name
    into an extra field.
    """
    problem = ""
    if len(raw) > LONGEST_NAME:
        raw, problem = raw[:LONGEST_NAME], f"Not read: its name has more than {LONGEST_NAME} bytes."
    given = next((data for kind, data in _extras(extra) if kind == 0x7075), b"")
    if given[:1] == b"\x01" and given[1:5] == struct.pack("<L", crc32(raw)):
        raw, utf8 = given[5 : 5 + LONGEST_NAME], True
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("utf-8", "backslashreplace") if utf8 else raw.decode("cp437")
    name = name.replace("\\", "/")
    shown = visible(name)
    parts = [part for part in shown.split("/") if part not in ("", ".")]
    clean = "/".join(parts) + ("/" if shown.endswith("/") and parts else "")
    if not problem and (name.startswith("/") or _DRIVE.match(name) or ".." in parts):
        problem = "Not read: its name points out of the zip, as no ordinary program writes it."
    elif not problem and parts and _DEVICES.fullmatch(parts[-1]):
        problem = "Not read: its name is that of a device on some systems; rename the file."
    return clean, problem


def _wrong(member: Member, flags: int, kind: int, end: int, name_length: int, unpacked: int) -> str:
    if kind == stat.S_IFLNK:
        return "Not followed: a link to another place; put the file itself into the zip."
    if kind not in (0, stat.S_IFREG):
        return "Not read: no ordinary file."
    if flags & _LOCKED:
        return "Not read: locked with a password; ask for it without one."
    if member.method not in (0, 8):
        return "Not read: packed in a way that few programs can; make an ordinary zip."
    if member.at + 30 + name_length + member.packed > end:
        return f"Not read: the zip is damaged here; {AGAIN}."
    if member.method == 0 and member.size != member.packed:
        return f"Not read: the zip is damaged here; {AGAIN}."
    if member.size > SMALL and member.size > member.packed * MOST_GROWTH:
        return (
            f"Not read: it would grow to more than {MOST_GROWTH} times its packed size, as no "
            "answers file does."
        )
    if unpacked > MOST_UNPACKED:
        return f"Not read: the zip would grow beyond {MOST_UNPACKED:,} bytes; divide it."
    return ""


def _refuse_shared(found: list[ZipEntry]) -> None:
    """Refuse entries that share bytes of the zip."""
    shared = set[int]()
    last, reach = -1, -1
    for number in sorted(range(len(found)), key=lambda number: found[number].member.at):
        member = found[number].member
        if member.at < reach:
            shared |= {last, number}
        ends = member.at + 30 + member.packed
        if ends > reach:
            last, reach = number, ends
    for number in shared:
        _refuse(
            found,
            number,
            "Not read: it shares its bytes with another entry, as no ordinary program writes it.",
        )


def _refuse_unlike(found: list[ZipEntry]) -> None:
    """Refuse entries of one name that hold different things: which is meant, nobody can tell."""
    unlike = {
        one.name
        for one, other in pairwise(found)
        if one.name == other.name
        and (one.member.crc, one.member.size) != (other.member.crc, other.member.size)
    }
    for number, one in enumerate(found if unlike else ()):
        if one.name in unlike:
            _refuse(
                found, number, f"Not read: the zip holds different files of this name; {AGAIN}."
            )


def _refuse(found: list[ZipEntry], number: int, said: str) -> None:
    one = found[number]
    found[number] = ZipEntry(one.name, one.member, one.problem or said, one.link)

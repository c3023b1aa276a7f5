"""Read one entry of a zip into memory, no further than a limit; writes nothing to the disk."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from briefing.marking.hand_ins.cautious import NoFile, opened_file
from briefing.marking.hand_ins.refs import Member

LARGEST_INNER = 32_000_000
"""Bytes of a zip within a zip that is looked into."""
_PIECE = 1 << 16

DAMAGED = "It is damaged in the zip; download or ask for it again."


class MemberUnreadable(Exception):
    """An entry that cannot be read; its text is the sentence."""


def member_bytes(file: BinaryIO, member: Member, most: int) -> bytes:
    """Return an entry's bytes, at most `most` of them.

    Raises:
        MemberUnreadable: it is damaged or not what the table of contents says.
        OSError: the file cannot be read.
    """
    file.seek(member.at)
    head = file.read(30)
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise MemberUnreadable(DAMAGED)
    method, (name, extra) = head[8] | head[9] << 8, struct.unpack("<HH", head[26:30])
    if method != member.method:
        raise MemberUnreadable(DAMAGED)
    file.seek(name + extra, 1)
    # One byte more than it should have tells that the table of contents lies; no further is read.
    wanted = min(most, member.size + 1)
    data = _stored(file, member, wanted) if method == 0 else _inflated(file, member, wanted)
    whole = member.size <= most
    if len(data) != min(member.size, most) or (whole and zlib.crc32(data) != member.crc):
        raise MemberUnreadable(DAMAGED)
    return data


def _stored(file: BinaryIO, member: Member, most: int) -> bytes:
    return file.read(min(member.packed, most))


def _inflated(file: BinaryIO, member: Member, most: int) -> bytes:
    unpacker, left = zlib.decompressobj(-zlib.MAX_WBITS), member.packed
    pieces, have = list[bytes](), 0
    try:
        while left and have < most and not unpacker.eof:
            packed = file.read(min(_PIECE, left))
            if not packed:
                break
            left -= len(packed)
            while packed and have < most:
                piece = unpacker.decompress(packed, most - have)
                pieces.append(piece)
                have += len(piece)
                packed = unpacker.unconsumed_tail
    except zlib.error:
        raise MemberUnreadable(DAMAGED) from None
    return b"".join(pieces)


def inner_zip(path: str, member: Member) -> bytes:
    """Return the bytes of a zip that lies in the zip at `path`; the last one is kept at hand.

    Raises:
        MemberUnreadable: it is damaged, or larger than `LARGEST_INNER`.
        OSError: the file cannot be read.
    """
    if member.size > LARGEST_INNER:
        raise MemberUnreadable(
            f"A zip within a zip of more than {LARGEST_INNER:,} bytes; unpack it first."
        )
    there = Path(path).stat()
    return _inner(path, there.st_mtime_ns, there.st_size, member)


@lru_cache(maxsize=1)
def _inner(path: str, _changed: int, _size: int, member: Member) -> bytes:
    with _opened(path) as file:
        return member_bytes(file, member, LARGEST_INNER + 1)


def bytes_at(path: str, inside: tuple[Member, ...], most: int) -> bytes:
    """Return the bytes of an entry of a zip, or of a zip within it, at most `most` of them.

    Raises:
        MemberUnreadable: see `member_bytes`.
        OSError: the file cannot be read.
    """
    if len(inside) == 1:
        with _opened(path) as file:
            return member_bytes(file, inside[0], most)
    return member_bytes(BytesIO(inner_zip(path, inside[0])), inside[1], most)


def _opened(path: str) -> BinaryIO:
    try:
        return opened_file(path)
    except NoFile as problem:
        raise MemberUnreadable(str(problem)) from problem

"""Zips as an attacker or a broken download makes them, built byte by byte; no test in here."""

import io
import struct
import zlib
from dataclasses import dataclass

GOOD = b'{"format": "reading-the-briefing/answers", "student": "fox-1", "exercise": "ex02"}'


@dataclass(frozen=True)
class Part:
    """One entry; what is None follows from `data`."""

    name: bytes
    data: bytes = GOOD
    method: int = 8
    flags: int = 0x800
    mode: int = 0o100644
    size: int | None = None
    crc: int | None = None
    packed: bytes | None = None
    at: int | None = None
    extra: bytes = b""


def deflated(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def made(*parts, count=None, note=b"", before=b"", cut=None, wide=False):
    """The bytes of a zip; a wide one has the records for beyond 65,535 entries and 4 GB."""
    out, table = io.BytesIO(), b""
    out.write(before)
    for part in parts:
        packed = part.packed
        if packed is None:
            packed = deflated(part.data) if part.method == 8 else part.data
        crc = zlib.crc32(part.data) if part.crc is None else part.crc
        size = len(part.data) if part.size is None else part.size
        at = out.tell() - len(before) if part.at is None else part.at
        common = struct.pack("<HHHHH", 20, part.flags, part.method, 0, 0)
        sizes = struct.pack("<LLL", crc, len(packed), size)
        if part.at is None:
            out.write(b"PK\x03\x04" + common + sizes + struct.pack("<HH", len(part.name), 0))
            out.write(part.name + packed)
        table += b"PK\x01\x02" + struct.pack("<H", 3 << 8 | 20) + common + sizes
        table += struct.pack(
            "<HHHHHLL", len(part.name), len(part.extra), 0, 0, 0, part.mode << 16, at
        )
        table += part.name + part.extra
    where = out.tell() - len(before)
    out.write(table)
    number = len(parts) if count is None else count
    length = len(table)
    if wide:
        at = out.tell()
        sizes = struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, number, number, length, where)
        out.write(b"PK\x06\x06" + sizes + b"PK\x06\x07" + struct.pack("<LQL", 0, at, 1))
        number, length, where = 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF
    out.write(b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, number, number, length, where, len(note)))
    out.write(note)
    return out.getvalue()[:cut]

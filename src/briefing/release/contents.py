"""Every text that a file can hold, however it is packed: zip, base64, escapes; runs and loads nothing.

A pickle is read as the bytes it is, never loaded. How deep and how much is limited, so that a hostile
file ends the search and not the computer.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import html
import io
import json
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

DEEPEST = 5  # packings inside one another
MOST = 64_000_000  # bytes unpacked at once

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}(?:\s+[A-Za-z0-9+/_-]{4,})*={0,2}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){24,}")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([nrt\"'\\/]))")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t"}
_PNG = b"\x89PNG\r\n\x1a\n"


def texts_in(name: str, data: bytes, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield what a file says as `(where, text)`, with everything that is packed inside it.

    Args:
        name: what to call the file in `where`.
        data: its bytes.
        depth: how many packings it already lies in.
    """
    members = _members(name, data) if depth < DEEPEST else []
    for inside, packed in members:
        yield f"{name} (holds {inside})", inside
        yield from texts_in(f"{name} (holds {inside})", packed, depth + 1)
    if data.startswith(_PNG):
        return  # its words are members; its pixels are no text
    text = _decoded(data)
    yield from _readings(name, text)
    if name.endswith((".ipynb", ".json")) or text.lstrip()[:1] in ("{", "["):
        yield from _of_json(name, text, depth)
    if depth < DEEPEST:
        for kind, packed in _encoded(text):
            yield from texts_in(f"{name} (in {kind})", packed, depth + 1)


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if data[1:40:2] == b"\0" * len(data[1:40:2]) and len(data) > 3:
        return data.decode("utf-16-le", "replace")
    return data.decode("utf-8", "replace")


def _readings(name: str, text: str) -> Iterator[tuple[str, str]]:
    """The text as it stands, and as it reads where it is escaped."""
    yield name, text
    read = text
    if "\\" in read:
        read = _unescaped(read)
    if "&" in read:
        read = html.unescape(read)
    if "%" in read:
        read = unquote(read)
    if read != text:
        yield name, read


def _unescaped(text: str) -> str:
    def plain(found: re.Match[str]) -> str:
        code = found[1] or found[2]
        return chr(int(code, 16)) if code else _PLAIN.get(found[3], found[3])

    return _ESCAPE.sub(plain, text)


def _of_json(name: str, text: str, depth: int) -> Iterator[tuple[str, str]]:
    """The strings of a JSON file, lists of lines joined as notebooks mean them."""
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        return
    parts = [(name, tree)]
    if isinstance(tree, dict) and isinstance(cells := tree.pop("cells", None), list):
        parts += [(f"{name}, cell {number}", cell) for number, cell in enumerate(cells, 1)]
    for where, part in parts:
        for said in _strings(part):
            yield where, said
            if "<" in said:
                yield where, html.unescape(re.sub(r"<[^>]*>", " ", said))
            if depth < DEEPEST:
                for kind, packed in _encoded(said):
                    yield from texts_in(f"{where} (in {kind})", packed, depth + 1)


def _strings(tree: Any, level: int = 0) -> Iterator[str]:
    if level > 60:
        return
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, list):
        if tree and all(isinstance(child, str) for child in tree):
            yield "".join(tree)
        for child in tree:
            yield from _strings(child, level + 1)
    elif isinstance(tree, dict):
        for key, child in tree.items():
            yield key
            yield from _strings(child, level + 1)


def _encoded(text: str) -> Iterator[tuple[str, bytes]]:
    """What stands in the text as base64 or hexadecimal digits."""
    for found in _BASE64.finditer(text):
        word = re.sub(r"\s+", "", found[0]).rstrip("=").translate({45: "+", 95: "/"})
        word = word[: len(word) - (len(word) % 4 == 1)]
        try:
            data = base64.b64decode(word + "=" * (-len(word) % 4))
        except (binascii.Error, ValueError):
            continue
        if _says_something(data):
            yield "base64", data
    for found in _HEX.finditer(text):
        data = bytes.fromhex(found[0])
        if _says_something(data):
            yield "hexadecimal digits", data


def _says_something(data: bytes) -> bool:
    """Whether bytes are worth reading: packed, or mostly text; most long words are neither."""
    if data.startswith((_PNG, b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"x\x9c", b"x\xda")):
        return True
    if data[:1] == b"\x80" and data[-1:] == b".":
        return True  # a pickle
    printable = sum(32 <= byte < 127 or byte in (9, 10, 13) for byte in data[:400])
    return printable > 0.85 * len(data[:400])


def _members(name: str, data: bytes) -> list[tuple[str, bytes]]:
    """What is packed in the bytes, as (name, bytes)."""
    try:
        if data.startswith(b"PK\x03\x04"):
            return _zipped(data)
        if data.startswith(_PNG):
            return list(_words_of_png(data))
        if data.startswith(b"\x1f\x8b"):
            return [("gzip", gzip.GzipFile(fileobj=io.BytesIO(data)).read(MOST))]
        if data.startswith(b"BZh"):
            return [("bzip2", bz2.BZ2Decompressor().decompress(data, MOST))]
        if data.startswith(b"\xfd7zXZ"):
            return [("xz", lzma.LZMADecompressor().decompress(data, MOST))]
        if data[:2] in (b"x\x01", b"x\x5e", b"x\x9c", b"x\xda"):
            return [("zlib", zlib.decompressobj().decompress(data, MOST))]
        if data[257:262] == b"ustar":
            return _tarred(data)
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, zipfile.BadZipFile) as why:
        return [("what cannot be unpacked", str(why).encode())]
    except (tarfile.TarError, NotImplementedError, RuntimeError) as why:
        return [("what cannot be unpacked", str(why).encode())]
    return []


def _zipped(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found, room = [], MOST
        for member in archive.infolist():
            with archive.open(member) as file:
                found.append((member.filename, file.read(room)))
            room -= len(found[-1][1])
        return found


def _tarred(data: bytes) -> list[tuple[str, bytes]]:
    found, room = [], MOST
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            found.append((member.name, file.read(room) if file else b""))
            room -= len(found[-1][1])
    return found


def _words_of_png(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The text chunks of a picture, and what hangs behind its end."""
    at = len(_PNG)
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += size + 12
        if kind in (b"tEXt", b"iTXt", b"eXIf"):
            yield "words of a picture", body
        if kind == b"zTXt":
            packed = body.split(b"\0", 1)[-1][1:]
            yield "words of a picture", zlib.decompressobj().decompress(packed, MOST)
        if kind == b"IEND":
            break
    if data[at:]:
        yield "what hangs on a picture", data[at:]

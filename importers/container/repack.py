"""A package anew with some parts swapped: what an engine is given to read instead of the file."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from functools import reduce

from importers.container.archive import Part

_UTF8 = 0x0800
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_ENTRY = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")


def repacked(content: bytes, parts: Iterable[Part], swapped: Mapping[str, list[bytes]]) -> bytearray:
    """The XML parts of a package that the guard has passed, those in `swapped` with other content."""
    body, directory, count = bytearray(), bytearray(), 0
    for part in parts:
        if part.name in swapped:
            pieces = swapped[part.name]
            size = sum(map(len, pieces))
            told = 0, reduce(lambda crc, piece: zlib.crc32(piece, crc), pieces, 0), size, size
        elif part.name.lower().endswith((".xml", ".rels")):
            pieces = [content[part.start : part.start + part.packed]]
            told = part.method, part.crc, part.packed, part.size
        else:
            continue
        name = part.name.encode()
        method, crc, length, size = told
        same = (method, 0, 0x21, crc, length, size, len(name), 0)
        at = len(body)
        body += _LOCAL.pack(b"PK\x03\x04", 20, _UTF8, *same) + name
        for piece in pieces:
            body += piece
        directory += _ENTRY.pack(b"PK\x01\x02", 20, 20, _UTF8, *same, 0, 0, 0, 0, at) + name
        count += 1
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    body += directory + end
    return body

"""A package anew: every part that is not swapped with its very bytes, packed as they were, in the same order."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping

from importers.container.archive import Part
from importers.reply.refused import NotMarkable

_UTF8 = 0x0800
_HAS_DESCRIPTOR = 0x0008
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_ENTRY = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
#: 1980-01-01: what is new carries no moment, so that the same marks give the same bytes.
_FIXED = (0, 0x21)
_LEVEL = 4
_MOST = 0xFFFF


class ZipCopy:
    """Takes the parts one after the other; `done` gives the package."""

    def __init__(self) -> None:
        self._body, self._directory, self._count = bytearray(), bytearray(), 0

    def same(self, content: bytes, part: Part) -> None:
        """A part as it lies in the archive, with its name, its day and its packed bytes."""
        _, _, flags, _, clock, day, *_, length, _ = _LOCAL.unpack_from(content, part.header)
        name = content[part.header + _LOCAL.size : part.header + _LOCAL.size + length]
        packed = memoryview(content)[part.start : part.start + part.packed]
        # The sizes stand in the header now, so nothing follows the part.
        told = (flags & ~_HAS_DESCRIPTOR, part.method, clock, day, part.crc, part.packed, part.size)
        self._add(name, told, [packed])

    def new(self, name: str, pieces: Iterable[bytes]) -> None:
        """A part with new content."""
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
        packed, size, crc = bytearray(), 0, 0
        for piece in pieces:
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            packed += packer.compress(piece)
        packed += packer.flush()
        flags = 0 if name.isascii() else _UTF8
        self._add(name.encode(), (flags, 8, *_FIXED, crc, len(packed), size), [packed])

    def _add(self, name: bytes, told: tuple[int, ...], pieces: Iterable[bytes | bytearray | memoryview]) -> None:
        at = len(self._body)
        self._body += _LOCAL.pack(b"PK\x03\x04", 20, *told, len(name), 0) + name
        for piece in pieces:
            self._body += piece
        self._directory += _ENTRY.pack(b"PK\x01\x02", 20, 20, *told, len(name), 0, 0, 0, 0, 0, at) + name
        self._count += 1

    def done(self) -> bytes:
        """The whole package."""
        if self._count >= _MOST:
            raise NotMarkable("文件内含的部件太多")
        lengths = (len(self._directory), len(self._body))
        end = _END.pack(b"PK\x05\x06", 0, 0, self._count, self._count, *lengths, 0)
        return bytes(self._body + self._directory + end)


def copied(
    content: bytes, parts: Iterable[Part], swapped: Mapping[str, Iterable[bytes]], added: Mapping[str, bytes]
) -> bytes:
    """The package with some parts swapped and some added at its end."""
    made = ZipCopy()
    for part in parts:
        if part.name in swapped:
            made.new(part.name, swapped[part.name])
        else:
            made.same(content, part)
    for name, whole in added.items():
        made.new(name, [whole])
    return made.done()

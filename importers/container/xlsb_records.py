"""The records of a binary part, one after the other while it is inflated ([MS-XLSB] 2.1.4)."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from importers.container.refusals import damaged, hostile

#: What is read of a cell, a font or a text fits in far less: a text has at most 32,767 letters and as many fonts.
_LONGEST = 1_000_000


class ShortRecord(ValueError):
    """A record ends before what it announces."""


def records(pieces: Iterable[bytes], part: str, wanted: Collection[int], end: int) -> Iterator[tuple[int, bytes]]:
    """The records of some numbers, up to the one that closes the part; refuses a part that ends before it.

    A record is a number of one or two bytes, a length of one to four in groups of seven bits, and its body.
    """
    buffer, at, skip = b"", 0, 0
    rest = iter(pieces)
    for piece in rest:
        if skip >= len(piece):
            skip -= len(piece)
            continue
        buffer, at, skip = buffer[at:] + piece[skip:], 0, 0
        size = start = len(buffer)
        try:
            while True:
                start = at
                kind = buffer[at]
                at += 1
                if kind & 0x80:
                    kind = kind & 0x7F | (buffer[at] & 0x7F) << 7
                    at += 1
                length = buffer[at]
                at += 1
                if length & 0x80:
                    length, at = _long_length(buffer, at, length & 0x7F, part)
                if kind == end:
                    for _ in rest:
                        pass  # to its end, where its check sum stands
                    return
                if kind not in wanted:
                    at += length
                    if at > size:
                        at, skip = size, at - size
                        break
                elif at + length <= size:
                    yield kind, buffer[at : at + length]
                    at += length
                elif length > _LONGEST:
                    raise hostile(f"部件 {part} 有一条记录自称 {length:,} 字节")
                else:
                    at = start
                    break
        except IndexError:
            at = start  # the head of a record goes on in the next piece
    raise damaged(f"部件 {part} 残缺，缺少结尾的记录")


def _long_length(buffer: bytes, at: int, length: int, part: str) -> tuple[int, int]:
    for shift in (7, 14, 21):
        byte = buffer[at]
        at += 1
        length |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return length, at
    raise damaged(f"部件 {part} 有一条记录的长度不是长度")


@contextmanager
def whole_records(part: str) -> Iterator[None]:
    """Refuses a part in which a record is too short for what it must hold."""
    try:
        yield
    except (ShortRecord, struct.error, IndexError) as short:
        raise damaged(f"部件 {part} 有残缺的记录") from short


def wide_bytes(record: bytes, at: int) -> tuple[bytes | None, int]:
    """A string with its length before it, in UTF-16, and where it ends; None where the string is null."""
    length = int.from_bytes(record[at : at + 4], "little")
    start = at + 4
    if length == 0xFFFFFFFF and start <= len(record):
        return None, start
    end = start + 2 * length
    if end > len(record) or start > len(record):
        raise ShortRecord
    return record[start:end], end


def wide_text(record: bytes, at: int) -> tuple[str, int]:
    """The same as text; empty where it is null."""
    told, end = wide_bytes(record, at)
    return (told or b"").decode("utf-16-le", "replace"), end

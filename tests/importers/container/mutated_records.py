"""Changes of binary records: BIFF, bare or in a compound file, and those of an xlsb part."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from random import Random

import olefile

from app.errors import Unreadable
from importers.container.xlsb_records import records
from tests.importers.container.mutated_bytes import (
    Change,
    Parts,
    cut,
    flipped,
    overwritten,
    removed,
    repeated,
    rezipped,
)
from tests.importers.container.mutated_xml import IN_XML
from tests.importers.container.samples import biff, compound, xlsb_record

Record = tuple[int, bytes]


def _records(stream: bytes) -> list[Record]:
    made, at = [], 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        made.append((kind, stream[at + 4 : at + 4 + length]))
        at += 4 + length
    return made


def _binary_records(stream: bytes) -> list[Record]:
    told: list[Record] = []
    with suppress(Unreadable):  # no record ends the part: all are wanted
        told.extend(records([stream], "", range(1 << 14), -1))
    return told


def _odd_records(chance: Random, told: list[Record]) -> list[Record]:
    at = chance.randrange(len(told))
    kind, body = told[at]
    others = chance.choice(told)
    odd: tuple[list[Record], ...] = (
        [],
        [(kind, body)] * chance.choice((2, 300)),
        [(kind, flipped(chance, body))],
        [(kind, overwritten(chance, body) if len(body) > 4 else b"\xff" * 4)],
        [(kind, body[: chance.randrange(len(body) + 1)])],
        [(kind, body + chance.randbytes(40))],
        [(others[0], body)],
        [(kind, others[1])],
        [(chance.randrange(0x300), body)],
        [(kind, body), others],
    )
    return told[:at] + chance.choice(odd) + told[at + 1 :]


def _in_records(chance: Random, content: bytes) -> bytes:
    """A record gone, doubled, shorter, longer, of another number or with another's body."""
    if not content.startswith(b"\xd0\xcf"):
        return biff(*_odd_records(chance, _records(content)))
    stream, name = _stream(content)
    return compound(biff(*_odd_records(chance, _records(stream))), name) if stream else content


def _false_length(chance: Random, content: bytes) -> bytes:
    """A record that says it is longer or shorter than it is."""
    stream, name = _stream(content) if content.startswith(b"\xd0\xcf") else (content, "")
    if len(stream) < 8:
        return content
    starts, at = [], 0
    while at + 4 <= len(stream):
        starts.append(at)
        at += 4 + int.from_bytes(stream[at + 2 : at + 4], "little")
    place = chance.choice(starts) + 2
    odd = stream[:place] + chance.choice((b"\0\0", b"\1\0", b"\xff\xff", b"\x20\x20")) + stream[place + 2 :]
    return compound(odd, name) if name else odd


def _stream(content: bytes) -> tuple[bytes, str]:
    try:
        with olefile.OleFileIO(content) as opened:
            name = next(name for name in ("Workbook", "Book") if opened.exists(name))
            return opened.openstream(name).read(), name
    except Exception:  # the change before left no compound file to open
        return b"", ""


def _in_binary_part(chance: Random, parts: Parts) -> Parts:
    chosen = chance.choice([part for part in parts if part.name.endswith(".bin")])
    told = _odd_records(chance, _binary_records(chosen.content))
    content = b"".join(xlsb_record(kind, body[:16_000]) for kind, body in told)
    return [replace(part, content=content) if part is chosen else part for part in parts]


def _in_binary_bytes(chance: Random, parts: Parts) -> Parts:
    chosen = chance.choice([part for part in parts if part.name.endswith(".bin")])
    content = chance.choice((flipped, overwritten, cut, removed, repeated))(chance, chosen.content)
    return [replace(part, content=content) if part is chosen else part for part in parts]


IN_BIFF: Sequence[Change] = (_in_records, _in_records, _false_length)
IN_XLSB: Sequence[Change] = (rezipped(_in_binary_part), rezipped(_in_binary_bytes), *IN_XML[:1])

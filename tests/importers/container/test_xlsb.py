"""The records of a binary sheet: merges, hidden rows and columns, errors."""

from __future__ import annotations

import struct

from importers.container import DEFAULT
from importers.container.engines.xlsb import records, walk_sheet
from importers.grid import Merge


def record(kind: int, body: bytes) -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(body)]) + body


def row(number: int, *, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBB", number - 1, 0, 300, 0, 0x10 if hidden else 0) + b"\0" * 5)


def test_records_of_long_numbers_and_lengths() -> None:
    stream = record(176, b"abc") + bytes([1, 0x80 | 2, 1]) + b"x" * 130

    assert [(kind, len(body)) for kind, body in records(stream)] == [(176, 3), (1, 130)]


def test_what_stands_beside_the_values() -> None:
    columns = record(60, struct.pack("<IIIIH", 2, 99_999, 0, 0, 1))
    error = record(3, struct.pack("<IIB", 4, 0, 0x17))
    merge = record(176, struct.pack("<IIII", 0, 3, 1, 2))

    sheet = walk_sheet(columns + row(1) + row(7, hidden=True) + error + merge, DEFAULT)

    assert sheet.merges == [Merge(1, 2, 4, 3)]
    assert sheet.hidden_rows == {7}
    assert sheet.hidden_columns == set(range(3, DEFAULT.columns + 1))
    assert sheet.errors == {(7, 5): ("#REF!", "#REF!")}


def test_a_cut_record_ends_the_walk() -> None:
    assert walk_sheet(record(176, b"short") + b"\xb0\x81", DEFAULT).merges == []

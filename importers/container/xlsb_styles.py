"""Fonts, number formats and texts of a binary workbook: what its cells lean on."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterable
from itertools import pairwise

from importers.container.package_parts import Strings, StylesScan, split_runs
from importers.container.xlsb_records import ShortRecord, records, whole_records, wide_bytes, wide_text

_STRING, _FONT, _FORMAT, _STYLE = 19, 43, 44, 47
_END_STRINGS, _END_STYLES = 160, 279
#: The lists of the styles that tell one of these records from another, by the record that opens them.
_LISTS = {611: "fonts", 615: "numFmts", 617: "cellXfs", 626: "cellStyleXfs", 612: "", 616: "", 618: "", 627: ""}
_STYLES = frozenset((_FONT, _FORMAT, _STYLE, *_LISTS))
_STRUCK = 0x08


class BinaryStyles(StylesScan):
    """The records told to the walk of the XML in its own words: what it makes of them, and refuses, is the same."""

    def take(self, pieces: Iterable[bytes]) -> None:
        """Walk the whole part."""
        with whole_records(self.part):
            for kind, record in records(pieces, self.part, _STYLES, _END_STYLES):
                if kind in _LISTS:
                    self._within = _LISTS[kind]
                elif kind == _FONT:
                    self.opened("font", {})
                    if struct.unpack_from("<H", record, 2)[0] & _STRUCK:
                        self.opened("strike", {})
                elif kind == _FORMAT:
                    number, code = struct.unpack_from("<H", record)[0], wide_text(record, 2)[0]
                    self.opened("numFmt", {"numFmtId": str(number), "formatCode": code})
                elif kind == _STYLE:
                    _, number, font = struct.unpack_from("<HHH", record)
                    self.opened("xf", {"numFmtId": str(number), "fontId": str(font)})

    @property
    def struck_fonts(self) -> frozenset[int]:
        """The fonts that strike out."""
        return frozenset(place for place, struck in enumerate(self._fonts) if struck)


def read_binary_strings(pieces: Iterable[bytes], part: str, struck_fonts: Collection[int]) -> Strings:
    """The shared texts in order."""
    strings = Strings()
    with whole_records(part):
        for _, record in records(pieces, part, (_STRING,), _END_STRINGS):
            text, split = rich_text(record, 0, struck_fonts)
            if split is not None:
                strings.struck[len(strings.texts)] = split
            strings.texts.append(text)
    return strings


def rich_text(record: bytes, at: int, struck_fonts: Collection[int]) -> tuple[str, tuple[str, str] | None]:
    """A text; and, where some of it is struck out by the font of a run, what stands and what is struck out."""
    flags = record[at]
    told, end = wide_bytes(record, at + 1)
    raw = told or b""
    text = raw.decode("utf-16-le", "replace")
    if not flags & 1 or not struck_fonts:
        return text, None
    (count,) = struct.unpack_from("<I", record, end)
    if end + 4 + 4 * count > len(record):
        raise ShortRecord
    told_runs = sorted(struct.iter_unpack("<HH", record[end + 4 : end + 4 + 4 * count]))
    if all(font not in struck_fonts for _, font in told_runs):
        return text, None
    # Places are counted in UTF-16. What stands before the first run has the font of the cell, which is looked at apart.
    starts = [(0, False), *((start, font in struck_fonts) for start, font in told_runs), (len(raw) // 2, False)]
    return text, split_runs(
        [
            (struck, raw[2 * start : 2 * end].decode("utf-16-le", "replace"))
            for (start, struck), (end, _) in pairwise(starts)
        ]
    )

"""A large part piece by piece: as UTF-8 whatever it is written in, and back with some bytes put in place of others."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from importers.container.archive import Part, inflate
from importers.reply.xml_part import encoding_of

_PIECE = 1 << 18


@dataclass(slots=True)
class Splice:
    """Bytes of a part, as UTF-8, that give way to others."""

    start: int
    end: int
    text: bytes


class PartBytes:
    """One part of an archive that is walked twice: once for the places, once to be written."""

    def __init__(self, content: bytes, part: Part) -> None:
        self.content, self.part = content, part
        self.encoding = encoding_of(next(_larger(inflate(content, part)), b"")[:400], part.name)

    def pieces(self) -> Iterator[bytes]:
        """As UTF-8, in pieces that hold any honest tag."""
        pieces = _larger(inflate(self.content, self.part))
        if self.encoding == "utf-8":
            yield from pieces
            return
        decoder = codecs.getincrementaldecoder(self.encoding)()
        for piece in pieces:
            yield decoder.decode(piece).encode()
        yield decoder.decode(b"", True).encode()

    def spliced(self, splices: Iterable[Splice]) -> Iterator[bytes]:
        """As it is written, with the splices done."""
        made = _spliced(self.pieces(), sorted(splices, key=lambda splice: (splice.start, splice.end)))
        if self.encoding == "utf-8":
            yield from made
            return
        decoder = codecs.getincrementaldecoder("utf-8")()
        for piece in made:
            yield decoder.decode(piece).encode(self.encoding, "xmlcharrefreplace")


def _larger(pieces: Iterable[bytes]) -> Iterator[bytes]:
    kept: list[bytes] = []
    size = 0
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield b"".join(kept)
            kept, size = [], 0
    if kept:
        yield b"".join(kept)


def _spliced(pieces: Iterable[bytes], splices: list[Splice]) -> Iterator[bytes]:
    """`at`: how far the part is written or left out; a splice may reach over the end of a piece."""
    at = begun = 0
    waiting = iter(splices)
    splice = next(waiting, None)
    for piece in pieces:
        ended = begun + len(piece)
        while splice is not None and splice.start < ended:
            yield piece[max(at - begun, 0) : splice.start - begun]
            yield splice.text
            at = splice.end
            splice = next(waiting, None)
        if at < ended:
            yield piece[max(at - begun, 0) :]
            at = ended
        begun = ended
    while splice is not None:
        yield splice.text
        splice = next(waiting, None)

"""Changes that mutations are made of: bytes whatever they mean, and what an archive says of its parts."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from tests.importers.container.packages import Entry, archive
from tests.importers.container.samples import unzipped

Change = Callable[[Random, bytes], bytes]
Parts = list[Entry]

_FOUR = tuple(
    struct.pack("<I", number) for number in (0, 1, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
)


def _span(chance: Random, content: bytes, most: int = 200) -> tuple[int, int]:
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.randint(1, most))


def flipped(chance: Random, content: bytes) -> bytes:
    """Bits turned over, as a bad disk does."""
    whole = bytearray(content)
    for _ in range(chance.choice((1, 1, 4, 20)) if whole else 0):
        whole[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
    return bytes(whole)


def overwritten(chance: Random, content: bytes) -> bytes:
    """Four bytes that are a large or a negative number to whoever counts with them."""
    at = chance.randrange(max(1, len(content) - 4))
    return content[:at] + chance.choice(_FOUR) + content[at + 4 :]


def cut(chance: Random, content: bytes) -> bytes:
    """As a mail that did not arrive whole."""
    return content[: chance.randrange(len(content) + 1)]


def beheaded(chance: Random, content: bytes) -> bytes:
    """Without its beginning."""
    return content[chance.choice((1, 2, 8, 512, len(content) // 2)) :]


def inserted(chance: Random, content: bytes) -> bytes:
    """Bytes that were not there."""
    at, junk = chance.randrange(len(content) + 1), chance.randbytes(chance.choice((1, 2, 16, 700)))
    return content[:at] + chance.choice((junk, b"\0" * len(junk), b"\r\n")) + content[at:]


def removed(chance: Random, content: bytes) -> bytes:
    """A piece is missing."""
    start, end = _span(chance, content)
    return content[:start] + content[end:]


def repeated(chance: Random, content: bytes) -> bytes:
    """A piece comes again, perhaps often."""
    start, end = _span(chance, content)
    return content[:end] + content[start:end] * chance.choice((1, 2, 50)) + content[end:]


def swapped(chance: Random, content: bytes) -> bytes:
    """Two pieces have changed places."""
    first, second, third = sorted(chance.randrange(len(content) + 1) for _ in range(3))
    return content[:first] + content[second:third] + content[first:second] + content[third:]


def blanked(chance: Random, content: bytes) -> bytes:
    """A piece is zeros, as on a disk that was full."""
    start, end = _span(chance, content, 600)
    return content[:start] + b"\0" * (end - start) + content[end:]


def surrounded(chance: Random, content: bytes) -> bytes:
    """Something before or behind."""
    junk = chance.choice((b"MZ\x90\0", b"\xef\xbb\xbf", b"\r\n", b"PK\x05\x06" + b"\0" * 18, b"%PDF-1.7\n", b"\0" * 64))
    return junk + content if chance.random() < 0.5 else content + junk


IN_BYTES: Sequence[Change] = (
    flipped, overwritten, cut, beheaded, inserted, removed, repeated, swapped, blanked, surrounded,
)  # fmt: skip


# The archive: what its directory says of its parts.


def rezipped(change: Callable[[Random, Parts], Parts]) -> Change:
    """A change of the parts as a change of the file; a file that is no archive any more stays as it is."""

    def changed(chance: Random, content: bytes) -> bytes:
        try:
            return archive(change(chance, unzipped(content)))
        except Exception:  # the change before left no archive to open
            return content

    return changed


def _one(chance: Random, parts: Parts, **changes: object) -> Parts:
    place = chance.randrange(len(parts))
    return [replace(part, **changes) if at == place else part for at, part in enumerate(parts)]  # type: ignore[arg-type]


def _renamed(chance: Random, parts: Parts) -> Parts:
    name = chance.choice(parts).name
    odd = (
        name.upper(),
        name.replace("/", "\\"),
        "/" + name,
        "./" + name,
        name + " ",
        name[:-1],
        "../" + name,
        "甲.xml",
        "",
    )
    return _one(chance, parts, name=chance.choice(odd))


def _lying(chance: Random, parts: Parts) -> Parts:
    figure = chance.choice((0, 1, 100, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF))
    return _one(chance, parts, **{chance.choice(("size", "crc", "local_size", "header")): figure})


def _exchanged(chance: Random, parts: Parts) -> Parts:
    one, other = chance.choice(parts), chance.choice(parts)
    contents = {one.name: other.content, other.name: one.content}
    return [replace(part, content=contents.get(part.name, part.content)) for part in parts]


def _emptied(chance: Random, parts: Parts) -> Parts:
    return _one(chance, parts, content=chance.choice((b"", b" ", b"\0" * 50, b"<a/>", b"\xff\xfe<\0a\0/\0>\0")))


def _marked(chance: Random, parts: Parts) -> Parts:
    return _one(chance, parts, **chance.choice(({"flags": 1}, {"flags": 8}, {"method": 14}, {"external": 0o120777})))


def _with_comment(chance: Random, content: bytes) -> bytes:
    if content[-22:-18] != b"PK\x05\x06":
        return content
    comment = chance.randbytes(chance.choice((1, 300)))
    told = chance.choice((len(comment), len(comment), 0, 65_535))
    return content[:-2] + struct.pack("<H", told) + comment


IN_ARCHIVE: Sequence[Change] = (
    rezipped(_renamed),
    rezipped(_lying),
    rezipped(_exchanged),
    rezipped(_emptied),
    rezipped(_marked),
    rezipped(lambda chance, parts: chance.sample(parts, len(parts) - 1)),
    rezipped(lambda chance, parts: [*parts, chance.choice(parts)]),
    rezipped(lambda chance, parts: chance.sample(parts, len(parts))),
    rezipped(lambda chance, parts: [replace(part, method=chance.choice((0, 8))) for part in parts]),
    rezipped(
        lambda chance, parts: [*parts, Entry("xl/vbaProject.bin", b"\xd0\xcf"), Entry("word/document.xml", b"<w/>")]
    ),
    _with_comment,
)

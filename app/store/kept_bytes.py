"""Bytes of files as the database keeps them: each sealed with a key of its own, read by nobody once that is removed.

The digest of a row is of what is kept, so it stays when the key goes; the file's own `sha256` is of what was sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.errors import LuzhangError, NotFound
from app.store.keys import Ring

#: How what is sealed begins; then the name of its key. No format of a workbook, picture or paper begins so.
MARK = b"\x00LZF1"
NAME_BYTES = 16
HEAD = len(MARK) + NAME_BYTES
#: So many bytes are sealed at a time, each time with so many more around them.
PIECE = 1 << 20
SEALED_PIECE = PIECE + 16


class FileAltered(LuzhangError):
    """What is kept of a file cannot have been sealed with its key."""

    def __init__(self) -> None:
        super().__init__("留存的文件与封存时不符", fix="请用 luzhang verify 核对登记库", code="file.altered")


class FileForgotten(NotFound):
    """A file whose key was removed: nobody can read it any more."""

    def __init__(self, named: str) -> None:
        told = f"{named}的原件已按规定删除，不能再看"
        super().__init__(told, fix="删除的理由见变更记录；确有需要的，请向出具的单位另要一份", code="file.forgotten")


def sealed(ring: Ring, county: str, content: bytes) -> tuple[bytes, bytes]:
    """A file as it is kept, with a new key; and the key's name."""
    name, key = new_key(ring, county, content)
    head = MARK + name
    cipher = AESGCM(key)
    # A key seals one file and no other, so the place of a piece is a number used once. That it is the last is told too.
    pieces = [
        cipher.encrypt(_nonce(at, last), content[start : start + PIECE], head)
        for at, start, last in _places(len(content))
    ]
    return b"".join((head, *pieces)), name


def new_key(ring: Ring, county: str, _content: bytes) -> tuple[bytes, bytes]:
    """A file's key and its name: random, so that nothing gives it back once it is removed."""
    return ring.new_file_key(county)


def key_name(kept: bytes) -> bytes | None:
    """The name of the key of what is kept, or of its head; None: it is not sealed, from before files were."""
    return kept[len(MARK) : HEAD] if kept.startswith(MARK) and len(kept) >= HEAD else None


def opened(ring: Ring, kept: bytes) -> bytes | None:
    """A file as it was sent; None: its key was removed.

    Raises:
        FileAltered: when it was not sealed so.
        KeyUnknown: when there never was such a key here.
    """
    name = key_name(kept)
    if name is None:
        return kept
    key = ring.file_key(name)
    if key is None:
        return None
    rest = kept[HEAD:]
    count = max(1, -(-len(rest) // SEALED_PIECE))
    some = (rest[at * SEALED_PIECE : (at + 1) * SEALED_PIECE] for at in range(count))
    return b"".join(_opened(key, kept[:HEAD], at, at == count - 1, piece) for at, piece in enumerate(some))


def opened_by_pieces(
    ring: Ring, size: int, read: Callable[[int, int], bytes | None], named: str, at_once: int = 4
) -> Iterator[bytes]:
    """A file of `size` bytes, piece by piece. `read`: from a place of what is kept (the first is 0) so many bytes.

    Raises:
        FileForgotten: when its key was removed, or it is there no more.
    """
    head = read(0, HEAD) or b""
    name = key_name(head)
    count = max(1, -(-size // PIECE))
    for first in range(0, count, at_once):
        if name is None:
            yield read(first * PIECE, at_once * PIECE) or b""
            continue
        key = ring.file_key(name)
        some = read(HEAD + first * SEALED_PIECE, at_once * SEALED_PIECE)
        if key is None or some is None:
            raise FileForgotten(named)
        for at in range(first, min(first + at_once, count)):
            piece = some[(at - first) * SEALED_PIECE : (at - first + 1) * SEALED_PIECE]
            yield _opened(key, head, at, at == count - 1, piece)


def _opened(key: bytes, head: bytes, at: int, last: bool, piece: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(_nonce(at, last), piece, head)
    except (InvalidTag, ValueError) as error:
        raise FileAltered from error


def _places(size: int) -> Iterator[tuple[int, int, bool]]:
    count = max(1, -(-size // PIECE))
    return ((at, at * PIECE, at == count - 1) for at in range(count))


def _nonce(at: int, last: bool) -> bytes:
    return at.to_bytes(11, "big") + bytes([last])

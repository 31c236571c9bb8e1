"""Bytes of files: sealed with a key each, given back to the byte while it is there, and never afterwards."""

from __future__ import annotations

import pytest

from app.store import kept_bytes
from app.store.kept_bytes import FileAltered, FileForgotten, key_name, opened, opened_by_pieces, sealed
from app.store.keys import KeyUnknown, Ring

COUNTY = "431127"
CONTENT = bytes(range(256)) * 7 + b"13812345678"


@pytest.fixture
def ring() -> Ring:
    return Ring(None)


@pytest.fixture(params=[1, 100, len(CONTENT) - 1, len(CONTENT), len(CONTENT) + 1])
def piece(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many bytes are sealed at a time."""
    size = int(request.param)
    monkeypatch.setattr(kept_bytes, "PIECE", size)
    monkeypatch.setattr(kept_bytes, "SEALED_PIECE", size + 16)
    return size


@pytest.mark.usefixtures("piece")
def test_what_is_kept_says_nothing_and_gives_back_what_was_sent(ring: Ring) -> None:
    kept, name = sealed(ring, COUNTY, CONTENT)
    assert key_name(kept) == name
    assert CONTENT[:8] not in kept
    assert b"138123" not in kept
    assert opened(ring, kept) == CONTENT


@pytest.mark.usefixtures("piece")
def test_it_is_given_back_piece_by_piece(ring: Ring) -> None:
    kept, _ = sealed(ring, COUNTY, CONTENT)
    given = opened_by_pieces(ring, len(CONTENT), lambda start, length: kept[start : start + length], "这份文书")
    assert b"".join(given) == CONTENT


def test_an_empty_file_is_kept_too(ring: Ring) -> None:
    kept, _ = sealed(ring, COUNTY, b"")
    assert opened(ring, kept) == b""


def test_once_its_key_is_removed_nobody_reads_it(ring: Ring) -> None:
    kept, name = sealed(ring, COUNTY, CONTENT)
    ring.remove_files([name])
    assert opened(ring, kept) is None
    with pytest.raises(FileForgotten):
        list(opened_by_pieces(ring, len(CONTENT), lambda start, length: kept[start : start + length], "这份文书"))


def test_a_key_that_never_was_is_another_thing(ring: Ring) -> None:
    kept, _ = sealed(Ring(None), COUNTY, CONTENT)
    ring.store()
    with pytest.raises(KeyUnknown):
        opened(ring, kept)


def test_altered_cut_or_reordered_pieces_are_told(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_bytes, "PIECE", 100)
    monkeypatch.setattr(kept_bytes, "SEALED_PIECE", 116)
    kept, _ = sealed(ring, COUNTY, CONTENT)
    head, rest = kept[: kept_bytes.HEAD], kept[kept_bytes.HEAD :]
    for other in (
        kept[:-1] + bytes([kept[-1] ^ 1]),
        kept[:-40],
        head + rest[:116],
        head + rest[116:232] + rest[:116] + rest[232:],
        head + rest[: -(len(rest) % 116)],
    ):
        with pytest.raises(FileAltered):
            opened(ring, other)


def test_what_was_never_sealed_is_read_as_it_is(ring: Ring) -> None:
    assert opened(ring, b"PK\x03\x04") == b"PK\x03\x04"
    assert opened_by_pieces(ring, 4, lambda start, length: b"PK\x03\x04"[start : start + length], "").__next__()


def test_each_file_has_a_random_key_of_its_own(ring: Ring) -> None:
    assert len({one for _ in range(10) for one in ring.new_file_key(COUNTY)}) == 20

"""A manifest is its lines and nothing more: bits and bytes that say nothing are told, as what they are: tampering."""

from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from app.store.verification.chain import _is_padded, unpacked

LINES = st.lists(st.sampled_from(["+ 01a2 9f3c77e1", "- 01a3", "+ 01a4 00ff00ff00ff"]) | st.text("0123456789abcdef -+"))


@given(LINES)
def test_what_was_written_is_no_more_than_its_lines(lines: list[str]) -> None:
    assert not _is_padded(zlib.compress("\n".join(lines).encode()))


@given(LINES, st.integers(0, 7))
def test_bits_left_over_that_somebody_set_are_told(lines: list[str], bit: int) -> None:
    said = "\n".join(lines).encode()
    listing = bytearray(zlib.compress(said))
    listing[-5] ^= 1 << bit

    assert unpacked(bytes(listing)) != said or _is_padded(bytes(listing))


def test_bytes_behind_the_lines_are_told() -> None:
    assert _is_padded(zlib.compress(b"+ 1 2") + b"hidden")

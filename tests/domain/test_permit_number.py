"""Numbers of discharge permits: their parts, and what is none."""

from __future__ import annotations

import pytest

from app.domain.permit_number import parts, written


def test_a_number_names_the_unit_and_the_site() -> None:
    found = parts("91130200699229617X002P")
    assert found is not None
    assert (found.unit, found.place, found.letter, found.coded) == ("91130200699229617X", "002", "P", True)
    assert found.site == "91130200699229617X002"


def test_it_is_read_however_wide_it_is_written() -> None:
    assert written(" 911302００699229617X 001P") == "91130200699229617X001P"
    assert parts("911302００699229617X 001P") == parts("91130200699229617X001P")


def test_a_unit_without_a_code_has_a_code_of_its_own_with_a_small_letter() -> None:
    found = parts("H9431127000012345a001Q")
    assert found is not None
    assert not found.coded


@pytest.mark.parametrize(
    "number",
    ["", "湘环评〔2019〕12号", "91130200699229617X", "91130200699229617X1P", "91130200699229617X001p", "O" * 22],
)
def test_what_has_another_shape_is_none(number: str) -> None:
    assert parts(number) is None

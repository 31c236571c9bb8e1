"""Values as people read them."""

from __future__ import annotations

import pytest

from app.domain.vocabulary import label


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.75, "0.75"), (10000.0, "10000"), (1234567.0, "1234567"), (123456.78, "123456.78"), (0.1 + 0.2, "0.3")],
)
def test_a_number_is_read_to_its_last_digit(value: float, words: str) -> None:
    assert label("enterprise", "capacity_t_per_year", value) == words

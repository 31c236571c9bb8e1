"""Rows of lists: what they say, its Chinese words, what is disputed, and telephone numbers that cannot be read."""

from __future__ import annotations

import pytest

from app.errors import NotFound
from app.register.lists import NOUNS, columns
from tests.register.lists.asking_lists import rows


def test_a_firms_row_carries_values_words_and_disputes() -> None:
    row = rows("enterprises")[0]

    assert (row["id"], row["name"], row["status"], row["scale"]) == (
        "1",
        "蓝山县奥鑫金属制品有限公司",
        "producing",
        None,
    )
    assert row["labels"] == {"status": "在产", "scale": "有争议"}
    assert row["disputed"] == ["scale"]


def test_a_telephone_number_is_masked() -> None:
    assert rows("enterprises")[0]["contact_phone"] == "138****5678"


def test_a_machines_row_names_its_firm_and_whether_it_is_there() -> None:
    first, second, third, _ = rows("equipment")

    assert (first["enterprise"], first["township"]) == ("蓝山县奥鑫金属制品有限公司", "新圩镇")
    assert first["labels"] == {"kind": "感应电炉", "shell": "铝壳", "yoke": "否", "present": "不能确定"}
    assert second["removed_on"]["to"] == "2024-03-31"
    assert second["labels"] == {"kind": "冲天炉", "fuel": "有争议", "removed_on": "…", "present": "在"}
    assert third["labels"]["present"] == "已不在"


def test_a_figure_without_a_number_reads_unknown_and_not_zero() -> None:
    row = rows("figures")[0]

    assert (row["number"], row["labels"]) == (None, {"number": "不明", "topic": "停电"})


def test_every_list_has_columns_for_what_its_rows_carry() -> None:
    for noun in NOUNS:
        for row in rows(noun):
            assert columns(noun).keys() <= row.keys()
    with pytest.raises(NotFound):
        columns("nothing")

"""A layout is known again by its heads, whatever their dates; its columns and rows by their words."""

from __future__ import annotations

import pytest

from importers.grid import SheetGrid
from importers.layout import column_keys, fingerprint, head_key, head_rows, row_key, rows_of_keys
from importers.reading import Table
from tests.importers.sheets import read, sheet

ROSTER = "企业名称|铝壳炉（台）|{head}\n甲铸造厂|1|李某\n乙铸造厂|2|王某"


def table(text: str) -> Table:
    return read(sheet(text)).sheets[0].tables[0]


def grid(text: str) -> SheetGrid:
    return sheet(text).grid()


@pytest.mark.parametrize("other", ["包联 领导", "包联领导*", "“包联领导”"])
def test_a_layout_is_the_same_however_its_heads_are_spaced(other: str) -> None:
    assert fingerprint(table(ROSTER.format(head="包联领导"))) == fingerprint(table(ROSTER.format(head=other)))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2023年产值（万元）", "2024年产值（万元）", True),
        ("一季度产值", "第四季度产值", True),
        ("3月份用电", "12月份用电", True),
        ("截至2024.3.31用电", "截至2024-06-30用电", True),
        ("包联领导", "包片领导", False),
        ("1号炉用途", "2号炉用途", False),
    ],
)
def test_the_dates_in_heads_do_not_matter_and_their_words_do(one: str, other: str, same: bool) -> None:
    layouts = {fingerprint(table(ROSTER.format(head=head))) for head in (one, other)}
    assert (len(layouts) == 1) == same


def test_columns_have_their_heads_as_keys_with_the_letter_where_several_have_one() -> None:
    found = table("企业名称|铝壳炉（台）|说明|说明\n甲铸造厂|1|李某|二组\n乙铸造厂|2|王某|三组")
    assert column_keys(found) == ["企业名称", "铝壳炉(台)", "说明@C", "说明@D"]


def test_a_column_without_a_head_does_not_make_another_layout() -> None:
    noted = table("企业名称|铝壳炉（台）|包联领导|\n甲铸造厂|1|李某|\n乙铸造厂|2|王某|已电话核实")
    assert column_keys(noted)[-1] == "D列"
    assert fingerprint(noted) == fingerprint(table(ROSTER.format(head="包联领导")))


def test_a_row_is_known_by_all_its_texts_and_a_title_without_its_dates() -> None:
    sent = grid("2024年第一季度名册\n甲铸造厂|2024年3月|1")
    later = grid("2025年第四季度名册\n甲铸造厂|2024年6月|1")

    assert row_key(sent.row(1)) == row_key(later.row(1)) == "##名册"
    assert row_key(sent.row(2)) != row_key(later.row(2))


def test_a_head_is_found_where_its_rows_stand_together() -> None:
    key = head_key([grid("户头|炉子|\n|多大|几台").row(1), grid("户头|炉子|\n|多大|几台").row(2)])

    assert head_rows(grid("名册\n户头|炉子|\n|多大|几台\n甲|1|2"), key, (0, 1)) == (2, 3)
    assert head_rows(grid("名册\n户头|炉子|\n甲|1|2\n|多大|几台"), key, (0, 1)) == ()
    assert rows_of_keys(grid("甲|1\n乙|2\n甲|1"), ["甲|1"]) == [(1, "甲|1"), (3, "甲|1")]


def test_a_key_stays_short_and_storable_and_tells_long_texts_apart() -> None:
    one, other = ("备注" * 2000 + end for end in ("甲", "乙"))
    keys = [row_key(grid(text).row(1)) for text in (one, other)]

    assert len(set(keys)) == 2
    assert all(len(key) <= 200 for key in keys)
    assert rows_of_keys(grid(one), keys) == [(1, keys[0])]

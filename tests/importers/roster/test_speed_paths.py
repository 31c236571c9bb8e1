"""What reading a large roster relies on: equal texts are understood once, and nothing of it changes what is read."""

from __future__ import annotations

import gc
import json

import pytest

from app.domain.vocabulary import Field
from importers import collector
from importers.facts import Fact, Packing
from importers.grid import Cell
from importers.roster import cells
from importers.roster.header_words import plain
from importers.roster.heads import name_meaning
from importers.roster.spellings import spellings
from importers.values import Understood, understand
from tests.importers.sheets import SheetBuilder, codes, machines, read, sheet, values

HEAD = "企业名称|法定代表人|联系电话|设备名称|容量（吨）|使用状态|投运时间|包联领导|排污许可证"
ROW = "铸造有限公司|张三|13874600001|2台中频炉|0.5|在用|2014年5月|李某|已办"


def rows_of(count: int) -> SheetBuilder:
    """A roster of so many firms that differ by nothing but their names."""
    return sheet("\n".join([HEAD, *(f"第{number:05d}号{ROW}" for number in range(count))]))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the values were asked about."""
    texts: list[str] = []

    def listening(field: Field, cell: Cell, **more: object) -> Understood:
        texts.append(cell.text)
        return understand(field, cell, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(cells, "understand", listening)
    return texts


def test_more_rows_of_the_same_texts_ask_no_more_about_them(asked: list[str]) -> None:
    def questions(count: int) -> dict[str, int]:
        asked.clear()
        read(rows_of(count))
        return {text: asked.count(text) for text in ROW.split("|")[1:]}

    assert questions(300) == questions(600)


def test_a_repeated_text_stands_in_each_of_its_cells() -> None:
    reading = read(rows_of(3))

    assert [one.enterprise["legal_representative"].cell for one in reading.records] == ["B2", "B3", "B4"]
    assert [one.equipment[0]["capacity_t"].cell for one in reading.records] == ["E2", "E3", "E4"]
    assert [one.equipment[0]["quantity"].cell for one in reading.records] == ["D2", "D3", "D4"]
    assert [one.extras["包联领导"].cell for one in reading.records] == ["H2", "H3", "H4"]


def test_a_repeated_doubt_is_asked_at_each_of_its_cells() -> None:
    reading = read(
        sheet("""
企业名称|炉型|容量（吨）
甲铸造厂|中频炉|不明
乙铸造厂|中频炉|不明
""")
    )

    assert codes(reading) == [("value.stated_unknown", "C2"), ("value.stated_unknown", "C3")]


def test_one_text_under_two_columns_says_what_each_of_them_asks() -> None:
    reading = read(
        sheet("""
企业名称|法定代表人|联系人|炉型|数量（台）|容量（吨）
甲铸造厂|张三|张三|中频炉|1|1
乙铸造厂|张三|李四|中频炉|2|2
""")
    )

    assert values(reading.records[0].enterprise)["contact_person"] == "张三"
    assert [[(one["quantity"], one["capacity_t"]) for one in machines(record)] for record in reading.records] == [
        [(1, 1.0)],
        [(2, 2.0)],
    ]


def test_the_same_text_stored_as_number_and_as_words_is_two_cells() -> None:
    head, row = ("企业名称", "联系电话"), "甲铸造厂"
    reading = read(sheet().row(*head).row(row, Cell(1.3874600001e10, "1.39E+10")).row("乙铸造厂", "1.39E+10"))

    assert values(reading.records[0].enterprise)["contact_phone"] == "13874600001"
    assert "contact_phone" not in reading.records[1].enterprise


def test_the_same_as_above_takes_what_stands_above_it_each_time() -> None:
    reading = read(
        sheet("""
企业名称|乡镇|炉型|容量（吨）
甲铸造厂|新圩镇|中频炉|1
乙铸造厂|同上|中频炉|同上
丙铸造厂|塔峰镇|中频炉|2
丁铸造厂|同上|中频炉|同上
""")
    )

    towns = [record.enterprise["township"] for record in reading.records]
    assert [(one.value, one.cell) for one in towns] == [
        ("新圩镇", "B2"), ("新圩镇", "B2"), ("塔峰镇", "B4"), ("塔峰镇", "B4"),
    ]  # fmt: skip
    assert [record.equipment[0]["capacity_t"].cell for record in reading.records] == ["D2", "D2", "D4", "D4"]


def test_a_firm_merged_over_its_rows_reads_as_if_it_were_written_in_each() -> None:
    row = ("1", "甲铸造厂", "新圩镇", "中频炉")
    head = ("序号", "企业名称", "乡镇", "炉型", "容量（吨）")
    written = read(sheet().row(*head).row(*row, 1).row(*row, 2))
    merged = read(sheet().row(*head).row(*row, 1).row("", "", "", "中频炉", 2).merge("A2:A3", "B2:B3", "C2:C3"))

    assert [values(one.enterprise) for one in merged.records] == [values(one.enterprise) for one in written.records]
    assert machines(merged.records[0]) == machines(written.records[0])


def test_the_json_in_pieces_is_that_of_the_whole_object() -> None:
    reading = read(rows_of(3), sheet("说明\n本表由乡镇填报", name="填表说明"))
    written = "".join(reading.json_pieces())

    assert written == json.dumps(reading.as_dict(), ensure_ascii=False)
    assert list(json.loads(written)) == ["file", "sha256", "format", "engine", "sheets", "records", "issues", "counts"]
    record = json.loads(written)["records"][0]
    assert record["rows"] == [2, 2]
    assert record["equipment"][0]["commissioned_on"] == {
        "value": {"from": "2014-05-01", "to": "2014-05-31", "precision": "month", "text": "2014年5月"},
        "raw": "2014年5月",
        "cell": "G2",
    }


def test_an_entry_kept_small_is_the_facts_it_was_made_of() -> None:
    facts = {
        "name": Fact.written("甲厂", "甲 厂", "B2"),
        "state": Fact.written("in_use", "在用", "AB3"),
        "kind": Fact.written("other", "导入时指定", None),
    }
    entry = Packing().entry(facts)

    assert entry == facts
    assert list(entry) == list(facts)
    assert [fact.cell for fact in entry.values()] == ["B2", "AB3", None]
    assert "shell" not in entry
    assert not Packing().entry({})


def test_entries_told_by_the_same_columns_share_their_shape() -> None:
    packing = Packing()
    one, other, third = (packing.entry({"name": Fact.written("甲厂", "甲厂", cell)}) for cell in ("B2", "B3", "C3"))

    assert one.shape is other.shape
    assert one.shape is not third.shape


def test_a_row_kept_whole_gives_its_texts_by_letter() -> None:
    reading = read(sheet("企业名称|炉型|备注\n甲铸造厂|中频炉||旧炉"))

    assert dict(reading.rows[0].cells) == {"A": "甲铸造厂", "B": "中频炉", "D": "旧炉"}
    assert reading.rows[0].cells.get("C") is None


def test_a_head_of_names_in_plain_ascii_is_letters_alone() -> None:
    lexicon = spellings()
    words = [word for word in (*lexicon.fields["enterprise.name"].words, *lexicon.weak_names) if word.isascii()]

    assert [word for word in words if not name_meaning(word)] == []
    assert name_meaning("企业名称(NAME)")
    assert name_meaning("0.5") is name_meaning("A1") is None


def test_old_forms_in_heads_are_mended() -> None:
    for old, new in spellings().mended.items():
        assert plain(f"{old}号") == f"{new}号"
    assert plain("單位名稱") == "单位名称"


def test_the_collector_runs_again_after_a_pause_even_one_that_ends_in_an_error() -> None:
    with pytest.raises(ValueError, match="damaged"), collector.paused():
        with collector.paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise ValueError("damaged")

    assert gc.isenabled()

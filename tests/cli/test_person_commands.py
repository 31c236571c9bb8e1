"""`luzhang person forget` and `luzhang keys …`: counted first, then gone for good; the keys kept apart."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import xlsxwriter

COUNTY = ("--county", "431127")
DAY = ("--as-of", "2024-01-31")
NUMBER, OTHER = "13812345678", "13900000001"
GONE = "（已按规定删除）"
FIRM = "甲铸造有限公司"
REASON = ("--reason", "本人要求")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A roster of two firms, each with a contact."""
    path = tmp_path / "名册.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("名册")
    sheet.write_row(0, 0, ["新圩镇铸造企业名册"])
    sheet.write_row(1, 0, ["填报单位：新圩镇人民政府", None, "填报日期：2024-01-15"])
    sheet.write_row(2, 0, ["序号", "企业名称", "设备名称", "使用状态", "联系人", "联系电话", "备注"])
    sheet.write_row(3, 0, ["1", FIRM, "铝壳中频炉", "在用", "张三丰", NUMBER, f"急事 {NUMBER}"])
    sheet.write_row(4, 0, ["2", "乙铸造有限公司", "铝壳中频炉", "在用", "李四光", OTHER, ""])
    book.close()
    return path


@pytest.fixture
def taken_in(luzhang: Callable, register: Path, file: Path) -> Path:
    assert luzhang("import", file, *COUNTY, "--json").status in (0, 1)
    return register


def dumped(register: Path) -> str:
    with closing(sqlite3.connect(register)) as connection:
        return "\n".join(connection.iterdump())


def contact(luzhang: Callable, firm: str) -> tuple[str, str]:
    told = luzhang("contact", firm, "--purpose", "通知整改", *COUNTY, *DAY, "--json").object
    return told["contact_person"]["value"], told["contact_phone"]["value"]


def test_a_dump_shows_neither_numbers_nor_contacts(taken_in: Path) -> None:
    said = dumped(taken_in)
    assert [one for one in (NUMBER, OTHER, "张三丰", "李四光") if one in said] == []


def test_without_yes_it_is_only_counted(luzhang: Callable, taken_in: Path) -> None:
    told = luzhang("person", "forget", FIRM, *REASON, *COUNTY, "--json")
    said = luzhang("person", "forget", FIRM, *REASON, *COUNTY)

    assert (told.status, said.status) == (1, 1)
    assert {"numbers": 1, "names": 1, "keys": 2, "files": 1, "other_firms": 0}.items() <= told.object.items()
    assert "--yes" in said.err
    assert NUMBER not in said.out + said.err
    assert contact(luzhang, FIRM) == ("张三丰", NUMBER)


def test_whoever_is_forgotten_is_read_nowhere(luzhang: Callable, taken_in: Path, file: Path, tmp_path: Path) -> None:
    done = luzhang("person", "forget", FIRM, *REASON, *COUNTY, "--yes", "--json").object

    assert (done["keys"], done["files"]) == (2, 1)
    assert contact(luzhang, FIRM) == (GONE, GONE)
    assert contact(luzhang, "乙铸造有限公司") == ("李四光", OTHER)
    assert luzhang("verify").status == 0
    listed = tmp_path / "whole.csv"
    luzhang("list", "enterprises", "--purpose", "核对", "-o", listed, *COUNTY, *DAY)
    told = listed.read_text(encoding="utf-8-sig") + luzhang("history", FIRM, *COUNTY).out
    told += luzhang("list", "enterprises", *COUNTY, *DAY).out
    assert GONE in told
    assert "已**" not in told
    assert [one for one in (NUMBER, "138****5678", "张三丰", "张**", "⟦") if one in told] == []
    again = luzhang("import", file, *COUNTY, "--json").object
    assert again["applied"] is None
    assert contact(luzhang, FIRM) == (GONE, GONE)


def test_it_is_done_once_and_for_somebody(luzhang: Callable, taken_in: Path) -> None:
    assert luzhang("person", "forget", *REASON, *COUNTY, "--yes").status == 2
    assert luzhang("person", "forget", "--number", NUMBER, *REASON, *COUNTY, "--yes").status == 0
    assert luzhang("person", "forget", "--number", NUMBER, *REASON, *COUNTY, "--yes").status == 2
    said = luzhang("person", "forget", "--number", "2213", *REASON, *COUNTY, "--yes")
    assert said.status == 2
    assert NUMBER not in dumped(taken_in)


def test_keys_are_backed_up_apart_and_come_back(luzhang: Callable, taken_in: Path, tmp_path: Path) -> None:
    keys, kept = taken_in.parent / "keys", tmp_path / "keys.backup"
    assert luzhang("keys", "status", "--json").object["persons"] == 4
    assert luzhang("keys", "backup", kept).status == 0
    assert luzhang("keys", "backup", kept).status == 2
    assert luzhang("keys", "restore", kept).status == 2
    luzhang("person", "forget", FIRM, *REASON, *COUNTY, "--yes")
    for left in keys.glob("keys.db*"):
        left.unlink()

    refused = luzhang("list", "enterprises", *COUNTY, *DAY)
    status = luzhang("keys", "status", "--json")

    assert (refused.status, status.status, status.object["fits"]) == (2, 1, False)
    assert "keys restore" in refused.err
    assert luzhang("verify", "--json").object["findings"][0]["code"] == "keys.absent"
    assert luzhang("keys", "restore", kept, "--json").object["removed_again"] == 3
    assert contact(luzhang, FIRM) == (GONE, GONE)
    assert contact(luzhang, "乙铸造有限公司") == ("李四光", OTHER)
    (keys / "keys.master").unlink()
    assert luzhang("list", "enterprises", *COUNTY, *DAY).status == 2

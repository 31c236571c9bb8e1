"""`luzhang contact` and `luzhang list --purpose`: numbers whole, for a purpose, recorded; masked everywhere else."""

from __future__ import annotations

import logging
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import xlsxwriter

from app.commands.log_lines import MaskingFormatter
from app.domain.masking import masked

COUNTY = ("--county", "431127")
DAY = ("--as-of", "2024-01-31")
NUMBER = "13812345678"


@pytest.fixture
def taken_in(luzhang: Callable, register: Path, tmp_path: Path) -> None:
    """A register with one firm whose contact has a telephone number."""
    file = tmp_path / "名册.xlsx"
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet("名册")
    sheet.write_row(0, 0, ["新圩镇铸造企业名册"])
    sheet.write_row(1, 0, ["填报单位：新圩镇人民政府", None, "填报日期：2024-01-15"])
    sheet.write_row(2, 0, ["序号", "企业名称", "设备名称", "使用状态", "联系人", "联系电话"])
    sheet.write_row(3, 0, ["1", "甲铸造有限公司", "铝壳中频炉", "在用", "张三", NUMBER])
    book.close()
    assert luzhang("import", file, *COUNTY, "--json").status in (0, 1)


@pytest.mark.usefixtures("taken_in")
def test_a_contact_is_shown_whole_for_a_purpose(luzhang: Callable, register: Path) -> None:
    said = luzhang("contact", "甲铸造有限公司", "--purpose", "通知整改", *COUNTY, *DAY)
    told = luzhang("contact", "甲铸造有限公司", "--purpose", "通知整改", *COUNTY, *DAY, "--json").object

    assert (said.status, NUMBER in said.out, "张三" in said.out) == (0, True, True)
    assert told["contact_phone"]["value"] == NUMBER
    with closing(sqlite3.connect(register)) as connection:
        kept = connection.execute("SELECT * FROM audit_record WHERE act = 'personal.show'").fetchall()
    assert len(kept) == 2
    assert "通知整改" in repr(kept)
    assert NUMBER not in repr(kept)


@pytest.mark.usefixtures("taken_in")
def test_without_a_purpose_it_is_refused(luzhang: Callable) -> None:
    said = luzhang("contact", "甲铸造有限公司", *COUNTY, "--json")

    assert (said.status, said.object["error"]["code"]) == (2, "purpose.missing")


@pytest.mark.usefixtures("taken_in")
def test_everything_else_masks_name_and_number(luzhang: Callable) -> None:
    for words in (("dossier", "甲铸造有限公司"), ("history", "甲铸造有限公司"), ("list", "enterprises")):
        for form in ((), ("--json",)):
            said = luzhang(*words, *COUNTY, *DAY, *form)
            assert NUMBER not in said.out + said.err, words
            assert "张三" not in said.out, words
            assert "138****5678" in said.out, words


@pytest.mark.usefixtures("taken_in")
def test_a_list_shows_numbers_for_a_purpose_on_the_screen_and_in_a_file(luzhang: Callable, tmp_path: Path) -> None:
    shown = luzhang("list", "enterprises", "--purpose", "应急通知", *COUNTY, *DAY)
    luzhang("list", "enterprises", "--purpose", "应急通知", *COUNTY, *DAY, "-o", tmp_path / "whole.csv")
    luzhang("list", "enterprises", *COUNTY, *DAY, "-o", tmp_path / "masked.csv")

    assert NUMBER in shown.out
    assert NUMBER in (tmp_path / "whole.csv").read_text(encoding="utf-8")
    assert NUMBER not in (tmp_path / "masked.csv").read_text(encoding="utf-8")


def test_a_log_line_and_its_trace_hold_no_number() -> None:
    try:
        raise ValueError("contact_phone=13812345678")
    except ValueError:
        record = logging.LogRecord(
            "x", logging.ERROR, "x.py", 1, "GET %s", ("/a/%E5%BC%A0%E4%B8%8913812345678",), sys.exc_info()
        )

    line = MaskingFormatter("%(levelname)s %(message)s").format(record)

    assert "13812345678" not in line
    assert "138****5678" in line
    assert masked(line) == line

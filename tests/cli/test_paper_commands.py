"""Papers of the procedure by commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

COUNTY = ("--county", "431127")
FIRM = "甲铸造有限公司"
TOLD = ("--reason", "来函登记", *COUNTY)
SCAN = b"%PDF-1.7\n" + bytes(range(256)) * 9


@pytest.fixture
def scan(luzhang: Callable, register: Path, roster: Callable, tmp_path: Path) -> Path:
    """A register of two firms, and a scanned letter."""
    assert luzhang("import", roster(), *COUNTY, "--json").status < 2
    path = tmp_path / "停电函.pdf"
    path.write_bytes(SCAN)
    return path


def letter(luzhang: Callable, *more: str | Path, number: str = "湘环蓝函[2024]18号") -> object:
    words = ("--number", number, "--issuer", "市生态环境局蓝山分局", "--dated", "2024年12月9日", "--firm", FIRM)
    return luzhang("paper", "add", "函件", *more, *words, *TOLD, "--json")


def test_a_paper_is_recorded_listed_shown_taken_out_revised_and_withdrawn(
    luzhang: Callable, scan: Path, tmp_path: Path
) -> None:
    told = letter(luzhang, scan).object
    assert (told["number"], told["file"]["label"]) == ("湘环蓝函〔2024〕18号", "PDF 文件")

    listed = luzhang("paper", "list", FIRM, *COUNTY)
    assert "函件　湘环蓝函〔2024〕18号　市生态环境局蓝山分局　2024年12月9日" in listed.out
    assert f"附 停电函.pdf（PDF 文件，{len(SCAN)} 字节）" in listed.out
    got = luzhang("paper", "get", told["document"], "-o", tmp_path / "home", *COUNTY, "--json").object
    assert Path(got["file"]).read_bytes() == SCAN
    again = luzhang("paper", "get", told["document"], "-o", got["file"], *COUNTY, "--json")
    assert (again.status, again.object["error"]["code"]) == (2, "place.not_empty")

    new = luzhang("paper", "revise", told["document"], "--title", "更正后的函", *TOLD, "--json").object
    shown = luzhang("paper", "show", told["document"], *COUNTY)
    assert f"已被修订（{new['document']}）" in shown.out
    assert "顶替它的：" in shown.out
    rows = luzhang("paper", "list", "--number", "湘环蓝函(2024)18号", *COUNTY, "--json").object["documents"]
    assert [row["document"] for row in rows] == [new["document"]]
    assert luzhang("paper", "withdraw", new["document"], *TOLD, "--json").object["taken_back"] == "document"
    rows = luzhang("paper", "list", "--kind", "letter", *COUNTY, "--json").object["documents"]
    assert [row["document"] for row in rows] == [told["document"]]
    assert luzhang("verify").status == 0


def test_the_same_again_is_refused_and_says_which(luzhang: Callable, scan: Path) -> None:
    first = letter(luzhang, scan).object["document"]
    again = letter(luzhang, scan, number="湘环蓝函（2024）18号")

    assert (again.status, again.object["error"]["code"]) == (2, "document.already")
    assert first in again.object["error"]["message"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("函件", "--number", "2024-18", *TOLD), "document.number"),
        (("函件", "--dated", "2099年", *TOLD), "document.future"),
        (("函件", "--firm", "没有厂", *TOLD), "enterprise.unknown"),
        (("函件", "--names", "没有厂", *TOLD), "enterprise.unknown"),
        (("函件", "没有.pdf", *TOLD), "file.absent"),
        (("纸条", *TOLD), "document.kind"),
        (("函件", "--reason", " ", *COUNTY), "reason.missing"),
    ],
)
def test_what_cannot_be_recorded_says_why(luzhang: Callable, scan: Path, words: tuple[str, ...], code: str) -> None:
    said = luzhang("paper", "add", *words, "--json")

    assert (said.status, said.object["error"]["code"]) == (2, code)
    assert luzhang("paper", "list", *COUNTY).out == ""


def test_a_page_of_the_web_named_pdf_is_named_and_refused(luzhang: Callable, scan: Path) -> None:
    scan.write_text("<!DOCTYPE html><html><script>alert(1)</script></html>", encoding="utf-8")
    said = luzhang("paper", "add", "函件", scan, *TOLD)

    assert said.status == 2
    assert "名字写的是 .pdf，内容是网页（HTML），不能收" in said.err
    assert "按内容认定" in said.err


def test_a_year_that_does_not_fit_is_recorded_and_told(luzhang: Callable, scan: Path) -> None:
    said = luzhang("paper", "add", "函件", "--number", "湘环蓝函〔2023〕1号", "--dated", "2024-12-09", *TOLD)

    assert said.status == 0
    assert "注意：文号的年份是 2023 年，成文日期写的是“2024-12-09”" in said.out


def test_what_was_altered_by_hand_is_not_handed_out(luzhang: Callable, scan: Path, tmp_path: Path) -> None:
    import sqlite3

    told = letter(luzhang, scan).object
    with sqlite3.connect(tmp_path / "home" / "luzhang.db") as connection:
        connection.execute("DROP TRIGGER guard_evidence_update")
        connection.execute("UPDATE evidence SET content = ?", (SCAN.replace(b"%PDF-1.7", b"%PDF-1.4"),))
    connection.close()
    said = luzhang("paper", "get", told["document"], "-o", tmp_path / "取出.pdf", *COUNTY, "--json")

    assert (said.status, said.object["error"]["code"]) == (2, "evidence.altered")
    assert not (tmp_path / "取出.pdf").exists()

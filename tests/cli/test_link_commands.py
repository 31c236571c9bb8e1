"""`luzhang link …`: links made, told once, listed, revoked; and what came by them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from app import clock
from app.register.links.receiving import opened
from app.settings import Settings
from app.store.engine import open_engine
from importers.arrival import Upload
from importers.by_link import send_in

OF = ("--county", "431127")
QUARTER = ("--quarter", "2024Q1")


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    with clock.fixed(datetime(2024, 1, 20, 8, tzinfo=UTC)):
        yield


@pytest.mark.usefixtures("register")
def test_a_link_is_told_once_and_then_listed_without_its_address(luzhang: Callable) -> None:
    made = luzhang(
        "link", "make", *OF, *QUARTER, "--township", "新圩镇", "--address", "http://10.0.0.5:8000/", "--json"
    )
    (link,) = made.object["links"]
    listed = luzhang("link", "list", *OF)

    assert link["address"] == f"http://10.0.0.5:8000{link['path']}"
    assert listed.out.startswith("新圩镇　2024Q1　可用　用到 2024-04-21　收到 0 个文件（0 字节）")
    assert link["path"] not in listed.out


@pytest.mark.usefixtures("register")
def test_links_of_a_county_are_written_into_a_workbook_to_be_handed_out(luzhang: Callable, tmp_path: Path) -> None:
    said = luzhang("link", "make", *OF, *QUARTER, "-o", tmp_path / "links.xlsx")
    book = openpyxl.load_workbook(tmp_path / "links.xlsx")
    cells = {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value}

    assert said.status == 0
    for line in said.out.splitlines():
        assert line.split("　")[3] in cells


@pytest.mark.usefixtures("register")
def test_nothing_is_made_that_cannot_be_written_down(luzhang: Callable, tmp_path: Path) -> None:
    said = luzhang("link", "make", *OF, *QUARTER, "-o", tmp_path / "none" / "links.xlsx")

    assert (said.status, "没有文件夹" in said.err) == (2, True)
    assert luzhang("link", "list", *OF).out == "没有\n"


@pytest.mark.usefixtures("register")
def test_a_file_that_came_is_listed_applied_and_stays_after_the_link_is_revoked(
    luzhang: Callable, roster: Callable
) -> None:
    (link,) = luzhang("link", "make", *OF, *QUARTER, "--township", "新圩镇", "--json").object["links"]
    secret = link["path"].removeprefix("/u/")
    engine = open_engine(Settings().url())
    file = Upload(roster().read_bytes(), "新圩镇.xlsx")
    send_in(engine, opened(engine, secret), secret, file, origin="10.0.0.7")
    engine.dispose()

    (kept,) = luzhang("imports", *OF, "--json").object["imports"]
    waits = luzhang("link", "uploads", *OF)
    (upload,) = luzhang("link", "uploads", link["link"], "--json").object["uploads"]
    revoked = luzhang("link", "revoke", link["link"], "--reason", "用完了")
    applied = luzhang("imports", "apply", upload["batch"], "--json").object["applied"]

    assert (waits.status, "等着写入　来自 10.0.0.7" in waits.out) == (1, True)
    assert (kept["batch"], kept["by"], kept["why"]) == (upload["batch"], "链接：新圩镇 2024Q1", "later")
    assert revoked.status == 0
    assert applied["enterprises"] == 2
    assert "已写入" in luzhang("link", "uploads", *OF).out
    assert "已停用" in luzhang("link", "list", *OF).out

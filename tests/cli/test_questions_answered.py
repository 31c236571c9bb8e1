"""What the register asks goes out with a township's reply or template, and is told once that came back filled in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from app.store.engine import open_engine
from importers.replying import reply_of

TOWNSHIP, DAY = "新圩镇", "2024-02-29"
ASKED_IN_FEBRUARY = ("--demo", "--township", TOWNSHIP, "--as-of", DAY)
#: What is answered to a question by words in it.
ANSWERS = {"是什么状态": "在用", "磁轭": "无", "频率": "中频", "容量": "0.5", "炉壳": "铝壳", "铁芯": "无芯"}

pytestmark = pytest.mark.usefixtures("example")


@pytest.fixture
def example(luzhang: Callable) -> None:
    """The example county."""
    assert luzhang("demo").status == 0


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "home" / "demo" / "431127" / "luzhang.db"


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{database}")
    yield engine
    engine.dispose()


def asked(luzhang: Callable, *words: str) -> list[dict[str, Any]]:
    """The questions of one township."""
    places = luzhang("questions", *(words or ASKED_IN_FEBRUARY), "--json").object["townships"]
    return [one for place in places for one in place["questions"]]


def roster(luzhang: Callable, to: Path, day: str = DAY) -> Path:
    """The township's own roster of a day, with the firms of which something is asked."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名册"
    firms = dict.fromkeys(one["enterprise"]["name"] for one in asked(luzhang))
    lines = [(f"{TOWNSHIP}铸造企业名册",), (f"填报单位：{TOWNSHIP}人民政府", None, f"填报日期：{day}")]
    for line in [*lines, ("企业名称", "联系人"), *((firm, "张某") for firm in firms)]:
        sheet.append(line)
    book.save(to)
    return to


def imported(luzhang: Callable, file: Path) -> dict[str, Any]:
    told: dict[str, Any] = luzhang("import", file, "--demo", "--json").object
    return told


def copy_of(engine: Engine, batch: str, to: Path) -> Path:
    """The marked copy, as it is sent back."""
    to.write_bytes(reply_of(engine, batch)[1].content)
    return to


def lines(copy: Path) -> list[str]:
    """The register's questions on a copy."""
    page = openpyxl.load_workbook(copy)["待核实"]
    found = [str(row[4].value) for row in page.iter_rows(min_row=5)]
    return [words for words in found if words.startswith("登记库要问：")]


def answered(copy: Path, answers: dict[str, str], note: str = "") -> Path:
    """The copy with each of these questions answered, as a clerk sends it back."""
    book = openpyxl.load_workbook(copy)
    for row in book["待核实"].iter_rows(min_row=5):
        words = str(row[4].value)
        said = next((said for part, said in answers.items() if part in words), None)
        if said is not None and words.startswith("登记库要问："):
            row[7].value, row[8].value = said, note or None
    to = copy.with_name(f"{copy.stem}答复.xlsx")
    book.save(to)
    return to


def untold(luzhang: Callable) -> int:
    """Furnaces of the township of which no verdict can be told."""
    told = luzhang("obsolete", *ASKED_IN_FEBRUARY, "--json").object
    count: int = told["totals"]["cannot_tell"]["furnaces"]
    return count


def test_answers_beside_the_registers_questions_settle_the_verdicts_and_undoing_takes_them_back(
    luzhang: Callable, engine: Engine, database: Path, tmp_path: Path
) -> None:
    before = untold(luzhang)
    assert before > 0
    sent = imported(luzhang, roster(luzhang, tmp_path / "二月.xlsx"))
    copy = copy_of(engine, sent["batch"], tmp_path / "核对.xlsx")
    assert len(lines(copy)) == len(asked(luzhang))
    standing = [one["standing"] for one in asked(luzhang)]
    assert all("是什么状态" in words for words in lines(copy)[: sum(standing)])

    told = imported(luzhang, answered(copy, ANSWERS, "电话问过"))

    assert (untold(luzhang), asked(luzhang)) == (0, [])
    assert {issue["code"] for issue in told["issues"]} == {"reply.carried_out"}
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT DISTINCT source, day, file, sheet FROM statement WHERE field = 'yoke'")
        assert (f"{TOWNSHIP}人民政府", DAY, "核对答复.xlsx", "待核实") in [(s, str(d), *of) for s, d, *of in rows]
        raws = {raw for (raw,) in connection.execute("SELECT raw FROM statement WHERE sheet = '待核实'")}
    assert len(raws) == len(lines(copy))
    assert all(raw.startswith("登记库要问：") and raw.endswith("（电话问过）") for raw in raws)
    assert lines(copy_of(engine, told["batch"], tmp_path / "再核对.xlsx")) == []
    assert luzhang("undo", told["batch"], "--demo").status == 0
    assert untold(luzhang) == before
    assert luzhang("verify", "--demo").status == 0


def test_what_is_answered_in_part_is_asked_again_without_it(luzhang: Callable, engine: Engine, tmp_path: Path) -> None:
    sent = imported(luzhang, roster(luzhang, tmp_path / "二月.xlsx"))
    first = copy_of(engine, sent["batch"], tmp_path / "核对.xlsx")

    told = imported(luzhang, answered(first, {"是什么状态": "在用", "磁轭": "不清楚", "容量": "大概半吨"}))

    again = copy_of(engine, told["batch"], tmp_path / "再核对.xlsx")
    assert untold(luzhang) == 0
    assert lines(again)
    assert not any("是什么状态" in words for words in lines(again))
    refused = {issue["code"]: issue for issue in told["issues"]}
    assert set(refused) == {"reply.carried_out", "reply.not_a_choice", "reply.answered"}
    assert "容量多少吨" in refused["reply.answered"]["message"]

    imported(luzhang, answered(again, ANSWERS))

    assert asked(luzhang) == []


def test_no_more_is_asked_at_once_than_a_clerk_answers_and_the_rest_is_counted(
    luzhang: Callable, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importers.beside.MOST", 2)
    sent = imported(luzhang, roster(luzhang, tmp_path / "二月.xlsx"))

    copy = copy_of(engine, sent["batch"], tmp_path / "核对.xlsx")

    assert len(lines(copy)) == 2
    assert all("是什么状态" in words for words in lines(copy))
    summed = openpyxl.load_workbook(copy)["待核实"]["A2"].value
    assert f"登记库还有 {len(asked(luzhang)) - 2} 项要问" in summed


def test_a_firm_that_the_roster_does_not_list_is_not_asked_of(
    luzhang: Callable, engine: Engine, tmp_path: Path
) -> None:
    sent = roster(luzhang, tmp_path / "二月.xlsx")
    book = openpyxl.load_workbook(sent)
    left_out = book["名册"]["A4"].value
    book["名册"].delete_rows(4)
    book.save(sent)

    found = lines(copy_of(engine, imported(luzhang, sent)["batch"], tmp_path / "核对.xlsx"))

    assert not any(f"“{left_out}”" in words for words in found)
    assert len(found) == len([one for one in asked(luzhang) if one["enterprise"]["name"] != left_out])


def test_answers_in_a_templates_yellow_cells_settle_the_verdicts(luzhang: Callable, tmp_path: Path) -> None:
    quarter = ("--demo", "--township", TOWNSHIP, "--as-of", "2024-03-31")
    book = openpyxl.Workbook()
    furnaces = (
        ("丁铸造厂", "1#", "中频炉", "0.5吨"),
        ("丁铸造厂", "2#", "铝壳炉", None),
        ("丁铸造厂", "3#", "中频炉", None),
    )
    heads = (f"填报单位：{TOWNSHIP}人民政府", None, "填报日期：2024-03-31"), ("企业名称", "炉号", "设备名称", "容量")
    for line in ((f"{TOWNSHIP}铸造企业名册",), *heads, *furnaces):
        book.worksheets[0].append(line)
    book.save(tmp_path / "三月.xlsx")
    imported(luzhang, tmp_path / "三月.xlsx")
    before = asked(luzhang, *quarter)
    assert {one["standing"] for one in before} == {True, False}
    file = tmp_path / "模板.xlsx"
    assert luzhang("template", "2024Q1", "--township", TOWNSHIP, "--county", "431127", "--demo", "-o", file).status == 0
    book = openpyxl.load_workbook(file)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    cells = [cell for cell in cells if "登记库要问：" in cell.comment.text]
    assert len(cells) == len(before)

    for cell in cells:
        cell.value = next(said for part, said in ANSWERS.items() if part in cell.comment.text)
    book.save(file)
    said = luzhang("import", file, "--demo", "--valid-from", "2024-03-31", "--json")

    assert said.object["proposal"]["held"] == 0
    assert asked(luzhang, *quarter) == []
    told = luzhang("obsolete", *quarter, "--json").object
    assert told["totals"] == {
        "holds": {"enterprises": 1, "furnaces": 3},
        "cannot_tell": {"enterprises": 0, "furnaces": 0},
    }


def test_the_reply_of_an_import_carries_what_the_register_asks(luzhang: Callable, tmp_path: Path) -> None:
    file, copy = roster(luzhang, tmp_path / "名册.xlsx"), tmp_path / "回执.xlsx"

    luzhang("import", file, "--demo", "--reply", copy, "--json")

    assert len(lines(copy)) == len(asked(luzhang))

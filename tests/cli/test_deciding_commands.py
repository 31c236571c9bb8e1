"""What waits for a person, and what she decides, by commands."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

pytestmark = pytest.mark.usefixtures("register")

COUNTY = ("--county", "431127")
HEADS = ("企业名称", "法定代表人", "设备名称", "容量（吨）")


@pytest.fixture
def sent(tmp_path: Path, luzhang: Callable) -> Callable[..., dict]:
    """Send a roster of a unit with these rows; what the import answers."""

    def taken(unit: str, *rows: tuple[str, str, str, float], day: str = "2024-01-15") -> dict:
        path = tmp_path / f"{unit}{day}.xlsx"
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet()
        lines = [("铸造企业名册",), (f"填报单位：{unit}", None, f"填报日期：{day}"), HEADS, *rows]
        for row, line in enumerate(lines):
            sheet.write_row(row, 0, line)
        book.close()
        return luzhang("import", path, *COUNTY, "--json").object

    return taken


FULL, SHORT = "蓝山县骅强金属制品有限公司", "骅强金属制品厂"


def waiting(luzhang: Callable) -> dict:
    return luzhang("desk", *COUNTY, "--json").object


def test_a_likely_double_is_asked_with_reasons_and_made_one(luzhang: Callable, sent: Callable) -> None:
    sent("新圩镇人民政府", (FULL, "王建国", "铝壳炉", 0.5))
    told = sent("蓝山县科工局", (SHORT, "王建国", "铝壳炉", 0.5))
    (asked,) = [issue for issue in told["issues"] if issue["code"] == "enterprise.similar"]
    assert FULL in asked["message"]
    assert "王建国" in asked["message"]
    (pair,) = waiting(luzhang)["pairs"]
    assert (pair["level"], pair["other"]["name"]) == ("likely", FULL)

    said = luzhang("decide", "same", SHORT, FULL, "--reason", "营业执照是同一份", *COUNTY)

    assert said.status == 0
    assert "已记录为第 3 号变更" in said.out
    assert waiting(luzhang)["pairs"] == []
    (row,) = luzhang("obsolete", *COUNTY, "--json").object["rows"]
    assert len(row["furnaces"]) == 1
    (decision,) = [one for one in listed(luzhang) if one["about"]["section"] == "enterprise"]
    back = luzhang("decide", "back", decision["decision"], "--reason", "看错了", *COUNTY, "--json")
    assert (back.status, back.object["taken_back"]) == (0, "same")
    assert len(luzhang("obsolete", *COUNTY, "--json").object["rows"]) == 2


def listed(luzhang: Callable) -> list[dict]:
    return luzhang("decide", "list", *COUNTY, "--json").object["decisions"]


def test_a_dispute_shows_each_claim_and_one_is_decided_for(luzhang: Callable, sent: Callable) -> None:
    sent("新圩镇人民政府", (FULL, "王建国", "铝壳炉", 0.5))
    sent("蓝山县科工局", (FULL, "李明", "铝壳炉", 0.5))
    (dispute,) = waiting(luzhang)["disputes"]
    claims = {claim["label"]: claim["statement"] for claim in dispute["claims"]}
    assert dispute["label"] == "法定代表人"

    luzhang("decide", "value", claims["李明"], "--reason", "执照", *COUNTY)

    assert waiting(luzhang)["disputes"] == []
    (decision,) = listed(luzhang)
    assert (decision["kind"], decision["about"]["value"], decision["by"]) == ("value", "李明", "本机操作员")


def test_a_firm_left_out_is_answered_for(luzhang: Callable, sent: Callable) -> None:
    sent("新圩镇人民政府", (FULL, "王建国", "铝壳炉", 0.5), ("奥鑫铸造厂", "李明", "钢壳炉", 1))
    batch = sent("新圩镇人民政府", ("奥鑫铸造厂", "李明", "钢壳炉", 1), day="2024-06-30")["batch"]
    (missing,) = waiting(luzhang)["missing"]
    assert (missing["enterprise"]["name"], missing["batch"]) == (FULL, batch)

    said = luzhang("decide", "absent", batch, FULL, "关停", "--reason", "2024年5月已关", *COUNTY, "--json")

    assert said.object["batch"]
    found = luzhang("desk", *COUNTY)
    assert (found.status, waiting(luzhang)["missing"]) == (0, [])


def test_facts_are_stated_by_hand_and_undone(luzhang: Callable, sent: Callable) -> None:
    sent("新圩镇人民政府", (FULL, "王建国", "铝壳炉", 0.5))
    day = ("--day", "2024-01-15", "--reason", "电话核实")

    said = luzhang("correct", FULL, "status=停产", "联系电话=13812345678", *day, *COUNTY, "--json").object

    assert said["batch"]
    assert luzhang("undo", said["batch"], *COUNTY, "--json").object["reversed"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("decide", "same", "没有的厂", FULL, "--reason", "试"), "没有“没有的厂”"),
        (("decide", "same", FULL, FULL, "--reason", "试"), "同一家"),
        (("decide", "same", FULL, FULL, "--reason", " "), "没有写理由"),
        (("decide", "value", "无此说法", "--reason", "试"), "没有“无此说法”"),
        (("decide", "back", "无此决定", "--reason", "试"), "没有“无此决定”"),
        (("correct", FULL, "colour=红", "--day", "2024-01-15", "--reason", "试"), "colour"),
        (("correct", FULL, "职工人数=很多", "--day", "2024-01-15", "--reason", "试"), "很多"),
    ],
)
def test_what_cannot_be_decided_says_why(luzhang: Callable, sent: Callable, words: tuple[str, ...], told: str) -> None:
    sent("新圩镇人民政府", (FULL, "王建国", "铝壳炉", 0.5))
    said = luzhang(*words, *COUNTY)
    assert said.status == 2
    assert told in said.err


def test_spellings_are_told_once_shown_and_taken_back(luzhang: Callable, sent: Callable) -> None:
    sent("新圩镇人民政府", (FULL, "王建国", "铝壳炉", 0.5))
    reason = ("--reason", "老写法", *COUNTY)

    assert luzhang("decide", "township", "新墟", "新圩镇", *reason).status == 0
    assert luzhang("decide", "name", "老王家", FULL, *reason).status == 0
    again = luzhang("decide", "township", "新墟", "新圩镇", *reason, "--json")

    assert (again.status, again.object["error"]["code"]) == (2, "learned.already")
    shown = luzhang("decide", "list", *COUNTY).out
    assert "学到的写法：“新墟”是新圩镇。老写法" in shown
    assert f"学到的写法：“老王家”是{FULL}。老写法" in shown
    for one in listed(luzhang):
        assert one["kind"] == "learned"
        back = luzhang("decide", "back", one["decision"], "--reason", "看错了", *COUNTY, "--json")
        assert back.object["taken_back"] == "learned"
    assert listed(luzhang) == []
    assert luzhang("verify").status == 0


def test_what_was_told_of_a_column_is_listed_in_words(luzhang: Callable, sent: Callable, tmp_path: Path) -> None:
    sent("新圩镇人民政府", (FULL, "王建国", "铝壳炉", 0.5))
    (tmp_path / "列.json").write_text('{"columns": [{"header": "法定代表人", "field": null}]}', encoding="utf-8")
    file = tmp_path / "新圩镇人民政府2024-01-15.xlsx"
    luzhang("import", file, *COUNTY, "--valid-from", "2024-06-30", "--told", tmp_path / "列.json")

    assert "学到的列：“法定代表人”是 不用的列。导入时指明（" in luzhang("decide", "list", *COUNTY).out
    later = luzhang("import", file, *COUNTY, "--valid-from", "2024-09-30")
    assert "1 列按以前说明过的读" in later.out


def test_what_was_decided_is_listed_in_chinese_words(luzhang: Callable, sent: Callable) -> None:
    sent("新圩镇人民政府", (FULL, "王建国", "铝壳炉", 0.5), ("奥鑫铸造厂", "李明", "钢壳炉", 1))
    batch = sent("新圩镇人民政府", ("奥鑫铸造厂", "李明", "钢壳炉", 1), day="2024-06-30")["batch"]
    luzhang("decide", "absent", batch, FULL, "关停", "--reason", "2024年5月已关", *COUNTY)
    luzhang("decide", "absent", batch, FULL, "漏报", "--reason", "问过", *COUNTY)
    luzhang("correct", "奥鑫铸造厂", "status=停产", "--day", "2024-06-30", "--reason", "电话核实", *COUNTY)

    shown = luzhang("decide", "list", *COUNTY).out

    assert f"没列出：{FULL}：关停。2024年5月已关" in shown
    assert f"以此为准：{FULL}　生产状态：本机操作员 2024-06-30 说生产状态“关停退出”。2024年5月已关" in shown
    assert "以此为准：奥鑫铸造厂　生产状态：本机操作员 2024-06-30 说生产状态“停产”。电话核实" in shown
    assert not {"closed", "suspended", "status", "None"} & set(re.findall("[A-Za-z]+", shown))


def test_what_came_with_two_records_of_a_firm_is_listed_as_such(luzhang: Callable, sent: Callable) -> None:
    sent("新圩镇人民政府", (FULL, "王建国", "铝壳炉", 0.5))
    sent("蓝山县科工局", (SHORT, "王建国", "铝壳炉", 0.5))
    luzhang("decide", "same", SHORT, FULL, "--reason", "营业执照是同一份", *COUNTY)
    (firms,) = [one for one in listed(luzhang) if not one["about"]["under"]]

    shown = luzhang("decide", "list", *COUNTY).out

    assert f"同一件设备（随 {firms['decision']} 一起定）：" in shown
    assert f"同一家：{SHORT}、{FULL}。" in shown


def test_a_column_told_is_listed_by_the_fields_chinese_name(luzhang: Callable, sent: Callable, tmp_path: Path) -> None:
    sent("新圩镇人民政府", (FULL, "王建国", "铝壳炉", 0.5))
    told = '{"columns": [{"header": "法定代表人", "field": "enterprise.contact_person"}]}'
    (tmp_path / "列.json").write_text(told, encoding="utf-8")
    file = tmp_path / "新圩镇人民政府2024-01-15.xlsx"
    luzhang("import", file, *COUNTY, "--valid-from", "2024-06-30", "--told", tmp_path / "列.json")

    assert "学到的列：“法定代表人”是 “联系人”" in luzhang("decide", "list", *COUNTY).out


def test_why_a_firm_is_missing_stays_answered_when_its_record_is_set_aside(luzhang: Callable, sent: Callable) -> None:
    sent("新圩镇人民政府", (SHORT, "王建国", "铝壳炉", 0.5), ("奥鑫铸造厂", "李明", "钢壳炉", 1))
    batch = sent("新圩镇人民政府", ("奥鑫铸造厂", "李明", "钢壳炉", 1), day="2024-06-30")["batch"]
    luzhang("decide", "absent", batch, SHORT, "漏报", "--reason", "问过", *COUNTY)
    sent("蓝山县科工局", (FULL, "王建国", "铝壳炉", 0.5))

    luzhang("decide", "same", SHORT, FULL, "--reason", "同一份执照", *COUNTY)

    assert waiting(luzhang)["missing"] == []
    assert f"没列出：{FULL}：漏报" in luzhang("decide", "list", *COUNTY).out
    again = luzhang("decide", "absent", batch, FULL, "关停", "--reason", "试", *COUNTY)
    assert (again.status, "已经答复过" in again.err) == (2, True)


def test_a_firm_that_a_roster_lists_is_not_answered_for_as_missing(luzhang: Callable, sent: Callable) -> None:
    sent("新圩镇人民政府", (FULL, "王建国", "铝壳炉", 0.5), ("奥鑫铸造厂", "李明", "钢壳炉", 1))
    batch = sent("新圩镇人民政府", ("奥鑫铸造厂", "李明", "钢壳炉", 1), day="2024-06-30")["batch"]

    said = luzhang("decide", "absent", batch, "奥鑫铸造厂", "关停", "--reason", "看错了行", *COUNTY)

    assert (said.status, "没有漏下这家企业" in said.err) == (2, True)
    assert luzhang("desk", *COUNTY, "--json").object["missing"][0]["enterprise"]["name"] == FULL
    unknown = luzhang("decide", "absent", "没有的批次", FULL, "关停", "--reason", "试", *COUNTY)
    assert (unknown.status, "没有的批次" in unknown.err) == (2, True)

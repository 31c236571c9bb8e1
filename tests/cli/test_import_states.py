"""Batches by their state, files that wait, and two versions of a roster, from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("register")

COUNTY = ("--county", "431127")


def listed(luzhang: Callable, *words: str) -> list[tuple[str, str]]:
    return [(one["file"], one["state"]) for one in luzhang("imports", *COUNTY, *words, "--json").object["imports"]]


def test_a_file_kept_for_later_survives_and_goes_in_under_its_id(luzhang: Callable, roster: Callable) -> None:
    path = roster()
    said = luzhang("import", path, *COUNTY, "--later", "--json").object
    path.unlink()

    assert list(said) == ["batch", "file", "dry_run", "proposal", "applied", "change", "issues", "counts"]
    assert (said["applied"], said["change"], said["proposal"]["new"]) == (None, 1, 2)
    assert listed(luzhang) == [("新圩镇.xlsx", "read")]
    assert "已读（先留着，以后再写入）" in luzhang("imports", *COUNTY).out
    applied = luzhang("imports", "apply", said["batch"], *COUNTY, "--json").object
    assert (applied["batch"], applied["applied"]["enterprises"]) == (said["batch"], 2)
    assert listed(luzhang) == [("新圩镇.xlsx", "applied")]
    luzhang("undo", said["batch"], *COUNTY)
    assert listed(luzhang, "--state", "undone") == [("新圩镇.xlsx", "undone")]
    assert luzhang("verify").status == 0


def test_an_ordinary_import_of_a_kept_file_is_its_applying(luzhang: Callable, roster: Callable) -> None:
    path = roster()
    kept = luzhang("import", path, *COUNTY, "--later", "--json").object

    assert luzhang("import", path, *COUNTY, "--json").object["batch"] == kept["batch"]
    assert listed(luzhang) == [("新圩镇.xlsx", "applied")]


def test_a_kept_file_is_told_to_people_and_withdrawn_with_a_reason(luzhang: Callable, roster: Callable) -> None:
    said = luzhang("import", roster(), *COUNTY, "--later")
    (id,) = [one["batch"] for one in luzhang("imports", *COUNTY, "--json").object["imports"]]

    assert f"没有写入，已留存，编号 {id}" in said.out
    assert luzhang("imports", "drop", id, "--reason", "", *COUNTY).status == 2
    assert luzhang("imports", "drop", id, "--reason", "发错了", *COUNTY).status == 0
    assert "已撤回" in (shown := luzhang("imports", "show", id, *COUNTY)).out
    assert "发错了" in shown.out
    assert luzhang("imports", "apply", id, *COUNTY).status == 2
    assert luzhang("imports", "drop", "nothing", "--reason", "x", *COUNTY).status == 2


def test_undoing_a_file_that_only_waits_says_how_to_withdraw_it(luzhang: Callable, roster: Callable) -> None:
    id = luzhang("import", roster(), *COUNTY, "--later", "--json").object["batch"]

    waits = luzhang("undo", id, *COUNTY)
    luzhang("imports", "drop", id, "--reason", "发错了", *COUNTY)
    dropped = luzhang("undo", id, *COUNTY)

    assert waits.status == dropped.status == 2
    assert "“新圩镇.xlsx”还没有写入，只是留存着" in waits.err
    assert f"luzhang imports drop {id} --reason 理由" in waits.err
    assert "没有写入过，留存的文件已由第 2 号变更撤回" in dropped.err
    assert "还没有写入" not in dropped.err


def test_answering_a_row_of_an_older_version_leaves_what_the_newer_one_corrected(
    luzhang: Callable, tmp_path: Path
) -> None:
    def sent(name: str, day: str, *rows: str) -> dict:
        path = tmp_path / name
        head = f"填报单位：新圩镇人民政府,,填报日期：{day}\n企业名称,设备名称,炉号,容量（吨）,生产状态\n"
        path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
        return luzhang("import", path, *COUNTY, "--json").object

    two = ("甲铸造有限公司,铝壳炉,1#,0.5,在产", "甲铸造有限公司,铝壳炉,2#,0.5,在产")
    sent("上季.csv", "2023-12-15", *two, "乙铸造有限公司,钢壳炉,3#,1,在产")
    older = sent("名册.csv", "2024-01-15", "甲铸造有限公司,铝壳中频炉,,0.5,在产", "乙铸造有限公司,钢壳炉,3#,1,在产")
    corrected = [row.replace("在产", "停产") for row in two]
    sent("名册v2.csv", "2024-01-15", *corrected, "乙铸造有限公司,钢壳炉,3#,1.5,停产")
    (held,) = luzhang("desk", *COUNTY, "--json").object["held"]
    place = (older["batch"], held["sheet"], str(held["row"]), "machine", held["machines"][0]["id"])

    told = luzhang("decide", "row", *place, "--reason", "现场", *COUNTY, "--json").objects[-1]

    since = [issue["message"] for issue in told["issues"] if issue["code"] == "import.said_since"]
    later = "同一来源后来的“名册v2.csv”写的是"
    assert since == [f"“甲铸造有限公司”的设备名称：这一行写的是“铝壳中频炉”，{later}“铝壳炉”，以后来的为准"]
    assert luzhang("desk", *COUNTY, "--json").object["held"] == []
    lists = {
        noun: luzhang("list", noun, *COUNTY, "--json", "--as-of", "2024-02-01").out
        for noun in ("enterprises", "equipment")
    }
    assert "producing" not in lists["enterprises"]
    assert '"capacity_t": 1.5' in lists["equipment"]
    assert (told["proposal"]["changed"], told["proposal"]["same"]) == (1, 1)


def test_a_state_says_what_waits_for_a_person(luzhang: Callable, roster: Callable, tmp_path: Path) -> None:
    luzhang("import", roster(), *COUNTY)
    other = tmp_path / "督察.csv"
    other.write_text(
        "填报单位：省督察组,,填报日期：2024-01-15\n企业名称,设备名称,容量（吨）,使用状态,乡镇\n"
        "甲铸造有限公司,铝壳中频炉,0.5,闲置,新圩镇\n乙铸造有限公司,,,,没有镇\n",
        encoding="utf-8",
    )
    batch = luzhang("import", other, *COUNTY, "--json").object["batch"]

    shown = luzhang("imports", "show", batch, *COUNTY, "--json")

    assert shown.status == 1
    assert (shown.object["state"], shown.object["waits"]["rows"], shown.object["waits"]["conflicts"]) == (
        "to_decide",
        1,
        1,
    )
    assert listed(luzhang) == [("督察.csv", "to_decide"), ("新圩镇.xlsx", "applied")]
    assert "等人来定：待定的行 1 行、说法不一 1 项" in luzhang("imports", *COUNTY).out
    assert luzhang("imports", *COUNTY, "--state", "lost").status == 2


def test_two_versions_in_one_command_and_their_differences(luzhang: Callable, roster: Callable) -> None:
    older, newer = roster("新圩镇v1.xlsx"), roster("新圩镇v2.xlsx", shell="钢壳中频炉")

    said = luzhang("import", older, newer, *COUNTY, "--json")

    assert [one["file"] for one in said.objects] == ["新圩镇v2.xlsx", "新圩镇v1.xlsx"]
    assert [one["applied"] is None for one in said.objects] == [False, True]
    assert said.objects[1]["issues"][0]["code"] == "import.older_version"
    (id,) = [one["batch"] for one in luzhang("imports", *COUNTY, "--state", "read", "--json").object["imports"]]
    told = luzhang("imports", "diff", id, *COUNTY)
    assert (
        "前一版有、这一版没有（不会删除）：1 项\n  甲铸造有限公司　钢壳中频炉 感应电炉 钢壳 0.5（名册!C4）" in told.out
    )
    assert "这一版多出：1 项\n  甲铸造有限公司　铝壳中频炉 感应电炉 铝壳 0.5（名册!C4）" in told.out
    found = luzhang("imports", "diff", id, "--against", said.objects[0]["batch"], *COUNTY, "--json").object
    assert (found["changed"], [one["section"] for one in found["new"]]) == ([], ["equipment"])
    assert luzhang("imports", "diff", said.objects[0]["batch"], *COUNTY).status == 2

"""A clerk's quarter by commands: in, asked, in the ledger, back out, copied and restored."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("register")

COUNTY = ("--county", "431127")


def test_a_dry_run_says_what_would_change_and_writes_nothing(luzhang: Callable, roster: Callable) -> None:
    said = luzhang("import", roster(), *COUNTY, "--dry-run", "--json").object

    assert said["proposal"]["new"] == 2
    assert (said["batch"], said["applied"], said["change"]) == (None, None, None)
    assert luzhang("obsolete", *COUNTY, "--json").object["known"]["change"] == 0


def test_an_import_is_one_change_and_the_same_again_none(luzhang: Callable, roster: Callable) -> None:
    file = roster()

    first = luzhang("import", file, *COUNTY, "--json").object
    again = luzhang("import", file, *COUNTY, "--json").object

    assert (first["change"], first["applied"]) == (1, {"enterprises": 2, "equipment": 2})
    assert (again["change"], again["batch"], again["proposal"]["same"]) == (None, None, 2)


def test_a_roster_of_an_unknown_day_is_kept_and_asked_about(luzhang: Callable, roster: Callable) -> None:
    file = roster(day="")

    said = luzhang("import", file, *COUNTY, "--json")
    told = luzhang("import", file, *COUNTY)

    assert (said.status, said.object["proposal"]["new"]) == (1, 2)
    assert (said.object["batch"], said.object["applied"], said.object["change"]) == (None, None, None)
    assert said.object["issues"][0]["code"] == "import.no_day"
    assert (told.status, told.err) == (1, "")
    assert "没有写入：还不知道名册说的是哪一天的情况" in told.out.splitlines()[1]
    # Change 1 is that the file was kept.
    assert luzhang("import", file, *COUNTY, "--valid-from", "2024-01-15", "--json").object["change"] == 2


def test_what_changes_and_what_was_taken_back_is_told_in_words(luzhang: Callable, roster: Callable) -> None:
    luzhang("import", roster(), *COUNTY)

    told = luzhang("import", roster("后.xlsx", "2024-04-15", "铝壳中频感应炉"), *COUNTY)
    undone = luzhang("undo", told.out.splitlines()[1].rpartition(" ")[2])

    assert any("甲铸造有限公司：设备名称 铝壳中频炉 → 铝壳中频感应炉" in line for line in told.out.splitlines())
    assert "  甲铸造有限公司　设备名称：铝壳中频感应炉 → 铝壳中频炉（2024-04-15 起）" in undone.out.splitlines()
    assert "另有" in undone.out.splitlines()[-1]


def test_who_holds_is_asked_of_a_day(luzhang: Callable, roster: Callable) -> None:
    luzhang("import", roster(), *COUNTY)
    asked = ("obsolete", "--clause", "LOCAL-LANSHAN-AL-SHELL", "--json")

    before = luzhang(*asked, "--as-of", "2024-01-14").object["totals"]
    on_the_day = luzhang(*asked, "--as-of", "2024-01-15").object["totals"]

    assert before["holds"] == {"enterprises": 0, "furnaces": 0}
    assert on_the_day["holds"] == {"enterprises": 1, "furnaces": 1}


def test_the_list_of_holders_is_written_as_excel(luzhang: Callable, roster: Callable, tmp_path: Path) -> None:
    luzhang("import", roster(), *COUNTY)

    said = luzhang("obsolete", *COUNTY, "--as-of", "2024-01-15", "-o", tmp_path / "清单.xlsx")

    assert "甲铸造有限公司" in said.out
    assert (tmp_path / "清单.xlsx").read_bytes().startswith(b"PK")


def test_a_ledger_is_written_and_issued(luzhang: Callable, roster: Callable, tmp_path: Path) -> None:
    luzhang("import", roster(), *COUNTY)
    draft, issued = tmp_path / "草稿.xlsx", tmp_path / "台账.xlsx"

    assert luzhang("ledger", "2024Q1", *COUNTY, "-o", draft, "--json").object["revision"] is None
    assert luzhang("ledger", "2024Q1", *COUNTY, "-o", issued, "--issue", "--json").object["revision"] == 1
    assert draft.read_bytes() == issued.read_bytes()


def test_an_import_is_taken_back_once(luzhang: Callable, roster: Callable) -> None:
    batch = luzhang("import", roster(), *COUNTY, "--json").object["batch"]

    undone = luzhang("undo", batch, "--json")
    again = luzhang("undo", batch, "--json")

    assert undone.status == 0
    assert undone.object["reversed"]
    assert again.status == 2
    assert luzhang("obsolete", *COUNTY, "--as-of", "2024-01-15", "--json").object["rows"] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--county", "999999"), "county.unknown"),
        (("--county", "431127", "--township", "没有镇"), "township.unknown"),
        (("--county", "431127", "--valid-from", "昨天"), "day.bad"),
        ((), "county.unknown"),
    ],
)
def test_what_is_not_there_is_named(luzhang: Callable, roster: Callable, words: tuple[str, ...], code: str) -> None:
    said = luzhang("import", roster(), *words, "--json")

    assert said.status == 2
    assert said.object["error"]["code"] == code


def test_a_file_without_a_roster_is_not_taken_in(luzhang: Callable, tmp_path: Path) -> None:
    plain = tmp_path / "通知.csv"
    plain.write_text("关于开会的通知\n请各镇派人参加\n", encoding="utf-8")

    said = luzhang("import", plain, *COUNTY, "--json")

    assert said.status == 2
    assert said.object == {"file": "通知.csv"} | {"error": said.object["error"]}


def test_the_county_may_be_left_out_only_where_there_is_one(luzhang: Callable, roster: Callable) -> None:
    assert luzhang("obsolete", "--json").object["error"]["code"] == "county.unknown"
    luzhang("import", roster(), *COUNTY)
    assert luzhang("obsolete", "--json").object["county"] == "431127"
    luzhang("import", roster("江永.xlsx"), "--county", "431125")
    assert luzhang("obsolete", "--json").object["error"]["code"] == "county.unknown"


def test_knowledge_is_asked_by_number_or_instant(luzhang: Callable, roster: Callable) -> None:
    luzhang("import", roster(), *COUNTY)
    asked = ("obsolete", *COUNTY, "--as-of", "2024-01-15", "--json", "--known")

    assert luzhang(*asked, "0").object["rows"] == []
    assert luzhang(*asked, "1").object["known"]["change"] == 1
    assert luzhang(*asked, "2024-01-01T00:00:00+08:00").object["known"] == {"change": 0, "at": None}
    assert luzhang(*asked, "2").object["error"]["code"] == "known.bad"
    assert luzhang(*asked, "某日").object["error"]["code"] == "known.bad"


def test_a_clause_is_adopted_by_a_recorded_act_once(luzhang: Callable) -> None:
    refused = luzhang("clauses", "adopt", "NO-SUCH-CLAUSE", *COUNTY, "--json")
    shipped = luzhang("clauses", "adopt", "LOCAL-LANSHAN-AL-SHELL", *COUNTY, "--json")

    assert refused.object["error"]["code"] == "clause.unknown"
    assert shipped.object == {"county": "431127", "clause": "LOCAL-LANSHAN-AL-SHELL", "change": None}


def test_a_register_is_copied_and_restored_whole(
    luzhang: Callable, roster: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    luzhang("import", roster(), *COUNTY)
    answer = luzhang("obsolete", *COUNTY, "--json").object
    copy, keys = tmp_path / "备份.db", tmp_path / "密钥.db"

    assert luzhang("backup", copy, "--json").object["bytes"] == copy.stat().st_size
    assert luzhang("backup", copy, "--json").object["error"]["code"] == "place.not_empty"
    assert luzhang("restore", copy, "--json").object["error"]["code"] == "place.not_empty"
    assert luzhang("keys", "backup", keys).status == 0
    monkeypatch.setenv("LUZHANG_HOME", str(tmp_path / "new home"))
    assert [one["code"] for one in luzhang("restore", copy, "--json").object["findings"]] == ["keys.absent"]
    (tmp_path / "new home" / "keys").mkdir()
    shutil.copy(tmp_path / "home" / "keys" / "keys.master", tmp_path / "new home" / "keys")
    assert luzhang("keys", "restore", keys).status == 0
    assert luzhang("verify", "--json").object["findings"] == []
    assert luzhang("obsolete", *COUNTY, "--json").object == answer


def test_one_altered_byte_is_named(luzhang: Callable, roster: Callable, tmp_path: Path) -> None:
    luzhang("import", roster(), *COUNTY)
    assert luzhang("verify", "--json").object["findings"] == []

    with sqlite3.connect(tmp_path / "home" / "luzhang.db") as register:
        for (name,) in register.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            register.execute(f'DROP TRIGGER "{name}"')
        register.execute("UPDATE enterprise_name SET name = '丙铸造有限公司' WHERE name = '甲铸造有限公司'")
    said = luzhang("verify", "--json")

    assert said.status == 1
    assert {finding["table"] for finding in said.object["findings"]} >= {"enterprise_name"}
    told = luzhang("verify").out
    assert "enterprise_name" in told
    assert "None" not in told


def test_a_dictionary_that_was_altered_is_named_before_anything_mends_it(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    luzhang("import", roster(), *COUNTY)
    with sqlite3.connect(tmp_path / "home" / "luzhang.db") as register:
        register.execute("UPDATE dictionary_edition SET digest = 'x' || substr(digest, 2)")

    assert {finding["table"] for finding in luzhang("verify", "--json").object["findings"]} == {"dictionary_edition"}


def test_a_newer_database_is_refused(luzhang: Callable, roster: Callable, tmp_path: Path) -> None:
    luzhang("import", roster(), *COUNTY)
    with sqlite3.connect(tmp_path / "home" / "luzhang.db") as register:
        register.execute("UPDATE alembic_version SET version_num = '9999'")

    assert luzhang("obsolete", *COUNTY, "--json").object["error"]["code"] == "database.newer"


def test_a_township_s_template_sent_back_untouched_changes_nothing(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    luzhang("import", roster(), *COUNTY, "--township", "新圩镇")
    file = tmp_path / "模板.xlsx"

    said = luzhang("template", "2024Q1", "--township", "新圩镇", *COUNTY, "-o", file)
    back = luzhang("import", file, *COUNTY, "--valid-from", "2024-03-31", "--dry-run", "--json").object

    assert (said.status, "新圩镇2024年第一季度的模板已写到" in said.out) == (0, True)
    assert {name: count for name, count in back["proposal"].items() if count} == {"same": 2}


def test_a_template_needs_its_township_and_its_place(luzhang: Callable) -> None:
    said = luzhang("template", "2024Q1", *COUNTY)
    assert (said.status, "没有指明乡镇" in said.err) == (2, True)

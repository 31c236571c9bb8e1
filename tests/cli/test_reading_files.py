"""`luzhang read`: one object a file, no register touched."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def test_a_roster_is_one_object_on_one_line(luzhang: Callable, roster: Callable) -> None:
    said = luzhang("read", roster(), "--json")

    assert said.status == 0
    assert [record["enterprise"]["name"]["value"] for record in said.object["records"]] == [
        "甲铸造有限公司",
        "乙铸造有限公司",
    ]


def test_people_read_the_same_in_chinese(luzhang: Callable, roster: Callable) -> None:
    said = luzhang("read", roster())

    assert said.status == 0
    assert "新圩镇.xlsx：读了 2 行，企业 2 条，设备 2 组" in said.out


def test_a_file_that_cannot_be_read_does_not_stop_the_next(luzhang: Callable, roster: Callable, tmp_path: Path) -> None:
    hostile = tmp_path / "坏.xlsx"
    hostile.write_bytes(b"PK\x03\x04 and no more")

    said = luzhang("read", hostile, roster(), "--json")

    assert said.status == 2
    assert said.objects[0]["file"] == "坏.xlsx"
    assert set(said.objects[0]["error"]) == {"code", "message", "fix"}
    assert said.objects[1]["counts"]["records"] == 2


def test_a_workbook_without_a_roster_is_something_to_look_at(luzhang: Callable, tmp_path: Path) -> None:
    plain = tmp_path / "通知.csv"
    plain.write_text("关于开会的通知\n请各镇派人参加\n", encoding="utf-8")

    assert luzhang("read", plain, "--json").status == 1


def test_a_map_with_an_unknown_field_is_refused(luzhang: Callable, roster: Callable, tmp_path: Path) -> None:
    said = tmp_path / "map.json"
    said.write_text('{"columns": [{"header": "包联领导", "field": "enterprise.nothing"}]}', encoding="utf-8")

    assert luzhang("read", roster(), "--told", said, "--json").object["error"]["code"] == "told.bad"


def test_reading_loads_no_database(roster: Callable) -> None:
    told = f"import sys, app.cli; app.cli.run(['read', {str(roster())!r}]); print('sqlalchemy' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", told], capture_output=True, encoding="utf-8", check=True)

    assert said.stdout.splitlines()[-1] == "False"


def test_the_register_stays_untouched(luzhang: Callable, roster: Callable, tmp_path: Path) -> None:
    luzhang("read", roster(), "--json")

    assert not (tmp_path / "home").exists()

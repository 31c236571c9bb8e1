"""`luzhang demo`: the example county, made anew each time, never the register in use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


def test_the_demo_is_made_asked_and_served_by_name(luzhang: Callable, tmp_path: Path) -> None:
    said = luzhang("demo")
    folder = tmp_path / "home" / "demo" / "431127"

    assert said.status == 0
    assert said.out.splitlines()[-1].startswith("打开网页：luzhang serve --demo")
    assert "http://127.0.0.1:8000/" in said.out
    assert (folder / "luzhang.db").is_file()
    assert list(folder.glob("*台账.xlsx"))
    assert not (tmp_path / "home" / "luzhang.db").exists()
    assert luzhang("verify", "--demo", "--json").object["findings"] == []


def test_the_demo_on_its_survey_day_has_eight_firms_and_nine_furnaces(luzhang: Callable) -> None:
    said = luzhang("demo", "--json").object

    assert said["obsolete"][0]["totals"]["holds"] == {"enterprises": 8, "furnaces": 9}


def test_a_demo_that_fails_leaves_the_one_before(
    luzhang: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "home" / "demo" / "431127"
    folder.mkdir(parents=True)
    (folder / "kept").write_text("kept", encoding="utf-8")
    monkeypatch.setattr("reports.example.write_rosters", lambda *_: 1 / 0)

    assert luzhang("demo").status == 2
    assert [path.name for path in folder.iterdir()] == ["kept"]
    assert [path.name for path in folder.parent.iterdir()] == ["431127"]


def test_no_example_is_told_of_another_county(luzhang: Callable) -> None:
    assert luzhang("demo", "--county", "110101", "--json").object["error"]["code"] == "county.unknown"

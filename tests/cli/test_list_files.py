"""`luzhang list -o`: the form is the name's ending, the file is whole or not there, a person sees how far it is."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.commands import progress
from app.errors import DatabaseUnavailable
from app.register.lists import portions
from app.register.lists.export import Export

COUNTY = ("--county", "431127")
DAY = ("--as-of", "2024-01-15")


@pytest.fixture
def taken_in(luzhang: Callable, register: Path, roster: Callable[..., Path]) -> None:
    """A register with a roster of two firms, each with one furnace."""
    assert luzhang("import", roster(), *COUNTY, "--json").object["applied"]["equipment"] == 2


@pytest.mark.usefixtures("taken_in")
def test_every_form_has_the_rows_that_the_command_lists(luzhang: Callable, tmp_path: Path) -> None:
    ask = ("list", "企业", *DAY, "--sort", "-name", "--json")
    listed = luzhang(*ask).object
    for form in ("xlsx", "csv", "ndjson", "geojson"):
        assert luzhang(*ask, "-o", tmp_path / f"企业.{form}").object == listed
    names = [row["name"] for row in listed["items"]]

    assert names == ["乙铸造有限公司", "甲铸造有限公司"]
    lines = (tmp_path / "企业.ndjson").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == listed["items"]
    features = json.loads((tmp_path / "企业.geojson").read_text(encoding="utf-8"))["features"]
    assert [one["properties"] for one in features] == listed["items"]
    with (tmp_path / "企业.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["企业名称"] for row in csv.DictReader(file)] == names
    rows = openpyxl.load_workbook(tmp_path / "企业.xlsx").active.iter_rows(min_col=1, max_col=1, values_only=True)
    assert [one for (one,) in rows if one in names] == names


@pytest.mark.usefixtures("taken_in")
def test_first_rows_and_counts_are_told_beside_the_file(luzhang: Callable, tmp_path: Path) -> None:
    ask = ("list", "equipment", "--where", "yoke=是", "--maybe", "include", *DAY, "--limit", "1")
    told, plain = luzhang(*ask, "-o", tmp_path / "设备.csv"), luzhang(*ask)

    assert (told.status, told.out) == (plain.status, plain.out) == (1, told.out)
    assert told.err.splitlines() == [f"清单已写到 {tmp_path / '设备.csv'}"]
    assert "另有 1 条" in told.out


@pytest.mark.usefixtures("taken_in")
@pytest.mark.parametrize("name", ["设备.pdf", "设备", "设备.geojson"])
def test_another_ending_is_refused_before_anything_is_written(luzhang: Callable, tmp_path: Path, name: str) -> None:
    said = luzhang("list", "设备", *DAY, "-o", tmp_path / name, "--json")

    assert (said.status, said.object["error"]["code"]) == (2, "output.form")
    assert not (tmp_path / name).exists()


@pytest.mark.usefixtures("taken_in")
def test_what_fails_on_the_way_leaves_the_former_file(
    luzhang: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "清单" / "企业.csv"
    path.parent.mkdir()
    path.write_text("以前的", encoding="utf-8")
    monkeypatch.setattr(portions, "_FIRST", 1)
    lines = Export.lines

    def torn(self: Export) -> Iterator[Any]:
        yield next(lines(self))
        raise DatabaseUnavailable

    monkeypatch.setattr(Export, "lines", torn)
    said = luzhang("list", "企业", *DAY, "-o", path, "--json")

    assert (said.status, said.object["error"]["code"]) == (2, "database.unavailable")
    assert [one.name for one in path.parent.iterdir()] == ["企业.csv"]
    assert path.read_text(encoding="utf-8") == "以前的"


def test_a_person_at_a_terminal_sees_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_AFTER", 0)
    for watched in (True, False):
        monkeypatch.setattr(sys.stderr, "isatty", lambda watched=watched: watched)
        with progress.advancing(128, "条") as tell:
            for done in range(1, 129):
                tell(done)
        said = capsys.readouterr().err
        assert said == ("\r已写 64 / 128 条\r已写 128 / 128 条\r\x1b[K" if watched else "")


def test_where_nobody_knows_how_many_there_are_only_what_is_done_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_AFTER", 0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress.advancing(None, "条") as tell:
        tell(64)

    assert capsys.readouterr().err == "\r已写 64 条\r\x1b[K"


@pytest.mark.usefixtures("taken_in")
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_list_reads_back_as_what_was_listed(luzhang: Callable, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"设备.{form}"
    listed = luzhang("list", "equipment", *DAY, "-o", path, "--json").object["items"]
    read = luzhang("read", path, "--json").object
    machines = [
        (one["enterprise"]["name"]["value"], machine) for one in read["records"] for machine in one["equipment"]
    ]

    for row, (name, machine) in zip(listed, machines, strict=True):
        assert row["enterprise"] == name
        for field in ("kind", "frequency", "shell", "capacity_t", "state"):
            assert machine.get(field, {}).get("value") == row[field], field

"""The child is limited, light, and never believed when it dies."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import Unreadable
from importers.container import DEFAULT, open_bytes, open_workbook
from importers.container.assembly import assemble
from importers.container.limited import ChildFailed
from tests.importers.container.packages import ROWS, workbook


def test_a_file_is_read_from_any_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "json.py").write_text("raise SystemExit('not this one')", encoding="utf-8")
    (tmp_path / "名册.xlsx").write_bytes(workbook())

    assert open_workbook(Path("名册.xlsx")).sheets[0].text(2, 1) == "甲铸造厂"


def test_a_file_that_is_not_there_is_said() -> None:
    with pytest.raises(Unreadable) as refused:
        open_workbook(Path("没有.xlsx"))

    assert refused.value.code == "file.not_found"


def test_too_little_time_is_a_refusal() -> None:
    many = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(3, 150_000))

    with pytest.raises(Unreadable) as refused:
        open_bytes(workbook(ROWS + many), "名册.xlsx", replace(DEFAULT, wall_seconds=0.2))

    assert refused.value.code == "file.over_limit"


def test_too_little_memory_is_a_refusal() -> None:
    with pytest.raises(Unreadable) as refused:
        open_bytes(workbook(), "名册.xlsx", replace(DEFAULT, memory_bytes=20_000_000))

    assert refused.value.code in ("file.over_limit", "file.damaged")


def test_the_child_loads_no_more_than_it_needs() -> None:
    asked = (
        "import sys, json; import importers.container.child, importers.container.engines.xlsx; "
        "heavy = ('openpyxl', 'xlrd', 'pandas', 'numpy', 'subprocess', 'pydantic'); "
        "print(json.dumps([name for name in heavy if name in sys.modules]))"
    )

    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True).stdout

    assert json.loads(loaded) == []


@pytest.mark.parametrize(
    "line",
    [
        {"rows": ["AQAAAA==", "AAAAAA==", "BwAAAA=="]},  # a cell that the table does not have
        {"rows": ["AQAAAA==", "AAAAAA==", "AAAAAAAAAAA="]},  # more cells than the shape has columns
        {"rows": ["AQAAAA==", "AQAAAA==", "AAAAAA=="]},  # a shape that is not told
        {"rows": ["!", "", ""]},
        {"cells": [["甲", "d", "昨天", None, False]]},
        {"cells": [{"__class__": "os.system"}]},
        {"shapes": 7},
        [1, 2],
    ],
)
def test_a_child_that_talks_nonsense_has_failed(line: object) -> None:
    told = [
        {"book": {"format": "xlsx", "date1904": False}},
        {"sheet": {"name": "名册", "hidden": False}},
        {"cells": ["甲"]},
        {"shapes": [[1]]},
        line,
        {"end": {"merges": [], "hidden_rows": [], "hidden_columns": [], "issues": []}},
        {"done": True},
    ]

    with pytest.raises(ChildFailed):
        assemble(iter(told), "名册.xlsx", "", "calamine")


def test_a_hundred_thousand_rows_of_24_columns_are_within_the_limits() -> None:
    assert DEFAULT.cells > 100_000 * 24
    assert DEFAULT.box > 100_000 * 24
    assert DEFAULT.rows > 100_000


def test_the_same_bytes_give_the_same_grid() -> None:
    assert open_bytes(workbook(), "a.xlsx") == open_bytes(workbook(), "a.xlsx")

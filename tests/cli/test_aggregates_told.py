"""`luzhang aggregates` and `luzhang movements` as an officer reads them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

COUNTY = ("--county", "431127")
ROSTER = """企业名称,乡镇,生产状态,设备名称,台数
甲铸造厂,新圩镇,在产,铝壳中频炉,2
乙铸造厂,土市镇,停产,冲天炉,1
丙铸造厂,,在产,钢壳中频炉,1
"""


@pytest.fixture
def county(luzhang: Callable, register: Path, tmp_path: Path) -> Callable:
    (tmp_path / "名册.csv").write_text(ROSTER, encoding="utf-8")
    assert luzhang("import", tmp_path / "名册.csv", *COUNTY, "--valid-from", "2025-11-01").status < 2
    return luzhang


def test_townships_and_what_has_none_are_lines_of_their_own(county: Callable) -> None:
    said = county("aggregates", *COUNTY, "--as-of", "2025-12-31").out

    assert "企业 3 家，在厂设备 4 台" in said.splitlines()[0]
    assert [line.split("：")[0].strip() for line in said.splitlines()[1:]] == ["新圩镇", "土市镇", "未说明"]


def test_quarters_are_told_one_after_the_other(county: Callable) -> None:
    said = county("aggregates", *COUNTY, "--as-of", "2025-12-31", "--quarters", "2", "--json").out

    assert [one["totals"]["enterprises"] for one in json.loads(said)["quarters"]] == [0, 3]


def test_a_number_of_quarters_that_is_none_is_refused(county: Callable) -> None:
    said = county("aggregates", *COUNTY, "--quarters", "0")

    assert said.status == 2
    assert "请写 1 到 20" in said.err


def test_movements_say_the_opening_and_each_reason(county: Callable) -> None:
    said = county("movements", "2025Q4", *COUNTY)

    assert said.out.startswith("2025年第三季度没有签发的台账")
    assert "在册企业：期初 0 家，增 3，减 0，期末 3" in said.out
    assert "新圩镇 甲铸造厂 在册企业：" in said.out


def test_what_is_another_and_counts_nothing_is_told_by_its_field(county: Callable, tmp_path: Path) -> None:
    again = "企业名称,乡镇,规模\n甲铸造厂,新圩镇,规上\n"
    (tmp_path / "规模.csv").write_text(again, encoding="utf-8")
    assert county("ledger", "2025Q4", *COUNTY, "-o", tmp_path / "台账.xlsx", "--issue").status < 2
    assert county("import", tmp_path / "规模.csv", *COUNTY, "--valid-from", "2026-02-01").status < 2

    said = county("movements", "2026Q1", *COUNTY)
    told = json.loads(county("movements", "2026Q1", *COUNTY, "--json").out)

    assert "新圩镇 甲铸造厂 企业规模：" in said.out or "新圩镇 甲铸造厂 规模：" in said.out
    assert [(one["family"], one["unit"]) for one in told["rows"]] == [("enterprise.scale", None)]

"""The example's rosters say of named firms only what the paper says, and are the same files each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.credit_code import valid
from app.errors import UnknownCounty
from reports.example import forges, write_rosters
from reports.example.county import load


def test_thirty_six_firms_of_which_sixteen_are_named() -> None:
    firms = load().firms

    assert len({firm.name for firm in firms}) == 36
    assert sum(not firm.invented for firm in firms) == 16


def test_eight_firms_hold_nine_aluminium_furnaces_two_of_them_in_use() -> None:
    holding = [firm for firm in load().firms if firm.aluminium]

    assert (len(holding), sum(firm.aluminium for firm in holding)) == (8, 9)
    assert sorted(firm.name for firm in holding if firm.state == "使用中") == [
        "宏诚金属制品有限公司",
        "湖南钷钨制造有限公司",
    ]


def test_a_named_firm_has_no_steel_furnace_code_or_permit() -> None:
    named = [firm for firm in load().firms if not firm.invented]

    assert all(not firm.steel and not firm.uscc and not firm.eia and not firm.resumed for firm in named)
    assert all("原文未说明" in firm.roster_remark for firm in named)


def test_invented_codes_are_well_formed() -> None:
    assert all(valid(firm.uscc) for firm in load().firms if firm.uscc)


def test_one_roster_is_a_real_biff_file_and_one_a_gb18030_csv(tmp_path: Path) -> None:
    written = {file.path.name: file.path.read_bytes() for file in write_rosters(tmp_path)}

    assert written["太平圩镇.xls"].startswith(bytes.fromhex("d0cf11e0a1b11ae1"))
    assert "企业名称" in written["土市镇.csv"].decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        written["土市镇.csv"].decode("utf-8")


def test_the_same_files_each_time(tmp_path: Path) -> None:
    one, two = write_rosters(tmp_path / "one"), write_rosters(tmp_path / "two")

    assert [file.path.read_bytes() for file in one] == [file.path.read_bytes() for file in two]


def test_a_county_without_an_example_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownCounty, match="示例"):
        write_rosters(tmp_path, "110101")


def test_sixty_forges_all_invented_with_furnaces_by_fuel() -> None:
    told = forges.load().forges
    fuels = {group.fuel for forge in told for group in forge.furnaces}

    assert len({forge.name for forge in told}) == 60
    assert all(forge.name.startswith("示例") for forge in told)
    assert fuels == {"天然气", "煤", "发生炉煤气", "电", "重油", None}


def test_the_forges_rosters_are_the_same_each_time_and_one_is_biff(tmp_path: Path) -> None:
    one, two = write_rosters(tmp_path / "one", "140921"), write_rosters(tmp_path / "two", "140921")

    assert [file.path.read_bytes() for file in one] == [file.path.read_bytes() for file in two]
    assert (tmp_path / "one" / "神山乡.xls").read_bytes().startswith(bytes.fromhex("d0cf11e0a1b11ae1"))
    assert [file.township for file in one].count(None) == 2

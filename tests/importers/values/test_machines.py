"""Machines told in words: one group each, and everything not understood comes back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import DateInterval
from importers.values import read_machines

NAMES = {
    "kind": "k",
    "quantity": "n",
    "capacity_t": "t",
    "frequency": "f",
    "shell": "s",
    "state": "state",
    "power_kw": "kw",
    "transformer_kva": "kva",
}
MEDIUM = {"k": "induction_furnace", "f": "medium"}
ALUMINIUM = {"k": "induction_furnace", "s": "aluminium"}
STEEL = {"k": "induction_furnace", "s": "steel"}


def told(text: str) -> tuple[list[dict[str, Any]], str]:
    """The machines in short, without their names."""
    machines, residue = read_machines(text)
    return [{NAMES.get(key, key): value for key, value in one.items() if key != "name"} for one in machines], residue


@pytest.mark.parametrize(
    ("text", "machines"),
    [
        (
            "2台4吨中频炉、1台0.5吨铝壳炉（闲置）",
            [{**MEDIUM, "n": 2, "t": 4.0}, {**ALUMINIUM, "n": 1, "t": 0.5, "state": "idle"}],
        ),
        (
            "3吨冲天炉1台（已关停未拆除），0.25吨钢壳炉1台",
            [{"k": "cupola", "n": 1, "t": 3.0, "state": "shut_not_removed"}, {**STEEL, "n": 1, "t": 0.25}],
        ),
        (
            "铝壳中频炉500公斤×1\n无芯工频感应电炉2T×2",
            [
                {**ALUMINIUM, "f": "medium", "n": 1, "t": 0.5},
                {"k": "induction_furnace", "f": "mains", "core": "coreless", "n": 2, "t": 2.0},
            ],
        ),
        ("一台0.3t中频炉", [{**MEDIUM, "n": 1, "t": 0.3}]),
        ("两台1吨铝壳炉", [{**ALUMINIUM, "n": 2, "t": 1.0}]),
        ("1 吨 中频炉 2 台", [{**MEDIUM, "n": 2, "t": 1.0}]),
        ("2台4吨中频炉 1台0.5吨铝壳炉", [{**MEDIUM, "n": 2, "t": 4.0}, {**ALUMINIUM, "n": 1, "t": 0.5}]),
        ("2台4吨中频炉和1台0.5吨铝壳炉", [{**MEDIUM, "n": 2, "t": 4.0}, {**ALUMINIUM, "n": 1, "t": 0.5}]),
        ("1吨中频感应\n电炉2台", [{**MEDIUM, "n": 2, "t": 1.0}]),
        ("1.5吨/台中频炉2台", [{**MEDIUM, "n": 2, "t": 1.5}]),
        ("1,500kg中频炉1台", [{**MEDIUM, "n": 1, "t": 1.5}]),
        ("中频炉，1吨，2台，铝壳，在用", [{**MEDIUM, "s": "aluminium", "n": 2, "t": 1.0, "state": "in_use"}]),
        ("1.5T中频感应电炉2台（拆除到位）", [{**MEDIUM, "n": 2, "t": 1.5, "state": "removed"}]),
        (
            "2台4吨中频炉、1台1吨铝壳炉，均已拆除",
            [{**MEDIUM, "n": 2, "t": 4.0, "state": "removed"}, {**ALUMINIUM, "n": 1, "t": 1.0, "state": "removed"}],
        ),
        ("1吨中频炉一拖二", [{**MEDIUM, "n": 2, "t": 1.0}]),
        ("2台2t中频炉(一拖二)，功率1000kW", [{**MEDIUM, "n": 2, "t": 2.0, "kw": 1000.0}]),
        (
            "1吨中频炉2台（一用一备）",
            [{**MEDIUM, "n": 1, "t": 1.0, "state": "in_use"}, {**MEDIUM, "n": 1, "t": 1.0, "state": "standby"}],
        ),
        (
            "1吨中频炉一备一用",
            [{**MEDIUM, "n": 1, "t": 1.0, "state": "standby"}, {**MEDIUM, "n": 1, "t": 1.0, "state": "in_use"}],
        ),
        (
            "3台1吨钢壳炉（2用1备）",
            [{**STEEL, "n": 2, "t": 1.0, "state": "in_use"}, {**STEEL, "n": 1, "t": 1.0, "state": "standby"}],
        ),
        (
            "1吨铝壳炉2台（1台在用，1台闲置）",
            [{**ALUMINIUM, "n": 1, "t": 1.0, "state": "in_use"}, {**ALUMINIUM, "n": 1, "t": 1.0, "state": "idle"}],
        ),
        ("0.5吨、1吨中频炉各1台", [{**MEDIUM, "n": 1, "t": 0.5}, {**MEDIUM, "n": 1, "t": 1.0}]),
        ("1台18000KVA、3台12500KVA半密闭电石炉", [{"n": 1, "kva": 18000.0}, {"k": "other", "n": 3, "kva": 12500.0}]),
        ("1吨中频炉配1250KVA变压器", [{**MEDIUM, "t": 1.0, "kva": 1250.0}]),
        ("配套2台1750KVA变压器", [{"k": "transformer", "n": 2, "kva": 1750.0}]),
        ("5t/h冲天炉1台", [{"k": "cupola", "n": 1, "melt_rate_t_per_h": 5.0}]),
        ("①2台4吨中频炉②1台1吨铝壳炉", [{**MEDIUM, "n": 2, "t": 4.0}, {**ALUMINIUM, "n": 1, "t": 1.0}]),
        ("1、4吨中频炉2台；2、0.5吨铝壳炉1台", [{**MEDIUM, "n": 2, "t": 4.0}, {**ALUMINIUM, "n": 1, "t": 0.5}]),
        ("1.4吨中频炉2台\n2.0.5吨铝壳炉1台", [{**MEDIUM, "n": 2, "t": 4.0}, {**ALUMINIUM, "n": 1, "t": 0.5}]),
        ("1#中频炉1吨", [{**MEDIUM, "t": 1.0, "code": "1#"}]),
        ("1号炉：1吨中频炉", [{**MEDIUM, "t": 1.0, "code": "1号炉"}]),
        ("1吨中频炉2台，共2台", [{**MEDIUM, "n": 2, "t": 1.0}]),
        ("抛丸机2台、10吨行车1台", [{"k": "other", "n": 2}, {"k": "other", "n": 1}]),
        ("1吨电炉1台", [{"n": 1, "t": 1.0}]),
        ("铝壳炉", [ALUMINIUM]),
        ("无", []),
        ("0", []),
        ("中频炉：1吨2台，0.5吨1台", [{**MEDIUM, "n": 2, "t": 1.0}, {**MEDIUM, "n": 1, "t": 0.5}]),
        (
            "1T中频炉1台、0.5T铝壳炉1台（均闲置）",
            [{**MEDIUM, "n": 1, "t": 1.0, "state": "idle"}, {**ALUMINIUM, "n": 1, "t": 0.5, "state": "idle"}],
        ),
        ("1000KW/1t中频炉1台", [{**MEDIUM, "n": 1, "t": 1.0, "kw": 1000.0}]),
        ("1#炉1吨", [{"t": 1.0, "code": "1#"}]),
        ("1#0.5t、2#1t", [{"t": 0.5, "code": "1#"}, {"t": 1.0, "code": "2#"}]),
        (
            "1#0.5t（在用），2#500kg（闲置）",
            [
                {"t": 0.5, "code": "1#", "state": "in_use"},
                {"t": 0.5, "code": "2#", "state": "idle"},
            ],
        ),
        ("1吨中频炉贰台", [{**MEDIUM, "n": 2, "t": 1.0}]),
        ("无熔炼设备", []),
        ("无铝壳炉", []),
        ("没有中频炉、无冲天炉", []),
        ("无芯工频感应电炉", [{"k": "induction_furnace", "core": "coreless", "f": "mains"}]),
        ("/", []),
    ],
)
def test_all_of_it_is_understood(text: str, machines: list[dict[str, Any]]) -> None:
    assert told(text) == (machines, "")


@pytest.mark.parametrize(
    ("text", "machines", "residue"),
    [
        ("约1吨中频炉", [MEDIUM], "约1吨"),
        ("0.5/1吨中频炉", [MEDIUM], "0.5/1吨"),
        ("中频炉2台，1#0.5t，2#1t", [{**MEDIUM, "n": 2}], "1#0.5t；2#1t"),
        ("中频炉0.5\n2吨", [MEDIUM], "2吨；0.5"),
        ("中频炉3台（1吨、0.5吨各1台）", [{**MEDIUM, "n": 3}], "1吨、0.5吨各1台"),
        ("铝壳炉2台（1台已于2023年拆除）", [{**ALUMINIUM, "n": 2}], "1台已于2023年拆除"),
        (
            "2台4吨中频炉、3台1吨铝壳炉（均闲置）",
            [{**MEDIUM, "n": 2, "t": 4.0}, {**ALUMINIUM, "n": 3, "t": 1.0, "state": "idle"}],
            "",
        ),
        ("1-2吨中频炉2台", [{**MEDIUM, "n": 2}], "1-2吨"),
        ("1吨以上中频炉2台", [{**MEDIUM, "n": 2}], "1吨以上"),
        ("1吨铝壳炉2台，其中1台闲置", [{**ALUMINIUM, "n": 2, "t": 1.0}], "其中1台闲置"),
        ("1吨中频炉2台（已拆除1台）", [{**MEDIUM, "n": 2, "t": 1.0}], "已拆除1台"),
        ("铝壳炉1台（2024年3月底前拆除）", [{**ALUMINIUM, "n": 1}], "2024年3月底前拆除"),
        ("铝壳炉1台（预计拆除）", [{**ALUMINIUM, "n": 1}], "预计拆除"),
        (
            "2台4吨中频炉、1台1吨铝壳炉，已拆除",
            [{**MEDIUM, "n": 2, "t": 4.0}, {**ALUMINIUM, "n": 1, "t": 1.0}],
            "已拆除",
        ),
        ("2套1吨中频炉（一拖二）", [{**MEDIUM, "t": 1.0}], "一拖二"),
        ("GW-0.5T中频炉1台", [{**MEDIUM, "n": 1}], "GW-0.5T"),
        ("1 x 124m3高炉", [{"k": "other", "n": 1}], "124m3"),
        ("240千安培×208台", [], "240千安培×208台"),
        ("1.5吨中频炉2台\n2.5吨铝壳炉1台", [], "1.5吨中频炉2台\n2.5吨铝壳炉1台"),
        ("中频炉铝壳炉", [], "中频炉铝壳炉"),
        ("1吨铝壳炉1台拆除并升级为1吨钢壳炉", [], "1吨铝壳炉1台拆除并升级为1吨钢壳炉"),
        ("拟建1台1吨中频炉", [], "拟建1台1吨中频炉"),
        ("原有铝壳炉2台", [], "原有铝壳炉2台"),
        ("铝壳炉2台已淘汰", [{**ALUMINIUM, "n": 2}], "淘汰"),
        ("已整合", [], "已整合"),
        ("不明", [], "不明"),
    ],
)
def test_what_is_not_understood_comes_back(text: str, machines: list[dict[str, Any]], residue: str) -> None:
    assert told(text) == (machines, residue)


def test_a_day_of_removal_in_the_past() -> None:
    machines, residue = read_machines("铝壳炉1台已于2024年3月拆除")
    assert residue == ""
    assert machines[0]["state"] == "removed"
    day = machines[0]["removed_on"]
    assert isinstance(day, DateInterval)
    assert (str(day.since), str(day.until)) == ("2024-03-01", "2024-03-31")


def test_names_are_the_words_of_the_furnace() -> None:
    machines, _ = read_machines("8t天然气加热炉2台（长期闲置），10吨箱式电加热炉1台；10T行车2台，Y系列电动机3台")
    assert [one["name"] for one in machines] == ["天然气加热炉", "箱式电加热炉", "10T行车", "Y系列电动机"]


FURNACES = {
    "中频炉": "medium",
    "工频炉": "mains",
    "高频炉": "high",
    "铝壳中频炉": "medium",
    "无芯工频感应电炉": "mains",
}
GROUP = st.tuples(
    st.integers(1, 30),
    st.decimals("0.05", "60", places=2),
    st.sampled_from(sorted(FURNACES)),
    st.sampled_from(["吨", "t", "T", "公斤"]),
    st.booleans(),
)


@given(st.lists(GROUP, min_size=1, max_size=5), st.sampled_from(["、", "，", "；", "\n", ";\n"]))
def test_groups_come_back_in_order(groups: list[tuple[int, Decimal, str, str, bool]], separator: str) -> None:
    pieces = []
    for count, tons, name, unit, count_first in groups:
        size = f"{tons * 1000 if unit == '公斤' else tons}{unit}"
        pieces.append(f"{count}台{size}{name}" if count_first else f"{size}{name}{count}台")
    machines, residue = read_machines(separator.join(pieces))
    if not machines:  # 1.5吨… 2.5吨… line by line may be an enumeration
        assert residue
        return
    assert residue == ""
    assert [(one["quantity"], one["capacity_t"], one["frequency"]) for one in machines] == [
        (count, float(tons), FURNACES[name]) for count, tons, name, _, _ in groups
    ]


@given(st.text("0123456789.吨tkg台炉中频铝壳电、，；()（）x×一二两拖用备 \n#号约-已拆除闲置kva", max_size=24))
def test_no_text_breaks_the_reader_and_no_count_is_invented(text: str) -> None:
    machines, _ = read_machines(text)
    for one in machines:
        assert one
        assert not isinstance(one.get("quantity"), str)

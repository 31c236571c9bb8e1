"""At this machine an act that wants two is proposed, never done; whoever sits there says who has to confirm it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.api.eyes import CLAUSES, LIMITS, PROGRAMMES

COUNTY = ("--county", "431127")
WHY = ("--reason", "常务会议纪要", *COUNTY)
FIRM, OTHER = "宏诚金属制品有限公司", "华强金属制品有限公司"
ACTS = ("issue", "close_out", "restore", "merge", "adopt")
ROSTER = (
    f"企业名称,乡镇,设备编号,设备名称,使用状态\n{FIRM},新圩镇,1号,铝壳中频炉,在用\n{OTHER},新圩镇,9号,钢壳中频炉,在用\n"
)


@pytest.fixture
def office(luzhang: Callable, register: Path, tmp_path: Path) -> Callable[..., Any]:
    """A county with two firms, that wants two for every act."""
    sheet = tmp_path / "新圩镇.csv"
    sheet.write_text(ROSTER, encoding="utf-8")
    assert luzhang("import", sheet, *COUNTY, "--township", "新圩镇", "--valid-from", "2024-01-15").status == 0
    for act in ACTS:
        assert luzhang("two-eyes", "on", act, *WHY).status == 0
    return luzhang


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    """A file of a county's own."""

    def write(text: str) -> Path:
        path = tmp_path / "县.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_every_command_that_does_such_an_act_proposes_it(
    office: Callable, written: Callable[[str], Path], tmp_path: Path
) -> None:
    step = ("--on", "2025-12-22", "--gap", *WHY)
    commands = {
        ("ledger", "2024Q1", "--issue", "-o", tmp_path / "台账.xlsx", *COUNTY): "issue",
        ("step", "record", FIRM, "restore", *step): "restore",
        ("plan", "advance", FIRM, OTHER, "--stage", "已通过验收", *step): "close_out",
        ("decide", "same", FIRM, OTHER, *WHY): "merge",
        ("succeed", "merged", FIRM, OTHER, "--day", "不明", *WHY): "merge",
        ("limits", "adopt", "GB39726-GAS", "--source", "GB 39726—2020 表1", *WHY): "adopt",
        ("clauses", "add", written(CLAUSES), "--adopt", *WHY): "adopt",
    }
    for words, act in commands.items():
        said = office(*words, "--json")
        assert (said.status, said.object["proposed"]["act"]) == (1, act), words
        assert said.object["proposed"]["proposed_by"] == "本机操作员"
    more = ((("limits", "add"), LIMITS, ("--adopt",)), (("programmes", "add"), PROGRAMMES, ()))
    for words, text, option in more:
        assert office(*words, written(text), *option, *WHY, "--json").object["proposed"]["act"] == "adopt"
    assert not (tmp_path / "台账.xlsx").exists()
    assert office("step", "list", *COUNTY, "--json").object["steps"] == []
    assert office("plan", "list", *COUNTY, "--json").object["plans"] == []
    assert office("decide", "list", *COUNTY, "--json").object["decisions"] == []
    assert office("succeed", "list", *COUNTY, "--json").object["successions"] == []
    assert office("ledgers", *COUNTY, "--json").object["quarters"] == []
    assert len(office("propose", "list", *COUNTY, "--json").object["proposals"]) == 9


def test_it_says_what_waits_and_who_confirms_it(office: Callable) -> None:
    said = office("decide", "same", FIRM, OTHER, *WHY)
    id = office("propose", "list", *COUNTY, "--json").object["proposals"][0]["proposal"]
    shown = office("propose", "show", id)

    assert said.status == 1
    assert said.out.startswith("本县这件事要两人办：已提出，还没有办")
    assert f"企业合并：{FIRM} 并入 {OTHER}" in said.out
    assert "县级经办" in said.out
    assert shown.status == 1
    assert "本机操作员" in shown.out
    assert "等另一人确认" in office("propose", "list", *COUNTY).out


def test_it_takes_back_its_own_and_refuses_only_what_others_proposed(office: Callable) -> None:
    office("decide", "same", FIRM, OTHER, *WHY)
    id = office("propose", "list", *COUNTY, "--json").object["proposals"][0]["proposal"]

    assert office("propose", "refuse", id, *WHY, "--json").object["error"]["code"] == "second.own"
    assert office("propose", "withdraw", id, *WHY, "--json").object["state"] == "withdrawn"
    again = office("propose", "withdraw", id, *WHY, "--json")
    assert (again.status, again.object["error"]["code"]) == (2, "second.answered")
    assert office("propose", "list", *COUNTY).status == 0
    assert office("propose", "show", "000", *COUNTY, "--json").object["error"]["code"] == "second.unknown"


def test_there_is_no_command_that_confirms(office: Callable) -> None:
    office("decide", "same", FIRM, OTHER, *WHY)
    id = office("propose", "list", *COUNTY, "--json").object["proposals"][0]["proposal"]

    assert office("propose", "confirm", id).status == 2


def test_switches_are_shown_and_switched_with_a_reason(office: Callable) -> None:
    shown = office("two-eyes", "show", *COUNTY, "--json").object["acts"]
    again = office("two-eyes", "on", "merge", *WHY, "--json")
    off = office("two-eyes", "off", "企业合并", *WHY, "--json")
    strange = office("two-eyes", "on", "dance", *WHY, "--json")

    assert {one["act"]: one["on"] for one in shown} == dict.fromkeys(ACTS, True)
    assert again.object["error"]["code"] == "second.switched_already"
    assert (off.object["act"], off.object["on"]) == ("merge", False)
    assert strange.object["error"]["code"] == "second.act"
    assert "企业合并（merge）：一人办" in office("two-eyes", "show", *COUNTY).out
    assert office("decide", "same", FIRM, OTHER, *WHY).status == 0

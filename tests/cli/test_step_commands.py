"""`luzhang step …`, `luzhang may`, `luzhang gaps` in words and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

FIRM = "甲铸造有限公司"
CUT = ("step", "record", FIRM, "cut", "--on", "2025-12-10", "--authority", "蓝山县科工局", "--reason", "整治")


@pytest.fixture
def county(luzhang: Callable, register: Path, roster: Callable[..., Path]) -> Callable:
    assert luzhang("import", roster(), "--county", "431127").status < 2
    return luzhang


def test_a_cut_is_refused_recorded_with_its_gap_and_listed(county: Callable) -> None:
    refused = county(*CUT)
    days = ("--decided", "2025-12-08", "--served", "2025-12-09", "--time", "09:30", "--basis", "LS25-CUT")
    done = county(*CUT, *days, "--number", "蓝科工停〔2025〕1号", "--gap", "--json")
    listed = county("step", "list")
    gaps = county("gaps", "--as-of", "2026-01-31")

    assert refused.status == 2
    assert "停电不能这样记" in refused.err
    assert "根据市生态环境局蓝山分局函件" in refused.err
    assert done.status == 1
    assert "LS25-CUT-LETTER" in {one["condition"] for one in done.object["gaps"]}
    assert f"{FIRM}　停电　2025-12-10　蓝山县科工局　蓝科工停〔2025〕1号" in listed.out
    assert "作出 2025-12-08　送达 2025-12-09　时刻 09:30　依据 LS25-CUT" in listed.out
    assert gaps.status == 1
    assert "缺" in gaps.out
    assert "带缺口记的" in gaps.out


def test_may_says_because(county: Callable) -> None:
    letter = ("--issuer", "永州市生态环境局蓝山分局", "--dated", "2025-12-08", "--firm", FIRM, "--reason", "来函")
    before = county("may", FIRM, "cut", "--as-of", "2025-12-10")
    assert county("paper", "add", "函件", *letter).status == 0
    after = county("may", FIRM, "停电", "--as-of", "2025-12-10", "--json")

    assert before.status == 1
    assert before.out.startswith(f"2025-12-10 {FIRM} 停电：不可以")
    assert "谁可以作出　LS25-CUT：蓝山县科工局" in before.out
    (condition,) = [one for one in after.object["conditions"] if one["condition"] == "LS25-CUT-LETTER"]
    assert condition["answer"] is True


def test_production_resumed_while_power_is_cut_is_a_reminder_and_stands_in_the_dossier(county: Callable) -> None:
    assert county(*CUT, "--number", "蓝科工停〔2025〕1号", "--gap").status == 1
    told = ("--on", "2025-12-22", "--reason", "复工")
    assert county("step", "record", FIRM, "resume", *told, "--gap").status == 1

    states, may = county("step", "states"), county("may", FIRM, "resume", "--as-of", "2025-12-22")
    dossier = county("dossier", FIRM)

    assert "提醒：2025-12-10停电，2025-12-22恢复生产，没有复电的记录" in states.out
    assert "提醒　REG-RESUME-POWER" in may.out
    assert "缺　恢复生产（2025-12-22）　REG-RESUME-POWER" in dossier.out
    assert "“恢复生产不等于复电；停着电的，复电要另记”（炉账处置登记规则第六条）" in dossier.out


def test_states_rules_and_taking_back(county: Callable) -> None:
    done = county(*CUT, "--gap", "--json").object
    states = county("step", "states", "--as-of", "2025-12-31")
    rules = county("step", "rules", "close", "--county", "431127")
    back = county("step", "withdraw", done["step"], "--reason", "记错")

    assert "停电：是 1 家；否 0 家；不能确定 0 家；没有记录 1 家" in states.out
    assert "报经有批准权的人民政府批准" in rules.out
    assert (back.status, "已撤回" in back.out) == (0, True)
    assert county("step", "list").out == "没有处置的记录\n"


def test_dismantling_more_than_there_is_is_refused(county: Callable) -> None:
    said = county(
        "step", "record", FIRM, "dismantle", "--on", "2025-01-05", "--quantity", "5", "--reason", "拆", "--json"
    )

    assert (said.status, said.object["error"]["code"]) == (2, "step.quantity")
    assert "那一天只有 1 台，写了 5 台" in said.object["error"]["message"]


def test_an_unknown_step_names_those_that_there_are(county: Callable) -> None:
    said = county("may", FIRM, "dance")

    assert said.status == 2
    assert "没有“dance”这一步" in said.err
    assert "cut（停电）" in said.err

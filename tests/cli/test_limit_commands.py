"""Limits and measurements by commands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

COUNTY = ("--county", "140921")
FIRM = "甲锻造有限公司"
TOLD = ("--source", "某检测公司", "--reason", "监测报告", *COUNTY)


@pytest.fixture
def forge(luzhang: Callable, register: object, tmp_path) -> str:  # type: ignore[no-untyped-def]
    """A register of one flange forge with two heating furnaces."""
    sheet = tmp_path / "宏道镇.csv"
    rows = ["企业名称,主要产品,设备编号,设备名称,燃料", f"{FIRM},法兰,1号,加热炉,天然气", f"{FIRM},法兰,2号,加热炉,电"]
    sheet.write_text("\n".join(rows), encoding="utf-8")
    said = luzhang("import", sheet, *COUNTY, "--valid-from", "2024-06-01", "--json")
    assert said.object["applied"]["equipment"] == 2, said.out
    return FIRM


def check(luzhang: Callable, *more: str) -> dict:
    return luzhang("limits", "check", *more, "--as-of", "2024-12-31", *COUNTY, "--json").object


def test_a_limit_is_tried_without_a_register(luzhang: Callable) -> None:
    for facts, status, answer in (
        (("capacity_t=1", "energy_kwh_per_t=600"), 0, "meets"),
        (("capacity_t=1.5", "energy_kwh_per_t=620"), 0, "fails"),
        (("capacity_t=3", "energy_kwh_per_t=600"), 1, "cannot_tell"),
        (("capacity_t=5吨", "energy_kwh_per_t=589.9"), 0, "meets"),
    ):
        said = luzhang("limits", "try", "CJ21-IF-IRON", *facts, "--json")
        assert (said.status, said.object["verdicts"][0]["answer"]) == (status, answer)


def test_a_conversion_is_tried_in_words(luzhang: Callable) -> None:
    said = luzhang("limits", "try", "XZ-FLANGE-2024", "nox_mg_per_m3=160", "o2_pct=12")
    assert said.status == 0
    assert "折到基准氧 8% 为 231.1" in said.out
    assert "基准含氧量8%" in said.out


def test_a_draft_tried_says_that_it_decides_nothing(luzhang: Callable) -> None:
    said = luzhang("limits", "try", "GBT36561-T8", "furnace=台车炉", "power_kw=120", "w_kwh=5300", "gz_t=10")
    assert "二等" in said.out
    assert "不作判断" in said.err
    fuel = ("furnace=辊底炉", "fuel=天然气", "q_kj=29308", "b=1000", "gz_t=11", "alpha_fuel=天然气")
    said = luzhang("limits", "try", "GBT36561-T8", *fuel, "--json").object
    assert (said["verdicts"][0]["result"], said["decides"]) == ("二等", False)
    assert any("请核对原书" in warning for warning in said["warnings"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("XZ-FLANGE-2024", "nox_mg_per_m3=160", "o2_pct=21"), "limits.o2"),
        (("XZ-FLANGE-2024", "nox_mg_per_m3=很多"), "measure.value"),
        (("XZ-FLANGE-2024", "nox"), "usage"),
        (("NO-SUCH", "nox_mg_per_m3=160"), "limit.unknown"),
        (("CN10-ELIM", "capacity_t=1"), "limit.not_computed"),
        (("SX20-SERVICE-LIFE", "commissioned_on=2010年"), "limit.not_computed"),
        (("SX20-SERVICE-LIFE", "commissioned_on=2010年", "years=0"), "life.years"),
        (("GBT36561-T8", "w_kwh=1", "gz_t=0"), "limits.mass"),
        (("GBT36561-T8", "w_kwh=nan", "gz_t=1"), "measure.value"),
        (("GBT36561-T8", "w_kwh=1e300", "gz_t=1e-9"), "measure.value"),
        (("XZ-FLANGE-2024", "nox_mg_per_m3=1e30", "o2_pct=12"), "measure.value"),
        (("XZ-FLANGE-2024", "nox_mg_per_m3=1", "o2_pct=20.9999999999"), "limits.o2"),
        (("XZ-FLANGE-2024", "nox_mg_per_m3=1", "o2_pct=nan"), "measure.value"),
        (("CJ21-IF-IRON", "metal=塑料"), "measure.circumstance"),
    ],
)
def test_what_cannot_be_tried_says_why(luzhang: Callable, words: tuple[str, ...], code: str) -> None:
    said = luzhang("limits", "try", *words, "--json")
    assert (said.status, said.object["error"]["code"]) == (2, code)


def test_a_measurement_is_recorded_asked_listed_and_taken_back(luzhang: Callable, forge: str) -> None:
    words = ("nox_mg_per_m3=160", "o2_pct=12", "--machine", "1号", "--on", "2024-06-05", "--document", "监测5号")
    told = luzhang("measure", "add", forge, *words, *TOLD, "--json").object

    found = check(luzhang)
    (fails,) = [line for line in found["lines"] if line["answer"] == "fails"]
    assert (fails["limit"], fails["numbers"]["converted"], fails["equipment"]["code"]) == (
        "XZ-FLANGE-2024",
        "231.1",
        "1号",
    )
    assert {fact["file"] for fact in fails["facts"]} == {"宏道镇.csv"}
    shown = luzhang("limits", "check", forge, "--as-of", "2024-12-31", *COUNTY)
    assert (shown.status, "未达到　甲锻造有限公司　1号　XZ-FLANGE-2024" in shown.out) == (1, True)
    assert "监测5号" in luzhang("measure", "list", forge, *COUNTY).out

    back = luzhang("measure", "back", told["measurement"], "--reason", "报错了炉号", *COUNTY, "--json")
    assert back.object["taken_back"] == "measurement"
    assert check(luzhang)["totals"]["fails"] == 0
    assert check(luzhang, "--known", str(told["change"]))["totals"]["fails"] == 1
    assert luzhang("measure", "list", *COUNTY, "--json").object["measurements"] == []
    assert luzhang("verify").status == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("nox_mg_per_m3=160", "o2_pct=21", "--on", "2024-06-05"), "limits.o2"),
        (("nox_mg_per_m3=160", "so2_mg_per_m3=1", "--on", "2024-06-05"), "usage"),
        (("o2_pct=12", "--on", "2024-06-05"), "usage"),
        (("nox_mg_per_m3=160", "capacity_t=1", "--on", "2024-06-05"), "usage"),
        (("nox_mg_per_m3=160", "--machine", "9号", "--on", "2024-06-05"), "equipment.unknown"),
    ],
)
def test_what_cannot_be_recorded_says_why(luzhang: Callable, forge: str, words: tuple[str, ...], code: str) -> None:
    said = luzhang("measure", "add", forge, *words, *TOLD, "--json")
    assert (said.status, said.object["error"]["code"]) == (2, code)


def test_a_day_that_is_none_is_refused(luzhang: Callable, forge: str) -> None:
    said = luzhang("measure", "add", forge, "nox_mg_per_m3=160", "--on", "改天", *TOLD)
    assert said.status == 2
    assert luzhang("measure", "list", *COUNTY).out == ""


def test_limits_are_listed_with_their_standing(luzhang: Callable, forge: str) -> None:
    rows = luzhang("limits", "list", "--as-of", "2024-12-31", *COUNTY, "--json").object["limits"]
    standing = {row["limit"]: row["status"] for row in rows}
    assert (standing["XZ-FLANGE-2024"], standing["GB39726-CUPOLA"], standing["CN10-ELIM"]) == (
        "confirmed",
        "draft",
        "shown",
    )
    assert "CJ21-IF-IRON" not in standing
    assert "草稿（未核对原文，不作判断）" in luzhang("limits", "list", *COUNTY).out


def test_the_countys_own_years_are_set_and_dropped(luzhang: Callable, forge: str) -> None:
    told = luzhang("limits", "life", "加热炉", "14", "--reason", "县里定", "--from", "made_on", *COUNTY, "--json")
    assert (told.status, told.object["kind"]) == (0, "heating_furnace")
    assert "OWN-LIFE-HEATING-FURNACE" in luzhang("limits", "list", *COUNTY).out
    asked = [line for line in check(luzhang)["lines"] if line["limit"] == "OWN-LIFE-HEATING-FURNACE"]
    assert {line["question"] for line in asked} == {"1号炉哪年哪月制造（出厂）？", "2号炉哪年哪月制造（出厂）？"}
    assert luzhang("limits", "life", "加热炉", "--drop", "--reason", "重定", *COUNTY).status == 0
    both = luzhang("limits", "life", "加热炉", "14", "--drop", "--reason", "重定", *COUNTY, "--json")
    assert both.object["error"]["code"] == "usage"


CHANGJI = ("--county", "652301")
NAMED = (
    "新疆长讯耐磨材料有限公司",
    "新疆豫丰源铸造有限公司",
    "新疆金瑞耐磨钢制造有限公司",
    "新疆天翼德工业机械制造有限公司",
    "新疆宏建机械制造有限公司",
)
ABOVE = "新疆华盛西元金属制造有限公司"


@pytest.fixture
def seven(luzhang: Callable, register: object, tmp_path) -> str:  # type: ignore[no-untyped-def]
    """The seven foundries of 昌吉市, six of which the plan names; one has furnaces of four capacities."""
    sheet = tmp_path / "昌吉市.csv"
    rows = ["企业名称,规模,设备编号,设备名称,容量（吨）"]
    rows += [f"{NAMED[0]},规模以下,{code}号,无芯中频感应电炉,{tonnes}" for code, tonnes in enumerate((1, 1.5, 3, 5), 1)]
    rows += [f"{name},规模以下,1号,中频感应电炉,2" for name in NAMED[1:]]
    rows += [f"{ABOVE},规模以上,1号,中频感应电炉,5", "方案没有点名的铸造厂,,1号,中频感应电炉,1"]
    sheet.write_text("\n".join(rows), encoding="utf-8")
    said = luzhang("import", sheet, *CHANGJI, "--valid-from", "2021-07-01", "--json")
    assert said.object["applied"]["enterprises"] == 7, said.out
    return NAMED[0]


def test_five_firms_owe_level_3_by_2021_and_one_firm_has_no_target(luzhang: Callable, seven: str) -> None:
    found = luzhang("limits", "check", "--as-of", "2021-12-01", *CHANGJI, "--json").object

    below, above = found["targets"]
    assert (below["deadline"], below["stated"], sorted(below["named"])) == ("2021-12-31", 5, sorted(NAMED))
    assert (above["deadline"], above["stated"], above["named"]) == ("2023-12-31", 1, [ABOVE])
    assert found["without_target"] == ["方案没有点名的铸造厂"]
    assert (
        "没有写明目标的 1 家：方案没有点名的铸造厂" in luzhang("limits", "check", "--as-of", "2021-12-01", *CHANGJI).out
    )


def test_metered_energy_is_held_against_each_furnaces_step(luzhang: Callable, seven: str) -> None:
    metered = {"1号": (600, "meets"), "2号": (620, "fails"), "3号": (600, "cannot_tell"), "4号": (589.9, "meets")}
    for code, (energy, _) in metered.items():
        words = (f"energy_kwh_per_t={energy}", "metal=铸铁", "--machine", code, "--on", "2023年11月")
        told = ("--source", "电表", "--reason", "抄表", *CHANGJI)
        assert luzhang("measure", "add", seven, *words, *told).status == 0

    found = luzhang("limits", "check", seven, "--as-of", "2024-01-01", *CHANGJI, "--json").object
    lines = [line for line in found["lines"] if line["limit"] == "CJ21-IF-IRON"]

    assert {line["equipment"]["code"]: line["answer"] for line in lines} == {
        code: one for code, (_, one) in metered.items()
    }
    (late,) = [line for line in lines if line["answer"] == "fails"]
    assert late["overdue"]
    (gap,) = [line for line in lines if line["answer"] == "cannot_tell"]
    assert "不内插" in gap["because"]
    assert {(fact["field"], fact["file"]) for fact in gap["facts"]} >= {("equipment.capacity_t", "昌吉市.csv")}

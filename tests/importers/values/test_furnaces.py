"""A furnace's words state what they say and no more."""

from __future__ import annotations

import pytest

from app.domain.statement import Value
from importers.values import furnace_words

INDUCTION = {"kind": "induction_furnace"}


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ("铝壳炉", {**INDUCTION, "shell": "aluminium"}),
        ("钢壳炉", {**INDUCTION, "shell": "steel"}),
        ("中频炉", {**INDUCTION, "frequency": "medium"}),
        ("工频炉", {**INDUCTION, "frequency": "mains"}),
        ("高频炉", {**INDUCTION, "frequency": "high"}),
        ("感应电炉", INDUCTION),
        ("铝壳中频炉", {**INDUCTION, "shell": "aluminium", "frequency": "medium"}),
        ("中频感应电炉（铝壳）", {**INDUCTION, "shell": "aluminium", "frequency": "medium"}),
        ("无芯工频感应电炉", {**INDUCTION, "core": "coreless", "frequency": "mains"}),
        ("无磁轭铝壳中频感应电炉", {**INDUCTION, "shell": "aluminium", "frequency": "medium", "yoke": False}),
        ("有磁轭钢壳炉", {**INDUCTION, "shell": "steel", "yoke": True}),
        ("中(工)频炉", INDUCTION),
        ("铝壳/钢壳炉", INDUCTION),
        ("铝壳炉闲置未使用", {**INDUCTION, "shell": "aluminium", "state": "idle"}),
        ("使用铝壳炉", {**INDUCTION, "shell": "aluminium", "state": "in_use"}),
        ("冲天炉", {"kind": "cupola"}),
        ("电弧炉", {"kind": "arc_furnace"}),
        ("燃气熔化炉", {"kind": "gas_melting_furnace"}),
        ("电阻炉", {"kind": "resistance_furnace"}),
        ("坩埚炉", {"kind": "crucible_furnace"}),
        ("天然气加热炉", {"kind": "heating_furnace", "fuel": "natural_gas"}),
        ("箱式电加热炉", {"kind": "heating_furnace", "fuel": "electricity"}),
        ("燃煤加热炉", {"kind": "heating_furnace", "fuel": "coal"}),
        ("井式回火炉", {"kind": "heat_treatment_furnace"}),
        ("台车式加热炉", {"kind": "heating_furnace"}),
        ("一段式煤气发生炉", {"kind": "gas_producer"}),
        ("独立球团竖炉", {"kind": "pellet_shaft_furnace"}),
        ("燃气锅炉", {"kind": "boiler"}),
        ("螺杆空压机", {"kind": "compressor"}),
        ("抛丸机", {"kind": "other"}),
        ("行车", {"kind": "other"}),
        ("碎铁机", {"kind": "other"}),
        ("电炉", {}),
        ("熔炼炉", {}),
        ("窑炉", {}),
        ("铝壳", {"shell": "aluminium"}),
        ("非铝壳中频炉", {**INDUCTION, "frequency": "medium"}),
        ("中频炉除尘器", {}),
        ("中频炉房", {}),
        ("没有中频炉", {}),
        ("拟建中频炉", {}),
        ("原有铝壳炉", {}),
        ("未拆除", {}),
        ("预计拆除", {}),
        ("铝壳炉已升级为钢壳炉", {}),
    ],
)
def test_words_of_a_furnace(words: str, facts: dict[str, Value]) -> None:
    assert furnace_words(words) == facts

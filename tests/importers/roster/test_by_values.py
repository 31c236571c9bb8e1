"""Columns whose heads say too little, read by what stands in them."""

from __future__ import annotations

from tests.importers.sheets import codes, fields, machines, read, sheet


def test_machines_in_words_under_a_head_for_machines_are_read() -> None:
    reading = read(sheet("企业名称|电话|家当（炉子）\n甲铸造厂|13800001111|加热炉1座、空气锤2台\n乙铸造厂||冲天炉1座"))

    assert [one["kind"] for one in machines(reading.records[0])] == ["heating_furnace", "other"]
    assert [one["kind"] for one in machines(reading.records[1])] == ["cupola"]


def test_machines_of_another_day_or_another_use_are_not() -> None:
    for head in ("原用炉子", "拟上炉子", "除尘用设备", "改后炉子"):
        reading = read(sheet(f"企业名称|电话|{head}\n甲铸造厂|13800001111|铝壳炉1台\n乙铸造厂||冲天炉1座"))
        assert reading.records[0].equipment == ()


def test_beside_the_firm_s_machines_such_a_column_is_asked_about() -> None:
    reading = read(sheet("企业名称|炉型|厂里炉子\n甲铸造厂|钢壳炉|铝壳炉1台\n乙铸造厂|冲天炉|冲天炉1座"))

    assert len(reading.records[0].equipment) == 1
    assert codes(reading) == [("column.not_understood", "C1")]


def test_a_transformer_in_words_is_a_machine_of_its_own() -> None:
    (firm,) = read(sheet("企业名称|熔化设备|变压器\n甲铸造厂|1台0.5吨铝壳炉|1250KVA变压器2台")).records
    furnace, transformer = machines(firm)

    assert furnace["capacity_t"] == 0.5
    assert (transformer["kind"], transformer["quantity"], transformer["transformer_kva"]) == ("transformer", 2, 1250)


def test_a_transformer_s_size_in_a_table_without_machines_is_the_firm_s_transformer() -> None:
    (firm,) = read(sheet("客户名称|用电户号|变压器容量(kVA)\n甲铸造厂|0308800011|800")).records

    assert machines(firm) == [{"kind": "transformer", "transformer_kva": 800}]


def test_what_is_said_of_the_machines_by_their_name_is_theirs() -> None:
    reading = read(sheet("企业名称|设备名称|变压器型号\n甲铸造厂|变压器|S11-M-630/10\n乙铸造厂|变压器|S9-315/10"))

    assert "equipment.model" in fields(reading).values()
    assert machines(reading.records[0])[0]["model"] == "S11-M-630/10"

"""Columns that count machines by their type, and what stands beside them in the row."""

from __future__ import annotations

from tests.importers.sheets import codes, machines, read, sheet, values


def test_counts_of_machines_that_are_no_furnace() -> None:
    reading = read(sheet("企业名称|中频炉（台）|抛丸机（台）|布袋除尘器（套）\n甲铸造厂|2|1|3\n乙铸造厂|1|0|1"))
    first, second = reading.records

    assert values(first.equipment[1]) == {"kind": "other", "name": "抛丸机", "quantity": 1}
    assert first.equipment[1]["name"].cell == "C1"
    assert len(second.equipment) == 1
    assert first.extras["布袋除尘器（套）"].value == "3"


def test_planned_and_removed_furnaces_are_not_counted_as_there() -> None:
    reading = read(sheet("企业名称|中频炉（台）|铝壳炉拆除数（台）|拟新上钢壳炉（台）\n甲铸造厂|2|2|1"))

    assert machines(reading.records[0]) == [{"kind": "induction_furnace", "frequency": "medium", "quantity": 2}]
    assert set(reading.records[0].extras) == {"铝壳炉拆除数（台）", "拟新上钢壳炉（台）"}


def test_what_stands_beside_the_only_machine_counted_is_of_it() -> None:
    reading = read(
        sheet("企业名称|铝壳炉（台）|中频炉（台）|容量（吨）|有无磁轭\n甲铸造厂|2|0|0.5|无\n乙铸造厂|1|2|1|无")
    )
    first, second = reading.records

    assert machines(first) == [
        {"kind": "induction_furnace", "shell": "aluminium", "quantity": 2, "capacity_t": 0.5, "yoke": False}
    ]
    assert [one.get("capacity_t") for one in machines(second)] == [None, None]
    assert codes(reading) == [("equipment.which", "D3"), ("equipment.which", "E3")]


def test_a_count_and_a_capacity_of_one_type_are_one_machine_and_a_total_is_none() -> None:
    reading = read(
        sheet("企业名称|铝壳炉台数|铝壳炉容量（吨）|熔炼炉台数\n甲铸造厂|2|0.5|2\n乙铸造厂|0||1\n丙铸造厂|1|1|3")
    )

    assert [machines(firm) for firm in reading.records] == [
        [{"kind": "induction_furnace", "shell": "aluminium", "quantity": 2, "capacity_t": 0.5}],
        [],
        [{"kind": "induction_furnace", "shell": "aluminium", "quantity": 1, "capacity_t": 1}],
    ]
    assert codes(reading) == [("equipment.which", "D3"), ("equipment.which", "D4")]


def test_a_shell_over_counts_is_a_furnace_of_that_shell() -> None:
    reading = read(sheet("企业名称|铝壳（台）|钢壳（台）\n甲铸造厂|2|1\n乙铸造厂|0|3"))

    assert [[one["shell"] for one in machines(firm)] for firm in reading.records] == [["aluminium", "steel"], ["steel"]]


def test_the_type_under_a_numbered_furnace() -> None:
    reading = read(
        sheet("""
企业名称|一号炉|||二号炉||
|类型|吨位（吨）|状态|类型|吨位（吨）|状态
甲铸造厂|钢壳炉|1|在用|铝壳炉|0.5|停用
""").merge("A1:A2", "B1:D1", "E1:G1")
    )

    assert machines(reading.records[0]) == [
        {"kind": "induction_furnace", "shell": "steel", "capacity_t": 1, "state": "in_use", "code": "一号炉"},
        {"kind": "induction_furnace", "shell": "aluminium", "capacity_t": 0.5, "state": "idle", "code": "二号炉"},
    ]


def test_a_general_word_beside_fields_of_a_machine_is_the_machine_s() -> None:
    reading = read(sheet("企业名称|核定情况||\n|炉型|容量（t）|台数\n甲铸造厂|铝壳炉|0.5|2").merge("A1:A2", "B1:D1"))

    assert machines(reading.records[0])[0]["quantity"] == 2


def test_a_machine_told_by_dittos_alone_is_a_machine() -> None:
    reading = read(sheet("企业名称|炉型|容量（t）\n甲铸造厂|铝壳炉|0.5\n乙铸造厂|〃|同上\n同上|钢壳炉|1"))

    assert [len(firm.equipment) for firm in reading.records] == [1, 2]
    assert reading.records[1].equipment[0]["capacity_t"].cell == "C2"


def test_furnaces_counted_without_their_kind() -> None:
    counted = read(sheet("企业名称|电炉（台）\n甲铸造厂|3\n乙铸造厂|0"))
    told = read(sheet("企业名称|电炉（台）\n甲铸造厂|2台中频炉\n乙铸造厂|1台铝壳炉"))

    assert [machines(firm) for firm in counted.records] == [[{"quantity": 3}], []]
    assert [machines(firm)[0]["quantity"] for firm in told.records] == [2, 1]


def test_a_state_over_or_under_a_type_counts_machines_in_that_state() -> None:
    by_type = read(
        sheet("企业名称|铝壳炉（台）||\n|在用|闲置|已拆除\n甲铸造厂|0|1|2\n乙铸造厂|3||").merge("A1:A2", "B1:D1")
    )
    by_state = read(
        sheet("企业名称|在用||闲置|\n|铝壳炉|钢壳炉|铝壳炉|钢壳炉\n甲铸造厂|0|1|2|").merge("A1:A2", "B1:C1", "D1:E1")
    )

    first, second = by_type.records
    assert [(one["shell"], one["state"], one["quantity"]) for one in machines(first)] == [
        ("aluminium", "idle", 1),
        ("aluminium", "removed", 2),
    ]
    assert [(one["state"], one["quantity"]) for one in machines(second)] == [("in_use", 3)]
    assert [(one["shell"], one["state"], one["quantity"]) for one in machines(by_state.records[0])] == [
        ("steel", "in_use", 1),
        ("aluminium", "idle", 2),
    ]
    assert by_type.issues == by_state.issues == ()


def test_machines_in_words_are_in_the_state_of_their_head_and_not_of_their_neighbour_s() -> None:
    reading = read(
        sheet("企业名称|在用电炉|已拆除电炉\n甲铸造厂|1t中频炉1台|0.5吨铝壳炉1台\n乙铸造厂||0.25吨铝壳炉2台")
    )

    assert [[(one["capacity_t"], one["state"]) for one in machines(firm)] for firm in reading.records] == [
        [(1, "in_use"), (0.5, "removed")],
        [(0.25, "removed")],
    ]


def test_a_state_in_the_cell_goes_before_that_of_the_head() -> None:
    reading = read(sheet("企业名称|在用主要生产设备情况\n甲铸造厂|1t中频炉1台\n乙铸造厂|0.5吨铝壳炉1台（闲置）"))

    assert [machines(firm)[0]["state"] for firm in reading.records] == ["in_use", "idle"]


def test_kinds_under_a_head_that_is_a_kind_itself() -> None:
    reading = read(
        sheet("企业名称|感应电炉||其他炉|\n|铝壳炉|钢壳炉|冲天炉|热处理炉\n甲铸造厂|2|1|0|1").merge(
            "A1:A2", "B1:C1", "D1:E1"
        )
    )

    assert [(one["kind"], one.get("shell"), one["quantity"]) for one in machines(reading.records[0])] == [
        ("induction_furnace", "aluminium", 2),
        ("induction_furnace", "steel", 1),
        ("heat_treatment_furnace", None, 1),
    ]


def test_a_sum_beside_what_it_is_of_counts_no_body_twice() -> None:
    whole = read(sheet("企业名称|感应电炉（台）|其中：铝壳炉|其中：钢壳炉\n甲铸造厂|3|2|1\n乙铸造厂|1||1"))
    untyped = read(sheet("企业名称|电炉（台）|其中：铝壳炉\n甲铸造厂|3|3\n乙铸造厂|2|1"))
    doubtful = read(sheet("企业名称|铝壳炉（台）|其中：闲置\n甲铸造厂|3|1\n乙铸造厂|2|2"))

    assert [[(one["shell"], one["quantity"]) for one in machines(firm)] for firm in whole.records] == [
        [("aluminium", 2), ("steel", 1)],
        [("steel", 1)],
    ]
    assert whole.issues == ()
    assert whole.records[0].extras["感应电炉（台）"].value == "3"
    assert [[one["quantity"] for one in machines(firm)] for firm in untyped.records] == [[3], [1]]
    assert codes(untyped) == [("equipment.which", "B3")]
    assert [[one["quantity"] for one in machines(firm)] for firm in doubtful.records] == [[3], [2]]
    assert codes(doubtful) == [("column.not_understood", "C1")]


def test_removed_ones_beside_a_sum_that_may_hold_them_are_asked_about() -> None:
    reading = read(sheet("企业名称|铝壳炉（台）|已拆除铝壳炉（台）\n甲铸造厂|3|1\n乙铸造厂|2|2"))

    assert [[one["quantity"] for one in machines(firm)] for firm in reading.records] == [[3], [2]]
    assert codes(reading) == [("column.not_understood", "C1")]


def test_shells_without_the_word_furnace_count_furnaces_where_numbers_stand_below() -> None:
    reading = read(sheet("企业名称|铝壳|钢壳\n甲铸造厂|2|1\n乙铸造厂|0|1"))

    assert [[(one["shell"], one["quantity"]) for one in machines(firm)] for firm in reading.records] == [
        [("aluminium", 2), ("steel", 1)],
        [("steel", 1)],
    ]


def test_counts_under_a_machine_that_is_no_furnace() -> None:
    reading = read(
        sheet("企业名称|铝壳炉||抛丸机||除尘器\n|台数|容量（吨）|台数|容量（吨）|台数\n甲铸造厂|1|0.5|2||3").merge(
            "A1:A2", "B1:C1", "D1:E1"
        )
    )

    assert [one.get("quantity") for one in machines(reading.records[0])] == [1, 2]
    assert values(reading.records[0].equipment[1]) == {"kind": "other", "name": "抛丸机", "quantity": 2}


def test_sizes_under_a_type_count_its_machines_and_their_sum_counts_none_again() -> None:
    made = sheet("企业名称|中频炉|||\n|0.5吨|1吨|500kg以下|小计\n甲铸造厂|2|1||3\n乙铸造厂||0||0")
    first, second = read(made.merge("A1:A2", "B1:E1")).records

    assert [(one["capacity_t"], one["quantity"], one["frequency"]) for one in machines(first)] == [
        (0.5, 2, "medium"),
        (1, 1, "medium"),
    ]
    assert first.equipment[0]["capacity_t"].cell == "B2"
    assert second.equipment == ()


def test_a_sum_that_its_sizes_do_not_make_up_is_asked_about() -> None:
    reading = read(sheet("企业名称|中频炉||\n|0.5吨|1吨|小计\n甲铸造厂|2|1|4").merge("A1:A2", "B1:D1"))

    assert codes(reading) == [("column.not_understood", "D2")]


def test_a_list_of_other_machines_is_none_of_the_furnaces_beside_it() -> None:
    (firm,) = read(sheet("企业名称|熔化设备|其他主要设备\n甲铸造厂|250kg铝壳炉两台|行车1台")).records

    assert [(one["kind"], one["quantity"]) for one in machines(firm)] == [("induction_furnace", 2), ("other", 1)]


def test_what_stands_under_one_group_with_a_repeated_head_is_of_its_machine() -> None:
    made = sheet(
        "企业名称|拆除设备|||新上设备||\n|拆除时间|炉型|台数|炉型|台数|投运时间\n甲铸造厂|2024年3月|铝壳炉|1|钢壳炉|2|2024年6月"
    )
    (firm,) = read(made.merge("A1:A2", "B1:D1", "E1:G1")).records
    old, new = machines(firm)

    assert (old["shell"], old["removed_on"], "commissioned_on" in old) == ("aluminium", "2024年3月", False)
    assert (new["shell"], new["commissioned_on"], "removed_on" in new) == ("steel", "2024年6月", False)

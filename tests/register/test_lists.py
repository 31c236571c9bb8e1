"""Lists over a snapshot: what a row says, its Chinese words, and the filters."""

from __future__ import annotations

import pytest

from app.domain.register import AsOf, Enterprise, Equipment, Snapshot, StatedFigure, Subject
from app.errors import NotFound
from app.register.lists import NOUNS, columns, listing
from tests.register.saying import between, day

FIRST = Enterprise(
    "1",
    {"name": "骅强金属制品有限公司", "uscc": "91X", "township": "新圩镇", "status": "producing"},
    frozenset(["scale"]),
    equipment=(
        Equipment("m1", {"kind": "induction_furnace", "shell": "aluminium", "yoke": False}, present=None),
        Equipment("m2", {"removed_on": between(None, "03-31")}, frozenset(["state"]), present=False),
    ),
    permits=(Subject("p1", {"kind": "eia", "standing": "held"}),),
    plans=(Subject("q1", {"stage": "certified"}),),
    actions=(Subject("a1", {"kind": "power_cut"}),),
)
SECOND = Enterprise("2", {"name": "安雄盛机械有限公司", "township": "土市镇", "status": "closed"})
FIGURE = StatedFigure("f", "停电措施", None, "家", None, None, "2025年12月10日", "报告", "停电")
COUNTY = Snapshot("431127", AsOf(day("2024-02-01"), 1), (FIRST, SECOND), (FIGURE,))


def test_a_firms_row_carries_values_words_and_disputes() -> None:
    row = listing(COUNTY, "enterprises")[0]

    assert (row["id"], row["name"], row["status"], row["scale"]) == ("1", "骅强金属制品有限公司", "producing", None)
    assert row["labels"] == {"status": "在产", "scale": "有争议"}
    assert row["disputed"] == ["scale"]


def test_a_machines_row_names_its_firm_and_whether_it_is_there() -> None:
    first, second = listing(COUNTY, "equipment")

    assert (first["enterprise"], first["township"]) == ("骅强金属制品有限公司", "新圩镇")
    assert first["labels"] == {
        "kind": "感应电炉",
        "shell": "铝壳",
        "yoke": "否",
        "present": "不能确定",
    }
    assert second["removed_on"]["to"] == "2024-03-31"
    assert second["labels"] == {"state": "有争议", "removed_on": "…", "present": "已不在"}


def test_filters_take_values_or_their_words() -> None:
    assert [row["id"] for row in listing(COUNTY, "enterprises", {"status": "closed"})] == ["2"]
    assert [row["id"] for row in listing(COUNTY, "enterprises", {"status": "关停退出"})] == ["2"]
    assert [row["id"] for row in listing(COUNTY, "enterprises", {"township": "新圩镇", "status": None})] == ["1"]
    assert [row["id"] for row in listing(COUNTY, "enterprises", {"q": "安雄"})] == ["2"]
    assert [row["id"] for row in listing(COUNTY, "equipment", {"q": "91X", "kind": "induction_furnace"})] == ["m1"]
    assert [row["id"] for row in listing(COUNTY, "equipment", {"present": "False"})] == ["m2"]
    assert listing(COUNTY, "permits", {"standing": "lacking"}) == []
    assert len(listing(COUNTY, "plans", {"stage": "certified"})) == 1
    assert len(listing(COUNTY, "actions", {"kind": "停电"})) == 1


def test_a_disputed_value_equals_nothing() -> None:
    assert listing(COUNTY, "enterprises", {"scale": "有争议"}) == []


def test_a_figure_without_a_number_reads_unknown_and_not_zero() -> None:
    row = listing(COUNTY, "figures")[0]

    assert (row["number"], row["labels"]) == (None, {"number": "不明"})


def test_every_list_has_columns_for_what_its_rows_carry() -> None:
    for noun in NOUNS:
        for row in listing(COUNTY, noun):
            assert columns(noun).keys() <= row.keys()
    with pytest.raises(NotFound):
        listing(COUNTY, "nothing")

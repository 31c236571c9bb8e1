"""What columns say is not what was asked is not read; what is unknown, disputed or asked otherwise is."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from app.register.facts.identity import same_as
from app.register.facts.views import snapshot
from app.register.lists import portions
from app.register.lists.asked import ask_for
from app.register.lists.ruled_out import firms_left
from app.register.lists.told_facts import firms_told
from app.register.scope import LOCAL_OPERATOR
from app.store.engine import reading
from tests.register.lists.county_of_ties import county_of_ties
from tests.register.lists.test_export import agree
from tests.register.rosters import COUNTY, Firm, action, machine, permit, roster, seen, take_in
from tests.register.saying import between

DAY = "2024-02-01"


#: Filters, and the firms that are left by them.
LEFT: list[tuple[list[tuple[str, str]], str]] = [
    ([("equipment.shell", "aluminium")], "铝 不明 两台 争 拆"),
    ([("equipment.shell", "steel")], "钢 不明 两台 争 拆"),
    ([("equipment.quantity", "1"), ("equipment.quantity", "5")], "铝 不明 两台 争 拆"),
    ([("equipment.shell", "steel"), ("equipment.capacity_t.gte", "0.5")], "不明 两台 争 拆"),
    ([("equipment.capacity_t", "0.25..0.5")], "铝 钢 不明 两台 争 拆"),
    ([("equipment.capacity_t.gt", "0.5")], "铝 不明 两台 争 拆"),
    ([("equipment.capacity_t.lt", "0.4")], "钢 不明 两台 争 拆"),
    ([("equipment.yoke", "是")], "铝 不明 两台 争 拆"),
    ([("equipment.quantity.gte", "2")], "钢 不明 两台 争 拆"),
    ([("equipment.removed_on", "2024-02")], "铝 钢 不明 两台 争"),
    ([("permit.kind", "eia")], "有证 缺证"),
    ([("permit.kind", "business_licence")], "缺证"),
    ([("permit.kind", "eia"), ("permit.standing", "held")], "有证"),
    ([("action.taken_on.lte", "2024-01-09")], ""),
    ([("action.taken_on.gte", "2024-03")], "有证"),
    ([("permit.kind", "eia"), ("equipment.shell", "steel")], ""),
]


@pytest.fixture
def county(own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Firms called by what they hold; of 争 two sources say two things of one machine. They are read one by one."""
    monkeypatch.setattr(portions, "_FIRST", 1)
    take_in(
        own_engine,
        roster(
            Firm({"name": "铝"}, [machine(shell="aluminium", capacity_t=0.5, yoke=True, quantity=1, state="in_use")]),
            Firm({"name": "钢"}, [machine(shell="steel", capacity_t=0.25, yoke=False, quantity=3, state="removed")]),
            Firm({"name": "不明"}, [machine(code="1号")]),
            Firm({"name": "两台"}, [machine(shell="steel", capacity_t=3.0), machine(shell="aluminium")]),
            Firm({"name": "争"}, [machine(code="2号", shell="steel", capacity_t=1.0)]),
            Firm({"name": "拆"}, [machine(code="3号", removed_on=between("01-05", "01-20"))]),
            Firm(
                {"name": "有证"}, [permit("eia", standing="held"), action("power_cut", taken_on=between("01-10", None))]
            ),
            Firm({"name": "缺证"}, [permit("eia", standing="lacking"), permit("business_licence")]),
            Firm({"name": "什么也没有"}),
            on="2024-01-15",
        ),
    )
    disputed = next(one for one in seen(own_engine, DAY).enterprises if one.name == "争")
    again = machine(disputed.equipment[0].id, shell="aluminium", capacity_t=1.0)
    take_in(own_engine, roster(Firm({}, [again], id=disputed.id), on="2024-01-15", by="县局"))
    return own_engine


def left(engine: Engine, noun: str, *filters: tuple[str, str]) -> str | None:
    """The firms that are left, by name as enrolled; None where no column tells."""
    with reading(engine) as session:
        asked = ask_for(session, noun, [("county", COUNTY), ("as_of", DAY), *filters], LOCAL_OPERATOR)
        found = firms_left(session, asked, same_as(session, COUNTY), LOCAL_OPERATOR)
    return None if found is None else " ".join(one.name for one in seen(engine, DAY).enterprises if one.id in found)


def test_a_firm_is_left_out_only_where_a_column_says_no(county: Engine) -> None:
    for filters, firms in LEFT:
        assert left(county, "enterprises", *filters) == firms, filters
        for noun, sort in (("enterprises", []), ("equipment", []), ("permits", [("sort", "-kind")])):
            agree(county, noun, [("as_of", DAY), ("county", COUNTY), ("maybe", "include"), *filters, *sort])


def test_what_columns_cannot_answer_leaves_nobody_out(county: Engine) -> None:
    for filter in (("equipment.shell.not", "steel"), ("equipment.code", "1号"), ("permit.held", "eia")):
        assert left(county, "enterprises", filter) is None, filter


def test_a_list_of_papers_reads_only_firms_that_have_any(county: Engine) -> None:
    assert left(county, "permits") == "有证 缺证"
    assert left(county, "plans") == ""


def test_facts_out_of_columns_are_the_facts_of_the_firms(own_engine: Engine) -> None:
    county_of_ties(own_engine)
    with reading(own_engine) as session:
        moment = ask_for(session, "plans", [("county", COUNTY), ("as_of", DAY)], LOCAL_OPERATOR).moment
        whole = snapshot(session, COUNTY, moment, LOCAL_OPERATOR).enterprises
        for fields in ({"township"}, {"village", "park", "address"}, {"short_name", "former_name"}, set[str]()):
            found = firms_told(session, COUNTY, moment, LOCAL_OPERATOR, fields)
            assert [(one.id, one.name) for one in found] == [(one.id, one.name) for one in whole]
            for own, other in zip(found, whole, strict=True):
                assert [own.facts.get(name) for name in fields] == [other.facts.get(name) for name in fields]
                assert own.disputed & fields == other.disputed & fields

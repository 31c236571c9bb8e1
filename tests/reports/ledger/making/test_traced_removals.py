"""What a cell of a machine that was taken down opens into."""

from __future__ import annotations

from sqlalchemy import Engine

from app.domain.dates import DateInterval
from tests.register.rosters import Firm, machine, roster, seen, take_in
from tests.register.saying import day
from tests.reports.ledger.making.test_ledger_life import at, issued, kept, traced


def test_taken_down_opens_into_who_says_so_also_where_it_was_told_of_later(engine: Engine) -> None:
    own = [machine(kind="cupola", quantity=1, state="idle")]
    take_in(engine, roster(Firm({"name": "甲铸造有限公司", "township": "新圩镇"}, own), on="2025-03-20"))
    (firm,) = seen(engine, "2025-03-20").enterprises
    gone = DateInterval(None, day("2025-06-30"), "month", "2025年6月底前")
    told = Firm({"scale": "below"}, [machine(firm.equipment[0].id, removed_on=gone)], firm.id)
    take_in(engine, roster(told, on="2025-12-22", by="县人民政府"))
    issued(engine)

    found = traced(engine, at(kept(engine), "设备", "使用状态", 企业名称="甲铸造有限公司"))

    assert found["value"] == "已拆除"
    assert [(fact["label"], fact["text"]) for fact in found["facts"]] == [
        ("拆除时间", "2025年6月底前"),
        ("使用状态", "闲置"),
    ]
    assert [said["file"] for said in found["facts"][0]["statements"]] == ["县人民政府.xlsx"]


def test_a_state_of_use_opens_into_itself_alone(sqlite_engine: Engine) -> None:
    own = [machine(kind="cupola", quantity=1, state="idle")]
    take_in(sqlite_engine, roster(Firm({"name": "甲铸造有限公司"}, own), on="2025-03-20"))
    issued(sqlite_engine)

    found = traced(sqlite_engine, at(kept(sqlite_engine), "设备", "使用状态", 企业名称="甲铸造有限公司"))

    assert [(fact["label"], fact["text"]) for fact in found["facts"]] == [("使用状态", "闲置")]

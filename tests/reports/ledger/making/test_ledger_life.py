"""A ledger's life: checked, issued, revised; the same bytes whatever comes after, on any engine, in any time zone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count, islice
from pathlib import Path
from threading import Barrier, Thread
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine

from app import clock
from app.domain.quarter import Quarter
from app.errors import BadInput, LuzhangError, NotFound, Refused
from app.register import ledgers
from app.register.ledgers import People, cells
from app.register.ledgers.compare import compare
from app.register.ledgers.frozen import Frozen
from app.register.ledgers.standing import standings
from app.register.ledgers.trace import trace
from app.register.scope import LOCAL_OPERATOR
from app.store import changes, ids
from app.store.engine import open_engine, reading, unit
from app.store.models import LedgerIssue
from app.store.verification import verify
from reports.ledger import check, ledger, make
from reports.ledger.making import checking, drawn
from tests.register import rosters
from tests.register.rosters import COUNTY, Firm, action, head, machine, permit, plan, roster, seen, take_back, take_in

Q3, Q4 = Quarter(2025, 3), Quarter(2025, 4)
SIGNED = People("张三", "李四", "王五")
ALUMINIUM = {"kind": "induction_furnace", "shell": "aluminium", "frequency": "medium", "yoke": False, "capacity_t": 0.5}


def september(engine: Engine) -> None:
    """A roster of the third quarter: two firms, three machines, a permit, a plan and an act."""
    one = Firm(
        {"name": "甲铸造有限公司", "township": "新圩镇", "status": "producing", "disposition": "转型升级"},
        [machine(**ALUMINIUM, quantity=2, state="in_use"), permit("pollutant_discharge", standing="held")],
    )
    other = Firm(
        {"name": "乙铸造有限公司", "township": "土市镇", "status": "suspended"},
        [machine(kind="cupola", quantity=1), plan(stage="made"), action("power_cut", authority="科工局")],
    )
    take_in(engine, roster(one, other, on="2025-09-20", by="新圩镇人民政府"))


def december(engine: Engine) -> None:
    """What comes for the fourth quarter, and a correction of the third by the same source."""
    one, other = (firm.id for firm in sorted(seen(engine, "2025-09-30").enterprises, key=lambda firm: firm.name)[::-1])
    firms = [
        Firm({"status": "closed"}, id=one),
        Firm({"name": "丙铸造厂", "township": "新圩镇", "status": "producing"}),
    ]
    take_in(engine, roster(*firms, on="2025-12-20", by="县科工局"))
    take_in(engine, roster(Firm({"status": "producing"}, id=other), on="2025-09-20", by="新圩镇人民政府"))


def issued(engine: Engine, quarter: Quarter = Q3, **told: Any) -> bytes:
    return ledger(engine, quarter, COUNTY, issue=True, actor=LOCAL_OPERATOR, **told)[1]


def given(engine: Engine, quarter: Quarter = Q3, **told: Any) -> bytes:
    return ledger(engine, quarter, COUNTY, actor=LOCAL_OPERATOR, **told)[1]


def kept(engine: Engine, revision: int | None = None, quarter: Quarter = Q3) -> Frozen:
    with reading(engine) as session:
        one = ledgers.revision_of(session, COUNTY, quarter, revision, LOCAL_OPERATOR)
        found = ledgers.frozen_of(session, one, LOCAL_OPERATOR)
    assert found is not None
    return found


def traced(engine: Engine, cell: str, revision: int | None = None) -> dict[str, Any]:
    with reading(engine) as session:
        one = ledgers.revision_of(session, COUNTY, Q3, revision, LOCAL_OPERATOR)
        return trace(session, one, cell, LOCAL_OPERATOR)


def all_cells(frozen: Frozen) -> Iterator[str]:
    for sheet in frozen.sheets:
        for row in range(1, cells.last_row(sheet) + 1):
            for column in range(len(sheet.columns)):
                yield cells.address(sheet, row, column)


def at(frozen: Frozen, sheet: str, title: str, **row: Any) -> str:
    """The address of a cell by its column and what else its row says."""
    found = frozen.sheet(sheet)
    assert found is not None
    titles = [head.title for head in found.columns]
    places = [
        place
        for place, printed in enumerate(found.rows)
        if all(str(printed[titles.index(name)]).strip() == value for name, value in row.items())
    ]
    return cells.row_address(found, places[0], titles.index(title))


def test_the_past_asked_again_is_the_same_to_the_byte_and_a_revision_says_why(engine: Engine) -> None:
    september(engine)
    first = issued(engine, people=SIGNED)
    december(engine)
    assert given(engine) == first
    assert given(engine, draft=True) != first

    with pytest.raises(BadInput, match="已签发第1版"):
        issued(engine)
    second = issued(engine, reason="乙铸造在产，原填停产有误", people=SIGNED)

    assert given(engine) == second != first
    assert given(engine, revision=1) == first
    with pytest.raises(NotFound, match="没有第3版"):
        given(engine, revision=3)
    with reading(engine) as session:
        told = standings(session, COUNTY, None, LOCAL_OPERATOR)["quarters"]
        assert verify(session) == []
    assert [(one["quarter"], one["state"], len(one["checks"])) for one in told] == [("2025Q3", "revised", 2)]
    assert [(one["number"], one["state"], one["reason"]) for one in told[0]["issues"]] == [
        ("431127-2025Q3-1", "replaced", None),
        ("431127-2025Q3-2", "revised", "乙铸造在产，原填停产有误"),
    ]
    assert [one["sha256"] for one in told[0]["issues"]] == [sha256(one).hexdigest() for one in (first, second)]
    assert {one["prepared_by"] for one in told[0]["issues"]} == {"张三"}


def test_people_and_number_are_printed(sqlite_engine: Engine) -> None:
    september(sqlite_engine)
    issued(sqlite_engine, people=SIGNED)
    told = dict(kept(sqlite_engine).sheets[-1].rows)

    assert (told["编号"], told["填报人"], told["签发人"]) == ("431127-2025Q3-1", "张三", "王五")
    assert kept(sqlite_engine).told["content_sha256"] == told["内容摘要"]


def test_whatever_cell_is_traced_it_is_a_year_later_alike(engine: Engine) -> None:
    september(engine)
    issued(engine, people=SIGNED)
    before = {cell: traced(engine, cell) for cell in islice(all_cells(kept(engine)), 0, None, 7)}
    known = head(engine)
    december(engine)
    third = take_in(engine, roster(Firm({"name": "丁厂", "status": "closed"}), on="2025-09-20", by="督察组"))
    take_back(engine, third.batch)
    issued(engine, reason="更正")

    after = {cell: traced(engine, cell, 1) for cell in before}
    assert head(engine) > known
    assert json.dumps(after, ensure_ascii=False) == json.dumps(before, ensure_ascii=False)
    assert {told["kind"] for told in before.values()} >= {
        "fact",
        "count",
        "sum",
        "reckoned",
        "title",
        "heading",
        "note",
    }
    for cell, told in before.items():
        if told["kind"] == "fact" and told["value"] not in (None, "", "未说明") and told["facts"]:
            assert all(fact["recorded"]["change"] <= known and fact["statements"] for fact in told["facts"]), cell
        if told["kind"] == "count" and "（家）" in told["heading"]:
            assert told["value"] == len(told["members"]) == told["count"], cell
        if told["kind"] == "sum" and told["value"] != "未说明":
            assert told["value"] == sum(one["value"] for one in told["adds"]), cell


def test_every_cell_opens_into_something(sqlite_engine: Engine) -> None:
    september(sqlite_engine)
    issued(sqlite_engine)
    with reading(sqlite_engine) as session:
        one = ledgers.revision_of(session, COUNTY, Q3, None, LOCAL_OPERATOR)
        told = [trace(session, one, cell, LOCAL_OPERATOR) for cell in all_cells(kept(sqlite_engine))]

    assert [one["cell"] for one in told if not one["how"]] == []
    unfounded = [
        one["cell"]
        for one in told
        if one["kind"] == "fact" and one["value"] not in (None, "") and not one["facts"] and "；" not in one["how"]
    ]
    assert unfounded == []


def test_a_fact_opens_into_its_change_and_the_cell_of_its_file(engine: Engine) -> None:
    september(engine)
    issued(engine)
    told = traced(engine, at(kept(engine), "企业底数", "生产状态", 企业名称="甲铸造有限公司"))

    (fact,) = told["facts"]
    assert (told["kind"], told["value"], fact["text"], fact["from"], fact["until"]) == (
        "fact", "在产", "在产", "2025-09-20", None
    )  # fmt: skip
    assert (fact["recorded"]["change"], fact["recorded"]["kind"]) == (1, "导入名册")
    (said,) = fact["statements"]
    assert (said["file"], said["place"], said["raw"]) == ("新圩镇人民政府.xlsx", "Sheet1!C6", "producing")
    assert told["records"][0]["called"] == "甲铸造有限公司"
    assert told["records"][0]["address"].startswith("/api/v1/enterprises/")


def test_a_count_opens_into_its_members_and_each_is_traced_on(engine: Engine) -> None:
    september(engine)
    issued(engine)
    told = traced(engine, at(kept(engine), "分乡镇汇总", "企业总数（家）", **{"乡镇（街道）": "新圩镇"}))

    assert [one["called"] for one in told["members"]] == ["甲铸造有限公司"]
    (cell,) = told["members"][0]["cells"]
    assert traced(engine, cell)["row"]["企业名称"] == "甲铸造有限公司"


def test_a_cell_beyond_the_table_is_told_in_chinese(sqlite_engine: Engine) -> None:
    september(sqlite_engine)
    issued(sqlite_engine)
    for cell, words in (
        ("企业底数!ZZ4", "不在表内"),
        ("企业底数!A9999", "不在表内"),
        ("没有!A1", "没有“没有”表"),
        ("企业底数", "写法不对"),
        ("企业底数!A0", "写法不对"),
    ):
        with pytest.raises(LuzhangError, match=words):
            traced(sqlite_engine, cell)


def test_two_revisions_are_compared_cell_by_cell_with_the_reasons(engine: Engine) -> None:
    september(engine)
    issued(engine)
    december(engine)
    issued(engine, reason="更正")
    with reading(engine) as session:
        one, other = (ledgers.revision_of(session, COUNTY, Q3, number, LOCAL_OPERATOR) for number in (1, 2))
        found = compare(session, one, other, LOCAL_OPERATOR)
        nothing = compare(session, one, one, LOCAL_OPERATOR)

    sheets = {sheet["sheet"]: sheet for sheet in found["sheets"]}
    (status,) = [cell for cell in sheets["企业底数"]["changed"] if cell["column"] == "生产状态"]
    assert (status["called"], status["before"], status["after"]) == ("乙铸造有限公司", "停产", "在产")
    assert [reason["reason"] for reason in status["because"]] == ["corrected"]
    assert [act["change"] for act in status["changes"]] == [4]
    assert (found["differs"], nothing["differs"], nothing["same_file"]) == (True, False, True)


def test_what_does_not_add_up_is_not_issued_and_named(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    september(engine)
    before = head(engine)
    failing = checking.checked_of

    def broken(told: Any, tables: Any) -> tuple[Any, ...]:
        whole = failing(told, tables)
        return (*whole[1:], type(whole[0])("各乡镇相加：企业总数", 2, 3, ("新圩镇少1家",)))

    monkeypatch.setattr(checking, "checked_of", broken)
    with pytest.raises(Refused, match="各乡镇相加：企业总数：新圩镇少1家"):
        issued(engine)
    assert head(engine) == before

    told = check(engine, Q3, COUNTY, record=True, actor=LOCAL_OPERATOR)
    assert (told["passed"], told["recorded"]["passed"], told["recorded"]["change"]) == (False, False, before + 1)
    with reading(engine) as session:
        assert standings(session, COUNTY, Q3, LOCAL_OPERATOR)["quarters"][0]["state"] == "draft"


def test_a_file_that_says_another_thing_than_its_data_is_not_issued(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    september(sqlite_engine)
    printed = drawn.workbook

    def shifted(tables: Any, imprint: Any) -> bytes:
        first, *rest = tables
        return printed([type(first)(first.name, first.title, first.columns, first.rows[1:]), *rest], imprint)

    monkeypatch.setattr(drawn, "workbook", shifted)
    with pytest.raises(Refused, match="文件与留存的数据：汇总!A4"):
        issued(sqlite_engine)


def test_a_check_is_recorded_once_and_the_ledger_is_checked_until_the_register_moves(engine: Engine) -> None:
    september(engine)
    looked = check(engine, Q3, COUNTY, record=False, actor=LOCAL_OPERATOR)
    first = check(engine, Q3, COUNTY, record=True, actor=LOCAL_OPERATOR)
    again = check(engine, Q3, COUNTY, record=True, actor=LOCAL_OPERATOR)
    with reading(engine) as session:
        states = [standings(session, COUNTY, Q3, LOCAL_OPERATOR)["quarters"][0]["state"]]
    december(engine)
    with reading(engine) as session:
        states.append(standings(session, COUNTY, Q3, LOCAL_OPERATOR)["quarters"][0]["state"])

    assert looked["recorded"] is None
    assert first["passed"]
    assert again["recorded"] == first["recorded"]
    assert states == ["checked", "draft"]


def test_of_two_who_issue_at_once_one_is_told(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    september(engine)
    both, reasoned = Barrier(2), make.reasoned

    def together(*told: Any) -> int:
        number = reasoned(*told)
        both.wait(30)
        return number

    monkeypatch.setattr(make, "reasoned", together)
    said: list[str] = []

    def act() -> None:
        try:
            issued(engine)
            said.append("issued")
        except LuzhangError as error:
            said.append(error.code)

    acting = [Thread(target=act) for _ in range(2)]
    for one in acting:
        one.start()
    for one in acting:
        one.join()

    assert sorted(said) == ["issued", "ledger.issued_meanwhile"]
    with reading(engine) as session:
        assert len(ledgers.issues(session, COUNTY, Q3, LOCAL_OPERATOR)) == 1


def test_an_issue_of_before_the_data_were_kept_is_still_given_out(engine: Engine) -> None:
    september(engine)
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "issue", actor="测试")
        own = {"quarter": "2025Q3", "revision": 1, "known": 1, "sha256": sha256(b"PK").hexdigest(), "workbook": b"PK"}
        session.add(LedgerIssue(county=COUNTY, id=ids.new(), recorded_by=change.number, **own))

    told = traced(engine, "企业底数!D5")
    assert given(engine) == b"PK"
    assert (told["kind"], told["ledger"]["tables_sha256"]) == ("missing", None)
    assert "没有留存" in told["how"]
    issued(engine, reason="补留数据")
    assert traced(engine, "企业底数!D5")["kind"] == "fact"
    with reading(engine) as session, pytest.raises(NotFound, match="没有留存数据"):
        one, other = (ledgers.revision_of(session, COUNTY, Q3, number, LOCAL_OPERATOR) for number in (1, 2))
        compare(session, one, other, LOCAL_OPERATOR)


@contextmanager
def told_alike(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same clock, ids and files, so that the same acts write the same."""
    drawn = count(1)
    with clock.fixed(datetime(2025, 10, 8, 2, tzinfo=UTC)), monkeypatch.context() as held:
        held.setattr(ids, "os", SimpleNamespace(urandom=lambda size: next(drawn).to_bytes(size, "big")))
        held.setattr(ids, "secrets", SimpleNamespace(randbits=lambda bits: 0))
        held.setattr(ids, "_last", 0)
        held.setattr(rosters, "_bytes", count(1))
        held.setattr(rosters, "_keys", count(1))
        yield


def played(engine: Engine) -> list[bytes]:
    september(engine)
    made = [issued(engine, people=SIGNED)]
    december(engine)
    return [*made, issued(engine, reason="更正"), issued(engine, Q4)]


def test_the_same_acts_on_both_engines_give_the_same_bytes(
    sqlite_engine: Engine, postgresql_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one clock and the same ids, files and data whole: the chain's digest, which both enter, is printed."""
    both = (sqlite_engine, postgresql_engine)
    files, data = [], []
    for engine in both:
        with told_alike(monkeypatch):
            files.append(played(engine))
        with reading(engine) as session:
            told = ledgers.issues(session, COUNTY, None, LOCAL_OPERATOR)
        data.append([(one.number, one.sha256, one.tables_sha256) for one in told])

    assert files[0] == files[1]
    assert data[0] == data[1]
    assert len(data[0]) == 3


def test_with_other_ids_and_times_only_what_tells_of_the_issue_differs(
    sqlite_engine: Engine, postgresql_engine: Engine
) -> None:
    """Neither ids nor times are printed but in 版本说明: the time of the change, digests of files and of the chain."""
    for engine in (sqlite_engine, postgresql_engine):
        played(engine)
    one, other = (kept(engine, 2) for engine in (sqlite_engine, postgresql_engine))

    assert [sheet.name for sheet in one.sheets] == [sheet.name for sheet in other.sheets]
    assert [sheet.rows for sheet in one.sheets[:-1]] == [sheet.rows for sheet in other.sheets[:-1]]
    assert [sheet.notes for sheet in one.sheets] == [sheet.notes for sheet in other.sheets]
    assert one.told["content_sha256"] == other.told["content_sha256"]


ISSUING = """
import sys
from app.domain.quarter import Quarter
from app.register import ledgers
from app.register.scope import LOCAL_OPERATOR
from app.store.engine import open_engine, reading
from reports.ledger import ledger
engine = open_engine(sys.argv[1])
ledger(engine, Quarter(2025, 3), "431127", issue=True, actor=LOCAL_OPERATOR)
with reading(engine) as session:
    (one,) = ledgers.issues(session, "431127", None, LOCAL_OPERATOR)
print(one.sha256, one.tables_sha256)
"""


def test_three_time_zones_and_hash_seeds_give_the_same_bytes(sqlite_template: Path, tmp_path: Path) -> None:
    first = tmp_path / "first.db"
    shutil.copy(sqlite_template, first)
    engine = open_engine(f"sqlite:///{first}")
    september(engine)
    december(engine)
    engine.dispose()
    said = set()
    for seed, zone in enumerate(("Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati")):
        copy = Path(shutil.copy(first, tmp_path / f"{seed}.db"))
        told = {**os.environ, "TZ": zone, "PYTHONHASHSEED": str(seed)}
        words = [sys.executable, "-c", ISSUING, f"sqlite:///{copy}"]
        said.add(subprocess.run(words, env=told, capture_output=True, encoding="utf-8", check=True).stdout)

    assert len(said) == 1

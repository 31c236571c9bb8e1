"""Whatever is asked, an actor sees the rows of the counties and townships that are theirs, and no others."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from inspect import getmembers, isfunction
from typing import Any

import pytest
from sqlalchemy import Engine, Select, Table, select
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.domain.dates import FOREVER
from app.domain.register import AsOf, Enterprise, StatedFigure
from app.errors import NotFound
from app.register import queries
from app.register.desk import desk_queries
from app.register.desk.deciding import answer_absence, decide_value
from app.register.desk.merging import keep_apart, merge
from app.register.facts.views import snapshot
from app.register.imports import batch_queries
from app.register.imports.waiting import Terms, keep
from app.register.scope import LOCAL_OPERATOR, Actor, visible
from app.store import changes, ids
from app.store.engine import acting, reading, unit
from app.store.models import (
    Base,
    CountyHead,
    EnterpriseName,
    EnterpriseStatus,
    Equipment,
    EquipmentState,
    ImportBatch,
    ImportIssue,
    ImportRow,
    LearnedAnswer,
    LedgerIssue,
    MachineReplacement,
    RowAnswer,
    Statement,
    WaitingFile,
)
from tests.architecture.tree import ROOT, modules, tree_of
from tests.register.rosters import COUNTY, Firm, machine, permit, roster, seen, take_in
from tests.register.saying import day

SURVEY = "2024-01-15"
OURS, THEIRS = "431127105", "431127107"
CLERK = Actor("新圩镇经办", townships=frozenset([OURS]))
STRANGER = Actor("外县", counties=frozenset(["431126"]))
ALL = AsOf(FOREVER, queries.NOW.known)

Build = Callable[..., Select[Any]]

#: Functions that write a select and do not limit it themselves, by room, each with why.
NOT_LIMITED_THERE = {
    # Counts and verdicts over firms and machines that were limited where they were first chosen.
    "aggregates/counted_papers_sql.py": {"plan_firms"},
    "aggregates/in_force_sql.py": {"__init__", "lines", "_steps"},
    "aggregates/lines_sql.py": {"line"},
    "aggregates/machines_sql.py": {"__init__", "_by_kind", "by_firm"},
    "aggregates/papers_sql.py": {"spoken_of"},
    "aggregates/permits_sql.py": {"__init__"},
    "verdicts/verdict_queries.py": {
        "in_successions",
        "_standing_in_township",
        "_with_set_aside",
        "held",
        "facts_asked",
        "tally",
        "_answered",
    },
    "steps/queries.py": {"taken_down"},
    "records.py": {"answers", "divisions", "_count", "_aliases"},
    # The dictionary of divisions, which is everybody's.
    "places.py": {"townships_of", "_aliases"},
    "queries.py": {"places_above"},
    "verdicts/reckoning.py": {"reckon"},
    "verdicts/verdict_asking.py": {"_of_a_county"},
    # Within a change of the county, of what it has just written or must not write twice.
    "clauses/county_clauses.py": {"add_file"},
    "desk/deciding.py": {"correct"},
    # What was chosen by a query that limits it is counted, and read page by page.
    "audit/listing.py": {"everything", "page"},
    # Whoever may confirm: people are no county's.
    "second/shown.py": {"_holders"},
    # The limits themselves.
    "scope.py": {"_of_townships", "_of_batch", "_named_in", "_sent_by", "_firm", "_child", "_gone_over"},
}

#: A room that reads what is no county's alone (accounts, rights, sessions), by limits of its own (managing.py).
PEOPLE = "people"


def two_townships(engine: Engine) -> dict[str, Any]:
    """A firm in each of two townships, each from its own roster; everything by which theirs could be known."""
    for township, name in ((OURS, "新圩镇"), (THEIRS, "土市镇")):
        firm = Firm({"name": f"{name}铸造", "township": name}, [machine(state="idle"), permit("eia", standing="held")])
        figure = StatedFigure("", f"{name}在产", 1, "家", None, None, "", name)
        take_in(engine, roster(firm, on=SURVEY, by=name, township=township, figures=[figure]))
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "issue", actor="测试")
        issue = {"quarter": "2024Q1", "revision": 1, "known": 2, "reason": None, "sha256": "0", "workbook": b""}
        session.add(LedgerIssue(county=COUNTY, id=ids.new(), recorded_by=change.number, **issue))
    firms = {firm.facts["township"]: firm for firm in seen(engine, SURVEY).enterprises}
    with reading(engine) as session:
        batch = session.scalars(select(ImportBatch).where(ImportBatch.township == THEIRS)).one()
    return {"firm": firms["土市镇"], "batch": batch, **decided(engine, firms["土市镇"], firms["新圩镇"], batch)}


def decided(engine: Engine, theirs: Enterprise, ours: Enterprise, batch: ImportBatch) -> dict[str, Any]:
    """Everything that can be decided of their firm."""
    again = Firm({"name": "土市镇铸造厂", "township": "土市镇", "status": "closed"})
    take_in(engine, roster(again, on=SURVEY, by="土市镇", township=THEIRS))
    second = next(firm for firm in seen(engine, SURVEY).enterprises if firm.name == "土市镇铸造厂")
    inspected = Firm({"status": "producing"}, id=theirs.id)
    take_in(engine, roster(inspected, on=SURVEY, by="土市镇环保所", township=THEIRS))
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "decide", actor="测试")
        keep_apart(session, change, ours.id, theirs.id, "different", "不是一家")
        merge(session, change, second.id, theirs.id, "同一家")
        statement = session.scalars(select(Statement).where(Statement.subject_id == theirs.id)).first()
        assert statement is not None
        decide_value(session, change, statement.id, "核实")
        answer_absence(session, change, batch.id, theirs.id, "漏报", "漏了")
        keep(
            session, change, batch.id, "土市镇.xlsx", batch.sha256, b"PK", Terms("土市镇", None, {"rows": []}), batch.id
        )
        place = {"batch_id": batch.id, "sheet": "Sheet1", "row": 5, "about": "firm", "answer": theirs.id}
        session.add(RowAnswer(county=COUNTY, recorded_by=change.number, reason="电话", **place))
        column = {"kind": "column", "layout": "00ff", "key": "土市镇", "answer": "{}", "reason": "导入时指明"}
        session.add(LearnedAnswer(county=COUNTY, recorded_by=change.number, batch_id=batch.id, **column))
        name = {"kind": "name", "layout": "", "key": "土市镇", "answer": "{}", "reason": "电话"}
        session.add(LearnedAnswer(county=COUNTY, recorded_by=change.number, enterprise_id=theirs.id, **name))
        session.flush()
        session.add(Equipment(county=COUNTY, id="newer", enterprise_id=theirs.id, recorded_by=change.number))
        session.flush()
        ends = {"old_id": theirs.equipment[0].id, "new_id": "newer"}
        session.add(MachineReplacement(county=COUNTY, recorded_by=change.number, reason="更新", **ends))
        words = {"code": "machine.replaced", "severity": "question", "message": "?", "fix": "?"}
        at = {"batch_id": batch.id, "sheet": "Sheet1", "cell": "B5"}
        session.add(ImportIssue(county=COUNTY, recorded_by=change.number, **words, **at))
        held = {"batch_id": batch.id, "sheet": "Sheet1", "row": 9, "cells": '{"A": "土市镇"}', "fate": "held"}
        session.add(ImportRow(county=COUNTY, recorded_by=change.number, **held))
        waits = {"file": "土市镇.xlsx", "sha256": batch.sha256, "format": "xlsx", "township": THEIRS, "why": "later"}
        waits |= {"valid_day": batch.valid_day, "source": batch.source, "counts": "{}", "id": ids.new()}
        session.add(WaitingFile(county=COUNTY, recorded_by=change.number, **waits))
        return {"waiting": waits["id"], "statement": statement.id, "field": statement.field}


def asked(found: dict[str, Any]) -> dict[str, list[tuple[Any, ...]]]:
    """Every query of the register, with arguments that would show what is theirs."""
    firm, batch = found["firm"], found["batch"]
    everyone = [firm.id, firm.equipment[0].id, firm.permits[0].id]
    return {
        "statements": [(COUNTY, None, ALL), (COUNTY, everyone, ALL)],
        "spoken_of": [(section, COUNTY, batch.id) for section in ("enterprise", "equipment", "permit")],
        "naming": [(COUNTY,)],
        "names": [(COUNTY,)],
        "particulars": [(COUNTY, ["name", "township"])],
        "held": [(section, COUNTY, None, ALL.known) for section in ("equipment", "permit")],
        "stretches": [(table, COUNTY, AsOf(day(SURVEY), ALL.known)) for table in (EnterpriseName, EquipmentState)],
        "told": [(table, [], COUNTY, AsOf(day(SURVEY), ALL.known)) for table in (EnterpriseName, EquipmentState)],
        "holdings": [(section, COUNTY, AsOf(day(SURVEY), ALL.known)) for section in ("equipment", "permit")],
        "touched": [(table, COUNTY, 2) for table in (EnterpriseName, EquipmentState)],
        "owners": [("equipment", COUNTY, [firm.equipment[0].id])],
        "kinds_stated": [(COUNTY, None, ALL), (COUNTY, [firm.permits[0].id], ALL)],
        "figures": [(COUNTY, ALL)],
        "figures_of": [(COUNTY, batch.id)],
        "enrolled": [(COUNTY, [firm.id])],
        "batch": [(COUNTY, batch.id)],
        "batch_county": [(batch.id,)],
        "same_bytes": [(COUNTY, batch.sha256, batch.valid_day)],
        "last_roster": [(COUNTY, "土市镇", THEIRS)],
        "listed": [(COUNTY, batch.id)],
        "same": [(COUNTY, ALL.known)],
        "same_rows": [(COUNTY,)],
        "named_in": [(COUNTY,)],
        "owned": [("equipment", COUNTY, [firm.equipment[0].id])],
        "decisions": [(COUNTY,)],
        "values_decided": [(COUNTY, ALL.known)],
        "value_decision": [(COUNTY, firm.id, found["field"], day(SURVEY))],
        "decided_by": [(COUNTY, batch.id)],
        "absence": [(COUNTY, batch.id, [firm.id])],
        "absences": [(COUNTY, batch.id)],
        "answered": [(COUNTY,)],
        "rulings": [(COUNTY,)],
        "rosters": [(COUNTY,)],
        "held_rows": [(COUNTY,)],
        "source_file": [(COUNTY, batch.sha256)],
        "terms": [(COUNTY, batch.id)],
        "issues_of": [(COUNTY, batch.id)],
        "correcting": [(COUNTY,)],
        "batches_of": [(COUNTY, batch.sha256)],
        "row_answers": [(COUNTY, batch.id), (COUNTY, None)],
        "row_answer": [(COUNTY, batch.id, "Sheet1", 5, "firm")],
        "learned": [(COUNTY, None), (COUNTY, ("column", "name"))],
        "learned_in": [(COUNTY, batch.id)],
        "machines": [(COUNTY, [firm.equipment[0].id])],
        "replacements": [(COUNTY, ALL.known)],
        "replacements_asked": [(COUNTY,)],
        "stated": [(COUNTY, 2, "equipment")],
        "acts": [(COUNTY, [1, 2])],
        "statement": [(COUNTY, found["statement"])],
        "batches": [(COUNTY,)],
        "waiting_files": [(COUNTY,)],
        "waiting_file": [(COUNTY, found["waiting"])],
        "waiting_county": [(found["waiting"],)],
        "waiting_bytes": [(COUNTY, batch.sha256)],
        "versions": [(COUNTY, batch.source, THEIRS, batch.valid_day)],
        "waiting_versions": [(COUNTY, batch.source, THEIRS, batch.valid_day)],
        "corrections": [(COUNTY, batch.id)],
        "said_in": [(COUNTY, batch.id)],
        "batches_saying": [(COUNTY, [found["statement"]])],
        "disputed": [(EnterpriseStatus, COUNTY, day(SURVEY))],
        "acts_told": [(COUNTY, [1, 2])],
        "ledgers_since": [(COUNTY, 1)],
    }


def builders() -> dict[str, Build]:
    """The query builders; `places_above` reads the dictionary, which is everybody's."""
    rooms = (queries, desk_queries, batch_queries)
    own = [
        (name, one) for room in rooms for name, one in getmembers(room, isfunction) if one.__module__ == room.__name__
    ]
    return {name: one for name, one in own if name not in ("in_parts", "places_above") and not name.startswith("_")}


def said(session: Session, query: Select[Any]) -> list[str]:
    """All values of all rows, entities by their columns."""
    values: list[str] = []
    for row in session.execute(query):
        for value in row:
            columns = getattr(type(value), "__table__", None)
            values += [str(value)] if columns is None else [str(getattr(value, one.name)) for one in columns.c]
    return values


def functions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef]:
    """The functions of a module, and the methods of its classes."""
    for node in body:
        if isinstance(node, ast.FunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node.body)


def called(function: ast.FunctionDef) -> set[str]:
    """The names of all that it calls."""
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {getattr(one, "id", getattr(one, "attr", "")) for one in calls}


def test_every_select_is_limited_where_it_is_written_or_named_with_its_reason() -> None:
    register = ROOT / "app" / "register"
    unlimited: dict[str, set[str]] = {}
    for path in modules("app", "importers", "reports"):
        own = [one for one in functions(tree_of(path).body) if "select" in called(one)]
        if register / PEOPLE in path.parents:
            continue
        if register in path.parents:
            found = {one.name for one in own if "visible" not in called(one)}
            if found:
                unlimited[path.relative_to(register).as_posix()] = found
        elif ROOT / "app" / "store" not in path.parents:
            assert own == [], path

    assert unlimited == NOT_LIMITED_THERE


def test_the_room_of_people_reads_no_rows_of_a_county() -> None:
    business = {table.name for table in Base.metadata.sorted_tables if table.info["kind"] == "business"}
    models = {mapper.class_.__name__ for mapper in Base.registry.mappers if mapper.local_table.name in business}
    read: dict[str, set[str]] = {}
    room = [path for path in modules("app") if ROOT / "app" / "register" / PEOPLE in path.parents]
    assert room
    for path in room:
        imported = {
            alias.name for node in ast.walk(tree_of(path)) if isinstance(node, ast.ImportFrom) for alias in node.names
        }
        if found := imported & models:
            read[path.name] = found

    assert read == {}


def test_whoever_sees_townships_alone_sees_no_other_county() -> None:
    limited = str(visible(select(CountyHead.county), CLERK).compile(compile_kwargs={"literal_binds": True}))

    assert "county_head.county IN ('431127')" in limited


def test_a_change_in_another_county_is_refused(engine: Engine) -> None:
    # On PostgreSQL the wall behind this one (row-level security) stands in the way even earlier.
    with pytest.raises((NotFound, ProgrammingError)), unit(acting(engine, STRANGER)) as session:
        changes.open_change(session, COUNTY, "decide", actor="外县")


def test_a_township_writes_no_row_of_another_s_even_where_a_verb_forgets_to_look(engine: Engine) -> None:
    theirs = two_townships(engine)["firm"]
    row = {"id": "slipped", "enterprise_id": theirs.id}

    with pytest.raises(NotFound), unit(acting(engine, CLERK)) as session:
        change = changes.open_change(session, COUNTY, "import", actor="新圩镇经办")
        session.add(Equipment(county=COUNTY, recorded_by=change.number, **row))
    with reading(engine) as session:
        assert session.scalars(select(Equipment.id).where(Equipment.id == "slipped")).all() == []


def test_a_township_sees_nothing_of_another(engine: Engine) -> None:
    found = two_townships(engine)
    firm = found["firm"]
    secrets = {firm.id, firm.equipment[0].id, firm.permits[0].id, found["batch"].id, "土市镇", "土市镇在产"}
    secrets.add(found["statement"])
    questions = asked(found)
    assert questions.keys() == builders().keys()

    with reading(engine) as session:
        for name, build in builders().items():
            for arguments in questions[name]:
                everything = said(session, build(*arguments, LOCAL_OPERATOR))
                limited = said(session, build(*arguments, CLERK))
                assert everything or name == "kinds_stated", name
                assert not secrets & set(limited), name


def test_two_records_made_one_in_a_township_open_no_other_township_to_it(engine: Engine) -> None:
    found = two_townships(engine)
    again = Firm({"name": "新圩镇铸造厂", "township": "新圩镇"}, [machine(kind="induction_furnace")])
    take_in(engine, roster(again, on=SURVEY, by="新圩镇经管站", township=OURS))
    ours = {firm.name: firm for firm in seen(engine, SURVEY).enterprises if firm.facts["township"] == "新圩镇"}
    second = ours.pop("新圩镇铸造厂")
    (first,) = ours.values()
    with unit(engine) as session:
        merge(session, changes.open_change(session, COUNTY, "decide", actor="测试"), second.id, first.id, "同一家")

    with reading(engine) as session:
        for table in (Equipment, EnterpriseName, EquipmentState, Statement):
            every = session.scalars(select(table.id)).all()
            limited = session.scalars(visible(select(table.id), CLERK)).all()
            assert 0 < len(limited) < len(every), table
        assert found["firm"].equipment[0].id not in session.scalars(visible(select(Equipment.id), CLERK)).all()
        assert second.equipment[0].id in session.scalars(visible(select(Equipment.id), CLERK)).all()


@pytest.mark.parametrize(
    "table", [table for table in Base.metadata.sorted_tables if table.info["kind"] == "business"], ids=str
)
def test_the_limit_is_of_the_row_that_is_asked_about_and_of_no_other_of_its_table(table: Table) -> None:
    """Nested twice, a column of it that is not correlated stands for any row."""
    asked = table.alias("asked")

    assert str(visible(select(asked.c.county), CLERK)).count("AS asked") == 1


def test_another_county_sees_nothing(engine: Engine) -> None:
    questions = asked(two_townships(engine))

    with reading(engine) as session:
        for name, build in builders().items():
            for arguments in questions[name]:
                assert said(session, build(*arguments, STRANGER)) == [], name
        assert session.scalars(visible(select(CountyHead.county), STRANGER)).all() == []
        assert session.scalars(visible(select(CountyHead.county), LOCAL_OPERATOR)).all() == [COUNTY]


def test_a_snapshot_holds_what_its_actor_may_see(engine: Engine) -> None:
    two_townships(engine)

    with reading(engine) as session:
        own = snapshot(session, COUNTY, AsOf(day(SURVEY), 2), CLERK)
        none = snapshot(session, COUNTY, AsOf(day(SURVEY), 2), STRANGER)

    assert [firm.facts["township"] for firm in own.enterprises] == ["新圩镇"]
    assert len(own.enterprises[0].equipment) == len(own.enterprises[0].permits) == len(own.figures) == 1
    assert (none.enterprises, none.figures) == ((), ())


def test_joined_tables_are_each_limited(engine: Engine) -> None:
    two_townships(engine)
    joined = select(EnterpriseName.name).join(
        ImportBatch, (ImportBatch.county == EnterpriseName.county) & (ImportBatch.recorded_by == 2)
    )
    joined = joined.where(EnterpriseName.recorded_by <= 2)

    with reading(engine) as session:
        assert len(session.scalars(visible(joined, LOCAL_OPERATOR)).all()) == 2
        assert session.scalars(visible(joined, CLERK)).all() == []

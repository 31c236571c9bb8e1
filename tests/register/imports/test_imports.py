"""Applying proposals: facts as of a day and as known, conflicts with both statements, presence, rows kept whole."""

from __future__ import annotations

import json
from dataclasses import replace

from sqlalchemy import Engine, func, select

from app.domain.register import StatedFigure
from app.register.facts.views import claims, snapshot
from app.register.imports.applying import applied_before
from app.store.engine import reading
from app.store.models import EquipmentState, ImportBatch, ImportIssue, ImportRow, Statement
from tests.register.rosters import COUNTY, Firm, action, head, machine, permit, plan, roster, seen, take_in
from tests.register.saying import between, day

SURVEY = "2024-01-15"
BY_MARCH = between(None, "2024-03-31")


def test_what_a_roster_states_is_there_from_its_day(engine: Engine) -> None:
    firm = Firm(
        {"name": "骅强金属制品有限公司", "township": "新圩镇", "status": "producing"},
        [
            machine(kind="induction_furnace", shell="aluminium", quantity=2),
            permit("eia", standing="held"),
            plan(stage="made"),
        ],
    )

    applied = take_in(engine, roster(firm, on=SURVEY))

    found = seen(engine, SURVEY).enterprises[0]
    assert found.facts == {"name": "骅强金属制品有限公司", "township": "新圩镇", "status": "producing"}
    assert found.equipment[0].facts == {"kind": "induction_furnace", "shell": "aluminium", "quantity": 2}
    assert (found.equipment[0].present, found.equipment[0].bodies) == (True, 2)
    assert found.permits[0].facts == {"kind": "eia", "standing": "held"}
    assert found.plans[0].facts == {"stage": "made"}
    assert seen(engine, "2024-01-14").enterprises == ()
    assert (applied.enterprises, applied.equipment) == (1, 1)


def test_the_file_is_kept_whole(engine: Engine) -> None:
    firm = Firm({"name": "骅强"})

    applied = take_in(engine, roster(firm, on=SURVEY))

    with reading(engine) as session:
        batch = session.scalars(select(ImportBatch)).one()
        row = session.scalars(select(ImportRow)).one()
        issue = session.scalars(select(ImportIssue)).one()
        said = session.scalars(select(Statement)).one()
    assert (batch.id, batch.valid_day, json.loads(batch.counts)["rows_read"]) == (applied.batch, day(SURVEY), 1)
    assert (row.batch_id, json.loads(row.cells), row.enterprise_id) == (batch.id, {"A": "1"}, said.subject_id)
    assert (issue.batch_id, issue.code) == (batch.id, "uscc.digits_lost")
    assert (said.batch_id, json.loads(said.value), said.cell) == (batch.id, "骅强", "A6")


def test_a_row_of_a_firm_that_is_held_names_none(engine: Engine) -> None:
    proposal = roster(Firm({"name": "骅强"}), on=SURVEY)
    held = replace(proposal.rows[0], enterprise="held:1", fate="held", why="unsure")

    take_in(engine, replace(proposal, rows=(*proposal.rows, held)))

    with reading(engine) as session:
        named = session.scalars(select(ImportRow.enterprise_id).order_by(ImportRow.id)).all()
    assert [name is None for name in named] == [False, True]


def test_a_damaged_text_is_kept_as_far_as_a_database_can(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅\x00强\ud800"}), on=SURVEY))

    assert seen(engine, SURVEY).enterprises[0].name == "骅\ufffd强\ufffd"


def test_a_later_roster_that_says_the_same_is_kept_as_statements_and_writes_no_fact(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强"}, [machine(shell="steel")]), on=SURVEY))
    known = seen(engine, SURVEY).enterprises[0]
    again = Firm({"name": "骅强"}, [machine(known.equipment[0].id, shell="steel")], id=known.id)

    applied = take_in(engine, roster(again, on="2024-03-31"))

    with reading(engine) as session:
        rows = session.scalars(select(EquipmentState)).all()
        told = session.scalar(select(func.count()).select_from(Statement))
    assert (applied.enterprises, applied.equipment) == (0, 0)
    assert len(rows) == 1
    assert told == 4


def test_another_value_for_a_later_day_changes_from_that_day_and_the_past_stays_known(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强", "status": "producing"}), on=SURVEY))
    firm = seen(engine, SURVEY).enterprises[0]

    applied = take_in(engine, roster(Firm({"status": "suspended"}, id=firm.id), on="2024-06-30"))

    assert applied.enterprises == 1
    assert seen(engine, "2024-06-29").enterprises[0].facts["status"] == "producing"
    assert seen(engine, "2024-06-30").enterprises[0].facts["status"] == "suspended"
    assert seen(engine, "2024-06-30", known=1).enterprises[0].facts["status"] == "producing"


def test_the_same_source_corrects_and_another_conflicts(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强"}, [machine(state="in_use")]), on=SURVEY, by="督察"))
    firm = seen(engine, SURVEY).enterprises[0]
    furnace = firm.equipment[0].id

    take_in(engine, roster(Firm({}, [machine(furnace, state="idle")], id=firm.id), on=SURVEY, by="报告"))

    machine_now = seen(engine, SURVEY).enterprises[0].equipment[0]
    assert (machine_now.facts, machine_now.disputed, machine_now.present) == ({}, frozenset(["state"]), True)
    assert seen(engine, SURVEY, source="督察").enterprises[0].equipment[0].facts == {"state": "in_use"}
    assert seen(engine, SURVEY, source="报告.xlsx").enterprises[0].equipment[0].facts == {"state": "idle"}
    with reading(engine) as session:
        both = claims(session, COUNTY, furnace, "state", seen(engine, SURVEY).as_of)
    assert [(one.source, one.value) for one in both] == [("督察", "in_use"), ("报告", "idle")]

    take_in(engine, roster(Firm({}, [machine(furnace, state="idle")], id=firm.id), on=SURVEY, by="督察"))

    assert seen(engine, SURVEY).enterprises[0].equipment[0].facts == {"state": "idle"}


def test_a_removal_known_as_an_interval_is_there_then_open_then_gone(engine: Engine) -> None:
    furnace = machine(shell="aluminium", removed_on=BY_MARCH)

    take_in(engine, roster(Firm({"name": "骅强"}, [furnace]), on=SURVEY))

    present = {
        on: seen(engine, on).enterprises[0].equipment[0].present
        for on in (SURVEY, "2024-01-16", "2024-03-30", "2024-03-31")
    }
    assert present == {SURVEY: True, "2024-01-16": None, "2024-03-30": None, "2024-03-31": False}


def test_sources_that_contradict_each_other_about_a_removal_leave_the_state_disputed(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强"}, [machine(shell="aluminium")]), on=SURVEY, by="甲"))
    firm = seen(engine, SURVEY).enterprises[0]

    take_in(engine, roster(Firm({}, [machine(firm.equipment[0].id, state="removed")], id=firm.id), on=SURVEY, by="乙"))

    furnace = seen(engine, SURVEY).enterprises[0].equipment[0]
    assert (furnace.present, furnace.disputed) == (None, frozenset(["state"]))
    assert seen(engine, SURVEY, source="乙").enterprises[0].equipment[0].present is False
    assert seen(engine, SURVEY, source="甲").enterprises[0].equipment[0].present is True


def test_a_dismantling_takes_away_the_firms_one_machine_and_none_of_several(engine: Engine) -> None:
    one = Firm({"name": "一台"}, [machine(shell="steel"), action("dismantled", taken_on=BY_MARCH)])
    two = Firm({"name": "两台"}, [machine(code="1#"), machine(code="2#"), action("dismantled", taken_on=BY_MARCH)])

    take_in(engine, roster(one, two, on=SURVEY))

    firms = seen(engine, "2024-03-31").enterprises
    assert [[furnace.present for furnace in firm.equipment] for firm in firms] == [[False], [True, True]]


def test_an_action_of_which_only_the_kind_is_known_is_there(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强"}, [action("power_cut")]), on=SURVEY))

    assert [one.facts for one in seen(engine, SURVEY).enterprises[0].actions] == [{"kind": "power_cut"}]
    assert seen(engine, SURVEY, known=0).enterprises == ()


def test_a_disputed_name_leaves_the_firm_in_the_snapshot(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强"}), on=SURVEY, by="甲"))
    firm = seen(engine, SURVEY).enterprises[0]

    take_in(engine, roster(Firm({"name": "骅强金属"}, id=firm.id), on=SURVEY, by="乙"))

    assert seen(engine, SURVEY).enterprises[0].disputed == {"name"}


def test_a_stated_figure_is_kept_beside_the_firms_and_none_is_not_zero(engine: Engine) -> None:
    cut = StatedFigure(
        "",
        "停电措施",
        None,
        "家",
        day("2025-12-10"),
        day("2025-12-10"),
        "2025年12月10日",
        "县科工局",
        "停电",
        "报告.xlsx",
        "Sheet1!B3",
    )

    take_in(engine, roster(on="2025-12-23", figures=[cut]))

    found = seen(engine, "2025-12-31").figures[0]
    assert replace(found, id="", raw="") == cut
    assert seen(engine, "2025-12-09").figures == ()


def test_the_same_bytes_for_the_same_day_are_known_as_applied(engine: Engine) -> None:
    proposal = roster(Firm({"name": "骅强"}), on=SURVEY)

    applied = take_in(engine, proposal)

    with reading(engine) as session:
        assert applied_before(session, COUNTY, proposal.sha256, day(SURVEY)) == applied.batch
        assert applied_before(session, COUNTY, proposal.sha256, day("2024-01-16")) is None
        assert applied_before(session, COUNTY, "0" * 64, day(SURVEY)) is None


def test_the_township_gets_the_dictionarys_code(engine: Engine) -> None:
    take_in(
        engine,
        roster(Firm({"name": "骅强", "township": "新圩镇"}), Firm({"name": "外", "township": "不在"}), on=SURVEY),
    )

    with reading(engine) as session:
        found = snapshot(session, COUNTY, seen(engine, SURVEY).as_of, township="431127105000")
    assert [firm.name for firm in found.enterprises] == ["骅强"]


def test_a_roster_of_two_thousand_firms_is_applied_in_one_change(sqlite_engine: Engine) -> None:
    firms = [
        Firm(
            {"name": f"企业{n}", "township": "新圩镇", "status": "producing", "scale": "above", "contact_phone": "1"},
            [
                machine(kind="induction_furnace", shell="steel", capacity_t=0.5, quantity=2, state="in_use"),
                permit("eia", standing="held"),
            ],
        )
        for n in range(2000)
    ]

    applied = take_in(sqlite_engine, roster(*firms, on=SURVEY))

    assert (applied.enterprises, applied.equipment) == (2000, 2000)
    assert head(sqlite_engine) == 1

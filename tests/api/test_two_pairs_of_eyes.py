"""What one person proposes another confirms: nobody alone, nobody twice, nothing otherwise than was proposed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from app import clock
from app.domain.actor import LOCAL_OPERATOR, Actor
from app.store.engine import reading
from app.store.models import (
    AuditRecord,
    Base,
    Change,
    ClauseAdoption,
    ClauseFile,
    IdentityDecision,
    ImportBatch,
    LedgerIssue,
    LimitAdoption,
    PlanStep,
    PolicyFile,
    Proposal,
    ProposalAnswer,
    Step,
    Succession,
)
from tests.api.conftest import COUNTY
from tests.api.eyes import DOORS, FIRM, LI, OTHER, WHY, ZHANG, Door, Office

#: What an act that wants two leaves behind when it is done.
DONE = (
    LedgerIssue,
    Step,
    PlanStep,
    IdentityDecision,
    Succession,
    ClauseAdoption,
    ClauseFile,
    LimitAdoption,
    PolicyFile,
    ImportBatch,
)
EVERY = ("issue", "close_out", "restore", "merge", "adopt")
MOMENT = datetime(2026, 3, 2, 3, 4, 5, tzinfo=UTC)

each_door = pytest.mark.parametrize("door", DOORS, ids=lambda door: door.function)


@pytest.fixture(autouse=True)
def at_a_moment() -> Iterator[None]:
    with clock.fixed(MOMENT):
        yield


@pytest.fixture
def office(engine: Engine) -> Office:
    return Office(engine)


def counted(engine: Engine, *tables: type[Base]) -> dict[str, int]:
    with reading(engine) as session:
        return {one.__tablename__: session.scalar(select(func.count()).select_from(one)) or 0 for one in tables}


def change(engine: Engine, number: int) -> Change:
    with reading(engine) as session:
        return session.scalars(select(Change).where(Change.county == COUNTY, Change.number == number)).one()


def proposed(office: Office, door: Door) -> dict[str, Any]:
    """Somebody proposes it."""
    office.switch(door.act)
    said = office.do(ZHANG, door)
    assert said.status_code == 202, said.text
    return said.json()  # type: ignore[no-any-return]


@each_door
def test_one_person_is_enough_until_the_county_wants_two(office: Office, door: Door) -> None:
    before = counted(office.engine, *DONE)
    said = office.do(ZHANG, door)

    assert said.status_code == 200, said.text
    assert counted(office.engine, *DONE) != before
    assert counted(office.engine, Proposal) == {"proposal": 0}


@each_door
def test_with_two_wanted_it_is_kept_and_nothing_of_it_is_done(office: Office, door: Door) -> None:
    office.switch(door.act)
    before = counted(office.engine, *DONE)
    said = office.do(ZHANG, door)

    assert said.status_code == 202, said.text
    told = said.json()
    assert (told["act"], told["function"], told["state"]) == (door.act, door.function, "open")
    assert (told["proposed_by"], told["reason"]) == ("张三", door.body.get("reason"))
    assert told["what"]
    assert said.headers["location"] == f"/api/v1/proposals/{told['proposal']}"
    assert "county_officer" in {role["role"] for role in told["may_confirm"]["roles"]}
    assert counted(office.engine, *DONE) == before
    assert [one["proposal"] for one in office.proposals()] == [told["proposal"]]


def test_the_list_goes_on_where_a_page_ends_whatever_is_answered_meanwhile(office: Office) -> None:
    told = [proposed(office, door)["proposal"] for door in DOORS[:4]]

    first = office.ask(LI, "GET", "proposals", params={"limit": 2}).json()
    assert [one["proposal"] for one in first["proposals"]] == [told[3], told[2]]
    assert (first["total"], bool(first["next"])) == (4, True)
    refused = office.post(LI, f"proposals/{told[1]}/refuse", reason="不同意")
    assert refused.status_code == 200, refused.text
    rest = office.ask(LI, "GET", "proposals", params={"limit": 2, "next": first["next"]}).json()
    assert [one["proposal"] for one in rest["proposals"]] == [told[0], told[1]]
    assert rest["next"] is None
    bad = office.ask(LI, "GET", "proposals", params={"next": "x"})
    assert (bad.status_code, bad.json()["code"]) == (422, "next.bad")


@each_door
def test_another_person_confirms_and_it_is_done_by_both(office: Office, door: Door) -> None:
    told = proposed(office, door)
    before = counted(office.engine, *DONE)
    said = office.post(LI, f"proposals/{told['proposal']}/confirm")

    assert said.status_code == 200, said.text
    done = said.json()
    assert (done["state"], done["answered_by"], done["may_confirm"]) == ("confirmed", "李四", None)
    assert counted(office.engine, *DONE) != before
    assert change(office.engine, done["answer_change"]).actor == "张三提出，李四确认"
    with reading(office.engine) as session:
        own = select(AuditRecord).where(AuditRecord.county == COUNTY)
        records = session.scalars(own.order_by(AuditRecord.number)).all()
    carried = next(one for one in records if one.change == done["answer_change"])
    assert (carried.actor, carried.account, carried.origin) == ("李四", LI.account, LI.origin)
    both = next(one for one in records if one.act == "proposals.confirm")
    assert [name in str(both.after) for name in ("张三", "李四")] == [True, True]


@each_door
def test_who_proposed_may_not_confirm_and_nor_may_who_has_no_account(office: Office, door: Door) -> None:
    told = proposed(office, door)
    before = counted(office.engine, *DONE)
    path = f"proposals/{told['proposal']}/confirm"
    another_name = Actor("王五", ZHANG.counties, account=ZHANG.account)

    for who, code in ((ZHANG, "second.same_person"), (another_name, "second.same_person")):
        assert office.post(who, path).json()["code"] == code
    assert office.post(LOCAL_OPERATOR, path).json()["code"] == "second.no_account"
    assert counted(office.engine, *DONE) == before


def test_this_machine_may_propose_and_any_account_confirms(office: Office) -> None:
    office.switch("merge")
    told = office.do(LOCAL_OPERATOR, DOORS[3]).json()

    assert told["proposed_by"] == "本机操作员"
    assert office.post(LOCAL_OPERATOR, f"proposals/{told['proposal']}/confirm").json()["code"] == "second.no_account"
    assert office.post(LI, f"proposals/{told['proposal']}/confirm").json()["state"] == "confirmed"


def test_it_is_confirmed_once(office: Office) -> None:
    told = proposed(office, DOORS[3])
    path = f"proposals/{told['proposal']}/confirm"
    assert office.post(LI, path).status_code == 200
    again = office.post(LI, path)

    assert (again.status_code, again.json()["code"]) == (409, "second.answered")
    assert "李四" in again.json()["detail"]
    assert counted(office.engine, ProposalAnswer) == {"proposal_answer": 1}


def test_a_refused_one_says_why_and_is_not_confirmed_after(office: Office) -> None:
    told = proposed(office, DOORS[3])
    path = f"proposals/{told['proposal']}"
    own = office.post(ZHANG, f"{path}/refuse", reason="算了")
    blank = office.post(LI, f"{path}/refuse", reason="　")
    refused = office.post(LI, f"{path}/refuse", reason="两家法人不同")
    after = office.post(LI, f"{path}/confirm")

    assert own.json()["code"] == "second.own"
    assert blank.status_code == 422
    assert (refused.json()["state"], refused.json()["answer_reason"]) == ("refused", "两家法人不同")
    assert (after.status_code, after.json()["code"]) == (409, "second.answered")
    assert office.proposals(state="open") == []


def test_only_who_proposed_takes_it_back(office: Office) -> None:
    told = proposed(office, DOORS[3])
    path = f"proposals/{told['proposal']}"
    others = office.post(LI, f"{path}/withdraw", reason="不办")
    taken = office.post(ZHANG, f"{path}/withdraw", reason="记错")

    assert others.json()["code"] == "second.others"
    assert taken.json()["state"] == "withdrawn"
    assert office.post(LI, f"{path}/confirm").json()["code"] == "second.answered"
    assert office.do(ZHANG, DOORS[3]).status_code == 202


def test_it_waits_thirty_days(office: Office) -> None:
    told = proposed(office, DOORS[3])
    path = f"proposals/{told['proposal']}/confirm"
    with clock.fixed(MOMENT + timedelta(days=30, seconds=1)):
        late = office.post(LI, path)
        assert office.proposals()[0]["state"] == "expired"
        again = office.do(ZHANG, DOORS[3])
    with clock.fixed(MOMENT + timedelta(days=30)):
        in_time = office.post(LI, path)

    assert (late.status_code, late.json()["code"]) == (409, "second.expired")
    assert again.status_code == 202
    assert in_time.status_code == 200


def test_the_same_is_proposed_once(office: Office) -> None:
    proposed(office, DOORS[3])
    again = office.do(LI, DOORS[3])

    assert (again.status_code, again.json()["code"]) == (409, "second.proposed_already")
    assert len(office.proposals()) == 1


def test_a_faulty_act_is_refused_at_once_and_nothing_is_kept(office: Office) -> None:
    office.switch(*EVERY)
    wrong = {
        "steps": {**WHY, "enterprise": FIRM, "kind": "restore", "effective_on": "2025-12-22"},
        "decisions": {**WHY, "kind": "same", "firm": FIRM, "other": FIRM},
        "successions/merged": {**WHY, "firm": "没有这家", "into": FIRM, "day": "2024-06-01"},
        "clauses/GDC99/adopt": WHY,
        "limits/GB39726-GAS/adopt": WHY,
        "ledgers/2030Q1/issues": {"county": COUNTY},
        "plans/steps": {**WHY, "enterprises": [FIRM], "stage": "已通过验收", "on": "2025-12-22"},
    }
    said = {path: office.post(ZHANG, path, **body).status_code for path, body in wrong.items()}

    assert set(said.values()) <= {404, 409, 422}, said
    assert office.proposals() == []


def test_what_changed_in_between_is_told_and_not_done(office: Office) -> None:
    told = proposed(office, DOORS[0])
    correct = {**WHY, "subject": FIRM, "facts": {"status": "停产"}, "day": "2024-01-20"}
    assert office.post(ZHANG, "corrections", **correct).status_code == 200
    said = office.post(LI, f"proposals/{told['proposal']}/confirm")

    assert (said.status_code, said.json()["code"]) == (409, "second.changed")
    assert "台账的内容" in said.json()["detail"]
    assert counted(office.engine, LedgerIssue, ProposalAnswer) == {"ledger_issue": 0, "proposal_answer": 0}


def test_what_does_not_matter_to_it_may_change_in_between(office: Office) -> None:
    told = proposed(office, DOORS[3])
    correct = {**WHY, "subject": "丙铸造有限公司", "facts": {"employees": "12"}, "day": "2024-01-20"}
    assert office.post(ZHANG, "corrections", **correct).status_code == 200

    assert office.post(LI, f"proposals/{told['proposal']}/confirm").status_code == 200


def test_the_acts_own_checks_run_again(office: Office) -> None:
    told = proposed(office, DOORS[3])
    apart = {**WHY, "kind": "different", "firm": FIRM, "other": OTHER}
    assert office.post(ZHANG, "decisions", **apart).status_code == 200
    said = office.post(LI, f"proposals/{told['proposal']}/confirm")

    assert said.status_code == 409
    assert counted(office.engine, ProposalAnswer) == {"proposal_answer": 0}


def test_a_ledger_bears_the_names_of_both(office: Office) -> None:
    told = proposed(office, DOORS[0])
    assert office.post(LI, f"proposals/{told['proposal']}/confirm").status_code == 200
    (quarter,) = office.ask(LI, "GET", "ledgers", params={"county": COUNTY}).json()["quarters"]

    people = [quarter["issues"][0][one] for one in ("prepared_by", "checked_by", "approved_by")]
    assert people == ["张三", None, "李四"]


def test_only_the_signer_who_was_named_confirms_a_ledger(office: Office) -> None:
    office.switch("issue")
    named = {"county": COUNTY, "prepared_by": "赵六", "approved_by": "王五"}
    told = office.post(ZHANG, "ledgers/2024Q1/issues", **named).json()
    other = office.post(LI, f"proposals/{told['proposal']}/confirm")
    wang = Actor("王五", LI.counties, account="account-3")

    assert other.json()["code"] == "second.other_signer"
    assert office.post(wang, f"proposals/{told['proposal']}/confirm").status_code == 200
    (quarter,) = office.ask(LI, "GET", "ledgers", params={"county": COUNTY}).json()["quarters"]
    people = [quarter["issues"][0][one] for one in ("prepared_by", "checked_by", "approved_by")]
    assert people == ["赵六", "张三", "王五"]


def test_a_revision_wants_two_as_well(office: Office) -> None:
    assert office.do(ZHANG, DOORS[0]).status_code == 200
    correct = {**WHY, "subject": FIRM, "facts": {"employees": "12"}, "day": "2024-01-20"}
    assert office.post(ZHANG, "corrections", **correct).status_code == 200
    office.switch("issue")
    told = office.post(ZHANG, "ledgers/2024Q1/issues", county=COUNTY, reason="补报").json()

    assert told["what"].endswith("第2版")
    assert counted(office.engine, LedgerIssue) == {"ledger_issue": 1}
    assert office.post(LI, f"proposals/{told['proposal']}/confirm").status_code == 200
    assert counted(office.engine, LedgerIssue) == {"ledger_issue": 2}


def test_a_clause_whose_words_changed_is_not_adopted(office: Office) -> None:
    clauses = next(door for door in DOORS if door.function == "clauses.add")
    assert office.post(ZHANG, "clauses", **{**clauses.body, "adopt": False}).status_code == 200
    office.switch("adopt")
    told = office.post(ZHANG, "clauses/LS25-STEEL-SHELL/adopt", **WHY).json()
    newer = {**clauses.body, "adopt": False, "text": clauses.body["text"].replace("一并淘汰", "限期淘汰")}
    assert office.post(ZHANG, "clauses", **newer).status_code == 200
    said = office.post(LI, f"proposals/{told['proposal']}/confirm")

    assert (told["what"], told["function"]) == ("LS25-STEEL-SHELL", "clauses.adopt")
    assert (said.status_code, said.json()["code"]) == (409, "second.changed")
    assert "文字" in said.json()["detail"]


def test_saying_by_hand_that_it_is_so_wants_two_as_well(office: Office) -> None:
    step = next(door for door in DOORS if door.function == "plans.advance")
    made = office.post(ZHANG, "plans/steps", **{**step.body, "stage": "made", "enterprises": [FIRM]}).json()
    office.switch("close_out")
    said = {**WHY, "section": "plan", "subject": made["steps"][0]["plan"], "day": "2025-12-30"}
    told = office.post(ZHANG, "corrections", **said, facts={"stage": "已通过验收"})

    assert (told.status_code, told.json()["act"]) == (202, "close_out")
    assert told.json()["what"] == FIRM
    assert office.post(LI, f"proposals/{told.json()['proposal']}/confirm").status_code == 200
    assert office.post(ZHANG, "corrections", **said, facts={"stage": "整改中"}).status_code == 200


def test_other_steps_and_stages_stay_one_persons(office: Office) -> None:
    office.switch(*EVERY)
    cut = {**WHY, "enterprise": FIRM, "kind": "cut", "effective_on": "2025-12-10", "with_gap": True}
    made = {**WHY, "enterprises": [FIRM], "stage": "made", "on": "2025-12-22", "with_gap": True}
    apart = {**WHY, "kind": "later", "firm": FIRM, "other": OTHER}

    assert office.post(ZHANG, "steps", **cut).status_code == 200
    assert office.post(ZHANG, "plans/steps", **made).status_code == 200
    assert office.post(ZHANG, "decisions", **apart).status_code == 200


def test_what_rosters_say_is_kept_as_said_and_does_no_act(office: Office) -> None:
    """A roster states; an import, its undoing, a file that waits and its applying carry no act out."""
    office.switch(*EVERY)
    sheet = "企业名称,设备名称,使用状态,验收情况,恢复供电时间\n甲铸造有限公司,铝壳中频炉,在用,已销号,2025-12-22\n"
    sent = {"files": {"file": ("新圩镇.csv", sheet.encode())}}
    told = {"county": COUNTY, "township": "新圩镇", "valid_from": "2025-12-31"}
    batch = office.ask(ZHANG, "POST", "imports", **sent, data=told).json()["batch"]
    kept = office.ask(ZHANG, "POST", "imports", **sent, data={**told, "valid_from": "2026-01-31", "later": "true"})

    assert office.post(ZHANG, f"imports/{kept.json()['batch']}/apply").status_code == 200
    assert office.post(ZHANG, f"imports/{batch}/undo").status_code == 200
    acts = (LedgerIssue, Step, PlanStep, IdentityDecision, Succession, ClauseAdoption, LimitAdoption, Proposal)
    assert set(counted(office.engine, *acts).values()) == {0}


def test_a_switch_is_a_change_and_can_be_switched_back(office: Office) -> None:
    office.switch("merge")
    twice = office.ask(LOCAL_OPERATOR, "PUT", "two-eyes", json={**WHY, "act": "merge", "on": True})
    shown = office.ask(LI, "GET", "two-eyes", params={"county": COUNTY}).json()["acts"]
    office.switch("merge", on=False)

    assert (twice.status_code, twice.json()["code"]) == (409, "second.switched_already")
    assert {one["act"]: one["on"] for one in shown} == {act: act == "merge" for act in EVERY}
    assert office.do(ZHANG, DOORS[3]).status_code == 200


def test_another_countys_proposal_is_as_if_it_were_not_there(office: Office) -> None:
    told = proposed(office, DOORS[3])
    stranger = Actor("外县", frozenset(["431126"]), account="account-9")
    clerk = Actor("乡镇", frozenset([COUNTY]), frozenset(["431127105"]), account="account-8")
    for who in (stranger, clerk):
        for method, end in (("GET", ""), ("POST", "/confirm")):
            said = office.ask(who, method, f"proposals/{told['proposal']}{end}")
            none = office.ask(who, method, f"proposals/{'0' * 36}{end}")
            assert said.status_code == 404
            assert said.text.replace(told["proposal"], "") == none.text.replace("0" * 36, "")


def test_the_register_verifies_with_all_of_it(office: Office) -> None:
    from app.store.verification import verify

    told = proposed(office, DOORS[3])
    office.post(LI, f"proposals/{told['proposal']}/confirm")
    with reading(office.engine) as session:
        assert verify(session) == []

"""Administrators give what is theirs to give, to whom they manage, and never to themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select

from app.domain.actor import LOCAL_OPERATOR, Actor
from app.errors import BadInput, Decided, LuzhangError, NoRight, NotFound, UnknownPerson
from app.register.people import departments, managing, sessions
from app.register.people.accounts import make, rights_of
from app.register.people.divisions import counties_of
from app.register.people.rights import Right, counties_in
from app.register.people.sign_in import sign_in
from app.store.audit import AuditRecord
from app.store.engine import reading, unit
from tests.people import ADDRESS, PASSWORD, grant_id, hire

OF_THE_COUNTY = Actor("县管理员", frozenset(["431127"]), account="nobody's")
OF_THE_CITY = Actor("两县管理员", frozenset(["431126", "431127", "431100"]), account="nobody's")


def refusal(engine: Engine, act: Callable[..., object], *told: object) -> LuzhangError:
    """What is said to an act that must not be done."""
    with pytest.raises(LuzhangError) as refused, unit(engine) as session:
        act(session, *told)
    return refused.value


def test_a_county_administrator_gives_the_countys_roles_to_the_countys_people(engine: Engine) -> None:
    clerk = hire(engine, "wang", office="431127105")

    with unit(engine) as session:
        managing.grant(session, OF_THE_COUNTY, "wang", "township_clerk", "431127105")
    with reading(engine) as session:
        assert rights_of(session, clerk) == (Right("township_clerk", "431127105"),)


@pytest.mark.parametrize(
    ("actor", "role", "division"),
    [
        (OF_THE_COUNTY, "administrator", "431127"),
        (OF_THE_COUNTY, "administrator", "all"),
        (OF_THE_COUNTY, "county_officer", "431126"),
        (OF_THE_COUNTY, "township_clerk", "431126101"),
        (OF_THE_COUNTY, "inspector", "4311"),
        (OF_THE_COUNTY, "auditor", "all"),
        (OF_THE_CITY, "administrator", "431127"),
        (OF_THE_CITY, "county_officer", "140921"),
    ],
)
def test_nobody_gives_beyond_what_is_theirs(engine: Engine, actor: Actor, role: str, division: str) -> None:
    hire(engine, "wang")

    assert refusal(engine, managing.grant, actor, "wang", role, division).code == "people.grant_beyond"


def test_only_a_whole_administrator_makes_administrators(engine: Engine) -> None:
    boss = hire(engine, "zhao")

    with unit(engine) as session:
        managing.grant(session, LOCAL_OPERATOR, "zhao", "administrator", "431127")
    with reading(engine) as session:
        assert rights_of(session, boss) == (Right("administrator", "431127"),)


@pytest.mark.parametrize(
    ("role", "division", "code"),
    [
        ("township_clerk", "431127", "people.level"),
        ("county_officer", "431127105", "people.level"),
        ("county_officer", "all", "people.level"),
        ("inspector", "431127105", "people.level"),
        ("county_officer", "999999", "division.bad"),
        ("county_officer", "x", "division.bad"),
        ("root", "431127", "role.unknown"),
    ],
)
def test_a_role_is_given_at_its_level_in_a_place_that_there_is(
    engine: Engine, role: str, division: str, code: str
) -> None:
    hire(engine, "wang")

    found = refusal(engine, managing.grant, LOCAL_OPERATOR, "wang", role, division)

    assert (type(found), found.code) == (BadInput, code)


def test_rights_are_all_of_townships_or_all_of_counties(engine: Engine) -> None:
    hire(engine, "wang", ("township_clerk", "431127105"))
    hire(engine, "li", ("county_officer", "431127"))

    assert refusal(engine, managing.grant, LOCAL_OPERATOR, "wang", "inspector", "431127").code == "people.mixed"
    assert refusal(engine, managing.grant, LOCAL_OPERATOR, "li", "township_clerk", "431127105").code == "people.mixed"


def test_a_right_is_given_once(engine: Engine) -> None:
    hire(engine, "wang", ("county_officer", "431127"))

    found = refusal(engine, managing.grant, LOCAL_OPERATOR, "wang", "county_officer", "431127")

    assert isinstance(found, Decided)


STRANGERS = {
    "another county's": (("county_officer", "431126"), "431126"),
    "of this county's office with a right in another": (("county_officer", "431126"), "431127"),
    "a city's": (("inspector", "4311"), "4311"),
    "an administrator": (("administrator", "431127"), "431127"),
    "an administrator of all": (("administrator", "all"), "all"),
}


@pytest.mark.parametrize("act", [managing.disable, managing.enable, managing.give_password, managing.person])
@pytest.mark.parametrize("whose", STRANGERS)
def test_somebody_elses_people_do_not_exist(engine: Engine, act: Callable[..., object], whose: str) -> None:
    right, office = STRANGERS[whose]
    hire(engine, "sun", right, office=office)

    found = refusal(engine, act, OF_THE_COUNTY, "sun")

    assert found.as_dict() == refusal(engine, act, OF_THE_COUNTY, "nobody").as_dict() == UnknownPerson().as_dict()
    with reading(engine) as session:
        assert list(managing.people(session, OF_THE_COUNTY)) == []


def test_a_city_administrator_manages_the_people_of_its_counties(engine: Engine) -> None:
    hire(engine, "wang", ("county_officer", "431126"), office="431126")
    hire(engine, "du", ("inspector", "4311"), office="4311")
    hire(engine, "far", ("county_officer", "140921"), office="140921")

    with reading(engine) as session:
        city = Actor("市管理员", counties_in("4311", counties_of(session)))
        assert [one.name for one in managing.people(session, city)] == ["du", "wang"]
        assert [one.name for one in managing.people(session, OF_THE_CITY)] == ["wang"]


def test_nobody_changes_their_own_rights(engine: Engine) -> None:
    boss = hire(engine, "zhao", ("administrator", "all"))
    hire(engine, "qian", ("administrator", "all"))
    own = Actor("zhao", account=boss)

    for act, told in (
        (managing.grant, ("zhao", "county_officer", "431127")),
        (managing.withdraw, ("zhao", grant_id(engine, "zhao"))),
        (managing.disable, ("zhao",)),
        (managing.give_password, ("zhao",)),
    ):
        found = refusal(engine, act, own, *told)
        assert (type(found), found.code) == (NoRight, "people.own")


def test_the_last_whole_administrator_stays(engine: Engine) -> None:
    hire(engine, "zhao", ("administrator", "all"))
    hire(engine, "wang", ("administrator", "431127"))

    assert refusal(engine, managing.disable, LOCAL_OPERATOR, "zhao").code == "people.last"
    assert refusal(engine, managing.withdraw, LOCAL_OPERATOR, "zhao", grant_id(engine, "zhao")).code == "people.last"
    hire(engine, "qian", ("administrator", "all"))
    with unit(engine) as session:
        assert managing.disable(session, LOCAL_OPERATOR, "zhao").state == "disabled"
    assert refusal(engine, managing.disable, LOCAL_OPERATOR, "qian").code == "people.last"


@pytest.mark.parametrize("act", ["disable", "withdraw", "password"])
def test_what_is_taken_away_ends_the_sign_ins_that_stand(engine: Engine, act: str) -> None:
    hire(engine, "wang", ("county_officer", "431127"))
    tokens = [sign_in(engine, "wang", PASSWORD, None, ADDRESS).token for _ in range(2)]

    with unit(engine) as session:
        if act == "disable":
            managing.disable(session, OF_THE_COUNTY, "wang")
        elif act == "withdraw":
            managing.withdraw(session, OF_THE_COUNTY, "wang", managing.grants_of(session, _id(session))[0].id)
        else:
            managing.give_password(session, OF_THE_COUNTY, "wang")

    with reading(engine) as session:
        assert [sessions.standing(session, token) for token in tokens] == [None, None]


def _id(session) -> str:  # type: ignore[no-untyped-def]
    return managing.person(session, OF_THE_COUNTY, "wang").id


def test_enabling_does_not_bring_back_a_sign_in(engine: Engine) -> None:
    hire(engine, "wang", ("county_officer", "431127"))
    token = sign_in(engine, "wang", PASSWORD, None, ADDRESS).token

    with unit(engine) as session:
        managing.disable(session, OF_THE_COUNTY, "wang")
        managing.enable(session, OF_THE_COUNTY, "wang")

    with reading(engine) as session:
        assert sessions.standing(session, token) is None
    assert sign_in(engine, "wang", PASSWORD, None, ADDRESS)


@pytest.mark.parametrize("name", ["", "a", "-a", "a b", "a" * 33, "<b>", "wang'--", "\x00\x00"])
def test_a_name_that_is_no_name_is_refused(engine: Engine, name: str) -> None:
    with unit(engine) as session:
        office = departments.make(session, LOCAL_OPERATOR, "431127", "办公室")
        with pytest.raises(BadInput):
            make(session, LOCAL_OPERATOR, name, "王某", office)


def test_a_name_is_one_accounts(engine: Engine) -> None:
    hire(engine, "wang")

    with unit(engine) as session, pytest.raises(Decided):
        make(session, LOCAL_OPERATOR, "ＷＡＮＧ", "王某", departments.departments(session, LOCAL_OPERATOR)[0])


def test_a_department_is_made_where_it_is_the_administrators(engine: Engine) -> None:
    with unit(engine) as session:
        made = departments.make(session, OF_THE_COUNTY, "431127105", "新圩镇经管站")
        departments.make(session, LOCAL_OPERATOR, "431126", "大气股")
        assert departments.departments(session, OF_THE_COUNTY) == [made]
    assert isinstance(refusal(engine, departments.make, OF_THE_COUNTY, "431126", "大气科"), NoRight)
    assert isinstance(refusal(engine, departments.make, OF_THE_COUNTY, "431127105", "新圩镇经管站"), Decided)
    assert isinstance(refusal(engine, departments.department_of, OF_THE_COUNTY, "x"), NotFound)


def test_a_department_is_renamed_closed_and_reopened_and_it_is_recorded(engine: Engine) -> None:
    with unit(engine) as session:
        office = departments.make(session, OF_THE_COUNTY, "431127", "大气股").id
        departments.make(session, OF_THE_COUNTY, "431127", "办公室")
    with unit(engine) as session:
        assert departments.rename(session, OF_THE_COUNTY, office, " 大气  环境股 ").name == "大气 环境股"
        departments.close(session, OF_THE_COUNTY, office)
    assert refusal(engine, departments.rename, OF_THE_COUNTY, office, "办公室").code == "department.taken"
    assert refusal(engine, departments.rename, OF_THE_COUNTY, office, " ").code == "department.name"
    assert refusal(engine, departments.close, OF_THE_COUNTY, office).code == "department.closed"
    with unit(engine) as session:
        departments.reopen(session, OF_THE_COUNTY, office)
    assert refusal(engine, departments.reopen, OF_THE_COUNTY, office).code == "department.open"
    with reading(engine) as session:
        told = session.scalars(select(AuditRecord).where(AuditRecord.subject == office).order_by(AuditRecord.number))
        acts = [(one.act.partition(".")[2], one.before, one.after) for one in told]
    assert [act for act, _, _ in acts] == ["make", "rename", "close", "reopen"]
    assert ("大气股" in (acts[1][1] or ""), "大气 环境股" in (acts[1][2] or "")) == (True, True)


def test_a_closed_department_takes_nobody_new_and_who_is_in_it_stays(engine: Engine) -> None:
    hire(engine, "wang")
    with unit(engine) as session:
        office = departments.department_named(session, "431127", "办公室")
        departments.close(session, OF_THE_COUNTY, office.id)
    with reading(engine) as session:
        found = departments.department_named(session, "431127", "办公室")
    assert refusal(engine, make, LOCAL_OPERATOR, "zhang", "张某", found).code == "department.closed"
    assert sign_in(engine, "wang", PASSWORD, None, ADDRESS)


def test_anothers_department_is_neither_renamed_nor_closed(engine: Engine) -> None:
    with unit(engine) as session:
        other = departments.make(session, LOCAL_OPERATOR, "431126", "大气股").id
        every = departments.make(session, LOCAL_OPERATOR, "all", "省厅").id
    for id in (other, every, "x", "\x00"):
        for act, *told in ((departments.rename, "某股"), (departments.close,), (departments.reopen,)):
            assert refusal(engine, act, OF_THE_COUNTY, id, *told).code == "department.unknown"


@pytest.mark.parametrize(
    "name",
    [
        "13812345678",
        "１３８１２３４５６７８",
        "138-1234-5678",
        "tel.138.1234.5678",
        "431127197001011234",
        "43112719700101123X",
    ],
)
def test_a_number_of_a_person_is_no_name_and_the_answer_does_not_repeat_it(engine: Engine, name: str) -> None:
    with unit(engine) as session:
        office = departments.make(session, LOCAL_OPERATOR, "431127", "办公室")
    said = refusal(engine, make, LOCAL_OPERATOR, name, "王某", office)

    assert said.code == "people.name_personal"
    assert name not in said.message + said.fix


@pytest.mark.parametrize("name", ["wang2024", "431127105", "gh20240115", "zhang.san-01"])
def test_other_digits_may_stand_in_a_name(engine: Engine, name: str) -> None:
    assert hire(engine, name)

"""A township's clerk sends a roster that speaks of another township's firms: they stay as they are, and unseen."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from app.domain.actor import LOCAL_OPERATOR, Actor
from tests.matrix.answers import shown
from tests.matrix.asking import Register
from tests.matrix.worlds import API, World, firm_row, roster

COUNTY, OURS, THEIRS = "431127", "431127105", "431127107"
CLERK = Actor("新圩镇经办", frozenset([COUNTY]), frozenset([OURS]))
OTHER_CLERK = Actor("毛俊镇经办", frozenset([COUNTY]), frozenset([THEIRS]))
OFFICER = Actor("县级经办", frozenset([COUNTY]))


@pytest.fixture
def office(planted_sqlite: Register) -> Iterator[Register]:
    """The register as the clerk asks it; put back afterwards."""
    as_clerk(planted_sqlite)
    yield planted_sqlite
    planted_sqlite.restore()


def as_clerk(register: Register) -> None:
    register.app.state.actor_of = lambda *_: CLERK


def world(register: Register, township: str) -> World:
    return next(one for one in register.worlds if one.township == township)


def send(register: Register, content: bytes, **fields: str) -> Any:
    form = {"county": COUNTY, **fields}
    return register.client.post(f"{API}/imports", data=form, files={"file": ("季报.xlsx", content)})


def firms_of(register: Register, township: str) -> list[dict[str, Any]]:
    """A township's firms, as whoever sits at the machine sees them."""
    register.app.state.actor_of = lambda *_: LOCAL_OPERATOR
    said = register.client.get(f"{API}/enterprises", params={"county": COUNTY, "township": township})
    as_clerk(register)
    return said.json()["items"]  # type: ignore[no-any-return]


def test_rows_about_anothers_firm_leave_it_as_it_is_and_show_nothing_of_it(office: Register) -> None:
    ours, theirs = world(office, OURS), world(office, THEIRS)
    before = firms_of(office, THEIRS)
    rows = [
        firm_row(theirs.firm, theirs.uscc, 企业状态="关停"),
        firm_row(f"{theirs.mark}机械厂", 企业状态="关停"),
        firm_row(f"{theirs.mark}铸造厂", 备注="相似"),
    ]
    content = roster(ours, f"{ours.place}人民政府", rows, "2024-07-01")

    said = send(office, content)
    reply = office.client.get(f"{API}/imports/{said.json()['batch']}/reply.xlsx")

    assert said.status_code == 200, said.text
    assert firms_of(office, THEIRS) == before
    unknown = theirs.secrets - {theirs.mark, theirs.uscc}
    for answer in (said, reply):
        assert shown(answer, unknown, frozenset([str(theirs.number)]), "") == set()


def test_both_records_wait_at_the_county_s_desk(office: Register) -> None:
    ours, theirs = world(office, OURS), world(office, THEIRS)
    content = roster(ours, f"{ours.place}人民政府", [firm_row(theirs.firm, theirs.uscc)], "2024-07-01")
    assert send(office, content).status_code == 200

    office.app.state.actor_of = lambda *_: Actor("县级经办", frozenset([COUNTY]))
    pairs = office.client.get(f"{API}/desk", params={"county": COUNTY}).json()["pairs"]
    office.app.state.actor_of = lambda *_: CLERK
    own = office.client.get(f"{API}/desk", params={"county": COUNTY}).json()["pairs"]

    named, seen = ([(one["firm"]["name"], one["other"]["name"]) for one in found] for found in (pairs, own))
    assert [pair for pair in named if theirs.firm in pair] == [(theirs.firm, theirs.firm)]
    assert [pair for pair in seen if theirs.firm in pair] == []


def test_a_row_that_names_another_township_is_held(office: Register) -> None:
    ours, theirs = world(office, OURS), world(office, THEIRS)
    before = firms_of(office, THEIRS)
    content = (
        "企业名称,乡镇\n新来铸造厂,{}\n{},{}\n".format(theirs.place, ours.firm, theirs.place).encode()  # noqa: UP032
    )
    form = {"county": COUNTY, "valid_from": "2024-07-01"}
    said = office.client.post(f"{API}/imports", data=form, files={"file": ("季报.csv", content)})

    assert said.status_code == 200, said.text
    assert {one["code"] for one in said.json()["issues"]} >= {"township.unknown"}
    assert firms_of(office, THEIRS) == before


def test_a_roster_in_anothers_name_is_refused(office: Register) -> None:
    ours, theirs = world(office, OURS), world(office, THEIRS)
    content = roster(ours, f"{theirs.place}人民政府", [firm_row(ours.firm)], "2024-07-01")

    said = send(office, content)

    assert (said.status_code, said.json()["code"]) == (422, "township.not_yours")


def test_anothers_township_is_none(office: Register) -> None:
    ours = world(office, OURS)
    content = roster(ours, f"{ours.place}人民政府", [firm_row(ours.firm)], "2024-07-01")

    foreign, none = (send(office, content, township=code) for code in (THEIRS, "431127999"))

    assert foreign.status_code == none.status_code == 404
    assert foreign.text.replace(THEIRS, "…") == none.text.replace("431127999", "…")


def test_without_being_told_a_roster_is_of_its_senders_township(office: Register) -> None:
    content = "企业名称,企业状态\n新来铸造厂,在产\n".encode()
    form = {"county": COUNTY, "valid_from": "2024-07-01"}
    said = office.client.post(f"{API}/imports", data=form, files={"file": ("季报.csv", content)})

    assert said.status_code == 200, said.text
    assert "新来铸造厂" in {one["name"] for one in firms_of(office, OURS)}


@pytest.mark.parametrize("later", ["false", "true"])
def test_bytes_that_another_township_sent_are_told_to_be_sent_and_nothing_more(office: Register, later: str) -> None:
    content = "企业名称,企业状态\n同名铸造厂,在产\n".encode()
    form = {"county": COUNTY, "valid_from": "2024-07-01", "later": later}
    office.app.state.actor_of = lambda *_: OTHER_CLERK
    first = office.client.post(f"{API}/imports", data=form, files={"file": ("季报.csv", content)})
    assert first.status_code == 200, first.text

    as_clerk(office)
    again = [office.client.post(f"{API}/imports", data=form, files={"file": ("季报.csv", content)}) for _ in range(2)]
    office.app.state.actor_of = lambda *_: OTHER_CLERK
    own = office.client.post(f"{API}/imports", data=form, files={"file": ("季报.csv", content)})

    for said in again:
        assert (said.status_code, said.json()["code"]) == (409, "import.sent_by_another")
        assert "毛俊" not in said.text
    assert own.status_code == 200, own.text


def test_a_clerks_copy_is_not_laid_over_anothers_original_by_who_applies_it(office: Register) -> None:
    """The officer sees the original; the clerk who sent the copy does not, and would answer for that township."""
    theirs = world(office, THEIRS)
    office.app.state.actor_of = lambda *_: OTHER_CLERK
    content = roster(theirs, f"{theirs.place}人民政府", [firm_row("彼处铸造厂")], "2024-07-01")
    batch = send(office, content).json()["batch"]
    copy = office.client.get(f"{API}/imports/{batch}/reply.xlsx").content

    as_clerk(office)
    changed = renamed(copy, theirs.place, world(office, OURS).place)
    kept = send(office, changed, later="true")
    assert kept.status_code == 200, kept.text
    office.app.state.actor_of = lambda *_: OFFICER
    applied = office.client.post(f"{API}/imports/{kept.json()['batch']}/apply", json={})

    assert applied.status_code == 200, applied.text
    told = [one["message"] for one in applied.json()["issues"] if one["code"] == "reply.original_unknown"]
    assert told == [one for one in told if one.startswith("不是这个乡镇的原件")] != []


def renamed(content: bytes, old: str, new: str) -> bytes:
    """The same workbook with one word in it for another."""
    book = openpyxl.load_workbook(BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and old in cell.value:
                    cell.value = cell.value.replace(old, new)
    out = BytesIO()
    book.save(out)
    return out.getvalue()

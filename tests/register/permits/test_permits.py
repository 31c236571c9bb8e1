"""A county's permits: matrix, expiry, findings, versions, of a day and as known; recorded and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from app import clock
from app.domain.dates import DateInterval
from app.domain.register import AsOf
from app.domain.statement import Value
from app.errors import BadInput, Decided, NotFound
from app.register.calendar.due import due
from app.register.limits import limit_acts
from app.register.permits import expiring, findings, matrix, queries
from app.register.permits.recording import record_permit
from app.register.permits.versions import versions
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store.engine import reading
from tests.register.rosters import COUNTY, Firm, Thing, head, permit, roster, seen, take_back, take_in
from tests.register.saying import day

ON = "2025-11-01"
CODE, OTHER = "91431127MA4L16JQ9X", "91130200699229617X"
CLERK = Actor("文员", townships=frozenset({"431127105"}))
STRANGER = Actor("外县", counties=frozenset({"431128"}))
FOUNDRY: dict[str, Value] = {"industry_code": "3391", "status": "producing"}


def until(text: str) -> DateInterval:
    return DateInterval.of_day(date.fromisoformat(text))


def discharge(**facts: Value) -> Thing:
    return permit("pollutant_discharge", **{name.rstrip("_"): value for name, value in facts.items()})


def enrol(
    engine: Engine, name: str = "甲铸造厂", *papers: Thing, on: str = ON, by: str = "新圩镇", **facts: Value
) -> None:
    code = {"新圩镇": "431127105", "土市镇": "431127107"}[by]
    firm = Firm({"name": name, "township": by, **facts}, papers)
    take_in(engine, roster(firm, on=on, by=f"{by}人民政府", township=code))


def checked(
    engine: Engine, on: str = ON, known: int | None = None, actor: Actor = LOCAL_OPERATOR, **wanted: str
) -> matrix.Matrix:
    with reading(engine) as session:
        at = AsOf(day(on), head(engine) if known is None else known)
        return matrix.check(session, COUNTY, matrix.Wanted(**wanted), at, actor)


def answers(found: matrix.Matrix, name: str = "甲铸造厂") -> dict[str, str]:
    return {cell.kind: cell.state for row in found.rows if row.firm.name == name for cell in row.cells}


def ending(engine: Engine, on: str, within: int = 60) -> list[tuple[str, str]]:
    with reading(engine) as session:
        found = expiring.expiring(session, COUNTY, expiring.Wanted(within), AsOf(day(on), head(engine)), LOCAL_OPERATOR)
    return [(line.firm.name, line.state) for line in found.lines]


def doubted(
    engine: Engine, on: str = ON, known: int | None = None, actor: Actor = LOCAL_OPERATOR, **wanted: str
) -> list[findings.Finding]:
    with reading(engine) as session:
        at = AsOf(day(on), head(engine) if known is None else known)
        return list(findings.findings(session, COUNTY, at, actor, **wanted).findings)


def test_the_matrix_holds_what_a_firm_must_have_against_what_it_has(engine: Engine) -> None:
    enrol(
        engine,
        "甲铸造厂",
        permit("land", standing="lacking"),
        permit("eia", standing="held"),
        discharge(standing="applying"),
        **FOUNDRY,
    )
    enrol(engine, "乙铸造厂", permit("land", standing="lacking"), by="土市镇")
    found = checked(engine)

    first, second = answers(found), answers(found, "乙铸造厂")
    assert (first["land"], first["eia"], first["pollutant_discharge"]) == ("lacking", "held", "applying")
    assert (first["project_filing"], second["land"]) == ("cannot_tell", "cannot_tell")
    assert found.totals["land"] == {
        "held": 0,
        "lacking": 1,
        "applying": 0,
        "expired": 0,
        "cannot_tell": 1,
        "not_required": 0,
    }
    row = next(row for row in found.as_dict()["rows"] if row["enterprise"]["name"] == "甲铸造厂")
    land = next(cell for cell in row["cells"] if cell["kind"] == "land")
    assert (land["duties"], land["overdue"], land["permits"][0]["words"]) == (
        ["LS25-PROCEDURES"],
        False,
        {"standing": "未办"},
    )
    assert answers(checked(engine, "2026-01-01"))["land"] == "lacking"
    assert next(cell for cell in checked(engine, "2026-01-01").rows[0].cells if cell.kind == "land").overdue


def test_an_answer_is_of_a_day_and_of_a_knowledge(engine: Engine) -> None:
    enrol(engine, "甲铸造厂", permit("land", standing="lacking"), on="2025-01-01", **FOUNDRY)
    before = head(engine)
    own = seen(engine, "2025-06-01").enterprises[0]
    firm = Firm({"name": "甲铸造厂"}, [Thing("permit", {"standing": "held"}, own.permits[0].id, "land")], id=own.id)
    take_in(engine, roster(firm, on="2025-06-01", by="新圩镇人民政府"))

    assert answers(checked(engine, "2025-05-31"))["land"] == "lacking"
    assert answers(checked(engine, "2025-06-01"))["land"] == "held"
    assert answers(checked(engine, "2025-06-01", before))["land"] == "lacking"


def test_where_sources_differ_every_way_is_judged(engine: Engine) -> None:
    enrol(engine, "甲铸造厂", permit("land", standing="lacking"), **FOUNDRY)
    own = seen(engine, ON).enterprises[0]
    other = Firm({"scale": "below"}, [Thing("permit", {"standing": "held"}, own.permits[0].id, "land")], id=own.id)
    take_in(engine, roster(other, on=ON, by="县自然资源局"))
    assert answers(checked(engine))["land"] == "cannot_tell"

    same = Firm({"scale": "above"}, [Thing("permit", {"standing": "revoked"}, own.permits[0].id, "land")], id=own.id)
    take_in(engine, roster(same, on="2025-12-01", by="甲"))
    take_in(
        engine,
        roster(
            Firm({}, [Thing("permit", {"standing": "lacking"}, own.permits[0].id, "land")], id=own.id),
            on="2025-12-01",
            by="乙",
        ),
    )
    assert answers(checked(engine, "2025-12-02"))["land"] == "lacking"


def test_it_is_asked_of_a_kind_an_answer_a_township_a_firm(engine: Engine) -> None:
    enrol(engine, "甲铸造厂", permit("land", standing="lacking"), **FOUNDRY)
    enrol(engine, "乙铸造厂", permit("land", standing="held"), by="土市镇", **FOUNDRY)

    assert [row.firm.name for row in checked(engine, kind="用地手续", state="没有").rows] == ["甲铸造厂"]
    assert [row.firm.name for row in checked(engine, township="土市镇").rows] == ["乙铸造厂"]
    assert [row.firm.name for row in checked(engine, firm="乙铸造厂").rows] == ["乙铸造厂"]
    for wanted in ({"kind": "采矿"}, {"state": "差不多"}):
        with pytest.raises(BadInput, match="没有"):
            checked(engine, **wanted)


def test_what_ends_soon_is_listed_with_the_last_day_for_renewal(engine: Engine) -> None:
    enrol(engine, "甲铸造厂", discharge(standing="held", valid_to=until("2025-12-31")), on="2025-01-01")
    enrol(engine, "乙铸造厂", discharge(standing="held"), by="土市镇", on="2025-01-01")

    assert ending(engine, "2025-10-31") == [("乙铸造厂", "cannot_tell")]
    assert ending(engine, "2025-11-01") == [("甲铸造厂", "expiring"), ("乙铸造厂", "cannot_tell")]
    assert ending(engine, "2025-12-31")[0] == ("甲铸造厂", "expiring")
    assert ending(engine, "2026-01-01")[0] == ("甲铸造厂", "expired")
    with reading(engine) as session:
        at = AsOf(day("2025-11-02"), head(engine))
        line = expiring.expiring(session, COUNTY, expiring.Wanted(60), at, LOCAL_OPERATOR).lines[0].as_dict()
    assert (line["renew_by"]["to"], line["renewal_late"], line["rule"]) == ("2025-11-01", True, "PERMIT-14")
    assert line["days_left"] == {"least": 59, "most": 59}


_OWN_RENEWAL = """version: 1
sources:
  county: {title: 蓝山县排污许可延续通知, date: 2025-01-20}
limits:
  - id: LS25-RENEWAL
    kind: permit
    title: 届满90日前申请延续
    text: 本县排污单位应当于许可证有效期届满90日前申请延续
    evidence: {level: paper, source: county}
    jurisdiction: "431127"
    rule: renewal
    permit: pollutant_discharge
    days_before: 90
    effective_from: 2025-02-01
"""


def test_a_county_that_wants_renewal_asked_for_earlier_gets_its_own_last_day_with_its_own_paper(engine: Engine) -> None:
    enrol(engine, "甲铸造厂", discharge(standing="held", valid_to=until("2025-12-31")), on="2025-01-01")
    told = {"reason": "蓝政发〔2025〕2号", "adopting": True, "actor": LOCAL_OPERATOR}
    limit_acts.add(engine, COUNTY, "延续.yaml", _OWN_RENEWAL, **told)  # type: ignore[arg-type]

    def line(on: str) -> dict[str, Any]:
        with reading(engine) as session:
            at = AsOf(day(on), head(engine))
            return expiring.expiring(session, COUNTY, expiring.Wanted(400), at, LOCAL_OPERATOR).lines[0].as_dict()

    assert (line("2025-10-03")["renew_by"]["to"], line("2025-10-03")["rule"]) == ("2025-10-02", "LS25-RENEWAL")
    assert line("2025-10-03")["renewal_late"]
    assert line("2025-10-03")["rule_source"] == "蓝山县排污许可延续通知"
    assert line("2025-01-31")["rule"] == "PERMIT-14", "it was not in force yet"
    with reading(engine) as session:
        told_due = due(session, COUNTY, day("2025-09-01"), head(engine), LOCAL_OPERATOR)
    (renewal,) = [one for one in told_due if one.what.startswith("申请延续")]
    assert (str(renewal.day), renewal.source) == ("2025-10-02", "蓝山县排污许可延续通知")


def test_an_end_known_as_a_month_cannot_be_told_within_it(engine: Engine) -> None:
    month = DateInterval(day("2025-12-01"), day("2025-12-31"), "month", "2025年12月")
    enrol(engine, "甲铸造厂", discharge(standing="held", valid_to=month), on="2025-01-01")

    assert [ending(engine, one, 10) for one in ("2025-11-20", "2025-11-21", "2025-12-15", "2026-01-01")] == [
        [],
        [("甲铸造厂", "cannot_tell")],
        [("甲铸造厂", "cannot_tell")],
        [("甲铸造厂", "expired")],
    ]


def test_a_permit_that_was_renewed_is_not_missed(engine: Engine) -> None:
    old = discharge(standing="held", number=f"{CODE}001P", valid_to=until("2025-06-30"))
    new = discharge(standing="held", number=f"{CODE}001Q", valid_to=until("2030-06-30"))
    site = discharge(standing="held", number=f"{CODE}002P", valid_to=until("2025-06-30"))
    enrol(engine, "甲铸造厂", old, new, site, on="2025-01-01", uscc=CODE)

    assert ending(engine, "2025-07-01") == [("甲铸造厂", "expired")]


def test_what_is_called_expired_though_its_term_lasts_is_asked_about_however_long(engine: Engine) -> None:
    enrol(engine, "甲铸造厂", discharge(standing="expired", number=f"{CODE}001P", valid_to=until("2030-01-01")))
    assert ending(engine, ON) == [("甲铸造厂", "cannot_tell")]


def test_a_permit_given_only_later_leaves_the_days_between(engine: Engine) -> None:
    old = discharge(standing="held", number=f"{CODE}001P", valid_to=until("2025-03-31"))
    new = discharge(standing="held", number=f"{CODE}001Q", valid_from=until("2025-10-01"), valid_to=until("2030-09-30"))
    enrol(engine, "甲铸造厂", old, new, on="2025-01-01")
    assert [ending(engine, text) for text in ("2025-06-30", "2025-10-01")] == [[("甲铸造厂", "expired")], []]


def test_where_too_much_is_claimed_no_answer_is_given(sqlite_engine: Engine) -> None:
    sites = [f"{CODE}00{number}P" for number in range(1, 8)]
    for standing, by in (("held", "甲局"), ("revoked", "乙局")):
        papers = [discharge(standing=standing, number=one, valid_to=until("2030-01-01")) for one in sites]
        own = [one.id for firm in seen(sqlite_engine, ON).enterprises for one in firm.permits]
        papers = [replace(one, id=id) for one, id in zip(papers, own, strict=True)] if own else papers
        firms = seen(sqlite_engine, ON).enterprises
        firm = Firm({"name": "甲铸造厂", **FOUNDRY}, papers, **({"id": firms[0].id} if firms else {}))
        take_in(sqlite_engine, roster(firm, on=ON, by=by))
    found = checked(sqlite_engine, kind="pollutant_discharge").rows[0].cells[0]
    assert (found.state, "太多" in found.because) == ("cannot_tell", True)


def test_a_number_that_does_not_begin_with_the_firms_code_is_found(engine: Engine) -> None:
    enrol(engine, "甲铸造厂", discharge(standing="held", number=f"{OTHER}001P"), uscc=CODE)
    enrol(engine, "乙铸造厂", discharge(standing="held", number=f"{OTHER}001P"), by="土市镇", uscc=OTHER)

    found = doubted(engine)
    assert [(one.firm.name, one.code) for one in found] == [
        ("甲铸造厂", "number_shared"),
        ("甲铸造厂", "number_not_own"),
        ("乙铸造厂", "number_shared"),
    ]
    assert doubted(engine, township="新圩镇") == found[:2]
    told = found[1].as_dict()
    assert ("乙铸造厂的代码" in told["because"], "HJ 608" in told["source"], told["certain"]) == (True, True, True)


def test_a_number_of_a_firm_without_a_code_is_asked_about(engine: Engine) -> None:
    enrol(engine, "甲铸造厂", discharge(standing="held", number=f"{CODE}001P"))
    (one,) = doubted(engine)
    assert (one.code, one.certain) == ("number_unchecked", False)


def test_a_code_that_came_later_was_not_known_before(engine: Engine) -> None:
    enrol(engine, "甲铸造厂", discharge(standing="held", number=f"{CODE}001P"))
    before = head(engine)
    own = seen(engine, ON).enterprises[0]
    take_in(engine, roster(Firm({"uscc": CODE}, id=own.id), on="2025-12-01", by="市监局"))

    assert doubted(engine) == []
    assert [one.code for one in doubted(engine, known=before)] == ["number_unchecked"]


def test_forms_and_terms_that_cannot_be_are_found(engine: Engine) -> None:
    enrol(
        engine,
        "甲铸造厂",
        discharge(standing="held", number="蓝环证12号", valid_to=until("2025-01-01")),
        permit("safety_grade", standing="held", valid_from=until("2025-05-01"), valid_to=until("2025-04-30")),
        uscc=CODE,
    )
    assert {one.code for one in doubted(engine)} == {"number_malformed", "held_after_term", "term_reversed"}


def kept(engine: Engine, *more: object, **facts: Value) -> dict[str, object]:
    firm, kind, since = more if more else ("甲铸造厂", "排污许可", "2025-03-01")
    own = {"reason": "证照核查", "actor": LOCAL_OPERATOR}
    told = {name.rstrip("_"): value for name, value in facts.items()}
    return record_permit(engine, COUNTY, str(firm), str(kind), told, day(str(since)), **own)  # type: ignore[arg-type]


def test_a_permit_recorded_by_hand_counts_and_is_taken_back_like_a_roster(engine: Engine) -> None:
    enrol(engine, "甲铸造厂", uscc=CODE, on="2025-01-01", **FOUNDRY)
    made = kept(engine, standing="held", number=f"{CODE}001P", valid_to=until("2030-02-28"))
    assert made["findings"] == []
    assert answers(checked(engine))["pollutant_discharge"] == "held"
    assert answers(checked(engine, "2025-02-28"))["pollutant_discharge"] == "cannot_tell"

    take_back(engine, str(made["batch"]))
    assert answers(checked(engine))["pollutant_discharge"] == "cannot_tell"


def test_the_next_version_is_the_same_paper_and_a_new_site_another(engine: Engine) -> None:
    enrol(engine, "甲铸造厂", uscc=CODE, on="2025-01-01")
    first = kept(engine, standing="held", number=f"{CODE}001P", valid_to=until("2025-04-30"))
    with pytest.raises(Decided):
        kept(engine, standing="held", number=f"{CODE}001P", valid_to=until("2025-04-30"))
    again = kept(
        engine,
        "甲铸造厂",
        "排污许可",
        "2025-05-01",
        standing="held",
        number=f"{CODE}001P",
        valid_to=until("2030-04-30"),
    )
    other = kept(engine, "甲铸造厂", "排污许可", "2025-05-01", standing="held", number=f"{CODE}002P")

    assert again["permit"] == first["permit"] != other["permit"]
    with reading(engine) as session:
        papers = versions(session, COUNTY, "甲铸造厂", head(engine), LOCAL_OPERATOR)["papers"]
    assert [(one["site"], len(one["versions"])) for one in papers] == [(f"{CODE}001", 2), (f"{CODE}002", 1)]
    assert [one["valid_to"]["to"] for one in papers[0]["versions"]] == ["2025-04-30", "2030-04-30"]


@pytest.mark.parametrize(
    ("more", "facts", "refused", "code"),
    [
        ((), {"number": "12345"}, BadInput, "permit.number"),
        ((), {"valid_from": until("2025-05-01"), "valid_to": until("2025-04-30")}, BadInput, "permit.term"),
        ((), {"standing": "有"}, BadInput, "value.bad"),
        ((), {"kind": "land"}, BadInput, "permit.kind"),
        ((), {"colour": "红"}, BadInput, "field.unknown"),
        ((), {}, BadInput, "permit.nothing"),
        (("甲铸造厂", "采矿证", "2025-03-01"), {"standing": "held"}, BadInput, "permit.kind"),
        (("丙铸造厂", "排污许可", "2025-03-01"), {"standing": "held"}, NotFound, "enterprise.unknown"),
        (("甲铸造厂", "排污许可", "2025-11-02"), {"standing": "held"}, BadInput, "day.future"),
    ],
)
def test_what_cannot_be_recorded_says_why_and_writes_nothing(
    sqlite_engine: Engine, more: tuple[str, ...], facts: dict[str, Value], refused: type[BadInput], code: str
) -> None:
    enrol(sqlite_engine, "甲铸造厂", uscc=CODE, on="2025-01-01")
    before = head(sqlite_engine)
    with clock.fixed(datetime(2025, 11, 1, tzinfo=UTC)), pytest.raises(refused) as told:
        kept(sqlite_engine, *more, **facts)
    assert (told.value.code, head(sqlite_engine)) == (code, before)


def test_a_number_of_anothers_is_recorded_and_told_back(engine: Engine) -> None:
    enrol(engine, "甲铸造厂", uscc=CODE, on="2025-01-01")
    made = kept(engine, standing="held", number=f"{OTHER}001P")
    assert [one["finding"] for one in made["findings"]] == ["number_not_own"]  # type: ignore[attr-defined]


def test_a_township_sees_its_own_and_another_county_nothing(engine: Engine) -> None:
    enrol(engine, "甲铸造厂", discharge(standing="held", number=f"{OTHER}001P"), uscc=CODE)
    enrol(engine, "乙铸造厂", discharge(standing="held", number=f"{CODE}001P"), by="土市镇", uscc=OTHER)

    assert {row.firm.name for row in checked(engine, actor=CLERK).rows} == {"甲铸造厂"}
    assert checked(engine, actor=STRANGER).rows == ()
    (own,) = doubted(engine, actor=CLERK)
    assert "乙铸造厂" not in own.because
    everyone = [one.id for firm in seen(engine, ON).enterprises for one in firm.permits]
    with reading(engine) as session:
        for build in (
            lambda actor: queries.codes_stated(COUNTY, head(engine), actor),
            lambda actor: queries.terms(COUNTY, everyone, head(engine), actor),
        ):
            assert len(session.execute(build(LOCAL_OPERATOR)).all()) == 2
            assert len(session.execute(build(CLERK)).all()) == 1
            assert session.execute(build(STRANGER)).all() == []

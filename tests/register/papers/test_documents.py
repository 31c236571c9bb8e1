"""Papers are recorded with number, issuer, day and firms; revised and withdrawn; refused with the rule; known since."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from app import clock
from app.domain.dates import DateInterval
from app.domain.register import AsOf
from app.errors import BadInput, Decided, LuzhangError, NotFound
from app.register.desk.merging import merge
from app.register.dossier import dossier
from app.register.history.timeline import history
from app.register.papers import acts
from app.register.papers.acts import Revision, Wanted
from app.register.papers.recording import NewDocument, record_document
from app.register.scope import LOCAL_OPERATOR
from app.store import changes
from app.store.engine import reading, unit
from app.store.verification import verify
from tests.register.papers.papers import DAY, FIRST, SCAN, SECOND, TOLD, known, letter, recorded, refused, two_firms
from tests.register.rosters import COUNTY, head, seen
from tests.register.saying import day


def test_a_paper_keeps_its_number_as_written_and_in_one_form(engine: Engine) -> None:
    two_firms(engine)
    told = recorded(engine, letter())

    (one,) = known(engine)
    row = one.as_dict()
    assert (one.number, one.written_number) == ("湘环蓝函〔2025〕18号", "湘环蓝函[2025]18号")
    assert (row["label"], row["dated"]["from"], row["issuer"]) == ("函件", "2025-12-09", "市生态环境局蓝山分局")
    assert (one.change, one.by, one.reason, row["file"]) == (told["change"], "本机操作员", "来函登记", None)
    assert known(engine, told["change"] - 1) == []


def test_the_raw_verb_gives_the_id(engine: Engine) -> None:
    two_firms(engine)
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "paper", actor="测试", reason="试")
        id = record_document(session, change, NewDocument("letter", None, None, None, "函", None), "试", LOCAL_OPERATOR)

    (one,) = known(engine)
    assert (one.id, one.number, one.dated, one.firm, one.is_about("x")) == (id, None, None, None, None)


def test_a_letter_names_several_firms_and_is_about_each(engine: Engine) -> None:
    two_firms(engine)
    recorded(engine, letter(firm=None, named=(FIRST, SECOND, FIRST)))

    (one,) = known(engine)
    firms = {firm.id for firm in seen(engine, "2024-01-15").enterprises}
    assert (one.firm, set(one.named), set(one.firms)) == (None, firms, firms)
    assert all(one.is_about(firm) for firm in firms)
    assert one.is_about("another") is False


@pytest.mark.parametrize(
    ("said", "kind", "code"),
    [
        (letter(firm="没有这家厂"), NotFound, "enterprise.unknown"),
        (letter(firm=None, named=(FIRST, "没有这家厂")), NotFound, "enterprise.unknown"),
        (letter("湘环蓝函〔2025〕18"), BadInput, "document.number"),
        (letter("湘环蓝函〔2099〕18号"), BadInput, "document.number_year"),
        (letter(kind="信"), BadInput, "document.kind"),
        (letter(dated=DateInterval.of_day(day("2025-12-10"))), BadInput, "document.future"),
        (letter(evidence="0" * 64), NotFound, "evidence.unknown"),
        (letter(revises="nothing"), NotFound, "document.unknown"),
    ],
)
def test_what_does_not_hold_is_refused_with_the_rule_and_nothing_is_written(
    engine: Engine, said: NewDocument, kind: type[LuzhangError], code: str
) -> None:
    two_firms(engine)

    with clock.fixed(datetime(2025, 12, 9, 12, tzinfo=UTC)):
        error = refused(engine, lambda: recorded(engine, said, None if said.evidence else SCAN), kind)

    assert (error.code, bool(error.fix)) == (code, True)
    assert known(engine) == []


def test_today_is_a_day_and_a_month_not_over_yet_is_one_too(engine: Engine) -> None:
    two_firms(engine)
    month = DateInterval(day("2025-12-01"), day("2025-12-31"), "month", "2025年12月")

    with clock.fixed(datetime(2025, 12, 8, 16, 30, tzinfo=UTC)):  # the 9th has begun in China
        recorded(engine, letter())
        recorded(engine, letter("湘环蓝函〔2025〕19号", dated=month))

    assert len(known(engine)) == 2


def test_a_reports_own_number_is_kept_whatever_its_form(engine: Engine) -> None:
    two_firms(engine)
    recorded(engine, letter("HJYS－2025－018", kind="acceptance_report"))
    recorded(engine, letter("湘铸协(2025)3号", kind="certificate"))

    assert [one.number for one in known(engine)] == ["HJYS-2025-018", "湘铸协〔2025〕3号"]


def test_a_year_that_the_date_does_not_have_is_told_as_a_doubt(engine: Engine) -> None:
    two_firms(engine)
    told = recorded(engine, letter("湘环蓝函〔2024〕18号"))

    assert told["doubts"] == ["文号的年份是 2024 年，成文日期写的是“2025年12月9日”"]
    assert recorded(engine, letter("湘环蓝函〔2025〕19号"))["doubts"] == []


def test_the_same_paper_is_recorded_once_however_its_number_is_written(engine: Engine) -> None:
    two_firms(engine)
    told = recorded(engine, letter())

    error = refused(engine, lambda: recorded(engine, letter("湘环蓝函（2025）18号", title="另一个标题")), Decided)
    assert (error.code, told["document"] in error.message) == ("document.already", True)
    for twice in (letter(issuer="蓝山分局"), letter(firm=None, named=(SECOND, FIRST))):
        assert refused(engine, lambda said=twice: recorded(engine, said), Decided).code == "document.already"
    recorded(engine, letter(firm=SECOND))
    recorded(engine, letter(None))
    assert refused(engine, lambda: recorded(engine, letter(None)), Decided).code == "document.already"
    recorded(engine, letter(None, title="另一份"))
    recorded(engine, letter(None, firm=None, named=(SECOND,)))


def test_a_letter_that_is_there_is_not_recorded_again_for_one_more_firm(engine: Engine) -> None:
    two_firms(engine)
    one = recorded(engine, letter(firm=None, named=(FIRST,)))["document"]

    error = refused(engine, lambda: recorded(engine, letter(firm=None, named=(SECOND,))), Decided)
    assert (error.code, f"luzhang paper revise {one}" in error.fix) == ("document.already", True)
    acts.revise(engine, COUNTY, one, Revision(named=(FIRST, SECOND)), **TOLD)
    assert [len(each.named) for each in known(engine)] == [2]


def test_reports_of_two_laboratories_may_have_one_number(engine: Engine) -> None:
    two_firms(engine)
    recorded(engine, letter("2025-018", kind="acceptance_report", issuer="甲检测公司"))
    recorded(engine, letter("2025-018", kind="acceptance_report", issuer="乙检测公司"))

    assert len(known(engine)) == 2


def test_two_who_record_one_paper_at_once_record_it_once_and_one_is_told_which(engine: Engine) -> None:
    two_firms(engine)

    def act(_: int) -> Any:
        try:
            return recorded(engine, letter(), SCAN)["document"]
        except Decided as error:
            return error

    with ThreadPoolExecutor(6) as several:
        answers = list(several.map(act, range(6)))

    (made,) = [one for one in answers if isinstance(one, str)]
    assert all(made in one.message for one in answers if not isinstance(one, str))
    assert len(known(engine)) == 1


def test_a_revision_stands_in_the_place_of_the_paper_which_stays_shown(engine: Engine) -> None:
    two_firms(engine)
    first = recorded(engine, letter(), SCAN)
    second = acts.revise(engine, COUNTY, first["document"], Revision(number="湘环蓝函〔2025〕20号"), **TOLD)

    (one,) = known(engine)
    assert (one.id, one.number, one.revises) == (second["document"], "湘环蓝函〔2025〕20号", first["document"])
    assert (one.title, one.evidence, one.file_name) == ("关于采取停电措施的函", first["file"]["sha256"], "函.pdf")
    every = known(engine, revised=True)
    assert [(each.id, each.revised_by) for each in every] == [(first["document"], one.id), (one.id, None)]
    assert [each.id for each in known(engine, first["change"])] == [first["document"]]
    with reading(engine) as session:
        shown = acts.shown(session, COUNTY, first["document"], head(engine), LOCAL_OPERATOR)
    assert ([each["document"] for each in shown["later"]], shown["earlier"]) == ([one.id], [])


def test_what_was_revised_is_neither_revised_nor_withdrawn_again(engine: Engine) -> None:
    two_firms(engine)
    first = recorded(engine, letter())["document"]
    second = acts.revise(engine, COUNTY, first, Revision(title="更正后的函"), **TOLD)["document"]

    for act in (
        lambda: acts.revise(engine, COUNTY, first, Revision(title="再改"), **TOLD),
        lambda: acts.withdraw(engine, COUNTY, first, **TOLD),
    ):
        error = refused(engine, act, Decided)
        assert (error.code, second in error.message) == ("document.revised", True)
    acts.withdraw(engine, COUNTY, second, **TOLD)
    assert [one.id for one in known(engine)] == [first]
    assert [one.id for one in known(engine, head(engine) - 1)] == [second]
    acts.withdraw(engine, COUNTY, first, **TOLD)
    assert known(engine) == []
    assert refused(engine, lambda: acts.withdraw(engine, COUNTY, first, **TOLD), NotFound).code == "document.unknown"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"firm": SECOND}, "document.other_firm"),
        ({"firm": None}, "document.other_firm"),
        ({"kind": "halt_notice"}, "document.other_kind"),
    ],
)
def test_a_revision_of_another_firms_or_kinds_paper_is_refused(engine: Engine, said: dict[str, Any], code: str) -> None:
    two_firms(engine)
    first = recorded(engine, letter())["document"]

    error = refused(engine, lambda: recorded(engine, letter(**said, revises=first)), BadInput)
    assert (error.code, "修订件顶替原件" in error.message) == (code, True)


def test_a_revision_that_says_nothing_is_refused(engine: Engine) -> None:
    two_firms(engine)
    first = recorded(engine, letter())["document"]

    assert refused(engine, lambda: acts.revise(engine, COUNTY, first, Revision(), **TOLD), BadInput).code == (
        "document.same"
    )


def test_of_two_records_that_are_one_firm_the_papers_are_the_one_firms(engine: Engine) -> None:
    two_firms(engine)
    recorded(engine, letter())
    firms = {one.name: one.id for one in seen(engine, "2024-01-15").enterprises}
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "merge", actor="测试", reason="同一家")
        merge(session, change, firms[FIRST], firms[SECOND], "同一家")

    (one,) = known(engine)
    assert one.firm == firms[SECOND]
    assert refused(engine, lambda: recorded(engine, letter(firm=SECOND)), Decided).code == "document.already"
    acts.revise(engine, COUNTY, one.id, Revision(title="更正"), **TOLD)


def test_a_list_is_of_a_day_and_says_where_it_cannot_tell(engine: Engine) -> None:
    two_firms(engine)
    late = DateInterval(day("2025-11-21"), day("2025-11-30"), "ten_days", "2025年11月下旬")
    recorded(engine, letter("湘环蓝停〔2025〕3号", kind="halt_notice", dated=late))
    recorded(engine, letter())
    recorded(engine, letter(None, dated=None, firm=None, named=(FIRST, SECOND)))

    def asked(on: str, **more: Any) -> list[tuple[str, Any]]:
        with reading(engine) as session:
            moment = AsOf(day(on), head(engine))
            rows = acts.listed(session, COUNTY, Wanted(**more), moment, LOCAL_OPERATOR)
        return [(row["label"], row["dated_by"]) for row in rows]

    assert asked("2025-11-20") == [("函件", None)]
    assert asked("2025-11-25") == [("停产通知", None), ("函件", None)]
    assert asked("2025-12-09") == [("停产通知", True), ("函件", True), ("函件", None)]
    assert asked("2025-12-09", number="湘环蓝函[2025]18号") == [("函件", True)]
    assert asked("2025-12-09", kind="停产通知") == [("停产通知", True)]
    assert asked("2025-12-09", firm=SECOND) == [("函件", None)]


def test_papers_are_in_the_history_of_every_firm_that_they_name(engine: Engine) -> None:
    two_firms(engine)
    one = recorded(engine, letter(firm=None, named=(FIRST, SECOND)))
    acts.withdraw(engine, COUNTY, one["document"], **TOLD)

    with reading(engine) as session:
        for firm in (FIRST, SECOND):
            told = history(session, COUNTY, firm, known=head(engine), actor=LOCAL_OPERATOR)
            (paper,) = [each for each in told.decided if each.kind == "document"]
            assert "函件 湘环蓝函〔2025〕18号，2025年12月9日，市生态环境局蓝山分局" in paper.said
            assert (paper.recorded is not None, paper.superseded is not None) == (True, True)


def test_a_firms_dossier_lists_its_papers_of_the_day(engine: Engine) -> None:
    two_firms(engine)
    recorded(engine, letter(firm=None, named=(FIRST, SECOND)))

    with reading(engine) as session:
        for on, papers in (("2025-12-08", 0), ("2025-12-09", 1)):
            told = dossier(session, COUNTY, FIRST, AsOf(day(on), head(engine)), LOCAL_OPERATOR)
            assert len(told.as_dict()["documents"]) == papers


def test_the_register_stays_sound(engine: Engine) -> None:
    two_firms(engine)
    first = recorded(engine, letter(), SCAN)["document"]
    acts.revise(engine, COUNTY, first, Revision(dated=DAY, named=(SECOND,)), **TOLD)

    with reading(engine) as session:
        assert verify(session) == []

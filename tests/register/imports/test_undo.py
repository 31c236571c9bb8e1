"""Taking imports back: what was before is there again, what was changed since stays, and each is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from app.domain.register import Snapshot, StatedFigure
from app.errors import AlreadyUndone, NotFound
from app.register.imports.applying import applied_before
from app.register.imports.undo import county_of_batch
from app.store import changes, ids
from app.store.engine import reading, unit
from app.store.models import LedgerIssue, Statement
from app.store.verification import verify
from tests.register.rosters import COUNTY, Firm, head, machine, roster, seen, take_back, take_in
from tests.register.saying import between, day

SURVEY = "2024-01-15"


def facts(snapshot: Snapshot) -> Snapshot:
    """A snapshot without the change that it is known at."""
    return replace(snapshot, as_of=replace(snapshot.as_of, known=0))


def test_undoing_the_only_import_leaves_nothing(engine: Engine) -> None:
    figure = StatedFigure("", "在产", 36, "家", None, None, "", "报告")
    applied = take_in(engine, roster(Firm({"name": "骅强"}, [machine(shell="steel")]), on=SURVEY, figures=[figure]))

    undone = take_back(engine, applied.batch)

    now = seen(engine, SURVEY)
    assert (now.enterprises, now.figures) == ((), ())
    assert len(seen(engine, SURVEY, known=1).enterprises) == 1
    assert {(one.enterprise, one.field, one.before, one.after) for one in undone.reversed} == {
        ("骅强", "name", "骅强", None),
        ("骅强", "shell", "钢壳", None),
        ("", "在产", "36家", None),
    }
    assert (undone.kept, undone.could_not) == ((), ())


def test_undo_gives_the_earlier_register(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强", "status": "producing"}, [machine(state="in_use")]), on=SURVEY))
    before = facts(seen(engine, "2025-01-01"))
    firm = before.enterprises[0]
    later = Firm({"status": "closed"}, [machine(firm.equipment[0].id, state="removed"), machine(code="2#")], id=firm.id)
    applied = take_in(engine, roster(later, Firm({"name": "新来"}), on="2024-06-30"))

    undone = take_back(engine, applied.batch)

    assert facts(seen(engine, "2025-01-01")) == before
    assert ("status", "关停退出", "在产") in [(one.field, one.before, one.after) for one in undone.reversed]


def test_what_a_later_import_decides_goes_back_for_the_days_before_it(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强", "status": "producing"}), on=SURVEY, by="甲"))
    firm = seen(engine, SURVEY).enterprises[0].id
    applied = take_in(
        engine, roster(Firm({"status": "suspended", "scale": "below"}, id=firm), on="2024-03-31", by="甲")
    )
    take_in(engine, roster(Firm({"status": "closed"}, id=firm), on="2024-06-30", by="乙"))

    undone = take_back(engine, applied.batch)

    assert [(one.field, one.before, one.after, one.since, one.until) for one in undone.reversed] == [
        ("status", "停产", "在产", day("2024-03-31"), day("2024-06-29")),
        ("scale", "规模以下", None, day("2024-03-31"), None),
    ]
    assert (undone.kept, undone.unchanged) == ((), 0)
    assert undone.reversed[0].as_dict()["to"] == "2024-06-29"
    assert seen(engine, "2024-05-01").enterprises[0].facts["status"] == "producing"
    assert seen(engine, "2024-06-30").enterprises[0].facts["status"] == "closed"


def test_what_was_corrected_since_is_kept(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强", "status": "producing"}), on=SURVEY, by="甲"))
    firm = seen(engine, SURVEY).enterprises[0].id
    applied = take_in(engine, roster(Firm({"status": "suspended"}, id=firm), on="2024-03-31", by="甲"))
    take_in(engine, roster(Firm({"status": "closed"}, id=firm), on="2024-03-31", by="甲", file="更正.xlsx"))

    undone = take_back(engine, applied.batch)

    assert [(one.enterprise, one.field, one.before, one.after) for one in undone.kept] == [
        ("骅强", "status", "停产", "关停退出")
    ]
    assert undone.kept[0].why == "甲（更正.xlsx）后来对 2024-03-31 的情况另有说明"
    assert (undone.reversed, undone.unchanged) == ((), 0)


def test_what_was_only_said_again_is_unchanged_though_others_spoke_later(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强", "status": "producing"}), on=SURVEY, by="甲"))
    firm = seen(engine, SURVEY).enterprises[0].id
    applied = take_in(engine, roster(Firm({"name": "骅强", "status": "producing"}, id=firm), on="2024-03-31", by="甲"))
    take_in(engine, roster(Firm({"name": "骅强", "status": "closed"}, id=firm), on="2024-06-30", by="甲"))

    undone = take_back(engine, applied.batch)

    assert (undone.reversed, undone.kept, undone.unchanged) == ((), (), 2)


def test_what_another_source_says_as_well_is_unchanged(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强"}), on=SURVEY, by="甲"))
    firm = seen(engine, SURVEY).enterprises[0].id
    applied = take_in(engine, roster(Firm({"name": "骅强"}, id=firm), on=SURVEY, by="乙"))

    undone = take_back(engine, applied.batch)

    assert (undone.reversed, undone.kept, undone.unchanged) == ((), (), 1)
    assert [found.name for found in seen(engine, SURVEY).enterprises] == ["骅强"]


def test_undoing_one_side_of_a_conflict_ends_it(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强", "status": "producing"}), on=SURVEY, by="甲"))
    firm = seen(engine, SURVEY).enterprises[0].id
    applied = take_in(engine, roster(Firm({"status": "closed"}, id=firm), on=SURVEY, by="乙"))

    undone = take_back(engine, applied.batch)

    assert [(one.before, one.after) for one in undone.reversed] == [("有争议", "在产")]
    assert seen(engine, SURVEY).enterprises[0].facts["status"] == "producing"


def test_a_machine_that_only_this_import_brought_back_is_gone_again(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强"}, [machine(shell="steel", state="removed")]), on=SURVEY))
    firm = seen(engine, SURVEY).enterprises[0]
    listed = Firm({}, [machine(firm.equipment[0].id, shell="steel")], id=firm.id)
    applied = take_in(engine, roster(listed, on="2024-06-30"))
    assert seen(engine, "2024-06-30").enterprises[0].equipment[0].present is True

    undone = take_back(engine, applied.batch)

    assert [(one.field, one.before, one.after) for one in undone.reversed] == [("present", "在", "已不在")]
    assert seen(engine, "2024-06-30").enterprises[0].equipment[0].present is False


def test_an_issued_ledger_cannot_be_reached(engine: Engine) -> None:
    applied = take_in(engine, roster(Firm({"name": "骅强"}), on=SURVEY))
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "issue", actor="测试")
        issue = {"quarter": "2024Q1", "revision": 1, "known": 1, "reason": None, "sha256": "0", "workbook": b""}
        session.add(LedgerIssue(county=COUNTY, id=ids.new(), recorded_by=change.number, **issue))

    undone = take_back(engine, applied.batch)

    assert [one.field for one in undone.could_not] == ["2024Q1 第1版"]
    assert set(undone.as_dict()) == {"batch", "change", "reversed", "kept", "could_not", "unchanged"}


def test_undoing_twice_or_what_is_unknown_is_refused_and_writes_nothing(engine: Engine) -> None:
    applied = take_in(engine, roster(Firm({"name": "骅强"}), on=SURVEY))
    take_back(engine, applied.batch)

    with pytest.raises(AlreadyUndone, match="已由第 2 号变更撤销过"):
        take_back(engine, applied.batch)
    with pytest.raises(NotFound):
        take_back(engine, "没有")
    assert head(engine) == 2


def test_the_same_bytes_may_be_applied_again_after_undo(engine: Engine) -> None:
    proposal = roster(Firm({"name": "骅强"}), on=SURVEY)
    applied = take_in(engine, proposal)
    take_back(engine, applied.batch)

    with reading(engine) as session:
        assert applied_before(session, COUNTY, proposal.sha256, day(SURVEY)) is None
    again = take_in(engine, proposal)

    assert again.enterprises == 1
    assert len(seen(engine, SURVEY).enterprises) == 1


def test_the_county_of_a_batch_is_found_without_being_told(engine: Engine) -> None:
    applied = take_in(engine, roster(Firm({"name": "骅强"}), on=SURVEY))

    with reading(engine) as session:
        assert county_of_batch(session, applied.batch) == COUNTY
        with pytest.raises(NotFound):
            county_of_batch(session, "没有")


def test_what_was_withdrawn_stays_readable_as_known_before(engine: Engine) -> None:
    applied = take_in(engine, roster(Firm({"name": "骅强"}), on=SURVEY))
    take_back(engine, applied.batch)

    with reading(engine) as session:
        said = session.scalars(select(Statement)).one()
    assert (said.recorded_by, said.superseded_by) == (1, 2)


def test_the_chain_is_whole_after_imports_and_their_undoing(engine: Engine) -> None:
    firm = Firm({"name": "骅强", "township": "新圩镇"}, [machine(shell="steel", removed_on=between(None, "03-31"))])
    applied = take_in(engine, roster(firm, on=SURVEY))
    take_back(engine, applied.batch)

    with reading(engine) as session:
        assert verify(session) == []

"""Another firm's paper settles nothing; two machines taken down on one day are two steps; no body counts twice."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from app.errors import BadInput, Decided, LuzhangError
from app.register.papers import acts as paper_acts
from app.register.scope import LOCAL_OPERATOR
from app.register.steps.acts import withdrawn
from tests.register.rosters import COUNTY, Firm, head, machine, roster, seen, take_back, take_in
from tests.register.steps.lanshan import (
    ASSOCIATION,
    BUREAU,
    LETTER,
    OFFICE,
    cut,
    enrolled,
    gaps_on,
    may_it,
    open_ids,
    paper,
    step,
)

OTHER = "永盛铸造有限公司"


def two_firms(engine: Engine) -> None:
    firms = [Firm({"name": name, "township": "新圩镇"}, [machine()]) for name in ("兴鼎铸造有限公司", OTHER)]
    take_in(engine, roster(*firms, on="2025-10-01"))


def test_another_firms_certificate_cannot_be_named_when_it_is_asked(engine: Engine) -> None:
    two_firms(engine)
    paper(engine, "letter", BUREAU, "2025-12-08")
    cut(engine)
    theirs = paper(engine, "certificate", ASSOCIATION, "2025-12-20", firm=OTHER)

    with pytest.raises(BadInput) as refused:
        may_it(engine, "restore", "2025-12-22", document=theirs)

    assert refused.value.code == "step.paper"


def test_a_letter_revised_to_name_only_other_firms_is_no_longer_this_ones(engine: Engine) -> None:
    two_firms(engine)
    letter = paper(engine, "letter", BUREAU, "2025-12-08", firm=None)
    cut(engine, request=letter)
    assert LETTER not in open_ids(engine, "power_cut")

    said = paper_acts.Revision(named=(OTHER,))
    paper_acts.revise(engine, COUNTY, letter, said, reason="更正", actor=LOCAL_OPERATOR)

    assert LETTER in open_ids(engine, "power_cut")


@pytest.mark.parametrize(("more", "code"), [({"basis": "AIR-101"}, "step.basis"), ({"time": "25:00"}, "step.time")])
def test_what_is_asked_with_is_checked_as_when_it_is_recorded(engine: Engine, more: dict[str, str], code: str) -> None:
    enrolled(engine)

    with pytest.raises(BadInput) as refused:
        may_it(engine, "cut", "2025-12-10", authority=OFFICE, **more)

    assert refused.value.code == code


def test_two_machines_taken_down_on_one_day_are_two_steps(engine: Engine) -> None:
    enrolled(engine, machine(code="1号"), machine(code="2号"))

    step(engine, "dismantle", "2025-12-10", machine="1号")
    step(engine, "dismantle", "2025-12-10", machine="2号")

    assert len(seen(engine, "2026-01-31").enterprises[0].actions) == 2
    with pytest.raises(Decided):
        step(engine, "dismantle", "2025-12-10", machine="2号")


def test_a_dismantling_before_one_that_is_recorded_is_refused_and_counts_no_body_twice(engine: Engine) -> None:
    enrolled(engine, machine(quantity=3))
    step(engine, "dismantle", "2025-12-20", quantity=2)

    with pytest.raises(BadInput) as refused:
        step(engine, "dismantle", "2025-12-10", quantity=2)

    assert refused.value.code == "step.machine_order"


def test_a_dismantling_after_which_another_was_recorded_is_not_taken_back_first(engine: Engine) -> None:
    enrolled(engine, machine(quantity=3))
    first = step(engine, "dismantle", "2025-12-10", quantity=1)
    step(engine, "dismantle", "2025-12-20", quantity=1)

    with pytest.raises(LuzhangError) as refused:
        withdrawn(engine, COUNTY, first["step"], reason="记错", actor=LOCAL_OPERATOR)

    assert refused.value.code == "step.machine_order"


def test_how_many_are_left_is_not_guessed_where_nobody_knows_how_many_there_were(engine: Engine) -> None:
    enrolled(engine, machine(quantity=3))
    (firm,) = seen(engine, "2026-01-31").enterprises
    again = Firm({}, [machine(id=firm.equipment[0].id, quantity=5)], id=firm.id)
    take_in(engine, roster(again, on="2025-10-01", by="另一份"))

    done = step(engine, "dismantle", "2025-12-10", quantity=2)

    (own,) = seen(engine, "2026-01-31").enterprises[0].equipment
    assert own.present is not False
    assert "REG-QUANTITY" in {one["condition"] for one in done["gaps"]}


def test_the_entry_of_a_dismantling_is_not_undone_past_the_one_that_counts_from_it(engine: Engine) -> None:
    enrolled(engine, machine(quantity=3))
    first = step(engine, "dismantle", "2025-12-10", quantity=1)
    step(engine, "dismantle", "2025-12-20", quantity=1)

    with pytest.raises(Decided) as refused:
        take_back(engine, first["batch"])

    assert refused.value.code == "undo.step"


def test_a_roster_that_lowers_the_number_afterwards_leaves_a_gap_under_the_dismantling(engine: Engine) -> None:
    enrolled(engine, machine(quantity=3), day="2025-09-01")
    done = step(engine, "dismantle", "2025-12-10", quantity=3)
    assert "REG-QUANTITY" not in open_ids(engine, "dismantled")
    before = head(engine)
    (firm,) = seen(engine, "2025-10-31").enterprises
    fewer = Firm({}, [machine(id=firm.equipment[0].id, quantity=2)], id=firm.id)

    take_in(engine, roster(fewer, on="2025-11-01"))

    (gap,) = [one for one in gaps_on(engine) if one.condition.id == "REG-QUANTITY"]
    assert (gap.action, gap.standing) == (done["action"], "missing")
    assert "只有 2 台，写了 3 台" in "".join(gap.condition.lacks)
    assert "REG-QUANTITY" not in {one.condition.id for one in gaps_on(engine, known=before)}

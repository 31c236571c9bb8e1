"""Whatever is called in whatever order: a step whose required paper is missing has its gap listed, on both engines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine

from app.errors import LuzhangError
from app.register.papers.acts import withdraw
from app.register.scope import LOCAL_OPERATOR
from app.register.steps.acts import withdrawn
from tests.register.rosters import COUNTY, Firm, action, head, machine, roster, seen, take_in
from tests.register.steps.lanshan import ASSOCIATION, BUREAU, OFFICE, gaps_on, on, paper, step

FIRST = date(2025, 12, 10)
DAYS = some.integers(0, 14).map(lambda number: FIRST + timedelta(days=number))
LATE = date(2026, 1, 31)

#: Which kind of paper, of which issuer, a step needs, and under which condition its lack is listed.
NEEDED = {
    "power_cut": (("letter", BUREAU), "LS25-CUT-LETTER"),
    "power_restored": (("certificate", ASSOCIATION), "LS25-ACCEPTED"),
    "resumed": (("certificate", ASSOCIATION), "LS25-ACCEPTED"),
    "closure": (("government_approval", "蓝山县人民政府"), "CLOSE-APPROVED"),
}
PAPERS = [*dict.fromkeys(paper for paper, _ in NEEDED.values()), ("letter", "某某村委会"), ("halt_notice", BUREAU)]


@dataclass(frozen=True)
class Paper:
    """A paper that stands; `own`: it names the firm."""

    id: str
    what: tuple[str, str]
    day: date
    own: bool


@dataclass(frozen=True)
class Taken:
    """A step that stands. `id` None: a roster states it."""

    id: str | None
    action: str
    kind: str
    day: date
    papers: tuple[str, ...] = ()


class Calls(RuleBasedStateMachine):
    """Papers, steps and rosters that come and go, beside a plain list of them."""

    engine: Engine

    @initialize()
    def begin(self) -> None:
        self.numbers, self.papers, self.steps = count(1), {}, {}
        self.name = f"{next(_names)}号铸造有限公司"
        take_in(self.engine, roster(Firm({"name": self.name, "township": "新圩镇"}, [machine()]), on="2025-10-01"))
        self.firm = self._firm().id
        self.known: dict[int, set[tuple[str, str]]] = {}

    @rule(what=some.sampled_from(PAPERS), day=DAYS, own=some.booleans())
    def receive(self, what: tuple[str, str], day: date, own: bool) -> None:
        kind, issuer = what
        said = {"firm": self.name if own else None, "number": f"测函〔2025〕{next(_numbers)}号"}
        id = paper(self.engine, kind, issuer, day.isoformat(), **said)
        self.papers[id] = Paper(id, what, day, own)

    @rule(kind=some.sampled_from(sorted(NEEDED)), day=DAYS, gap=some.booleans(), link=some.booleans())
    def take(self, kind: str, day: date, gap: bool, link: bool) -> None:
        before = head(self.engine)
        letter = next(iter(self.papers), None) if link else None
        told: dict[str, Any] = {"authority": OFFICE, "document_no": f"蓝科工〔2025〕{next(_numbers)}号"}
        try:
            done = step(self.engine, kind, day.isoformat(), firm=self.name, request=letter, with_gap=gap, **told)
        except LuzhangError:
            assert head(self.engine) == before, "something was half recorded"
            return
        one = Taken(done["step"], done["action"], kind, day, (letter,) if letter else ())
        self.steps[one.action] = one
        if not gap:
            assert not self._lacks(one), "recorded without its paper, and nobody said so"

    @rule(kind=some.sampled_from(sorted(NEEDED)), day=DAYS)
    def list_in_roster(self, kind: str, day: date) -> None:
        known = {one.id for one in self._firm().actions}
        stated = action(kind, taken_on=on(day.isoformat()), document_no=f"乡册〔2025〕{next(_numbers)}号")
        take_in(self.engine, roster(Firm({}, [stated], id=self.firm), on="2025-12-31", by=f"镇{next(_numbers)}"))
        (made,) = [one.id for one in self._firm().actions if one.id not in known]
        self.steps[made] = Taken(None, made, kind, day)

    @rule(which=some.integers(0, 5))
    def take_paper_back(self, which: int) -> None:
        if self.papers:
            id = list(self.papers)[which % len(self.papers)]
            withdraw(self.engine, COUNTY, id, reason="记错", actor=LOCAL_OPERATOR)
            del self.papers[id]

    @rule(which=some.integers(0, 5))
    def take_step_back(self, which: int) -> None:
        mine = [one for one in self.steps.values() if one.id]
        if mine:
            one = mine[which % len(mine)]
            withdrawn(self.engine, COUNTY, str(one.id), reason="记错", actor=LOCAL_OPERATOR)
            del self.steps[one.action]

    @invariant()
    def every_lack_is_listed(self) -> None:
        if not hasattr(self, "firm"):
            return
        lacking = {(one.action, NEEDED[one.kind][1]) for one in self.steps.values() if self._lacks(one)}
        self.known[head(self.engine)] = lacking
        for known, expected in self.known.items():
            gaps = gaps_on(self.engine, LATE.isoformat(), known)
            listed = {(gap.action, gap.condition.id) for gap in gaps if gap.standing != "recorded_later"}
            assert expected <= listed, (known, expected - listed)
            alone = gaps_on(self.engine, LATE.isoformat(), known, self.firm)
            assert alone == [gap for gap in gaps if gap.firm == self.firm], "one firm's gaps are the county's of it"
        for old in sorted(self.known)[:-3]:
            del self.known[old]

    def _lacks(self, one: Taken) -> bool:
        """Whether no paper of the kind, from the issuer, the firm's or named by the step, is there by its day."""
        wanted = NEEDED[one.kind][0]
        fits = (paper for paper in self.papers.values() if paper.what == wanted and paper.day <= one.day)
        return not any(paper.own or paper.id in one.papers for paper in fits)

    def _firm(self) -> Any:
        return next(one for one in seen(self.engine, LATE.isoformat()).enterprises if one.name == self.name)


_names, _numbers = count(1), count(1)


@pytest.mark.parametrize(("on_engine", "examples"), [("sqlite", 12), ("postgresql", 4)])
def test_no_sequence_of_calls_hides_a_missing_paper(
    on_engine: str, examples: int, request: pytest.FixtureRequest
) -> None:
    class OnThisEngine(Calls):
        engine = request.getfixturevalue(f"{on_engine}_engine")

    run_state_machine_as_test(
        OnThisEngine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=12,
            deadline=None,
            phases=[Phase.generate],  # shrinking on a database takes minutes; the steps are printed whole
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

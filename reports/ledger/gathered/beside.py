"""What the details print beside the facts: when permits end, what plans and steps lack, the days of recorded steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.domain.dates import DateInterval
from app.domain.day_order import come
from app.domain.documents import ACCEPTANCE_LEVELS
from app.domain.register import AsOf, Snapshot
from app.register.acceptances.records import acceptances
from app.register.permits.expiring import STATES, Line, Wanted, expiring
from app.register.plans.standing import Wanted as WantedPlans
from app.register.plans.standing import standings
from app.register.scope import Actor
from app.register.steps.gaps import Gap, gaps_of
from app.register.steps.gathered import Gathered, gathered
from app.rules.acceptance.judging import Gap as AcceptanceGap
from app.rules.acceptance.judging import gaps_of as lacking
from app.rules.acceptance.judging import told_of
from app.rules.acceptance.levels import shipped_rules
from app.rules.plans.gaps import ANSWERS, MISSING
from app.rules.plans.gaps import Gap as PlanGap
from app.rules.procedures.case import Facts
from app.rules.procedures.states import State, power_cut

#: Permits that end within so many days of the ledger's day are said to.
SOON = 60
_LACKING = "缺"
_WORDS = {"missing": _LACKING, "cannot_tell": "不能确定", "late": "后补", "recorded_later": "补录"}


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing lacking: how it stands, in which words, by which sentence of which source."""

    standing: str
    words: str
    sentence: str
    source: str
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """By id of the permit, plan or action; `days`: decided, served, in effect, as a person recorded them.

    By id of the firm: `levels`, the last result of each level of acceptance, and `accepted`, what acceptances lack;
    `power`: whether it is cut, of those of which a step tells. `ended`: by id of the permit expired, expiring or
    cannot_tell, with the reason.
    """

    ends: Mapping[str, str] = field(default_factory=dict)
    ending: Mapping[str, int] = field(default_factory=dict)
    plans: Mapping[str, tuple[Lack, ...]] = field(default_factory=dict)
    actions: Mapping[str, tuple[Lack, ...]] = field(default_factory=dict)
    days: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    accepted: Mapping[str, tuple[Lack, ...]] = field(default_factory=dict)
    ended: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    power: Mapping[str, State] = field(default_factory=dict)


def beside(session: Session, whole: Snapshot, actor: Actor) -> Beside:
    """All of a county as of the day of its snapshot, as known at its change."""
    county, as_of = whole.county, whole.as_of
    permits = expiring(session, county, Wanted(SOON), as_of, actor, whole=whole)
    plans = standings(session, county, WantedPlans(), as_of, actor, whole=whole).plans
    acts: dict[str, list[Lack]] = {}
    of = gathered(session, county, as_of.known, actor)
    for firm in of.actions:
        for gap in gaps_of(of, firm, as_of.day):
            acts.setdefault(gap.action, []).append(_of_step(gap))
    recorded = (one for own in of.actions.values() for one in own if str(one["id"]) in of.recorded)
    return Beside(
        {line.permit.id: _ends(line) for line in permits.lines},
        permits.totals,
        {one.plan.id: tuple(_of_plan(gap) for gap in one.gaps) for one in plans},
        {id: tuple(lacks) for id, lacks in acts.items()},
        {str(one["id"]): _days(one) for one in recorded},
        *_accepted(session, county, as_of, actor),
        {line.permit.id: (line.state, line.because) for line in permits.lines},
        dict(_power(of, as_of)),
    )


def _power(of: Gathered, as_of: AsOf) -> Iterator[tuple[str, State]]:
    """Of each firm of which a cut or its end is told, whether the power is cut at the end of the day."""
    for firm, steps in of.actions.items():
        state = power_cut(steps, as_of.day)
        if state.recorded:
            yield firm, state


def _accepted(
    session: Session, county: str, as_of: AsOf, actor: Actor
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[Lack, ...]]]:
    """Of each firm with acceptances by the day: the last result of each level, and what they lack."""
    levels, lacks = {}, {}
    for firm, own in acceptances(session, county, as_of.known, actor).items():
        there = [one.judged for one in own if come(one.on, as_of.day) is not False]
        if there:
            levels[firm] = tuple(told_of(level, there, as_of.day) for level in ACCEPTANCE_LEVELS)
            found = (gap for one in there for gap in lacking(one, there, county, shipped_rules()))
            lacks[firm] = tuple(map(_of_acceptance, found))
    return levels, lacks


def told(lacks: Iterable[Lack]) -> str:
    """The lacks in a cell, those that stand alike together."""
    by_standing: dict[str, list[str]] = {}
    for one in lacks:
        by_standing.setdefault(one.standing, []).append(one.words)
    return "。".join(f"{standing}：{'；'.join(dict.fromkeys(words))}" for standing, words in by_standing.items())


def sentences(all_lacks: Iterable[Iterable[Lack]]) -> Iterator[str]:
    """Each sentence that a lack goes by, once, with its source, for below the table."""
    seen = dict.fromkeys((one.sentence, one.source) for lacks in all_lacks for one in lacks)
    for sentence, source in seen:
        yield f"缺口依据：“{sentence}”（{source}）"


def _ends(line: Line) -> str:
    words = f"{STATES[line.state]}：{line.because}"
    until = line.renew[1]
    asked = "，已过这一天" if line.late else ""
    return f"{words}；最迟{until.isoformat()}申请延续{asked}" if until and line.state != "expired" else words


def _of_step(gap: Gap) -> Lack:
    one = gap.condition
    words = {
        "late": "、".join(f"{late}晚于这一步" for late in one.late),
        "recorded_later": "、".join(one.found),
    }.get(gap.standing) or "，".join((*one.lacks, *(f"{late}晚于这一步" for late in one.late)))
    return Lack(_WORDS[gap.standing], words, one.sentence, one.source, one.id)


def _of_acceptance(gap: AcceptanceGap) -> Lack:
    return Lack(_WORDS[gap.standing], gap.words, gap.rule.rule.text or "", gap.rule.source)


def _of_plan(gap: PlanGap) -> Lack:
    rule = gap.rule.rule
    standing = _LACKING if gap.answer == MISSING else ANSWERS[gap.answer]
    return Lack(standing, gap.words, rule.text or "", rule.source.title if rule.source else "来源不明")


def _days(step: Facts) -> tuple[str, str, str]:
    """Decided, served, in effect (with the time of day, where it is told)."""
    decided, served, effective = (
        on.text if isinstance(on := step.get(name), DateInterval) else ""
        for name in ("decided_on", "served_on", "effective_on")
    )
    return decided, served, " ".join(filter(None, (effective, str(step.get("effective_time") or ""))))

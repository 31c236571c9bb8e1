"""The sources of the calendar, listed in one place: each tells what falls due by its own records and rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.dates import DateInterval
from app.domain.day_order import come, not_after
from app.domain.documents import ACCEPTANCE_LEVELS
from app.domain.register import AsOf
from app.domain.vocabulary import ENUMS
from app.register.acceptances.records import Item
from app.register.acceptances.shown import notice_days
from app.register.calendar.lines import Asking, Due, Source, standing
from app.register.permits import expiring as permits
from app.register.permits.matrix import Wanted as WantedDuties
from app.register.permits.matrix import check
from app.register.plans.standing import Standing, Wanted, standings
from app.register.programmes.county_programmes import programmes_of
from app.register.programmes.placing import stages
from app.register.verdicts.obsolete import obsolete
from app.rules.duties.required import GONE
from app.rules.plans.ladder import STAGES, Ladder, rank
from app.rules.procedures.case import Facts, taken
from app.rules.procedures.procedure import STEPS
from app.rules.programmes.programme import Programme
from app.rules.programmes.stages import ordinal

_KINDS = ENUMS["permit_kind"]
#: Notices that set a day by which something is to be mended.
_NOTICES = ("rectification_notice", "correction_order")
_UNTOLD = "期限已过；是否完成，登记库里没有记"


@dataclass(frozen=True, slots=True)
class Listed:
    """A source as lists name it."""

    label: str
    find: Source


def of_permits(asking: Asking) -> Iterator[Due]:
    """The last day for asking for renewal, and the end of each permit."""
    wanted = permits.Wanted(within=permits.LONGEST)
    for line in permits.expiring(asking.session, asking.county, wanted, *asking.moment, whole=asking.whole).lines:
        until = line.permit.facts.get("valid_to")
        label = _KINDS.get(str(line.permit.facts.get("kind")), "证照")
        ends = until if isinstance(until, DateInterval) else None
        state, day, first = standing(ends, asking.as_of.day)
        state = "overdue" if line.state == "expired" else state
        department = str(line.permit.facts.get("issuer") or "") or None
        who = (line.firm.id, None, department)
        yield Due(day, f"{label}到期", line.because, "登记的有效期", *who, state, first=first, ref=line.permit.id)
        applying = line.permit.facts.get("standing") == "applying"
        if line.rule is None or line.state == "expired" or ends is None or applying:
            continue
        since, last = line.renew
        state, why = "overdue" if line.late else "due", line.rule.text
        if line.late is None and (since is None or since < asking.as_of.day):
            state = "cannot_tell"
        if line.late:
            why = f"{why}；登记库里没有已申请的记录"
        source = line.source or line.rule.id
        yield Due(last, f"申请延续{label}", why, source, *who, state, first=since, ref=line.permit.id)


def of_duties(asking: Asking) -> Iterator[Due]:
    """Procedures that a paper asks for by a day and that the firm does not hold."""
    for row in check(asking.session, asking.county, WantedDuties(), *asking.moment, whole=asking.whole).rows:
        for cell in row.cells:
            if cell.state not in ("lacking", "expired", "applying") or not cell.required:
                continue
            for rule, deadline in ((each.rule, each.deadline) for each in cell.duties if each.deadline is not None):
                state, day, first = standing(deadline, asking.as_of.day)
                source = rule.source.title if rule.source else rule.id
                what = f"取得{_KINDS[cell.kind]}"
                yield Due(day, what, rule.text, source, row.firm.id, state=state, first=first, ref=rule.id)


def of_plans(asking: Asking) -> Iterator[Due]:
    """Measures of plans, and the stage that a paper gives a day."""
    found = standings(asking.session, asking.county, Wanted(), *asking.moment, whole=asking.whole)
    for one in found.plans:
        yield from _measures(one, asking.as_of)
        yield from _stage(one, found.rules, asking.as_of)


def _measures(one: Standing, as_of: AsOf) -> Iterator[Due]:
    for measure in one.measures:
        told = measure.state(as_of.day)
        if told == "done":
            continue
        state = "cannot_tell" if told == "no_due" else told
        day = measure.due.until if measure.due else None
        first = measure.due.since if measure.due else None
        why = f"一企一策方案的措施，期限：{measure.due.text if measure.due else '没有写'}"
        who = (one.firm.id, None, measure.unit)
        # "2025年4月底前" may be kept on any day of it: its last day is what counts.
        yield Due(day, measure.text, why, "一企一策方案", *who, state, first=day or first, ref=measure.id)


def _stage(one: Standing, rules: Ladder, as_of: AsOf) -> Iterator[Due]:
    rule = next((each for each in rules.values() if one.due and each.deadline == one.due and each.rule.decides), None)
    if rule is None or one.due is None or one.firm.facts.get("status") in GONE:
        return
    disputed = "stage" in one.plan.disputed
    passed = rule.stage == "accepted" and one.plan.facts.get("acceptance") == "passed"
    if not disputed and (passed or rank(one.stage) >= rank(rule.stage)):
        return
    state, day, first = standing(one.due, as_of.day)
    state = "cannot_tell" if disputed or (state == "overdue" and one.overdue is None) else state
    source = rule.rule.source.title if rule.rule.source else rule.rule.id
    what = f"一企一策到“{STAGES[rule.stage]}”"
    yield Due(day, what, rule.rule.text, source, one.firm.id, None, None, state, first=first, ref=one.plan.id)


def of_items(asking: Asking) -> Iterator[Due]:
    """Items that acceptances sent back or notices set, until they are mended."""
    by_id = {one.id: one for each in asking.acceptances.values() for one in each}
    asked = notice_days(asking.steps)
    for item in asking.items:
        sent = by_id.get(item.acceptance or "")
        if come(sent.on if sent else asked.get(item.action or ""), asking.as_of.day) is False:
            continue
        label = ACCEPTANCE_LEVELS[sent.level] if sent else None
        why = f"{label}（{sent.on.text}）退回" if sent else "整改通知写的事项"
        if item.action and item.action not in asked:
            why += "（登记库里已没有这份通知）"
        yield from _item(item, why, f"{label}验收意见" if label else "整改通知", asking.as_of.day)


def _item(item: Item, why: str, source: str, as_of: date) -> Iterator[Due]:
    told = item.state(as_of)
    if told == "done":
        return
    state = "cannot_tell" if told == "no_due" else told
    day = item.due.until if item.due else None
    until = f"，期限：{item.due.text}" if item.due else "，没有写期限"
    yield Due(day, item.text, why + until, source, item.firm, None, item.unit, state, first=day, ref=item.id)


def of_notices(asking: Asking) -> Iterator[Due]:
    """Notices in force of which nobody recorded by when they are to be obeyed."""
    told = {one.action for one in asking.items}
    day = asking.as_of.day
    for firm, actions in asking.steps.actions.items():
        passed = (one.on for one in asking.acceptances.get(firm, ()) if one.result == "passed")
        ended = [on for on in passed if come(on, day)]
        for action in actions:
            if action.get("kind") not in _NOTICES or action["id"] in told:
                continue
            on = taken(action)
            if come(on, day) is False or any(not_after(on, end) for end in ended):
                continue
            yield _notice(firm, action)


def _notice(firm: str, action: Facts) -> Due:
    on, label = taken(action), STEPS[str(action["kind"])]
    number = f" {action['document_no']}" if action.get("document_no") else ""
    why = f"{label}{number}（{on.text if on else '日期不明'}）没有记下期限"
    authority = str(action["authority"]) if action.get("authority") else None
    what = f"{label}：期限要查通知"
    return Due(None, what, why, f"{label}{number}", firm, None, authority, "cannot_tell", ref=str(action["id"]))


def of_programmes(asking: Asking) -> Iterator[Due]:
    """Criteria of programmes by their days, and the last day of each firm's stage."""
    every = programmes_of(asking.session, asking.county, asking.as_of.known, asking.actor)
    for one in every.programmes.values():
        if not one.covers(asking.county) or (one.issued is not None and one.issued > asking.as_of.day):
            continue
        for criterion in one.criteria:
            if criterion.due is not None:
                state, day, first = _past_untold(criterion.due, asking.as_of.day)
                why = f"验收标准{criterion.number}" + (f"；{_UNTOLD}" if state == "cannot_tell" else "")
                yield Due(day, criterion.text, why, one.title, state=state, first=first, ref=one.id)
        if asking.county in one.stage_counties:
            yield from _stages(one, asking)


def _stages(programme: Programme, asking: Asking) -> Iterator[Due]:
    moment = {"as_of": asking.as_of.day, "known": asking.as_of.known}
    found = stages(asking.session, programme.id, asking.county, actor=asking.actor, **moment)  # type: ignore[arg-type]
    for line in found.firms:
        if line.firm.facts.get("status") in GONE:
            continue
        for stage in line.staged.stages:
            state, day, first = _past_untold(stage.until - timedelta(days=1), asking.as_of.day)
            doubt = _UNTOLD if state == "cannot_tell" else ""
            if not line.staged.settled or line.under.holds is None:
                state, doubt = "cannot_tell", line.staged.question or line.under.because
            why = stage.text + (f"；{doubt}" if doubt else "")
            what = f"{ordinal(stage)}整治完成"
            yield Due(day, what, why, programme.title, line.firm.id, state=state, first=first, ref=programme.id)


def of_clauses(asking: Asking) -> Iterator[Due]:
    """Machines that clauses want gone by a day, which are still there, or of which it cannot be told."""
    moment = {"as_of": asking.as_of.day, "known": asking.as_of.known}
    found = obsolete(asking.session, county=asking.county, actor=asking.actor, **moment)  # type: ignore[arg-type]
    for row in found.rows:
        for line in row.lines:
            clause = line.decides.clause
            if clause.deadline is None:
                continue
            state, day, first = standing(clause.deadline, asking.as_of.day)
            doubt = line.decides.question or "、".join(line.decides.lacks)
            if line.machine.owners:
                doubt = "是哪一家的还没有定"
            if line.machine.owners or not line.decides.holds:
                state = "cannot_tell"
            why = f"{clause.text}；待核实：{doubt}" if state == "cannot_tell" else clause.text
            called = str(line.machine.facts.get("code") or line.machine.facts.get("model") or "设备")
            what = f"{clause.required_action or '淘汰'}（{called}）"
            source = clause.edition.title if clause.edition else clause.id
            yield Due(day, what, why, source, row.enterprise.id, state=state, first=first, ref=line.machine.id)


def _past_untold(day: date, as_of: date) -> tuple[str, date | None, date | None]:
    """As `standing`; a day that is past is no delay where nobody records whether it was kept."""
    state, last, first = standing(day, as_of)
    return ("cannot_tell" if state == "overdue" else state), last, first


#: Every source of the calendar, by the word that lists and filters use.
SOURCES: dict[str, Listed] = {
    "permit": Listed("证照到期、延续", of_permits),
    "duty": Listed("应办手续", of_duties),
    "plan": Listed("一企一策", of_plans),
    "item": Listed("退回、限期整改事项", of_items),
    "notice": Listed("没有记下期限的整改通知", of_notices),
    "programme": Listed("方案阶段和验收标准", of_programmes),
    "clause": Listed("目录、条款的期限", of_clauses),
}

"""Recording acceptances, items to be mended and that they were; and taking any of it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from app import clock
from app.domain.dates import DateInterval
from app.domain.day_order import not_after
from app.domain.documents import ACCEPTANCE_LEVELS, ACCEPTANCE_RESULTS
from app.errors import BadInput, Decided, NotFound, Refused
from app.register.acceptances import queries
from app.register.acceptances.records import Acceptance, acceptances, items
from app.register.desk.who import firm_called
from app.register.facts.identity import same_as
from app.register.limits.measuring import in_change
from app.register.papers.documents import documents
from app.register.permits.matrix import coded
from app.register.plans.recording import paper_called
from app.register.scope import REGISTER, Actor
from app.register.steps.gathered import gathered
from app.rules.acceptance.judging import CANNOT_TELL, Gap, gaps_of, next_of
from app.rules.acceptance.levels import in_force, shipped_rules
from app.rules.procedures.case import Facts, taken
from app.rules.procedures.procedure import STEPS
from app.store import ids
from app.store.models import OPEN, Change, ReturnedItem, ReturnedItemDone
from app.store.models import Acceptance as AcceptanceRow
from app.store.superseding import supersede

Told = dict[str, Any]

#: Of these a record is refused unless whoever records it says that there is a gap; the others are listed.
_REFUSING = ("lower", "items")


@dataclass(frozen=True, slots=True)
class NewItem:
    """One thing to be mended: what, by whom, by when."""

    text: str
    unit: str | None = None
    due: DateInterval | None = None


@dataclass(frozen=True, slots=True)
class NewAcceptance:
    """What is told of an acceptance. `firm`: id, code or name; level and result by code or in Chinese.

    `document`: the opinion, by id or number. `items`: what was sent back. `with_gap`: record it although something
    that it needs is missing.
    """

    firm: str
    level: str
    result: str
    on: DateInterval
    units: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    document: str | None = None
    items: tuple[NewItem, ...] = ()
    note: str | None = None
    with_gap: bool = False


def record(engine: Engine, county: str, said: NewAcceptance, *, reason: str, actor: Actor) -> Told:
    """Record the result of an acceptance, with what it sends back, in one change.

    Raises:
        UnknownCounty, NotFound: when the county, the firm or the paper is not there.
        BadInput: when level, result or day are none, or nothing is said of what was sent back.
        Refused: when the level below has not passed it, and nobody said that it is recorded with the gap; or when
            something is to be mended before the acceptance.
        Decided: when the same is recorded already; then by whom is told.
    """
    level = coded(said.level, ACCEPTANCE_LEVELS, "验收层级", "acceptance.level")
    result = coded(said.result, ACCEPTANCE_RESULTS, "验收结果", "acceptance.result")
    _past(said.on, "验收")
    told = _each_once(said.items)
    if result == "returned" and not told:
        raise BadInput(
            "退回整改没有写退回了什么", fix="请写退回的问题和期限，它们会列入到期事项", code="acceptance.items"
        )
    if result == "passed" and told:
        raise BadInput("通过的验收不能又退回问题", fix="请写退回整改，或不写问题", code="acceptance.items")

    def verb(session: Session, change: Change) -> Told:
        _in_order((f"{ACCEPTANCE_LEVELS[level]}{ACCEPTANCE_RESULTS[result]}", said.on), _dues(told), change.county)
        firm = firm_called(session, change.county, said.firm, actor)
        before = acceptances(session, change.county, change.number, REGISTER).get(firm, [])
        _refuse_twice(before, level, said.on)
        paper = _paper(session, change, said.document, firm, actor)
        id = _insert(session, change, firm, level, result, said, paper, reason)
        _items(session, change, firm, told, {"acceptance_id": id, "action_id": None}, reason)
        own = acceptances(session, change.county, change.number, REGISTER)[firm]
        found = _gaps(next(one for one in own if one.id == id), own, change.county)
        _refuse([one for one in found if one.rule.of in _REFUSING and one.standing != CANNOT_TELL], said.with_gap)
        day = said.on.until or clock.today()
        return {
            "acceptance": id,
            "change": change.number,
            "items": [item.id for one in own if one.id == id for item in one.items],
            "gaps": [one.as_dict() for one in found],
            "next": next_of(level, result, day, change.county, shipped_rules()),
        }

    return in_change(engine, county, "acceptance", verb, reason, actor)


def set_items(engine: Engine, county: str, action: str, told: Sequence[NewItem], *, reason: str, actor: Actor) -> Told:
    """Record what a notice (an action against a firm) says is to be mended, by whom and by when.

    Raises:
        UnknownCounty, NotFound: when the county or the action is not there.
        BadInput: when nothing is said.
        Refused: when it is to be mended before the notice.
        Decided: when the same is recorded already.
    """
    wanted = _each_once(told)
    if not wanted:
        raise BadInput("没有写要整改什么", fix="请写整改事项和期限", code="acceptance.items")

    def verb(session: Session, change: Change) -> Told:
        firm, notice = _noticed(session, change, action, actor)
        _in_order(_notice(notice), _dues(wanted), change.county)
        for one in items(session, change.county, change.number, REGISTER):
            if one.action == action and any(_same(one.text, one.due, new) for new in wanted):
                why = f"同样的整改事项已在第 {one.change} 号变更由{one.by}记过（编号 {one.id}）"
                raise Decided(why, fix="不必再记", code="acceptance.item_already")
        made = _items(session, change, firm, wanted, {"acceptance_id": None, "action_id": action}, reason)
        return {"items": made, "action": action, "change": change.number}

    return in_change(engine, county, "returned_item", verb, reason, actor)


def carry_out(
    engine: Engine, county: str, item: str, on: DateInterval, *, document: str | None = None, reason: str, actor: Actor
) -> Told:
    """Record that an item was mended.

    Raises:
        UnknownCounty, NotFound: when the county, the item or the paper is not there.
        BadInput: when the day has no end or is still to come.
        Refused: when the day is before the acceptance or the notice that wants it.
        Decided: when that is recorded already; then by whom is told.
    """
    _past(on, "完成")

    def verb(session: Session, change: Change) -> Told:
        row = session.scalar(queries.one("item", change.county, item, actor))
        if row is None:
            raise _unknown(item)
        _in_order(_asked(session, change, row), [("完成日期", on)], change.county)
        for one, by, _ in session.execute(queries.recorded("done", change.county, OPEN - 1, REGISTER)):
            if one.returned_item_id == item:
                why = f"这一条已由{by}在第 {one.recorded_by} 号变更记为完成：{one.done_on_text}（编号 {one.id}）"
                raise Decided(why, fix="要改先撤回", code="acceptance.item_done")
        made = ids.new()
        told = {
            **_key(change, made),
            "enterprise_id": row.enterprise_id,
            "returned_item_id": item,
            **_days("done_on", on),
            "document_id": _paper(session, change, document, row.enterprise_id, actor),
            "reason": reason,
        }
        session.execute(insert(ReturnedItemDone).values(**told))
        return {"done": made, "item": item, "change": change.number}

    return in_change(engine, county, "returned_item", verb, reason, actor)


def take_back(engine: Engine, county: str, id: str, *, reason: str, actor: Actor) -> Told:
    """Take back an acceptance with its items, an item, or that one was mended; it stays as what was known until now.

    Raises:
        NotFound: when no such record stands.
    """

    def verb(session: Session, change: Change) -> Told:
        of = {"acceptance": AcceptanceRow, "item": ReturnedItem, "done": ReturnedItemDone}
        for record, model in of.items():
            if session.scalar(queries.one(record, change.county, id, actor)) is None:
                continue
            known = items(session, change.county, change.number, REGISTER)
            own = [one for one in known if id in (one.acceptance, one.id)] if record != "done" else []
            supersede(session, change, ReturnedItemDone, [one.done.id for one in own if one.done])
            supersede(session, change, ReturnedItem, [one.id for one in own])
            supersede(session, change, model, [id])
            return {record: id, "taken_back": model.__tablename__, "change": change.number}
        raise _unknown(id)

    return in_change(engine, county, "withdraw", verb, reason, actor)


def _each_once(told: Sequence[NewItem]) -> list[NewItem]:
    """The items that say something.

    Raises:
        BadInput: when the same is told twice.
    """
    said = [one for one in told if one.text.strip()]
    twice = next(
        (one for at, one in enumerate(said) if any(_same(each.text, each.due, one) for each in said[:at])), None
    )
    if twice is not None:
        fix = "请只写一次；是两件事的，写清各是哪一件"
        raise BadInput(f"整改事项“{twice.text.strip()}”写了两次", fix=fix, code="acceptance.items")
    return said


def _gaps(one: Acceptance, own: Sequence[Acceptance], county: str) -> list[Gap]:
    return list(gaps_of(one.judged, [each.judged for each in own], county, shipped_rules()))


def _refuse(found: Sequence[Gap], with_gap: bool) -> None:
    if not found or with_gap:
        return
    why = "；".join(f"{one.words}——“{one.rule.rule.text}”（{one.rule.source}）" for one in found)
    mend = "；".join(dict.fromkeys(one.rule.fix for one in found if one.rule.fix))
    fix = f"{mend}；确实已经验收了的，写明理由、带 --gap 记入，缺的会一直列出"
    raise Refused(f"不能这样记验收：{why}", fix=fix, code="acceptance.gap")


def _refuse_twice(before: Sequence[Acceptance], level: str, on: DateInterval) -> None:
    for one in before:
        if one.level == level and one.on.same_days(on):
            raise Decided(
                f"{one.judged.words}已由{one.by}在第 {one.change} 号变更记过（编号 {one.id}）",
                fix=f"不必再记；要改先撤回：luzhang acceptance back {one.id}",
                code="acceptance.already",
            )


def _past(on: DateInterval, what: str) -> None:
    if on.until is None:
        raise BadInput(f"{what}日期“{on.text}”没有终止的一天", fix="请写某一天，或写到哪一天以前", code="day.bad")
    if on.until > clock.today():
        why = f"{what}日期“{on.text}”到 {on.until.isoformat()} 才过完，晚于今天（{clock.today().isoformat()}）"
        raise BadInput(why, fix="只记已经发生的；请核对日期", code="day.future")


def _paper(session: Session, change: Change, words: str | None, firm: str, actor: Actor) -> str | None:
    if not words:
        return None
    paper = paper_called(documents(session, change.county, change.number, actor, revised=True), words)
    if paper.is_about(firm) is False:
        raise BadInput(f"文书“{paper.title}”写的不是这家企业", fix="请核对文书", code="document.not_of_firm")
    return paper.id


def _in_order(asked: tuple[str, DateInterval | None], days: Sequence[tuple[str, DateInterval]], county: str) -> None:
    """Refuse days that are surely before what asked for the mending."""
    called, since = asked
    for what, on in days:
        if since is None or not_after(since, on) is not False:
            continue
        rule = next(in_force(shipped_rules(), "mended", clock.today(), county), None)
        if rule is not None:
            why = f"{what}“{on.text}”早于{called}（{since.text}）——“{rule.rule.text}”（{rule.source}）"
            raise Refused(why, fix=rule.fix, code="acceptance.item_before")


def _dues(told: Sequence[NewItem]) -> list[tuple[str, DateInterval]]:
    return [(f"整改事项“{one.text.strip()}”的期限", one.due) for one in told if one.due is not None]


def _asked(session: Session, change: Change, row: ReturnedItem) -> tuple[str, DateInterval | None]:
    """The acceptance or the notice that wants something mended, with its day."""
    if row.action_id is not None:
        action = same_as(session, change.county, change.number).of(row.action_id)
        found = _notices(session, change, REGISTER).get(action)
        return _notice(found[1]) if found else ("整改通知", None)
    one = session.scalar(queries.one("acceptance", change.county, row.acceptance_id or "", REGISTER))
    if one is None:
        return "验收", None
    on = DateInterval(one.accepted_on_from, one.accepted_on_to, one.accepted_on_precision, one.accepted_on_text)
    return f"{ACCEPTANCE_LEVELS[one.level]}{ACCEPTANCE_RESULTS[one.result]}", on


def _notice(action: Facts) -> tuple[str, DateInterval | None]:
    return STEPS.get(str(action.get("kind")), "处置"), taken(action)


def _noticed(session: Session, change: Change, action: str, actor: Actor) -> tuple[str, Facts]:
    """The action, and the firm against which it was taken."""
    found = _notices(session, change, actor).get(action)
    if found is not None:
        return found
    fix = "请用 luzhang step list 查看处置的编号（action）"
    raise NotFound(f"没有编号为“{action}”的处置", fix=fix, code="step.unknown")


def _notices(session: Session, change: Change, actor: Actor) -> dict[str, tuple[str, Facts]]:
    of = gathered(session, change.county, change.number, actor)
    return {str(one["id"]): (firm, one) for firm, own in of.actions.items() for one in own}


def _insert(
    session: Session,
    change: Change,
    firm: str,
    level: str,
    result: str,
    said: NewAcceptance,
    paper: str | None,
    reason: str,
) -> str:
    made = ids.new()
    row = {
        **_key(change, made),
        "enterprise_id": firm,
        "level": level,
        "result": result,
        **_days("accepted_on", said.on),
        "units": _listed(said.units),
        "people": _listed(said.people),
        "document_id": paper,
        "with_gap": said.with_gap,
        "note": (said.note or "").strip() or None,
        "reason": reason,
    }
    session.execute(insert(AcceptanceRow).values(**row))
    return made


def _items(session: Session, change: Change, firm: str, told: Sequence[NewItem], of: Told, reason: str) -> list[str]:
    rows = [
        {
            **_key(change, ids.new()),
            "enterprise_id": firm,
            **of,
            "item": one.text.strip(),
            "responsible_unit": (one.unit or "").strip() or None,
            **_days("due", one.due),
            "reason": reason,
        }
        for one in told
    ]
    if rows:
        session.execute(insert(ReturnedItem), rows)
    return [str(row["id"]) for row in rows]


def _key(change: Change, id: str) -> Told:
    return {"county": change.county, "id": id, "recorded_by": change.number, "superseded_by": OPEN}


def _days(stem: str, on: DateInterval | None) -> Told:
    return {
        f"{stem}_from": on.since if on else None,
        f"{stem}_to": on.until if on else None,
        f"{stem}_precision": on.precision if on else None,
        f"{stem}_text": on.text if on else None,
    }


def _listed(words: Sequence[str]) -> str | None:
    return "、".join(one.strip() for one in words if one.strip()) or None


def _same(text: str, due: DateInterval | None, new: NewItem) -> bool:
    days = due.same_days(new.due) if due and new.due else due is None and new.due is None
    return days and text == new.text.strip()


def _unknown(id: str) -> NotFound:
    return NotFound(
        f"没有编号为“{id}”的验收、整改事项或完成，或已撤回",
        fix="请用 luzhang acceptance list 查看编号",
        code="acceptance.unknown",
    )

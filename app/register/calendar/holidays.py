"""The table of holidays: what comes with the program, and before it what the county says; days counted by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from app import clock
from app.errors import BadInput, Decided, NotFound
from app.register.calendar import queries
from app.register.limits.measuring import in_change
from app.register.scope import REGISTER, Actor
from app.rules.calendar.loader import shipped_arrangements, shipped_calendar
from app.rules.calendar.working_days import DAY_KINDS, LONGEST, Marked, WorkingCalendar
from app.store import ids
from app.store.models import OPEN, Change, Holiday
from app.store.superseding import supersede

Told = dict[str, Any]

#: One act tells of no more days than a year has.
_MOST = 366


@dataclass(frozen=True, slots=True)
class NewDays:
    """What is told of some days: `kind` None tells that all days of the year of `since` are told."""

    kind: str | None
    since: date
    until: date
    source: str
    name: str | None = None


def calendar_of(session: Session, county: str, known: int) -> WorkingCalendar:
    """The calendar by which days are counted in a county, as known at a change; it is the same for everybody."""
    whole = shipped_calendar()
    rows = [row for row, _, _ in session.execute(queries.holidays(county, known, REGISTER))]
    days = {row.day: Marked(row.day, row.kind, row.name, row.source, row.id) for row in rows if not row.whole_year}
    years = {row.day.year for row in rows if row.whole_year}
    return replace(whole, days={**whole.days, **days}, years=whole.years | years) if rows else whole


def listed(session: Session, county: str, year: int, known: int, actor: Actor) -> Told:
    """One year's days, those that the county told marked as its own; `known_whole`: all the year's days are told."""
    of = calendar_of(session, county, known)
    told = {row.id: (row, by, at) for row, by, at in session.execute(queries.holidays(county, known, actor))}
    days = [_day(one, told) for one in sorted(of.days.values(), key=lambda one: one.day) if one.day.year == year]
    declared = [_row(*one) for one in told.values() if one[0].whole_year and one[0].day.year == year]
    shipped = [one.as_dict() for one in shipped_arrangements().values() if one.year == year]
    return {
        "county": county,
        "year": year,
        "known": known,
        "known_whole": year in of.years,
        "years": sorted(of.years),
        "days": days,
        "declared": declared,
        "arrangements": shipped,
    }


def tell(engine: Engine, county: str, said: NewDays, *, reason: str, actor: Actor) -> Told:
    """Record what some days are, or that a whole year's are told.

    Raises:
        UnknownCounty: when the dictionary lacks it.
        BadInput: when the kind, the days or the source are none.
        Decided: when the county told of a day before.
    """
    _checked(said)

    def verb(session: Session, change: Change) -> Told:
        before = {(row.day, row.whole_year): row for row, _, _ in session.execute(_standing(change))}
        rows = [_new(change, said, day, reason) for day in _days(said)]
        for row in rows:
            own = before.get((row["day"], row["whole_year"]))
            if own is not None:
                what = f"{row['day'].year} 年" if own.whole_year else row["day"].isoformat()
                why = f"{what}在第 {own.recorded_by} 号变更记过（编号 {own.id}）"
                raise Decided(why, fix=f"要改先撤回：luzhang holidays back {own.id}", code="holiday.already")
        session.execute(insert(Holiday), rows)
        return {"holidays": [row["id"] for row in rows], "change": change.number}

    return in_change(engine, county, "holiday", verb, reason, actor)


def take_back(engine: Engine, county: str, id: str, *, reason: str, actor: Actor) -> Told:
    """Take back what the county told of a day or of a year; what comes with the program holds again.

    Raises:
        NotFound: when no such record stands.
    """

    def verb(session: Session, change: Change) -> Told:
        if session.scalar(queries.holiday(change.county, id, actor)) is None:
            fix = "请用 luzhang holidays list 查看编号；随程序带的不能撤回，可以另记一条盖过它"
            raise NotFound(f"没有编号为“{id}”的节假日记录，或已撤回", fix=fix, code="holiday.unknown")
        supersede(session, change, Holiday, [id])
        return {"holiday": id, "taken_back": "holiday", "change": change.number}

    return in_change(engine, county, "withdraw", verb, reason, actor)


def counted(session: Session, county: str, known: int, day: date, *, days: int | None, to: date | None) -> Told:
    """The working day that is `days` after a day, or how many there are up to `to`; null where it cannot be told.

    Raises:
        BadInput: when neither or both are told, or it is too far.
    """
    if (days is None) == (to is None):
        raise BadInput("要写数几个工作日，或数到哪一天，只写一样", code="holiday.count")
    if abs(days or 0) > LONGEST or (to is not None and abs((to - day).days) > LONGEST * 2):
        raise BadInput(f"最多数 {LONGEST} 个工作日", fix="请写近一些的日子", code="holiday.count")
    of = calendar_of(session, county, known)
    if days is not None:
        found = of.add(day, days)
        answer: Told = {"working_days": days, "to": found.isoformat() if found else None}
    else:
        answer = {"working_days": of.between(day, to or day), "to": (to or day).isoformat()}
    unknown = None in answer.values()
    years = "、".join(str(one) for one in sorted(of.years))
    why = f"节假日表只有 {years} 年（每年最后一周还要看下一年的通知），数不到那里" if unknown else None
    return {
        "county": county,
        "known": known,
        "from": day.isoformat(),
        "from_working": of.working(day),
        **answer,
        "why": why,
    }


def _checked(said: NewDays) -> None:
    if said.kind is not None and said.kind not in DAY_KINDS:
        kinds = "、".join(f"{code}（{zh}）" for code, zh in DAY_KINDS.items())
        raise BadInput(f"没有“{said.kind}”这一种日子", fix=f"可以写：{kinds}", code="holiday.kind")
    if said.until < said.since or (said.until - said.since).days >= _MOST:
        raise BadInput("最后一天在第一天之前，或超过一年", fix="请写从哪天到哪天", code="day.bad")
    if not said.source.strip():
        raise BadInput("没有写依据哪份通知", fix="请写通知的名称和文号", code="holiday.source")
    if said.kind == "work" and any(day.weekday() < 5 for day in _days(said)):
        raise BadInput("调休上班的只会是星期六、星期日", fix="请核对日期", code="holiday.weekday")


def _days(said: NewDays) -> Sequence[date]:
    if said.kind is None:
        return [date(said.since.year, 1, 1)]
    return [said.since + timedelta(days=number) for number in range((said.until - said.since).days + 1)]


def _new(change: Change, said: NewDays, day: date, reason: str) -> Told:
    return {
        "county": change.county,
        "id": ids.new(),
        "recorded_by": change.number,
        "superseded_by": OPEN,
        "day": day,
        "whole_year": said.kind is None,
        "kind": said.kind,
        "name": (said.name or "").strip() or None,
        "source": said.source.strip(),
        "reason": reason,
    }


def _standing(change: Change) -> Any:
    return queries.holidays(change.county, OPEN - 1, REGISTER)


def _day(one: Marked, told: dict[str, Any]) -> Told:
    own = told.get(one.id or "")
    return {
        "day": one.day.isoformat(),
        "weekday": "一二三四五六日"[one.day.weekday()],
        "kind": one.kind,
        "label": DAY_KINDS[one.kind],
        "working": one.worked,
        "name": one.name,
        "source": one.source,
        "own": _row(*own) if own else None,
    }


def _row(row: Holiday, by: str, at: Any) -> Told:
    return {
        "holiday": row.id,
        "source": row.source,
        "reason": row.reason,
        "change": row.recorded_by,
        "by": by,
        "at": at.astimezone(clock.CHINA).isoformat(),
    }

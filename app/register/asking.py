"""The words of a question turned into what the register understands: which county, which day, as known when."""

from __future__ import annotations

import re
from datetime import date, datetime

from sqlalchemy.orm import Session

from app import clock
from app.errors import BadInput, UnknownCounty
from app.register.places import county_of
from app.register.scope import Actor, sees_county
from app.register.verdicts.verdict_asking import pinned
from app.register.verdicts.verdict_queries import Pin
from app.store import changes


def county_asked(session: Session, code: str | None, actor: Actor) -> str:
    """The county told, or the only one that the register holds.

    Raises:
        UnknownCounty: when the dictionary lacks it, or none was told and the register does not hold exactly one.
    """
    if code is not None:
        if not sees_county(actor, county_of(session, code)[0]):
            raise UnknownCounty(f"没有代码为“{code}”的县（市、区）")
        return code
    held = [county for county, _ in pinned(session, "", actor)]
    if len(held) == 1:
        return held[0]
    if not held:
        raise UnknownCounty("登记库里还没有任何县的数据", fix="请先导入名册，或用 --county 指明县的6位代码")
    raise UnknownCounty(f"登记库里有 {len(held)} 个县", fix=f"请用 --county 指明其中一个：{'、'.join(held)}")


def counties_asked(
    session: Session, county: str | None, division: str | None, known: str | None, actor: Actor
) -> tuple[Pin, ...]:
    """The county told, as known then; or all that the register holds of a city or province, each at its last change.

    Raises:
        UnknownCounty: as `county_asked`; or when the register holds none of the division.
        BadInput: when county and division are told together, or a change of several counties.
    """
    if division is None:
        code = county_asked(session, county, actor)
        return ((code, known_asked(session, code, known)),)
    if county is not None or known is not None:
        raise BadInput(
            "问市、省时不能再写县或变更编号", fix="请只写市、省的代码，各县按其最新的变更", code="division.alone"
        )
    if not re.fullmatch(r"\d{2}|\d{4}|\d{6}", division, re.ASCII):
        raise BadInput(
            f"“{division}”不是省、市的代码", fix="请写2位（省）或4位（市）的行政区划代码", code="division.bad"
        )
    pins = pinned(session, division, actor)
    if not pins:
        raise UnknownCounty(f"登记库里没有 {division} 的任何县", fix="请核对代码，或先导入名册")
    return pins


def day_asked(text: str | None) -> date:
    """The day told as 2024-01-15, else today.

    Raises:
        BadInput: when it is no day.
    """
    return clock.today() if text is None else day_told(text)


def day_told(text: str) -> date:
    """A day written as 2024-01-15.

    Raises:
        BadInput: when it is no day.
    """
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"没有“{text}”这一天", fix="请核对月份和日子", code="day.bad") from error
    raise BadInput(f"日期“{text}”写法不对", fix="请写成 2024-01-15 的样子", code="day.bad")


def known_asked(session: Session, county: str, text: str | None) -> int:
    """The change up to which we knew: told as its number or as an instant, else the latest.

    Raises:
        BadInput: when it is neither, or the county has no such change.
    """
    head = changes.head(session, county)
    if text is None:
        return head
    if re.fullmatch(r"\d{1,18}", text, re.ASCII):
        if int(text) > head:
            raise BadInput(f"{county} 还没有第 {text} 号变更，最新的是第 {head} 号", code="known.bad")
        return int(text)
    return changes.number_at(session, county, _instant(text))


def _instant(text: str) -> datetime:
    try:
        # A plus sign that was not escaped in a web address arrives as a blank.
        instant = datetime.fromisoformat(re.sub(r" (\d{2}:?\d{2})$", r"+\1", text) if "T" in text else text)
    except ValueError as error:
        raise BadInput(
            f"“{text}”不是变更编号，也不是时刻",
            fix="请写变更编号（如 57）或时刻（如 2025-12-22T10:00:00+08:00）",
            code="known.bad",
        ) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=clock.CHINA)

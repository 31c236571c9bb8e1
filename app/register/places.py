"""Counties and townships by the division dictionary, with its dated aliases and the county's own spellings."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dates import FOREVER
from app.errors import BadInput, UnknownCounty, UnknownTownship
from app.register.desk import desk_queries
from app.register.scope import REGISTER, sees_county, sees_township
from app.store.acting import actor_of
from app.store.models import Division, DivisionAlias

#: A township's code, and its name in the dictionary.
Place = tuple[str, str]


def spelling(text: str) -> str:
    """A place's name as it is compared: full-width and half-width alike, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def county_of(session: Session, code: str) -> Place:
    """The county of a 6-digit code. One that is not theirs who ask is none to them.

    Raises:
        UnknownCounty: when the dictionary has none.
    """
    found = session.get(Division, spelling(code))
    if found is None or found.level != "county" or not sees_county(actor_of(session), found.code):
        raise UnknownCounty(f"没有代码为“{code}”的县（市、区）")
    return found.code, found.name


def townships_of(session: Session, county: str, on: date | None = None, *, learned: bool = True) -> Mapping[str, Place]:
    """The county's townships by every spelling: dictionary name, the same after the county's name, aliases.

    With `on`, only the aliases in use on that day; else all that ever were. A name of the dictionary goes before an
    alias; an alias of two townships is nobody's. `learned`: with the spellings that a person told of.
    """
    own = select(Division.code, Division.name).where(Division.parent == county, Division.level == "township")
    names = dict(session.execute(own.order_by(Division.code)).all())
    found: dict[str, Place] = {}
    for alias, code in (*_aliases(session, county, on), *(_learned(session, county, names) if learned else ())):
        clash = found.setdefault(alias, (code, names[code]))[0] != code
        if clash:
            found[alias] = ("", "")
    found = {alias: place for alias, place in found.items() if place[0]}
    before = session.scalar(select(Division.name).where(Division.code == county)) or ""
    for code, name in names.items():
        found[spelling(before + name)] = found[spelling(name)] = (code, name)
    return found


def _learned(session: Session, county: str, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """The spellings that a person told of, of townships that the dictionary still has."""
    told = session.scalars(desk_queries.learned(county, ("township",), REGISTER))
    found = [(one.key, str(json.loads(one.answer)["township"])) for one in told]
    return [(written, code) for written, code in found if code in names]


def _aliases(session: Session, county: str, on: date | None) -> list[tuple[str, str]]:
    chosen = (
        select(DivisionAlias.alias, DivisionAlias.code)
        .join(Division, Division.code == DivisionAlias.code)
        .where(Division.parent == county, Division.level == "township")
        .order_by(DivisionAlias.alias, DivisionAlias.code)
    )
    if on is not None:
        chosen = chosen.where(DivisionAlias.valid_from <= on, DivisionAlias.valid_to > on)
    return [(spelling(alias), code) for alias, code in session.execute(chosen)]


def township_in(session: Session, county: str, text: str, on: date | None = None) -> Place:
    """A township of the county, by its name, an alias, or its code of 9 or 12 digits. Another's is none to who asks.

    Raises:
        UnknownTownship: when the county has none such.
    """
    wanted, actor = spelling(text), actor_of(session)
    townships = {
        written: place for written, place in townships_of(session, county, on).items() if sees_township(actor, place[0])
    }
    if re.fullmatch(r"\d{9}(000)?", wanted, re.ASCII):
        codes = dict(townships.values())
        if wanted[:9] in codes:
            return wanted[:9], codes[wanted[:9]]
    if wanted in townships:
        return townships[wanted]
    name = county_of(session, county)[1]
    raise UnknownTownship(f"{name}没有“{text}”这个乡镇（街道）", fix=f"请用{name}的乡镇名称或9位代码")


def add_alias(session: Session, county: str, township: str, alias: str, *, since: date, until: date = FOREVER) -> Place:
    """Let a township of the county also be called so, on the days from `since` to before `until`.

    Raises:
        UnknownTownship: when the county has no such township.
        BadInput: when the alias is empty, ends before it begins, or is a township's name already.
    """
    code, name = township_in(session, county, township)
    written = spelling(alias)
    if not written or since >= until:
        raise BadInput("别名为空，或起止日期不对")
    taken = townships_of(session, county).get(written)
    if taken is not None and taken[0] != code:
        raise BadInput(f"“{alias}”已经是{taken[1]}的名称或别名", fix="请换一个写法，或先核对两个乡镇")
    if session.get(DivisionAlias, (code, written, since)) is None:
        session.add(DivisionAlias(code=code, alias=written, valid_from=since, valid_to=until))
        session.flush()
    return code, name

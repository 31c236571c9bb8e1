"""Learned answers: what a person told once, of a layout or of the county, remembered until it is taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.names import plain_name
from app.errors import BadInput, Decided
from app.register import queries
from app.register.desk import desk_queries
from app.register.facts.identity import same_as
from app.register.places import spelling, township_in, townships_of
from app.register.scope import REGISTER
from app.store import ids
from app.store.facts import from_json
from app.store.models import OPEN, Change, LearnedAnswer
from app.store.superseding import supersede

_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Learned:
    """An answer to remember. `layout`: the fingerprint that it is for, empty where it is the county's as a whole."""

    kind: str
    layout: str
    key: str
    answer: Mapping[str, Any]


def of_layouts(session: Session, county: str) -> list[Learned]:
    """What is remembered of columns and rows, in the order in which it was told."""
    found = session.scalars(desk_queries.learned(county, ("column", "row"), REGISTER))
    return [Learned(one.kind, one.layout, one.key, json.loads(one.answer)) for one in found]


def firms_called(session: Session, county: str) -> dict[str, str]:
    """The county's own names for firms: plain name → the id of the firm that stands."""
    same = same_as(session, county)
    found = session.scalars(desk_queries.learned(county, ("name",), REGISTER))
    return {one.key: same.of(one.enterprise_id) for one in found}


def remember(
    session: Session,
    change: Change,
    answers: Iterable[Learned],
    reason: str,
    *,
    batch: str | None = None,
    firm: str | None = None,
) -> list[str]:
    """Remember answers; one for the same key gives way. `batch`: the import that they were told with; their ids."""
    standing = {
        (one.kind, one.layout, one.key): one
        for one in session.scalars(desk_queries.learned(change.county, None, REGISTER))
    }
    made = {}
    for one in {(one.kind, one.layout, one.key): one for one in answers}.values():
        text = json.dumps(dict(one.answer), ensure_ascii=True, sort_keys=True)
        before = standing.get((one.kind, one.layout, one.key))
        if before is not None and (before.answer, before.enterprise_id) == (text, firm):
            continue
        if before is not None:
            supersede(session, change, LearnedAnswer, [before.id])
        id = ids.new()
        said = {"kind": one.kind, "layout": one.layout, "key": one.key, "answer": text}
        said["reason"] = reason.encode("utf-8", "replace").decode()
        about = {"batch_id": batch, "enterprise_id": firm}
        common = {"county": change.county, "recorded_by": change.number, "superseded_by": OPEN}
        session.execute(insert(LearnedAnswer).values(id=id, **common, **said, **about))
        made[id] = one
    return list(made)


def call_township(session: Session, change: Change, written: str, township: str, reason: str) -> str:
    """Let a township of the county also be written so in rosters; the answer's id.

    Raises:
        UnknownTownship: when the county has no such township.
        BadInput: when it is too short to tell a township, or a township's name already.
        Decided: when it is decided so.
    """
    code, name = township_in(session, change.county, township)
    key = spelling(written)
    if not _bearable(key, _LONGEST_NAME):
        raise BadInput(f"“{written}”不能当作乡镇的写法", fix="请照表上写的抄，至少两个字", code="township.alias")
    taken = townships_of(session, change.county, learned=False).get(key)
    if taken is not None:
        raise BadInput(f"“{written}”已经是{taken[1]}的名称或别名", fix="请核对乡镇", code="township.alias_taken")
    answer = Learned("township", "", key, {"township": code, "name": name, "written": key})
    return _one(remember(session, change, [answer], reason), f"“{written}”已经定为{name}")


def call_firm(session: Session, change: Change, written: str, firm: str, reason: str) -> str:
    """Let a firm of the county also be called so in rosters; the answer's id.

    Raises:
        BadInput: when it is no name, or the name of other firms alone.
        Decided: when it is decided so.
    """
    standing = same_as(session, change.county).of(firm)
    if not _bearable(plain_name(written), _LONGEST_NAME):
        raise BadInput(f"“{written}”不能当作企业的写法", fix="请照表上写的抄，至少两个字", code="name.alias")
    bearers = _bearers(session, change.county, written)
    if bearers and standing not in bearers:
        fix = "是同一家的，请用 luzhang decide same；不是的，逐行用 luzhang decide row"
        raise BadInput(f"“{written}”是别的企业的名称", fix=fix, code="name.taken")
    made = remember(session, change, [_name(written)], reason, firm=standing)
    return _one(made, f"“{written}”已经定为这家企业")


def hear_name(session: Session, change: Change, written: str, firm: str, reason: str) -> None:
    """Remember under what name a row stood that a person said is this firm's, unless it is some firm's name already.

    Where another firm is called so, the name tells neither: what was remembered of it is taken back.
    """
    if not _bearable(plain_name(written), _LONGEST_NAME):
        return
    bearers = _bearers(session, change.county, written)
    named = session.scalars(desk_queries.learned(change.county, ("name",), REGISTER)).all()
    same = same_as(session, change.county)
    others = [one.id for one in named if one.key == plain_name(written) and same.of(one.enterprise_id) != firm]
    supersede(session, change, LearnedAnswer, others)
    if not bearers and not others:
        remember(session, change, [_name(written)], reason, firm=firm)


def _bearable(key: str, longest: int) -> bool:
    return 2 <= len(key) <= longest and key.isprintable()


def _name(written: str) -> Learned:
    return Learned("name", "", plain_name(written), {"written": written})


def _bearers(session: Session, county: str, name: str) -> set[str]:
    """The firms to which a statement that stands gives this name."""
    same = same_as(session, county)
    return {
        same.of(firm)
        for firm, field, text in session.execute(queries.naming(county, REGISTER))
        if field != "uscc" and plain_name(str(from_json(text))) == plain_name(name)
    }


def _one(made: list[str], decided: str) -> str:
    if not made:
        raise Decided(decided, code="learned.already")
    return made[0]

"""Records of what is no change of the register: sign-ins, accounts, files handed out, personal data shown, refusals.

A record holds no secret and no personal data: what is told of it is masked, and long texts are cut.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.actor import Actor
from app.domain.masking import masked
from app.store.acting import actor_of
from app.store.audit import NOBODYS, RESULTS
from app.store.audit_chain import Said, queue
from app.store.engine import retrying, unit

#: Characters kept of a name or address, of what it was done to, and of each side of what changed.
NAME, SUBJECT, SIDE = 100, 500, 4000

Told = Mapping[str, Any]


def record(
    session: Session,
    *,
    act: str,
    what: str,
    county: str | None = None,
    before: Told | None = None,
    after: Told | None = None,
    result: str = "done",
    code: str | None = None,
    actor: Actor | None = None,
) -> None:
    """Have an act recorded with the unit of work that carries it out: it is written at the unit's end.

    `county`: whose act it is; None where it is no one county's. `what`: an id or a few words. `before`, `after`: what
    changed. `result`: done, refused, or failed; `code` then says why. `actor`: where it is not the session's.

    Raises:
        LuzhangError: when the unit writes another county.
    """
    if result not in RESULTS:
        raise ValueError(result)
    who = actor or actor_of(session)
    who = replace(who, name=_kept(who.name, NAME), origin=_kept(who.origin, NAME))
    sides = (_json(before), _json(after))
    queue(session, Said(county or NOBODYS, act, who, _kept(masked(what), SUBJECT), *sides, result, code))


def record_alone(
    engine: Engine,
    *,
    act: str,
    what: str,
    county: str | None = None,
    before: Told | None = None,
    after: Told | None = None,
    result: str = "done",
    code: str | None = None,
    actor: Actor | None = None,
) -> None:
    """As `record`, in a unit of work of its own: for what reads, and for what was refused and so left no trace.

    Raises:
        DatabaseUnavailable: when it cannot be recorded; then nothing may be handed out.
    """
    told: dict[str, Any] = {"act": act, "what": what, "county": county, "before": before, "after": after}

    def write() -> None:
        with unit(engine) as session:
            record(session, **told, result=result, code=code, actor=actor)

    retrying(write)


def _json(told: Told | None) -> str | None:
    if told is None:
        return None
    text = json.dumps(_plain(told), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text if len(text) <= SIDE else json.dumps({"too_long": len(text)})


def _plain(told: Any) -> Any:
    """What JSON can say of it, masked."""
    if told is None or isinstance(told, bool | int | float):
        return told
    if isinstance(told, Mapping):
        return {str(name): _plain(value) for name, value in told.items()}
    if isinstance(told, list | tuple | set | frozenset):
        return [_plain(one) for one in (sorted(told) if isinstance(told, set | frozenset) else told)]
    return _kept(told.isoformat() if isinstance(told, date) else masked(str(told)), SIDE)


def _kept(text: str, most: int) -> str:
    """A text that both engines can keep, of no more than so many characters."""
    clean = text.encode("utf-8", "replace").decode().replace("\x00", "?")
    return clean if len(clean) <= most else clean[: most - 1] + "…"

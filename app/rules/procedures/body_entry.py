"""The bodies of requirements as a file writes them: `requires:` holds exactly one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any

from app.domain.documents import ACCEPTANCE_LEVELS, DOCUMENT_KINDS
from app.domain.vocabulary import ENUMS
from app.rules.entries import Entry
from app.rules.procedures.bodies import PARTICULARS
from app.rules.procedures.procedure import (
    STEPS,
    Accepted,
    Ahead,
    Body,
    Earlier,
    Empowered,
    Existing,
    InOrder,
    NoHoliday,
    NoneOf,
    NoNight,
    OneOf,
    OwnPaper,
    Papers,
    Planned,
    Powered,
    Standing,
    Stated,
)
from app.rules.programmes.body_entry import each, words

STATES = ("power_cut", "production_stopped")


def body_of(entry: Entry) -> Body | None:
    """What is required; None where a sentence is only shown."""
    if entry.take("requires") is None:
        return None
    inner = entry.entry("requires")
    return _read(inner) if inner else None


def among(entry: Entry, key: str, allowed: Collection[str], *, required: bool = True) -> tuple[str, ...]:
    """A list of words, each one of those allowed."""
    found = words(entry, key, required=required)
    strange = [one for one in found if one not in allowed]
    if strange:
        entry.fault(key, f"“{key}”不能有“{strange[0]}”，可以有：{'、'.join(allowed)}")
    return tuple(one for one in found if one in allowed)


def _read(inner: Entry) -> Body | None:
    named = [key for key in inner.block if key in _READERS]
    if len(named) != 1 or len(inner.block) != 1:
        inner.fault(next(iter(inner.block), ""), f"requires 只写一样：{'、'.join(_READERS)}")
        return None
    return _READERS[named[0]](inner, named[0])


def _papers(inner: Entry, key: str) -> Body | None:
    own = inner.entry(key, required=True)
    if own is None:
        return None
    found = Papers(among(own, "kinds", DOCUMENT_KINDS), words(own, "issuers"), words(own, "titles"))
    own.close()
    return found


def _own_paper(inner: Entry, key: str) -> Body | None:
    own = inner.entry(key, required=True)
    if own is None:
        return None
    steps = own.entry("by_step", required=True)
    by_step = {name: among(steps, name, DOCUMENT_KINDS) for name in steps.block} if steps else {}
    strange = [name for name in by_step if name not in STEPS]
    if strange:
        own.fault("by_step", f"没有“{strange[0]}”这一步")
    found = OwnPaper(by_step, own.take("file") is True)
    own.close()
    return found


def _no_night(inner: Entry, key: str) -> Body | None:
    own = inner.entry(key, required=True)
    if own is None:
        return None
    since, until = (own.text(name, required=True) or "" for name in ("since", "until"))
    if any(not re.fullmatch(r"\d\d:\d\d", one) for one in (since, until)):
        own.fault("since", "since、until 应写成 22:00 的样子，要加引号")
    found = NoNight(since, until, own.text("custom", required=True) or "")
    own.close()
    return found


def _ahead(inner: Entry, key: str) -> Body | None:
    hours = inner.take(key)
    if isinstance(hours, bool) or not isinstance(hours, int) or hours < 1:
        inner.fault(key, "ahead 应为小时数")
        return None
    return Ahead(hours)


def _parts(inner: Entry, key: str, make: Callable[[tuple[Body, ...]], Body]) -> Body | None:
    found = [_read(one) for one in each(inner, key, "、".join(_READERS))]
    if not found:
        inner.fault(key, f"“{key}”至少写一样")
    return make(tuple(one for one in found if one is not None))


def _flag(make: Callable[[], Body]) -> Callable[[Entry, str], Body | None]:
    def read(inner: Entry, key: str) -> Body | None:
        if inner.take(key) is not True:
            inner.fault(key, f"“{key}”只能写 true")
        return make()

    return read


def _listed(make: Callable[[tuple[str, ...]], Body], allowed: Collection[str]) -> Callable[[Entry, str], Body | None]:
    return lambda inner, key: make(among(inner, key, allowed))


_READERS: dict[str, Callable[[Any, str], Body | None]] = {
    "stated": _listed(Stated, PARTICULARS),
    "own_paper": _own_paper,
    "papers": _papers,
    "accepted": _listed(Accepted, ACCEPTANCE_LEVELS),
    "planned": _listed(Planned, ENUMS["plan_stage"]),
    "standing": _listed(Standing, STATES),
    "earlier": _listed(Earlier, STEPS),
    "one_of": lambda inner, key: _parts(inner, key, OneOf),
    "none_of": lambda inner, key: _parts(inner, key, NoneOf),
    "in_order": _flag(InOrder),
    "ahead": _ahead,
    "no_holiday": _flag(NoHoliday),
    "no_night": _no_night,
    "existing": _flag(Existing),
    "empowered": _flag(Empowered),
    "powered": _flag(Powered),
}

"""Why something is another one at another moment: a later day, later knowledge, or both, and what people did. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.register import AsOf
from app.register.facts.settle import PRESENT
from app.register.history.acts import Act
from app.register.history.tracks import NOTHING, State, Track, same

REASONS = {
    "new_fact": "新情况",
    "told_later": "后来补报",
    "corrected": "更正",
    "disputed": "来源说法不一",
    "decided": "人工认定",
    "undone": "撤回",
    "merged": "合并",
    "taken_apart": "拆开",
    "transferred": "转到别家",
    "moved": "迁址",
    "removed": "拆除",
    "returned": "重新出现",
    "clause": "条款变化",
}

_OF_ACT = {"undo": "undone", "merge": "merged", "decide": "decided", "withdraw": "undone"}
_BY_HAND = frozenset(_OF_ACT.values()) | {"taken_apart"}
_ABOUT_THE_WORLD = {"new_fact", "told_later", "decided"}


def causes(track: Track, one: AsOf, other: AsOf, acts: Mapping[int, Act]) -> tuple[str, ...]:
    """Why a state is another one.

    First the day stays and the knowledge goes on: what was true of the earlier day was wrong (`corrected`), or a day
    before it was only told of later (`told_later`). Then the knowledge stays and the day goes on: `new_fact`.
    """
    low, high = sorted((one.known, other.known))
    was, then, now = track.state(one.day, one.known), track.state(one.day, other.known), track.state(*_at(other))
    found: list[str] = []
    if not same(was, then):
        wrong = _wrong(track, was, one, other)
        found += [cause(acts.get(number), wrong) for number in track.altered(one.day, low, high)]
    if not same(then, now):
        later = (cause(acts.get(number), wrong=False) for number in track.altered(other.day, low, high))
        found += ["new_fact", *(word for word in later if word in _BY_HAND)]
    return tuple(dict.fromkeys(found))


def nature(field: str, before: State, after: State, found: Iterable[str]) -> tuple[str, ...]:
    """The same with what kind of thing happened: a move, a removal, a return, a contradiction."""
    found = tuple(found)
    more = []
    if after[1] and not before[1]:
        more.append("disputed")
    if _ABOUT_THE_WORLD & set(found):
        if field == "township" and before[0] is not None and after[0] is not None:
            more.append("moved")
        if field == PRESENT and after[0] is False:
            more.append("removed")
        if field == PRESENT and before[0] is False:
            more.append("returned")
    return tuple(dict.fromkeys((*found, *more)))


def told_by(track: Track, moment: AsOf) -> int | None:
    """The change since which the state of a moment is known."""
    numbers = track.altered(moment.day, 0, moment.known)
    return numbers[-1] if numbers else None


def in_words(found: Iterable[str]) -> str:
    """Reasons as people read them."""
    return "、".join(REASONS[one] for one in found)


def as_list(found: Iterable[str]) -> list[dict[str, Any]]:
    """For commands and the API."""
    return [{"reason": one, "label": REASONS[one]} for one in found]


def _at(moment: AsOf) -> tuple[Any, int]:
    return moment.day, moment.known


def _wrong(track: Track, was: State, one: AsOf, other: AsOf) -> bool:
    """Whether what was held of the day is denied of the very day from which on it was held."""
    if was == NOTHING:
        return False
    return not same(track.state(track.begins(one.day, one.known), other.known), was)


def cause(act: Act | None, wrong: bool) -> str:
    """Which reason an act is on the axis of knowledge; `wrong`: it denies what was held."""
    if act is not None and act.parts:
        return "taken_apart"
    if act is not None and act.act in _OF_ACT:
        return _OF_ACT[act.act]
    return "corrected" if wrong else "told_later"

"""Which known permit or action of a firm each one of a roster is. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.dates import FOREVER, DateInterval
from app.domain.statement import Value
from app.register.machines.matching import plain

Stated = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Paper:
    """A permit or action that the register has, of one kind. `last`: the last day for which it was spoken of."""

    key: str
    facts: Mapping[str, tuple[Value, ...]]
    last: date = date.min


def match_permit(known: Sequence[Paper], stated: Stated) -> tuple[str, ...]:
    """Of the firm's permits of one kind, the one that this is: none (it is new), one, or several that it may be."""
    numbered = [paper for paper in known if _agrees(paper, stated, "number") is True]
    return _chosen(numbered or [paper for paper in known if _agrees(paper, stated, "number") is None], stated)


def match_action(known: Sequence[Paper], stated: Stated) -> tuple[str, ...]:
    """Of the firm's actions of one kind: by document number, else by days that overlap, else by what is left open."""
    written = [paper for paper in known if _agrees(paper, stated, "document_no") is True]
    if written:
        return _chosen(written, stated)
    unwritten = [paper for paper in known if _agrees(paper, stated, "document_no") is None]
    same_days = [paper for paper in unwritten if _agrees(paper, stated, "taken_on") is True]
    overlapping = same_days or [paper for paper in unwritten if _overlaps(paper, stated)]
    if overlapping:
        return _chosen(overlapping, stated)
    return _chosen([paper for paper in unwritten if _agrees(paper, stated, "taken_on") is None], stated)


def _agrees(paper: Paper, stated: Stated, name: str) -> bool | None:
    """Whether both state the same of a field; None where one of them states nothing."""
    if name not in stated or not paper.facts.get(name):
        return None
    return plain(stated[name]) in {plain(value) for value in paper.facts[name]}


def _overlaps(paper: Paper, stated: Stated) -> bool:
    days = stated.get("taken_on")
    if not isinstance(days, DateInterval):
        return False
    return any(
        isinstance(other, DateInterval)
        and (days.since or date.min) <= (other.until or FOREVER)
        and (other.since or date.min) <= (days.until or FOREVER)
        for other in paper.facts.get("taken_on", ())
    )


def _chosen(fits: Sequence[Paper], stated: Stated) -> tuple[str, ...]:
    """The only one that fits; of several the latest that says all of it, or the only one that says nothing else.

    What is new goes to none of several that it fits alike: that would be a guess.
    """
    if len(fits) < 2:
        return tuple(paper.key for paper in fits)
    same = [paper for paper in fits if all(_agrees(paper, stated, name) is True for name in stated)]
    if same:
        return (max(same, key=lambda paper: paper.last).key,)
    quiet = [paper for paper in fits if all(_agrees(paper, stated, name) is not False for name in stated)]
    return tuple(paper.key for paper in (quiet if len(quiet) == 1 else fits))

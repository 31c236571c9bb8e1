"""Names under which firms went before a person recorded their new one: who still writes them says nothing new. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.statement import Statement, same_value


@dataclass(frozen=True, slots=True)
class Renaming:
    """That a firm is called something else from a day on, as a person recorded it."""

    day: date
    old: Statement
    new: Statement


def without_former(names: Sequence[Statement], formers: Sequence[Statement]) -> list[Statement]:
    """What is said of a firm's name, but for its former one on days after it took another (曾用名).

    Only a person's word is a renaming: a roster's own 曾用名 says nothing of the day. Where that is taken back, or a
    person names the firm so again, the old name counts as any other.
    """
    renamings = _renamings(names, formers)
    return [said for said in names if said.decided or not _former(said, renamings)] if renamings else list(names)


def _renamings(names: Sequence[Statement], formers: Sequence[Statement]) -> list[Renaming]:
    """The names that a person stated together with the one before."""
    told = {(one.day, one.change): one for one in formers if one.decided}
    pairs = [
        Renaming(one.day, told[(one.day, one.change)], one)
        for one in names
        if one.decided and (one.day, one.change) in told
    ]
    return sorted(pairs, key=lambda one: (one.day, one.new.change))


def _former(said: Statement, renamings: Sequence[Renaming]) -> bool:
    """Whether by that day the name was one that the firm had given up, and not taken again."""
    given_up = False
    for one in renamings:
        if one.day <= said.day:
            if same_value(one.new.value, said.value):
                given_up = False
            elif same_value(one.old.value, said.value):
                given_up = True
    return given_up

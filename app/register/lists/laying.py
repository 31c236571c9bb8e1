"""The order of a list before its rows are read: found by the columns that it is laid by, read for a whole county."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.register import AsOf, Enterprise
from app.register.facts.identity import same_as
from app.register.lists.asked import Asked
from app.register.lists.chosen import Ref, chosen
from app.register.lists.columns import SECTION
from app.register.lists.counting import Counting
from app.register.lists.found import judged
from app.register.lists.order import Keys, key_of, keys_of, place_of_presence, places_by, told_by
from app.register.lists.portions import NO_FIRM, Share, cut, listed
from app.register.lists.rows import Candidate
from app.register.lists.ruled_out import firms_left, rows_left
from app.register.lists.told_facts import told_values
from app.register.scope import Actor
from app.store.engine import reading


@dataclass(frozen=True, slots=True)
class _Column:
    """What rows are laid by in one column, by the id of the row or of its firm; `without`: where nothing is said."""

    of_firm: bool
    keys: Mapping[str, Any]
    without: Any = None

    def of(self, ref: Ref) -> Any:
        return self.keys.get(ref.firm if self.of_firm else ref.id, self.without)


def laid(session: Session, shares: Sequence[Share], actor: Actor) -> list[tuple[int, Ref]]:
    """Every row that may be listed, in the order asked for, each with the place of its county among the shares.

    Equal ones stand as enrolled. A row that turns out not to be what was asked is left out when it is read: the others
    keep their order.
    """
    refs: list[tuple[int, Ref]] = []
    keys: list[Keys] = []
    for place, share in enumerate(shares):
        for ref, key in _keyed(session, share, actor):
            refs.append((place, ref))
            keys.append(key)
    return [refs[place] for place in places_by(keys, shares[0].asked.sort)]


def _keyed(session: Session, share: Share, actor: Actor) -> Iterator[tuple[Ref, Keys]]:
    """A county's rows as enrolled, with what each is laid by."""
    asked = share.asked
    alone, kinds = _alone(session, share, actor)
    columns = [] if asked.noun == "figures" else [_column(session, asked, name, kinds, actor) for name, _ in asked.sort]
    for firm in share.firms:
        for one, _ in listed(asked, share.tied.get(firm, [])):
            yield Ref(firm, one.subject.id), keys_of(one, asked.sort)
        for id in alone.get(firm, ()):
            ref = Ref(firm, id)
            yield ref, tuple(column.of(ref) for column in columns)


def _alone(session: Session, share: Share, actor: Actor) -> tuple[Mapping[str, Sequence[str]], Mapping[str, str]]:
    """What may be a row of each firm that is tied to no other, as enrolled; and of papers their kinds."""
    asked = share.asked
    if share.firms == (NO_FIRM,):
        return {}, {}
    same = same_as(session, asked.county, asked.moment.known)
    left = firms_left(session, asked, same, actor)
    firms = {id for id in share.firms if id not in share.tied and (left is None or id in left)}
    section = SECTION[asked.noun]
    if section == "enterprise":
        return {id: (id,) for id in firms}, {}
    found: defaultdict[str, list[str]] = defaultdict(list)
    kinds: dict[str, str] = {}
    for id, enrolled, *kind in session.execute(rows_left(section, asked, actor)):
        firm = same.of(enrolled)
        if firm in firms:
            found[firm].append(id)
            kinds.update((id, one) for one in kind)
    return found, kinds


def _column(session: Session, asked: Asked, name: str, kinds: Mapping[str, str], actor: Actor) -> _Column:
    own, county, moment = SECTION[asked.noun], asked.county, asked.moment
    section, fact = told_by(own, name)
    if fact == "kind" and kinds:
        return _Column(False, {id: key_of(section, fact, kind) for id, kind in kinds.items()})
    keys = _keys(session, section, fact, county, moment, actor)
    return _Column(section != own, keys, place_of_presence(None) if fact == "present" else None)


def _keys(session: Session, section: str, fact: str, county: str, moment: AsOf, actor: Actor) -> dict[str, Any]:
    """What subjects of a section are laid by; those that say nothing, or of which it is disputed, are left out."""
    told = told_values(session, section, fact, county, moment, actor)
    if fact == "present":
        return {id: place_of_presence(value if isinstance(value, bool) else None) for id, value in told}
    return {id: key_of(section, fact, value) for id, value in told}


def rows_laid(
    engine: Engine, shares: Sequence[Share], actor: Actor, countings: Sequence[Counting]
) -> Iterator[list[tuple[int, Candidate, bool]]]:
    """The rows that are listed, in the order asked for, each with the place of its county, portion by portion."""
    with reading(engine) as session:
        refs = laid(session, shares, actor)
    parts = [_Part(share, counting, actor) for share, counting in zip(shares, countings, strict=True)]
    for some in cut(refs):
        found: dict[tuple[int, Ref], tuple[Candidate, bool]] = {}
        with reading(engine) as session:
            for place, part in enumerate(parts):
                own = {ref for at, ref in some if at == place}
                found |= {(place, ref): row for ref, row in part.read(session, own)}
        yield [(place, *found[place, ref]) for place, ref in some if (place, ref) in found]


class _Part:
    """One county's rows, of which any may be read."""

    def __init__(self, share: Share, counting: Counting, actor: Actor) -> None:
        self._share, self._counting, self._actor = share, counting, actor
        self._firms: dict[str, Enterprise] = {}

    def read(self, session: Session, refs: Collection[Ref]) -> Iterator[tuple[Ref, tuple[Candidate, bool]]]:
        """Those of these rows that are listed; what was not counted beforehand is counted."""
        share = self._share
        alone = {ref for ref in refs if ref.firm not in share.tied}
        if alone:
            whole = chosen(session, share.asked, sorted(alone), self._actor, self._firms)
            answers = [row for row in judged(share.fitting, whole) if _ref(row[0]) in alone]
            self._counting.add(share.fitting, whole, answers)
            yield from ((_ref(row[0]), row) for row in listed(share.asked, answers))
        for firm in {ref.firm for ref in refs} - {ref.firm for ref in alone}:
            yield from ((_ref(row[0]), row) for row in share.tied[firm] if _ref(row[0]) in refs)


def _ref(one: Candidate) -> Ref:
    return Ref(one.firm.id if one.firm else NO_FIRM, one.subject.id)

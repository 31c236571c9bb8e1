"""What an import left open of which machine replaced which: the machines that went and came, for a person to pair."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.domain.statement import Statement
from app.register import queries
from app.register.desk import desk_queries
from app.register.facts.identity import same_as
from app.register.facts.project import parts_of
from app.register.facts.spoken import spoken
from app.register.machines.apart import apart, still_open
from app.register.machines.in_place_of import Mover, succession
from app.register.machines.machine_words import in_words
from app.register.machines.matching import bodies
from app.register.machines.replacing import claims, links
from app.register.scope import Actor

Row = dict[str, Any]

#: What was said of one machine, in order, each with its batch.
Told = Sequence[tuple[str, Statement]]


def open_replacements(session: Session, county: str, actor: Actor, names: Mapping[str, str]) -> Iterator[Row]:
    """Of each firm about which an import asked: the machines that went out and that came in, and are not linked.

    Those of which it is decided that they have nothing to do with each other are asked about no more.
    """
    asked = _asked(session, county, actor)
    linked = links(session, county, actor) if asked else []
    decided = apart(session, county, actor) if asked else frozenset()
    old, new = {one.old for one in linked}, {one.new for one in linked}
    for firm, batches in asked.items():
        told = _told(session, county, firm, actor)
        for batch in batches:
            out, come = _movers(batch, {id: words for id, words in told.items() if id not in old}, new)
            for unclear in succession(out, come).unclear:
                left = still_open(unclear, decided)
                if left is None:
                    continue
                sides = {"out": left.out, "come": left.come}
                shown = {side: [_shown(one, told[one.key]) for one in some] for side, some in sides.items()}
                yield {"batch": batch, "enterprise": {"id": firm, "name": names.get(firm, "")}, **shown}


def _asked(session: Session, county: str, actor: Actor) -> dict[str, list[str]]:
    """The imports that asked, by the firm about which they did."""
    same = same_as(session, county)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for batch, cell, row, firm in session.execute(desk_queries.replacements_asked(county, actor)):
        if re.fullmatch(rf"[A-Z]+{row}", cell) and batch not in found[same.of(firm)]:
            found[same.of(firm)].append(batch)
    return found


def _told(session: Session, county: str, firm: str, actor: Actor) -> dict[str, Told]:
    """All that was said of a firm's machines."""
    machines = [part.id for part in parts_of(session, county, [firm]) if part.section == "equipment"]
    found: defaultdict[str, list[tuple[str, Statement]]] = defaultdict(list)
    for batch, said in spoken(session, county, machines, queries.NOW, actor):
        found[said.subject].append((batch, said))
    return dict(found)


def _movers(batch: str, told: Mapping[str, Told], linked: set[str]) -> tuple[list[Mover], list[Mover]]:
    """What an import took out and what it brought, as when it was proposed."""
    own = {id: [said for of, said in words if of == batch] for id, words in told.items()}
    sources = {said.source for words in own.values() for said in words}
    began = min((said.change for words in own.values() for said in words), default=0)
    out, come = [], []
    for id, words in told.items():
        before = [said for of, said in words if of != batch and said.change < began]
        if not before:
            if own[id] and words[0][0] == batch and id not in linked and not any(map(_leaves, own[id])):
                come.append(_mover(id, words))
            continue
        removed = any(map(_leaves, own[id]))
        left_out = not own[id] and any(said.source in sources for said in before)
        if (removed or left_out) and not any(map(_leaves, before)):
            out.append(_mover(id, words))
    return out, come


def _leaves(said: Statement) -> bool:
    return said.field == "removed_on" or (said.field == "state" and said.value == "removed")


def _mover(id: str, words: Told) -> Mover:
    facts = claims(said for _, said in words)
    kinds, counts = facts.get("kind", ()), facts.get("quantity", (1,))
    # What is still open is asked, whatever was stated: certain pairs are linked by their import.
    return Mover(id, str(kinds[0]) if len(kinds) == 1 else None, bodies(counts[0]))


def _shown(one: Mover, words: Told) -> Row:
    facts = {name: some[0] for name, some in claims(said for _, said in words).items()}
    return {"id": one.key, "machine": in_words(facts), "bodies": one.bodies}

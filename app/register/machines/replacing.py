"""Which machine came in the place of which: one for one within a firm, by the papers or by a person, and taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.dates import FOREVER
from app.domain.proposal import Entry
from app.domain.statement import Statement, Value
from app.errors import BadInput, Decided
from app.register import queries
from app.register.desk import desk_queries
from app.register.facts.identity import same_as
from app.register.facts.settle import claimed
from app.register.facts.spoken import by_subject
from app.register.machines.apart import refuse_apart
from app.register.machines.machine_words import in_words
from app.register.machines.matching import bodies
from app.register.machines.within_firm import Pair, firms_of, pair_of
from app.register.scope import REGISTER, Actor
from app.store import ids
from app.store.models import OPEN, Change, MachineReplacement
from app.store.superseding import supersede

#: Why an import links two machines by itself.
_PAPERS = "名册写明旧的已经拆除，同一份名册里只新列了一台（组）同类设备，台数相同"


@dataclass(frozen=True, slots=True)
class Link:
    """`new` came in the place of `old`; both by the records that stand for them. `batch`: the import that said so."""

    id: str
    old: str
    new: str
    batch: str | None
    reason: str
    change: int


def links(session: Session, county: str, actor: Actor, known: int = queries.NOW.known) -> list[Link]:
    """The replacements that hold, in the order in which they were recorded.

    One holds as long as both machines are of one firm. Where two records became one and each had a link, the first
    recorded one holds, so that it stays one for one; the other is in force again when they are taken apart.
    """
    found = _all(session, county, actor, known)
    firms = firms_of(
        session, county, {id for one in found for id in (one.old, one.new)}, same_as(session, county, known)
    )
    held: list[Link] = []
    old, new = set(), set()
    for one in found:
        apart = one.old == one.new or firms.get(one.old) != firms.get(one.new)
        if not apart and one.old not in old and one.new not in new:
            held.append(one)
            old.add(one.old)
            new.add(one.new)
    return held


def replaced_machines(session: Session, county: str, actor: Actor, known: int) -> list[tuple[str, str]]:
    """The machines that went out, each with the one that came in its place, as known at a change."""
    return [(one.old, one.new) for one in links(session, county, actor, known)]


def replace(session: Session, change: Change, old: str, new: str, reason: str, batch: str | None = None) -> str:
    """Record that a person knows which machine came in the place of which; the link's id. `batch`: that of her answer.

    Raises:
        NotFound: when the county has no such machine.
        BadInput: when they are of two firms, one and the same, or of unequal numbers of bodies.
        Decided: when one of them is linked already, or they were decided to have nothing to do with each other.
    """
    return _link(session, change, *pair_to_link(session, change.county, old, new), batch, reason)


def pair_to_link(session: Session, county: str, old: str, new: str) -> Pair:
    """The two machines by the records that stand for them, where the one may be linked with the other.

    Raises:
        NotFound, BadInput, Decided: as `replace` does.
    """
    pair = pair_of(session, county, old, new)
    _refuse_unequal(session, county, pair)
    refuse_apart(session, county, pair)
    _refuse_linked(_all(session, county, REGISTER, queries.NOW.known), *pair)
    return pair


def record(session: Session, change: Change, batch: str, entries: Iterable[Entry], enrolled: Mapping[str, str]) -> None:
    """Record the replacements that an import's papers make certain; what is linked already stays as it is."""
    wanted = [(enrolled.get(old, old), enrolled.get(new, new)) for entry in entries for old, new in entry.replaced]
    if not wanted:
        return
    standing = _all(session, change.county, REGISTER, queries.NOW.known)
    old, new = {one.old for one in standing}, {one.new for one in standing}
    for pair in wanted:
        if pair[0] not in old and pair[1] not in new:
            _link(session, change, *pair, batch, _PAPERS)


def withdraw(session: Session, change: Change, batch: str, gone: Collection[str]) -> list[Link]:
    """Take back what an import linked, and whatever links machines of which nobody says anything any more."""
    standing = _all(session, change.county, REGISTER, queries.NOW.known)
    found = [one for one in standing if one.batch == batch or one.old in gone or one.new in gone]
    supersede(session, change, MachineReplacement, [one.id for one in found])
    return found


def named(session: Session, county: str, machines: Iterable[str]) -> dict[str, str]:
    """Machines in a few words, by what was last said of them; those of which nobody says anything are left out."""
    said = by_subject(session, county, dict.fromkeys(machines))
    return {id: in_words({name: some[0] for name, some in claims(words).items()}) for id, words in said.items()}


def claims(said: Iterable[Statement]) -> dict[str, tuple[Value, ...]]:
    """Each field's values on the last day for which anybody spoke of it."""
    fields: dict[str, list[Statement]] = {}
    for one in said:
        fields.setdefault(one.field, []).append(one)
    return {name: claimed(words, FOREVER) for name, words in fields.items()}


def _all(session: Session, county: str, actor: Actor, known: int) -> list[Link]:
    """Every link that no change has taken back, by the records that stand for the machines."""
    same = same_as(session, county, known)
    return [
        Link(one.id, same.of(one.old_id), same.of(one.new_id), one.batch_id, one.reason, one.recorded_by)
        for one in session.scalars(desk_queries.replacements(county, known, actor))
    ]


def _refuse_unequal(session: Session, county: str, pair: Sequence[str]) -> None:
    said = by_subject(session, county, pair)
    counts = [claims(said.get(id, ())).get("quantity", (1,)) for id in pair]
    numbers = [{bodies(value) for value in some} for some in counts]
    if not numbers[0] & numbers[1]:
        one, other = ("、".join(str(number) for number in sorted(some)) for some in numbers)
        fix = "换成要一对一：请先把成组的拆开，逐台记"
        raise BadInput(f"旧的是 {one} 台，新的是 {other} 台，对不上", fix=fix, code="replacement.unequal")


def _refuse_linked(standing: Sequence[Link], old: str, new: str) -> None:
    for one in standing:
        if one.old == old or one.new == new:
            which = "旧的这台已记为换成了别的" if one.old == old else "新的这台已记为换下了别的"
            raise Decided(f"{which}（第 {one.change} 号变更）", fix=f"请先撤回 {one.id}", code="replacement.standing")
    after = {one.old: one.new for one in standing}
    place: str | None = new
    while place is not None:
        if place == old:
            raise Decided("按已记下的，旧的这台是后来换上的", fix="请核对哪台是旧的", code="replacement.turned")
        place = after.get(place)


def _link(session: Session, change: Change, old: str, new: str, batch: str | None, reason: str) -> str:
    id = ids.new()
    common = {"county": change.county, "id": id, "recorded_by": change.number, "superseded_by": OPEN}
    row = {"old_id": old, "new_id": new, "batch_id": batch, "reason": reason}
    session.execute(insert(MachineReplacement).values(**common, **row))
    return id

"""The register as of a day and as known at a change, and the statements behind it: one query a table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

from sqlalchemy.orm import Session

from app.domain.register import AsOf, Enterprise, Equipment, Snapshot, StatedFigure, Subject
from app.domain.statement import Statement, Value
from app.register import queries
from app.register.facts.evidence import believing
from app.register.facts.grounds import grounds
from app.register.facts.identity import Same, same_as
from app.register.facts.owners import owners_on
from app.register.facts.settle import standing
from app.register.facts.spoken import spoken
from app.register.places import township_in
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store.facts import disputed_of, keepings, reader_of, table_name, tables_of
from app.store.models import Base, EquipmentState

#: What makes a firm one of a snapshot: it is called something then.
_CALLED = frozenset(("name", "short_name", "uscc", "registration_no"))


@dataclass(slots=True)
class _Gathered:
    """What the rows of a section's tables say of one subject."""

    facts: dict[str, Value] = field(default_factory=dict)
    disputed: set[str] = field(default_factory=set)
    township_code: str | None = None
    present: bool | None = None


def snapshot(
    session: Session,
    county: str,
    as_of: AsOf,
    actor: Actor = LOCAL_OPERATOR,
    *,
    township: str | None = None,
    source: str | None = None,
    firms: Collection[str] | None = None,
    sections: Collection[str] | None = None,
) -> Snapshot:
    """Everything of a county at the end of a day, as known at a change, in the order of enrolment.

    With `township` (name, alias or code), the firms that stand there. With `source`, that source's (or file's) word is
    the value wherever statements stand against each other. With `firms`, those firms alone, of what they hold their
    machines alone, and no stated figures. With `sections`, of what firms hold only these.

    Raises:
        UnknownTownship: when the county has none such.
    """
    if firms is not None:
        return _of_firms(session, county, as_of, actor, firms, ("equipment",) if sections is None else sections)
    code = township_in(session, county, township, as_of.day)[0] if township else None
    of_firms = _gather(session, "enterprise", county, as_of, actor)
    there = [
        (id, found)
        for id, found in sorted(of_firms.items())
        if _CALLED & (found.facts.keys() | found.disputed) and code in (None, found.township_code)
    ]
    whose = _Whose(session, county, as_of, same_as(session, county, as_of.known), {id for id, _ in there})
    wanted = queries.HELD if sections is None else [section for section in queries.HELD if section in sections]
    held = {section: _held(session, section, whose, as_of, actor) for section in wanted}
    chosen = tuple(
        _enterprise(id, found, {section: held.get(section, {}).get(id, ()) for section in queries.HELD}, whose.perhaps)
        for id, found in there
    )
    figures = session.scalars(queries.figures(county, as_of, actor))
    whole = Snapshot(county, as_of, chosen, tuple(map(figure_of, figures)))
    return whole if source is None else believing(whole, grounds(session, whole, actor), source)


def called(session: Session, county: str, as_of: AsOf, actor: Actor) -> list[str]:
    """The firms of a county that are called something, as enrolled; nothing else of them is read."""
    found: set[str] = set()
    for table in tables_of("enterprise"):
        if names := sorted(_CALLED & keepings(table).keys()):
            for subject, disputed, *told in session.execute(queries.told(table, names, county, as_of, actor)):
                if any(one is not None for one in told) or _CALLED & set(disputed.split(",")):
                    found.add(subject)
    return sorted(found)


def holdings(session: Session, section: str, county: str, as_of: AsOf, actor: Actor) -> Counter[str]:
    """How much of a section each firm has enrolled that is there as of the day; nothing else of it is read.

    By the firm that it was enrolled for, or the record that stands for that one: what successions did is not in it.
    """
    same = same_as(session, county, as_of.known)
    there: Counter[str] = Counter()
    if section not in ("permit", "action"):
        for firm, count in session.execute(queries.holdings(section, county, as_of, actor)):
            there[same.of(firm)] += count
        return there
    ids = {same.of(id) for id in session.scalars(queries.kinds_stated(county, None, as_of, actor))}
    for table in tables_of(section):
        ids.update(row[0] for row in session.execute(queries.told(table, (), county, as_of, actor)))
    for row in session.execute(queries.held(section, county, None, as_of.known, actor)):
        there[same.of(row.enterprise_id)] += row.id in ids
    return there


def _of_firms(
    session: Session, county: str, as_of: AsOf, actor: Actor, firms: Collection[str], sections: Collection[str]
) -> Snapshot:
    """Some firms with what they hold of some sections, without a look at the others."""
    same = same_as(session, county, as_of.known)
    of_firms: dict[str, _Gathered] = {}
    for some in queries.in_parts(sorted(firms)):
        of_firms |= _gather(session, "enterprise", county, as_of, actor, some)
    there = [(id, one) for id, one in sorted(of_firms.items()) if _CALLED & (one.facts.keys() | one.disputed)]
    whose = _Whose(session, county, as_of, same, {id for id, _ in there})
    held = {section: _held(session, section, whose, as_of, actor, firms) for section in sections}
    chosen = tuple(
        _enterprise(id, found, {section: held.get(section, {}).get(id, ()) for section in queries.HELD}, whose.perhaps)
        for id, found in there
    )
    return Snapshot(county, as_of, chosen)


def statements(
    session: Session, county: str, subjects: Iterable[str], as_of: AsOf, actor: Actor = LOCAL_OPERATOR
) -> list[Statement]:
    """What was said of subjects for days up to the day, as known at the change, in the order of its recording."""
    return [statement for _, statement in spoken(session, county, subjects, as_of, actor)]


def claims(
    session: Session, county: str, subject: str, name: str, as_of: AsOf, actor: Actor = LOCAL_OPERATOR
) -> tuple[Statement, ...]:
    """The statements that decide a field on the day; where it is disputed, those that stand against each other."""
    said = statements(session, county, [subject], as_of, actor)
    return standing([one for one in said if one.field == name], as_of.day)


def _gather(
    session: Session,
    section: str,
    county: str,
    as_of: AsOf,
    actor: Actor,
    subjects: Sequence[str] | None = None,
) -> dict[str, _Gathered]:
    """The facts of a section's subjects (None: of all) by id, out of all its tables."""
    found: defaultdict[str, _Gathered] = defaultdict(_Gathered)
    for table in tables_of(section):
        rows = queries.stretches(table, county, as_of, actor)
        columns = Base.metadata.tables[table_name(table)].c
        if subjects is not None:
            rows = rows.where(columns[table.subject].in_(subjects))
        read, names = reader_of(table), [column.name for column in columns]
        subject, disputed = names.index(table.subject), names.index("disputed")
        township = names.index("township_code") if "township_code" in names else None
        present = names.index("present") if table is EquipmentState else None
        for row in session.execute(rows):
            one = found[row[subject]]
            one.facts |= read(row)
            if row[disputed]:
                one.disputed |= disputed_of(row)
            if township is not None:
                one.township_code = row[township]
            if present is not None:
                one.present = row[present]
    return found


class _Whose:
    """To which of the firms that are there each machine goes; `perhaps`: those that may be a further firm's as well."""

    def __init__(self, session: Session, county: str, as_of: AsOf, same: Same, there: Collection[str]) -> None:
        self.county, self.same, self.there = county, same, there
        self.owners = owners_on(session, county, as_of, same)
        self.perhaps: defaultdict[str, list[Equipment]] = defaultdict(list)

    def lay(self, held: dict[str, list[Subject]], row: Any, one: Subject) -> None:
        """Lay something that a firm holds where it belongs; a machine whose owner cannot be told, with all of them."""
        enrolled = self.same.of(row.enterprise_id)
        if not isinstance(one, Equipment):
            held.setdefault(enrolled, []).append(one)
            return
        owners = self.owners.of(one.id, enrolled)
        machine = replace(one, owners=owners) if len(owners) > 1 else one
        first, *others = [firm for firm in owners if firm in self.there] or owners
        held.setdefault(first, []).append(machine)
        for firm in others:
            self.perhaps[firm].append(machine)


def _held(
    session: Session, section: str, whose: _Whose, as_of: AsOf, actor: Actor, firms: Collection[str] | None = None
) -> dict[str, tuple[Subject, ...]]:
    """What firms (None: all) hold of a section, by firm."""
    county, same = whose.county, whose.same
    held: defaultdict[str, list[Subject]] = defaultdict(list)
    enrolled = _enrolled(session, section, whose, as_of.known, actor, firms)
    for rows in [enrolled] if firms is None else queries.in_parts(enrolled):
        ids = None if firms is None else [row.id for row in rows]
        found = _gather(session, section, county, as_of, actor, ids)
        if section in ("permit", "action"):
            voices = None if ids is None else same.voices(ids)
            for id in session.scalars(queries.kinds_stated(county, voices, as_of, actor)):
                found.setdefault(same.of(id), _Gathered())
        for row in rows:
            if row.id in found:
                whose.lay(held, row, _subject(section, row, found[row.id]))
    return {firm: tuple(subjects) for firm, subjects in held.items()}


def _enrolled(
    session: Session, section: str, whose: _Whose, known: int, actor: Actor, firms: Collection[str] | None
) -> Sequence[Any]:
    """What was enrolled for firms (None: for all), in that order; of machines, for those too from whom they came."""
    if firms is None:
        return session.execute(queries.held(section, whose.county, None, known, actor)).all()
    givers = whose.owners.held_by(firms) if section == "equipment" else firms
    rows: list[Any] = []
    for some in queries.in_parts(sorted(givers)):
        rows += session.execute(queries.held(section, whose.county, whose.same.voices(some), known, actor))
    return sorted(rows, key=attrgetter("id"))


def _subject(section: str, row: Any, found: _Gathered) -> Subject:
    disputed = frozenset(found.disputed)
    if section == "equipment":
        return Equipment(row.id, found.facts, disputed, found.present)
    kind = {"kind": row.kind} if section in ("permit", "action") else {}
    return Subject(row.id, {**kind, **found.facts}, disputed)


def _enterprise(
    id: str, found: _Gathered, held: Mapping[str, tuple[Subject, ...]], perhaps: Mapping[str, Sequence[Equipment]]
) -> Enterprise:
    return Enterprise(
        id,
        found.facts,
        frozenset(found.disputed),
        equipment=tuple(one for one in held["equipment"] if isinstance(one, Equipment)),
        permits=held["permit"],
        plans=held["plan"],
        actions=held["action"],
        perhaps=tuple(perhaps.get(id, ())),
    )


def figure_of(row: Any) -> StatedFigure:
    """A stated figure, back from the database."""
    return StatedFigure(
        id=row.id,
        phrase=row.phrase,
        number=row.number,
        unit=row.unit,
        since=row.day_from,
        until=row.day_to,
        when=row.when_text,
        source=row.source,
        topic=row.topic,
        evidence_file=row.file,
        evidence_cell=f"{row.sheet}!{row.cell}" if row.cell else row.sheet,
        raw=row.raw,
    )

"""What is another one at another moment, and why: only rows that differ are read, and each is looked at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.domain.statement import Statement, same_value
from app.domain.vocabulary import SECTIONS
from app.register.facts.settle import PRESENT, standing
from app.register.facts.spoken import spoken
from app.register.history import queries
from app.register.history.acts import Act, acts_of
from app.register.history.difference import Altered, Difference, Firm, Passed, Turned
from app.register.history.members import Flow, Members, members
from app.register.history.reasons import causes, nature, told_by
from app.register.history.things import called_in, fields_of, rows_of
from app.register.history.tracks import NOTHING, Kept, State, Track, field_track, same
from app.register.history.turned import Sides, sides, verdict_dict
from app.register.places import township_in
from app.register.queries import HELD, NOW, in_parts
from app.register.scope import Actor
from app.register.verdicts.holding import Place
from app.store.facts import tables_of
from app.store.models import OPEN

_CALLED = ("name", "short_name", "uscc", "registration_no")
_ORDER = {"left": 0, "entered": 1, "changed": 2}
ENTERED, LEFT, CHANGED = "entered", "left", "changed"

#: Whether it is there at all, as a state that tracks can follow.
_IS_THERE: State = (True, False)


def differences(
    session: Session,
    county: str,
    one: AsOf,
    other: AsOf,
    *,
    township: str | None = None,
    judged: Sides | None = None,
    actor: Actor,
) -> Difference:
    """Compare two moments of a county, or of one township (name, alias or code) of it.

    `judged`: the verdicts of both, where they have been asked for already.

    Raises:
        UnknownTownship: when the county has none such.
    """
    code = township_in(session, county, township, other.day)[0] if township is not None else None
    both = tuple(members(session, county, moment, code, actor) for moment in (one, other))
    judged = judged or sides(session, county, one, other, code, actor)
    found = _Comparison(session, county, (one, other), both, judged, actor)
    bodies = [{id: machine.bodies for id, machine in side.machines.items()} for side in both]
    firms = [dict.fromkeys(side.firms, 1) for side in both]
    return Difference(
        county, code, one, other, Flow.of(*firms), Flow.of(*bodies), judged.flows(), judged.of_clauses(), found.firms()
    )


def with_places(session: Session, whole: Difference, firms: Sequence[Firm], actor: Actor) -> tuple[Firm, ...]:
    """Some firms of a difference with the cells behind each field of both sides."""
    subjects = sorted({altered.subject for firm in firms for altered in firm.altered})
    said = []
    for moment in (whole.one, whole.other):
        words: defaultdict[tuple[str, str], list[Statement]] = defaultdict(list)
        # Of whatever day: a report of December tells of a removal in March.
        ever = replace(moment, day=NOW.day)
        for _, one in spoken(session, whole.county, subjects, ever, actor) if subjects else ():
            words[one.subject, one.field].append(one)
        said.append((moment, words))
    return tuple(firm.with_altered(tuple(_placed(one, said) for one in firm.altered)) for firm in firms)


def _placed(altered: Altered, said: Sequence[tuple[AsOf, Mapping[tuple[str, str], list[Statement]]]]) -> Altered:
    places = []
    for state, (moment, words) in zip((altered.before, altered.after), said, strict=True):
        fields = ("state", "removed_on") if altered.field == PRESENT else (altered.field,)
        said_of = [words.get((altered.subject, field), ()) for field in fields]
        told = [one for of in said_of for one in standing(of, moment.day)]
        if altered.field == PRESENT and state[0] is not True:
            told = [one for of in said_of for one in of if one.field == "removed_on" or one in told]
        if altered.field != PRESENT and not state[1]:
            told = [one for one in told if same_value(one.value, state[0])]
        places.append(tuple(dict.fromkeys(Place(one.evidence.file, one.evidence.place) for one in told)))
    return replace(altered, places=(places[0], places[1]))


@dataclass(slots=True)
class _Found:
    """What was found of one firm."""

    altered: list[Altered]
    passed: list[Passed]
    turned: list[Turned]


class _Comparison:
    """Two moments of a county; the rows of whatever differs, and the changes that wrote them."""

    def __init__(
        self,
        session: Session,
        county: str,
        moments: tuple[AsOf, AsOf],
        both: Sequence[Members],
        judged: Sides,
        actor: Actor,
    ) -> None:
        self.moments, self.judged = moments, judged
        self.before, self.after = both
        self.staying = self.before.firms & self.after.firms
        self.differs = _differing(session, county, moments, actor)
        self.owners = _owners(session, county, self.differs, both, actor)
        self.rows = self._rows(session, county, actor)
        self.acts = acts_of(session, county, _numbers(self.rows.values(), moments), actor)
        self.found: defaultdict[str, _Found] = defaultdict(lambda: _Found([], [], []))
        self._by_machine: defaultdict[str, list[Altered]] = defaultdict(list)

    def firms(self) -> tuple[Firm, ...]:
        """Every firm that differs: those that left, entered, changed; by township and name."""
        for section in SECTIONS:
            for subject in sorted(self.differs[section]):
                self._alter(section, subject)
        self._pass()
        self._turn()
        entered, left = self.after.firms - self.before.firms, self.before.firms - self.after.firms
        told = [self._firm(id, ENTERED) for id in entered] + [self._firm(id, LEFT) for id in left]
        told += [self._firm(id, CHANGED) for id in self.found if id in self.staying]
        return tuple(sorted(told, key=lambda one: (_ORDER[one.how], one.township or "", one.name, one.id)))

    def _rows(self, session: Session, county: str, actor: Actor) -> dict[str, list[Kept]]:
        """Every row that there ever was of what differs, and of the firms that it belongs to."""
        known = max(moment.known for moment in self.moments)
        turned = {machine for machine, _, _ in self.judged.turned()}
        wanted = {section: set(ids) for section, ids in self.differs.items()}
        wanted["equipment"] |= turned | self._other_machines()
        wanted["enterprise"] |= self.before.firms ^ self.after.firms
        wanted["enterprise"] |= {self._owner(id) for section in HELD for id in wanted[section]} - {""}
        found: dict[str, list[Kept]] = {}
        for section, ids in wanted.items():
            found |= rows_of(session, section, county, ids, known, actor)
        return found

    def _other_machines(self) -> set[str]:
        """Machines that are there at one moment only, or are another firm's."""
        one, other = self.before.machines, self.after.machines
        return set(one.keys() ^ other.keys()) | {
            id for id in one.keys() & other.keys() if one[id].firm != other[id].firm
        }

    def _owner(self, subject: str) -> str:
        """The firm whose it is at the later moment, else was at the earlier; empty where it is nobody's here."""
        for side in (self.after, self.before):
            if subject in side.machines:
                return side.machines[subject].firm
            firm = side.same.of(self.owners[subject].enterprise_id if subject in self.owners else subject)
            if firm in side.firms:
                return firm
        return ""

    def _alter(self, section: str, subject: str) -> None:
        """The fields of a subject that are others."""
        firm = self._owner(subject)
        if firm not in self.staying or (section == "enterprise" and subject != firm):
            return
        if section == "equipment" and not (subject in self.before.machines and subject in self.after.machines):
            return
        one, other = (self._facts(subject, moment) for moment in self.moments)
        for field in fields_of(section):
            was, now = one.get(field, NOTHING), other.get(field, NOTHING)
            if not same(was, now):
                altered = self._altered(section, subject, field, was, now)
                self.found[firm].altered.append(altered)
                self._by_machine[subject].append(altered)

    def _facts(self, subject: str, moment: AsOf) -> dict[str, State]:
        found: dict[str, State] = {}
        for row in self.rows.get(subject, ()):
            if row.since <= moment.day < row.until and row.known_at(moment.known):
                found |= {field: (value, False) for field, value in row.facts.items()}
                found |= dict.fromkeys(row.disputed, (None, True))
        return found

    def _altered(self, section: str, subject: str, field: str, was: State, now: State) -> Altered:
        rows = self.rows[subject]
        track = field_track(rows, field)
        why = nature(field, was, now, causes(track, *self.moments, self.acts))
        act = self._told_by(track)
        called = called_in(section, rows, getattr(self.owners.get(subject), "kind", None))
        return Altered(section, subject, called, field, was, now, why, act)

    def _enrolled_by(self, firm: str) -> Act | None:
        """The change that made a record a firm, or one no longer; None of one that is a firm at both moments."""
        return None if firm in self.staying else self._told_by(Track(self.rows.get(firm, []), _firm_called))

    def _told_by(self, track: Track) -> Act | None:
        return self.acts.get(told_by(track, self.moments[1]) or 0)

    def _pass(self) -> None:
        """Machines that entered, left, or are another firm's."""
        for id in sorted(self._other_machines()):
            was, now = self.before.machines.get(id), self.after.machines.get(id)
            if was and now:
                self._move(id)
            elif now:
                self._step(id, ENTERED, now.firm, now.bodies)
            elif was:
                self._step(id, LEFT, was.firm, was.bodies)

    def _move(self, id: str) -> None:
        """A machine of another firm now: its record was joined or parted in between, or it went over by itself."""
        was, now = self.before.machines[id], self.after.machines[id]
        because, act = ("transferred",), None
        if self.before.same.of(was.record) != self.after.same.of(was.record):
            because = ("merged",) if was.record in self.after.same.into else ("taken_apart",)
            act = next(filter(None, map(self._enrolled_by, (was.record, was.firm, now.firm))), None)
        called = called_in("equipment", self.rows.get(id, ()))
        self.found[now.firm].passed.append(Passed(id, called, ENTERED, now.bodies, because, act, was.firm))
        self.found[was.firm].passed.append(Passed(id, called, LEFT, was.bodies, because, act, now.firm))

    def _step(self, id: str, how: str, firm: str, bodies: int) -> None:
        rows = self.rows.get(id, [])
        track = Track(rows, _machine_there)
        why = causes(track, *self.moments, self.acts)
        one, other = (self._facts(id, moment).get(PRESENT, NOTHING) for moment in self.moments)
        why = nature(PRESENT, one, other, why) or self._why_firm(firm)
        called = called_in("equipment", rows)
        # A machine that no source ever called there on the later day is gone by the word that it is.
        act = self._told_by(track) or self._told_by(field_track(rows, PRESENT))
        self.found[firm].passed.append(Passed(id, called, how, bodies, why, act))

    def _turn(self) -> None:
        """Machines that are judged otherwise; by their facts where clauses alone would not have done it."""
        passed = {one.machine: one.because for found in self.found.values() for one in found.passed}
        for machine, by_clause, by_facts in self.judged.turned():
            side = self.judged.after if machine in self.judged.after else self.judged.before
            known = self.after.machines.get(machine) or self.before.machines.get(machine)
            firm = known.firm if known else side[machine].firm
            why = ["clause"] if by_clause else []
            if by_facts:
                told = [*self._by_machine[machine], *self._by_machine[firm]]
                asked = self._fields(machine)
                of_facts = [word for one in told if one.field in asked for word in one.because]
                why += (
                    of_facts
                    or [*passed.get(machine, ()), *self._why_firm(firm)]
                    or [word for one in told for word in one.because]
                )
            before, after = (verdict_dict(one, machine) for one in (self.judged.before, self.judged.after))
            called = called_in("equipment", self.rows.get(machine, ()))
            self.found[firm].turned.append(Turned(machine, called, before, after, tuple(dict.fromkeys(why))))

    def _fields(self, machine: str) -> set[str]:
        """The fields that the clauses of both its verdicts ask for."""
        sides_ = (self.judged.before, self.judged.after)
        names = {side[machine].clause for side in sides_ if machine in side}
        of = (clause for clauses in self.judged.clauses for clause in clauses if clause.id in names)
        return {path.rpartition(".")[2] for clause in of for path in clause.fields} | {PRESENT, "state"}

    def _why_firm(self, firm: str) -> tuple[str, ...]:
        """Why a firm is here at one moment only; nothing where it is here at both."""
        if firm in self.staying:
            return ()
        rows = self.rows.get(firm, [])
        called = causes(Track(rows, _firm_called), *self.moments, self.acts)
        if called:
            return called
        was, now = (self._facts(firm, moment).get("township", NOTHING) for moment in self.moments)
        return nature("township", was, now, causes(field_track(rows, "township"), *self.moments, self.acts))

    def _firm(self, id: str, how: str) -> Firm:
        facts = self._facts(id, self.moments[0] if how == LEFT else self.moments[1])
        uscc, township = (facts.get(field, NOTHING)[0] for field in ("uscc", "township"))
        rows, found = self.rows.get(id, []), self.found[id]
        name = next(
            (str(facts[one][0]) for one in _CALLED if facts.get(one, NOTHING)[0]), called_in("enterprise", rows)
        )
        act = self._enrolled_by(id) if how != CHANGED else None
        of = (str(uscc) if uscc else None, str(township) if township else None)
        return Firm(
            id, name, *of, how, self._why_firm(id), act, tuple(found.altered), tuple(found.passed), tuple(found.turned)
        )


def _firm_called(rows: Sequence[Kept]) -> State:
    named = any(field in row.facts or field in row.disputed for row in rows for field in _CALLED)
    return _IS_THERE if named else NOTHING


def _machine_there(rows: Sequence[Kept]) -> State:
    gone = any(row.facts.get(PRESENT) is False for row in rows)
    return _IS_THERE if rows and not gone else NOTHING


def _differing(session: Session, county: str, moments: tuple[AsOf, AsOf], actor: Actor) -> dict[str, set[str]]:
    """By section, the subjects of which a row holds at one moment only."""
    return {
        section: {
            id
            for model in tables_of(section)
            for id in session.scalars(queries.differing(model, county, *moments, actor))
        }
        for section in SECTIONS
    }


def _owners(
    session: Session, county: str, differs: Mapping[str, Iterable[str]], both: Sequence[Members], actor: Actor
) -> dict[str, Any]:
    """What each thing is: the record of a firm for which it was enrolled, and of permits and actions the kind."""
    found: dict[str, Any] = {}
    for section in HELD:
        for some in in_parts(sorted(differs[section])):
            found |= {row.id: row for row in session.execute(queries.held_by(section, county, some, actor))}
    return found


def _numbers(rows: Iterable[Sequence[Kept]], moments: tuple[AsOf, AsOf]) -> Iterator[int]:
    """The changes that wrote or ended the rows."""
    last = max(moment.known for moment in moments)
    for of in rows:
        for row in of:
            yield row.recorded_by
            if row.superseded_by != OPEN and row.superseded_by <= last:
                yield row.superseded_by

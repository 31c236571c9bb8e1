"""What to ask of whom: for each verdict that cannot be told the fewest facts that settle it, each fact asked once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from app.domain.register import AsOf, Enterprise, Snapshot, Subject
from app.domain.statement import Value
from app.domain.vocabulary import label
from app.register.facts.evidence import Evidence
from app.register.facts.grounds import grounds
from app.register.questioning.asked import Asked
from app.register.scope import Actor
from app.register.successions.shown import names
from app.register.verdicts.holding import Line, Place, Row
from app.register.verdicts.obsolete import obsolete
from app.rules.clause import Clause
from app.rules.predicate import AllOf, AnyOf, Comparison, Facts, Predicate
from app.rules.questions import asked_openly, choices
from app.rules.settling import settling

#: Asked where the verdict turns on whose the machine is; no fact of it, and answered by recording who handed it on.
OWNER = "owner"

#: That a machine is there; where that cannot be told, its state is asked for.
_THERE = Comparison("state", "ne", "removed")


def questions_for(
    session: Session,
    county: str,
    township: str | None,
    as_of: date,
    known: int,
    actor: Actor,
    clauses: Sequence[str] = (),
) -> tuple[Asked, ...]:
    """What would settle every verdict that cannot be told, in order of township, firm and machine.

    A fact that several clauses or machines need is asked once. What may change a machine's standing comes first.

    Raises:
        UnknownClause, UnknownTownship: when something named is not there.
    """
    told = obsolete(session, county=county, township=township, clauses=clauses, as_of=as_of, known=known, actor=actor)
    rows = [row for row in told.rows if any(not one.holds for line in row.lines for one in line.answers)]
    firms = tuple(row.enterprise for row in rows)
    evidence = grounds(session, Snapshot(county, AsOf(as_of, known), firms), actor)
    asked = [one for row in rows for one in _of_firm(row, evidence)]
    owners = {str(id) for one in asked if one.field == OWNER for id, _ in one.answers}
    called = names(session, county, owners, AsOf(as_of, known)) if owners else {}
    return _told_apart(_once(asked, called))


@dataclass(slots=True)
class _Fact:
    """A fact wanted: by which clauses, with what standing, of which lines."""

    clauses: dict[str, Clause] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    standing: bool = False
    telling: bool = False

    def want(self, clauses: Iterable[Clause], line: Line, *, standing: bool, telling: bool) -> None:
        """Put down a verdict more that needs it."""
        self.clauses |= {clause.id: clause for clause in clauses}
        self.lines.append(line)
        self.standing |= standing
        self.telling |= telling


def _of_firm(row: Row, evidence: Evidence) -> Iterator[Asked]:
    """The questions of a firm: first of itself, then of its machines."""
    wanted: dict[tuple[str, str], _Fact] = {}
    for line in row.lines:
        open_ones = tuple(answer.clause for answer in line.answers if not answer.holds)
        if not line.decides.holds:
            _want(wanted, row.enterprise, line, open_ones, evidence, standing=True)
        for clause in open_ones:
            _want(wanted, row.enterprise, line, (clause,), evidence, standing=False)
    ranked = sorted(wanted.items(), key=lambda one: (_line_of(row, one[0][0]), not one[1].standing, not one[1].telling))
    for (_, path), fact in ranked:
        yield _asked(row.enterprise, path, fact, evidence)


def _line_of(row: Row, subject: str) -> int:
    return next((at for at, line in enumerate(row.lines) if line.machine.id == subject), -1)


def _want(
    wanted: dict[tuple[str, str], _Fact],
    firm: Enterprise,
    line: Line,
    clauses: tuple[Clause, ...],
    evidence: Evidence,
    *,
    standing: bool,
) -> None:
    """Put down what settles whether any of the clauses holds of one machine."""
    predicate, facts = _judged(firm, line, clauses)
    found = settling(predicate, facts, _claims(firm, line, predicate, evidence))
    paths = found.always if found else ()
    if line.machine.owners and (not paths or any("." in path for path in paths)):
        paths = (OWNER, *paths)
    for path in paths:
        subject, needing = _subject(firm, line, path)[0].id, [one for one in clauses if path in one.fields]
        telling = found is None or path in found.possibly
        fact = wanted.setdefault((subject, path), _Fact())
        fact.want(needing or clauses, line, standing=standing, telling=telling)


def _judged(firm: Enterprise, line: Line, clauses: Sequence[Clause]) -> tuple[Predicate, Facts]:
    """What the verdict is taken by, and over which facts: that the machine is there is part of it."""
    facts = {**{f"enterprise.{name}": value for name, value in firm.facts.items()}, **line.machine.facts}
    any_of = clauses[0].predicate if len(clauses) == 1 else AnyOf(tuple(clause.predicate for clause in clauses))
    if line.machine.present is True:
        return any_of, facts
    return AllOf((_THERE, any_of)), {name: value for name, value in facts.items() if name != "state"}


def _claims(firm: Enterprise, line: Line, predicate: Predicate, evidence: Evidence) -> dict[str, tuple[Value, ...]]:
    """What sources claim of the facts on which they contradict each other, where the verdict asks for them."""
    found: dict[str, tuple[Value, ...]] = {}
    for path in {one.field for one in predicate.comparisons()}:
        subject, name = _subject(firm, line, path)
        asks_presence = path == "state" and line.machine.present is not True
        if name in subject.disputed and not asks_presence:
            found[path] = evidence.values(subject.id, name)
    return dict(sorted(found.items()))


def _subject(firm: Enterprise, line: Line, path: str) -> tuple[Subject, str]:
    return (firm, path.partition(".")[2]) if "." in path else (line.machine, path)


def _asked(firm: Enterprise, path: str, fact: _Fact, evidence: Evidence) -> Asked:
    line = fact.lines[0]
    subject, name = _subject(firm, line, path)
    section = "enterprise" if "." in path else "equipment"
    claimed = evidence.on(subject.id, name) if name in subject.disputed else ()
    return Asked(
        firm.id,
        firm.name,
        str(firm.facts.get("township") or ""),
        None if "." in path else line.machine.id,
        tuple({one.machine.id: one.machine.bodies for one in fact.lines}.items()),
        OWNER if path == OWNER else f"{section}.{name}",
        asked_openly(path, line.machine.facts, fact.clauses.values(), evidence.day),
        tuple((id, id) for id in line.machine.owners) if path == OWNER else choices(path),
        tuple(fact.clauses),
        fact.standing,
        fact.telling,
        _places(subject, name, line, evidence),
        tuple(dict.fromkeys(f"{one.source}：{_shown(section, path, name, one.value)}" for one in claimed)),
    )


def _shown(section: str, path: str, name: str, value: Value) -> str:
    """A value in the word with which it would be answered."""
    return next((word for chosen, word in choices(path) if chosen == value), label(section, name, value))


def _places(subject: Subject, name: str, line: Line, evidence: Evidence) -> tuple[Place, ...]:
    """Where the fact was stated, if it was; else where the machine, or the firm's machine, is told of."""
    words = evidence.on(subject.id, name)
    return tuple(dict.fromkeys(Place(one.evidence.file, one.evidence.place) for one in words)) or line.sources


def _once(asked: Iterable[Asked], called: Mapping[str, str]) -> list[Asked]:
    """A machine that may be one firm's or another's is asked of once, for the clauses that either needs it for."""
    found: dict[tuple[str, str], Asked] = {}
    for one in asked:
        if one.field == OWNER:
            one = replace(one, answers=tuple((id, called.get(str(id), "")) for id, _ in one.answers))
        first = found.setdefault((one.subject, one.field), one)
        clauses, machines = dict.fromkeys((*first.clauses, *one.clauses)), dict((*first.machines, *one.machines))
        standing, telling = first.standing or one.standing, first.telling or one.telling
        found[one.subject, one.field] = replace(
            first, clauses=tuple(clauses), machines=tuple(machines.items()), standing=standing, telling=telling
        )
    return list(found.values())


def _told_apart(asked: Sequence[Asked]) -> tuple[Asked, ...]:
    """Questions of which two of one firm would read alike say of which cell they are, or of which in order."""
    alike = Counter((one.firm, one.words) for one in asked)
    found: list[Asked] = []
    seen: set[tuple[str, str]] = set()
    for one in asked:
        words = one.words
        if alike[one.firm, words] > 1:
            place = f"{one.sources[0].file} {one.sources[0].cell}" if one.sources else ""
            words = f"{words.removesuffix('？')}（{place}）？" if place else words
        number = 2
        while (one.firm, words) in seen:
            words, number = f"{one.words.removesuffix('？')}（第 {number} 台）？", number + 1
        seen.add((one.firm, words))
        found.append(replace(one, words=words))
    return tuple(found)

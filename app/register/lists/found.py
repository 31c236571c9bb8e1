"""The answer to what is asked of a list: its rows, and how many firms and machines they are; one evaluation for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from app.domain.register import Equipment, Snapshot
from app.errors import BadInput
from app.register.lists.asked import Asked
from app.register.lists.columns import Row
from app.register.lists.fitting import Fitting
from app.register.lists.narrowing import narrowed
from app.register.lists.order import in_order
from app.register.lists.rows import Candidate, candidates, machines_of
from app.register.lists.staging import StageWant, stages_of
from app.register.lists.wants import Answer
from app.register.machines.replacing import replaced_machines
from app.register.scope import Actor
from app.register.verdicts.verdict_asking import clauses_of
from app.register.verdicts.who_holds import who_holds

#: By what is asked to be done with rows of which it cannot be told: which are listed, by whether they surely fit.
LISTED = {"exclude": (True,), "include": (True, False), "only": (False,)}


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows, firms (家), furnace bodies there or perhaps there (台), and bodies listed that are gone.

    None where a list has none of them to count.
    """

    rows: int
    enterprises: int | None = None
    furnaces: int | None = None
    gone: int | None = None

    def as_dict(self) -> dict[str, int | None]:
        """As it stands in `counts`."""
        return {
            "rows": self.rows,
            "enterprises": self.enterprises,
            "furnaces": self.furnaces,
            "gone": self.gone,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that are what was asked, and those of which it cannot be told, in the order asked for.

    `replaces`, `replaced_by`: machines that came in the place of others, by the one and by the other.
    """

    asked: Asked
    answers: tuple[tuple[Candidate, bool], ...]
    replaces: Mapping[str, str] = field(default_factory=dict)
    replaced_by: Mapping[str, str] = field(default_factory=dict)
    counts: dict[str, Tally] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows as `maybe` has them; one of which it cannot be told says so (`maybe`: true) beside the others."""
        return tuple(self._rows())

    @property
    def chosen(self) -> list[tuple[Candidate, bool]]:
        """The rows to be listed, each with whether it surely fits."""
        return [(one, sure) for one, sure in self.answers if sure in LISTED[self.asked.maybe]]

    @property
    def pinned(self) -> str:
        """Where the very same answer is found again."""
        return self.asked.pinned

    @property
    def known_words(self) -> str:
        """As which change the county is known, as people read it."""
        return f"第 {self.asked.moment.known} 号变更"

    def page(self, first: int, limit: int) -> list[Row]:
        """Some of the rows."""
        return [self.row(one, sure) for one, sure in self.chosen[first : first + limit]]

    def as_dict(self) -> dict[str, Any]:
        """What a count says: how many surely fit, of how many it cannot be told, and where it is asked again."""
        return {
            "noun": self.asked.noun,
            "county": self.asked.county,
            "as_of": self.asked.moment.day.isoformat(),
            "known": self.asked.moment.known,
            "total": len(self.chosen),
            "counts": {name: tally.as_dict() for name, tally in self.counts.items()},
            "address": self.asked.address,
            "pinned": self.asked.pinned,
        }

    def _rows(self) -> Iterator[Row]:
        return (self.row(one, sure) for one, sure in self.chosen)

    def row(self, one: Candidate, sure: bool) -> Row:
        """One of the rows."""
        own = one.row(self.asked.shows(one.firm))
        row = own if sure else own | {"maybe": True}
        if self.asked.noun == "equipment":
            row |= {"replaces": self.replaces.get(row["id"]), "replaced_by": self.replaced_by.get(row["id"])}
        return row


def added(tallies: Sequence[dict[str, Tally]]) -> dict[str, Tally]:
    """Counts of what has no firm and no machine in common, together."""
    names = dict.fromkeys(name for one in tallies for name in one)
    return {name: _sum([one[name] for one in tallies if name in one]) for name in names}


def _sum(tallies: Sequence[Tally]) -> Tally:
    def of(name: str) -> int | None:
        numbers = [getattr(one, name) for one in tallies]
        return None if None in numbers else sum(numbers)

    return Tally(of("rows") or 0, of("enterprises"), of("furnaces"), of("gone"))


def found(session: Session, asked: Asked, actor: Actor) -> Found:
    """Answer what is asked.

    Raises:
        UnknownClause: when a clause is none.
        BadInput: when a verdict is asked on a day on which no clause answers.
    """
    fitting, holding = fitting_of(session, asked, actor)
    whole = narrowed(session, fitting, holding, actor)
    answers = judged(fitting, whole)
    replaced = replacements(session, asked, actor)
    result = Found(asked, tuple(in_order(answers, asked.sort)), {new: old for old, new in replaced.items()}, replaced)
    return replace(result, counts=counts_of(fitting, whole, answers))


def fitting_of(session: Session, asked: Asked, actor: Actor) -> tuple[Fitting, frozenset[str] | None]:
    """What rows are held against; and the firms outside which nothing fits, where only what holds or may hold does.

    Raises:
        UnknownClause: when a clause is none.
        BadInput: when a verdict is asked on a day on which no clause answers.
    """
    programmes = {want.programme for term in asked.terms for want in term.wants if isinstance(want, StageWant)}
    stages = stages_of(session, asked.county, asked.moment, programmes, actor)
    verdicts, holding = _verdicts(session, asked, actor)
    return Fitting(asked, verdicts, stages), holding


def check_clauses(session: Session, asked: Asked, actor: Actor) -> None:
    """Refuse what `fitting_of` would refuse, before anything is reckoned.

    Raises:
        UnknownClause: when a clause is none.
        BadInput: when a verdict is asked on a day on which no clause answers.
    """
    if not any(term.key.name == "verdict" for term in asked.terms):
        return
    pins = [(asked.county, asked.moment.known)]
    if not any(clauses_of(session, pins, asked.clauses, asked.moment.day, actor)):
        raise BadInput(
            "该日没有已载入的条款，下不了结论",
            fix="请换一个日子，或用 clause 指明条款",
            code="filter.no_clause",
        )


def judged(fitting: Fitting, whole: Snapshot) -> list[tuple[Candidate, bool]]:
    """The rows of what is there that are or may be what was asked, as enrolled, each with whether it surely is."""
    return _agreed([_answered(fitting, one) for one in candidates(whole, fitting.asked.noun)])


def replacements(session: Session, asked: Asked, actor: Actor) -> Mapping[str, str]:
    """Of a list of machines, those that others came in the place of, with these."""
    if asked.noun != "equipment":
        return {}
    return dict(replaced_machines(session, asked.county, actor, asked.moment.known))


def _answered(fitting: Fitting, one: Candidate) -> tuple[Candidate, Answer]:
    """Whether a row is what was asked; None where that depends on machines that may be another firm's."""
    answer, without = fitting.of(one), one.without_unowned()
    if without is None or answer is fitting.of(without):
        return one, answer
    return replace(one, by_unowned=True), None


def _agreed(answers: Iterable[tuple[Candidate, Answer]]) -> list[tuple[Candidate, bool]]:
    """The rows that are, and those of which it cannot be told.

    A machine that may be one firm's or another's surely is what was asked only if it is whosever it is.
    """
    told = list(answers)
    unsure = {one.subject.id for one, answer in told if one.whose and not answer}
    return [
        (one, answer is True and not (one.whose and one.subject.id in unsure))
        for one, answer in told
        if answer is not False
    ]


def _verdicts(session: Session, asked: Asked, actor: Actor) -> tuple[dict[str, Answer], frozenset[str] | None]:
    """Whether each machine holds what must go, where that is asked; those that do not are left out.

    And the firms outside which nothing fits, where only what holds or may hold does; else None.
    """
    terms = [term for term in asked.terms if term.key.name == "verdict"]
    if not terms:
        return {}, None
    check_clauses(session, asked, actor)
    pins, day = [(asked.county, asked.moment.known)], asked.moment.day
    held = who_holds(session, pins, as_of=day, actor=actor, clauses=asked.clauses)
    verdicts = {one.machine: True if one.holds else None for one in held}
    narrow = any(not term.operation and all(want.text != "does_not" for want in term.wants) for term in terms)
    return verdicts, frozenset(one.firm for one in held) if narrow else None


def counts_of(fitting: Fitting, whole: Snapshot, answers: Sequence[tuple[Candidate, bool]]) -> dict[str, Tally]:
    """Those that surely fit, and those of which it cannot be told; a firm once, under the stronger.

    `owner_unknown`, where there are any: 归属不明, the rows that rest on machines that may be one firm's or another's,
    the firms that are among the others for such rows alone, and those machines (counted above too).
    """
    sure = [one for one, surely in answers if surely]
    maybe = [one for one, surely in answers if not surely]
    if fitting.asked.noun == "figures":
        return {"fits": Tally(len(sure)), "maybe": Tally(len(maybe))}
    firms = _owning(sure)
    others = _owning(maybe) - firms
    if fitting.asked.noun == "equipment":
        tallies = {"fits": _of_machines(sure, len(firms)), "maybe": _of_machines(maybe, len(others))}
        unowned = [one for one, _ in answers if one.whose]
        unplaced = len({one.firm.id for one in unowned if one.firm} - firms - others)
        return tallies | ({"owner_unknown": _of_machines(unowned, unplaced)} if unowned else {})
    tallies = {"fits": Tally(len(sure), len(firms)), "maybe": Tally(len(maybe), len(others))}
    rows = [one for one in maybe if one.by_unowned]
    unknown = Tally(len(rows), len({one.firm.id for one in rows if one.firm} - firms - others))
    if fitting.asked.noun == "enterprises":
        there = frozenset(firm.id for firm in whole.enterprises)
        bodies, unowned_bodies = _bodies(fitting, sure, maybe, there)
        tallies = {name: replace(tally, furnaces=bodies[name]) for name, tally in tallies.items()}
        unknown = replace(unknown, furnaces=unowned_bodies)
    return tallies | ({"owner_unknown": unknown} if unknown.rows or unknown.furnaces else {})


def _owning(rows: Iterable[Candidate]) -> set[str]:
    """The firms that are counted for rows: none for a machine that may be another's."""
    return {one.firm.id for one in rows if one.firm and not one.whose and not one.by_unowned}


def _of_machines(rows: Sequence[Candidate], firms: int) -> Tally:
    """A machine counts once, also where it is listed of two firms because it cannot be told whose it is."""
    machines = {one.subject.id: one.subject for one in rows if isinstance(one.subject, Equipment)}.values()
    there = sum(one.bodies for one in machines if one.present is not False)
    return Tally(len(rows), firms, there, sum(one.bodies for one in machines if one.present is False))


def _bodies(
    fitting: Fitting, sure: Iterable[Candidate], maybe: Iterable[Candidate], there: frozenset[str]
) -> tuple[dict[str, int], int]:
    """Of the machines for which the firms were asked, or else all that they hold; and of those that have no firm.

    A machine that may be one firm's or another's of those there surely is one of them only if it is whosever it is.
    """
    machines: dict[str, Equipment] = {}
    fits: defaultdict[str, set[str]] = defaultdict(set)
    for rows, surely in ((sure, True), (maybe, False)):
        for one in rows:
            for machine in machines_of(one.firm) if one.firm else ():
                answer = fitting.machine(machine, one.firm) if one.firm else False
                if answer is not False:
                    machines[machine.id] = machine
                if answer and one.firm and (surely or (machine.owners and one.by_unowned)):
                    fits[machine.id].add(one.firm.id)
    sums = {"fits": 0, "maybe": 0}
    for id, machine in machines.items():
        placed = fits[id].issuperset(there.intersection(machine.owners)) if machine.owners else bool(fits[id])
        sums["fits" if placed else "maybe"] += machine.bodies
    return sums, sum(machine.bodies for machine in machines.values() if machine.owners)

"""The rows of a list out of a snapshot: each with the subject that it shows and the firm that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from app.domain.dates import DateInterval
from app.domain.masking import masked_field, masked_whole
from app.domain.register import Enterprise, Equipment, Snapshot, StatedFigure, Subject
from app.domain.statement import Value
from app.domain.vocabulary import SECTIONS, label
from app.register.lists.columns import SECTION, SHOWN, THERE, TOPICS, Row
from app.register.successions.shown import whose
from app.register.verdicts.holding import OWNER_UNKNOWN

#: What a firm holds of each section.
HELD_AS = {"equipment": "equipment", "permit": "permits", "plan": "plans", "action": "actions"}

#: Longitude and latitude in degrees.
Position = tuple[float, float]

_HALF_AROUND, _POLE = 180, 90


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a row: a subject, or a stated figure as one, with its firm and the words that `q` looks into.

    `whose`: the sentence for a machine of which it cannot be told whose it is; it is a row of each possible firm.
    `by_unowned`: whether the firm is what was asked depends on such machines.
    """

    section: str
    subject: Subject
    firm: Enterprise | None
    figure: StatedFigure | None = None
    whose: str | None = None
    by_unowned: bool = False

    def without_unowned(self) -> Candidate | None:
        """The same of a firm without the machines that may be another's; None where the firm has none such."""
        firm = self.firm
        if firm is None or isinstance(self.subject, Equipment) or not any(one.owners for one in machines_of(firm)):
            return None
        bare = replace(firm, equipment=tuple(one for one in firm.equipment if not one.owners), perhaps=())
        return replace(self, firm=bare, subject=bare if self.subject is firm else self.subject)

    def subjects(self, section: str) -> tuple[Subject, ...]:
        """What of a section belongs to the row: itself, its firm, or what its firm holds."""
        if section == self.section:
            return (self.subject,)
        if self.firm is None:
            return ()
        if section == "equipment":
            return machines_of(self.firm)
        return (self.firm,) if section == "enterprise" else getattr(self.firm, HELD_AS[section])

    @property
    def words(self) -> tuple[str, ...]:
        """What a text is sought in: the firm's names and code, or the figure's phrase."""
        if self.firm is None:
            return (self.figure.phrase,) if self.figure else ()
        names = ("name", "short_name", "former_name", "uscc")
        return tuple(str(self.firm.facts[name]) for name in names if name in self.firm.facts)

    @property
    def position(self) -> Position | None:
        """Where its firm stands, by longitude and latitude, if both are known and are degrees of the earth."""
        facts = self.firm.facts if self.firm else {}
        east, north = facts.get("longitude"), facts.get("latitude")
        if not isinstance(east, (int, float)) or not isinstance(north, (int, float)):
            return None
        return (east, north) if abs(east) <= _HALF_AROUND and abs(north) <= _POLE else None

    def row(self, whole: bool = False) -> Row:
        """Values as JSON has them, their Chinese words under `labels`, and `disputed`.

        `whole`: with telephone and identity numbers as they are.
        """
        row = _figure(self.figure) if self.figure is not None else _row(self)
        return row if whole else _masked(row)


@dataclass(frozen=True, slots=True)
class Line:
    """A row as lists show it; `position`: where its firm stands, if that is known."""

    row: Row
    position: Position | None = None


def candidates(snapshot: Snapshot, noun: str) -> Iterator[Candidate]:
    """Everything that a list may show, in the order of enrolment."""
    if noun == "figures":
        yield from (Candidate("figure", _stated(figure), None, figure) for figure in snapshot.figures)
        return
    section = SECTION[noun]
    called = {firm.id: firm.name for firm in snapshot.enterprises}
    for firm in snapshot.enterprises:
        if section == "equipment":
            for one in machines_of(firm):
                yield Candidate(section, one, firm, whose=whose(one, called, ()) if one.owners else None)
            continue
        held: tuple[Subject, ...] = (firm,) if section == "enterprise" else getattr(firm, noun)
        yield from (Candidate(section, subject, firm) for subject in held)


def machines_of(firm: Enterprise) -> tuple[Equipment, ...]:
    """A firm's machines, and those that may be its."""
    return (*firm.equipment, *firm.perhaps)


def _row(of: Candidate) -> Row:
    subject, firm, section = of.subject, of.firm, of.section
    facts, disputed = subject.facts, subject.disputed
    row: Row = {"id": subject.id}
    if firm is not None and subject is not firm:
        row["enterprise_id"], row["enterprise"] = firm.id, firm.name
        row["uscc"], row["township"] = firm.facts.get("uscc"), firm.facts.get("township")
    labels: dict[str, str] = {}
    if of.whose is not None and firm is not None and isinstance(subject, Equipment):
        row |= {"owners": list(subject.owners), "owner": OWNER_UNKNOWN}
        labels["enterprise"] = f"{firm.name}（{of.whose}）"
    for name, coded in _shown(section):
        value = facts.get(name)
        row[name] = value.as_dict() if isinstance(value, DateInterval) else value
        if disputed and name in disputed:
            labels[name] = "有争议"
        elif value is None:
            continue
        elif isinstance(value, DateInterval):
            labels[name] = value.text
        elif coded or isinstance(value, bool):
            labels[name] = label(section, name, value)
    if isinstance(subject, Equipment):
        row["present"], labels["present"] = subject.present, THERE[subject.present]
    row["labels"], row["disputed"] = labels, sorted(disputed)
    return row


@lru_cache(maxsize=8)
def _shown(section: str) -> tuple[tuple[str, bool], ...]:
    """What a list of a section shows, and whether its values are coded words."""
    noun = next(noun for noun, one in SECTION.items() if one == section)
    return tuple((name, SECTIONS[section][name].enum is not None) for name in SHOWN[noun])


def _masked(row: Row) -> Row:
    """The same without the numbers of people."""
    return {
        name: one if name == "id" else masked_field(name, one) if isinstance(one, str) else masked_whole(one)
        for name, one in row.items()
    }


def _figure(figure: StatedFigure) -> Row:
    row: Row = {name: getattr(figure, name) for name in ("id", "topic", "phrase", "number", "unit", "when", "source")}
    row |= {"file": figure.evidence_file, "cell": figure.evidence_cell}
    labels = {} if figure.number is not None else {"number": "不明"}
    if figure.topic in TOPICS:
        labels["topic"] = TOPICS[figure.topic]
    return row | {"labels": labels, "disputed": []}


def _stated(figure: StatedFigure) -> Subject:
    """A stated figure as a subject with facts, so that the same filters read it."""
    when = DateInterval(figure.since, figure.until, "day", figure.when) if _in_order(figure) else None
    facts: dict[str, Value | None] = {
        "topic": figure.topic,
        "phrase": figure.phrase,
        "number": figure.number,
        "unit": figure.unit,
        "when": when,
        "source": figure.source,
        "file": figure.evidence_file,
        "cell": figure.evidence_cell,
    }
    return Subject(figure.id, {name: value for name, value in facts.items() if value is not None})


def _in_order(figure: StatedFigure) -> bool:
    return not (figure.since and figure.until and figure.since > figure.until)

"""Whether a row is what was asked: yes, no, or it cannot be told. Pure: a row and verdicts in, an answer out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from app.domain.masking import masked, masked_field
from app.domain.register import Enterprise, Equipment, Subject
from app.domain.statement import Value
from app.register.lists.asked import Asked, Facts, Term
from app.register.lists.permits import PermitWant
from app.register.lists.rows import Candidate, machines_of
from app.register.lists.staging import StagesOf, StageWant
from app.register.lists.wants import Answer, every, opposite, some
from app.register.lists.words import mentions
from app.register.lists.zones import ZoneWant

#: What itself tells whether a machine is there.
_TELLS_PRESENCE = {"present", "state", "removed_on"}


@dataclass(frozen=True)
class Fitting:
    """The filters of an ask, with the verdicts of the day: whether a machine holds (None: cannot be told), by id.

    `stages`: by programme, in which stage each firm is.
    """

    asked: Asked
    verdicts: Mapping[str, Answer]
    stages: StagesOf = field(default_factory=dict)

    def of(self, row: Candidate) -> Answer:
        """Whether a row is what was asked; a machine that may be another firm's answers nothing for a firm."""
        return every(chain(self._of_sections(row), (self._of_whole(term, row) for term in self._together)))

    def machine(self, machine: Equipment, firm: Enterprise) -> Answer:
        """Whether a machine of a firm that fits is among those asked for, so that it is counted with the firm."""
        row = Candidate("equipment", machine, firm)
        asked = next((there for section, there, _ in self._sections if section == "equipment"), ())
        verdicts = [term for term in self._together if term.key.name == "verdict"]
        answers = [_fact(term, machine, self.asked.shows(firm)) for term in asked] + [
            self._of_whole(term, row) for term in verdicts
        ]
        return every(answers if verdicts or _asks_presence(asked) else (*answers, machine.present))

    @cached_property
    def _together(self) -> tuple[Term, ...]:
        return tuple(term for term in self.asked.terms if term.key.type == "together")

    @cached_property
    def _sections(self) -> tuple[tuple[str, tuple[Term, ...], tuple[Term, ...]], ...]:
        """Of each section what is asked to be, and what not."""
        terms = [term for term in self.asked.terms if term.key.type != "together"]
        each = {section: [term for term in terms if term.key.section == section] for section in _sections_of(terms)}
        return tuple(
            (
                section,
                tuple(term for term in own if term.operation != "not"),
                tuple(term for term in own if term.operation == "not"),
            )
            for section, own in each.items()
        )

    def _of_sections(self, row: Candidate) -> Iterable[Answer]:
        """Of each section: one subject that is all that is asked, and none that is what is asked not to be."""
        for section, there, absent in self._sections:
            if there:
                yield _one_of(there, row, section, self.asked.shows(row.firm))
            for term in absent:
                yield opposite(_one_of((term,), row, section, self.asked.shows(row.firm)))

    def _of_whole(self, term: Term, row: Candidate) -> Answer:
        answer = some(self._asked_together(term, want, row) for want in term.wants)
        return opposite(answer) if term.operation == "not" else answer

    def _asked_together(self, term: Term, want: object, row: Candidate) -> Answer:
        if isinstance(want, PermitWant):
            return want.of(row.firm, self.asked.moment.day) if row.firm else False
        if isinstance(want, ZoneWant):
            return want.of(row.firm) if row.firm else False
        if isinstance(want, StageWant):
            return want.of(self.stages.get(want.programme, {}).get(row.firm.id)) if row.firm else False
        if isinstance(want, Facts):
            return _told(term.key.name, want, row)
        if term.key.name == "verdict":
            return _verdict(getattr(want, "text", ""), self._holds(row))
        words = row.words if self.asked.shows(row.firm) else tuple(map(masked, row.words))
        return mentions(words, getattr(want, "text", ""))

    def _holds(self, row: Candidate) -> Answer:
        """The verdict of a machine; of a firm and of its papers the strongest of its machines."""
        if isinstance(row.subject, Equipment):
            return self.verdicts.get(row.subject.id, False)
        machines = machines_of(row.firm) if row.firm else ()
        return some(every((self.verdicts.get(one.id, False), _owned(one))) for one in machines)


def _sections_of(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.key.section for term in terms))


def _one_of(terms: Sequence[Term], row: Candidate, section: str, whole: bool) -> Answer:
    """Whether one and the same subject of the section is all of it; a firm's machine has to be there for that."""
    needs_presence = section == "equipment" and row.section != "equipment" and not _asks_presence(terms)
    return some(
        every(
            chain(
                (_fact(term, one, whole) for term in terms),
                (_there(one),) if needs_presence else (),
                _of_firm(one, row),
            )
        )
        for one in row.subjects(section)
    )


def _asks_presence(terms: Iterable[Term]) -> bool:
    return any(term.key.fact in _TELLS_PRESENCE for term in terms)


def _there(subject: Subject) -> Answer:
    return subject.present if isinstance(subject, Equipment) else True


def _owned(subject: Subject) -> Answer:
    """Whether something is surely its firm's."""
    return None if isinstance(subject, Equipment) and subject.owners else True


def _of_firm(subject: Subject, row: Candidate) -> tuple[Answer, ...]:
    """What a firm's machine says of the firm's row besides its facts; of its own row it says nothing more."""
    return () if isinstance(row.subject, Equipment) else (_owned(subject),)


def _fact(term: Term, subject: Subject, whole: bool) -> Answer:
    """Whether the subject's fact is one of those wanted; what sources dispute cannot be told.

    Unless what is personal is asked for `whole`, a text is held against what is wanted as it is shown: nobody finds a
    number out by trying.
    """
    name = term.key.fact
    if name in subject.disputed:
        return None
    value = _value(subject, name)
    if not whole and isinstance(value, str) and term.key.type in ("text", "code"):
        value = masked_field(name, value)
    return some(
        want.of(value) for want in term.wants if not isinstance(want, Facts | PermitWant | StageWant | ZoneWant)
    )


def _value(subject: Subject, name: str) -> Value | None:
    if name == "present" and isinstance(subject, Equipment):
        return subject.present
    if name == "state" and isinstance(subject, Equipment) and subject.present is False:
        # Gone by its removal or its firm's dismantling, whether or not anybody wrote so under 使用状态.
        return subject.facts.get(name, "removed")
    if name == "called" and isinstance(subject, Enterprise):
        return subject.name
    return subject.facts.get(name)


def _told(name: str, want: Facts, row: Candidate) -> Answer:
    """Whether a fact is missing, or disputed, of the row's own subject or of one that its firm holds."""
    key, own = want.key, want.key.section == row.section

    def of(one: Subject) -> Answer:
        disputed = key.fact in one.disputed
        so = disputed if name == "disputed" else not disputed and key.fact not in one.facts
        return every((so, *(() if own else (_there(one), *_of_firm(one, row)))))

    return some(of(one) for one in row.subjects(key.section))


def _verdict(wanted: str, holds: Answer) -> Answer:
    if wanted == "cannot_tell":
        return holds is None
    return holds if wanted == "holds" else opposite(holds)

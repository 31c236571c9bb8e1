"""Some rows of a list read by themselves, wherever their firms stand: what laying them in an order takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain.register import Enterprise, Equipment, Snapshot, Subject
from app.domain.vocabulary import SECTIONS
from app.register import queries
from app.register.facts.identity import same_as
from app.register.facts.views import snapshot
from app.register.lists.asked import Asked, Facts
from app.register.lists.columns import SECTION
from app.register.lists.narrowing import fields_of, sections_of
from app.register.lists.permits import PermitWant
from app.register.lists.rows import HELD_AS
from app.register.lists.told_facts import firms_told, told_facts
from app.register.scope import Actor

#: What a row shows of its firm besides what it is called.
_OF_FIRM = ("uscc", "township")


class Ref(NamedTuple):
    """A row by its firm and its own id."""

    firm: str
    id: str


def chosen(session: Session, asked: Asked, refs: Sequence[Ref], actor: Actor, known: dict[str, Enterprise]) -> Snapshot:
    """The firms of some rows, of what the list is of with these rows alone, and with what else the filters look at.

    `known`: firms of which no more is needed than a few facts, kept from portion to portion: rows stand far apart.
    """
    section, county, moment = SECTION[asked.noun], asked.county, asked.moment
    firms = sorted({ref.firm for ref in refs})
    whole = section == "enterprise" or _looks_at_all(asked, section)
    others = sections_of(asked) - (set() if whole else {section})
    if others or whole:
        there = snapshot(session, county, moment, actor, firms=firms, sections=others).enterprises
    else:
        new = [id for id in firms if id not in known]
        known.update((one.id, one) for one in firms_told(session, county, moment, actor, _fields(asked), new))
        there = tuple(known[id] for id in firms if id in known)
    if not whole:
        there = tuple(_with(there, section, refs, _subjects(session, asked, section, refs, actor)))
    return Snapshot(county, moment, there)


def _looks_at_all(asked: Asked, section: str) -> bool:
    """Whether a filter looks at all that a row's firm holds of the list's own section."""
    return section == "permit" and any(isinstance(want, PermitWant) for term in asked.terms for want in term.wants)


def _fields(asked: Asked) -> set[str]:
    """What is shown of a row's firm, and what the filters look at."""
    wants = (want for term in asked.terms for want in term.wants)
    named = {want.key.fact for want in wants if isinstance(want, Facts) and want.key.section == "enterprise"}
    return {*_OF_FIRM, *fields_of(asked.terms), *named}


def _subjects(
    session: Session, asked: Asked, section: str, refs: Sequence[Ref], actor: Actor
) -> dict[str, Subject | Equipment]:
    """The rows' own subjects, of which something is known, by id."""
    county, moment, ids = asked.county, asked.moment, [ref.id for ref in refs]
    found = told_facts(session, section, {*SECTIONS[section], "present"}, county, moment, actor, ids)
    if section == "equipment":
        return {id: _machine(one) for id, one in found.items()}
    if section == "plan":
        return dict(found)
    same, kinds = same_as(session, county, moment.known), dict[str, str]()
    for some in queries.in_parts(ids):
        rows = queries.held(section, county, None, moment.known, actor).where(queries.HELD[section].id.in_(some))
        kinds |= {row.id: row.kind for row in session.execute(rows)}
        for id in session.scalars(queries.kinds_stated(county, same.voices(some), moment, actor)):
            found.setdefault(same.of(id), Subject(same.of(id), {}))
    return {id: replace(one, facts={"kind": kinds[id], **one.facts}) for id, one in found.items() if id in kinds}


def _machine(one: Subject) -> Equipment:
    present = one.facts.get("present")
    facts = {name: value for name, value in one.facts.items() if name != "present"}
    return Equipment(one.id, facts, one.disputed, present if isinstance(present, bool) else None)


def _with(
    firms: Sequence[Enterprise], section: str, refs: Sequence[Ref], subjects: dict[str, Subject | Equipment]
) -> Iterator[Enterprise]:
    """The firms with these of their own, as enrolled."""
    own: defaultdict[str, list[Subject | Equipment]] = defaultdict(list)
    for ref in sorted(refs):
        if ref.id in subjects:
            own[ref.firm].append(subjects[ref.id])
    for firm in firms:
        yield replace(firm, **{HELD_AS[section]: tuple(own[firm.id])})  # type: ignore[arg-type]

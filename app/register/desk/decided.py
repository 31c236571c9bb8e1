"""What was decided and stands: every decision of whatever kind, with who made it, when and why."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.domain import vocabulary
from app.domain.masking import masked_field, masked_label
from app.register import queries
from app.register.desk import desk_queries
from app.register.desk.deciding import ABSENCES
from app.register.desk.who import names_of_records, particulars, shown
from app.register.facts.identity import Same, same_as
from app.register.facts.settle import PRESENT
from app.register.machines.replacing import named
from app.register.scope import Actor
from app.store.facts import from_json
from app.store.models import Statement

Row = dict[str, Any]

#: Why a firm is missing, as it was answered, by the status that was kept.
_ABSENCES = {status: answer for answer, status in ABSENCES.items()}

#: A decision with the change that recorded it.
Numbered = tuple[int, Row]


def decided(session: Session, county: str, actor: Actor) -> list[Row]:
    """Every decision that stands, in the order in which they were made, with who made it and when."""
    names = {firm.id: shown(firm) for firm in particulars(session, county, actor)}
    same = same_as(session, county)
    rows = [
        *_of_records(session, county, actor),
        *_of_machines_apart(session, county, actor, same),
        *_of_values(session, county, actor, names, same),
        *_of_absences(session, county, actor, names, same),
        *_of_rows(session, county, actor, names, same),
        *_of_replacements(session, county, actor, same),
        *_learned(session, county, actor, names, same),
    ]
    acts: dict[int, tuple[str, str]] = {}
    for some in queries.in_parts(sorted({number for number, _ in rows})):
        for number, who, at in session.execute(desk_queries.acts(county, some, actor)):
            acts[number] = (who, at.astimezone(clock.CHINA).isoformat())
    return [
        {**row, "change": number, "by": acts[number][0], "at": acts[number][1]}
        for number, row in sorted(rows, key=lambda one: (one[0], one[1]["decision"]))
    ]


def _row(one: Any, kind: str, about: Row) -> Numbered:
    return one.recorded_by, {"decision": one.id, "kind": kind, "reason": one.reason, "about": about}


def _of_records(session: Session, county: str, actor: Actor) -> Iterator[Numbered]:
    """Which records are one, or are not: each by the name that it has itself."""
    names = names_of_records(session, county, actor)
    for one in session.scalars(desk_queries.decisions(county, actor)):
        if one.section == "equipment" and one.answer != "same":
            continue
        about = {"firm": names.get(one.subject_id), "other": names.get(one.other_id)}
        about |= {"subject": one.subject_id, "into": one.other_id, "section": one.section, "under": one.under_id}
        yield _row(one, one.answer, about)


def _of_values(session: Session, county: str, actor: Actor, names: Mapping[str, str], same: Same) -> Iterator[Numbered]:
    """Which statement counts, in words: of which firm (and machine), which field, which value."""
    rulings = session.execute(desk_queries.rulings(county, actor)).all()
    owners = _owners(session, county, actor, {(said.section, value.subject_id) for value, said in rulings})
    machines = named(session, county, [value.subject_id for value, said in rulings if said.section == "equipment"])
    for value, said in rulings:
        about = {"field": value.field, "subject": value.subject_id, "section": said.section}
        about |= {"value": _kept(said), "source": said.source, "day": value.day.isoformat()}
        about |= {"firm": names.get(same.of(owners.get(value.subject_id, value.subject_id)))}
        about |= {"named": machines.get(value.subject_id), **_in_words(value.field, said)}
        yield _row(value, "value", about)


def _kept(said: Statement) -> Any:
    """The value as JSON has it."""
    value = json.loads(said.value)
    return masked_field(said.field, value) if isinstance(value, str) else value


def _in_words(field: str, said: Statement) -> Row:
    """A field and what was said of it as people read them."""
    told = masked_label(said.section, said.field, from_json(said.value))
    label = "在不在" if field == PRESENT else vocabulary.SECTIONS[said.section][field].zh
    return {"label": label, "said": f"{vocabulary.SECTIONS[said.section][said.field].zh}“{told}”"}


def _owners(session: Session, county: str, actor: Actor, subjects: Collection[tuple[str, str]]) -> dict[str, str]:
    """The firms for which things were enrolled."""
    found: dict[str, str] = {}
    for section in queries.HELD:
        for some in queries.in_parts(sorted(id for of, id in subjects if of == section)):
            found |= dict(session.execute(desk_queries.owned(section, county, some, actor)).all())
    return found


def _of_absences(
    session: Session, county: str, actor: Actor, names: Mapping[str, str], same: Same
) -> Iterator[Numbered]:
    for one in session.scalars(desk_queries.answered(county, actor)):
        about = {"firm": names.get(same.of(one.enterprise_id)), "batch": one.batch_id, "answer": one.answer}
        about |= {"said": _ABSENCES[one.answer]}
        yield _row(one, "absent", about | {"entry": one.entry_id})


def _of_rows(session: Session, county: str, actor: Actor, names: Mapping[str, str], same: Same) -> Iterator[Numbered]:
    """Whose held rows are, or of which machine they speak; a firm and a machine by name as well."""
    rows = session.scalars(desk_queries.row_answers(county, None, actor)).all()
    machines = named(session, county, [same.of(one.answer) for one in rows if one.about == "machine"])
    for one in rows:
        about = {"batch": one.batch_id, "sheet": one.sheet, "row": one.row, "about": one.about, "answer": one.answer}
        called = names if one.about == "firm" else machines
        yield _row(one, "row", about | {"named": called.get(same.of(one.answer))})


def _of_replacements(session: Session, county: str, actor: Actor, same: Same) -> Iterator[Numbered]:
    links = session.scalars(desk_queries.replacements(county, queries.NOW.known, actor)).all()
    machines = named(session, county, [same.of(id) for one in links for id in (one.old_id, one.new_id)])
    for one in links:
        about = {"old": one.old_id, "new": one.new_id, "batch": one.batch_id}
        about |= {"old_machine": machines.get(same.of(one.old_id)), "new_machine": machines.get(same.of(one.new_id))}
        yield _row(one, "replaced", about)


def _of_machines_apart(session: Session, county: str, actor: Actor, same: Same) -> Iterator[Numbered]:
    """Machines that went and came and have nothing to do with each other."""
    found = session.scalars(desk_queries.decisions(county, actor)).all()
    pairs = [one for one in found if one.section == "equipment" and one.answer != "same"]
    machines = named(session, county, [same.of(id) for one in pairs for id in (one.subject_id, one.other_id)])
    for one in pairs:
        about = {"old": one.subject_id, "new": one.other_id}
        about |= {
            "old_machine": machines.get(same.of(one.subject_id)),
            "new_machine": machines.get(same.of(one.other_id)),
        }
        yield _row(one, "not_replaced", about)


def _learned(session: Session, county: str, actor: Actor, names: Mapping[str, str], same: Same) -> Iterator[Numbered]:
    for one in session.scalars(desk_queries.learned(county, None, actor)):
        about = {"what": one.kind, "layout": one.layout, "key": one.key, "answer": json.loads(one.answer)}
        about |= {"batch": one.batch_id, "firm": names.get(same.of(one.enterprise_id)) if one.enterprise_id else None}
        yield _row(one, "learned", about)

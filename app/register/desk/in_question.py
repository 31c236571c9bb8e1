"""What is in question of a township's firms: facts on which sources differ, and those that would settle a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from app.domain.register import AsOf, Snapshot
from app.domain.statement import Statement
from app.register.desk.what_waits import subjects_of
from app.register.facts.grounds import grounds
from app.register.facts.views import snapshot
from app.register.questioning.carrying import for_template
from app.register.questioning.questions import questions_for
from app.register.scope import Actor
from app.store.changes import head


@dataclass(frozen=True, slots=True)
class InQuestion:
    """One fact in question: of which subject, which field, the question in words, what sources claim."""

    subject: str
    field: str
    question: str = ""
    claims: tuple[Statement, ...] = ()


def in_question(
    session: Session, county: str, township: str, day: date, actor: Actor
) -> tuple[Snapshot, list[InQuestion]]:
    """A county as of a day, and what is in question of one township's firms then, each fact once.

    Raises:
        UnknownTownship: when the county has none such.
    """
    known = head(session, county)
    whole = snapshot(session, county, AsOf(day, known), actor)
    own = snapshot(session, county, AsOf(day, known), actor, township=township)
    found = {(one.subject, one.field): one for one in _disputed(session, own, actor)}
    for place, note in for_template(questions_for(session, county, township, day, known, actor)).items():
        found[place] = replace(found.get(place, InQuestion(*place)), question=note)
    return whole, list(found.values())


def _disputed(session: Session, own: Snapshot, actor: Actor) -> Iterator[InQuestion]:
    evidence = grounds(session, own, actor)
    for firm in own.enterprises:
        for _, subject in subjects_of(firm):
            for name in sorted(subject.disputed):
                yield InQuestion(subject.id, name, claims=evidence.on(subject.id, name))

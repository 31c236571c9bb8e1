"""The dossier (一企一档) of one firm as of a day: its facts, what it holds, and what the papers say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.domain.register import AsOf, Enterprise, Equipment, Subject
from app.domain.vocabulary import SECTIONS
from app.errors import NotFound
from app.register.acceptances.shown import Standing as Accepted
from app.register.acceptances.shown import standings
from app.register.desk.who import firm_called
from app.register.facts.views import snapshot
from app.register.history.things import as_json, in_words
from app.register.limits.checking import check
from app.register.limits.lines import Line as LimitLine
from app.register.machines.replacing import replaced_machines
from app.register.papers.acts import Wanted
from app.register.papers.acts import listed as papers_of
from app.register.programmes.county_programmes import programmes_of
from app.register.programmes.placing import stages
from app.register.scope import Actor
from app.register.steps.gaps import gaps
from app.register.successions.shown import of_firm
from app.register.verdicts.holding import Line
from app.register.verdicts.judged import judged
from app.register.verdicts.verdict_asking import clauses_of

Row = dict[str, Any]

#: What a firm holds, by the name under which the dossier lists it.
HELD = {"equipment": "equipment", "permits": "permit", "plans": "plan", "actions": "action"}


@dataclass(frozen=True, slots=True)
class Dossier:
    """A firm as of a day, as known at a change. `replaced`: machines with those that came in their place.

    `gaps`: what its steps lack, or lacked when they were taken. `accepted`: how far it is accepted.
    """

    county: str
    moment: AsOf
    firm: Enterprise
    verdicts: tuple[Line, ...]
    limits: tuple[LimitLine, ...]
    successions: Mapping[str, Any]
    stages: tuple[Row, ...]
    replaced: Mapping[str, str]
    documents: tuple[Row, ...] = ()
    gaps: tuple[Row, ...] = ()
    accepted: Accepted | None = None

    @property
    def status(self) -> int:
        """1 where something must go, is not met, is missing, or cannot be told."""
        staged = all(stage["answer"] in ("in_stage", "none") for stage in self.stages)
        met = all(one.verdict.answer == "meets" for one in self.limits)
        lacks = any(one["open"] for one in self.gaps) or bool(self.accepted and self.accepted.lacks(self.moment.day))
        return int(bool(self.verdicts) or not met or not staged or lacks)

    def as_dict(self) -> Row:
        """For `luzhang dossier --json` and the API."""
        machines = (*self.firm.equipment, *self.firm.perhaps)
        held = {name: machines if name == "equipment" else getattr(self.firm, name) for name in HELD}
        return {
            "county": self.county,
            "as_of": self.moment.day.isoformat(),
            "known": self.moment.known,
            "enterprise": {"id": self.firm.id, "name": self.firm.name, "facts": _facts("enterprise", self.firm)},
            **{name: self._listed(HELD[name], some) for name, some in held.items()},
            "verdicts": [{"equipment_id": line.machine.id, **line.as_dict()} for line in self.verdicts],
            "limits": [one.as_dict() for one in self.limits],
            "stages": list(self.stages),
            "documents": list(self.documents),
            "gaps": list(self.gaps),
            "acceptance": self.accepted.told(self.moment) if self.accepted else None,
            "predecessors": self.successions["predecessors"],
            "successors": self.successions["successors"],
        }

    def _listed(self, section: str, some: Iterable[Subject]) -> list[Row]:
        return [self._shown(section, one) for one in some]

    def _shown(self, section: str, one: Subject) -> Row:
        row: Row = {"id": one.id, "facts": _facts(section, one)}
        if isinstance(one, Equipment):
            before = next((old for old, new in self.replaced.items() if new == one.id), None)
            row |= {"present": one.present, "owners": list(one.owners)}
            row |= {"replaces": before, "replaced_by": self.replaced.get(one.id)}
        return row


def dossier(session: Session, county: str, firm: str, moment: AsOf, actor: Actor) -> Dossier:
    """Everything of a firm (id, code or any name) at the end of a day, as known at a change.

    Raises:
        NotFound: when the county has no such firm, or had none such that day.
    """
    id, (day, known) = firm_called(session, county, firm, actor), (moment.day, moment.known)
    whole = snapshot(session, county, moment, actor)
    own = next((one for one in whole.enterprises if one.id == id), None)
    if own is None:
        raise NotFound(f"{day} 的登记库里还没有“{firm}”", fix="请换一个日子，或核对名称", code="enterprise.not_yet")
    ((clauses, _),) = clauses_of(session, [(county, known)], (), day, actor).items()
    rows = judged(session, county, moment, [id], clauses, actor)
    staged = []
    for programme in programmes_of(session, county, known, actor).programmes.values():
        if county in programme.stage_counties and (programme.issued is None or programme.issued <= day):
            found = stages(session, programme.id, county, firm=id, as_of=day, known=known, actor=actor)
            staged += [{"programme": programme.id, "title": programme.title, **one.as_dict()} for one in found.firms]
    return Dossier(
        county,
        moment,
        own,
        tuple(line for row in rows if row.enterprise.id == id for line in row.lines),
        check(session, county, firm=id, as_of=day, known=known, actor=actor).lines,
        of_firm(session, county, id, moment, actor),
        tuple(staged),
        dict(replaced_machines(session, county, actor, known)),
        tuple(papers_of(session, county, Wanted(firm=id), moment, actor)),
        tuple(one.as_dict() for one in gaps(session, county, day, known, actor, firm=id)),
        next(iter(standings(session, county, moment, actor, firm=id, whole=whole).firms), None),
    )


def _facts(section: str, subject: Subject) -> list[Row]:
    """What is known of a subject, in the vocabulary's order; what sources dispute says so and has no value."""
    return [
        {
            "field": name,
            "label": field.zh,
            "value": as_json(name, subject.facts.get(name)),
            "text": in_words(section, name, subject.facts.get(name), name in subject.disputed),
            "disputed": name in subject.disputed,
        }
        for name, field in SECTIONS[section].items()
        if name in subject.facts or name in subject.disputed
    ]

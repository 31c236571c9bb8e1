"""The machines of a firm, as rows may speak of them: enrolled for it, or come over from another firm."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.register.facts.identity import Same
from app.register.facts.owners import owners_on, with_predecessors
from app.register.facts.project import parts_of
from app.register.queries import NOW


def machines_of(session: Session, county: str, firm: str, same: Same) -> list[str]:
    """The records that stand for the machines which a firm has, or had; `firm` stands for itself."""
    owners = owners_on(session, county, NOW, same)
    parts = parts_of(session, county, with_predecessors(session, county, [firm], same))
    machines = [part for part in parts if part.section == "equipment" and same.of(part.id) == part.id]
    return [one.id for one in machines if firm in (one.firm, *owners.of(one.id, one.firm))]

"""The cells that subjects' facts rest on: of each field the words that decide it on the day, as known."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.register.facts.evidence import Evidence
from app.register.facts.spoken import spoken
from app.register.scope import Actor

#: By subject, each cell once, in the order in which it was recorded.
Cells = Mapping[str, tuple[Mapping[str, str], ...]]


def where_written(session: Session, county: str, subjects: Collection[str], as_of: AsOf, actor: Actor) -> Cells:
    """Where it is written what is known of these subjects: file and cell (of an entry by hand, no cell)."""
    if not subjects:
        return {}
    evidence = Evidence.of((said for _, said in spoken(session, county, subjects, as_of, actor)), as_of.day)
    found: dict[str, tuple[Mapping[str, str], ...]] = {}
    for subject, fields in evidence.said.items():
        deciding = sorted((one for field in fields for one in evidence.on(subject, field)), key=lambda one: one.id)
        places = dict.fromkeys((one.evidence.file, one.evidence.place) for one in deciding)
        found[subject] = tuple({"file": file, "cell": cell} for file, cell in places)
    return found

"""How each clause stands: in force or not, adopted or not, by whose text; one line each, or one clause in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dates import FOREVER, DateInterval
from app.register.clauses.adoption import obstacle
from app.register.clauses.county_clauses import OwnFile, adoptions, catalogue_of, own_files, stating
from app.register.scope import Actor
from app.rules.catalogue_loader import Catalogue, shipped
from app.rules.clause import EVERYWHERE, UNSTATED, Clause
from app.rules.wording import field_words, in_words


@dataclass(frozen=True, slots=True)
class Standing:
    """A county's clauses as known at a change; without a county, those that come with the program."""

    county: str | None
    catalogue: Catalogue
    files: tuple[OwnFile, ...] = ()
    adopted_at: dict[str, int] | None = None

    def file_of(self, clause: Clause) -> OwnFile | None:
        """The county's own file whose text of the clause stands."""
        if shipped().clauses.get(clause.id) is clause:
            return None
        return stating(clause.id, self.files, (self.adopted_at or {}).get(clause.id))

    def newer(self, clause: Clause) -> OwnFile | None:
        """The file with a newer text, which nobody has adopted yet."""
        last = stating(clause.id, self.files, None)
        return last if last is not None and last.catalogue.clauses[clause.id] != clause else None

    def adopted(self, clause: Clause) -> str | None:
        """By whom it is adopted: `county`, `shipped`, or nobody."""
        if clause.id in (self.adopted_at or {}):
            return "county"
        of_all = clause.shipped_for(self.county) if self.county else EVERYWHERE in clause.adopted
        return "shipped" if of_all else None

    def line(self, clause: Clause, day: date) -> dict[str, Any]:
        """A clause in `clauses list`."""
        adopted = self.adopted(clause)
        in_force = clause.in_force(day, self.county if self.county else clause.jurisdiction)
        newer = self.newer(clause)
        return {
            "clause": clause.id,
            "text": clause.text,
            "category": clause.category,
            "kind": clause.kind,
            "status": clause.status,
            "edition": clause.edition.id if clause.edition else None,
            "jurisdiction": clause.jurisdiction or None,
            "effective_from": None if clause.since == date.min else clause.since.isoformat(),
            "effective_from_precision": clause.since_precision,
            "effective_to": None if clause.until == FOREVER else (clause.until - timedelta(days=1)).isoformat(),
            "in_force": in_force,
            "own": self.file_of(clause) is not None,
            "adopted": adopted,
            "decides": clause.decides and in_force and adopted is not None,
            "lacks": [] if clause.status in UNSTATED else list(clause.wanting),
            "newer": newer.id if newer else None,
        }

    def whole(self, clause: Clause, day: date) -> dict[str, Any]:
        """A clause in `clauses show`."""
        file = self.file_of(clause)
        unstated = clause.status in UNSTATED
        return self.line(clause, day) | {
            "condition": None if unstated else in_words(clause.predicate),
            "lacks_words": [] if unstated else [field_words(path) for path in clause.wanting],
            "obstacle": obstacle(clause, self.county) if self.county else None,
            "deadline": clause.deadline.isoformat() if clause.deadline else None,
            "required_action": clause.required_action,
            "replacement": clause.replacement,
            "note": clause.note,
            "same_clause": clause.same_clause,
            "alike": sorted(one.id for one in self.catalogue.clauses.values() if one.same_clause == clause.id),
            "evidence": self.evidence(clause),
            "edition_title": clause.edition.title if clause.edition else None,
            "examples": [
                {"facts": {name: _plain(value) for name, value in one.facts}, "expect": one.expect}
                for one in clause.examples
            ],
            "file": file.as_dict() if file else None,
        }

    def evidence(self, clause: Clause) -> dict[str, Any]:
        """How its words are known, and from where."""
        reading = clause.reading
        source = self.catalogue.sources.get(reading.source or "")
        named = {
            "id": source.id,
            "title": source.title,
            "date": source.day.isoformat() if source.day else None,
            "url": source.url,
        } if source else None  # fmt: skip
        return {"level": reading.level, "quote": reading.quote, "note": reading.note, "source": named}


def clauses_of(session: Session, county: str, known: int, actor: Actor) -> Standing:
    """How the clauses of a county stood, as known at a change."""
    return Standing(
        county,
        catalogue_of(session, county, known, actor),
        own_files(session, county, known, actor),
        adoptions(session, county, known, actor),
    )


def clauses_shipped() -> Standing:
    """The clauses that come with the program."""
    return Standing(None, shipped())


def listed(standing: Standing, day: date, *, status: str | None = None, in_force: bool = False) -> list[dict[str, Any]]:
    """The clauses, a line each; those of a status, or those in force there on the day, where that is asked."""
    chosen = (one for one in standing.catalogue.clauses.values() if status is None or one.status == status)
    lines = [standing.line(one, day) for one in sorted(chosen, key=lambda one: one.id)]
    return [line for line in lines if line["in_force"] or not in_force]


def _plain(value: object) -> object:
    return value.text if isinstance(value, DateInterval) else value

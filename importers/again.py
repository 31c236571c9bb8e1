"""Bytes sent again for the same day: what they say is what they said, where nothing was recorded since."""

from __future__ import annotations

import json

from sqlalchemy.orm import Session

from app.domain.proposal import Entry, Proposal
from app.register import queries
from app.register.imports.waiting import terms_of
from app.register.scope import REGISTER
from app.store.changes import head
from importers.arrival import Arrival

_WAITING = ("held", "conflict", "missing")


def as_applied(session: Session, arrival: Arrival, batch: str) -> Proposal | None:
    """The proposal of bytes that the last change applied, each firm the same; None where it must be reckoned.

    It must where anything was recorded since, where they were read on other terms, and where anything of the batch
    waited or was asked beyond the reading.
    """
    county, of = arrival.county, arrival.reading
    applied = session.scalar(queries.batch(county, batch, REGISTER))
    if applied is None or head(session, county) != applied.recorded_by:
        return None
    counts = json.loads(applied.counts)
    asked = counts["issues"] != len(of.issues) or any(counts["proposal"][bucket] for bucket in _WAITING)
    if asked or terms_of(session, county, batch) != arrival.terms:
        return None
    firms = session.scalars(queries.listed(county, batch, REGISTER)).all()
    return Proposal(
        county=county,
        file=of.file,
        sha256=of.sha256,
        format=of.format,
        township=applied.township,
        day=applied.valid_day,
        source=applied.source,
        entries=tuple(Entry("same", firm, "") for firm in sorted(firms)),
        issues=of.issues,
        counts={**of.counts(), "rows_held": 0, "issues": len(of.issues)},
    )

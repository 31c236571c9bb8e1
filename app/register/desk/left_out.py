"""The firms that rosters left out and of which it is still to be said why."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.register.desk import desk_queries
from app.register.facts.identity import same_as
from app.register.facts.owners import owners_on
from app.register.queries import NOW
from app.register.scope import Actor
from app.store.models import ImportBatch


def unanswered(session: Session, county: str, actor: Actor) -> Iterator[tuple[ImportBatch, str]]:
    """The firms that each source's latest roster of a township left out, and of which nobody has said why.

    Why a firm is left out that was, or may have been, merged into another by the roster's day need not be said.
    """
    same = same_as(session, county)
    owners = owners_on(session, county, NOW, same)
    answers = session.scalars(desk_queries.answered(county, actor))
    answered = {(one.batch_id, same.of(one.enterprise_id)) for one in answers}
    corrections = set(session.scalars(desk_queries.correcting(county, actor)))
    seen: set[tuple[str, str | None]] = set()
    for batch in session.scalars(desk_queries.rosters(county, actor)):
        counts = json.loads(batch.counts)
        if not counts.get("rows_read") or batch.id in corrections or (batch.source, batch.township) in seen:
            continue
        seen.add((batch.source, batch.township))
        merged = owners.merged_by(batch.valid_day)
        for firm in dict.fromkeys(same.of(one) for one in counts.get("missing_firms", ())):
            if (batch.id, firm) not in answered and firm not in merged:
                yield batch, firm

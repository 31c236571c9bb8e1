"""Whether the chains of a city's counties still say, at the changes that its ledgers rest on, what they said then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store.canonical import raw
from app.store.models import Base, Change, LedgerContent
from app.store.verification.finding import Finding, shown, streamed

_CONTENTS = Base.metadata.tables[LedgerContent.__tablename__]
_CHANGES = Base.metadata.tables[Change.__tablename__]


def anchor_findings(session: Session) -> Iterator[Finding]:
    """A county's change that is gone, or whose digest is another than the one kept with a city's ledger.

    A county whose whole chain was written anew fits itself: it does not fit what another chain keeps of it.
    """
    columns = (_CONTENTS.c.county, _CONTENTS.c.id, _CONTENTS.c.recorded_by, _CONTENTS.c.heads)
    query = select(*(raw(column) for column in columns)).where(_CONTENTS.c.heads.is_not(None))
    for row in streamed(session, query.order_by(_CONTENTS.c.county, _CONTENTS.c.recorded_by)):
        for what in _unlike(session, row.heads):
            where = {"county": row.county, "change": row.recorded_by, "table": _CONTENTS.name, "id": shown(row.id)}
            yield Finding("ledger.anchor", f"{_CONTENTS.name} 的 {shown(row.id)} {what}", **where)


def _unlike(session: Session, heads: Any) -> Iterator[str]:
    try:
        anchors = [(str(of), int(number), str(digest)) for of, (number, digest) in json.loads(heads).items()]
    except (ValueError, TypeError, AttributeError):
        yield "记着的各县变更读不出来"
        return
    for county, number, digest in anchors:
        if number == 0:
            continue  # nothing was known of it
        query = select(raw(_CHANGES.c.digest)).where(_CHANGES.c.county == county, _CHANGES.c.number == number)
        found = session.execute(query).scalar()
        if found is None:
            yield f"依据的 {county} 第 {number} 号变更不见了"
        elif found != digest:
            yield f"依据的 {county} 第 {number} 号变更，链的摘要与签发时不同"

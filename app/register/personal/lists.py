"""Lists with personal data as it is: what is recorded of each county, before the first row is handed out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Engine

from app.domain.actor import Actor
from app.domain.masking import PERSONAL
from app.register.lists.columns import Row, columns
from app.register.lists.export import Export
from app.register.lists.found import Found
from app.register.lists.over_counties import FoundOver
from app.register.personal.shown import record_shown

#: Numbers that stand in names, addresses and remarks.
_TEXTS = "texts"


def record_rows(engine: Engine, found: Found | FoundOver, rows: Sequence[Row], purpose: str, actor: Actor) -> None:
    """Record that some rows of a list are shown."""
    firms: defaultdict[str, set[str]] = defaultdict(set)
    counted: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        county = row["county"] if isinstance(found, FoundOver) else found.asked.county
        counted[county] += 1
        if (firm := row.get("enterprise_id") or (row["id"] if found.asked.noun == "enterprises" else None)) is not None:
            firms[county].add(firm)
    fields = _fields(found.asked.noun)
    for county, many in sorted(counted.items()):
        told: dict[str, Any] = {"firms": firms[county], "fields": fields, "rows": many, "address": found.pinned}
        record_shown(engine, county, actor, purpose=purpose, **told)


def record_file(engine: Engine, given: Export, purpose: str, actor: Actor) -> None:
    """Record that a whole list is handed out as a file: the address lists its firms again.

    How many rows it has is recorded where that is known before they are read.
    """
    parts = given.head.parts if isinstance(given.head, FoundOver) else (given.head,)
    totals = given.totals if given.told is not None else (None,) * len(parts)
    for part, many in zip(parts, totals, strict=True):
        told: dict[str, Any] = {"firms": (), "fields": _fields(part.asked.noun), "rows": many, "address": part.pinned}
        record_shown(engine, part.asked.county, actor, purpose=purpose, **told)


def _fields(noun: str) -> Iterable[str]:
    return [*(PERSONAL & columns(noun).keys()), _TEXTS]

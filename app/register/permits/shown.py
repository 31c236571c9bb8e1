"""A permit as answers show it: its facts with their words."""

from __future__ import annotations

from typing import Any

from app.domain.dates import DateInterval
from app.domain.register import Enterprise, Subject
from app.domain.vocabulary import ENUMS, label
from app.register.facts.cells import Cells

_FACTS = ("standing", "number", "issuer", "class", "valid_from", "valid_to")


def paper(permit: Subject, written: Cells | None = None) -> dict[str, Any]:
    """One permit; what is not stated is null, what sources differ on is named. `written`: where it stands."""
    facts = permit.facts
    told = {name: value.as_dict() if isinstance(value := facts.get(name), DateInterval) else value for name in _FACTS}
    words = {name: label("permit", name, facts[name]) for name in ("standing", "class") if name in facts}
    kind = str(facts.get("kind"))
    return {
        "permit": permit.id,
        "kind": kind,
        "label": ENUMS["permit_kind"].get(kind, kind),
        **told,
        "words": words,
        "disputed": sorted(permit.disputed),
        **({} if written is None else {"sources": [dict(one) for one in written.get(permit.id, ())]}),
    }


def whose(firm: Enterprise) -> dict[str, Any]:
    """The firm as a line names it."""
    facts = firm.facts
    return {"id": firm.id, "name": firm.name, "uscc": facts.get("uscc"), "township": facts.get("township")}

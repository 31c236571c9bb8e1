"""Personal data shown whole: to whom, for what, and the record that is made before anything is handed out."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Engine

from app.domain.actor import Actor
from app.domain.masking import masked
from app.errors import BadInput
from app.register.audit import record_alone

#: The function of whoever may see personal data.
FUNCTION = "personal.show"

#: What is asked for in an address.
SHOWN = "shown"

_SHORTEST, _LONGEST = 2, 200
#: Of so many firms each is recorded by its id; of more the address that lists them again.
NAMED = 100


def purpose_told(text: str | None) -> str:
    """For what personal data is asked, in a person's words.

    Raises:
        BadInput: when that is not told, or is no purpose.
    """
    told = (text or "").strip()
    if not told:
        raise BadInput(
            "没有写明用途", fix="请写明看联系人和电话作什么用，如 purpose=通知整改；会记录下来", code="purpose.missing"
        )
    if not _SHORTEST <= len(told) <= _LONGEST or not told.isprintable() or told.isdigit():
        raise BadInput("用途写法不对", fix=f"请用 {_SHORTEST} 到 {_LONGEST} 个字写明用途", code="purpose.bad")
    return masked(told)


def is_asked(text: str | None) -> bool:
    """Whether an address asks for personal data as it is.

    Raises:
        BadInput: when it asks for something else by that key.
    """
    if text not in (None, "", SHOWN):
        raise BadInput("personal 只能写 shown", fix="要显示完整的联系电话，请写 personal=shown", code="personal.bad")
    return text == SHOWN


def both(one: Actor, other: Actor) -> Actor:
    """The one as far as what it may see is the other's as well."""
    counties, townships = _both(one.counties, other.counties), _both(one.townships, other.townships)
    return Actor(one.name, counties, townships, one.account, one.origin, one.writes)


def record_shown(
    engine: Engine,
    county: str,
    actor: Actor,
    *,
    purpose: str,
    firms: Collection[str],
    fields: Iterable[str],
    rows: int | None,
    address: str = "",
) -> None:
    """Record that personal data is handed out: of whom, which fields, for what, how many rows; never the data.

    It is recorded before it is handed out: what cannot be recorded is not shown.
    """
    told = sorted(firms) if len(firms) <= NAMED else []
    after = {"purpose": purpose, "fields": sorted(fields), "rows": rows, "firms": told}
    what = address or "、".join(told)
    record_alone(
        engine,
        act=FUNCTION,
        what=what,
        county=county,
        after=after | ({"address": address} if address else {}),
        actor=actor,
    )


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other

"""Two machines of one firm as a person names them, the old one and the new one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.errors import BadInput, NotFound
from app.register import queries
from app.register.desk import desk_queries
from app.register.facts.identity import Same, same_as
from app.register.scope import REGISTER

#: The old machine and the new one, by the records that stand for them.
Pair = tuple[str, str]


def pair_of(session: Session, county: str, old: str, new: str) -> Pair:
    """The two machines, by the records that stand for them.

    Raises:
        NotFound: when the county has no such machine.
        BadInput: when they are of two firms, or one and the same.
    """
    same = same_as(session, county)
    pair = same.of(old), same.of(new)
    firms = firms_of(session, county, pair, same)
    for told, id in zip((old, new), pair, strict=True):
        if id not in firms:
            raise NotFound(f"本县没有编号为“{told}”的设备", fix="请核对设备编号", code="subject.unknown")
    if pair[0] == pair[1]:
        raise BadInput("旧的和新的是同一台设备", fix="请核对两个设备编号", code="replacement.same")
    if firms[pair[0]] != firms[pair[1]]:
        raise BadInput(
            "这两台设备不在同一家企业", fix="换成只记在一家企业之内，请核对设备编号", code="replacement.firms"
        )
    return pair


def firms_of(session: Session, county: str, machines: Iterable[str], same: Same) -> dict[str, str]:
    """The firms of machines, by the records that stand for them."""
    found: dict[str, str] = {}
    for some in queries.in_parts(sorted(set(machines))):
        owned = session.execute(desk_queries.owned("equipment", county, some, REGISTER)).all()
        found |= {machine: same.of(firm) for machine, firm in owned}
    return found

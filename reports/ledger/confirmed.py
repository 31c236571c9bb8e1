"""A ledger that one person proposed to issue, issued as another confirms it: the names of both stand in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Engine

from app.domain.quarter import Quarter
from app.errors import Refused
from app.register.ledgers import People
from app.register.scope import Actor
from app.register.second.gate import whose_engine
from app.register.second.listed import Listed
from reports.ledger.make import ledger


def issue_confirmed(engine: Engine, one: Listed, actor: Actor) -> None:
    """Issue it as it was proposed; 签发人 is whoever confirms it.

    Raises:
        Refused: when somebody else was named as 签发人.
    """
    told = one.told
    people = signed(People(**told["people"]), one.row.proposed_by, whose_engine(engine).name)
    asked: dict[str, Any] = {"issue": True, "reason": one.row.reason, "people": people, "actor": actor}
    ledger(engine, Quarter.parse(told["quarter"]), told["county"], **asked)


def signed(people: People, proposed_by: str, confirmed_by: str) -> People:
    """The people of a ledger that two issue: who proposed it is its 填报人, or its 审核人 where that is somebody else.

    Raises:
        Refused: when another 签发人 was named than whoever confirms it.
    """
    if people.approved_by not in (None, confirmed_by):
        fix = f"请{people.approved_by}确认；或退回，重新提出时不写签发人"
        raise Refused(
            f"提出时写的签发人是{people.approved_by}，签发人要由本人确认", fix=fix, code="second.other_signer"
        )
    people = replace(people, approved_by=confirmed_by)
    if people.prepared_by is None:
        return replace(people, prepared_by=proposed_by)
    if people.checked_by is None and people.prepared_by != proposed_by:
        return replace(people, checked_by=proposed_by)
    return people

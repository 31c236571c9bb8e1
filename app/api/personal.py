"""`GET /api/v1/enterprises/{enterprise}/contact`, and what lists ask for: personal data whole, for a purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from app.api.masking import SHOWN
from app.api.obsolete import AsOf, County, Known
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.domain.register import AsOf as Moment
from app.register.asking import county_asked, day_asked, known_asked
from app.register.personal.contact import contact
from app.register.personal.shown import FUNCTION, both, is_asked, purpose_told
from app.store.engine import acting, reading

router = APIRouter(tags=["个人信息"], responses=RESPONSES)

Purpose = Annotated[str | None, Query(max_length=200, description="看来作什么用；会记录下来")]

#: Query keys of a list that are no filters.
KEYS = frozenset(("personal", "purpose"))

#: For the description of lists.
PARAMETERS = (
    (
        "personal",
        "写 shown 显示完整的联系电话；要有权限，要写 purpose，会记录下来",
        {"type": "string", "enum": ["shown"]},
    ),
    ("purpose", "与 personal=shown 同写：看来作什么用", {"type": "string", "maxLength": 200}),
)


class Told(BaseModel):
    """One field; where sources contradict each other no value, and what each says."""

    value: str | None
    disputed: bool
    claims: list[dict[str, Any]]


class Contact(BaseModel):
    """Whom to reach at a firm, as it is."""

    county: str
    as_of: date
    known: int
    enterprise: dict[str, str]
    contact_person: Told
    contact_phone: Told
    purpose: str


@router.get("/enterprises/{enterprise}/contact", summary="一家企业的联系人和电话", response_model=Contact)
def get_contact(
    response: Response,
    enterprise: str,
    caller: Annotated[Caller, Depends(Allowed(FUNCTION))],
    purpose: Purpose = None,
    county: County = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """完整的号码和姓名。要写明用途 purpose；看了什么、谁看的、作什么用，都记录下来。"""
    purpose_told(purpose)
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
    found = contact(caller.engine, code, enterprise, moment, purpose, caller.actor)
    response.headers.update(SHOWN)
    return found


def asked_whole(request: Request, caller: Caller) -> tuple[Caller, str] | None:
    """Whoever asks a list for personal data as it is, as far as that is theirs, and for what; None: nobody does.

    Raises:
        BadInput: when no purpose is told.
        NoRight: when it is not theirs.
    """
    if not is_asked(request.query_params.get("personal")):
        return None
    may = request.app.state.actor_of(request, FUNCTION)
    why = purpose_told(request.query_params.get("purpose"))
    narrower = both(caller.actor, may)
    return replace(caller, actor=narrower, engine=acting(caller.engine, narrower)), why

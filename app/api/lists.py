"""Lists of the register, a page at a time, counted, or whole as a file: one ask, one evaluation for all three."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from app.api.exports import add_exports
from app.api.masking import SHOWN
from app.api.obsolete import AsOf, County, Known
from app.api.paging import Limit, Next, cursor, number, places
from app.api.personal import KEYS, PARAMETERS, asked_whole
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.errors import BadInput
from app.register.lists import NOUNS, columns
from app.register.lists.asked import MAYBE, ask_for
from app.register.lists.found import Found, found
from app.register.lists.keys import keys_of
from app.register.lists.over_counties import FoundOver, found_over
from app.register.personal.lists import record_rows
from app.store.engine import reading

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

router = APIRouter(tags=["名册"], responses=RESPONSES)

#: Query keys that cut the list into pages, and those that ask for what is personal.
PAGING = {"limit", "next", *KEYS}

#: Keys of what the firm holds that are described beside a list's own; every other works as well.
_OFTEN = ("enterprise.status", "village", "park", "equipment.kind", "plan.stage", "action.kind", "action.taken_on")


class Tally(BaseModel):
    """Rows, firms (家), furnace bodies not known to be gone (台), and listed bodies that are; null: none such."""

    rows: int
    enterprises: int | None
    furnaces: int | None
    gone: int | None


#: `fits`: what surely fits; `maybe`: of which it cannot be told; a firm counts once, under the stronger. Where there
#: are any, `owner_unknown`: of them the machines of which it cannot be told whose they are.
Counts = dict[str, Tally]


class Listing(BaseModel):
    """One page: how many rows there are, these of them, the cursor of the next page (null on the last), all counted.

    `address` asks the same again, of the day on which it is asked; `pinned` of this day as it is known now.
    """

    total: int
    items: list[dict[str, Any]]
    next: str | None
    counts: Counts
    address: str
    pinned: str


class CountyCounted(BaseModel):
    """One county of several, as known at a change: its rows."""

    county: str
    known: int
    total: int


class Counted(BaseModel):
    """What a list comes to, without its rows; of a `division`, `counties` stand for `county` and `known`."""

    noun: str
    county: str | None = None
    division: str | None = None
    counties: list[CountyCounted] | None = None
    as_of: date
    known: int | None = None
    total: int
    counts: Counts
    address: str
    pinned: str


def _answer(
    session: "Session", caller: Caller, request: Request, noun: str, start: tuple[str, ...] | None, whole: bool = False
) -> Found | FoundOver:
    """The answer to a request's filters. A later page is of the day and knowledge of the first, whatever came since."""
    pairs = [(key, value) for key, value in request.query_params.multi_items() if key not in PAGING]
    if request.query_params.get("division"):
        at = (start[0].split(","), _day(number(start[2]))) if start is not None else None
        return found_over(session, noun, pairs, caller.actor, at, whole=whole)
    asked = ask_for(session, noun, pairs, caller.actor, whole=whole)
    if start is not None:
        first = [("known", str(number(start[0]))), ("as_of", _day(number(start[2])).isoformat())]
        asked = asked.at(ask_for(session, noun, [*pairs, *first], caller.actor).moment)
    return found(session, asked, caller.actor)


def _day(ordinal: int) -> date:
    if not 1 <= ordinal <= date.max.toordinal():
        raise BadInput("next 不是上一页给出的值", fix="请从第一页重新查起，把 next 原样带回", code="next.bad")
    return date.fromordinal(ordinal)


def _page(noun: str) -> Callable[..., Listing]:
    def page(
        response: Response,
        request: Request,
        caller: Annotated[Caller, Depends(Allowed(f"{noun}.list"))],
        county: County = None,
        as_of: AsOf = None,
        known: Known = None,
        limit: Limit = 100,
        next: Next = None,
    ) -> Listing:
        """各项都要符合；同一项写几次，符合其一即可；项.not 表示不是。值写代码或中文都行，数和日期可写从..到。"""
        start, personal = places(next, 3), asked_whole(request, caller)
        caller = personal[0] if personal else caller
        with reading(caller.engine) as session:
            answer = _answer(session, caller, request, noun, start, personal is not None)
        first, told = number(start[1]) if start else 0, answer.as_dict()
        moment = answer.asked.moment
        more = first + limit < told["total"]
        pin = ",".join(answer.known) if isinstance(answer, FoundOver) else moment.known
        following = cursor(pin, first + limit, moment.day.toordinal()) if more else None
        items = answer.page(first, limit)
        if personal:
            record_rows(caller.engine, answer, items, personal[1], caller.actor)
            response.headers.update(SHOWN)
        return Listing(items=items, next=following, **_shared(told))

    return page


def _shared(told: dict[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in ("total", "counts", "address", "pinned")}


def _count(noun: str) -> Callable[..., dict[str, Any]]:
    def count(
        request: Request,
        caller: Annotated[Caller, Depends(Allowed(f"{noun}.count"))],
        county: County = None,
        as_of: AsOf = None,
        known: Known = None,
    ) -> dict[str, Any]:
        """与同名清单的筛选项一样，只答多少条、多少家、多少台，其中多少不能确定。"""
        with reading(caller.engine) as session:
            return _answer(session, caller, request, noun, None).as_dict()

    return count


def _filters(noun: str) -> dict[str, Any]:
    """The description of the query keys: of the whole, the list's own columns, and what is asked often."""
    keys = keys_of(noun)
    together = [name for name, key in keys.items() if key.type == "together"]
    often = [name for name in _OFTEN if name in keys and keys[name].name == name]
    named = {name: keys[name].zh for name in dict.fromkeys((*together, *columns(noun), *often))}
    several = [_parameter(name, text, {"type": "array", "items": {"type": "string"}}) for name, text in named.items()]
    maybe = "、".join(f"{code} {zh}" for code, zh in MAYBE.items())
    told = _parameter("maybe", f"不能确定的行：{maybe}", {"type": "string", "enum": list(MAYBE)})
    order = _parameter("sort", "按哪几栏排列：township,-capacity_t（- 从大到小）", {"type": "string"})
    over = _parameter("division", "问一个市、省的各县：2位或4位代码；不再写 county", {"type": "string"})
    return {"parameters": [*several, told, order, over]}


def _personal(noun: str) -> dict[str, Any]:
    """The same, and what asks for personal data as it is."""
    return {"parameters": [*_filters(noun)["parameters"], *(_parameter(*one) for one in PARAMETERS)]}


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


for _noun, _zh in NOUNS.items():
    add_exports(router, _noun, _personal(_noun))
    router.add_api_route(
        f"/{_noun}/count",
        _count(_noun),
        summary=f"{_zh}清单有多少",
        operation_id=f"count_{_noun}",
        response_model=Counted,
        response_model_exclude_unset=True,
        openapi_extra=_filters(_noun),
    )
    router.add_api_route(
        f"/{_noun}",
        _page(_noun),
        summary=f"{_zh}清单",
        operation_id=f"list_{_noun}",
        response_model=Listing,
        openapi_extra=_personal(_noun),
    )

"""`/api/v1/ledgers`: a quarter's ledger to be downloaded, checked, issued, compared, and traced cell by cell."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import BaseModel, Field

from app.api.downloads import WORKBOOK, workbook
from app.api.problems import RESPONSES
from app.api.proposal_answers import PROPOSED
from app.api.scope import Allowed, Caller
from app.domain.quarter import Quarter
from app.register import ledgers
from app.register.ledgers.compare import compare
from app.register.ledgers.standing import standings
from app.register.ledgers.trace import trace
from app.store.engine import reading

router = APIRouter(tags=["台账"], responses=RESPONSES)

#: A revision, as an integer of any engine.
LARGEST = 1_000_000

QuarterTold = Annotated[str, Path(description="季度，如 2025Q4")]
Revision = Annotated[int | None, Query(ge=1, le=LARGEST, description="已出具的第几版，默认最新")]
_WHOSE = "县（市、区）的6位代码；市、省的4位、2位代码，或补零的6位（431100），是各县合在一起的"
County = Annotated[str | None, Query(description=f"{_WHOSE}；登记库只有一个县时可以不写")]
CountyCode = Annotated[str, Field(min_length=1, max_length=20, description=_WHOSE)]
Person = Annotated[str | None, Field(max_length=100)]


class Issue(BaseModel):
    """One revision: its number, digests of file and data, who signed, when, and why it was made.

    `heads`: of a city's by county the change up to which it knows; `known` is then 0.
    """

    county: str
    quarter: str
    revision: int
    number: str
    as_of: date
    known: int
    heads: dict[str, int] | None
    reason: str | None
    sha256: str
    tables_sha256: str | None
    prepared_by: str | None
    checked_by: str | None
    approved_by: str | None
    change: int
    actor: str
    at: str


class IssueItem(Issue):
    """The same with how it stands now."""

    state: Literal["issued", "revised", "replaced"]
    label: str


class CheckLine(BaseModel):
    """A reconciliation; `fails`: by name what does not add up."""

    name: str
    ok: bool
    fails: list[str]


class CheckItem(BaseModel):
    """A recorded check of what was known at a change."""

    quarter: str
    known: int
    heads: dict[str, int] | None = None
    content_sha256: str
    passed: bool
    checks: list[CheckLine]
    change: int
    actor: str
    at: str


class CheckAnswer(BaseModel):
    """How the reconciliations of today's state come out; `recorded`: where just that was recorded."""

    county: str
    quarter: str
    as_of: date
    known: int
    heads: dict[str, int] | None = None
    passed: bool
    checks: list[CheckLine]
    content_sha256: str
    recorded: CheckItem | None


class QuarterItem(BaseModel):
    """How a quarter's ledger stands; `known_since`: the register was altered after it was issued."""

    quarter: str
    as_of: date
    state: Literal["draft", "checked", "issued", "revised"]
    label: str
    known_since: bool
    issues: list[IssueItem]
    checks: list[CheckItem]


class Standings(BaseModel):
    """The quarters that were checked or issued, the last first; `known`: the last change that altered facts.

    `heads`: of a city by county; `known` is then 0.
    """

    county: str
    known: int
    heads: dict[str, int] | None = None
    quarters: list[QuarterItem]


class TraceAnswer(BaseModel):
    """What a cell stands for. `kind`: fact, count, sum, reckoned, words of the table, empty, missing (no data kept).

    `records`: of its row; `facts`: with change and statements; `members`: whom a number counts; `adds`: what is summed.
    """

    ledger: Issue
    cell: str
    kind: str
    how: str
    sheet: str | None = None
    title: str | None = None
    heading: str | None = None
    row: dict[str, Any] = {}
    value: str | int | float | None = None
    records: list[dict[str, Any]] = []
    facts: list[dict[str, Any]] = []
    members: list[dict[str, Any]] = []
    figures: list[dict[str, Any]] = []
    adds: list[dict[str, Any]] = []
    count: int | None = None
    address: str | None = None


class Comparison(BaseModel):
    """What the second prints otherwise than the first, sheet by sheet, with the reasons."""

    one: IssueItem
    other: IssueItem
    same_file: bool
    differs: bool
    sheets: list[dict[str, Any]]


class Checking(BaseModel):
    """Of which county."""

    county: CountyCode


class Issuing(BaseModel):
    """Who answers for it; from the second revision on `reason` says why."""

    county: CountyCode
    reason: Annotated[str | None, Field(max_length=1000)] = None
    prepared_by: Person = None
    checked_by: Person = None
    approved_by: Person = None


@router.get("/ledgers", summary="台账办到哪一步")
def list_ledgers(
    caller: Annotated[Caller, Depends(Allowed("ledger.list"))],
    county: County = None,
    quarter: Annotated[str | None, Query(description="只看这个季度，如 2025Q4")] = None,
) -> Standings:
    """各季度：未签发、已核对、已签发、已更正；各版的编号、校验值、填报审核签发人、理由，和每次核对。"""
    asked = Quarter.parse(quarter) if quarter is not None else None
    with reading(caller.engine) as session:
        code = ledgers.whose(session, county, caller.actor)
        return Standings.model_validate(standings(session, code, asked, caller.actor))


@router.get("/ledgers/{quarter}.xlsx", summary="下载季度台账", response_class=Response, responses=WORKBOOK)
def download_ledger(
    quarter: str,
    caller: Annotated[Caller, Depends(Allowed("ledger.read"))],
    county: County = None,
    draft: Annotated[bool, Query(description="已出具的也按今天的数据另出草稿")] = False,
    revision: Revision = None,
) -> Response:
    """已出具的给冻结的最新一版，或指明的一版；没有出具的给草稿。季度写成 2025Q4。"""
    from reports.ledger import ledger

    asked = Quarter.parse(quarter)
    with reading(caller.engine) as session:
        code = ledgers.whose(session, county, caller.actor)
    made, content = ledger(caller.engine, asked, code, draft=draft, revision=revision, actor=caller.actor)
    former = f"第{made.number}版" if revision is not None else ""
    return workbook(content, f"{code}-{asked}台账{former}.xlsx")


@router.get("/ledgers/{quarter}/check", summary="核对季度台账，不记录")
def check_ledger(
    quarter: QuarterTold, caller: Annotated[Caller, Depends(Allowed("ledger.check"))], county: County = None
) -> CheckAnswer:
    """按今天的登记，各表、各乡镇是否加得起来，每个数字是否等于名单；不符的写出名称。"""
    from reports.ledger import check

    asked = Quarter.parse(quarter)
    with reading(caller.engine) as session:
        code = ledgers.whose(session, county, caller.actor)
    return CheckAnswer.model_validate(check(caller.engine, asked, code, record=False, actor=caller.actor))


@router.post("/ledgers/{quarter}/checks", summary="核对季度台账，并记下结果")
def record_ledger_check(
    quarter: QuarterTold, told: Checking, caller: Annotated[Caller, Depends(Allowed("ledger.record_check"))]
) -> CheckAnswer:
    """同样的内容已经核对过的，不再记一次。"""
    from reports.ledger import check

    asked = Quarter.parse(quarter)
    return CheckAnswer.model_validate(check(caller.engine, asked, told.county, record=True, actor=caller.actor))


@router.post("/ledgers/{quarter}/issues", summary="签发季度台账，或更正", responses=PROPOSED)
def issue_ledger(
    quarter: QuarterTold, told: Issuing, caller: Annotated[Caller, Depends(Allowed("ledger.issue"))]
) -> IssueItem:
    """先核对，有不符的不签发；编号、留底、冻结。第二版起要写明理由。两人同时签发，只成一个，另一个得到 409。"""
    from reports.ledger import ledger

    asked = Quarter.parse(quarter)
    people = ledgers.People(told.prepared_by, told.checked_by, told.approved_by)
    issuing: dict[str, Any] = {"issue": True, "reason": told.reason, "people": people, "actor": caller.actor}
    made, _ = ledger(caller.engine, asked, told.county, **issuing)
    with reading(caller.engine) as session:
        issued = ledgers.revision_of(session, made.county, asked, made.number, caller.actor)
    return IssueItem.model_validate(issued.as_dict())


@router.get("/ledgers/{quarter}/trace", summary="台账里的一格从哪里来")
def trace_cell(
    quarter: QuarterTold,
    caller: Annotated[Caller, Depends(Allowed("ledger.trace"))],
    cell: Annotated[str, Query(max_length=100, description="表名!列行，如 企业底数!D5")],
    county: County = None,
    revision: Revision = None,
) -> TraceAnswer:
    """已签发台账的任何一格：名单、登记的事实、哪次变更由谁记下、出自哪个文件哪一格。按签发时所知，以后再问也一样。"""
    asked = Quarter.parse(quarter)
    with reading(caller.engine) as session:
        code = ledgers.whose(session, county, caller.actor)
        issued = ledgers.revision_of(session, code, asked, revision, caller.actor)
        return TraceAnswer.model_validate(trace(session, issued, cell, caller.actor))


@router.get("/ledgers/{quarter}/compare", summary="比较两份已签发的台账")
def compare_ledgers(
    quarter: QuarterTold,
    caller: Annotated[Caller, Depends(Allowed("ledger.compare"))],
    revision: Revision = None,
    other: Annotated[str | None, Query(description="另一份的季度，默认同一季度")] = None,
    other_revision: Revision = None,
    county: County = None,
) -> Comparison:
    """第二份与第一份相比，哪家企业、哪台设备的哪一格不同，由哪些变更造成。"""
    asked = Quarter.parse(quarter)
    second = asked if other is None else Quarter.parse(other)
    with reading(caller.engine) as session:
        code = ledgers.whose(session, county, caller.actor)
        one = ledgers.revision_of(session, code, asked, revision, caller.actor)
        two = ledgers.revision_of(session, code, second, other_revision, caller.actor)
        return Comparison.model_validate(compare(session, one, two, caller.actor))

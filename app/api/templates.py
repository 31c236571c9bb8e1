"""`GET /api/v1/templates/{quarter}.xlsx`: a township's template in its own columns, prefilled."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.api.downloads import WORKBOOK, workbook
from app.api.obsolete import County
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.domain.quarter import Quarter
from app.register.asking import county_asked
from app.register.desk.in_question import in_question
from app.register.imports.waiting import latest_of
from app.register.places import county_of, township_in
from app.register.scope import Actor
from app.store.engine import reading

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from importers.reading import Reading, Table

router = APIRouter(tags=["模板"], responses=RESPONSES)

Township = Annotated[str, Query(min_length=1, max_length=100, description="乡镇（街道）的名称或9位代码")]


@router.get("/templates/{quarter}.xlsx", summary="下载乡镇的预填模板", response_class=Response, responses=WORKBOOK)
async def download_template(
    request: Request,
    quarter: str,
    township: Township,
    caller: Annotated[Caller, Depends(Allowed("templates.read"))],
    county: County = None,
) -> Response:
    """这个乡镇自己的列、自己的顺序，已知的预填成灰色，要问的标黄。季度写成 2025Q4。"""
    asked = Quarter.parse(quarter)

    def made() -> Response:
        with reading(caller.engine) as session:
            code = county_asked(session, county, caller.actor)
        name, content = template_for(caller.engine, asked, code, township, actor=caller.actor)
        return workbook(content, f"{name}{asked.chinese}模板.xlsx")

    return await request.app.state.turnstile.through(made)  # type: ignore[no-any-return]


def template_for(engine: Engine, quarter: Quarter, county: str, township: str, *, actor: Actor) -> tuple[str, bytes]:
    """The name of the township, and its template as of the quarter's last day, every cell of it read back.

    Raises:
        UnknownCounty, UnknownTownship: when there is none such.
    """
    from importers.container import open_bytes
    from importers.replying import read_source
    from importers.roster import read_workbook
    from reports.template import About, Asked, columns_of, template

    with reading(engine) as session:
        county_name = county_of(session, county)[1]
        code, name = township_in(session, county, township)
        whole, questions = in_question(session, county, code, quarter.last, actor)
        source = latest_of(session, county, code, actor)
        last = read_source(session, source) if source else None
    roster = _roster_of(last) if last else None
    columns = roster.columns if roster else ()
    listed = [{"header": one.header, "field": one.field, "unit": one.unit} for one in columns]
    every = (
        [column.field for sheet in last.sheets for table in sheet.tables for column in table.columns] if last else []
    )
    sections = {field.partition(".")[0] for field in every if field}
    unit = (roster.reporting_unit if roster else None) or ""
    asked = [Asked(one.subject, one.field, one.question, one.claims) for one in questions]
    about = About(county_name, quarter, unit)
    read = lambda made: read_workbook(open_bytes(made, "模板.xlsx")).records  # noqa: E731
    return name, template(whole, name, columns_of(listed), asked, about, read=read, sections=sections)


def _roster_of(last: Reading) -> Table | None:
    """The table of the last file that lists the most firms by name: others beside it list some firms' papers."""
    tables = [(sheet.name, number, table) for sheet in last.sheets for number, table in enumerate(sheet.tables)]
    named = [one for one in tables if any(column.field == "enterprise.name" for column in one[2].columns)]
    firms = Counter((record.sheet, record.table) for record in last.records)
    return max(named, key=lambda one: firms[one[:2]], default=(None, 0, None))[2]

"""From a cell of an issued ledger to what stands behind it: its records, facts, statements, and what it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.register.ledgers import cells
from app.register.ledgers.behind import facts_behind, figures_behind, removals_behind
from app.register.ledgers.cells import Place
from app.register.ledgers.frozen import Cell, Frozen, Heading, Origin, Ref
from app.register.ledgers.issuing import Issued, frozen_of
from app.register.ledgers.members import Members, trace_address
from app.register.scope import Actor

_WORDS = {
    cells.TITLE: "表名",
    cells.IMPRINT: "填报单位、数据截至的日子和计量单位",
    cells.HEADING: "栏目",
    cells.NOTE: "表下的说明",
    cells.SIGNED: "签名",
}
#: What a record is, from its enrolment on.
_ENROLLED = frozenset({"permit.kind", "action.kind"})
#: A machine that was taken down, or may be, prints that and not the state that it was last said to be in.
_STATE = "equipment.state"
_MISSING = "这一版签发时还没有留存各格的依据，只留了文件；要逐格追溯，请用 --issue --reason 再签发一版，新版会留存"


def trace(session: Session, issued: Issued, cell: str, actor: Actor) -> dict[str, Any]:
    """What a cell of an issued ledger stands for, as known at the issue: the same whenever it is asked.

    Raises:
        BadInput: when the cell is no address.
        NotFound: when the ledger has no such cell.
    """
    frozen = frozen_of(session, issued, actor)
    if frozen is None:
        cells.parsed(cell)
        return {"ledger": issued.as_issued(), "cell": cell.strip(), "kind": "missing", "how": _MISSING}
    place = cells.found(frozen, cell)
    told = _of_cell(session, frozen, issued, place, actor)
    told["figures"] = _figures(session, frozen, issued, place, actor)
    return {"ledger": issued.as_issued(), **_named(place), **told, "address": trace_address(frozen.told, place.address)}


def _named(place: Place) -> dict[str, Any]:
    """Where it is and what is printed there."""
    sheet = place.sheet
    column = sheet.columns[place.column]
    row = sheet.rows[place.row] if place.kind == cells.DATA else ()
    return {
        "cell": place.address,
        "sheet": sheet.name,
        "title": sheet.title,
        "heading": column.title if place.kind in (cells.DATA, cells.FOOT, cells.HEADING) else None,
        "row": {head.title: cell for head, cell in zip(sheet.columns, row, strict=False) if cell not in (None, "")},
        "value": place.value,
    }


def _of_cell(session: Session, frozen: Frozen, issued: Issued, place: Place, actor: Actor) -> dict[str, Any]:
    column = place.sheet.columns[place.column]
    if place.kind == cells.FOOT:
        return _foot(frozen, place)
    if place.kind != cells.DATA:
        how = _WORDS[place.kind]
        return _answer(place.kind, f"{how}：{column.how}" if place.kind == cells.HEADING and column.how else how)
    origin, members = place.sheet.origin(place.row), Members(frozen)
    records = members.of(origin.own)
    if column.title in origin.counted or (place.value == 0 and column.how and not column.fact):
        return _counted(column, place.value, members, origin.counted.get(column.title, ()), records)
    if column.fact:
        section = column.fact.partition(".")[0]
        own = [id for of, id in origin.records if of == section]
        moments = list(_moments(frozen, issued, origin))
        facts = _facts(session, moments, column.fact, own, members, actor)
        if column.fact == _STATE and place.value not in {one["text"] for one in facts}:
            facts = [*_removals(session, moments, own, members, actor), *facts]
        return _answer("fact", _of_fact(column, place.value, facts, own), records=records, facts=facts)
    if not origin.own and place.value in (None, ""):
        return _answer("empty", "这一格没有内容")
    how = column.how or "由本行的各项推算，不是单独登记的内容"
    return _answer("reckoned", how, records=records)


def _facts(
    session: Session, moments: Iterable[tuple[str, AsOf]], fact: str, own: list[str], members: Members, actor: Actor
) -> list[dict[str, Any]]:
    """The facts of a row's records, each in the county where it is kept, under the name that the ledger prints."""
    section, _, field = fact.partition(".")
    told = (facts_behind(session, county, section, own, field, at, actor) for county, at in moments)
    return [{**one, "called": members.called((section, one["subject"]))} for all_ in told for one in all_]


def _removals(
    session: Session, moments: Iterable[tuple[str, AsOf]], own: list[str], members: Members, actor: Actor
) -> list[dict[str, Any]]:
    """What says that machines are gone, under the name that the ledger prints."""
    told = (removals_behind(session, county, own, at, actor) for county, at in moments)
    return [{**one, "called": members.called(("equipment", one["subject"]))} for all_ in told for one in all_]


def _moments(frozen: Frozen, issued: Issued, origin: Origin) -> Iterator[tuple[str, AsOf]]:
    """The counties that a row is of, each on the ledger's day as known at its change."""
    day = date.fromisoformat(str(frozen.told["as_of"]))
    for county, known in issued.knows.items():
        if county in (origin.counties or issued.knows):
            yield county, AsOf(day, known)


def _figures(session: Session, frozen: Frozen, issued: Issued, place: Place, actor: Actor) -> list[dict[str, Any]]:
    """The papers' own figures that a row prints or counts."""
    if place.kind != cells.DATA:
        return []
    origin, title = place.sheet.origin(place.row), place.sheet.columns[place.column].title
    wanted = {id for section, id in (*origin.records, *origin.counted.get(title, ())) if section == "figure"}
    if not wanted:
        return []
    told = (figures_behind(session, county, wanted, at, actor) for county, at in _moments(frozen, issued, origin))
    return [one for own in told for one in own]


def _of_fact(column: Heading, value: Cell, facts: list[dict[str, Any]], own: list[str]) -> str:
    if not own:
        return f"{column.how or column.title}；这一行没有对应的登记记录"
    if facts:
        words = "登记的事实，按签发时所知"
        return f"{words}；{column.how}" if column.how else words
    if value not in (None, "") and column.fact in _ENROLLED:
        return "这一类是登记它时就定的，没有另外的记载；见本行所依据的记录"
    nothing = "登记库里没有这一项：没有来源写过" if value in (None, "") else "没有单独登记的事实"
    return f"{nothing}；{column.how}" if column.how else nothing


def _counted(
    column: Heading, value: Cell, members: Members, refs: tuple[Ref, ...], records: list[dict[str, Any]]
) -> dict[str, Any]:
    """A number and everything that it counts, by name."""
    own = members.of(refs)
    sections = {section for section, _ in refs}
    count, unit = len(own), "家" if sections <= {"enterprise"} else "条"
    how = f"名单共{count}{unit}" if count else "名单里没有一家" if unit == "家" else "没有记录"
    bodies = [one.get("bodies") for one in own]
    if cells.is_number(value) and value != count and own and all(one is not None for one in bodies):
        how += f"，按各条的台数相加是{sum(one for one in bodies if one is not None):.15g}"
    if column.how:
        how = f"{how}；{column.how}"
    return _answer("count", how, records=records, members=own, count=count)


def _foot(frozen: Frozen, place: Place) -> dict[str, Any]:
    """A sum and the rows that it adds."""
    sheet, column = place.sheet, place.sheet.columns[place.column]
    if not column.total:
        return _answer("words" if place.value else "empty", "表尾" if place.value else "这一格没有内容")
    at = place.column
    rows = [number for number, row in enumerate(sheet.rows) if cells.is_number(row[at])]
    first, last = cells.row_address(sheet, 0, at), cells.row_address(sheet, len(sheet.rows) - 1, at)
    how = f"{first} 到 {last.rpartition('!')[2]} 共{len(rows)}个数相加" if rows else "这一栏没有写明的数"
    if column.partial and len(rows) < len(sheet.rows):
        how += f"；其中{len(sheet.rows) - len(rows)}行没有写明，不在内"
    members = Members(frozen)
    adds = []
    for number in rows:
        own = sheet.origin(number).own or sheet.origin(number).records
        cell = cells.row_address(sheet, number, at)
        one = {"cell": cell, "value": sheet.rows[number][at], "trace": trace_address(frozen.told, cell)}
        adds.append({**one, "called": members.called(own[-1]) if own else ""})
    return _answer("sum", how, adds=adds, count=len(rows))


def _answer(kind: str, how: str, **more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"records": [], "facts": [], "members": [], "adds": [], "count": None}
    return {"kind": kind, "how": how, **empty, **more}

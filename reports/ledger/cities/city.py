"""A city's ledger over its counties: the counties by families, then each sheet with a column of the county."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.quarter import Quarter
from reports.forms import form, sheets
from reports.ledger.gathered.content import Content, Issued, Revision, Row
from reports.ledger.gathered.families import families
from reports.ledger.making import suite
from reports.ledger.reconciling import reconciled
from reports.ledger.reconciling.checks import Check
from reports.ledger.sheets import townships
from reports.ledger.sheets.canonical import digest
from reports.ledger.sheets.version import AUDITED, NOTES, audited
from reports.tables import Column, Origin, Printed, Ref, Table, masked_table

BY_COUNTY = "分县汇总"
_COUNTY = "县（市、区）"
_NUMBER = "序号"


@dataclass(frozen=True, slots=True)
class City:
    """A city's quarter: its counties, each as known at a change of its own. `silent`: those without a register."""

    code: str
    name: str
    quarter: Quarter
    counties: tuple[Content, ...]
    silent: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()
    issued: Issued | None = None

    @property
    def pins(self) -> tuple[tuple[str, int], ...]:
        """Each county with the change that it is known at."""
        return tuple((one.snapshot.county, one.snapshot.as_of.known) for one in self.counties)

    @property
    def anchors(self) -> dict[str, tuple[int, str]]:
        """By county the change that it is known at, and the digest of its chain there."""
        return {one.snapshot.county: (one.snapshot.as_of.known, one.digest) for one in self.counties}

    @property
    def audited(self) -> dict[str, tuple[int, str]]:
        """By county where its chain of who did what stood then."""
        return {one.snapshot.county: one.audited for one in self.counties if one.audited is not None}

    def title(self, sheet: str) -> str:
        """As 永州市2025年第四季度企业底数表."""
        return f"{self.name}{self.quarter.chinese}{form('ledger', sheet).title}"


def city_suite(city: City) -> tuple[Table, ...]:
    """Every sheet of a city's ledger."""
    return drawn_city(city)[0]


def city_checks(city: City) -> tuple[Check, ...]:
    """The reconciliations of each county, and of the city's sheets with the counties'."""
    return drawn_city(city)[1]


def drawn_city(city: City) -> tuple[tuple[Table, ...], tuple[Check, ...]]:
    """Every sheet of a city's ledger, and every reconciliation."""
    own = [{table.name: table for table in suite.made(one)} for one in city.counties]
    stacked = [_stacked(city, name, own) for name in sheets("ledger") if any(name in tables for tables in own)]
    each = [_of_county(one, tables) for one, tables in zip(city.counties, own, strict=True)]
    whole = by_county(city)
    together = tuple(_together(city, [whole, *stacked]))
    told = [reconciled.reconciliation(one, checks) for one, checks in zip(city.counties, each, strict=True)]
    made = (whole, *stacked, _checked(city, together, told))
    return tuple(map(masked_table, (*made, _version(city, made)))), (
        *(check for checks in each for check in checks),
        *together,
    )


def _of_county(one: Content, tables: dict[str, Table]) -> list[Check]:
    found = suite.checked_of(one, tuple(tables.values()))
    return [replace(check, name=f"{one.county_name}：{check.name}") for check in found]


def by_county(city: City) -> Table:
    """A line a county, in the families of 分乡镇汇总; a family that no county holds anything of is left out."""
    told = form("ledger", townships.SHEET)
    columns = [
        column
        for column in told.columns[1:]
        if any(one.has(told.columns_when.get(column.title, "")) for one in city.counties)
    ]
    rows = [_county_row(one, columns, told.columns_when) for one in city.counties]
    head = Column(_COUNTY, told.columns[0].width, how="县（市、区）；各县按版本说明所列的变更")
    notes = list(townships.definitions(columns, told.columns_when))
    if city.silent:
        notes.append(f"没有登记的县（市、区）：{'、'.join(city.silent)}；它们的数字不在本表内，不是0。")
    return Table(
        BY_COUNTY,
        city.title(townships.SHEET).replace("分乡镇（街道）", "分县（市、区）"),
        (head, *columns),
        tuple(row.cells for row in rows),
        "合计",
        tuple(notes),
        origins=tuple(row.origin for row in rows),
    )


def _county_row(one: Content, columns: Sequence[Column], when: Mapping[str, str]) -> Row:
    """A county's numbers; blank, not 0, where it holds nothing of the kind."""
    bodies = townships.bodies_of(one)
    found = families(one)
    counted: dict[str, tuple[Ref, ...]] = {}
    cells: list[Printed] = [one.county_name]
    for column in columns:
        if one.has(when.get(column.title, "")):
            counted[column.title] = tuple(ref for members in found[column.title].values() for ref in members)
            cells.append(townships.count(counted[column.title], bodies))
        else:
            cells.append(None)
    return Row(tuple(cells), Origin((("county", one.snapshot.county),), counted))


def _stacked(city: City, name: str, own: Sequence[dict[str, Table]]) -> Table:
    """The counties' sheets of one name under one another, each row with its county."""
    parts = [(one, tables[name]) for one, tables in zip(city.counties, own, strict=True) if name in tables]
    titles = [column.title for column in form("ledger", name).columns]
    there = {column.title: column for _, table in reversed(parts) for column in table.columns}
    columns = [there[title] for title in titles if title in there]
    numbered = columns[0].title == _NUMBER
    rows: list[tuple[Printed, ...]] = []
    origins: list[Origin] = []
    emphasis: list[int] = []
    for one, table in parts:
        places = {column.title: place for place, column in enumerate(table.columns)}
        emphasis += [len(rows) + place for place in sorted(table.emphasis)]
        for row, origin in zip(table.rows, table.origins, strict=True):
            cells = [row[places[column.title]] if column.title in places else None for column in columns]
            head = [len(rows) + 1, one.county_name, *cells[1:]] if numbered else [one.county_name, *cells]
            rows.append(tuple(head))
            origins.append(replace(origin, records=(*origin.records, ("county", one.snapshot.county))))
    county = Column(_COUNTY, 10, how="企业所在的县（市、区）")
    headed = (columns[0], county, *columns[1:]) if numbered else (county, *columns)
    total, notes = _total([table.total for _, table in parts]), tuple(_notes(parts))
    unit = form("ledger", name).unit
    title = city.title(name)
    return Table(name, title, headed, tuple(rows), total, notes, unit, frozenset(emphasis), tuple(origins))


def _total(words: Sequence[str | None]) -> str | None:
    """合计36家 and 合计60家 are 合计96家."""
    told = [word for word in words if word]
    numbers = [re.fullmatch(r"(\D*)(\d+)(\D*)", word) for word in told]
    if told and all(numbers):
        first = numbers[0]
        return f"{first[1]}{sum(int(one[2]) for one in numbers if one)}{first[3]}" if first else None
    return told[0] if told else None


def _notes(parts: Sequence[tuple[Content, Table]]) -> Iterator[str]:
    """The counties' notes; what all of them say alike is said once."""
    every = [(one.county_name, note) for one, table in parts for note in table.notes]
    alike = {note for _, note in every if sum(note == other for _, other in every) == len(parts)}
    told: set[str] = set()
    for county, note in every:
        if note not in alike:
            yield f"{county}：{note}"
        elif note not in told:
            told.add(note)
            yield note


def _together(city: City, made: Sequence[Table]) -> Iterator[Check]:
    """The city's numbers against those of its counties' sheets."""
    tables = {table.name: table for table in made}
    whole = tables[BY_COUNTY]
    for place, column in enumerate(whole.columns[1:], start=1):
        parts = tables.get(townships.SHEET)
        at = next((n for n, one in enumerate(parts.columns) if one.title == column.title), None) if parts else None
        if parts is not None and at is not None:
            left, right = _sum(whole, place), _sum(parts, at)
            fails = () if left == right else (f"{column.title}：各县{left}，各乡镇{right}",)
            yield Check(f"各县（市、区）与各乡镇（街道）：{column.title}", left, right, fails)
    firms = tables["企业底数"].origins
    ids = [origin.records[0] for origin in firms]
    twice = len(ids) - len(set(ids))
    yield Check("全市企业每家只列一次", len(ids), len(set(ids)), (f"列了两次的{twice}家",) if twice else ())


def _sum(table: Table, place: int) -> float:
    return sum(cell for row in table.rows if isinstance(cell := row[place], (int, float)))


def _checked(city: City, together: Sequence[Check], told: Sequence[Table]) -> Table:
    """核对: of the city, then of each county with what its papers state."""
    first = [reconciled.line_of(one) for one in together]
    rows = [*first, *(Row(*pair) for table in told for pair in zip(table.rows, table.origins, strict=True))]
    base = form("ledger", reconciled.SHEET)
    failed = sum(row.cells[5] == "不一致" for row in rows)
    cells, origins = tuple(row.cells for row in rows), tuple(row.origin for row in rows)
    note = f"核对{len(rows)}项，不一致{failed}项；原文的数字与名单并列，相差照列。"
    title = city.title(reconciled.SHEET)
    return Table(reconciled.SHEET, title, base.columns, cells, None, (note,), base.unit, frozenset(), origins)


def _version(city: City, made: Sequence[Table]) -> Table:
    """版本说明: each county with the change that it is known at and the digest of its chain."""
    base = form("ledger", "版本说明")
    rows = tuple(_version_rows(city, made))
    origins = (Origin(),) * len(rows)
    return Table("版本说明", city.title("版本说明"), base.columns, rows, None, NOTES, "", frozenset(), origins)


def _version_rows(city: City, made: Iterable[Table]) -> Iterator[tuple[Printed, ...]]:
    kept = list(made)
    yield "市", f"{city.name}（{city.code}）"
    yield "季度", city.quarter.chinese
    if city.issued is not None:
        yield "编号", city.issued.number
        yield from city.issued.people
    yield "数据截至", f"{city.quarter.last.isoformat()}（当日终了）"
    for one in city.counties:
        known = one.snapshot.as_of.known
        told = f"第{known}号变更（{one.known_at}）及以前" if known else "尚无登记"
        yield "依据的登记", f"{one.county_name}：{told}"
        if known:
            yield "链锚", f"{one.snapshot.county} 第{known}号变更：{one.digest}"
        if one.audited is not None:
            yield AUDITED, audited(one)
        clauses = "；".join(f"{id}：{text}" for id, text in one.clauses)
        yield "淘汰类判定依据", f"{one.county_name}：{clauses or '该日没有已载入的条款'}"
    if city.silent:
        yield "没有登记的县", "、".join(city.silent)
    firms = sum(len(one.snapshot.enterprises) for one in city.counties)
    yield "底数", f"{len(city.counties)}个县（市、区），企业{firms}家"
    yield "各表行数", "；".join(f"{table.name}{len(table.rows)}行" for table in kept)
    out = [f"{one.county_name}：{name}（{why}）" for one in city.counties for name, why in suite.left_out(one)]
    yield "未出的表", "；".join(out) or "没有"
    yield "内容摘要", digest(kept)
    for revision in city.revisions:
        yield f"第{revision.number}版", revision.reason
    for one in city.counties:
        for source in one.sources:
            told = f"{one.county_name}：{source.file}；来源：{source.source}；情况日期：{source.day}"
            yield "来源文件", f"{told}；第{source.change}号变更；SHA-256 {source.sha256}"

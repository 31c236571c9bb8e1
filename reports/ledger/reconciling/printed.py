"""Whether what is printed adds up: the cells themselves of the sheets on movements, over quarters and on permits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from reports.ledger.gathered.content import Content
from reports.ledger.reconciling.checks import Check
from reports.ledger.sheets.changes import BALANCE, COUNTY, MOVED
from reports.tables import Printed, Table

_LATER = "更正补登："
_MORE, _LESS = ("更正补登增", "新增", "迁入、转入"), ("更正补登减", "减少", "迁出、转出")
#: In which column of 变化汇总 a movement is added up that bears another word.
_ADDED = {"台数增加": "新增", "台数减少": "减少"}


def checks(content: Content, made: Iterable[Table]) -> tuple[Check, ...]:
    """Each with the rows that fail by name."""
    tables = {table.name: table for table in made}
    return (*_movements(tables), *_trend(tables), *_permits(content, tables))


def _movements(tables: Mapping[str, Table]) -> Iterator[Check]:
    if BALANCE not in tables:
        return
    lines = [_named(tables[BALANCE], row) for row in tables[BALANCE].rows]
    fails = tuple(_called(line) for line in lines if _reckoned(line) != _number(line["期末"]))
    yield Check("变化汇总印出的各行：期初与增减相加等于期末", len(lines), len(lines) - len(fails), fails)
    whole = [line for line in lines if line["乡镇（街道）"] == COUNTY]
    figures = ("期初", *_MORE, *_LESS, "期末")
    sums = _sums((line, title, line[title]) for line in lines if line not in whole for title in figures)
    fails = tuple(_called(of) for of in whole if any(sums[_key(of, one)] != _number(of[one]) for one in figures))
    yield Check("变化汇总印出的各乡镇（街道）相加等于全县", len(whole), len(whole) - len(fails), fails)
    if MOVED in tables and any(line["期初"] for line in whole):
        rows = [_named(tables[MOVED], row) for row in tables[MOVED].rows]
        sums = _sums(
            ({**row, "单位": unit}, _column(row, unit), abs(_number(row[unit])))
            for row in rows
            for unit in ("家", "台")
        )
        flows = (*_MORE, *_LESS)
        fails = tuple(_called(of) for of in whole if any(sums[_key(of, one)] != _number(of[one]) for one in flows))
        yield Check("变化说明印出的各行相加等于变化汇总", len(whole), len(whole) - len(fails), fails)


def _trend(tables: Mapping[str, Table]) -> Iterator[Check]:
    """The last quarter of 季度走势 is this ledger's."""
    if "季度走势" not in tables or not tables["季度走势"].rows:
        return
    last = _named(tables["季度走势"], list(tables["季度走势"].rows)[-1])
    table = tables["分乡镇汇总"]
    lines = [_named(table, row) for row in table.rows]
    titles = [column.title for column in table.columns if isinstance(last.get(column.title), (int, float))]
    wrong = [title for title in titles if sum(_number(line[title]) for line in lines) != last[title]]
    yield Check("季度走势的本季度等于分乡镇汇总", len(titles), len(titles) - len(wrong), tuple(wrong))


def _permits(content: Content, tables: Mapping[str, Table]) -> Iterator[Check]:
    if "手续" in tables:
        held = {permit.id for firm in content.snapshot.enterprises for permit in firm.permits}
        printed = {id for origin in tables["手续"].origins for section, id in origin.records if section == "permit"}
        fails = (f"登记{len(held)}件，表里{len(printed)}件",) if held != printed else ()
        yield Check("“手续”表的件数与登记", len(printed), len(held), fails)


def _named(table: Table, row: Iterable[Printed]) -> dict[str, Printed]:
    return dict(zip((column.title for column in table.columns), row, strict=True))


def _sums(told: Iterable[tuple[Mapping[str, Printed], str, Printed]]) -> defaultdict[tuple[Printed, ...], float]:
    found: defaultdict[tuple[Printed, ...], float] = defaultdict(float)
    for line, title, number in told:
        found[_key(line, title)] += _number(number)
    return found


def _key(line: Mapping[str, Printed], title: str) -> tuple[Printed, ...]:
    return line["类别"], line["单位"], title


def _column(row: Mapping[str, Printed], unit: str) -> str:
    """The column of 变化汇总 in which a movement is added up."""
    how = str(row["变化"])
    if how.startswith(_LATER):
        return _MORE[0] if _number(row[unit]) > 0 else _LESS[0]
    return _ADDED.get(how, how)


def _reckoned(line: Mapping[str, Printed]) -> float:
    more, less = (sum(_number(line[title]) for title in titles) for titles in (_MORE, _LESS))
    return _number(line["期初"]) + more - less


def _number(cell: Printed) -> float:
    return cell if isinstance(cell, (int, float)) else 0


def _called(line: Mapping[str, Printed]) -> str:
    return f"{line['类别']}（{line['单位']}）{line['乡镇（街道）']}"

"""The reconciliations inside a ledger: sheet against sheet, townships against the county, each number its names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.ledger.gathered.content import Content
from reports.ledger.gathered.families import STAGES
from reports.ledger.sheets.townships import bodies_of, count
from reports.tables import Printed, Ref, Table

Tables = Mapping[str, Table]

#: Columns of 分乡镇汇总 that add up to one of them, line by line.
_PARTS = (
    ("企业总数（家）", ("在产（家）", "停产（家）", "关停退出（家）", "在建、搬迁、被整合（家）", "状态不明（家）")),
    ("一企一策（家）", STAGES),
)
#: Columns of 分乡镇汇总 whose sum is that of a column of a detail sheet.
_DETAILS = {
    "在厂设备（台）": ("设备", "在厂"),
    "已拆除（台）": ("设备", "已拆除"),
    "在不在厂不明（台）": ("设备", "不能确定"),
    "仍有淘汰类设备（台）": ("淘汰类设备", "仍有"),
    "淘汰类待核实（台）": ("淘汰类设备", "待核实"),
}
_ENDED = {"手续已过期（件）": "expired", "手续将到期（件）": "expiring", "到期不能确定（件）": "cannot_tell"}
_ANSWERS = {"仍有淘汰类设备（家）": "holds", "淘汰类待核实（家）": "cannot_tell"}
_HEADS = ("一、", "二、", "五、", "六、")


@dataclass(frozen=True, slots=True)
class Check:
    """One reconciliation: two numbers that must be one, and by name what fails."""

    name: str
    left: Printed = None
    right: Printed = None
    fails: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it adds up."""
        return not self.fails

    def as_dict(self) -> dict[str, Any]:
        """For commands, the API and the record of a check."""
        return {"name": self.name, "ok": self.ok, "fails": list(self.fails)}


def reconciled(content: Content, made: Iterable[Table]) -> tuple[Check, ...]:
    """Every check of a county's sheets."""
    tables = {table.name: table for table in made}
    return (
        *_once(tables),
        *_summary(tables),
        *_townships(content, tables),
        *_acts(content, tables),
        *_traced(content, tables.values()),
    )


def _same(name: str, left: float, right: float, why: str = "") -> Check:
    fails = () if left == right else (f"{name}：{left:.15g}与{right:.15g}不一致{why}",)
    return Check(name, left, right, fails)


def _once(tables: Tables) -> Iterator[Check]:
    """Each firm one row, each machine one row."""
    for sheet, section, word in (("企业底数", "enterprise", "家"), ("设备", "equipment", "台（组）")):
        if sheet in tables:
            own = [next(one for one in origin.records if one[0] == section) for origin in tables[sheet].origins]
            twice = [one for one, times in Counter(own).items() if times > 1]
            rows = zip(own, tables[sheet].rows, strict=True)
            names = tuple(dict.fromkeys(str(row[2]) for one, row in rows if one in twice))
            fails = (f"{sheet}列了两次：{'、'.join(names)}",) if names else ()
            yield Check(f"“{sheet}”表每{word}只列一次", len(own), len(set(own)), fails)


def _summary(tables: Tables) -> Iterator[Check]:
    """汇总 against itself and against the details."""
    summary, firms = tables["汇总"], tables["企业底数"]
    heads = {str(summary.rows[place][0]): place for place in summary.emphasis}
    places = sorted(summary.emphasis)
    for head, place in heads.items():
        if head.startswith(_HEADS) and summary.rows[place][1] is not None:
            after = next((one for one in places if one > place), len(summary.rows))
            lines = [row for row in summary.rows[place + 1 : after] if "其中" not in str(row[0])]
            yield _same(
                f"汇总“{head}”各行家数相加", sum(_amount(row[1]) for row in lines), _amount(summary.rows[place][1])
            )
    first = summary.rows[heads[next(iter(heads))]]
    yield _same("“企业底数”表的家数与汇总", len(firms.rows), _amount(first[1]))
    if "设备" in tables:
        machines = next(summary.rows[place] for head, place in heads.items() if head.startswith("三、"))
        own = sum(_sum(tables["设备"], title) for title in ("在厂", "已拆除", "不能确定"))
        yield _same("“设备”表的台数与汇总", own, _amount(machines[2]))
    if "淘汰类设备" in tables:
        place = next(place for head, place in heads.items() if head.startswith("四、"))
        answers = {str(row[0]).strip(): row for row in summary.rows[place + 1 : place + 3]}
        for word in ("仍有", "待核实"):
            own = _sum(tables["淘汰类设备"], word)
            yield _same(f"“淘汰类设备”表{word}的台数与汇总", own, _amount(answers[word][2]))


def _townships(content: Content, tables: Tables) -> Iterator[Check]:
    """The townships' numbers add up, along a line and down a column, to those of the county."""
    table = tables["分乡镇汇总"]
    titles = [column.title for column in table.columns]
    for whole, parts in _PARTS:
        if whole in titles:
            places = [titles.index(part) for part in parts if part in titles]
            lines = [(row, sum(_amount(row[at]) for at in places)) for row in table.rows]
            unlike = "、".join(str(row[0]) for row, added in lines if added != row[titles.index(whole)])
            fails = (f"不相等的：{unlike}",) if unlike else ()
            yield Check(
                f"分乡镇汇总“{whole}”等于各分栏之和", sum(added for _, added in lines), _sum(table, whole), fails
            )
    totals: dict[str, float] = {"企业总数（家）": len(tables["企业底数"].rows)}
    for title, (sheet, column) in _DETAILS.items():
        if sheet in tables:
            totals[title] = _sum(tables[sheet], column)
    if "一企一策" in tables:
        totals["一企一策（家）"] = len({one for origin in tables["一企一策"].origins for one in origin.records[:1]})
    if content.holding["totals"] is not None:
        totals |= {title: content.holding["totals"][answer]["enterprises"] for title, answer in _ANSWERS.items()}
    totals |= {title: content.beside.ending.get(state, 0) for title, state in _ENDED.items()}
    for title in titles[1:]:
        if title in totals:
            yield _same(f"各乡镇（街道）相加：{title}", _sum(table, title), totals[title])


def _acts(content: Content, tables: Tables) -> Iterator[Check]:
    if "停电关停" in tables:
        acts = sum(len(firm.actions) for firm in content.snapshot.enterprises)
        yield _same("“停电关停”表的名单与登记的处置", _sum(tables["停电关停"], "名单"), acts)


def _traced(content: Content, tables: Iterable[Table]) -> Iterator[Check]:
    """Each counted number opens into as many records; each other cell prints a fact or says how it comes."""
    bodies = bodies_of(content)
    fails, cells = [], 0
    for table in tables:
        if table.name == "季度走势":  # counts other days, on which a machine may have had other bodies
            continue
        for place, (row, origin) in enumerate(zip(table.rows, table.origins, strict=True)):
            fails += [f"{table.name}第{place + 1}行{one}" for one in _unfounded(table, row, origin.counted, bodies)]
            cells += len(row)
    yield Check("每个数字都能翻到名单，每一格都有依据", cells, cells - len(fails), tuple(fails))


def _unfounded(
    table: Table, row: Sequence[Printed], counted: Mapping[str, tuple[Ref, ...]], bodies: dict[Ref, int]
) -> Iterator[str]:
    for column, cell in zip(table.columns, row, strict=True):
        if column.title in counted:
            members = counted[column.title]
            if cell != count(members, bodies) or len(set(members)) != len(members):
                yield f"“{column.title}”写{cell}，名单是{count(members, bodies)}"
        elif cell not in (None, "") and not column.fact and not column.how:
            yield f"“{column.title}”没有依据"


def _sum(table: Table, title: str) -> float:
    place = next(place for place, column in enumerate(table.columns) if column.title == title)
    return sum(_amount(row[place]) for row in table.rows)


def _amount(cell: Printed) -> float:
    return cell if isinstance(cell, (int, float)) else 0

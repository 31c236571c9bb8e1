"""The sheet 分乡镇汇总: townships by families of counts, in 家, 台 and 件; its foot adds up to the county."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reports.forms import form
from reports.ledger.gathered.content import Content, Row
from reports.ledger.gathered.families import families, township_lines
from reports.tables import Column, Origin, Ref, Table

SHEET = "分乡镇汇总"


def by_township(content: Content) -> Table:
    """A line a township, with 未说明, 有争议 and 归属不明 as lines of their own; each column's definition below."""
    told = form("ledger", SHEET)
    columns = [one for one in told.columns if content.has(told.columns_when.get(one.title, ""))]
    bodies = bodies_of(content)
    found = {title: members for title, members in families(content).items() if title in {one.title for one in columns}}
    rows = []
    for name in township_lines(content, found):
        counted = {title: tuple(members.get(name, ())) for title, members in found.items()}
        numbers = (count(counted[one.title], bodies) for one in columns[1:])
        rows.append(Row((name, *numbers), Origin((), counted)))
    bare = [name for name in content.townships if name not in {row.cells[0] for row in rows}]
    notes = list(definitions(columns[1:], told.columns_when))
    if bare:
        notes.append(f"没有登记企业的乡镇（街道）：{'、'.join(bare)}。")
    return content.traced(SHEET, rows, total="合计", notes=notes, columns=columns)


def bodies_of(content: Content) -> dict[Ref, int]:
    """How many a machine is, by its record."""
    machines = (one for firm in content.snapshot.enterprises for one in firm.equipment)
    return {("equipment", one.id): one.bodies for one in machines}


def count(members: Iterable[Ref], bodies: dict[Ref, int]) -> int:
    """How many: a machine is as many as it has bodies, whatever else is one."""
    return sum(bodies.get(one, 1) for one in members)


#: The families that columns belong to, by what the register must hold for them.
_GROUPS = {
    "": "企业",
    "equipment": "设备",
    "clauses": "淘汰类设备",
    "plans": "一企一策",
    "power": "停电",
    "permits": "手续",
}


def definitions(columns: Iterable[Column], when: Mapping[str, str]) -> Iterator[str]:
    """What each column counts, a line a family, for below the table."""
    groups: dict[str, list[str]] = {}
    for one in columns:
        groups.setdefault(when.get(one.title, ""), []).append(f"{one.title}：{one.how.replace('；', '，')}")
    for group, told in groups.items():
        yield f"口径（{_GROUPS[group]}）　{'；'.join(told)}。"

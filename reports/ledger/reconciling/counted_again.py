"""The ledger's numbers against what the database counts by a statement of its own, township by township."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from app.register.aggregates.counts import DISPUTED as IN_DISPUTE
from app.register.aggregates.counts import NOT_STATED as UNSAID
from app.register.aggregates.counts import OWNER_UNKNOWN as UNOWNED
from app.register.aggregates.counts import Figures
from reports.ledger.gathered.content import DISPUTED, NOT_STATED, OWNER_UNKNOWN, Content
from reports.ledger.reconciling.checks import Check
from reports.ledger.sheets import townships
from reports.tables import Table

#: The remainders, by the words of the counts, as the ledger prints them.
PRINTED = {UNSAID: NOT_STATED, IN_DISPUTE: DISPUTED, UNOWNED: OWNER_UNKNOWN}


def _of_status(*names: str) -> Callable[[Figures], int]:
    return lambda own: sum(own.sorted_by["status"][name] for name in names)


def _at_stage(*names: str) -> Callable[[Figures], int]:
    return lambda own: sum(own.plan_firms[name] for name in names)


#: By the column of 分乡镇汇总, the same of the database's counts.
COLUMNS: Mapping[str, Callable[[Figures], int]] = {
    "企业总数（家）": lambda own: own.enterprises,
    "在产（家）": _of_status("producing"),
    "停产（家）": _of_status("suspended"),
    "关停退出（家）": _of_status("closed"),
    "在建、搬迁、被整合（家）": _of_status("building", "relocated", "merged"),
    "状态不明（家）": _of_status(UNSAID, IN_DISPUTE),
    "在厂设备（台）": lambda own: own.held.there.furnaces,
    "已拆除（台）": lambda own: own.held.gone.furnaces,
    "在不在厂不明（台）": lambda own: own.held.cannot_tell.furnaces,
    "仍有淘汰类设备（家）": lambda own: own.obsolete.holds.enterprises,
    "仍有淘汰类设备（台）": lambda own: own.obsolete.holds.furnaces,
    "淘汰类待核实（家）": lambda own: own.obsolete.cannot_tell.enterprises,
    "淘汰类待核实（台）": lambda own: own.obsolete.cannot_tell.furnaces,
    "一企一策（家）": lambda own: own.plan_firms.total(),
    "未制定（家）": _at_stage("none"),
    "已制定、整改中（家）": _at_stage("made", "reviewed", "notified", "in_progress"),
    "自主验收、有证明（家）": _at_stage("self_accepted", "certified"),
    "已通过验收（家）": _at_stage("accepted"),
    "验收未通过（家）": _at_stage("failed"),
    "阶段不明（家）": _at_stage(UNSAID, IN_DISPUTE, "several"),
    "停电未复电（家）": lambda own: own.in_force["power_cut"]["yes"],
    "停电不能确定（家）": lambda own: own.in_force["power_cut"]["cannot_tell"],
    "手续已过期（件）": lambda own: own.ending["expired"],
    "手续将到期（件）": lambda own: own.ending["expiring"],
    "到期不能确定（件）": lambda own: own.ending["cannot_tell"],
}


def checks(content: Content, made: Iterable[Table]) -> Iterator[Check]:
    """One: every number of 分乡镇汇总; what differs is named by township and column."""
    if content.again is None:
        return
    table = next(one for one in made if one.name == townships.SHEET)
    found = {PRINTED.get(place, place): own for place, own in content.again.items()}
    fails = tuple(_unlike(table, found))
    cells = len(table.rows) * (len(table.columns) - 1)
    yield Check("分乡镇汇总的每个数，由数据库另行清点", cells, cells - len(fails), fails)


def _unlike(table: Table, found: Mapping[str, Figures]) -> Iterator[str]:
    printed = {str(row[0]): row for row in table.rows}
    for place in (*printed, *(one for one in found if one not in printed)):
        row, own = printed.get(place), found.get(place, Figures())
        for at, column in enumerate(table.columns[1:], start=1):
            mine, told = COLUMNS[column.title](own), row[at] if row is not None else 0
            if mine != told:
                yield f"{place}“{column.title}”写{told}，数据库清点{mine}"

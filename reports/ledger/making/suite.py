"""The ledger's sheets in the order of its form, those left out of which the register holds nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reports.forms import form, sheets
from reports.ledger.gathered.content import Content
from reports.ledger.reconciling import checks as reconciling
from reports.ledger.reconciling import counted_again, movements, printed, reconciled
from reports.ledger.reconciling.checks import Check
from reports.ledger.sheets import changes, details, obsolete, questions, summary, townships, trend, version
from reports.ledger.sheets.charts import charted
from reports.ledger.sheets.links import linked
from reports.tables import Table, masked_table

#: Each sheet of facts and counts; 核对 and 版本说明 speak of these and are made after them.
SHEETS: Mapping[str, Callable[[Content], Table]] = {
    "汇总": summary.summary,
    "分乡镇汇总": townships.by_township,
    "季度走势": trend.trend,
    "企业底数": details.enterprises,
    "设备": details.equipment,
    "淘汰类设备": obsolete.sheet,
    "手续": details.permits,
    "一企一策": details.plans,
    "停电关停": details.actions,
    "变化汇总": changes.balance,
    "变化说明": changes.table,
    "待核实": questions.questions,
}


def suite(content: Content) -> tuple[Table, ...]:
    """Every sheet of a county's ledger."""
    own = made(content)
    checked = (*own, reconciled.reconciliation(content, checked_of(content, own)))
    told = (*checked, version.version(content, checked, left_out(content)))
    *sheets_of_facts, issue = map(masked_table, told)
    return linked([*map(charted, sheets_of_facts), issue])


def checks(content: Content) -> tuple[Check, ...]:
    """Every reconciliation of the ledger, each with what fails by name."""
    return checked_of(content, made(content))


def checked_of(content: Content, own: tuple[Table, ...]) -> tuple[Check, ...]:
    """Those of the sheets, of the movements, of their printed cells, and against what the database counts itself."""
    return (
        *reconciling.reconciled(content, own),
        *movements.checks(content),
        *printed.checks(content, own),
        *counted_again.checks(content, own),
    )


def left_out(content: Content) -> tuple[tuple[str, str], ...]:
    """The sheets that are not printed, each with what the register does not hold."""
    return tuple((name, form("ledger", name).without) for name in sheets("ledger") if not _due(content, name))


def made(content: Content) -> tuple[Table, ...]:
    """The sheets of facts and counts."""
    return tuple(SHEETS[name](content) for name in sheets("ledger") if name in SHEETS and _due(content, name))


def _due(content: Content, name: str) -> bool:
    return content.has(form("ledger", name).when)

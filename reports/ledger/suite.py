"""The ledger's sheets in their order."""

from __future__ import annotations

from reports.ledger import details, summary, version
from reports.ledger import obsolete as holding_sheet
from reports.ledger.content import Content
from reports.tables import Table


def suite(content: Content) -> tuple[Table, ...]:
    """Every sheet of a county's ledger."""
    return (
        summary.summary(content),
        details.enterprises(content),
        details.equipment(content),
        content.table(
            "淘汰类设备",
            holding_sheet.rows(content.holding),
            total="合计",
            notes=[holding_sheet.note(content.holding)],
        ),
        details.permits(content),
        details.plans(content),
        details.actions(content),
        version.version(content),
    )

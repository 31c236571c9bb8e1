"""The sheet 季度走势: firms, and obsolete equipment in 家 and 台, at the ends of the last quarters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.quarter import Quarter
from reports.forms import form
from reports.ledger.content import Content, Row
from reports.tables import Origin, Printed, Ref, Table

SHEET = "季度走势"


@dataclass(frozen=True, slots=True)
class Past:
    """The county at the end of an earlier quarter: its firms, and the answer on obsolete equipment, with ids."""

    quarter: Quarter
    firms: tuple[str, ...]
    holding: Mapping[str, Any]


def trend(content: Content) -> Table:
    """A line a quarter, up to the ledger's own."""
    own = Past(content.quarter, tuple(firm.id for firm in content.firms()), content.holding)
    quarters = [one for one in content.past if one.firms]
    return content.traced(SHEET, [_row(one) for one in (*quarters, own)], notes=_notes())


def _row(one: Past) -> Row:
    titles = [column.title for column in form("ledger", SHEET).columns]
    firms = tuple(("enterprise", id) for id in one.firms)
    told: list[Printed] = [one.quarter.chinese, len(firms)]
    counted: dict[str, tuple[Ref, ...]] = {titles[1]: firms}
    totals = one.holding["totals"]
    if totals is None:
        return Row((*told, None, None, None, None, "该日没有已载入的条款，不能判定"), Origin((), counted))
    for answer, title in (("holds", titles[2]), ("cannot_tell", titles[4])):
        told += [totals[answer]["enterprises"], totals[answer]["furnaces"]]
        counted[title] = _under(one.holding["rows"], answer)
    return Row((*told, ""), Origin((), counted))


def _under(rows: Sequence[Mapping[str, Any]], answer: str) -> tuple[Ref, ...]:
    """The firms whose strongest answer it is."""
    found = []
    for row in rows:
        told = {furnace["answer"] for furnace in row["furnaces"] if not furnace.get("owner")}
        if told and ("holds" if "holds" in told else "cannot_tell") == answer:
            found.append(("enterprise", str(row["enterprise"]["id"])))
    return tuple(found)


def _notes() -> list[str]:
    return [form("ledger", SHEET).columns[0].how + "。"]

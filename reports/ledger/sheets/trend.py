"""The sheet 季度走势: firms, and obsolete equipment in 家 and 台, at the ends of the last quarters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.register.verdicts.holding import CANNOT_TELL, HOLDS
from reports.forms import form
from reports.ledger.gathered.content import Content, Row
from reports.ledger.gathered.past import Past, Under
from reports.tables import Origin, Printed, Ref, Table

SHEET = "季度走势"


def trend(content: Content) -> Table:
    """A line a quarter, up to the ledger's own."""
    own = Past(content.quarter, tuple(firm.id for firm in content.firms()), _held(content.holding))
    quarters = [one for one in content.past if one.firms]
    return content.traced(SHEET, [_row(one) for one in (*quarters, own)], notes=_notes())


def _row(one: Past) -> Row:
    titles = [column.title for column in form("ledger", SHEET).columns]
    told: list[Printed] = [one.quarter.chinese, len(one.firms)]
    counted = {titles[1]: _refs(one.firms)}
    if one.held is None:
        return Row((*told, None, None, None, None, "该日没有已载入的条款，不能判定"), Origin((), counted))
    for answer, title in ((HOLDS, titles[2]), (CANNOT_TELL, titles[4])):
        under = one.held[answer]
        told += [len(under.firms), under.bodies]
        counted[title] = _refs(under.firms)
    return Row((*told, ""), Origin((), counted))


def _refs(firms: Iterable[str]) -> tuple[Ref, ...]:
    return tuple(("enterprise", id) for id in firms)


def _held(holding: Mapping[str, Any]) -> dict[str, Under] | None:
    """The ledger's own answer."""
    totals = holding["totals"]
    if totals is None:
        return None
    return {
        answer: Under(tuple(_under(holding["rows"], answer)), totals[answer]["furnaces"])
        for answer in (HOLDS, CANNOT_TELL)
    }


def _under(rows: Iterable[Mapping[str, Any]], answer: str) -> Iterator[str]:
    """The firms whose strongest answer it is."""
    for row in rows:
        told = {furnace["answer"] for furnace in row["furnaces"] if not furnace.get("owner")}
        if told and (HOLDS if HOLDS in told else CANNOT_TELL) == answer:
            yield str(row["enterprise"]["id"])


def _notes() -> list[str]:
    return [form("ledger", SHEET).columns[0].how + "。"]

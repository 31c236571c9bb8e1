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
    counted = {titles[1]: _refs("enterprise", one.firms)}
    if one.held is None:
        return Row((*told, None, None, None, None, "该日没有已载入的条款，不能判定"), Origin((), counted))
    for answer, firms, bodies in ((HOLDS, *titles[2:4]), (CANNOT_TELL, *titles[4:6])):
        under = one.held[answer]
        told += [len(under.firms), under.bodies]
        counted |= {firms: _refs("enterprise", under.firms), bodies: _refs("equipment", under.machines)}
    return Row((*told, ""), Origin((), counted))


def _refs(section: str, ids: Iterable[str]) -> tuple[Ref, ...]:
    return tuple((section, id) for id in ids)


def _held(holding: Mapping[str, Any]) -> dict[str, Under] | None:
    """The ledger's own answer."""
    totals = holding["totals"]
    if totals is None:
        return None
    return {
        answer: Under(
            tuple(_under(holding["rows"], answer)),
            tuple(_machines(holding["rows"], answer)),
            totals[answer]["furnaces"],
        )
        for answer in (HOLDS, CANNOT_TELL)
    }


def _under(rows: Iterable[Mapping[str, Any]], answer: str) -> Iterator[str]:
    """The firms whose strongest answer it is."""
    for row in rows:
        told = {furnace["answer"] for furnace in row["furnaces"] if not furnace.get("owner")}
        if told and (HOLDS if HOLDS in told else CANNOT_TELL) == answer:
            yield str(row["enterprise"]["id"])


def _machines(rows: Iterable[Mapping[str, Any]], answer: str) -> Iterator[str]:
    """The machines of an answer; one that stands with several firms, because nobody can tell whose it is, once."""
    for row in rows:
        for furnace in row["furnaces"]:
            if furnace["answer"] == answer and furnace.get("counted", True):
                yield str(furnace["machine"])


def _notes() -> list[str]:
    return [form("ledger", SHEET).columns[0].how + "。"]

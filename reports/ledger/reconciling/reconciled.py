"""The sheet 核对: the ledger against itself, and what papers state against what is counted by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain.register import StatedFigure
from reports.ledger.gathered.content import Content, Row, refs
from reports.ledger.reconciling.checks import Check
from reports.ledger.sheets.details import stated_number
from reports.ledger.sheets.summary import named
from reports.tables import Origin, Printed, Table

SHEET = "核对"
_INSIDE, _STATED = "台账内部", "原文与名单"


def reconciliation(content: Content, checks: Iterable[Check]) -> Table:
    """Stated, counted and what lies between, a line each; none is absorbed."""
    inside = [line_of(one) for one in checks]
    stated = list(_stated(content))
    failed = sum(row.cells[5] != "一致" for row in inside)
    notes = [f"台账内部核对{len(inside)}项，不一致{failed}项。"]
    if stated:
        apart = sum(row.cells[5] == "相差" for row in stated)
        told = f"来源文件的原文{len(stated)}条，与名单相差的{apart}条"
        notes.append(f"{told}：原文的数字与名单并列，相差照列，不摊到企业，也不改名单。")
    return content.traced(SHEET, [*inside, *stated], notes=notes)


def line_of(one: Check) -> Row:
    """A reconciliation as it is printed."""
    difference = _difference(one.left, one.right)
    result = "一致" if one.ok else "不一致"
    return Row((_INSIDE, one.name, one.left, one.right, difference, result, "；".join(one.fails)))


def _stated(content: Content) -> Iterator[Row]:
    for figure in content.snapshot.figures:
        counted = named(content, figure)
        told = f"{figure.when}；{figure.source}" + (f"；{_place(figure)}" if _place(figure) else "")
        if counted is None or (figure.number is None and not counted):
            number, difference, result = None, None, "没有对应的名单" if counted is None else "没有数字，没有名单"
            origin = Origin((("figure", figure.id),))
        else:
            number, difference = len(counted), _difference(figure.number, len(counted))
            result = "原文没有数字" if figure.number is None else "一致" if not difference else "相差"
            origin = Origin((("figure", figure.id),), {"名单或汇总": refs("enterprise", counted)})
        cells: tuple[Printed, ...] = (
            _STATED,
            f"{figure.phrase}{f'（{figure.unit}）' if figure.unit else ''}",
            _plain(stated_number(figure)),
            number,
            difference,
            result,
            told,
        )
        yield Row(cells, origin)


def _place(figure: StatedFigure) -> str:
    return f"{figure.evidence_file} {figure.evidence_cell}".strip()


def _difference(left: Printed, right: Printed) -> float | None:
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return abs(_plain(left - right))  # type: ignore[arg-type]
    return None


def _plain(number: Printed) -> Printed:
    """A whole number without its point."""
    return int(number) if isinstance(number, float) and number.is_integer() else number

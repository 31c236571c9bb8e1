"""The numbers of a programme's entry: figures, the sums and shares that tie them, names of a number, and targets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from app.domain.dates import FOREVER
from app.rules.entries import Entry
from app.rules.limits.amounts import amount
from app.rules.programmes.body_entry import days, each, words
from app.rules.programmes.programme import Column, Figure, Named, Share, Sum, TargetRow, Targets

#: How a file says that the paper states no number.
UNSTATED = "不明"


def figures_of(entry: Entry) -> dict[str, Figure]:
    """The figures by id."""
    found: dict[str, Figure] = {}
    for one in each(entry, "figures", "id、text、number、unit"):
        figure = _figure(one)
        if figure.id in found:
            one.fault("id", f"数字的编号“{figure.id}”重复")
        found[figure.id] = figure
        one.close()
    return found


def _figure(entry: Entry) -> Figure:
    since, until = entry.day("from"), entry.day("to")
    if since and until and since > until:
        entry.fault("to", "止日早于起日")
    if until and until >= FOREVER:
        entry.fault("to", f"没有“{until}”这样的止日")
        until = None
    text = entry.text("text", required=True) or ""
    number = _number(entry, "number", unstated=True)
    if number is not None and not entry.block.get("label") and f"{number:f}" not in text:
        entry.fault("number", f"原文“{text}”里没有 {number:f}")
    return Figure(
        entry.text("id", required=True) or "",
        text,
        number,
        entry.text("unit", required=True) or "",
        entry.text("label"),
        _number(entry, "up_to") if "up_to" in entry.block else None,
        entry.text("qualifier"),
        entry.text("when"),
        since,
        until + timedelta(days=1) if until else None,
    )


def _number(entry: Entry, key: str, *, unstated: bool = False) -> Decimal | None:
    """A number as written; 不明 where the paper states none."""
    value = entry.take(key)
    if unstated and value == UNSTATED:
        return None
    found = amount(value)
    if found is None:
        entry.fault(key, f"“{key}”应为数字" + ("；原文没有写数的写 不明" if unstated else ""))
    return found


def sums_of(entry: Entry, figures: Mapping[str, Figure]) -> tuple[Sum, ...]:
    """The sums that the paper states; what the parts leave must be what the file says that they leave."""
    found = []
    for one in each(entry, "sums", "total、parts"):
        total = _of(one, "total", one.text("total"), figures)
        parts = [_of(one, "parts", id, figures) for id in words(one, "parts", required=True)]
        told = _number(one, "remainder") if "remainder" in one.block else Decimal(0)
        called = one.text("called")
        one.close()
        known = [part for part in parts if part is not None and part.number is not None]
        if total is None or total.number is None or told is None or len(known) < len(parts):
            continue
        left = total.number - sum((part.number for part in known if part.number is not None), Decimal(0))
        if left != told:
            one.fault("total", f"“{total.text}”：{total.number:f} 减各项得 {left:f}，写的余数是 {told:f}")
        if left and not called:
            one.fault("remainder", "有余数的要写它叫什么（called）")
        found.append(Sum(total, tuple(known), left, called))
    return tuple(found)


def shares_of(entry: Entry, figures: Mapping[str, Figure]) -> tuple[Share, ...]:
    """The shares that the paper states, reckoned again."""
    found = []
    for one in each(entry, "shares", "part、total、percent"):
        part, total, percent = (_of(one, key, one.text(key), figures) for key in ("part", "total", "percent"))
        one.close()
        if part is None or total is None or percent is None:
            continue
        if not part.number or not total.number or part.number * 100 != (percent.number or 0) * total.number:
            one.fault("percent", f"“{percent.text}”与 {part.number}/{total.number} 不符")
        found.append(Share(part, total, percent))
    return tuple(found)


def named_of(entry: Entry, figures: Mapping[str, Figure]) -> tuple[Named, ...]:
    """The firms named of a number, and how many are not."""
    found = []
    for one in each(entry, "named", "of、names"):
        figure = _of(one, "of", one.text("of"), figures)
        names = words(one, "names", required=True)
        unnamed = _number(one, "unnamed") if "unnamed" in one.block else Decimal(0)
        one.close()
        if figure is None or figure.number is None or unnamed is None:
            continue
        if figure.number - len(names) != unnamed:
            one.fault("names", f"“{figure.text}”：点名 {len(names)} 家，应有 {figure.number - len(names):f} 家没有点名")
        found.append(Named(figure, names, int(unnamed)))
    return tuple(found)


def _of(entry: Entry, key: str, id: str | None, figures: Mapping[str, Figure]) -> Figure | None:
    found = figures.get(id or "")
    if found is None:
        entry.fault(key, f"figures 里没有“{id}”")
    return found


def targets_of(entry: Entry, figures: Mapping[str, Figure], jurisdiction: str) -> Targets | None:
    """Targets by division, whose columns must add up to the total, and the total be what the text says."""
    inner = entry.entry("targets")
    if inner is None:
        return None
    inner.name = f"{entry.name}的目标"
    title = inner.text("title", required=True) or ""
    since, until = days(inner, required=True)
    columns = []
    for one in each(inner, "columns", "id、title、unit"):
        told = (one.text("id", required=True), one.text("title", required=True), one.text("unit", required=True))
        columns.append(Column(told[0] or "", told[1] or "", told[2] or "", one.text("figure")))
        one.close()
    whole = inner.entry("total", required=True)
    rows = tuple(_row(one, len(columns), jurisdiction) for one in each(inner, "rows", "area、code、values"))
    inner.close()
    if whole is None:
        return None
    total = _row(whole, len(columns), jurisdiction)
    if len(total.values) == len(columns) and all(len(row.values) == len(columns) for row in rows):
        for number, column in enumerate(columns):
            _tied(inner, column, total.values[number], sum((row.values[number] for row in rows), Decimal(0)), figures)
    return Targets(title, since, until, tuple(columns), total, rows)


def _tied(entry: Entry, column: Column, whole: Decimal, summed: Decimal, figures: Mapping[str, Figure]) -> None:
    if summed != whole:
        entry.fault("total", f"“{column.title}”各地相加得 {summed:f}，写的合计是 {whole:f}")
    figure = figures.get(column.figure or "")
    if column.figure is not None and (figure is None or figure.number != whole):
        entry.fault("columns", f"“{column.title}”的合计 {whole:f} 与正文的数字“{column.figure}”不符")


def _row(entry: Entry, width: int, jurisdiction: str) -> TargetRow:
    area, code = entry.text("area", required=True) or "", entry.text("code", required=True) or ""
    if not re.fullmatch(r"\d{4}(\d{2})?", code) or not code.startswith(jurisdiction):
        entry.fault("code", f"“{area}”的代码应为 {jurisdiction} 的4或6位代码，要加引号")
    values = entry.listed("values")
    found = tuple(number for one in values if (number := amount(one)) is not None)
    if len(values) != width or len(found) < width:
        entry.fault("values", f"“{area}”应写 {width} 个数")
        found = ()
    entry.close()
    return TargetRow(area, code, found)

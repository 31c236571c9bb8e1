"""What one cell of a drawn roster holds, and what a careful person reads from it."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.importers.layouts.drawn import values
from tests.importers.layouts.drawn.days import Days, due_of, write_days, yearless
from tests.importers.layouts.drawn.style import Column, Style
from tests.importers.layouts.making import N, V


def written(rng: Random, style: Style, column: Column, fact: Any) -> Any:
    """The cell of a fact, a plain value or V, N; None is blank."""
    if fact is None:
        return nothing(rng, style, column)
    plain = column.kind != "number" or column.unit_in != "none"  # a column without its unit is asked whole
    if plain and rng.random() < style.odd:
        odd = _odd(rng, style, column, fact)
        if odd is not None:
            return odd
    return _plainly(rng, style, column, fact)


def _plainly(rng: Random, style: Style, column: Column, fact: Any) -> Any:
    kind, path = column.kind, column.path
    if kind == "number":
        return _number(rng, column, fact)
    if kind == "days":
        return _days(rng, style, column, fact)
    if kind == "mark":
        return V(values.write_mark(rng, fact, column.marks), fact)
    if kind == "yes":
        return V(column.marks[0] if fact else column.marks[1], fact)
    if kind == "choice":
        return V(rng.choice(values.CHOICES[path][fact]), fact)
    if kind == "scale":
        return V(values.write_scale(rng, fact, column.leaf), fact)
    if kind == "shell":
        return V(("铝壳" if fact == "aluminium" else "钢壳"), fact)
    if kind == "coordinate":
        return values.write_coordinate(rng, fact, column.habit)
    if kind == "phone" and column.habit % 3 == 0 and style.form == "xlsx":
        return V(int(fact), fact)
    return values.write_name(rng, fact) if kind == "name" else fact


def _number(rng: Random, column: Column, fact: Any) -> Any:
    if column.unit_in == "cell":
        return values.write_number(rng, fact, column.unit, column.factor, shown=True)
    said = values.write_number(rng, fact, column.unit, column.factor, shown=False)
    counted = column.path in ("e.employees", "m.quantity")
    return N(said.raw) if column.unit_in == "none" and not counted else said


def _days(rng: Random, style: Style, column: Column, fact: Days) -> Any:
    short = yearless(fact)
    if column.path == "e.deadline" and short and column.habit % 6 == 0:
        return V(short, due_of(fact)) if style.yearless else N(short, "value.year_unknown")
    return V(write_days(rng, fact, column.habit, cells=style.form in ("xlsx", "xls")), due_of(fact))


def nothing(rng: Random, style: Style, column: Column) -> Any:
    """A cell that states nothing: blank, or the roster's own mark for it."""
    said = style.nothing if rng.random() < 0.8 else ""
    if said == "无" and (column.kind not in ("text", "code", "days") or column.path[0] == "p"):
        said = ""
    return N(said) if said else None


def _odd(rng: Random, style: Style, column: Column, fact: Any) -> Any:
    """A cell that a person would ask about: unknown, inexact, damaged."""
    unknown = N(rng.choice(("不明", "不详", "待核实", "未知")), "value.stated_unknown")
    if column.path == "e.uscc":
        lost = float(f"{fact[:2]}{rng.randint(10**4, 10**5)}e11") if style.form in ("xlsx", "xls") else "9.1431127E+17"
        return N(lost, "uscc.digits_lost")
    if column.kind == "number":
        number = values.plain_number(values.scaled(fact, column.factor))
        return rng.choice((unknown, N(f"约{number}", "*"), N(f"{number}-{number * 2}", "*"), N(f"{number}左右", "*")))
    if column.kind == "days":
        return rng.choice((unknown, N("项目建成投产前", "*"))) if column.path == "e.deadline" else unknown
    return unknown if column.kind in ("text", "code", "choice", "phone", "yes", "mark") else None

"""Classes of heat-treatment furnaces (一等, 二等, 三等, 未达三等); outside the table nothing is said."""

from __future__ import annotations

from decimal import Decimal

from app.domain.measures import MEASURES
from app.errors import BadInput
from app.rules.limits.amounts import amount, shown
from app.rules.limits.limit import Classes, ClassRow
from app.rules.limits.ranges import Facts
from app.rules.limits.verdict import FAILS, MEETS, Case, Verdict, untold

CLASSES = ("一等", "二等", "三等")
BELOW = "未达三等"

#: Kilojoules in a kilogramme of standard coal, as the table's own formula has it.
_STANDARD_COAL = Decimal(29308)


def judge(body: Classes, case: Case) -> Verdict:
    """The class of the only row that fits; a table is not interpolated, and its edges are not stretched."""
    facts = case.facts
    fits = [(row, _fits(row, facts)) for row in body.rows]
    certain = [row for row, holds in fits if holds]
    possible = [row for row, holds in fits if holds is None]
    if len(certain) > 1:
        return untold(
            f"表里有 {len(certain)} 行都合（{'；'.join(row.when.words for row in certain)}），不知道该用哪一行"
        )
    if certain and not possible:
        return _class(certain[0], facts)
    if not possible:
        return untold("这种炉（炉型、功率、温度、燃料）不在表内，不评等级")
    lacks = [name for row in possible for name in row.when.lacks(facts)]
    return untold("不知道该用表里的哪一行", *lacks)


def comparable(energy: Decimal, mass_t: Decimal) -> Decimal:
    """bk = W / Gz: kilowatt-hours over tonnes.

    Raises:
        BadInput: when no mass was treated.
    """
    return energy / _mass(mass_t)


def comparable_fuel(body: Classes, fuel: str, heat_kj: Decimal, burnt: Decimal, mass_t: Decimal) -> tuple[Decimal, str]:
    """bk1 = Q · B · α / (29308 · Gz) in kgce/t, and the warning that goes with α.

    Raises:
        BadInput: when the table has no factor for the fuel, or no mass was treated.
    """
    alpha = body.alpha.get(fuel)
    if alpha is None:
        raise BadInput(f"没有“{fuel}”的修正系数", fix=f"表里只有：{'、'.join(body.alpha)}", code="limits.alpha")
    return heat_kj * burnt * alpha / (_STANDARD_COAL * _mass(mass_t)), body.warning


def _mass(mass_t: Decimal) -> Decimal:
    if mass_t <= 0:
        raise BadInput("折合质量应大于零", fix="请写处理的工件折合质量（吨）", code="limits.mass")
    return mass_t


def _fits(row: ClassRow, facts: Facts) -> bool | None:
    """An electric row (kWh/t) is not for a furnace that burns fuel."""
    fuel = facts.get("fuel")
    if row.measure == "comparable_kwh_per_t" and fuel is not None and fuel != "electricity":
        return False
    return row.when.holds(facts)


def _class(row: ClassRow, facts: Facts) -> Verdict:
    value, measure = amount(facts.get(row.measure)), MEASURES[row.measure]
    if value is None:
        return untold(f"没有{measure.zh}的测量", row.measure, measure=row.measure)
    reached = next((name for name, end in zip(CLASSES, row.ends, strict=True) if value <= end), BELOW)
    ends = "、".join(f"{name}≤{shown(end)}" for name, end in zip(CLASSES, row.ends, strict=True))
    return Verdict(
        FAILS if reached == BELOW else MEETS,
        f"{measure.zh} {shown(value)} {measure.unit}（{row.when.words}：{ends}）：{reached}",
        numbers={"measured": shown(value), "limits": "、".join(map(shown, row.ends))},
        measure=row.measure,
        result=reached,
    )

"""Emission concentrations: brought to the reference oxygen where fuel is burnt, as measured where it is not."""

from __future__ import annotations

from decimal import Decimal

from app.domain.measures import MEASURES, oxygen
from app.rules.limits.amounts import amount, rounded, shown
from app.rules.limits.limit import Concentrations
from app.rules.limits.ranges import Facts
from app.rules.limits.verdict import FAILS, MEETS, Case, Verdict, against, compared, untold

_AIR = Decimal(21)
_ELECTRIC = frozenset({"induction_furnace", "arc_furnace", "resistance_furnace"})
_BURNING = frozenset({"cupola", "gas_melting_furnace"})


def at_reference(measured: Decimal, o2: Decimal, reference: Decimal) -> Decimal:
    """c = measured × (21 − reference) / (21 − o2), not rounded.

    Raises:
        BadInput: when the oxygen measured is below 0, or 21 and above.
    """
    oxygen(float(o2))
    return measured * (_AIR - reference) / (_AIR - o2)


def burns(facts: Facts) -> bool | None:
    """Whether it burns fuel; None where neither its fuel nor its kind says so."""
    fuel = facts.get("fuel")
    if fuel is not None:
        return fuel != "electricity"
    kind = facts.get("kind")
    return False if kind in _ELECTRIC else True if kind in _BURNING else None


def judge(body: Concentrations, case: Case, pollutant: str) -> Verdict:
    """Whether one pollutant keeps its limit; where the fuel is not known, only what both ways of reckoning say."""
    facts, zh = case.facts, MEASURES[pollutant].zh
    value, limit = amount(facts.get(pollutant)), body.limits[pollutant]
    if value is None:
        return untold(f"没有{zh}的实测浓度", pollutant, measure=pollutant)
    if facts.get("o2_pct") is not None:
        oxygen(float(str(facts["o2_pct"])))
    if not body.oxygen:
        return _said(body, pollutant, {f"实测 {shown(value)}（限值没有写基准氧含量，按实测浓度）": value}, {})
    ways: dict[str, Decimal] = {}
    numbers: dict[str, str] = {"measured": shown(value), "limit": shown(limit)}
    burning = burns(facts)
    if burning is None and case.trying:
        burning = True
    if burning is not True:
        ways[f"实测 {shown(value)}（电炉，按实测浓度）"] = value
    if burning is not False:
        references = [one for one in body.oxygen if one.when.holds(facts) is not False]
        if not references:
            return untold("文件没有写这种情况的基准氧含量，不换算", measure=pollutant, **numbers)
        lacks = [name for one in references for name in one.when.lacks(facts)]
        o2 = amount(facts.get("o2_pct"))
        if o2 is None:
            lacks = ["o2_pct", *(["fuel"] if burning is None else []), *lacks]
            why = f"限值按基准氧含量 {'或 '.join(shown(one.limit) for one in references)}% 计，没有实测含氧量，不能换算"
            return untold(why, *lacks, measure=pollutant, **numbers)
        for one in references:
            converted = at_reference(value, o2, one.limit)
            said = f"实测 {shown(value)}，含氧量 {shown(o2)}%，折到基准氧 {shown(one.limit)}% 为 {rounded(converted)}"
            ways[said] = converted
            numbers |= {"o2_pct": shown(o2), "reference_o2_pct": shown(one.limit), "converted": rounded(converted)}
        if burning is None:
            lacks.append("fuel")
        return _said(body, pollutant, ways, numbers, lacks)
    return _said(body, pollutant, ways, numbers)


def _said(
    body: Concentrations,
    pollutant: str,
    ways: dict[str, Decimal],
    numbers: dict[str, str],
    lacks: list[str] | None = None,
) -> Verdict:
    """One answer where every way of reckoning gives it; else what would tell which way is right."""
    limit, zh = body.limits[pollutant], MEASURES[pollutant].zh
    kept = {compared(value, body.comparison, limit) for value in ways.values()}
    words = f"{zh}{'；或'.join(ways)} {body.unit}，限值{against(body.comparison, limit)}"
    numbers = {"limit": shown(limit), "comparison": body.comparison, **numbers}
    if len(kept) != 1:
        return untold(f"{words}：两种算法结论不同", *(lacks or ()), measure=pollutant, **numbers)
    answer = MEETS if kept == {True} else FAILS
    if "measured" not in numbers:
        numbers["measured"] = shown(next(iter(ways.values())))
    return Verdict(answer, f"{words}：{'达到' if answer == MEETS else '超过'}", numbers=numbers, measure=pollutant)

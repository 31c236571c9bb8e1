"""What a limit demands, read from its entry: each kind has its own keys."""

from __future__ import annotations

from decimal import Decimal

from app.domain.measures import MEASURES
from app.domain.vocabulary import ENUMS
from app.rules.entries import Entry
from app.rules.limits.amounts import COMPARISONS, amount
from app.rules.limits.limit import Body, Classes, ClassRow, Concentrations, Grade, Life, PermitRule, Step, Threshold
from app.rules.limits.range_entry import conditions_of, read_conditions
from app.rules.limits.ranges import Conditions
from app.rules.yaml_blocks import Block

#: A machine serves no longer, a permit runs no longer.
MOST_YEARS = 100
_MOST_DAYS = 3650

_COMPARABLE = {"千瓦·小时/吨": "comparable_kwh_per_t", "千克标准煤/吨": "comparable_kgce_per_t"}


def body_of(entry: Entry, kind: str) -> Body | None:
    """The demand; None where the entry is only to be shown."""
    if "compute" in entry.block and entry.take("compute") is False:
        return None
    reader = _READERS.get(kind)
    return reader(entry) if reader else None


def _threshold(entry: Entry) -> Body:
    measure = entry.choice("measure", MEASURES, required=True) or next(iter(MEASURES))
    comparison, unit = _comparison(entry, MEASURES[measure].unit)
    steps = _steps(entry, "steps")
    if "limit" in entry.block and steps:
        entry.fault("steps", "limit 和 steps 只写一样")
    if "limit" in entry.block:
        steps = (Step(Conditions(), _amount(entry, "limit")),)
    if not steps:
        entry.fault("steps", "缺少 limit 或 steps")
    return Threshold(measure, comparison, unit, steps, conditions_of(entry, "at"))


def _concentrations(entry: Entry) -> Body:
    comparison, unit = _comparison(entry, MEASURES["pm_mg_per_m3"].unit)
    inner = entry.entry("limits", required=True)
    limits = {}
    if inner is not None and not inner.block:
        entry.fault("limits", "没有写哪种污染物的限值")
    for name in inner.block if inner else ():
        if inner is not None and f"{name}_mg_per_m3" in MEASURES:
            limits[f"{name}_mg_per_m3"] = _amount(inner, name)
        elif inner is not None:
            inner.fault(name, f"没有“{name}”这种污染物")
    raw = entry.take("reference_o2_pct")
    oxygen: tuple[Step, ...] = ()
    if isinstance(raw, list):
        oxygen = _steps(entry, "reference_o2_pct", "pct")
    elif raw is not None:
        oxygen = (Step(Conditions(), _amount(entry, "reference_o2_pct")),)
    if any(not 0 <= one.limit < 21 for one in oxygen):
        entry.fault("reference_o2_pct", "基准氧含量应在 0 到 21 之间（不含 21）")
    return Concentrations(limits, comparison, unit, oxygen)


def _classes(entry: Entry) -> Body:
    rows = []
    for node in entry.listed("rows"):
        if not isinstance(node, Block):
            entry.fault("rows", "表的每一行应写 furnace、unit、limits")
            continue
        row = Entry(node, entry.faults, entry.name)
        unit = row.choice("unit", _COMPARABLE, required=True)
        ends = tuple(one for value in row.listed("limits") if (one := amount(value)) is not None)
        if len(ends) != 3 or list(ends) != sorted(ends):
            row.fault("limits", "limits 应为三个由小到大的数（一等、二等、三等）")
        rest = Block(node.line)
        rest.lines = node.lines
        rest.update({key: value for key, value in node.items() if key not in ("unit", "limits")})
        when = read_conditions(Entry(rest, entry.faults, entry.name))
        rows.append(ClassRow(when, _COMPARABLE.get(unit or "", "comparable_kwh_per_t"), ends))
    inner = entry.entry("alpha")
    alpha = {name: _amount(inner, name) for name in inner.block} if inner else {}
    return Classes(tuple(rows), alpha, entry.text("alpha_warning") or "")


def _grade(entry: Entry) -> Body:
    level = entry.choice("level", ENUMS["permit_class"], required=True) or "level_3"
    names = entry.listed("named")
    named = tuple(one.strip() for one in names if isinstance(one, str) and one.strip())
    if len(named) < len(names):
        entry.fault("named", "named 应为企业名称的列表")
    stated = _whole(entry, "stated", 0)
    if stated is not None and stated < len(named):
        entry.fault("stated", f"写明 {stated} 家，点名的有 {len(named)} 家")
    return Grade(level, named, stated)


def _permit(entry: Entry) -> Body:
    rule = entry.choice("rule", ("valid", "renewal"), required=True) or "valid"
    permit = entry.choice("permit", ENUMS["permit_kind"], required=True) or "pollutant_discharge"
    days = _whole(entry, "days_before", 1, _MOST_DAYS)
    if rule == "renewal" and days is None:
        entry.fault("days_before", "延续要写届满前多少日（days_before）")
    return PermitRule(rule, permit, days or 0)


def _life(entry: Entry) -> Body:
    years = _whole(entry, "years", 1, MOST_YEARS)
    start = entry.choice("counted_from", ("made_on", "commissioned_on")) or "commissioned_on"
    return Life(years, start)


_READERS = {
    "energy": _threshold,
    "emission": _concentrations,
    "heat_treatment": _classes,
    "safety_grade": _grade,
    "permit": _permit,
    "service_life": _life,
}


def _comparison(entry: Entry, unit: str) -> tuple[str, str]:
    """How it is compared, and in which unit: that of what is measured, for nothing is converted."""
    stated = entry.text("unit", required=True)
    if stated is not None and stated != unit:
        entry.fault("unit", f"单位应为“{unit}”：测量按它记，不换算；原文是别的单位的，请折算后写，并在 note 写明")
    return entry.choice("comparison", COMPARISONS, required=True) or "<=", unit


def _whole(entry: Entry, key: str, least: int, most: int = 1_000_000) -> int | None:
    """A whole number within bounds; None where the file gives none."""
    value = entry.take(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        entry.fault(key, f"“{key}”应为 {least} 到 {most} 的整数；文件没有写的留空")
        return None
    return value


def _amount(entry: Entry, key: str) -> Decimal:
    found = amount(entry.take(key))
    if found is None or found < 0:
        entry.fault(key, f"“{key}”应为不小于零的数")
    return found or Decimal(0)


def _steps(entry: Entry, key: str, named: str = "limit") -> tuple[Step, ...]:
    """A list of conditions, each with its limit under a name of its own."""
    steps = []
    for node in entry.listed(key):
        if not isinstance(node, Block) or named not in node:
            entry.fault(key, f"每一档应写条件和 {named}")
            continue
        limit = _amount(Entry(node, entry.faults, entry.name), named)
        rest = Block(node.line)
        rest.lines = node.lines
        rest.update({name: value for name, value in node.items() if name != named})
        steps.append(Step(read_conditions(Entry(rest, entry.faults, entry.name)), limit))
    return tuple(steps)

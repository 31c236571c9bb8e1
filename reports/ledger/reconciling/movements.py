"""Whether the movements add up: line by line, row by row, and to what the ledger's other sheets count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from app.register.movements.families import BODIES, BY_KEY, FIRMS, UNITS
from app.register.movements.values import Line, Movements
from reports.ledger.gathered.content import Content
from reports.ledger.reconciling.checks import Check
from reports.ledger.sheets.changes import COUNTY

_FLOWS = ("told_more", "told_less", "entered", "came", "left", "went")


def checks(content: Content) -> tuple[Check, ...]:
    """Each with what fails by name; none where there are no movements."""
    told = content.movements
    if told is None:
        return ()
    held = sum(line.holds for line in told.lines)
    unequal = tuple(
        f"{_called(line)}：应为{line.reckoned}，期末{line.closing}" for line in told.lines if not line.holds
    )
    return (
        Check("变化汇总各行：期初与增减相加等于期末", len(told.lines), held, unequal),
        _townships(told),
        _rows(told),
        *_closings(told, content),
    )


def _called(line: Line) -> str:
    return f"{BY_KEY[line.family].word}（{UNITS[line.unit]}）{line.place or COUNTY}"


def _townships(told: Movements) -> Check:
    """The county's line is the sum of its townships', figure by figure."""
    sums: defaultdict[tuple[str, str], defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in told.lines:
        for name, number in line.counts().items() if line.place is not None else ():
            sums[line.family, line.unit][name] += number
    whole = [line for line in told.lines if line.place is None]
    fails = tuple(_called(line) for line in whole if line.counts() != dict(sums[line.family, line.unit]))
    return Check("变化汇总：各乡镇（街道）相加等于全县", len(whole), len(whole) - len(fails), fails)


def _rows(told: Movements) -> Check:
    """The rows of 变化说明 sum to the figures of 变化汇总."""
    sums: defaultdict[tuple[str, str, str, str], int] = defaultdict(int)
    for one in told.moved:
        sums[one.family, one.unit, one.place, one.column] += abs(one.amount)
    lines = [line for line in told.lines if line.place is not None]
    fails = tuple(
        _called(line)
        for line in lines
        if any(line.counts()[name] != sums[line.family, line.unit, line.place or "", name] for name in _FLOWS)
    )
    return Check("变化说明各行相加等于变化汇总", len(lines), len(lines) - len(fails), fails)


def _closings(told: Movements, content: Content) -> Iterator[Check]:
    """The closings are what the other sheets count."""
    machines = [one for firm in content.snapshot.enterprises for one in firm.equipment]
    counted: dict[tuple[str, str], int] = {
        ("enterprises", FIRMS): len(content.snapshot.enterprises),
        ("machines", BODIES): sum(one.bodies for one in machines if one.present is True),
        ("machines_unsure", BODIES): sum(one.bodies for one in machines if one.present is None),
    }
    for answer in ("holds", "cannot_tell") if content.holding["totals"] is not None else ():
        counted[answer, FIRMS] = content.holding["totals"][answer]["enterprises"]
        counted[answer, BODIES] = content.holding["totals"][answer]["furnaces"]
    for (family, unit), number in counted.items():
        line = told.of(family, None, unit)
        name = f"变化汇总的期末与明细：{BY_KEY[family].word}（{UNITS[unit]}）"
        yield Check(name, line.closing, number, () if line.closing == number else (f"{line.closing}与{number}不一致",))

"""The examples of a limit's entry: facts by name, and the answer or the class that must come out."""

from __future__ import annotations

from datetime import date

from app.domain.dates import DateInterval
from app.domain.statement import Value
from app.rules.entries import Entry
from app.rules.limits.limit import Example
from app.rules.limits.range_entry import misfit_of
from app.rules.yaml_blocks import Block


def examples_of(entry: Entry) -> tuple[Example, ...]:
    """Those under `examples`; a name that is none, or a value that its field never has, is a slip of the pen."""
    found = []
    for number, node in enumerate(entry.listed("examples"), 1):
        attrs = node.get("attrs") if isinstance(node, Block) else None
        expect = node.get("expect") if isinstance(node, Block) else None
        if not isinstance(attrs, Block) or not isinstance(expect, str):
            entry.fault("examples", "例子应写 attrs 和 expect")
            continue
        strange = next((why for name, value in attrs.items() if (why := misfit_of(name, value))), None)
        if strange:
            entry.fault("examples", f"第{number}个例子：{strange}")
            continue
        found.append(Example({name: _fact(value) for name, value in attrs.items()}, expect))
    return tuple(found)


def _fact(value: object) -> Value:
    """A fact as the register has it; a day is an interval of one."""
    return DateInterval.of_day(value) if isinstance(value, date) else value  # type: ignore[return-value]

"""How a fact may be written into a cell so that a reader states the same: the likeliest way first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from app.domain.dates import DateInterval
from app.domain.register import Facts
from app.domain.statement import Value
from app.domain.vocabulary import Field, label
from reports.tables import Printed
from reports.template.beside import beside_of
from reports.template.content import Slot, Way
from reports.template.units import angle, in_unit, with_unit

_WITH_YEAR = re.compile(r"\d{4}")
#: A head that asks whether, or names one value alone: its cells say yes or no.
_ASKS = re.compile("是否|有无|有没有|与否|是不是")
_QUARTERS = "一二三四"
#: What stands before a machine's name, in this order.
_BEFORE_NAME = {"quantity": "台", "capacity_t": "吨", "melt_rate_t_per_h": "吨/小时", "power_kw": "千瓦"}
#: What stands behind it in brackets.
_BEHIND_NAME = ("shell", "frequency", "yoke", "state")
#: Words seldom tell these, and not every head lets them.
_RARELY = ("melt_rate_t_per_h", "power_kw", "shell", "frequency", "yoke")
_TERM = re.compile(r"(有效期限?|有效时间|期限|起止时间?)$")


def asks(head: str) -> bool:
    """Whether a head asks for yes or no."""
    return bool(_ASKS.search(head))


def ways(slot: Slot, known: Field, facts: Facts, also: tuple[str, ...] = (), *, named: bool = False) -> tuple[Way, ...]:
    """The ways to write a fact under a column. `also`: what no other column of the line can tell of the machine.

    `named`: machines have a column for the name and one for the kind.
    """
    value = facts.get(slot.name)
    if known.path in ("equipment.name", "equipment.kind"):
        return (
            ()
            if named and slot.name not in facts
            else tuple(dict.fromkeys(_of_machine(slot, facts, also, named=named)))
        )
    beside = tuple(beside_of(slot, known, facts, also))
    if value is None:
        return beside
    if slot.part and isinstance(value, (int, float)):
        return (Way(angle(value, slot.part), (slot.name,) if slot.part == "度" else ()),)
    printed: list[Printed] = list(_printed(slot, known, facts, value))
    found = [Way(one, (slot.name,)) for one in dict.fromkeys(printed)]
    if known.enum is not None or known.type == "bool":
        found += [Way("是", (slot.name,)), Way("否", (slot.name,))]
        found += [Way("否", ())] if slot.section == "equipment" else []
    return (*beside, *dict.fromkeys(found))


def _printed(slot: Slot, known: Field, facts: Facts, value: Value) -> Iterator[Printed]:
    if isinstance(value, bool):
        yield ("是" if value else "否") if "是否" in slot.head else "有" if value else "无"
    elif isinstance(value, DateInterval):
        other = facts.get("valid_from")
        if slot.name == "valid_to" and _TERM.search(slot.head) and isinstance(other, DateInterval):
            yield f"{dated(other)}至{dated(value)}"
        yield from _days(value)
    elif known.enum is not None:
        if asks(slot.head):
            yield "是" if value in ("held", "in_use", "passed", "above", "producing") else "否"
        yield label(known.section, known.name, value)
    elif isinstance(value, (int, float)):
        number = in_unit(known, value, slot.column.unit)
        if number is not None:
            yield number
        yield with_unit(known, value)
    else:
        yield value


def _of_machine(slot: Slot, facts: Facts, also: tuple[str, ...], *, named: bool) -> Iterator[Way]:
    """A machine's name, or its kind in words; where no other column tells them, its number, size and state beside."""
    name, kind = facts.get("name"), facts.get("kind")
    told = tuple(one for one in ("name", "kind") if one == slot.name and one in facts) or ("name",)
    if named and slot.name == "kind" and kind is not None:
        yield Way(label("equipment", "kind", kind), ("kind",))
    for rest in ((), _RARELY, ("state", *_RARELY)) if name is not None and also else ():
        said = tuple(one for one in also if one not in rest and one in facts and not _named(str(name), one, facts))
        yield Way(_phrase(facts, str(name), said), tuple(dict.fromkeys((*told, *said))))
    if name is not None:
        yield Way(str(name), told)
    if kind is not None:
        yield Way(label("equipment", "kind", kind), ("kind",))


def _phrase(facts: Facts, name: str, said: tuple[str, ...]) -> str:
    """2台4吨中频炉（闲置）."""
    before = "".join(
        label("equipment", one, facts[one]) + unit for one, unit in _BEFORE_NAME.items() if one in said and one in facts
    )
    behind = "，".join(_word(one, facts) for one in _BEHIND_NAME if one in said)
    return before + name + (f"（{behind}）" if behind else "")


def _word(name: str, facts: Facts) -> str:
    return ("有磁轭" if facts[name] else "无磁轭") if name == "yoke" else label("equipment", name, facts[name])


def _named(machine: str, name: str, facts: Facts) -> bool:
    """Whether a machine's name says a fact already: 铝壳 in 铝壳炉."""
    return name in _BEHIND_NAME and name != "state" and _word(name, facts) in machine


def _days(days: DateInterval) -> Iterator[str]:
    """As the paper words it; without its year there, and where that reads otherwise, in the plainest words."""
    plain = dated(days)
    if days.text and (_WITH_YEAR.search(days.text) or plain is None):
        yield days.text
    if plain is not None:
        yield plain
    if days.text:
        yield days.text


def dated(days: DateInterval) -> str | None:
    """An interval in the plainest words that state it: 2024年3月底前, 2024年第一季度; None where there are none."""
    first, last = days.since, days.until
    if first is None and last is not None:
        return _before(last, days.precision)
    if first is not None and last is None:
        return f"{_unit(first, first, days.precision)}起"
    if first is not None and last is not None:
        return first.isoformat() if first == last else _unit(first, last, days.precision)
    return None


def _before(last: date, precision: str) -> str:
    if precision == "day":
        return f"{last.year}年{last.month}月{last.day}日前"
    if precision == "year" and (last.month, last.day) == (12, 31):
        return f"{last.year}年底前"
    if precision == "quarter" and last.month % 3 == 0:
        return f"{last.year}年第{_QUARTERS[last.month // 3 - 1]}季度末前"
    return f"{last.year}年{last.month}月底前"


def _unit(first: date, last: date, precision: str) -> str:
    if precision == "year":
        return f"{first.year}年"
    if precision == "half":
        return f"{first.year}年{'上' if first.month < 7 else '下'}半年"
    if precision == "quarter":
        return f"{first.year}年第{_QUARTERS[(first.month - 1) // 3]}季度"
    if precision == "ten_days":
        return f"{first.year}年{first.month}月{'上中下'[min(2, (first.day - 1) // 10)]}旬"
    return f"{first.year}年{first.month}月" if first != last or precision == "month" else first.isoformat()

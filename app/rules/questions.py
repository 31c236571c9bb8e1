"""What is lacking, as a clerk would be asked: 3号炉有无磁轭？ 该铝壳炉是否中频炉、有无磁轭、容量多少吨？"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from app.domain.vocabulary import ENUMS, Field
from app.rules.clause import Clause
from app.rules.conditions import field_of
from app.rules.predicate import Comparison, Facts

#: Where the general wording would sound odd.
_ASKED = {
    "yoke": "有无磁轭",
    "capacity_t": "容量多少吨",
    "melt_rate_t_per_h": "熔化率每小时多少吨",
    "power_kw": "功率多少千瓦",
    "transformer_kva": "变压器容量多少千伏安",
    "quantity": "共有几台",
    "fuel": "用什么燃料",
    "model": "是什么型号",
}
_SUFFIX = {"frequency": "炉"}


def question(clause: Clause, facts: Facts, lacks: Iterable[str], day: date) -> str | None:
    """The one question that would settle the clause for this machine; None where nothing is lacking.

    `day` is the day asked about: whether a machine was removed is asked for that day.
    """
    named = tuple(lacks)
    of_machine = [_phrase(clause, path, day) for path in named if "." not in path]
    of_firm = [_phrase(clause, path, day) for path in named if "." in path]
    asked = [f"{subject(facts)}{'、'.join(of_machine)}"] if of_machine else []
    asked += [f"该企业{'、'.join(of_firm)}"] if of_firm else []
    return f"{'；'.join(asked)}？" if asked else None


def subject(facts: Facts) -> str:
    """How a clerk tells the machine apart: by its number, else by what is known of it."""
    noun = _noun(facts)
    code = str(facts.get("code") or "").strip()
    if not code:
        return f"该{noun}"
    short = "炉" if noun.endswith("炉") else "设备"
    if code.endswith((short, "炉")):
        return code
    number = re.sub(r"(号|[#＃])$", "", code)
    return f"{number}号{short}"


def _noun(facts: Facts) -> str:
    """铝壳中频炉, 铝壳炉, 中频炉, 冲天炉 …: no more than is known."""
    shell = ENUMS["shell"].get(str(facts.get("shell")), "")
    frequency = ENUMS["frequency"].get(str(facts.get("frequency")), "")
    if shell or frequency:
        return f"{shell}{frequency}炉"
    kind = facts.get("kind")
    if kind is None:
        return str(facts.get("name") or "炉")
    return "设备" if kind == "other" else ENUMS["equipment_kind"].get(str(kind), "设备")


def _phrase(clause: Clause, path: str, day: date) -> str:
    if path == "state":
        return f"在{day.year}年{day.month}月{day.day}日是否已拆除"
    if path in _ASKED:
        return _ASKED[path]
    field = field_of(path)
    if field is None:
        return f"“{path}”是什么"
    words = _words(field, clause)
    if words:
        return f"是否{'或'.join(words)}{_SUFFIX.get(path, '')}"
    if field.type == "bool":
        return f"是否{field.zh}"
    return f"{field.zh}是多少" if field.type in ("int", "decimal") else f"{field.zh}是什么"


def _words(field: Field, clause: Clause) -> tuple[str, ...]:
    """The Chinese words of the values that the clause asks an enumerated field for."""
    labels = field.enum or {}
    path = field.name if field.section == "equipment" else field.path
    asked = [value for one in clause.predicate.comparisons() if one.field == path for value in _values(one)]
    return tuple(dict.fromkeys(labels[value] for value in asked if value in labels))


def _values(comparison: Comparison) -> tuple[str, ...]:
    given = comparison.value if isinstance(comparison.value, tuple) else (comparison.value,)
    return tuple(value for value in given if isinstance(value, str))

"""What is lacking, as a clerk would be asked: 3号炉有无磁轭？ 该铝壳炉是否中频炉、有无磁轭、容量多少吨？"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from app.domain.statement import Value
from app.domain.vocabulary import ENUMS, Field, label
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
    "owner": "归哪一家企业",
}
_SUFFIX = {"frequency": "炉"}

#: How many answers a clerk is given to choose from.
_FEW = 8


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


def asked_openly(path: str, facts: Facts, clauses: Iterable[Clause], day: date) -> str:
    """One fact asked so that its value is the answer, whichever clause needs it: 3号炉有无磁轭？ 是铝壳还是钢壳？"""
    who = "该企业" if "." in path else machine_told(facts)
    return f"{who}{_openly(path, tuple(clauses), day)}？"


def choices(path: str) -> tuple[tuple[Value, str], ...]:
    """The answers that a field has, each with its word, where they are few."""
    field = field_of(path)
    if field is None:
        return ()
    if field.type == "bool":
        yes, no = ("有", "无") if _phrase_of_bool(path, field).startswith("有无") else ("是", "否")
        return (True, yes), (False, no)
    labels = field.enum or {}
    return tuple(labels.items()) if len(labels) <= _FEW else ()


def answer_in(path: str, word: str) -> Value | None:
    """The value that a word chosen stands for; None where it is none of the choices."""
    plain = "".join(word.split())
    return next((value for value, shown in choices(path) if shown == plain), None)


def machine_told(facts: Facts) -> str:
    """The machine by its number; one without, by what is known of it and its size: 该铝壳中频炉（0.5吨、2台）."""
    if str(facts.get("code") or "").strip():
        return subject(facts)
    known = [(name, facts.get(name)) for name in ("capacity_t", "model", "quantity")]
    units = {"capacity_t": "吨", "quantity": "台"}
    known = [(name, value) for name, value in known if (name, value) != ("quantity", 1)]
    size = [f"{label('equipment', name, value)}{units.get(name, '')}" for name, value in known if value is not None]
    return f"{subject(facts)}（{'、'.join(size)}）" if size else subject(facts)


def _openly(path: str, clauses: tuple[Clause, ...], day: date) -> str:
    if path == "state":
        return f"在{day.year}年{day.month}月{day.day}日是什么状态，是否已拆除"
    field = field_of(path)
    if path in _ASKED or field is None:
        return _ASKED.get(path, f"“{path}”是什么")
    if field.type == "bool":
        return _phrase_of_bool(path, field)
    if field.enum is not None:
        return _which(field, tuple(dict.fromkeys(word for clause in clauses for word in _words(field, clause))))
    if field.type == "date":
        sides = tuple(dict.fromkeys(side for clause in clauses for side in _days(clause, path)))
        return "，".join((f"{field.zh}是哪一天", *sides))
    return f"{field.zh}是多少{field.unit or ''}" if field.type in ("int", "decimal") else f"{field.zh}是什么"


def _which(field: Field, asked: tuple[str, ...]) -> str:
    """Which of its few words; of many, whether it is those asked for, and what it is else."""
    words = list((field.enum or {}).values()) if len(field.enum or {}) <= _FEW else []
    if len(words) > 1:
        return f"{field.zh}是{'、'.join(words[:-1])}还是{words[-1]}"
    return f"{field.zh}是否{'或'.join(asked)}，不是的是什么" if asked else f"{field.zh}是什么"


def _phrase_of_bool(path: str, field: Field) -> str:
    return _ASKED.get(path, f"是否{field.zh}")


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
    if field.type == "date" and (asked := _days(clause, path)):
        return f"{field.zh}{'、'.join(asked)}"
    return f"{field.zh}是多少" if field.type in ("int", "decimal") else f"{field.zh}是什么"


def _days(clause: Clause, path: str) -> tuple[str, ...]:
    """On which side of the clause's own days a date lies."""
    named = [(one.op, one.value) for one in clause.predicate.comparisons() if one.field == path]
    sides = {"gte": "早于", "lt": "早于", "gt": "晚于", "lte": "晚于"}
    asked = [
        f"是否{sides[op]}{day.year}年{day.month}月{day.day}日"
        for op, day in named
        if op in sides and isinstance(day, date)
    ]
    return tuple(dict.fromkeys(asked))


def _words(field: Field, clause: Clause) -> tuple[str, ...]:
    """The Chinese words of the values that the clause asks an enumerated field for."""
    labels = field.enum or {}
    path = field.name if field.section == "equipment" else field.path
    asked = [value for one in clause.predicate.comparisons() if one.field == path for value in _values(one)]
    return tuple(dict.fromkeys(labels[value] for value in asked if value in labels))


def _values(comparison: Comparison) -> tuple[str, ...]:
    given = comparison.value if isinstance(comparison.value, tuple) else (comparison.value,)
    return tuple(value for value in given if isinstance(value, str))

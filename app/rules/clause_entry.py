"""The pieces of a clause's entry that need reading of their own: days, places, examples, and what it is wanting."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta

from app.domain.dates import FOREVER, PRECISIONS, DateInterval
from app.domain.statement import Value
from app.domain.vocabulary import ENUMS
from app.rules.clause import EVERYWHERE, LEVELS, READ, Clause, Example, Reading
from app.rules.conditions import field_of, misfit
from app.rules.entries import Entry
from app.rules.yaml_blocks import Block

_SAID = {True: "“是”", False: "“否”", None: "“不能确定”"}
_EXPECTED: dict[str, bool | None] = {"true": True, "false": False, "undetermined": None}


def stretch(entry: Entry, since: date, until: date) -> tuple[date, date]:
    """Days in force, half-open. The files state the last day itself; a key left out is as given; null is open."""
    first, last = entry.day("effective_from"), entry.day("effective_to")
    if "effective_from" in entry.block:
        since = first or date.min
    if "effective_to" in entry.block:
        until = last + timedelta(days=1) if last and last < FOREVER else FOREVER
    if since >= until:
        entry.fault("effective_to", "失效日早于生效日")
    return since, until


def jurisdiction(entry: Entry) -> str:
    """The division in which it is in force, by its code's beginning; empty: everywhere."""
    code = entry.text("jurisdiction") or ""
    if code and not re.fullmatch(r"\d{2}(\d{2}){0,2}", code):
        entry.fault("jurisdiction", "适用地区应为2、4或6位行政区划代码")
    return code


def adopted(entry: Entry) -> tuple[str, ...]:
    """`everywhere`, or the counties for which the catalogue itself adopts it."""
    value = entry.take("adopted")
    if value is None:
        return ()
    if value == EVERYWHERE:
        return (EVERYWHERE,)
    codes = value if isinstance(value, list) else [None]
    if not all(isinstance(code, str) and re.fullmatch(r"\d{6}", code) for code in codes):
        entry.fault("adopted", "adopted 应为 everywhere，或6位县级代码的列表")
        return ()
    return tuple(codes)


def wanting(clause: Clause, needs: tuple[str, ...]) -> tuple[str, ...]:
    """The kind and the fields that it asks for, or says that it needs, and the vocabulary has no name for."""
    kinds = () if clause.kind in ENUMS["equipment_kind"] else (f"kind:{clause.kind}",)
    return kinds + tuple(path for path in dict.fromkeys((*clause.fields, *needs)) if field_of(path) is None)


def needs(entry: Entry) -> tuple[str, ...]:
    """The facts that it says it needs."""
    named = entry.listed("needs")
    if not all(isinstance(one, str) and one for one in named):
        entry.fault("needs", "needs 应为字段名称的列表")
        return ()
    return tuple(str(one) for one in named)


def precision(entry: Entry) -> str:
    """How exactly its first day in force is known."""
    return entry.choice("effective_from_precision", PRECISIONS) or "day"


def reading(entry: Entry, status: str, sources: Collection[str]) -> Reading:
    """How its words are known; a confirmed clause needs words that were read in a source that is named."""
    inner = entry.entry("evidence", required=True)
    if inner is None:
        return Reading("none")
    level = inner.choice("level", LEVELS, required=True) or "none"
    source, quote, note = inner.text("source"), inner.text("quote"), inner.text("note")
    inner.close()
    if source is not None and source not in sources:
        inner.fault("source", f"没有来源“{source}”")
    if level in READ and source is None:
        inner.fault("source", "读过原文的条款要写明来源（source）")
    if status == "confirmed" and level not in READ:
        entry.fault("evidence", "没有读到原文的条款只能是草稿（status: draft）")
    return Reading(level, source, quote, note)


def examples(entry: Entry) -> tuple[Example, ...]:
    """The cases stated with it."""
    found = []
    for node in entry.listed("examples"):
        attrs = node.get("attrs") if isinstance(node, Block) else None
        expect = str(node.get("expect")).lower() if isinstance(node, Block) else ""
        if not isinstance(attrs, Block) or expect not in _EXPECTED:
            entry.fault("examples", "例子应写 attrs 和 expect（true、false 或 undetermined）")
            continue
        for key, one in attrs.items():
            if isinstance(one, (list, Block)):
                entry.faults.add(attrs.line_of(key), f"{entry.name}：例子里的“{key}”应为一个值")
        facts = tuple((key, _fact(one)) for key, one in attrs.items() if isinstance(one, (str, int, float, date)))
        found.append(Example(facts, _EXPECTED[expect]))
    return tuple(found)


def _fact(given: str | int | float | date) -> Value:
    """A fact of an example; a day is written as such."""
    return DateInterval.of_day(given) if isinstance(given, date) else given


def try_examples(clause: Clause, entry: Entry) -> None:
    """Each example must come out as it says; its machine is of the clause's kind unless it says otherwise."""
    for number, example in enumerate(clause.examples, 1):
        strange = next((reason for name, value in example.facts if (reason := _strange(clause, name, value))), None)
        if strange:
            entry.fault("examples", f"第{number}个例子：{strange}")
            continue
        answer = clause.predicate.holds({"kind": clause.kind, **dict(example.facts)})
        if answer is not example.expect:
            entry.fault("examples", f"第{number}个例子得出的是{_SAID[answer]}，不是{_SAID[example.expect]}")


def _strange(clause: Clause, name: str, value: Value) -> str | None:
    """Why a fact of an example is a slip of the pen; None where it is none."""
    if name not in clause.fields:
        return f"条件里没有用到“{name}”"
    field = field_of(name)
    return misfit(field, value.since if isinstance(value, DateInterval) else value) if field else None

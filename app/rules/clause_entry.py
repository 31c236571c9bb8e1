"""The pieces of a clause's entry that need reading of their own: days, places, examples, and what it is wanting."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.domain.dates import FOREVER
from app.domain.vocabulary import ENUMS
from app.rules.clause import EVERYWHERE, Clause, Example
from app.rules.conditions import field_of
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


def wanting(clause: Clause) -> tuple[str, ...]:
    """The kind and the fields that it asks for and the vocabulary has no name for."""
    kinds = () if clause.kind in ENUMS["equipment_kind"] else (f"kind:{clause.kind}",)
    return kinds + tuple(path for path in clause.fields if field_of(path) is None)


def examples(entry: Entry) -> tuple[Example, ...]:
    """The cases stated with it."""
    found = []
    for node in entry.listed("examples"):
        attrs = node.get("attrs") if isinstance(node, Block) else None
        expect = str(node.get("expect")).lower() if isinstance(node, Block) else ""
        if not isinstance(attrs, Block) or expect not in _EXPECTED:
            entry.fault("examples", "例子应写 attrs 和 expect（true、false 或 undetermined）")
            continue
        facts = tuple((key, one) for key, one in attrs.items() if isinstance(one, (str, int, float)))
        found.append(Example(facts, _EXPECTED[expect]))
    return tuple(found)


def try_examples(clause: Clause, entry: Entry) -> None:
    """Each example must come out as it says; its machine is of the clause's kind unless it says otherwise."""
    for number, example in enumerate(clause.examples, 1):
        answer = clause.predicate.holds({"kind": clause.kind, **dict(example.facts)})
        if answer is not example.expect:
            entry.fault("examples", f"第{number}个例子得出的是{_SAID[answer]}，不是{_SAID[example.expect]}")

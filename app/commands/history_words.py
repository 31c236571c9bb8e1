"""Histories, differences and alarms in sentences for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Told = dict[str, Any]

_HOW = {"entered": "新列入", "left": "不再列入", "changed": "有变化"}
_MACHINE = {"entered": "新有", "left": "不再有"}
_ANSWERS = {"holds": "仍有", "cannot_tell": "待核实", "does_not_hold": "没有"}


def told_history(found: Told) -> Iterator[str]:
    """A firm's facts in order of days, then what was decided of it."""
    firm = found["enterprise"]
    yield f"{firm['name']}（{firm['id']}）　按第 {found['known']} 号变更所知"
    for one in found["facts"]:
        gone = f"；已由{_act(one['superseded'])}取代" if one["superseded"] else ""
        whose = f"（{_came(one['came'])}）" if one["came"] else ""
        yield f"  {_days(one['from'], one['until'])}　{one['called']}{whose}　{one['label']}：{one['text']}"
        yield f"      依据 {_cells(one['sources'])}；{_act(one['known_since'])}起所知{gone}"
    for one in found["decided"]:
        back = f"；已由{_act(one['superseded'])}取消" if one["superseded"] else ""
        yield f"  {one['said']}{_why(one['reason'])}"
        yield f"      {_act(one['known_since'])}{back}"


def told_difference(found: Told) -> Iterator[str]:
    """The sums, then each firm with what is another."""
    one, other = (f"{found[side]['as_of']}（按第 {found[side]['known']} 号变更所知）" for side in ("from", "to"))
    yield f"从 {one} 到 {other}"
    yield f"  企业（家）：{_flow(found['enterprises'])}；有变化 {found['enterprises']['changed']}"
    yield f"  设备（台）：{_flow(found['furnaces'])}；台数增减 {found['furnaces']['changed']:+d}"
    for word, flows in found["verdicts"].items():
        firms, bodies = flows["enterprises"], flows["furnaces"]
        yield f"  {_ANSWERS[word]}淘汰类设备（家）：{_flow(firms)}"
        yield f"  {_ANSWERS[word]}淘汰类设备（台）：{_flow(bodies)}；台数增减 {bodies['changed']:+d}"
    for word, names in (("开始起作用", "began"), ("不再起作用", "ended"), ("换了文字", "revised")):
        if found["clauses"][names]:
            yield f"  {word}的条款：{'、'.join(found['clauses'][names])}"
    for firm in found["firms"]:
        yield from _firm(firm)


def _firm(firm: Told) -> Iterator[str]:
    named = firm["enterprise"]
    yield f"{_HOW[firm['how']]}　{named['name']}（{named['township'] or '乡镇不明'}）{_because(firm)}"
    for one in firm["fields"]:
        before, after = (one[side]["text"] or "未填" for side in ("before", "after"))
        yield f"  {one['called']}　{one['label']}：{before} → {after}{_because(one)}"
    for one in firm["equipment"]:
        yield f"  {one['called']}　{_MACHINE[one['how']]} {one['bodies']} 台{_because(one)}"
    for one in firm["verdicts"]:
        before, after = (_verdict(one[side]) for side in ("before", "after"))
        yield f"  {one['called']}　结论：{before} → {after}{_because(one)}"


def told_alarms(found: Told) -> Iterator[str]:
    """How many of each kind, then each."""
    yield f"截至 {found['as_of']}，按第 {found['known']} 号变更所知，要查的事 {len(found['alarms'])} 件"
    for one in found["alarms"]:
        doubt = "" if one["answer"] == "certain" else "（说不清）"
        yield f"  {one['label']}{doubt}　{_side(one['before'])} → {_side(one['after'])}"
        yield f"      {one['why']}{'；' + '、'.join(one['clauses']) if one['clauses'] else ''}"
        if one["law"]:
            yield f"      {one['law']['law']}{one['law']['article']}：{one['law']['text']}"


def _side(side: Told) -> str:
    firm = side["enterprise"]
    return f"{firm['name']}（{side['county']} {firm['township'] or '乡镇不明'}）{side['called']}"


def _flow(flow: Told) -> str:
    return f"原有 {flow['opening']}，增 {flow['entered']}，减 {flow['left']}，现有 {flow['closing']}"


def _verdict(side: Told) -> str:
    return f"{_ANSWERS[side['answer']]}{'（' + side['clause'] + '）' if side['clause'] else ''}"


def _because(one: Told) -> str:
    words = "、".join(reason["label"] for reason in one["because"])
    act = one.get("change")
    return (f"　原因：{words}" if words else "") + (f"（{_act(act)}）" if act else "")


def _act(act: Told) -> str:
    file = f"（{act['file']}）" if act["file"] else ""
    return f"第 {act['change']} 号变更{act['kind']}{file}，{act['actor']} {act['at'][:10]}{_why(act['reason'])}"


def _why(reason: str | None) -> str:
    return f"，理由：{reason}" if reason else ""


def _days(since: str, until: str | None) -> str:
    return f"{since} 至 {until}" if until else f"{since} 起"


def _came(came: Told) -> str:
    before = "、".join(firm["name"] for firm in came["before"])
    return f"原属{before}" if came["settled"] else f"归属不明，也可能是{before}的"


def _cells(sources: Iterable[Told]) -> str:
    return "、".join(f"{one['file']} {one['cell']}" for one in sources) or "—"

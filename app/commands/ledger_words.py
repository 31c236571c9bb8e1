"""Ledgers in sentences: how they stand, what their checks say, where they differ, what a cell stands for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_SHOWN = 30


def told_standings(found: dict[str, Any]) -> Iterator[str]:
    """How a county's ledgers stand."""
    if not found["quarters"]:
        yield f"{found['county']} 还没有核对或签发过台账"
    for one in found["quarters"]:
        since = "；签发后登记又有变化，可以另出草稿（--draft）看差别" if one["known_since"] else ""
        yield f"{one['quarter']}　{one['label']}（截至 {one['as_of']}）{since}"
        for issued in one["issues"]:
            yield from _told_issue(issued)
        for check in one["checks"]:
            result = "全部相符" if check["passed"] else "有不符"
            yield f"  核对：{result}（{check['at']}，{check['actor']}，{_by(check)}）"


def _told_issue(one: dict[str, Any]) -> Iterator[str]:
    reason = f"　理由：{one['reason']}" if one["reason"] else ""
    by = f"{_by(one)}，第{one['change']}号变更签发"
    yield f"  {one['number']}　{one['label']}　{one['at']}　{by}{reason}"
    people = {"prepared_by": "填报人", "checked_by": "审核人", "approved_by": "签发人"}
    named = "　".join(f"{word} {one[name]}" for name, word in people.items() if one[name])
    if named:
        yield f"      {named}"
    content = one["tables_sha256"] or "没有留存"
    yield f"      文件 SHA-256 {one['sha256']}　数据 SHA-256 {content}"


def _by(one: dict[str, Any]) -> str:
    """Up to which change it knows; of a city's, of each county."""
    heads = one.get("heads") or {"": one["known"]}
    return "依据" + "、".join(f"{county}第{number}号变更" for county, number in heads.items())


def told_check(found: dict[str, Any]) -> Iterator[str]:
    """How the reconciliations come out."""
    whole = "全部相符" if found["passed"] else "有不符，不能签发"
    yield f"{found['quarter']} 台账核对：{whole}（截至 {found['as_of']}，{_by(found)}）"
    for one in found["checks"]:
        yield f"  {'相符' if one['ok'] else '不符'}　{one['name']}"
        for why in one["fails"]:
            yield f"      {why}"
    kept = found["recorded"]
    if kept:
        yield f"这次核对记在第{kept['change']}号变更（{kept['at']}，{kept['actor']}）"


def told_comparison(found: dict[str, Any]) -> Iterator[str]:
    """What one ledger prints otherwise than another."""
    one, other = found["one"], found["other"]
    yield f"{one['number']}（{_by(one)}）→ {other['number']}（{_by(other)}）"
    if not found["differs"]:
        yield "各表内容相同" + ("，文件也逐字节相同" if found["same_file"] else "，只有版本说明不同")
    for sheet in found["sheets"]:
        if not (sheet["changed"] or sheet["left"] or sheet["entered"]):
            continue
        told = f"改{len(sheet['changed'])}格，少{len(sheet['left'])}行，多{len(sheet['entered'])}行"
        yield f"{sheet['sheet']}：{told}"
        for left in sheet["left"]:
            yield f"  少　{left['called']}（{left['cell']}）{_why(left)}"
        for entered in sheet["entered"]:
            yield f"  多　{entered['called']}（{entered['cell']}）{_why(entered)}"
        for cell in sheet["changed"]:
            turned = f"{_said(cell['before'])} → {_said(cell['after'])}"
            yield f"  改　{cell['called']} {cell['column']}：{turned}{_why(cell)}"


def _why(one: dict[str, Any]) -> str:
    words = "、".join(reason["label"] for reason in one["because"])
    acts = "、".join(f"第{act['change']}号变更（{act['kind']}{_file(act)}）" for act in one["changes"])
    return f"　{'；'.join(filter(None, (words, acts)))}" if words or acts else ""


def told_trace(found: dict[str, Any]) -> Iterator[str]:
    """What a cell stands for."""
    ledger = found["ledger"]
    by = f"{_by(ledger)}，第{ledger['change']}号变更签发"
    yield f"台账 {ledger['number']}（截至 {ledger['as_of']}，{by}）"
    if found["kind"] == "missing":
        yield f"{found['cell']}　{found['how']}"
        return
    yield f"{found['cell']}　{found['heading'] or ''}　{_said(found['value'])}"
    if found["row"]:
        yield "  所在行：" + "　".join(f"{title} {_said(cell)}" for title, cell in list(found["row"].items())[:4])
    yield f"  {found['how']}"
    for fact in found["facts"]:
        yield from _told_fact(fact)
    for figure in found["figures"]:
        number = "不明" if figure["number"] is None else f"{figure['number']:.15g}{figure['unit']}"
        where = f"{figure['file']} {figure['place']}"
        yield f"  原文“{figure['phrase']}”：{number}（{figure['when']}；{figure['source']}；{where}）"
    yield from _some("  名单：", found["members"], _told_member)
    yield from _some("  相加：", found["adds"], lambda one: f"{one['cell']}　{_said(one['value'])}　{one['called']}")
    if not found["facts"]:
        yield from _some("  依据的记录：", found["records"], _told_member)


def _told_fact(fact: dict[str, Any]) -> Iterator[str]:
    until = f"到 {fact['until']}" if fact["until"] else "起"
    recorded = _act(fact["recorded"])
    yield f"  {fact['called']}　{fact['label']}：{fact['text'] or '没有写'}（{fact['from']} {until}）　{recorded}"
    for said in fact["statements"]:
        where = f"{said['file']} {said['place']}"
        decided = f"；{_act(said['decided'])}认定" if said["decided"] else ""
        yield f"      {said['source']}：“{said['raw']}”（{said['day']}；{where}；{_act(said['recorded'])}{decided}）"
    if not fact["statements"]:
        yield "      没有直接写它的来源，由登记库推算"


def _act(act: dict[str, Any] | None) -> str:
    return f"第{act['change']}号变更{act['kind']}，{act['actor']}，{act['at'][:19]}" if act else "变更不明"


def _file(act: dict[str, Any]) -> str:
    return f" {act['file']}" if act["file"] else ""


def _told_member(one: dict[str, Any]) -> str:
    bodies = f"　{one['bodies']}台" if "bodies" in one else ""
    return f"{one['called']}{bodies}" + (f"　见 {'、'.join(one['cells'][:3])}" if one["cells"] else "")


def _some(word: str, all_: list[dict[str, Any]], told: Any) -> Iterator[str]:
    """A list, cut where it is long: `--json` has all of it."""
    if all_:
        yield word
    for one in all_[:_SHOWN]:
        yield f"      {told(one)}"
    if len(all_) > _SHOWN:
        yield f"      还有{len(all_) - _SHOWN}条，用 --json 看全部"


def _said(cell: Any) -> str:
    if cell in (None, ""):
        return "（空）"
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell).strip()

"""Steps, gaps and answers in sentences for people."""

from __future__ import annotations

from typing import Any

from app.commands.cells import written

Told = dict[str, Any]

_STANDS = {"power_cut": "停电", "production_stopped": "停产", "closed": "关停"}
_DAYS = {"decided_on": "作出", "served_on": "送达"}
_PARTICULARS = {
    "effective_time": "时刻",
    "basis": "依据",
    "document": "文书",
    "request_document": "凭函件",
    "equipment": "设备",
    "quantity": "台数",
    "note": "备注",
}
_ANSWERS = {True: "是", False: "否", None: "不能确定"}
_MET = {True: "合", False: "不合", None: "不能确定"}


def done(found: Told) -> list[str]:
    """What was recorded, with the gaps that it has."""
    lines = [f"已记录为第 {found['change']} 号变更；处置编号 {found['step']}"]
    for one in found["gaps"]:
        word = "缺口" if one["standing"] == "missing" else "不能确定"
        lines.append(f"  {word}　{one['condition']}：{'；'.join(one['lacks'])}")
        lines.append(f"      “{one['sentence']}”（{one['source']}）")
    return lines


def steps(found: list[Told]) -> list[str]:
    """Each step with its days and papers."""
    lines = []
    for one in found:
        on = one["effective_on"]["text"] if one["effective_on"] else "日期不明"
        who = one["authority"] or "没有写实施单位"
        number = one["document_no"] or "没有写文号"
        lines.append(f"{one['enterprise']['name']}　{one['label']}　{on}　{who}　{number}")
        lines += [f"    {beside}"] if (beside := _beside(one)) else []
        if one["step"]:
            gap = "（带缺口记的）" if one["with_gap"] else ""
            lines.append(f"    编号 {one['step']}　第 {one['change']} 号变更　{one['by']}{gap}。{one['reason']}")
        lines += written(one["sources"], "    ")
    return lines or ["没有处置的记录"]


def _beside(one: Told) -> str:
    """What a step states beside its day, authority and number."""
    told = [f"{word} {one[name]['text']}" for name, word in _DAYS.items() if one[name]]
    told += [f"{word} {one[name]}" for name, word in _PARTICULARS.items() if one[name] is not None]
    return "　".join(told)


def states(found: Told) -> list[str]:
    """The sums, then each firm of which anything is told."""
    lines = []
    for name, word in _STANDS.items():
        total = found["totals"][name]
        lines.append(
            f"{word}：是 {total['yes']} 家；否 {total['no']} 家；不能确定 {total['cannot_tell']} 家；"
            f"没有记录 {total['not_recorded']} 家"
        )
    for one in found["states"]:
        told = [
            f"{word} {_ANSWERS[one[name]['answer']]}（{one[name]['because']}）"
            for name, word in _STANDS.items()
            if one[name]["recorded"]
        ]
        if told:
            lines.append(f"  {one['enterprise']['name']}　{'；'.join(told)}")
        lines += [f"      提醒：{reminder}" for reminder in one["reminders"]]
    return lines


def gaps(found: Told) -> list[str]:
    """How many are open, then each."""
    lines = [f"截至 {found['as_of']}：还缺或不能确定 {found['open']} 项；共列 {len(found['gaps'])} 项"]
    return [*lines, *gap_lines(found["gaps"])]


def gap_lines(found: list[Told], *, named: bool = True) -> list[str]:
    """Each gap with its sentence and source; `named`: with the firm's name."""
    lines = []
    for one in found:
        on = one["on"]["text"] if one["on"] else "日期不明"
        said = "　带缺口记的" if one["with_gap"] else ""
        why = "；".join((*one["lacks"], *(f"{late}晚于这一步" for late in one["late"])))
        name = f"{one['enterprise']['name']}　" if named else ""
        lines.append(f"  {one['standing_label']}　{name}{one['label']}（{on}）　{one['condition']}{said}")
        lines.append(f"      {why or '；'.join(one['found'])}")
        lines.append(f"      “{one['sentence']}”（{one['source']}）")
        lines += written(one["sources"], "      ")
    return lines


def may(found: Told) -> list[str]:
    """The answer, then because of what."""
    who = found["enterprise"]["name"]
    lines = [f"{found['as_of']} {who} {found['label']}：{found['answer_label']}"]
    for one in found["conditions"]:
        why = "；".join((*one["found"], *one["lacks"], *(f"{late}晚于这一天" for late in one["late"])))
        met = "提醒" if one["answer"] is False and one["force"] == "listed" else _MET[one["answer"]]
        lines.append(f"  {met}　{one['condition']}{f'：{why}' if why else ''}")
        beside = f"。{one['note']}" if one["note"] else ""
        lines.append(f"      “{one['sentence']}”（{one['source']}）{beside}")
        if one["answer"] is False and one["mend"]:
            lines.append(f"      {one['mend']}")
    for one in found["orders"]:
        lines.append(f"  谁可以作出　{one['basis']}：{one['authority']}（{one['source']}）")
    for one in found["mind"]:
        lines.append(f"  另须注意　{one['condition']}：“{one['sentence']}”（{one['source']}）")
    return lines


def rules(found: Told) -> list[str]:
    """Orders, then requirements, with their sentences."""
    lines = []
    for one in found["orders"]:
        lines.append(f"{one['id']}　{'、'.join(one['labels'])}　由{one['authority']}")
        lines.append(f"    {one['sentence']}（{one['source']}）")
    for one in found["requirements"]:
        word = "" if one["decides"] else "　只列出，不作判断"
        lines.append(f"{one['id']}　{'、'.join(one['labels'])}{word}")
        lines.append(f"    {one['sentence']}（{one['source']}）")
    return lines

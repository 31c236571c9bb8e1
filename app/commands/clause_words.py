"""Clauses, and what a file of them would change, in sentences for the person at the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.rules.clause import CATEGORIES, LEVELS, STATUSES
from app.rules.conditions import field_of
from app.rules.wording import field_words, value_words

_ADOPTED = {"county": "本县已采用", "shipped": "随程序采用", None: "未采用"}
_ANSWERS = {"holds": "仍有", "cannot_tell": "待核实", "does_not_hold": "不涉及"}
_EXPECTED = {True: "是", False: "否", None: "不能确定"}
_PRECISION = {"ten_days": "旬", "month": "月", "quarter": "季度", "half": "半年", "year": "年"}


def told_line(line: dict[str, Any]) -> str:
    """A clause in one line."""
    category = CATEGORIES.get(line["category"] or "", "（不分类）")
    notes = [STATUSES[line["status"]], _ADOPTED[line["adopted"]], in_force(line)]
    notes += ["本县条款"] if line["own"] else []
    notes += ["用到登记库没有的内容"] if line["lacks"] else []
    notes += ["有新文字待采用"] if line["newer"] else []
    return f"  {line['clause']}　{category}　{line['text']}　（{'，'.join(notes)}）"


def in_force(line: dict[str, Any]) -> str:
    """From which day to which it is in force."""
    since, until = line["effective_from"], line["effective_to"]
    rough = _PRECISION.get(line["effective_from_precision"])
    word = f"{since} 起{f'（原文只到{rough}）' if rough else ''}" if since else "没有写明起始日"
    return f"{word}，{until} 止" if until else word


def told_clause(whole: dict[str, Any], day: str) -> Iterator[str]:
    """A clause in full."""
    yield f"{whole['clause']}　{CATEGORIES.get(whole['category'] or '', '（不分类）')}"
    yield f"  原文：{whole['text']}"
    place = f"代码 {whole['jurisdiction']} 开头的地区" if whole["jurisdiction"] else "全国"
    edition = f"{whole['edition_title']}（{whole['edition']}）" if whole["edition"] else "不属于哪个目录"
    yield f"  目录：{edition}；适用：{place}"
    yield f"  有效期：{in_force(whole)}；{day} {'在' if whole['in_force'] else '不在'}有效期内"
    yield f"  状态：{STATUSES[whole['status']]}；{_ADOPTED[whole['adopted']]}"
    yield f"  条件：{whole['condition'] or '没有条件，不作推算'}"
    if whole["lacks"]:
        yield f"  登记库没有：{'、'.join(whole['lacks_words'])}，所以不起作用"
    if whole["obstacle"]:
        yield f"  不能采用：{whole['obstacle']}"
    yield from _paper(whole)
    yield from _links(whole)
    for example in whole["examples"]:
        said = example["facts"].items()
        facts = (
            "，".join(f"{field_words(name)}为{value_words(field_of(name), value)}" for name, value in said)
            or "都不知道"
        )
        yield f"  例：{facts} → {_EXPECTED[example['expect']]}"


def _paper(whole: dict[str, Any]) -> Iterator[str]:
    """What the paper says beside the condition, and how it is known."""
    for key, word in (("deadline", "期限"), ("required_action", "要求"), ("replacement", "代替"), ("note", "说明")):
        if whole[key]:
            yield f"  {word}：{whole[key]}"
    evidence = whole["evidence"]
    source = evidence["source"]
    named = f"：{source['title']}{'　' + source['url'] if source['url'] else ''}" if source else ""
    yield f"  依据：{LEVELS[evidence['level']]}{named}"
    if evidence["quote"]:
        yield f"    引文：{evidence['quote']}"
    if evidence["note"]:
        yield f"    {evidence['note']}"


def _links(whole: dict[str, Any]) -> Iterator[str]:
    """Other editions of it, and the county's own file that it stands in."""
    alike = [*([whole["same_clause"]] if whole["same_clause"] else []), *whole["alike"]]
    if alike:
        yield f"  同一条款的别的版本或步骤：{'、'.join(alike)}"
    if whole["file"]:
        file = whole["file"]
        yield f"  本县文件：{file['name']}（编号 {file['id']}；变更第 {file['change']} 号；{file['reason']}）"
    if whole["newer"]:
        yield f"  本县另有新文字待采用：文件编号 {whole['newer']}"


def told_trial(found: dict[str, Any]) -> Iterator[str]:
    """What a file would change."""
    totals = found["totals"]
    yield (
        f"试 {'、'.join(found['clauses'])}：截至 {found['as_of']}，"
        f"结论会变的 {totals['enterprises']} 家 {totals['furnaces']} 台；什么也没有写入"
    )
    if found["replaced"]:
        yield f"  代替现有的：{'、'.join(found['replaced'])}"
    for one in found["changes"]:
        firm, machine = one["enterprise"], one["equipment"]
        yield (
            f"  {firm['name']}（{firm['township'] or '乡镇不明'}）　{machine['called']}　"
            f"{machine['quantity'] or 1} 台　{_side(one['before'])} → {_side(one['after'])}"
        )
        if one["after"]["question"]:
            yield f"      要问：{one['after']['question']}"
    for silent in found["silent"]:
        yield f"  {silent['clause']} 不起作用：{silent['why']}"


def _side(side: dict[str, Any]) -> str:
    word = _ANSWERS[side["answer"]]
    overdue = "，已过期限" if side["overdue"] else ""
    return f"{word}（{side['clause']}{overdue}）" if side["clause"] else word

"""What waits at the desk and what was decided, in sentences."""

from __future__ import annotations

from typing import Any

from app.domain.vocabulary import field

#: A decision by its kind.
_KINDS = {"same": "同一家", "different": "不是一家", "later": "以后再定"}
_HELD = {"equipment": "设备", "permit": "手续", "plan": "方案", "action": "措施"}


def waiting_lines(found: dict[str, Any]) -> list[str]:
    """What waits, in sentences."""
    lines = [f"疑似同一家：{len(found['pairs'])} 对"]
    for pair in found["pairs"]:
        word = "很可能" if pair["level"] == "likely" else "可能"
        against = f"；但{'，'.join(pair['against'])}" if pair["against"] else ""
        both = f"{pair['firm']['name']}（{pair['firm']['id']}）与 {pair['other']['name']}（{pair['other']['id']}）"
        lines.append(f"  {word}：{both}：{'，'.join(pair['reasons'])}{against}")
    lines.append(f"说法不一：{len(found['disputes'])} 项")
    for one in found["disputes"]:
        lines.append(f"  {one['enterprise']['name']}　{one['label']}")
        for claim in one["claims"]:
            place = f"{claim['evidence']['file']} {claim['evidence']['cell']}"
            lines.append(f"    {claim['source']}说“{claim['label']}”（{place}；说法编号 {claim['statement']}）")
    lines.append(f"这次没列：{len(found['missing'])} 家")
    lines += [f"  {one['enterprise']['name']}（{one['file']}，批次 {one['batch']}）" for one in found["missing"]]
    lines.append(f"待定的行：{len(found['held'])} 行")
    for one in found["held"]:
        lines.append(f"  {one['sheet']} 第 {one['row']} 行（批次 {one['batch']}）：{one['question']}")
        lines += [f"    {machine['machine']}（设备编号 {machine['id']}）" for machine in one.get("machines", ())]
    lines.append(f"设备换新：{len(found['replacements'])} 处")
    for one in found["replacements"]:
        lines.append(f"  {one['enterprise']['name']}（批次 {one['batch']}）")
        for word, side in (("退出", one["out"]), ("新增", one["come"])):
            lines += [f"    {word} {each['machine']}，{each['bodies']} 台（设备编号 {each['id']}）" for each in side]
    lines.append(f"归属不明：{len(found['owner_unknown'])} 台")
    for one in found["owner_unknown"]:
        firms = "、".join(firm["name"] for firm in (one["enterprise"], *one["into"]))
        lines.append(f"  {one['called']}（设备编号 {one['equipment']}）归谁：{firms}（分立编号 {one['succession']}）")
    return lines


def decision_line(row: dict[str, Any]) -> str:
    """One decision that stands: its number, who made it, what it says and why."""
    what = _learned(row["about"]) if row["kind"] == "learned" else _settled(row)
    return f"{row['decision']}　第 {row['change']} 号变更　{row['by']}　{what}。{row['reason']}"


def _settled(row: dict[str, Any]) -> str:
    """What was decided, in words."""
    about = row["about"]
    if row["kind"] == "row":
        meant = {"new": "都不是，是新的", "split": "同一组拆开写"}.get(
            about["answer"], about["named"] or about["answer"]
        )
        return f"待定的行：{about['sheet']} 第 {about['row']} 行（批次 {about['batch']}）：{meant}"
    if row["kind"] in ("replaced", "not_replaced"):
        old, new = (f"{about[f'{side}_machine'] or about[side]}（{about[side]}）" for side in ("old", "new"))
        return f"设备换新：{old}换成 {new}" if row["kind"] == "replaced" else f"没有换新：{old}与 {new}没有关系"
    if row["kind"] == "value":
        whose = f"{about['firm'] or about['subject']}{f'的{machine}' if (machine := about['named']) else ''}"
        return f"以此为准：{whose}　{about['label']}：{about['source']} {about['day']} 说{about['said']}"
    if row["kind"] == "absent":
        return f"没列出：{about['firm']}：{about['said']}"
    if about["section"] != "enterprise":
        return f"同一件{_HELD[about['section']]}（随 {about['under']} 一起定）：{about['subject']} 并入 {about['into']}"
    return f"{_KINDS[row['kind']]}：{about['firm']}、{about['other']}"


def _learned(about: dict[str, Any]) -> str:
    """What is remembered, in words."""
    answer = about["answer"]
    if about["what"] == "column":
        meant = f"“{field(answer['field']).zh}”" if answer["field"] else "不用的列"
        unit = f"，单位{answer['unit']}" if answer["unit"] else ""
        return f"学到的列：“{answer['header']}”是 {meant}{unit}"
    if about["what"] == "row":
        word = {"header": "表头", "data": "内容", "ignore": "不算内容"}[answer["as"]]
        return f"学到的行：“{about['key'][:40]}”是{word}"
    meant = answer["name"] if about["what"] == "township" else about["firm"]
    return f"学到的写法：“{answer['written']}”是{meant}"

"""The words in which people read of proposals: what kind of act, how it stands, in what it differs now."""

from __future__ import annotations

import json
from typing import Any

from app.errors import BadInput

ACTS = {
    "issue": "签发台账",
    "close_out": "验收销号",
    "restore": "恢复供电",
    "merge": "企业合并",
    "adopt": "采用条款、限值、方案",
}

STATES = {
    "open": "等另一人确认",
    "expired": "过期未办",
    "confirmed": "已确认，办了",
    "refused": "没有同意",
    "withdrawn": "提出的人收回了",
}

#: What an effect's parts are called.
PARTS = {
    "quarter": "季度",
    "revision": "第几版",
    "content": "台账的内容",
    "reason": "理由",
    "firm": "企业",
    "into": "并入的企业",
    "kind": "哪一步",
    "gaps": "缺的文书或步骤",
    "told": "写明的日期、文号等",
    "stated": "随之登记的内容",
    "counterparts": "两边相同的设备、手续",
    "clause": "条款",
    "limit": "限值",
    "file": "文件",
    "text": "文字",
    "document": "文书",
    "on": "日期",
    "programmes": "方案",
}


def act_told(word: str) -> str:
    """The kind of act that is meant, by code or in Chinese.

    Raises:
        BadInput: when it is none.
    """
    plain = word.strip()
    found = next((act for act, zh in ACTS.items() if plain in (act, zh)), None)
    if found is None:
        known = "、".join(f"{act}（{zh}）" for act, zh in ACTS.items())
        raise BadInput(f"“{plain[:20]}”不是可以定两人办理的事", fix=f"请写其中一个：{known}", code="second.act")
    return found


def different(then: str, now: str) -> str:
    """In what two effects differ, by name."""
    before, after = json.loads(then), json.loads(now)
    names = {name for one, other in zip(before, after, strict=False) for name in _unlike(one, other)}
    if len(before) != len(after):
        names.add("stated")
    return "、".join(PARTS.get(name, name) for name in sorted(names)) or "所办的内容"


def _unlike(one: Any, other: Any) -> set[str]:
    if not isinstance(one, dict) or not isinstance(other, dict):
        return set()
    return {name for name in {*one, *other} if one.get(name) != other.get(name)}

"""What each list shows: its columns with their Chinese labels, in order."""

from __future__ import annotations

from typing import Any

from app.domain.vocabulary import SECTIONS
from app.errors import NotFound

Row = dict[str, Any]

#: What a list shows, in order; a name without a section is the firm's own.
SHOWN: dict[str, tuple[str, ...]] = {
    "enterprises": (
        "name",
        "uscc",
        "township",
        "status",
        "scale",
        "industry",
        "main_product",
        "capacity_t_per_year",
        "grade",
        "disposition",
        "legal_representative",
        "contact_phone",
        "address",
        "remark",
    ),
    "equipment": (
        "code",
        "name",
        "kind",
        "frequency",
        "core",
        "shell",
        "yoke",
        "capacity_t",
        "quantity",
        "power_kw",
        "model",
        "fuel",
        "state",
        "commissioned_on",
        "removed_on",
        "remark",
    ),
    "permits": ("kind", "standing", "number", "issuer", "valid_from", "valid_to", "class"),
    "plans": ("made_on", "stage", "accepted_on", "acceptance"),
    "actions": ("kind", "taken_on", "authority", "document_no"),
}
#: The section of the vocabulary that a list is of.
SECTION = {
    "enterprises": "enterprise",
    "equipment": "equipment",
    "permits": "permit",
    "plans": "plan",
    "actions": "action",
}
OWNER = {"enterprise": "企业名称", "uscc": "统一社会信用代码", "township": "乡镇（街道）"}
FIGURE = {
    "topic": "类别",
    "phrase": "表述",
    "number": "数量",
    "unit": "单位",
    "when": "时间",
    "source": "来源",
    "file": "文件",
    "cell": "单元格",
}
#: What a figure that a paper states is about.
TOPICS = {
    "enterprises": "企业数",
    "furnaces_removed": "拆除淘汰设备",
    "halt": "停产",
    "power_cut": "停电",
    "power_restored": "复电",
    "closure": "关停退出",
    "plan": "一企一策",
    "resumed": "恢复生产",
}
THERE = {True: "在", False: "已不在", None: "不能确定"}

NOUNS = {
    "enterprises": "企业",
    "equipment": "设备",
    "permits": "手续",
    "plans": "一企一策",
    "actions": "停电关停",
    "figures": "陈述数字",
}


def columns(noun: str) -> dict[str, str]:
    """The columns of a list with their Chinese labels, in order.

    Raises:
        NotFound: when there is no such list.
    """
    if noun == "figures":
        return dict(FIGURE)
    if noun not in SHOWN:
        raise NotFound(f"没有“{noun}”这份清单", fix=f"可用的清单：{'、'.join(NOUNS)}")
    fields = SECTIONS[SECTION[noun]]
    own = {name: fields[name].zh for name in SHOWN[noun]}
    if noun == "equipment":
        own["present"] = "是否还在"
    return own if noun == "enterprises" else OWNER | own

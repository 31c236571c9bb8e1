"""What a cell of each field may hold, told by the sheet itself: drop-downs, limits, and what to write, in Chinese."""

from __future__ import annotations

from typing import Any

from app.domain.vocabulary import Field
from reports.template.content import Slot
from reports.template.ways import asks

#: A longer list of words does not fit into a drop-down of its own and stands on a hidden sheet.
LONGEST_LIST = 255
#: Words with which a reader takes a cell as asked and not known.
UNKNOWN = "不明"
_YES_NO = ("是", "否")
_YOKE = ("有", "无")
#: What clerks call the furnaces in question: their words state shell and frequency too.
_FURNACES = ("铝壳炉", "钢壳炉", "铝壳中频炉", "钢壳中频炉", "中频炉", "工频炉")
_SURE = "如确实要这样填写，请点“是”。"


def words(slot: Slot, known: Field) -> tuple[str, ...]:
    """The words of a column's drop-down; none where it has none."""
    if known.type == "bool":
        return _YES_NO if "是否" in slot.head else _YOKE
    if known.enum is None:
        return ()
    told = _FURNACES if known.path == "equipment.kind" else ()
    return _YES_NO if asks(slot.head) else (*told, *known.enum.values())


def rule(slot: Slot, known: Field, cell: str, source: str | None) -> dict[str, Any] | None:
    """The validation of a column from `cell` down: a warning, no wall. `source`: where a long list stands."""
    listed = words(slot, known)
    if listed:
        return _told({"validate": "list", "source": source or list(listed)}, "请从下拉中选择", "、".join(listed))
    if known.path == "enterprise.uscc":
        return _custom(f"LEN({cell})=18", "信用代码应为18位", "18位统一社会信用代码，数字和大写字母，以文本填写")
    if known.path == "enterprise.contact_phone":
        return _custom(f"LEN({cell})>=7", "电话至少7位", "手机号或带区号的座机号")
    if known.type == "int":
        whole = f"AND(ISNUMBER({cell}),{cell}>=0,{cell}=INT({cell}))"
        return _custom(
            f'OR({whole},{cell}="{UNKNOWN}")', "应为不小于0的整数", f"整数，不用写单位；不知道的写“{UNKNOWN}”"
        )
    if slot.part and slot.part != "度":
        return _custom(f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<60)", "应为0到60之间的数字", "经纬度的分、秒，只写数字")
    if known.name in ("longitude", "latitude"):
        return _custom(f"AND(ISNUMBER({cell}),{cell}>=3,{cell}<=136)", "应为以度计的经纬度", "以度计，例如112.1945")
    if known.type == "decimal":
        text = f'AND(ISTEXT({cell}),OR({cell}="{UNKNOWN}",ISNUMBER(VALUE(LEFT({cell},1)))))'
        number = f"AND(ISNUMBER({cell}),{cell}>=0)"
        told = f"不小于0的数字，单位见表头；单位不同的连单位一起写；不知道的写“{UNKNOWN}”"
        return _custom(f"IF(ISNUMBER({cell}),{number},IFERROR({text},FALSE))", "应为不小于0的数字", told)
    if known.type == "date":
        said = ",".join(f'ISNUMBER(FIND("{mark}",{cell}))' for mark in ("年", "月", "-", ".", "/"))
        stored = f"AND(ISNUMBER({cell}),{cell}>=1900)"
        told = "写到哪天、哪月、哪年都可以，照文件原话也可以：2024-03-15、2024年3月、2024年3月底前"
        return _custom(f'OR({stored},{said},LEN({cell})=4,LEN({cell})=8,{cell}="{UNKNOWN}")', "日期没有写对", told)
    return None


def _custom(formula: str, error: str, told: str) -> dict[str, Any]:
    return _told({"validate": "custom", "value": "=" + formula}, error, told)


def _told(rule: dict[str, Any], error: str, told: str) -> dict[str, Any]:
    return rule | {
        "ignore_blank": True,
        "input_title": "填写提示",
        "input_message": told[:LONGEST_LIST],
        "error_title": "请核对",
        "error_message": f"{error}。{_SURE}",
        "error_type": "warning",
    }

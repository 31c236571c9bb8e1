"""Why a file cannot be read, each reason with its code and with what the sender can do."""

from __future__ import annotations

from app.errors import Unreadable
from importers.container.limits import Limits

RESAVE = "请用 Excel 或 WPS 打开后另存为 .xlsx 再试"


def empty() -> Unreadable:
    """No byte, or nothing but blanks."""
    return Unreadable("文件是空的，没有任何内容", fix="请检查是否选错了文件，重新发送有内容的表格", code="file.empty")


def wrong_type(kind: str) -> Unreadable:
    """What the bytes are, whatever the name says."""
    return Unreadable(
        f"这不是表格文件，实际是{kind}",
        fix="请发送 .xlsx、.xls、.ods 或 .csv 表格；若内容在别的文件里，请复制到表格中另存",
        code="file.wrong_type",
    )


def encrypted() -> Unreadable:
    """A password would be needed."""
    return Unreadable(
        "文件设了打开密码，无法读取",
        fix="请在 Excel 或 WPS 中取消密码，另存一份不加密的文件再试",
        code="file.encrypted",
    )


def damaged(what: str) -> Unreadable:
    """Truncated, flipped bits, or a structure that does not fit together."""
    return Unreadable(f"文件已损坏：{what}", fix=f"{RESAVE}；打不开时请向发送人再要一份", code="file.damaged")


def hostile(what: str) -> Unreadable:
    """Nothing that a spreadsheet program writes: made to deceive or to exhaust the reader."""
    return Unreadable(
        f"文件结构异常，为安全起见拒绝读取：{what}",
        fix=f"正常表格不会这样，请向发送人核实来源；确为正常表格时，{RESAVE}",
        code="file.hostile",
    )


def refuse_same_names(names: list[str]) -> None:
    """Where an engine finds sheets by their names, two of one name cannot be told apart."""
    for name in names:
        if names.count(name) > 1:
            raise damaged(f"有两张工作表都叫“{name}”，无法分清")


def over_limit(what: str, fix: str = "请删去多余的行、列、工作表或图片，或拆成几个文件再试") -> Unreadable:
    """Honest, but larger than any roster."""
    return Unreadable(f"文件超出可读范围：{what}", fix=fix, code="file.over_limit")


def exhausted(limits: Limits, took: float) -> Unreadable:
    """The child needed more memory or time than it may use."""
    memory = f"{limits.memory_bytes // 1_000_000} MB"
    if took < limits.cpu_seconds:
        return over_limit(
            f"读取它所需的内存超出限制（{memory}），文件里写的行数、列数或大小可能不实",
            f"{RESAVE}；仍读不出时，请删去多余的行、列、工作表或图片，或拆成几个文件",
        )
    return over_limit(f"读取它所需的内存或时间超出限制（{limits.wall_seconds:g} 秒、{memory}）")

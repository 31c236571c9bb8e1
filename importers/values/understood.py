"""What one cell is understood to say, and the doubts that it may raise, each with its sentence and its remedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.statement import Value

#: Code, severity, message, fix. The caller adds sheet, cell, field and raw text.
Doubt = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Understood:
    """The value of one cell under one field; None states nothing. `also`: further facts of the same cell, by path."""

    value: Value | None
    issue: Doubt | None = None
    also: Mapping[str, Value] = field(default_factory=dict)


NOTHING = Understood(None)

_DOUBTS: dict[str, tuple[str, str, str]] = {
    "value.stated_unknown": ("question", "写的是“{raw}”，没有说明情况", "请核实后填写“{zh}”，确实不清楚的保持不变"),
    "value.below_detection": ("question", "写的是“{raw}”，没有数值", "请填写检出限或测得的数值"),
    "value.not_understood": ("question", "“{zh}”写的是“{raw}”，看不懂", "请改用常用写法{example}"),
    "value.unit_unknown": (
        "question",
        "“{zh}”只写了数字“{raw}”，不知道是什么单位",
        "请在表头或单元格中写明单位{example}",
    ),
    "value.unit_mismatch": ("question", "“{zh}”的单位写成了“{unit}”，不是这一项的单位", "请核对数值和单位{example}"),
    "value.melt_rate": ("warning", "“{raw}”是熔化率，不是炉子的容量", "容量请以吨填写，熔化率请另列"),
    "value.not_exact": ("question", "“{zh}”写的是“{raw}”，不是一个确定的数", "请填写一个确定的数值"),
    "value.implausible": ("question", "“{zh}”写的是“{raw}”，不像是真实的数值", "请核对数值和单位"),
    "value.states_apart": ("question", "“{raw}”说了有几台在用、几台备用，没有说是哪几台", "请把在用的和备用的分行填写"),
    "value.not_whole": ("question", "“{zh}”写的是“{raw}”，应当是整数", "请填写整数"),
    "value.mark_unclear": ("question", "“{raw}”是什么意思不清楚", "请写明是或否，已办、未办或在办"),
    "value.kind_unclear": ("question", "“{raw}”可能是几种炉子，分不清是哪一种", "请写明炉型，如中频炉、电弧炉、电阻炉"),
    "value.fuel_unclear": ("question", "“{raw}”可能是几种燃料", "请写明天然气、煤气等"),
    "value.masked": ("question", "“{raw}”被打了星号，号码不完整", "请填写完整的号码"),
    "value.year_unknown": ("question", "“{raw}”没有写年份", "请写明年份，如2025年10月底前"),
    "value.month_unclear": (
        "question",
        "“{raw}”可能是1月，也可能是10月（数字格式丢掉了末尾的0）",
        "请写成2014年10月的样子",
    ),
    "value.bad_date": ("question", "“{raw}”没有这一天", "请核对日期"),
    "value.not_a_day": ("question", "“{raw}”不是具体的日期", "请填写日期，如2025年12月31日前"),
    "value.no_day": ("question", "写了“{raw}”，没有写日期", "请填写日期，如2024年3月"),
    "value.period": ("question", "“{raw}”是一段时间，不知道指哪一天", "请填写一个日期"),
    "value.cell_error": ("question", "单元格是错误值或没有结果的公式“{raw}”", "请改为填写数值或文字"),
    "cell.struck_out": ("question", "“{raw}”已被划掉，按未填写对待", "如仍有效，请取消删除线"),
    "uscc.digits_lost": (
        "error",
        "信用代码被表格软件改成了科学计数法，后几位已丢失",
        "请把该列设为“文本”格式后重新填写18位代码",
    ),
    "uscc.bad_check": ("warning", "信用代码“{raw}”的校验位不对，可能有一位写错", "请对照营业执照核对18位代码"),
    "uscc.malformed": (
        "warning",
        "信用代码“{raw}”不合规则：应为18位，不含字母I、O、S、V、Z",
        "请对照营业执照核对18位代码",
    ),
    "uscc.organisation_code": (
        "question",
        "“{raw}”是9位组织机构代码，不是统一社会信用代码",
        "请填写营业执照上的18位代码",
    ),
    "code.digits_lost": ("question", "“{raw}”被表格软件改成了数字，后几位已丢失", "请把该列设为“文本”格式后重新填写"),
}


def doubt(code: str, raw: str = "", zh: str = "", *, unit: str = "", example: str = "") -> Doubt:
    """The doubt of that code about a text written under a field's Chinese name."""
    severity, message, fix = _DOUBTS[code]
    shown = raw if len(raw) <= 40 else raw[:40] + "…"
    said = {"raw": shown, "zh": zh or "此项", "unit": unit, "example": f"，如{example}" if example else ""}
    return code, severity, message.format(**said), fix.format(**said)


def asked(code: str, raw: str = "", zh: str = "", **words: str) -> Understood:
    """Nothing stated, and that doubt."""
    return Understood(None, doubt(code, raw, zh, **words))

"""What can be measured or metered of a firm or a machine, in which unit, and the circumstances that belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from app.domain.statement import Value
from app.domain.vocabulary import ENUMS
from app.errors import BadInput


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of measurement. `whose`: `machine`, `firm`, or `either`."""

    name: str
    zh: str
    unit: str
    whose: str
    asked: str


_MEASURES = (
    ("energy_kwh_per_t", "熔炼电耗", "千瓦·小时/吨金属液", "machine", "熔炼每吨金属液用电多少千瓦时"),
    ("tce_per_t", "吨铸件综合能耗", "吨标准煤/吨", "firm", "吨铸件综合能耗是多少吨标准煤"),
    ("comparable_kwh_per_t", "可比用电单耗", "千瓦·小时/吨", "machine", "可比用电单耗每吨多少千瓦时"),
    ("comparable_kgce_per_t", "可比燃料单耗", "千克标准煤/吨", "machine", "可比燃料单耗每吨多少千克标准煤"),
    ("pm_mg_per_m3", "颗粒物", "毫克/立方米", "either", "颗粒物实测浓度是多少"),
    ("so2_mg_per_m3", "二氧化硫", "毫克/立方米", "either", "二氧化硫实测浓度是多少"),
    ("nox_mg_per_m3", "氮氧化物", "毫克/立方米", "either", "氮氧化物实测浓度是多少"),
    ("nmhc_mg_per_m3", "非甲烷总烃", "毫克/立方米", "either", "非甲烷总烃实测浓度是多少"),
    ("tvoc_mg_per_m3", "总挥发性有机物", "毫克/立方米", "either", "总挥发性有机物实测浓度是多少"),
    ("benzene_mg_per_m3", "苯", "毫克/立方米", "either", "苯实测浓度是多少"),
    ("btex_mg_per_m3", "苯系物", "毫克/立方米", "either", "苯系物实测浓度是多少"),
    ("wall_temperature_c", "炉壁外表温度", "摄氏度", "machine", "炉壁外表温度是多少"),
)

MEASURES: dict[str, Measure] = {row[0]: Measure(*row) for row in _MEASURES}

METALS = {"iron": "铸铁", "steel": "铸钢", "nonferrous": "有色金属"}

#: What may be told beside a value: its type, and how it is asked for. Words of a closed list are its type.
CIRCUMSTANCES: dict[str, tuple[str | Mapping[str, str], str]] = {
    "o2_pct": ("decimal", "测的时候烟气含氧量是百分之多少"),
    "metal": (METALS, "熔炼的是铸铁还是铸钢"),
    "fuel": (ENUMS["fuel"], "用什么燃料"),
    "furnace": ("text", "是哪种热处理炉（台车炉、箱式炉、井式炉等）"),
    "temperature_c": ("decimal", "工作温度多少摄氏度"),
    "blast_temperature_c": ("decimal", "鼓风温度多少摄氏度"),
    "power_kw": ("decimal", "功率多少千瓦"),
    "built_up_area": ("bool", "是否在省辖市建成区内"),
}

#: No instrument shows more in these units; what is larger is a slip of the pen.
_LARGEST = 1e9

_YES_NO = {"是": True, "true": True, "yes": True, "否": False, "false": False, "no": False}


def oxygen(percent: float) -> float:
    """An oxygen content that air can have.

    Raises:
        BadInput: below 0, or 21 and above, where the conversion has no meaning.
    """
    if not 0 <= percent < 21:
        raise BadInput(
            f"含氧量 {percent:g}% 不成立",
            fix="烟气含氧量应在 0 到 21 之间（不含 21），请核对监测报告",
            code="limits.o2",
        )
    return percent


def measured(name: str, value: float) -> float:
    """A value that a kind of measurement takes.

    Raises:
        BadInput: when there is no such kind, or the value is none (below zero, beyond all instruments).
    """
    if name not in MEASURES:
        listed = "、".join(f"{one.name}（{one.zh}）" for one in MEASURES.values())
        raise BadInput(f"没有“{name}”这种测量", fix=f"可以写：{listed}", code="measure.kind")
    if not 0 <= value <= _LARGEST:
        raise BadInput(f"{MEASURES[name].zh}的值“{value:g}”不成立", fix="请写零到十亿之间的数", code="measure.value")
    return value


def circumstance(name: str, text: str) -> Value:
    """What is told beside a value, from its words.

    Raises:
        BadInput: when there is no such circumstance, or the words are none of its values.
    """
    if name not in CIRCUMSTANCES:
        known = "、".join(CIRCUMSTANCES)
        raise BadInput(f"没有“{name}”这一项", fix=f"可以写：{known}", code="measure.circumstance")
    kind = CIRCUMSTANCES[name][0]
    if not isinstance(kind, str):
        return _word(name, text, kind)
    if kind == "text":
        return _text(name, text)
    if kind == "bool":
        if text.strip().lower() not in _YES_NO:
            raise BadInput(f"{name}“{text}”看不懂", fix="请写 是 或 否", code="measure.circumstance")
        return _YES_NO[text.strip().lower()]
    found = number(name, text)
    return oxygen(found) if name == "o2_pct" else found


def number(name: str, text: str) -> float:
    """A plain number.

    Raises:
        BadInput: when it is none.
    """
    try:
        found = float(text.strip())
    except ValueError as error:
        raise BadInput(f"{name}“{text}”不是数字", fix="请只写数字，单位已在名称里", code="measure.value") from error
    if not isfinite(found):
        raise BadInput(f"{name}“{text}”不是数字", fix="请只写数字，单位已在名称里", code="measure.value")
    return found


def _word(name: str, text: str, words: Mapping[str, str]) -> str:
    by_label = {zh: value for value, zh in words.items()}
    found = by_label.get(text.strip(), text.strip())
    if found not in words:
        raise BadInput(f"{name}“{text}”看不懂", fix=f"可以写：{'、'.join(words.values())}", code="measure.circumstance")
    return found


def _text(name: str, text: str) -> str:
    if not text.strip() or len(text) > 100 or not text.isprintable():
        raise BadInput(f"{name}“{text[:20]}”不能这样写", fix="请写一百字以内的文字", code="measure.circumstance")
    return text.strip()

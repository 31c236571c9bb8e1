"""What a limit lacks, as a clerk would be asked: 3号炉容量多少吨、熔炼每吨金属液用电多少千瓦时？"""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.measures import CIRCUMSTANCES, MEASURES
from app.rules.limits.ranges import Facts
from app.rules.questions import subject

_OF_MACHINE = {
    "kind": "是什么炉",
    "core": "是有芯炉还是无芯炉",
    "state": "那一天是否已拆除",
    "capacity_t": "容量多少吨",
    "made_on": "哪年哪月制造（出厂）",
    "commissioned_on": "哪年哪月投运",
}
_OF_FIRM = {
    "enterprise.scale": "是规模以上还是规模以下",
    "enterprise.industry_code": "是不是铸造企业（行业代码 3391、3392）",
    "enterprise.main_product": "主要产品是不是法兰",
    "measurement.equipment": "测的是哪一台设备",
    "equipment.owner": "是不是这台设备的主人",
    "permit.safety_grade": "安全生产标准化达到几级、有效期到哪一天",
    "permit.pollutant_discharge": "有没有排污许可证，是重点管理、简化管理还是登记管理",
    "permit.valid_to": "排污许可证有效期到哪一天",
    "permit.renewal": "有没有申请延续排污许可证，哪天申请的",
}
_FIRMS_MEASURES = frozenset(name for name, one in MEASURES.items() if one.whose == "firm")


def question(facts: Facts, lacks: Iterable[str]) -> str | None:
    """The one question that would settle it; None where nothing that can be told is lacking."""
    named = tuple(dict.fromkeys(lacks))
    of_firm = [_firm(name) for name in named if _is_firms(name)]
    of_machine = [_machine(name) for name in named if not _is_firms(name)]
    asked = [f"{subject(facts)}{'、'.join(of_machine)}"] if of_machine else []
    asked += [f"该企业{'、'.join(of_firm)}"] if of_firm else []
    return f"{'；'.join(asked)}？" if asked else None


def _is_firms(name: str) -> bool:
    return "." in name or name in _FIRMS_MEASURES


def _firm(name: str) -> str:
    if name in MEASURES:
        return MEASURES[name].asked
    return _OF_FIRM.get(name, f"“{name}”是什么")


def _machine(name: str) -> str:
    if name in MEASURES:
        return MEASURES[name].asked
    if name in _OF_MACHINE:
        return _OF_MACHINE[name]
    return CIRCUMSTANCES[name][1] if name in CIRCUMSTANCES else f"“{name}”是什么"

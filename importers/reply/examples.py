"""How the cells of a field can read: one example a field, and the words of a field that knows only some."""

from __future__ import annotations

from app.domain.credit_code import check_character
from app.domain.vocabulary import Field, field

_CODE = "91431127MA4L00001"
_BY_PATH = {
    "enterprise.name": "蓝山县某某铸造有限公司",
    "enterprise.uscc": _CODE + check_character(_CODE),
    "enterprise.registration_no": "431127000012345",
    "enterprise.contact_phone": "13812345678",
    "enterprise.township": "新圩镇",
    "enterprise.industry_code": "3391",
    "enterprise.longitude": "112.194500",
    "enterprise.latitude": "25.375200",
    "enterprise.capacity_t_per_year": "20000吨/年或2万吨/年",
    "enterprise.output_t_per_year": "20000吨或2万吨",
    "enterprise.output_value_wan": "3000万元",
    "enterprise.tax_wan": "100万元",
    "enterprise.electricity_kwh": "120万千瓦时",
    "enterprise.land_mu": "20亩",
    "enterprise.employees": "28人",
    "equipment.capacity_t": "0.5吨",
    "equipment.melt_rate_t_per_h": "3吨/小时",
    "equipment.quantity": "2台",
    "equipment.power_kw": "250千瓦",
    "equipment.transformer_kva": "1250千伏安",
    "equipment.kind": "中频感应电炉、电弧炉、冲天炉",
    "permit.number": "湘环评〔2019〕12号",
    "action.document_no": "蓝政函〔2025〕5号",
}
_DAY = "2024年3月15日"
_SHOWN = 3


def example_of(path: str | None) -> str:
    """How a cell of this field can read; empty where words are free."""
    known = _field(path)
    if known is None:
        return ""
    if known.path in _BY_PATH:
        return _BY_PATH[known.path]
    if known.type == "date":
        return _DAY
    return "、".join(choices_of(path)[:_SHOWN])


def choices_of(path: str | None) -> tuple[str, ...]:
    """All words of a field that knows only some; none for others."""
    known = _field(path)
    if known is None:
        return ()
    if known.type == "bool":
        return ("有", "无")
    # A kind of furnace is written in more ways than its label says: its label alone would lose the rest.
    return tuple((known.enum or {}).values()) if known.path != "equipment.kind" else ()


def _field(path: str | None) -> Field | None:
    try:
        return field(path or "")
    except (KeyError, ValueError):
        return None

"""The vocabulary: every fact that a roster can carry, under one name each, with its type, unit and values.

Types: text, int, decimal, bool, date (an interval), code, and enum:<name>. Names, units and values are a contract; none
is renamed or reused.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from app.domain.dates import DateInterval


@dataclass(frozen=True, slots=True)
class Field:
    """One fact's name, Chinese label, type and unit."""

    section: str
    name: str
    zh: str
    type: str
    unit: str | None = None

    @property
    def path(self) -> str:
        """As columns and issues name it: equipment.capacity_t."""
        return f"{self.section}.{self.name}"

    @property
    def enum(self) -> dict[str, str] | None:
        """Values with their Chinese labels, where the type is an enumeration."""
        return ENUMS[self.type[5:]] if self.type.startswith("enum:") else None


ENUMS: dict[str, dict[str, str]] = {
    "scale": {
        "above": "规模以上",
        "below": "规模以下",
        "workshop": "作坊",
    },
    "enterprise_status": {
        "producing": "在产",
        "suspended": "停产",
        "building": "在建",
        "closed": "关停退出",
        "relocated": "搬迁",
        "merged": "被整合",
    },
    "grade": {
        "A": "A级",
        "B": "B级",
        "B-": "B-级",
        "C": "C级",
        "D": "D级",
        "leading": "引领性",
        "not_leading": "非引领性",
    },
    "equipment_kind": {
        "induction_furnace": "感应电炉",
        "cupola": "冲天炉",
        "arc_furnace": "电弧炉",
        "gas_melting_furnace": "燃气熔化炉",
        "resistance_furnace": "电阻炉",
        "crucible_furnace": "坩埚炉",
        "heating_furnace": "加热炉",
        "heat_treatment_furnace": "热处理炉",
        "gas_producer": "煤气发生炉",
        "pellet_shaft_furnace": "球团竖炉",
        "boiler": "锅炉",
        "dyeing_setter": "印染定型机",
        "reactor": "化学反应釜",
        "pressure_vessel": "压力容器",
        "lift": "工业升降设备",
        "transformer": "变压器",
        "motor": "电动机",
        "pump": "泵",
        "compressor": "压缩机",
        "fan": "风机",
        "other": "其他",
    },
    "frequency": {
        "mains": "工频",
        "medium": "中频",
        "high": "高频",
    },
    "core": {
        "coreless": "无芯",
        "channel": "有芯",
    },
    "shell": {
        "aluminium": "铝壳",
        "steel": "钢壳",
    },
    "fuel": {
        "electricity": "电",
        "natural_gas": "天然气",
        "coke": "焦炭",
        "coal": "煤",
        "oil": "油",
        "biomass": "生物质",
        "producer_gas": "煤气",
    },
    "equipment_state": {
        "in_use": "在用",
        "standby": "备用",
        "idle": "闲置",
        "sealed": "封存",
        "shut_not_removed": "关停未拆除",
        "removed": "已拆除",
    },
    "permit_kind": {
        "business_licence": "营业执照",
        "project_filing": "立项备案",
        "land": "用地手续",
        "eia": "环评批复",
        "eia_acceptance": "环保验收",
        "pollutant_discharge": "排污许可",
        "energy_review": "节能审查",
        "safety_grade": "安全生产标准化",
        "fire": "消防手续",
        "capacity_swap": "产能置换",
    },
    "permit_standing": {
        "held": "已办",
        "lacking": "未办",
        "applying": "在办",
        "expired": "过期",
        "not_required": "无需办理",
        "revoked": "已吊销（注销）",
    },
    "permit_class": {
        "key": "重点管理",
        "simplified": "简化管理",
        "registration": "登记管理",
        "level_1": "一级",
        "level_2": "二级",
        "level_3": "三级",
    },
    "plan_stage": {
        "none": "未制定",
        "made": "已制定",
        "reviewed": "已评审",
        "notified": "已下达整改通知",
        "in_progress": "整改中",
        "self_accepted": "已自主验收",
        "certified": "已出具证明",
        "accepted": "已通过验收",
        "failed": "验收未通过",
    },
    "acceptance": {
        "passed": "通过",
        "failed": "未通过",
        "pending": "待验收",
    },
    "action_kind": {
        "correction_order": "责令改正",
        "rectification_notice": "限期整改",
        "production_limit": "限制生产",
        "halt": "停产",
        "suspension_rectification": "停产停业整顿",
        "power_cut": "停电",
        "power_restored": "复电",
        "resumed": "恢复生产",
        "sealed": "封存",
        "dismantled": "拆除",
        "ordered_closure": "责令停业关闭",
        "closure": "关停退出",
        "licence_revoked": "吊销（注销）许可",
    },
}

_FIELDS = {
    "enterprise": (
        ("name", "企业名称", "text"),
        ("short_name", "企业简称", "text"),
        ("former_name", "曾用名", "text"),
        ("uscc", "统一社会信用代码", "code"),
        ("registration_no", "营业执照注册号", "code"),
        ("legal_representative", "法定代表人", "text"),
        ("contact_person", "联系人", "text"),
        ("contact_phone", "联系电话", "text"),
        ("county", "县（市、区）", "text"),
        ("township", "乡镇（街道）", "text"),
        ("village", "村（社区）", "text"),
        ("address", "详细地址", "text"),
        ("longitude", "经度", "decimal", "degree"),
        ("latitude", "纬度", "decimal", "degree"),
        ("park", "所在园区（集聚区）", "text"),
        ("industry_code", "行业代码", "code"),
        ("industry", "行业", "text"),
        ("scale", "规模", "enum:scale"),
        ("status", "生产状态", "enum:enterprise_status"),
        ("main_product", "主要产品", "text"),
        ("capacity_t_per_year", "产能", "decimal", "t/a"),
        ("output_t_per_year", "年产量", "decimal", "t/a"),
        ("output_value_wan", "产值", "decimal", "10,000 yuan"),
        ("tax_wan", "税收", "decimal", "10,000 yuan"),
        ("electricity_kwh", "用电量", "decimal", "kWh"),
        ("power_account_no", "用电户号", "code"),
        ("land_mu", "占地面积", "decimal", "mu"),
        ("employees", "职工人数", "int"),
        ("established_on", "成立时间", "date"),
        ("grade", "绩效分级", "enum:grade"),
        ("disposition", "整治类别（三个一批、四个一批）", "text"),
        ("problem", "存在问题", "text"),
        ("measures", "整改措施", "text"),
        ("deadline", "完成时限", "date"),
        ("progress", "整改进展", "text"),
        ("responsible_unit", "责任单位", "text"),
        ("pollution_points", "污染环节", "text"),
        ("supervision", "运行监管", "text"),
        ("abatement_state", "治理现状", "text"),
        ("management_level", "管理水平", "text"),
        ("remark", "备注", "text"),
    ),
    "equipment": (
        ("code", "设备编号（炉号）", "text"),
        ("name", "设备名称", "text"),
        ("kind", "炉型（设备类别）", "enum:equipment_kind"),
        ("frequency", "频率类别", "enum:frequency"),
        ("core", "炉芯", "enum:core"),
        ("shell", "炉壳", "enum:shell"),
        ("yoke", "有无磁轭", "bool"),
        ("capacity_t", "容量", "decimal", "t"),
        ("melt_rate_t_per_h", "熔化率", "decimal", "t/h"),
        ("quantity", "台数", "int", "furnace bodies"),
        ("power_kw", "功率", "decimal", "kW"),
        ("transformer_kva", "变压器容量", "decimal", "kVA"),
        ("model", "规格型号", "text"),
        ("fuel", "燃料", "enum:fuel"),
        ("state", "使用状态", "enum:equipment_state"),
        ("made_on", "制造（出厂）时间", "date"),
        ("commissioned_on", "投运时间", "date"),
        ("removed_on", "拆除时间", "date"),
        ("destination", "拆除去向", "text"),
        ("maker", "制造厂", "text"),
        ("serial_no", "出厂编号", "code"),
        ("abatement", "治理设施", "text"),
        ("remark", "设备备注", "text"),
    ),
    "permit": (
        ("kind", "手续类别", "enum:permit_kind"),
        ("standing", "办理情况", "enum:permit_standing"),
        ("number", "证号（文号）", "code"),
        ("issuer", "发证机关", "text"),
        ("valid_from", "有效期起", "date"),
        ("valid_to", "有效期止", "date"),
        ("class", "管理类别", "enum:permit_class"),
    ),
    "plan": (
        ("made_on", "方案制定时间", "date"),
        ("stage", "方案阶段", "enum:plan_stage"),
        ("accepted_on", "验收时间", "date"),
        ("acceptance", "验收结论", "enum:acceptance"),
    ),
    "action": (
        ("kind", "处置类别", "enum:action_kind"),
        ("taken_on", "处置时间", "date"),
        ("authority", "实施单位", "text"),
        ("document_no", "文号", "code"),
    ),
}

SECTIONS: dict[str, dict[str, Field]] = {
    section: {row[0]: Field(section, *row) for row in rows} for section, rows in _FIELDS.items()
}


def field(path: str) -> Field:
    """The field of a path such as `equipment.capacity_t`.

    Raises:
        KeyError: when the vocabulary has no such field.
    """
    section, name = path.split(".", 1)
    return SECTIONS[section][name]


_KINDS: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "code": str,
    "int": int,
    "decimal": (int, float),
    "bool": bool,
    "date": DateInterval,
}


def takes(known: Field, value: object) -> bool:
    """Whether a field takes a value: its kind, one of its words, a number that is none below zero."""
    if known.enum is not None:
        return isinstance(value, str) and value in known.enum
    kind = _KINDS[known.type]
    if isinstance(value, bool) or kind is bool:
        return isinstance(value, bool) and kind is bool
    if isinstance(value, (int, float)):
        signed = known.name in ("longitude", "latitude")
        return isinstance(value, kind) and isfinite(value) and (signed or value >= 0)
    return isinstance(value, kind) and (not isinstance(value, str) or bool(value.strip()))


def label(section: str, name: str, value: object) -> str:
    """A value as a person reads it: the Chinese word of an enumerated value, 是 or 否, else the text as written."""
    if isinstance(value, DateInterval):
        return value.text
    enum = SECTIONS[section][name].enum
    if enum is not None:
        return enum.get(str(value), str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:.15g}" if isinstance(value, float) else str(value)

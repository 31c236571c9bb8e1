"""What each column of a template can hold, by its field and the words of its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from app.domain.register import Equipment
from app.domain.vocabulary import ENUMS
from app.domain.vocabulary import field as field_of
from reports.template.columns import TemplateColumn, paths
from reports.template.content import Slot
from reports.template.units import MINUTES_IN_FULL, unit_to_add

_SERIAL = re.compile(r"(总|本表)?序号?|编号|编码|行号|项次|[Nn][Oo]\.?|№")
#: Which kind of permit or action a head speaks of. The words are tried in this order.
_KINDS = {
    "permit": (
        ("eia_acceptance", "(环保|环评|环境|竣工|三同时).*验收|三同时"),
        ("pollutant_discharge", "排污"),
        ("eia", "环评|环境影响|环保"),
        ("capacity_swap", "产能置换"),
        ("energy_review", "节能|能评"),
        ("project_filing", "立项|备案"),
        ("land", "用地|土地|国土|不动产"),
        ("safety_grade", "安全|安标|标准化"),
        ("fire", "消防"),
        ("business_licence", "营业执照|工商"),
    ),
    "action": (
        ("power_restored", "恢复(送电|供电|用电|通电)|复电|(?<!停)送电"),
        ("power_cut", "停电|断电|停止供电|切断电源|拉闸"),
        ("resumed", "恢复生产|复工|复产"),
        ("suspension_rectification", "停产停业|停产(整治|整顿|整改)|停业整顿"),
        ("ordered_closure", "责令(停业)?、?关闭|责令停业"),
        ("production_limit", "限制生产|限产"),
        ("halt", "停产"),
        ("correction_order", "责令改正"),
        ("rectification_notice", "限期整改|整改通知"),
        ("licence_revoked", "吊销|注销|撤销"),
        ("closure", "关停|关闭|取缔|退出"),
        ("sealed", "查封|封存"),
    ),
}
#: What the head of a column of counts says of the machines that it counts.
_SAID: dict[str, tuple[str, str | bool]] = {
    "铝壳": ("shell", "aluminium"),
    "钢壳": ("shell", "steel"),
    "中频": ("frequency", "medium"),
    "工频": ("frequency", "mains"),
    "高频": ("frequency", "high"),
    "无磁轭": ("yoke", False),
    "在用": ("state", "in_use"),
    "备用": ("state", "standby"),
    "闲置": ("state", "idle"),
    "封存": ("state", "sealed"),
    "已拆除": ("state", "removed"),
    **{zh: ("kind", kind) for kind, zh in ENUMS["equipment_kind"].items() if kind != "other"},
}
#: What the head of a column that counts heating furnaces says of their fuel.
_FUELS = (
    ("natural_gas", "天然气|燃气"),
    ("electricity", "电(?=加热|热处理)"),
    ("coal", "燃煤|煤(?!气)"),
    ("producer_gas", "煤气"),
    ("oil", "燃油|柴油|重油"),
    ("biomass", "生物质"),
)
#: Machines that melt, and the words of heads that speak of those or of others.
_MELTING = {
    *("induction_furnace", "cupola", "arc_furnace", "gas_melting_furnace", "resistance_furnace", "crucible_furnace"),
}
_MELTS = re.compile("熔炼|熔化|冶炼|炉")
_OTHERS = re.compile("其他|其它|辅助|配套")
_HEATING = re.compile("加热炉|热处理炉")
_NUMBERED = re.compile(
    r"第?([0-9]+|[一二三四五六七八九十]+)(号|#)?(.{0,4}(炉|设备|台))?|.{0,4}(炉|炉子|设备)([0-9]+|[一二三四五六七八九十])(号|#)?|[#].*"
)
_ANGLE = re.compile(r".*(?:[经纬]度|[东西南北][经纬]).*?[(（]?([度分秒])[)）]?")
_REMARK = re.compile("[（(].*?[)）]")
_UNIT = re.compile("(计量|容量|吨位|规格|容积|型号)?单位")
_ANGLES = ("longitude", "latitude")
_SIZES = ("equipment.capacity_t", "equipment.model")
_NUMERAL = re.compile(r"[0-9]+|[一二三四五六七八九十]+|[①-⑨]")


def slots_of(columns: Sequence[TemplateColumn]) -> tuple[Slot, ...]:
    """Every column with what it can hold; one that was not understood holds nothing."""
    slots: list[Slot] = []
    for at, (column, path) in enumerate(zip(columns, paths(columns), strict=True)):
        slots.append(_kind_told(_slot(at, column, path), slots))
    return tuple(_blocked(_angled(_measured(slots))))


def _slot(at: int, column: TemplateColumn, path: tuple[str, ...]) -> Slot:
    if column.field is None:
        return Slot(at, column, path, serial=bool(_SERIAL.fullmatch("".join(path).strip())))
    section, name = column.field.split(".", 1)
    add = unit_to_add(field_of(column.field), "/".join(path), column.unit)
    headed = (*path[:-1], f"{path[-1]}（{add}）") if add else path
    return Slot(at, column, headed, section, name)


def _measured(slots: Sequence[Slot]) -> list[Slot]:
    """The slots with those of units: 单位 right of a size, which was read as no field of its own."""
    found = list(slots)
    for at, (size, one) in enumerate(pairwise(slots), 1):
        if (
            size.column.field in _SIZES
            and one.column.field is None
            and _UNIT.fullmatch(_REMARK.sub("", one.path[-1]).strip())
        ):
            found[at] = replace(one, unit_of=size.name)
    return found


def _angled(slots: Sequence[Slot]) -> list[Slot]:
    """The slots with the parts of coordinates: 度, 分 and 秒 in columns of their own; without 秒, minutes in full."""
    said = {one.at: found[1] for one in slots if one.name in _ANGLES and (found := _ANGLE.fullmatch(one.head))}
    parts = {name: {said[one.at] for one in slots if one.name == name and one.at in said} for name in _ANGLES}
    divided = [name for name in _ANGLES if {"度", "分"} <= parts[name]]
    return [
        replace(one, part=MINUTES_IN_FULL if said[one.at] == "分" and "秒" not in parts[one.name] else said[one.at])
        if one.at in said and one.name in divided
        else one
        for one in slots
    ]


def _kind_told(slot: Slot, before: Sequence[Slot]) -> Slot:
    """The slot with the kind of paper that its head names; a general word goes with the paper beside it."""
    if slot.section not in _KINDS or slot.name == "kind":
        return slot
    for words in dict.fromkeys((slot.path[-1], slot.head)):
        for kind, expression in _KINDS[slot.section]:
            if re.search(expression, words):
                return replace(slot, kind=kind)
    beside = next((one for one in reversed(before) if one.section == slot.section), None)
    return replace(slot, kind=beside.kind) if beside else slot


def _blocked(slots: Sequence[Slot]) -> list[Slot]:
    """The slots of machines with their blocks: numbered furnaces side by side, or types that heads count."""
    machines = [slot for slot in slots if slot.section == "equipment"]
    again = {one.name for at, one in enumerate(machines) if one.name in [other.name for other in machines[:at]]}
    numbered = {}
    for slot in machines:
        grouped = len(slot.path) > 1 and _NUMBERED.fullmatch(slot.path[-2])
        counts = slot.name == "quantity" and bool(counted(slot))
        number = _NUMERAL.search(slot.path[-1]) if slot.name in again and not counts else None
        if grouped or number:
            numbered[slot.at] = slot.path[-2] if grouped else number[0] if number else ""
    several = len(set(numbered.values())) > 1
    found = []
    for slot in slots:
        if several and slot.at in numbered:
            slot = replace(slot, block=numbered[slot.at])
        elif slot.column.field == "equipment.quantity" and counted(slot):
            slot = replace(slot, block=f"{slot.at}:{slot.head}")
        found.append(slot)
    return found


def counted(slot: Slot) -> dict[str, str | bool]:
    """What the head of a column of counts says of the machines: 铝壳炉（台）."""
    said = dict(told for word, told in _SAID.items() if word in slot.head)
    fuel = next((fuel for fuel, words in _FUELS if re.search(words, slot.head)), None)
    return said | {"fuel": fuel} if fuel and _HEATING.search(slot.head) else said


def fits(slots: Sequence[Slot], machine: Equipment) -> bool:
    """Whether a block can tell of a machine: a count of its type with its number, or a furnace of its code."""
    (first, *_) = slots
    if first.name == "quantity" and (says := counted(first)):
        known = isinstance(machine.facts.get("quantity"), int)
        return known and all(machine.facts.get(name) == value for name, value in says.items())
    code = str(machine.facts.get("code") or "")
    said = _NUMERAL.search(code)
    return not code or code == first.block or (said is not None and said[0] == first.block)


def speaks_of(slot: Slot, machine: Equipment) -> int:
    """How surely a column for machines in words speaks of a machine, by its head."""
    kind = str(machine.facts.get("kind", ""))
    zh, head = ENUMS["equipment_kind"].get(kind, ""), slot.head
    if zh and kind != "other" and zh in head:
        return 3
    if kind in _MELTING and _MELTS.search(head):
        return 2
    return 1 if kind not in _MELTING and _OTHERS.search(head) else 0

"""Facts as a clerk writes them into cells: numbers with units, marks, words, coordinates, machines in words."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from tests.importers.layouts.drawn.firms import KINDS, Machine
from tests.importers.layouts.making import V, W

#: The words of the enumerated values.
CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "e.status": {
        "producing": ("在产", "正常生产", "生产"),
        "suspended": ("停产", "长期停产", "已停产"),
        "building": ("在建", "建设中"),
        "closed": ("关停", "已关停", "关停退出"),
    },
    "e.grade": {
        "A": ("A级", "A"), "B": ("B级", "B"), "B-": ("B-级", "B-"), "C": ("C级", "C"), "D": ("D级", "D"),
        "leading": ("引领性", "引领性企业"), "not_leading": ("非引领性", "非引领性企业"),
    },
    "p.pollutant_discharge.class": {
        "key": ("重点管理", "重点"), "simplified": ("简化管理", "简化"), "registration": ("登记管理", "排污登记"),
    },
    "plan.acceptance": {"passed": ("通过", "已通过"), "failed": ("未通过", "不通过"), "pending": ("待验收",)},
    "m.state": {
        "in_use": ("在用", "正常使用", "使用"),
        "standby": ("备用",),
        "idle": ("闲置", "长期闲置", "闲置未使用"),
        "sealed": ("封存", "已封存"),
        "shut_not_removed": ("关停未拆除", "已关停未拆除"),
        "removed": ("已拆除", "拆除到位"),
    },
}  # fmt: skip
#: How a column marks that a permit is held or lacking; what else there is goes in words.
MARKS = (
    ("有", "无"),
    ("是", "否"),
    ("√", "×"),
    ("已办", "未办"),
    ("已办理", "未办理"),
    ("✓", "✗"),
    ("已取得", "未取得"),
    ("√", "无"),
)
_ELSE = {"applying": ("在办", "办理中", "正在办理"), "expired": ("过期", "已过期")}
YES_NO = (("有", "无"), ("是", "否"), ("√", "×"), ("Y", "N"))
_CHINESE = {1: "一", 2: "两", 3: "三", 4: "四", 5: "五"}


def plain_number(value: Decimal) -> int | float:
    """A number as a sheet stores it."""
    return int(value) if value == value.to_integral_value() else float(value)


def scaled(value: Any, factor: int) -> Decimal:
    """A value in another unit; a negative factor multiplies (0.5 t is 500 kg)."""
    number = Decimal(str(value))
    return number * -factor if factor < 0 else number / factor


def _full_width(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def write_number(rng: Random, value: Any, unit: str, factor: int, *, shown: bool) -> V:
    """A number in its unit; `shown`: the cell itself must say the unit."""
    number = plain_number(scaled(value, factor))
    text = f"{number:,}" if isinstance(number, int) and number >= 1000 and rng.random() < 0.3 else f"{number}"
    raw: Any = number
    if shown:
        raw = rng.choice((f"{text}{unit}", f"{text} {unit}", f"{text}{unit}", _full_width(text) + unit))
    elif rng.random() < 0.12:
        raw = rng.choice((text, f"{number}", _full_width(f"{number}"), f" {number} "))
    return V(raw, value)


def write_mark(rng: Random, standing: str, marks: tuple[str, str]) -> str:
    """A permit's standing in the column's marks."""
    held, lacking = marks
    return held if standing == "held" else lacking if standing == "lacking" else rng.choice(_ELSE[standing])


def write_scale(rng: Random, scale: str, header: str) -> str:
    """规上 or 规下; under 是否规上 a yes or a no."""
    if header.startswith("是否"):
        return "是" if scale == "above" else "否"
    return rng.choice(("规上", "规模以上") if scale == "above" else ("规下", "规模以下"))


def write_coordinate(rng: Random, value: float, habit: int) -> V:
    """A coordinate in degrees, or in degrees, minutes and seconds."""
    if habit % 3:
        return V(value if rng.random() < 0.6 else f"{value:.6f}", value)
    degrees, rest = divmod(round(value * 3600), 3600)
    minutes, seconds = divmod(rest, 60)
    marks = ("°", "′", "″") if habit % 2 else ("°", "'", '"')
    raw = f"{degrees}{marks[0]}{minutes}{marks[1]}{seconds}{marks[2]}"
    return V(raw, degrees + minutes / 60 + seconds / 3600)


def write_name(rng: Random, name: str) -> Any:
    """A firm's name, now and then wrapped by a line break or blanks."""
    if len(name) < 6 or rng.random() > 0.08:
        return name
    cut = rng.randint(2, len(name) - 2)
    return V(name[:cut] + rng.choice(("\n", " ", "\n")) + name[cut:], name)


def write_machines(rng: Random, machines: list[Machine], habit: int) -> W:
    """Machines in words, all in one cell."""
    written = [_phrase(rng, one, habit + (rng.random() < 0.15)) for one in machines]
    mark = ("、", "；", "，", "\n", "、")[habit % 5]
    return W(mark.join(text for text, _ in written), *(facts for _, facts in written))


def _phrase(rng: Random, machine: Machine, form: int) -> tuple[str, dict[str, Any]]:
    facts = dict(KINDS[machine.words])
    count, words = machine.facts["quantity"], machine.words
    number = _CHINESE[count] if form % 4 == 3 else str(count)
    facts["quantity"] = count
    capacity = machine.facts.get("capacity_t")
    size = ""
    if capacity is not None:
        facts["capacity_t"] = capacity
        kilograms = capacity < 1 and rng.random() < 0.2
        size = f"{round(capacity * 1000)}kg" if kilograms else f"{capacity}{('吨', 't', 'T', '吨')[form % 4]}"
    text = (f"{number}台{size}{words}", f"{size}{words}{number}台", f"{words}{number}台")[form % 3]
    if form % 3 == 2 and size:
        text = f"{words}{size}×{count}台" if form % 2 else f"{size}{words}{number}台"
    state = machine.facts.get("state")
    if state not in (None, "in_use") and "（" not in words:
        said = rng.choice(CHOICES["m.state"][state])
        text, facts["state"] = f"{text}（{said}）", state
    return text, facts

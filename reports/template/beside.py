"""What a column may tell beside its own field, where no column of its own does: a former name behind the name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.register import Facts
from app.domain.vocabulary import Field, label
from reports.template.content import Slot, Way

#: By a column's field: the fields that its cells may tell too, or in its place.
BESIDE = {
    "enterprise.name": ("former_name",),
    "enterprise.uscc": ("registration_no",),
    "enterprise.longitude": ("latitude",),
    "equipment.capacity_t": ("melt_rate_t_per_h",),
    "equipment.model": ("capacity_t",),
    "equipment.removed_on": ("state",),
    "permit.standing": ("number", "class"),
    "permit.number": ("standing",),
}
_POSITION = re.compile("经纬|坐标")


def beside_of(slot: Slot, known: Field, facts: Facts, also: tuple[str, ...]) -> Iterator[Way]:
    """The ways to tell such facts under a column. `also`: those that no other column of the roster tells."""
    told = {name: facts[name] for name in BESIDE.get(known.path, ()) if name in also and name in facts}
    value = facts.get(slot.name)
    if slot.section == "enterprise" and slot.name == "name" and "former_name" in told and value is not None:
        yield Way(f"{value}（曾用名：{told['former_name']}）", ("name", "former_name"))
    elif slot.name == "longitude" and "latitude" in told and _POSITION.search(slot.head):
        yield Way(f"{value},{told['latitude']}", ("longitude", "latitude"))
    elif slot.name == "removed_on":
        if value is None and told.get("state") == "removed":
            yield Way("已拆除", ("state",))
    elif slot.section == "permit" and told and value is None:
        yield from (Way(label("permit", name, one), (name,)) for name, one in told.items())
    elif value is None and told:
        ((name, one),) = told.items()
        unit = {"melt_rate_t_per_h": "吨/小时", "capacity_t": "吨"}.get(name, "")
        yield Way(f"{label(slot.section, name, one)}{unit}", (name,))
    elif slot.section == "action" and value is None and slot.name == "taken_on" and slot.kind:
        yield Way("是", ("kind",))

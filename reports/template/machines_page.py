"""The page 设备 beside the roster: all machines of the firms of which its columns cannot tell each machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from app.domain.names import plain_name
from app.domain.register import Enterprise, Equipment
from app.domain.vocabulary import SECTIONS
from reports.template.columns import TemplateColumn, default_column
from reports.template.content import HEAD_ROW, Asked, Filled, Page, Place
from reports.template.pages import Noted, cell_of
from reports.template.slots import slots_of

NAME = "设备"


def machines_page(
    place: str, firms: Sequence[Enterprise], questions: Mapping[tuple[str, str], Asked], noted: Noted
) -> Iterator[Page]:
    """The page of these firms' machines, if they have any; a machine that is gone is listed where its line says so."""
    lines = [(firm, machine) for firm in firms for machine in firm.equipment if _listed(machine)]
    stated = {name for _, one in lines for name in (*one.facts, *one.disputed)}
    stated |= {name for _, one in lines for name in SECTIONS["equipment"] if (one.id, name) in questions}
    columns = (default_column(f"equipment.{name}") for name in SECTIONS["equipment"] if name in stated)
    slots = slots_of((TemplateColumn("企业名称", "enterprise.name"), *columns))
    filled: list[Filled] = []
    for row, (firm, machine) in enumerate(lines, start=HEAD_ROW + 1):
        for slot in slots:
            subject = firm if slot.section == "enterprise" else machine
            at = Place(row, slot.at, NAME)
            filled += cell_of(slot, subject, at, questions, noted, named={"name", "kind"} <= stated)
    if lines:
        yield Page(NAME, f"{place}企业设备明细", slots, len(lines), tuple(filled))


def may_stand_apart(firms: Sequence[Enterprise]) -> set[str]:
    """The firms that a page can name: their names are stated and no other firm's."""
    named = Counter(plain_name(str(firm.facts.get("name", ""))) for firm in firms)
    return {one.id for one in firms if "name" in one.facts and named[plain_name(str(one.facts["name"]))] == 1}


def _listed(machine: Equipment) -> bool:
    says = machine.facts.get("state") == "removed" or "removed_on" in machine.facts
    return machine.present is not False or says

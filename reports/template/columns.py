"""The columns of a township's template: its own in their order, or those that a first roster needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from app.domain.register import Enterprise, Snapshot, Subject
from app.domain.vocabulary import ENUMS, SECTIONS, field
from reports.template.units import is_unit

#: A first roster asks for these, whatever is known.
_USUAL = (
    *("name", "uscc", "township", "village", "address", "legal_representative", "contact_phone", "status"),
    *("main_product", "capacity_t_per_year"),
)
_USUAL_OF_MACHINES = (
    *("code", "name", "kind", "frequency", "shell", "yoke", "capacity_t", "quantity", "power_kw", "state"),
    *("commissioned_on", "removed_on"),
)
_USUAL_PERMITS = ("eia", "eia_acceptance", "pollutant_discharge")
#: Heads that are plainer than the vocabulary's labels, or that read one way where those read two.
_HEADS = {
    "enterprise.industry": "行业名称",
    "enterprise.disposition": "整治类别",
    "enterprise.township": "乡镇（街道）",
    "enterprise.county": "县（市、区）",
    "equipment.code": "设备编号",
    "equipment.kind": "炉型",
    "equipment.made_on": "制造时间",
    "plan.accepted_on": "通过验收时间",
    "action.kind": "处置措施类别",
}
#: What stands behind a permit's or an action's kind in a head of one fact of it.
_OF_PERMIT = {
    "standing": "办理情况",
    "number": "编号",
    "issuer": "发证机关",
    "valid_from": "有效期起",
    "valid_to": "有效期止",
    "class": "管理类别",
}
_OF_ACTION = {"taken_on": "时间", "authority": "实施单位", "document_no": "文号"}
#: No head tells these: a dismantling, and a licence's number, under which the firm's code stands. A page tells them.
_ON_A_PAGE = {"dismantled": tuple(_OF_ACTION), "business_licence": ("number",)}


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column as a reading reports it: its head (joined from the top by /), the field it means, the unit of its cells.

    `path`: the words of the head from the top down, where they are known apart.
    """

    header: str
    field: str | None = None
    unit: str | None = None
    path: tuple[str, ...] = ()


def columns_of(columns: Iterable[Mapping[str, Any]]) -> tuple[TemplateColumn, ...]:
    """The columns of a table as a reading's JSON lists them."""
    return tuple(TemplateColumn(one["header"], one.get("field"), one.get("unit")) for one in columns)


def default_columns(snapshot: Snapshot, township: str | None = None) -> tuple[TemplateColumn, ...]:
    """The columns of a first roster: the usual ones, and one for each further fact that its firms state."""
    firms = [firm for firm in snapshot.enterprises if township in (None, firm.facts.get("township"))]
    machines = [machine for firm in firms for machine in firm.equipment]
    return (
        TemplateColumn("序号"),
        *_plain("enterprise", _USUAL, firms, but=("remark",)),
        *_plain("equipment", _USUAL_OF_MACHINES, machines),
        *_of_kinds("permit", _OF_PERMIT, [one for firm in firms for one in firm.permits], _USUAL_PERMITS),
        *_plain("plan", (), [plan for firm in firms for plan in firm.plans]),
        *_of_kinds("action", _OF_ACTION, [one for firm in firms for one in firm.actions], ()),
        TemplateColumn("备注", "enterprise.remark"),
    )


def default_column(path: str) -> TemplateColumn:
    """The column of one field under its usual head."""
    return TemplateColumn(_HEADS.get(path) or field(path).zh, path)


def _plain(
    section: str, usual: Sequence[str], subjects: Sequence[Subject], but: Sequence[str] = ()
) -> Iterator[TemplateColumn]:
    stated = {name for one in subjects for name in (*one.facts, *one.disputed)} | set(usual)
    first = [name for name in usual if name in stated]
    further = [name for name in SECTIONS[section] if name in stated and name not in usual and name not in but]
    yield from (default_column(f"{section}.{name}") for name in (*first, *further))


def _of_kinds(
    section: str, facets: Mapping[str, str], subjects: Sequence[Subject], usual: Sequence[str]
) -> Iterator[TemplateColumn]:
    """The facts of each kind of paper that is known, under heads that name the kind."""
    stated: dict[str, set[str]] = {kind: {"standing"} for kind in usual}
    for one in subjects:
        stated.setdefault(str(one.facts.get("kind")), set()).update({*one.facts, *one.disputed} - {"kind"})
    for kind, zh in ENUMS[f"{section}_kind"].items():
        told = stated.get(kind, set()) - set(_ON_A_PAGE.get(kind, ()))
        yield from (TemplateColumn(f"{zh}{word}", f"{section}.{name}") for name, word in facets.items() if name in told)


def paths(columns: Sequence[TemplateColumn]) -> list[tuple[str, ...]]:
    """The words over each column from the top down: heads that begin alike beside one another stand under a group."""
    found: list[tuple[str, ...]] = [()] * len(columns)
    own = [(at, column.path or None, column.header) for at, column in enumerate(columns)]
    for at, path, _ in own:
        found[at] = path or ()
    for known, run in groupby(own, lambda one: one[1] is not None):
        if not known:
            for at, path in _divided([(at, header) for at, _, header in run]):
                found[at] = path
    if any(len(path) > 1 for path in found):
        found = [
            path if column.path else (*path[:-1], *_alone(path[-1]))
            for column, path in zip(columns, found, strict=True)
        ]
    return found


def _alone(word: str) -> tuple[str, ...]:
    """A group over a single column, where the head has groups: 三个一批/类别. What stands to choose is one word."""
    over, _, rest = word.partition("/")
    choice = set(over) & set(rest) and over not in rest
    short = len(over) < 3 and len(rest) < 3
    if not rest or choice or short or is_unit(rest) or "(" in over.replace("（", "("):
        return (word,)
    return (over, *_alone(rest))


def _divided(headers: list[tuple[int, str]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Heads with their groups. 停电/时间 beside 停电/单位 has one; 铝壳/钢壳 alone is one word."""
    for _, group in groupby(headers, lambda one: one[1].split("/", 1)[0]):
        run = list(group)
        if len(run) < 2 or any("/" not in header for _, header in run):
            yield from ((at, (header,)) for at, header in run)
            continue
        over = run[0][1].split("/", 1)[0]
        for at, path in _divided([(at, header.split("/", 1)[1]) for at, header in run]):
            yield at, (over, *path)


def firms_of(snapshot: Snapshot, township: str) -> list[Enterprise]:
    """The firms that stand in the township."""
    return [firm for firm in snapshot.enterprises if firm.facts.get("township") == township]

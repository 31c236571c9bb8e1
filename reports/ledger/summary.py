"""The sheet 汇总: every total with the names behind it, remainders printed and never absorbed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from app.domain.register import Enterprise, Equipment
from reports.ledger.content import (
    DISPUTED,
    NOT_STATED,
    OWNER_UNKNOWN,
    UNSORTED,
    Content,
    names,
    possible_owners,
    said,
    township,
)
from reports.ledger.details import stated_amount, stated_number
from reports.ledger.obsolete import note
from reports.tables import Printed, Table

if TYPE_CHECKING:
    import pandas as pd

_Row = tuple[Printed, ...]
#: How a figure that a paper states is counted in the register, by its topic.
_COUNTED: dict[str, Callable[[Enterprise], bool]] = {
    "enterprises": lambda firm: True,
    "plan": lambda firm: any(plan.facts.get("stage") not in (None, "none") for plan in firm.plans),
    "resumed": lambda firm: _acted(firm, "resumed"),
    "power_cut": lambda firm: _acted(firm, "power_cut"),
    "halt": lambda firm: _acted(firm, "halt"),
    "closure": lambda firm: firm.facts.get("disposition") == "关停退出" or firm.facts.get("status") == "closed",
}


def _acted(firm: Enterprise, kind: str) -> bool:
    return any(act.facts.get("kind") == kind for act in firm.actions)


def summary(content: Content) -> Table:
    """项目, 家数, 台数, and the names or the reason; each part adds up to its first line."""
    rows: list[_Row] = []
    emphasis: list[int] = []
    for heading, part in (
        ("一、企业（按生产状态）", _by(content, "status")),
        ("二、分类处置（按整治类别）", _by(content, "disposition", rest=UNSORTED)),
        ("三、设备", _machines(content)),
        ("四、淘汰类设备", _obsolete(content)),
        ("五、“一企一策”（按方案阶段）", _plans(content)),
        ("六、各乡镇（街道）", _townships(content)),
        ("七、原文陈述与名单", _figures(content)),
    ):
        emphasis.append(len(rows))
        lines = list(part)
        rows.append((heading, *lines[0][1:]) if lines and lines[0][0] is None else (heading, None, None, ""))
        rows.extend(line for line in lines if line[0] is not None)
    return content.table("汇总", rows, emphasis=emphasis)


def _by(content: Content, field: str, *, rest: str = NOT_STATED) -> Iterator[_Row]:
    """Firms by one field's words; those that state nothing and those in dispute are lines of their own."""
    groups: dict[str, list[Enterprise]] = {}
    for firm in content.firms():
        groups.setdefault(said(firm, "enterprise", field) or rest, []).append(firm)
    counts = [len(groups[word]) for word in _last(groups, rest)]
    yield None, sum(counts), None, " + ".join(f"{word}{len(groups[word])}" for word in _last(groups, rest))
    for word in _last(groups, rest):
        yield f"　{word}", len(groups[word]), None, names(groups[word])


def _last(groups: Iterable[str], rest: str) -> list[str]:
    """Words in order of their text, with the dispute and the remainder at the end."""
    return sorted(groups, key=lambda word: ((DISPUTED, rest).index(word) + 1 if word in (DISPUTED, rest) else 0, word))


def _machines(content: Content) -> Iterator[_Row]:
    """Bodies on site, removed, and not to be told, as the sheet 设备 adds them up.

    A machine that may be one firm's or another's counts as a body and makes none of them count.
    """
    held = [(firm, machine) for firm in content.firms() for machine in firm.equipment]
    yield (
        None,
        len({firm.id for firm, machine in held if not machine.owners}),
        sum(machine.bodies for _, machine in held),
        "在厂 + 已拆除 + 不能确定",
    )
    for present, word in ((True, "在厂"), (False, "已拆除"), (None, "不能确定是否已拆除")):
        part = [(firm, machine) for firm, machine in held if machine.present is present]
        firms = {firm.id: firm for firm, machine in part if not machine.owners}
        remark = names(firms.values()) if present is None else ""
        yield f"　{word}", len(firms), sum(machine.bodies for _, machine in part), remark
    unowned = [machine for _, machine in held if machine.owners]
    if unowned:
        owning = {firm.id for firm, machine in held if not machine.owners}
        perhaps = [firm for firm in content.firms() if firm.id in possible_owners(unowned) - owning]
        remark = f"可能是这家、也可能是那家的，列在“设备”表；只有这种设备的企业：{names(perhaps) or '没有'}"
        yield "　其中：归属不明", len(perhaps), sum(machine.bodies for machine in unowned), remark
    unsaid = sum("quantity" not in machine.facts for _, machine in held)
    if unsaid:
        yield "　其中：台数未写明", None, unsaid, "来源没有写台数的，按一台计"


def _obsolete(content: Content) -> Iterator[_Row]:
    holding = content.holding
    if holding["totals"] is None:
        yield None, None, None, note(holding)
        return
    yield None, None, None, note(holding)
    for answer, word in (("holds", "仍有"), ("cannot_tell", "待核实")):
        total = holding["totals"][answer]
        firms = [
            row["enterprise"]["name"]
            for row in holding["rows"]
            if any(furnace["answer"] == answer and not furnace.get("owner") for furnace in row["furnaces"])
        ]
        yield f"　{word}", total["enterprises"], total["furnaces"], "、".join(firms)
    unowned = holding["totals"].get("owner_unknown")
    if unowned is not None:
        only = [
            row["enterprise"]["name"]
            for row in holding["rows"]
            if all(furnace.get("owner") for furnace in row["furnaces"])
        ]
        yield "　其中：归属不明", unowned["enterprises"], unowned["furnaces"], "、".join(only)


def _plans(content: Content) -> Iterator[_Row]:
    """Firms with a plan by its stage."""
    groups: dict[str, list[Enterprise]] = {}
    for firm in content.firms():
        for plan in firm.plans:
            groups.setdefault(said(plan, "plan", "stage") or NOT_STATED, []).append(firm)
    yield (
        None,
        sum(map(len, groups.values())),
        None,
        " + ".join(f"{word}{len(groups[word])}" for word in sorted(groups)),
    )
    for word in sorted(groups):
        yield f"　{word}", len(groups[word]), None, names(groups[word])


def _townships(content: Content) -> Iterator[_Row]:
    """Firms and machines on site of each township."""
    frame = _frame(content)
    firms, bodies = (int(frame[column].sum()) if len(frame) else 0 for column in ("firms", "bodies"))
    yield None, firms, bodies, "企业数；在厂设备台数"
    if len(frame):
        for name, part in frame.groupby("township", sort=False):
            yield f"　{name}", int(part["firms"].sum()), int(part["bodies"].sum()), ""


def _frame(content: Content) -> pd.DataFrame:
    import pandas as pd

    firms = content.firms()
    lines = [(township(firm), 1, _there(one for one in firm.equipment if not one.owners)) for firm in firms]
    towns = {firm.id: township(firm) for firm in firms}
    for machine in (one for firm in firms for one in firm.equipment if one.owners):
        places = {towns.get(firm, OWNER_UNKNOWN) for firm in machine.owners}
        lines.append((places.pop() if len(places) == 1 else OWNER_UNKNOWN, 0, _there([machine])))
    return pd.DataFrame(lines, columns=["township", "firms", "bodies"])


def _there(machines: Iterable[Equipment]) -> int:
    return sum(machine.bodies for machine in machines if machine.present)


def _figures(content: Content) -> Iterator[_Row]:
    """What papers state beside what the register counts by name; a difference is shown, an unstated number is 不明."""
    for figure in content.snapshot.figures:
        counted = _COUNTED.get(figure.topic or "")
        told = f"原文“{figure.phrase}”：{stated_amount(figure)}（{figure.when}；{figure.source}）"
        if counted is None:
            yield f"　{figure.phrase[:14]}", None, None, told
            continue
        firms = [firm for firm in content.firms() if counted(firm)]
        if figure.number is None and not firms:  # nobody says how many: that is not 0
            yield f"　{figure.phrase[:14]}", stated_number(figure), None, f"{told}；没有名单"
            continue
        beside = f"名单{len(firms)}家{_gap(figure.number, len(firms))}"
        yield f"　{figure.phrase[:14]}", len(firms), None, f"{told}；{beside}"


def _gap(stated: float | None, counted: int) -> str:
    if stated is None or stated == counted:
        return ""
    return f"，相差{abs(stated - counted):.15g}"

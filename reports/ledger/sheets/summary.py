"""The sheet 汇总: every total with the names behind it, remainders printed and never absorbed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from app.domain.register import Enterprise, Equipment, StatedFigure
from reports.forms import form
from reports.ledger.gathered.content import (
    DISPUTED,
    NOT_STATED,
    UNSORTED,
    Content,
    Row,
    listed,
    names,
    possible_owners,
    refs,
    said,
)
from reports.ledger.gathered.families import FAMILIES, SEVERAL_STAGES, stage_of, township_lines
from reports.ledger.sheets.details import stated_amount, stated_number
from reports.ledger.sheets.obsolete import note
from reports.ledger.sheets.townships import bodies_of, count
from reports.tables import Origin, Printed, Ref, Table

FIRMS, BODIES = "家数", "台数"
#: The heads of the parts that other sheets repeat.
BY_STATUS, BY_DISPOSITION, MACHINES = "一、企业（按生产状态）", "二、分类处置（按整治类别）", "三、设备"
PLANS, TOWNSHIPS = "五、“一企一策”（按方案阶段）", "六、各乡镇（街道）"

#: How a figure that a paper states is counted in the register, by its topic.
COUNTED: dict[str, Callable[[Enterprise], bool]] = {
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
    rows: list[Row] = []
    emphasis: list[int] = []
    for heading, part in (
        (BY_STATUS, _by(content, "status")),
        (BY_DISPOSITION, _by(content, "disposition", rest=UNSORTED)),
        (MACHINES, _machines(content)),
        ("四、淘汰类设备", _obsolete(content)),
        (PLANS, _plans(content)),
        (TOWNSHIPS, _townships(content)),
        ("七、原文陈述与名单", _figures(content)),
    ):
        lines = list(part) or [_line(None, remark=form("ledger", "汇总").words[heading[0]])]
        emphasis.append(len(rows))
        if lines[0].cells[0] is not None:
            lines.insert(0, _line(None))
        rows.append(Row((heading, *lines[0].cells[1:]), lines[0].origin))
        rows.extend(lines[1:])
    return content.traced("汇总", rows, emphasis=emphasis)


def _line(
    word: str | None,
    firms: Sequence[Ref] | None = None,
    machines: tuple[Sequence[Ref], int] | None = None,
    remark: str = "",
) -> Row:
    """A line with how many firms and bodies it counts, None where it counts none of that."""
    counted: dict[str, tuple[Ref, ...]] = {}
    if firms is not None:
        counted[FIRMS] = tuple(firms)
    if machines is not None:
        counted[BODIES] = tuple(machines[0])
    cells = (
        word if word is None else f"　{word}",
        None if firms is None else len(firms),
        None if machines is None else machines[1],
        remark,
    )
    return Row(cells, Origin((), counted))


def _by(content: Content, field: str, *, rest: str = NOT_STATED) -> Iterator[Row]:
    """Firms by one field's words; those that state nothing and those in dispute are lines of their own."""
    yield from _grouped(content.firms(), lambda firm: said(firm, "enterprise", field) or rest, (DISPUTED, rest))


def _grouped(firms: Sequence[Enterprise], word_of: Callable[[Enterprise], str], last: Sequence[str]) -> Iterator[Row]:
    groups: dict[str, list[Enterprise]] = {}
    for firm in firms:
        groups.setdefault(word_of(firm), []).append(firm)
    order = sorted(groups, key=lambda word: (last.index(word) + 1 if word in last else 0, word))
    yield _line(None, refs("enterprise", firms), None, " + ".join(f"{word}{len(groups[word])}" for word in order))
    for word in order:
        yield _line(word, refs("enterprise", groups[word]), None, names(groups[word]))


def _bodies(machines: Iterable[Equipment]) -> tuple[tuple[Ref, ...], int]:
    every = list(machines)
    return refs("equipment", every), sum(machine.bodies for machine in every)


def _machines(content: Content) -> Iterator[Row]:
    """Bodies on site, removed, and not to be told, as the sheet 设备 adds them up.

    A machine that may be one firm's or another's counts as a body and makes none of them count.
    """
    held = [(firm, machine) for firm in content.firms() for machine in firm.equipment]
    if not held:
        return
    owning = {firm.id: firm for firm, machine in held if not machine.owners}
    remark = "在厂 + 已拆除 + 不能确定；同一家可以既有在厂的、也有已拆除的，家数不相加"
    yield _line(None, refs("enterprise", owning.values()), _bodies(machine for _, machine in held), remark)
    for present, word in ((True, "在厂"), (False, "已拆除"), (None, "不能确定是否已拆除")):
        part = [(firm, machine) for firm, machine in held if machine.present is present]
        firms = {firm.id: firm for firm, machine in part if not machine.owners}
        remark = names(firms.values()) if present is None else ""
        yield _line(word, refs("enterprise", firms.values()), _bodies(machine for _, machine in part), remark)
    unowned = [machine for _, machine in held if machine.owners]
    if unowned:
        perhaps = [firm for firm in content.firms() if firm.id in possible_owners(unowned) - set(owning)]
        remark = f"可能是这家、也可能是那家的，列在“设备”表；只有这种设备的企业：{names(perhaps) or '没有'}"
        yield _line("其中：归属不明", refs("enterprise", perhaps), _bodies(unowned), remark)
    unsaid = [machine for _, machine in held if "quantity" not in machine.facts]
    if unsaid:
        told = (refs("equipment", unsaid), sum(machine.bodies for machine in unsaid))
        yield _line("其中：台数未写明", None, told, "来源没有写台数的，按一台计")


def _obsolete(content: Content) -> Iterator[Row]:
    holding = content.holding
    yield _line(None, remark=note(holding))
    if holding["totals"] is None:
        return
    for answer, word in (("holds", "仍有"), ("cannot_tell", "待核实")):
        total = holding["totals"][answer]
        counted = {
            FIRMS: tuple(record for _, record in FAMILIES[f"{_NAMED[answer]}（家）"](content)),
            BODIES: tuple(record for _, record in FAMILIES[f"{_NAMED[answer]}（台）"](content)),
        }
        remark = _holders(content, answer, {id for _, id in counted[FIRMS]})
        cells = (f"　{word}", total["enterprises"], total["furnaces"], remark)
        yield Row(cells, Origin((), counted))
    yield from _unowned(content)


def _holders(content: Content, answer: str, counted: set[str]) -> str:
    """The firms that count under an answer; then those that count under another and have such machines besides."""
    own = {firm.id: firm.name for firm, one in content.held() if one["answer"] == answer and not one.get("owner")}
    named = listed([name for id, name in own.items() if id in counted])
    besides = [name for id, name in own.items() if id not in counted]
    return named + (f"；已计入“仍有”、另有待核实设备的：{listed(besides)}" if besides else "")


_NAMED = {"holds": "仍有淘汰类设备", "cannot_tell": "淘汰类待核实"}


def _unowned(content: Content) -> Iterator[Row]:
    """Of which it cannot be told whose they are: counted once, and making none count."""
    unowned = content.holding["totals"].get("owner_unknown")
    if unowned is None:
        return
    only = [
        row["enterprise"] for row in content.holding["rows"] if all(furnace.get("owner") for furnace in row["furnaces"])
    ]
    counted = {
        FIRMS: tuple(("enterprise", str(firm.get("id"))) for firm in only),
        BODIES: tuple(
            ("equipment", str(furnace["machine"]))
            for _, furnace in content.held()
            if furnace.get("owner") and furnace.get("counted", True)
        ),
    }
    cells = ("　其中：归属不明", unowned["enterprises"], unowned["furnaces"], listed([firm["name"] for firm in only]))
    yield Row(cells, Origin((), counted))


def _plans(content: Content) -> Iterator[Row]:
    """Firms with a plan by its stage, each once."""
    if content.has("plans"):
        planned = [firm for firm in content.firms() if firm.plans]
        yield from _grouped(planned, stage_of, (SEVERAL_STAGES, DISPUTED, NOT_STATED))


def _townships(content: Content) -> Iterator[Row]:
    """Firms and machines on site of each township."""
    bodies = bodies_of(content)
    found: dict[str, dict[str, list[Ref]]] = {"企业总数（家）": {}, "在厂设备（台）": {}}
    for title, places in found.items():
        for place, record in FAMILIES[title](content):
            places.setdefault(place, []).append(record)
    firms, machines = found.values()

    def both(places: Sequence[str], word: str | None, remark: str) -> Row:
        there = [record for place in places for record in machines.get(place, ())]
        own = [record for place in places for record in firms.get(place, ())]
        return _line(word, own, (there, count(there, bodies)), remark)

    order = township_lines(content, found)
    yield both(order, None, "企业数；在厂设备台数；分类的数字见“分乡镇汇总”")
    for place in order:
        yield both([place], place, "")


def _figures(content: Content) -> Iterator[Row]:
    """What papers state beside what the register counts by name; a difference is shown, an unstated number is 不明."""
    for figure in content.snapshot.figures:
        told = f"原文“{figure.phrase}”：{stated_amount(figure)}（{figure.when}；{figure.source}）"
        counted = named(content, figure)
        if counted is None:
            yield _figure_line(figure, None, told)
        elif figure.number is None and not counted:  # nobody says how many: that is not 0
            yield _figure_line(figure, stated_number(figure), f"{told}；没有名单")
        else:
            own = refs("enterprise", counted)
            beside = f"名单{len(counted)}家{_gap(figure.number, len(counted))}"
            yield _figure_line(figure, len(counted), f"{told}；{beside}", own)


def named(content: Content, figure: StatedFigure) -> list[Enterprise] | None:
    """The firms that the register counts under a figure's topic; None where the topic has no list."""
    which = COUNTED.get(figure.topic or "")
    return None if which is None else [firm for firm in content.firms() if which(firm)]


def _figure_line(figure: StatedFigure, firms: Printed, told: str, counted: tuple[Ref, ...] | None = None) -> Row:
    origin = Origin((("figure", figure.id),), {} if counted is None else {FIRMS: counted})
    return Row((f"　{figure.phrase}", firms, None, told), origin)


def _gap(stated: float | None, counted: int) -> str:
    if stated is None or stated == counted:
        return ""
    return f"，相差{abs(stated - counted):.15g}"

"""The ledger's detail sheets: 企业底数, 设备, 手续, 一企一策, 停电关停."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.domain.documents import ACCEPTANCE_LEVELS
from app.domain.masking import masked_phone
from app.domain.register import Enterprise, Equipment, StatedFigure, Subject
from app.domain.vocabulary import SECTIONS
from reports.ledger.gathered.beside import SOON, Lack, sentences, told
from reports.ledger.gathered.content import (
    ACT_TOPICS,
    OWNER_UNKNOWN,
    Content,
    Row,
    names,
    number,
    ref,
    said,
    township,
)
from reports.tables import Origin, Printed, Ref, Table

#: What 缺件 names, by the condition of the step that wants it: a step that needs none of them lacks none.
_ACT_PAPERS = {"REG-DAY": "时间", "REG-WHO": "实施单位", "REG-NO": "文号"}
_NO_LEVELS = ("",) * len(ACCEPTANCE_LEVELS)


def _of(*records: Ref) -> Origin:
    return Origin(records)


def _all(subject: Subject, section: str, *fields: str) -> tuple[str, ...]:
    return tuple(said(subject, section, field) for field in fields)


def enterprises(content: Content) -> Table:
    """企业底数: one row a firm."""
    firms = content.firms()
    rows = [Row((place, *_firm(firm)), _of(ref("enterprise", firm))) for place, firm in enumerate(firms, start=1)]
    return content.traced("企业底数", rows, total=f"合计{len(firms)}家", notes=list(_unstated(firms)))


def _unstated(firms: list[Enterprise]) -> Iterator[str]:
    """Of how many firms an amount is not stated: its sum is of the others only."""
    for field in ("capacity_t_per_year", "output_t_per_year", "output_value_wan"):
        silent = sum(not isinstance(number(firm, field), (int, float)) for firm in firms)
        if 0 < silent < len(firms):
            stated = f"合计只含写明的{len(firms) - silent}家"
            yield f"{SECTIONS['enterprise'][field].zh}：{silent}家未说明或有争议，{stated}。"


def _firm(firm: Enterprise) -> tuple[Printed, ...]:
    return (
        township(firm),
        firm.name,
        *_all(firm, "enterprise", "uscc", "status", "disposition", "scale", "industry", "legal_representative"),
        masked_phone(said(firm, "enterprise", "contact_phone")),
        *(number(firm, field) for field in ("capacity_t_per_year", "output_t_per_year", "output_value_wan")),
        said(firm, "enterprise", "remark"),
    )


def equipment(content: Content) -> Table:
    """设备: one row a machine or group; bodies on site, removed, and those of which it cannot be told.

    A machine that may be one firm's or another's has one row, with the first of them, that names the others.
    """
    called = {firm.id: firm.name for firm in content.firms()}
    machines = [(firm, machine) for firm in content.firms() for machine in firm.equipment]
    rows = [_machine(place, firm, machine, called) for place, (firm, machine) in enumerate(machines, start=1)]
    return content.traced("设备", rows, total="合计")


#: The columns of 设备 that count bodies, by whether they are there.
PRESENCE = {True: "在厂", False: "已拆除", None: "不能确定"}


def _machine(place: int, firm: Enterprise, machine: Equipment, called: Mapping[str, str]) -> Row:
    bodies: list[Printed] = [machine.bodies if machine.present is there else None for there in PRESENCE]
    own = ref("equipment", machine)
    cells: tuple[Printed, ...] = (
        place,
        township(firm),
        _whose(firm, machine, called),
        *_all(machine, "equipment", "code", "name", "kind", "frequency", "shell"),
        _yoke(machine),
        number(machine, "capacity_t"),
        _state(machine),
        *bodies,
        *_all(machine, "equipment", "removed_on", "destination"),
    )
    others = tuple(("enterprise", one) for one in machine.owners if one != firm.id)
    return Row(cells, Origin((ref("enterprise", firm), own, *others), {PRESENCE[machine.present]: (own,)}))


def _whose(firm: Enterprise, machine: Equipment, called: Mapping[str, str]) -> str:
    """The firm; of a machine of which it cannot be told whose it is, that, with all the firms that it may be of."""
    others = "、".join(called.get(one, one) for one in machine.owners if one != firm.id)
    return f"{firm.name}（{OWNER_UNKNOWN}，也可能是{others}的）" if others else firm.name


def _yoke(machine: Equipment) -> str:
    """有 or 无, as rosters write it."""
    told = said(machine, "equipment", "yoke")
    return {"是": "有", "否": "无"}.get(told, told)


def _state(machine: Equipment) -> str:
    """Its state on the day: the last stated state of a machine that is gone, or may be, is none."""
    if machine.present:
        return said(machine, "equipment", "state")
    return "已拆除" if machine.present is False else "不能确定是否已拆除"


def permits(content: Content) -> Table:
    """手续: one row a permit, with its end where that is past, near or in doubt; firms that state none named below."""
    held = [(firm, permit) for firm in content.firms() for permit in firm.permits]
    rows = [_permit(place, firm, permit, content) for place, (firm, permit) in enumerate(held, start=1)]
    silent = [firm for firm in content.firms() if not firm.permits]
    notes = [f"未说明任何手续的企业{len(silent)}家：{names(silent)}"] if silent else []
    ending = content.beside.ending
    if any(ending.values()):
        soon = f"{SOON}天内到期{ending['expiring']}件；不能确定{ending['cannot_tell']}件"
        notes.append(f"到期情况：已过期{ending['expired']}件；{soon}。已关停、搬迁、被整合的企业不列。")
    return content.traced("手续", rows, total=f"合计{len(rows)}项", notes=notes)


def _permit(place: int, firm: Enterprise, permit: Subject, content: Content) -> Row:
    fields = _all(permit, "permit", "kind", "standing", "number", "class", "valid_from", "valid_to", "issuer")
    cells: tuple[Printed, ...] = (place, township(firm), firm.name, *fields, content.beside.ends.get(permit.id, ""))
    return Row(cells, _of(ref("enterprise", firm), ref("permit", permit)))


def plans(content: Content) -> Table:
    """一企一策: one row a plan, with the resumption that followed and what it lacks; the papers' own figures below."""
    made = [(firm, plan) for firm in content.firms() for plan in firm.plans]
    beside = content.beside
    lacks = [(*beside.plans.get(plan.id, ()), *beside.accepted.get(firm.id, ())) for firm, plan in made]
    rows = [
        Row(
            (place, *_plan(firm, plan), told(lacking), *beside.levels.get(firm.id, _NO_LEVELS)),
            _of(ref("enterprise", firm), ref("plan", plan), *(ref("action", act) for act in _resumed(firm))),
        )
        for place, ((firm, plan), lacking) in enumerate(zip(made, lacks, strict=True), start=1)
    ]
    notes = [_stated(figure) for figure in content.snapshot.figures if figure.topic in ("plan", "resumed")]
    bare = [firm for firm in content.firms() if not firm.plans and firm.id in beside.levels]
    notes += [_accepted(firm, content) for firm in bare]
    lacks += [beside.accepted.get(firm.id, ()) for firm in bare]
    firms = len({firm.id for firm, _ in made})
    return content.traced("一企一策", rows, total=f"合计{firms}家", notes=[*notes, *sentences(lacks)])


def _accepted(firm: Enterprise, content: Content) -> str:
    """A firm that was accepted and of which no plan is known: it has no row."""
    levels = zip(ACCEPTANCE_LEVELS.values(), content.beside.levels[firm.id], strict=True)
    lacks = told(content.beside.accepted.get(firm.id, ()))
    words = "；".join(f"{level}{result}" for level, result in levels if result)
    return f"没有方案、有验收记录：{firm.name}：{words}" + (f"。{lacks}" if lacks else "")


def _plan(firm: Enterprise, plan: Subject) -> tuple[Printed, ...]:
    return (
        township(firm),
        firm.name,
        said(firm, "enterprise", "disposition"),
        *_all(plan, "plan", "made_on", "stage", "accepted_on", "acceptance"),
        "；".join(said(act, "action", "taken_on") for act in _resumed(firm)),
    )


def _resumed(firm: Enterprise) -> list[Subject]:
    return [act for act in firm.actions if act.facts.get("kind") == "resumed"]


def actions(content: Content) -> Table:
    """停电关停: every act by name with its days and what it lacks, then what papers state without naming firms.

    A number that a paper does not state is 不明. The days are those that a person recorded of the step.
    """
    acts = [(firm, act) for firm in content.firms() for act in firm.actions]
    lacks = [content.beside.actions.get(act.id, ()) for _, act in acts]
    rows = [_act(firm, act, lacking, content) for (firm, act), lacking in zip(acts, lacks, strict=True)]
    rows += [_figure(figure) for figure in content.snapshot.figures if figure.topic in ACT_TOPICS]
    note = "“原文陈述”是来源文件写明的数字，与名单并列，不摊到企业；原文没有数字的写“不明”。"
    return content.traced("停电关停", rows, total="合计", notes=[note, *sentences(lacks)])


def _act(firm: Enterprise, act: Subject, lacks: tuple[Lack, ...], content: Content) -> Row:
    wanting = {one.condition for one in lacks}
    gaps = [paper for condition, paper in _ACT_PAPERS.items() if condition in wanting]
    own = ref("action", act)
    cells: tuple[Printed, ...] = (
        said(act, "action", "kind"),
        township(firm),
        firm.name,
        *_all(act, "action", "taken_on", "authority", "document_no"),
        1,
        None,
        "缺" + "、".join(gaps) if gaps else "",
        *content.beside.days.get(act.id, ("", "", "")),
        told(lacks),
    )
    return Row(cells, Origin((ref("enterprise", firm), own), {"名单": (own,)}))


def _figure(figure: StatedFigure) -> Row:
    said_so = (f"原文：{figure.phrase}", figure.when, "", "", None, stated_number(figure), "")
    cells = (ACT_TOPICS[figure.topic or ""], "", *said_so, *("",) * 4)
    return Row(cells, _of(("figure", figure.id)))


def stated_number(figure: StatedFigure) -> Printed:
    """A paper's number, or 不明 where it states none; never 0 for what is not known."""
    return "不明" if figure.number is None else figure.number


def _stated(figure: StatedFigure) -> str:
    return f"原文陈述：{figure.phrase}（{stated_amount(figure)}，{figure.when}；来源：{figure.source}）"


def stated_amount(figure: StatedFigure) -> str:
    """A paper's number with its unit, or 不明."""
    return "不明" if figure.number is None else f"{figure.number:.15g}{figure.unit}"

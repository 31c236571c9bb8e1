"""The families that 分乡镇汇总 counts, each with its members by township; what has no township stands apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from app.domain.register import Enterprise
from app.rules.plans.ladder import ORDER
from reports.ledger.gathered.content import DISPUTED, NOT_STATED, OWNER_UNKNOWN, Content, ref, said, township
from reports.tables import Ref

#: By township as printed, the records that a family counts there.
Members = dict[str, list[Ref]]

#: Plans of one firm that are at different stages.
SEVERAL_STAGES = "几份方案阶段不一"
#: The columns that 一企一策 adds up from.
STAGES = (
    "未制定（家）",
    "已制定、整改中（家）",
    "自主验收、有证明（家）",
    "已通过验收（家）",
    "验收未通过（家）",
    "阶段不明（家）",
)
_HELD_IN = ORDER[: ORDER.index("self_accepted")], ORDER[ORDER.index("self_accepted") : ORDER.index("accepted")]


def families(content: Content) -> dict[str, Members]:
    """By the column that prints it, each family that the form prints of this county."""
    return {title: _gathered(of(content)) for title, of in FAMILIES.items()}


def township_lines(content: Content, found: Mapping[str, Members]) -> list[str]:
    """The lines: townships with something to count, in the dictionary's order, then what has none."""
    there = {name for members in found.values() for name in members}
    last = (NOT_STATED, DISPUTED, OWNER_UNKNOWN)
    known = [name for name in content.townships if name in there]
    others = sorted(there - {*known, *last})
    return [*known, *others, *(name for name in last if name in there)]


def place_of(owners: Iterable[str], towns: Mapping[str, str]) -> str:
    """The township of a machine of which it cannot be told whose it is: where all its possible owners stand."""
    places = {towns.get(firm, OWNER_UNKNOWN) for firm in owners}
    return places.pop() if len(places) == 1 else OWNER_UNKNOWN


def stage_of(firm: Enterprise) -> str:
    """The stage of a firm's plans as a word: of several at different stages, that."""
    words = {said(plan, "plan", "stage") or NOT_STATED for plan in firm.plans}
    return words.pop() if len(words) == 1 else SEVERAL_STAGES


def _gathered(pairs: Iterable[tuple[str, Ref]]) -> Members:
    found: Members = {}
    for place, record in pairs:
        found.setdefault(place, []).append(record)
    return found


def _firms(which: Callable[[Enterprise], bool]) -> Callable[[Content], Iterator[tuple[str, Ref]]]:
    return lambda content: ((township(firm), ref("enterprise", firm)) for firm in content.firms() if which(firm))


def _status(*wanted: str | None) -> Callable[[Content], Iterator[tuple[str, Ref]]]:
    return _firms(lambda firm: firm.facts.get("status") in wanted)


def _stage(*wanted: str | None) -> Callable[[Content], Iterator[tuple[str, Ref]]]:
    def in_it(firm: Enterprise) -> bool:
        stages = {None if "stage" in plan.disputed else plan.facts.get("stage") for plan in firm.plans}
        stage = stages.pop() if len(stages) == 1 else None
        return bool(firm.plans) and stage in wanted

    return _firms(in_it)


def _machines(present: bool | None) -> Callable[[Content], Iterator[tuple[str, Ref]]]:
    def of(content: Content) -> Iterator[tuple[str, Ref]]:
        firms = content.firms()
        towns = {firm.id: township(firm) for firm in firms}
        for firm in firms:
            for machine in firm.equipment:
                if machine.present is present:
                    place = place_of(machine.owners, towns) if machine.owners else towns[firm.id]
                    yield place, ref("equipment", machine)

    return of


def _obsolete_firms(answer: str) -> Callable[[Content], Iterator[tuple[str, Ref]]]:
    """Each firm once, under its strongest answer; what may be another's makes none of them count."""

    def of(content: Content) -> Iterator[tuple[str, Ref]]:
        answers: dict[str, set[str]] = {}
        firms: dict[str, Enterprise] = {}
        for firm, furnace in content.held():
            if not furnace.get("owner"):
                answers.setdefault(firm.id, set()).add(furnace["answer"])
                firms[firm.id] = firm
        for id, told in answers.items():
            if ("holds" if "holds" in told else "cannot_tell") == answer:
                yield township(firms[id]), ref("enterprise", firms[id])

    return of


def _obsolete_machines(answer: str) -> Callable[[Content], Iterator[tuple[str, Ref]]]:
    def of(content: Content) -> Iterator[tuple[str, Ref]]:
        towns = {firm.id: township(firm) for firm in content.firms()}
        for firm, furnace in content.held():
            if furnace["answer"] == answer and furnace.get("counted", True):
                place = place_of(furnace["owners"], towns) if furnace.get("owner") else towns[firm.id]
                yield place, ("equipment", str(furnace["machine"]))

    return of


def _power(answer: bool | None) -> Callable[[Content], Iterator[tuple[str, Ref]]]:
    def of(content: Content) -> Iterator[tuple[str, Ref]]:
        power = content.beside.power
        return _firms(lambda firm: firm.id in power and power[firm.id].answer is answer)(content)

    return of


def _ended(state: str) -> Callable[[Content], Iterator[tuple[str, Ref]]]:
    def of(content: Content) -> Iterator[tuple[str, Ref]]:
        for firm in content.firms():
            for permit in firm.permits:
                if content.beside.ended.get(permit.id, ("",))[0] == state:
                    yield township(firm), ref("permit", permit)

    return of


#: By its column of 分乡镇汇总.
FAMILIES: Mapping[str, Callable[[Content], Iterator[tuple[str, Ref]]]] = {
    "企业总数（家）": _firms(lambda firm: True),
    "在产（家）": _status("producing"),
    "停产（家）": _status("suspended"),
    "关停退出（家）": _status("closed"),
    "在建、搬迁、被整合（家）": _status("building", "relocated", "merged"),
    "状态不明（家）": _status(None),
    "在厂设备（台）": _machines(True),
    "已拆除（台）": _machines(False),
    "在不在厂不明（台）": _machines(None),
    "仍有淘汰类设备（家）": _obsolete_firms("holds"),
    "仍有淘汰类设备（台）": _obsolete_machines("holds"),
    "淘汰类待核实（家）": _obsolete_firms("cannot_tell"),
    "淘汰类待核实（台）": _obsolete_machines("cannot_tell"),
    "一企一策（家）": _firms(lambda firm: bool(firm.plans)),
    "未制定（家）": _stage("none"),
    "已制定、整改中（家）": _stage(*_HELD_IN[0]),
    "自主验收、有证明（家）": _stage(*_HELD_IN[1]),
    "已通过验收（家）": _stage("accepted"),
    "验收未通过（家）": _stage("failed"),
    "阶段不明（家）": _stage(None),
    "停电未复电（家）": _power(True),
    "停电不能确定（家）": _power(None),
    "手续已过期（件）": _ended("expired"),
    "手续将到期（件）": _ended("expiring"),
    "到期不能确定（件）": _ended("cannot_tell"),
}

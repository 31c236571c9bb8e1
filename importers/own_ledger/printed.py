"""What the sheets of facts printed of a register, row by row: against it a ledger that comes back is held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.dates import DateInterval
from app.domain.masking import masked, masked_phone
from app.domain.register import Enterprise, Equipment, Snapshot, Subject
from app.domain.vocabulary import label
from importers.own_ledger.sheets import NUMBER, columns, told, word

#: The state that is printed of a machine that is there no more.
_GONE = "已拆除"


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of a sheet: its place there, what stands in each column that prints facts, and of whom, by section."""

    place: int
    texts: Mapping[str, str]
    subjects: Mapping[str, str]


def printed(sheet: str, whole: Snapshot, townships: Sequence[str]) -> list[PrintedRow]:
    """The rows of a sheet, in its order. `townships`: in the order of the dictionary."""
    order = {name: place for place, name in enumerate(townships)}
    firms = sorted(whole.enterprises, key=lambda firm: (order.get(_township(firm), len(order)), firm.name, firm.id))
    called = {firm.id: firm.name for firm in firms}
    found = (row for firm in firms for row in _of_firm(sheet, firm, called))
    return [PrintedRow(place, texts, subjects) for place, (texts, subjects) in enumerate(found, start=1)]


def _of_firm(
    sheet: str, firm: Enterprise, called: Mapping[str, str]
) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    if sheet == "企业底数":
        yield _row(sheet, firm, {})
    elif sheet == "设备":
        for machine in firm.equipment:
            texts, subjects = _row(sheet, firm, {"equipment": machine})
            yield {**texts, **_of_machine(firm, machine, called)}, subjects
    elif sheet == "手续":
        for permit in firm.permits:
            yield _row(sheet, firm, {"permit": permit})
    elif sheet == "一企一策":
        resumed = [act for act in firm.actions if act.facts.get("kind") == "resumed"]
        days = "；".join(_text(act, "action", "taken_on") for act in resumed)
        for plan in firm.plans:
            texts, subjects = _row(sheet, firm, {"plan": plan})
            own = {"action": resumed[0].id} if len(resumed) == 1 else {}
            yield {**texts, "恢复生产时间": days}, {**subjects, **own}
    else:
        for act in firm.actions:
            yield _row(sheet, firm, {"action": act})


def _row(sheet: str, firm: Enterprise, others: Mapping[str, Subject]) -> tuple[dict[str, str], dict[str, str]]:
    of: dict[str, Subject] = {"enterprise": firm, **others}
    texts = {}
    for head, path in columns(sheet).items():
        if path is None or path == NUMBER:
            continue
        section, _, rest = path.partition(".")
        if section in of:
            texts[head] = _cell(of[section], section, rest.rpartition(".")[2])
    return texts, {section: one.id for section, one in of.items()}


def _cell(subject: Subject, section: str, name: str) -> str:
    if isinstance(subject, Enterprise) and name in ("name", "township"):
        return masked(subject.name) if name == "name" else _township(subject)
    text = _text(subject, section, name)
    if name == "contact_phone":
        return masked_phone(text)
    return {"是": "有", "否": "无"}.get(text, text) if name == "yoke" else masked(text)


def _text(subject: Subject, section: str, name: str) -> str:
    """A fact as a ledger prints it: its Chinese word, or that sources dispute it."""
    if name in subject.disputed:
        return word("disputed")
    value = subject.facts.get(name)
    if value is None:
        return ""
    return value.text if isinstance(value, DateInterval) else label(section, name, value)


def _township(firm: Enterprise) -> str:
    return _text(firm, "enterprise", "township") or word("not_stated")


def _of_machine(firm: Enterprise, machine: Equipment, called: Mapping[str, str]) -> dict[str, str]:
    """Whose it is, whether it is there, and how many bodies."""
    others = "、".join(called.get(one, one) for one in machine.owners if one != firm.id)
    whose = f"{firm.name}（{word('owner_unknown')}，也可能是{others}的）" if others else firm.name
    state = _text(machine, "equipment", "state") if machine.present else _GONE
    if machine.present is None:
        state = word("perhaps_removed")
    bodies = {head: str(machine.bodies) if machine.present is there else "" for head, there in told("bodies").items()}
    return {"企业名称": masked(whose), "使用状态": state, **bodies}

"""May a step be taken against a firm on a day, and because of which sentences? Pure; three answers."""

from __future__ import annotations

from app.domain.day_order import both
from app.rules.procedures.bodies import judged
from app.rules.procedures.case import Case, Condition, Empowering, Finding, May
from app.rules.procedures.loader import Procedures, shipped_procedures
from app.rules.procedures.procedure import Empowered, Order, Requirement


def may(kind: str, case: Case, procedures: Procedures | None = None) -> May:
    """Whether the step may be taken: no where a condition speaks against it, cannot tell where one leaves it open."""
    known = procedures or shipped_procedures()
    orders = tuple(one for one in known.orders.values() if kind in one.kinds and _in_force(one, case))
    conditions: list[Condition] = []
    mind: list[Condition] = []
    for one in known.requirements.values():
        if kind not in one.of or not _in_force(one, case) or not _rests_on(one, case, orders):
            continue
        found = _found(one, case, kind, orders) if one.decides else None
        if found is not None:
            conditions.append(_condition(one, found))
        elif one.level != "house":
            mind.append(_condition(one, Finding(None)))
    answer = both([one.answer for one in conditions if one.force != "listed"])
    return May(answer, tuple(conditions), tuple(mind), tuple(_empowering(one, case) for one in orders))


def _in_force(one: Requirement | Order, case: Case) -> bool:
    """In force there on the day of the step; on the last day that it may have been, where that is an interval."""
    day = (case.on.until or case.on.since if case.on else None) or case.day
    return one.where.at(case.county, day)


def _rests_on(one: Requirement, case: Case, orders: tuple[Order, ...]) -> bool:
    """Whether a condition of certain orders is one of this step: by the basis told, else by who takes it."""
    if not one.basis:
        return True
    basis, authority = case.step.get("basis"), case.step.get("authority")
    if basis:
        return basis in one.basis
    return bool(authority) and any(order.id in one.basis and order.permits(str(authority)) for order in orders)


def _found(one: Requirement, case: Case, kind: str, orders: tuple[Order, ...]) -> Finding | None:
    if isinstance(one.body, Empowered):
        return _empowered(case, orders)
    return judged(one.body, case, kind) if one.body else None


def _empowered(case: Case, orders: tuple[Order, ...]) -> Finding | None:
    """Whether who takes the step may; another statute than those here may let it, so that is never a no by itself."""
    authority, basis = case.step.get("authority"), case.step.get("basis")
    if not authority:
        return None
    deciding = [one for one in orders if one.decides]
    if basis:
        named = [one for one in deciding if one.id == basis]
        if not named:
            return Finding(None, lacks=(f"依据“{basis}”在这一步的那天没有施行，或只是草稿",))
        fits = named[0].permits(str(authority))
        told = f"{named[0].cited}写的是{named[0].authority}"
        return Finding(fits, (told,) if fits else (), () if fits else (f"{told}，不是“{authority}”",))
    found = [one for one in deciding if one.permits(str(authority))]
    if found:
        return Finding(True, tuple(f"{one.cited}：{one.authority}" for one in found))
    return Finding(None, lacks=(f"登记库里的依据没有写“{authority}”可以作出这一步；另有依据的请指明",))


def _empowering(one: Order, case: Case) -> Empowering:
    authority = case.step.get("authority")
    answer = one.permits(str(authority)) if authority and one.decides else None
    return Empowering(one.id, one.authority, one.text, one.cited, answer, one.needs)


def _condition(one: Requirement, found: Finding) -> Condition:
    lacks = found.lacks or ((one.lacks,) if found.answer is False and not found.late else ())
    if found.answer is False and not found.late and one.lacks not in lacks:
        lacks = (one.lacks, *lacks)
    return Condition(
        one.id,
        one.text,
        one.cited,
        found.answer,
        found.found,
        lacks,
        found.late,
        one.force,
        one.mend,
        one.note,
        found.used,
    )

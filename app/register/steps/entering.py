"""What a recorded step states, as an entry of its own: the action, and what follows for the machine and the firm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256

from sqlalchemy.orm import Session

from app import clock
from app.domain.dates import DateInterval
from app.domain.proposal import Entry, NewSubject, Proposal, Said
from app.domain.statement import Evidence, Value
from app.errors import BadInput
from app.register.desk.deciding import BY_HAND, ENTRY, decide_value
from app.register.imports.applying import apply
from app.register.machines.matching_papers import Paper, match_action
from app.register.scope import REGISTER
from app.register.steps import machines, queries
from app.register.steps.machines import Machine
from app.rules.procedures.case import Facts
from app.rules.procedures.procedure import STEPS
from app.store import ids
from app.store.facts import to_json
from app.store.models import Change

#: The fields of an action that the vocabulary has.
_FIELDS = ("taken_on", "authority", "document_no")
_KEY = "step"


def same_action(actions: Sequence[Facts], kind: str, told: Mapping[str, Value]) -> str | None:
    """The firm's action that this step is: by its number, else by its days, as rosters are matched; None if it is new.

    Raises:
        BadInput: when it may be several.
    """
    own = [one for one in actions if one.get("kind") == kind]
    stated = {name: told[name] for name in ("taken_on", "document_no") if name in told}
    papers = [Paper(str(one["id"]), {name: (one[name],) for name in stated if name in one}) for one in own]
    found = match_action(papers, stated)
    if len(found) > 1:
        raise BadInput(
            f"这家企业有 {len(found)} 次{STEPS[kind]}都可能是这一步", fix="请写明文号或是哪一天", code="step.several"
        )
    return found[0] if found else None


def enter(
    session: Session,
    change: Change,
    firm: str,
    action: str | None,
    kind: str,
    told: Mapping[str, Value],
    machine: Machine | None,
    quantity: int | None,
    reason: str,
) -> tuple[str, str]:
    """State it in a batch of its own; the batch and the action's id.

    An action that a roster states is stated again, so that it stands when that roster is undone.
    """
    said = list(_said(change, firm, action, kind, told, machine, quantity))
    subjects = () if action else (NewSubject(_KEY, "action", firm, kind),)
    entry = Entry("changed", firm, "", subjects, tuple(said))
    written = f"{change.county} {change.number} " + " ".join(f"{one.field}={to_json(one.value)}" for one in said)
    digest = sha256(written.encode()).hexdigest()
    proposal = Proposal(change.county, BY_HAND, digest, ENTRY, None, said[0].day, said[0].source, (entry,))
    batch = apply(session, change, proposal, batch=ids.new()).batch
    rows = session.execute(queries.stated_by(change.county, batch, REGISTER)).all()
    for id, section, _, _ in rows:
        if action is not None or section != "action":
            decide_value(session, change, id, reason)
    made = action or next(subject for _, section, subject, _ in rows if section == "action")
    return batch, str(made)


def _said(
    change: Change,
    firm: str,
    action: str | None,
    kind: str,
    told: Mapping[str, Value],
    machine: Machine | None,
    quantity: int | None,
) -> Iterator[Said]:
    """The action's own fields, and what follows for the machine and for the firm's being there."""
    source = str(told.get("authority") or told.get("document_no") or change.actor)
    on = told.get("taken_on")
    certain = (on.until or on.since if isinstance(on, DateInterval) else None) or clock.today()

    def word(subject: str, section: str, name: str, value: Value, day: date) -> Said:
        return Said(subject, section, name, value, day, source, Evidence(BY_HAND, "", None, _shown(value)))

    yield word(action or _KEY, "action", "kind", kind, _first(told))
    for name in _FIELDS:
        if name in told:
            yield word(action or _KEY, "action", name, told[name], _first(told))
    if machine is not None and isinstance(on, DateInterval):
        for name, value in machines.says(kind, machine, quantity, on).items():
            yield word(machine.id, "equipment", name, value, certain)
    if kind == "closure":
        yield word(firm, "enterprise", "status", "closed", certain)


def _first(told: Mapping[str, Value]) -> date:
    """The first day of which the step tells: from then on the register has it."""
    days = [told[name] for name in ("decided_on", "served_on", "effective_on") if name in told]
    known = [one.since or one.until for one in days if isinstance(one, DateInterval)]
    return min((day for day in known if day is not None), default=clock.today())


def _shown(value: Value) -> str:
    return getattr(value, "text", None) or str(value)

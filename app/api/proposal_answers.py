"""A proposal as the API answers it, and the answer 202 of an act that was proposed and not done."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

Act = Literal["issue", "close_out", "restore", "merge", "adopt"]
State = Literal["open", "expired", "confirmed", "refused", "withdrawn"]


class ProposalItem(BaseModel):
    """What was proposed: `function` is the act's own, `digest` of what it would do, `known` the last change then."""

    proposal: str
    county: str
    act: Act
    label: str
    what: str
    function: str
    state: State
    state_label: str
    reason: str | None
    proposed_by: str
    at: str
    change: int
    known: int
    expires: str
    digest: str
    answered_by: str | None
    answered_at: str | None
    answer_reason: str | None
    answer_change: int | None


class Proposals(BaseModel):
    """Those that wait for somebody first, of each kind the latest first; `total` of all that were asked for.

    `next` asks for those behind.
    """

    county: str
    total: int
    proposals: list[ProposalItem]
    next: str | None


class MayConfirm(BaseModel):
    """The roles that have the act's function, and who holds one of them there."""

    roles: list[dict[str, str]]
    people: list[dict[str, str]]


class ProposalAnswer(ProposalItem):
    """A proposal whole: what was told, what it would do, and while it waits who may confirm it."""

    arguments: dict[str, Any]
    effects: list[dict[str, Any]]
    may_confirm: MayConfirm | None = None


#: For the description of a route that does an act which may want two.
PROPOSED: dict[int | str, dict[str, Any]] = {
    202: {"model": ProposalAnswer, "description": "本县这件事要两人办：已提出，还没有办，等另一人确认"}
}

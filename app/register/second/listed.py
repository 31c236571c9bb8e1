"""Proposals as people read them: what, by whom, why, how it stands, what it would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.domain.register import AsOf
from app.errors import NotFound
from app.register.queries import NOW
from app.register.scope import Actor
from app.register.second import queries
from app.register.second.told import read, shown
from app.register.second.words import ACTS, STATES
from app.store.models import Proposal, ProposalAnswer

#: How long a proposal waits for another person.
WAITS = timedelta(days=30)


def has_expired(made: datetime) -> bool:
    """Whether a proposal of that moment has waited too long."""
    return clock.now() - made > WAITS


@dataclass(frozen=True, slots=True)
class Listed:
    """A proposal with what became of it. `what`: its act in words, with the names of the firms concerned."""

    row: Proposal
    at: datetime
    answer: ProposalAnswer | None
    answered_at: datetime | None
    what: str

    @property
    def state(self) -> str:
        """Open, expired, confirmed, refused or withdrawn."""
        if self.answer is not None:
            return self.answer.answer
        return "expired" if has_expired(self.at) else "open"

    @property
    def told(self) -> Any:
        """Its arguments, to do it by."""
        return read(self.row.arguments)

    def as_whole(self) -> dict[str, Any]:
        """The same with what was told, and what it would do."""
        return {**self.as_dict(), "arguments": shown(self.row.arguments), "effects": shown(self.row.effects)}

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API, as a line of the list."""
        row, answer = self.row, self.answer
        return {
            "proposal": row.id,
            "county": row.county,
            "act": row.act,
            "label": ACTS[row.act],
            "what": self.what,
            "function": row.door,
            "state": self.state,
            "state_label": STATES[self.state],
            "reason": row.reason,
            "proposed_by": row.proposed_by,
            "at": _moment(self.at),
            "change": row.recorded_by,
            "known": row.known,
            "expires": _moment(self.at + WAITS),
            "digest": row.digest,
            "answered_by": answer.answered_by if answer else None,
            "answered_at": _moment(self.answered_at) if self.answered_at else None,
            "answer_reason": answer.reason if answer else None,
            "answer_change": answer.recorded_by if answer else None,
        }


@dataclass(frozen=True, slots=True)
class Page:
    """Some of them; `after`: the last one's place, where there are more."""

    items: list[Listed]
    after: tuple[str, int] | None


def page_of(found: list[Listed], after: tuple[str, int] | None, limit: int) -> Page:
    """At most `limit` of what was listed, behind a place.

    One that is answered meanwhile stands later, never earlier: it may be told twice, and is left out nowhere.
    """
    rest = [one for one in found if after is None or _behind(one, after)]
    items = rest[:limit]
    return Page(items, _place(items[-1]) if len(rest) > limit else None)


def _place(one: Listed) -> tuple[str, int]:
    return ("waits" if one.state == "open" else "over", one.row.recorded_by)


def _behind(one: Listed, after: tuple[str, int]) -> bool:
    group, number = _place(one)
    return number < after[1] if group == after[0] else group == "over"


def listed(session: Session, county: str, actor: Actor) -> list[Listed]:
    """A county's proposals: those that wait for somebody first, of each kind the latest first."""
    answers = {one.proposal_id: (one, at) for one, at in session.execute(queries.answers(county, actor))}
    rows = session.execute(queries.proposals(county, actor)).all()
    names = _names(session, county, [row for row, _ in rows])
    found = [Listed(row, at, *answers.get(row.id, (None, None)), _what(row, names)) for row, at in rows]
    found.sort(key=lambda one: one.row.recorded_by, reverse=True)
    return sorted(found, key=lambda one: one.state != "open")


def proposal_called(session: Session, county: str, proposal: str, actor: Actor) -> Listed:
    """The county's proposal of this id.

    Raises:
        NotFound: when there is none.
    """
    found = next((one for one in listed(session, county, actor) if one.row.id == proposal), None)
    if found is None:
        raise unknown(proposal)
    return found


def county_of_proposal(session: Session, proposal: str, actor: Actor) -> str:
    """In which county it was proposed.

    Raises:
        NotFound: when there is no such proposal.
    """
    county: str | None = session.scalar(queries.county_of(proposal, actor))
    if county is None:
        raise unknown(proposal)
    return county


def unknown(proposal: str) -> NotFound:
    """That there is no such proposal."""
    return NotFound(f"没有编号为“{proposal}”的提出", fix="请用 luzhang propose list 查看编号", code="second.unknown")


def _names(session: Session, county: str, rows: list[Proposal]) -> dict[str, str]:
    """The names of the firms that proposals are about."""
    from app.register.successions.shown import names  # below it stand the acts, which go through the gate

    firms = {firm for row in rows for effect in read(row.effects) for firm in _firms(effect)}
    return names(session, county, sorted(firms), AsOf(clock.today(), NOW.known)) if firms else {}


def _firms(effect: dict[str, Any]) -> list[str]:
    return [effect[key] for key in ("firm", "into") if isinstance(effect.get(key), str)]


def _what(row: Proposal, names: dict[str, str]) -> str:
    """The act in words."""
    effects, told = read(row.effects), read(row.arguments)
    firms = list(dict.fromkeys(names.get(firm) or firm for one in effects for firm in _firms(one)))
    if row.act == "merge" and len(firms) == 2:
        return f"{firms[0]} 并入 {firms[1]}"
    if row.act == "issue":
        return f"{row.county} {effects[0]['quarter']} 台账第{effects[0]['revision']}版"
    if row.act == "adopt":
        parts = [str(one[key]) for one in effects for key in ("clause", "limit", "file") if one.get(key)]
        return "、".join(dict.fromkeys(parts)) or str(told.get("name", ""))
    return "、".join(firms)


def _moment(at: datetime) -> str:
    return at.astimezone(clock.CHINA).isoformat(timespec="seconds")

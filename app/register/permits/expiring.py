"""Permits that have ended or end soon, with the last day for asking for renewal; a rough end may not tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dates import DateInterval
from app.domain.permit_number import parts
from app.domain.register import AsOf, Enterprise, Snapshot, Subject
from app.domain.vocabulary import ENUMS
from app.errors import BadInput
from app.register.desk.who import firm_called
from app.register.facts.cells import Cells, where_written
from app.register.facts.views import snapshot
from app.register.limits.county_limits import limits_of
from app.register.permits.matrix import coded
from app.register.permits.shown import paper, whose
from app.register.scope import Actor
from app.rules.duties.required import GONE
from app.rules.limits.limit import Limit, PermitRule
from app.rules.limits.permits import renew_by

#: The states of a line, the most pressing first.
STATES = {
    "expired": "已过期",
    "expiring": "将到期",
    "cannot_tell": "不能确定",
}

#: Kinds of which a paper that was read says that they end after some years; of others only a stated end counts.
TERMED = ("pollutant_discharge", "safety_grade")
#: What stands for no permit at all.
NO_PERMIT = ("lacking", "not_required", "revoked")
_KINDS = ENUMS["permit_kind"]
LONGEST = 36_500

#: By kind of permit: the rule that says how long before its end renewal is asked for, how many days, in which source.
_Renewals = Mapping[str, tuple[Limit, int, str]]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which are asked for: those that end `within` so many days."""

    within: int = 60
    kind: str | None = None
    firm: str | None = None
    township: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One permit. `days`: how many days are left at least and at most; below nought it ended so many days ago.

    `renew`: the first and the last day that the last day for asking may be; `rule`: the rule that says so, and in which
    `source` it stands.
    """

    firm: Enterprise
    permit: Subject
    state: str
    because: str
    days: tuple[int | None, int | None] = (None, None)
    renew: tuple[date | None, date | None] = (None, None)
    rule: Limit | None = field(default=None)
    source: str | None = None

    @property
    def late(self) -> bool | None:
        """Whether the last day for asking is past; None where it cannot be told, or no rule gives one."""
        if self.rule is None or self.state == "expired" or self.days[1] is None:
            return None
        body = self.rule.body
        limit = body.days_before if isinstance(body, PermitRule) else 0
        if self.days[1] < limit:
            return True
        return False if self.days[0] is not None and self.days[0] >= limit else None

    def as_dict(self, written: Cells | None = None) -> dict[str, Any]:
        """As it stands in `lines`."""
        first, last = self.renew
        return {
            "enterprise": whose(self.firm),
            **paper(self.permit, written),
            "state": self.state,
            "state_label": STATES[self.state],
            "because": self.because,
            "days_left": {"least": self.days[0], "most": self.days[1]},
            "renew_by": {"from": first.isoformat() if first else None, "to": last.isoformat() if last else None},
            "renewal_late": self.late,
            "applying": self.permit.facts.get("standing") == "applying",
            "rule": self.rule.id if self.rule else None,
            "rule_text": self.rule.text if self.rule else None,
            "rule_source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Expiring:
    """The county's list as of a day."""

    county: str
    day: date
    known: int
    within: int
    lines: tuple[Line, ...]
    written: Cells = field(default_factory=dict)

    @property
    def totals(self) -> dict[str, int]:
        """Lines by state."""
        return {state: sum(line.state == state for line in self.lines) for state in STATES}

    @property
    def status(self) -> int:
        """1 where anything is listed."""
        return int(bool(self.lines))

    def as_dict(self) -> dict[str, Any]:
        """The object that `luzhang permits expiring --json` prints."""
        asked = {"county": self.county, "as_of": self.day.isoformat(), "known": self.known, "within": self.within}
        return {**asked, "totals": self.totals, "lines": [line.as_dict(self.written) for line in self.lines]}


def expiring(
    session: Session, county: str, wanted: Wanted, as_of: AsOf, actor: Actor, *, whole: Snapshot | None = None
) -> Expiring:
    """The permits that have ended by the day, or end within so many days of it, or of which it cannot be told.

    `whole`: the county's snapshot of that moment, where the asker has it at hand; then no township is asked for.

    Raises:
        UnknownTownship, NotFound: when the township or the firm is not there.
        BadInput: when there is no such kind, or the days are none.
    """
    kind = coded(wanted.kind, _KINDS, "手续", "permit.kind") if wanted.kind else None
    if not 0 <= wanted.within <= LONGEST:
        raise BadInput(f"{wanted.within} 天不成立", fix=f"请写 0 到 {LONGEST} 的天数", code="permit.days")
    own = firm_called(session, county, wanted.firm, actor) if wanted.firm else None
    whole = whole or snapshot(session, county, as_of, actor, township=wanted.township)
    renewals = _renewals(session, county, as_of, actor)
    lines = [
        line
        for firm in whole.enterprises
        if own in (None, firm.id) and firm.facts.get("status") not in GONE
        for line in _lines(firm, kind, wanted.within, as_of.day, renewals)
    ]
    order = list(STATES)
    left = {id(one): one.days[1] if one.days[1] is not None else LONGEST for one in lines}
    lines.sort(key=lambda one: (order.index(one.state), left[id(one)], one.firm.id))
    written = where_written(session, county, {one.permit.id for one in lines}, as_of, actor)
    return Expiring(county, as_of.day, as_of.known, wanted.within, tuple(lines), written)


def _lines(firm: Enterprise, kind: str | None, within: int, day: date, renewals: _Renewals) -> Iterator[Line]:
    for permit in firm.permits:
        of = str(permit.facts.get("kind"))
        if kind not in (None, of) or permit.facts.get("standing") in NO_PERMIT or _renewed(permit, firm.permits, day):
            continue
        if permit.facts.get("class") == "registration" and permit.facts.get("valid_to") is None:
            continue
        line = _line(firm, permit, of, within, day)
        if line is not None:
            until = permit.facts.get("valid_to")
            if of not in renewals or not isinstance(until, DateInterval):
                yield line
            else:
                rule, before, source = renewals[of]
                renew = renew_by(until, before)
                yield Line(firm, permit, line.state, line.because, line.days, renew, rule, source)


def _line(firm: Enterprise, permit: Subject, kind: str, within: int, day: date) -> Line | None:
    """The permit's line; None where it surely ends later, or has no end to speak of."""
    until, standing = permit.facts.get("valid_to"), permit.facts.get("standing")
    if "valid_to" in permit.disputed or "standing" in permit.disputed:
        return Line(firm, permit, "cannot_tell", "各来源对有效期或办理情况说法不一")
    if not isinstance(until, DateInterval):
        if standing == "expired":
            return Line(firm, permit, "expired", "写着过期，没有写有效期到哪一天")
        if standing == "held" and kind in TERMED:
            return Line(firm, permit, "cannot_tell", "没有写有效期到哪一天")
        return None
    least = (until.since - day).days if until.since else None
    most = (until.until - day).days if until.until else None
    left = (least, most)
    if most is not None and most < 0:
        return Line(firm, permit, "expired", f"有效期到{until.text}，已过 {-most} 天", left)
    if standing == "expired":
        return Line(firm, permit, "cannot_tell", f"写着过期，但有效期到{until.text}，还没有到期", left)
    if least is not None and least > within:
        return None
    if least is not None and least >= 0 and most is not None and most <= within:
        words = f"还有 {least} 天" if least == most else f"还有 {least} 到 {most} 天"
        return Line(firm, permit, "expiring", f"有效期到{until.text}，{words}", left)
    return Line(firm, permit, "cannot_tell", f"有效期到{until.text}，到底是哪一天要问清", left)


def _renewed(permit: Subject, others: Sequence[Subject], day: date) -> bool:
    """Whether a later version of the same paper is in force or begins when this one ends."""
    until = permit.facts.get("valid_to")
    if not isinstance(until, DateInterval) or until.until is None:
        return False
    for other in others:
        later = other.facts.get("valid_to")
        if other.id == permit.id or other.facts.get("standing") in (*NO_PERMIT, "applying", "expired"):
            continue
        if not (same_paper(permit, other) and isinstance(later, DateInterval)):
            continue
        if later.since and later.since > until.until and _follows(other, until.until, day):
            return True
    return False


def _follows(permit: Subject, end: date, day: date) -> bool:
    """Whether a permit begins at the latest on the day after another's end, or had begun by the day asked about."""
    since = permit.facts.get("valid_from")
    if "valid_from" in permit.disputed:
        return False
    return not isinstance(since, DateInterval) or (since.until is not None and since.until <= max(end + _DAY, day))


def same_paper(one: Subject, other: Subject) -> bool:
    """Whether two permits are versions of one: of a kind, and of one site where their numbers tell sites."""
    if one.facts.get("kind") != other.facts.get("kind"):
        return False
    numbers = [str(each.facts.get("number") or "") for each in (one, other)]
    sites = [parts(number) for number in numbers]
    if sites[0] is not None and sites[1] is not None:
        return sites[0].site == sites[1].site
    return bool(numbers[0]) and numbers[0] == numbers[1]


def _renewals(session: Session, county: str, as_of: AsOf, actor: Actor) -> _Renewals:
    """The rules in force in the county, by kind of permit; of several the one that wants it asked for the earliest."""
    known = limits_of(session, county, as_of.known, actor).limits
    found: dict[str, tuple[Limit, int, str]] = {}
    for limit in known.limits.values():
        body = limit.body
        if not (isinstance(body, PermitRule) and body.rule == "renewal"):
            continue
        before = found.get(body.permit)
        if limit.decides and limit.in_force(as_of.day, county) and (before is None or body.days_before > before[1]):
            named = known.sources.get(limit.source or "")
            found[body.permit] = (limit, body.days_before, named.title if named else limit.source or limit.id)
    return found

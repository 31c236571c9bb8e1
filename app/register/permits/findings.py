"""What is doubtful in permits: a number that is not the firm's, a form that is none, terms that clash."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.credit_code import valid
from app.domain.dates import DateInterval
from app.domain.permit_number import EXPECTED, parts, written
from app.domain.register import AsOf, Enterprise, Subject
from app.register.desk.who import firm_called
from app.register.facts.cells import Cells, where_written
from app.register.facts.identity import same_as
from app.register.facts.views import snapshot
from app.register.permits import queries
from app.register.permits.shown import paper, whose
from app.register.scope import Actor
from app.store.facts import from_json

DISCHARGE = "pollutant_discharge"

#: What may be found, and the source of the rule where there is one.
FINDINGS = {
    "number_not_own": "证号不是本单位的",
    "number_unchecked": "证号是不是本单位的，不能确定",
    "number_malformed": "证号写法不对",
    "number_shared": "同一证号写在几家名下",
    "term_reversed": "有效期止早于有效期起",
    "held_after_term": "写着已办，有效期已过",
}
_RULE = "排污许可证编号前18位为排污单位的统一社会信用代码"
_SOURCE = "HJ 608-2017（排污单位编码规则，转述）"


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt on one permit. `certain` False: it is a question, for want of what would settle it."""

    firm: Enterprise
    permit: Subject
    code: str
    because: str
    fix: str
    rule: str | None = None
    source: str | None = None

    @property
    def certain(self) -> bool:
        """Whether it is found, and not only asked."""
        return self.code != "number_unchecked"

    def as_dict(self, written: Cells | None = None) -> dict[str, Any]:
        """As it stands in `findings`."""
        return {
            "enterprise": whose(self.firm),
            **paper(self.permit, written),
            "finding": self.code,
            "finding_label": FINDINGS[self.code],
            "certain": self.certain,
            "because": self.because,
            "fix": self.fix,
            "rule": self.rule,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """The findings of a county as of a day."""

    county: str
    day: date
    known: int
    findings: tuple[Finding, ...]
    written: Cells = field(default_factory=dict)

    @property
    def status(self) -> int:
        """1 where anything was found."""
        return int(bool(self.findings))

    def as_dict(self) -> dict[str, Any]:
        """The object that `luzhang permits findings --json` prints."""
        totals = {code: sum(one.code == code for one in self.findings) for code in FINDINGS}
        asked = {"county": self.county, "as_of": self.day.isoformat(), "known": self.known}
        return {**asked, "totals": totals, "findings": [one.as_dict(self.written) for one in self.findings]}


def findings(
    session: Session, county: str, as_of: AsOf, actor: Actor, *, firm: str | None = None, township: str | None = None
) -> Found:
    """What is doubtful in the permits of the county, of a township, or of one firm.

    Raises:
        UnknownTownship, NotFound: when the township or the firm is not there.
    """
    own = firm_called(session, county, firm, actor) if firm else None
    # Whose a number is, and who shares it, is looked up in the whole county, whichever township is asked about.
    whole = snapshot(session, county, as_of, actor)
    chosen = snapshot(session, county, as_of, actor, township=township) if township else whole
    codes = _codes(session, county, as_of.known, actor)
    looking = _Looking(as_of.day, codes, _owners(whole.enterprises), _sharing(whole.enterprises))
    asked = (one for one in chosen.enterprises if own in (None, one.id))
    found = tuple(found for one in asked for found in looking.of_firm(one))
    written = where_written(session, county, {one.permit.id for one in found}, as_of, actor)
    return Found(county, as_of.day, as_of.known, found, written)


def reversed_term(since: DateInterval, until: DateInterval) -> bool:
    """Whether a term surely ends before it begins."""
    return since.since is not None and until.until is not None and until.until < since.since


def _codes(session: Session, county: str, known: int, actor: Actor) -> Mapping[str, set[str]]:
    """Every code that was stated of each firm, as known: a permit may carry the one that it had when it was given."""
    same, found = same_as(session, county, known), defaultdict[str, set[str]](set)
    for subject, value in session.execute(queries.codes_stated(county, known, actor)):
        found[same.of(subject)].add(str(from_json(value)))
    return found


def _owners(firms: tuple[Enterprise, ...]) -> Mapping[str, Enterprise]:
    return {str(firm.facts["uscc"]): firm for firm in firms if "uscc" in firm.facts}


def _sharing(firms: tuple[Enterprise, ...]) -> Mapping[str, list[Enterprise]]:
    found: defaultdict[str, list[Enterprise]] = defaultdict(list)
    for firm in firms:
        numbers = {written(str(one.facts["number"])) for one in firm.permits if _numbered(one)}
        for number in numbers:
            found[number].append(firm)
    return found


def _numbered(permit: Subject) -> bool:
    return permit.facts.get("kind") == DISCHARGE and bool(permit.facts.get("number"))


@dataclass(frozen=True, slots=True)
class _Looking:
    """What a look at permits has at hand: codes by firm as ever stated, firms by code, firms by number."""

    day: date
    codes: Mapping[str, set[str]]
    owners: Mapping[str, Enterprise]
    sharing: Mapping[str, list[Enterprise]]

    def of_firm(self, firm: Enterprise) -> Iterator[Finding]:
        """All that is doubtful in a firm's permits."""
        for permit in firm.permits:
            yield from self.of_term(firm, permit)
            if _numbered(permit):
                yield from self.of_number(firm, permit, str(permit.facts["number"]))

    def of_number(self, firm: Enterprise, permit: Subject, number: str) -> Iterator[Finding]:
        """A number against its form and the firm's own codes."""
        others = [one.name for one in self.sharing.get(written(number), ()) if one.id != firm.id]
        if others:
            why, fix = f"证号 {number} 也写在{'、'.join(others)}名下", "请核对是谁的证"
            yield Finding(firm, permit, "number_shared", why, fix)
        told = parts(number)
        if told is None:
            yield Finding(firm, permit, "number_malformed", f"证号写作“{number}”", EXPECTED, _RULE, _SOURCE)
            return
        ever = self.codes.get(firm.id, set())
        if told.unit in ever:
            return
        if not told.coded or not any(valid(code) for code in ever):
            lacking = "该单位没有信用代码时编的" if not told.coded else "企业的信用代码没有写，或校验不过"
            fix = "请核对企业的统一社会信用代码"
            yield Finding(firm, permit, "number_unchecked", f"证号 {number}：{lacking}", fix, _RULE, _SOURCE)
            return
        owner = self.owners.get(told.unit)
        strange = "，没有查到用这个代码的企业" if valid(told.unit) else "，这18位校验不过"
        of = f"，那是{owner.name}的代码" if owner else strange
        why = f"证号以 {told.unit} 开头{of}；本企业的代码是 {'、'.join(sorted(ever))}"
        fix = "请核对证号和企业；若是被整合企业的旧证，应当变更或重新申请"
        yield Finding(firm, permit, "number_not_own", why, fix, _RULE, _SOURCE)

    def of_term(self, firm: Enterprise, permit: Subject) -> Iterator[Finding]:
        """A term against itself and the day."""
        since, until = permit.facts.get("valid_from"), permit.facts.get("valid_to")
        if not isinstance(until, DateInterval) or until.until is None:
            return
        if isinstance(since, DateInterval) and reversed_term(since, until):
            why = f"有效期起{since.text}，止{until.text}"
            yield Finding(firm, permit, "term_reversed", why, "请核对证上的起止日期")
        elif permit.facts.get("standing") == "held" and until.until < self.day:
            why = f"写着已办，有效期到{until.text}"
            yield Finding(firm, permit, "held_after_term", why, "请问有没有延续，换了新证的补记新证")

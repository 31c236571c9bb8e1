"""Ledgers as issued: their revisions, their files and what they were printed from, and the checks before."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.domain.quarter import Quarter
from app.errors import NotFound, Refused
from app.register.ledgers import frozen, ledger_queries
from app.register.ledgers.frozen import Frozen
from app.register.scope import Actor
from app.register.second import gate
from app.store import ids
from app.store.models import Change, LedgerAnchor, LedgerCheck, LedgerContent, LedgerIssue

PEOPLE = {"prepared_by": "填报人", "checked_by": "审核人", "approved_by": "签发人"}


#: A change, and the digest of its county's chain there.
Anchor = tuple[int, str]


@dataclass(frozen=True, slots=True)
class People:
    """Who made, checked and signed a ledger; None where nobody is named."""

    prepared_by: str | None = None
    checked_by: str | None = None
    approved_by: str | None = None

    def as_dict(self) -> dict[str, str | None]:
        """For commands and the API."""
        return {name: getattr(self, name) for name in PEOPLE}

    def named(self) -> tuple[tuple[str, str], ...]:
        """Those that are named, as a ledger prints them."""
        return tuple((word, who) for name, word in PEOPLE.items() if (who := getattr(self, name)))


NOBODY = People()


@dataclass(frozen=True, slots=True)
class Issued:
    """One revision of a quarter's ledger. `tables_sha256` is None of one issued before its data were kept."""

    id: str
    county: str
    quarter: Quarter
    revision: int
    known: int
    reason: str | None
    sha256: str
    change: int
    actor: str
    at: datetime
    tables_sha256: str | None
    people: People
    heads: Mapping[str, int] | None
    last: bool = True

    @property
    def knows(self) -> dict[str, int]:
        """By county the change up to which it knows; of a city's each of its counties."""
        return dict(self.heads) if self.heads else {self.county: self.known}

    @property
    def number(self) -> str:
        """431127-2025Q4-2."""
        return number_of(self.county, self.quarter, self.revision)

    @property
    def state(self) -> str:
        """Whether it holds (issued first, or revised), or a later revision took its place."""
        if not self.last:
            return "replaced"
        return "issued" if self.revision == 1 else "revised"

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API, with how it stands now."""
        return {**self.as_issued(), "state": self.state, "label": STATES[self.state]}

    def as_issued(self) -> dict[str, Any]:
        """What no later act alters."""
        return {
            "county": self.county,
            "quarter": str(self.quarter),
            "revision": self.revision,
            "number": self.number,
            "as_of": self.quarter.last.isoformat(),
            "known": self.known,
            "heads": self.heads,
            "reason": self.reason,
            "sha256": self.sha256,
            "tables_sha256": self.tables_sha256,
            **self.people.as_dict(),
            "change": self.change,
            "actor": self.actor,
            "at": self.at.astimezone(clock.CHINA).isoformat(timespec="seconds"),
        }


STATES = {
    "draft": "未签发",
    "checked": "已核对",
    "issued": "已签发",
    "revised": "已更正",
    "replaced": "已被更正取代",
}


def number_of(county: str, quarter: Quarter, revision: int) -> str:
    """A ledger's number."""
    return f"{county}-{quarter}-{revision}"


def issues(session: Session, county: str, quarter: Quarter | None, actor: Actor) -> list[Issued]:
    """The issued revisions of a quarter (None: of all), first to last."""
    rows = session.execute(ledger_queries.issued(county, quarter, actor)).all()
    last = {row.quarter: row.revision for row in rows}
    return [_issued(row, last[row.quarter] == row.revision) for row in rows]


def _issued(row: Any, last: bool) -> Issued:
    return Issued(
        row.id,
        row.county,
        Quarter.parse(row.quarter),
        row.revision,
        row.known,
        row.reason,
        row.sha256,
        row.recorded_by,
        row.actor,
        row.at,
        row.tables_sha256,
        People(row.prepared_by, row.checked_by, row.approved_by),
        {county: number for county, (number, _) in json.loads(row.heads).items()} if row.heads else None,
        last,
    )


def revision_of(session: Session, county: str, quarter: Quarter, revision: int | None, actor: Actor) -> Issued:
    """That revision, or the last.

    Raises:
        NotFound: when it was not issued.
    """
    own = issues(session, county, quarter, actor)
    if not own:
        fix = "请先用 luzhang ledger --issue 签发"
        raise NotFound(f"{county} 的{quarter.chinese}台账还没有签发", fix=fix, code="ledger.not_issued")
    if revision is None:
        return own[-1]
    one = next((one for one in own if one.revision == revision), None)
    if one is None:
        fix = f"已签发到第{own[-1].revision}版，请写其中一版"
        raise NotFound(f"{county} 的{quarter.chinese}台账没有第{revision}版", fix=fix, code="ledger.no_revision")
    return one


def numbered(text: str) -> tuple[str | None, Quarter, int | None]:
    """A ledger's words: 2025Q4, 2025Q4-2 or 431127-2025Q4-2: county, quarter and revision, as far as told."""
    told = re.fullmatch(r"\s*(?:(\d{6})-)?(\d{4}-?[Qq]\d)(?:-(\d{1,6}))?\s*", text)
    if told:
        return told[1], Quarter.parse(told[2]), int(told[3]) if told[3] else None
    return None, Quarter.parse(text), None


def issue_of_file(session: Session, sha256: str, actor: Actor) -> tuple[str, Quarter, int]:
    """Of which issue a file with this digest is.

    Raises:
        NotFound: when it is of none, to the byte.
    """
    row = session.execute(ledger_queries.of_file(sha256, actor)).first()
    if row is None:
        fix = "请用签发时给出的文件，不要在 Excel 或 WPS 里另存；或直接写季度，如 2025Q4"
        raise NotFound("这个文件不是已签发台账的原件：一个字节都不能变", fix=fix, code="ledger.not_the_file")
    return row.county, Quarter.parse(row.quarter), row.revision


def bytes_of(session: Session, one: Issued, actor: Actor) -> bytes:
    """The file as it was issued."""
    return bytes(session.execute(ledger_queries.file_of(one.county, one.id, actor)).scalar_one())


def frozen_of(session: Session, one: Issued, actor: Actor) -> Frozen | None:
    """What it was printed from; None of one issued before that was kept."""
    row = session.execute(ledger_queries.content_of(one.county, one.id, actor)).first()
    return frozen.read(frozen.unpacked(bytes(row.tables))) if row else None


def issue(
    session: Session,
    change: Change,
    quarter: Quarter,
    *,
    revision: int,
    known: int,
    reason: str | None,
    workbook: bytes,
    content: Frozen,
    people: People = NOBODY,
    anchors: Mapping[str, Anchor] | None = None,
    audited: Mapping[str, Anchor] | None = None,
) -> None:
    """Freeze a ledger: number it, hash it, keep its bytes and what they were printed from.

    `anchors`: of a city's each county's change and the digest of its chain there; `known` is then 0.
    `audited`: by county where its chain of who did what stood then, as the ledger prints it.
    """
    key = {"county": change.county, "recorded_by": change.number}
    own, data = ids.new(), frozen.written(content)
    session.add(
        LedgerIssue(
            id=own,
            quarter=str(quarter),
            revision=revision,
            known=known,
            reason=reason,
            sha256=hashlib.sha256(workbook).hexdigest(),
            workbook=workbook,
            **key,
        )
    )
    session.flush()
    session.add(
        LedgerContent(
            id=ids.new(),
            issue_id=own,
            sha256=hashlib.sha256(data).hexdigest(),
            tables=frozen.packed(data),
            heads=json.dumps({of: list(one) for of, one in anchors.items()}, sort_keys=True) if anchors else None,
            **people.as_dict(),
            **key,
        )
    )
    for chain, (number, digest) in sorted((audited or {}).items()):
        session.add(LedgerAnchor(id=ids.new(), issue_id=own, chain=chain, number=number, digest=digest, **key))
    session.flush()
    told = {"content": content.told["content_sha256"], "reason": reason}
    gate(session, change, "issue", {"quarter": str(quarter), "revision": revision, **told})


@dataclass(frozen=True, slots=True)
class Checked:
    """A recorded check: who, when, what was known, how it came out. `content`: the digest of the tables checked.

    `heads`: of a city's ledger by county the change up to which it was known.
    """

    quarter: Quarter
    known: int
    content: str
    passed: bool
    findings: Sequence[Mapping[str, Any]]
    change: int
    actor: str
    at: datetime
    heads: Mapping[str, int] | None = None

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {
            "quarter": str(self.quarter),
            "known": self.known,
            "heads": self.heads,
            "content_sha256": self.content,
            "passed": self.passed,
            "checks": list(self.findings),
            "change": self.change,
            "actor": self.actor,
            "at": self.at.astimezone(clock.CHINA).isoformat(timespec="seconds"),
        }


def checks(session: Session, county: str, quarter: Quarter | None, actor: Actor) -> list[Checked]:
    """The recorded checks of a quarter (None: of all), first to last."""
    rows = session.execute(ledger_queries.checked(county, quarter, actor))
    return [
        Checked(
            Quarter.parse(row.quarter),
            row.known,
            row.content,
            row.passed,
            json.loads(row.findings),
            row.recorded_by,
            row.actor,
            row.at,
            json.loads(row.heads) if row.heads else None,
        )
        for row in rows
    ]


def record_check(
    session: Session,
    county: str,
    change: int,
    quarter: Quarter,
    *,
    known: int,
    content: str,
    findings: Sequence[Mapping[str, Any]],
    heads: Mapping[str, int] | None = None,
) -> None:
    """Keep how the checks came out; they passed where each is `ok`."""
    told = json.dumps(list(findings), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    key = {"county": county, "recorded_by": change, "id": ids.new(), "quarter": str(quarter)}
    passed = all(one["ok"] for one in findings)
    vector = json.dumps(dict(heads), sort_keys=True) if heads else None
    session.add(LedgerCheck(known=known, content=content, passed=passed, findings=told, heads=vector, **key))
    session.flush()


def whole_county(actor: Actor) -> None:
    """That the actor may act for a whole county.

    Raises:
        Refused: when they may see townships of it only.
    """
    if actor.townships is not None:
        raise Refused("台账是全县的，只能由看得到全县的人核对和签发", fix="请由县级账户操作", code="ledger.county_only")

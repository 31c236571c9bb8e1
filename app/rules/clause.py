"""What a clause is: the words of a paper, where and when they are in force, and the predicate that they state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.dates import FOREVER
from app.domain.statement import Value
from app.rules.predicate import AllOf, Comparison, Predicate

CATEGORIES = {
    "eliminate": "淘汰类",
    "restrict": "限制类",
    "encourage": "鼓励类",
    "permit": "允许类",
    "ban": "禁止类（安全目录）",
    "requirement": "整治要求",
}

#: How a clause stands: only a confirmed one decides; the others are shown.
STATUSES = {
    "confirmed": "有效",
    "draft": "草稿（未核对原文）",
    "historical": "历史文本（只供对照）",
    "qualitative": "定性要求（只能由人认定）",
    "not_found": "未找到依据",
}

#: Those of a clause that states no conditions: nothing is ever reckoned by it.
UNSTATED = ("qualitative", "not_found")

#: How a clause's words became known, with what that is worth.
LEVELS = {
    "seen": "读过原文",
    "paper": "读过文件",
    "statute": "读过法条全文",
    "official": "读过官方文本",
    "quoted": "别处加引号转引",
    "news": "报道转述",
    "dataset": "公开数据集所载",
    "memory": "凭记忆",
    "none": "没有依据",
}

#: Words that were read in a source that is named; only a clause known so decides.
READ = ("seen", "paper", "statute", "official")

EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a clause's words were read."""

    id: str
    title: str
    day: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """An article of a law, in force since a day."""

    id: str
    law: str
    article: str
    text: str
    since: date

    def as_dict(self) -> dict[str, str]:
        """For commands and the API."""
        return {"id": self.id, "law": self.law, "article": self.article, "text": self.text}


@dataclass(frozen=True, slots=True)
class Edition:
    """A catalogue as issued; in force [since, until). `transfer_law`: forbids handing on what it eliminates."""

    id: str
    title: str
    since: date
    until: date
    issuer: str | None = None
    document_no: str | None = None
    replaces: str | None = None
    evidence: str = ""
    url: str | None = None
    note: str | None = None
    transfer_law: Law | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How the words became known, as one of `LEVELS`: what was not read in a source that is named decides nothing."""

    level: str
    source: str | None = None
    quote: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A case stated with the clause, which must come out as said. `expect` None: cannot tell."""

    facts: tuple[tuple[str, Value], ...]
    expect: bool | None


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, in force [since, until) in a jurisdiction (a code's beginning; empty: the country).

    `since_precision`: how exactly the paper gives the day in force (`month`: its first day stands in `since`).
    `same_clause`: the clause of which this is another edition, another place's restatement or a further dated step.
    `transfer_law`: what forbids handing on a machine that it names; its edition's, unless it names its own.
    """

    id: str
    text: str
    category: str | None
    kind: str
    when: Predicate
    reading: Reading
    since: date = date.min
    until: date = FOREVER
    jurisdiction: str = ""
    edition: Edition | None = None
    deadline: date | None = None
    status: str = "confirmed"
    adopted: tuple[str, ...] = ()
    wanting: tuple[str, ...] = ()
    required_action: str | None = None
    replacement: str | None = None
    note: str | None = None
    since_precision: str = "day"
    same_clause: str | None = None
    examples: tuple[Example, ...] = ()
    transfer_law: Law | None = None

    @property
    def predicate(self) -> Predicate:
        """Its kind and its conditions: an absent kind cannot be told, another kind is no."""
        return AllOf((Comparison("kind", "eq", self.kind), self.when))

    @property
    def fields(self) -> tuple[str, ...]:
        """The facts that it asks for, by path, each once."""
        return tuple(dict.fromkeys(comparison.field for comparison in self.predicate.comparisons()))

    @property
    def dormant(self) -> bool:
        """It asks for facts or a kind (`wanting`) that the vocabulary has no name for."""
        return bool(self.wanting)

    @property
    def decides(self) -> bool:
        """Fit to answer: confirmed, and all that it asks for has a name."""
        return self.status == "confirmed" and not self.dormant

    def in_force(self, day: date, county: str) -> bool:
        """On that day, in that county."""
        return self.since <= day < self.until and county.startswith(self.jurisdiction)

    def shipped_for(self, county: str) -> bool:
        """Adopted by the catalogue itself, without an act of the county."""
        return EVERYWHERE in self.adopted or county in self.adopted

    @property
    def removes(self) -> bool:
        """Whether what it names must go (eliminate or ban), not merely be limited."""
        return self.category in ("eliminate", "ban")

    def rank(self) -> tuple[int, int, str]:
        """Order among clauses that answer alike: the more local, then the newer edition, then by id."""
        newest = self.edition.since.toordinal() if self.edition else 0
        return (-len(self.jurisdiction), -newest, self.id)

"""What a limit is: the words of a paper, where and when it is in force, of what it speaks, and what it demands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.domain.dates import FOREVER
from app.domain.statement import Value
from app.rules.clause import LEVELS
from app.rules.limits.ranges import Conditions

KINDS = {
    "energy": "能耗",
    "emission": "排放浓度",
    "heat_treatment": "热处理炉能耗等级",
    "safety_grade": "安全生产标准化",
    "permit": "排污许可",
    "service_life": "使用年限",
    "price": "电价",
    "scale": "规模",
    "grade": "绩效分级",
}

#: What a file may call its limit.
FILED = {
    "confirmed": "有效",
    "draft": "草稿（未核对原文，不作判断）",
    "historical": "历史文本（只供对照）",
    "shown": "只供查阅（不作计算）",
}

#: The same, and that of a county's own limit until the county adopts it.
STATUSES = {**FILED, "waiting": "本县尚未采用（不作判断）"}


@dataclass(frozen=True, slots=True)
class Step:
    """A limit for those of whom its conditions hold."""

    when: Conditions
    limit: Decimal


@dataclass(frozen=True, slots=True)
class Threshold:
    """One measure against a limit that may depend on a fact. `at`: what the measurement is taken to be made under."""

    measure: str
    comparison: str
    unit: str
    steps: tuple[Step, ...]
    at: Conditions = field(default=Conditions())


@dataclass(frozen=True, slots=True)
class Concentrations:
    """Limits by pollutant. `oxygen`: the reference oxygen, by case; empty where the limit has none."""

    limits: Mapping[str, Decimal]
    comparison: str
    unit: str
    oxygen: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassRow:
    """The upper ends of 一等, 二等, 三等 for furnaces of a kind."""

    when: Conditions
    measure: str
    ends: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes by comparable consumption. `alpha`: the factor by fuel, with the warning that came with it."""

    rows: tuple[ClassRow, ...]
    alpha: Mapping[str, Decimal]
    warning: str


@dataclass(frozen=True, slots=True)
class Grade:
    """The safety grade to be reached. `named`: the firms that the paper names; `stated`: how many it says they are."""

    level: str
    named: tuple[str, ...] = ()
    stated: int | None = None


@dataclass(frozen=True, slots=True)
class PermitRule:
    """`valid`: a permit in force on the day; `renewal`: applied for so many days before it ends."""

    rule: str
    permit: str
    days_before: int = 0


@dataclass(frozen=True, slots=True)
class Life:
    """Years from a day of the machine; None where the paper gives none."""

    years: int | None
    counted_from: str


Body = Threshold | Concentrations | Classes | Grade | PermitRule | Life


@dataclass(frozen=True, slots=True)
class Example:
    """A case stated with the limit, which must come out as said."""

    facts: Mapping[str, Value]
    expect: str


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit, in force [since, until) in a jurisdiction (a code's beginning; empty: the country).

    `read_in`: the title of its source, as people call it. `digest`: of its text in the file, so that an adoption names
    the very text that was adopted.
    """

    id: str
    kind: str
    title: str
    text: str
    level: str
    source: str | None = None
    body: Body | None = None
    applies: Conditions = field(default=Conditions())
    since: date = date.min
    until: date = FOREVER
    jurisdiction: str = ""
    deadline: date | None = None
    status: str = "confirmed"
    note: str | None = None
    examples: tuple[Example, ...] = ()
    read_in: str | None = None
    digest: str = ""

    @property
    def evidence(self) -> str:
        """From where its words are known, as people call it."""
        return self.read_in or LEVELS.get(self.level, self.source or self.level)

    @property
    def decides(self) -> bool:
        """Fit to answer: its words were read in a source that is named, and it can be computed."""
        return self.status == "confirmed" and self.computes

    @property
    def computes(self) -> bool:
        """Whether it states a number: 超出使用年限 without years states none."""
        return self.body is not None and not (isinstance(self.body, Life) and self.body.years is None)

    @property
    def measures(self) -> tuple[str, ...]:
        """What must have been measured for it."""
        if isinstance(self.body, Threshold):
            return (self.body.measure,)
        if isinstance(self.body, Concentrations):
            return tuple(self.body.limits)
        if isinstance(self.body, Classes):
            return tuple(dict.fromkeys(row.measure for row in self.body.rows))
        return ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The facts that it asks for beside measurements."""
        asked = list(self.applies.fields)
        if isinstance(self.body, Threshold):
            asked += [name for step in self.body.steps for name in step.when.fields]
        if isinstance(self.body, Concentrations):
            asked += ["fuel", *(name for step in self.body.oxygen for name in step.when.fields)]
        if isinstance(self.body, Classes):
            asked += ["fuel", *(name for row in self.body.rows for name in row.when.fields)]
        if isinstance(self.body, Life):
            asked.append(self.body.counted_from)
        return tuple(dict.fromkeys(asked))

    @property
    def of_machines(self) -> bool:
        """Whether it speaks of machines, not of a firm as a whole."""
        of_firm = isinstance(self.body, (Grade, PermitRule)) or self.measures == ("tce_per_t",)
        return not of_firm

    def in_force(self, day: date, county: str) -> bool:
        """On that day, in that county."""
        return self.since <= day < self.until and county.startswith(self.jurisdiction)

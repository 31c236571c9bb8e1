"""What a programme is: a dated paper's scope, stages, buckets, targets, criteria, and the numbers that it states."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.rules.programmes.zones import Zone

KINDS = {"plan": "方案", "targets": "目标任务", "closing_out_opinion": "验收销号意见"}


@dataclass(frozen=True, slots=True)
class Scope:
    """Who falls under it: a trade in some counties. `words`: what the trade's firms and products are called."""

    name: str
    counties: tuple[str, ...]
    text: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A place that a stage names: a township by its code, or a zone."""

    name: str
    township: str | None = None
    zone: Zone | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """The days [since, until) in which the firms of its areas are to be put right; two stages may share a day."""

    number: int
    scope: str
    text: str
    since: date
    until: date
    areas: tuple[Area, ...]

    def standing(self, day: date) -> str:
        """How a day lies to it."""
        return "before" if day < self.since else "during" if day < self.until else "after"


@dataclass(frozen=True, slots=True)
class Scheme:
    """The buckets (几个一批) under the paper's own names. `stated`: the figure that counts each; `total`: of all."""

    name: str
    text: str
    buckets: tuple[str, ...]
    stated: dict[str, str] = field(default_factory=dict)
    total: str | None = None

    def bucket_of(self, words: str) -> str | None:
        """The bucket that is meant; 关停退出 is 关停退出一批, and no other word is taken for one."""
        return next((name for name in self.buckets if words.strip() in (name, name.removesuffix("一批"))), None)


@dataclass(frozen=True, slots=True)
class Column:
    """What a table of targets counts. `figure`: the number of the text that its total repeats."""

    id: str
    title: str
    unit: str
    figure: str | None = None


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A division's targets, one for each column."""

    area: str
    code: str
    values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Targets:
    """Targets by division, for the days [since, until)."""

    title: str
    since: date
    until: date
    columns: tuple[Column, ...]
    total: TargetRow
    rows: tuple[TargetRow, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is to be reached. `standing`: for good, never done with; neither day nor that: the paper gives no day."""

    number: str
    text: str
    due: date | None = None
    standing: str | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """Who answers for a theme."""

    theme: str
    units: tuple[str, ...]
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of the paper, by group where it has groups. `stated`: how many it says they are."""

    name: str
    groups: dict[str, tuple[str, ...]]
    stated: int | None = None
    text: str | None = None
    note: str | None = None

    @property
    def count(self) -> int:
        """How many are listed."""
        return sum(map(len, self.groups.values()))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the paper states; None: it states none (不明). `up_to`: the upper end of a range."""

    id: str
    text: str
    number: Decimal | None
    unit: str
    label: str | None = None
    up_to: Decimal | None = None
    qualifier: str | None = None
    when: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A stated whole and its stated parts, and what they leave, under the name that it is shown by."""

    total: Figure
    parts: tuple[Figure, ...]
    remainder: Decimal
    called: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A stated share of a stated whole."""

    part: Figure
    total: Figure
    percent: Figure


@dataclass(frozen=True, slots=True)
class Named:
    """The firms that a paper names of a number that it states, and how many it leaves unnamed."""

    figure: Figure
    names: tuple[str, ...]
    unnamed: int = 0


@dataclass(frozen=True, slots=True)
class Programme:
    """One paper. `clauses` and `limits`: those of its words that are kept in the catalogues."""

    id: str
    title: str
    kind: str
    issuer: str
    jurisdiction: str
    doc_no: str | None = None
    issued: date | None = None
    note: str | None = None
    scopes: tuple[Scope, ...] = ()
    stages: tuple[Stage, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    targets: Targets | None = None
    criteria: tuple[Criterion, ...] = ()
    acceptance_levels: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    lists: tuple[Listed, ...] = ()
    figures: tuple[Figure, ...] = ()
    sums: tuple[Sum, ...] = ()
    shares: tuple[Share, ...] = ()
    named: tuple[Named, ...] = ()
    clauses: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()

    @property
    def counties(self) -> tuple[str, ...]:
        """The counties that it names."""
        return tuple(dict.fromkeys(code for scope in self.scopes for code in scope.counties))

    @property
    def stage_counties(self) -> tuple[str, ...]:
        """The counties whose firms it divides into stages."""
        staged = {stage.scope for stage in self.stages}
        return tuple(dict.fromkeys(code for scope in self.scopes if scope.name in staged for code in scope.counties))

    def covers(self, county: str) -> bool:
        """Whether it speaks of firms of the county."""
        return county in self.counties

    def figure(self, id: str) -> Figure:
        """A figure by its id."""
        return next(one for one in self.figures if one.id == id)

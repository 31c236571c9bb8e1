"""What a procedure is: the steps by name, the sentences that condition them, and the orders that permit them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.dates import FOREVER
from app.domain.vocabulary import ENUMS
from app.rules.clause import Source

#: The steps, as the vocabulary names them, with their Chinese words.
STEPS: Mapping[str, str] = ENUMS["action_kind"]

#: The short words by which a step is asked for.
VERBS: Mapping[str, str] = {
    "correct": "correction_order",
    "notify": "rectification_notice",
    "limit": "production_limit",
    "halt": "halt",
    "suspend": "suspension_rectification",
    "cut": "power_cut",
    "restore": "power_restored",
    "resume": "resumed",
    "seal": "sealed",
    "dismantle": "dismantled",
    "order-close": "ordered_closure",
    "close": "closure",
    "revoke": "licence_revoked",
}

#: Levels of reading under which a sentence may decide; `house` are the register's own rules. Others are shown.
DECIDING = ("paper", "statute", "official", "house")
LEVELS = (*DECIDING, "quoted", "news", "dataset", "memory", "none")

#: What follows where a condition does not hold: never recorded; recorded only as a gap; recorded and listed.
FORCES = ("always", "gap", "listed")


@dataclass(frozen=True, slots=True)
class Stated:
    """Particulars that the step itself must state."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """The step's own paper is in the register; with `file`, its bytes are."""

    by_step: Mapping[str, tuple[str, ...]]
    file: bool = False


@dataclass(frozen=True, slots=True)
class Papers:
    """A paper of one of these kinds, of an issuer and a title with one of the words, not dated after the step."""

    kinds: tuple[str, ...]
    issuers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """An acceptance that was passed on one of these levels, not after the step."""

    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """The firm's plan is told to have come to one of these stages; told only, so it settles nothing by itself."""

    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A state in which the firm is when the step is taken: its power is cut, its production halted."""

    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A step of one of these kinds that was taken not after this one."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of several bodies holds."""

    parts: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """None of several bodies holds."""

    parts: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class InOrder:
    """Decided, then served, then effective."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """The notice is served so many hours before the step."""

    hours: int


@dataclass(frozen=True, slots=True)
class NoHoliday:
    """Not on a statutory holiday."""


@dataclass(frozen=True, slots=True)
class NoNight:
    """Not at night; `since` and `until` are custom where the statute names no hours (`custom`)."""

    since: str
    until: str
    custom: str


@dataclass(frozen=True, slots=True)
class Existing:
    """No more bodies than there are that day."""


@dataclass(frozen=True, slots=True)
class Empowered:
    """The authority is one whom an order in force lets take the step."""


@dataclass(frozen=True, slots=True)
class Powered:
    """The power is not cut, or no longer, on the day of the step."""


Body = (
    Stated
    | OwnPaper
    | Papers
    | Accepted
    | Planned
    | Standing
    | Earlier
    | OneOf
    | NoneOf
    | InOrder
    | Ahead
    | NoHoliday
    | NoNight
    | Existing
    | Empowered
    | Powered
)


@dataclass(frozen=True, slots=True)
class InForce:
    """Days and places in which a sentence is in force."""

    since: date = date.min
    until: date = FOREVER
    jurisdiction: str = ""

    def at(self, county: str, day: date) -> bool:
        """Whether it is in force there on that day."""
        return county.startswith(self.jurisdiction) and self.since <= day < self.until


@dataclass(frozen=True, slots=True)
class Requirement:
    """A sentence that conditions steps. `basis`: only steps that rest on one of these orders."""

    id: str
    of: tuple[str, ...]
    text: str
    level: str
    source: Source | None
    article: str | None
    force: str
    body: Body | None
    lacks: str
    mend: str | None
    basis: tuple[str, ...]
    where: InForce
    note: str | None = None

    @property
    def decides(self) -> bool:
        """Whether it may answer; else it is shown with its source."""
        return self.level in DECIDING and self.body is not None

    @property
    def cited(self) -> str:
        """The paper or law, with its article."""
        title = self.source.title if self.source else "没有出处"
        return f"{title}{self.article}" if self.article else title


@dataclass(frozen=True, slots=True)
class Order:
    """A sentence that lets an authority take steps. `words`: how such an authority's name is recognised."""

    id: str
    kinds: tuple[str, ...]
    authority: str
    words: tuple[str, ...]
    text: str
    level: str
    source: Source | None
    article: str | None
    needs: str | None
    where: InForce
    note: str | None = None

    @property
    def decides(self) -> bool:
        """Whether it was read where it is said to stand."""
        return self.level in DECIDING

    @property
    def cited(self) -> str:
        """The paper or law, with its article."""
        title = self.source.title if self.source else "没有出处"
        return f"{title}{self.article}" if self.article else title

    def permits(self, authority: str) -> bool:
        """Whether an authority so called is the one it speaks of."""
        return called(authority, self.words)


#: Offices beneath a county, which no sentence on authorities of a county or above speaks of.
_BENEATH = ("镇人民政府", "乡人民政府", "镇政府", "乡政府", "街道", "环保所", "环保站", "村委", "居委")


def called(name: str, words: Iterable[str]) -> bool:
    """Whether a unit's name has one of the words and is none of a township or village."""
    return any(word in name for word in words) and not any(word in name for word in _BENEATH)

"""What changed since the last quarter's ledger, as values: lines that add up, each movement with its reason. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from app.domain.quarter import Quarter
from app.domain.register import AsOf
from app.register.history.acts import Act
from app.register.history.moments import moment_dict
from app.register.movements.families import FAMILIES, UNITS
from app.register.movements.flow import CAME, CHANGED, LEARNED, MORE, WENT, Flowed
from app.register.movements.seen import Seen
from app.register.verdicts.holding import Place


@dataclass(frozen=True, slots=True)
class Opening:
    """The moment from which a ledger's movements begin.

    `revision`: of the former quarter's ledger whose closing it is; None where none was issued, so that it is that
    quarter's last day as known now.
    """

    quarter: Quarter
    moment: AsOf
    revision: int | None

    @property
    def words(self) -> str:
        """Which it is, as the sheet says it."""
        if self.revision is None:
            return f"{self.quarter.chinese}没有签发的台账，期初是{self.moment.day.isoformat()}按现在所知的情况"
        return (
            f"期初是{self.quarter.chinese}台账第{self.revision}版的期末"
            f"（{self.moment.day.isoformat()}，依据第{self.moment.known}号变更及以前）"
        )


@dataclass(frozen=True, slots=True)
class Movement:
    """One member of a family that is counted otherwise, or one fact that is another: what to what, why, from where.

    `amount` is signed, and adds to the line of the family and township. `other`: the township (and firm) that it came
    from or went to. `record`: section and id of the member, called so. `because` empty: nobody recorded why. `acts`:
    the changes that made it so.
    """

    step: str
    family: str
    unit: str
    how: str
    place: str
    firm: str
    name: str
    record: tuple[str, str]
    called: str
    amount: int
    before: str
    after: str
    other: str
    because: tuple[str, ...]
    said: tuple[str, ...]
    acts: tuple[Act, ...]
    places: tuple[Place, ...] = ()

    @property
    def id(self) -> str:
        """Of the member."""
        return self.record[1]

    @property
    def column(self) -> str:
        """The figure of a line to which it adds."""
        return column_of(self.step, self.how, self.amount)


@dataclass(frozen=True, slots=True)
class Line:
    """opening + told_more - told_less + entered + came - left - went = closing, of a family in a township.

    `place` None: of the county, which is the sum of its townships. `members`: the ids behind opening and closing.
    """

    family: str
    unit: str
    place: str | None
    opening: int = 0
    told_more: int = 0
    told_less: int = 0
    entered: int = 0
    came: int = 0
    left: int = 0
    went: int = 0
    closing: int = 0
    members: tuple[tuple[str, ...], tuple[str, ...]] = field(default=((), ()), compare=False)

    @property
    def reckoned(self) -> int:
        """What the closing must be."""
        more = self.told_more + self.entered + self.came
        return self.opening + more - self.told_less - self.left - self.went

    @property
    def holds(self) -> bool:
        """Whether it adds up."""
        return self.reckoned == self.closing

    @property
    def still(self) -> bool:
        """Whether nothing moved."""
        return not any(number for name, number in self.counts().items() if name not in ("opening", "closing"))

    def counts(self) -> dict[str, int]:
        """The figures by name."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.type == "int"}


@dataclass(frozen=True, slots=True)
class Movements:
    """All of a county between two quarters' ledgers. `rows`: each movement and alteration, firm by firm."""

    county: str
    quarter: Quarter
    opening: Opening
    closing: AsOf
    lines: tuple[Line, ...]
    rows: tuple[Movement, ...]

    @property
    def moved(self) -> tuple[Movement, ...]:
        """What is counted otherwise."""
        return tuple(one for one in self.rows if one.how != CHANGED)

    @property
    def altered(self) -> tuple[Movement, ...]:
        """What is another of that which stayed, and counts nothing."""
        return tuple(one for one in self.rows if one.how == CHANGED)

    def broken(self) -> tuple[Line, ...]:
        """The lines that do not add up; there is none unless the program is wrong."""
        return tuple(line for line in self.lines if not line.holds)

    def of(self, family: str, place: str | None = None, unit: str = "firms") -> Line:
        """One line; of zeros where nothing was ever counted."""
        found = (one for one in self.lines if (one.family, one.unit, one.place) == (family, unit, place))
        return next(found, Line(family, unit, place))

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {
            "county": self.county,
            "quarter": str(self.quarter),
            "from": moment_dict(self.opening.moment) | {"revision": self.opening.revision},
            "to": moment_dict(self.closing),
            "lines": [_line(one) for one in self.lines],
            "rows": [_moved(one) for one in self.rows],
        }


def _line(one: Line) -> dict[str, Any]:
    return {"family": one.family, "unit": UNITS[one.unit], "township": one.place, **one.counts()}


def _moved(one: Movement) -> dict[str, Any]:
    unit = UNITS.get(one.unit)  # an alteration counts nothing
    own = {"step": one.step, "family": one.family, "unit": unit, "how": one.how, "township": one.place}
    return {
        **own,
        "enterprise": {"id": one.firm, "name": one.name},
        "record": {"section": one.record[0], "id": one.id},
        "called": one.called,
        "amount": one.amount,
        "before": one.before,
        "after": one.after,
        "other": one.other,
        "because": list(one.because),
        "said": list(one.said),
        "changes": [act.as_dict() for act in one.acts],
        "sources": [place.as_dict() for place in one.places],
    }


#: Where an amount is added: by step, by whether it came from elsewhere in the county, by whether it is more.
_COLUMNS = {(False, True): "entered", (False, False): "left", (True, True): "came", (True, False): "went"}


def column_of(step: str, how: str, amount: int) -> str:
    """The figure of a line to which a movement adds."""
    if step == LEARNED:
        return "told_more" if amount > 0 else "told_less"
    return _COLUMNS[how in (CAME, WENT), amount > 0 or how == MORE]


def lines(opening: Seen, closing: Seen, flowed: Iterable[Flowed], places: Iterable[str]) -> Iterator[Line]:
    """Every family's line of the county and of each township in which anything was ever counted."""
    sums: defaultdict[tuple[str, str, str], defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in flowed:
        sums[one.family, one.unit, one.place][column_of(one.step, one.how, one.amount)] += abs(one.amount)
    ids: tuple[dict[Any, list[str]], dict[Any, list[str]]] = ({}, {})
    for name, side, found in (("opening", opening, ids[0]), ("closing", closing, ids[1])):
        for (family, unit), members in side.members.items():
            for id, member in members.items():
                sums[family, unit, member.place][name] += member.weight
                found.setdefault((family, unit, member.place), []).append(id)
    order = list(places)
    for kind in FAMILIES:
        for unit in kind.units:
            own = [(place, sums[key]) for place in order if (key := (kind.key, unit, place)) in sums]
            if own:
                yield _line_of(kind.key, unit, None, _summed(counts for _, counts in own))
            for place, counts in own:
                key = (kind.key, unit, place)
                yield _line_of(*key, counts, (tuple(ids[0].get(key, ())), tuple(ids[1].get(key, ()))))


def together(some: Sequence[Line]) -> Line:
    """Lines of one family and unit as one."""
    sums = _summed(line.counts() for line in some)
    sides = (tuple(id for line in some for id in line.members[side]) for side in (0, 1))
    opening, closing = (tuple(dict.fromkeys(ids)) for ids in sides)
    return _line_of(some[0].family, some[0].unit, None, sums, (opening, closing))


def _summed(all_counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for counts in all_counts:
        for name, number in counts.items():
            found[name] += number
    return dict(found)


def _line_of(
    family: str,
    unit: str,
    place: str | None,
    counts: Mapping[str, int],
    members: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
) -> Line:
    return Line(family, unit, place, members=members, **dict(counts))

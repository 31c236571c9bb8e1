"""How far firms are accepted on a day: each level's last result, what is missing, what is still to be mended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dates import DateInterval
from app.domain.day_order import come
from app.domain.documents import ACCEPTANCE_LEVELS
from app.domain.register import AsOf, Enterprise, Snapshot
from app.register.acceptances.records import Acceptance, Item, acceptances, items
from app.register.desk.who import firm_called
from app.register.facts.views import snapshot
from app.register.permits.shown import whose
from app.register.scope import Actor
from app.register.steps.gathered import Gathered, gathered
from app.rules.acceptance.judging import Gap, gaps_of, next_of, standing_of
from app.rules.acceptance.levels import shipped_rules
from app.rules.procedures.case import taken

Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """One firm: its acceptances by the day, with what they lack, and the items that notices set.

    `gone`: the ids of those items whose notice was taken back since.
    """

    firm: Enterprise
    acceptances: tuple[Acceptance, ...]
    gaps: tuple[Gap, ...]
    noticed: tuple[Item, ...]
    county: str
    gone: frozenset[str] = frozenset()

    def levels(self, as_of: AsOf) -> list[Told]:
        """Each level: passed or not or cannot tell, and why."""
        judged = [one.judged for one in self.acceptances]
        found = []
        for level, label in ACCEPTANCE_LEVELS.items():
            answer, why = standing_of(level, judged, as_of.day)
            found.append({"level": level, "label": label, "passed": answer, "because": why})
        return found

    def lacks(self, day: date) -> bool:
        """Whether something is missing, overdue, or may be."""
        mending = [*self.noticed, *(item for one in self.acceptances for item in one.items)]
        late = any(item.state(day) in ("overdue", "cannot_tell") for item in mending)
        return late or any(gap.open for gap in self.gaps)

    def as_dict(self, as_of: AsOf) -> Told:
        """As it stands in `firms`."""
        return {"enterprise": whose(self.firm), **self.told(as_of)}

    def told(self, as_of: AsOf) -> Told:
        """What is told of it, without who it is."""
        last = self.acceptances[-1] if self.acceptances else None
        after = next_of(last.level, last.result, as_of.day, self.county, shipped_rules()) if last else []
        return {
            "levels": self.levels(as_of),
            "acceptances": [one.as_dict(as_of.day) for one in self.acceptances],
            "gaps": [one.as_dict() for one in self.gaps],
            "notices": [one.as_dict(as_of.day) | {"notice_gone": one.id in self.gone} for one in self.noticed],
            "next": after,
        }


@dataclass(frozen=True, slots=True)
class Standings:
    """The firms of which anything is recorded, and how many others there are."""

    county: str
    as_of: AsOf
    firms: tuple[Standing, ...]
    without: int

    @property
    def status(self) -> int:
        """1 where something is missing or overdue."""
        return int(any(one.lacks(self.as_of.day) for one in self.firms))

    def as_dict(self) -> Told:
        """The object that `luzhang acceptance list --json` prints."""
        rows = [one.as_dict(self.as_of) for one in self.firms]
        passed = {
            level: sum(line["passed"] is True for row in rows for line in row["levels"] if line["level"] == level)
            for level in ACCEPTANCE_LEVELS
        }
        return {
            "county": self.county,
            "as_of": self.as_of.day.isoformat(),
            "known": self.as_of.known,
            "totals": {"firms": len(rows), "without": self.without, "passed": passed},
            "firms": rows,
        }


def notice_days(of: Gathered) -> dict[str, DateInterval | None]:
    """When each action that sets items was taken, by its id."""
    return {str(one["id"]): taken(one) for own in of.actions.values() for one in own}


def standings(
    session: Session,
    county: str,
    as_of: AsOf,
    actor: Actor,
    *,
    firm: str | None = None,
    township: str | None = None,
    whole: Snapshot | None = None,
) -> Standings:
    """How far the firms asked for are accepted at the end of a day, as known.

    `whole`: the county's snapshot of that moment, where the asker has it at hand; then no township is asked for.

    Raises:
        UnknownTownship, NotFound: when the township or the firm is not there.
    """
    own = firm_called(session, county, firm, actor) if firm else None
    whole = whole or snapshot(session, county, as_of, actor, township=township)
    by_firm = acceptances(session, county, as_of.known, actor)
    noticed: dict[str, list[Item]] = {}
    asked = notice_days(gathered(session, county, as_of.known, actor, firm=own))
    for item in items(session, county, as_of.known, actor):
        if item.action and come(asked.get(item.action), as_of.day) is not False:
            noticed.setdefault(item.firm, []).append(item)
    rules = shipped_rules()
    found, without = [], 0
    for each in whole.enterprises:
        if own not in (None, each.id):
            continue
        mine = [one for one in by_firm.get(each.id, ()) if one.on.since is None or one.on.since <= as_of.day]
        set_by = tuple(noticed.get(each.id, ()))
        judged = [one.judged for one in mine]
        gaps = tuple(gap for one in judged for gap in gaps_of(one, judged, county, rules))
        if mine or set_by:
            gone = frozenset(item.id for item in set_by if item.action not in asked)
            found.append(Standing(each, tuple(mine), gaps, set_by, county, gone))
        else:
            without += 1
    return Standings(county, as_of, tuple(found), without)

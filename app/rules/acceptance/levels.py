"""Rules of acceptance as data: what an acceptance wants, what follows from a result; each with sentence and source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.domain.documents import ACCEPTANCE_LEVELS
from app.rules.entries import Entry
from app.rules.rule_files import shipped
from app.rules.sourced import Sourced, load

#: Of what a rule speaks: the level below, items that were returned, who took part, the paper, the days of what is to
#: be mended; what follows a result.
SUBJECTS = ("lower", "items", "people", "paper", "mended", "after_passed", "after_returned", "after_failed")

ORDER = tuple(ACCEPTANCE_LEVELS)


@dataclass(frozen=True, slots=True)
class AcceptanceRule:
    """One rule. `fix`: how what it wants is mended."""

    rule: Sourced
    of: str
    fix: str | None = None

    @property
    def source(self) -> str:
        """Where its sentence stands."""
        return self.rule.source.title if self.rule.source else "没有出处"

    def as_dict(self) -> dict[str, object]:
        """As answers cite it."""
        return {**self.rule.as_dict(), "of": self.of, "fix": self.fix}


Rules = Mapping[str, AcceptanceRule]


@lru_cache(maxsize=1)
def shipped_rules() -> Rules:
    """The rules that come with the program."""
    return load_rules(shipped("app.rules.acceptance"))


def load_rules(texts: Mapping[str, str]) -> Rules:
    """Rules of acceptance from the texts of their files, by file name.

    Raises:
        CatalogueFault: with every fault found in any of them.
    """
    return load(texts, "rules", "验收规则", _rule)


def in_force(rules: Rules, of: str, day: date, county: str) -> Iterator[AcceptanceRule]:
    """The rules that decide of a subject on a day there, the narrower place first."""
    found = [one for one in rules.values() if one.of == of and one.rule.decides and one.rule.in_force(day, county)]
    yield from sorted(found, key=lambda one: -len(one.rule.jurisdiction))


def below(level: str) -> str | None:
    """The level below one; None of the lowest."""
    at = ORDER.index(level)
    return ORDER[at - 1] if at else None


def above(level: str) -> str | None:
    """The level above one; None of the highest."""
    at = ORDER.index(level)
    return ORDER[at + 1] if at + 1 < len(ORDER) else None


def _rule(entry: Entry, rule: Sourced) -> AcceptanceRule:
    return AcceptanceRule(rule, entry.choice("of", SUBJECTS, required=True) or SUBJECTS[0], entry.text("fix"))

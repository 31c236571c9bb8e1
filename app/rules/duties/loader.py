"""Reads duty files: every fault is named with its file and line, or nothing is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from app.domain.vocabulary import ENUMS
from app.rules.duties.duty import TRADES, Duty
from app.rules.entries import Entry
from app.rules.limits.range_entry import conditions_of
from app.rules.rule_files import shipped
from app.rules.sourced import Sourced, load

Duties = Mapping[str, Duty]

_CLASSES = ENUMS["permit_class"]
_KINDS = ENUMS["permit_kind"]


@lru_cache(maxsize=1)
def shipped_duties() -> Duties:
    """The duties that come with the program."""
    return load_duties(shipped("app.rules.duties"))


def load_duties(texts: Mapping[str, str]) -> Duties:
    """Duties from the texts of their files, by file name.

    Raises:
        CatalogueFault: with every fault found in any of them.
    """
    return load(texts, "duties", "手续要求", _duty)


def _duty(entry: Entry, rule: Sourced) -> Duty:
    permits = entry.among("permits", _KINDS)
    if not permits:
        entry.fault("permits", "缺少 permits（要哪几项手续）")
    named = tuple(str(one) for one in entry.listed("named"))
    stated = entry.take("stated")
    if stated is not None and (not isinstance(stated, int) or isinstance(stated, bool)):
        entry.fault("stated", "stated 应为文件写明的家数")
        stated = None
    applies = conditions_of(entry, "applies")
    for name in applies.fields:
        if not name.startswith("enterprise."):
            entry.fault("applies", f"“{name}”不是企业的字段，应写 enterprise.…")
    return Duty(
        rule,
        permits,
        entry.among("trades", TRADES),
        applies,
        named,
        stated if isinstance(stated, int) else None,
        entry.day("begun_since"),
        entry.among("of_class", _CLASSES),
        entry.choice("with_permit", _KINDS),
        entry.choice("grade", _CLASSES),
        entry.text("depends"),
        entry.day("deadline"),
    )

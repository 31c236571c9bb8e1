"""Columns that list permits by name: what a firm has under 已有手续, what it lacks under 缺少手续."""

from __future__ import annotations

import re

from importers.roster.papers import paper_meaning
from importers.values.text import compact

_PAPERS = r"(?:的)?(?:相关|有关)?(?:手续|证照|证件)(?:名称|种类|明细|清单)?"
_LISTS = (
    ("held", re.compile(rf"(?:现有|已有|已办理?|已取得|已办结|具有|持有)(?:的|了的)?{_PAPERS}")),
    ("applying", re.compile(rf"(?:在办|正在办理?|办理中){_PAPERS}")),
    ("lacking", re.compile(rf"(?:所?缺少?|欠缺|缺失|缺项|尚?未办理?|尚?未取得|没有?办理?){_PAPERS}|手续缺[项失少]")),
)
_DIVIDED = re.compile(r"[、,，;；/\n和及与]|\s{2,}")


def listed_standing(words: str) -> str | None:
    """The standing of the permits that a column of this head lists."""
    return next((standing for standing, said in _LISTS if said.fullmatch(words)), None)


def permits_listed(text: str) -> tuple[str, ...]:
    """The kinds of the permits that a text lists; none where one of its words names no permit."""
    parts = [compact(part).strip("。.") for part in _DIVIDED.split(text.strip()) if compact(part)]
    found = [paper_meaning((part,)) for part in parts]
    kinds = [one.kind for one in found if one and one.section == "permit" and one.kind and one.says is None]
    return tuple(dict.fromkeys(kinds)) if len(kinds) == len(parts) else ()

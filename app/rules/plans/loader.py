"""Reads the files of stages: every fault is named with its file and line, or nothing is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from app.domain.documents import DOCUMENT_KINDS
from app.rules.entries import Entry
from app.rules.plans.ladder import ORDER, STAGES, StageRule
from app.rules.rule_files import shipped
from app.rules.sourced import Sourced, load

StageRules = Mapping[str, StageRule]


@lru_cache(maxsize=1)
def shipped_stages() -> StageRules:
    """The stages that come with the program."""
    return load_stages(shipped("app.rules.plans"))


def load_stages(texts: Mapping[str, str]) -> StageRules:
    """Rules of stages from the texts of their files, by file name.

    Raises:
        CatalogueFault: with every fault found in any of them.
    """
    return load(texts, "stages", "阶段规则", _stage)


def _stage(entry: Entry, rule: Sourced) -> StageRule:
    stage = entry.choice("stage", STAGES, required=True) or ORDER[0]
    after = entry.among("after", ORDER)
    if stage in after:
        entry.fault("after", "一个阶段不能排在自己后面")
    if stage in ORDER and any(ORDER.index(one) > ORDER.index(stage) for one in after):
        entry.fault("after", "after 里只能写更早的阶段")
    return StageRule(
        rule,
        stage,
        after,
        entry.among("papers", DOCUMENT_KINDS),
        tuple(str(one) for one in entry.listed("issuers")),
        entry.text("unit"),
        entry.day("deadline"),
    )

"""Dated rules with the sentence they come from, read from files: sources, days in force; every fault named."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from app.domain.dates import FOREVER
from app.rules.clause import LEVELS, READ, Source
from app.rules.clause_entry import stretch
from app.rules.entries import Entry, Faults
from app.rules.limits.limit import FILED
from app.rules.rule_files import head_of, refuse, take_sources
from app.rules.yaml_blocks import Block


@dataclass(frozen=True, slots=True)
class Sourced:
    """What every rule has: its id and words, where they were read, where and when it is in force [since, until)."""

    id: str
    title: str
    text: str
    level: str
    source: Source | None
    jurisdiction: str = ""
    since: date = date.min
    until: date = FOREVER
    status: str = "confirmed"
    note: str | None = None

    @property
    def decides(self) -> bool:
        """Fit to answer: its words were read in a source that is named."""
        return self.status == "confirmed"

    def in_force(self, day: date, county: str) -> bool:
        """On that day, in that county."""
        return self.since <= day < self.until and county.startswith(self.jurisdiction)

    def as_dict(self) -> dict[str, object]:
        """As answers cite it."""
        return {
            "id": self.id,
            "title": self.title,
            "text": self.text,
            "source": self.source.title if self.source else None,
            "evidence": self.level,
            "status": self.status,
            "status_label": FILED[self.status],
            "jurisdiction": self.jurisdiction or None,
            "effective_from": None if self.since == date.min else self.since.isoformat(),
            "note": self.note,
        }


class _Identified(Protocol):
    @property
    def rule(self) -> Sourced: ...


_Rule = TypeVar("_Rule", bound=_Identified)


def load(texts: Mapping[str, str], key: str, word: str, read: Callable[[Entry, Sourced], _Rule]) -> dict[str, _Rule]:
    """The rules under `key` of every file, by id; `word` is what a person calls one.

    Raises:
        CatalogueFault: with every fault found in any of the files.
    """
    loading = _Loading(key, word)
    listed = [one for name, text in texts.items() for one in loading.file(text, Faults(name))]
    rules: dict[str, _Rule] = {}
    for node, line, faults in listed:
        entry = loading.entry(node, line, faults)
        common = loading.common(entry, rules) if entry else None
        if entry is not None and common is not None:
            rules[common.id] = read(entry, common)
            entry.close()
    refuse(loading.faults)
    return rules


class _Loading:
    """Files being read: their sources first, then the rules, which may name sources of other files."""

    def __init__(self, key: str, word: str) -> None:
        self.key, self.word = key, word
        self.faults: list[Faults] = []
        self.sources: dict[str, Source] = {}

    def file(self, text: str, faults: Faults) -> list[tuple[object, int, Faults]]:
        self.faults.append(faults)
        head = head_of(text, faults, f"sources、{self.key}")
        if head is None:
            return []
        take_sources(head, faults, self.sources)
        found = [(node, head.block.line_of(self.key), faults) for node in head.listed(self.key)]
        head.close()
        return found

    def entry(self, node: object, line: int, faults: Faults) -> Entry | None:
        if isinstance(node, Block):
            return Entry(node, faults, f"{self.word} {node.get('id', '（无编号）')}")
        faults.add(line, f"{self.word}应写 id、title、text、evidence 等项")
        return None

    def common(self, entry: Entry, others: Mapping[str, object]) -> Sourced | None:
        name = entry.text("id", required=True)
        if name is None:
            return None
        if not re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", name):
            entry.fault("id", "编号只用大写字母、数字和连字符")
        if name in others:
            entry.fault("id", "编号重复")
        level, source = self.evidence(entry)
        since, until = stretch(entry, date.min, FOREVER)
        place = entry.text("jurisdiction") or ""
        if not re.fullmatch(r"\d{0,6}", place):
            entry.fault("jurisdiction", "jurisdiction 应为行政区划代码的开头几位，要加引号")
        stated = entry.choice("status", FILED)
        usual = "confirmed" if level in READ else "draft"
        if stated == "confirmed" and usual != "confirmed":
            entry.fault("status", f"没有读到原文的{self.word}只能是草稿（status: draft）")
        text = entry.text("text", required=level != "none") or ""
        title = entry.text("title", required=True) or ""
        note = entry.text("note")
        return Sourced(name, title, text, level, source, place, since, until, stated or usual, note)

    def evidence(self, entry: Entry) -> tuple[str, Source | None]:
        """How its words are known; what is to decide names where they were read."""
        inner = entry.entry("evidence", required=True)
        if inner is None:
            return "none", None
        level = inner.choice("level", LEVELS, required=True) or "none"
        source = inner.text("source")
        inner.close()
        if source is not None and source not in self.sources:
            inner.fault("source", f"没有来源“{source}”")
        if level in READ and source is None:
            inner.fault("source", f"读过原文的{self.word}要写明来源（source）")
        return level, self.sources.get(source or "")

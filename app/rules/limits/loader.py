"""Reads limit files: every fault is named with its file and line, or nothing is loaded."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from app.domain.dates import FOREVER
from app.errors import BadInput, UnknownClause
from app.rules.clause import LEVELS, READ, Source
from app.rules.clause_entry import jurisdiction, stretch
from app.rules.entries import Entry, Faults
from app.rules.limits.body_entry import body_of
from app.rules.limits.example_entry import examples_of
from app.rules.limits.judging import judge, permits_told
from app.rules.limits.limit import FILED, KINDS, Limit
from app.rules.limits.range_entry import conditions_of
from app.rules.limits.verdict import ANSWERS, Case
from app.rules.rule_files import head_of, refuse, shipped, take_sources
from app.rules.yaml_blocks import Block


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits and the sources of their words, by id."""

    limits: Mapping[str, Limit]
    sources: Mapping[str, Source]

    def limit(self, limit_id: str) -> Limit:
        """The limit of an id.

        Raises:
            UnknownClause: when there is none.
        """
        found = self.limits.get(limit_id.strip().upper())
        if found is None:
            raise UnknownClause(
                f"没有编号为“{limit_id}”的限值",
                fix="请用 luzhang limits list 查看编号；本县自己加的要写 --county",
                code="limit.unknown",
            )
        return found


@lru_cache(maxsize=1)
def shipped_limits() -> Limits:
    """The limits that come with the program."""
    return load_limits(shipped("app.rules.limits"))


def load_limits(texts: Mapping[str, str]) -> Limits:
    """Limits from the texts of their files, by file name.

    Raises:
        CatalogueFault: with every fault found in any of them.
    """
    return _Loading({}).limits(texts)


def load_own_limits(name: str, text: str, county: str = "") -> Limits:
    """The limits and sources of a file of a county's own, which may name the sources that are shipped.

    Raises:
        CatalogueFault: with every fault found in it.
    """
    return _Loading(shipped_limits().sources, county).limits({name: text})


class _Loading:
    """Files being read: their sources first, then the limits, which may name sources of other files, or of `base`."""

    def __init__(self, base: Mapping[str, Source], county: str = "") -> None:
        self.base = base
        self.county = county
        self.faults: list[Faults] = []
        self.sources: dict[str, Source] = {}

    def limits(self, texts: Mapping[str, str]) -> Limits:
        entries = [one for name, text in texts.items() for one in self.file(text, Faults(name))]
        limits: dict[str, Limit] = {}
        for node, line, faults in entries:
            limit = self.limit(node, line, faults, limits)
            if limit is not None:
                limits[limit.id] = limit
        refuse(self.faults, "限值文件")
        return Limits(limits, self.sources)

    def file(self, text: str, faults: Faults) -> list[tuple[object, int, Faults]]:
        self.faults.append(faults)
        head = head_of(text, faults, "sources、limits")
        if head is None:
            return []
        take_sources(head, faults, self.sources, self.base)
        limits = [(node, head.block.line_of("limits"), faults) for node in head.listed("limits")]
        head.close()
        return limits

    def limit(self, node: object, line: int, faults: Faults, others: Mapping[str, Limit]) -> Limit | None:
        if not isinstance(node, Block):
            faults.add(line, "限值应写 id、kind、title、text、evidence 等项")
            return None
        entry = Entry(node, faults, f"限值 {node.get('id', '（无编号）')}")
        limit_id = entry.text("id", required=True)
        if limit_id is None:
            return None
        if not re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", limit_id):
            entry.fault("id", "编号只用大写字母、数字和连字符")
        if limit_id in others:
            entry.fault("id", "编号重复")
        before = len(faults.found)
        limit = self.read(entry, limit_id)
        entry.close()
        if len(faults.found) == before:
            _try_examples(limit, entry)
        return limit

    def read(self, entry: Entry, limit_id: str) -> Limit:
        kind = entry.choice("kind", KINDS, required=True) or "price"
        level, source = self.evidence(entry)
        since, until = stretch(entry, date.min, FOREVER)
        body = body_of(entry, kind)
        stated = entry.choice("status", FILED)
        usual = "shown" if body is None else "confirmed" if level in READ else "draft"
        if stated == "confirmed" and usual != "confirmed":
            entry.fault("status", "没有读到原文的限值只能是草稿（status: draft）")
        return Limit(
            limit_id,
            kind,
            entry.text("title", required=True) or "",
            entry.text("text", required=True) or "",
            level,
            source.id if source else None,
            body,
            conditions_of(entry, "applies"),
            since,
            until,
            self.place(entry),
            entry.day("deadline"),
            stated or usual,
            entry.text("note"),
            examples_of(entry),
            source.title if source else None,
            _digest(entry.block),
        )

    def place(self, entry: Entry) -> str:
        """Where it is in force; of a county's own limit, a place that the county lies in."""
        code = jurisdiction(entry)
        if self.county and not self.county.startswith(code):
            entry.fault("jurisdiction", f"适用地区 {code} 不含本县（{self.county}）")
        return code

    def evidence(self, entry: Entry) -> tuple[str, Source | None]:
        """How its words are known; what is to decide names where they were read."""
        inner = entry.entry("evidence", required=True)
        if inner is None:
            return "none", None
        level = inner.choice("level", LEVELS, required=True) or "none"
        named = inner.text("source")
        inner.close()
        source = self.sources.get(named or "") or self.base.get(named or "")
        if named is not None and source is None:
            inner.fault("source", f"没有来源“{named}”")
        if level in READ and named is None:
            inner.fault("source", "读过原文的限值要写明来源（source）")
        return level, source


def _digest(block: Block) -> str:
    """Of what an entry states, however it is laid out."""
    return hashlib.sha256(json.dumps(block, ensure_ascii=True, sort_keys=True, default=str).encode()).hexdigest()


def _try_examples(limit: Limit, entry: Entry) -> None:
    """Each example must come out as it says: its answer, or its class."""
    for number, example in enumerate(limit.examples, 1):
        case = Case(example.facts, limit.deadline or date.max, permits_told(limit, example.facts), trying=True)
        try:
            verdicts = judge(replace(limit, status="confirmed"), case)
        except BadInput as error:
            entry.fault("examples", f"第{number}个例子：{error.message}")
            continue
        said = {word for one in verdicts for word in (one.answer, one.result)}
        if example.expect not in said:
            words = "、".join(ANSWERS.get(word, word) for word in sorted(filter(None, said)))
            wanted = ANSWERS.get(example.expect, example.expect)
            entry.fault("examples", f"第{number}个例子得出的是{words or '什么也没有'}，不是{wanted}")

"""Reads procedure files: every fault is named with its file and line, or nothing is loaded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from app.domain.dates import FOREVER
from app.errors import NotFound
from app.rules.clause import Source
from app.rules.clause_entry import jurisdiction, stretch
from app.rules.entries import Entry, Faults
from app.rules.procedures.body_entry import among, body_of
from app.rules.procedures.procedure import DECIDING, FORCES, LEVELS, STEPS, InForce, Order, Requirement
from app.rules.programmes.body_entry import each, words
from app.rules.rule_files import head_of, refuse, shipped, take_sources
from app.rules.yaml_blocks import Block

_One = TypeVar("_One", Requirement, Order)


@dataclass(frozen=True, slots=True)
class Procedures:
    """Requirements and orders by id, in the order of their files."""

    requirements: Mapping[str, Requirement]
    orders: Mapping[str, Order]

    def order(self, id: str) -> Order:
        """The order of an id.

        Raises:
            NotFound: when there is none.
        """
        found = self.orders.get(id.strip().upper())
        if found is None:
            raise NotFound(f"没有编号为“{id}”的依据", fix=f"可以写：{'、'.join(self.orders)}", code="procedure.unknown")
        return found


@lru_cache(maxsize=1)
def shipped_procedures() -> Procedures:
    """The procedures that come with the program."""
    return load_procedures(shipped("app.rules.procedures"))


def load_procedures(texts: Mapping[str, str]) -> Procedures:
    """Procedures from the texts of their files, by file name.

    Raises:
        CatalogueFault: with every fault found in any of them.
    """
    loading = _Loading([], {}, set())
    heads = [head for name, text in texts.items() if (head := loading.head(text, Faults(name))) is not None]
    orders = {one.id: one for head in heads for one in loading.items(head, "orders", loading.order)}
    requirements = {one.id: one for head in heads for one in loading.items(head, "requirements", loading.requirement)}
    for head in heads:
        head.close()
        _check_basis(head, requirements, orders)
    refuse(loading.faults)
    return Procedures(requirements, orders)


def _check_basis(head: Entry, requirements: Mapping[str, Requirement], orders: Mapping[str, Order]) -> None:
    for node in head.listed("requirements"):
        one = requirements.get(str(node.get("id"))) if isinstance(node, Block) else None
        for id in one.basis if one else ():
            if id not in orders:
                head.faults.add(
                    node.line if isinstance(node, Block) else 1, f"要求 {one.id if one else ''}：没有依据“{id}”"
                )


@dataclass(frozen=True, slots=True)
class _Loading:
    """Files being read: the sources of each first."""

    faults: list[Faults]
    sources: dict[str, Source]
    ids: set[str]

    def head(self, text: str, faults: Faults) -> Entry | None:
        self.faults.append(faults)
        head = head_of(text, faults, "sources、orders、requirements")
        if head is not None and "sources" in head.block:
            take_sources(head, faults, self.sources)
        return head

    def items(self, head: Entry, key: str, read: Callable[[Entry, str], _One]) -> Iterator[_One]:
        for entry in each(head, key, "编号和内容"):
            id = entry.text("id", required=True) or ""
            entry.name = f"{'依据' if key == 'orders' else '要求'} {id}"
            if not re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", id):
                entry.fault("id", "编号只用大写字母、数字和连字符")
            if id in self.ids:
                entry.fault("id", "编号重复")
            self.ids.add(id)
            yield read(entry, id)
            entry.close()

    def order(self, entry: Entry, id: str) -> Order:
        """Who may order which steps."""
        return Order(
            id,
            among(entry, "of", STEPS),
            entry.text("authority", required=True) or "",
            words(entry, "words", required=True),
            entry.text("text", required=True) or "",
            *self.evidence(entry),
            entry.text("needs"),
            _in_force(entry),
            entry.text("note"),
        )

    def requirement(self, entry: Entry, id: str) -> Requirement:
        """What a step requires."""
        return Requirement(
            id,
            among(entry, "of", STEPS),
            entry.text("text", required=True) or "",
            *self.evidence(entry),
            entry.choice("force", FORCES) or "gap",
            body_of(entry),
            entry.text("lacks") or "",
            entry.text("mend"),
            words(entry, "basis"),
            _in_force(entry),
            entry.text("note"),
        )

    def evidence(self, entry: Entry) -> tuple[str, Source | None, str | None]:
        """How its words are known; what is to decide names where they were read."""
        inner = entry.entry("evidence", required=True)
        if inner is None:
            return "none", None, None
        level = inner.choice("level", LEVELS, required=True) or "none"
        source, article = inner.text("source"), inner.text("article")
        inner.close()
        if source is not None and source not in self.sources:
            inner.fault("source", f"没有来源“{source}”（来源写在同一个文件，或文件名在前的文件）")
        if level in DECIDING and source is None:
            inner.fault("source", "读过原文的要写明来源（source）")
        return level, self.sources.get(source or ""), article


def _in_force(entry: Entry) -> InForce:
    since, until = stretch(entry, date.min, FOREVER)
    return InForce(since, until, jurisdiction(entry))

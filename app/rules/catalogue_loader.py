"""Reads catalogue files into clauses: every fault is named with its file and line, or nothing is loaded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files

from app.domain.dates import FOREVER
from app.errors import CatalogueFault, UnknownClause
from app.rules.clause import CATEGORIES, STATUSES, Clause, Edition, Reading, Source
from app.rules.clause_entry import adopted, examples, jurisdiction, stretch, try_examples, wanting
from app.rules.conditions import Conditions
from app.rules.entries import Entry, Fault, Faults
from app.rules.predicate import AnyOf, Predicate
from app.rules.yaml_blocks import Block, Malformed, parse

_READ = ("seen", "paper")
_LEVELS = (*_READ, "memory", "none")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Clauses, editions and sources, by id."""

    clauses: Mapping[str, Clause]
    editions: Mapping[str, Edition]
    sources: Mapping[str, Source]

    def clause(self, clause_id: str) -> Clause:
        """The clause of an id.

        Raises:
            UnknownClause: when there is none.
        """
        found = self.clauses.get(clause_id.strip().upper())
        if found is None:
            raise UnknownClause(f"没有编号为“{clause_id}”的条款")
        return found


@lru_cache(maxsize=1)
def shipped() -> Catalogue:
    """The catalogue that comes with the program."""
    folder = files("app.rules") / "catalogue"
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".yaml")), key=lambda path: path.name)
    return load({path.name: path.read_text(encoding="utf-8") for path in paths})


def load(texts: Mapping[str, str]) -> Catalogue:
    """A catalogue from the texts of its files, by file name.

    Raises:
        CatalogueFault: with every fault found in any of them.
    """
    return _Loading().catalogue(texts)


class _Loading:
    """One catalogue being loaded: first what stands in the files, then what refers to what."""

    def __init__(self) -> None:
        self.faults: list[Faults] = []
        self.sources: dict[str, Source] = {}
        self.editions: dict[str, Edition] = {}
        self.entries: dict[str, Entry] = {}
        self.predicates: dict[str, Predicate | None] = {}

    def catalogue(self, texts: Mapping[str, str]) -> Catalogue:
        clause_blocks: list[tuple[object, int, Faults]] = []
        for name, text in texts.items():
            clause_blocks += self.file(text, Faults(name))
        for node, line, faults in clause_blocks:
            self.enter(node, line, faults)
        clauses = {clause_id: self.clause(clause_id, entry) for clause_id, entry in self.entries.items()}
        found: list[Fault] = sorted(fault for faults in self.faults for fault in faults.found)
        if found:
            raise CatalogueFault(tuple(str(fault) for fault in found))
        return Catalogue(clauses, self.editions, self.sources)

    def file(self, text: str, faults: Faults) -> list[tuple[object, int, Faults]]:
        """Take a file's sources and editions; give its clauses, which may refer to other files."""
        self.faults.append(faults)
        try:
            document = parse(text)
        except Malformed as error:
            faults.add(error.line, error.reason)
            return []
        for line, reason in document.faults:
            faults.add(line, reason)
        if not isinstance(document.value, Block):
            faults.add(1, "文件应为 version、sources、editions、clauses 几项")
            return []
        head = Entry(document.value, faults, "文件")
        if head.take("version") != 1:
            head.fault("version", "version 应为 1")
        sources, editions = head.entry("sources"), head.listed("editions")
        for key, node in sources.block.items() if sources else ():
            self.source(key, node, sources.block.line_of(key) if sources else 1, faults)
        for node in editions:
            self.edition(node, head.block.line_of("editions"), faults)
        clauses = head.listed("clauses")
        head.close()
        return [(node, head.block.line_of("clauses"), faults) for node in clauses]

    def source(self, key: str, node: object, line: int, faults: Faults) -> None:
        if not isinstance(node, Block):
            faults.add(line, f"来源 {key}：应写 title、date、url")
            return
        entry = Entry(node, faults, f"来源 {key}")
        if key in self.sources:
            faults.add(line, f"来源 {key}：编号重复")
        title = entry.text("title", required=True) or key
        self.sources[key] = Source(key, title, entry.day("date"), entry.text("url"))
        entry.close()

    def edition(self, node: object, line: int, faults: Faults) -> None:
        if not isinstance(node, Block):
            faults.add(line, "目录版本应写 id、title、effective_from")
            return
        entry = Entry(node, faults, f"目录版本 {node.get('id', '（无编号）')}")
        edition_id = entry.text("id", required=True) or ""
        if edition_id in self.editions:
            entry.fault("id", "编号重复")
        title, (since, until) = entry.text("title", required=True) or "", stretch(entry, date.min, FOREVER)
        self.editions[edition_id] = Edition(
            edition_id, title, since, until, issuer=entry.text("issuer"), document_no=entry.text("doc_no"),
            replaces=entry.text("replaces"), evidence=entry.text("evidence") or "", url=entry.text("url"),
            note=entry.text("note"),
        )  # fmt: skip
        entry.close()

    def enter(self, node: object, line: int, faults: Faults) -> None:
        """Put a clause's entry under its id."""
        if not isinstance(node, Block):
            faults.add(line, "条款应写 id、clause_text、evidence、kind、when 等项")
            return
        entry = Entry(node, faults, f"条款 {node.get('id', '（无编号）')}")
        clause_id = entry.text("id", required=True)
        if clause_id is None:
            return
        if not re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", clause_id):
            entry.fault("id", "编号只用大写字母、数字和连字符")
        if clause_id in self.entries:
            entry.fault("id", "编号重复")
            clause_id = f"{clause_id} {len(self.entries)}"  # read all the same, for its other faults
        self.entries[clause_id] = entry

    def predicate(self, clause_id: str) -> Predicate | None:
        """The predicate of a clause's `when`, read once; None where there is none, or while it is being read."""
        if clause_id in self.predicates or clause_id not in self.entries:
            return self.predicates.get(clause_id)
        self.predicates[clause_id] = None
        entry = self.entries[clause_id]
        node = entry.take("when")
        if node is not None:
            conditions = Conditions(entry.name, entry.faults, self.predicate)
            self.predicates[clause_id] = conditions.read(node, entry.block.line_of("when"))
        return self.predicates[clause_id]

    def clause(self, clause_id: str, entry: Entry) -> Clause:
        """The clause of an entry; where it has faults, something to go on with."""
        status = entry.choice("status", STATUSES) or "confirmed"
        sought = status != "not_found"
        category = entry.choice("category", CATEGORIES, required=sought)
        edition = self.edition_of(entry)
        since, until = stretch(entry, edition.since if edition else date.min, edition.until if edition else FOREVER)
        when = self.predicate(clause_id)
        if sought and entry.take("when") is None:
            entry.fault("when", "缺少条件“when”")
        text, kind = entry.text("clause_text", required=True), entry.text("kind", required=True)
        clause = Clause(
            clause_id, text or "", category, kind or "",
            when or AnyOf(()), self.reading(entry, status), since=since, until=until,
            jurisdiction=jurisdiction(entry), edition=edition, deadline=entry.day("deadline"), status=status,
            adopted=adopted(entry), required_action=entry.text("required_action"),
            replacement=entry.text("replacement"), note=entry.text("note"),
        )  # fmt: skip
        clause = replace(clause, wanting=wanting(clause), examples=examples(entry))
        entry.close()
        if when is not None and clause.status != "not_found":
            try_examples(clause, entry)
        return clause

    def edition_of(self, entry: Entry) -> Edition | None:
        """The edition named; none where the clause stands in no catalogue."""
        edition_id = entry.text("edition")
        if edition_id is not None and edition_id not in self.editions:
            entry.fault("edition", f"没有目录版本“{edition_id}”")
        return self.editions.get(edition_id or "")

    def reading(self, entry: Entry, status: str) -> Reading:
        """How its words are known; a confirmed clause needs words that were read in a source that is named."""
        inner = entry.entry("evidence", required=True)
        if inner is None:
            return Reading("none")
        level = inner.choice("level", _LEVELS, required=True) or "none"
        source, quote, note = inner.text("source"), inner.text("quote"), inner.text("note")
        inner.close()
        if source is not None and source not in self.sources:
            inner.fault("source", f"没有来源“{source}”")
        if level in _READ and source is None:
            inner.fault("source", "读过原文的条款要写明来源（source）")
        if status == "confirmed" and level not in _READ:
            entry.fault("evidence", "没有读到原文的条款只能是草稿（status: draft）")
        return Reading(level, source, quote, note)

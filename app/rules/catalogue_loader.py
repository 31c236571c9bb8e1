"""Reads catalogue files into clauses: every fault is named with its file and line, or nothing is loaded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from app.domain.dates import FOREVER
from app.errors import UnknownClause
from app.rules import rule_files
from app.rules.clause import CATEGORIES, STATUSES, UNSTATED, Clause, Edition, Law, Source
from app.rules.clause_entry import (
    adopted,
    examples,
    jurisdiction,
    needs,
    precision,
    reading,
    stretch,
    try_examples,
    wanting,
)
from app.rules.conditions import Conditions
from app.rules.entries import Entry, Faults
from app.rules.predicate import AllOf, AnyOf, Predicate
from app.rules.rule_files import head_of, refuse, take_sources
from app.rules.yaml_blocks import Block

#: How many clauses may refer to each other in a row.
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Clauses, editions, sources and articles of laws, by id."""

    clauses: Mapping[str, Clause]
    editions: Mapping[str, Edition]
    sources: Mapping[str, Source]
    laws: Mapping[str, Law] = field(default_factory=dict)

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
    return _Loading(Catalogue({}, {}, {}), ours=True).catalogue(rule_files.shipped("app.rules", "catalogue"))


def load(texts: Mapping[str, str]) -> Catalogue:
    """A catalogue from the texts of its files, by file name.

    Raises:
        CatalogueFault: with every fault found in any of them.
    """
    return _Loading(Catalogue({}, {}, {})).catalogue(texts)


def load_own(name: str, text: str, county: str = "") -> Catalogue:
    """The clauses, editions and sources of a file of a county's own, which may refer to those that are shipped.

    Raises:
        CatalogueFault: with every fault found in it.
    """
    return _Loading(shipped(), own=True, county=county).catalogue({name: text})


class _Loading:
    """One catalogue being loaded: first what stands in the files, then what refers to what.

    `base`: what the files may refer to beside themselves. `ours`: they come with the program. `own`: they are a
    county's, which adopts by an act.
    """

    def __init__(self, base: Catalogue, *, ours: bool = False, own: bool = False, county: str = "") -> None:
        self.base = base
        self.ours = ours
        self.own = own
        self.county = county
        self.faults: list[Faults] = []
        self.sources: dict[str, Source] = {}
        self.laws: dict[str, Law] = {}
        self.editions: dict[str, Edition] = {}
        self.entries: dict[str, Entry] = {}
        self.predicates: dict[str, Predicate | None] = {}
        self.nested = 0

    def catalogue(self, texts: Mapping[str, str]) -> Catalogue:
        clause_blocks: list[tuple[object, int, Faults]] = []
        for name, text in texts.items():
            clause_blocks += self.file(text, Faults(name))
        for node, line, faults in clause_blocks:
            self.enter(node, line, faults)
        clauses = {clause_id: self.clause(clause_id, entry) for clause_id, entry in self.entries.items()}
        refuse(self.faults)
        return Catalogue(clauses, self.editions, self.sources, self.laws)

    def file(self, text: str, faults: Faults) -> list[tuple[object, int, Faults]]:
        """Take a file's sources, laws and editions; give its clauses, which may refer to other files."""
        self.faults.append(faults)
        head = head_of(text, faults, "sources、laws、editions、clauses", ours=self.ours)
        if head is None:
            return []
        take_sources(head, faults, self.sources, self.base.sources)
        laws, editions = head.listed("laws"), head.listed("editions")
        for node in laws:
            self.law(node, head.block.line_of("laws"), faults)
        for node in editions:
            self.edition(node, head.block.line_of("editions"), faults)
        clauses = head.listed("clauses")
        head.close()
        return [(node, head.block.line_of("clauses"), faults) for node in clauses]

    def law(self, node: object, line: int, faults: Faults) -> None:
        if not isinstance(node, Block):
            faults.add(line, "法条应写 id、law、article、text、effective_from")
            return
        entry = Entry(node, faults, f"法条 {node.get('id', '（无编号）')}")
        law_id, law, article, text = (entry.text(key, required=True) or "" for key in ("id", "law", "article", "text"))
        since = entry.day("effective_from")
        if since is None:
            entry.fault("effective_from", "缺少“effective_from”")
        if law_id in self.laws or law_id in self.base.laws:
            entry.fault("id", "编号重复")
        self.laws[law_id] = Law(law_id, law, article, text, since or date.min)
        entry.close()

    def transfer_law(self, entry: Entry) -> Law | None:
        """The article named that forbids handing on what a clause, or an edition, names."""
        law_id = entry.text("transfer_law")
        law = {**self.base.laws, **self.laws}.get(law_id or "")
        if law_id is not None and law is None:
            entry.fault("transfer_law", f"没有法条“{law_id}”")
        return law

    def edition(self, node: object, line: int, faults: Faults) -> None:
        if not isinstance(node, Block):
            faults.add(line, "目录版本应写 id、title、effective_from")
            return
        entry = Entry(node, faults, f"目录版本 {node.get('id', '（无编号）')}")
        edition_id = entry.text("id", required=True) or ""
        if edition_id in self.editions or edition_id in self.base.editions:
            entry.fault("id", "编号重复")
        title, (since, until) = entry.text("title", required=True) or "", stretch(entry, date.min, FOREVER)
        self.editions[edition_id] = Edition(
            edition_id, title, since, until, issuer=entry.text("issuer"), document_no=entry.text("doc_no"),
            replaces=entry.text("replaces"), evidence=entry.text("evidence") or "", url=entry.text("url"),
            note=entry.text("note"), transfer_law=self.transfer_law(entry),
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
        if clause_id not in self.entries:
            known = self.base.clauses.get(clause_id)
            return known.when if known and known.status not in UNSTATED else None
        if clause_id not in self.predicates:
            if self.nested > _LONGEST_CHAIN:
                return None
            self.nested += 1
            self.predicates[clause_id] = None
            self.predicates[clause_id] = self.conditions(self.entries[clause_id])
            self.nested -= 1
        return self.predicates[clause_id]

    def conditions(self, entry: Entry) -> Predicate | None:
        """What an entry's `models`, `series` and `when` state together; None where that is nothing, or has a fault."""
        read = Conditions(entry.name, entry.faults, self.predicate)
        models, series, when = (entry.take(key) for key in ("models", "series", "when"))
        parts: list[Predicate | None] = []
        if models is not None or series is not None:
            parts.append(read.models(models, series, entry.block.line_of("models" if models is not None else "series")))
        if when is not None:
            parts.append(read.read(when, entry.block.line_of("when")))
        sound = tuple(part for part in parts if part is not None)
        if len(sound) < len(parts) or not sound:
            return None
        return sound[0] if len(sound) == 1 else AllOf(sound)

    def clause(self, clause_id: str, entry: Entry) -> Clause:
        """The clause of an entry; where it has faults, something to go on with."""
        status = entry.choice("status", STATUSES) or "confirmed"
        category = entry.choice("category", CATEGORIES, required=status != "not_found")
        edition = self.edition_of(entry)
        since, until = stretch(entry, edition.since if edition else date.min, edition.until if edition else FOREVER)
        when = self.predicate(clause_id)
        self.check_conditions(entry, status)
        text, kind = entry.text("clause_text", required=True), entry.text("kind", required=True)
        clause = Clause(
            clause_id, text or "", category, kind or "",
            when or AnyOf(()), reading(entry, status, {*self.base.sources, *self.sources}), since=since, until=until,
            jurisdiction=self.jurisdiction(entry), edition=edition, deadline=entry.day("deadline"), status=status,
            adopted=self.adopted(entry), required_action=entry.text("required_action"),
            replacement=entry.text("replacement"), note=entry.text("note"), since_precision=precision(entry),
            same_clause=self.same_clause(entry, clause_id),
            transfer_law=self.transfer_law(entry) or (edition.transfer_law if edition else None),
        )  # fmt: skip
        clause = replace(clause, wanting=wanting(clause, needs(entry)), examples=examples(entry))
        entry.close()
        if when is not None and status not in UNSTATED:
            try_examples(clause, entry)
        return clause

    def check_conditions(self, entry: Entry, status: str) -> None:
        """A clause states conditions, unless it says that there are none to state."""
        stated = [key for key in ("when", "models", "series") if entry.take(key) is not None]
        if status in UNSTATED and stated:
            entry.fault(stated[0], f"{STATUSES[status]}的条款不写条件")
        elif status not in UNSTATED and not stated:
            entry.fault("when", "缺少条件“when”（或 models、series）；只能由人认定的写 status: qualitative")

    def edition_of(self, entry: Entry) -> Edition | None:
        """The edition named; none where the clause stands in no catalogue."""
        edition_id = entry.text("edition") or ""
        edition = self.editions.get(edition_id) or self.base.editions.get(edition_id)
        if edition_id and edition is None:
            entry.fault("edition", f"没有目录版本“{edition_id}”")
        return edition

    def same_clause(self, entry: Entry, clause_id: str) -> str | None:
        """The clause of which this is another edition."""
        other = entry.text("same_clause")
        if other is not None and (other == clause_id or other not in {*self.entries, *self.base.clauses}):
            entry.fault("same_clause", f"same_clause 所指的条款“{other}”不存在，或就是它自己")
        return other

    def jurisdiction(self, entry: Entry) -> str:
        """Where it is in force; of a county's own clause, a place that the county lies in."""
        code = jurisdiction(entry)
        if not self.county.startswith(code) and self.county:
            entry.fault("jurisdiction", f"适用地区 {code} 不含本县（{self.county}）")
        return code

    def adopted(self, entry: Entry) -> tuple[str, ...]:
        """Where the catalogue itself adopts it; a county adopts by a recorded act, not by its file."""
        found = adopted(entry)
        if self.own and found:
            entry.fault("adopted", "县里的条款文件不写 adopted；加入后用 luzhang clauses adopt 采用")
        return () if self.own else found

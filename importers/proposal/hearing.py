"""A roster heard statement by statement: what each firm's entry gathers, what must be asked, which rows are held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain import vocabulary
from app.domain.masking import masked_label
from app.domain.proposal import Difference, Entry, KnownSubject, NewSubject, RosterIssue, Said
from app.domain.statement import Evidence
from importers.own_ledger.echo import Echo
from importers.proposal.comparison import Weighed, Words
from importers.proposal.questions import asked
from importers.reading import Fact

RowPlace = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says what a record says, of which day, in which sheet."""

    file: str
    sheet: str
    day: date
    source: str

    def said(self, subject: str, section: str, name: str, fact: Fact) -> Said:
        """One fact as a statement on a subject."""
        evidence = Evidence(self.file, self.sheet, fact.cell, fact.raw)
        return Said(subject, section, name, fact.value, self.day, self.source, evidence)


@dataclass(slots=True)
class Draft:
    """One firm's entry while its records are heard.

    `heard`: subjects that the file speaks of, or may speak of. `lists_machines`: it stands in a table that lists any.
    `sources`: who speaks of it. `out_of`: machines enrolled whose bodies belonged to a group so far, and that group.
    """

    key: str
    name: str
    new: bool
    order: int
    holds: list[KnownSubject] = field(default_factory=list)
    subjects: list[NewSubject] = field(default_factory=list)
    statements: list[Said] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    rows: dict[RowPlace, None] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
    held: bool = False
    changed: bool = False
    conflict: bool = False
    day: date = date.min
    place: tuple[str | None, str | None] = (None, None)
    lists_machines: bool = False
    sources: set[str] = field(default_factory=set)
    out_of: dict[str, str] = field(default_factory=dict)
    replaced: list[tuple[str, str]] = field(default_factory=list)

    @property
    def bucket(self) -> str:
        """The first that fits."""
        fits = (("held", self.held), ("conflict", self.conflict), ("new", self.new), ("changed", self.changed))
        return next((bucket for bucket, fit in fits if fit), "same")

    def of(self, section: str, kind: str | None = None) -> Iterator[str]:
        """What the firm holds of a section, and of a kind where one is given."""
        return (one.id for one in self.holds if one.section == section and (kind is None or one.kind == kind))

    def entry(self) -> Entry:
        """The finished entry."""
        return Entry(
            bucket=self.bucket,
            enterprise=self.key,
            name=self.name,
            subjects=tuple(self.subjects),
            statements=tuple(self.statements),
            differences=tuple(self.differences),
            rows=tuple(self.rows),
            replaced=tuple(self.replaced),
        )


class Hearing:
    """Everything heard so far. `echo`: the county's own ledger's words; `own`: that of which it has a row."""

    def __init__(self, answers: Mapping[tuple[str, int, str], str] | None = None, echo: Echo | None = None) -> None:
        self.answers = answers or {}
        self.echo = echo
        self.own = echo.spoken_of() if echo else frozenset()
        self.words = Words()
        self.issues: list[RosterIssue] = []
        self.held_rows: dict[RowPlace, str] = {}
        self._enrolled = 0

    def unprinted(self, key: str) -> bool:
        """Whether the county's own ledger had nothing to say of a subject, or says it in a row: nothing is left out."""
        return self.echo is not None and (key in self.own or key not in self.echo.printed)

    def key(self) -> str:
        """A key for something new, in the order of the file."""
        self._enrolled += 1
        return f"new:{self._enrolled}"

    def enrol(self, draft: Draft, section: str, kind: str | None = None) -> str:
        """Something new that a firm holds."""
        key = self.key()
        draft.subjects.append(NewSubject(key, section, draft.key, kind))
        draft.holds.append(KnownSubject(key, section, kind))
        draft.changed = True
        return key

    def say(self, draft: Draft, said: Said) -> None:
        """Weigh a statement, and keep what it adds."""
        weighed = self.words.weigh(said)
        if weighed.verdict == "known":
            return
        if weighed.verdict == "twice":
            draft.held = True
            label = vocabulary.field(f"{said.section}.{said.field}").zh
            self.ask("import.says_twice", said.evidence, f"{said.section}.{said.field}", firm=draft.name, label=label)
            return
        draft.statements.append(said)
        if weighed.verdict == "same":
            return
        conflict = weighed.verdict == "conflict"
        draft.conflict |= conflict
        draft.changed |= not conflict
        if conflict:
            self._ask_conflict(draft, said, weighed)
        if conflict or not draft.new:
            draft.differences.append(_difference(said, weighed))

    def _ask_conflict(self, draft: Draft, said: Said, weighed: Weighed) -> None:
        path = f"{said.section}.{said.field}"
        before, after = (masked_label(said.section, said.field, value) for value in (weighed.before, said.value))
        words = {"label": vocabulary.field(path).zh, "other": weighed.other_source, "before": before, "after": after}
        self.ask("import.conflict", said.evidence, path, firm=draft.name, **words)

    def ask(self, code: str, at: Evidence | None, path: str | None = None, **words: object) -> None:
        """Raise an issue of the comparison."""
        severity, message, fix = asked(code, **words)
        sheet, cell = (at.sheet or None, at.cell) if at else (None, None)
        self.issues.append(RosterIssue(code, severity, sheet, cell, path, at.raw if at else None, message, fix))


def _difference(said: Said, weighed: Weighed) -> Difference:
    return Difference(
        said.subject,
        said.section,
        said.field,
        before=weighed.before,
        after=said.value,
        conflict=weighed.verdict == "conflict",
        other_source=weighed.other_source,
        doubted=weighed.doubted,
    )

"""A column of a table as it will be read: its head, what it means, in what unit, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from app.domain.proposal import RosterIssue as Issue
from app.domain.statement import Value
from app.domain.vocabulary import SECTIONS, Field
from importers.grid import address
from importers.roster.heads import Head
from importers.roster.meanings import Meaning
from importers.roster.regions import Region
from importers.values import nothing_kind
from importers.values.text import compact


@dataclass(frozen=True)
class Reads:
    """`meaning` None: not understood, so its texts go to extras; `kept`: understood, but its values are not taken.

    `by`: lexicon, learned or told. `group`: the block of columns side by side that tell of one machine.
    """

    head: Head
    meaning: Meaning | None
    by: str | None
    unit: str | None = None
    group: str | None = None
    kept: bool = False

    @property
    def explained(self) -> bool:
        """Whether a person said what it means, of this file or of an earlier one of its layout."""
        return self.by in ("told", "learned")

    @property
    def key(self) -> int:
        """The column's key within its table."""
        return self.head.key

    @cached_property
    def style(self) -> str:
        """How its cells are read; kept where they state nothing."""
        return "kept" if self.meaning is None or self.kept else self.meaning.style

    @cached_property
    def path(self) -> str | None:
        """The path of its field in the vocabulary."""
        return self.meaning.path if self.meaning else None

    @cached_property
    def section(self) -> str | None:
        """The part of the record that it speaks of."""
        return self.meaning.section if self.meaning and not self.kept else None

    @property
    def kind(self) -> str:
        """Of the permit or action, or the part of a coordinate, that it speaks of."""
        return (self.meaning.kind if self.meaning else None) or ""

    @property
    def name(self) -> str:
        """The field's name within its section."""
        return (self.path or "").split(".")[-1]

    @cached_property
    def field(self) -> Field:
        """The field of the vocabulary."""
        section, name = (self.path or "").split(".", 1)
        return SECTIONS[section][name]

    @property
    def says(self) -> Mapping[str, Value]:
        """What the header's words state of the machine."""
        return self.meaning.says if self.meaning else {}

    @property
    def head_cell(self) -> str:
        """Where its words stand."""
        return address(*self.head.place)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table's columns are read, and what is asked about them."""

    columns: tuple[Reads, ...]
    issues: tuple[Issue, ...]


def unknown(column: Reads) -> Reads:
    """The column as one that is not understood: its texts are kept, and it is asked about."""
    return replace(column, meaning=None, by=None)


def meant(column: Reads, meaning: Meaning) -> Reads:
    """The column with this meaning."""
    return replace(column, meaning=meaning)


def texts_below(column: Reads, region: Region) -> list[str]:
    """What stands in a column, nothings left out."""
    places = [line.places[column.key] for line in region.stating if column.key in line.places]
    found = [compact(region.view.text(*place)) for place in places]
    return [text for text in found if nothing_kind(text) not in ("empty", "ditto")]

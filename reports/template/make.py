"""Makes a township's template, and says what its cells could not carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.register import Snapshot
from reports.template.columns import TemplateColumn, default_columns
from reports.template.content import About, Asked, Filled
from reports.template.layout import laid_out
from reports.template.proof import Choice, Reader, proven
from reports.template.sheet import written


@dataclass(frozen=True, slots=True)
class Template:
    """The workbook, and the known facts whose cells had to stay empty: each says so in its comment."""

    content: bytes
    left_empty: tuple[Filled, ...]


def template(
    snapshot: Snapshot,
    township: str,
    columns: Sequence[TemplateColumn],
    asked: Iterable[Asked],
    about: About,
    *,
    read: Reader | None = None,
) -> bytes:
    """The workbook of a township's template. As `prefilled`."""
    return prefilled(snapshot, township, columns, asked, about, read=read).content


def prefilled(
    snapshot: Snapshot,
    township: str,
    columns: Sequence[TemplateColumn],
    asked: Iterable[Asked],
    about: About,
    *,
    read: Reader | None = None,
) -> Template:
    """A township's template in its own columns; without any, in those that a first roster needs.

    With `read` every cell is read back before the template leaves the house: one that would be read as anything but
    what the register holds is written otherwise, or left empty with a comment.
    """
    roster = laid_out(snapshot, township, columns or default_columns(snapshot, township), asked, about)
    choice: Choice = {}
    if read is None:
        content = written(roster, choice)
    else:
        content, choice = proven(roster, lambda chosen: written(roster, chosen), read)
    empty = tuple(one for one in roster.filled if one.ways and choice.get(one.place, 0) >= len(one.ways))
    return Template(content, empty)

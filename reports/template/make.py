"""Makes a township's template, and says what its cells could not carry."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain.register import Snapshot
from app.domain.vocabulary import SECTIONS
from reports.template.apart import first_apart, lost, mixed_up, worth_it
from reports.template.columns import TemplateColumn, default_column, default_columns
from reports.template.content import About, Apart, Asked, Filled, Roster
from reports.template.layout import laid_out
from reports.template.proof import Choice, Proven, Reader, proven
from reports.template.sheet import written

_NAME = "enterprise.name"
#: How many times at most further firms' machines go on the page.
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Template:
    """The workbook, the known facts whose cells had to stay empty (each says so in its comment), and every fact (of
    whom, which field) that a column was to tell and that is not read back.
    """

    content: bytes
    left_empty: tuple[Filled, ...] = ()
    lost: frozenset[tuple[str, str]] = frozenset()


def template(
    snapshot: Snapshot,
    township: str,
    columns: Sequence[TemplateColumn],
    asked: Iterable[Asked],
    about: About,
    *,
    read: Reader | None = None,
    sections: Collection[str] = (),
) -> bytes:
    """The workbook of a township's template. As `prefilled`."""
    return prefilled(snapshot, township, columns, asked, about, read=read, sections=sections).content


def prefilled(
    snapshot: Snapshot,
    township: str,
    columns: Sequence[TemplateColumn],
    asked: Iterable[Asked],
    about: About,
    *,
    read: Reader | None = None,
    sections: Collection[str] = (),
) -> Template:
    """A township's template in its own columns; without any, in those that a first roster needs.

    With `read` every cell is read back before the template leaves the house: one that would be read as anything but
    what the register holds is written otherwise, or goes on a page beside the roster, or is left empty with a comment.
    `sections`: permits or actions that the township tells of though these columns do not; a first roster of all.
    """
    own, questions = tuple(columns or default_columns(snapshot, township)), tuple(asked)
    told = sections if columns else SECTIONS

    def laid(apart: Apart, columns: Sequence[TemplateColumn]) -> Roster:
        return laid_out(snapshot, township, columns, questions, about, apart, told)

    roster = laid(Apart(), own)
    if read is None:
        return Template(written(roster, {}))
    made = _proven(roster, read)
    if not _names_read(roster, made):
        own = tuple(default_column(_NAME) if one.field == _NAME else one for one in own)
        roster = laid(Apart(), own)
        made = _proven(roster, read)
    apart = first_apart(roster, made.stated)
    if apart != Apart():
        again = laid(apart, own)
        made_again = _proven(again, read)
        kept = worth_it(roster, made.stated, apart, again, made_again.stated)
        roster, made = again, made_again
        if kept != apart:
            apart, roster = kept, laid(kept, own)
            made = _proven(roster, read)
    for _ in range(_ROUNDS):
        # A column of which fewer lines are left may be read otherwise, so that another firm's machines are mixed up.
        mixed = mixed_up(roster, made.stated) - apart.firms
        if not mixed:
            break
        apart = replace(apart, firms=apart.firms | mixed)
        roster = laid(apart, own)
        made = _proven(roster, read)
    return Template(made.content, _empty(roster, made.choice), frozenset(lost(roster, made.stated)))


def _names_read(roster: Roster, made: Proven) -> bool:
    """Whether the names' column is understood: some are only by their values, and these may be other ones."""
    named = [one.subject for one in roster.filled if (one.section, one.name) == ("enterprise", "name")]
    return not named or any((subject, "name") in made.stated for subject in named)


def _proven(roster: Roster, read: Reader) -> Proven:
    return proven(roster, lambda choice: written(roster, choice), read)


def _empty(roster: Roster, choice: Choice) -> tuple[Filled, ...]:
    """The cells that had to stay empty."""
    return tuple(one for one in roster.cells if one.ways and choice.get(one.place, 0) >= len(one.ways))

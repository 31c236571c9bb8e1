"""The register's own questions on a reply: numbered after those on the file, and what their answers state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.proposal import RosterIssue
from app.domain.statement import Evidence, Value
from app.domain.vocabulary import field
from app.register.facts.identity import Same, same_as
from app.register.imports.replied import FactAnswered
from app.register.imports.waiting import Source
from app.register.questioning.asked import Asked as Wanted
from app.register.questioning.beside import questions_beside
from app.register.questioning.carrying import for_reply, stated
from app.register.scope import REGISTER, Actor
from app.register.verdicts.holding import Place
from importers.grid import Cell
from importers.reply import Answer, Asked, Asking
from importers.reply.marks import place_of
from importers.values.understand import understand

#: How many of them a reply carries: a township answers some, and is asked the rest the next time.
MOST = 30


@dataclass(frozen=True, slots=True)
class Beside:
    """What the register asks on a reply. `known`: at which change; `further`: how many more it would ask."""

    asked: tuple[Asked, ...] = ()
    known: int | None = None
    further: int = 0


def beside(
    session: Session, county: str, batch: str, actor: Actor, file: str, issues: Iterable[RosterIssue], last: int
) -> Beside:
    """The questions beside those on a file, numbered after the last of these; none that a marked cell asks already."""
    known, wanted = questions_beside(session, county, batch, actor)
    marked = {(one.field, one.sheet, place[0]) for one in issues if one.field and (place := place_of(one.cell))}
    own = [one for one in wanted if not any((one.field, *row) in marked for row in _rows(one.sources, file))]
    lines = for_reply(own, MOST)
    asked = tuple(
        Asked(number, one.code, None, None, one.firm, one.question, "", one.fix, one.choices, one.open)
        for number, one in enumerate(lines, last + 1)
    )
    return Beside(asked, known if asked else None, len(own) - len(lines))


def _rows(places: Iterable[Place], file: str) -> set[tuple[str, int]]:
    """The sheets and rows of a file that these are in."""
    found = (one.cell.rpartition("!") for one in places if one.file == file)
    return {(sheet, place[0]) for sheet, _, cell in found if (place := place_of(cell))}


@dataclass(frozen=True, slots=True)
class Answering:
    """What was asked beside a batch at a change, to tell what answers to it state now. `file`: the copy's name."""

    wanted: tuple[Wanted, ...]
    same: Same
    file: str

    def facts(self, answer: Answer, asking: Asking) -> tuple[FactAnswered, ...]:
        """What an answer states, and what else it states of the same firm or machine; nothing where that is in doubt.

        中频炉 to the question for a furnace's kind states its frequency too, as it would in a roster's cell.
        """
        read = _Reading()
        told = stated(self.wanted, asking.text, answer.answer, read)
        if told is None or any(path.partition(".")[0] != told.section for path in read.also):
            return ()
        name = next(one.name for one in self.wanted if one.subject == told.subject)
        note = f"（{answer.note}）" if answer.note else ""
        evidence = Evidence(self.file, *answer.where, f"{asking.text} 答复：{answer.answer}{note}")
        values = {told.field: told.value, **{path.partition(".")[2]: value for path, value in read.also.items()}}
        firm, subject = self.same.of(told.firm), self.same.of(told.subject)
        return tuple(
            FactAnswered(firm, name, subject, one, value, evidence, told.section) for one, value in values.items()
        )


def answering(session: Session, source: Source, known: int | None, file: str) -> Answering:
    """What was asked beside the batch that a copy corrects, as known at the change that the copy remembers."""
    wanted: tuple[Wanted, ...] = ()
    if known is not None:
        _, wanted = questions_beside(session, source.county, source.batch, REGISTER, known)
    return Answering(wanted, same_as(session, source.county), file)


class _Reading:
    """Reads an answer that is no choice as a cell under its field would be, in the unit that the question names."""

    def __init__(self) -> None:
        self.also: Mapping[str, Value] = {}

    def __call__(self, path: str, text: str) -> Value | None:
        known = field(path)
        unit = known.unit if known.type == "decimal" else None
        understood = understand(known, Cell(text, text), unit=unit)
        if understood.issue is not None:
            return None
        self.also = understood.also
        return understood.value

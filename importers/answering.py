"""What the answers beside the questions of a returned copy mean: whose a row is, which machine, whether it is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from app.domain.names import plain_name
from app.domain.proposal import NEW, SPLIT, RosterIssue
from app.domain.statement import Evidence, Value
from app.register import queries
from app.register.desk import desk_queries
from app.register.desk.deciding import ABSENCES
from app.register.desk.who import particulars, shown
from app.register.facts.identity import same_as
from app.register.facts.known import known
from app.register.imports import waiting
from app.register.imports.replied import (
    NOT_SAME_FIRM,
    SAME_FIRM,
    AbsenceAnswered,
    FactAnswered,
    PairAnswered,
    RowAnswered,
)
from app.register.imports.waiting import Answers, Source
from app.register.machines.machine_words import in_words
from app.register.questioning.carrying import CODE
from app.register.scope import REGISTER
from app.store.acting import actor_of
from importers.answered_machines import PAIR, SEVERAL_PAIRS, SPLITS, Replacements, divided
from importers.beside import Answering, answering
from importers.grid import WorkbookGrid
from importers.proposal.comparison import Words
from importers.proposal.questions import asked
from importers.reply import Answer, Asking
from importers.reply.marks import NEW_FIRM, NEW_MACHINE, OMITTED, REMOVED, place_of

MISSING = "enterprise.missing_this_time"
SIMILAR = "enterprise.similar"
SEVERAL = "firm.several_of_name"
FITS, UNLISTED = "machine.fits_several", "machine.not_listed"

_NAMED = re.compile("“(.+?)”")
_CODE = re.compile(r"[0-9A-Z]{18}")


@dataclass(frozen=True, slots=True)
class Understood:
    """What is carried out of the answers, and what is only shown.

    `absences`: why firms are missing. `pairs`: machines that replaced others, or did not. `settled`: the questions that
    need not be asked again, each by code and words.
    """

    absences: tuple[AbsenceAnswered, ...] = ()
    rows: tuple[RowAnswered, ...] = ()
    pairs: tuple[PairAnswered, ...] = ()
    facts: tuple[FactAnswered, ...] = ()
    issues: tuple[RosterIssue, ...] = ()
    settled: frozenset[tuple[str, str]] = frozenset()

    @property
    def row_answers(self) -> Answers:
        """Whose rows are and of which machines they speak, as a proposal asks for it."""
        return {(one.sheet, one.row, one.about): one.answer for one in self.rows}


@dataclass(frozen=True, slots=True)
class _Machine:
    """A machine as the questions speak of it."""

    id: str
    words: str
    code: str
    bodies: int


def understood(
    session: Session,
    source: Source,
    original: WorkbookGrid,
    file: str,
    found: Iterable[Answer],
    askings: Iterable[Asking],
    known: int | None = None,
) -> Understood:
    """What the answers of a copy mean to the batch that it corrects; `file`: the copy's name.

    `known`: the change at which the register's own questions were asked. What a person answered of its rows before goes
    on counting. An answer that is not understood is shown.
    """
    asked_by_number = {one.number: one for one in askings}
    return _Understanding(session, source, original, file, asked_by_number, known).all(tuple(found))


class _Understanding:
    def __init__(
        self,
        session: Session,
        source: Source,
        original: WorkbookGrid,
        file: str,
        askings: Mapping[int, Asking],
        known: int | None,
    ) -> None:
        self.session, self.source, self.file, self.askings, self.known = session, source, file, askings, known
        self.grids = {grid.name: grid for grid in original.sheets}
        self.before = waiting.answers(session, source.county, source.batch)
        held = waiting.held(session, source.county, source.batch)
        self.waits = {(one.sheet, one.row): one for one in held}
        self.replacements = Replacements(session, source)

    def all(self, found: tuple[Answer, ...]) -> Understood:
        reason = "沿用对原件同一行的答复"
        rows = [RowAnswered(*place, answer, reason) for place, answer in self.before.items() if self._counts(place)]
        absences: list[AbsenceAnswered] = []
        pairs: list[PairAnswered] = []
        facts: list[FactAnswered] = []
        issues: list[RosterIssue] = []
        settled: set[tuple[str, str]] = set()
        for answer in found:
            asking = self.askings.get(answer.number)
            if asking is None:
                issues.append(_shown(answer, None, carried=False))
                continue
            if answer.code == SIMILAR and (of_two := _said_of_two(answer, asking)):
                issues.append(of_two)
                continue
            absent, of_rows = self._absences(answer, asking), self._rows(answer, asking)
            of_pairs, stated = self._pairs(answer, asking), self._facts(answer, asking)
            absences += absent
            rows += of_rows
            pairs += of_pairs
            facts += stated
            carried = bool(absent or of_rows or of_pairs or stated) or self._stands(answer, asking)
            if carried:
                settled.add((asking.code, asking.text))
            issues.append(_shown(answer, asking, carried=carried))
        told = (tuple(absences), tuple(rows), tuple(pairs), tuple(facts), tuple(issues))
        return Understood(*told, settled=frozenset(settled))

    def _counts(self, place: tuple[str, int, str]) -> bool:
        """Whether an answer counts for the copy as well: what was new, or split, is known by now if it was applied."""
        return self.before[place] not in (NEW, SPLIT) or place[:2] in self.waits

    def _absences(self, answer: Answer, asking: Asking) -> tuple[AbsenceAnswered, ...]:
        """Why a firm was left out, unless somebody answered before.

        The question named the firm, so its name finds it among those that the batch left out.
        """
        waits = [firm for firm, said in self._said_of_absent(asking).items() if said is None]
        return (AbsenceAnswered(waits[0], answer.answer, _reason(answer)),) if len(waits) == 1 else ()

    def _stands(self, answer: Answer, asking: Asking) -> bool:
        """Whether it was recorded before just so, as when a copy is sent a second time."""
        said = list(self._said_of_absent(asking).values())
        return said == [ABSENCES.get(answer.answer, "")]

    def _said_of_absent(self, asking: Asking) -> dict[str, str | None]:
        """The firms that the question may mean, each with what was answered of it."""
        named = _NAMED.search(asking.text)
        if asking.code != MISSING or named is None:
            return {}
        meant = [firm for firm, name in self._left_out.items() if name == named[1]]
        records = same_as(self.session, self.source.county)
        asked = (
            desk_queries.absence(self.source.county, self.source.batch, records.group(firm), REGISTER) for firm in meant
        )
        found = (self.session.scalar(one) for one in asked)
        return {firm: one.answer if one else None for firm, one in zip(meant, found, strict=True)}

    @cached_property
    def _left_out(self) -> dict[str, str]:
        """The firms that the batch left out, each as it is called."""
        names = {firm.id: shown(firm) for firm in particulars(self.session, self.source.county, actor_of(self.session))}
        firms = waiting.left_out(self.session, self.source.county, self.source.batch)
        return {firm: names.get(firm, "") for firm in firms}

    def _rows(self, answer: Answer, asking: Asking) -> tuple[RowAnswered, ...]:
        """Whose a row that waits is, or of which machine it speaks, unless a person answered before."""
        if asking.code not in (SEVERAL, FITS, SPLITS):
            return ()
        about = "firm" if asking.code == SEVERAL else "machine"
        row, named, sheet = self._held(asking), _NAMED.search(asking.text), asking.sheet or ""
        if row is not None and asking.code == SPLITS:
            others = [one for one in self.askings.values() if one.code == SPLITS and one is not asking]
            places = [(one.sheet or "", at) for one in others if (at := self._held(one)) is not None]
            return divided(answer.answer, (sheet, row), self.waits, self.before, places, _reason(answer))
        if row is None or named is None or (sheet, row, about) in self.before:
            return ()
        meant = (self._firm if asking.code == SEVERAL else self._which)(named[1], answer.answer)
        return (RowAnswered(sheet, row, about, meant, _reason(answer)),) if meant else ()

    def _pairs(self, answer: Answer, asking: Asking) -> tuple[PairAnswered, ...]:
        """Which machine came in the place of which, or that none did."""
        if asking.code not in (PAIR, SEVERAL_PAIRS):
            return ()
        return self.replacements.answered(answer.answer, asking, _reason(answer))

    def _held(self, asking: Asking) -> int | None:
        """The row that waits for the answer: that of the question's cell, or the only one beside a merged cell.

        Of rows that may divide a group any one will do.
        """
        place, grid = place_of(asking.cell), self.grids.get(asking.sheet or "")
        if place is None or grid is None:
            return None
        rows = {row for (sheet, row), one in self.waits.items() if sheet == grid.name and one.why == asking.code}
        if place[0] in rows:
            return place[0]
        over = [one for one in grid.merges if one.left <= place[1] <= one.right and one.top <= place[0] <= one.bottom]
        beside = {row for row in rows if any(one.top <= row <= one.bottom for one in over)}
        return min(beside) if len(beside) == 1 or (beside and asking.code == SPLITS) else None

    def _firm(self, called: str, said: str) -> str | None:
        """The one firm of a name that an answer means: by its credit code, or by another name of its own."""
        if said == NEW_FIRM:
            return NEW
        firms = particulars(self.session, self.source.county, actor_of(self.session))
        likes = [firm for firm in firms if plain_name(called) in map(plain_name, firm.names)]
        code, name = _CODE.search(plain_name(said)), plain_name(said)
        if code:
            meant = [firm for firm in likes if code[0] in firm.codes]
        else:
            names = {firm.id: (*firm.names, *firm.short_names, *firm.former_names) for firm in likes}
            meant = [firm for firm in likes if name in map(plain_name, names[firm.id])]
        return meant[0].id if len(meant) == 1 else None

    def _which(self, called: str, said: str) -> str | None:
        """The machine that an answer means: in the words of the question, or by its code."""
        if said == NEW_MACHINE:
            return NEW
        _, machines = self._machines(called)
        plain = plain_name(said)
        for words in ("words", "code"):
            meant = [one.id for one in machines if plain_name(getattr(one, words)) == plain]
            if meant:
                return meant[0] if len(meant) == 1 else None
        return None

    @cached_property
    def _answering(self) -> Answering:
        return answering(self.session, self.source, self.known, self.file)

    def _facts(self, answer: Answer, asking: Asking) -> tuple[FactAnswered, ...]:
        """What is said of a firm or a machine: to a question of the register, or on one that the roster left out."""
        if asking.code == CODE:
            return self._answering.facts(answer, asking)
        found = self._machine(answer, asking)
        return (found,) if found else ()

    def _machine(self, answer: Answer, asking: Asking) -> FactAnswered | None:
        """What is said of the machine that a question asks about, where only one is described so."""
        named = _NAMED.search(asking.text)
        if asking.code != UNLISTED or named is None or answer.answer not in (REMOVED, OMITTED):
            return None
        firm, machines = self._machines(named[1])
        meant = [one for one in machines if _question_of(named[1], one) == asking.text]
        if len(meant) != 1:
            return None
        told: dict[str, tuple[str, Value]] = {REMOVED: ("state", "removed"), OMITTED: ("quantity", meant[0].bodies)}
        evidence = Evidence(self.file, *answer.where, f"{asking.text} 答复：{answer.answer}{_note(answer)}")
        return FactAnswered(firm, named[1], meant[0].id, *told[answer.answer], evidence)

    def _machines(self, called: str) -> tuple[str, list[_Machine]]:
        """The only firm of a name, with its machines as they were on the roster's day; none where there are several."""
        county = self.source.county
        day = self.session.scalars(queries.batch(county, self.source.batch, REGISTER)).one().valid_day
        firms = known(self.session, county, names=(called,), codes=(), source="", township=None).firms
        if len(firms) != 1:
            return "", []
        words = Words()
        words.learn(firms[0])
        machines = []
        for id in (one.id for one in firms[0].subjects if one.section == "equipment"):
            facts = {name: values[0] for name, values in words.facts(id, day).items() if values}
            counted = words.value(id, "quantity", day)
            bodies = counted if isinstance(counted, int) else 1
            machines.append(_Machine(id, in_words(facts), str(facts.get("code", "")), bodies))
        return firms[0].id, machines


def _question_of(firm: str, machine: _Machine) -> str:
    return asked(UNLISTED, firm=firm, machine=machine.words, bodies=machine.bodies)[1]


def _said_of_two(answer: Answer, asking: Asking) -> RosterIssue | None:
    """What is said of two firms that may be one: shown beside them at the desk."""
    names = _NAMED.findall(asking.text)[:2]
    if len(names) < 2 or answer.answer not in (SAME_FIRM, NOT_SAME_FIRM):
        return None
    message = f"第 {answer.number} 问来件答复：“{names[0]}”与“{names[1]}”{answer.answer}{_note(answer)}"
    raw = "\n".join((answer.answer, *names))
    fix = "请在办理台核对后定下来（luzhang decide same / different）"
    return RosterIssue("reply.says_of_two", "question", asking.sheet, asking.cell, "enterprise.name", raw, message, fix)


def _shown(answer: Answer, asking: Asking | None, *, carried: bool) -> RosterIssue:
    place = (asking.sheet, asking.cell) if asking else (None, None)
    told = f"第 {answer.number} 问来件答复“{answer.answer}”{_note(answer)}"
    if carried:
        fix = "如有不对，请撤回这次导入（luzhang undo），或在办理台改定"
        return RosterIssue("reply.carried_out", "warning", *place, None, None, f"{told}，照此记下", fix)
    fix = "请在办理台核对后定下来（luzhang decide）"
    if asking is not None and asking.code == CODE:
        told = f"{told}，问的是：{asking.text}"
        fix = "请核对后补记（luzhang correct；设备归哪一家用 luzhang succeed）"
    return RosterIssue("reply.answered", "question", *place, None, None, told, fix)


def _reason(answer: Answer) -> str:
    return f"来件答复：{answer.answer}{f'，{answer.note}' if answer.note else ''}"


def _note(answer: Answer) -> str:
    return f"（{answer.note}）" if answer.note else ""

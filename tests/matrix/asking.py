"""Asks the cases of one asker and gathers what must not be: words of others, other answers than for what is nowhere."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.api import callers
from app.register.people.roles import is_open
from tests.matrix.answers import shown
from tests.matrix.askers import Asker
from tests.matrix.cases import Case, Operation, cases, operations, plain
from tests.matrix.targets import Target, nowhere
from tests.matrix.worlds import World, heads
from tests.signed_in import Browser

#: Of the ways to ask about another place beside the plainest, one of so many is tried: of files, of farther places.
_OF_FILES, _OF_FARTHER = 8, 6


@dataclass
class Register:
    """A planted register, and how it is put back as it was."""

    engine: Engine
    app: FastAPI
    client: TestClient | Browser
    worlds: list[World]
    targets: dict[str, Target]
    restore: Callable[[], None]
    heads: dict[str, int] = field(default_factory=dict)
    browsers: dict[str, Browser] = field(default_factory=dict)


@dataclass
class Found:
    """How many cases were asked, and what was wrong."""

    cases: int = 0
    faults: list[str] = field(default_factory=list)

    def note(self, what: str, case: Case, answer: Any, more: object = "") -> None:
        """Keep a fault in a line."""
        said = f"{answer.status_code} {answer.text[:120]!r}"
        self.faults.append(f"{what}: {case.operation.function} ({case.about}) {case.asked[:160]} → {said} {more}")


def file_restored(register: Register, kept: Path) -> None:
    """Put a SQLite register back as it was kept, page by page: a copied file would not fit the log beside it."""
    with closing(sqlite3.connect(kept)) as one, closing(sqlite3.connect(str(register.engine.url.database))) as other:
        one.backup(other)


def of_others(register: Register, asker: Asker) -> tuple[frozenset[str], frozenset[str]]:
    """The words and the numbers that may not show to an asker."""
    foreign = [one for one in register.worlds if not _theirs(one, asker)]
    secrets = frozenset[str]().union(*(one.secrets for one in foreign))
    return secrets, frozenset(str(one.number) for one in foreign if one.township)


def _theirs(world: World, asker: Asker) -> bool:
    if asker.division == "all":
        return True
    if len(asker.division) == 9:
        return world.township == asker.division or (not world.township and world.county == asker.division[:6])
    return world.county.startswith(asker.division)


def ask_all(register: Register, asker: Asker, *, one_of: int = 1) -> Found:
    """Ask every operation as this asker; `one_of`: of the many ways to ask, one of so many."""
    register.app.state.actor_of = lambda _, function: asker.actor(function)
    asking = _Asking(register, asker, asker.may)
    for one in operations(register.app):
        asking.all_ways(one, one_of)
    return asking.found


def ask_signed_in(register: Register, asker: Asker, name: str, *, one_of: int = 1) -> Found:
    """Ask every operation from the browser of an account that has signed in, with the asker's rights."""
    asking = _signed_in(register, asker, name)
    for one in operations(register.app):
        asking.all_ways(one, one_of)
    return asking.found


def ask_once(register: Register, asker: Asker, name: str) -> Found:
    """Ask every operation once from that browser: about the nearest other place where there is a way to."""
    asking = _signed_in(register, asker, name)
    for one in operations(register.app):
        asking.one_way(one)
    return asking.found


def _signed_in(register: Register, asker: Asker, name: str) -> _Asking:
    register.app.state.actor_of = callers.actor_of
    signed_in = replace(register, client=register.browsers[name])
    return _Asking(signed_in, asker, lambda function: is_open(function) or asker.may(function))


class _Asking:
    """Asks as one asker. `may`: whether a function is theirs, or anybody's."""

    def __init__(self, register: Register, asker: Asker, may: Callable[[str], bool]) -> None:
        self.register, self.asker, self.may = register, asker, may
        self.found = Found()
        self.own = register.targets[asker.own]
        self.secrets, self.numbers = of_others(register, asker)

    def all_ways(self, one: Operation, one_of: int) -> None:
        """What is one's own, and as many of the ways to name another's."""
        self._own(plain(one, self.own))
        if not self.may(one.function):
            return
        twins: dict[str, Any] = {}
        for place in self.asker.others:
            for case, twin in _sampled(self._pairs(one, place), one, far=place != self.asker.others[0], one_of=one_of):
                self._pair(case, twin, place, twins)

    def one_way(self, one: Operation) -> None:
        """One way to name the nearest other's, where there is one and it may be asked; else what is one's own."""
        near = self.asker.others[0] if self.asker.others and self.may(one.function) else None
        pair = next(self._pairs(one, near), None) if near else None
        if near and pair:
            self._pair(*pair, near, {})
        else:
            self._own(islice(plain(one, self.own), 1))

    def _own(self, told: Iterable[Case]) -> None:
        for case in told:
            answer = self._answer(case)
            if not self.may(case.operation.function) and answer.status_code != 403:
                self.found.note("not refused", case, answer)

    def _pairs(self, one: Operation, place: str) -> Iterator[tuple[Case, Case]]:
        other = self.register.targets[place]
        return zip(cases(one, self.own, other), cases(one, self.own, nowhere(other, self.own)), strict=True)

    def _pair(self, case: Case, twin: Case, place: str, twins: dict[str, Any]) -> None:
        other = self.register.targets[place]
        answer = self._answer(case)
        if twin.asked not in twins:
            twins[twin.asked] = twin.send(self.register.client)
            _restored(self.register, self.own, twin, twins[twin.asked], self.found)
        _compare(self.found, case, answer, twins[twin.asked], other, nowhere(other, self.own))

    def _answer(self, case: Case) -> Any:
        answer = case.send(self.register.client)
        self.found.cases += 1
        _look(self.found, case, answer, shown(answer, self.secrets, self.numbers, case.asked))
        _restored(self.register, self.own, case, answer, self.found)
        return answer


def _sampled(
    pairs: Iterator[tuple[Case, Case]], one: Operation, *, far: bool, one_of: int
) -> Iterator[tuple[Case, Case]]:
    """The pairs that are asked: all that name a thing in the path, of the others some, always the same ones."""
    every = (_OF_FILES if "." in one.path.rpartition("/")[2] else 1) * (_OF_FARTHER if far else 1) * one_of
    for case, twin in pairs:
        chosen = zlib.crc32(f"{one.function} {case.about}".encode()) % every == 0
        if chosen or (case.about.startswith("path") and one_of == 1):
            yield case, twin


def _look(found: Found, case: Case, answer: Any, seen: set[str]) -> None:
    if seen:
        found.note("shown", case, answer, sorted(seen)[:4])
    if answer.status_code >= 500:
        found.note("broken", case, answer)


def _restored(register: Register, own: Target, case: Case, answer: Any, found: Found) -> None:
    """Look whether anything was written, and put it back."""
    if not case.operation.writes:
        return
    now = heads(register.engine)
    if now == register.heads and answer.status_code >= 300:
        return
    if {county for county, number in now.items() if register.heads.get(county) != number} - {own.county, own["city"]}:
        found.note("written elsewhere", case, answer)
    register.restore()


def _compare(found: Found, case: Case, answer: Any, twin: Any, other: Target, none: Target) -> None:
    """What is another's is answered as what is nowhere."""
    if answer.status_code != twin.status_code:
        found.note("told apart", case, answer, twin.text[:120])
    elif answer.status_code >= 400 and other.masked(answer.text) != none.masked(twin.text):
        found.note("told apart in words", case, answer, twin.text[:200])

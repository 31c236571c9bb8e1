"""A county's programmes: those that come with the program, and those of the files that it added; and those acts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.errors import BadInput
from app.register import policy_files
from app.register.asking import county_asked, known_asked
from app.register.places import county_of
from app.register.policy_files import division_codes, files_of, sound_text, told_reason
from app.register.scope import REGISTER, Actor
from app.register.second import done_or_proposed, gate
from app.rules.programmes.loader import Programmes, load_own_programmes, shipped_programmes
from app.store.changes import open_change
from app.store.engine import retrying, unit


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file that was added; `replaced`: those of which the county had another text before."""

    county: str
    change: int
    file: str
    sha256: str
    programmes: tuple[str, ...]
    replaced: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For `programmes add --json` and the API."""
        return {
            "county": self.county,
            "change": self.change,
            "file": self.file,
            "sha256": self.sha256,
            "programmes": list(self.programmes),
            "replaced": list(self.replaced),
        }


def read_own(name: str, text: str, county: str = "") -> Programmes:
    """What a file that a county would add states, its codes held against the dictionary.

    Raises:
        CatalogueFault: with every fault of it.
        BadInput: when it is too large, no text, or states no programme.
    """
    sound_text("programmes", name, text)
    found = load_own_programmes(name, text, county, division_codes())
    if not found.programmes:
        raise BadInput("文件里没有方案", fix="请在 programmes 下面写明方案", code="programmes.none")
    return found


@lru_cache(maxsize=64)
def _read(name: str, text: str) -> Programmes:
    return load_own_programmes(name, text)


def programmes_of(session: Session, county: str, known: int, actor: Actor) -> Programmes:
    """The programmes and zones that count in a county, as known at a change; of two texts of one the newer."""
    programmes, zones = dict(shipped_programmes().programmes), dict(shipped_programmes().zones)
    for file in files_of(session, county, "programmes", known, actor):
        programmes |= _read(file.name, file.text).programmes
        zones |= _read(file.name, file.text).zones
    return Programmes(programmes, zones)


def counting(session: Session, county: str | None, known: str | None, actor: Actor) -> Programmes:
    """The programmes that count in the county told, as known then; of none, those that come with the program.

    Raises:
        UnknownCounty, BadInput: when there is no such county or change.
    """
    if county is None:
        return shipped_programmes()
    code = county_asked(session, county, actor)
    return programmes_of(session, code, known_asked(session, code, known), actor)


def add(engine: Engine, county: str, name: str, text: str, *, reason: str, actor: Actor) -> Added:
    """Add a file of programmes in one change; they count from it on, by their own days.

    Raises:
        UnknownCounty: when the dictionary lacks the county.
        BadInput: when no reason is given, or the file is too large or states no programme.
        CatalogueFault: with every fault of the file.
        Decided: when the county has this very file already.
    """
    why = told_reason(reason)

    def once(engine: Engine) -> Added:
        with unit(engine) as session:
            county_of(session, county)
            found = tuple(read_own(name, text, county).programmes)
            change = open_change(session, county, "programmes", actor=actor.name, reason=why)
            had = programmes_of(session, county, policy_files.LATEST, REGISTER).programmes
            kept = policy_files.keep(session, change, "programmes", name, text, why)
            replaced = tuple(one for one in found if one in had)
            effect = {"file": name, "text": kept.sha256, "programmes": found, "replaced": replaced}
            gate(session, change, "adopt", effect)
            return Added(county, change.number, kept.id, kept.sha256, found, replaced)

    def act(engine: Engine) -> Added:
        return retrying(lambda: once(engine))

    told = {"name": name, "text": text}
    return done_or_proposed(engine, "programmes.add", told, act, reason=why, actor=actor)


def drop(engine: Engine, county: str, named: str, *, reason: str, actor: Actor) -> tuple[str, int]:
    """Take a file of programmes out, by its id or name: its name, and the change's number.

    Raises:
        NotFound: when the county has no such file.
        BadInput: when no reason is given.
    """
    why = told_reason(reason)

    def act() -> tuple[str, int]:
        with unit(engine) as session:
            county_of(session, county)
            change = open_change(session, county, "drop", actor=actor.name, reason=why)
            file = policy_files.file_called(session, county, "programmes", named, REGISTER)
            policy_files.take_out(session, change, file)
            return file.name, change.number

    return retrying(act)

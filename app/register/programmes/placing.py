"""Programmes over a county's register: in which stage each firm is and why, and the firms by bucket with 未归类."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from sqlalchemy.orm import Session

from app.domain.register import AsOf, Enterprise
from app.errors import BadInput, NotFound
from app.register.asking import county_asked
from app.register.desk.who import firm_called
from app.register.facts.evidence import Evidence
from app.register.facts.views import snapshot, statements
from app.register.places import Place as Township
from app.register.places import spelling, township_in, townships_of
from app.register.programmes import programme_lines as lines
from app.register.programmes.county_programmes import programmes_of
from app.register.scope import Actor
from app.rules.programmes.loader import shipped_programmes
from app.rules.programmes.programme import Programme
from app.rules.programmes.stages import Staged, agreed, stage_of, stages_on
from app.rules.programmes.zones import Place

#: What tells where a firm stands.
_PLACED = ("township", "village", "park", "address")


@dataclass(frozen=True, slots=True)
class FirmStage:
    """A firm's stage, where it stands, and whether it falls under the programme at all."""

    firm: Enterprise
    place: Place
    staged: Staged
    under: lines.Under
    sources: tuple[dict[str, str], ...]

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        placed = {name: getattr(self.place, name) for name in _PLACED}
        return {
            "enterprise": {"id": self.firm.id, "name": self.firm.name, **placed},
            "disputed": [name for name in _PLACED if name in self.firm.disputed],
            "under": self.under.as_dict(),
            **lines.staged(self.staged),
            "sources": list(self.sources),
        }


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of a programme in a county on a day, the places in none, and the firms asked about."""

    programme: Programme
    county: str
    day: date
    known: int
    unstaged: tuple[Township, ...]
    firms: tuple[FirmStage, ...] = ()
    township: tuple[Township, Staged] | None = None

    @property
    def status(self) -> int:
        """1 where something is to be asked."""
        return int(any(not one.staged.settled for one in self.firms))

    @property
    def totals(self) -> dict[str, int]:
        """How many firms give each answer; those in one stage by its number."""
        found = {str(stage.number): 0 for stage in self.programme.stages}
        found |= {"several": 0, "none": 0, "cannot_tell": 0}
        for one in self.firms:
            answer = one.staged.answer
            found[str(one.staged.stages[0].number) if answer == "in_stage" else answer] += 1
        return found

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        whole = self.township
        return {
            "programme": self.programme.id,
            "title": self.programme.title,
            "county": self.county,
            "as_of": self.day.isoformat(),
            "known": self.known,
            "due": [stage.number for stage in stages_on(self.programme, self.day)],
            "stages": [lines.stage(stage, self.day) for stage in self.programme.stages],
            "places_in_no_stage": [{"code": code, "name": name} for code, name in self.unstaged],
            "township": {"code": whole[0][0], "name": whole[0][1], **lines.staged(whole[1])} if whole else None,
            "totals": self.totals,
            "enterprises": [one.as_dict() for one in self.firms],
        }


def stages(
    session: Session,
    programme_id: str,
    county: str | None,
    *,
    firm: str | None = None,
    township: str | None = None,
    as_of: date,
    known: int,
    actor: Actor,
) -> Stages:
    """The stage of one firm, of a township, or of every firm of the county.

    Raises:
        NotFound, UnknownTownship: when the programme, the firm or the township is not there.
        BadInput: when the programme has no stages there, or firm and township are told together.
    """
    if firm is not None and township is not None:
        raise BadInput("企业和乡镇只能问一个", fix="请去掉其中一个", code="usage")
    programme, code = _asked(session, programme_id, county, actor, known)
    if code not in programme.stage_counties:
        raise BadInput(
            f"方案 {programme.id} 没有给 {code} 分阶段",
            fix=f"分了阶段的县：{'、'.join(programme.stage_counties) or '没有'}",
            code="programme.no_stages",
        )
    asking = _Asking(session, programme, code, AsOf(as_of, known), actor)
    if township is not None:
        found = township_in(session, code, township, as_of)
        own = stage_of(programme, Place(found[1], found[0]), as_of)
        return Stages(programme, code, as_of, known, asking.unstaged(), asking.firms(township=township), (found, own))
    return Stages(programme, code, as_of, known, asking.unstaged(), asking.firms(called=firm))


def _asked(session: Session, programme_id: str, county: str | None, actor: Actor, known: int) -> tuple[Programme, str]:
    """The programme as known at a change, and the county that it is asked of."""
    code = county_of_programme(session, programme_id, county, actor)
    programme = programmes_of(session, code, known, actor).programme(programme_id)
    if not programme.covers(code):
        raise BadInput(
            f"方案 {programme.id} 不管 {code}",
            fix=f"它管的县：{'、'.join(programme.counties)}",
            code="programme.elsewhere",
        )
    return programme, code


def county_of_programme(session: Session, programme_id: str, county: str | None, actor: Actor) -> str:
    """The county told; else the only one that the programme divides or names; else the register's only one.

    Raises:
        UnknownCounty: when there is no such county, or none was told and it cannot be one alone.
    """
    ships = shipped_programmes().programmes.get(programme_id.strip().upper())
    own = (ships.stage_counties or ships.counties) if ships else ()
    return county_asked(session, county or (own[0] if len(own) == 1 else None), actor)


@dataclass(frozen=True, slots=True)
class _Asking:
    """What a question about stages has at hand."""

    session: Session
    programme: Programme
    county: str
    as_of: AsOf
    actor: Actor
    townships: dict[str, Township] = field(default_factory=dict)

    def unstaged(self) -> tuple[Township, ...]:
        """The townships of the county that no stage names."""
        named = {area.township for stage in self.programme.stages for area in stage.areas}
        every = sorted(set(townships_of(self.session, self.county, self.as_of.day).values()))
        return tuple(place for place in every if place[0] not in named)

    def firms(self, *, called: str | None = None, township: str | None = None) -> tuple[FirmStage, ...]:
        """The firm called so, or all (of a township), by name of township and firm."""
        one = [firm_called(self.session, self.county, called, self.actor)] if called is not None else None
        whole = snapshot(self.session, self.county, self.as_of, self.actor, township=township, firms=one)
        if called is not None and not whole.enterprises:
            raise NotFound(
                f"截至 {self.as_of.day} 登记库里还没有“{called}”", fix="请换一个日子", code="enterprise.not_then"
            )
        # Only what is said of the firms themselves tells where they stand, not what is said of their machines.
        said = statements(self.session, self.county, [own.id for own in whole.enterprises], self.as_of, self.actor)
        evidence = Evidence.of(said, self.as_of.day)
        self.townships.update(townships_of(self.session, self.county, self.as_of.day))
        found = [self.firm(firm, evidence) for firm in whole.enterprises]
        return tuple(sorted(found, key=lambda own: (own.place.township_code or "~", own.firm.name, own.firm.id)))

    def firm(self, firm: Enterprise, evidence: Evidence) -> FirmStage:
        """One firm's stage, with the cells that say where it stands."""
        claims = self.claims(firm, evidence)
        staged = agreed([stage_of(self.programme, place, self.as_of.day) for place in claims])
        sources = tuple(dict.fromkeys(lines.cells(firm, evidence, _PLACED)))
        told = tuple({"field": name, "file": file, "cell": cell} for name, file, cell in sources)
        own = self.place({name: str(firm.facts[name]) for name in _PLACED if name in firm.facts})
        return FirmStage(firm, own, staged, lines.under(self.programme, self.county, firm), told)

    def claims(self, firm: Enterprise, evidence: Evidence) -> list[Place]:
        """Where a firm stands by each of the claims that contradict each other; one place where none do."""
        told = [
            list(dict.fromkeys(str(said.value) for said in evidence.on(firm.id, name)))
            if name in firm.disputed
            else [str(firm.facts[name])]
            if name in firm.facts
            else [""]
            for name in _PLACED
        ]
        return [self.place(dict(zip(_PLACED, each, strict=True))) for each in product(*(one or [""] for one in told))]

    def place(self, told: Mapping[str, str]) -> Place:
        """A place as told, with the township's code where the dictionary has it."""
        township = told.get("township")
        code = self.townships.get(spelling(township), (None, ""))[0] if township else None
        village, park, address = (told.get(name) or None for name in _PLACED[1:])
        return Place(township or None, code, village, park, address)


@dataclass(frozen=True, slots=True)
class Bucketed:
    """A county's firms by the buckets of one scheme; what stands in no bucket of it is 未归类, with its words."""

    programme: Programme
    county: str
    day: date
    known: int
    schemes: tuple[dict[str, Any], ...]
    firms: int

    @property
    def status(self) -> int:
        """1 where a firm is in no bucket."""
        return int(any(one["unsorted"] or one["disputed"] for one in self.schemes))

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {
            "programme": self.programme.id,
            "title": self.programme.title,
            "county": self.county,
            "as_of": self.day.isoformat(),
            "known": self.known,
            "enterprises": self.firms,
            "schemes": list(self.schemes),
        }


def bucketed(
    session: Session, programme_id: str, county: str | None, *, as_of: date, known: int, actor: Actor
) -> Bucketed:
    """The firms of the county by bucket, beside what the paper states of each.

    Raises:
        NotFound, UnknownCounty, BadInput: when the programme or the county is not there, or it has no buckets.
    """
    programme, code = _asked(session, programme_id, county, actor, known)
    if not programme.schemes:
        raise BadInput(
            f"方案 {programme.id} 没有分类（几个一批）",
            fix="请换一个方案：luzhang programmes list",
            code="programme.no_buckets",
        )
    whole = snapshot(session, code, AsOf(as_of, known), actor)
    found = tuple(_of_schemes(programme, whole.enterprises))
    return Bucketed(programme, code, as_of, known, found, len(whole.enterprises))


def _of_schemes(programme: Programme, firms: tuple[Enterprise, ...]) -> Iterator[dict[str, Any]]:
    for scheme in programme.schemes:
        found: dict[str, list[dict[str, Any]]] = {name: [] for name in scheme.buckets}
        unsorted: list[dict[str, Any]] = []
        disputed: list[dict[str, Any]] = []
        for firm in firms:
            said = firm.facts.get("disposition")
            bucket = scheme.bucket_of(str(said)) if said is not None else None
            row = {"id": firm.id, "name": firm.name, "said": said}
            into = disputed if "disposition" in firm.disputed else found[bucket] if bucket else unsorted
            into.append(row)
        yield lines.scheme(programme, scheme, found, unsorted, disputed)

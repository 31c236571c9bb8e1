"""A firm as a record describes it and as the county knows it, both made comparable in the same way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from app.domain import credit_code
from app.domain.firm_name import NameParts, parts, place_key
from app.domain.names import plain_name
from app.domain.particulars import Particulars
from app.register.likeness.code_slips import as_meant, organisation

Role = Literal["now", "former", "glossary"]


_TOWNSHIP = re.compile("(?:镇|乡|街道)$")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a record states of its firm, as written; a damaged or invalid code too."""

    name: str | None = None
    short_name: str | None = None
    former_name: str | None = None
    uscc: str | None = None
    registration_no: str | None = None
    township: str | None = None
    village: str | None = None
    legal_representative: str | None = None
    contact_phone: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """One of a firm's names, and whether it has it now, had it before, or has it by the county's glossary."""

    role: Role
    words: str
    parts: NameParts


@dataclass(frozen=True, slots=True)
class Description:
    """What is compared of a firm; places by their keys, with the words for people."""

    names: tuple[Called, ...]
    codes: frozenset[str]
    valid_codes: frozenset[str]
    organisations: frozenset[str]
    townships: Mapping[str, str]
    villages: frozenset[str]
    persons: frozenset[str]
    phones: frozenset[str]
    addresses: frozenset[str]


def of_record(stated: Stated, places: tuple[str, ...], glossary: Mapping[str, str]) -> Description:
    """What a record states; `glossary` has plain names."""
    now = [name for name in (stated.name, stated.short_name) if name]
    told = [glossary[plain_name(name)] for name in now if plain_name(name) in glossary]
    return _description(
        (("now", now), ("former", _some(stated.former_name)), ("glossary", told)),
        places,
        codes=_some(stated.uscc),
        registrations=_some(stated.registration_no),
        townships=_some(stated.township),
        villages=_some(stated.village),
        persons=_some(stated.legal_representative),
        phones=_some(stated.contact_phone),
        addresses=_some(stated.address),
    )


def of_firm(firm: Particulars, places: tuple[str, ...]) -> Description:
    """What the county knows of a firm."""
    return _description(
        (("now", [*firm.names, *firm.short_names]), ("former", firm.former_names)),
        places,
        codes=firm.codes,
        registrations=firm.registration_nos,
        townships=firm.townships,
        villages=firm.villages,
        persons=firm.legal_representatives,
        phones=firm.phones,
        addresses=firm.addresses,
    )


def _description(
    called: Iterable[tuple[Role, Iterable[str]]],
    places: tuple[str, ...],
    *,
    codes: Iterable[str],
    registrations: Iterable[str],
    townships: Iterable[str],
    villages: Iterable[str],
    persons: Iterable[str],
    phones: Iterable[str],
    addresses: Iterable[str],
) -> Description:
    names = tuple(Called(role, name, parts(name, places)) for role, some in called for name in some if plain_name(name))
    meant = frozenset(as_meant(code) for code in codes)
    held = (organisation(code) for code in (*meant, *map(as_meant, registrations)))
    return Description(
        names,
        meant,
        frozenset(code for code in meant if credit_code.valid(code)),
        frozenset(code for code in held if code),
        {place_key(plain_name(place)): place for place in townships or _named_townships(names, places)},
        frozenset(place_key(plain_name(place)) for place in villages),
        frozenset(map(plain_name, persons)),
        frozenset(number for phone in phones for number in _numbers(phone)),
        frozenset(map(plain_name, addresses)),
    )


def _named_townships(names: Iterable[Called], places: Iterable[str]) -> list[str]:
    """The townships that a firm's names begin with, where none is stated beside them; a branch lies elsewhere."""
    known = {place_key(place): place for place in places if _TOWNSHIP.search(place)}
    found = [
        place
        for called in names
        if called.role == "now" and not called.parts.branch
        for place in called.parts.places
        if _TOWNSHIP.search(place) or place in known
    ]
    return [known.get(place_key(place), place) for place in found]


def _numbers(phone: str) -> list[str]:
    """The telephone numbers in a cell, each by its digits: several may stand there, hyphens within."""
    return re.findall(r"\d{7,}", re.sub(r"(?<=\d)[-\s](?=\d)", "", phone))


def _some(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()

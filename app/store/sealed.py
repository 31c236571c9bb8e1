"""Columns whose texts may hold numbers of persons: kept sealed with those persons' keys, read as they were written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from json.encoder import encode_basestring
from typing import Annotated, Any

from sqlalchemy import BindParameter, Dialect, Text, TypeDecorator, literal
from sqlalchemy.sql import operators

from app.domain.masking import REMOVED, digits_in, perhaps_personal
from app.store.keys import Ring, ring_of
from app.store.keys.ring import TOKEN
from app.store.sealing import county

#: What is compared by value in SQL; with what is no column it has to say for which county.
_COMPARED = (
    operators.eq,
    operators.ne,
    operators.in_op,
    operators.not_in_op,
    operators.like_op,
    operators.ilike_op,
    operators.contains_op,
    operators.startswith_op,
    operators.endswith_op,
)
_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')
_WORD = re.compile(r"[0-9A-Za-z\u3400-\u9fff·]+")

#: A column of texts that people write, and one of JSON with such texts in it.
Words = Annotated[str, "words"]
JsonWords = Annotated[str, "words in JSON"]


class Sealed(TypeDecorator[str]):
    """A text with every number of a person in it sealed. `county`: of a text that is only looked for."""

    impl = Text
    cache_ok = True

    #: Characters of the shortest text in which anything has to be sealed.
    shortest = 10

    def __init__(self, county: str | None = None) -> None:
        super().__init__()
        self.county = county

    @property
    def python_type(self) -> type[str]:
        """What a program reads and writes."""
        return str

    class Comparator(TypeDecorator.Comparator[str]):
        """A value is looked for as it is kept, which is not the same in every county."""

        def operate(self, op: Any, *other: Any, **more: Any) -> Any:
            if op in _COMPARED and not all(_says_for_whom(one) for one in other):
                raise TypeError("a sealed column is compared with sealed_as(column, county, value)")
            return super().operate(op, *other, **more)

    comparator_factory = Comparator

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:
        """Each number sealed on the way in."""
        ring, of, kept, needs, shortest = ring_of(dialect), self.county, self.kept, self.needs, self.shortest

        def sealed(value: str | None) -> str | None:
            if value is None or len(value) < shortest or not needs(value):
                return value
            return kept(ring, of or county(), value, of is None)

        return sealed

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], str | None]:
        """Each number opened on the way out."""
        ring, read = ring_of(dialect), self.read
        return lambda value: value if value is None or "⟦" not in value else read(ring, value)

    def needs(self, value: str) -> bool:
        """Whether anything may have to be sealed; most texts are told fast."""
        return perhaps_personal(value) or "⟦" in value

    def kept(self, ring: Ring, county: str, value: str, make: bool) -> str:
        """The text as it is kept."""
        return ring.seal(county, value, make=make)

    def read(self, ring: Ring, value: str) -> str:
        """The text as it was written."""
        return ring.open(value)


class SealedJson(Sealed):
    """JSON whose texts are sealed; all else in it stays as it is."""

    cache_ok = True

    def kept(self, ring: Ring, county: str, value: str, make: bool) -> str:
        def one(found: re.Match[str]) -> str:
            if not self.needs(found[0]):
                return found[0]
            plain = json.loads(found[0], strict=False)
            sealed = ring.seal(county, plain, make=make)
            return found[0] if sealed == plain else encode_basestring(sealed)

        return _LITERAL.sub(one, value)

    def read(self, ring: Ring, value: str) -> str:
        return ring.open(value, lambda written: encode_basestring(written)[1:-1])


class SealedWhole(Sealed):
    """A contact's name or telephone: every word of it is sealed, if it was not by whoever knew whose it is."""

    cache_ok = True
    shortest = 0

    def needs(self, value: str) -> bool:
        return True

    def kept(self, ring: Ring, county: str, value: str, make: bool) -> str:
        return sealed_contact(ring, county, "", value, make=make)


def sealed_contact(ring: Ring, county: str, firm: str, text: str, *, make: bool = True) -> str:
    """A contact's cell with each number and each name in it sealed; a name for its firm, where others have it too."""
    # An import says the same of a firm in its row, its statement, its word, and its facts.
    if not make:
        return _contact(ring, county, firm, text, make)
    return ring.once((county, "contact", firm, text), lambda: _contact(ring, county, firm, text, make))


def _contact(ring: Ring, county: str, firm: str, text: str, make: bool) -> str:
    whole = ring.seal(county, text, make=make, find=digits_in)
    parts, at = [], 0
    for found in TOKEN.finditer(whole):
        parts += [_named(ring, county, firm, whole[at : found.start()], make), found[0]]
        at = found.end()
    return "".join([*parts, _named(ring, county, firm, whole[at:], make)])


def name_person(firm: str, name: str) -> str:
    """A contact's name as whose it is: the same name at another firm is another person."""
    return f"{firm}\n{name}"


def words_in(text: str) -> list[str]:
    """The names in a contact's cell, without its numbers."""
    return _WORD.findall(text)


def sealed_as(column: Any, county: str, value: str) -> BindParameter[str]:
    """A text to be compared with a sealed column of a county; a number that never came makes no key."""
    return literal(value, type(column.type)(county))


def is_removed(text: str) -> bool:
    """Whether a text says that it cannot be read any more."""
    return REMOVED in text


def _says_for_whom(other: Any) -> bool:
    if isinstance(other, list | tuple):
        return all(map(_says_for_whom, other))
    return other is None or hasattr(other, "__clause_element__") or hasattr(other, "type")


def _named(ring: Ring, county: str, firm: str, text: str, make: bool) -> str:
    if REMOVED in text:
        return text
    return _WORD.sub(lambda found: ring.token(county, "name", name_person(firm, found[0]), found[0], make), text)

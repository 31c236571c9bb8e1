"""Which known firm a record is: by its valid credit code, else by its full name, or as a person told; else asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain import credit_code
from app.domain.names import core_name, plain_name
from app.domain.proposal import Known
from app.register.desk.who import shown as shown_name
from app.register.likeness.candidates import Candidates
from app.register.likeness.described import Stated
from importers.proposal.comparison import Words
from importers.reading import Facts


@dataclass(frozen=True, slots=True)
class Firm:
    """Who a record is: the firm's id or key; None where it cannot be told, then `why` with who it might be."""

    key: str | None
    why: str | None = None
    others: tuple[str, ...] = ()


class Firms:
    """The firms of the register and of this file so far, by code and by name."""

    def __init__(self, known: Known, words: Words) -> None:
        self._names: dict[str, dict[str, None]] = {}
        self._codes: dict[str, dict[str, None]] = {}
        self._codes_of: dict[str, dict[str, None]] = {}
        self._shown: dict[str, str] = {}
        self._cores: dict[str, list[tuple[str, str]]] = {}
        self._places = known.places
        self._called = known.called
        self._candidates = Candidates(known.county_firms, (*known.places, *dict.fromkeys(known.townships.values())))
        self._county = {firm.id: shown_name(firm) for firm in known.county_firms}
        for firm in known.firms:
            words.learn(firm)
            shown = words.value(firm.id, "name", date.max) or words.value(firm.id, "short_name", date.max)
            if shown:
                self._shown[firm.id] = str(shown)
            for name in words.every(firm.id, "name"):
                self._name(firm.id, str(name))
            for code in words.every(firm.id, "uscc"):
                self._code(firm.id, str(code))

    def shown(self, key: str) -> str:
        """The name under which people know a firm."""
        return self._shown.get(key, "")

    def find(self, stated: Facts) -> Firm:
        """Who these facts speak of; a firm that is not known yet gives the empty key."""
        name, code = _text(stated, "name"), valid_code(stated)
        by_code = list(self._codes.get(code, ())) if code else []
        by_name = self._called_so(name, code) if name else []
        if not name and not by_code:
            return Firm("") if code else Firm(None, "firm.unnamed")
        if by_code:
            if by_name and not set(by_code) & set(by_name):
                return Firm(None, "firm.code_and_name_differ", (by_code[0], by_name[0]))
            return Firm(by_code[0]) if len(by_code) == 1 else self._several(by_code, by_name)
        if code and by_name and all(self._codes_of.get(key) for key in by_name):
            return Firm(None, "firm.same_name_other_code", tuple(by_name))
        if code:
            by_name = [key for key in by_name if not self._codes_of.get(key)]
        if len(by_name) > 1:
            return Firm(None, "firm.several_of_name", tuple(by_name))
        return Firm(by_name[0] if by_name else "")

    def _called_so(self, name: str, code: str | None) -> list[str]:
        """The firms of this name: the one that a person said it means, unless that has another valid code."""
        told = self._called.get(plain_name(name), "")
        codes = self._codes_of.get(told, {})
        if told and not (code and codes and code not in codes):
            return [told]
        return list(self._names.get(plain_name(name), ()))

    def _several(self, by_code: list[str], by_name: list[str]) -> Firm:
        both = [key for key in by_code if key in by_name]
        return Firm(both[0]) if len(both) == 1 else Firm(None, "firm.several_of_code", tuple(by_code))

    def meet(self, key: str, stated: Facts) -> None:
        """Know the firm by these facts as well, from here on in this file."""
        name, code = _text(stated, "name"), valid_code(stated)
        if name:
            self._name(key, name)
        if code:
            self._code(key, code)

    def similar(self, key: str, stated: Facts, township: str | None) -> dict[str, tuple[str, ...]]:
        """Other firms that a new one may well be, by their names, each with the reasons for it and those against it.

        Of the register's those that are likely; of this file's those whose names have one core.
        """
        told = {name: _text(stated, name) for name in Stated.__slots__}
        likely = [one for one in self._candidates.of(Stated(**{**told, "township": township})) if one.level == "likely"]
        found = {self._county[one.firm]: (*one.reasons, *(f"但{words}" for words in one.against)) for one in likely}
        if name := told["name"]:
            near = self._cores.setdefault(core_name(name, self._places), [])
            found |= {other: ("名称只差地名或组织形式",) for of, other in near if of != key}
            near.append((key, name))
        return found

    def _name(self, key: str, name: str) -> None:
        self._names.setdefault(plain_name(name), {})[key] = None
        self._shown.setdefault(key, name)

    def _code(self, key: str, code: str) -> None:
        if credit_code.valid(code):
            self._codes.setdefault(code, {})[key] = None
            self._codes_of.setdefault(key, {})[code] = None


def valid_code(stated: Facts) -> str | None:
    """The credit code that a record states, if it is one."""
    code = _text(stated, "uscc")
    return code if code and credit_code.valid(code) else None


def _text(stated: Facts, name: str) -> str | None:
    fact = stated.get(name)
    return str(fact.value) if fact else None

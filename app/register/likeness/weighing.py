"""What speaks for and against a record being a firm: its names, codes, places, people and telephones, weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.register.likeness.code_slips import one_slip
from app.register.likeness.described import Called, Description
from app.register.likeness.firm_index import FirmIndex
from app.register.likeness.resemblance import Reason, Resemblance, resemblance

#: Weights count in halvings, as in app/register/likeness/resemblance.py.
_SAME_NAME = 4.0
_SAME_CODE = 20.0
_SAME_BAD_CODE = 12.0
_CODE_SLIPPED = 12.0
_ORGANISATION = 12.0
_OTHER_VALID_CODE = -9.0
_OTHER_CODE = -2.0
_SAME_TOWNSHIP = 2.5
_OTHER_TOWNSHIP = -4.0
_SAME_VILLAGE = 2.0
_SAME_ADDRESS = 4.0
_SAME_PERSON = 9.0
_OTHER_PERSON = -2.0
_SAME_PHONE = 9.0
_OTHER_PHONE = -0.7
_ABOUT_FORMER = -0.5
#: Whose name a record's own one is.
_WHOSE = {"now": "", "former": "曾用名", "glossary": "按本县对照表"}
#: A person or a telephone tells enough from here on; in a small county, where no more than two firms share it.
_TELLING = 5.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a record and a firm have in common or not, and the sum of it; most are weighed and never shown.

    `telling`: what a person or a telephone must weigh to bear a name out.
    """

    weight: float
    name: Resemblance | None
    codes: Sequence[Reason]
    places: Sequence[Reason]
    people: Sequence[Reason]
    telling: float

    @property
    def reasons(self) -> tuple[str, ...]:
        """What speaks for it, the weightiest first."""
        return tuple(one.words for one in self._every() if one.weight > 0)

    @property
    def against(self) -> tuple[str, ...]:
        """What speaks against it, the weightiest first."""
        return tuple(one.words for one in self._every() if one.weight <= 0)

    @property
    def conclusive(self) -> bool:
        """Whether a name or a code says so, and neither says otherwise."""
        people = any(one.weight >= self.telling for one in self.people)
        return _conclusive(self.name, self.codes, self.places, people)

    def _every(self) -> list[Reason]:
        of_name = self.name.reasons if self.name else ()
        return sorted((*of_name, *self.codes, *self.places, *self.people), key=lambda one: -abs(one.weight))


def weigh(record: Description, firm: Description, index: FirmIndex) -> Weighed:
    """All that a record and a firm have in common or not."""
    name = _best_name(record, firm, index)
    codes, places = list(_codes(record, firm)), list(_places(record, firm))
    people = list(_people(record, firm, index))
    weight = index.prior + (name.weight if name else 0) + sum([one.weight for one in (*codes, *places, *people)])
    return Weighed(weight, name, codes, places, people, min(_TELLING, -index.prior - 1))


def _conclusive(name: Resemblance | None, codes: Sequence[Reason], places: Sequence[Reason], people: bool) -> bool:
    """A code one slip away; or the brand itself; a brand near it, or in another township, if people bear it out.

    Two valid codes that differ, or a branch beside another, are never more than possible.
    """
    if any(one.weight > 0 for one in codes):
        return True
    if not name or name.nearness == "other" or name.branched:
        return False
    if any(one.weight == _OTHER_VALID_CODE for one in codes):
        return False
    elsewhere = any(one.weight == _OTHER_TOWNSHIP for one in places)
    return people or (name.nearness == "brand" and not elsewhere)


def _best_name(record: Description, firm: Description, index: FirmIndex) -> Resemblance | None:
    """The pair of names that says most, with the words for what kind of names they are."""
    pairs = (_names(mine, yours, index) for mine in record.names for yours in firm.names)
    return max(pairs, key=lambda one: one.weight, default=None)


def _names(mine: Called, yours: Called, index: FirmIndex) -> Resemblance:
    pair = resemblance(mine.parts, yours.parts, index.rarity)
    reasons = pair.reasons
    if mine.parts.plain == yours.parts.plain:
        saying = "就是“{}”" if mine.role == "glossary" else "名称相同“{}”"
        reasons = (Reason(saying, pair.reasons[0].weight + _SAME_NAME, (yours.words,)),)
    if prefix := _roles(mine, yours):
        first, *rest = reasons
        reasons = (Reason(prefix + first.saying, first.weight + _ABOUT_FORMER, first.of), *rest)
    if reasons is pair.reasons:
        return pair
    return Resemblance(sum([one.weight for one in reasons]), reasons, pair.nearness, pair.branched)


def _roles(mine: Called, yours: Called) -> str:
    whose = _WHOSE[mine.role]
    if yours.role == "former":
        return f"{whose}与其曾用名"
    return "曾用名与其现名" if mine.role == "former" else whose


def _codes(record: Description, firm: Description) -> Iterator[Reason]:
    shared = record.codes & firm.codes
    if shared:
        valid = shared & record.valid_codes
        yield Reason("信用代码相同", _SAME_CODE) if valid else Reason("信用代码相同（校验不通过）", _SAME_BAD_CODE)
    elif record.valid_codes and firm.valid_codes:
        yield Reason("信用代码都有效且不同", _OTHER_VALID_CODE)
    elif any(one_slip(mine, yours) for mine in record.codes for yours in firm.codes):
        yield Reason("信用代码只差一位", _CODE_SLIPPED)
    elif record.organisations & firm.organisations:
        yield Reason("登记号与信用代码第9–17位对应", _ORGANISATION)
    elif record.codes and firm.codes:
        yield Reason("信用代码不同", _OTHER_CODE)


def _places(record: Description, firm: Description) -> Iterator[Reason]:
    mine, yours = record.townships, firm.townships
    if shared := mine.keys() & yours.keys():
        yield Reason("同在{}", _SAME_TOWNSHIP, (yours[min(shared)],))
    elif mine and yours:
        yield Reason("乡镇不同（{}/{}）", _OTHER_TOWNSHIP, ("、".join(mine.values()), "、".join(yours.values())))
    if record.villages & firm.villages:
        yield Reason("同村", _SAME_VILLAGE)
    if record.addresses & firm.addresses:
        yield Reason("地址相同", _SAME_ADDRESS)


def _people(record: Description, firm: Description, index: FirmIndex) -> Iterator[Reason]:
    if persons := record.persons & firm.persons:
        person = min(persons)
        yield Reason("法定代表人相同“{}”", min(_SAME_PERSON, index.rarity("person", person)), (person,))
    elif record.persons and firm.persons:
        yield Reason("法定代表人不同（{}/{}）", _OTHER_PERSON, (min(record.persons), min(firm.persons)))
    if phones := record.phones & firm.phones:
        phone = min(phones)
        holders = index.holders("phone", phone)
        shared = f"（本县{holders}家企业用这个号码）" if holders > 1 else ""
        yield Reason("电话相同" + shared, min(_SAME_PHONE, index.rarity("phone", phone)))
    elif record.phones and firm.phones:
        yield Reason("电话不同", _OTHER_PHONE)

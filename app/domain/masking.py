"""Personal data made unreadable: telephone and identity numbers wherever they stand, and names of contacts.

What is masked stays as it is when it is masked again. Numbers that are nobody's stay readable: amounts, days, credit
codes, numbers of permits and papers, coordinates, ids and digests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from app.domain.vocabulary import label

#: Fields whose values are a person's: how to reach somebody, and whom. The name of a legal representative is published
#: with the firm's licence, and stays.
PERSONAL = frozenset({"contact_phone", "contact_person"})

#: Blanks, hyphens and invisible marks that stand between the groups of a number.
_GAP = "[\\s\\-－—–\u00ad\u200b-\u200d\u2060\ufeff]{0,3}"
_PROVINCE = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_CODE_ALONE = r"(?<![0-9A-Za-z])(?:{})(?![0-9A-Za-z])"
_AMOUNT = r"(?!\.(?!00)\d\d(?!\d))(?!\s?(?:[万亿]?元(?![\u4e00-\u9fff])|吨|千瓦时|立方米|kWh|m3|m³))"

#: What holds many digits and is nobody's number.
_KEPT = "|".join(
    (
        # Ids, digests, codes of units that have no credit code.
        _CODE_ALONE.format("[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"),
        _CODE_ALONE.format("(?=[0-9]*[a-f])[0-9a-f]{32,128}"),
        _CODE_ALONE.format(r"[Hh][Bb]\d{15}[0-9A-Za-z]{0,5}"),
        # Parts of one, long fractions, degrees with eleven decimals.
        r"(?<![\d.])(?:0\.\d{11,}|\d{1,3}\.\d{12,17}(?!\d))",
        r"(?<![\d.])(?:1[89]|[2-4]\d|5[0-4]|7[3-9]|[89]\d|1[0-3]\d)\.\d{11}(?!\d)",
        r"[¥￥$]\s?\d+",
    )
)
_NUMBER = re.compile(
    f"(?P<kept>{_KEPT})"
    rf"|(?<!\d)(?P<place>{_PROVINCE}\d{{4}}{_GAP})(?P<born>(?:18|19|20)\d\d{_DAY})(?P<rest>{_GAP}\d{{3}}[\dXx])(?!\d)"
    rf"|(?<!\d)(?P<old_place>{_PROVINCE}\d{{4}})(?P<old_born>\d\d{_DAY})(?P<old_rest>\d{{3}})(?!\d)"
    r"|(?<!\d)(?P<several>(?:1[3-9]\d{9}){2,9})(?!\d)"
    rf"|(?<!\d)(?P<net>(?:(?:\+|00)?86{_GAP})?0?1[3-9]\d{_GAP})\d{{4}}(?P<end>{_GAP}\d{{4}})(?!\d){_AMOUNT}"
    rf"|(?<!\d)(?P<area>(?:(?:\+|00)?86{_GAP}[(（]?0?|0)(?:10|2\d|[3-9]\d\d)[)）]?{_GAP})"
    rf"(?P<line>[2-8]\d\d\d?{_GAP}\d{{4}})(?!\d)"
)
#: Most texts cannot hold any of these, and are looked at no further.
_PERHAPS = re.compile("(?:\\d[\\s\\-－—–()（）\u00ad\u200b-\u200d\u2060\ufeff]{0,4}){9}\\d")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_DIGITS = re.compile(r"(?<![\d*])\d(?:[\s\-－—–]?\d){4,}")
_NAME = re.compile(r"([\u3400-\u9fff])([\u3400-\u9fff·]+)|([A-Za-z])([A-Za-z]+)")
_QUOTED = re.compile("“([^”]*)”")
_MASKED = re.compile(r"\d[)）\s\-－—–]*\*{4,}[\s\-－—–]*[\dXx]|^\*{4}\d{1,4}$|^[\u3400-\u9fff]\*+$")

#: What stands where something was removed for good. It states nothing when it is read back.
REMOVED = "（已按规定删除）"

#: A number that is nothing but a telephone's: up to so many digits only the last are shown.
_LOCAL = 8
#: Digits of a mobile telephone's number.
_MOBILE = 11
#: Whoever is no older is the contact of no firm; such a number is a person's only if its check digit is right.
_YOUNGEST = 2015
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Number(NamedTuple):
    """A person's number in a text: text[start:end]; `normal`: the same for every way to write it.

    `kind`: phone, or identity.
    """

    start: int
    end: int
    kind: str
    normal: str


def numbers_in(text: str) -> list[Number]:
    """The telephone and identity numbers in a text, in order; they are what `masked` makes unreadable."""
    if not _PERHAPS.search(text):
        return []
    return [number for found in _NUMBER.finditer(_half_width(text)) for number in _numbers(found)]


def digits_in(text: str) -> list[Number]:
    """As `numbers_in`, where the text is telephone numbers alone: a short one, or with a digit too many, as well."""
    found, at = [], 0
    plain = _half_width(text)
    for number in [*numbers_in(text), Number(len(text), len(text), "", "")]:
        found += [
            Number(at + one.start(), at + one.end(), "phone", re.sub(r"\D", "", one[0]))
            for one in _DIGITS.finditer(plain[at : number.start])
        ]
        found += [number] if number.kind else []
        at = number.end
    return found


def masked(text: str) -> str:
    """A text with the middle of each telephone and identity number in it made unreadable."""
    if not _PERHAPS.search(text):
        return text
    plain = _half_width(text)
    found = _NUMBER.sub(_one, plain)
    return text if found == plain else found


def masked_phone(text: str) -> str:
    """As `masked`, where the text is telephone numbers alone: one that is short or has a digit too many as well."""
    return _DIGITS.sub(lambda found: _short(re.sub(r"\D", "", found[0])), masked(text))


def masked_identity(text: str) -> str:
    """As `masked`, where the text is an identity number alone, whatever its day and place of birth."""
    plain = _half_width(text).strip()
    return f"{plain[:6]}{'*' * max(4, len(plain) - 10)}{plain[-4:]}" if len(plain) >= 15 else masked(text)


def masked_person(text: str) -> str:
    """Names of people with their first character left: 张*, 欧**."""
    if REMOVED in text:
        return REMOVED.join(map(masked_person, text.split(REMOVED)))
    return _NAME.sub(lambda found: (found[1] or found[3]) + "*" * len(found[2] or found[4]), text)


def masked_field(field: str, text: str) -> str:
    """A text that a field holds, or the cell that states it."""
    return masked_person(masked_phone(text)) if field in PERSONAL else masked(text)


def masked_quotes(field: str, message: str) -> str:
    """A message about a field, with what it quotes of cells masked as they are."""
    return _QUOTED.sub(lambda found: f"“{masked_field(field, found[1])}”", masked(message))


def masked_label(section: str, field: str, value: object) -> str:
    """A value as a person reads it, of a field that may be a person's."""
    return masked_field(field, label(section, field, value))


def masked_whole(content: Any) -> Any:
    """Every text within objects and lists, as JSON has them."""
    if isinstance(content, str):
        return masked(content)
    if isinstance(content, dict):
        return {masked_whole(name): masked_whole(value) for name, value in content.items()}
    if isinstance(content, list | tuple):
        return [masked_whole(value) for value in content]
    return content


def perhaps_personal(text: str) -> bool:
    """Whether a text can hold any such number at all: told fast, for a whole answer at once."""
    return _PERHAPS.search(text) is not None


def is_masked(text: str) -> bool:
    """Whether a text holds a number or a name that was made unreadable: read back, it states nothing."""
    return REMOVED in text or bool(_MASKED.search(text.strip()))


def _half_width(text: str) -> str:
    """The same with every digit as 0–9, character for character."""
    return _OTHER_DIGIT.sub(lambda found: str(int(found[0])), text)


def _numbers(found: re.Match[str]) -> Iterator[Number]:
    """The numbers that a match of `_NUMBER` is."""
    if found["kept"] is not None or (found["place"] is not None and _nobodys(found)):
        return
    start, end = found.span()
    if found["several"] is not None:
        for at in range(start, end, _MOBILE):
            yield Number(at, at + _MOBILE, "phone", found[0][at - start : at - start + _MOBILE])
    elif found["net"] is not None:
        yield Number(start, end, "phone", re.sub(r"\D", "", found[0])[-_MOBILE:])
    elif found["area"] is not None:
        yield Number(start, end, "phone", "0" + re.sub(r"^(?:00)?(?:86)?0*", "", re.sub(r"\D", "", found[0])))
    else:
        yield Number(start, end, "identity", re.sub(r"[^\dXx]", "", found[0]).upper())


def _one(found: re.Match[str]) -> str:
    if found["kept"] is not None:
        return found[0]
    if found["place"] is not None:
        return found[0] if _nobodys(found) else f"{found['place']}********{found['rest']}"
    if found["old_place"] is not None:
        return f"{found['old_place']}******{found['old_rest']}"
    if found["several"] is not None:
        numbers = re.findall(r"\d{11}", found["several"])
        return " ".join(f"{one[:3]}****{one[7:]}" for one in numbers)
    if found["net"] is not None:
        return f"{found['net']}****{found['end']}"
    return found["area"] + _short(re.sub(r"\D", "", found["line"]))


def _nobodys(found: re.Match[str]) -> bool:
    """Whether eighteen digits that could be an identity number are made of a place and a day of late."""
    code = re.sub(r"[^\dXx]", "", found[0]).upper()
    if _checks(code):
        return False
    return int(found["born"][:4]) >= _YOUNGEST


def _checks(code: str) -> bool:
    """Whether an identity number's last character is right (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(code, _WEIGHTS, strict=False))
    return code[17] == "10X98765432"[total % 11]


def _short(digits: str) -> str:
    return f"****{digits[4:]}" if len(digits) <= _LOCAL else f"{digits[:3]}****{digits[-4:]}"

"""Personal data made unreadable: no number of a person survives in any text, and what is nobody's stays as it is."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.masking import (
    is_masked,
    masked,
    masked_field,
    masked_identity,
    masked_person,
    masked_phone,
    masked_whole,
)

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

#: What may stand around a number: anything but digits, and signs that make an amount of it.
AROUND = st.text(st.characters(exclude_categories=("Nd", "Cs"), exclude_characters="¥￥$.吨千万亿元立km"), max_size=12)

MOBILES = st.from_regex(r"1[3-9]\d{9}", fullmatch=True).filter(str.isascii)
LAND_LINES = st.from_regex(r"(010|02[0-9]|0[3-9][0-9]{2})[2-8][0-9]{6,7}", fullmatch=True)
BIRTHS = st.dates(date(1900, 1, 1), date(2014, 12, 31))
PLACES = st.sampled_from(["110101", "431127", "330106", "541521", "659001", "820001"])


@st.composite
def identities(draw: st.DrawFn) -> str:
    """Eighteen digits with their check digit right or wrong, or fifteen."""
    place, born, rest = draw(PLACES), draw(BIRTHS), draw(st.integers(0, 999))
    if draw(st.booleans()):
        return f"{place}{born:%y%m%d}{rest:03d}"
    return f"{place}{born.year}{born:%m%d}{rest:03d}{draw(st.sampled_from('0123456789Xx'))}"


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@given(before=AROUND, number=MOBILES, after=AROUND)
def test_no_mobile_number_survives_in_any_text(before: str, number: str, after: str) -> None:
    found = masked(before + number + after)

    assert number not in digits(found)
    assert f"{number[:3]}****{number[7:]}" in found


@given(before=AROUND, number=LAND_LINES, after=AROUND)
def test_no_land_line_with_its_area_survives_in_any_text(before: str, number: str, after: str) -> None:
    assert number not in digits(masked(before + number + after))


@given(before=AROUND, number=identities(), after=AROUND)
def test_no_identity_number_survives_in_any_text(before: str, number: str, after: str) -> None:
    found = masked(f"{before} {number} {after}")

    assert number not in found
    assert f"{number[:6]}{'*' * (8 if len(number) == 18 else 6)}" in found


@given(
    st.lists(st.one_of(MOBILES, identities()), min_size=2, max_size=6), st.sampled_from(["、", "/", " ", "，", "\n"])
)
def test_several_numbers_in_a_text_are_all_masked(numbers: list[str], between: str) -> None:
    found = masked(between.join(numbers))

    assert [one for one in numbers if one in found] == []


@given(st.text(), MOBILES)
def test_what_is_masked_stays_as_it_is(text: str, number: str) -> None:
    once = masked(text + number)

    assert masked(once) == once


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("138 1234 5678", "138 **** 5678"),
        ("138-1234-5678", "138-****-5678"),
        ("138\u200b1234\u200b5678", "138\u200b****\u200b5678"),
        ("１３８１２３４５６７８", "138****5678"),
        ("+86 13812345678", "+86 138****5678"),
        ("8613812345678", "86138****5678"),
        ("013812345678", "0138****5678"),
        ("13812345678.0", "138****5678.0"),
        ("1.13812345678 2.13912345678", "1.138****5678 2.139****5678"),
        ("1381234567813912345678", "138****5678 139****5678"),
        ("0746-2213456", "0746-****456"),
        ("（0746）22134567", "（0746）****4567"),
        ("010-62345678转801", "010-****5678转801"),
        ("+86-746-2213456", "+86-746-****456"),
        ("431127-19900101-123X", "431127-********-123X"),
    ],
)
def test_a_number_is_found_however_it_is_written(written: str, shown: str) -> None:
    assert masked(written) == shown


@pytest.mark.parametrize(
    "text",
    [
        "91431127MA4L2ABC1D",
        "914311270123456789",
        "91130200699229617X001P",
        "911302006992296170001P",
        "hb431127500000123W001Z",
        "湘环函〔2025〕18号 20251209 2025",
        "2024-01-15 13:00 431127106",
        "2024年1月15日至2024年12月31日",
        "431127202401150001",
        "13812345678.50元",
        "13812345678元",
        "￥13812345678",
        "13,812,345,678.00",
        "112.13812345678,25.37212345678",
        "0.431127900101123",
        "112°11′23.38″",
        "1500 200 3000 10000",
        "0198f3c1-0b1a-7c13-8812-a13812345678",
        "4c13812345678a2bb0c95f2a7e1d9a3c4c13812345678a2bb0c95f2a7e1d9a3c",
        "GW-0.5t 2台 400kW",
        "95598",
    ],
)
def test_what_is_nobodys_number_stays_as_it_is(text: str) -> None:
    assert masked(text) == text


@given(st.from_regex(r"9[123]\d{6}[0-9A-HJ-NPQRTUWXY]{10}", fullmatch=True).filter(str.isascii))
def test_a_credit_code_stays_as_it_is(code: str) -> None:
    shown = masked(f"信用代码{code}。")

    letters = re.split("[A-Z]", code)
    mobile = any(re.fullmatch(r"0?(86)?1[3-9]\d{9}|0\d{9,11}", run) for run in letters)
    assert shown == f"信用代码{code}。" or mobile


@given(st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none())
def test_numbers_that_are_no_texts_stay(whole: int, part: float, yes: bool, nothing: None) -> None:
    told = {"a": [whole, part], "b": {"c": yes, "d": nothing}}

    assert masked_whole(told) == told


def test_every_text_within_an_object_is_masked() -> None:
    told = {"13812345678": ["电话13812345678", {"a": ("13812345678",)}], "n": 13812345678}

    assert masked_whole(told) == {"138****5678": ["电话138****5678", {"a": ["138****5678"]}], "n": 13812345678}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2213456", "****456"),
        ("651234", "****34"),
        ("138123456789", "138****6789"),
        ("13812345678 / 0746-2213456", "138****5678 / 0746-****456"),
        ("0746-2213456转80123", "0746-****456转****3"),
        ("有争议", "有争议"),
    ],
)
def test_where_a_telephone_number_belongs_short_and_odd_ones_are_masked_too(written: str, shown: str) -> None:
    assert masked_phone(written) == shown
    assert masked_phone(shown) == shown


def test_an_identity_number_is_masked_wherever_and_whenever_its_bearer_was_born() -> None:
    assert masked_identity("91431127MA4L2ABC1D") == "914311********BC1D"
    assert masked_identity("431127202401150001") == "431127********0001"
    assert masked_identity("431127900101123") == "431127*****1123"


def test_of_a_name_the_first_character_is_left() -> None:
    assert masked_person("张三、欧阳明 John") == "张*、欧** J***"
    assert masked_person(masked_person("张三")) == "张*"


def test_the_cell_of_a_contact_shows_neither_name_nor_number() -> None:
    assert masked_field("contact_phone", "张三13812345678") == "张*138****5678"
    assert masked_field("contact_person", "张三") == "张*"
    assert masked_field("legal_representative", "张三") == "张三"
    assert masked_field("remark", "张三13812345678") == "张三138****5678"


@pytest.mark.parametrize(
    "text", ["138****5678", "0746-****456", "****456", "431127********1234", "电话138****5678", "张*", "138 **** 5678"]
)
def test_what_was_masked_is_told_from_what_was_written(text: str) -> None:
    assert is_masked(text)


@pytest.mark.parametrize("text", ["13812345678", "张三", "GW*0.5", "3*4", "（见附件）**", ""])
def test_what_was_written_is_not_taken_for_masked(text: str) -> None:
    assert not is_masked(text)


def test_a_check_digit_tells_a_childs_number_from_a_number_made_of_place_and_day() -> None:
    first = "43112720200115001"
    total = sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True))
    right = "10X98765432"[total % 11]

    shown = {last: masked(first + last) for last in "0123456789X"}

    assert [last for last, text in shown.items() if "*" in text] == [right]

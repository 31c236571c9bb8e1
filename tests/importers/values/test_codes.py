"""Codes: credit codes by their checks, digits that a sheet has eaten, telephones, numbers of papers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.credit_code import ALPHABET, check_character

from .cells import also, asked, read, value

USCC = "enterprise.uscc"
GOOD = "92140921MAN44CEJ14"


def test_a_valid_credit_code_in_every_dress() -> None:
    for written in (GOOD, GOOD.lower(), f" {GOOD[:9]} {GOOD[9:]}\n", f"'{GOOD}", "９" + GOOD[1:]):
        said = read(USCC, written)
        assert (said.value, said.issue) == (GOOD, None)


@pytest.mark.parametrize("written", ["9.1431127E+17", 9.11409218151586e17, "9.11409E17", "911409218151586000"])
def test_lost_digits_state_nothing(written: object) -> None:
    said = read(USCC, written)
    assert said.value is None
    assert said.issue == (
        "uscc.digits_lost",
        "error",
        "信用代码被表格软件改成了科学计数法，后几位已丢失",
        "请把该列设为“文本”格式后重新填写18位代码",
    )


@pytest.mark.parametrize(
    ("written", "code"),
    [(GOOD[:-1] + "5", "uscc.bad_check"), (GOOD[:-1], "uscc.malformed"), ("O" + GOOD[1:], "uscc.malformed")],
)
def test_a_mistyped_code_is_kept_as_written_with_a_warning(written: str, code: str) -> None:
    said = read(USCC, written)
    assert said.value == written
    assert said.issue
    assert said.issue[:2] == (code, "warning")


def test_other_codes_in_its_place() -> None:
    assert (value(USCC, "431127000001234"), also(USCC, "431127000001234")) == (
        None,
        {"enterprise.registration_no": "431127000001234"},
    )
    assert also("enterprise.registration_no", GOOD) == {USCC: GOOD}
    assert asked(USCC, "12345678-9") == "uscc.organisation_code"
    assert asked(USCC, "正在办理") == "value.not_understood"
    assert read(USCC, "无").issue is None


@given(st.text(ALPHABET, min_size=9, max_size=9), st.integers(110000, 659999))
def test_every_valid_code_comes_back(body: str, division: int) -> None:
    first17 = f"91{division}{body}"
    code = first17 + check_character(first17)
    if not (code.isdigit() and code.endswith("000")):
        said = read(USCC, code)
        assert (said.value, said.issue) == (code, None)


@pytest.mark.parametrize(
    ("path", "written", "expected"),
    [
        ("enterprise.contact_phone", "0746-2213456", "0746-2213456"),
        ("enterprise.contact_phone", 17692983336.0, "17692983336"),
        ("enterprise.power_account_no", "0731234567", "0731234567"),
        ("permit.number", "91140921MA3QWRQ93J001v", "91140921MA3QWRQ93J001v"),
        ("action.document_no", "蓝政函〔2025〕5号", "蓝政函〔2025〕5号"),
        ("action.document_no", "蓝政函（2025）5号", "蓝政函（2025）5号"),
        ("enterprise.industry_code", 3391.0, "3391"),
        ("enterprise.industry_code", "C3391", "C3391"),
        ("equipment.serial_no", "００１２", "0012"),
    ],
)
def test_a_code_as_written(path: str, written: object, expected: str) -> None:
    assert value(path, written) == expected


def test_codes_that_state_nothing_or_something_else() -> None:
    assert asked("enterprise.contact_phone", "138****1234") == "value.masked"
    assert asked("enterprise.power_account_no", "7.31234E+15") == "code.digits_lost"
    assert also("enterprise.industry_code", "C3391 黑色金属铸造") == {"enterprise.industry": "黑色金属铸造"}
    assert also("enterprise.industry_code", "黑色金属铸造") == {"enterprise.industry": "黑色金属铸造"}
    assert also("permit.number", "正在办理") == {"permit.standing": "applying"}
    assert read("permit.number", "无").value is None

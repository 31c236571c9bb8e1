"""Numbers of papers: one normal form however they are written; what is no number is refused with the rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.document_number import SOURCE, normal, spelling, understood
from app.errors import BadInput


@pytest.mark.parametrize(
    "written",
    [
        "湘环督办函〔2023〕70号",
        "湘环督办函[2023]70号",
        "湘环督办函(2023)70号",
        "湘环督办函（2023）70号",
        "湘环督办函［２０２３］７０号",
        "湘环督办函【2023】70号",
        "湘环督办函〖2023〗70号",
        " 湘环督办函 〔2023〕 第 070 号 ",
        "湘环督办函〔2023年〕70号",
    ],
)
def test_however_it_is_written_it_is_one_number(written: str) -> None:
    assert str(normal(written)) == "湘环督办函〔2023〕70号"


@pytest.mark.parametrize(
    ("written", "number", "year", "serial"),
    [
        ("江永开放办(2023)5号", "江永开放办〔2023〕5号", 2023, "5"),
        ("永环(蓝)责改字[2024]12号", "永环（蓝）责改字〔2024〕12号", 2024, "12"),
        ("湘环罚〔2024〕1-3号", "湘环罚〔2024〕1-3号", 2024, "1-3"),
        ("环境保护部令第30号", "环境保护部令第30号", None, "30"),
        ("发展改革委2011年第9号", "发展改革委2011年第9号", 2011, "9"),
        ("工业和信息化部公告 2010年 第122号", "工业和信息化部公告2010年第122号", 2010, "122"),
    ],
)
def test_orders_announcements_and_offices_in_brackets_have_numbers_too(
    written: str, number: str, year: int | None, serial: str
) -> None:
    found = normal(written)

    assert found is not None
    assert (found.text, found.year, found.serial) == (number, year, serial)


@pytest.mark.parametrize(
    "written",
    [
        "湘环督办函〔2023)70号",
        "湘环督办函〔23〕70号",
        "湘环督办函〔2023〕70",
        "湘环督办函〔2023〕0号",
        "湘环督办函2023-70号",
        "〔2023〕70号",
        "第70号",
        "关于停电的函",
        "DB14/2249—2020",
        "湘环督办函〔2023〕70号等",
    ],
)
def test_what_is_no_number_is_refused_with_the_rule_and_its_source(written: str) -> None:
    with pytest.raises(BadInput) as refused:
        normal(written)

    assert (refused.value.code, SOURCE in refused.value.message) == ("document.number", True)
    assert "〔2023〕70号" in refused.value.fix


@pytest.mark.parametrize("blank", [None, "", "  ", "\u3000"])
def test_no_number_is_none(blank: str | None) -> None:
    assert normal(blank) is None


@given(st.text(max_size=60))
def test_nothing_breaks_it_and_a_normal_form_stays_as_it_is(text: str) -> None:
    found = understood(text)

    assert found is None or understood(found.text) == found
    assert spelling(spelling(text)) == spelling(text)


@given(
    st.text("湘环督办函字发", min_size=1, max_size=8),
    st.integers(1949, 2030),
    st.integers(1, 99999),
    st.sampled_from(["〔〕", "[]", "()", "（）", "【】"]),
)
def test_brackets_say_nothing(code: str, year: int, serial: int, pair: str) -> None:
    assert str(normal(f"{code}{pair[0]}{year}{pair[1]}{serial}号")) == f"{code}〔{year}〕{serial}号"

"""A firm's name comes apart into place, brand, trade, legal form and branch, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.firm_name import NameParts, parts, place_key

PLACES = ("湖南省", "永州市", "蓝山县", "新圩镇", "毛俊镇", "大桥瑶族乡", "桃川镇")


def said(name: str) -> tuple[str, ...]:
    """Place, brand, trade, form and branch."""
    found = parts(name, PLACES)
    return found.place, found.brand, found.trade, found.form, found.branch


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("蓝山县骅强金属制品有限公司", ("蓝山县", "骅强", "金属制品", "有限公司", "")),
        ("骅强（蓝山）金属制品有限公司", ("蓝山", "骅强", "金属制品", "有限公司", "")),
        ("湖南省蓝山县骅强精密机械铸造有限责任公司", ("湖南省蓝山县", "骅强", "精密机械铸造", "有限责任公司", "")),
        (" 蓝山县 骅强\u3000金属制品有限公司\n", ("蓝山县", "骅强", "金属制品", "有限公司", "")),
        ("毛俊永利铸造厂", ("毛俊", "永利", "铸造", "厂", "")),
        ("大桥乡兴隆铸锅厂", ("大桥乡", "兴隆", "铸锅", "厂", "")),
        ("鑫源五金营业部", ("", "鑫源", "五金", "营业部", "")),
        ("鑫源机械及配件经营部", ("", "鑫源", "机械及配件", "经营部", "")),
        ("湖南华强集团有限公司", ("湖南", "华强", "", "集团有限公司", "")),
    ],
)
def test_a_full_name_comes_apart(name: str, expected: tuple[str, ...]) -> None:
    assert said(name) == expected


@pytest.mark.parametrize(
    ("name", "brand", "trade"), [("骅强", "骅强", ""), ("华钜机械", "华钜", "机械"), ("恒盛荣", "恒盛荣", "")]
)
def test_a_short_name_comes_apart(name: str, brand: str, trade: str) -> None:
    assert said(name) == ("", brand, trade, "", "")


@pytest.mark.parametrize(
    ("name", "branch"),
    [
        ("蓝山县骅强金属制品有限公司第一分公司", "第一分公司"),
        ("蓝山县骅强金属制品有限公司新圩分公司", "新圩分公司"),
        ("骅强金属制品有限公司（二厂）", "二厂"),
        ("骅强金属制品有限公司球团厂", "球团厂"),
        ("骅强铸造厂二分厂", "二分厂"),
        ("骅强二厂", "二厂"),
        ("骅强新圩分公司", "新圩分公司"),
    ],
)
def test_a_branch_is_told_from_its_firm(name: str, branch: str) -> None:
    found = parts(name, PLACES)

    assert (found.brand, found.branch) == ("骅强", branch)


def test_the_first_works_and_the_second_are_two() -> None:
    assert said("桃川第一鞭炮厂") == ("", "桃川", "鞭炮", "厂", "第一")
    assert said("桃川第二鞭炮厂") == ("", "桃川", "鞭炮", "厂", "第二")


def test_who_owns_it_is_no_part_of_the_form() -> None:
    found = parts("蓝山县王建国铸造厂（普通合伙）", PLACES)

    assert (found.brand, found.form, found.owner) == ("王建国", "厂", "普通合伙")


def test_a_firm_with_only_a_place_has_it_for_a_brand() -> None:
    assert parts("蓝山县铸造厂", PLACES).brand == parts("蓝山铸造厂", PLACES).brand == "蓝山"
    assert said("蓝山有限公司") == ("", "蓝山", "", "有限公司", "")


def test_words_that_may_be_either_are_the_brand_where_no_other_is_left() -> None:
    assert said("永州精工机械有限公司") == ("永州", "精工", "机械", "有限公司", "")
    assert said("三和铸造厂") == ("", "三和", "铸造", "厂", "")
    assert said("鼎新材料有限公司") == ("", "鼎新", "材料", "有限公司", "")


def test_a_place_is_one_with_and_without_the_word_for_what_it_is() -> None:
    assert {place_key(place) for place in ("大桥瑶族乡", "大桥乡", "大桥")} == {"大桥"}
    assert place_key("土市") == "土市"


@given(
    place=st.sampled_from(["", "蓝山县", "湖南省蓝山县", "永州市"]),
    brand=st.text("骅强宏诚兴鼎奥佳鑫君雄", min_size=2, max_size=3),
    trade=st.sampled_from(["", "金属制品", "机械铸造", "法兰锻造", "耐磨材料"]),
    form=st.sampled_from(["", "有限公司", "有限责任公司", "厂", "经营部"]),
)
def test_parts_put_together_come_apart_again(place: str, brand: str, trade: str, form: str) -> None:
    name = place + brand + trade + form

    found = parts(name, PLACES)

    assert found == NameParts(place, brand, trade, form, "", "", name, found.places)


@given(st.text("蓝山县新圩镇第一二三分公司厂有限铸造机械及和()（）  A1", max_size=20))
def test_every_name_has_a_brand_if_it_has_anything(name: str) -> None:
    found = parts(name, PLACES)

    assert bool(found.brand) == bool(found.plain)

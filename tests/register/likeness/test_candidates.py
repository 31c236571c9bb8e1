"""Who a record might be is ranked with reasons; nobody is likely without a name or code that says so."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from app.register.likeness.candidates import Candidate, Candidates, Particulars, Stated
from app.register.likeness.code_slips import one_slip
from tests.importers.rosters import code
from tests.register.likeness.names_county import PLACES, TOWNSHIPS, county
from tests.register.likeness.paper_names import FULL, SHORT

HUAQIANG = Particulars(
    "骅强",
    ("蓝山县骅强金属制品有限公司",),
    codes=(code(1),),
    townships=("新圩镇",),
    legal_representatives=("李建国",),
    phones=("13812345678",),
)
#: Others of the county, so that a brand that only one has says something.
OTHERS = tuple(
    Particulars(brand, (f"蓝山县{brand}{trade}有限公司",), townships=("土市镇",))
    for brand, trade in (("奥鑫", "金属制品"), ("兴鼎", "铸造"), ("君雄", "机械"), ("永盛", "法兰"), ("裕恒", "铸造"))
)


def asked(stated: Stated, *more: Particulars, glossary: dict[str, str] | None = None) -> tuple[Candidate, ...]:
    return Candidates((HUAQIANG, *OTHERS, *more), (*PLACES, *TOWNSHIPS), glossary).of(stated)


def first(stated: Stated, *more: Particulars, glossary: dict[str, str] | None = None) -> Candidate:
    return asked(stated, *more, glossary=glossary)[0]


@pytest.mark.parametrize("name", ["骅强", "骅强金属制品", "骅强（蓝山）金属制品有限公司", "新圩骅强金属制品厂"])
def test_the_brand_finds_the_firm_however_the_rest_is_written(name: str) -> None:
    found = first(Stated(name=name, township="新圩镇"))

    assert (found.firm, found.level) == ("骅强", "likely")
    assert {"字号相同“骅强”", "同在新圩镇"} <= set(found.reasons)


def test_a_firm_that_shares_nothing_is_not_given() -> None:
    assert asked(Stated(name="蓝山县天宇锻压有限公司", township="毛俊镇")) == ()


def test_the_same_sound_alone_is_possible_and_says_so() -> None:
    found = first(Stated(name="蓝山县华强金属制品有限公司", township="新圩镇"))

    assert (found.firm, found.level) == ("骅强", "possible")
    assert "字号只是读音相同“华强/骅强”" in (*found.reasons, *found.against)


def test_the_same_sound_with_the_same_person_and_telephone_is_likely() -> None:
    more = Stated(name="华强金属制品厂", legal_representative="李建国", contact_phone="138-1234-5678")

    assert first(more, *_crowd()).level == "likely"
    assert {"法定代表人相同“李建国”", "电话相同"} <= set(first(more, *_crowd()).reasons)


def test_one_other_character_is_not_likely() -> None:
    found = {one.firm: one for one in asked(Stated(name="蓝山县佳鑫金属制品有限公司", township="土市镇"))}

    assert found["奥鑫"].level == "possible"
    assert "字号只差一字“佳鑫/奥鑫”" in (*found["奥鑫"].reasons, *found["奥鑫"].against)


def test_a_former_name_finds_the_firm_under_its_name_of_now() -> None:
    found = first(Stated(name="蓝山县天宇铸造有限公司", former_name="蓝山县骅强金属制品有限公司"))

    assert (found.firm, found.level) == ("骅强", "likely")
    assert found.reasons[0].startswith("曾用名与其现名")


def test_a_name_of_before_finds_the_firm_that_was_renamed() -> None:
    renamed = Particulars("天宇", ("蓝山县天宇铸造有限公司",), former_names=("蓝山县宏发铸造厂",))

    found = first(Stated(name="宏发铸造厂"), renamed)

    assert (found.firm, found.level) == ("天宇", "likely")
    assert found.reasons[0] == "与其曾用名字号相同“宏发”"


def test_a_branch_beside_its_firm_is_never_likely() -> None:
    found = first(replace(_all_of_huaqiang(), name="蓝山县骅强金属制品有限公司新圩分公司"))

    assert (found.firm, found.level) == ("骅强", "possible")
    assert "一个是分支“新圩分公司”" in found.against


def test_two_valid_codes_that_differ_are_never_likely() -> None:
    found = first(replace(_all_of_huaqiang(), uscc=code(2)))

    assert (found.firm, found.level) == ("骅强", "possible")
    assert found.against[0] == "信用代码都有效且不同"


@pytest.mark.parametrize(
    "slip", [lambda c: c[:9] + "7" + c[10:], lambda c: c[:9] + c[10:], lambda c: c[:9] + c[9] + c[9:]]
)
def test_a_code_one_slip_away_finds_the_firm_by_any_name(slip) -> None:  # type: ignore[no-untyped-def]
    found = first(Stated(name="天宇", uscc=slip(code(1))))

    assert (found.firm, found.level, found.reasons[0]) == ("骅强", "likely", "信用代码只差一位")


def test_the_organisation_code_within_the_credit_code_is_recognised() -> None:
    organisation = code(1)[8:17]

    found = first(Stated(name="老李家", registration_no=f"{organisation[:8]}-{organisation[8:]}"))

    assert found.reasons[0] == "登记号与信用代码第9–17位对应"


def test_another_township_and_another_person_speak_against() -> None:
    found = first(Stated(name="骅强", township="土市镇", legal_representative="王海"))

    assert found.level == "possible"
    assert found.against == ("乡镇不同（土市镇/新圩镇）", "法定代表人不同（王海/李建国）")


def test_the_same_name_in_another_township_is_likely_only_if_people_bear_it_out() -> None:
    elsewhere = Stated(name="骅强金属制品厂", township="土市镇")

    assert first(elsewhere).level == "possible"
    assert first(replace(elsewhere, legal_representative="李建国"), *_crowd()).level == "likely"


def test_a_telephone_that_many_firms_use_says_how_many() -> None:
    clients = tuple(
        Particulars(f"c{at}", (f"{name}铸造厂",), phones=("07461234567",)) for at, name in enumerate("甲乙丙")
    )

    found = asked(Stated(name="甲铸造厂", contact_phone="0746-1234567"), *clients)

    assert found[0].firm == "c0"
    assert "电话相同（本县3家企业用这个号码）" in found[0].reasons


def test_two_firms_of_one_brand_are_both_possible_until_something_tells_them_apart() -> None:
    other = Particulars("骅强二", ("骅强铸造厂",), townships=("土市镇",))

    assert {(one.firm, one.level) for one in asked(Stated(name="骅强"), other)} == {
        ("骅强", "possible"),
        ("骅强二", "possible"),
    }
    assert first(Stated(name="骅强", township="土市镇"), other).firm == "骅强二"


def test_the_countys_glossary_is_a_reason() -> None:
    found = first(Stated(name="老李家炉子厂"), glossary={"老李家炉子厂": "蓝山县骅强金属制品有限公司"})

    assert (found.firm, found.level) == ("骅强", "likely")
    assert found.reasons == ("按本县对照表就是“蓝山县骅强金属制品有限公司”",)


def test_a_person_and_a_telephone_without_a_name_are_only_possible() -> None:
    stated = Stated(name="天宇", township="新圩镇", legal_representative="李建国", contact_phone="13812345678")

    assert [(one.firm, one.level) for one in asked(stated)] == [("骅强", "possible")]


def test_a_record_without_a_name_is_ranked_by_what_it_has() -> None:
    assert [one.firm for one in asked(Stated(legal_representative="李建国"))] == ["骅强"]
    assert asked(Stated()) == ()
    assert Candidates(()).of(Stated(name="骅强")) == ()


@pytest.mark.parametrize("short", SHORT)
def test_every_short_form_of_the_paper_finds_its_firm_first(short: str) -> None:
    firms = [Particulars(one, (FULL.get(one, one),)) for one in SHORT]

    found = Candidates(firms, PLACES).of(Stated(name=short))

    assert (found[0].firm, found[0].level) == (short, "likely")
    assert [one.level for one in found[1:]] == ["possible"] * (len(found) - 1)


def test_the_order_of_the_firms_changes_nothing() -> None:
    drawn = county(5, 200)
    shuffled = list(drawn.firms)
    Random(1).shuffle(shuffled)
    one, other = Candidates(drawn.firms, PLACES, drawn.glossary), Candidates(shuffled, PLACES, drawn.glossary)

    assert all(one.of(record.stated) == other.of(record.stated) for record in drawn.records)


def test_in_a_county_full_of_look_alikes_the_likely_is_nearly_always_right() -> None:
    drawn = county(11, 600)
    candidates = Candidates(drawn.firms, (*PLACES, *TOWNSHIPS), drawn.glossary)
    found = [(record, candidates.of(record.stated)) for record in drawn.records]
    likely = [(one.firm, record.truth) for record, some in found for one in some if one.level == "likely"]
    known = [(record.truth, some) for record, some in found if record.truth]

    assert sum(firm == truth for firm, truth in likely) >= 0.98 * len(likely)
    assert sum(truth in [one.firm for one in some] for truth, some in known) >= 0.96 * len(known)
    assert sum(bool(some) and some[0].firm == truth for truth, some in known) >= 0.94 * len(known)


def test_every_candidate_has_a_reason() -> None:
    drawn = county(12, 200)
    candidates = Candidates(drawn.firms, PLACES, drawn.glossary)

    assert all(one.reasons for record in drawn.records for one in candidates.of(record.stated))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("ABCD", "ABXD", True),
        ("ABCD", "ACBD", True),
        ("ABCD", "ABD", True),
        ("ABCD", "ABCD", False),
        ("ABCD", "BACX", False),
    ],
)
def test_a_slip_is_one_character_or_two_that_changed_places(one: str, other: str, expected: bool) -> None:
    assert one_slip(one, other) is one_slip(other, one) is expected


def _all_of_huaqiang() -> Stated:
    return Stated(HUAQIANG.names[0], township="新圩镇", legal_representative="李建国", contact_phone="13812345678")


def _crowd() -> tuple[Particulars, ...]:
    """Thirty more firms, so that a person or a telephone is one of many."""
    return tuple(Particulars(f"n{at}", (f"甲{at}铸造厂",)) for at in range(30))

"""The lexicon of headers as data: no word points two ways, every word can be met, every field has its words."""

from __future__ import annotations

import pytest

from app.domain.vocabulary import ENUMS, SECTIONS
from importers.roster.header_words import header_words
from importers.roster.meanings import meanings
from importers.roster.spellings import spellings


def _listed() -> dict[str, list[str]]:
    """Every exact word with what it is listed under."""
    lexicon = spellings()
    groups = {path: spelling.words for path, spelling in lexicon.fields.items()}
    groups |= {"machines": lexicon.machines.words, "either": dict.fromkeys(lexicon.either, 0)}
    groups |= {"marks": dict.fromkeys(lexicon.marks, 0), "acceptance": dict.fromkeys(lexicon.acceptance, 0)}
    groups |= {"weak names": dict.fromkeys(lexicon.weak_names, 0)}
    found: dict[str, list[str]] = {}
    for group, words in groups.items():
        for word in words:
            found.setdefault(word, []).append(group)
    return found


def test_no_word_points_two_ways() -> None:
    assert {word: groups for word, groups in _listed().items() if len(groups) > 1} == {}


def test_every_word_is_written_in_the_form_in_which_headers_are_compared() -> None:
    words = {word: header_words(word) for word in _listed()}

    assert [word for word, said in words.items() if word not in (said.bare, said.named)] == []


def test_every_word_of_a_field_means_that_field() -> None:
    lost = [
        (word, path)
        for path, spelling in spellings().fields.items()
        for word in spelling.words
        if all(one.path != path for one in meanings((header_words(word),)))
    ]

    assert lost == []


def test_every_field_of_a_firm_a_machine_and_a_plan_has_words() -> None:
    lexicon = spellings()
    due = {field.path for name in ("enterprise", "equipment", "plan") for field in SECTIONS[name].values()}
    shared = {path for paths in lexicon.either.values() for path in paths}

    assert due - set(lexicon.fields) - shared == set()


def test_kinds_and_facets_are_those_of_the_vocabulary() -> None:
    lexicon = spellings()

    assert {kind for kind, _ in lexicon.permits.kinds} <= set(ENUMS["permit_kind"])
    assert {kind for kind, _ in lexicon.actions.kinds} <= set(ENUMS["action_kind"])
    assert {standing for standing, _ in lexicon.permits.denied} <= set(ENUMS["permit_standing"])
    assert set(lexicon.head_states) <= set(ENUMS["equipment_state"])
    assert {name for name, _ in lexicon.permits.facets} <= set(SECTIONS["permit"]) | {"paper", "term"}
    assert {name for name, _ in lexicon.actions.facets} <= set(SECTIONS["action"]) | {"mark"}
    assert set(lexicon.dimensions) <= {field.path for section in SECTIONS.values() for field in section.values()}


def test_a_head_tells_of_one_state_alone() -> None:
    states = {
        f"{word}铝壳炉": [state for state, words in spellings().head_states.items() if words.fullmatch(f"{word}铝壳炉")]
        for word in ("在用", "备用", "闲置", "停用", "封存", "关停未拆除", "已拆除")
    }

    assert [len(found) for found in states.values()] == [1] * len(states)
    assert not any(words.fullmatch("待拆除铝壳炉") for words in spellings().head_states.values())


#: How clerks and systems of other counties head their columns: the field, then words that mean it before all others.
SPOKEN = {
    "enterprise.name": "涉铸企业 入园企业 会员单位 用电户名 被停电企业 关停企业名称",
    "enterprise.uscc": "credit_code TYSHXYDM SHXYDM 执照号",
    "enterprise.legal_representative": "当家人 厂主 legal_person FDDBR FRDB LegalRep.",
    "enterprise.contact_phone": "phone ContactNumber LXDH TEL 座机",
    "enterprise.county": "区、县（市） 县（市、区） 市(县、区) county",
    "enterprise.township": "SSXZ township 街办 所属街镇",
    "enterprise.address": "DWDZ company_address 用电地址 企业坐落",
    "enterprise.longitude": "生产经营场所经度 longitude lng",
    "enterprise.latitude": "生产经营场所纬度 Latitude lat",
    "enterprise.scale": "是否规上工业企业 是否属于规上企业 是否入规",
    "enterprise.status": "建设状态 生产/停产 SCZT production_status",
    "enterprise.main_product": "ZYCP main_products 铸件品种",
    "enterprise.output_t_per_year": "一年出多少货（吨） 一年产多少吨 output(t)",
    "enterprise.electricity_kwh": "2023年电量 本年累计电量(kWh) 全年电量",
    "enterprise.employees": "几口人干活 employees ZGRS 多少人做工",
    "enterprise.established_on": "CLRQ founded establish_date 始建年份",
    "enterprise.problem": "违法问题 违法行为 检查发现的主要问题 隐患",
    "enterprise.deadline": "补办时限 退出时限 验收期限 ZGQX",
    "enterprise.progress": "本周进展情况 截至目前进展情况",
    "enterprise.remark": "BZ remark",
    "equipment.name": "furnace_name SBMC",
    "equipment.kind": "furnace_type EquipmentType",
    "equipment.capacity_t": "capacity(t) 吨数 EDRL",
    "equipment.quantity": "quantity SBSL 套数",
    "equipment.power_kw": "power(kW) ratedPower EDGL",
    "equipment.transformer_kva": "配变容量 transformer(kVA) BYQRL",
    "equipment.fuel": "fuel_type RLZL 燃料类别",
    "equipment.state": "炉窑现状 SBZT 是否还在使用",
    "equipment.commissioned_on": "install_date AZRQ 上马时间",
    "equipment.removed_on": "完成拆除时间 铝壳炉拆除时间",
    "equipment.maker": "SCCJ 生产厂家名称 manufacturer",
}
#: Words and initials that could be several things: nobody knows them without being told.
DOUBTFUL = "XH GL SL TS JD WD DH CZ SS XZ LX CCRQ TYRQ ZZRQ QYXZ SFGS serial_no 其他 驻企联络员 上周进展情况 供应商"


@pytest.mark.parametrize("path", SPOKEN)
def test_the_words_of_clerks_and_systems_mean_their_field(path: str) -> None:
    first = {word: [one.path for one in meanings((header_words(word),))][:1] for word in SPOKEN[path].split()}

    assert {word: said for word, said in first.items() if said != [path]} == {}


def test_capitals_and_small_letters_mean_the_same() -> None:
    for word in ("frdb", "FRDB", "legalPerson", "LEGAL_PERSON", "Legal Person"):
        assert meanings((header_words(word),))[0].path == "enterprise.legal_representative", word


@pytest.mark.parametrize("word", DOUBTFUL.split())
def test_a_doubtful_word_means_nothing_by_itself(word: str) -> None:
    assert meanings((header_words(word),)) == ()

"""The lexicon of headers as data: no word points two ways, every word can be met, every field has its words."""

from __future__ import annotations

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

"""One field's timeline: changes, corrections, conflicts, and a preferred source."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import hypothesis.strategies as some
from hypothesis import given, settings

from app.domain.statement import Statement, Value, same_value
from app.register.facts.settle import Stretch, settle, standing
from tests.register.saying import between, day, said


def on(stretches: tuple[Stretch, ...], when: str) -> Value | str | None:
    """The value on a day; `disputed` where there is none for that reason."""
    for one in stretches:
        if one.since <= day(when) < one.until:
            return "disputed" if one.disputed else one.value
    return None


def test_nothing_is_said_before_the_first_statement() -> None:
    told = settle([said("status", "producing", "01-15")])

    assert on(told, "01-14") is None
    assert on(told, "01-15") == "producing"
    assert on(told, "2030-01-01") == "producing"


def test_another_value_for_a_later_day_is_a_change_whoever_says_it() -> None:
    told = settle([said("status", "producing", "01-15", "A"), said("status", "suspended", "06-30", "B")])

    assert on(told, "06-29") == "producing"
    assert on(told, "06-30") == "suspended"


def test_a_statement_for_an_earlier_day_holds_until_the_next_statements_day() -> None:
    told = settle([said("status", "suspended", "06-30"), said("status", "producing", "01-15")])

    assert on(told, "03-01") == "producing"
    assert on(told, "06-30") == "suspended"


def test_the_same_source_saying_otherwise_of_the_same_day_corrects_itself() -> None:
    told = settle([said("status", "producing", "01-15", change=1), said("status", "suspended", "01-15", change=2)])

    assert on(told, "01-15") == "suspended"


def test_another_source_saying_otherwise_of_the_same_day_leaves_no_value_until_the_next_statement() -> None:
    told = settle(
        [
            said("state", "in_use", "01-15", "督察"),
            said("state", "idle", "01-15", "整改报告"),
            said("state", "sealed", "03-31", "整改报告"),
        ]
    )

    assert on(told, "01-15") == "disputed"
    assert on(told, "03-30") == "disputed"
    assert on(told, "03-31") == "sealed"


def test_two_sources_that_say_the_same_do_not_stand_against_each_other() -> None:
    told = settle([said("capacity_t", 0.5, "01-15", "A"), said("capacity_t", 0.5000000000001, "01-15", "B")])

    assert told == (Stretch(day("01-15"), date.max, 0.5),)


def test_a_conflict_ends_when_one_source_corrects_itself_to_the_others_word() -> None:
    told = settle(
        [
            said("state", "in_use", "01-15", "A", change=1),
            said("state", "idle", "01-15", "B", change=2),
            said("state", "idle", "01-15", "A", change=3),
        ]
    )

    assert on(told, "01-15") == "idle"


def test_a_preferred_source_or_file_is_the_value_where_statements_stand_against_each_other() -> None:
    words = [said("state", "in_use", "01-15", "督察"), said("state", "idle", "01-15", "报告")]

    assert on(settle(words, prefer="督察"), "01-15") == "in_use"
    assert on(settle(words, prefer="报告.xlsx"), "01-15") == "idle"
    assert on(settle(words, prefer="别人"), "01-15") == "disputed"


def test_a_preferred_source_does_not_outlive_a_later_word() -> None:
    words = [said("state", "in_use", "01-15", "督察"), said("state", "idle", "02-15", "报告")]

    assert on(settle(words, prefer="督察"), "02-15") == "idle"


def test_saying_the_same_later_makes_no_new_stretch() -> None:
    removal = between("03-01", "03-31")

    told = settle([said("removed_on", removal, "04-01"), said("removed_on", removal, "07-01")])

    assert len(told) == 1


def test_evidence_of_a_day_is_the_latest_word_of_each_source_that_spoke_last() -> None:
    early = said("state", "in_use", "01-01", "A")
    wrong = said("state", "sealed", "01-15", "A")
    right = said("state", "idle", "01-15", "A")
    other = said("state", "in_use", "01-15", "B")
    late = said("state", "removed", "06-01", "A")

    found = standing([early, wrong, right, other, late], day("03-01"))

    assert found == (right, other)


_START = date(2024, 1, 1)
_WORDS = some.lists(
    some.builds(
        lambda offset, by, value: said("state", value, str(_START + timedelta(offset)), by),
        some.integers(0, 12),
        some.sampled_from("ABC"),
        some.sampled_from(("in_use", "idle", "sealed")),
    ),
    max_size=12,
)


def naive(words: list[Statement], when: date, prefer: str | None) -> tuple[Value | None, bool]:
    """One day's value by the sentence of the contract, word for word."""
    last = max((word.day for word in words if word.day <= when), default=None)
    voices = {word.source: word for word in sorted(words, key=lambda word: word.change) if word.day == last}
    values = {str(word.value) for word in voices.values()}
    if len(values) > 1 and prefer in voices:
        return voices[prefer].value, False
    return (values.pop(), False) if len(values) == 1 else (None, bool(values))


@settings(max_examples=200, deadline=None)
@given(_WORDS, some.sampled_from((None, "A", "B")), some.randoms())
def test_the_timeline_agrees_with_a_day_by_day_reckoning_in_any_order(words, prefer, chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(words)
    chance.shuffle(shuffled)

    told = settle(shuffled, prefer)

    for offset in range(15):
        when = _START + timedelta(offset)
        held = next((one for one in told if one.since <= when < one.until), None)
        value, disputed = naive(words, when, prefer)
        assert (held.value if held else None, held.disputed if held else False) == (value, disputed)


@given(_WORDS)
def test_neighbouring_stretches_never_say_the_same(words) -> None:  # type: ignore[no-untyped-def]
    told = settle(words)

    for one, after in pairwise(told):
        assert one.until == after.since
        assert one.disputed != after.disputed or not same_value(one.value, after.value)


def test_other_words_for_a_machine_on_one_day_contradict_nothing() -> None:
    told = settle([said("name", "铝壳炉", "01-15", "A"), said("name", "铝壳中频感应炉", "01-15", "B")])

    assert on(told, "01-15") == "铝壳炉"

"""Whether a machine is there: listings, states, removals known as intervals, and sources that disagree."""

from __future__ import annotations

from itertools import pairwise

import hypothesis.strategies as some
from hypothesis import given, settings

from app.domain.statement import Statement
from app.register.facts.presence import presence
from tests.register.saying import between, day, said


def there(words: list[Statement], when: str, prefer: str | None = None, dismantled: tuple[Statement, ...] = ()) -> str:
    """there, gone, open (cannot tell), disputed; or unknown, before anything was said."""
    for one in presence(words, dismantled, prefer):
        if one.since <= day(when) < one.until:
            return "disputed" if one.disputed else {True: "there", False: "gone", None: "open"}[one.value]  # type: ignore[index]
    return "unknown"


BY_MARCH = between(None, "03-31")


def test_a_machine_is_there_from_the_day_on_which_a_source_lists_it_whatever_its_state() -> None:
    for state in ("in_use", "standby", "idle", "sealed", "shut_not_removed"):
        assert there([said("state", state, "01-15")], "06-01") == "there"
    assert there([said("shell", "aluminium", "01-15")], "01-15") == "there"
    assert there([said("shell", "aluminium", "01-15")], "01-14") == "unknown"


def test_the_sentence_of_the_contract() -> None:
    for by in ("A", "B"):
        words = [said("shell", "aluminium", "01-15"), said("removed_on", BY_MARCH, "01-15", by)]

        assert there(words, "01-15") == "there"
        assert there(words, "01-16") == "open"
        assert there(words, "03-30") == "open"
        assert there(words, "03-31") == "gone"
        assert there(words, "2030-01-01") == "gone"


def test_a_report_of_a_later_day_says_the_same_of_the_removal() -> None:
    words = [
        said("shell", "aluminium", "01-15", "名册"),
        said("state", "removed", "2025-12-23", "报告"),
        said("removed_on", BY_MARCH, "2025-12-23", "报告"),
    ]

    assert [there(words, when) for when in ("01-15", "01-16", "03-30", "03-31")] == ["there", "open", "open", "gone"]


def test_a_machine_is_gone_from_the_day_whose_statement_says_removed() -> None:
    words = [said("state", "idle", "01-15"), said("state", "removed", "06-30")]

    assert there(words, "06-29") == "there"
    assert there(words, "06-30") == "gone"


def test_a_removal_with_both_ends_leaves_what_was_before_until_its_first_day() -> None:
    words = [said("state", "idle", "01-15"), said("removed_on", between("03-01", "03-31"), "06-30", "B")]

    assert there(words, "02-29") == "there"
    assert there(words, "03-01") == "open"
    assert there(words, "03-31") == "gone"


def test_a_removal_of_a_known_day_is_certain_from_it() -> None:
    words = [said("state", "idle", "01-15"), said("removed_on", between("03-20", "03-20"), "06-30")]

    assert there(words, "03-19") == "there"
    assert there(words, "03-20") == "gone"


def test_an_open_beginning_starts_after_the_latest_listing_before_its_end() -> None:
    words = [
        said("state", "idle", "01-15"),
        said("state", "idle", "02-20", "B"),
        said("removed_on", BY_MARCH, "06-30", "C"),
    ]

    assert there(words, "02-20") == "there"
    assert there(words, "02-21") == "open"


def test_a_listing_within_the_interval_narrows_it() -> None:
    words = [said("state", "idle", "03-10"), said("removed_on", between("03-01", "03-31"), "06-30", "B")]

    assert there(words, "03-10") == "there"
    assert there(words, "03-11") == "open"


def test_a_removal_without_an_end_is_never_certain() -> None:
    words = [said("state", "idle", "01-15"), said("removed_on", between("05-01", None), "06-30", "B")]

    assert there(words, "04-30") == "there"
    assert there(words, "2030-01-01") == "open"


def test_whoever_says_removed_bounds_the_interval_by_that_day() -> None:
    words = [
        said("state", "idle", "01-15"),
        said("state", "removed", "06-30", "B"),
        said("removed_on", between(None, "12-31"), "06-30", "B"),
    ]

    assert there(words, "06-29") == "open"
    assert there(words, "06-30") == "gone"
    assert there(words, "09-01") == "gone"


def test_a_removal_that_comes_earlier_than_was_planned_ends_the_doubt() -> None:
    words = [
        said("state", "idle", "01-15"),
        said("removed_on", between(None, "12-31"), "01-15"),
        said("state", "removed", "06-30", "B"),
    ]

    assert there(words, "06-29") == "open"
    assert there(words, "06-30") == "gone"
    assert there(words, "09-01") == "gone"


def test_there_and_removed_for_the_same_day_by_two_sources_cannot_be_told_until_the_next_word() -> None:
    words = [
        said("state", "idle", "01-15", "A"),
        said("state", "in_use", "06-30", "A"),
        said("state", "removed", "06-30", "B"),
        said("state", "idle", "09-30", "A"),
    ]

    assert there(words, "06-29") == "there"
    assert there(words, "06-30") == "disputed"
    assert there(words, "09-29") == "disputed"
    assert there(words, "09-30") == "there"
    assert there(words, "06-30", prefer="A") == "there"
    assert there(words, "06-30", prefer="B.xlsx") == "gone"


def test_a_listing_on_the_last_day_of_anothers_removal_cannot_be_told() -> None:
    words = [said("shell", "steel", "03-31", "A"), said("removed_on", BY_MARCH, "06-30", "B")]

    assert there(words, "03-31") == "disputed"
    assert there(words, "06-30") == "gone"


def test_two_states_that_are_both_there_do_not_touch_presence() -> None:
    words = [said("state", "in_use", "01-15", "A"), said("state", "idle", "01-15", "B")]

    assert there(words, "01-15") == "there"


def test_a_later_listing_brings_the_machine_back() -> None:
    words = [
        said("state", "idle", "01-15"),
        said("removed_on", BY_MARCH, "04-30"),
        said("state", "in_use", "08-01", "督察"),
    ]

    assert there(words, "07-31") == "gone"
    assert there(words, "08-01") == "there"


def test_a_source_that_says_removed_and_then_corrects_itself_wins() -> None:
    words = [
        said("state", "removed", "06-30", "A", change=1),
        said("state", "idle", "06-30", "A", change=2),
    ]

    assert there(words, "06-30") == "there"


def test_a_source_that_tells_of_an_earlier_removal_takes_back_its_own_later_listing() -> None:
    words = [
        said("state", "idle", "01-15", "A"),
        said("state", "idle", "04-30", "A"),
        said("removed_on", BY_MARCH, "06-30", "A"),
    ]

    assert there(words, "03-31") == "gone"
    assert there(words, "04-30") == "gone"


def test_a_source_that_lists_it_again_goes_before_its_own_plan() -> None:
    words = [
        said("state", "idle", "01-15", "A"),
        said("removed_on", BY_MARCH, "01-15", "A"),
        said("state", "idle", "03-31", "A"),
    ]

    assert there(words, "03-30") == "open"
    assert there(words, "03-31") == "there"


def test_two_intervals_told_for_one_day_leave_open_all_that_either_covers() -> None:
    words = [
        said("state", "idle", "01-15"),
        said("removed_on", between("03-01", "03-31"), "12-31", "A"),
        said("removed_on", between("04-01", "04-30"), "12-31", "B"),
    ]

    assert [there(words, when) for when in ("02-29", "03-01", "04-29", "04-30")] == ["there", "open", "open", "gone"]
    assert there(words, "03-31", prefer="A") == "gone"
    assert there(words, "04-29", prefer="B") == "open"
    assert there(words, "03-31", prefer="B") == "there"


def test_a_later_telling_of_the_removal_stands_in_place_of_the_earlier() -> None:
    words = [
        said("state", "idle", "01-15"),
        said("removed_on", BY_MARCH, "01-15"),
        said("removed_on", between("05-20", "05-20"), "12-31", "B"),
    ]

    assert there(words, "05-19") == "there"
    assert there(words, "05-20") == "gone"


def test_a_machine_removed_twice_was_there_in_between() -> None:
    words = [
        said("state", "idle", "01-15"),
        said("removed_on", BY_MARCH, "04-15", "B"),
        said("state", "in_use", "06-01"),
        said("removed_on", between("09-01", "09-30"), "12-31", "B"),
    ]

    expected = {"02-01": "open", "04-01": "gone", "06-01": "there", "08-31": "there", "09-15": "open", "09-30": "gone"}
    assert {when: there(words, when) for when in expected} == expected


def test_a_removal_in_the_listings_own_past_is_told_although_a_state_stands_beside_it() -> None:
    words = [
        said("state", "idle", "12-31", "报告"),
        said("removed_on", BY_MARCH, "12-31", "报告"),
    ]

    assert there(words, "12-31") == "gone"
    assert there(words, "12-30") == "unknown"


def test_a_dismantling_action_takes_the_firms_one_machine_away() -> None:
    action = said("taken_on", between(None, "03-31"), "06-30", "B", section="action")
    words = [said("state", "idle", "01-15")]

    assert there(words, "01-16", dismantled=(action,)) == "open"
    assert there(words, "03-31", dismantled=(action,)) == "gone"


def test_a_dismantling_action_without_a_day_has_come_by_the_day_of_its_telling() -> None:
    action = said("authority", "县科工局", "06-30", "B", section="action")
    words = [said("state", "idle", "01-15")]

    assert there(words, "06-29", dismantled=(action,)) == "there"
    assert there(words, "06-30", dismantled=(action,)) == "gone"


def test_an_action_alone_lists_no_machine() -> None:
    action = said("taken_on", between(None, "03-31"), "06-30", "B", section="action")

    assert presence((), (action,)) == ()


def test_a_preferred_sources_removal_goes_before_anothers_listing_that_it_speaks_against() -> None:
    words = [
        said("state", "idle", "01-15", "A"),
        said("state", "in_use", "08-01", "督察"),
        said("removed_on", BY_MARCH, "2025-12-23", "报告"),
    ]

    assert there(words, "08-01") == "there"
    assert there(words, "08-01", prefer="报告") == "gone"


_DAYS = some.integers(1, 28).map(lambda number: f"01-{number:02}")
_LISTINGS = some.builds(
    lambda on, by, state: said("state", state, on, by),
    _DAYS,
    some.sampled_from("AB"),
    some.sampled_from(("idle", "in_use")),
)
_REMOVALS = some.builds(
    lambda on, by, ends: said("removed_on", between(min(ends), max(ends)), on, by),
    _DAYS,
    some.sampled_from("AB"),
    some.tuples(_DAYS, _DAYS),
)


@settings(max_examples=150, deadline=None)
@given(some.lists(some.one_of(_LISTINGS, _REMOVALS), min_size=1, max_size=6), some.randoms())
def test_the_order_in_which_statements_are_looked_at_does_not_matter(words, chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(words)
    chance.shuffle(shuffled)

    assert presence(shuffled) == presence(words)


@settings(max_examples=150, deadline=None)
@given(some.lists(some.one_of(_LISTINGS, _REMOVALS), min_size=1, max_size=6))
def test_every_day_from_the_first_statement_on_has_one_answer(words) -> None:  # type: ignore[no-untyped-def]
    told = presence(words)

    assert told[0].since == min(word.day for word in words)
    assert all(one.until == after.since for one, after in pairwise(told))
    assert all(one.value is None for one in told if one.disputed)


@given(some.lists(_LISTINGS, min_size=1, max_size=6))
def test_without_a_word_of_removal_a_machine_stays_there(words) -> None:  # type: ignore[no-untyped-def]
    assert [one.value for one in presence(words)] == [True]


@settings(max_examples=150, deadline=None)
@given(some.lists(_LISTINGS, min_size=1, max_size=4), _REMOVALS)
def test_after_every_word_a_removal_that_has_come_is_certain(words, removal) -> None:  # type: ignore[no-untyped-def]
    last = max(removal.value.until, removal.day, *(word.day for word in words))
    later = [word for word in words if word.day >= max(removal.value.until, removal.day)]

    answer = there([*words, removal], str(last))

    assert answer == "gone" if not later else answer in ("there", "disputed", "gone")

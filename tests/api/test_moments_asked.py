"""Every list, count and verdict can be asked as of a day and as known at a change; what cannot is named, with why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import create_engine

from app.main import create, describe

BOTH = {"as_of", "known"}

#: What takes the one of them only, or neither, and why that is right.
OTHERWISE = {
    "/api/v1/imports": (set(), "lists what came in, by change; undone ones say by which change"),
    "/api/v1/imports/{batch}": (set(), "one import as it was recorded, with what waits of it now"),
    "/api/v1/imports/{batch}/differences": (set(), "two versions of a roster as they were sent"),
    "/api/v1/imports/{batch}/reply.xlsx": (set(), "a sender's own file as it was read"),
    "/api/v1/decisions": (set(), "the decisions that stand now, to be taken back; those of a firm are in its history"),
    "/api/v1/changes": (set(), "is the axis of knowledge itself"),
    "/api/v1/divisions": (set(), "the dictionary of places, with the days of each alias"),
    "/api/v1/differences": (set(), "takes two moments, each a day and a change"),
    "/api/v1/permits/versions": ({"known"}, "each version carries its own days"),
    "/api/v1/permits/duties": ({"as_of"}, "papers as issued, with their own days; no county's facts"),
    "/api/v1/plans/stages": ({"as_of"}, "papers as issued, with their own days; no county's facts"),
    "/api/v1/measurements": ({"known"}, "each measurement carries its own days"),
    "/api/v1/views": ({"known"}, "a saved question has no day of its own; what it asks for has"),
    "/api/v1/views/{name}": ({"known"}, "a saved question has no day of its own; what it asks for has"),
    "/api/v1/programmes": ({"known"}, "papers as issued, with their own days; a county's own as known then"),
    "/api/v1/programmes/{programme}": ({"known"}, "a paper as issued, with its own days; a county's own as known then"),
    "/api/v1/programmes/{programme}/targets": ({"known"}, "as the paper states them; a county's own as known then"),
    "/api/v1/steps/rules": ({"as_of"}, "rules as their papers and laws have them, with their days; no county's facts"),
    "/api/v1/movements/{quarter}": ({"known"}, "from one quarter's last day to another's"),
    "/api/v1/ledgers": (set(), "each issue has its quarter's last day and the knowledge with which it was frozen"),
    "/api/v1/ledgers/{quarter}.xlsx": (set(), "a quarter's last day; an issued ledger is frozen with its knowledge"),
    "/api/v1/ledgers/{quarter}/check": (set(), "a quarter's last day, as known now: what would be issued"),
    "/api/v1/ledgers/{quarter}/trace": (set(), "a cell of an issued ledger, as known at the issue"),
    "/api/v1/ledgers/{quarter}/compare": (set(), "two issued ledgers, each as known at its issue"),
    "/api/v1/templates/{quarter}.xlsx": (set(), "to be filled in next: a quarter's last day, as known now"),
    "/api/v1/documents/{document}": ({"known"}, "a paper carries its own date; it is asked for by its id"),
    "/api/v1/documents/{document}/file": ({"known"}, "a file as it was sent"),
    "/api/v1/holidays": ({"known"}, "each day of the table is its own day"),
    "/api/v1/holidays/count": ({"known"}, "counts from a day that is told"),
    "/api/v1/audit": (set(), "who did what is as it was recorded, by its own days"),
    "/api/v1/audit/{number}": (set(), "one record"),
    "/api/v1/audit/people": (set(), "who did what is as it was recorded, by its own days"),
    "/api/v1/audit.csv": (set(), "who did what is as it was recorded, by its own days"),
    "/api/v1/audit.xlsx": (set(), "who did what is as it was recorded, by its own days"),
    "/api/v1/departments": (set(), "people and their rights are as they stand now; what they were is in the audit"),
    "/api/v1/factor-roles": (set(), "what is required of a role now"),
    "/api/v1/links": (set(), "links carry their own days"),
    "/api/v1/links/{link}/uploads": (set(), "what came by a link, each with its moment"),
    "/api/v1/me": (set(), "whoever asks, now"),
    "/api/v1/me/factor": (set(), "whoever asks, now"),
    "/api/v1/people": (set(), "people and their rights are as they stand now; what they were is in the audit"),
    "/api/v1/people/{account}": (set(), "one account as it stands now"),
    "/api/v1/people/{account}/identities": (set(), "one account as it stands now"),
    "/api/v1/sign-in/ways": (set(), "how one signs in now"),
    "/api/v1/proposals": (set(), "what waits for another person is what stands now"),
    "/api/v1/proposals/{proposal}": (set(), "one proposal with the moment that it was made at"),
    "/api/v1/roles": (set(), "roles are as the program has them"),
    "/api/v1/tokens": (set(), "tokens as they stand now"),
    "/api/v1/two-eyes": (set(), "which acts want two people now, each with its change"),
    "/api/v1/desk": ({"as_of"}, "what waits for a person is what stands now"),
}


def asked() -> Iterator[tuple[str, set[str]]]:
    """Every GET of the API with those of the two that it takes."""
    document: dict[str, Any] = describe(create(create_engine("sqlite://")))
    for path, operations in document["paths"].items():
        if path.startswith("/api/") and "get" in operations:
            names = {one["name"] for one in operations["get"].get("parameters", ())}
            yield path, names & BOTH


def test_lists_counts_and_verdicts_take_a_day_and_a_knowledge() -> None:
    found = dict(asked())
    short = {path: sorted(BOTH - taken) for path, taken in found.items() if taken != BOTH and path not in OTHERWISE}

    assert short == {}
    assert {path for path, taken in found.items() if taken == BOTH} >= {
        "/api/v1/enterprises",
        "/api/v1/equipment.xlsx",
        "/api/v1/figures",
        "/api/v1/obsolete",
        "/api/v1/obsolete/summary",
        "/api/v1/limits",
        "/api/v1/clauses",
        "/api/v1/alarms",
        "/api/v1/enterprises/{enterprise}/history",
    }


def test_what_is_excepted_is_still_as_it_was_excepted() -> None:
    found = dict(asked())

    assert {path: found[path] for path in OTHERWISE if path in found and found[path] - OTHERWISE[path][0]} == {}
    assert all(why for _, why in OTHERWISE.values())

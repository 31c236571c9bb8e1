"""No road leads round the gate: where an act that may want two is written, and by which routes it can be asked for."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from sqlalchemy import create_engine

from app.api.proposal_answers import ProposalAnswer
from app.main import create, declared, routes
from app.register.second.carrying import DOORS
from tests.api import eyes
from tests.architecture.tree import ROOT, modules, tree_of

#: Where rows are written by which an act stands that may want two: by table the functions, and where the gate is.
WRITTEN = {
    "LedgerIssue": {"app/register/ledgers/issuing.py:issue"},
    "Step": {"app/register/steps/recording.py:_insert"},
    "PlanStep": {"app/register/plans/recording.py:write"},
    "IdentityDecision": {"app/register/desk/merging.py:_decide", "app/register/machines/apart.py:not_replaced"},
    "SameSubject": {"app/register/desk/merging.py:_settle"},
    "Succession": {"app/register/successions/recording.py:_record"},
    "ClauseAdoption": {"app/register/clauses/adoption.py:adopt"},
    "LimitAdoption": {"app/register/limits/limit_acts.py:_record"},
    "PolicyFile": {"app/register/policy_files.py:keep"},
    # Of which machine a group's statement speaks, once the group was divided: nothing that wants two.
    "ValueDecision": {"app/register/desk/deciding.py:_decide_value", "app/register/imports/dividing.py:decide"},
}
GATES = {
    "app/register/ledgers/issuing.py:issue",
    "app/register/steps/recording.py:record_step",
    "app/register/plans/recording.py:step",
    "app/register/desk/merging.py:merge",
    "app/register/desk/deciding.py:_gate",
    "app/register/successions/recording.py:merge_into",
    "app/register/clauses/adoption.py:adopt",
    "app/register/limits/limit_acts.py:_record",
    "app/register/programmes/county_programmes.py:once",
}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of the program, with the innermost function that it stands in."""
    for path in modules("app", "importers", "reports"):
        yield from _within(path.relative_to(ROOT).as_posix(), tree_of(path), "")


def _within(place: str, node: ast.AST, function: str) -> Iterator[tuple[str, ast.Call]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield f"{place}:{function}", child
        inner = child.name if isinstance(child, ast.FunctionDef) else function
        yield from _within(place, child, inner)


def test_such_a_row_is_written_where_the_gate_was_thought_of() -> None:
    found: dict[str, set[str]] = {table: set() for table in WRITTEN}
    for place, call in calls():
        named = [call.func, *(call.args if isinstance(call.func, ast.Name) and call.func.id == "insert" else ())]
        named += call.args[2:3] if isinstance(call.func, ast.Name) and call.func.id in ("_record", "_insert") else []
        for one in named:
            name = one.id if isinstance(one, ast.Name) else ""
            if name in found and not (one is call.func and not call.keywords):
                found[name].add(place)

    assert found == WRITTEN


def test_the_gate_stands_where_the_acts_are() -> None:
    gates = {place for place, call in calls() if isinstance(call.func, ast.Name) and call.func.id == "gate"}

    assert gates == GATES


def test_each_door_is_a_route_that_says_so_and_each_can_be_carried_out() -> None:
    application = create(create_engine("sqlite://"))
    saying = {
        declared(route).function
        for route in routes(application)
        if route.include_in_schema
        and (getattr(route, "responses", None) or {}).get(202, {}).get("model") is ProposalAnswer
    }
    asking = {
        str(call.args[1].value)
        for _, call in calls()
        if isinstance(call.func, ast.Name)
        and call.func.id == "done_or_proposed"
        and isinstance(call.args[1], ast.Constant)
    }

    assert saying == asking == {*DOORS, "ledger.issue"}
    assert asking - {door.function for door in eyes.DOORS} == {
        "corrections.make",
        "clauses.adopt",
    }  # tests of their own

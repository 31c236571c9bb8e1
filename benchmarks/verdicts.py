"""What it costs to ask a province's register for verdicts, against hand-written SQL and against Python.

    python benchmarks/verdicts.py [sqlite] [postgresql] [FIRMS]

Makes, once, under the system's temporary folder, a register of 100,000 firms in 100 counties with 500,000 furnaces and
3,000,000 rows of facts (or as many in proportion), written straight into the real schema. Then asks, on each engine:
one township as of a day; a whole county reckoned up; the full list of the province. Of each: the whole service call,
SQL written by hand that gives the same answer in the same run (both at their best of several turns), and the plans of
both. The evaluation of all facts in Python is measured on two counties and scaled to all of them. One furnace in a
thousand with an aluminium shell has its capacity in dispute: the service takes those up in Python, the other does not.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from province.by_hand import firms_by_hand, in_township_by_hand, list_by_hand, tally_by_hand
from province.opening import register
from province.rows import MACHINES

from app.domain.register import AsOf
from app.register.facts.grounds import grounds
from app.register.facts.views import snapshot
from app.register.scope import LOCAL_OPERATOR
from app.register.verdicts.judging import candidates, holders
from app.register.verdicts.reckoning import reckon
from app.register.verdicts.verdict_asking import clauses_of, pinned
from app.register.verdicts.verdict_queries import COUNTY, KNOWN, TOWNSHIP, Scope, held, tally
from app.register.verdicts.verdict_queries import DAY as DAY_ASKED
from app.register.verdicts.who_holds import who_holds
from app.store.engine import reading
from app.store.models import Base

DAY = date(2025, 6, 30)
CLAUSES = ("GDC24-IF-MAINS-CORELESS", "GDC24-IF-NOYOKE-AL")


def best(act: Callable[[], Any], by_hand: Callable[[], Any], turns: int) -> tuple[float, float]:
    """The least seconds of both, each in turn after the other, so that neither has the machine more to itself."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(turns):
        for kept, one in zip(taken, (act, by_hand), strict=True):
            start = time.perf_counter()
            one()
            kept.append(time.perf_counter() - start)
    return min(taken[0]), min(taken[1])


def measure(kind: str, firms: int) -> None:
    """All questions on one engine."""
    with register(kind, firms) as engine, reading(engine) as session:
        driver: Any = session.connection().connection.dbapi_connection
        day = f"'{DAY}'" if kind == "sqlite" else f"DATE '{DAY}'"

        def said(sql: str) -> list[Any]:
            return driver.cursor().execute(sql).fetchall()  # type: ignore[no-any-return]

        pins = pinned(session, "", LOCAL_OPERATOR)
        county = pins[len(pins) // 2][0]
        one = [pin for pin in pins if pin[0] == county]
        asked: dict[str, Any] = {"as_of": DAY, "clauses": CLAUSES, "actor": LOCAL_OPERATOR}
        ((ordered, _),) = clauses_of(session, one, CLAUSES, DAY, LOCAL_OPERATOR).items()
        on = {"day": day, "known": "2", "county": f"'{county}'"}
        township = f"{county}107"
        facts = sum(
            said(f"SELECT count(*) FROM {table.name}")[0][0]
            for table in Base.metadata.sorted_tables
            if "valid_from" in table.columns
        )
        print(f"   {len(pins)} counties, {facts:,} rows of facts; clauses {[clause.id for clause in ordered]}")
        here = in_township_by_hand(on, township)
        everywhere = {"day": day, "known": "h.number"}
        pinned_machines = "county_head h JOIN equipment m ON m.county = h.county AND m.recorded_by <= h.number"
        whole = f"m.county = {on['county']} AND m.recorded_by <= 2"
        in_township = list_by_hand(on, "equipment m", here)
        in_province = list_by_hand(everywhere, pinned_machines, "h.number > 0")
        of_county, of_firms = tally_by_hand(on, whole), firms_by_hand(on)
        questions: list[tuple[str, Callable[[], Any], Callable[[], Any], int, str]] = [
            (
                "one township",
                lambda: who_holds(session, one, township=township, **asked),
                lambda: said(in_township),
                31,
                in_township,
            ),
            (
                "whole-county summary",
                lambda: reckon(session, one, **asked),
                lambda: (said(of_county), said(of_firms)),
                31,
                of_county,
            ),
            (
                "full-province list",
                lambda: who_holds(session, pinned(session, "", LOCAL_OPERATOR), **asked),
                lambda: said(in_province),
                7,
                in_province,
            ),
        ]
        check(session, one, township, asked, said, in_township, of_county, of_firms)
        python = in_python(session, pins[:2], ordered) / 2
        print(f"   in Python: {python:.2f} s a county (of 2), so {python * len(pins):.0f} s for all facts")
        for name, act, by_hand, turns, sql in questions:
            took, hand = best(act, by_hand, turns)
            met = "met" if took <= 1.5 * hand else "MISSED"
            over = python * len(pins) / took
            print(
                f"   {name}: {took * 1000:,.1f} ms; by hand {hand * 1000:,.1f} ms; "
                f"ratio {took / hand:.2f} ({met}, 1.5 asked); Python over one county {python / took:,.0f} times, "
                f"over all facts {over:,.0f} times ({'met' if over >= 100 else 'MISSED'}, 100 asked)"
            )
            tell_plan(kind, name, said, sql)
        tell_service_plans(kind, session, said, one, pins, township, ordered)


def check(
    session: Any, one: Any, township: str, asked: Any, said: Any, in_township: str, of_county: str, of_firms: str
) -> None:
    """Both give the same answer."""
    mine = [
        (row.machine, row.bodies, row.holds, row.clause) for row in who_holds(session, one, township=township, **asked)
    ]
    hand = [(row[6], row[8], bool(row[9]), CLAUSES[(row[9] or row[10]) - 1]) for row in said(in_township)]
    assert mine == hand, (len(mine), len(hand))
    told, rows, firms = reckon(session, one, **asked), said(of_county), dict(said(of_firms))
    for code, bodies, sure_firms, maybe_firms, sure, maybe, *_ in rows:
        tallied = told.townships[(one[0][0], code)]
        assert (tallied.holds.enterprises, tallied.holds.furnaces) == (sure_firms, sure), code
        assert (tallied.cannot_tell.enterprises, tallied.cannot_tell.furnaces) == (maybe_firms, maybe), code
        assert (tallied.all.enterprises, tallied.all.furnaces) == (firms[code], bodies), code
    print(f"   the same answers: {len(mine)} furnaces of the township, {len(rows)} townships of the county")


def in_python(session: Any, pins: Any, clauses: Any) -> float:
    """Seconds for reading whole counties' snapshots and judging every machine."""
    start = time.perf_counter()
    for county, known in pins:
        register = candidates(snapshot(session, county, AsOf(DAY, known)), clauses)
        holders(register, grounds(session, register, LOCAL_OPERATOR), clauses)
    return time.perf_counter() - start


def tell_plan(kind: str, name: str, said: Callable[[str], list[Any]], sql: str) -> None:
    """How the engine goes about a statement."""
    explain = "EXPLAIN QUERY PLAN" if kind == "sqlite" else "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF)"
    print(f"      plan of {name}:")
    for row in said(f"{explain} {sql}"):
        print(f"         {row[-1]}")


def tell_service_plans(kind: str, session: Any, said: Any, one: Any, pins: Any, township: str, clauses: Any) -> None:
    """The plans of the service's own statements."""
    asked = (
        ("the service's township", held, Scope(township=True), {TOWNSHIP: township}),
        ("the service's county summary", tally, Scope(), {}),
        ("the service's province list", held, Scope(pins=tuple(pins)), {}),
    )
    for name, build, scope, more in asked:
        given = {DAY_ASKED: DAY} | ({} if scope.pins else {COUNTY: one[0][0], KNOWN: one[0][1]}) | more
        written = build(clauses, scope, LOCAL_OPERATOR).params(**given)
        sql = written.compile(session.get_bind(), compile_kwargs={"literal_binds": True}).string
        tell_plan(kind, name, said, sql.replace("%%", "%"))


def main(words: list[str]) -> None:
    """The engines named, or both; a number is how many firms."""
    firms = next((int(word) for word in words if word.isdigit()), 100_000)
    for kind in [word for word in words if not word.isdigit()] or ["sqlite", "postgresql"]:
        print(f"{kind}, {firms:,} firms, {firms * MACHINES:,} furnaces")
        measure(kind, firms)


if __name__ == "__main__":
    main(sys.argv[1:])

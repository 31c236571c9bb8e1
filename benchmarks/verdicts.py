"""What it costs to ask a province's register for verdicts, against hand-written SQL and against Python.

    python benchmarks/verdicts.py [sqlite] [postgresql] [FIRMS]

Makes, once, under the system's temporary folder, a register of 100,000 firms in 100 counties with 500,000 furnaces and
3,000,000 rows of facts (or as many in proportion), written straight into the real schema. Then asks, on each engine:
one township as of a day; a whole county reckoned up; the full list of the province. Of each, three sides, which must
give the same answer:

- the whole service call, from clauses' names to rows: by which clauses the counties go, whether successions touch them,
  the statement, and facts in dispute (one furnace in a thousand with an aluminium shell) taken again in Python over
  every claim;
- SQL written by hand, which knows the two clauses beforehand and leaves disputes alone, run by the bare driver (both at
  their best of several turns, in turn);
- Python, by `snapshot` and the evaluator of app/rules over every machine, clause by clause, without an explanation:
  measured on two counties and scaled to all of them. It reads settled facts, not statements, of which this register has
  none: to settle them as well, or to explain, would cost it more.

That is a pass over 500,000 furnaces on every side: a list of the whole province cannot be much faster than the SQL by
hand, so it stays below 100 times Python; what asks for less than everything is far above. The plans of all statements
are printed.
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
from app.register.verdicts.verdict_asking import ask, clauses_of, pinned
from app.register.verdicts.verdict_queries import COUNTY, KNOWN, TOWNSHIP, Scope, held, tally
from app.register.verdicts.verdict_queries import DAY as DAY_ASKED
from app.register.verdicts.who_holds import who_holds
from app.rules.verdict import verdict
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
        county = in_dispute(session, pins)
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
        everywhere = {"day": day, "known": "h.number"}
        pinned_machines = "county_head h JOIN equipment m ON m.county = h.county AND m.recorded_by <= h.number"
        whole = f"m.county = {on['county']} AND m.recorded_by <= 2"
        in_township = list_by_hand(on, in_township_by_hand(on, township))
        in_province = list_by_hand(everywhere, pinned_machines)
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
        same_list(who_holds(session, pins, **asked), said(in_province))
        python, reasons = in_python(session, pins[:2], ordered)
        print(
            f"   in Python: {python:.2f} s a county (of 2), so {python * len(pins):.0f} s for all facts; "
            f"the same list; reasons for its rows {reasons:.2f} s a county more"
        )
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
    mine = who_holds(session, one, township=township, **asked)
    same_list(mine, said(in_township))
    told, rows, firms = reckon(session, one, **asked), said(of_county), dict(said(of_firms))
    for code, bodies, sure_firms, maybe_firms, sure, maybe, *_ in rows:
        tallied = told.townships[(one[0][0], code)]
        assert (tallied.holds.enterprises, tallied.holds.furnaces) == (sure_firms, sure), code
        assert (tallied.cannot_tell.enterprises, tallied.cannot_tell.furnaces) == (maybe_firms, maybe), code
        assert (tallied.all.enterprises, tallied.all.furnaces) == (firms[code], bodies), code
    print(f"   the same answers: {len(mine)} furnaces of the township, {len(rows)} townships of the county")


def in_dispute(session: Any, pins: Any) -> str:
    """A county about the middle where a dispute leaves a verdict open, so that the service has to take it up."""
    for pin in pins[len(pins) // 2 :]:
        ((clauses, _),) = clauses_of(session, [pin], CLAUSES, DAY, LOCAL_OPERATOR).items()
        if any(row.disputed for row in ask(session, held, clauses, [pin], DAY, LOCAL_OPERATOR)):
            return str(pin[0])
    return str(pins[len(pins) // 2][0])


def same_list(mine: Any, by_hand: Any) -> None:
    """Each machine of both lists under the same answer."""
    told = [(row.machine, row.bodies, row.holds, row.clause) for row in mine]
    hand = [(row[6], row[8], bool(row[9]), CLAUSES[(row[9] or row[10]) - 1]) for row in by_hand]
    assert told == hand, (len(told), len(hand))


def in_python(session: Any, pins: Any, clauses: Any) -> tuple[float, float]:
    """Seconds a county for its list in Python, and for the reasons of the rows of it.

    Reads all that is settled of all firms and what they hold (`snapshot`: the rows that hold on the day, of every
    table), and answers each clause over each machine (`verdict`); it must come to the service's own list. The reasons,
    which that list does not give and so are timed apart: every statement on the firms that are listed, and what each
    comparison says (`holders`).
    """
    evaluated = explained = 0.0
    for county, known in pins:
        start = time.perf_counter()
        whole = snapshot(session, county, AsOf(DAY, known))
        listed = [
            (one.id, *said)
            for firm in whole.enterprises
            for one in firm.equipment
            if (said := judged(firm, one, clauses))
        ]
        judging = time.perf_counter()
        register = candidates(whole, clauses)
        holders(register, grounds(session, register, LOCAL_OPERATOR), clauses)
        evaluated, explained = evaluated + judging - start, explained + time.perf_counter() - judging
        mine = who_holds(session, [(county, known)], as_of=DAY, clauses=CLAUSES, actor=LOCAL_OPERATOR)
        assert sorted(listed) == sorted((one.machine, one.holds, one.clause) for one in mine), county
    return evaluated / len(pins), explained / len(pins)


def judged(firm: Any, machine: Any, clauses: Any) -> tuple[bool, str] | None:
    """Whether a machine holds or cannot be told, and the clause that decides; None where all say no."""
    if machine.present is False:
        return None
    facts = {**{f"enterprise.{name}": value for name, value in firm.facts.items()}, **machine.facts}
    answers = [(clause.id, verdict(clause, facts).holds) for clause in clauses]
    sure = [id for id, holds in answers if holds and machine.present]
    open_ones = [id for id, holds in answers if holds is not False]
    return (bool(sure), (sure or open_ones)[0]) if open_ones else None


def tell_plan(kind: str, name: str, said: Callable[[str], list[Any]], sql: str) -> None:
    """How the engine goes about a statement."""
    explain = "EXPLAIN QUERY PLAN" if kind == "sqlite" else "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF)"
    print(f"      plan of {name}:")
    for row in said(f"{explain} {sql}"):
        print(f"         {row[-1]}")


def tell_service_plans(kind: str, session: Any, said: Any, one: Any, pins: Any, township: str, clauses: Any) -> None:
    """The plans of the service's own statements; a province it asks SQLite county by county."""
    whole = Scope() if kind == "sqlite" else Scope(pins=tuple(pins))
    asked = (
        ("the service's township", held, Scope(township=True), {TOWNSHIP: township}),
        ("the service's county summary", tally, Scope(), {}),
        ("the service's province list", held, whole, {}),
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

"""The questions in SQL as an engineer would write it by hand, for the two clauses that are asked."""

from __future__ import annotations

#: The clauses as an engineer would write them by hand over the aliases below, in the order in which they decide.
HOLDS = (
    "x.kind = 'induction_furnace' AND x.frequency = 'mains' AND x.core = 'coreless'",
    "x.kind = 'induction_furnace' AND x.frequency = 'medium' AND x.shell = 'aluminium' AND x.yoke = FALSE "
    "AND x.capacity_t >= 0.25",
)
AT = "{0}.valid_from <= {day} AND {0}.valid_to > {day} AND {0}.recorded_by <= {known} AND {0}.superseded_by > {known}"
FIRM = "coalesce(ss.into_id, m.enterprise_id)"


def joined(table: str, alias: str, subject: str, key: str, on: dict[str, str]) -> str:
    """A temporal table joined as it holds."""
    where = f"{alias}.county = m.county AND {alias}.{subject} = {key} AND {AT.format(alias, **on)}"
    return f"LEFT JOIN {table} {alias} ON {where}"


def source(on: dict[str, str], machines: str) -> str:
    """The tables, joined as the question needs them."""
    same = f"ss.recorded_by <= {on['known']} AND ss.superseded_by > {on['known']}"
    return " ".join(
        (
            f"FROM {machines} LEFT JOIN same_subject ss ON ss.county = m.county",
            f"AND ss.subject_id = m.enterprise_id AND {same}",
            joined("equipment_nature", "x", "equipment_id", "m.id", on),
            joined("equipment_state", "s", "equipment_id", "m.id", on),
            joined("enterprise_name", "n", "enterprise_id", FIRM, on),
            joined("enterprise_code", "c", "enterprise_id", FIRM, on),
            joined("enterprise_place", "p", "enterprise_id", FIRM, on),
            joined("equipment_count", "q", "equipment_id", "m.id", on),
        )
    )


THERE = (
    "s.present IS NOT FALSE AND (x.id IS NOT NULL OR s.id IS NOT NULL OR q.id IS NOT NULL) "
    "AND (n.name IS NOT NULL OR n.short_name IS NOT NULL OR c.uscc IS NOT NULL OR c.registration_no IS NOT NULL)"
)


def list_by_hand(on: dict[str, str], machines: str) -> str:
    """Machines that hold or cannot be told."""
    holds = " ".join(f"WHEN s.present AND {one} THEN {place}" for place, one in enumerate(HOLDS, 1))
    may = " ".join(f"WHEN ({one}) IS NOT FALSE THEN {place}" for place, one in enumerate(HOLDS, 1))
    either = " OR ".join(f"({one}) IS NOT FALSE" for one in HOLDS)
    return (
        f"SELECT m.county, {FIRM}, coalesce(n.name, n.short_name, c.uscc), c.uscc, p.township, p.township_code, m.id, "
        f"x.code, coalesce(q.quantity, 1), CASE {holds} END, CASE {may} END {source(on, machines)} "
        f"WHERE (x.kind = 'induction_furnace' OR x.kind IS NULL) AND ({either}) AND {THERE} "
        "ORDER BY m.county, m.id"
    )


def tally_by_hand(on: dict[str, str], where: str) -> str:
    """The same reckoned up by township and by clause."""
    sure = [f"(s.present AND {one}) IS TRUE" for one in HOLDS]
    maybe = [f"({one}) IS NOT FALSE" for one in HOLDS]
    each = ", ".join(
        f"CASE WHEN {yes} THEN 2 WHEN {may} THEN 1 ELSE 0 END AS a{place}"
        for place, (yes, may) in enumerate(zip(sure, maybe, strict=True), 1)
    )
    ends = ("0", *(str(place) for place in range(1, len(HOLDS) + 1)))
    firm = ", ".join(
        f"max(a{end}) AS a{end}, sum(CASE WHEN a{end} = 2 THEN bodies ELSE 0 END) AS sure{end}, "
        f"sum(CASE WHEN a{end} = 1 THEN bodies ELSE 0 END) AS maybe{end}"
        for end in ends
    )
    whole = ", ".join(
        f"sum(CASE WHEN a{end} = 2 THEN 1 ELSE 0 END), sum(CASE WHEN a{end} = 1 THEN 1 ELSE 0 END), "
        f"sum(sure{end}), sum(maybe{end})"
        for end in ends
    )
    return (
        f"WITH machines AS MATERIALIZED (SELECT {FIRM} AS firm, p.township_code AS township, "
        f"coalesce(q.quantity, 1) AS bodies, CASE WHEN {' OR '.join(sure)} THEN 2 WHEN {' OR '.join(maybe)} THEN 1 "
        f"ELSE 0 END AS a0, {each} {source(on, 'equipment m')} WHERE {where} AND {THERE}), "
        f"firms AS (SELECT firm, township, sum(bodies) AS bodies, {firm} FROM machines GROUP BY firm, township) "
        f"SELECT township, sum(bodies), {whole} FROM firms GROUP BY township"
    )


def firms_by_hand(on: dict[str, str]) -> str:
    """How many firms each township has."""
    tables = (("enterprise_name", "n"), ("enterprise_code", "c"), ("enterprise_place", "p"))
    joins = " ".join(joined(table, alias, "enterprise_id", "m.id", on) for table, alias in tables)
    called = THERE.split(" AND ")[-1]
    return (
        f"SELECT p.township_code, count(*) FROM enterprise m {joins} "
        f"WHERE m.county = {on['county']} AND m.recorded_by <= {on['known']} AND {called} GROUP BY p.township_code"
    )


def in_township_by_hand(on: dict[str, str], township: str) -> str:
    """The machines of a township's firms, those of records that were set aside for them among them, as a table.

    In a subquery of its own: among ten tables in one FROM, PostgreSQL no longer looks for the best order (8 at most,
    `join_collapse_limit`) and takes the whole county's machines first, ten times as long.
    """
    firms = (
        f"SELECT e.enterprise_id FROM enterprise_place e WHERE e.county = {on['county']} "
        f"AND e.township_code = '{township}' AND {AT.format('e', **on)}"
    )
    aside = (
        f"SELECT a.subject_id FROM same_subject a WHERE a.county = {on['county']} AND a.recorded_by <= {on['known']} "
        f"AND a.superseded_by > {on['known']} AND a.into_id IN ({firms})"
    )
    return (
        f"(SELECT e.county, e.id, e.enterprise_id FROM equipment e WHERE e.county = {on['county']} "
        f"AND e.recorded_by <= {on['known']} AND e.enterprise_id IN ({firms} UNION ALL {aside})) m"
    )

"""The aggregates in SQLite's SQL as an engineer would write it by hand, for the one clause that decides.

County by county, or all counties in one statement; both give the lines that app.register.aggregates reads. The firms
are reckoned once and everything else goes from them or to them, in the order that is fastest here (CROSS JOIN holds
SQLite to it); the day and the knowledge go along as columns, without which SQLite reads whole tables for Bloom filters.
"""

from __future__ import annotations

#: The clause as an engineer would write it by hand.
HOLDS = (
    "x.kind = 'induction_furnace' AND x.frequency = 'medium' AND x.shell = 'aluminium' AND x.yoke = FALSE "
    "AND x.capacity_t >= 0.25"
)
AT = (
    "{0}.valid_from <= {1}day AND {0}.valid_to > {1}day "
    "AND {0}.recorded_by <= {1}known AND {0}.superseded_by > {1}known"
)
CALLED = (
    "(n.name IS NOT NULL OR n.short_name IS NOT NULL OR n.disputed NOT IN ('', 'former_name') OR c.uscc IS NOT NULL "
    "OR c.registration_no IS NOT NULL OR c.disputed NOT IN ('', 'power_account_no'))"
)
NONE = "NULL, NULL"


def word(table: str, column: str, name: str = "") -> str:
    """What is stated, or a tab where sources contradict each other."""
    said = f"',' || {table}.disputed || ',' LIKE '%,{name or column},%'"
    return f"CASE WHEN {table}.disputed <> '' AND {said} THEN char(9) ELSE {table}.{column} END"


def lines_by_hand(*, one_county: bool) -> str:
    """The statement, of the county `:county` or of all counties that begin with it, on `:day` as known at `:known`."""
    county = ":county" if one_county else "e.county"

    def of_firm(table: str, alias: str) -> str:
        on = f"{alias}.county = {county} AND {alias}.enterprise_id = coalesce(ss.into_id, e.id)"
        return f"LEFT JOIN {table} {alias} ON {on} AND {AT.format(alias, ':')}"

    here = ":county" if one_county else "f.county"

    def of(table: str, alias: str, subject: str, id: str, day: str = "f.") -> str:
        on = f"{alias}.county = {here} AND {alias}.{subject} = {id}"
        return f"LEFT JOIN {table} {alias} ON {on} AND {AT.format(alias, day)}"

    where = "e.county = :county" if one_county else "e.county >= :county AND e.county < :county || 'z'"
    firms = f"""f AS MATERIALIZED (SELECT e.county, :day AS day, :known AS known, :soon AS soon, e.id AS record,
        coalesce(ss.into_id, e.id) AS firm, ss.into_id IS NULL AS stands, {word("p", "township")} AS township,
        p.township_code AS code, {word("t", "status")} AS status, {word("r", "disposition")} AS disposition,
        {word("z", "scale")} AS scale
      FROM enterprise e LEFT JOIN same_subject ss ON ss.county = {county} AND ss.subject_id = e.id
        AND ss.recorded_by <= :known AND ss.superseded_by > :known
      {of_firm("enterprise_name", "n")} {of_firm("enterprise_code", "c")} {of_firm("enterprise_place", "p")}
      {of_firm("enterprise_status", "t")} {of_firm("enterprise_rectification", "r")} {of_firm("enterprise_scale", "z")}
      WHERE {where} AND e.recorded_by <= :known AND {CALLED})"""
    maybe = f"s.present IS NOT FALSE AND ({HOLDS}) IS NOT FALSE"
    verdict = f"CASE WHEN s.present AND ({HOLDS}) THEN 2 WHEN {maybe} THEN 1 ELSE 0 END"
    doubt = f"x.disputed <> '' AND s.present IS NOT FALSE AND ({HOLDS}) IS NULL"
    kinds = f"""g AS MATERIALIZED (SELECT firm, county, township, code, kind,
        sum(CASE WHEN present THEN bodies ELSE 0 END) AS there,
        sum(CASE WHEN present = 0 THEN bodies ELSE 0 END) AS gone,
        sum(CASE WHEN present IS NULL THEN bodies ELSE 0 END) AS unclear, sum(unsaid) AS unsaid,
        sum(CASE WHEN answer = 2 THEN bodies ELSE 0 END) AS sure,
        sum(CASE WHEN answer = 1 THEN bodies ELSE 0 END) AS maybe,
        max(doubt) AS doubt
      FROM (SELECT f.firm, f.county, f.township, f.code, {word("x", "kind")} AS kind, s.present,
          coalesce(q.quantity, 1) AS bodies, q.quantity IS NULL AS unsaid, {verdict} AS answer, {doubt} AS doubt
        FROM f CROSS JOIN equipment m ON m.county = {here} AND m.enterprise_id = f.record AND m.recorded_by <= f.known
        {of("equipment_nature", "x", "equipment_id", "m.id")} {of("equipment_state", "s", "equipment_id", "m.id")}
        {of("equipment_count", "q", "equipment_id", "m.id")}
        WHERE x.id IS NOT NULL OR s.id IS NOT NULL OR q.id IS NOT NULL)
      GROUP BY county, firm, kind)"""
    if one_county:
        kinds = kinds.replace("GROUP BY county, firm, kind", "GROUP BY firm, kind")
    return f"WITH {firms}, {kinds}, {_papers(here, of, where.replace('e.', 'o.'))} {_lines(here, of, where)}"


def _papers(here: str, of: object, where: str) -> str:
    """Permits and acts of the firms, a row each."""
    assert callable(of)
    ending = """CASE WHEN f.status IN ('closed', 'relocated', 'merged')
          OR w.standing IN ('lacking', 'not_required', 'revoked')
          OR w.permit_class = 'registration' AND w.term_to_precision IS NULL THEN NULL
        WHEN w.disputed <> '' AND (w.disputed LIKE '%valid_to%' OR w.disputed LIKE '%standing%') THEN 'cannot_tell'
        WHEN w.term_to_precision IS NULL THEN CASE WHEN w.standing = 'expired' THEN 'expired'
          WHEN w.standing = 'held' AND o.kind IN ('pollutant_discharge', 'safety_grade') THEN 'cannot_tell' END
        WHEN w.term_to_to < f.day THEN 'expired' WHEN w.standing = 'expired' THEN 'cannot_tell'
        WHEN w.term_to_from > f.soon THEN NULL
        WHEN w.term_to_from >= f.day AND w.term_to_to <= f.soon THEN 'expiring' ELSE 'cannot_tell' END"""
    term = """CASE WHEN w.disputed <> '' AND w.disputed LIKE '%valid_to%' THEN char(9)
        WHEN w.term_to_precision IS NULL THEN 'no_end'
        WHEN w.term_to_to < f.day THEN 'ended' WHEN w.term_to_from >= f.day THEN 'running' ELSE 'cannot_tell' END"""
    return f"""w AS MATERIALIZED (SELECT f.county, f.firm, f.township, f.code, o.kind,
        {word("w", "standing")} AS standing,
        {term} AS term, {ending} AS ending
      FROM permit o {_firm_of("o", here)} {of("permit_fact", "w", "permit_id", "o.id")}
      WHERE {where} AND f.firm || '' IS NOT NULL AND {_spoken_of("o", "w", here)}),
    several AS MATERIALIZED (SELECT county, firm, kind FROM w GROUP BY county, firm, kind HAVING count(*) > 1),
    acts AS MATERIALIZED (SELECT f.county, f.firm, f.township, f.code, f.day, o.kind,
        CASE WHEN k.effective_on_precision IS NULL THEN v.taken_on_from ELSE k.effective_on_from END AS since,
        CASE WHEN k.effective_on_precision IS NULL THEN v.taken_on_to ELSE k.effective_on_to END AS until
      FROM "action" o {_firm_of("o", here)}
      LEFT JOIN action_fact v ON v.county = {here} AND v.action_id = o.id AND v.valid_to > '9999-12-30'
        AND v.recorded_by <= f.known AND v.superseded_by > f.known
      LEFT JOIN step k ON k.county = {here} AND k.action_id = o.id
        AND k.recorded_by <= f.known AND k.superseded_by > f.known
      WHERE {where} AND f.firm || '' IS NOT NULL AND o.kind IN ('power_cut', 'power_restored', 'halt',
        'suspension_rectification', 'resumed', 'ordered_closure', 'closure')
        AND {_spoken_of("o", "v", here, ever=True)})"""


def _firm_of(paper: str, here: str) -> str:
    county = "" if here == ":county" else f"f.county = {paper}.county AND "
    return f"LEFT JOIN f ON {county}f.record = {paper}.enterprise_id AND {paper}.recorded_by <= f.known"


def _spoken_of(paper: str, facts: str, here: str, *, ever: bool = False) -> str:
    """That something is stated of a paper, be it only its kind."""
    day = "" if ever else "AND i.day <= f.day "
    stated = (
        f"SELECT 1 FROM statement i WHERE i.county = {here} AND i.subject_id = {paper}.id AND i.field = 'kind' {day}"
        "AND i.section IN ('permit', 'action') AND +i.recorded_by <= f.known AND i.superseded_by > f.known"
    )
    return f"({facts}.id IS NOT NULL OR EXISTS ({stated}))"


def _lines(here: str, of: object, where: str) -> str:
    """The lines, part by part."""
    assert callable(of)
    place = "township, code" if here == ":county" else "county, township, code"
    whose = "" if here == ":county" else "several.county = w.county AND "
    where = where.replace("e.", "o.")
    head = (
        "f.township AS township, f.code AS code"
        if here == ":county"
        else "f.county, f.township AS township, f.code AS code"
    )
    stage = word("j", "stage")
    plans = f"""FROM plan o {_firm_of("o", here)} {of("plan_fact", "j", "plan_id", "o.id")}
      WHERE {where} AND f.firm || '' IS NOT NULL AND j.id IS NOT NULL"""
    by_place = ", ".join(f"f.{one}" for one in place.split(", "))
    parts = [
        f"SELECT 'enterprises', {place}, status, disposition, scale, count(*), 0, 0, 0, 0, 0, 0, 0 FROM f WHERE stands "
        f"GROUP BY {place}, status, disposition, scale",
        f"SELECT 'kinds', {place}, kind, {NONE}, count(*), sum(there > 0), sum(gone > 0), sum(unclear > 0), "
        f"sum(there), sum(gone), sum(unclear), sum(unsaid) FROM g GROUP BY {place}, kind",
        f"SELECT 'firms', {place}, CASE WHEN doubt THEN firm END, {NONE}, count(*), sum(there > 0), sum(gone > 0), "
        "sum(unclear > 0), sum(sure > 0), sum(sure = 0 AND maybe > 0), sum(sure), sum(maybe) FROM (SELECT firm, "
        "county, township, code, sum(there) AS there, sum(gone) AS gone, sum(unclear) AS unclear, sum(sure) AS sure, "
        "sum(maybe) AS maybe, max(doubt) AS doubt FROM g GROUP BY county, firm) "
        f"GROUP BY {place}, CASE WHEN doubt THEN firm END",
        f"SELECT 'plans', {head}, {stage} AS stage, {NONE}, count(*), 0, 0, 0, 0, 0, 0, 0 {plans} "
        f"GROUP BY {by_place}, stage",
        f"SELECT 'plan_firms', {place}, CASE WHEN least = most THEN nullif(least, '') ELSE 'several' END AS stage, "
        f"{NONE}, count(*), 0, 0, 0, 0, 0, 0, 0 FROM (SELECT f.firm, f.county, f.township, f.code, "
        f"min(coalesce({stage}, '')) AS least, max(coalesce({stage}, '')) AS most {plans} "
        f"GROUP BY f.county, f.firm) GROUP BY {place}, stage",
        f"SELECT 'permits', {place}, kind, standing, term, count(*), 0, 0, 0, 0, 0, 0, 0 FROM w "
        f"GROUP BY {place}, kind, standing, term",
        f"SELECT 'ending', {', '.join(f'w.{one}' for one in place.split(', '))}, ending, several.firm, NULL, count(*), "
        f"0, 0, 0, 0, 0, 0, 0 FROM w LEFT JOIN several ON {whose}several.firm = w.firm AND several.kind = w.kind "
        f"WHERE ending IS NOT NULL GROUP BY {', '.join(f'w.{one}' for one in place.split(', '))}, ending, several.firm",
        f"SELECT 'acts', {head}, o.kind, {NONE}, count(*), count(DISTINCT f.firm), "
        "sum(v.taken_on_precision IS NOT NULL AND v.taken_on_to <= f.day), "
        "sum(v.taken_on_precision IS NOT NULL AND v.taken_on_from > f.day), 0, 0, 0, 0 "
        f"""FROM "action" o {_firm_of("o", here)} {of("action_fact", "v", "action_id", "o.id")} WHERE {where} """
        f"AND f.firm || '' IS NOT NULL AND {_spoken_of('o', 'v', here)} GROUP BY {by_place}, o.kind",
    ]
    measures = {
        "power_cut": ("'power_cut'", "'power_restored'"),
        "halt": ("'halt', 'suspension_rectification'", "'resumed'"),
        "closure": ("'ordered_closure', 'closure'", ""),
    }
    for measure, (ons, offs) in measures.items():
        parts.append(
            f"SELECT 'in_force', {place}, '{measure}', {NONE}, sum(going AND NOT off AND certain), "
            "sum(going AND (off OR NOT certain)), 0, 0, 0, 0, 0, 0 FROM (SELECT county, firm, township, code, "
            f"max(late AND kind IN ({ons})) AS going, max(late AND kind NOT IN ({ons})) AS off, "
            "max(coalesce(until <= day, 0)) AS certain FROM (SELECT *, until IS NULL OR until >= coalesce(max(CASE "
            "WHEN until <= day THEN since END) OVER (PARTITION BY county, firm), '') AS late FROM acts "
            f"WHERE kind IN ({', '.join(filter(None, (ons, offs)))}) AND (since IS NULL OR since <= day)) "
            f"GROUP BY county, firm) GROUP BY {place}"
        )
    return " UNION ALL ".join(parts)

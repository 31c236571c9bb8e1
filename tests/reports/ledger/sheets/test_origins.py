"""Every cell of a ledger prints a fact of its row's record, counts records by name, or says how it comes about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.masking import masked_phone
from app.domain.register import Enterprise, Equipment, Subject
from reports.ledger.cities.city import City, city_suite
from reports.ledger.gathered.content import DISPUTED, NOT_STATED, Content, number, said
from reports.ledger.making.suite import suite
from reports.tables import Column, Origin, Printed, Ref, Table
from tests.reports.ledger.drawn import content, firm

#: Sheets whose numbers are of other days than the ledger's, on which a machine may have had other bodies.
OTHER_DAYS = ("季度走势",)


def subjects(told: Content) -> dict[Ref, Subject]:
    found: dict[Ref, Subject] = {}
    for one in told.snapshot.enterprises:
        found["enterprise", one.id] = one
        for section, held in (
            ("equipment", one.equipment),
            ("permit", one.permits),
            ("plan", one.plans),
            ("action", one.actions),
        ):
            found |= {(section, subject.id): subject for subject in held}
    return found


def printed(column: Column, records: list[Subject]) -> set[Printed]:
    """The ways in which a fact of these records may be printed."""
    section, _, field = column.fact.partition(".")
    words = [said(one, section, field) for one in records]
    ways: set[Printed] = {*words, "；".join(words), *(masked_phone(word) for word in words)}
    ways |= {number(one, field) for one in records}
    if column.fact == "enterprise.name":
        ways |= {one.name for one in records if isinstance(one, Enterprise)}
    if column.fact == "enterprise.township" and not words[0]:
        ways.add(NOT_STATED)
    if column.fact == "equipment.yoke":
        ways |= {{"是": "有", "否": "无"}.get(word, word) for word in words}
    return ways


def unexplained(table: Table, known: Mapping[Ref, Subject]) -> Iterator[str]:
    assert len(table.origins) == len(table.rows), table.name
    for place, (row, origin) in enumerate(zip(table.rows, table.origins, strict=True)):
        for column, cell in zip(table.columns, row, strict=True):
            if cell not in (None, "") and not explained(table, column, cell, origin, known):
                yield f"{table.name} 第{place + 1}行 {column.title}：{cell}"


def explained(table: Table, column: Column, cell: Printed, origin: Origin, known: Mapping[Ref, Subject]) -> bool:
    if column.title in origin.counted:
        members = [known[one] for one in origin.counted[column.title]]
        bodies = sum(one.bodies if isinstance(one, Equipment) else 1 for one in members)
        return table.name in OTHER_DAYS or cell == bodies
    section = column.fact.partition(".")[0]
    own = [known[one] for one in origin.records if one[0] == section and one in known]
    if column.fact and own:
        return cell in printed(column, own) or str(cell).startswith(own_name(own)) or bool(column.how)
    return bool(column.how)


def own_name(records: list[Subject]) -> str:
    """A machine that may be another's stands with the first of its firms, that and the others named."""
    return f"{records[0].name}（归属不明" if isinstance(records[0], Enterprise) else "\0"


def test_every_cell_of_an_example_county_has_its_origin(county: Content) -> None:
    known = subjects(county)

    assert [fault for table in suite(county) for fault in unexplained(table, known)] == []


def test_every_cell_of_an_earlier_quarter_has_its_origin(lanshan_in_march: Content) -> None:
    known = subjects(lanshan_in_march)

    assert [fault for table in suite(lanshan_in_march) for fault in unexplained(table, known)] == []


def test_every_cell_of_a_citys_ledger_has_its_origin(yongzhou: City) -> None:
    known = {key: one for told in yongzhou.counties for key, one in subjects(told).items()}
    known |= {("county", told.snapshot.county): Subject("", {}) for told in yongzhou.counties}

    assert [fault for table in city_suite(yongzhou) for fault in unexplained(table, known)] == []


def test_a_column_of_facts_prints_just_them_where_it_says_nothing_else(county: Content) -> None:
    """How a fact's column is reckoned is said only where some cells print another thing than the fact."""
    plain = {"enterprise.uscc", "enterprise.name", "enterprise.status", "equipment.capacity_t", "permit.number"}
    columns = {column.fact: column.how for table in suite(county) for column in table.columns if column.fact in plain}

    assert not any(how for fact, how in columns.items() if fact != "enterprise.name")


def test_a_counted_numbers_cell_leads_to_rows_of_its_members(county: Content) -> None:
    tables = {table.name: table for table in suite(county)}
    table = tables["分乡镇汇总"]
    firms = tables["企业底数"]

    for row, origin in enumerate(table.origins):
        members = set(origin.counted["企业总数（家）"])
        if not members:
            continue
        first, last = (int(part[1:]) - 4 for part in table.links[row, 1].partition("!")[2].split(":"))
        there = {firms.origins[place].records[0] for place in range(first, last + 1)}
        assert there == members


machines = st.builds(
    lambda quantity, present, owners: Equipment(
        "", {} if quantity is None else {"quantity": quantity}, present=present, owners=owners
    ),
    st.one_of(st.none(), st.integers(1, 9)),
    st.sampled_from([True, False, None]),
    st.sampled_from([(), (), ("厂0", "厂1")]),
)
facts: Any = st.fixed_dictionaries(
    {},
    optional={
        "township": st.sampled_from(["新圩镇", "土市镇", "别处镇"]),
        "status": st.sampled_from(["producing", "suspended", "closed", "merged"]),
        "disposition": st.sampled_from(["关停退出", "转型升级"]),
        "output_t_per_year": st.integers(0, 10_000),
        "contact_phone": st.just("13812345678"),
    },
)
stages = st.sampled_from([None, "none", "made", "in_progress", "certified", "accepted", "failed"])


def drawn(counties: list[tuple[dict[str, Any], list[Equipment], list[str | None], bool]]) -> Content:
    firms = []
    for place, (told, held, plans, disputed) in enumerate(counties):
        own = tuple(
            Equipment(f"{place}-{n}", one.facts, present=one.present, owners=one.owners) for n, one in enumerate(held)
        )
        stated = {name: value for name, value in told.items() if not (disputed and name == "status")}
        one = firm(f"厂{place}", *own, disputed=frozenset({"status"}) if disputed else frozenset(), **stated)
        made = tuple(Subject(f"p{place}-{n}", {} if at is None else {"stage": at}) for n, at in enumerate(plans))
        firms.append(Enterprise(one.id, one.facts, one.disputed, one.equipment, plans=made))
    return content(*firms)


counties = st.lists(
    st.tuples(facts, st.lists(machines, max_size=3), st.lists(stages, max_size=2), st.booleans()), max_size=5
).map(drawn)


@given(counties)
def test_every_cell_of_any_county_has_its_origin(told: Content) -> None:
    known = subjects(told)

    assert [fault for table in suite(told) for fault in unexplained(table, known)] == []
    assert DISPUTED not in {row[0] for table in suite(told) if table.name == "企业底数" for row in table.rows}

"""Which of the county's firms may be one: proposed with reasons, never decided."""

from __future__ import annotations

from sqlalchemy import Engine, event

from app.domain.particulars import Particulars
from app.register.desk.who import SIDE_BY_SIDE, Pair, firm_called, pairs, particulars, shown
from app.register.scope import LOCAL_OPERATOR
from app.store.engine import reading
from tests.register.desk.test_merging import kept_apart, merged
from tests.register.rosters import COUNTY, Firm, roster, seen, take_in

DAY = "2024-01-15"


def known(engine: Engine) -> dict[str, Particulars]:
    with reading(engine) as session:
        return {shown(firm): firm for firm in particulars(session, COUNTY, LOCAL_OPERATOR)}


def proposed(engine: Engine) -> list[Pair]:
    with reading(engine) as session:
        return pairs(session, COUNTY, LOCAL_OPERATOR)


def county(engine: Engine) -> dict[str, str]:
    person = {"legal_representative": "王建国", "township": "新圩镇"}
    firms = (
        Firm({"name": "蓝山县骅强金属制品有限公司", **person}),
        Firm({"name": "骅强金属", **person}),
        Firm({"name": "蓝山县华强铸造有限公司", "legal_representative": "李明", "township": "土市镇"}),
        Firm({"name": "蓝山县宏诚金属制品有限公司", "legal_representative": "张华"}),
    )
    take_in(engine, roster(*firms, on=DAY))
    return {firm.name: firm.id for firm in seen(engine, DAY).enterprises}


def test_two_spellings_of_one_firm_are_proposed_with_reasons(engine: Engine) -> None:
    ids = county(engine)

    likely = [pair for pair in proposed(engine) if pair.candidate.level == "likely"]

    assert [{pair.name, pair.other_name} for pair in likely] == [{"蓝山县骅强金属制品有限公司", "骅强金属"}]
    assert likely[0].other == min(ids["骅强金属"], ids["蓝山县骅强金属制品有限公司"])
    assert any("骅强" in reason for reason in likely[0].candidate.reasons)
    assert any("王建国" in reason for reason in likely[0].candidate.reasons)


def test_what_only_sounds_alike_is_never_likely(engine: Engine) -> None:
    county(engine)
    sounding = "蓝山县华墙金属制品有限公司"
    take_in(engine, roster(Firm({"name": sounding}), on=DAY, by="局"))

    levels = {pair.candidate.level for pair in proposed(engine) if sounding in (pair.name, pair.other_name)}

    assert levels == {"possible"}


def test_two_firms_of_one_roster_are_two_for_its_sender(engine: Engine) -> None:
    county(engine)
    (pair,) = proposed(engine)
    assert (pair.candidate.level, pair.candidate.against[-1]) == ("likely", SIDE_BY_SIDE)


def test_what_was_decided_is_not_asked_again(engine: Engine) -> None:
    ids = county(engine)
    kept_apart(engine, ids["骅强金属"], ids["蓝山县骅强金属制品有限公司"])
    assert [pair for pair in proposed(engine) if pair.candidate.level == "likely"] == []


def test_a_merged_firm_is_known_by_all_its_names(engine: Engine) -> None:
    ids = county(engine)

    merged(engine, ids["骅强金属"], ids["蓝山县骅强金属制品有限公司"])

    assert set(known(engine)["蓝山县骅强金属制品有限公司"].names) == {"蓝山县骅强金属制品有限公司", "骅强金属"}
    assert [pair for pair in proposed(engine) if pair.candidate.level == "likely"] == []


def test_a_merged_firm_is_shown_by_the_name_of_the_record_that_stands(engine: Engine) -> None:
    ids = county(engine)
    full, short = "蓝山县骅强金属制品有限公司", "骅强金属"

    merged(engine, ids[short], ids[full])

    assert full in known(engine)
    assert short not in known(engine)


def test_a_firm_is_found_by_name_with_as_many_queries_however_many_there_are(sqlite_engine: Engine) -> None:
    def queries() -> int:
        asked: list[str] = []
        event.listen(sqlite_engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
        with reading(sqlite_engine) as session:
            firm_called(session, COUNTY, "甲0铸造厂", LOCAL_OPERATOR)
        return len(asked)

    take_in(sqlite_engine, roster(Firm({"name": "甲0铸造厂"}), on=DAY))
    few = queries()
    take_in(sqlite_engine, roster(*(Firm({"name": f"乙{number}铸造厂"}) for number in range(20)), on=DAY))

    assert queries() <= few

"""Days in every form that rosters write, and days that are none."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import DateInterval
from app.domain.vocabulary import field
from importers.grid import Cell
from importers.values import read_days, roster_day, roster_year, understand

from .cells import asked, read


def ends(said: DateInterval | None) -> tuple[str | None, str | None, str] | None:
    """The interval as the tables below write it."""
    if said is None:
        return None
    return (
        said.since.isoformat() if said.since else None,
        said.until.isoformat() if said.until else None,
        said.precision,
    )


@pytest.mark.parametrize(
    ("written", "since", "until", "precision"),
    [
        ("2024年3月底前", None, "2024-03-31", "month"),
        ("2024年3月末前", None, "2024-03-31", "month"),
        ("2024年2月底前", None, "2024-02-29", "month"),
        ("2025年底前", None, "2025-12-31", "year"),
        ("2025年年底前", None, "2025-12-31", "year"),
        ("2017年12月31日前", None, "2017-12-31", "day"),
        ("2024年3月31日之前", None, "2024-03-31", "day"),
        ("2024年3月前", None, "2024-02-29", "month"),
        ("2025年前", None, "2024-12-31", "year"),
        ("2025年12月底前完成", None, "2025-12-31", "month"),
        ("截至2025年12月22日", None, "2025-12-22", "day"),
        ("2025年11月上旬", "2025-11-01", "2025-11-10", "ten_days"),
        ("2025年11月中旬", "2025-11-11", "2025-11-20", "ten_days"),
        ("2025年11月下旬", "2025-11-21", "2025-11-30", "ten_days"),
        ("2024年上半年", "2024-01-01", "2024-06-30", "half"),
        ("2024年下半年", "2024-07-01", "2024-12-31", "half"),
        ("2025年第四季度", "2025-10-01", "2025-12-31", "quarter"),
        ("2025年四季度", "2025-10-01", "2025-12-31", "quarter"),
        ("2025Q4", "2025-10-01", "2025-12-31", "quarter"),
        ("2021.02", "2021-02-01", "2021-02-28", "month"),
        ("2021-02", "2021-02-01", "2021-02-28", "month"),
        ("2023年7月", "2023-07-01", "2023-07-31", "month"),
        ("202307", "2023-07-01", "2023-07-31", "month"),
        ("2023", "2023-01-01", "2023-12-31", "year"),
        ("2023年", "2023-01-01", "2023-12-31", "year"),
        ("2017/8/13", "2017-08-13", "2017-08-13", "day"),
        ("2017.8.13", "2017-08-13", "2017-08-13", "day"),
        ("20170813", "2017-08-13", "2017-08-13", "day"),
        ("２０１７年８月 13 日", "2017-08-13", "2017-08-13", "day"),
        ("2017-08-13 00:00:00", "2017-08-13", "2017-08-13", "day"),
        ("二〇二四年三月", "2024-03-01", "2024-03-31", "month"),
        ("二○二四年十二月十五日", "2024-12-15", "2024-12-15", "day"),
        ("2015年至今", "2015-01-01", None, "year"),
        ("2024年底", "2024-12-01", "2024-12-31", "month"),
        ("2024年3月底", "2024-03-01", "2024-03-31", "month"),
        ("45292", "2024-01-01", "2024-01-01", "day"),
    ],
)
def test_a_day_in_words(written: str, since: str | None, until: str | None, precision: str) -> None:
    said = read("enterprise.deadline", written)
    assert isinstance(said.value, DateInterval)
    assert ends(said.value) == (since, until, precision)
    assert said.value.text == written


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("10月底前", "value.year_unknown"),
        ("年底前", "value.year_unknown"),
        ("11月下旬", "value.year_unknown"),
        ("第四季度", "value.year_unknown"),
        ("长期坚持", "value.not_a_day"),
        ("项目建成投产前", "value.not_a_day"),
        ("立行立改", "value.not_a_day"),
        ("约2015年", "value.not_a_day"),
        ("2024年2月30日", "value.bad_date"),
        ("2023-02-29", "value.bad_date"),
        ("2024.13", "value.bad_date"),
        ("23.5.6", "value.not_a_day"),
        ("23年5月", "value.not_a_day"),
        ("25年底前", "value.not_a_day"),
        ("2024年3月至5月", "value.period"),
        ("不详", "value.stated_unknown"),
    ],
)
def test_what_is_no_day_is_asked(written: str, code: str) -> None:
    assert asked("enterprise.deadline", written) == code


def test_a_year_is_the_rosters_own_and_never_invented() -> None:
    assert ends(read_days("10月底前", year=2020)) == (None, "2020-10-31", "month")
    assert ends(read_days("年底前", year=2025)) == (None, "2025-12-31", "year")
    assert ends(read_days("11月下旬", year=2025)) == ("2025-11-21", "2025-11-30", "ten_days")
    assert read_days("10月底前") is None


def test_stored_days_and_serial_numbers() -> None:
    made_on = field("equipment.made_on")

    def said(stored: object, text: str, *, date1904: bool = False) -> tuple[str | None, str | None, str] | None:
        found = understand(made_on, Cell(stored, text), date1904=date1904).value  # type: ignore[arg-type]
        return ends(found if isinstance(found, DateInterval) else None)

    assert said(datetime(2017, 8, 13), "2017-08-13 00:00:00") == ("2017-08-13", "2017-08-13", "day")  # noqa: DTZ001
    assert said(date(2024, 3, 1), "2024年3月") == ("2024-03-01", "2024-03-31", "month")
    assert said(45292.0, "45292") == ("2024-01-01", "2024-01-01", "day")
    assert said(43830.0, "43830", date1904=True) == ("2024-01-01", "2024-01-01", "day")
    assert said(2005.0, "2005.0") == ("2005-01-01", "2005-12-31", "year")
    assert said(20170813.0, "20170813") == ("2017-08-13", "2017-08-13", "day")
    assert said(2021.02, "2021.02") == ("2021-02-01", "2021-02-28", "month")
    assert said(2014.1, "2014.10") == ("2014-10-01", "2014-10-31", "month")
    assert said(12.0, "12") is None


def test_a_number_that_lost_its_zero_may_be_january_or_october() -> None:
    assert asked("equipment.made_on", 2014.1) == "value.month_unclear"


def test_both_ends_of_a_permits_term() -> None:
    for written in ("2024-09-10至2029-09-09", "2024.9.10-2029.9.9", "2024年9月10日—2029年9月9日"):
        until = read("permit.valid_to", written)
        since = read("permit.valid_from", written)
        assert isinstance(until.value, DateInterval)
        assert ends(until.value) == ("2029-09-09", "2029-09-09", "day")
        assert ends(since.value if isinstance(since.value, DateInterval) else None) == (
            "2024-09-10",
            "2024-09-10",
            "day",
        )
        assert until.also == {"permit.valid_from": since.value}
        assert since.also == {"permit.valid_to": until.value}


def test_a_word_in_place_of_a_day() -> None:
    said = read("equipment.removed_on", "已拆除")
    assert (said.value, said.also) == (None, {"equipment.state": "removed"})
    assert said.issue
    assert said.issue[0] == "value.no_day"
    assert read("equipment.removed_on", "无").issue is None
    noted = read("equipment.removed_on", "2024年3月（已拆除）")
    assert isinstance(noted.value, DateInterval)
    assert (ends(noted.value), noted.also) == (("2024-03-01", "2024-03-31", "month"), {"equipment.state": "removed"})
    assert asked("equipment.removed_on", "2024年3月（预计）") == "value.not_a_day"


@pytest.mark.parametrize(
    ("line", "since", "until", "precision"),
    [
        ("2025年第四季度铸造企业台账", "2025-10-01", "2025-12-31", "quarter"),
        ("填报单位：新圩镇人民政府  填报日期：2024.1.26  单位：吨", "2024-01-26", "2024-01-26", "day"),
        ("填报时间：二〇二四年三月五日", "2024-03-05", "2024-03-05", "day"),
        ("新圩镇2024-01-15.xlsx", "2024-01-15", "2024-01-15", "day"),
        ("20240115新圩镇.xls", "2024-01-15", "2024-01-15", "day"),
        ("新圩镇_2025Q4.xlsx", "2025-10-01", "2025-12-31", "quarter"),
        ("截至2025年12月22日", None, "2025-12-22", "day"),
        ("蓝山县铸造企业名单（截至2024年3月底）", None, "2024-03-31", "month"),
        ("永工信〔2023〕15号 2024年3月铸造企业排查表", "2024-03-01", "2024-03-31", "month"),
    ],
)
def test_the_day_of_a_roster(line: str, since: str | None, until: str, precision: str) -> None:
    assert ends(roster_day(line)) == (since, until, precision)


def test_a_bare_year_is_no_day_of_a_roster() -> None:
    assert roster_day("蓝山县铸造企业摸底表（2024年）") is None
    assert roster_year("蓝山县铸造企业摸底表（2024年）") == 2024
    assert roster_day("铸造企业2023-2025年三年行动") is None
    assert roster_year("铸造企业2023年和2024年对照") is None
    assert roster_day("企业名单") is None


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"]))
def test_a_day_comes_back(day: date, form: str) -> None:
    assert ends(read_days(day.strftime(form))) == (day.isoformat(), day.isoformat(), "day")
    assert ends(read_days(f"{day.year}年{day.month}月{day.day}日")) == (day.isoformat(), day.isoformat(), "day")
    before = read_days(f"{day.year}年{day.month}月前")
    assert before
    assert before.until == day.replace(day=1) - timedelta(days=1)


@given(st.text(max_size=16))
def test_no_text_breaks_the_reader(text: str) -> None:
    said = read_days(text, year=2025)
    assert said is None or said.since or said.until
    assert roster_day(text) is None or roster_day(text)

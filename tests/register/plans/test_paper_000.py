"""Paper 000: 25 plans made in the first half of 2024, notices in October 2025, ten certificates by 22 December."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.domain.register import AsOf
from app.errors import Refused
from app.register.plans.progress import progress
from app.register.scope import LOCAL_OPERATOR
from app.store.engine import reading
from tests.register.plans.firms import HALF, OCTOBER, at, enrol, moved, on, paper, whole
from tests.register.rosters import COUNTY, head
from tests.register.saying import day

FIRMS = [f"第{number}铸造厂" for number in range(1, 26)]
TEN = FIRMS[:10]
BUREAU, ASSOCIATION = "蓝山县科工局", "湖南省铸造协会"
#: The paper says only that reports were in by the last ten days of November.
NOVEMBER = DateInterval(date(2025, 11, 1), date(2025, 11, 20), "ten_days", "2025年11月中旬以前")


def test_twenty_five_plans_ten_certificates_and_no_gap_where_the_papers_are(engine: Engine) -> None:
    with at("2025-12-23"):
        enrol(engine, *FIRMS)
        scheme = paper(engine, "plan", HALF, issuer=BUREAU, title="蓝山县铸造行业“一企一策”转型升级工作方案")
        moved(engine, "made", HALF, *FIRMS, document=scheme)
        notice = paper(engine, "rectification_notice", OCTOBER, *FIRMS, issuer=BUREAU, number="蓝科工〔2025〕12号")
        moved(engine, "notified", OCTOBER, *FIRMS, document=notice)
        with pytest.raises(Refused, match="未提交验收报告"):
            moved(engine, "self_accepted", NOVEMBER, *TEN)
        report = paper(engine, "acceptance_report", NOVEMBER, *TEN, issuer="某第三方机构")
        moved(engine, "self_accepted", NOVEMBER, *TEN, document=report, unit="某第三方机构")
        certificate = paper(engine, "certificate", on("2025-12-22"), *TEN, issuer=ASSOCIATION)
        told = moved(engine, "certified", on("2025-12-22"), *TEN, document=certificate, unit=ASSOCIATION)
        assert all(step["gaps"] == [] for step in told["steps"])
        with pytest.raises(Refused, match="铸协"):
            moved(engine, "certified", on("2025-12-22"), FIRMS[10])

        with reading(engine) as session:
            total = progress(session, COUNTY, AsOf(day("2025-12-22"), head(engine)), LOCAL_OPERATOR).whole
        found = total.as_dict(day("2025-12-22"))
        assert (found["plans"], found["at"]["certified"], found["not_certified"]) == (25, 10, 15)
        assert found["reached"] | {"reviewed": 0} == {
            "made": 25,
            "reviewed": 0,
            "notified": 25,
            "in_progress": 0,
            "self_accepted": 10,
            "certified": 10,
            "accepted": 0,
        }
        assert whole(engine, "2025-12-22", gaps=True).plans == ()
        stages = [
            whole(engine, text, firm=TEN[0]).plans[0].stage for text in ("2024-06-30", "2025-10-31", "2025-11-20")
        ]
        assert stages == ["made", "notified", "self_accepted"]
        assert {one.overdue for one in whole(engine, "2025-12-31").plans} == {False}

"""The middle of paper 000 as an office plays it over REST: 36 firms, their plans, notices, halts, cuts, certificates.

What the paper does not say (which firms were halted, which ten were certified, on which day a letter was written) is
played with the firms of the example, whose names begin with 示例; the papers' own words stand as they are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from app.main import create
from app.store.engine import open_engine
from app.store.schema import prepare
from reports.example.county import County, load

COUNTY = "431127"
ECOLOGY, INDUSTRY, GOVERNMENT = "永州市生态环境局蓝山分局", "蓝山县科工局", "蓝山县人民政府"
NOTICED, HALTED, LETTER, CUT, RESUMED = "2025年10月", "2025年11月下旬", "2025-12-09", "2025-12-10", "2025-12-22"
CLOSED = ("铭祥鑫", "恒盛荣", "荣鑫金属制品有限公司", "裕恒金属制品有限公司")
MERGED = ("奥鑫金属制品有限公司", "骅强金属制品有限公司", "宏诚金属制品有限公司")
#: The five that the paper names of the seven that signed a letter of intent.
SIGNED = ("兴鼎", "永盛", "奥鑫金属制品有限公司", "君雄", "华钜机械有限公司")


class Office:
    """An office at work: what it asks and tells the register, and how it was answered."""

    def __init__(self, folder: Path) -> None:
        self.engine = open_engine(f"sqlite:///{folder / 'luzhang.db'}")
        prepare(self.engine)
        self.client = TestClient(create(self.engine), base_url="http://127.0.0.1:8000")
        self.folder = folder
        self.county: County = load()
        self.planned = [firm.name for firm in self.county.firms if firm.bucket == "转型升级"]
        self.certified = [firm.name for firm in self.county.firms if firm.resumed]
        self.unready = [name for name in self.planned if name not in self.certified]
        self.answers: dict[str, Any] = {}

    def tell(self, path: str, **said: Any) -> Any:
        """Tell the register something; the answer as it comes, refused or not."""
        return self.client.post(f"/api/v1/{path}", json={"county": COUNTY, "reason": "验收销号意见", **said})

    def done(self, path: str, **said: Any) -> dict[str, Any]:
        """Tell it something that it takes."""
        answer = self.tell(path, **said)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def paper(self, kind: str, **said: str) -> str:
        """Put a paper on record; its id."""
        form = {"county": COUNTY, "kind": kind, "reason": "收文", **said}
        answer = self.client.post("/api/v1/documents", data=form)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["document"])

    def ask(self, path: str, **asked: str) -> dict[str, Any]:
        """Ask it something that it answers."""
        answer = self.client.get(f"/api/v1/{path}", params={"county": COUNTY, **asked})
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def may(self, firm: str, step: str, as_of: str, **asked: str) -> dict[str, Any]:
        """May the step be taken?"""
        return self.ask(f"enterprises/{firm}/may", step=step, as_of=as_of, **asked)

    def send(self, name: str, rows: list[tuple[str, ...]], **fields: str) -> None:
        """Send a roster."""
        content = "\n".join(",".join(row) for row in rows).encode()
        answer = self.client.post("/api/v1/imports", files={"file": (name, content)}, data={"county": COUNTY, **fields})
        assert answer.status_code == 200, answer.text


def played(folder: Path) -> Office:
    """The whole of it, in the order in which it happened."""
    office = Office(folder)
    take_in(office)
    make_plans(office)
    give_notice(office)
    halt(office)
    cut(office)
    certify(office)
    resume(office)
    close(office)
    merge(office)
    return office


def take_in(office: Office) -> None:
    """The 36 firms in production at the survey, and the figures that the paper states without naming firms."""
    heads = ("企业名称", "乡镇", "行业代码", "生产状态", "整治类别")
    firms = [(one.name, one.township, "3391", "在产", one.bucket or "") for one in office.county.firms]
    office.send("蓝山县铸造企业名册.csv", [heads, *firms], valid_from="2024-01-15")
    figures = [
        (one["topic"], one["phrase"], str(one["number"]), one["unit"], one["when"]) for one in office.county.figures
    ]
    heads = ("类别", "表述", "数量", "单位", "时间")
    office.send("验收销号意见陈述数字.csv", [heads, *figures], valid_from="2025-12-22")


def make_plans(office: Office) -> None:
    """Plans for 25 in the first half of 2024."""
    said = {"issuer": INDUSTRY, "dated": "2024年上半年", "named": "、".join(office.planned)}
    plan = office.paper("plan", title="蓝山县铸造行业“一企一策”转型升级工作方案", **said)
    office.answers["certified too early"] = advance(office, [office.certified[0]], "已出具证明", "2024-06-30")
    office.answers["planned"] = advance(office, office.planned, "已制定", "2024年上半年", document=plan)


def advance(office: Office, firms: list[str], stage: str, on: str, **more: Any) -> Any:
    """Tell that plans reached a stage."""
    return office.tell("plans/steps", enterprises=firms, stage=stage, on=on, **more)


def give_notice(office: Office) -> None:
    """Notices in October 2025; ten firms have themselves accepted by a third party, which the paper does not name."""
    issuer = f"{INDUSTRY}、{ECOLOGY}"
    notice = office.paper(
        "rectification_notice", issuer=issuer, dated=NOTICED, title="限期整改通知", named="、".join(office.planned)
    )
    office.answers["noticed"] = advance(office, office.planned, "已下达整改通知", NOTICED, document=notice)
    told = {"kind": "rectification_notice", "effective_on": NOTICED, "authority": issuer, "document": notice}
    office.answers["notice"] = [
        office.done("steps", enterprise=firm, with_gap=True, **told) for firm in office.planned[:3]
    ]
    for firm in office.certified:
        office.paper("acceptance_report", enterprise=firm, dated="2025-11-14", title=f"{firm}自主验收报告")
    on = ("已自主验收", "2025-11-14")
    office.answers["self-accepted by nobody"] = advance(office, office.certified, *on)
    office.answers["self-accepted"] = advance(office, office.certified, *on, with_gap=True)


def halt(office: Office) -> None:
    """Notices to stop production for those without a report; the paper gives neither their number nor a file number."""
    notice = office.paper(
        "halt_notice", issuer=ECOLOGY, dated=HALTED, title="停产通知", named="、".join(office.unready)
    )
    told = {"kind": "halt", "effective_on": HALTED, "authority": ECOLOGY}
    office.answers["halt of one with a report"] = office.tell(
        "steps", enterprise=office.certified[0], **told, document_no="永环蓝停〔2025〕1号"
    )
    office.answers["halt"] = [
        office.done("steps", enterprise=firm, document=notice, with_gap=True, **told) for firm in office.unready
    ]


def cut(office: Office) -> None:
    """The bureau's letter, which comes without its date at first, and the power cut upon it."""
    told = {"kind": "cut", "effective_on": CUT, "authority": INDUSTRY}
    one = office.planned[0]
    office.answers["cut without a letter"] = office.tell("steps", enterprise=one, **told)
    letter = office.paper("letter", issuer=ECOLOGY, title="关于停电的函", named="、".join(office.planned))
    office.answers["may be cut on a letter without a date"] = office.may(one, "cut", CUT)
    dated = {"county": COUNTY, "dated": LETTER, "reason": "查到来函日期"}
    revised = office.client.post(f"/api/v1/documents/{letter}/revise", data=dated)
    assert revised.status_code == 200, revised.text
    letter = revised.json()["document"]
    office.answers["may be cut on a dated letter"] = office.may(one, "cut", CUT)
    office.answers["cut without its number"] = office.tell("steps", enterprise=one, request_document=letter, **told)
    office.answers["cut"] = [
        office.done("steps", enterprise=firm, request_document=letter, with_gap=True, **told) for firm in office.planned
    ]


def certify(office: Office) -> None:
    """Certificates of 铸协 for ten; of the last of them it is only known that it was there by 22 December."""
    one = office.certified[0]
    office.answers["restored before the certificate"] = office.tell(
        "steps",
        enterprise=one,
        kind="restore",
        effective_on="2025-12-23",
        authority=INDUSTRY,
        document_no="蓝科工电〔2025〕9号",
    )
    office.answers["resumed before the certificate"] = office.tell(
        "steps", enterprise=one, kind="resume", effective_on="2025-12-18"
    )
    office.answers["known before"] = office.ask("steps", as_of=RESUMED)["known"]
    for firm in office.certified:
        dated = "2025年12月22日前" if firm == office.certified[-1] else "2025-12-20"
        title = "符合环保督察整改自主验收条件证明"
        office.paper("certificate", enterprise=firm, issuer="湖南省铸造协会（铸协）", dated=dated, title=title)
    office.answers["certified"] = advance(office, office.certified, "已出具证明", RESUMED)


def resume(office: Office) -> None:
    """Ten resume production; of the last of them no day is told but the one by which it was."""
    office.answers["resumed"] = [
        office.tell(
            "steps",
            enterprise=firm,
            kind="resume",
            effective_on="2025年12月22日前" if firm == office.certified[-1] else RESUMED,
        )
        for firm in office.certified
    ]


def close(office: Office) -> None:
    """Four are closed, by 22 December; for two of them there was an order to correct before."""
    for firm in CLOSED[2:]:
        decision = office.paper(
            "correction_decision",
            enterprise=firm,
            issuer="永州市生态环境局",
            dated="2025年12月22日前",
            title="责令改正违法行为决定书",
        )
        office.done(
            "steps",
            enterprise=firm,
            kind="correct",
            effective_on="2025年12月22日前",
            authority="永州市生态环境局",
            document=decision,
            with_gap=True,
        )
    told = {"kind": "close", "authority": GOVERNMENT}
    office.answers["closed without a day"] = office.tell("steps", enterprise=CLOSED[0], with_gap=True, **told)
    told["effective_on"] = "2025年12月22日前"
    office.answers["closed without approval"] = office.tell("steps", enterprise=CLOSED[0], **told)
    office.answers["closed"] = [office.done("steps", enterprise=firm, with_gap=True, **told) for firm in CLOSED]


def merge(office: Office) -> None:
    """Three are merged into 华强, nobody says when; one of them signs a letter of intent under its own name."""
    for firm in MERGED:
        office.done("successions/merged", firm=firm, into="华强", day="不明", document="验收销号意见")
    office.paper("other", title="企业投资意愿书", named="、".join(SIGNED))

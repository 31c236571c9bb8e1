"""Six townships of three counties of two cities, each with everything that can be kept, under words of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import xlsxwriter
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app import clock
from app.domain.credit_code import check_character, organisation_check
from app.register.people import tokens
from app.register.people.accounts import account_of
from app.store.engine import reading, unit
from app.store.models import Base, CountyHead

API = "/api/v1"
DAY = "2024-01-15"
QUARTER = "2024Q1"
SCAN = b"%PDF-1.7\n" + bytes(range(256))

CLAUSES = """version: 1
sources: {{county: {{title: {mark}方案}}}}
clauses:
  - id: {code}-SHELL
    category: eliminate
    clause_text: {mark}钢壳中频炉一并淘汰
    evidence: {{level: paper, source: county}}
    kind: induction_furnace
    when: {{all: [{{field: shell, op: eq, value: steel}}]}}
    effective_from: 2023-07-01
"""
LIMITS = """version: 1
sources: {{county: {{title: {mark}通知}}}}
limits:
  - id: {code}-TCE
    kind: energy
    title: {mark}综合能耗
    text: {mark}吨铸件综合能耗不高于0.3吨标准煤
    evidence: {{level: paper, source: county}}
    measure: tce_per_t
    comparison: "<="
    unit: 吨标准煤/吨
    limit: 0.3
    effective_from: 2023-07-01
"""
PROGRAMMES = """version: 1
programmes:
  - id: {code}-SECOND
    title: {mark}第二轮整治方案
    kind: plan
    issuer: {mark}人民政府
    jurisdiction: "{county}"
    scope:
      - {{name: 铸造, counties: ["{county}"], text: 铸造产业}}
"""


@dataclass
class World:
    """A township, or a county or a city as a whole (`township` empty), and what was planted there.

    `mark`: two characters that stand in all its texts; `number`: a capacity that no other firm has; `ids`: of what was
    planted, by what it is; `rows`: the id of every row; `counts`: how many it has of what is listed.
    """

    county: str
    township: str
    place: str
    mark: str
    number: int
    ids: dict[str, str] = field(default_factory=dict)
    rows: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def firm(self) -> str:
        """The firm that everything is told of."""
        return f"{self.mark}铸造有限公司"

    @property
    def code(self) -> str:
        """A word in Latin letters that is this place's alone."""
        return f"ZQ{self.number}X"

    @property
    def uscc(self) -> str:
        """The credit code of that firm."""
        return credit_code(self.county, self.number)

    @property
    def secrets(self) -> frozenset[str]:
        """All words by which anything of it could be known."""
        codes = (credit_code(self.county, self.number + place) for place in range(4)) if self.township else ()
        return frozenset({self.mark, self.code, *codes, *self.rows})


def credit_code(county: str, number: int) -> str:
    """A valid credit code."""
    organisation = f"MA{number:06d}"
    first = f"91{county}{organisation}{organisation_check(organisation)}"
    return first + check_character(first)


TOWNSHIPS = (
    ("431127", "431127105", "新圩镇", "骊珑", 71317),
    ("431127", "431127107", "土市镇", "犀桦", 82657),
    ("431126", "431126101", "天堂镇", "鲲岚", 93463),
    ("431126", "431126105", "太平镇", "麒澄", 64951),
    ("140921", "140921101", "河边镇", "貔崧", 57859),
    ("140921", "140921103", "季庄镇", "鹭泓", 48611),
)
WHOLES = (
    ("431127", "蓝山县", "旻瀚", 39119),
    ("431126", "宁远县", "翀霁", 28817),
    ("140921", "定襄县", "昶垚", 17707),
    ("431100", "永州市", "彧曦", 96487),
    ("140900", "忻州市", "翊嵘", 85933),
)


def planted(engine: Engine, client: TestClient) -> list[World]:
    """Plant every world, by REST, as whoever sits at the machine; each row is known by the changes that wrote it."""
    worlds = []
    for county, township, place, mark, number in TOWNSHIPS:
        one = World(county, township, place, mark, number)
        with_rows(engine, one, lambda one=one: plant_township(client, one))  # type: ignore[misc]
        worlds.append(one)
    for county, place, mark, number in WHOLES:
        one = World(county, "", place, mark, number)
        act = plant_city if county.endswith("00") else plant_county
        with_rows(engine, one, lambda act=act, one=one: act(client, one))  # type: ignore[misc]
        worlds.append(one)
    return worlds


def with_rows(engine: Engine, world: World, act: Any) -> None:
    """Do what plants a world, and note the ids of all that it wrote."""
    before = heads(engine)
    act()
    world.rows |= set(written(engine, world.county, before.get(world.county, 0)))


def heads(engine: Engine) -> dict[str, int]:
    """The last change of every chain."""
    with reading(engine) as session:
        return dict(session.execute(select(CountyHead.county, CountyHead.number)).all())  # type: ignore[arg-type]


def written(engine: Engine, county: str, since: int) -> Iterator[str]:
    """The ids and digests of the rows that changes after a number wrote."""
    with reading(engine) as session:
        for table in Base.metadata.sorted_tables:
            if "recorded_by" not in table.c or "id" not in table.c or "county" not in table.c:
                continue
            names = [one for one in ("id", "act_id", "sha256") if one in table.c]
            chosen = select(*(table.c[one] for one in names))
            for row in session.execute(chosen.where(table.c.county == county, table.c.recorded_by > since)):
                yield from (str(value) for value in row if value)


class Telling:
    """Says things of one county by REST, and insists that they are done."""

    def __init__(self, client: TestClient, world: World) -> None:
        self.client, self.world = client, world

    def post(self, path: str, **said: Any) -> Any:
        """Post a thing of the county, with a reason that bears the mark."""
        body = {"county": self.world.county, "reason": f"{self.world.mark}核实", **said}
        return self.done(self.client.post(f"{API}/{path}", json=body))

    def form(self, path: str, file: tuple[str, bytes], **said: str) -> Any:
        """Post a form with a file."""
        data = {"county": self.world.county, **said}
        return self.done(self.client.post(f"{API}/{path}", data=data, files={"file": file}))

    def get(self, path: str, **said: str) -> Any:
        """Ask of the county."""
        return self.done(self.client.get(f"{API}/{path}", params={"county": self.world.county, **said}))

    def made(self, path: str, body: dict[str, Any]) -> Any:
        """Make what is no county's."""
        return self.done(self.client.post(f"{API}/{path}", json=body))

    def switch(self, act: str, *, on: bool) -> None:
        """Want two pairs of eyes for an act, or no more."""
        body = {"county": self.world.county, "act": act, "on": on, "reason": f"{self.world.mark}定"}
        self.done(self.client.put(f"{API}/two-eyes", json=body))

    @staticmethod
    def done(said: Any) -> Any:
        """The answer of what was done."""
        assert said.status_code == 200, (said.request.url.path, said.text)
        return said.json()


HEADS = ("序号", "企业名称", "统一社会信用代码", "设备名称", "炉号", "使用状态", "企业状态", "年产能（吨）", "备注")


def roster(world: World, unit: str, rows: Iterable[Mapping[str, Any]], day: str = DAY) -> bytes:
    """A workbook of rows, reported by a unit on a day."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet(f"{world.mark}名册")
    sheet.write_row(0, 0, [f"{world.place}铸造企业名册"])
    sheet.write_row(1, 0, [f"填报单位：{unit}", None, f"填报日期：{day}"])
    sheet.write_row(2, 0, HEADS)
    for place, row in enumerate(rows, 1):
        sheet.write_row(place + 2, 0, [str(place), *(row.get(head) for head in HEADS[1:])])
    book.close()
    return content.getvalue()


def firm_row(name: str, code: str | None = None, **more: Any) -> dict[str, Any]:
    """A row of a roster."""
    return {"企业名称": name, "统一社会信用代码": code, **more}


#: As what one firm is reported twice.
TWICE = ("铸件加工厂", "翻砂厂")


def own_roster(world: World) -> bytes:
    """What the township itself reports: two foundries, one firm under two names, two firms of one name."""
    mark, codes = world.mark, [credit_code(world.county, world.number + place) for place in range(4)]
    more = {"设备名称": f"铝壳中频炉{mark}型", "使用状态": "在用", "企业状态": "在产", "备注": f"{mark}备注"}
    first = firm_row(world.firm, codes[0], **{**more, "炉号": f"{mark}1号", "年产能（吨）": world.number})
    second = firm_row(f"{mark}机械厂", codes[1], **{**more, "炉号": f"{mark}2号", "设备名称": "钢壳中频炉"})
    alike = [firm_row(f"{mark}精铸件厂", code, 设备名称="中频炉", 炉号=f"{mark}3号") for code in codes[2:]]
    twice = [firm_row(f"{mark}{name}", 设备名称="钢壳中频炉", 炉号=f"{mark}4号") for name in TWICE]
    return roster(world, f"{world.place}人民政府", [first, second, *twice, *alike])


def plant_township(client: TestClient, world: World) -> None:
    """Everything that a township's firms can have."""
    tell, mark, ids = Telling(client, world), world.mark, world.ids
    ids["batch"] = tell.form("imports", (f"{mark}名册.xlsx", own_roster(world)))["batch"]
    seen = [firm_row(world.firm, 企业状态="停产", 备注=f"{mark}巡查"), firm_row(f"{mark}精铸件厂", 备注=f"{mark}待定")]
    inspected = roster(world, f"{mark}巡查组", seen)
    ids["inspection"] = tell.form("imports", (f"{mark}巡查.xlsx", inspected), township=world.place)["batch"]
    later = roster(world, f"{world.place}人民政府", seen, "2024-04-01")
    ids["waiting"] = tell.form("imports", (f"{mark}二季度.xlsx", later), township=world.place, later="true")["batch"]
    wrong = roster(world, f"{mark}误报", [firm_row(f"{mark}误报厂")])
    ids["undone"] = tell.form("imports", (f"{mark}误报.xlsx", wrong), township=world.place)["batch"]
    tell.done(client.post(f"{API}/imports/{ids['undone']}/undo"))
    firms = {row["name"]: row for row in tell.get("enterprises", township=world.place)["items"]}
    ids["enterprise"], ids["other"] = firms[world.firm]["id"], firms[f"{mark}机械厂"]["id"]
    machines = {row["enterprise"]: row["id"] for row in tell.get("equipment", township=world.place)["items"]}
    ids["machine"], ids["other_machine"] = machines[world.firm], machines[f"{mark}机械厂"]
    plant_papers(tell)
    plant_steps(tell)
    plant_decisions(tell)
    plant_people(tell)


def plant_papers(tell: Telling) -> None:
    """Papers with files, permits, measurements."""
    mark, ids, firm = tell.world.mark, tell.world.ids, tell.world.firm
    letter = {"kind": "函件", "number": f"{mark}函〔2024〕18号", "issuer": f"{mark}分局", "dated": "2024-12-09"}
    letter |= {"title": f"关于{mark}的函", "enterprise": firm, "named": f"{mark}机械厂", "reason": f"{mark}来函"}
    ids["document"] = tell.form("documents", (f"{mark}函.pdf", SCAN + mark.encode()), **letter)["document"]
    facts = {"number": f"{mark}环评〔2020〕3号", "issuer": f"{mark}环保局", "valid_to": "2026-03-01"}
    ids["permit"] = tell.post("permits", enterprise=firm, kind="eia", facts=facts, day=DAY)["permit"]
    told = {"kind": "tce_per_t", "value": 0.3, "circumstances": {"metal": "铸铁"}, "on": "2023年"}
    measured = tell.post("measurements", enterprise=firm, source=f"{mark}检测", document=f"{mark}报告", **told)
    ids["measurement"] = measured["measurement"]


def plant_steps(tell: Telling) -> None:
    """A power cut, a plan with its measures, an acceptance with what it sent back, a machine that went over."""
    mark, ids, firm = tell.world.mark, tell.world.ids, tell.world.firm
    cut = {"kind": "cut", "effective_on": "2025-12-10", "authority": f"{mark}科工局", "with_gap": True}
    ids["step"] = tell.post("steps", enterprise=firm, document=ids["document"], note=f"{mark}现场", **cut)["step"]
    notice = {"kind": "限期整改", "effective_on": "2025-10-20", "with_gap": True, "authority": f"{mark}科工局"}
    ids["action"] = tell.post("steps", enterprise=firm, **notice)["action"]
    made = {"stage": "made", "on": "2024年上半年", "with_gap": True, "unit": f"{mark}整治办"}
    ids["plan_step"] = tell.post("plans/steps", enterprises=[firm], **made)["steps"][0]["step"]
    measure = {"measure": f"{mark}换炉", "responsible_unit": f"{mark}科工局", "due": "2025年4月底前"}
    ids["measure"] = tell.post("plans/measures", enterprise=firm, **measure)["measure"]
    tell.post(f"plans/measures/{ids['measure']}/extend", due="2025年5月10日")
    who = {"units": [f"{mark}验收组"], "people": [f"{mark}张三"], "note": f"{mark}验收"}
    item = {"text": f"{mark}补装除尘器", "responsible_unit": f"{mark}厂办", "due": "2025-11-30"}
    returned = {"level": "township", "result": "returned", "on": "2025-11-01", "items": [item], "with_gap": True}
    accepted = tell.post("acceptances", enterprise=firm, **returned, **who)
    ids["acceptance"], ids["item"] = accepted["acceptance"], accepted["items"][0]
    tell.post("acceptances/items", action=ids["action"], items=[{"text": f"{mark}换炉", "due": "2025-12-31"}])
    went = {"equipment": ids["other_machine"], "into": firm, "day": "2024-03-01", "document": f"{mark}协议"}
    ids["succession"] = tell.post("successions/transferred", firm=f"{mark}机械厂", **went)["succession"]


def plant_decisions(tell: Telling) -> None:
    """Two firms that are two, another spelling of the township and of a firm, a fact stated by hand."""
    mark, ids = tell.world.mark, tell.world.ids
    pair = {"firm": ids["enterprise"], "other": ids["other"]}
    ids["decision"] = tell.post("decisions", kind="different", **pair)["decision"]
    tell.post("decisions", kind="township", written=f"{mark}老乡", township=tell.world.place)
    tell.post("decisions", kind="name", written=f"{mark}老厂", firm=ids["enterprise"])
    tell.post("corrections", subject=ids["other"], facts={"village": f"{mark}村"}, day="2024-02-01")
    desk = tell.get("desk")
    disputed, held = (_own(desk[name], mark) for name in ("disputes", "held"))
    ids["statement"] = disputed["claims"][0]["statement"]
    ids |= {"held": held["batch"], "sheet": held["sheet"], "row": str(held["row"])}
    # Which records are one is looked up within the row filter: there it has to hold too (tests/register/test_scope.py).
    first, second = (f"{mark}{name}" for name in TWICE)
    tell.post("decisions", kind="same", firm=first, other=second)


def plant_people(tell: Telling) -> None:
    """A department of the township with somebody in it, and a link to send by."""
    world, ids = tell.world, tell.world.ids
    office = {"name": f"{world.mark}政府", "division": world.township}
    ids["department"] = tell.made("departments", office)["id"]
    person = {"name": f"u{world.number}", "shown_name": f"{world.mark}经办", "department": ids["department"]}
    ids["account"] = tell.made("people", person)["id"]
    right = {"role": "township_clerk", "division": world.township}
    ids["grant"] = tell.made(f"people/{ids['account']}/grants", right)["grants"][0]["id"]
    identity = {"digest": sha256(world.mark.encode()).hexdigest()}
    ids["identity"] = tell.made(f"people/{ids['account']}/identities", identity)["id"]
    ids["token"] = _token(tell, f"{world.mark}接口", ids["account"])
    world.rows |= {ids["department"], ids["account"], ids["grant"], ids["identity"], ids["token"]}
    until = (clock.today() + timedelta(days=30)).isoformat()
    link = {"townships": [world.township], "quarter": QUARTER, "note": f"{world.mark}报送", "until": until}
    ids["link"] = tell.post("links", **link)["links"][0]["link"]


def _token(tell: Telling, name: str, account: str) -> str:
    """A token of somebody's, made at the machine."""
    with unit(tell.client.app.state.engine) as session:
        until = clock.today() + timedelta(days=30)
        return tokens.make(session, account_of(session, account), name, ["desk.read"], (), until).token.id


def _own(rows: list[Any], mark: str) -> Any:
    """The first that bears the mark."""
    return next(one for one in rows if mark in json.dumps(one, ensure_ascii=False))


def plant_county(client: TestClient, world: World) -> None:
    """What a county has as a whole."""
    tell, mark, ids = Telling(client, world), world.mark, world.ids
    words = {"mark": mark, "code": world.code, "county": world.county}
    for room, text in (("clauses", CLAUSES), ("limits", LIMITS), ("programmes", PROGRAMMES)):
        sent = {"name": f"{mark}{room}.yaml", "text": text.format(**words)}
        ids[room] = tell.post(room, **sent, **({"adopt": True} if room == "clauses" else {}))["file"]
    ids |= {"clause": f"{world.code}-SHELL", "limit": f"{world.code}-TCE", "programme": f"{world.code}-SECOND"}
    holiday = {"kind": "off", "day": "2027-02-05", "name": f"{mark}放假", "source": f"{mark}通知"}
    ids["holiday"] = tell.post("holidays", **holiday)["holidays"][0]
    tell.post("limits/life", kind="感应电炉", years=17)
    ids["view"] = f"{mark}在用"
    saved = {"address": "equipment?state=in_use", "reason": f"{mark}每月看"}
    put = client.put(f"{API}/views/{ids['view']}", params={"county": world.county}, json=saved)
    tell.done(put)
    plant_proposal(tell)
    plant_ledger(tell)


def plant_proposal(tell: Telling) -> None:
    """A merger that waits for a second person, as the county wanted it when it was proposed."""
    tell.switch("merge", on=True)
    mark = next(mark for county, _, _, mark, _ in TOWNSHIPS if county == tell.world.county)
    said = {"firm": f"{mark}机械厂", "into": f"{mark}铸造有限公司", "day": "2026-01-01"}
    said |= {"county": tell.world.county, "reason": f"{tell.world.mark}整合"}
    kept = tell.client.post(f"{API}/successions/merged", json=said)
    assert kept.status_code == 202, kept.text
    tell.world.ids["proposal"] = kept.json()["proposal"]
    tell.switch("merge", on=False)


def plant_city(client: TestClient, world: World) -> None:
    """What a city has as a whole: its ledger."""
    plant_ledger(Telling(client, world))


def plant_ledger(tell: Telling) -> None:
    """A check, and an issue with who signs."""
    body = {"county": tell.world.county}
    tell.done(tell.client.post(f"{API}/ledgers/{QUARTER}/checks", json=body))
    signed = {name: f"{tell.world.mark}{name}" for name in ("prepared_by", "checked_by", "approved_by")}
    tell.done(tell.client.post(f"{API}/ledgers/{QUARTER}/issues", json={**body, **signed}))

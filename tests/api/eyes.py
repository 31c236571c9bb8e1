"""People who ask the API, and the acts that may want two of them: what each asks for, by which door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from app.domain.actor import LOCAL_OPERATOR, Actor
from tests.api.conftest import COUNTY, ROSTERS, client_of, roster_bytes, send

FIRM, OTHER = "甲铸造有限公司", "乙铸造有限公司"
WHY = {"county": COUNTY, "reason": "常务会议纪要"}

ZHANG = Actor("张三", frozenset([COUNTY]), account="account-1", origin="10.0.0.1")
LI = Actor("李四", frozenset([COUNTY]), account="account-2", origin="10.0.0.2")

CLAUSES = """version: 1
sources: {county: {title: 蓝山县方案}}
clauses:
  - id: LS25-STEEL-SHELL
    category: eliminate
    clause_text: 钢壳中频炉一并淘汰
    evidence: {level: paper, source: county}
    kind: induction_furnace
    when: {all: [{field: shell, op: eq, value: steel}]}
    effective_from: 2025-07-01
"""
LIMITS = """version: 1
sources: {county: {title: 蓝山县通知}}
limits:
  - id: LS25-TCE
    kind: energy
    title: 铸件综合能耗
    text: 吨铸件综合能耗不高于0.3吨标准煤
    evidence: {level: paper, source: county}
    measure: tce_per_t
    comparison: "<="
    unit: 吨标准煤/吨
    limit: 0.3
    effective_from: 2025-07-01
"""
PROGRAMMES = """version: 1
programmes:
  - id: LS25-SECOND
    title: 蓝山县第二轮整治方案
    kind: plan
    issuer: 蓝山县人民政府
    jurisdiction: "431127"
    scope:
      - {name: 铸造, counties: ["431127"], text: 铸造产业}
"""


@dataclass(frozen=True)
class Door:
    """An act that may want two: by which function it is asked for, and how."""

    act: str
    function: str
    path: str
    body: dict[str, Any]


FILE = {"name": "县.yaml", **WHY}
DOORS = (
    Door("issue", "ledger.issue", "ledgers/2024Q1/issues", {"county": COUNTY}),
    Door(
        "restore",
        "steps.record",
        "steps",
        {**WHY, "enterprise": FIRM, "kind": "restore", "effective_on": "2025-12-22", "with_gap": True},
    ),
    Door(
        "close_out",
        "plans.advance",
        "plans/steps",
        {**WHY, "enterprises": [FIRM, OTHER], "stage": "已通过验收", "on": "2025-12-22", "with_gap": True},
    ),
    Door("merge", "decisions.make", "decisions", {**WHY, "kind": "same", "firm": OTHER, "other": FIRM}),
    Door(
        "merge",
        "successions.merge",
        "successions/merged",
        {**WHY, "firm": OTHER, "into": FIRM, "day": "2024-06-01", "document": "蓝工信〔2024〕3号"},
    ),
    Door("adopt", "clauses.add", "clauses", {**FILE, "text": CLAUSES, "adopt": True}),
    Door("adopt", "limits.add", "limits", {**FILE, "text": LIMITS, "adopt": True}),
    Door("adopt", "programmes.add", "programmes", {**FILE, "text": PROGRAMMES}),
    Door("adopt", "limits.adopt", "limits/GB39726-GAS/adopt", {**WHY, "source": "GB 39726—2020 表1"}),
)


class Office:
    """A register with two townships' rosters, and whoever asks it."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.client = engine, client_of(engine)
        self.who: Actor = LOCAL_OPERATOR
        self.client.app.state.actor_of = lambda _request, _function: self.who  # type: ignore[attr-defined]
        for township, firms in ROSTERS.items():
            assert send(self.client, roster_bytes(township, firms), f"{township}.xlsx").status_code == 200

    def ask(self, who: Actor, method: str, path: str, **told: Any) -> Any:
        """Somebody asks."""
        self.who = who
        return self.client.request(method, f"/api/v1/{path}", **told)

    def post(self, who: Actor, path: str, **body: Any) -> Any:
        """Somebody posts."""
        return self.ask(who, "POST", path, json=body)

    def switch(self, *acts: str, on: bool = True) -> None:
        """The administrator wants two for these."""
        for act in acts:
            said = self.ask(LOCAL_OPERATOR, "PUT", "two-eyes", json={**WHY, "act": act, "on": on})
            assert said.status_code == 200, said.text

    def do(self, who: Actor, door: Door) -> Any:
        """Somebody asks for an act."""
        return self.post(who, door.path, **door.body)

    def proposals(self, **asked: str) -> list[dict[str, Any]]:
        """What was proposed."""
        said = self.ask(LOCAL_OPERATOR, "GET", "proposals", params={"county": COUNTY, **asked})
        assert said.status_code == 200, said.text
        return said.json()["proposals"]  # type: ignore[no-any-return]

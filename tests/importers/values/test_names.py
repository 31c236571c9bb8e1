"""Names and texts: wrapped lines, former names, notes of status, what a specification may be."""

from __future__ import annotations

import pytest

from app.domain.statement import Value

from .cells import read


@pytest.mark.parametrize(
    ("path", "written", "expected", "also"),
    [
        ("enterprise.name", "骅强金属\n制品有限公司", "骅强金属制品有限公司", {}),
        ("enterprise.name", "贺州市 兆鑫五 金制品 有限公 司", "贺州市兆鑫五金制品有限公司", {}),
        ("enterprise.name", "湖南钷钨（蓝山）有限公司", "湖南钷钨（蓝山）有限公司", {}),
        ("enterprise.name", "华强公司（曾用名：奥鑫公司）", "华强公司", {"enterprise.former_name": "奥鑫公司"}),
        ("enterprise.name", "华强公司(原奥鑫公司)", "华强公司", {"enterprise.former_name": "奥鑫公司"}),
        ("enterprise.name", "华强公司（原名：奥鑫公司）", "华强公司", {"enterprise.former_name": "奥鑫公司"}),
        ("enterprise.name", "华强公司（原料车间）", "华强公司（原料车间）", {}),
        ("enterprise.name", "荣鑫公司（已关停）", "荣鑫公司", {"enterprise.status": "closed"}),
        ("enterprise.former_name", "无", None, {}),
        ("enterprise.legal_representative", "张　三", "张三", {}),
        ("enterprise.contact_person", "张三 13812345678", "张三", {"enterprise.contact_phone": "13812345678"}),
        ("enterprise.township", "蒋村镇（4家）", "蒋村镇", {}),
        ("enterprise.industry", "3391", None, {"enterprise.industry_code": "3391"}),
        ("equipment.code", "1号炉", "1号炉", {}),
        ("equipment.code", 3.0, "3", {}),
        ("equipment.model", "GW-1.5-800", "GW-1.5-800", {}),
        ("equipment.model", "0.2吨", None, {"equipment.capacity_t": 0.2}),
        ("equipment.model", "0.1吨/小时", None, {"equipment.melt_rate_t_per_h": 0.1}),
        ("equipment.name", "电炉", "电炉", {}),
        ("equipment.name", "冲天炉", "冲天炉", {"equipment.kind": "cupola"}),
        ("equipment.name", "0.5吨冲天炉", "0.5吨冲天炉", {"equipment.kind": "cupola", "equipment.capacity_t": 0.5}),
        ("enterprise.remark", "一、补办手续；\n 二、拆除  铝壳炉，", "一、补办手续；\n二、拆除 铝壳炉，", {}),
    ],
)
def test_a_text(path: str, written: object, expected: str | None, also: dict[str, Value]) -> None:
    said = read(path, written)
    assert (said.value, dict(said.also), said.issue) == (expected, also, None)

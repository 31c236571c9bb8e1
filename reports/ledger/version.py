"""The sheet 版本说明: as of which day, known up to which change, from which files, and why it was revised."""

from __future__ import annotations

from reports.ledger.content import Content
from reports.tables import Printed, Table


def version(content: Content) -> Table:
    """What an inspector needs to make the same ledger again."""
    as_of = content.snapshot.as_of
    rows: list[tuple[Printed, ...]] = [
        ("县（市、区）", f"{content.county_name}（{content.snapshot.county}）"),
        ("季度", content.quarter.chinese),
        ("数据截至", f"{as_of.day.isoformat()}（当日终了）"),
        ("依据的登记", f"第{as_of.known}号变更（{content.known_at}）及以前" if as_of.known else "尚无登记"),
        ("变更链摘要", content.digest),
        ("淘汰类判定依据", "；".join(f"{id}：{text}" for id, text in content.clauses) or "该日没有已载入的条款"),
    ]
    for revision in content.revisions:
        rows.append((f"第{revision.number}版", f"依据第{revision.known}号变更；{revision.reason}"))
    for source in content.sources:
        told = f"{source.file}；来源：{source.source}；情况日期：{source.day}；第{source.change}号变更"
        rows.append(("来源文件", f"{told}；SHA-256 {source.sha256}"))
    notes = [
        "同样的登记和同样的季度，得到的台账逐字节相同；本表不含打印时间。",
        "“待核实”是缺少事实而不能判定，不等于没有；“有争议”是来源说法不一、尚未裁定；“不明”是来源没有写明。",
    ]
    return content.table("版本说明", rows, notes=notes)

"""The sheet 版本说明: as of which day, known up to which change, from which files, and why it was revised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reports.ledger.gathered.content import Content, Row, ref
from reports.ledger.sheets.canonical import digest
from reports.tables import Origin, Printed, Table

SHEET = "版本说明"
AUDITED = "审计链锚"
NOTES = (
    "同样的登记和同样的季度，得到的台账逐字节相同；本表不含打印时间。",
    "“待核实”是缺少事实而不能判定，不等于没有；“有争议”是来源说法不一、尚未裁定；“不明”是来源没有写明。",
    "内容摘要是其他各表印出的文字和数字的 SHA-256，与文件的格式无关；链锚是变更链到该号为止的摘要，"
    "luzhang verify 会从第1号起重算整条链，算出的该号摘要应当与这里的一致；审计链锚同样，是“谁做了什么”的记录的摘要。",
)


def version(content: Content, made: Sequence[Table], left_out: Iterable[tuple[str, str]] = ()) -> Table:
    """What an inspector needs to make the same ledger again; `made`: the sheets that it speaks of."""
    rows = [Row(cells) for cells in (*_issue(content), *_knowledge(content))]
    rows.append(_base(content))
    rows += [Row(cells) for cells in (*_sheets(made, left_out), *_history(content))]
    return content.traced(SHEET, rows, notes=NOTES)


def _issue(content: Content) -> Iterator[tuple[Printed, ...]]:
    yield "县（市、区）", f"{content.county_name}（{content.snapshot.county}）"
    yield "季度", content.quarter.chinese
    if content.issued is not None:
        yield "编号", content.issued.number
        yield from content.issued.people
    yield "数据截至", f"{content.snapshot.as_of.day.isoformat()}（当日终了）"


def _knowledge(content: Content) -> Iterator[tuple[Printed, ...]]:
    known = content.snapshot.as_of.known
    yield "依据的登记", f"第{known}号变更（{content.known_at}）及以前" if known else "尚无登记"
    if known:
        yield "链锚", f"{content.snapshot.county} 第{known}号变更：{content.digest}"
    if content.audited is not None:
        yield AUDITED, audited(content)
    clauses = "；".join(f"{id}：{text}" for id, text in content.clauses)
    yield "淘汰类判定依据", clauses or "该日没有已载入的条款"


def audited(content: Content) -> str:
    """Where the chain of who did what stood, as it is printed."""
    number, digest = content.audited or (0, "")
    return f"{content.snapshot.county} 第{number}条记录：{digest}"


def _base(content: Content) -> Row:
    firms = content.firms()
    machines = sum(machine.bodies for firm in firms for machine in firm.equipment)
    told = f"企业{len(firms)}家，设备{machines}台（在厂、已拆除和不能确定的都算）"
    return Row(("底数", told), Origin(tuple(ref("enterprise", firm) for firm in firms)))


def _sheets(made: Sequence[Table], left_out: Iterable[tuple[str, str]]) -> Iterator[tuple[Printed, ...]]:
    yield "各表行数", "；".join(f"{table.name}{len(table.rows)}行" for table in made)
    out = "；".join(f"{name}（{why}）" for name, why in left_out)
    yield "未出的表", out or "没有"
    yield "内容摘要", digest(made)


def _history(content: Content) -> Iterator[tuple[Printed, ...]]:
    for revision in content.revisions:
        yield f"第{revision.number}版", f"依据第{revision.known}号变更；{revision.reason}"
    for source in content.sources:
        told = f"{source.file}；来源：{source.source}；情况日期：{source.day}；第{source.change}号变更"
        yield "来源文件", f"{told}；SHA-256 {source.sha256}"

"""What an import did or would do, in a few lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.dates import DateInterval
from app.domain.proposal import Difference, Entry, Proposal
from app.domain.statement import Value
from app.domain.vocabulary import SECTIONS, label
from importers.intake import Intake

#: Differences shown; the rest is counted.
SHOWN = 10

WORDS = {
    "new": "新增",
    "changed": "变化",
    "same": "一致",
    "conflict": "冲突",
    "missing": "本次缺报",
    "held": "暂存",
}


def summary(intake: Intake) -> list[str]:
    """The lines that `luzhang import` prints without --json."""
    proposal = intake.proposal
    counted = "，".join(f"{WORDS[bucket]} {count} 家" for bucket, count in proposal.totals().items())
    return [
        f"{proposal.file}（{proposal.day}，来源：{proposal.source}）",
        counted,
        _outcome(intake),
        *_details(proposal),
    ]


def _outcome(intake: Intake) -> str:
    if intake.applied is not None:
        applied = intake.applied
        done = f"涉及企业 {applied.enterprises} 家、设备 {applied.equipment} 台（组）"
        return f"已导入：第 {intake.change} 号变更，{done}；撤销请用 luzhang undo {applied.batch}"
    return "试算，没有写入" if intake.dry_run else "同一文件、同一天已导入过，没有写入"


def _details(proposal: Proposal) -> Iterator[str]:
    lines = [line for entry in proposal.entries for line in _entry(proposal.file, entry)]
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield f"  …… 另有 {len(lines) - SHOWN} 处差异"


def _entry(file: str, entry: Entry) -> Iterator[str]:
    places = {(said.subject, said.section, said.field): said.evidence.place for said in entry.statements}
    for one in entry.differences:
        place = places.get((one.subject, one.section, one.field), file)
        yield f"  {place} {entry.name}：{difference(one)}"


def difference(one: Difference) -> str:
    """One field before and after."""
    zh = SECTIONS[one.section][one.field].zh
    before = shown(one.section, one.field, one.before) if one.before is not None else "未记载"
    after = shown(one.section, one.field, one.after)
    if one.conflict:
        return f"{zh} {one.other_source}说“{before}”，这里说“{after}”（冲突，两说并存）"
    return f"{zh} {before} → {after}"


def shown(section: str, field: str, value: Value) -> str:
    """A value as people read it."""
    return value.text if isinstance(value, DateInterval) else label(section, field, value)

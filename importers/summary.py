"""What an import did or would do, in a few lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.masking import masked_label
from app.domain.proposal import Difference, Entry, Proposal
from app.domain.vocabulary import SECTIONS
from importers.intake import Intake

#: Differences shown; the rest is counted.
SHOWN = 50

BUCKETS = {"new": "新增", "changed": "变更", "same": "相同", "conflict": "冲突", "missing": "本次未列", "held": "待定"}


def summary(intake: Intake) -> list[str]:
    """What it came to, and each field that differs."""
    return [*outcome(intake), *_details(intake.proposal)]


def outcome(intake: Intake) -> list[str]:
    """How many firms of which sort, and what was written."""
    totals = intake.proposal.totals()
    counted = "，".join(f"{word} {totals[bucket]}" for bucket, word in BUCKETS.items() if totals[bucket])
    learned = [f"  {_learned(intake.learned)}"] if intake.learned else []
    return [f"{intake.proposal.file}：企业 {counted or '没有'}", f"  {_written(intake)}", *learned]


def _learned(said: Mapping[str, Any]) -> str:
    """How much of the file was read by answers to earlier ones."""
    parts = ((said["columns"], "列"), (said["rows"], "行"))
    counted = "、".join(f"{len(part)} {word}" for part, word in parts if part)
    return f"{counted}按以前说明过的读（luzhang decide list 可查，可撤回）"


def _written(intake: Intake) -> str:
    if intake.applied is not None:
        applied = intake.applied
        done = f"企业 {applied.enterprises} 家，设备 {applied.equipment} 组有变化"
        return f"已写入：{done}；变更第 {intake.change} 号，批次 {applied.batch}"
    if intake.why in ("later", "older"):
        return f"没有写入，已留存，编号 {intake.waiting}（写入：luzhang imports apply {intake.waiting}）"
    if intake.dayless:
        return "没有写入：还不知道名册说的是哪一天的情况（以上按今天试算）"
    return "试算，没有写入" if intake.dry_run else "同一文件、同一天已经导入过，没有再写"


def _details(proposal: Proposal) -> Iterator[str]:
    lines = [line for entry in proposal.entries for line in _entry(proposal.file, entry)]
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield f"  …… 另有 {len(lines) - SHOWN} 处差异"


def _entry(file: str, entry: Entry) -> Iterator[str]:
    places = {(said.subject, said.section, said.field): said.evidence.place for said in entry.statements}
    # A conflict is among the issues, with what each side says.
    for one in (one for one in entry.differences if not one.conflict):
        place = places.get((one.subject, one.section, one.field), file)
        yield f"  {place} {entry.name}：{difference(one)}"


def difference(one: Difference) -> str:
    """One field before and after."""
    zh = SECTIONS[one.section][one.field].zh
    nothing = "有争议" if one.doubted else "未记载"
    before = nothing if one.before is None else masked_label(one.section, one.field, one.before)
    return f"{zh} {before} → {masked_label(one.section, one.field, one.after)}"

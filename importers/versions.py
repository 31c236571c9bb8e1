"""Which of two versions of a roster is the newer, by the marks that people give them; and what that means for a file.

By date in the file's name, then version number, then word (初稿, 修订, 终版), then by when the workbook says it was
last saved. Where nothing tells, the one that was sent later is the newer.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath

from sqlalchemy.orm import Session

from app.domain.proposal import Proposal, RosterIssue, Said
from app.domain.statement import same_value
from app.register.desk import desk_queries
from app.register.imports.kept_files import kept_file
from app.register.imports.versions import (
    Version,
    Word,
    alike,
    differences,
    perhaps,
    standing_versions,
    version_of,
    waiting_versions,
)
from app.register.scope import REGISTER
from app.store.kept_bytes import FileForgotten
from app.store.models import ImportBatch, WaitingFile

NEWER = "import.newer_version"
OLDER = "import.older_version"
PERHAPS = "import.perhaps_version"
APPLIED_BEFORE = "import.applied_before"

_DATE = re.compile(
    r"(?<!\d)(20\d\d)(?:(0[1-9]|1[0-2])([0-2]\d|3[01])|\s?[-_./年]\s?(\d{1,2})\s?[-_./月]\s?(\d{1,2})日?)(?!\d)"
)
_DIGITS = "一二三四五六七八九十"
_NUMBER = re.compile(
    rf"(?:v|ver|version|版本)[ ._-]?(\d{{1,3}}(?:\.\d{{1,3}})*)"
    rf"|(?<!\d)第?(\d{{1,2}}|[{_DIGITS}]{{1,3}})(?:稿|版|次修[订改])"
    r"|(?:修订|修改|更新|更正)(?:稿|版)?(\d{1,2})(?!\d)",
)
_FIRST, _PLAIN, _REVISED, _LAST = range(4)

#: Words for how far a roster has come, the first that fits.
_WORDS = (
    (re.compile("最终|终稿|终版|定稿|最新"), _LAST),
    (re.compile("修订|修改|更新|更正|改后"), _REVISED),
    (re.compile("初稿|草稿|讨论稿|征求意见"), _FIRST),
)
_COPY = re.compile(r"[(（]\d{1,2}[)）]|副本|核对|copy|[(（]\s*[)）]|[\s_\-—.·、,，]+|稿|版")
_SAVED = re.compile(rb"<(?:dcterms:modified|dc:date)\b[^>]*>\s*([0-9T:+Z.\-]{10,40})\s*<")

#: Before this a workbook was saved by no clock but by a program's fixed date.
_CLOCKS = 2010


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells a version: `stem`, the name without all that does; date, number and word of it; the time of saving."""

    stem: str
    day: tuple[int, ...] | None
    number: tuple[int, ...] | None
    word: int
    saved: datetime | None

    @property
    def revised(self) -> bool:
        """Whether it says that there was one before."""
        return self.word > _PLAIN or (self.number or (1,)) > (1,)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands beside a file of its source, township and day.

    `newer`: a version that people would call newer, applied or waiting, and how they would know. `former`: the version
    that it follows, where it is the newer one. `perhaps`: one that it may follow (or go before, as `by` tells) though
    its columns are others. `whole`: all that the file says; `others`: what was applied for that source and day.
    """

    newer: ImportBatch | WaitingFile | None = None
    by: str = ""
    former: Version | None = None
    perhaps: Version | None = None
    whole: Proposal | None = None
    others: tuple[Version, ...] = ()


def marks(name: str, content: bytes) -> Marks:
    """The marks of a file."""
    plain = unicodedata.normalize("NFKC", PurePath(name).stem).casefold()
    date = _DATE.search(plain)
    rest = _DATE.sub("", plain)
    number = _NUMBER.search(rest)
    rest = _NUMBER.sub("", rest)
    word = next((rank for pattern, rank in _WORDS if pattern.search(rest)), _PLAIN)
    for pattern, _ in _WORDS:
        rest = pattern.sub("", rest)
    return Marks(
        _COPY.sub("", rest),
        tuple(int(part) for part in date.groups() if part) if date else None,
        _number(number) if number else None,
        word,
        saved(content),
    )


def _number(found: re.Match[str]) -> tuple[int, ...]:
    text = next(group for group in found.groups() if group)
    if text[0] in _DIGITS:
        tens, ten, ones = text.rpartition("十")
        return ((_digit(tens) or 1) * 10 * bool(ten) + _digit(ones),)
    return tuple(int(part) for part in text.split(".") if part.isdecimal())


def _digit(text: str) -> int:
    return _DIGITS.index(text[0]) + 1 if text else 0


def saved(content: bytes) -> datetime | None:
    """When a workbook says that it was last saved; None where it does not say."""
    if not content.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for part in ("docProps/core.xml", "meta.xml"):
                if part in package.NameToInfo:
                    with package.open(part) as opened:
                        found = _SAVED.search(opened.read(65536))
                    at = datetime.fromisoformat(found[1].decode()) if found else None
                    return at if at and at.year >= _CLOCKS else None
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, EOFError):
        return None
    return None


def compared(one: Marks, other: Marks, *, by_time: bool = True) -> tuple[int, str]:
    """1 where the one is newer, -1 where the other is, 0 where nothing tells; and what tells."""
    if one.day and other.day and one.day != other.day:
        return (1 if one.day > other.day else -1), "文件名上的日期"
    if one.number and other.number and one.number != other.number:
        return (1 if one.number > other.number else -1), "文件名上的版次"
    if one.word != other.word and {one.word, other.word} & {_FIRST, _LAST}:
        return (1 if one.word > other.word else -1), "文件名上的字样"
    if one.revised != other.revised:
        return (1 if one.revised else -1), "文件名上的版次或字样"
    timed = by_time and one.saved and other.saved and (one.saved.tzinfo is None) == (other.saved.tzinfo is None)
    if timed and one.saved != other.saved:
        return (1 if one.saved > other.saved else -1), "工作簿里记的保存时间"  # type: ignore[operator]
    return 0, ""


def version_of_proposal(proposal: Proposal, id: str | None = None) -> Version:
    """A file that is not applied as a version: all that applying it would record."""
    said: dict[tuple[str, str], Word] = {}
    things: dict[str, tuple[str, str]] = {}
    for entry in proposal.entries:
        for one in entry.statements:
            if one.evidence.cell:
                said[one.subject, one.field] = Word(one.value, one.evidence)
            things[one.subject] = (one.section, entry.enterprise)
    names = {entry.enterprise: entry.name for entry in proposal.entries}
    listed = frozenset((*names, *(row.enterprise for row in proposal.rows if row.enterprise)))
    held = sum(row.fate == "held" for row in proposal.rows)
    return Version(id, proposal.file, said, things, names, listed, held)


def beside(session: Session, proposal: Proposal, content: bytes, whole: Callable[[], Proposal]) -> Standing:
    """What stands beside a file: a newer version, or the one that it follows. `whole`: all that it says."""
    if not proposal.counts.get("rows_read"):
        return Standing()
    group = (session, proposal.county, proposal.source, proposal.township, proposal.day)
    own = marks(proposal.file, content)
    applied = standing_versions(*group, but=proposal.sha256)
    found = Standing()
    if applied:
        said = whole()
        found = _beside(session, own, version_of_proposal(said), applied)
        found = replace(found, whole=said)
    for waits in waiting_versions(*group, but=proposal.sha256) if found.newer is None else ():
        other = _marks_of(session, waits)
        order, by = compared(own, other)
        if order < 0 and _same_name(own, other):
            return replace(found, newer=waits, by=by)
    return found


def _beside(session: Session, own: Marks, version: Version, applied: Sequence[ImportBatch]) -> Standing:
    corrections = set(session.scalars(desk_queries.correcting(applied[0].county, REGISTER)))
    others = {batch.id: version_of(session, batch) for batch in applied}
    found = Standing(others=tuple(others.values()))
    for batch in applied:
        before, other = others[batch.id], _marks_of(session, batch)
        # A marked copy that came back was saved after what it corrects was, whatever was sent since.
        order, by = compared(own, other, by_time=batch.id not in corrections)
        if not (before.listed & version.listed and (_same_name(own, other) or alike(before, version))):
            if found.perhaps is None and perhaps(before, version):
                found = replace(found, perhaps=before, by=by if order < 0 else "")
            continue
        if order < 0:
            return replace(found, newer=batch, by=by)
        found = replace(found, former=found.former or before)
    return found


def said_again(proposal: Proposal, standing: Standing) -> Proposal:
    """The proposal with what the file says just as others of its source did for that day.

    Of a file that stands alone nothing would be lost by leaving it out; of a version it would be, when the former one
    is taken back.
    """
    if standing.whole is None:
        return proposal
    words = {entry.enterprise: entry.statements for entry in standing.whole.entries}
    entries = []
    for entry in proposal.entries:
        heard = {(one.subject, one.field) for one in entry.statements}
        more = [
            one
            for one in words.get(entry.enterprise, ())
            if entry.bucket != "held" and (one.subject, one.field) not in heard and _said(standing.others, one)
        ]
        entries.append(replace(entry, statements=(*entry.statements, *more)))
    return replace(proposal, entries=tuple(entries))


def _said(others: Iterable[Version], one: Said) -> bool:
    words = (other.said.get((one.subject, one.field)) for other in others)
    return any(word is not None and same_value(word.value, one.value) for word in words)


def _same_name(one: Marks, other: Marks) -> bool:
    return bool(one.stem) and one.stem == other.stem


def _marks_of(session: Session, one: ImportBatch | WaitingFile) -> Marks:
    try:
        file = kept_file(session, one.county, one.sha256)
    except FileForgotten:
        file = None
    return marks(one.file, file.content if file else b"")


def newer_version(former: Version, whole: Proposal, batch: str | None) -> RosterIssue:
    """That a file follows another version of its roster, and how far they differ; `batch`: its own id."""
    found = differences(former, version_of_proposal(whole))
    words = [f"说法不同 {len(found.changed)} 处"]
    for bucket, word in (("gone", "前一版有而这一版没有的"), ("new", "这一版多出的")):
        counted = [
            f"{zh} {found.count(bucket, section)} {unit}"
            for section, zh, unit in (("enterprise", "企业", "家"), ("equipment", "设备", "组"))
            if found.count(bucket, section)
        ]
        words += [f"{word}{'、'.join(counted)}"] if counted else []
    message = f"“{former.file}”（批次 {former.id}）是同一来源、同一天的前一版，现以这一版为准：{'，'.join(words)}"
    look = f"逐项对照：luzhang imports diff {batch}；" if batch else "写入后可用 luzhang imports diff 逐项对照；"
    fix = f"{look}前一版有而这一版没有的不会删除，请核实是拆除、关停还是漏报"
    return RosterIssue(NEWER, "warning", None, None, None, None, message, fix)


def perhaps_version(former: Version, whole: Proposal, by: str, batch: str | None) -> RosterIssue:
    """That a file may be another version of a roster in other columns; `by`: what tells that it is the older one."""
    firms = version_of_proposal(whole).listed
    both = len(firms & former.listed)
    age = f"；看{by}，这一份较旧" if by else ""
    message = (
        f"“{former.file}”（批次 {former.id}）来自同一来源、同一天，这一份 {len(firms)} 家企业中有 {both} 家也在其中，"
        f"但文件名和列不同：可能是同一份名册的另一版，也可能是另一张表，先当作另一张表{age}"
    )
    if batch is None:
        return _issue("question", message, "请核实是不是同一份名册的另一版", PERHAPS)
    fix = (
        f"请核实：是另一张表的不用管；是新的一版的，用 luzhang imports diff {batch} --against {former.id} 逐项对照，"
        f"前一版有而这一版没有的要核实；是旧的一版的，用 luzhang undo {batch} 撤回"
    )
    return _issue("question", message, fix, PERHAPS)


def older_version(newer: ImportBatch | WaitingFile, by: str, id: str | None, *, applied: bool = False) -> RosterIssue:
    """That a newer version stands, so that a file is not applied by itself (or was, because a person said so)."""
    where = "还没有写入" if isinstance(newer, WaitingFile) else "已入库"
    message = f"“{newer.file}”（编号 {newer.id}，{where}）是同一来源、同一天较新的一版（看{by}）"
    if applied:
        return _issue("warning", f"{message}，这一份已按你的决定写入，以它为准", f"定错了的，请 luzhang undo {id}")
    if id is None:
        return _issue("question", f"{message}，这一份不会自动写入", "正式导入时会留存，由人决定要不要写入")
    fix = f"仍以这一份为准的，请 luzhang imports apply {id}；不要的，请 luzhang imports drop {id} --reason 理由"
    if isinstance(newer, WaitingFile):
        fix = f"请先写入较新的：luzhang imports apply {newer.id}；{fix}"
    return _issue("question", f"{message}，这一份没有写入，已留存", fix)


def _issue(severity: str, message: str, fix: str, code: str = OLDER) -> RosterIssue:
    return RosterIssue(code, severity, None, None, None, None, message, fix)

"""When a person is forgotten, kept rosters go on without them in replies and readings; files of papers go whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine, select, text

from app.domain.masking import REMOVED
from app.errors import Decided, NotFound
from app.register.imports.waiting import Source, source_of
from app.register.papers import acts
from app.register.personal import files
from app.register.personal.whom import Forgetting
from app.register.scope import LOCAL_OPERATOR
from app.store.changes import head, open_change
from app.store.engine import reading, unit
from app.store.kept_bytes import FileForgotten
from app.store.keys import ring_of
from app.store.models import ImportBatch, RedactedFile, SourceFile
from app.store.verification import verify
from importers.intake import Upload, apply_waiting, resume, take_in
from importers.kept import open_source
from importers.redaction import redacted
from importers.replying import reply_of
from tests.importers.redaction.test_redaction import everything
from tests.register.papers.papers import SCAN, letter, recorded, two_firms

COUNTY = "431127"
ZHANG, WANG = "13812345678", "13987654321"
HEADER = ("序号", "企业名称", "乡镇", "联系人", "联系电话", "炉型", "台数", "备注")
ROWS = (
    (1, "甲铸造厂", "新圩镇", "张三", int(ZHANG), "铝壳炉", 2, None),
    (2, "乙铸造厂", "新圩镇", "王五", WANG, "钢壳炉", 1, "也可找张三 138-1234-5678"),
)


def roster(folder: Path, name: str = "新圩镇.xlsx", day: str = "2024-01-15", rows: Iterable[object] = ROWS) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("铸造企业名册",), ("填报单位：新圩镇人民政府", None, None, None, f"填报日期：{day}"), HEADER, *rows):
        sheet.append(row)
    book.save(folder / name)
    return folder / name


def whom(engine: Engine, *numbers: str, papers: tuple[str, ...] = (), firms: Iterable[str] = ()) -> Forgetting:
    persons = frozenset(ring_of(engine).person(COUNTY, one) for one in numbers)
    names = frozenset(["张三"] if ZHANG in numbers else [])
    return Forgetting(COUNTY, persons, frozenset(numbers), names, papers, frozenset(firms))


def recorded_only(engine: Engine, told: Forgetting) -> dict[str, int]:
    """The act up to its commit."""
    made = files.prepared(engine, told, LOCAL_OPERATOR, redacted)
    with unit(engine) as session:
        change = open_change(session, COUNTY, "forget", actor="测试", reason="本人要求")
        return files.record(session, COUNTY, change.number, made)


def finished(engine: Engine) -> int:
    """What comes after the commit, and again wherever it was cut short."""
    with reading(engine) as session:
        names = files.to_remove(session, COUNTY)
    return ring_of(engine).remove_files(names)


def forgotten(engine: Engine, told: Forgetting) -> dict[str, int]:
    counts = recorded_only(engine, told)
    finished(engine)
    return counts


def source(engine: Engine, batch: str) -> Source:
    with reading(engine) as session:
        return source_of(session, COUNTY, batch)


def findings(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [one.code for one in verify(session)]


def stored(engine: Engine) -> bytes:
    """All bytes of files that the database holds."""
    with reading(engine) as session:
        rows = [*session.scalars(select(SourceFile.content)), *session.scalars(select(RedactedFile.content))]
    return b"".join(bytes(row) for row in rows if row)


def changes(engine: Engine) -> int:
    with reading(engine) as session:
        return head(session, COUNTY)


def applied(engine: Engine, file: Path) -> str:
    intake = take_in(engine, file, county=COUNTY)
    assert intake.applied is not None
    return intake.applied.batch


def test_what_is_kept_of_a_roster_is_sealed_and_read_as_it_was_sent(engine: Engine, tmp_path: Path) -> None:
    file = roster(tmp_path)
    batch = applied(engine, file)
    assert b"PK\x03\x04" not in stored(engine)
    assert source(engine, batch).content == file.read_bytes()
    assert findings(engine) == []


def test_a_roster_goes_on_without_the_person(engine: Engine, tmp_path: Path) -> None:
    file = roster(tmp_path)
    batch = applied(engine, file)
    told = whom(engine, ZHANG)
    assert files.counted(engine, told, LOCAL_OPERATOR) == {"files": 1, "papers": 0}
    assert forgotten(engine, told) == {"files": 1, "papers": 0, "files_emptied": 0}
    assert findings(engine) == []

    now = source(engine, batch)
    said = everything(now.content)
    assert ZHANG not in said
    assert "138-1234-5678" not in said
    assert (now.name, now.sha256) == ("新圩镇.xlsx", hashlib.sha256(file.read_bytes()).hexdigest())
    cells = open_source(now).sheets[0]
    assert [cells.text(4, column) for column in (2, 4, 5)] == ["甲铸造厂", REMOVED, REMOVED]
    assert [cells.text(5, column) for column in (2, 4, 5)] == ["乙铸造厂", "王五", WANG]
    with reading(engine) as session:
        assert session.scalars(select(RedactedFile.alike)).all() == [True]


def test_the_reply_and_the_second_reading_go_on_from_the_copy(engine: Engine, tmp_path: Path) -> None:
    batch = applied(engine, roster(tmp_path))
    forgotten(engine, whom(engine, ZHANG))
    before = changes(engine)

    name, reply = reply_of(engine, batch)
    assert (name, reply.instead) == ("新圩镇.xlsx", "")
    assert ZHANG not in everything(reply.content)
    assert resume(engine, batch).applied is None
    assert changes(engine) == before


def test_a_reply_that_comes_back_is_laid_over_the_copy(engine: Engine, tmp_path: Path) -> None:
    batch = applied(engine, roster(tmp_path))
    forgotten(engine, whom(engine, ZHANG))
    _, reply = reply_of(engine, batch)
    came = take_in(engine, Upload(reply.content, "新圩镇（核对）.xlsx"), county=COUNTY, dry_run=True)
    assert came.came is not None
    assert came.came.source is not None
    assert came.came.source.batch == batch
    assert "reply.original_unknown" not in {one.code for one in came.proposal.issues}


def test_the_same_file_again_is_nothing_to_do_and_is_not_kept_anew(engine: Engine, tmp_path: Path) -> None:
    file = roster(tmp_path)
    batch = applied(engine, file)
    forgotten(engine, whom(engine, ZHANG))
    before = changes(engine)

    again = take_in(engine, file, county=COUNTY)
    assert (again.applied, changes(engine)) == (None, before)
    later = take_in(engine, file, county=COUNTY, valid_from=date(2024, 6, 30))
    assert later.applied is not None
    assert ZHANG not in everything(source(engine, later.applied.batch).content)
    assert source(engine, batch).content == source(engine, later.applied.batch).content


def test_an_act_that_was_cut_short_is_named_and_finished_once(engine: Engine, tmp_path: Path) -> None:
    batch = applied(engine, roster(tmp_path))
    files.prepared(engine, whom(engine, ZHANG), LOCAL_OPERATOR, redacted)  # and killed: nothing has happened
    assert findings(engine) == []
    recorded_only(engine, whom(engine, ZHANG))  # and killed: the copy counts, the key is there still
    assert findings(engine) == ["file.key_left"]
    assert ZHANG not in everything(source(engine, batch).content)

    assert finished(engine) == 1
    assert finished(engine) == 0
    assert findings(engine) == []


def test_a_second_person_is_taken_out_of_the_copy(engine: Engine, tmp_path: Path) -> None:
    batch = applied(engine, roster(tmp_path))
    forgotten(engine, whom(engine, ZHANG))
    assert forgotten(engine, whom(engine, ZHANG))["files"] == 0
    assert forgotten(engine, whom(engine, WANG))["files"] == 1
    said = everything(source(engine, batch).content)
    assert (ZHANG in said, WANG in said) == (False, False)
    assert findings(engine) == []


def test_a_key_that_goes_without_a_record_is_a_finding(engine: Engine, tmp_path: Path) -> None:
    batch = applied(engine, roster(tmp_path))
    ring = ring_of(engine)
    ring.remove_files(ring.files_naming(COUNTY, [ring.person(COUNTY, ZHANG)]))
    assert findings(engine) == ["file.key_missing"]
    with pytest.raises(FileForgotten):
        source(engine, batch)


def test_a_file_that_waits_is_applied_without_the_person_under_its_own_digest(engine: Engine, tmp_path: Path) -> None:
    file = roster(tmp_path)
    waits = take_in(engine, file, county=COUNTY, later=True).waiting
    assert waits is not None
    forgotten(engine, whom(engine, ZHANG))
    done = apply_waiting(engine, waits)
    assert done.applied is not None
    with reading(engine) as session:
        batch = session.scalars(select(ImportBatch)).one()
    assert (batch.id, batch.sha256) == (waits, hashlib.sha256(file.read_bytes()).hexdigest())
    assert take_in(engine, file, county=COUNTY).applied is None
    assert findings(engine) == []


def test_a_name_is_found_by_its_firm(engine: Engine, tmp_path: Path) -> None:
    batch = applied(engine, roster(tmp_path, rows=[(1, "甲铸造厂", "新圩镇", "张三", None, "铝壳炉", 2, None)]))
    with reading(engine) as session:
        firm = session.execute(text("SELECT id FROM enterprise")).scalar_one()
    assert forgotten(engine, whom(engine, ZHANG))["files"] == 0
    assert forgotten(engine, whom(engine, ZHANG, firms=[firm]))["files"] == 1
    assert "张三" not in everything(source(engine, batch).content)


def test_a_contact_of_another_firm_with_the_same_name_stays(engine: Engine, tmp_path: Path) -> None:
    other = (3, "丙铸造厂", "新圩镇", "张三", "13700000000", "铝壳炉", 1, None)
    batch = applied(engine, roster(tmp_path, rows=[*ROWS, other]))
    with reading(engine) as session:
        firm = session.execute(text("SELECT enterprise_id FROM enterprise_name WHERE name = '甲铸造厂'")).scalar_one()
    forgotten(engine, whom(engine, ZHANG, firms=[firm]))
    cells = open_source(source(engine, batch)).sheets[0]
    assert [cells.text(row, 4) for row in (4, 5, 6)] == [REMOVED, "王五", "张三"]


def test_a_file_that_comes_meanwhile_stops_the_act(engine: Engine, tmp_path: Path) -> None:
    applied(engine, roster(tmp_path))
    made = files.prepared(engine, whom(engine, ZHANG), LOCAL_OPERATOR, redacted)
    applied(engine, roster(tmp_path, "二季度.xlsx", "2024-06-30"))
    with pytest.raises(Decided) as told, unit(engine) as session:
        change = open_change(session, COUNTY, "forget", actor="测试", reason="本人要求")
        files.record(session, COUNTY, change.number, made)
    assert told.value.code == "personal.files_came"


def test_the_file_of_a_paper_goes_where_it_is_named(engine: Engine) -> None:
    two_firms(engine)
    paper = recorded(engine, letter(), SCAN, "来函.pdf")["document"]
    assert forgotten(engine, whom(engine, ZHANG, papers=(paper,)))["papers"] == 1
    assert findings(engine) == []

    with pytest.raises(FileForgotten) as told:
        acts.handed(engine, COUNTY, paper, changes(engine), LOCAL_OPERATOR)
    assert (told.value.code, "已按规定删除" in told.value.message) == ("file.forgotten", True)
    with pytest.raises(Decided) as again:
        recorded(engine, letter(), SCAN, "又来.pdf")
    assert again.value.code == "evidence.forgotten"


def test_a_paper_that_is_none_is_refused_before_anything_is_done(engine: Engine) -> None:
    with pytest.raises(NotFound):
        files.prepared(engine, whom(engine, ZHANG, papers=("没有",)), LOCAL_OPERATOR, redacted)

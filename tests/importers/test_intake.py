"""A file goes in once, whole or not at all; what it says is shown before, and can be taken back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, func, select

from app.domain.register import AsOf, Snapshot
from app.errors import NoRoster, UnknownCounty, UnknownTownship, Unreadable
from app.register.facts.views import snapshot
from app.register.imports.batches import batches
from app.register.imports.taking_back import take_back
from app.register.scope import LOCAL_OPERATOR
from app.store.changes import head
from app.store.engine import reading
from app.store.models import ImportIssue, ImportRow
from importers import intake
from importers.arrival import proposal_of
from importers.intake import Intake, Upload, take_in
from importers.roster.told import told_from
from importers.summary import summary

COUNTY = "431127"
HEADER = ("序号", "企业名称", "乡镇", "炉型", "容量（吨）", "台数", "生产状态")
FIRST = (1, "甲铸造厂", "新圩镇", "铝壳炉", 0.5, 2, "在产")
SECOND = (2, "乙铸造厂", "新圩镇", "钢壳炉", 1, 1, "在产")


def write(path: Path, *rows: tuple[Any, ...], day: str | None = "2024-01-15", unit: str = "新圩镇人民政府") -> Path:
    """A roster as a township would send it."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(("铸造企业名册",))
    sheet.append((f"填报单位：{unit}", None, None, None, f"填报日期：{day}" if day else None))
    for row in (HEADER, *rows):
        sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return write(tmp_path / "新圩镇.xlsx", FIRST, SECOND)


def changes(engine: Engine) -> int:
    with reading(engine) as session:
        return head(session, COUNTY)


def seen(engine: Engine, day: str = "2024-12-31") -> Snapshot:
    with reading(engine) as session:
        as_of = AsOf(date.fromisoformat(day), head(session, COUNTY))
        return snapshot(session, COUNTY, as_of, LOCAL_OPERATOR)


def buckets(intake: Intake) -> dict[str, int]:
    return {bucket: count for bucket, count in intake.as_dict()["proposal"].items() if count}


def test_a_roster_is_applied_in_one_change(engine: Engine, roster: Path) -> None:
    found = take_in(engine, roster, county=COUNTY).as_dict()

    assert list(found) == ["batch", "file", "dry_run", "proposal", "applied", "change", "issues", "counts"]
    assert found["proposal"] == {"new": 2, "changed": 0, "same": 0, "conflict": 0, "missing": 0, "held": 0}
    assert found["applied"] == {"enterprises": 2, "equipment": 2}
    assert (found["file"], found["dry_run"], found["change"], changes(engine)) == ("新圩镇.xlsx", False, 1, 1)
    firms = {firm.name: firm for firm in seen(engine).enterprises}
    assert firms["甲铸造厂"].facts["township"] == "新圩镇"
    assert [machine.bodies for machine in firms["甲铸造厂"].equipment] == [2]


def test_every_row_is_kept_with_its_firm(engine: Engine, roster: Path) -> None:
    take_in(engine, roster, county=COUNTY)

    with reading(engine) as session:
        kept = session.execute(select(ImportRow.fate, ImportRow.enterprise_id).order_by(ImportRow.row)).all()
    assert [(fate, firm is not None) for fate, firm in kept] == [("record", True), ("record", True)]


def test_the_same_bytes_for_the_same_day_write_nothing(engine: Engine, roster: Path) -> None:
    take_in(engine, roster, county=COUNTY)

    again = take_in(engine, roster, county=COUNTY)

    assert buckets(again) == {"same": 2}
    assert (again.as_dict()["batch"], again.applied, again.change, changes(engine)) == (None, None, None, 1)


@pytest.mark.parametrize("rows", [(FIRST, SECOND), (FIRST, (3, "丙铸造厂", "新圩镇", "铝壳炉", "约0.5", 1, "在产"))])
def test_the_same_bytes_sent_again_at_once_are_said_to_be_the_same_as_reckoning_would_say(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: tuple[tuple[Any, ...], ...]
) -> None:
    file = write(tmp_path / "新圩镇.xlsx", *rows)
    take_in(engine, file, county=COUNTY)
    with monkeypatch.context() as without:
        without.setattr(intake, "as_applied", lambda *_: None)
        reckoned = take_in(engine, file, county=COUNTY).as_dict()
    monkeypatch.setattr(intake, "proposal_of", None)

    assert take_in(engine, file, county=COUNTY).as_dict() == reckoned


def test_the_same_bytes_are_reckoned_anew_once_anything_was_recorded_since(
    sqlite_engine: Engine, tmp_path: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(sqlite_engine, roster, county=COUNTY)
    take_in(sqlite_engine, write(tmp_path / "环保所.xlsx", FIRST, unit="新圩镇环保所"), county=COUNTY)
    reckoned: list[Any] = []
    monkeypatch.setattr(intake, "proposal_of", lambda *given: reckoned.append(given) or proposal_of(*given))

    assert buckets(take_in(sqlite_engine, roster, county=COUNTY)) == {"same": 2}
    assert len(reckoned) == 1


def test_the_same_bytes_read_by_another_map_say_how_to_apply_them(sqlite_engine: Engine, roster: Path) -> None:
    first = take_in(sqlite_engine, roster, county=COUNTY)
    told = told_from({"columns": [{"sheet": "Sheet", "column": "G", "field": "enterprise.progress"}]})

    again = take_in(sqlite_engine, roster, county=COUNTY, told=told).as_dict()

    assert (again["batch"], again["applied"], again["change"]) == (None, None, None)
    assert again["issues"][0]["code"] == "import.applied_before"
    assert first.applied is not None
    assert first.applied.batch in again["issues"][0]["fix"]


def test_a_later_roster_that_says_the_same_is_a_change_that_changes_no_fact(
    engine: Engine, roster: Path, tmp_path: Path
) -> None:
    take_in(engine, roster, county=COUNTY)

    later = take_in(engine, write(tmp_path / "后.xlsx", SECOND, FIRST, day="2024-04-15"), county=COUNTY)

    assert buckets(later) == {"same": 2}
    assert later.as_dict()["applied"] == {"enterprises": 0, "equipment": 0}
    assert later.change == 2


def test_a_dry_run_writes_nothing(engine: Engine, roster: Path) -> None:
    found = take_in(engine, roster, county=COUNTY, dry_run=True).as_dict()

    assert (found["batch"], found["applied"], found["change"], changes(engine)) == (None, None, None, 0)
    assert found["proposal"]["new"] == 2


def test_an_upload_is_read_by_its_bytes(engine: Engine, roster: Path) -> None:
    found = take_in(engine, Upload(roster.read_bytes(), "新圩镇.xlsx"), county=COUNTY)

    assert buckets(found) == {"new": 2}


def test_two_sources_of_one_day_are_both_kept(engine: Engine, roster: Path, tmp_path: Path) -> None:
    take_in(engine, roster, county=COUNTY)
    other = (1, "甲铸造厂", None, None, None, None, "停产")

    found = take_in(engine, write(tmp_path / "督察.xlsx", other, unit="省督察组"), county=COUNTY)

    assert (buckets(found), found.status) == ({"conflict": 1}, 1)
    [firm] = [firm for firm in seen(engine).enterprises if firm.name == "甲铸造厂"]
    assert (firm.facts.get("status"), firm.disputed) == (None, {"status"})


def test_what_is_doubtful_is_held_and_asked_and_the_rest_applied(engine: Engine, tmp_path: Path) -> None:
    file = write(tmp_path / "名册.xlsx", FIRST, (2, "乙铸造厂", "无名镇", "钢壳炉", 1, 1, "在产"))

    found = take_in(engine, file, county=COUNTY)

    assert (buckets(found), found.status) == ({"new": 1, "held": 1}, 1)
    assert found.as_dict()["counts"]["rows_held"] == 1
    assert [firm.name for firm in seen(engine).enterprises] == ["甲铸造厂"]
    with reading(engine) as session:
        assert session.scalars(select(ImportIssue.code)).all() == ["township.unknown"]
        assert session.scalar(select(func.count()).where(ImportRow.fate == "held")) == 1


def test_an_import_taken_back_can_be_sent_again(engine: Engine, roster: Path) -> None:
    first = take_in(engine, roster, county=COUNTY)
    take_back(engine, first.as_dict()["batch"], actor=LOCAL_OPERATOR)

    assert seen(engine).enterprises == ()
    assert take_in(engine, roster, county=COUNTY).as_dict()["applied"] == {"enterprises": 2, "equipment": 2}


def test_stated_figures_come_in_beside_the_firms(engine: Engine, roster: Path) -> None:
    book = openpyxl.load_workbook(roster)
    sheet = book.create_sheet("陈述数字")
    for row in (("类别", "表述", "数量", "单位", "时间"), ("停电", "采取停电措施", "不明", "家", "2024年1月10日")):
        sheet.append(row)
    book.save(roster)

    take_in(engine, roster, county=COUNTY)

    [figure] = seen(engine).figures
    assert (figure.topic, figure.number, figure.phrase, figure.source) == (
        "power_cut",
        None,
        "采取停电措施",
        "新圩镇人民政府",
    )


def test_figures_alone_are_an_import(engine: Engine, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("表述", "数量", "时间"), ("采取停电措施的企业", 3, "2024年1月10日")):
        book.worksheets[0].append(row)
    book.save(tmp_path / "数字.xlsx")

    found = take_in(engine, tmp_path / "数字.xlsx", county=COUNTY)

    assert (buckets(found), found.change) == ({}, 1)
    assert [figure.number for figure in seen(engine).figures] == [3.0]


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"county": "999999"}, UnknownCounty),
        ({"county": COUNTY, "township": "无名镇"}, UnknownTownship),
        ({"county": COUNTY, "township": "431126100"}, UnknownTownship),
    ],
)
def test_unknown_places_are_refused(
    sqlite_engine: Engine, roster: Path, told: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        take_in(sqlite_engine, roster, **told)

    assert changes(sqlite_engine) == 0


def test_without_a_day_nothing_is_applied(sqlite_engine: Engine, tmp_path: Path) -> None:
    file = write(tmp_path / "名册.xlsx", FIRST, day=None)

    found = take_in(sqlite_engine, file, county=COUNTY)

    said = found.as_dict()
    assert (said["batch"], said["applied"], said["change"], said["dry_run"]) == (None, None, None, False)
    assert (buckets(found), found.status, found.dayless) == ({"new": 1}, 1, True)
    [issue] = said["issues"]
    assert (issue["code"], issue["severity"], said["counts"]["issues"]) == ("import.no_day", "question", 1)
    assert "--valid-from" in issue["fix"]
    assert seen(sqlite_engine).enterprises == ()
    assert take_in(sqlite_engine, file, county=COUNTY, dry_run=True).status == 1
    assert changes(sqlite_engine) == 1  # the file is kept
    assert take_in(sqlite_engine, file, county=COUNTY, valid_from=date(2024, 2, 1)).change == 2


def test_a_day_in_the_title_is_offered_and_not_taken(sqlite_engine: Engine, tmp_path: Path) -> None:
    file = write(tmp_path / "铸造企业排查表（2025年9月30日）.xlsx", FIRST, day=None)

    [issue] = take_in(sqlite_engine, file, county=COUNTY).as_dict()["issues"]

    assert (issue["code"], seen(sqlite_engine).enterprises) == ("import.no_day", ())
    assert "写有“2025年9月30日”" in issue["message"]
    assert "--valid-from 2025-09-30" in issue["fix"]


def test_a_file_without_a_roster_is_refused(sqlite_engine: Engine, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(("会议纪要",))
    book.save(tmp_path / "纪要.xlsx")

    with pytest.raises(NoRoster):
        take_in(sqlite_engine, tmp_path / "纪要.xlsx", county=COUNTY)
    with pytest.raises(Unreadable):
        take_in(sqlite_engine, Upload(b"", "空.xlsx"), county=COUNTY)

    assert changes(sqlite_engine) == 0


def test_of_eight_imports_of_one_file_at_once_one_applies_and_the_others_say_so(engine: Engine, roster: Path) -> None:
    with ThreadPoolExecutor(8) as all_at_once:
        found = list(all_at_once.map(lambda _: take_in(engine, roster, county=COUNTY), range(8)))

    assert sorted(one.change or 0 for one in found) == [0] * 7 + [1]
    said = [summary(one)[1] for one in found if one.change is None]
    assert said == ["  同一文件、同一天已经导入过，没有再写"] * 7
    assert changes(engine) == 1
    with reading(engine) as session:
        (batch,) = batches(session, COUNTY, LOCAL_OPERATOR).rows
    assert (batch["state"], batch["file"], batch["change"], batch["proposal"]["new"]) == (
        "applied",
        "新圩镇.xlsx",
        1,
        2,
    )


IMPORT = "import sys; from app.cli import run; sys.exit(run(sys.argv[1:]))"


def test_of_eight_processes_that_import_one_file_at_once_one_applies(sqlite_engine: Engine, roster: Path) -> None:
    words = [sys.executable, "-c", IMPORT, "import", str(roster), "--county", COUNTY, "--json"]
    environment = {**os.environ, "LUZHANG_DATABASE_URL": str(sqlite_engine.url)}
    all_at_once = [subprocess.Popen(words, env=environment, stdout=subprocess.PIPE) for _ in range(8)]

    said = [json.loads(one.communicate()[0]) for one in all_at_once]

    assert sorted(one["change"] or 0 for one in said) == [0] * 7 + [1]
    assert {one["proposal"]["same"] for one in said if one["change"] is None} == {2}
    with reading(sqlite_engine) as session:
        (batch,) = batches(session, COUNTY, LOCAL_OPERATOR).rows
    assert (batch["state"], batch["batch"]) == ("applied", next(one["batch"] for one in said if one["batch"]))


def test_people_read_what_was_done_and_where(sqlite_engine: Engine, roster: Path, tmp_path: Path) -> None:
    take_in(sqlite_engine, roster, county=COUNTY)
    changed = (2, "乙铸造厂", "新圩镇", "钢壳炉", 1, 1, "停产")

    lines = summary(
        take_in(sqlite_engine, write(tmp_path / "后.xlsx", FIRST, changed, day="2024-04-15"), county=COUNTY)
    )

    assert lines[0] == "后.xlsx：企业 变更 1，相同 1"
    assert lines[1].startswith("  已写入：企业 1 家，设备 0 组有变化；变更第 2 号，批次 ")
    assert lines[2:] == ["  Sheet!G5 乙铸造厂：生产状态 在产 → 停产"]


def test_people_read_that_a_dispute_came_before(sqlite_engine: Engine, tmp_path: Path) -> None:
    def sent(state: str, **more: str) -> Intake:
        row = (1, "甲铸造厂", "新圩镇", "铝壳炉", 0.5, 2, state)
        return take_in(sqlite_engine, write(tmp_path / f"{state}.xlsx", row, **more), county=COUNTY)

    sent("在产")
    disputed = sent("停产", unit="省督察组")
    later = sent("关停", day="2024-04-15")

    assert [line for line in summary(disputed) if "生产状态" in line] == []
    assert [issue.code for issue in disputed.proposal.issues] == ["import.conflict"]
    assert [line.split("：")[-1] for line in summary(later)[2:]] == ["生产状态 有争议 → 关停退出"]

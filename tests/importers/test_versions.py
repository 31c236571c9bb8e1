"""Two versions of one roster: the newest is applied, the differences are listed, nothing that either said is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from app.errors import NotFound
from app.register.desk.deciding import answer_absence
from app.register.desk.what_waits import desk
from app.register.imports.batches import batches
from app.register.imports.taking_back import take_back
from app.register.scope import LOCAL_OPERATOR
from app.store.changes import open_change
from app.store.engine import reading, unit
from importers.comparing import differences_of, newest_first
from importers.intake import Intake, apply_waiting, take_in
from importers.versions import NEWER, OLDER, PERHAPS, compared, marks, saved
from tests.importers.test_intake import COUNTY, FIRST, SECOND, buckets, changes, seen, write

THIRD = (3, "丙铸造厂", "新圩镇", "钢壳炉", 2, 1, "在产")
STOPPED = (1, "甲铸造厂", "新圩镇", "铝壳炉", 0.5, 2, "停产")


def saved_at(path: Path, moment: str) -> Path:
    """The same workbook, as if saved at another moment."""
    from zipfile import ZipFile

    parts = {}
    with ZipFile(path) as package:
        for name in package.namelist():
            parts[name] = package.read(name)
    core = parts["docProps/core.xml"].decode()
    before = core.split("modified", 1)[0].rpartition("<")[0]
    parts["docProps/core.xml"] = (
        before + f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    ).encode()
    with ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


@pytest.fixture
def send(engine: Engine, tmp_path: Path) -> Callable[..., Intake]:
    """Import a roster of these rows under a name."""

    def sent(name: str, *rows: tuple[Any, ...], at: str = "2024-01-20T08:00:00Z", **words: Any) -> Intake:
        return take_in(engine, saved_at(write(tmp_path / name, *rows), at), county=COUNTY, **words)

    return sent


def codes(intake: Intake) -> list[str]:
    return [issue.code for issue in intake.proposal.issues]


def states(engine: Engine) -> dict[str, str]:
    with reading(engine) as session:
        return {row["file"]: row["state"] for row in batches(session, COUNTY, LOCAL_OPERATOR).rows}


def status(engine: Engine, firm: str = "甲铸造厂") -> Any:
    (found,) = [one for one in seen(engine).enterprises if one.name == firm]
    assert found.disputed == set()
    return found.facts.get("status")


def test_a_newer_version_counts_and_names_the_former(engine: Engine, send: Callable[..., Intake]) -> None:
    former = send("新圩镇.xlsx", FIRST, SECOND)

    newer = send("新圩镇v2.xlsx", STOPPED, THIRD)

    assert (codes(former).count(NEWER), codes(newer)[0]) == (0, NEWER)
    said = newer.proposal.issues[0]
    assert former.applied is not None
    assert newer.applied is not None
    assert former.applied.batch in said.message
    assert "说法不同 1 处，前一版有而这一版没有的企业 1 家，这一版多出的企业 1 家" in said.message
    assert newer.applied.batch in said.fix
    assert (buckets(newer), status(engine)) == ({"new": 1, "changed": 1, "missing": 1}, "suspended")
    assert {firm.name for firm in seen(engine).enterprises} == {"甲铸造厂", "乙铸造厂", "丙铸造厂"}


def test_the_differences_are_listed_with_both_cells(engine: Engine, send: Callable[..., Intake]) -> None:
    former = send("新圩镇.xlsx", FIRST, SECOND).as_dict()["batch"]
    newer = send("新圩镇v2.xlsx", STOPPED, THIRD).as_dict()["batch"]

    found = differences_of(engine, newer, actor=LOCAL_OPERATOR).as_dict()

    assert (found["batch"], found["against"]) == (newer, {"batch": former, "file": "新圩镇.xlsx"})
    (one,) = found["changed"]
    assert (one["enterprise"]["name"], one["label"], one["before"], one["after"]) == (
        "甲铸造厂",
        "生产状态",
        "在产",
        "停产",
    )
    assert (one["before_cell"], one["after_cell"]) == ("Sheet!G4", "Sheet!G4")
    assert [(gone["section"], gone["what"], gone["cell"]) for gone in found["gone"]] == [
        ("enterprise", "乙铸造厂", "Sheet!B5")
    ]
    assert [new["what"] for new in found["new"]] == ["丙铸造厂"]
    back = differences_of(engine, former, against=newer, actor=LOCAL_OPERATOR).as_dict()
    assert [gone["what"] for gone in back["gone"]] == ["丙铸造厂"]
    with pytest.raises(NotFound, match="没有前一版"):
        differences_of(engine, former, actor=LOCAL_OPERATOR)


def test_a_machine_that_the_newer_version_leaves_out_is_listed_and_stays(
    engine: Engine, send: Callable[..., Intake]
) -> None:
    more = (2, "甲铸造厂", "新圩镇", "冲天炉", 3, 1, "在产")
    send("新圩镇.xlsx", FIRST, more)

    newer = send("新圩镇（修订）.xlsx", FIRST)

    found = differences_of(engine, newer.as_dict()["batch"], actor=LOCAL_OPERATOR)
    assert [(one["section"], one["enterprise"]["name"]) for one in found.gone] == [("equipment", "甲铸造厂")]
    assert (found.changed, found.new) == ((), ())
    (firm,) = seen(engine).enterprises
    assert len(firm.equipment) == 2


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("新圩镇20250915.xlsx", "新圩镇2025年9月30日.xlsx"),
        ("新圩镇v2.xlsx", "新圩镇v10.xlsx"),
        ("新圩镇.xlsx", "新圩镇（修订）.xlsx"),
        ("新圩镇初稿.xlsx", "新圩镇.xlsx"),
        ("新圩镇第二稿.xlsx", "新圩镇终版.xlsx"),
    ],
)
def test_an_older_version_is_kept_and_asked_about(
    sqlite_engine: Engine, tmp_path: Path, older: str, newer: str
) -> None:
    applied = take_in(sqlite_engine, write(tmp_path / newer, STOPPED, SECOND), county=COUNTY)

    kept = take_in(sqlite_engine, write(tmp_path / older, FIRST, SECOND), county=COUNTY)

    said = kept.as_dict()
    assert (said["batch"], said["applied"], said["change"], kept.status) == (None, None, None, 1)
    assert codes(kept)[0] == OLDER
    assert applied.applied is not None
    assert applied.applied.batch in kept.proposal.issues[0].message
    assert f"imports apply {kept.waiting}" in kept.proposal.issues[0].fix
    assert states(sqlite_engine) == {newer: "applied", older: "read"}
    assert status(sqlite_engine) == "suspended"


def test_what_the_workbook_says_of_its_saving_tells_where_names_do_not(
    engine: Engine, send: Callable[..., Intake]
) -> None:
    send("名册甲.xlsx", STOPPED, SECOND, at="2024-01-20T08:00:00Z")

    kept = send("新圩镇报来.xlsx", FIRST, SECOND, at="2024-01-18T08:00:00Z")

    assert (codes(kept)[0], "保存时间" in kept.proposal.issues[0].message) == (OLDER, True)
    assert kept.applied is None


def test_where_nothing_tells_the_one_sent_later_is_the_newer(engine: Engine, send: Callable[..., Intake]) -> None:
    send("名册甲.xlsx", FIRST, SECOND)

    later = send("新圩镇报来.xlsx", STOPPED, SECOND)

    assert (codes(later)[0], later.applied is None, status(engine)) == (NEWER, False, "suspended")


def test_an_older_version_goes_in_when_a_person_says_so(engine: Engine, send: Callable[..., Intake]) -> None:
    send("新圩镇v2.xlsx", STOPPED, SECOND)
    kept = send("新圩镇v1.xlsx", FIRST, SECOND)
    assert kept.waiting is not None

    applied = apply_waiting(engine, kept.waiting)

    assert applied.as_dict()["batch"] == kept.waiting
    assert [(issue.code, issue.severity) for issue in applied.proposal.issues] == [(OLDER, "warning")]
    assert (status(engine), states(engine)["新圩镇v1.xlsx"]) == ("producing", "applied")


def test_sent_again_an_older_version_goes_on_waiting(
    engine: Engine, send: Callable[..., Intake], tmp_path: Path
) -> None:
    send("新圩镇v2.xlsx", STOPPED, SECOND)
    kept = send("新圩镇v1.xlsx", FIRST, SECOND)

    looked_at = take_in(engine, tmp_path / "新圩镇v1.xlsx", county=COUNTY, dry_run=True)
    again = take_in(engine, tmp_path / "新圩镇v1.xlsx", county=COUNTY)

    assert (looked_at.waiting, codes(looked_at)[0]) == (None, OLDER)
    assert (again.waiting, codes(again)[0], changes(engine)) == (kept.waiting, OLDER, 2)


def test_a_newer_version_that_waits_goes_first(engine: Engine, send: Callable[..., Intake]) -> None:
    waits = send("新圩镇v2.xlsx", STOPPED, SECOND, later=True)

    kept = send("新圩镇v1.xlsx", FIRST, SECOND)

    assert codes(kept)[0] == OLDER
    assert f"imports apply {waits.waiting}" in kept.proposal.issues[0].fix
    assert seen(engine).enterprises == ()


def test_other_papers_of_a_source_and_day_are_no_versions(engine: Engine, tmp_path: Path) -> None:
    take_in(engine, write(tmp_path / "名册v2.xlsx", FIRST, SECOND), county=COUNTY)
    book = openpyxl.Workbook()
    head = ("序号", "企业名称", "存在问题", "整改措施", "完成时限")
    lines = (("问题清单",), ("填报单位：新圩镇人民政府", None, None, None, "填报日期：2024-01-15"), head)
    for line in (*lines, (1, "甲铸造厂", "无除尘", "加装", "2024年3月底前")):
        book.worksheets[0].append(line)
    book.save(tmp_path / "问题清单v1.xlsx")

    problems = take_in(engine, tmp_path / "问题清单v1.xlsx", county=COUNTY)
    further = take_in(engine, write(tmp_path / "名册v1.xlsx", THIRD), county=COUNTY)

    for found in (problems, further):
        assert not {NEWER, OLDER, PERHAPS} & set(codes(found))
        assert found.applied is not None


OTHER_HEADS = ("企业全称", "法定代表人", "联系电话", "主要产品", "从业人数", "炉型", "吨位（吨）", "投产时间", "去向")


def listed_otherwise(path: Path, *firms: str) -> Path:
    """A roster of the township and day in columns of its own."""
    book = openpyxl.Workbook()
    for line in (("情况摸底表",), ("填报单位：新圩镇人民政府", None, None, None, "填报日期：2024-01-15"), OTHER_HEADS):
        book.worksheets[0].append(line)
    for firm in firms:
        book.worksheets[0].append((firm, "张三", "13812345678", "铸件", 20, "中频炉", 0.5, "2015年3月", None))
    book.save(path)
    return saved_at(path, "2024-01-20T08:00:00Z")


def test_a_roster_of_the_same_firms_in_other_columns_is_asked_about_and_applied(
    engine: Engine, send: Callable[..., Intake], tmp_path: Path
) -> None:
    former = send("名册.xlsx", FIRST, SECOND).as_dict()["batch"]

    later = take_in(engine, listed_otherwise(tmp_path / "摸底.xlsx", "甲铸造厂", "乙铸造厂"), county=COUNTY)

    assert later.applied is not None
    assert (codes(later)[0], later.proposal.issues[0].severity) == (PERHAPS, "question")
    said = later.proposal.issues[0]
    assert f"“名册.xlsx”（批次 {former}）来自同一来源、同一天，这一份 2 家企业中有 2 家也在其中" in said.message
    assert f"imports diff {later.applied.batch} --against {former}" in said.fix
    assert "较旧" not in said.message
    assert differences_of(engine, later.applied.batch, against=former, actor=LOCAL_OPERATOR).changed


def test_one_that_may_be_an_older_version_says_how_that_is_known(
    engine: Engine, send: Callable[..., Intake], tmp_path: Path
) -> None:
    send("名册.xlsx", FIRST, SECOND, at="2024-01-25T08:00:00Z")

    later = take_in(
        engine, listed_otherwise(tmp_path / "摸底.xlsx", "甲铸造厂", "乙铸造厂"), county=COUNTY, dry_run=True
    )

    assert "看工作簿里记的保存时间，这一份较旧" in later.proposal.issues[0].message


@pytest.mark.parametrize("firms", [("甲铸造厂", "丁厂", "戊厂"), ("甲铸造厂",)])
def test_a_roster_with_few_firms_in_common_is_no_version(
    engine: Engine, send: Callable[..., Intake], tmp_path: Path, firms: tuple[str, ...]
) -> None:
    send("名册.xlsx", FIRST, SECOND)

    later = take_in(engine, listed_otherwise(tmp_path / "摸底.xlsx", *firms), county=COUNTY)

    assert not {NEWER, OLDER, PERHAPS} & set(codes(later))


def test_undoing_the_former_version_loses_nothing_that_the_newer_said(
    engine: Engine, send: Callable[..., Intake]
) -> None:
    former = send("新圩镇.xlsx", FIRST, SECOND)
    send("新圩镇v2.xlsx", STOPPED, SECOND)

    take_back(engine, former.as_dict()["batch"], actor=LOCAL_OPERATOR)

    firms = {firm.name: firm for firm in seen(engine).enterprises}
    assert set(firms) == {"甲铸造厂", "乙铸造厂"}
    assert firms["乙铸造厂"].equipment[0].facts["shell"] == "steel"
    assert firms["甲铸造厂"].facts["status"] == "suspended"


def test_a_second_version_does_not_end_the_question_of_the_first(engine: Engine, send: Callable[..., Intake]) -> None:
    send("上季.xlsx", FIRST, SECOND, THIRD, valid_from=date(2023, 9, 30))
    send("新圩镇.xlsx", FIRST, SECOND)

    newer = send("新圩镇v2.xlsx", STOPPED, SECOND).as_dict()

    assert newer["proposal"]["missing"] == 0
    with reading(engine) as session:
        (missing,) = desk(session, COUNTY, LOCAL_OPERATOR).missing
        (row, *_) = batches(session, COUNTY, LOCAL_OPERATOR).rows
    assert (missing["enterprise"]["name"], missing["batch"]) == ("丙铸造厂", newer["batch"])
    assert (row["state"], row["waits"]) == ("to_decide", {"rows": 0, "conflicts": 0, "missing": 1})
    with unit(engine) as session:
        change = open_change(session, COUNTY, "decide", actor="测试")
        answer_absence(session, change, newer["batch"], missing["enterprise"]["id"], "漏报", "电话")
    third = send("新圩镇v3.xlsx", STOPPED, SECOND, THIRD)
    assert third.applied is not None
    assert states(engine)["新圩镇v3.xlsx"] == "applied"


def test_of_several_files_in_one_command_the_newest_goes_first(sqlite_engine: Engine, tmp_path: Path) -> None:
    names = ("新圩镇v1.xlsx", "毛俊镇.xlsx", "新圩镇v3.xlsx", "新圩镇v2.xlsx")
    files = [str(write(tmp_path / name, FIRST, SECOND)) for name in names]
    other = str(write(tmp_path / "新圩镇v9.xlsx", FIRST, day="2023-09-30"))
    words = {"county": COUNTY, "township": None, "valid_from": None, "told": None}

    found = newest_first(sqlite_engine, [*files, other, str(tmp_path / "没有.xlsx")], words)

    assert [Path(file).stem for file in found] == ["新圩镇v3", "毛俊镇", "新圩镇v2", "新圩镇v1", "新圩镇v9", "没有"]


def test_marks_are_those_that_people_give() -> None:
    def order(one: str, other: str) -> int:
        return compared(marks(one, b""), marks(other, b""))[0]

    assert order("新圩镇2025-10-08.xlsx", "新圩镇20250930终版.xlsx") == 1
    assert order("新圩镇V2.1.xlsx", "新圩镇v2.xlsx") == 1
    assert order("新圩镇第十二稿.xlsx", "新圩镇第三稿.xlsx") == 1
    assert order("新圩镇第二十稿.xlsx", "新圩镇第十一稿.xlsx") == 1
    assert order("新圩镇2025版.xlsx", "新圩镇v2.xlsx") == -1
    assert order("新圩镇(1).xlsx", "新圩镇.xlsx") == 0
    assert order("新圩镇2025年第三季度.xlsx", "新圩镇2025年第四季度.xlsx") == 0
    assert order("新圩镇修订2.xlsx", "新圩镇修订.xlsx") == 0
    assert marks("新圩镇 - 副本（修订）.xlsx", b"").stem == "新圩镇"


def test_a_workbook_that_says_nothing_of_its_saving_says_nothing() -> None:
    content = BytesIO()
    openpyxl.Workbook().save(content)

    assert saved(content.getvalue()) is not None
    for other in (b"", b"PK\x03\x04", "企业名称\n".encode(), content.getvalue()[:-30]):
        assert saved(other) is None

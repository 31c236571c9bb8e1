"""What one cell of a township's columns cannot tell: parts of coordinates, units beside sizes, and the pages."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
from sqlalchemy import Engine

from app.api.templates import template_for
from app.domain.quarter import Quarter
from app.domain.register import Enterprise, Equipment, Subject
from app.register.scope import LOCAL_OPERATOR
from importers.intake import Upload, take_in
from importers.values.days import parse_days
from reports.template import Asked, Template, TemplateColumn, prefilled
from tests.reports.template.reading_back import ABOUT, DAY, TOWNSHIP, compared, machine, records, snapshot_of

COUNTY = "431127"
NAME = TemplateColumn("企业名称", "enterprise.name")
OWNER = TemplateColumn("法定代表人", "enterprise.legal_representative")
EIA = (NAME, TemplateColumn("环评批复办理情况", "permit.standing"))
FURNACES = (NAME, TemplateColumn("设备名称", "equipment.name"), TemplateColumn("台数", "equipment.quantity"))
MEDIUM = {"name": "中频炉", "kind": "induction_furnace", "frequency": "medium"}


def firm(*, equipment: Any = (), permits: Any = (), actions: Any = (), **facts: Any) -> Enterprise:
    papers = {"permits": permits, "actions": actions}
    held = {name: tuple(Subject(f"{name}{at}", one) for at, one in enumerate(found)) for name, found in papers.items()}
    machines = tuple(machine(f"m{at}", one) for at, one in enumerate(equipment))
    return Enterprise("f", {"name": "甲铸造厂", "township": TOWNSHIP, **facts}, equipment=machines, **held)


def made_of(one: Enterprise, columns: Any, asked: Any = ()) -> Template:
    """The template, which says all and nothing else."""
    made = prefilled(snapshot_of(one), TOWNSHIP, columns, asked, ABOUT, read=records)
    found = compared(snapshot_of(one), records(made.content))
    assert (found.wrong, made.lost) == ([], frozenset())
    return made


def book_of(made: Template) -> Any:
    return openpyxl.load_workbook(BytesIO(made.content))


def rows(sheet: Any, first: int = 4) -> list[list[Any]]:
    """The lines of a sheet that hold something."""
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]
    return [row for row in found if any(value is not None for value in row)]


def test_several_permits_of_one_kind_stand_on_a_page_and_their_own_cell_says_so() -> None:
    permits = [{"kind": "eia", "standing": "held", "number": f"湘环评〔20{year}〕1号"} for year in (19, 21)]
    made = made_of(firm(permits=permits), EIA)
    book = book_of(made)

    assert compared(snapshot_of(firm(permits=permits)), records(made.content)).gone == []
    assert [row[:4] for row in rows(book["手续"])] == [
        ["甲铸造厂", "环评批复", "已办", "湘环评〔2019〕1号"],
        ["甲铸造厂", "环评批复", "已办", "湘环评〔2021〕1号"],
    ]
    assert book["名册"]["B4"].value is None
    assert "登记库里有2件，见“手续”表" in book["名册"]["B4"].comment.text


def test_several_measures_of_one_kind_without_numbers_stand_on_pages_of_their_own() -> None:
    actions = [{"kind": "power_cut", "taken_on": parse_days(f"202{year}-03-01")} for year in (3, 5)]
    made = made_of(firm(actions=actions), (*FURNACES, TemplateColumn("停电时间", "action.taken_on")))
    book = book_of(made)

    assert compared(snapshot_of(firm(actions=actions)), records(made.content)).gone == []
    assert [rows(book[name])[0][2] for name in ("措施", "措施（二）")] == ["2023-03-01", "2025-03-01"]


def test_a_permit_that_its_column_tells_in_part_has_only_the_rest_on_the_page() -> None:
    book = book_of(made_of(firm(permits=[{"kind": "eia", "standing": "held", "number": "湘环评1号"}]), EIA))

    assert book["名册"]["B4"].value == "已办"
    assert [row[:4] for row in rows(book["手续"])] == [["甲铸造厂", "环评批复", None, "湘环评1号"]]


def test_a_licences_number_and_a_dismantling_stand_on_pages() -> None:
    one = firm(
        permits=[{"kind": "business_licence", "standing": "held", "number": "431127000012345"}],
        actions=[{"kind": "dismantled", "taken_on": parse_days("2024年3月"), "authority": "新圩镇人民政府"}],
    )
    made = made_of(one, ())

    assert compared(snapshot_of(one), records(made.content)).gone == []
    assert [row[:4] for row in rows(book_of(made)["手续"])] == [["甲铸造厂", "营业执照", None, "431127000012345"]]
    assert [row[:2] for row in rows(book_of(made)["措施"])] == [["甲铸造厂", "拆除"]]


def test_a_roster_without_columns_for_papers_gets_no_pages_of_them() -> None:
    one = firm(permits=[{"kind": "eia", "standing": "held"}], actions=[{"kind": "halt"}])

    assert book_of(made_of(one, (NAME, OWNER))).sheetnames == ["名册", "填写说明"]


def test_a_disputed_fact_on_a_page_is_yellow_and_asked() -> None:
    paper = Subject("p", {"kind": "eia", "standing": "held"}, frozenset({"number"}))
    one = Enterprise("f", {"name": "甲铸造厂", "township": TOWNSHIP}, permits=(paper,))
    sheet = book_of(prefilled(snapshot_of(one), TOWNSHIP, EIA, (), ABOUT, read=records))["手续"]

    assert (sheet["D4"].value, sheet["D4"].fill.fgColor.rgb) == (None, "FFFFF2A8")
    assert "各来源说法不一" in sheet["D4"].comment.text


def test_machines_that_the_columns_cannot_tell_apart_stand_on_a_page_all_together() -> None:
    one = firm(equipment=[{**MEDIUM, "capacity_t": 1.5, "model": "甲"}, {**MEDIUM, "capacity_t": 1.5, "model": "乙"}])
    columns = (NAME, TemplateColumn("铝壳炉（台）", "equipment.quantity"))
    made = made_of(one, columns)

    assert [row[:2] for row in rows(book_of(made)["设备"])] == [["甲铸造厂", "中频炉"], ["甲铸造厂", "中频炉"]]
    assert compared(snapshot_of(one), records(made.content)).gone == []
    assert "见“设备”表" in book_of(made)["名册"]["B4"].comment.text


def test_a_line_that_might_be_of_a_machine_that_goes_stands_on_the_page() -> None:
    gone = {"name": "老炉子", "code": "2号", "state": "removed"}
    one = firm(equipment=[{"name": "老炉子", "code": "1#"}, gone])
    name_alone = FURNACES[:2]

    book = book_of(made_of(one, name_alone))

    assert [row[0] for row in rows(book["设备"])] == ["甲铸造厂", "甲铸造厂"]
    assert {"1#", "2号"} <= {value for row in rows(book["设备"]) for value in row}


def test_degrees_minutes_and_seconds_stand_in_their_own_columns() -> None:
    parts = ("度", "分", "秒")
    columns = [TemplateColumn(f"中心经度/{part}", "enterprise.longitude") for part in parts]
    columns += [TemplateColumn(f"中心纬度/{part}", "enterprise.latitude") for part in parts[:2]]
    made = made_of(firm(longitude=112.20180556, latitude=25.3633889), (NAME, *columns))

    assert rows(book_of(made)["名册"], 5)[0][1:4] == [112, 12, 6.50002]
    (back,) = records(made.content)
    assert (back.enterprise["longitude"].value, back.enterprise["latitude"].value) == (112.20180556, 25.3633889)
    checks = {str(one.sqref): one.formula1 for one in book_of(made)["名册"].data_validations.dataValidation}
    assert "<60" in next(formula for place, formula in checks.items() if place.startswith("C5"))


def test_a_size_stands_in_the_models_column_with_its_unit_beside_it() -> None:
    columns = (
        *(NAME, TemplateColumn("设备名称", "equipment.name"), TemplateColumn("型号（容量等）", "equipment.model")),
        *(TemplateColumn("单位（吨/千伏安等）"), TemplateColumn("台数", "equipment.quantity")),
    )
    one = firm(equipment=[{**MEDIUM, "capacity_t": 1.5, "quantity": 2}, {**MEDIUM, "model": "KGPS-500", "quantity": 1}])

    assert [row[1:5] for row in rows(book_of(made_of(one, columns))["名册"])] == [
        ["中频炉", 1.5, "吨", 2],
        ["中频炉", "KGPS-500", None, 1],
    ]


def test_nothing_is_asked_of_a_machine_that_has_no_line() -> None:
    gone = Equipment("m", {**MEDIUM, "quantity": 1, "state": "removed"}, frozenset({"yoke"}), present=False)
    one = Enterprise("f", {"name": "甲铸造厂", "township": TOWNSHIP}, equipment=(gone,))

    sheet = book_of(prefilled(snapshot_of(one), TOWNSHIP, FURNACES, [Asked("m", "yoke", "？")], ABOUT, read=records))

    assert [cell.value for cell in sheet["名册"][3]] == ["企业名称", "设备名称", "台数", None]


def test_where_no_column_tells_of_machines_their_names_come_before_what_is_asked() -> None:
    one = firm(equipment=[MEDIUM])
    sheet = book_of(made_of(one, (NAME, OWNER), [Asked("m0", "shell", "是否铝壳？")]))["名册"]

    assert [cell.value for cell in sheet[3]] == ["企业名称", "法定代表人", "设备名称", "炉壳"]
    assert sheet["C4"].value == "中频炉"


def test_what_is_asked_of_a_machine_that_stands_on_the_page_is_asked_there() -> None:
    one = firm(equipment=[{**MEDIUM, "capacity_t": 0.5}])
    book = book_of(made_of(one, (NAME, OWNER), [Asked("m0", "shell", "是否铝壳？")]))

    assert [cell.value for cell in book["名册"][3]][:3] == ["企业名称", "法定代表人", None]
    assert (book["设备"]["E3"].value, book["设备"]["E4"].fill.fgColor.rgb) == ("炉壳", "FFFFF2A8")


def test_a_machine_is_told_in_the_one_column_of_words_that_speaks_of_it() -> None:
    heads = ("熔化设备", "其他主要设备", "变压器")
    columns = (NAME, *(TemplateColumn(head, "equipment.name") for head in heads))
    one = firm(equipment=[MEDIUM, {"name": "抛丸机", "kind": "other"}])

    assert [row[1:4] for row in rows(book_of(made_of(one, columns))["名册"])] == [
        ["中频炉", None, None],
        [None, "抛丸机", None],
    ]


def test_a_column_of_names_that_only_its_values_told_is_called_by_its_name() -> None:
    one = firm(equipment=[MEDIUM])
    made = made_of(one, (TemplateColumn("厂子", "enterprise.name"), *FURNACES[1:]))

    assert records(made.content)[0].enterprise["name"].value == "甲铸造厂"


def test_only_what_a_clerk_fills_in_changes_and_the_next_template_has_the_same_columns(sqlite_engine: Engine) -> None:
    permits = [{"kind": "eia", "standing": "held", "number": f"湘环评〔20{year}〕1号"} for year in (19, 21)]
    one = firm(permits=permits, equipment=[{**MEDIUM, "quantity": 2}])
    words = {"county": COUNTY, "township": TOWNSHIP, "valid_from": DAY}
    sent = prefilled(snapshot_of(one), TOWNSHIP, (*FURNACES, *EIA[1:]), (), ABOUT, read=records)
    take_in(sqlite_engine, Upload(sent.content, "名册.xlsx"), **words)
    _, content = template_for(sqlite_engine, Quarter(2025, 4), COUNTY, TOWNSHIP, actor=LOCAL_OPERATOR)
    book = openpyxl.load_workbook(BytesIO(content))
    assert [cell.value for cell in book["名册"][3]][:4] == ["企业名称", "设备名称", "台数", "环评批复办理情况"]

    book["手续"]["C5"] = "过期"
    book["名册"]["C4"] = 3
    filled = BytesIO()
    book.save(filled)
    shown = take_in(sqlite_engine, Upload(filled.getvalue(), "填好.xlsx"), **words, dry_run=True)

    said = [one for entry in shown.proposal.entries for one in entry.differences]
    assert {(one.field, one.before, one.after) for one in said} == {("standing", "held", "expired"), ("quantity", 2, 3)}

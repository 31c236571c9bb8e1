"""The rows of a drawn sheet that are no firms: titles, form lines, totals, notes and signatures."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from importers.grid import address
from tests.importers.layouts.drawn import values
from tests.importers.layouts.drawn.firms import Enterprise, person
from tests.importers.layouts.drawn.style import Column

if TYPE_CHECKING:
    from tests.importers.layouts.drawn.drawing import Sheet


_FORM_LINES = ("填报单位：{r}    填报日期：{d}", "填报单位（盖章）：{r}        填报时间：{d}", "填报单位：{r}")
_NOTES = (
    "注：1.本表由乡镇填报。2.容量按单台填写。",
    "备注：以上数据由企业自行申报。",
    "说明：闲置设备一并填写。",
)


def over_lines(sheet: Sheet, reporting: str, *, first: bool) -> None:
    """The lines above a table."""
    style, rng, year = sheet.style, sheet.rng, sheet.county.year
    month = rng.randint(1, 12)
    lines = {
        "annex": rng.choice(("附件1", "附件2：", "附件", "附表1")),
        "title": _title(sheet, reporting) if first else rng.choice(("二、停产企业情况表", "其他企业情况统计表")),
        "form": rng.choice(
            ("填报单位：{r}    填报日期：{d}", "填报单位（盖章）：{r}        填报时间：{d}", "填报单位：{r}")
        ),
        "unit_alone": rng.choice(("填报单位：{r}", "填报单位（盖章）：{r}")),
        "day_alone": rng.choice(("填报日期：{d}", "填表时间：{d}")),
        "unit": "单位：" + style.line_unit,
    }
    day = rng.choice((f"{year}年{month}月20日", f"{year}.{month}.15", f"{year}-{month:02}-15"))
    for row in style.title:
        text = lines[row].format(r=reporting, d=day)
        sheet.row += 1
        style.yearless |= str(year) in text and row in ("title", "form", "day_alone")
        sheet.page.put(sheet.place(0), text)
        if row == "title" and sheet.wide and style.heads == "merged":
            sheet.merge(sheet.row, 0, sheet.row, len(sheet.columns) - 1)
    if style.title and rng.random() < 0.08:
        sheet.row += 1


def _title(sheet: Sheet, reporting: str) -> str:
    rng, county = sheet.rng, sheet.county
    place = county.name if sheet.style.township != "none" else reporting.removesuffix("人民政府").removesuffix("政府")
    form = rng.choice(
        ("{p}铸造企业摸底排查表", "{p}{y}年铸造企业情况统计表", "{y}年{p}铸造行业整治台账", "{p}铸造企业基本情况明细表",
         "{p}铸造企业一览表（{y}年）", "{p}铸造（锻造）企业清单")
    )  # fmt: skip
    return form.format(p=place, y=county.year)


def total_line(sheet: Sheet, word: str, firms: list[Enterprise]) -> None:
    """A row of sums; never a firm."""
    sheet.row += 1
    paths = [column.path for column in sheet.columns]
    at = paths.index("no") if "no" in paths else paths.index("e.name")
    if "小计" in word and "e.township" in paths and sheet.style.township == "column":
        at = paths.index("e.township")
    sheet.page.put(sheet.place(at), word)
    name = paths.index("e.name")
    if name != at and sheet.rng.random() < 0.5:
        sheet.page.put(sheet.place(name), f"{len(firms)}家")
    for number, column in enumerate(sheet.columns):
        said = _sum(sheet, column, firms)
        if said and number != at and number != name:
            sheet.page.put(sheet.place(number), values.plain_number(said))
    sheet.page.skip(sheet.row, "total")


def _sum(sheet: Sheet, column: Column, firms: list[Enterprise]) -> Decimal | None:
    if column.kind == "number" and column.unit_in != "cell" and column.path[0] == "e":
        numbers = [firm.facts[column.path] for firm in firms if column.path in firm.facts]
        return sum((values.scaled(one, column.factor) for one in numbers), Decimal(0))
    if column.path == "m.quantity" and sheet.style.mode == "rows" and column.unit_in != "cell":
        return Decimal(sum(one.facts["quantity"] for firm in firms for one in firm.machines))
    if column.kind == "count":
        words = column.path[2:]
        same = [one for firm in firms for one in firm.machines if one.words == words]
        return Decimal(sum(one.facts["quantity"] for one in same))
    return None


def under_lines(sheet: Sheet) -> None:
    """Notes and signatures below a table."""
    rng = sheet.rng
    if sheet.style.feet and rng.random() < 0.15:
        sheet.row += 1
    for row in sheet.style.feet:
        sheet.row += 1
        if row == "note":
            sheet.page.put(sheet.place(0), rng.choice(_NOTES))
            sheet.page.skip(sheet.row, "note", "footer")
            continue
        if rng.random() < 0.5 or len(sheet.columns) < 3:
            phone = f"0746-2213{rng.randint(100, 999)}"
            said = f"填表人：{person(rng)}    审核人：{person(rng)}    联系电话：{phone}"
            sheet.page.put(sheet.place(0), said)
        else:
            sheet.page.put(address(sheet.row, sheet.left), f"单位负责人：{person(rng)}")
            sheet.page.put(address(sheet.row, sheet.left + 2), f"填表人：{person(rng)}")
        sheet.page.skip(sheet.row, "footer", "note")

"""Issues about the file and its sheets themselves: hidden parts, and what the engine found while reading."""

from __future__ import annotations

from app.domain.proposal import RosterIssue as Issue
from importers.grid import WorkbookGrid, address, column_letter
from importers.roster.regions import Region

#: Code: severity, message, fix.
_ENGINE: dict[str, tuple[str, str, str]] = {
    "sheet.hidden": ("warning", "这张工作表是隐藏的，已照常读取", "如不需要上报，请删除这张工作表"),
    "sheet.damaged": (
        "error",
        "这张工作表已损坏，没有读出；其余工作表照常读取",
        "请用 Excel 或 WPS 打开核对，另存后再上报",
    ),
    "sheet.same_name": (
        "warning",
        "有两张工作表都叫“{raw}”，这一张记作“{sheet}”",
        "请用 Excel 或 WPS 打开，给每张工作表取不同的名称，另存后再上报",
    ),
    "sheet.columns_unclear": (
        "question",
        "合并单元格下方的行没有写明从哪一列开始，可能读错了列",
        "请用 WPS 或 LibreOffice 打开核对，另存为 .xlsx 后再上报",
    ),
    "cell.value_invalid": (
        "warning",
        "单元格里存的数值、日期或类型不正确，按显示的文字读取",
        "请用 Excel 或 WPS 打开核对这个单元格，重新填写并另存后再上报",
    ),
    "cell.error": ("warning", "单元格是错误值", "请改为填写数值或文字后重新上报"),
    "cell.formula_without_value": ("warning", "公式没有保存计算结果", "请用 Excel 或 WPS 打开，重新计算并保存后再上报"),
    "cell.struck_out": ("question", "单元格的内容已被划掉，不作数", "请确认划掉的内容是否作废；如仍有效请取消删除线"),
    "cell.struck_part": ("question", "单元格里有一部分文字被划掉", "请确认后删去作废的文字"),
    "cell.under_merge": ("warning", "合并单元格下面压着内容，没有显示出来", "请取消合并，核对被遮住的内容"),
    "cell.engines_differ": (
        "warning",
        "两种读法读出的内容不一致",
        "请用 Excel 或 WPS 打开核对这个单元格，另存后再上报",
    ),
    "file.second_engine": (
        "warning",
        "文件不合规范，换了一种读法才读出来",
        "请核对读出的内容；用 Excel 或 WPS 另存后再上报更稳妥",
    ),
    "file.styles_not_read": (
        "warning",
        "换用的读法不读字体、数字格式和隐藏的行列：划掉或隐藏的内容也按有效读取，只显示年月的日期读成了某一天",
        "请用 Excel 或 WPS 另存为 .xlsx 后再上报",
    ),
    "file.macros_ignored": (
        "warning",
        "文件带有宏，宏没有运行也没有读取",
        "如表中数值要靠宏填写，请用 Excel 或 WPS 运行宏后另存为 .xlsx 再上报",
    ),
    "cell.text_missing": (
        "warning",
        "文件里找不到这个单元格的文字",
        "请用 Excel 或 WPS 打开，补填这个单元格并另存后再上报",
    ),
    "cell.hidden": ("warning", "单元格在网页里是隐藏的，已照常读取", "如不需要上报，请删除这个单元格的内容"),
    "cell.repeated": ("warning", "文件里同一个单元格出现了不止一次", "请用 Excel 或 WPS 打开后另存再上报"),
    "cell.date_out_of_range": ("warning", "日期超出了范围", "请核对日期"),
    "row.repeated": ("warning", "文件里同一行出现了不止一次", "请用 Excel 或 WPS 打开后另存再上报"),
}
_OTHER = ("warning", "读取文件时发现异常", "请用 Excel 或 WPS 打开后另存再上报")


def engine_issues(book: WorkbookGrid) -> list[Issue]:
    """What opening the file found, and its hidden sheets, each once."""
    found = {(sheet, cell, code): text for sheet, cell, code, text in book.engine_issues if code != "sheet.hidden"}
    issues = [_issue("sheet.hidden", grid.name, None, grid.name) for grid in book.sheets if grid.hidden]
    return issues + [_issue(code, sheet, cell, text) for (sheet, cell, code), text in found.items()]


def _issue(code: str, sheet: str | None, cell: str | None, raw: str | None) -> Issue:
    severity, message, fix = _ENGINE.get(code, _OTHER)
    message = message.replace("{sheet}", sheet or "").replace("{raw}", raw or "")
    return Issue(code, severity, sheet or None, cell, None, raw, message, fix)


def hidden_issues(region: Region) -> list[Issue]:
    """Hidden rows and columns of a table: read as stated, with a warning each."""
    grid = region.view.grid
    rows = sorted(row for line in region.lines for row in line.rows if row in grid.hidden_rows and region.view.own(row))
    columns = sorted({head.place[1] for head in region.heads} & grid.hidden_columns)
    issues = [
        Issue(
            "row.hidden", "warning", grid.name, address(row, region.view.own(row)[0][0]), None, None,
            f"第 {row} 行是隐藏的，已照常读取", "如不需要上报，请删除这一行",
        )
        for row in rows
    ]  # fmt: skip
    heads = {head.place[1]: head for head in reversed(region.heads)}
    return issues + [
        Issue(
            "column.hidden", "warning", grid.name, address(*heads[column].place), None, heads[column].header,
            f"{column_letter(column)} 列是隐藏的，已照常读取", "如不需要上报，请删除这一列",
        )
        for column in columns
    ]  # fmt: skip

"""The county's rectification report and the inspection's statement, as workbooks beside the township rosters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reports.example.book import new_book
from reports.example.county import County, Firm


def inspection(path: Path, county: County) -> None:
    """What the inspection says of four firms: two still use their furnace, two produce illegally."""
    book, look = new_book(path)
    sheet = book.add_worksheet("反馈问题")
    sheet.merge_range("A1:E1", "省级生态环境保护督察反馈问题企业名单", look["title"])
    sheet.write("A2", f"填报单位：{county.inspection['unit']}", look["line"])
    sheet.write("D2", f"填报日期：{county.survey_day.isoformat()}", look["line"])
    sheet.write_row(2, 0, ("序号", "企业名称", "设备名称", "使用状态", "存在问题"), look["head"])
    for row, claim in enumerate(county.inspection["claims"], start=3):
        said = (claim.get("machine", ""), claim.get("state", ""), claim.get("problem", ""))
        sheet.write_row(row, 0, (row - 2, claim["name"], *said), look["cell"])
    book.close()


def report(path: Path, county: County) -> None:
    """Four sheets: the survey's states, the removals, every firm's bucket and plan, the paper's figures."""
    book, look = new_book(path)
    _survey(book.add_worksheet("摸底排查"), county, look)
    _removals(book.add_worksheet("拆除情况"), county, look)
    _disposition(book.add_worksheet("分类处置"), county, look)
    _figures(book.add_worksheet("陈述数字"), county, look)
    book.close()


def _top(sheet: Any, look: dict[str, Any], title: str, unit: str, day: str, width: int) -> None:
    sheet.merge_range(0, 0, 0, width - 1, title, look["title"])
    sheet.write(1, 0, f"填报单位：{unit}", look["line"])
    sheet.write(1, width - 2, f"填报日期：{day}", look["line"])


def _survey(sheet: Any, county: County, look: dict[str, Any]) -> None:
    _top(sheet, look, "淘汰类设备摸底排查情况", county.report["unit"], county.survey_day.isoformat(), 5)
    sheet.write_row(2, 0, ("序号", "企业名称", "设备名称", "台数", "使用状态"), look["head"])
    for row, firm in enumerate(_with_aluminium(county), start=3):
        sheet.write_row(row, 0, (row - 2, firm.name, "铝壳炉", firm.aluminium, firm.state), look["cell"])


def _removals(sheet: Any, county: County, look: dict[str, Any]) -> None:
    _top(sheet, look, "淘汰类设备拆除情况", county.report["unit"], county.report_day.isoformat(), 6)
    sheet.write_row(2, 0, ("序号", "企业名称", "设备名称", "台数", "拆除时间", "拆除去向"), look["head"])
    row = 3
    for number, firm in enumerate(_with_aluminium(county), start=1):
        removed = ("铝壳炉", firm.aluminium, county.report["removed_by"], firm.removal)
        sheet.write_row(row, 0, (number, firm.name, *removed), look["cell"])
        row += 1
        if "升级" in (firm.removal or ""):  # the steel furnace stands below the one that it replaced
            sheet.write_row(row, 0, ("", "", "钢壳炉", firm.aluminium, "", ""), look["cell"])
            row += 1


def _disposition(sheet: Any, county: County, look: dict[str, Any]) -> None:
    _top(sheet, look, "铸造企业分类处置和“一企一策”进展表", county.report["unit"], county.report_day.isoformat(), 8)
    heads = ("序号", "企业名称", "整治类别", "生产状态", "方案制定时间", "方案阶段", "恢复生产时间", "备注")
    sheet.write_row(2, 0, heads, look["head"])
    for row, firm in enumerate(county.firms, start=3):
        sheet.write_row(row, 0, (row - 2, firm.name, *_standing(firm, county)), look["cell"])


def _standing(firm: Firm, county: County) -> tuple[str, ...]:
    """Bucket, status, plan and resumption of a firm, as the report has them; blank where it says nothing."""
    status = {"关停退出": "关停退出", "整合提升": "被整合"}.get(firm.bucket or "", "在产" if firm.resumed else "")
    planned = firm.bucket == "转型升级"
    remark = "示例企业" if firm.invented else ("示例：原文未说明类别" if planned else "")
    return (
        firm.bucket or "",
        status,
        county.report["plan_made"] if planned else "",
        ("已出具证明" if firm.resumed else "已制定") if planned else "",
        county.report["resumed_by"] if firm.resumed else "",
        remark,
    )


def _figures(sheet: Any, county: County, look: dict[str, Any]) -> None:
    _top(sheet, look, "验收销号意见陈述数字", county.report["unit"], county.report_day.isoformat(), 5)
    sheet.write_row(2, 0, ("类别", "表述", "数量", "单位", "时间"), look["head"])
    for row, figure in enumerate(county.figures, start=3):
        said = (figure["topic"], figure["phrase"], figure["number"], figure["unit"], figure["when"])
        sheet.write_row(row, 0, said, look["cell"])


def _with_aluminium(county: County) -> list[Firm]:
    return [firm for firm in county.firms if firm.aluminium]

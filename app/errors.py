"""What can go wrong, as a small tree of named facts: each says what happened and how to mend it, in Chinese."""

from __future__ import annotations


class LuzhangError(Exception):
    """Something was not done. `code` is stable for programs; `message` and `fix` are sentences for the user."""

    code = "error"
    message = "操作未完成"
    fix = "请重试；若仍不行，请联系管理员"

    def __init__(self, message: str | None = None, *, fix: str | None = None, code: str | None = None) -> None:
        self.message = message or type(self).message
        self.fix = fix or type(self).fix
        self.code = code or type(self).code
        super().__init__(self.message)

    def as_dict(self) -> dict[str, str]:
        """The form in which commands print an error under `--json`."""
        return {"code": self.code, "message": self.message, "fix": self.fix}


class Unreadable(LuzhangError):
    """A file that is not a workbook, or is encrypted, damaged, hostile or over a limit."""

    code = "file.unreadable"
    message = "文件无法读取"
    fix = "请用 Excel 或 WPS 打开后另存为 .xlsx 再试"


class NoRoster(LuzhangError):
    """A workbook that can be read but holds no table with an enterprise column."""

    code = "file.no_roster"
    message = "文件里没有找到企业名册：没有一张表带“企业名称”一类的列"
    fix = "请确认表头中有“企业名称”或“单位名称”列，再导入"


class NotFound(LuzhangError):
    """Something named by the user does not exist here."""

    code = "not_found"
    message = "没有找到"
    fix = "请核对名称或编号"


class UnknownCounty(NotFound):
    """A county code that the division dictionary lacks, or none where several registers exist."""

    code = "county.unknown"
    message = "没有这个县（市、区）"
    fix = "请用6位行政区划代码，例如 431127（蓝山县）"


class UnknownTownship(NotFound):
    """A township that is not in the county."""

    code = "township.unknown"
    message = "该县没有这个乡镇（街道）"
    fix = "请用本县乡镇的名称或9位代码"


class UnknownClause(NotFound):
    """A clause id that no catalogue holds."""

    code = "clause.unknown"
    message = "没有这个条款"
    fix = "请核对条款编号，例如 GDC24-IF-NOYOKE-AL"


class UnknownSource(NotFound):
    """A source that has stated nothing in this county: neither a file's base name nor a reporting unit."""

    code = "source.unknown"
    message = "没有这个来源"
    fix = "请写导入过的文件名（不带文件夹），或名册上的填报单位"


class NotAdoptable(LuzhangError):
    """A clause that cannot decide in this county: a draft, a dormant or historical one, or another place's."""

    code = "clause.not_adoptable"
    message = "该条款不能采用"
    fix = "请核对条款的状态和适用地区"


class CatalogueFault(LuzhangError):
    """A file of clauses, limits or programmes with faults; `faults` has one sentence each: file, line and reason."""

    code = "catalogue.fault"
    message = "条款目录有误，没有载入"
    fix = "请按所列文件和行号改正后再试"

    def __init__(self, faults: tuple[str, ...], *, what: str = "条款目录") -> None:
        self.faults = faults
        super().__init__(f"{what}有误，没有载入：" + "；".join(faults))


class BadInput(LuzhangError):
    """A word of the user's that does not parse: a quarter, a day, a number."""

    code = "input.bad"
    message = "输入的内容无法识别"
    fix = "请按说明填写"


class BadQuarter(BadInput):
    """A quarter that does not parse."""

    code = "quarter.bad"
    message = "季度写法不对"
    fix = "请写成 2025Q4 的样子：四位年份、字母Q、1到4"


class NoDay(LuzhangError):
    """A roster whose day is not known: neither told, nor stated on the sheet, nor in its title or file name."""

    code = "import.no_day"
    message = "不知道这份名册是哪一天的情况"
    fix = "请在表上写明填报日期，或用 --valid-from 2024-01-15 指明"


class NewerDatabase(LuzhangError):
    """The database was made by a newer version of the program."""

    code = "database.newer"
    message = "数据库由更新版本的程序建立，本程序不能打开"
    fix = "请改用新版本的程序；数据没有被改动"


class DatabaseUnavailable(LuzhangError):
    """The database cannot be reached, is locked, or its disk is full."""

    code = "database.unavailable"
    message = "数据库暂时无法使用"
    fix = "请稍后再试；本次没有写入任何内容"


class Lost(LuzhangError):
    """Somebody else changed it first."""

    code = "changed_meanwhile"
    message = "内容已被他人修改"
    fix = "请刷新后重试"


class Decided(LuzhangError):
    """A decision that a standing one forbids, or that stands already."""

    code = "decided"
    message = "已经有过决定"
    fix = "不必再定；如要改，请先撤回原来的决定"


class AlreadyUndone(LuzhangError):
    """An import that was taken back before."""

    code = "import.undone"
    message = "这次导入已经撤销过"
    fix = "不必再撤销；如需恢复，请重新导入原文件"


class Refused(LuzhangError):
    """A step that a rule forbids as it stands; the message says which rule, and where it is written."""

    code = "step.refused"
    message = "这一步不能记"
    fix = "请先补齐所缺的文书或步骤"

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


class UnknownPerson(NotFound):
    """An account that does not exist, or is none of the asker's to manage."""

    code = "people.unknown"
    message = "没有这个账号"
    fix = "请核对账号的名字或编号"


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


class NotSignedIn(LuzhangError):
    """Whoever asks has not signed in, or no longer is."""

    code = "sign_in.needed"
    message = "请先登录"
    fix = "请登录后再试；登录过的，可能已经退出或过了时间"


class SignInRefused(NotSignedIn):
    """A sign-in that is not given. The same words whatever the reason, so that nobody learns which names there are."""

    code = "sign_in.refused"
    message = "账号或口令不对，或者这个账号暂时不能登录"
    fix = "请核对后再试；连错 5 次要等 15 分钟；仍不行请找管理员"


class IdentityRefused(NotSignedIn):
    """Somebody whom the identity platform knows and the register lets in by no account: the same words for all."""

    code = "oidc.unknown"
    message = "此身份尚未开通，请与管理员联系"
    fix = "管理员可以把它与您的账号关联；有口令的，也可以用账号和口令登录"


class OidcFailed(NotSignedIn):
    """A sign-in by the identity platform that came to nothing; what exactly is wrong is told to nobody."""

    code = "oidc.failed"
    message = "这次登录没有完成，或者已经过了时间"
    fix = "请重新登录一次；一再这样，请与管理员联系"


class ProviderUnavailable(LuzhangError):
    """The identity platform cannot be reached, or answers what nobody can use."""

    code = "oidc.unavailable"
    message = "统一身份认证平台暂时连不上"
    fix = "请稍后再试，或者用账号和口令登录"


class NoRight(LuzhangError):
    """Whoever asks may not do this, whatever of."""

    code = "right.missing"
    message = "没有这项权限"
    fix = "请找管理员给予相应的角色"


class Busy(LuzhangError):
    """Too many ask for the same at once; a little later it goes."""

    code = "busy"
    message = "同时办理的人太多"
    fix = "请过几秒再试"


class NoLink(NotFound):
    """An upload link or receipt that is unknown, expired, revoked or used up: the same words for all of these."""

    code = "link.gone"
    message = "这个链接不能用：地址不全，或者已经过期、停用、用完"
    fix = "请核对收到的地址；仍不行的，请向县里要一个新的"


class SecondNeeded(LuzhangError):
    """An act that wants two people here, asked for by one; nothing of it was done.

    `acts`: those of the kinds that want two which it would carry out; `effects`: what each would do, as JSON can say.
    """

    code = "second.needed"
    message = "本县规定这件事要两个人办，不能由一个人这样办"
    fix = "请单独办这件事：先提出，再由另一个有权的人确认"

    def __init__(self, county: str, acts: tuple[str, ...], effects: tuple[object, ...], known: int) -> None:
        self.county, self.acts, self.effects, self.known = county, acts, effects, known
        super().__init__()


class Proposed(LuzhangError):
    """An act that is not done yet: it is kept as a proposal, and waits for another person. `told` is the proposal."""

    code = "second.proposed"
    message = "已提出，还没有办"
    fix = "请另一个有权的人确认"

    def __init__(self, told: dict[str, object]) -> None:
        self.told = told
        super().__init__()

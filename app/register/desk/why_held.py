"""Why a row waits, as a person reads it on the desk. Pure."""

from __future__ import annotations

#: By the code of the question that holds a row: what must be answered first.
_QUESTIONS = {
    "row.no_enterprise": "没有写企业名称，不知道属于哪家企业",
    "row.struck_out": "整行被划掉，是否作废",
    "county.other": "写的是别的县",
    "township.unknown": "写的乡镇（街道）本县没有",
    "firm.unnamed": "没有企业名称，也没有有效的信用代码",
    "firm.code_and_name_differ": "信用代码像这一家，名称像那一家，是哪一家",
    "firm.same_name_other_code": "与已登记的同名，信用代码却都有效且不同，是不是同一家",
    "firm.several_of_name": "登记库中有几家同名，是哪一家",
    "firm.several_of_code": "登记库中有几家用这个信用代码，是哪一家",
    "machine.fits_several": "分不清是已登记的哪一台（组）设备",
    "machine.splits_group": "是一组设备拆开写的，还是另有设备",
    "permit.fits_several": "有几份同类手续，分不清是哪一份",
    "action.fits_several": "有几次同类处置，分不清是哪一次",
}


def asked_of(why: str | None) -> str:
    """The question of a held row, in words; its code where nobody has put it into words."""
    return _QUESTIONS.get(why or "", why or "待核实")

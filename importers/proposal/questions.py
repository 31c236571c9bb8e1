"""What an import asks, by code: how grave it is, what it says, and what the sender can do."""

from __future__ import annotations

_ASKED: dict[str, tuple[str, str, str]] = {
    "firm.unnamed": ("question", "这一行没有企业名称，也没有有效的统一社会信用代码", "请填写企业全称后重新导入"),
    "firm.code_and_name_differ": (
        "question",
        "信用代码与登记库中的“{one}”相同，名称却与“{other}”相同",
        "请核对企业名称和统一社会信用代码，是哪一家",
    ),
    "firm.same_name_other_code": (
        "question",
        "名称与登记库中的“{one}”相同，但两边的统一社会信用代码都有效且不同",
        "请核对：是代码填错了，还是同名的另一家企业",
    ),
    "firm.several_of_name": ("question", "登记库中有 {count} 家企业叫“{firm}”", "请填写统一社会信用代码以便区分"),
    "firm.several_of_code": ("question", "登记库中有 {count} 家企业用这个信用代码", "请核对统一社会信用代码"),
    "township.unknown": ("error", "本县没有“{township}”这个乡镇（街道）", "请改用行政区划名称，或先登记该别名后再导入"),
    "township.differs": (
        "question",
        "“{firm}”的乡镇写的是{stated}，而{told}",
        "请核对该企业属于哪个乡镇",
    ),
    "county.other": ("error", "表中写的是“{stated}”，而本次导入的是{county}", "请核对县名，或改用该县的代码导入"),
    "uscc.against_valid": (
        "question",
        "“{firm}”已登记的信用代码 {known} 有效，这里写的 {stated} 校验不通过，未采用",
        "请核对统一社会信用代码",
    ),
    "import.says_twice": (
        "question",
        "同一文件中“{firm}”的{label}前后写得不一样，采用先出现的一处",
        "请核对两处，改成一致后重新导入",
    ),
    "import.conflict": (
        "question",
        "“{firm}”的{label}：{other}说“{before}”，这里说“{after}”，两种说法都留着",
        "请向两边核实，由说错的一方更正后重新报送",
    ),
    "machine.fits_several": (
        "question",
        "“{firm}”的这台（组）设备可能是已登记的：{candidates}，分不清是哪一台",
        "请补填炉号、容量或规格型号，以便对应",
    ),
    "machine.splits_group": (
        "question",
        "“{firm}”的{machine}，{other}报的是一组，这里分成 {count} 处填写；是同一组拆开写，还是另有设备，先不写入",
        "请核实：是同一组拆开写的，答 split；不是的，各处都要答：说整组的答那一组的编号，另有的设备答 new",
    ),
    "machine.replaced": (
        "question",
        "“{firm}”原有的{old}这次没有列出，新列了{new}（都是{bodies}台），可能是更新替换",
        "请核实：旧的拆了的，补报拆除时间；确是替换的，记为“换成”（luzhang decide replaced）",
    ),
    "machine.replaces_several": (
        "question",
        "“{firm}”退出的有：{old}；新增的有：{new}；哪一台换成了哪一台，对不上",
        "请逐台写明哪台换成了哪台（luzhang decide replaced）",
    ),
    "machine.not_listed": (
        "question",
        "“{firm}”已登记的{machine}（{bodies}台）这次没有列出，仍按在册处理",
        "若已拆除，请补报拆除时间；若漏报，请补上",
    ),
    "permit.fits_several": ("question", "“{firm}”有几份同类手续，分不清说的是哪一份", "请填写证号（文号）"),
    "action.fits_several": ("question", "“{firm}”有几次同类处置，分不清说的是哪一次", "请填写文号或处置时间"),
    "enterprise.similar": (
        "question",
        "“{firm}”可能就是已有的“{other}”：{reasons}。暂按新企业登记",
        "请核对是否同一家企业",
    ),
    "enterprise.missing_this_time": (
        "question",
        "“{firm}”上次在册，这次没有报",
        "请核对：是漏报，还是关停、搬迁或并入其他企业",
    ),
}


def asked(code: str, **words: object) -> tuple[str, str, str]:
    """Severity, message and fix of an issue, with the words of the case put in."""
    severity, message, fix = _ASKED[code]
    return severity, message.format(**words), fix

"""`luzhang person forget`: a person's contact data made unreadable everywhere, with reason."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from app.commands.chinese import Command, Group
from app.commands.opening import County, Demo, Json, Reason, register_of
from app.commands.output import DONE, LOOK, note, object_line, say

HELP = "个人信息：按规定删除"

FirmOf = Annotated[
    str | None, typer.Argument(metavar="企业", help="删除这家企业的联系人：全称、18位代码或编号；或改写 --number")
]
Numbers = Annotated[
    list[str] | None, typer.Option("--number", metavar="号码", help="删除这个电话号码或身份证号码（可写几次）")
]
Papers = Annotated[
    list[str] | None, typer.Option("--paper", metavar="文书", help="这份文书附的文件也一并删除（可写几次）")
]
Yes = Annotated[bool, typer.Option("--yes", help="真的删除；不写只说会删除多少")]

#: What is counted, in words.
_COUNTED = {
    "numbers": "号码",
    "names": "姓名",
    "keys": "密钥",
    "rows": "写有它们的记录",
    "files": "可能提到的留存文件",
    "papers": "一并删除的文书附件",
    "other_firms": "用同一号码的其他企业",
}


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    person = typer.Typer(cls=Group, rich_markup_mode=None, help=HELP)
    person.command("forget", cls=Command, help="使一个人的姓名和号码在各处都读不出来；删了不能恢复")(forget)
    person.callback()(lambda: None)
    program.add_typer(person, name="person", help=HELP)


def forget(
    reason: Reason,
    firm: FirmOf = None,
    numbers: Numbers = None,
    paper: Papers = None,
    yes: Yes = False,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Say what would go; with `--yes` remove the keys."""
    from app.register.personal import forgetting
    from app.register.scope import LOCAL_OPERATOR
    from importers.redaction import redacted

    asked = forgetting.Asked(firm, tuple(numbers or ()), tuple(paper or ()))
    engine, code = register_of(demo, county)
    if not yes:
        told = forgetting.foretold(engine, code, asked, LOCAL_OPERATOR)
        _tell(told, as_json)
        note("还没有删除。删除后谁也读不出来，也不能恢复；要删除请加 --yes")
        return LOOK
    done = forgetting.forget(engine, code, asked, reason=reason, redact=redacted, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(done)
        return DONE
    say(f"已删除：变更第 {done['change']} 号，密钥 {done['keys']} 个，另存的文件 {done['files']} 份")
    note("以前的密钥备份里还有这些密钥：请销毁，另备份一次（luzhang keys backup）")
    return DONE


def _tell(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        object_line(told)
        return
    for name, words in _COUNTED.items():
        if told.get(name):
            say(f"  {words}：{told[name]}")

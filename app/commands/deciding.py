"""`luzhang desk`, `luzhang decide …`, `luzhang correct`: what waits for a person, and what she decides."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from app.commands.chinese import Command, Group
from app.commands.desk_words import decision_line, waiting_lines
from app.commands.opening import AsOf, County, Demo, Firm, Json, reading_county, register_of
from app.commands.output import DONE, LOOK, object_line, say

Reason = Annotated[str, typer.Option("--reason", metavar="理由", help="为什么这样定")]
Other = Annotated[str, typer.Argument(metavar="另一家", help="另一条记录：全称、18位代码或编号")]
Written = Annotated[str, typer.Argument(metavar="写法", help="名册上的写法，照抄")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.command("desk", cls=Command, help="看哪些事等人来定：疑似同一家、说法不一、这次没列、待定的行")(desk)
    decide = typer.Typer(cls=Group, rich_markup_mode=None, help="定下来，写明理由；都可以撤回")
    decide.command("same", cls=Command, help="两条记录是同一家：并入后一家，各自的历史都保留")(same)
    decide.command("different", cls=Command, help="两条记录不是一家")(different)
    decide.command("later", cls=Command, help="以后再定，先不再问")(later)
    decide.command("value", cls=Command, help="几种说法里以这一条为准")(value)
    decide.command("absent", cls=Command, help="这次没列出的企业：关停、搬迁、被整合或漏报")(absent)
    decide.command("row", cls=Command, help="待定的行是哪家企业、哪台设备；定了就再读一遍")(row)
    decide.command("township", cls=Command, help="表上这样写的，就是这个乡镇；以后都这样读")(township)
    decide.command("name", cls=Command, help="表上这样写的，就是这家企业；以后都这样读")(name)
    decide.command("replaced", cls=Command, help="旧设备换成了新设备（--none：没有换）：一台对一台，同一家企业")(
        replaced
    )
    decide.command("back", cls=Command, help="撤回一个决定")(back)
    decide.command("list", cls=Command, help="列出有效的决定")(listed)
    decide.callback()(lambda: None)
    program.add_typer(decide, name="decide", help="定下来，写明理由；都可以撤回")
    program.command("correct", cls=Command, help="手工填报或更正企业、设备的几项内容，写明理由")(correct)


def desk(county: County = None, as_of: AsOf = None, demo: Demo = False, as_json: Json = False) -> int:
    """Show what waits for a person."""
    from app.register.asking import day_asked
    from app.register.desk.what_waits import desk as waiting
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        found = waiting(session, code, LOCAL_OPERATOR, day_asked(as_of))
    if as_json:
        object_line(found.as_dict())
    else:
        for line in waiting_lines(found.as_dict()):
            say(line)
    return LOOK if found.waits else DONE


def same(
    firm: Firm,
    into: Annotated[str, typer.Argument(metavar="并入", help="留下的一家：全称、18位代码或编号")],
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Let one record stand for another."""
    return _decide({"kind": "same", "firm": firm, "other": into, "reason": reason}, county, demo, as_json)


def different(
    firm: Firm, other: Other, reason: Reason, county: County = None, demo: Demo = False, as_json: Json = False
) -> int:
    """Record that two are different."""
    return _decide({"kind": "different", "firm": firm, "other": other, "reason": reason}, county, demo, as_json)


def later(
    firm: Firm, other: Other, reason: Reason, county: County = None, demo: Demo = False, as_json: Json = False
) -> int:
    """Record that it will be decided later."""
    return _decide({"kind": "later", "firm": firm, "other": other, "reason": reason}, county, demo, as_json)


def value(
    statement: Annotated[str, typer.Argument(metavar="说法", help="说法的编号，见 luzhang desk")],
    reason: Reason,
    there: Annotated[bool, typer.Option("--there", help="定的是设备在不在：以这条说法的来源为准")] = False,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Decide for a statement."""
    return _decide({"kind": "value", "statement": statement, "there": there, "reason": reason}, county, demo, as_json)


def absent(
    batch: Annotated[str, typer.Argument(metavar="批次", help="没有列出它的那次导入")],
    firm: Firm,
    answer: Annotated[str, typer.Argument(metavar="答复", help="关停、搬迁、被整合、漏报")],
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Say why a firm is missing."""
    told = {"kind": "absent", "batch": batch, "firm": firm, "answer": answer, "reason": reason}
    return _decide(told, county, demo, as_json)


def row(
    batch: Annotated[str, typer.Argument(metavar="批次", help="这一行所在的那次导入")],
    sheet: Annotated[str, typer.Argument(metavar="工作表", help="行所在的工作表")],
    number: Annotated[int, typer.Argument(metavar="行号", help="工作表上的行号")],
    about: Annotated[str, typer.Argument(metavar="答什么", help="firm（是哪家企业）或 machine（是哪台设备）")],
    answer: Annotated[
        str,
        typer.Argument(metavar="答复", help="企业全称、代码或编号；设备写编号；都不是的写 new；一组拆开写的写 split"),
    ],
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Say whose a held row is, then read its batch again."""
    from app.commands.importing import resume

    told = {"kind": "row", "batch": batch, "sheet": sheet, "row": number, "about": about, "answer": answer}
    _decide({**told, "reason": reason}, county, demo, as_json)
    return resume(batch, county, demo, as_json)


def township(
    written: Written,
    meant: Annotated[str, typer.Argument(metavar="乡镇", help="乡镇名称或9位代码")],
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Say which township a spelling means."""
    told = {"kind": "township", "written": written, "township": meant, "reason": reason}
    return _decide(told, county, demo, as_json)


def name(
    written: Written, firm: Firm, reason: Reason, county: County = None, demo: Demo = False, as_json: Json = False
) -> int:
    """Say which firm a spelling means."""
    return _decide({"kind": "name", "written": written, "firm": firm, "reason": reason}, county, demo, as_json)


def replaced(
    old: Annotated[str, typer.Argument(metavar="旧设备", help="换下的设备的编号，见 luzhang desk")],
    new: Annotated[str, typer.Argument(metavar="新设备", help="换上的设备的编号")],
    reason: Reason,
    none: Annotated[bool, typer.Option("--none", help="这两台没有关系：新的不是换下旧的")] = False,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Say which machine came in the place of which, or that it did not."""
    return _decide(
        {"kind": "not_replaced" if none else "replaced", "old": old, "new": new, "reason": reason},
        county,
        demo,
        as_json,
    )


def back(
    decision: Annotated[str, typer.Argument(metavar="决定", help="决定的编号")],
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Take a decision back."""
    from app.register.desk.decisions import take_decision_back
    from app.register.scope import LOCAL_OPERATOR

    engine, code = register_of(demo, county)
    return _say(take_decision_back(engine, code, decision, reason=reason, actor=LOCAL_OPERATOR), as_json)


def listed(county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """List the decisions that stand."""
    from app.register.desk.decided import decided
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        rows = decided(session, code, LOCAL_OPERATOR)
    if as_json:
        object_line({"county": code, "decisions": rows})
        return DONE
    for row in rows:
        say(decision_line(row))
    return DONE


def correct(
    about: Annotated[str, typer.Argument(metavar="对象", help="企业全称或代码；设备、手续等写编号")],
    facts: Annotated[list[str], typer.Argument(metavar="字段=值", help="如 status=停产 capacity_t=0.75吨")],
    day: Annotated[str, typer.Option("--day", metavar="日期", help="从哪一天起是这样，如 2024-01-15")],
    reason: Reason,
    section: Annotated[
        str, typer.Option("--of", metavar="类", help="enterprise、equipment、permit、plan、action")
    ] = "enterprise",
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """State facts by hand."""
    from app.register.asking import day_told
    from app.register.desk.decisions import correct as state
    from app.register.scope import LOCAL_OPERATOR
    from importers.values.by_hand import facts_told

    told, on = facts_told(section, facts), day_told(day)
    engine, code = register_of(demo, county)
    return _say(state(engine, code, section, about, told, on, reason=reason, actor=LOCAL_OPERATOR), as_json)


def _decide(told: dict[str, Any], county: str | None, demo: bool, as_json: bool) -> int:
    from app.register.desk.decisions import Decision, decide
    from app.register.scope import LOCAL_OPERATOR

    engine, code = register_of(demo, county)
    return _say(decide(engine, code, Decision(**told), actor=LOCAL_OPERATOR), as_json)


def _say(told: dict[str, Any], as_json: bool) -> int:
    if as_json:
        object_line(told)
        return DONE
    named = {"decision": "决定编号", "batch": "批次编号", "stays": "合并期间的说法仍留在原处，条数"}
    numbers = [f"{zh} {told[key]}" for key, zh in named.items() if told.get(key)]
    say("；".join([f"已记录为第 {told['change']} 号变更", *numbers]))
    return DONE

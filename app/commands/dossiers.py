"""`luzhang dossier`: all that is known of one firm, and what the papers say of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from app.commands.acceptances import PASSED, record_lines
from app.commands.chinese import Command
from app.commands.opening import AsOf, County, Demo, Json, Known, reading_county
from app.commands.output import object_line, say
from app.commands.step_words import gap_lines

Firm = Annotated[str, typer.Argument(metavar="企业", help="企业全称、曾用名、18位代码或编号")]

_HELD = {"equipment": "设备", "permits": "手续", "plans": "一企一策", "actions": "停电关停"}
_ANSWERS = {"holds": "须淘汰", "cannot_tell": "待核实"}
_LIMITS = {"meets": "达到", "fails": "未达到", "cannot_tell": "不能确定"}


def enlist(program: typer.Typer) -> None:
    """Add the command to the program."""
    program.command("dossier", cls=Command, help="一家企业的档案：某一天的全部内容和各项结论")(dossier)


def dossier(
    firm: Firm,
    county: County = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Show a firm's dossier."""
    from app.domain.register import AsOf as Moment
    from app.register.asking import day_asked, known_asked
    from app.register.dossier import dossier as dossier_of
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
        found = dossier_of(session, code, firm, moment, LOCAL_OPERATOR)
    if as_json:
        object_line(found.as_dict())
    else:
        for line in _told(found.as_dict()):
            say(line)
    return found.status


def _told(found: dict[str, Any]) -> Iterator[str]:
    firm = found["enterprise"]
    yield f"{firm['name']}（{firm['id']}）　截至 {found['as_of']}，按第 {found['known']} 号变更所知"
    yield from (f"  {_fact(one)}" for one in firm["facts"])
    for name, zh in _HELD.items():
        yield f"{zh}：{len(found[name])}"
        for one in found[name]:
            gone = {True: "", False: "　已不在", None: "　是否还在不能确定"}[one.get("present", True)]
            whose = "　归属不明" if one.get("owners") else ""
            yield f"  {'　'.join(map(_fact, one['facts']))}{gone}{whose}"
    yield f"淘汰类设备：{len(found['verdicts'])} 项"
    for one in found["verdicts"]:
        asked = f"　要问：{one['question']}" if one["question"] else ""
        yield f"  {_ANSWERS.get(one['answer'], one['answer'])}　{one['clause']}　{one['clause_text']}{asked}"
    yield f"限值：{len(found['limits'])} 项"
    yield from (f"  {_LIMITS[one['answer']]}　{one['limit']}：{one['because']}" for one in found["limits"])
    for one in found["stages"]:
        which = "、".join(f"第{number}阶段" for number in one["stages"]) or one["answer_label"]
        yield f"方案 {one['programme']}：{which}"
    yield f"文书：{len(found['documents'])} 份"
    for one in found["documents"]:
        dated = one["dated"]["text"] if one["dated"] else "日期不明"
        yield f"  {one['label']}　{one['number'] or '无文号'}　{one['issuer'] or '机关不明'}　{dated}"
    yield f"处置的缺口：{len(found['gaps'])} 项，还缺或不能确定 {sum(one['open'] for one in found['gaps'])} 项"
    yield from gap_lines(found["gaps"], named=False)
    yield from _accepted(found["acceptance"])
    for name, zh in (("predecessors", "由来"), ("successors", "去向")):
        yield from (f"{zh}：{one['words']}" for one in found[name])


def _accepted(told: dict[str, Any] | None) -> Iterator[str]:
    if told is None:
        yield "验收：没有记录"
        return
    levels = (f"{one['label']} {PASSED[one['passed']]}" for one in told["levels"])
    yield f"验收：{'；'.join(levels)}"
    yield from record_lines(told)


def _fact(one: dict[str, Any]) -> str:
    return f"{one['label']}：{one['text']}"

"""`luzhang history`, `luzhang differences`, `luzhang alarms`: what was so when, what is another now and why."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.chinese import Command
from app.commands.history_words import told_alarms, told_difference, told_history
from app.commands.opening import AsOf, County, Demo, Json, Known, Township, reading_county
from app.commands.output import DONE, LOOK, object_line, say

UpTo = Annotated[str | None, typer.Option("--as-of", metavar="日期", help="只看到这一天为止，默认全部")]
Firm = Annotated[str, typer.Argument(metavar="企业", help="企业全称、曾用名、18位代码或编号")]
Section = Annotated[
    str | None,
    typer.Option("--section", metavar="类别", help="只看：enterprise、equipment、permit、plan 或 action"),
]
From = Annotated[str, typer.Option("--from", metavar="时点", help="从哪一天（2024-01-15），或当时所知（2024-01-15@8）")]
To = Annotated[str, typer.Option("--to", metavar="时点", help="到哪一天，写法同上")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.command("history", cls=Command, help="一家企业的来历：每项内容从哪天到哪天，谁在什么时候凭什么记的")(
        history
    )
    program.command("differences", cls=Command, help="两个时点之间变了什么，为什么")(differences)
    program.command("alarms", cls=Command, help="反弹、同一台设备两家填报、淘汰设备转给他人")(alarms)


def history(
    firm: Firm,
    county: County = None,
    as_of: UpTo = None,
    known: Known = None,
    section: Section = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Tell the history of a firm."""
    from app.register.asking import day_told, known_asked
    from app.register.history.timeline import history as history_of
    from app.register.scope import LOCAL_OPERATOR

    day = day_told(as_of) if as_of is not None else None
    with reading_county(demo, county) as (session, code):
        at = known_asked(session, code, known)
        found = history_of(session, code, firm, as_of=day, known=at, section=section, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(found.as_dict())
    else:
        for sentence in told_history(found.as_dict()):
            say(sentence)
    return DONE


def differences(
    from_: From,
    to: To,
    county: County = None,
    township: Township = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Tell what is another one at another moment."""
    from app.register.history.asked import whole_difference
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        found = whole_difference(session, code, from_, to, township=township, actor=LOCAL_OPERATOR).as_dict()
    if as_json:
        object_line(found)
    else:
        for sentence in told_difference(found):
            say(sentence)
    return LOOK if found["firms"] else DONE


def alarms(
    county: County = None,
    township: Township = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Tell what is to be looked into."""
    from app.domain.register import AsOf as Moment
    from app.register.asking import day_asked, known_asked
    from app.register.history.alarms import alarms as alarms_of
    from app.register.scope import LOCAL_OPERATOR

    day = day_asked(as_of)
    with reading_county(demo, county) as (session, code):
        moment = Moment(day, known_asked(session, code, known))
        found = alarms_of(session, code, moment, township=township, actor=LOCAL_OPERATOR).as_dict()
    if as_json:
        object_line(found)
    else:
        for sentence in told_alarms(found):
            say(sentence)
    return LOOK if found["alarms"] else DONE

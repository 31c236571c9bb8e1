"""`luzhang due`, `luzhang holidays …`: what falls due, reminders ready to send, the table of holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.chinese import Command, Group
from app.commands.opening import AsOf, County, Demo, Json, Known, OneFirm, Reason, Township, reading_county, register_of
from app.commands.output import DONE, LOOK, object_line, say

if TYPE_CHECKING:
    from datetime import date


_HELP = "节假日表：哪天放假、哪天上班，数工作日"
_KIND = "statutory 法定节假日、off 放假（调休）、work 调休上班、usual 照常"
Source = Annotated[str, typer.Option("--source", metavar="通知", help="依据哪份通知，写明文号")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.command("due", cls=Command, help="到期事项：证照、措施、退回事项、期限；可成文提醒各乡镇")(due)
    holidays = typer.Typer(cls=Group, rich_markup_mode=None, help=_HELP)
    holidays.command("list", cls=Command, help="列出一年的放假和调休上班，连通知原文")(listed)
    holidays.command("set", cls=Command, help="记某几天放假、上班或照常，盖过随程序带的")(set_days)
    holidays.command("year", cls=Command, help="写明某一年的放假安排都记全了")(year_told)
    holidays.command("back", cls=Command, help="撤回本县记的一条")(back)
    holidays.command("count", cls=Command, help="数工作日：第几个工作日是哪天，或到哪天有几个")(count)
    holidays.callback()(lambda: None)
    program.add_typer(holidays, name="holidays", help=_HELP)


def due(
    firm: OneFirm = None,
    within: Annotated[
        int, typer.Option("--within", metavar="天数", help="多少天以内到期的，默认60；已逾期的总列")
    ] = 60,
    department: Annotated[
        str | None, typer.Option("--department", metavar="单位", help="责任单位名称里的几个字")
    ] = None,
    of: Annotated[
        str | None,
        typer.Option("--of", metavar="类别", help="permit、duty、plan、item、notice、programme、clause 之一"),
    ] = None,
    undated: Annotated[bool, typer.Option("--undated", help="没有期限的也列")] = False,
    remind: Annotated[bool, typer.Option("--remind", help="写成各乡镇的提醒，可以直接发送")] = False,
    county: County = None,
    township: Township = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List what falls due."""
    from app.register.asking import day_asked, known_asked
    from app.register.calendar.asked import Wanted, calendar
    from app.register.scope import LOCAL_OPERATOR

    day = day_asked(as_of)
    with reading_county(demo, county) as (session, code):
        wanted = Wanted(within, township, department, firm, of, undated)
        found = calendar(session, code, wanted, day, known_asked(session, code, known), LOCAL_OPERATOR)
    told = found.as_dict()
    if remind:
        told = {name: told[name] for name in ("county", "as_of", "known", "within")}
        told["reminders"] = [one.as_dict() for one in found.reminders]
    if as_json:
        object_line(told)
    elif remind:
        say("\n\n".join(one["text"] for one in told["reminders"]) or "没有到期事项")
    else:
        _tell(told)
    return found.status


def _tell(told: dict[str, Any]) -> None:
    totals = told["totals"]
    counts = f"已逾期 {totals['overdue']}；不能确定 {totals['cannot_tell']}；{told['within']} 天内到期 {totals['due']}"
    say(f"截至 {told['as_of']}：{counts}；没有期限未列 {told['undated']}；更晚的 {told['later']}")
    for one in told["lines"]:
        who = one["enterprise"]["name"] if one["enterprise"] else "全县"
        place = f"（{one['township']}）" if one["township"] else ""
        unit = f"　责任单位：{one['department']}" if one["department"] else ""
        say(f"{one['day'] or '期限不明'}　{one['state_label']}　{who}{place}　{one['what']}{unit}")
        say(f"    {one['why']}（{one['source']}）")


def listed(
    year: Annotated[int | None, typer.Argument(metavar="年份", help="哪一年，默认今年")] = None,
    county: County = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List one year's days."""
    from app.register.asking import day_asked, known_asked
    from app.register.calendar.holidays import listed as found_in
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        at = known_asked(session, code, known)
        told = found_in(session, code, year or day_asked(None).year, at, LOCAL_OPERATOR)
    status = DONE if told["known_whole"] else LOOK
    if as_json:
        object_line(told)
        return status
    years = "、".join(map(str, told["years"]))
    whole = "安排已全" if told["known_whole"] else f"没有这一年的安排，数到那里答“不能确定”；有的年份：{years}"
    say(f"{told['year']} 年：{whole}")
    for one in told["days"]:
        own = f"　本县所记，编号 {one['own']['holiday']}" if one["own"] else ""
        say(f"{one['day']}　星期{one['weekday']}　{one['label']}{'　' + one['name'] if one['name'] else ''}{own}")
    for one in told["declared"]:
        say(f"本县写明已记全：{one['source']}，编号 {one['holiday']}")
    for one in told["arrangements"]:
        say(f"{one['source']}：{one['text']}")
    return status


def set_days(
    day: Annotated[str, typer.Argument(metavar="日期", help="哪一天，如 2027-02-05")],
    kind: Annotated[str, typer.Argument(metavar="类别", help=_KIND)],
    source: Source,
    reason: Reason,
    until: Annotated[
        str | None, typer.Option("--until", metavar="日期", help="到哪一天（算这一天），默认只这一天")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="名称", help="什么节日")] = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Tell of some days."""
    from app.register.asking import day_told

    since = day_told(day)
    return _record(kind, since, day_told(until) if until else since, source, reason, name, county, demo, as_json)


def year_told(
    year: Annotated[int, typer.Argument(metavar="年份", help="哪一年", min=2000, max=2100)],
    source: Source,
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Tell that a year is told whole."""
    from datetime import date

    first = date(year, 1, 1)
    return _record(None, first, first, source, reason, None, county, demo, as_json)


def _record(
    kind: str | None,
    since: date,
    until: date,
    source: str,
    reason: str,
    name: str | None,
    county: str | None,
    demo: bool,
    as_json: bool,
) -> int:
    from app.register.calendar.holidays import NewDays, tell
    from app.register.scope import LOCAL_OPERATOR

    engine, code = register_of(demo, county)
    told = tell(engine, code, NewDays(kind, since, until, source, name), reason=reason, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(told)
    else:
        say(f"已记录为第 {told['change']} 号变更；编号 {'、'.join(told['holidays'])}")
    return DONE


def back(
    holiday: Annotated[str, typer.Argument(metavar="编号", help="本县所记的编号，见 luzhang holidays list")],
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Take a record back."""
    from app.register.calendar.holidays import take_back
    from app.register.scope import LOCAL_OPERATOR

    engine, code = register_of(demo, county)
    told = take_back(engine, code, holiday, reason=reason, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(told)
    else:
        say(f"已撤回，记为第 {told['change']} 号变更")
    return DONE


def count(
    since: Annotated[str, typer.Argument(metavar="日期", help="从哪一天数，这一天不算")],
    days: Annotated[int | None, typer.Option("--days", metavar="几个", help="数几个工作日；负数往前数")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="日期", help="数到哪一天，算这一天")] = None,
    county: County = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Count working days."""
    from app.register.asking import day_told, known_asked
    from app.register.calendar.holidays import counted

    first, last = day_told(since), day_told(to) if to else None
    with reading_county(demo, county) as (session, code):
        told = counted(session, code, known_asked(session, code, known), first, days=days, to=last)
    if as_json:
        object_line(told)
    elif told["why"]:
        say(f"不能确定：{told['why']}")
    else:
        say(_nth(told) if days is not None else _between(told))
    return LOOK if told["why"] else DONE


def _nth(told: dict[str, Any]) -> str:
    number = told["working_days"]
    return f"{told['from']} {'以后' if number >= 0 else '以前'}第 {abs(number)} 个工作日：{told['to']}"


def _between(told: dict[str, Any]) -> str:
    return f"{told['from']} 以后到 {told['to']}：{told['working_days']} 个工作日"

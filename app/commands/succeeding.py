"""`luzhang succeed …`: firms merged, split, renamed or moved, machines handed over; what follows as of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.chinese import Command, Group
from app.commands.opening import AsOf, County, Demo, Firm, Json, Known, Reason, reading_county, register_of
from app.commands.output import DONE, LOOK, object_line, say
from app.errors import BadInput

if TYPE_CHECKING:
    from app.register.successions.recording import Grounds

Into = Annotated[str, typer.Argument(metavar="归谁", help="后来的一家：全称、18位代码或编号")]
Day = Annotated[str, typer.Option("--day", metavar="日期", help="哪天起：2024-05-01、2024年3月；没人知道写 不明")]
OneDay = Annotated[str, typer.Option("--day", metavar="日期", help="哪天起，如 2024-05-01")]
Document = Annotated[str | None, typer.Option("--document", metavar="文件", help="批文、协议的名称、文号")]
Evidence = Annotated[str | None, typer.Option("--evidence", metavar="出处", help="哪份材料的哪一处")]
Act = Annotated[str, typer.Argument(metavar="编号", help="这次整合、分立、转让的编号，见 luzhang succeed list")]

_HELP = "企业的前后：被整合、分立、改名、搬迁，设备转让"


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    succeed = typer.Typer(cls=Group, rich_markup_mode=None, help=_HELP)
    succeed.command("merged", cls=Command, help="一家被整合入另一家：那天起设备归后一家")(merged)
    succeed.command("split", cls=Command, help="一家分成几家：逐台写明设备归谁，没写的列出来问")(split)
    succeed.command("named", cls=Command, help="分立时没写的设备，补写归谁")(named)
    succeed.command("transferred", cls=Command, help="一台设备转给另一家：还是同一台")(transferred)
    succeed.command("renamed", cls=Command, help="改名：那天起用新名称，旧名称仍找得到")(renamed)
    succeed.command("moved", cls=Command, help="搬到另一个乡镇（街道）")(moved)
    succeed.command("show", cls=Command, help="一家企业的前后，它的设备那一天是谁的")(shown)
    succeed.command("list", cls=Command, help="列出有效的整合、分立、转让，和要问的设备")(listed)
    succeed.command("back", cls=Command, help="撤回一次整合、分立或转让")(back)
    succeed.callback()(lambda: None)
    program.add_typer(succeed, name="succeed", help=_HELP)


def merged(
    firm: Firm,
    into: Into,
    day: Day,
    reason: Reason,
    document: Document = None,
    evidence: Evidence = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record a merger."""
    from app.register.scope import LOCAL_OPERATOR
    from app.register.successions import acts

    grounds = _grounds(day, reason, document, evidence)
    engine, code = register_of(demo, county)
    return _say(acts.merged(engine, code, firm, into, grounds, actor=LOCAL_OPERATOR), as_json)


def split(
    firm: Firm,
    into: Annotated[list[str], typer.Argument(metavar="分出", help="分出来的各家")],
    day: Day,
    reason: Reason,
    machine: Annotated[
        list[str] | None, typer.Option("--machine", metavar="设备=企业", help="这台设备（炉号或编号）归哪家；可写几次")
    ] = None,
    document: Document = None,
    evidence: Evidence = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record a split."""
    from app.register.scope import LOCAL_OPERATOR
    from app.register.successions import acts

    given = dict(_pair(one) for one in machine or ())
    grounds = _grounds(day, reason, document, evidence)
    engine, code = register_of(demo, county)
    return _say(acts.split(engine, code, firm, into, given, grounds, actor=LOCAL_OPERATOR), as_json)


def named(
    act: Act,
    machine: Annotated[str, typer.Argument(metavar="设备", help="炉号或设备编号")],
    to: Into,
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Say whose a machine of a split firm is."""
    from app.register.scope import LOCAL_OPERATOR
    from app.register.successions import acts

    engine, code = register_of(demo, county)
    return _say(acts.named(engine, code, act, machine, to, reason=reason, actor=LOCAL_OPERATOR), as_json)


def transferred(
    firm: Firm,
    machine: Annotated[str, typer.Argument(metavar="设备", help="炉号或设备编号")],
    into: Into,
    day: Day,
    reason: Reason,
    document: Document = None,
    evidence: Evidence = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record that a machine went over."""
    from app.register.scope import LOCAL_OPERATOR
    from app.register.successions import acts

    grounds = _grounds(day, reason, document, evidence)
    engine, code = register_of(demo, county)
    return _say(acts.transferred(engine, code, firm, machine, into, grounds, actor=LOCAL_OPERATOR), as_json)


def renamed(
    firm: Firm,
    name: Annotated[str, typer.Argument(metavar="新名称", help="营业执照上的新名称")],
    day: OneDay,
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record a new name."""
    from app.register.asking import day_asked
    from app.register.scope import LOCAL_OPERATOR
    from app.register.successions import acts

    engine, code = register_of(demo, county)
    since = day_asked(day)
    return _say(acts.renamed(engine, code, firm, name, since, reason=reason, actor=LOCAL_OPERATOR), as_json)


def moved(
    firm: Firm,
    township: Annotated[str, typer.Argument(metavar="乡镇", help="乡镇（街道）名称或9位代码")],
    day: OneDay,
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record a new township."""
    from app.register.asking import day_asked
    from app.register.scope import LOCAL_OPERATOR
    from app.register.successions import acts

    engine, code = register_of(demo, county)
    since = day_asked(day)
    return _say(acts.moved(engine, code, firm, township, since, reason=reason, actor=LOCAL_OPERATOR), as_json)


def shown(
    firm: Firm,
    county: County = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Show who came before and after a firm, and whose its machines are."""
    from app.domain.register import AsOf as Moment
    from app.register.asking import day_asked, known_asked
    from app.register.desk.who import firm_called
    from app.register.scope import LOCAL_OPERATOR
    from app.register.successions.shown import of_firm

    with reading_county(demo, county) as (session, code):
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
        row = of_firm(session, code, firm_called(session, code, firm, LOCAL_OPERATOR), moment, LOCAL_OPERATOR)
    if as_json:
        object_line(row)
    else:
        _tell(row)
    return LOOK if any(not one["settled"] for one in row["machines"]) else DONE


def _tell(row: dict[str, Any]) -> None:
    status = "（被整合）" if row["enterprise"]["status"] == "merged" else ""
    say(f"截至 {row['as_of']}：{row['enterprise']['name']}{status}")
    for link in (*row["predecessors"], *row["successors"]):
        paper = f"；{link['document']}" if link["document"] else ""
        say(f"  {link['words']}{paper}（编号 {link['succession']}）")
    for one in row["machines"]:
        say(f"  {one['called']}（{one['equipment']}）{'　' + one['words'] if one['words'] else ''}")


def listed(
    county: County = None, as_of: AsOf = None, known: Known = None, demo: Demo = False, as_json: Json = False
) -> int:
    """List the acts that stand."""
    from app.domain.register import AsOf as Moment
    from app.register.asking import day_asked, known_asked
    from app.register.scope import LOCAL_OPERATOR
    from app.register.successions.shown import listed as rows_of

    with reading_county(demo, county) as (session, code):
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
        rows = rows_of(session, code, moment, LOCAL_OPERATOR)
    if as_json:
        object_line({"county": code, "as_of": moment.day.isoformat(), "known": moment.known, "successions": rows})
    else:
        for row in rows:
            machine = f"　设备 {row['equipment']}" if row["equipment"] else ""
            what = f"{row['label']}　{row['from']['name']} → {row['into']['name']}{machine}"
            say(f"{row['succession']}　第 {row['change']} 号变更　{row['by']}　{what}　{row['day']}。{row['reason']}")
            for one in row["asks"]:
                say(f"    要问：{one['called']}（{one['equipment']}）归谁")
    return LOOK if any(row["asks"] for row in rows) else DONE


def back(act: Act, reason: Reason, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Take an act back."""
    from app.register.scope import LOCAL_OPERATOR
    from app.register.successions import acts

    engine, code = register_of(demo, county)
    return _say(acts.take_back(engine, code, act, reason=reason, actor=LOCAL_OPERATOR), as_json)


def _grounds(day: str, reason: str, document: str | None, evidence: str | None) -> Grounds:
    from app.api.successions import grounds_told

    return grounds_told(day, reason, document, evidence)


def _pair(text: str) -> tuple[str, str]:
    machine, equals, firm = (part.strip() for part in text.partition("="))
    if not (machine and equals and firm):
        raise BadInput(f"“{text}”不是“设备=企业”的样子", fix="例如 --machine 1号=华强金属制品有限公司", code="usage")
    return machine, firm


def _say(told: dict[str, Any], as_json: bool) -> int:
    if as_json:
        object_line(told)
        return LOOK if told.get("asks") else DONE
    named = f"，编号 {told['succession']}" if told.get("succession") else ""
    done = "已撤回" if "taken_back" in told else "已记下"
    say(f"{done}：第 {told['change']} 号变更{named}")
    if told.get("asks"):
        say(f"还有 {len(told['asks'])} 台设备没有写归谁：{'、'.join(told['asks'])}；请用 luzhang succeed named 补写")
    return LOOK if told.get("asks") else DONE

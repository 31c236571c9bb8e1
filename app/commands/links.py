"""`luzhang link …`: upload links by which townships send their rosters without an account."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.chinese import Command, Group
from app.commands.opening import County, Demo, Json, Output, Reason, opened, reading_county, register_of
from app.commands.output import DONE, LOOK, note, object_line, say

if TYPE_CHECKING:
    from sqlalchemy import Engine

HELP = "上传链接：乡镇不用账号，按季度交名册"

Townships = Annotated[
    list[str] | None, typer.Option("--township", metavar="代码", help="给哪个乡镇（可写几次）；不写就是全县每个乡镇")
]
QuarterOf = Annotated[str, typer.Option("--quarter", metavar="季度", help="收哪个季度的，如 2025Q4")]
Until = Annotated[
    str | None, typer.Option("--until", metavar="日期", help="用到哪一天，默认到该季度报送截止，最多92天")
]
NoteOn = Annotated[str | None, typer.Option("--note", metavar="说明", help="记一句说明")]
Address = Annotated[
    str | None, typer.Option("--address", metavar="网址", help="服务器的网址，写在地址前面，如 http://10.0.0.5:8000")
]
Id = Annotated[str, typer.Argument(metavar="链接", help="开链接时给出的编号")]
OneLink = Annotated[str | None, typer.Argument(metavar="链接", help="只看这一条收到的；不写就是全县的")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    link = typer.Typer(cls=Group, rich_markup_mode=None, help=HELP)
    link.command("make", cls=Command, help="开链接：给一个乡镇，或给全县每个乡镇各一条；地址只显示这一次")(make)
    link.command("list", cls=Command, help="列出开过的链接，现在能不能用，收了多少")(listed)
    link.command("revoke", cls=Command, help="停用一条链接，写明理由；收到的文件仍留存")(revoke)
    link.command("uploads", cls=Command, help="列出从链接收到的文件；写入用 luzhang imports apply")(uploads)
    link.callback()(lambda: None)
    program.add_typer(link, name="link", help=HELP)


def make(
    quarter: QuarterOf,
    township: Townships = None,
    until: Until = None,
    said: NoteOn = None,
    address: Address = None,
    output: Output = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Make links and tell their addresses, this once."""
    from app.domain.quarter import Quarter
    from app.register.asking import day_told
    from app.register.links import links
    from app.register.scope import LOCAL_OPERATOR

    asked, last = Quarter.parse(quarter), day_told(until) if until else None
    _refuse_unwritable(output)
    engine, code = register_of(demo, county)
    made = links.make(engine, code, township or (), asked, until=last, note=said, actor=LOCAL_OPERATOR)
    told = [{**one.as_dict(), "address": f"{(address or '').rstrip('/')}{one.path}"} for one in made]
    if as_json:
        object_line({"county": code, "links": told}, whole=True)  # a digit masked would spoil an address
    for one in () if as_json else told:
        say(
            f"{one['township_name']}　{one['quarter']}　用到 {one['until']}　{one['address']}　（编号 {one['link']}）",
            whole=True,
        )
    note("地址只显示这一次，登记库里不存；丢了请停用后另开" + ("" if address else "。使用时在地址前加上服务器的网址"))
    if output:  # last: whatever becomes of the file, the addresses have been told
        _write(engine, told, Path(output), code)
    return DONE


def listed(county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """List the links of a county."""
    from app.register.links.links import STATES
    from app.register.links.links import listed as found
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        rows = found(session, code, LOCAL_OPERATOR)
    if as_json:
        object_line({"county": code, "links": rows})
        return DONE
    for one in rows:
        came = f"收到 {one['files']} 个文件（{one['bytes']:,} 字节）"
        noted = f"　{one['note']}" if one["note"] else ""
        state = STATES[one["state"]]
        say(f"{one['township_name']}　{one['quarter']}　{state}　用到 {one['until']}　{came}　{one['link']}{noted}")
    if not rows:
        say("没有")
    return DONE


def revoke(link: Id, reason: Reason = "", county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Revoke a link."""
    from app.register.links import links
    from app.register.scope import LOCAL_OPERATOR

    found = links.revoke(opened(demo, county), link, reason=reason, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(found)
    else:
        say(f"已停用；变更第 {found['change']} 号。已经收到的文件仍留存")
    return DONE


def uploads(link: OneLink = None, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """List what came by links."""
    from app.register.links.links import link_told
    from app.register.links.receiving import uploads as found
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    if link:
        with reading(opened(demo, county)) as session:
            code = link_told(session, link, LOCAL_OPERATOR).county
            rows = found(session, code, LOCAL_OPERATOR, link)
    else:
        with reading_county(demo, county) as (session, code):
            rows = found(session, code, LOCAL_OPERATOR)
    if as_json:
        object_line({"county": code, "uploads": rows})
    else:
        for one in rows:
            say(_line(one))
        if not rows:
            say("没有")
    return LOOK if any(one["standing"] == "waiting" for one in rows) else DONE


_STANDINGS = {"waiting": "等着写入", "applied": "已写入", "withdrawn": "没有采用"}
_RESULTS = {"kept": "", "again": "（内容和以前收到的一样）"}


def _line(one: dict[str, Any]) -> str:
    said = f"{_STANDINGS[one['standing']]}{_RESULTS[one['result']]}"
    came = f"{one['at'][:16].replace('T', ' ')}　{one['township_name']}　{one['quarter']}　{one['file']}"
    return f"{came}　{said}　来自 {one['origin']}　编号 {one['batch']}"


def _refuse_unwritable(output: str | None) -> None:
    """Refuse before anything is made: an address that cannot be written down is lost."""
    from app.errors import BadInput

    if output and not Path(output).parent.is_dir():
        raise BadInput(
            f"没有文件夹“{Path(output).parent}”", fix="请先建好文件夹，或换一个位置", code="output.unwritable"
        )


def _write(engine: Engine, told: list[dict[str, Any]], path: Path, code: str) -> None:
    from app import clock
    from app.register.places import county_of
    from app.store.engine import reading
    from reports.link_list import write_link_list

    with reading(engine) as session:
        name = county_of(session, code)[1]
    write_link_list(told, path, county_name=name, day=f"开于{clock.today()}")
    note(f"写到了 {path.name}")

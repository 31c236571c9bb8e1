"""`luzhang audit …`: who did what, when, from where, with which result."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.chinese import Command, Group
from app.commands.opening import Demo, Json, asked_county, county_code, opened
from app.commands.output import DONE, note, object_line, say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.register.audit.asked import Asked

Chain = Annotated[str | None, typer.Option("--county", metavar="代码", help="县的6位代码；000000 是账号与登录")]
Who = Annotated[str | None, typer.Option("--actor", metavar="谁", help="姓名，写一部分也可")]
Act = Annotated[
    str | None, typer.Option("--act", metavar="什么事", help="代码，如 import、people.disable；people 是各种人员的事")
]
Firm = Annotated[str | None, typer.Option("--firm", metavar="企业", help="与这家企业有关的：全称、18位代码或编号")]
What = Annotated[str | None, typer.Option("--what", metavar="字", help="对象里的字，写一部分也可")]
Since = Annotated[str | None, typer.Option("--since", metavar="日期", help="从这一天起")]
Until = Annotated[str | None, typer.Option("--until", metavar="日期", help="到这一天止，含当天")]
Result = Annotated[str | None, typer.Option("--result", metavar="结果", help="done 已办、refused 未准、failed 未成")]
Code = Annotated[str | None, typer.Option("--code", metavar="代码", help="没有办成的原因代码")]
Origin = Annotated[str | None, typer.Option("--origin", metavar="地址", help="从哪里来，写一部分也可")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    told = typer.Typer(cls=Group, rich_markup_mode=None, help="审计记录")
    told.command("list", cls=Command, help="列审计记录，最近的在前")(listed)
    told.command("show", cls=Command, help="看一条审计记录，和它改动了什么")(shown)
    told.command("export", cls=Command, help="审计记录写成文件，从早到晚")(exported)
    told.callback()(lambda: None)
    program.add_typer(told, name="audit", help="审计记录：谁什么时候从哪里做了什么，结果怎样")


def listed(
    county: Chain = None,
    actor: Who = None,
    act: Act = None,
    firm: Firm = None,
    what: What = None,
    since: Since = None,
    until: Until = None,
    result: Result = None,
    code: Code = None,
    origin: Origin = None,
    limit: Annotated[int, typer.Option("--limit", metavar="条数", help="最多列多少条，默认 100", min=1)] = 100,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List what fits, the latest first."""
    from app.register.audit.listing import page
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    told = _told(actor=actor, act=act, firm=firm, what=what, since=since, until=until)
    told |= _told(result=result, code=code, origin=origin)
    with reading(opened(demo, county)) as session:
        asked = _asked(session, asked_county(demo, county), told)
        found = page(session, asked, LOCAL_OPERATOR, before=None, limit=limit)
    if as_json:
        object_line({"county": asked.chain, "total": found.total, "items": list(found.rows)})
        return DONE
    for row in found.rows:
        say(line(row))
    say(f"{asked.chain} 共 {found.total} 条" + (f"，列出最近的 {limit} 条" if found.total > limit else ""))
    return DONE


def shown(
    county: Annotated[str, typer.Argument(metavar="县", help="县的6位代码；000000 是账号与登录")],
    number: Annotated[int, typer.Argument(metavar="编号", help="审计记录的编号", min=1)],
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Tell one record; of an act that changed the register what it changed."""
    from app.commands.history_words import told_difference
    from app.register.audit.listing import did, one
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    chain = county_code(county)
    with reading(opened(demo, county)) as session:
        row = one(session, chain, number, LOCAL_OPERATOR)
        row["did"] = did(session, chain, row, LOCAL_OPERATOR)
    if as_json:
        object_line(row)
        return DONE
    say(line(row))
    for sentence in _particulars(row):
        say(f"  {sentence}")
    if row["did"] is not None:
        for sentence in told_difference(row["did"]):
            say(f"  {sentence}")
    return DONE


def exported(
    output: Annotated[str, typer.Option("-o", "--output", metavar="文件", help="写到这个文件：.csv 或 .xlsx")],
    county: Chain = None,
    actor: Who = None,
    act: Act = None,
    firm: Firm = None,
    what: What = None,
    since: Since = None,
    until: Until = None,
    result: Result = None,
    code: Code = None,
    origin: Origin = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Write all that fits to a file."""
    from app.register.audit.listing import everything
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading
    from reports.exports.audit_file import audit_pieces, form_called
    from reports.files import write_file

    form = form_called(output)
    engine = opened(demo, county)
    told = _told(actor=actor, act=act, firm=firm, what=what, since=since, until=until)
    told |= _told(result=result, code=code, origin=origin)
    with reading(engine) as session:
        asked = _asked(session, asked_county(demo, county), told)
    found = everything(engine, asked, LOCAL_OPERATOR)
    write_file(Path(output), audit_pieces(found, form))
    if as_json:
        object_line({"county": asked.chain, "total": found.total, "file": Path(output).name})
    else:
        note(f"审计记录 {found.total} 条已写到 {output}")
    return DONE


def line(row: Mapping[str, Any]) -> str:
    """A record as one line."""
    subject = row["file"] or row["subject"]
    what = f"　{subject}" if subject else ""
    change = f"　第 {row['change']} 号变更" if row["change"] is not None else ""
    code = f"（{row['code']}）" if row["code"] else ""
    return (
        f"{row['number']}　{row['at'][:19].replace('T', ' ')}　{row['actor']}　{row['origin']}　"
        f"{row['kind']}{what}{change}　{row['label']}{code}"
    )


def _particulars(row: dict[str, Any]) -> Iterator[str]:
    for name, zh in (("act", "代码"), ("account", "账号"), ("reason", "理由"), ("file", "文件")):
        if row[name]:
            yield f"{zh}：{row[name]}"
    for name, zh in (("before", "改前"), ("after", "改后")):
        if row[name] is not None:
            yield f"{zh}：{json.dumps(row[name], ensure_ascii=False, sort_keys=True)}"
    for table in row.get("wrote", ()):
        gone = f"，作废 {table['superseded']} 行" if table["superseded"] else ""
        yield f"{table['table']}：记 {table['recorded']} 行{gone}"
    yield f"摘要：{row['digest']}"


def _told(**filters: str | None) -> dict[str, Any]:
    return {name: value for name, value in filters.items() if value is not None}


def _asked(session: Session, county: str | None, told: dict[str, Any]) -> Asked:
    from app.register.asking import day_told
    from app.register.audit.asked import Asked
    from app.register.audit.listing import chain_asked
    from app.register.scope import LOCAL_OPERATOR

    for name in ("since", "until"):
        if name in told:
            told[name] = day_told(told[name])
    return Asked(chain_asked(session, county, LOCAL_OPERATOR), **told)

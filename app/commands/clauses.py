"""`luzhang clauses …`: the clauses, a county's own files of them, what a file would change, and which are adopted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.chinese import Command, Group
from app.commands.file_text import text_of
from app.commands.opening import County, Demo, Json, Known, asked_county, opened, reading_county, required_county
from app.commands.output import DONE, LOOK, object_line, say
from app.errors import BadInput, CatalogueFault

if TYPE_CHECKING:
    from datetime import date

    from app.register.clauses.listed import Standing

ABOUT = "条款：看有哪些、加本县的、试有什么影响、采用和停用"

File = Annotated[str, typer.Argument(metavar="文件", help="条款文件（.yaml）")]
Id = Annotated[str, typer.Argument(metavar="条款", help="条款编号，如 GDC24-IF-NOYOKE-AL")]
Reason = Annotated[str, typer.Option("--reason", metavar="依据", help="为什么这样做，例如文号")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="日期", help="按哪一天，默认今天")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    clauses = typer.Typer(cls=Group, rich_markup_mode=None, help=ABOUT)
    clauses.command("list", cls=Command, help="列出条款：哪天有效、采用没有、缺什么")(listed)
    clauses.command("show", cls=Command, help="一个条款的全文、出处、条件、例子和现状")(show)
    clauses.command("check", cls=Command, help="检查条款文件：逐处指出第几行错在哪里")(check)
    clauses.command("try", cls=Command, help="加入以前先试：会改变哪些企业、哪些设备的结论；什么也不写")(try_file)
    clauses.command("add", cls=Command, help="加入本县的条款文件；要采用另说，或写 --adopt")(add)
    clauses.command("adopt", cls=Command, help="登记本县采用某个条款")(adopt)
    clauses.command("drop", cls=Command, help="停用本县采用的条款，或撤下本县的条款文件")(drop)
    clauses.callback()(lambda: None)
    program.add_typer(clauses, name="clauses", help=ABOUT)


def listed(
    county: County = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="状态", help="只列这种：confirmed、draft 等")
    ] = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List the clauses; with a day, those in force on it."""
    from app.commands.clause_words import told_line
    from app.register.asking import day_asked
    from app.register.clauses.listed import listed as lines_of
    from app.rules.clause import STATUSES

    if status is not None and status not in STATUSES:
        raise BadInput(f"没有“{status}”这种状态", fix=f"可以是：{'、'.join(STATUSES)}", code="clauses.status")
    day = day_asked(as_of)
    standing = _standing(demo, county, known)
    lines = lines_of(standing, day, status=status, in_force=as_of is not None)
    if as_json:
        object_line({"county": standing.county, "as_of": day.isoformat(), "clauses": lines})
    else:
        say(f"{standing.county or '随程序'}的条款 {len(lines)} 条，截至 {day.isoformat()}")
        for line in lines:
            say(told_line(line))
    return DONE


def show(
    clause: Id,
    county: County = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Show one clause in full."""
    from app.commands.clause_words import told_clause
    from app.register.asking import day_asked

    day: date = day_asked(as_of)
    standing = _standing(demo, county, known)
    whole = standing.whole(standing.catalogue.clause(clause), day)
    if as_json:
        object_line({"county": standing.county, "as_of": day.isoformat(), **whole})
    else:
        for sentence in told_clause(whole, day.isoformat()):
            say(sentence)
    return DONE


def _standing(demo: bool, county: str | None, known: str | None) -> Standing:
    """The clauses of the county told; of none, those that come with the program, for which no register is opened."""
    from app.register.asking import county_asked, known_asked
    from app.register.clauses.listed import clauses_of, clauses_shipped
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    code = asked_county(demo, county)
    if code is None:
        if known is not None:
            raise BadInput("没有指明县，不能按当时所知问条款", fix="请用 --county 指明县的6位代码", code="usage")
        return clauses_shipped()
    with reading(opened(demo, county)) as session:
        code = county_asked(session, code, LOCAL_OPERATOR)
        return clauses_of(session, code, known_asked(session, code, known), LOCAL_OPERATOR)


def check(file: File, county: County = None, as_json: Json = False) -> int:
    """Name the faults of a file of clauses."""
    from app.register.clauses.county_clauses import read_own

    faults: tuple[str, ...] = ()
    clauses: list[str] = []
    try:
        clauses = list(read_own(Path(file).name, text_of(file), asked_county(False, county) or "").clauses)
    except CatalogueFault as error:
        faults = error.faults
    if as_json:
        object_line({"file": Path(file).name, "clauses": clauses, "faults": list(faults)})
    else:
        say(f"{Path(file).name}：{f'有 {len(faults)} 处要改' if faults else f'没有错处，条款 {len(clauses)} 条'}")
        for sentence in faults or clauses:
            say(f"  {sentence}")
    return LOOK if faults else DONE


def try_file(
    file: File,
    county: County = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Show whose verdict a file of clauses would change."""
    from app.commands.clause_words import told_trial
    from app.register.asking import day_asked, known_asked
    from app.register.clauses.trying import trial
    from app.register.scope import LOCAL_OPERATOR

    day, text = day_asked(as_of), text_of(file)
    with reading_county(demo, county) as (session, code):
        at = known_asked(session, code, known)
        found = trial(session, code, Path(file).name, text, day=day, known=at, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(found.as_dict())
    else:
        for sentence in told_trial(found.as_dict()):
            say(sentence)
    return found.status


def add(
    file: File,
    reason: Reason,
    county: County = None,
    adopting: Annotated[bool, typer.Option("--adopt", help="同时采用其中能采用的条款")] = False,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Add a file of clauses to a county's own."""
    from app.register.clauses import acts as clause_acts
    from app.register.scope import LOCAL_OPERATOR

    code, text = required_county(demo, county), text_of(file)
    about = (opened(demo, county), code, Path(file).name, text)
    added = clause_acts.add(*about, reason=reason, adopting=adopting, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(added.as_dict())
    else:
        say(f"{code} 加入条款 {len(added.clauses)} 条（变更第 {added.change} 号；文件编号 {added.file}）")
        for clause in added.clauses:
            say(f"  {clause}{'　已采用' if clause in added.adopted else '　尚未采用'}")
        for clause, why in added.not_adopted:
            say(f"  {clause} 没有采用：{why}")
    return LOOK if added.not_adopted else DONE


def adopt(
    clause: Id,
    county: County = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="依据", help="采用的依据")] = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record that the county adopts a clause, as its newest text has it."""
    from app.register.clauses import acts as clause_acts
    from app.register.scope import LOCAL_OPERATOR

    code = required_county(demo, county)
    change = clause_acts.adopt(opened(demo, county), code, clause, reason=reason, actor=LOCAL_OPERATOR)
    if as_json:
        object_line({"county": code, "clause": clause, "change": change})
    elif change is None:
        say(f"{code} 已经采用条款 {clause}，没有再记")
    else:
        say(f"已登记：{code} 采用条款 {clause}（变更第 {change} 号）")
    return DONE


def drop(
    clause: Annotated[str, typer.Argument(metavar="条款", help="条款编号；或本县条款文件的编号")],
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record that the county no longer decides by a clause, or take one of its files out."""
    from app.register.clauses import acts as clause_acts
    from app.register.scope import LOCAL_OPERATOR

    code = required_county(demo, county)
    dropped, change = clause_acts.drop(opened(demo, county), code, clause, reason=reason, actor=LOCAL_OPERATOR)
    if as_json:
        object_line({"county": code, "dropped": dropped, "change": change})
    else:
        say(f"已登记：{code} 停用 {dropped}（变更第 {change} 号）")
    return DONE

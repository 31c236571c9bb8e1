"""`luzhang department …`: the offices that people belong to, kept at the machine that keeps the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.chinese import Command, Group
from app.commands.opening import County, Demo, Json, opened
from app.commands.output import DONE, object_line, say
from app.domain.actor import LOCAL_OPERATOR

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from app.store.account import Department

_HELP = "部门：列出、改名、撤销、恢复；建账号时（user add）写明部门，没有的就建"

Division = Annotated[str, typer.Argument(metavar="地方", help="部门在哪里：9位、6位、4位代码，或 all")]
Name = Annotated[str, typer.Argument(metavar="部门", help="部门的名称")]
New = Annotated[str, typer.Argument(metavar="新名称", help="从现在起叫什么")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    department = typer.Typer(cls=Group, rich_markup_mode=None, help=_HELP)
    department.command("list", cls=Command, help="列出部门，撤销了的也列")(listed)
    department.command("rename", cls=Command, help="部门改名；部门里的人不变")(rename)
    department.command("close", cls=Command, help="撤销部门：不再给新账号用，已有的账号照旧")(close)
    department.command("reopen", cls=Command, help="恢复撤销了的部门")(reopen)
    department.callback()(lambda: None)
    program.add_typer(department, name="department", help=_HELP)


def listed(county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """List the departments."""
    from app.register.people.accounts import department_row
    from app.register.people.departments import departments
    from app.store.engine import reading

    with reading(opened(demo, county)) as session:
        rows = [department_row(one) for one in departments(session, LOCAL_OPERATOR)]
    if as_json:
        object_line({"departments": rows})
        return DONE
    say(f"部门 {len(rows)} 个")
    for row in rows:
        say(f"  {_line(row)}")
    return DONE


def rename(
    division: Division, name: Name, new: New, county: County = None, demo: Demo = False, as_json: Json = False
) -> int:
    """Call a department otherwise."""
    from app.register.people import departments

    def act(session: Session, id: str) -> Department:
        return departments.rename(session, LOCAL_OPERATOR, id, new)

    return _done(act, division, name, county, demo, as_json)


def close(division: Division, name: Name, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Have a department take nobody new."""
    from app.register.people import departments

    def act(session: Session, id: str) -> Department:
        return departments.close(session, LOCAL_OPERATOR, id)

    return _done(act, division, name, county, demo, as_json)


def reopen(division: Division, name: Name, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Have a closed department take people again."""
    from app.register.people import departments

    def act(session: Session, id: str) -> Department:
        return departments.reopen(session, LOCAL_OPERATOR, id)

    return _done(act, division, name, county, demo, as_json)


def _done(
    act: Callable[[Session, str], Department],
    division: str,
    name: str,
    county: str | None,
    demo: bool,
    as_json: bool,
) -> int:
    """Do it to the department of that name, and tell how it stands."""
    from app.register.people.accounts import department_row
    from app.register.people.departments import department_named
    from app.store.engine import unit

    with unit(opened(demo, county)) as session:
        row = department_row(act(session, department_named(session, division, name).id))
    if as_json:
        object_line(row)
    else:
        say(_line(row))
    return DONE


def _line(row: dict[str, Any]) -> str:
    return f"{row['division']}　{row['name']}{'　已撤销' if row['closed_at'] else ''}"

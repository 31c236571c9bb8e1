"""`luzhang factor …`: second factors, kept at the machine that keeps the register."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.chinese import Command, Group
from app.commands.opening import County, Demo, Json, opened
from app.commands.output import DONE, object_line, say
from app.domain.actor import LOCAL_OPERATOR

_HELP = "动态口令：规定哪些角色要用，撤销丢了手机的人的"

Name = Annotated[str, typer.Argument(metavar="账号", help="登录用的名字")]
Role = Annotated[str, typer.Argument(metavar="角色", help="如 administrator 或 管理员")]
Off = Annotated[bool, typer.Option("--off", help="不再要")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    factor = typer.Typer(cls=Group, rich_markup_mode=None, help=_HELP)
    factor.command("list", cls=Command, help="列出规定要用动态口令的角色")(listed)
    factor.command("require", cls=Command, help="规定一个角色要用动态口令；--off 不再要")(require)
    factor.command("remove", cls=Command, help="撤销一个账号的动态口令，本人登录后再设")(remove)
    factor.callback()(lambda: None)
    program.add_typer(factor, name="factor", help=_HELP)


def listed(county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """List the roles that must have one."""
    from app.register.people.required_factors import required_roles
    from app.store.engine import reading

    with reading(opened(demo, county)) as session:
        return _tell(sorted(required_roles(session)), as_json)


def require(role: Role, off: Off = False, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Have a role's holders need one, or no longer."""
    from app.register.people import required_factors
    from app.store.engine import unit

    with unit(opened(demo, county)) as session:
        required_factors.require(session, LOCAL_OPERATOR, role, not off)
        return _tell(sorted(required_factors.required_roles(session)), as_json)


def remove(name: Name, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Take an account's second factor away."""
    from app.register.people import factor_acts
    from app.store.engine import unit

    with unit(opened(demo, county)) as session:
        account = factor_acts.remove(session, LOCAL_OPERATOR, name).name
    if as_json:
        object_line({"account": account, "removed": True})
    else:
        say(f"已撤销 {account} 的动态口令；本人登录后可以再设")
    return DONE


def _tell(names: list[str], as_json: bool) -> int:
    from app.register.people.roles import roles

    if as_json:
        object_line({"roles": names})
    else:
        say("规定要用动态口令的角色：" + ("、".join(f"{roles()[one].zh}（{one}）" for one in names) or "没有"))
    return DONE

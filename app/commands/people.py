"""`luzhang user …`: accounts and what they may, kept at the machine that keeps the register, without signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app import clock
from app.commands import identities
from app.commands.chinese import Command, Group
from app.commands.opening import County, Demo, Json, opened
from app.commands.output import DONE, object_line, say
from app.domain.actor import LOCAL_OPERATOR
from app.errors import BadInput

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.store.account import Account

_HELP = "人员：账号、角色、口令；在登记库所在的电脑上用，不必登录"

Name = Annotated[str, typer.Argument(metavar="账号", help="登录用的名字")]
Shown = Annotated[str, typer.Option("--shown", metavar="姓名", help="本人的姓名，记在做过的事上")]
Role = Annotated[str, typer.Argument(metavar="角色", help="如 county_officer 或 县级经办；见 luzhang user roles")]
Division = Annotated[str, typer.Argument(metavar="地方", help="9位乡镇、6位县、4位市的代码，或 all（全部）")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    user = typer.Typer(cls=Group, rich_markup_mode=None, help=_HELP)
    user.command("first", cls=Command, help="设第一位管理员；不写账号就只给一次性令牌")(first)
    user.command("add", cls=Command, help="新建账号，给一次性口令；可以一并给一个角色")(add)
    user.command("list", cls=Command, help="列出账号和权限，停用的也列")(listed)
    user.command("show", cls=Command, help="看一个账号")(show)
    user.command("grant", cls=Command, help="给权限：在一个地方的一个角色")(grant)
    user.command("withdraw", cls=Command, help="撤权限；已登录的要重新登录")(withdraw)
    user.command("disable", cls=Command, help="停用账号，立即不能再用；账号不删")(disable)
    user.command("enable", cls=Command, help="启用停用过的账号")(enable)
    user.command("password", cls=Command, help="发一次性口令，原来的口令和登录作废")(password)
    user.command("rescue", cls=Command, help="管理员丢了口令：给一次性令牌，由本人设新口令")(rescue)
    user.command("roles", cls=Command, help="列出角色：各能做什么，给在哪一级")(listed_roles)
    identities.enlist(user)
    user.callback()(lambda: None)
    program.add_typer(user, name="user", help=_HELP)


def first(
    name: Annotated[str | None, typer.Argument(metavar="账号", help="第一位管理员登录用的名字")] = None,
    shown: Annotated[str, typer.Option("--shown", metavar="姓名", help="本人的姓名")] = "",
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Make the first administrator, with a one-time password; or print the token by which one is made."""
    from app.errors import LuzhangError
    from app.register.people import managing, one_time_tokens
    from app.store.engine import unit

    with unit(opened(demo, county)) as session:
        if name is not None:
            account = one_time_tokens.first_administrator(session, name, shown or name)
            return _tell_password(session, account, managing.set_one_time(session, account), as_json)
        found = one_time_tokens.first_token(session)
    if found is None:
        raise LuzhangError(
            "已经有账号了", fix="请用 luzhang user add 添加；丢了口令用 luzhang user rescue", code="people.first"
        )
    return _tell_token(*found, "POST /api/v1/first-administrator", as_json)


def add(
    name: Name,
    shown: Shown,
    division: Annotated[str, typer.Option("--division", metavar="地方", help="部门在哪里：9位、6位、4位代码，或 all")],
    department: Annotated[str, typer.Option("--department", metavar="部门", help="没有的就新建")] = "办公室",
    role: Annotated[str | None, typer.Option("--role", metavar="角色", help="一并给在同一个地方")] = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Make an account, with a one-time password."""
    from app.register.people import accounts, departments, managing
    from app.store.engine import unit

    with unit(opened(demo, county)) as session:
        office = departments.found_or_made(session, LOCAL_OPERATOR, division, department)
        account = accounts.make(session, LOCAL_OPERATOR, name, shown, office)
        if role is not None:
            managing.grant(session, LOCAL_OPERATOR, account.id, role, division)
        return _tell_password(session, account, managing.set_one_time(session, account), as_json)


def listed(county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """List the accounts."""
    from app.register.people import managing
    from app.register.people.accounts import person_row
    from app.store.engine import reading

    with reading(opened(demo, county)) as session:
        rows = [person_row(session, one) for one in managing.people(session, LOCAL_OPERATOR)]
    if as_json:
        object_line({"people": rows})
        return DONE
    say(f"账号 {len(rows)} 个" + ("" if rows else "：还没有。请先设第一位管理员：luzhang user first 账号 --shown 姓名"))
    for row in rows:
        say(f"  {_line(row)}")
    return DONE


def show(name: Name, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Show one account."""
    from app.register.people.accounts import account_of, person_row
    from app.store.engine import reading

    with reading(opened(demo, county)) as session:
        row = person_row(session, account_of(session, name))
    return _tell_person(row, as_json)


def grant(
    name: Name, role: Role, division: Division, county: County = None, demo: Demo = False, as_json: Json = False
) -> int:
    """Give a role in a division."""
    from app.register.people import managing
    from app.register.people.accounts import account_of, person_row
    from app.store.engine import unit

    with unit(opened(demo, county)) as session:
        managing.grant(session, LOCAL_OPERATOR, name, role, division)
        row = person_row(session, account_of(session, name))
    return _tell_person(row, as_json)


def withdraw(
    name: Name, role: Role, division: Division, county: County = None, demo: Demo = False, as_json: Json = False
) -> int:
    """Take a role in a division back."""
    from app.register.people import managing
    from app.register.people.accounts import account_of, grants_of, person_row
    from app.register.people.roles import role as role_named
    from app.store.engine import unit

    with unit(opened(demo, county)) as session:
        account, wanted = account_of(session, name), (role_named(role).name, division)
        held = grants_of(session, account.id)
        found = next((one for one in held if (one.role, one.division) == wanted), None)
        if found is None:
            raise BadInput(
                f"{account.name} 没有这项权限", fix="请看 luzhang user show 里列出的权限", code="grant.unknown"
            )
        managing.withdraw(session, LOCAL_OPERATOR, account.id, found.id)
        row = person_row(session, account)
    return _tell_person(row, as_json)


def disable(name: Name, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Disable an account."""
    from app.register.people import managing
    from app.register.people.accounts import person_row
    from app.store.engine import unit

    with unit(opened(demo, county)) as session:
        row = person_row(session, managing.disable(session, LOCAL_OPERATOR, name))
    return _tell_person(row, as_json)


def enable(name: Name, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Enable an account."""
    from app.register.people import managing
    from app.register.people.accounts import person_row
    from app.store.engine import unit

    with unit(opened(demo, county)) as session:
        row = person_row(session, managing.enable(session, LOCAL_OPERATOR, name))
    return _tell_person(row, as_json)


def password(name: Name, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Give an account a one-time password."""
    from app.register.people import managing
    from app.store.engine import unit

    with unit(opened(demo, county)) as session:
        account, told = managing.give_password(session, LOCAL_OPERATOR, name)
        return _tell_password(session, account, told, as_json)


def rescue(name: Name, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Print a token by which the account's holder sets a new password."""
    from app.register.people import one_time_tokens
    from app.store.engine import unit

    with unit(opened(demo, county)) as session:
        _, token, until = one_time_tokens.rescue_token(session, name)
    return _tell_token(token, until, "POST /api/v1/rescue", as_json)


def listed_roles(as_json: Json = False) -> int:
    """List the roles."""
    from app.register.people.divisions import LEVEL_NAMES
    from app.register.people.roles import roles

    if as_json:
        object_line({"roles": [one.as_dict() for one in roles().values()]})
        return DONE
    for one in roles().values():
        levels = "、".join(LEVEL_NAMES[level] for level in one.levels)
        say(f"{one.zh}（{one.name}）　给在：{levels}")
        say(f"    {one.says}")
    return DONE


def _tell_password(session: Session, account: Account, told: str, as_json: bool) -> int:
    from app.register.people.accounts import person_row

    row = person_row(session, account)
    if as_json:
        object_line(row | {"one_time_password": told})
        return DONE
    say(_line(row))
    say(f"  一次性口令：{told}　只显示这一次；7 天内登录，登录后要先改")
    return DONE


def _tell_token(token: str, until: datetime, address: str, as_json: bool) -> int:
    if as_json:
        object_line({"token": token, "until": until.isoformat(), "address": address})
        return DONE
    say(f"一次性令牌：{token}")
    say(f"  只能用一次，{until.astimezone(clock.CHINA):%Y-%m-%d %H:%M} 以前有效；用在 {address}")
    return DONE


def _tell_person(row: dict[str, Any], as_json: bool) -> int:
    if as_json:
        object_line(row)
    else:
        say(_line(row))
    return DONE


def _line(row: dict[str, Any]) -> str:
    from app.register.people.roles import roles

    rights = "、".join(f"{roles()[one['role']].zh}（{one['division']}）" for one in row["grants"]) or "还没有权限"
    state = "　已停用" if row["state"] == "disabled" else ""
    return f"{row['name']}　{row['shown_name']}　{row['department']['name']}　{rights}{state}"

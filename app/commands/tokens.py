"""`luzhang token …`: tokens by which programs ask in a person's name, kept at the machine that keeps the register."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from app.commands.chinese import Command, Group
from app.commands.opening import County, Demo, Json, opened
from app.commands.output import DONE, object_line, say
from app.domain.actor import LOCAL_OPERATOR

_HELP = "令牌：程序用它以某人的名义问答，不能超过那人的权限"

Name = Annotated[str, typer.Argument(metavar="账号", help="令牌算谁的")]
Called = Annotated[str, typer.Option("--name", metavar="名称", help="给什么程序用")]
Functions = Annotated[
    list[str], typer.Option("--function", metavar="功能", help="能做什么，如 enterprises.*（可写几次）")
]
Divisions = Annotated[
    list[str] | None,
    typer.Option("--division", metavar="地方", help="能用于哪里（可写几次）；不写就是本人现在有权限的各处"),
]
Until = Annotated[str, typer.Option("--until", metavar="日期", help="最后一天，最多 366 天")]
Id = Annotated[str, typer.Argument(metavar="令牌", help="发令牌时给出的编号")]
Whose = Annotated[str | None, typer.Argument(metavar="账号", help="只看这个账号的；不写就是全部")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    token = typer.Typer(cls=Group, rich_markup_mode=None, help=_HELP)
    token.command("make", cls=Command, help="发令牌：写明做什么、在哪里、到哪天；令牌只显示这一次")(make)
    token.command("list", cls=Command, help="列出令牌，停用的、过期的也列；令牌本身不再显示")(listed)
    token.command("revoke", cls=Command, help="停用令牌，立即不能再用")(revoke)
    token.callback()(lambda: None)
    program.add_typer(token, name="token", help=_HELP)


def make(
    name: Name,
    called: Called,
    functions: Functions,
    until: Until,
    divisions: Divisions = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Make a token for an account and tell it, this once."""
    from app.register.asking import day_told
    from app.register.people import token_acts, tokens
    from app.register.people.accounts import account_of
    from app.store.engine import unit

    last_day = day_told(until)
    with unit(opened(demo, county)) as session:
        account = account_of(session, name)
        made = tokens.make(session, account, called, functions, divisions or (), last_day)
        row = token_acts.token_row(made.token, account)
    if as_json:
        object_line(row | {"token": made.secret}, whole=True)  # a digit masked would spoil it
        return DONE
    say(_line(row))
    say(f"  令牌：{made.secret}", whole=True)
    say("  只显示这一次，登记库里不存；丢了请停用后另发。用时放在 Authorization: Bearer 里")
    return DONE


def listed(account: Whose = None, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """List the tokens."""
    from app.register.people import token_acts
    from app.store.engine import reading

    with reading(opened(demo, county)) as session:
        rows = token_acts.listed(session, LOCAL_OPERATOR, account)
    if as_json:
        object_line({"tokens": rows})
        return DONE
    say(f"令牌 {len(rows)} 个")
    for row in rows:
        say(f"  {_line(row)}")
    return DONE


def revoke(token: Id, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Revoke a token."""
    from app.register.people import token_acts
    from app.store.engine import unit

    with unit(opened(demo, county)) as session:
        row = token_acts.revoke(session, LOCAL_OPERATOR, token)
    if as_json:
        object_line(row)
    else:
        say(_line(row))
    return DONE


def _line(row: dict[str, Any]) -> str:
    from app.register.people.token_acts import STATES

    may, where = "、".join(row["functions"]), "、".join(row["divisions"])
    return f"{row['account']}　{row['name']}　{STATES[row['state']]}　用到 {row['until']}　{may}　{where}　{row['id']}"

"""`luzhang database`: the role by which the program connects to PostgreSQL, as SQL for whoever looks after it."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from app.commands.chinese import Command, Group
from app.commands.opening import Json, opened
from app.commands.output import DONE, note, object_line, say
from app.errors import BadInput
from app.settings import Settings

_HELP = "PostgreSQL 登记库：程序用哪个账户连接"


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    database = typer.Typer(cls=Group, rich_markup_mode=None, help=_HELP)
    database.command("role", cls=Command, help="写出建立程序账户并授权的 SQL，交数据库管理员运行")(role)
    database.callback()(lambda: None)
    program.add_typer(database, name="database", help=_HELP)


def role(
    name: Annotated[str, typer.Argument(metavar="账户", help="程序连接用的数据库账户，如 luzhang_app")],
    as_json: Json = False,
) -> int:
    """Print what makes the role; nothing is done by itself, because it takes an administrator of the database."""
    from sqlalchemy import make_url

    from app.store.database_role import statements

    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", name) or name.startswith("pg_"):
        raise BadInput(
            f"账户名“{name}”不合用", fix="请用小写字母、数字和下划线，例如 luzhang_app", code="database.role"
        )
    if make_url(Settings().url()).get_backend_name() not in ("postgres", "postgresql"):
        raise BadInput(
            "登记库是 SQLite 文件，没有账户可建",
            fix="请用 LUZHANG_DATABASE_URL 指明 PostgreSQL",
            code="database.sqlite",
        )
    opened(demo=False, county=None).dispose()  # what is granted has to be there
    said = statements(name)
    if as_json:
        object_line({"role": name, "sql": said})
        return DONE
    for statement in said:
        say(f"{statement};")
    note(f"请由数据库管理员在本库中运行以上语句（psql），用 \\password {name} 设口令，")
    note(f"再把 LUZHANG_DATABASE_URL 改成 postgresql://{name}@主机/库名；升级时另用 LUZHANG_OWNER_URL 指明所有者")
    return DONE

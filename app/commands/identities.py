"""`luzhang user link|unlink|identities`: for whom of the identity platform an account is opened."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from app.commands.chinese import Command
from app.commands.opening import County, Demo, Json, opened
from app.commands.output import DONE, object_line, say
from app.domain.actor import LOCAL_OPERATOR

Name = Annotated[str, typer.Argument(metavar="账号", help="登录用的名字")]


def enlist(user: typer.Typer) -> None:
    """Add the commands to those of people."""
    user.command("link", cls=Command, help="关联统一身份认证的身份：有这个身份的人可以用这个账号登录")(link)
    user.command("unlink", cls=Command, help="解除关联的身份；已登录的也退出")(unlink)
    user.command("identities", cls=Command, help="列出账号关联的身份")(listed)


def link(
    name: Name,
    subject: Annotated[
        str | None, typer.Option("--subject", metavar="标识", help="平台令牌里的标识（见 LUZHANG_OIDC_CLAIM）")
    ] = None,
    digest: Annotated[
        str | None, typer.Option("--digest", metavar="摘要", help="本人登录未成时审计记录里的身份摘要")
    ] = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Open an account for somebody of the platform."""
    from app.register.people.oidc import identities
    from app.store.engine import unit

    with unit(opened(demo, county)) as session:
        row = identities.identity_row(identities.link(session, LOCAL_OPERATOR, name, subject, digest))
    return _tell(row, "已关联", as_json)


def unlink(
    name: Name,
    identity: Annotated[str, typer.Argument(metavar="编号", help="身份编号；见 luzhang user identities")],
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Open it for them no longer."""
    from app.register.people.oidc import identities
    from app.store.engine import unit

    with unit(opened(demo, county)) as session:
        row = identities.identity_row(identities.end(session, LOCAL_OPERATOR, name, identity))
    return _tell(row, "已解除", as_json)


def listed(name: Name, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """List for whom an account is opened."""
    from app.register.people.oidc import identities
    from app.store.engine import reading

    with reading(opened(demo, county)) as session:
        rows = [identities.identity_row(one) for one in identities.identities(session, LOCAL_OPERATOR, name)]
    if as_json:
        object_line({"identities": rows})
        return DONE
    say(f"关联的身份 {len(rows)} 个")
    for row in rows:
        say(f"  {_line(row)}")
    return DONE


def _tell(row: dict[str, Any], what: str, as_json: bool) -> int:
    if as_json:
        object_line(row)
    else:
        say(f"{what}：{_line(row)}")
    return DONE


def _line(row: dict[str, Any]) -> str:
    return f"{row['id']}　身份摘要 {row['digest']}"

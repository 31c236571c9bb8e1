"""`luzhang serve`: the REST API, on this machine alone or, once there are accounts, for others as well."""

from __future__ import annotations

import socket
import ssl
from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.chinese import Command
from app.commands.log_lines import LOGGING
from app.commands.opening import County, Demo, opened, warn_of_role
from app.commands.output import DONE, note, say
from app.errors import BadInput, LuzhangError
from app.register.people.oidc.configured import checked

if TYPE_CHECKING:
    from sqlalchemy import Engine

#: Until accounts exist, only this machine's own programs may ask.
LOOPBACK = "127.0.0.1"

#: Where an identity platform sends browsers back to.
RETURN = "/api/v1/sign-in/oidc/back"

READABLE = (
    "没有加密：口令和名册在网上可能被人看到。请加 --certificate 和 --key；"
    "已经在加密的代理后面的，请写 --behind-tls（见 docs/技术员手册.md）"
)


def enlist(program: typer.Typer) -> None:
    """Add the command to the program."""
    program.command("serve", cls=Command, help="开启服务（网页与接口）；有了账号才能给别的电脑用")(serve)


def serve(
    port: Annotated[str, typer.Option("--port", metavar="端口", help="默认 8000")] = "8000",
    host: Annotated[
        str, typer.Option("--host", metavar="地址", help="听哪个地址，默认只听本机；0.0.0.0 是各网卡都听")
    ] = LOOPBACK,
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="名称", help="别的电脑用什么名称打开，可以写几次")
    ] = None,
    certificate: Annotated[
        str | None, typer.Option("--certificate", metavar="文件", help="证书（PEM，连同中间证书）")
    ] = None,
    key: Annotated[str | None, typer.Option("--key", metavar="文件", help="证书的私钥（PEM）")] = None,
    behind_tls: Annotated[bool, typer.Option("--behind-tls", help="前面有加密的代理：浏览器只走 https")] = False,
    county: County = None,
    demo: Demo = False,
) -> int:
    """Serve until told to stop."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise BadInput(f"端口“{port}”不对", fix="请写 1 到 65535 之间的数，例如 --port 8001", code="port.bad")
    # Behind a proxy others come by way of this machine as well.
    beyond = not _is_loopback(host) or behind_tls or bool(name)
    _check_certificate(certificate, key)
    platform = checked()
    engine = _opened(demo, county)
    has_accounts = _has_accounts(engine)
    if beyond and not has_accounts:
        raise LuzhangError(
            "还没有账号，不能给别的电脑用",
            fix="请先设第一位管理员：luzhang user first 账号 --shown 姓名",
            code="serve.no_account",
        )
    listener = _listening(host, int(port))

    import uvicorn

    from app.main import create

    secure = certificate is not None or behind_tls
    names = [*(name or ()), *([host] if not _is_loopback(host) and not _is_any(host) else [])]
    _tell(host, port, names, beyond=beyond, tls=certificate is not None)
    if beyond and not secure:
        note(READABLE)
    if platform is not None:
        say(f"统一身份认证：{platform.name}（{platform.issuer}）；在那边登记的回调地址是网址后面加 {RETURN}")
    if not has_accounts and not demo:
        _tell_first(engine)
    typer.get_text_stream("stdout").flush()
    config = uvicorn.Config(
        create(engine, names, beyond=beyond, secure=secure),
        log_level="warning",
        log_config=LOGGING,
        server_header=False,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    uvicorn.Server(config).run(sockets=[listener])
    return DONE


def _tell(host: str, port: str, names: list[str], *, beyond: bool, tls: bool) -> None:
    scheme = "https" if tls else "http"
    if not beyond:
        say(f"炉账已开启：{scheme}://{host}:{port}/　只听本机（{host}），别的电脑连不上；按 Ctrl+C 停止")
        return
    shown = "、".join(f"{scheme}://{one}:{port}/" for one in names) or f"{scheme}://本机的地址:{port}/"
    say(f"炉账已开启：{shown}　别的电脑登录后可用；按 Ctrl+C 停止")


def _tell_first(engine: Engine) -> None:
    """Print the token of the first administrator, while the register has no accounts."""
    from app.register.people.one_time_tokens import first_token
    from app.store.engine import unit

    with unit(engine) as session:
        found = first_token(session)
    if found is not None:
        say("还没有账号：只有坐在这台电脑前的人能用，不必登录。要给各人建账号，请设第一位管理员，两种办法任选：")
        say("  一、在这台电脑上运行 luzhang user first 账号 --shown 姓名")
        say(f"  二、24 小时内用一次性令牌（POST /api/v1/first-administrator）：{found[0]}")


def _opened(demo: bool, county: str | None) -> Engine:
    """The register to be served; what a removal of keys that was cut short has left, goes first."""
    from app.register.personal.forgetting import finish

    engine = opened(demo, county)
    warn_of_role(engine)
    finish(engine)
    return engine


def _has_accounts(engine: Engine) -> bool:
    from app.register.people.accounts import any_account
    from app.store.engine import reading

    with reading(engine) as session:
        return any_account(session)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError as error:
        raise BadInput(
            f"“{host}”不是地址", fix="请写 IP 地址，例如 --host 0.0.0.0；名称写在 --name 后面", code="host.bad"
        ) from error


def _is_any(host: str) -> bool:
    return ip_address(host).is_unspecified


def _check_certificate(certificate: str | None, key: str | None) -> None:
    """Try the certificate before anything is opened.

    Raises:
        BadInput: when one of the two is missing or cannot be read, or they do not belong together.
    """
    if (certificate is None) != (key is None):
        raise BadInput("证书和私钥要一起写", fix="请写 --certificate 文件 --key 文件", code="certificate.alone")
    if certificate is None or key is None:
        return
    try:
        # A key under a password would have it asked for at the terminal.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except (OSError, ValueError) as error:
        raise BadInput(
            "证书或私钥不能用：读不到、不是 PEM，或者两个不是一对",
            fix="请核对两个文件；私钥不能带口令",
            code="certificate.bad",
        ) from error


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK if host == "localhost" else host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise BadInput(
            f"端口 {port} 已被占用或不能使用，或者 {host} 不是这台电脑的地址",
            fix=f"请换一个，例如 --port {port + 1}",
            code="port.taken",
        ) from error
    return listener

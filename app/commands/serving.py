"""`luzhang serve`: the REST API on this machine alone."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from app.commands.chinese import Command
from app.commands.opening import County, Demo, opened
from app.commands.output import DONE, say
from app.errors import BadInput

#: Until accounts exist, only this machine's own programs may ask.
LOOPBACK = "127.0.0.1"


def enlist(program: typer.Typer) -> None:
    """Add the command to the program."""
    program.command("serve", cls=Command, help="在本机开启服务（网页与接口），只听 127.0.0.1")(serve)


def serve(
    port: Annotated[str, typer.Option("--port", metavar="端口", help="默认 8000")] = "8000",
    county: County = None,
    demo: Demo = False,
) -> int:
    """Serve until told to stop."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise BadInput(f"端口“{port}”不对", fix="请写 1 到 65535 之间的数，例如 --port 8001", code="port.bad")
    engine = opened(demo, county)
    listener = _listening(int(port))

    import uvicorn

    from app.main import create

    say(f"炉账已开启：http://{LOOPBACK}:{port}/　只听本机（{LOOPBACK}），别的电脑连不上；按 Ctrl+C 停止")
    typer.get_text_stream("stdout").flush()
    config = uvicorn.Config(create(engine), log_level="warning", use_colors=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listener])
    return DONE


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise BadInput(
            f"端口 {port} 已被占用或不能使用", fix=f"请换一个，例如 --port {port + 1}", code="port.taken"
        ) from error
    return listener

"""What a command hands out as a file, and what it is refused, in the record of who did what: by 本机操作员."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.masking import masked, masked_field

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.errors import LuzhangError

#: The registers that this command opened, the last one last.
OPENED: list[Engine] = []

_FILES = ("output", "reply")
_LEFT_OUT = ("as_json", "demo", "reason", "numbers", *_FILES)
#: These write without being told a reason.
_WRITING = ("import", "resume", "undo", "apply")


def record_files(ctx: Any) -> None:
    """Record the files that a command wrote from a register."""
    files = [str(ctx.params[name]) for name in _FILES if ctx.params.get(name)]
    if files and OPENED:
        _record(ctx, f"{_said(ctx)} → {'、'.join(Path(file).name for file in files)}", "command.output", None)


def record_refusal(ctx: Any, error: LuzhangError) -> None:
    """Record that a command that writes was refused; where that cannot be, the answer is still the refusal."""
    from app.errors import DatabaseUnavailable, NewerDatabase, Proposed

    told = ctx.params
    writes = told.get("reason") or told.get("issue") or ctx.command.name in _WRITING
    if not OPENED or not writes or isinstance(error, Proposed | DatabaseUnavailable | NewerDatabase):
        return
    try:
        _record(ctx, _said(ctx), "command.refused", error.code)
    except DatabaseUnavailable:
        return


def _record(ctx: Any, what: str, act: str, code: str | None) -> None:
    from app.register.audit import record_alone
    from app.register.audit.whose import chain_for
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    engine = OPENED[-1]
    with reading(engine) as session:
        told = ctx.params.get("county") or ctx.params.get("division")
        chain = chain_for(session, LOCAL_OPERATOR, told)
    record_alone(engine, act=act, what=what, county=chain, result="refused" if code else "done", code=code)


def _said(ctx: Any) -> str:
    return " ".join([ctx.command_path, *_words(ctx.params)])


def _words(params: dict[str, Any]) -> Iterator[str]:
    """What was told, readable, with what may be a person's masked; of files and folders the name alone."""
    for name, value in params.items():
        if name in _LEFT_OUT or value is None or value is False or value in ("", [], ()):
            continue
        for one in value if isinstance(value, list | tuple) else [value]:
            key, equals, said = str(one).partition("=")
            if equals:
                yield f"{key}={masked_field(key.partition('.')[0], said)}"
            else:
                yield name if one is True else masked(str(one).rpartition("/")[2])

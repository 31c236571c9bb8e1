"""Help and usage errors in Chinese, for a command line library that speaks English."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from app.errors import BadInput, LuzhangError

HELP = "显示本说明"


class Command(TyperCommand):
    """A command whose help is Chinese, and which leaves a record of what it hands out and what it is refused."""

    def invoke(self, ctx: Any) -> Any:
        """Carry it out."""
        from app.commands import handed_out

        handed_out.OPENED.clear()
        try:
            status = super().invoke(ctx)
        except LuzhangError as error:
            handed_out.record_refusal(ctx, error)
            raise
        handed_out.record_files(ctx)
        return status

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, purpose, arguments and options."""
        formatter.write(_page(self, ctx))


class Group(TyperGroup):
    """The list of commands, whose help is Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, purpose and the commands with what each does."""
        rows = [(name, _first_line(command)) for name, command in self.commands.items() if not command.hidden]
        formatter.write(
            _page(self, ctx) + _table("命令", rows) + "\n各命令的用法：" + ctx.command_path + " 命令 --help\n"
        )


def _page(command: Any, ctx: Any) -> str:
    places = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
    pieces = [ctx.command_path, *(_place(p) for p in places)]
    pieces.append("命令 …" if isinstance(command, Group) else "[选项]")
    parts = [f"用法：{' '.join(pieces)}\n", f"\n{(command.help or '').strip()}\n"]
    parts.append(_table("参数", [(_place(p), p.help or "") for p in places]))
    rows = [(_option(p), (p.help or "") + ("（必填）" if p.required else "")) for p in options]
    parts.append(_table("选项", [*rows, ("--help", HELP)]))
    return "".join(parts)


def _place(param: Any) -> str:
    shown = param.metavar or param.name.upper()
    return f"{shown}{' …' if param.nargs == -1 else ''}"


def _option(param: Any) -> str:
    names = ", ".join(param.opts)
    return names if param.is_flag else f"{names} {param.metavar or param.name.upper()}"


def _first_line(command: Any) -> str:
    return (command.help or "").strip().splitlines()[0] if command.help else ""


def _table(title: str, rows: list[tuple[str, str]]) -> str:
    if not rows:
        return ""
    width = max(len(left) for left, _ in rows) + 2
    lines = [f"  {left.ljust(width)}{right}" for left, right in rows]
    return f"\n{title}：\n" + "\n".join(lines) + "\n"


def usage_error(error: TyperException, words: list[str]) -> BadInput:
    """Say a usage error in Chinese; `words` are those of the command line."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "luzhang"
    return BadInput(_sentence(error, words), fix=f"请看用法：{path} --help", code="usage")


def _sentence(error: TyperException, words: list[str]) -> str:
    match type(error).__name__:
        case "NoSuchOption":
            near = getattr(error, "possibilities", None)
            hint = f"，是不是 {'、'.join(sorted(near))}？" if near else ""
            return f"没有选项 {getattr(error, 'option_name', '')}{hint}"
        case "MissingParameter":
            param: Any = getattr(error, "param", None)
            if param is None:
                return "缺少必填的参数"
            return f"缺少{'参数' if param.param_type_name == 'argument' else '选项'} {_shown(param)}"
        case "BadOptionUsage":
            return f"选项 {getattr(error, 'option_name', '')} 的用法不对：它后面要有一个值，或者不该有值"
        case "BadParameter":
            param = getattr(error, "param", None)
            return f"{_shown(param) if param is not None else '参数'} 的值不对"
        case _ if error.message.startswith("No such command"):
            return f"没有命令 {next((word for word in words if not word.startswith('-')), '')}"
        case _ if error.message.startswith("Missing command"):
            return "没有写明要做什么"
        case _:
            return "命令的写法不对：多了或少了参数"


def _shown(param: Any) -> str:
    return str(param.opts[0]) if param.param_type_name == "option" else _place(param)

"""`luzhang limits add|adopt|drop`, and `limits check FILE.yaml`: a county's own files of limits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.file_text import File, text_of
from app.commands.opening import County, Demo, Json, asked_county, opened, required_county
from app.commands.output import DONE, LOOK, object_line, say
from app.errors import CatalogueFault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.rules.limits.loader import Limits

Reason = Annotated[str, typer.Option("--reason", metavar="依据", help="为什么这样做，例如文号")]

_ADOPTED = {"county": "本县已采用", "shipped": "随程序采用", None: "未采用"}


def check(file: str, county: str, as_json: bool) -> int:
    """Name the faults of a file of limits."""
    from app.register.limits.county_limits import read_own

    faults: tuple[str, ...] = ()
    limits: list[str] = []
    try:
        limits = list(read_own(Path(file).name, text_of(file), county).limits)
    except CatalogueFault as error:
        faults = error.faults
    return told_faults(file, "limits", "限值", limits, faults, as_json)


def told_faults(file: str, key: str, zh: str, found: list[str], faults: tuple[str, ...], as_json: bool) -> int:
    """Say what stands in a file, or what is wrong in it."""
    if as_json:
        object_line({"file": Path(file).name, key: found, "faults": list(faults)})
    else:
        say(f"{Path(file).name}：{f'有 {len(faults)} 处要改' if faults else f'没有错处，{zh} {len(found)} 条'}")
        each_line(faults or found)
    return LOOK if faults else DONE


def each_line(lines: Iterable[str]) -> None:
    """Say each, a little in."""
    for line in lines:
        say(f"  {line}")


def add(
    file: File,
    reason: Reason,
    county: County = None,
    adopting: Annotated[bool, typer.Option("--adopt", help="同时采用其中能采用的限值")] = False,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Add a file of limits to a county's own."""
    from app.register.limits import limit_acts
    from app.register.scope import LOCAL_OPERATOR

    code, text = required_county(demo, county), text_of(file)
    about = (opened(demo, county), code, Path(file).name, text)
    added = limit_acts.add(*about, reason=reason, adopting=adopting, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(added.as_dict())
    else:
        say(f"{code} 加入限值 {len(added.limits)} 条（变更第 {added.change} 号；文件编号 {added.file}）")
        each_line(f"{one}　{'已采用' if one in added.adopted else '尚未采用'}" for one in added.limits)
        each_line(f"{one} 没有采用：{why}" for one, why in added.not_adopted)
    return LOOK if added.not_adopted else DONE


def adopt(
    limit: Annotated[str, typer.Argument(metavar="限值", help="编号，如 GB39726-GAS")],
    reason: Reason,
    source: Annotated[
        str | None, typer.Option("--source", metavar="出处", help="草稿要写：核对的是哪份文件、第几条第几页")
    ] = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record that the county adopts a limit, as its newest text has it; a draft once its source was read."""
    from app.register.limits import limit_acts
    from app.register.scope import LOCAL_OPERATOR

    code, told = required_county(demo, county), limit.strip().upper()
    about = (opened(demo, county), code, told)
    change = limit_acts.adopt(*about, source=source, reason=reason, actor=LOCAL_OPERATOR)
    if as_json:
        object_line({"county": code, "limit": told, "change": change})
    elif change is None:
        say(f"{code} 已经按限值 {told} 判断，没有再记")
    else:
        say(f"已登记：{code} 采用限值 {told}（变更第 {change} 号）")
    return DONE


def drop(
    named: Annotated[str, typer.Argument(metavar="限值", help="限值编号；或本县限值文件的编号、文件名")],
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record that the county no longer decides by a limit, or take one of its files out."""
    from app.register.limits import limit_acts
    from app.register.scope import LOCAL_OPERATOR

    code = required_county(demo, county)
    dropped, change = limit_acts.drop(opened(demo, county), code, named, reason=reason, actor=LOCAL_OPERATOR)
    if as_json:
        object_line({"county": code, "dropped": dropped, "change": change})
    else:
        say(f"已登记：{code} 停用 {dropped}（变更第 {change} 号）")
    return DONE


def standing(row: dict[str, Any]) -> str:
    """How a listed limit stands: its status, whose it is, what is newer."""
    notes = [row["status_label"]]
    if row["status"] == "confirmed":
        notes.append(_ADOPTED[row["adopted"]])
    if row.get("file"):
        notes.append(f"本县文件 {row['file']['name']}")
    if row.get("newer"):
        notes.append(f"有新文字待采用（文件编号 {row['newer']}）")
    return "，".join(notes)


def known_limits(demo: bool, county: str | None) -> Limits:
    """The limits of the county told; of none, those that come with the program, for which no register is opened."""
    from app.register.limits.county_limits import counting
    from app.register.scope import LOCAL_OPERATOR
    from app.rules.limits.loader import shipped_limits
    from app.store.engine import reading

    code = asked_county(demo, county)
    if code is None:
        return shipped_limits()
    with reading(opened(demo, county)) as session:
        return counting(session, code, LOCAL_OPERATOR)

"""`luzhang programmes check|add|drop`: a county's own files of programmes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.file_text import File, text_of
from app.commands.limit_files import Reason, each_line, told_faults
from app.commands.opening import County, Demo, Json, asked_county, opened, required_county
from app.commands.output import DONE, object_line, say
from app.errors import CatalogueFault

if TYPE_CHECKING:
    from app.rules.programmes.loader import Programmes


def check(file: File, county: County = None, as_json: Json = False) -> int:
    """Name the faults of a file of programmes."""
    from app.register.programmes.county_programmes import read_own

    faults: tuple[str, ...] = ()
    found: list[str] = []
    try:
        found = list(read_own(Path(file).name, text_of(file), asked_county(False, county) or "").programmes)
    except CatalogueFault as error:
        faults = error.faults
    return told_faults(file, "programmes", "方案", found, faults, as_json)


def add(file: File, reason: Reason, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Add a file of programmes to a county's own."""
    from app.register.programmes import county_programmes
    from app.register.scope import LOCAL_OPERATOR

    code, text = required_county(demo, county), text_of(file)
    about = (opened(demo, county), code, Path(file).name, text)
    added = county_programmes.add(*about, reason=reason, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(added.as_dict())
    else:
        say(f"{code} 加入方案 {len(added.programmes)} 个（变更第 {added.change} 号；文件编号 {added.file}）")
        each_line(f"{one}{'　代替以前的文字' if one in added.replaced else ''}" for one in added.programmes)
    return DONE


def drop(
    named: Annotated[str, typer.Argument(metavar="文件", help="本县方案文件的编号或文件名")],
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Take a file of programmes out."""
    from app.register.programmes import county_programmes
    from app.register.scope import LOCAL_OPERATOR

    code = required_county(demo, county)
    dropped, change = county_programmes.drop(opened(demo, county), code, named, reason=reason, actor=LOCAL_OPERATOR)
    if as_json:
        object_line({"county": code, "dropped": dropped, "change": change})
    else:
        say(f"已登记：{code} 撤下 {dropped}（变更第 {change} 号）")
    return DONE


def known_programmes(demo: bool, county: str | None, known: str | None = None) -> Programmes:
    """The programmes of the county told; of none, those that come with the program, with no register opened."""
    from app.register.programmes.county_programmes import counting
    from app.register.scope import LOCAL_OPERATOR
    from app.rules.programmes.loader import shipped_programmes
    from app.store.engine import reading

    code = asked_county(demo, county)
    if code is None:
        return shipped_programmes()
    with reading(opened(demo, county)) as session:
        return counting(session, code, known, LOCAL_OPERATOR)

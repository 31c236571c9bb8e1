"""`luzhang verify`, `luzhang backup`, `luzhang restore`: that the register is whole, and stays so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.chinese import Command
from app.commands.opening import County, Demo, Json, demo_database, keys_of, opened, url_of, warn_of_role
from app.commands.output import DONE, LOOK, object_line, say
from app.settings import Settings


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.command("verify", cls=Command, help="核对全部变更和各项不变的约定，说明查到了什么")(verify)
    program.command("backup", cls=Command, help="备份到一个文件；服务开着也可以")(backup)
    program.command("restore", cls=Command, help="从备份恢复到空的登记库，并核对")(restore)


def verify(county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Walk the chain of changes and every invariant; what a removal of keys that was cut short has left, goes first."""
    from app.register.personal.forgetting import finish
    from app.store.keys import no_keys

    engine = opened(demo, county, mend=False)
    warn_of_role(engine)
    if not no_keys(engine):
        finish(engine)
    return _say_findings(str(engine.url.render_as_string(hide_password=False)), keys_of(demo, county), {}, as_json)


def _say_findings(url: str, keys: Path, said: dict[str, str], as_json: bool) -> int:
    from dataclasses import asdict

    from app.store.engine import open_engine, reading
    from app.store.verification import verify as findings_in

    with reading(open_engine(url, keys)) as session:
        findings = findings_in(session)
    if as_json:
        object_line(said | {"findings": [asdict(finding) for finding in findings]})
    else:
        say("核对完毕：没有发现问题" if not findings else f"核对完毕：发现 {len(findings)} 处问题")
        for finding in findings:
            change = f"变更第 {finding.change} 号" if finding.change else None
            place = " ".join(part for part in (finding.county, change, finding.table, finding.id) if part)
            say(f"  {place}　{finding.what}")
    return LOOK if findings else DONE


def backup(
    file: Annotated[str, typer.Argument(metavar="文件", help="备份写到这个文件；不能已经存在")],
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Write a consistent copy of the register."""
    from app.store import copies

    size = copies.back_up(url_of(demo, county), Path(file))
    if as_json:
        object_line({"file": Path(file).name, "bytes": size})
    else:
        say(f"已备份到 {file}（{size:,} 字节）")
    return DONE


def restore(
    file: Annotated[str, typer.Argument(metavar="文件", help="luzhang backup 写出的备份")],
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Put a backup in the place of an empty register, then verify it."""
    from app.store import copies

    url = f"sqlite:///{demo_database(county)}" if demo else Settings().url()
    copies.restore(Path(file), url)
    if not as_json:
        say(f"已从 {file} 恢复")
    return _say_findings(url, keys_of(demo, county), {"file": Path(file).name}, as_json)

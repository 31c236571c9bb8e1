"""`luzhang keys …`: the keys with which personal data is sealed, backed up and restored apart from the register."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.chinese import Command, Group
from app.commands.opening import County, Demo, Json, keys_of, opened
from app.commands.output import DONE, LOOK, note, object_line, say

HELP = "密钥：封存个人信息的密钥，与登记库分开备份"

File = Annotated[str, typer.Argument(metavar="文件", help="密钥备份写到这个文件；不能已经存在")]
Kept = Annotated[str, typer.Argument(metavar="文件", help="luzhang keys backup 写出的备份")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    keys = typer.Typer(cls=Group, rich_markup_mode=None, help=HELP)
    keys.command("status", cls=Command, help="密钥库在哪里，是不是这个登记库的，有多少密钥")(status)
    keys.command("backup", cls=Command, help="把密钥库备份到一个文件；服务开着也可以")(backup)
    keys.command("restore", cls=Command, help="密钥库丢了时从备份恢复；已按规定删除的不会回来")(restore)
    keys.callback()(lambda: None)
    program.add_typer(keys, name="keys", help=HELP)


def status(county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Say where the keys are and how many."""
    from app.store.key_check import require_keys
    from app.store.keys import KeysAbsent, ring_of

    engine = opened(demo, county, mend=False)
    ring, folder = ring_of(engine), keys_of(demo, county)
    try:
        require_keys(engine)
        trouble = None
    except KeysAbsent as error:
        trouble = error
    counted = ring.store().counted() if trouble is None and ring.is_there() else {}
    told = {"folder": str(folder), "there": ring.is_there(), "fits": trouble is None, **counted}
    if as_json:
        object_line(told)
    elif trouble is not None:
        say(f"{trouble.message}。{trouble.fix}")
    elif not counted:
        say(f"还没有密钥：登记库里没有要封存的个人信息（将建在 {folder}）")
    else:
        say(f"密钥库：{folder}")
        for what, words in (("persons", "个人"), ("files", "文件")):
            say(f"  {words}：{counted[what]} 个，已删除 {counted[f'{what}_removed']} 个")
    return DONE if trouble is None else LOOK


def backup(file: File, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Copy the keys to a file."""
    from app.store.keys import copies

    engine = opened(demo, county)
    size = copies.back_up(engine, Path(file))
    engine.dispose()
    if as_json:
        object_line({"file": Path(file).name, "bytes": size})
    else:
        say(f"已把密钥备份到 {file}（{size:,} 字节）")
    note("不要与登记库的备份放在一处；主密钥 keys.master 另存一次即可，没有它备份打不开")
    note("删除个人信息以后请销毁以前的密钥备份，否则恢复它就等于没有删除")
    return DONE


def restore(file: Kept, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Put a backup of the keys where the keys are missing; what was forgotten stays so."""
    from app.register.personal.forgetting import finish
    from app.store.key_check import require_keys
    from app.store.keys import copies

    engine = opened(demo, county, mend=False)
    copies.restore(engine, Path(file))
    require_keys(engine)
    removed = finish(engine)
    if as_json:
        object_line({"file": Path(file).name, "removed_again": removed})
    else:
        say(f"已从 {file} 恢复密钥" + (f"，其中 {removed} 个早已按规定删除，又已删除" if removed else ""))
    return DONE

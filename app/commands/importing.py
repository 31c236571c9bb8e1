"""`luzhang import` and `luzhang undo`: rosters into the register, and back out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.chinese import Command
from app.commands.opening import County, Demo, Json, Township, opened, required_county
from app.commands.output import DONE, LOOK, each_file, note, object_line, say
from app.commands.reading import SEVERITIES, Files, Told
from app.domain.vocabulary import SECTIONS
from app.errors import BadInput
from app.register.personal.own import to_its_sender

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from importers.intake import Intake

ValidFrom = Annotated[str | None, typer.Option("--valid-from", metavar="日期", help="名册说的是哪一天，如 2024-01-15")]
ReplyTo = Annotated[
    str | None, typer.Option("--reply", metavar="文件.xlsx", help="把标注好疑问的原表写到这个文件，发还给填报人")
]
Later = Annotated[bool, typer.Option("--later", help="先留存，给出会有什么变化，以后用 luzhang imports apply 写入")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只看会有什么变化，不写入")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.command("import", cls=Command, help="导入名册：先比对，干净的写入，存疑的留下待定")(take_in)
    program.command("resume", cls=Command, help="待定的行：按后来的决定再读一遍原件，能写入的写入同一批次")(resume)
    program.command("undo", cls=Command, help="撤回一次导入，逐条说明撤回了什么、保留了什么")(undo)


def take_in(
    files: Files,
    county: County = None,
    township: Township = None,
    valid_from: ValidFrom = None,
    dry_run: DryRun = False,
    later: Later = False,
    told: Told = None,
    reply: ReplyTo = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Import each file; one that cannot be read does not stop the next."""
    from app.register.asking import day_told
    from importers.roster.told import load_told

    code = required_county(demo, county)
    words: dict[str, Any] = {
        "county": code,
        "township": township,
        "valid_from": day_told(valid_from) if valid_from else None,
        "dry_run": dry_run,
        "later": later,
        "told": load_told(Path(told)) if told else None,
    }
    if reply and len(files) > 1:
        raise BadInput("--reply 一次只能给一个文件", fix="请一个文件一个文件地导入", code="reply.several")
    folder = Path(reply or ".").parent
    if not folder.is_dir():
        raise BadInput(f"没有文件夹“{folder}”", fix="请先建好文件夹，或换一个位置", code="output.unwritable")
    engine = opened(demo, county)
    if len(files) > 1 and not later:
        from importers.comparing import newest_first

        files = newest_first(engine, files, words)
    return each_file(files, as_json, lambda path: _take_in_one(engine, path, words, as_json, reply))


def _take_in_one(engine: Engine, path: Path, words: dict[str, Any], as_json: bool, reply: str | None) -> int:
    from app.register.scope import LOCAL_OPERATOR
    from importers.intake import take_in

    intake = take_in(engine, path, **words, actor=LOCAL_OPERATOR)
    if reply:
        _reply(engine, path, intake, words["county"], Path(reply))
    if as_json:
        object_line(to_its_sender(intake.as_dict()), whole=True)
    else:
        tell(intake)
    return intake.status


def _reply(engine: Engine, path: Path, intake: Intake, county: str, to: Path) -> None:
    """Write the marked copy of the sender's own workbook."""
    from importers.container import content_of
    from importers.replying import reply_for
    from reports.files import write_file

    if intake.came is None:
        return
    batch = intake.applied.batch if intake.applied else None
    found = (intake.reading.records, intake.proposal.issues)
    words: dict[str, Any] = {"county": county, "batch": batch, "day": intake.proposal.day, "engine": engine}
    copy = reply_for(content_of(path), intake.came, *found, **words)
    if intake.reading.format == "xlsm" and not copy.instead:
        to = to.with_suffix(".xlsm")  # with its macros it opens under no other name
    write_file(to, copy.content)
    note(f"标注好的副本写到了 {to.name}{f'：{copy.instead}' if copy.instead else ''}")


def resume(
    batch: Annotated[str, typer.Argument(metavar="批次", help="导入时给出的批次编号")],
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Read a batch's file again and apply what waits no longer."""
    from app.register.scope import LOCAL_OPERATOR
    from importers.intake import resume as read_again

    intake = read_again(opened(demo, county), batch, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(intake.as_dict())
    elif intake.change is None:
        say("没有新的可以写入")
    else:
        tell(intake)
    return intake.status


def tell(intake: Intake, *, whole: bool = True) -> None:
    """Say what an import did; unless `whole`, without the single differences and issues."""
    from importers.summary import outcome, summary

    lines = summary(intake) if whole else outcome(intake)
    for line in lines:
        say(line)
    issues = intake.as_dict()["issues"]
    if issues and not whole:
        say(f"  有 {len(issues)} 处要看")
    for issue in issues if whole else ():
        place = f"{issue['sheet'] or ''}!{issue['cell']} " if issue["cell"] else ""
        say(f"  {SEVERITIES[issue['severity']]} {place}{issue['message']}。{issue['fix']}")


def undo(
    batch: Annotated[str, typer.Argument(metavar="批次", help="导入时给出的批次编号")],
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Take one import back."""
    from app.register.imports.taking_back import take_back
    from app.register.scope import LOCAL_OPERATOR

    undone = take_back(opened(demo, county), batch, actor=LOCAL_OPERATOR).as_dict()
    if as_json:
        object_line(undone)
    else:
        for word, title in (("reversed", "已撤回"), ("kept", "保留（之后已变动）"), ("could_not", "不能撤回")):
            say(f"{title}：{len(undone[word])} 项")
            for one in undone[word]:
                say(f"  {_outcome(one)}")
        if undone["unchanged"]:
            say(f"另有 {undone['unchanged']} 项：这次导入只是重复了已有的说法，撤回后不变")
    return LOOK if undone["kept"] or undone["could_not"] else DONE


#: What an import may have said of a machine that is no field of it.
_NO_FIELDS = {"present": "是否还在", "replaced": "设备换新", "not_replaced": "没有换新"}


def _outcome(one: dict[str, Any]) -> str:
    """One field that the import had spoken of, and what became of it."""
    known = SECTIONS.get(one["section"], {}).get(one["field"])
    label = known.zh if known else _NO_FIELDS.get(one["field"], one["field"])
    subject = f"{one['enterprise']}　{label}".strip("　")
    if one["section"] == "ledger":
        return f"{subject}：{one['why']}"
    days = (
        f"（{one['from'] or '此前'} 至 {one['to']}）" if one["to"] else f"（{one['from']} 起）" if one["from"] else ""
    )
    why = f"：{one['why']}" if one["why"] else ""
    return f"{subject}：{one['before'] or '空'} → {one['after'] or '空'}{'' if why else days}{why}"

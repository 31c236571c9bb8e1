"""`luzhang imports …`: batches with their state, files that wait, two versions of a roster beside each other."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from app.commands.chinese import Command, Group
from app.commands.importing import DryRun, ValidFrom, tell
from app.commands.opening import County, Demo, Json, opened, reading_county
from app.commands.output import DONE, LOOK, object_line, say

Id = Annotated[str, typer.Argument(metavar="编号", help="批次或留存文件的编号")]
State = Annotated[
    str | None,
    typer.Option(
        "--state", metavar="状态", help="只列这种状态的：read 已读、to_decide 待定、applied 已入库、undone 已撤回"
    ),
]
Against = Annotated[str | None, typer.Option("--against", metavar="批次", help="同哪一批次对照，默认前一版")]
Reason = Annotated[str, typer.Option("--reason", metavar="理由", help="为什么不要了")]

HELP = "列出各次导入和留存的文件，现在是什么状态"


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    imports = typer.Typer(cls=Group, rich_markup_mode=None, help=HELP, invoke_without_command=True)
    imports.callback()(listed)
    imports.command("show", cls=Command, help="一次导入：状态、疑问、还有什么等人来定")(show)
    imports.command("apply", cls=Command, help="写入留存的文件，按登记库现在的情况")(apply)
    imports.command("drop", cls=Command, help="留存的文件不要了；记录仍在")(drop)
    imports.command("diff", cls=Command, help="同前一版名册有什么不同")(diff)
    program.add_typer(imports, name="imports", help=HELP)


def listed(
    ctx: typer.Context, county: County = None, state: State = None, demo: Demo = False, as_json: Json = False
) -> int:
    """List the batches of a county."""
    if ctx.invoked_subcommand is not None:
        return DONE
    from app.register.imports.batches import batches
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        rows = batches(session, code, LOCAL_OPERATOR, state=state).rows
    if as_json:
        object_line({"county": code, "imports": [_plain(row) for row in rows]})
    else:
        for row in rows:
            say(_line(row))
        if not rows:
            say("没有")
    return LOOK if any(row["state"] in ("read", "to_decide") for row in rows) else DONE


def show(batch: Id, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Show one batch."""
    from app.commands.reading import SEVERITIES
    from app.register.imports.batches import batch_shown, county_of
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    with reading(opened(demo, county)) as session:
        row = batch_shown(session, county_of(session, batch, LOCAL_OPERATOR), batch, LOCAL_OPERATOR)
    if as_json:
        object_line(_plain(row))
    else:
        say(_line(row))
        for issue in row["issues"]:
            place = f"{issue['sheet'] or ''}!{issue['cell']} " if issue["cell"] else ""
            say(f"  {SEVERITIES[issue['severity']]} {place}{issue['message']}。{issue['fix']}")
    return LOOK if row["state"] in ("read", "to_decide") else DONE


def apply(
    batch: Id,
    valid_from: ValidFrom = None,
    dry_run: DryRun = False,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Apply a file that waits."""
    from app.register.asking import day_told
    from app.register.scope import LOCAL_OPERATOR
    from importers.intake import apply_waiting

    day = day_told(valid_from) if valid_from else None
    intake = apply_waiting(opened(demo, county), batch, valid_from=day, dry_run=dry_run, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(intake.as_dict())
    else:
        tell(intake)
    return intake.status


def drop(batch: Id, reason: Reason, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Withdraw a file that waits."""
    from app.register.imports.batches import drop as withdraw
    from app.register.scope import LOCAL_OPERATOR

    found = withdraw(opened(demo, county), batch, reason=reason, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(found)
    else:
        say(f"已撤回，没有写入过；变更第 {found['change']} 号")
    return DONE


def diff(batch: Id, against: Against = None, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Say what a version says otherwise than another."""
    from app.register.scope import LOCAL_OPERATOR
    from importers.comparing import differences_of

    found = differences_of(opened(demo, county), batch, against=against, actor=LOCAL_OPERATOR).as_dict()
    if as_json:
        object_line(found)
    else:
        for line in _differences(found):
            say(line)
    return LOOK if found["gone"] else DONE


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


def _line(row: dict[str, Any]) -> str:
    """One batch in a line."""
    from app.register.imports.batches import STATES
    from app.register.imports.waiting_files import WHY
    from importers.summary import BUCKETS

    waits = [f"{word} {row['waits'][name]} {unit}" for name, word, unit in _WAITS if row["waits"][name]]
    counted = "，".join(f"{zh} {row['proposal'][name]}" for name, zh in BUCKETS.items() if row["proposal"][name])
    why = f"（{WHY[row['why']]}）" if row["state"] == "read" else ""
    ended = f"第 {row['undone_by']} 号变更" if row["undone_by"] else ""
    parts = [
        f"{row['batch']}　{STATES[row['state']]}{why}",
        row["file"],
        row["township_name"] or row["source"],
        f"{row['valid_from']} 的情况" if row["valid_from"] else "不知哪一天",
        f"{row['at']:%Y-%m-%d %H:%M} {row['by']}",
        f"企业 {counted}" if counted else "",
        f"等人来定：{'、'.join(waits)}" if waits else "",
        f"{ended}，{row['reason']}" if ended and row["reason"] else ended,
    ]
    return "　".join(part for part in parts if part)


_WAITS = (("rows", "待定的行", "行"), ("conflicts", "说法不一", "项"), ("missing", "这次没列", "家"))


def _differences(found: dict[str, Any]) -> list[str]:
    """What two versions say differently, in sentences."""
    lines = [f"{found['file']} 同前一版 {found['against']['file']}（批次 {found['against']['batch']}）对照"]
    lines.append(f"说法不同：{len(found['changed'])} 处")
    for one in found["changed"]:
        what = f"　{one['what']}" if one["section"] != "enterprise" else ""
        before, after = (_side(one[side], one[f"{side}_cell"]) for side in ("before", "after"))
        lines.append(f"  {one['enterprise']['name']}{what}　{one['label']}　{before} → {after}")
    for bucket, title in (("gone", "前一版有、这一版没有（不会删除）"), ("new", "这一版多出")):
        lines.append(f"{title}：{len(found[bucket])} 项")
        for one in found[bucket]:
            what = f"　{one['what']}" if one["section"] != "enterprise" else ""
            lines.append(f"  {one['enterprise']['name']}{what}（{one['cell'] or '—'}）")
    return [*lines, f"这一版另有 {found['held']} 行待定，没有比"] if found["held"] else lines


def _side(value: str | None, cell: str | None) -> str:
    return "未写" if value is None else f"{value}（{cell}）"

"""`luzhang read`: what the program understands of a roster, without touching the register."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands.chinese import Command
from app.commands.output import DONE, LOOK, each_file, note, pieces_line, say

Files = Annotated[list[str], typer.Argument(metavar="文件", help="名册：xlsx、xlsm、xlsb、xls、ods、csv、网页表格")]
Told = Annotated[str | None, typer.Option("--told", metavar="MAP.json", help="人工指明的列和行")]
Json = Annotated[bool, typer.Option("--json", help="每个文件输出一行 JSON")]


def enlist(program: typer.Typer) -> None:
    """Add the command to the program."""
    program.command("read", cls=Command, help="读名册，看看读懂了什么；不写入登记库")(read)


def read(files: Files, told: Told = None, as_json: Json = False) -> int:
    """Read each file; one that cannot be read does not stop the next."""
    from importers.roster.told import load_told

    said = load_told(Path(told)) if told else None
    return each_file(files, as_json, lambda path: _read_one(path, said, as_json))


def _read_one(path: Path, told: Any, as_json: bool) -> int:
    from importers.roster import read_file

    reading = read_file(path, told)
    errors = sum(issue.severity == "error" for issue in reading.issues)
    tables = sum(len(sheet.tables) for sheet in reading.sheets)
    if as_json:
        pieces_line(reading.json_pieces())
    else:
        _tell(reading)
    if not tables:
        note(f"{path.name}：没有找到企业名册（没有一张表带“企业名称”一类的列）")
    return LOOK if errors or not tables else DONE


def _tell(reading: Any) -> None:
    counts = reading.counts()
    say(
        f"{reading.file}：读了 {counts['rows_read']} 行，企业 {counts['records']} 条，设备 {counts['equipment']} 组；"
        f"略去 {counts['rows_ignored']} 行，待定 {counts['rows_held']} 行，问题 {counts['issues']} 个"
    )
    for record in reading.records:
        name = record.enterprise.get("name")
        called = name.value if name else "（没有名称）"
        say(f"  {called}　设备 {len(record.equipment)} 组　第 {record.rows[0]} 行起", whole=True)
    for issue in reading.issues:
        place = f"{issue.sheet or ''}!{issue.cell}" if issue.cell else issue.sheet or ""
        say(f"  {SEVERITIES[issue.severity]} {place} {issue.message}。{issue.fix}", whole=True)


SEVERITIES = {"error": "错误", "warning": "注意", "question": "疑问"}

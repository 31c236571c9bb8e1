"""`luzhang acceptance …`: acceptance on three levels, what was sent back or set by a notice, and that it was mended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.chinese import Command, Group
from app.commands.opening import (
    AsOf,
    County,
    Demo,
    Firm,
    Json,
    Known,
    OneFirm,
    Reason,
    Township,
    moment,
    reading_county,
    register_of,
)
from app.commands.output import DONE, LOOK, object_line, say
from app.errors import BadInput

if TYPE_CHECKING:
    from app.register.acceptances.recording import NewItem

_HELP = "三级验收：镇街自验、区县复验、市级抽验，退回和限期整改的事项"
Items = Annotated[
    list[str] | None,
    typer.Option(
        "--item", metavar="事项", help="退回的问题，可写几条：做什么|期限|责任单位，如 补装除尘|2026-01-31|县科工局"
    ),
]
Paper = Annotated[str | None, typer.Option("--document", metavar="文书", help="文书的编号或文号")]
PASSED = {True: "通过", False: "没有通过", None: "不能确定"}


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    acceptance = typer.Typer(cls=Group, rich_markup_mode=None, help=_HELP)
    acceptance.command("record", cls=Command, help="记一次验收：哪一级、结果、哪天、谁验的、凭哪份意见")(record)
    acceptance.command("list", cls=Command, help="各家验收到哪一级，缺什么，下一步做什么")(listed)
    acceptance.command("notice", cls=Command, help="记一份整改通知写的事项和期限")(notice)
    acceptance.command("done", cls=Command, help="记一条退回或限期整改的事项改完了")(done)
    acceptance.command("back", cls=Command, help="撤回一次验收、一条事项，或一次完成")(back)
    acceptance.callback()(lambda: None)
    program.add_typer(acceptance, name="acceptance", help=_HELP)


def record(
    firm: Firm,
    level: Annotated[str, typer.Argument(metavar="层级", help="township 镇街自验、county 区县复验、city 市级抽验")],
    result: Annotated[str, typer.Argument(metavar="结果", help="passed 通过、returned 退回整改、failed 未通过")],
    on: Annotated[str, typer.Option("--on", metavar="日期", help="哪天验的，如 2025-12-22")],
    reason: Reason,
    unit: Annotated[list[str] | None, typer.Option("--unit", metavar="单位", help="参加的单位，可写几个")] = None,
    person: Annotated[list[str] | None, typer.Option("--person", metavar="人员", help="参加的人，可写几个")] = None,
    document: Paper = None,
    item: Items = None,
    remark: Annotated[str | None, typer.Option("--note", metavar="备注", help="另外要记的话")] = None,
    gap: Annotated[bool, typer.Option("--gap", help="下一级没有通过，仍照实记入；缺的一直列出")] = False,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record an acceptance."""
    from app.api.limits import days_told
    from app.register.acceptances.recording import NewAcceptance
    from app.register.acceptances.recording import record as recorded
    from app.register.scope import LOCAL_OPERATOR

    who = (tuple(unit or ()), tuple(person or ()))
    said = NewAcceptance(firm, level, result, days_told(on), *who, document, _items(item), remark, gap)
    engine, code = register_of(demo, county)
    told = recorded(engine, code, said, reason=reason, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(told)
    else:
        say(f"已记录为第 {told['change']} 号变更；验收编号 {told['acceptance']}")
        for one in told["gaps"]:
            say(_gap(one))
        _tell_next(told["next"])
    return LOOK if told["gaps"] else DONE


def notice(
    action: Annotated[
        str, typer.Argument(metavar="处置", help="整改通知的处置编号（action），见 luzhang step list --json")
    ],
    item: Items,
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record what a notice sets."""
    from app.register.acceptances.recording import set_items
    from app.register.scope import LOCAL_OPERATOR

    engine, code = register_of(demo, county)
    told = set_items(engine, code, action, _items(item), reason=reason, actor=LOCAL_OPERATOR)
    return _said(told, f"事项编号 {'、'.join(told['items'])}", as_json)


def done(
    item: Annotated[str, typer.Argument(metavar="事项", help="事项的编号，见 luzhang acceptance list")],
    on: Annotated[str, typer.Option("--on", metavar="日期", help="哪天改完的")],
    reason: Reason,
    document: Paper = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record that an item was mended."""
    from app.api.limits import days_told
    from app.register.acceptances.recording import carry_out
    from app.register.scope import LOCAL_OPERATOR

    engine, code = register_of(demo, county)
    own = {"document": document, "reason": reason}
    told = carry_out(engine, code, item, days_told(on), actor=LOCAL_OPERATOR, **own)  # type: ignore[arg-type]
    return _said(told, f"完成编号 {told['done']}", as_json)


def back(
    record: Annotated[str, typer.Argument(metavar="编号", help="验收、事项或完成的编号")],
    reason: Reason,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Take a record back."""
    from app.register.acceptances.recording import take_back
    from app.register.scope import LOCAL_OPERATOR

    engine, code = register_of(demo, county)
    return _said(take_back(engine, code, record, reason=reason, actor=LOCAL_OPERATOR), "已撤回", as_json)


def listed(
    firm: OneFirm = None,
    county: County = None,
    township: Township = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List acceptances."""
    from app.register.acceptances.shown import standings
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        at = moment(session, code, as_of, known)
        found = standings(session, code, at, LOCAL_OPERATOR, firm=firm, township=township)
    told = found.as_dict()
    if as_json:
        object_line(told)
        return found.status
    say(f"截至 {told['as_of']}：有记录的 {told['totals']['firms']} 家；没有的 {told['totals']['without']} 家")
    for one in told["firms"]:
        _tell_firm(one)
    return found.status


def _tell_firm(one: dict[str, Any]) -> None:
    levels = "；".join(f"{level['label']} {PASSED[level['passed']]}" for level in one["levels"])
    say(f"{one['enterprise']['name']}（{one['enterprise']['township'] or '乡镇不明'}）　{levels}")
    for line in record_lines(one):
        say(line)
    _tell_next(one["next"])


def record_lines(one: dict[str, Any]) -> Iterator[str]:
    """A firm's acceptances with what they sent back, what notices set, and what lacks, each a line."""
    for own in one["acceptances"]:
        who = "，".join(word for word in (own["units"], own["people"]) if word) or "没有写谁验的"
        gap = "（带缺口记的）" if own["with_gap"] else ""
        shown = f"{own['level_label']}　{own['result_label']}　{own['accepted_on']['text']}　{who}{gap}"
        yield f"  {shown}　（验收编号 {own['acceptance']}）"
        yield from map(_item, own["items"])
    yield from map(_item, one["notices"])
    yield from map(_gap, one["gaps"])


def _item(item: dict[str, Any]) -> str:
    due = item["due"]["text"] if item["due"] else "没有写期限"
    unit = f"　{item['responsible_unit']}" if item["responsible_unit"] else ""
    gone = "（登记库里已没有这份通知）" if item.get("notice_gone") else ""
    return f"    整改：{item['text']}{unit}　{due}　{item['state_label']}{gone}　（事项编号 {item['item']}）"


def _gap(gap: dict[str, Any]) -> str:
    return f"  {gap['standing_label']}：{gap['words']}——“{gap['sentence']}”（{gap['source']}）"


def _tell_next(after: list[dict[str, Any]]) -> None:
    for one in after:
        told = f"{one['next']}：" if one.get("next") else "下一步："
        say(f"  {told}{one['text']}（{one['source']}）")


def _items(told: list[str] | None) -> tuple[NewItem, ...]:
    """Items as the line writes them: 做什么|期限|责任单位."""
    from app.api.limits import days_told
    from app.register.acceptances.recording import NewItem

    found = []
    for one in told or ():
        parts = [part.strip() for part in one.replace("｜", "|").split("|")]
        if len(parts) > 3 or not parts[0]:
            fix = "请写成 做什么|期限|责任单位，后两样可以不写"
            raise BadInput(f"整改事项“{one}”写法不对", fix=fix, code="acceptance.items")
        text, due, unit = (*parts, "", "")[:3]
        found.append(NewItem(text, unit or None, days_told(due) if due else None))
    return tuple(found)


def _said(told: dict[str, Any], words: str, as_json: bool) -> int:
    if as_json:
        object_line(told)
    else:
        say(f"已记录为第 {told['change']} 号变更；{words}")
    return DONE

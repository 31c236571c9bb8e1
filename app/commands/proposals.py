"""`luzhang propose …`, `luzhang two-eyes …`: what waits for another person, and which acts want two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.chinese import Command, Group
from app.commands.opening import County, Demo, Json, Reason, asked_county, opened, required_county
from app.commands.output import DONE, LOOK, object_line, say

if TYPE_CHECKING:
    from app.errors import Proposed

Id = Annotated[str, typer.Argument(metavar="编号", help="提出的编号，见 luzhang propose list")]
Act = Annotated[
    str,
    typer.Argument(
        metavar="哪件事", help="issue 签发台账、close_out 验收销号、restore 恢复供电、merge 企业合并、adopt 采用条款等"
    ),
]
State = Annotated[
    str | None,
    typer.Option("--state", metavar="状态", help="只列 open、expired、confirmed、refused 或 withdrawn"),
]

_HELP = "提出了、等另一人确认的事；确认要在网页上用自己的账户"
_SWITCHES = "哪些事要两人办：一人提出，另一人确认"


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    propose = typer.Typer(cls=Group, rich_markup_mode=None, help=_HELP)
    propose.command("list", cls=Command, help="列出提出的事，等确认的在前")(listed)
    propose.command("show", cls=Command, help="看一件：写明了什么、会办成什么、谁可以确认")(show)
    propose.command("refuse", cls=Command, help="不同意别人提出的，退回，写明理由")(refuse)
    propose.command("withdraw", cls=Command, help="收回在本机提出的，写明理由")(withdraw)
    propose.callback()(lambda: None)
    program.add_typer(propose, name="propose", help=_HELP)
    switches = typer.Typer(cls=Group, rich_markup_mode=None, help=_SWITCHES)
    switches.command("show", cls=Command, help="列出哪些事要两人办")(shown)
    switches.command("on", cls=Command, help="从现在起，这件事要两人办")(on)
    switches.command("off", cls=Command, help="从现在起，这件事由一人办")(off)
    switches.callback()(lambda: None)
    program.add_typer(switches, name="two-eyes", help=_SWITCHES)


def tell(proposed: Proposed, *, as_json: bool) -> int:
    """Say that an act was proposed and not done, and who may confirm it."""
    told: dict[str, Any] = proposed.told
    if as_json:
        object_line({"proposed": told})
        return LOOK
    say(f"本县这件事要两人办：已提出，还没有办。编号 {told['proposal']}，到 {told['expires'][:10]} 没有人确认就作废")
    say(f"  {told['label']}：{told['what']}")
    _tell_who(told["may_confirm"])
    return LOOK


def listed(state: State = None, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """List a county's proposals."""
    from app.errors import BadInput
    from app.register.ledgers import whose
    from app.register.scope import LOCAL_OPERATOR
    from app.register.second.listed import listed as found
    from app.register.second.words import STATES
    from app.store.engine import reading

    if state is not None and state not in STATES:
        raise BadInput(f"没有“{state}”这种状态", fix=f"可以是：{'、'.join(STATES)}", code="second.state")
    with reading(opened(demo, county)) as session:
        code = whose(session, asked_county(demo, county), LOCAL_OPERATOR)
        rows = [one.as_dict() for one in found(session, code, LOCAL_OPERATOR) if state in (None, one.state)]
    if as_json:
        object_line({"county": code, "proposals": rows})
    else:
        for row in rows:
            say(f"{row['proposal']}　{row['state_label']}　{row['label']}：{row['what']}　{_by(row)}")
        if not rows:
            say("没有")
    return LOOK if any(row["state"] == "open" for row in rows) else DONE


def show(proposal: Id, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Show one whole."""
    from app.register.scope import LOCAL_OPERATOR
    from app.register.second.listed import county_of_proposal
    from app.register.second.shown import whole
    from app.store.engine import reading

    with reading(opened(demo, county)) as session:
        told = whole(session, county_of_proposal(session, proposal, LOCAL_OPERATOR), proposal, LOCAL_OPERATOR)
    return _tell(told, as_json)


def refuse(proposal: Id, reason: Reason, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Refuse what somebody else proposed."""
    return _answer("refuse", proposal, reason, demo, county, as_json)


def withdraw(proposal: Id, reason: Reason, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Take back what was proposed at this machine."""
    return _answer("withdraw", proposal, reason, demo, county, as_json)


def shown(county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Show which acts want two."""
    from app.register.ledgers import whose
    from app.register.scope import LOCAL_OPERATOR
    from app.register.second.switches import switches
    from app.store.engine import reading

    with reading(opened(demo, county)) as session:
        code = whose(session, asked_county(demo, county), LOCAL_OPERATOR)
        rows = switches(session, code, LOCAL_OPERATOR)
    if as_json:
        object_line({"county": code, "acts": rows})
        return DONE
    for row in rows:
        since = f"（第 {row['change']} 号变更，{row['by']}：{row['reason']}）" if row["change"] else ""
        say(f"{row['label']}（{row['act']}）：{'两人办' if row['on'] else '一人办'}{since}")
    return DONE


def on(act: Act, reason: Reason, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Want two people for an act."""
    return _switch(act, True, reason, demo, county, as_json)


def off(act: Act, reason: Reason, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Want one person for an act."""
    return _switch(act, False, reason, demo, county, as_json)


def _switch(act: str, wanted: bool, reason: str, demo: bool, county: str | None, as_json: bool) -> int:
    from app.register.scope import LOCAL_OPERATOR
    from app.register.second.switches import switch

    code = required_county(demo, county)
    told = switch(opened(demo, county), code, act, on=wanted, reason=reason, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(told)
    else:
        say(f"已登记：{told['county']} {told['label']}由{'两人' if wanted else '一人'}办（变更第 {told['change']} 号）")
    return DONE


def _answer(how: str, proposal: str, reason: str, demo: bool, county: str | None, as_json: bool) -> int:
    from app.register.scope import LOCAL_OPERATOR
    from app.register.second import answering
    from app.register.second.listed import county_of_proposal
    from app.store.engine import reading

    engine = opened(demo, county)
    with reading(engine) as session:
        code = county_of_proposal(session, proposal, LOCAL_OPERATOR)
    act = answering.refuse if how == "refuse" else answering.withdraw
    return _tell(act(engine, code, proposal, reason=reason, actor=LOCAL_OPERATOR), as_json)


def _tell(told: dict[str, Any], as_json: bool) -> int:
    if as_json:
        object_line(told)
        return LOOK if told["state"] == "open" else DONE
    say(f"{told['label']}：{told['what']}　{told['state_label']}")
    say(f"  {_by(told)}；提出时登记到第 {told['known']} 号变更；{told['expires'][:10]} 作废")
    for name, value in told["arguments"].items():
        if value not in (None, False, [], ()):
            say(f"    {name}：{value}")
    if told["answered_by"]:
        why = f"：{told['answer_reason']}" if told["answer_reason"] else ""
        say(f"  {told['answered_by']} {told['answered_at'][:16]}，第 {told['answer_change']} 号变更{why}")
    _tell_who(told.get("may_confirm"))
    return LOOK if told["state"] == "open" else DONE


def _by(told: dict[str, Any]) -> str:
    why = f"：{told['reason']}" if told["reason"] else ""
    return f"{told['proposed_by']} {told['at'][:16]} 提出{why}"


def _tell_who(who: dict[str, Any] | None) -> None:
    if who is None:
        return
    roles = "、".join(one["zh"] for one in who["roles"])
    people = "、".join(f"{one['name']}（{one['department']}）" for one in who["people"])
    say(f"  请另一人用自己的账户登录网页确认：{people or f'有{roles}角色的人（现在还没有这样的账户）'}")

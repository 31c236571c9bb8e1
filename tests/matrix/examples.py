"""How each operation is asked about a place: which of its things stand in the path, the query and the body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.matrix.targets import Target
from tests.matrix.worlds import CLAUSES, DAY, LIMITS, PROGRAMMES, QUARTER, SCAN

Body = Callable[[Target], dict[str, Any]]

#: What may stand in a path, by function and parameter; of a function that is not named, by parameter alone.
PATH: dict[str, tuple[str, ...]] = {
    "account": ("account",),
    "batch": ("batch", "inspection", "waiting", "undone"),
    "clause": ("clause",),
    "decision": ("decision",),
    "department": ("department",),
    "document": ("document",),
    "enterprise": ("enterprise", "firm", "uscc"),
    "file": ("programmes",),
    "grant": ("grant",),
    "identity": ("identity",),
    "holiday": ("holiday",),
    "item": ("item",),
    "limit": ("limit",),
    "link": ("link",),
    "measure": ("measure",),
    "measurement": ("measurement",),
    "name": ("view",),
    "programme": ("programme",),
    "proposal": ("proposal",),
    "step": ("step",),
    "succession": ("succession",),
    "token": ("token",),
    "plans.withdraw:record": ("plan_step", "measure"),
    "acceptances.withdraw:record": ("acceptance", "item"),
    "limits.drop:limit": ("limit", "limits"),
}

#: Parameters that name nothing of anybody's.
FIXED = {"number": "1", "quarter": QUARTER}

#: Query keys that name something of a place.
QUERY: dict[str, tuple[str, ...]] = {
    "county": ("county", "city"),
    "township": ("township", "place"),
    "division": ("division",),
    "parent": ("county",),
    "enterprise": ("enterprise", "firm"),
    "q": ("mark", "firm", "uscc"),
    "name": ("mark",),
    "uscc": ("uscc",),
    "clause": ("clause",),
    "source": ("source",),
    "against": ("batch",),
    "document": ("document",),
    "request_document": ("document",),
    "capacity_t_per_year": ("number",),
    "file": ("mark",),
    "cell": ("mark",),
    "unit": ("mark",),
    "number": ("mark",),
    "issuer": ("mark",),
    "authority": ("mark",),
    "account": ("account",),
    "actor": ("mark",),
    "firm": ("enterprise", "mark"),
    "what": ("mark",),
    "document_no": ("mark",),
    "code": ("mark",),
    "remark": ("mark",),
    "village": ("mark",),
    "phrase": ("mark",),
    "department": ("mark",),
    "zone": ("programme",),
    "programme.stage": ("programme",),
}

#: What an operation must be asked with, beside what is tried out.
NEEDED: dict[str, dict[str, str]] = {
    "differences.read": {"from": "2024-01-15", "to": "2026-01-15"},
    "holidays.count": {"from": DAY, "days": "3"},
    "ledger.trace": {"cell": "企业底数!C4"},
    "limits.list": {},
    "personal.show": {"purpose": "通知整改"},
    "permits.versions": {"enterprise": "firm"},
    "steps.may": {"step": "restore"},
    "steps.rules": {"step": "停电"},
    "templates.read": {"township": "place"},
    "views.drop": {"reason": "试"},
}


def _words(_: Target) -> dict[str, str]:
    return {"county": "431127", "mark": "试", "code": "ZQNEW"}


def _told(**fields: Any) -> Body:
    """A body of fixed words, and of things of the place (those written as ‹name›)."""

    def body(of: Target) -> dict[str, Any]:
        return {"county": of.county, "reason": "试", **_filled(fields, of)}

    return body


def _filled(value: Any, of: Target) -> Any:
    if isinstance(value, str) and value.startswith("‹"):
        return of[value.strip("‹›")]
    if isinstance(value, list):
        return [_filled(one, of) for one in value]
    if isinstance(value, Mapping):
        return {_filled(name, of): _filled(one, of) for name, one in value.items()}
    return value


_PEOPLE = {"prepared_by": "甲", "checked_by": "乙", "approved_by": "丙"}
_CUT = {"kind": "cut", "effective_on": "2026-01-10", "with_gap": True, "authority": "科工局"}

#: The bodies of operations that have one.
BODIES: dict[str, tuple[Body, ...]] = {
    "acceptances.done": (_told(on="2025-12-05", document="‹document›"),),
    "acceptances.items": (_told(action="‹action›", items=[{"text": "试"}]),),
    "acceptances.record": (
        _told(
            enterprise="‹firm›",
            level="township",
            result="passed",
            on="2025-12-01",
            units=["甲"],
            people=["乙"],
            document="‹document›",
            with_gap=True,
        ),
    ),
    "acceptances.withdraw": (_told(),),
    "clauses.add": (lambda of: {**_told()(of), "name": "试.yaml", "text": CLAUSES.format(**_words(of))},),
    "clauses.adopt": (_told(),),
    "clauses.drop": (_told(),),
    "clauses.try": (lambda of: {"county": of.county, "name": "试.yaml", "text": CLAUSES.format(**_words(of))},),
    "corrections.make": (
        _told(subject="‹firm›", facts={"village": "试"}, day="2024-03-01"),
        _told(subject="‹enterprise›", facts={"village": "试"}, day="2024-03-01"),
        _told(section="equipment", subject="‹machine›", facts={"model": "试"}, day="2024-03-01"),
        _told(section="permit", subject="‹permit›", facts={"number": "试1号"}, day="2024-03-01"),
        _told(section="action", subject="‹action›", facts={"authority": "试"}, day="2024-03-01"),
        _told(subject="‹firm›", facts={"township": "‹place›"}, day="2024-03-01"),
    ),
    "decisions.make": (
        _told(kind="same", firm="‹enterprise›", other="‹other›"),
        _told(kind="different", firm="‹firm›", other="‹second›"),
        _told(kind="later", firm="‹uscc›", other="‹second›"),
        _told(kind="value", statement="‹statement›"),
        _told(kind="absent", batch="‹waiting›", firm="‹firm›", answer="漏报"),
        _told(kind="absent", batch="‹batch›", firm="‹firm›", answer="漏报"),
        lambda of: {**_row(of), "about": "firm", "answer": of["enterprise"]},
        lambda of: {**_row(of), "about": "machine", "answer": of["machine"]},
        _told(kind="township", written="试乡", township="‹place›"),
        _told(kind="name", written="试厂", firm="‹firm›"),
        _told(kind="replaced", old="‹machine›", new="‹other_machine›"),
        _told(kind="not_replaced", old="‹machine›", new="‹other_machine›"),
    ),
    "decisions.withdraw": (_told(),),
    "departments.make": (lambda of: {"name": "试办", "division": of["township"]},),
    "departments.rename": (_told(name="试办"),),
    "documents.withdraw": (_told(),),
    "holidays.tell": (_told(kind="off", day="2028-02-05", source="试"),),
    "holidays.withdraw": (_told(),),
    "imports.apply_waiting": (lambda _: {}, lambda _: {"dry_run": True}),
    "imports.drop": (lambda _: {"reason": "试"},),
    "ledger.issue": (_told(**_PEOPLE), lambda of: {"county": of["city"], "reason": "试", **_PEOPLE}),
    "ledger.record_check": (lambda of: {"county": of.county}, lambda of: {"county": of["city"]}),
    "limits.add": (lambda of: {**_told()(of), "name": "试.yaml", "text": LIMITS.format(**_words(of))},),
    "limits.adopt": (_told(source="试"),),
    "limits.check": (lambda of: {"county": of.county, "name": "试", "text": LIMITS.format(**_words(of))},),
    "limits.drop": (_told(),),
    "limits.life": (_told(kind="感应电炉", years=15),),
    "limits.try": (_told(limit="‹limit›", facts={"tce_per_t": "0.2"}),),
    "links.make": (
        lambda of: {"county": of.county, "townships": [of["township"]], "quarter": QUARTER},
        lambda of: {"county": of.county, "townships": [of["place"]], "quarter": QUARTER},
    ),
    "links.revoke": (lambda _: {"reason": "试"},),
    "me.factor_begin": (lambda _: {"password": "旧的"},),
    "me.factor_confirm": (lambda _: {"code": "123456"},),
    "me.password": (lambda _: {"old": "旧的", "new": "新的"},),
    "measurements.make": (
        _told(enterprise="‹firm›", kind="tce_per_t", value=0.4, on="2022年", source="试"),
        _told(enterprise="‹firm›", equipment="‹machine›", kind="nox_mg_per_m3", value=100, on=DAY, source="试"),
    ),
    "measurements.withdraw": (_told(),),
    "personal.forget": (
        _told(enterprise="‹firm›"),
        _told(enterprise="‹enterprise›"),
        _told(numbers=["13900999998"], papers=["‹document›"]),
    ),
    "people.factor_require": (lambda _: {"role": "county_officer", "required": True},),
    "people.first": (lambda _: {"token": "试", "name": "shi", "shown_name": "试", "password": "Sh1-2345"},),
    "people.grant": (
        lambda of: {"role": "township_clerk", "division": of["township"]},
        lambda of: {"role": "department_officer", "division": of.county},
        lambda of: {"role": "inspector", "division": of["division"]},
    ),
    "people.identity_link": (lambda _: {"digest": "5" * 64},),
    "people.make": (lambda of: {"name": "shi", "shown_name": "试", "department": of["department"]},),
    "people.rescue": (lambda _: {"token": "试", "password": "Sh1-2345"},),
    "permits.record": (
        _told(enterprise="‹firm›", kind="eia", facts={"number": "试3号"}, day=DAY),
        _told(enterprise="‹firm›", kind="eia", facts={"number": "试3号"}, day=DAY, permit="‹permit›"),
    ),
    "plans.advance": (
        _told(enterprises=["‹firm›"], stage="notified", on="2024-09-01", document="‹document›", with_gap=True),
    ),
    "plans.carry_out": (_told(on="2025-05-20", document="‹document›"),),
    "plans.extend": (_told(due="2025年6月10日", document="‹document›"),),
    "plans.promise": (_told(enterprise="‹firm›", measure="试", due="2025年4月底前", document="‹document›"),),
    "plans.withdraw": (_told(),),
    "programmes.add": (lambda of: {**_told()(of), "name": "试.yaml", "text": PROGRAMMES.format(**_words(of))},),
    "programmes.check": (lambda of: {"county": of.county, "name": "试", "text": PROGRAMMES.format(**_words(of))},),
    "programmes.drop": (_told(),),
    "proposals.refuse": (lambda _: {"reason": "试"},),
    "proposals.withdraw": (lambda _: {"reason": "试"},),
    "second.switch": (_told(act="merge", on=True),),
    "sign_in.make": (lambda _: {"name": "shi", "password": "Sh1-2345"},),
    "steps.record": (
        _told(enterprise="‹firm›", document="‹document›", request_document="‹document›", **_CUT),
        _told(enterprise="‹enterprise›", equipment="‹machine›", **{**_CUT, "kind": "halt"}),
    ),
    "steps.withdraw": (_told(),),
    "successions.merge": (_told(firm="‹firm›", into="‹second›", day="2026-01-01"),),
    "successions.move": (_told(firm="‹firm›", township="‹place›", day="2026-01-01"),),
    "successions.name": (_told(equipment="‹machine›", into="‹firm›"),),
    "successions.rename": (_told(firm="‹firm›", name="试铸造有限公司", day="2026-01-01"),),
    "successions.split": (_told(firm="‹firm›", into=["‹second›"], machines={"‹machine›": "‹second›"}, day="不明"),),
    "successions.transfer": (_told(firm="‹firm›", equipment="‹machine›", into="‹second›", day="2026-01-01"),),
    "successions.withdraw": (_told(),),
    "tokens.make": (
        lambda of: {"name": "试", "functions": ["desk.read"], "divisions": [of["township"]], "until": "2999-01-01"},
    ),
    "views.save": (lambda _: {"address": "equipment?state=idle", "reason": "试"},),
}

#: The forms of operations that take one: fields, and the file that goes with them.
FORMS: dict[str, tuple[Body, ...]] = {
    "documents.make": (
        _told(kind="函件", number="试函〔2025〕1号", dated="2025-01-01", enterprise="‹firm›", named="‹second›"),
        _told(kind="函件", number="试函〔2025〕1号", dated="2025-01-01", enterprise="‹enterprise›"),
    ),
    "documents.revise": (_told(title="试", named="‹second›"),),
    "imports.apply": (
        lambda of: {"county": of.county, "township": of["township"]},
        lambda of: {"county": of.county, "dry_run": "true"},
        lambda of: {"county": of.county, "later": "true", "valid_from": DAY},
    ),
}

#: Operations without a body, told apart so that a new one must say so.
BARE = frozenset(
    {
        "departments.close",
        "departments.reopen",
        "imports.resume",
        "imports.undo",
        "people.disable",
        "people.enable",
        "people.factor_remove",
        "people.identity_end",
        "people.password",
        "people.withdraw",
        "proposals.confirm",
        "sign_in.end",
        "tokens.revoke",
        "views.drop",
    }
)

#: What goes with a form.
FILE = ("试.pdf", SCAN)


def _row(of: Target) -> dict[str, Any]:
    place = {"kind": "row", "batch": of["held"], "sheet": of["sheet"], "row": int(of["row"])}
    return {"county": of.county, "reason": "试", **place}

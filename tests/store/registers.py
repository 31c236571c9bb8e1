"""A small register with something in every table, told as events."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.actor import Actor
from app.domain.dates import DateInterval
from app.domain.statement import Value
from app.store import audit_chain, changes, facts
from app.store.audit import NOBODYS
from app.store.engine import unit
from app.store.facts import keepings
from app.store.models import (
    AbsenceAnswer,
    Acceptance,
    Action,
    Base,
    Change,
    ClauseAdoption,
    ClauseFile,
    Document,
    DocumentFirm,
    Enterprise,
    Equipment,
    Evidence,
    Holiday,
    IdentityDecision,
    ImportBatch,
    ImportIssue,
    ImportRow,
    ImportTerms,
    LearnedAnswer,
    LedgerAnchor,
    LedgerCheck,
    LedgerContent,
    LedgerIssue,
    LimitAdoption,
    LinkUpload,
    MachineReplacement,
    Measurement,
    Permit,
    PersonForgotten,
    Plan,
    PlanMeasure,
    PlanMeasureDone,
    PlanMeasureExtension,
    PlanStep,
    PolicyFile,
    Proposal,
    ProposalAnswer,
    RedactedFile,
    ReturnedItem,
    ReturnedItemDone,
    RowAnswer,
    SameSubject,
    SavedView,
    ServiceLife,
    SourceFile,
    StatedFigure,
    Statement,
    Step,
    Stretch,
    Succession,
    TwoEyes,
    UploadLink,
    ValueDecision,
    WaitingFile,
)
from app.store.temporal import Amendment, amend_all

COUNTY = "431127"
OTHER = "431128"

WORKBOOK = b"PK\x00\xff"
PHOTO = b"\xff\xd8\xff\xe0"

DAY = date(2024, 1, 15)
LATER = date(2024, 4, 1)


def populate(engine: Engine, county: str = COUNTY) -> None:
    """Two changes: a roster brings something for every table, a second one changes facts and takes things back."""
    with unit(engine) as session:
        change = changes.open_change(session, county, "import", actor="本机操作员", reason="第一季度名册")
        enrol(session, change)
        bring_in(session, change)
        for model in facts_tables():
            amend_all(session, change, model, [Amendment(subject_of(model), DAY, facts=some_facts(model))])
    with unit(engine) as session:
        change = changes.open_change(session, county, "import", actor="本机操作员")
        for model in facts_tables():
            first = next(iter(keepings(model)))
            amend_all(session, change, model, [Amendment(subject_of(model), LATER, facts={first: None})])
        for taken in session.query(ClauseAdoption).filter_by(county=county):
            taken.superseded_by = change.number
        top = audit_chain.top_of(session, county)
        assert top is not None
        anchor = {"chain": county, "number": top.number, "digest": top.digest}
        session.add(
            LedgerAnchor(id="anchor-1", issue_id="ledger-1", county=county, recorded_by=change.number, **anchor)
        )
        for chain in (county, NOBODYS):
            audit_chain.queue(session, signed_in(chain))


def signed_in(chain: str) -> audit_chain.Said:
    """That somebody signed in, and that the password was to be changed."""
    who = Actor("张三", account="account-1", origin="10.1.1.1")
    told = {"before": '{"must_change": true}', "after": '{"must_change": false}', "result": "done", "code": "none"}
    return audit_chain.Said(chain, "sign_in", who, "zhangsan", **told)


def facts_tables() -> list[type[Stretch]]:
    """Every temporal table."""
    return sorted((mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Stretch)), key=str)


def subject_of(model: type[Stretch]) -> str:
    """The id of the one subject of each kind."""
    return f"{model.subject.removesuffix('_id')}-1"


def enrol(session: Session, change: Change) -> None:
    """One firm with a machine, a permit, a plan and an action."""
    key = {"county": change.county, "recorded_by": change.number}
    firm = "enterprise-1"
    session.add(Enterprise(id=firm, **key))
    session.flush()
    session.add(Equipment(id="equipment-1", enterprise_id=firm, **key))
    session.add(Permit(id="permit-1", enterprise_id=firm, kind="eia", **key))
    session.add(Plan(id="plan-1", enterprise_id=firm, **key))
    session.add(Action(id="action-1", enterprise_id=firm, kind="halt", **key))
    session.flush()


def bring_in(session: Session, change: Change) -> None:
    """One batch with a row, an issue, a statement and a stated figure; a decision; an adopted clause; a ledger."""
    key = {"county": change.county, "recorded_by": change.number}
    session.add(
        ImportBatch(
            id="batch-1",
            file="新圩镇.xlsx",
            sha256="00" * 32,
            format="xlsx",
            township="431127106",
            valid_day=DAY,
            source="新圩镇人民政府",
            counts='{"records": 1}',
            **key,
        )
    )
    session.flush()
    of = {"batch_id": "batch-1", **key}
    session.add(ImportRow(id="row-1", sheet="Sheet1", row=6, cells='{"B": "骅强"}', fate="record", **of))
    session.add(
        ImportIssue(
            id="issue-1", code="uscc.digits_lost", severity="error", message="后几位已丢失", fix="重新填写", **of
        )
    )
    session.add(
        Statement(
            id="statement-1",
            section="equipment",
            subject_id="equipment-1",
            field="capacity_t",
            value=facts.to_json(0.5),
            day=DAY,
            source="新圩镇人民政府",
            file="新圩镇.xlsx",
            sheet="Sheet1",
            cell="D6",
            raw="500KG",
            **of,
        )
    )
    session.add(
        StatedFigure(
            id="figure-1",
            phrase="停电户数",
            number=None,
            unit="家",
            when_text="2025年12月10日",
            source="巡查通报",
            file="通报.xlsx",
            sheet="Sheet1",
            raw="不明",
            **of,
        )
    )
    pair = {"section": "enterprise", "subject_id": "enterprise-2"}
    session.add(
        IdentityDecision(id="decision-1", other_id="enterprise-1", answer="same", reason="改过名", **pair, **key)
    )
    measured = {"measured_on_from": DAY, "measured_on_to": DAY, "measured_on_precision": "day"}
    measured |= {"measured_on_text": "2024年1月15日", "source": "检测公司", "document": "监测5号", "reason": "报告"}
    nox = {"kind": "nox_mg_per_m3", "value": 160.0, "circumstances": '{"o2_pct": 12.0}', **measured, **key}
    session.add(Measurement(id="measurement-1", enterprise_id="enterprise-1", equipment_id="equipment-1", **nox))
    session.add(Enterprise(id="enterprise-3", **key))
    session.flush()
    went = {"act_id": "act-1", "enterprise_id": "enterprise-1", "into_id": "enterprise-3", "moved_on_text": "不明"}
    session.add(Succession(id="succession-1", kind="merged", reason="合并", **went, **key))
    shows = {"sha256": sha256(PHOTO).hexdigest(), "media_type": "jpg", "size_bytes": len(PHOTO), "content": PHOTO}
    session.add(Evidence(id="evidence-1", **shows, **key))
    session.flush()
    dated = {"dated_from": DAY, "dated_to": DAY, "dated_precision": "day", "dated_text": "2024年1月15日"}
    dated |= {"number": "湘环函〔2024〕5号", "written_number": "湘环函[2024]5号", "issuer": "环保局", "title": "函"}
    letter = {"enterprise_id": "enterprise-1", "evidence_id": "evidence-1", "file_name": "函.jpg", "reason": "来函"}
    session.add(Document(id="document-1", kind="letter", **letter, **dated, **key))
    session.flush()
    session.add(Document(id="document-2", kind="letter", revises_id="document-1", **letter, **dated, **key))
    session.flush()
    session.add(DocumentFirm(id="named-1", document_id="document-2", enterprise_id="enterprise-3", **key))
    advance(session, key)
    take_step(session, key)
    accept(session, key)
    session.add(ServiceLife(id="life-1", kind="cupola", years=20, counted_from="made_on", reason="县里定", **key))
    session.add(ClauseFile(id="clauses-1", name="县.yaml", sha256="0" * 64, text="version: 1", reason="县文件", **key))
    paper = {"kind": "limits", "name": "限值.yaml", "sha256": "0" * 64, "text": "version: 1", "reason": "县文件"}
    session.add(PolicyFile(id="policy-1", **paper, **key))
    session.add(LimitAdoption(id="adopted-1", limit_id="GB39726-GAS", digest="0" * 64, source="标准原文", **key))
    session.add(SameSubject(id="same-1", into_id="enterprise-1", **pair, **key))
    of_field = {"subject_id": "equipment-1", "field": "capacity_t", "day": DAY, "reason": "现场核实"}
    session.flush()
    session.add(ValueDecision(id="value-1", statement_id="statement-1", **of_field, **key))
    session.add(SourceFile(id="file-1", sha256="00" * 32, name="新圩镇.xlsx", content=WORKBOOK, **key))
    session.flush()
    instead = {"source_file_id": "file-1", "name": "新圩镇.xlsx", "content": WORKBOOK, "alike": True}
    session.add(RedactedFile(id="redacted-1", **instead, **key))
    session.add(ImportTerms(id="terms-1", township="新圩镇", valid_from=DAY, told='{"rows": []}', learned="{}", **of))
    waits = {"file": "新圩镇.xlsx", "sha256": "11" * 32, "format": "xlsx", "township": "431127106", "valid_day": DAY}
    waits |= {"source": "新圩镇人民政府", "counts": "{}", "why": "later"}
    session.add(WaitingFile(id="waiting-1", **waits, **key))
    meaning = {"layout": "00ff", "answer": '{"field": null}', "reason": "导入时指明", "enterprise_id": "enterprise-1"}
    session.add(LearnedAnswer(id="learned-1", kind="column", key="包联领导", **meaning, **of))
    place = {"sheet": "Sheet1", "row": 6, "about": "firm", "answer": "enterprise-1", "reason": "电话核实"}
    session.add(RowAnswer(id="answer-1", **place, **of))
    absent = {"enterprise_id": "enterprise-1", "answer": "omitted", "reason": "漏报"}
    session.add(AbsenceAnswer(id="absence-1", **absent, **of))
    propose(session, change)
    send_by_link(session, change)
    session.add(SavedView(id="view-1", name="在用", noun="equipment", query="state=in_use", reason="每月看", **key))
    replaced = {"old_id": "equipment-1", "new_id": "equipment-2", "reason": "更新"}
    session.add(Equipment(id="equipment-2", enterprise_id="enterprise-1", **key))
    session.flush()
    session.add(MachineReplacement(id="replacement-1", **replaced, **of))
    session.add(ClauseAdoption(id="adoption-1", clause="LOCAL-LANSHAN-AL-SHELL", **key))
    session.add(
        LedgerIssue(
            id="ledger-1",
            quarter="2024Q1",
            revision=1,
            known=1,
            sha256=sha256(WORKBOOK).hexdigest(),
            workbook=WORKBOOK,
            **key,
        )
    )
    session.flush()
    checked = {"quarter": "2024Q1", "known": 1, "content": "00" * 32, "passed": True, "findings": "[]"}
    session.add(LedgerCheck(id="check-1", **checked, **key))
    signed = {"prepared_by": "张三", "checked_by": "李四", "approved_by": "王五", "heads": '{"431129": [0, ""]}'}
    session.add(LedgerContent(id="content-1", issue_id="ledger-1", sha256="0" * 64, tables=b"x", **signed, **key))
    session.flush()


def advance(session: Session, key: dict[str, Any]) -> None:
    """A plan's step and measure, each on its paper."""
    of = {"plan_id": "plan-1", "document_id": "document-2", "reason": "方案", **key}
    days = {
        f"{stem}_{end}": value
        for stem in ("reached_on", "done_on", "due")
        for end, value in {"from": DAY, "to": DAY, "precision": "day", "text": "2024年1月15日"}.items()
    }
    step = {name: value for name, value in days.items() if name.startswith("reached")}
    entry = {"unit": "县科工局", "with_gap": False, "entry_id": "batch-1"}
    session.add(PlanStep(id="plan-step-1", stage="made", **entry, **step, **of))
    due = {name: value for name, value in days.items() if name.startswith("due")}
    session.add(PlanMeasure(id="plan-measure-1", measure="换钢壳炉", responsible_unit="甲厂", **due, **of))
    session.flush()
    done = {name: value for name, value in days.items() if name.startswith("done")}
    session.add(PlanMeasureExtension(id="plan-extension-1", measure_id="plan-measure-1", **due, **of))
    session.add(PlanMeasureDone(id="plan-done-1", measure_id="plan-measure-1", **done, **of))
    session.flush()


def take_step(session: Session, key: dict[str, Any]) -> None:
    """The particulars of the action, with its papers."""
    days = {
        f"{stem}_{end}": value
        for stem in ("decided_on", "served_on", "effective_on")
        for end, value in {"from": DAY, "to": DAY, "precision": "day", "text": "2024年1月15日"}.items()
    }
    papers = {"document_id": "document-2", "request_document_id": "document-1", "document_no": "湘环函〔2024〕5号"}
    of = {"enterprise_id": "enterprise-1", "action_id": "action-1", "equipment_id": "equipment-1", "quantity": 1}
    told = {"effective_time": "09:30", "authority": "生态环境分局", "basis": "AIR-99", "note": "现场", "reason": "决定"}
    session.add(Step(id="step-1", with_gap=True, entry_id="batch-1", **days, **papers, **of, **told, **key))
    session.flush()


def accept(session: Session, key: dict[str, Any]) -> None:
    """A day of the county's own table; an acceptance, what it sent back, and that it was mended."""
    days = {
        f"{stem}_{end}": value
        for stem in ("accepted_on", "due", "done_on")
        for end, value in {"from": DAY, "to": DAY, "precision": "day", "text": "2024年1月15日"}.items()
    }
    told = {"day": DAY, "kind": "off", "name": "放假", "source": "县政府通知", "reason": "通知"}
    session.add(Holiday(id="holiday-1", whole_year=False, **told, **key))
    of = {"enterprise_id": "enterprise-1", "reason": "验收", **key}
    accepted = {name: value for name, value in days.items() if name.startswith("accepted")}
    who = {"units": "县科工局", "people": "张三", "document_id": "document-2", "note": "现场"}
    session.add(
        Acceptance(id="acceptance-1", level="county", result="returned", with_gap=True, **who, **accepted, **of)
    )
    session.flush()
    due = {name: value for name, value in days.items() if name.startswith("due")}
    item = {"acceptance_id": "acceptance-1", "item": "补装除尘", "responsible_unit": "甲厂"}
    session.add(ReturnedItem(id="item-1", action_id=None, **item, **due, **of))
    session.add(ReturnedItem(id="item-2", acceptance_id=None, action_id="action-1", item="换炉", **of))
    session.flush()
    done = {name: value for name, value in days.items() if name.startswith("done")}
    session.add(ReturnedItemDone(id="done-1", returned_item_id="item-1", document_id="document-2", **done, **of))
    session.flush()


def propose(session: Session, change: Change) -> None:
    """An act that wants two, proposed and confirmed."""
    key = {"county": change.county, "recorded_by": change.number}
    session.add(PersonForgotten(id="forgotten-1", person="00" * 16, key_id="abcdefgh", reason="本人要求", **key))
    session.add(TwoEyes(id="eyes-1", act="merge", switched_on=True, reason="纪要", **key))
    told = {"arguments": "{}", "effects": "[]", "digest": "0" * 64, "known": 0, "reason": "同一家"}
    by = {"proposed_by": "张三", "account": "account-1"}
    session.add(Proposal(id="proposal-1", act="merge", door="decisions.make", **told, **by, **key))
    session.flush()
    said = {"answer": "confirmed", "answered_by": "李四", "account": "account-2", "reason": "核对过"}
    session.add(ProposalAnswer(id="answer-1", proposal_id="proposal-1", **said, **key))


def send_by_link(session: Session, change: Change) -> None:
    """An upload link, and a file that came by it."""
    key = {"county": change.county, "recorded_by": change.number}
    link = {"township": "431127105", "quarter": "2024Q1", "digest": "1" * 64, "made_by": "张三", "note": "报送"}
    session.add(UploadLink(id="link-1", last_day=LATER, **link, **key))
    session.flush()
    came = {"receipt": "2" * 64, "origin": "10.1.1.1", "file": "新圩镇.xlsx", "sha256": "00" * 32, "size": 4}
    session.add(LinkUpload(id="upload-1", link_id="link-1", kept_id="batch-1", result="kept", **came, **key))


def some_facts(model: type[Stretch]) -> dict[str, Value]:
    """A value for every fact that a table keeps."""
    return {name: _value(model, name) for name in keepings(model)}


def _value(model: type[Stretch], name: str) -> Value:
    keeping = keepings(model)[name]
    if keeping.days:
        return DateInterval(None, date(2024, 3, 31), "month", "2024年3月底前")
    column = Base.metadata.tables[facts.table_name(model)].columns[keeping.columns[0]]
    kind = column.type.python_type
    words = [str(check.sqltext) for check in column.constraints if hasattr(check, "sqltext")]
    if words:
        return words[0].split("'")[1]
    values: dict[type, Value] = {bool: True, int: 2, float: 0.1, str: f"{name}：值"}
    return values[kind]

"""All tables of the register under one roof, so that the metadata is whole."""

from __future__ import annotations

from app.store.acceptance import Acceptance, ReturnedItem, ReturnedItemDone
from app.store.account import Account, AccountGrant, Department, FormerPassword, OneTimeToken, SignedIn, SignInTry
from app.store.account_identity import AccountIdentity, SignedInBy
from app.store.audit import AuditHead, AuditRecord, LedgerAnchor
from app.store.base import OPEN, Base, Recorded, Stretch, Supersedable
from app.store.calendar_days import Holiday
from app.store.change import Change, CountyHead, Manifest
from app.store.clause import ClauseAdoption, ClauseFile
from app.store.decision import AbsenceAnswer, LearnedAnswer, ValueDecision
from app.store.division import DictionaryEdition, Division, DivisionAlias
from app.store.document import Document, DocumentFirm, Evidence
from app.store.enterprise import (
    Enterprise,
    EnterpriseCapacity,
    EnterpriseCode,
    EnterpriseContact,
    EnterpriseName,
    EnterprisePlace,
    EnterpriseRectification,
    EnterpriseScale,
    EnterpriseStatus,
)
from app.store.equipment import Equipment, EquipmentCount, EquipmentNature, EquipmentState
from app.store.forgotten import PersonForgotten
from app.store.identity import IdentityDecision, SameSubject
from app.store.imports import ImportBatch, ImportIssue, ImportRow, ImportTerms, RowAnswer, SourceFile, WaitingFile
from app.store.key_check import KeyStoreUsed
from app.store.ledger import LedgerCheck, LedgerContent, LedgerIssue
from app.store.link import LinkUpload, UploadLink
from app.store.measurement import Measurement, ServiceLife
from app.store.papers import Action, ActionFact, Permit, PermitFact, Plan, PlanFact
from app.store.plan_step import PlanMeasure, PlanMeasureDone, PlanMeasureExtension, PlanStep
from app.store.policy import LimitAdoption, PolicyFile
from app.store.proposal import Proposal, ProposalAnswer, TwoEyes
from app.store.redacted_file import RedactedFile
from app.store.replacement import MachineReplacement
from app.store.saved_view import SavedView
from app.store.second_factor import FactorRole, RecoveryCode, SecondFactor
from app.store.statement import StatedFigure, Statement
from app.store.step import Step
from app.store.succession import Succession
from app.store.token import ApiToken

__all__ = [
    "OPEN",
    "AbsenceAnswer",
    "Acceptance",
    "Account",
    "AccountGrant",
    "AccountIdentity",
    "Action",
    "ActionFact",
    "ApiToken",
    "AuditHead",
    "AuditRecord",
    "Base",
    "Change",
    "ClauseAdoption",
    "ClauseFile",
    "CountyHead",
    "Department",
    "DictionaryEdition",
    "Division",
    "DivisionAlias",
    "Document",
    "DocumentFirm",
    "Enterprise",
    "EnterpriseCapacity",
    "EnterpriseCode",
    "EnterpriseContact",
    "EnterpriseName",
    "EnterprisePlace",
    "EnterpriseRectification",
    "EnterpriseScale",
    "EnterpriseStatus",
    "Equipment",
    "EquipmentCount",
    "EquipmentNature",
    "EquipmentState",
    "Evidence",
    "FactorRole",
    "FormerPassword",
    "Holiday",
    "IdentityDecision",
    "ImportBatch",
    "ImportIssue",
    "ImportRow",
    "ImportTerms",
    "KeyStoreUsed",
    "LearnedAnswer",
    "LedgerAnchor",
    "LedgerCheck",
    "LedgerContent",
    "LedgerIssue",
    "LimitAdoption",
    "LinkUpload",
    "MachineReplacement",
    "Manifest",
    "Measurement",
    "OneTimeToken",
    "Permit",
    "PermitFact",
    "PersonForgotten",
    "Plan",
    "PlanFact",
    "PlanMeasure",
    "PlanMeasureDone",
    "PlanMeasureExtension",
    "PlanStep",
    "PolicyFile",
    "Proposal",
    "ProposalAnswer",
    "Recorded",
    "RecoveryCode",
    "RedactedFile",
    "ReturnedItem",
    "ReturnedItemDone",
    "RowAnswer",
    "SameSubject",
    "SavedView",
    "SecondFactor",
    "ServiceLife",
    "SignInTry",
    "SignedIn",
    "SignedInBy",
    "SourceFile",
    "StatedFigure",
    "Statement",
    "Step",
    "Stretch",
    "Succession",
    "Supersedable",
    "TwoEyes",
    "UploadLink",
    "ValueDecision",
    "WaitingFile",
]

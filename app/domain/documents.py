"""Papers of the procedure (文书): their kinds, and who takes part in an acceptance at which level.

Kinds as the source papers and the statutes name them: paper 000 (letter, notices, certificates, reports), paper 004
(three levels of acceptance), 行政强制法 and 安全生产法 (written notice).
"""

from __future__ import annotations

from collections.abc import Mapping

from app.errors import BadInput

#: 文书种类.
DOCUMENT_KINDS: Mapping[str, str] = {
    "letter": "函件",
    "correction_decision": "责令改正违法行为决定书",
    "rectification_notice": "限期整改通知",
    "halt_notice": "停产通知",
    "power_cut_notice": "停电通知",
    "power_restore_notice": "送电通知",
    "resume_notice": "恢复生产通知",
    "closure_decision": "关停决定",
    "government_approval": "政府批准文件",
    "licence_cancellation": "证照注销（吊销）文件",
    "plan": "一企一策方案",
    "review_opinion": "方案评审意见",
    "acceptance_report": "第三方自主验收报告",
    "certificate": "符合验收条件证明",
    "acceptance_opinion": "验收意见",
    "dismantling_proof": "拆除影像或证明",
    "permit": "证照",
    "other": "其他",
}

#: 公文: papers of authorities, whose number is a 发文字号; the others may carry a number of any making, or none.
OFFICIAL = frozenset(
    {
        "letter",
        "correction_decision",
        "rectification_notice",
        "halt_notice",
        "power_cut_notice",
        "power_restore_notice",
        "resume_notice",
        "closure_decision",
        "government_approval",
        "licence_cancellation",
    }
)

#: 验收层级, from the lowest; an upper level accepts only what the one below it has (paper 004).
ACCEPTANCE_LEVELS: Mapping[str, str] = {"township": "镇街自验", "county": "区县复验", "city": "市级抽验"}

#: What an acceptance can come to. Returned items have days by which they are mended.
ACCEPTANCE_RESULTS: Mapping[str, str] = {"passed": "通过", "returned": "退回整改", "failed": "未通过"}


def kind_told(word: str) -> str:
    """The kind of a paper that a person names by its code or in Chinese.

    Raises:
        BadInput: when there is none such.
    """
    plain = word.strip()
    found = next((code for code, zh in DOCUMENT_KINDS.items() if plain in (code, zh)), None)
    if found is None:
        kinds = "、".join(DOCUMENT_KINDS.values())
        raise BadInput(f"没有“{plain}”这一种文书", fix=f"可以是：{kinds}", code="document.kind")
    return found

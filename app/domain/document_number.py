"""Numbers of papers (文号): one normal form however the brackets are written; what is no number is refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.errors import BadInput

#: The form that a number has, and who says so.
RULE = "年份应标全称，用六角括号〔〕括入；发文顺序号不加“第”字，不编虚位，在阿拉伯数字后加“号”字"
SOURCE = "GB/T 9704—2012 第7.2.5条"
EXPECTED = (
    "请写成 湘环督办函〔2023〕70号 的样子（方括号、圆括号也可以）；令、公告写成 某部令第7号 或 某委公告2011年第9号"
)

#: Brackets that stand for one another once the text is NFKC.
_ALIKE = str.maketrans("【】〖〗", "〔〕〔〕")
_YEAR = re.compile(
    r"(?:〔\s*((?:19|20)\d\d)\s*年?\s*〕|\[\s*((?:19|20)\d\d)\s*年?\s*\]|\(\s*((?:19|20)\d\d)\s*年?\s*\))"
)
_CODE = r"(?P<code>[\u3400-\u9fff][\u3400-\u9fffA-Za-z0-9()·、]*?)"
_SERIAL = r"0*(?P<serial>[1-9]\d{0,5}(?:-\d{1,5})?)号"
_FORMS = (
    re.compile(rf"{_CODE}〔(?P<year>\d{{4}})〕第?{_SERIAL}"),
    re.compile(rf"{_CODE}(?<!\d)(?P<year>(?:19|20)\d\d)年第{_SERIAL}"),
    re.compile(rf"{_CODE}(?<=[令告])第{_SERIAL}"),
)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number in its parts. `year` None: an order (令) that is numbered without one."""

    code: str
    year: int | None
    serial: str
    text: str

    def __str__(self) -> str:
        return self.text


def understood(text: str) -> DocumentNumber | None:
    """A number by any of its spellings; None where it has none of the forms."""
    plain = _YEAR.sub(
        lambda found: f"〔{next(year for year in found.groups() if year)}〕", _plain(text).translate(_ALIKE)
    )
    for which, form in enumerate(_FORMS):
        if found := form.fullmatch(plain):
            code = found["code"].replace("(", "（").replace(")", "）")
            year = found.groupdict().get("year")
            written = (f"{code}〔{year}〕", f"{code}{year}年第", f"{code}第")[which]
            return DocumentNumber(code, int(year) if year else None, found["serial"], f"{written}{found['serial']}号")
    return None


def normal(text: str | None) -> DocumentNumber | None:
    """A number in its normal form; None where there is none at all.

    Raises:
        BadInput: when something is written that is no number of a paper.
    """
    if not (text or "").strip():
        return None
    found = understood(text or "")
    if found is None:
        raise BadInput(
            f"文号“{(text or '').strip()}”写法不对：{RULE}（{SOURCE}）", fix=EXPECTED, code="document.number"
        )
    return found


def spelling(text: str) -> str:
    """The normal form of a number, or of what is none (a certificate's or report's own number), to be compared by."""
    found = understood(text)
    return found.text if found else _plain(text)


def _plain(text: str) -> str:
    """NFKC without blanks; once more, for a mark that a blank kept from its letter."""
    return unicodedata.normalize("NFKC", "".join(unicodedata.normalize("NFKC", text).split()))

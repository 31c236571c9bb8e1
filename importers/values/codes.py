"""Codes as written, leading zeros kept: credit codes with their checks, telephones, permit and document numbers."""

from __future__ import annotations

import re

from app.domain import credit_code
from app.domain.vocabulary import Field
from importers.grid import Cell
from importers.values.asides import DAY
from importers.values.names import INDUSTRY, industry_name, phoned, plain_width
from importers.values.standings import LABEL, document_number
from importers.values.text import compact, word
from importers.values.understood import NOTHING, Understood, asked, doubt
from importers.values.words import enum, nothing_kind

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+")
#: Fifteen digits are all that a sheet's number holds.
_LOST = 10**15
_MASKED = re.compile(r"[*＊•●]{2,}|(?<=\d)[xX]{3,}|[xX]{4,}")
_CODE_LABEL = re.compile(
    r"^(?:(?:统一)?社会信用代码|信用代码|代码|营业执照(?:注册号|号码?)?|注册号|税号|编号)[:为]?(?=[0-9A-Z])"
)
_CODE_NOTE = re.compile(r"(?<=[0-9A-Z])\([\u4e00-\u9fff]+\)$")
#: Codes that are numbers of something: words without a digit, or a day, are none.
_NUMBERED = {"permit.number", "action.document_no", "equipment.serial_no", "enterprise.power_account_no"}
_BESIDE = re.compile(rf"(?:{DAY})|有效期限?至?|[()（）\s,，;；、:：。]")
#: Words that stand by a number without naming anybody.
_PHONE_WORDS = re.compile(
    r"分机|转|或|手机|座机|固话|固定|办公室?|电话|传真|微信|同号|宅电|移动|联系|号码?|[(（][^()（）]*[)）]"
)
#: Several codes of industries in one cell.
_SEVERAL = re.compile(r"[A-Za-z]?\d{2,4}(?:[/、,，;；]+[A-Za-z]?\d{2,4})+")
_EXAMPLES = {"permit.number": "湘环评〔2019〕12号", "action.document_no": "蓝政函〔2025〕5号"}
_OTHER_WORDS = re.compile(r"[\u4e00-\u9fff]")


def read_code(field: Field, cell: Cell) -> Understood:
    """Read one code under its field."""
    raw = cell.text.strip()
    if nothing_kind(raw) == "zero":
        return NOTHING
    special = {
        "enterprise.uscc": _credit_code,
        "enterprise.registration_no": _credit_code,
        "enterprise.industry_code": _industry,
    }.get(field.path)
    if special:
        return special(field, cell, raw)
    written = _written(cell, raw)
    if written is None:
        return asked("code.digits_lost", raw, field.zh)
    if field.path == "permit.number" and (standing := enum("permit_standing").get(word(raw))):
        return Understood(None, None, {"permit.standing": standing})
    if _MASKED.search(written):
        return asked("value.masked", raw, field.zh)
    return _numbered(field, raw, written) if field.path in _NUMBERED else Understood(written)


def _numbered(field: Field, raw: str, written: str) -> Understood:
    """A paper's number without its label; words and days that are no number state none."""
    number = document_number(written)
    beside = _BESIDE.sub("", LABEL.sub("", written.replace(number, ""))) if number else ""
    standing = enum("permit_standing").get(word(re.sub("[()（）]", "", beside)))
    if number and not beside:
        return Understood(number)
    if number and standing and field.path == "permit.number":
        return Understood(number, None, {"permit.standing": standing})
    plain = re.sub("^[:：]", "", LABEL.sub("", written)) if re.match(r"[^\d]*[:：]", written) else written
    day = re.fullmatch(rf"(?:有效期限?:?至?:?)?{DAY}", compact(plain)) and re.search("年|有效", plain)
    if day or not re.search(r"\d", plain):
        return asked("value.not_understood", raw, field.zh, example=_EXAMPLES.get(field.path, "12345678"))
    return Understood(plain)


def read_phone(field: Field, cell: Cell) -> Understood:
    """A telephone number as written; one with stars in it states nothing."""
    raw = cell.text.strip()
    if nothing_kind(raw) == "zero":
        return NOTHING
    written = _written(cell, raw)
    if written is None:
        return asked("code.digits_lost", raw, field.zh)
    if _MASKED.search(written):
        return asked("value.masked", raw, field.zh)
    if person := phoned(written):
        return Understood(person[1], None, {"enterprise.contact_person": person[0]})
    if len(re.findall(r"\d", written)) < 5 or _OTHER_WORDS.search(_PHONE_WORDS.sub("", written)):
        return asked("value.not_understood", raw, field.zh, example="13812345678")
    return Understood(written)


def _written(cell: Cell, raw: str) -> str | None:
    """The code's text; a number cell gives its digits; None where its last digits are lost."""
    value = cell.value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if abs(value) >= _LOST:
            return None
        shown = compact(raw)
        if shown.isdigit() and int(shown) == value:
            return shown
        return str(int(value)) if float(value).is_integer() else plain_width(raw)
    if _SCIENTIFIC.fullmatch(compact(raw)):
        return None
    return plain_width(raw).strip("'`")


def _credit_code(field: Field, cell: Cell, raw: str) -> Understood:
    """A credit code by its value: 18 characters, or what else people write there."""
    code = _written(cell, raw)
    if code is None:
        return asked("uscc.digits_lost", raw, field.zh)
    code = _CODE_LABEL.sub("", _CODE_NOTE.sub("", compact(code).upper().strip("'`\"")))
    if _MASKED.search(code):
        return asked("value.masked", raw, field.zh)
    if re.fullmatch(r"\d{15}", code):
        return _under(field, "enterprise.registration_no", code)
    if re.fullmatch(r"\d{18}", code) and code.endswith("000") and not credit_code.valid(code):
        return asked("uscc.digits_lost", raw, field.zh)
    if not re.fullmatch(r"[0-9A-Z]{8,30}", code) and not re.fullmatch(r"[0-9A-Z]{8}-?[0-9X]", code):
        return asked("value.not_understood", raw, field.zh, example="18位代码")
    if field.path == "enterprise.registration_no" and len(code) != 18:
        return Understood(code)
    if _of_a_person(code) or re.fullmatch(r"\d{10,13}", code):
        return asked("value.not_understood", raw, field.zh, example="18位代码")
    if len(code.replace("-", "")) == 9:
        return asked("uscc.organisation_code", raw, field.zh)
    issue = None
    if not credit_code.valid(code):
        issue = doubt("uscc.bad_check" if credit_code.well_formed(code) else "uscc.malformed", code, field.zh)
    return _under(field, "enterprise.uscc", code, issue)


def _of_a_person(code: str) -> bool:
    """Whether eighteen characters are a citizen's number: a day of birth within, and its own check at the end."""
    found = re.fullmatch(r"[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]", code)
    weights = [2**power % 11 for power in range(17, 0, -1)]
    total = sum(int(digit) * weight for digit, weight in zip(code[:17], weights, strict=True)) if found else 0
    return found is not None and "10X98765432"[total % 11] == code[17] and not credit_code.valid(code)


def _under(field: Field, path: str, code: str, issue: tuple[str, str, str, str] | None = None) -> Understood:
    """The code as this field's value where it is one, else as that of the field that it belongs to."""
    return Understood(code, issue) if field.path == path else Understood(None, issue, {path: code})


def _industry(field: Field, cell: Cell, raw: str) -> Understood:
    """3391, C3391, `C3391 黑色金属铸造`, or the industry's name alone."""
    written = _written(cell, raw) or raw
    found = INDUSTRY.fullmatch(compact(written))
    if not found or re.fullmatch(rf"{DAY}|(?:19|20)\d{{2}}年.*", compact(written)):
        return (
            Understood(None, None, {"enterprise.industry": compact(written)})
            if not re.search(r"\d", raw)
            else asked("value.not_exact", raw, field.zh)
            if _SEVERAL.fullmatch(compact(written))
            else asked("value.not_understood", raw, field.zh, example="3391")
        )
    name = industry_name(found)
    return Understood(found["code"].upper(), None, {"enterprise.industry": name} if name else {})

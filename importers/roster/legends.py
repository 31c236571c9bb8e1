"""What the marks of a roster mean by its own words: （√已办 ×未办 ○在办）, 注：○表示在办."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from importers.values.words import marks

_YES, _NO = "√✓✔", "×✗✘✕"
_MARK = f"[{_YES}{_NO}○〇◯●△▲◎☆★]"
_QUOTES = re.compile("[“”\"'‘’「」]")
_VERB = "表示|代表|为|指|是"
#: The mark first, at the beginning of its list: 已办√ 未办× says it the other way round and is not taken.
_LIST = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:{_MARK}\s*(?:{_VERB}|[:=—-]+)?\s*[\u4e00-\u9fff]{{1,8}}[\s,、;。.]*)+"
    rf"(?:[/\\—-]\s*(?:{_VERB})\s*[\u4e00-\u9fff]{{1,8}}[\s,、;。.]*)?(?=$|[)\]])"
)
_ONE = re.compile(rf"(?P<mark>{_MARK})\s*(?P<verb>{_VERB}|[:=—-]+)?\s*(?P<word>[\u4e00-\u9fff]{{1,8}})")
_DENIES = re.compile("[未无不否没非缺]")


@lru_cache(maxsize=4096)
def legend_in(text: str) -> Mapping[str, str]:
    """The words of the marks that are unclear without them; none where the text explains them doubtfully."""
    found = _LIST.search(_QUOTES.sub("", unicodedata.normalize("NFKC", text)).strip())
    told = list(_ONE.finditer(found[0])) if found else []
    said = {one["mark"]: one["word"] for one in told}
    if len(said) < len(told) or (len(told) == 1 and told[0]["verb"] not in _VERB.split("|")):
        return {}
    if any(bool(_DENIES.match(word)) != (mark in _NO) for mark, word in said.items() if mark in _YES + _NO):
        return {}
    return {mark: word for mark, word in said.items() if marks().get(mark) == "unclear"}

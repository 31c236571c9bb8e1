"""Headers that ask in a whole sentence, put into the words of a roster: 厂里有铝壳炉几台？ → 铝壳炉台数."""

from __future__ import annotations

import re

_LONGEST = 60
_MAY_ASK = re.compile(r"\?|是(?:\(|$)|[几何啥谁]|多少|什么|哪")
_WHO = re.compile(r"^(?:贵|您的?|你们?的?)(?:厂(?![名址区里内]))?(?=..)")
#: The firm as the one that is asked, never as a part of a word: 厂里有, 企业目前的.
_WHERE = re.compile(r"^(?:企业|公司|单位|厂)(?:(?:里|内)(?:目前|现在|现)?共?有?的?|(?:目前|现在)共?有?的?|共?有)(?=..)")
_WORKS = "干活|上班|做工|务工|在岗"
_PEOPLE = re.compile(
    rf"(?:现有|现在|目前|共|有)*(?P<who>职工|员工|工人|从业人员)?(?:有|共|共有)?(?:多少|几)[个口名]?人(?P<works>{_WORKS})?"
)
_COUNTED = re.compile(r"(?:现有|现在|目前|共|有)*(?P<what>.{2,}?)(?:有|共|共有)?(?:多少|几)(?P<each>台|座|套)")
_HOW_MANY = re.compile(r"(?:现有|现在|目前|共|有)*(?:多少|几)(?P<each>台|座|套)(?P<what>.{2,})")
_MEASURED = re.compile(r"(?P<what>.{2,}?)(?:有|是|为)?(?:多少|几)(?P<unit>亩|度|吨|万元|千瓦|千伏安|平方米)")
_OUTPUT = re.compile(r"(?:一|每)?年(?:能|可)?(?:生产|产|出)(?:多少|几)(?:货|产品|铸件|锻件|法兰)?")
_WHICH = re.compile(r"(?:使?用)?(?:的是)?(?:何种?|什么|哪种|哪类|啥)(?P<what>(?!时|地方|原因)[\u4e00-\u9fff]{2,6})")
_IS = re.compile(r"(?P<what>(?!是否).{2,}?)(?:是|为)(?:什么|多少|哪种|哪个|何种?|谁)?")


def may_ask(text: str) -> bool:
    """Whether a header may be a question: no long text is one."""
    return len(text) <= _LONGEST and bool(_MAY_ASK.search(text))


def in_roster_words(text: str) -> str:
    """The header without its question; any other that may be one as it is."""
    asked, bracket, remark = text.partition("(")
    said = asked.rstrip("?")
    question = said != asked or said.endswith("是") or bool(re.search("几|多少|何|什么|啥|谁", said))
    plain = _WHERE.sub("", _WHO.sub("", said)) if question else said
    found = _as_asked(plain)
    return (found or (plain if (question and plain != said) or said != asked else asked)) + bracket + remark


def _as_asked(said: str) -> str | None:
    """What a sentence asks for, in one word; nothing where it is none of those known."""
    people = _PEOPLE.fullmatch(said)
    if people and (people["who"] or people["works"]):
        return f"{people['who'] or '职工'}人数"
    if _OUTPUT.fullmatch(said):
        return "年产量"
    counted = _COUNTED.fullmatch(said) or _HOW_MANY.fullmatch(said)
    if counted:
        return f"{counted['what']}{counted['each']}数"
    measured = _MEASURED.fullmatch(said)
    if measured:
        return f"{measured['what']}({measured['unit']})"
    for sentence in (_WHICH, _IS):
        found = sentence.fullmatch(said)
        if found:
            return found["what"]
    return None

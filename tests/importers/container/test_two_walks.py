"""A sheet read by its different cells is the sheet that the careful walk reads, whatever stands in it."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Unreadable
from importers.container import DEFAULT
from importers.container.archive import read_parts
from importers.container.assembly import assemble
from importers.container.child import lines
from importers.container.engines.xlsx import read_with_calamine
from importers.container.package import PackageReader
from importers.grid import WorkbookGrid
from tests.importers.container.packages import MAIN, archive, entries, parts, sheet

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = (
    "<si><t>甲铸造厂</t></si>",
    '<si><t xml:space="preserve"> 乙 </t></si>',
    "<si><t>R&amp;D</t></si>",
    "<si><r><rPr><strike/></rPr><t>旧</t></r><r><t>新</t></r></si>",
    '<si><t>炉_x000D_\n壳</t><phoneticPr fontId="1"/></si>',
    "<si><t> </t></si>",
    "<si/>",
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>'
    '<numFmt numFmtId="201" formatCode="0000"/></numFmts><fonts><font/><font><strike/></font></fonts>'
    '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="0"/><xf numFmtId="0" fontId="1"/>'
    '<xf numFmtId="200" fontId="0"/><xf numFmtId="201" fontId="0"/><xf numFmtId="57" fontId="0"/></cellXfs>'
    "</styleSheet>"
)
BODIES = (
    "><v>{n}</v></c>",
    "><v>-0.5</v></c>",
    "><v>1E+3</v></c>",
    "><v>911409218151586789</v></c>",
    ' t="n"><v>45306</v></c>',
    ' t="s"><v>{string}</v></c>',
    ' t="inlineStr"><is><t>炉{n}</t></is></c>',
    ' t="inlineStr"><is><t xml:space="preserve">  </t></is></c>',
    ' t="inlineStr"><is><t>a&lt;b</t></is></c>',
    ' t="inlineStr"><is><r><rPr><strike/></rPr><t>旧</t></r><r><t>新</t></r></is></c>',
    ' t="str"><f>A1&amp;"x"</f><v>字{n}</v></c>',
    ' t="str"><f>A1</f><v></v></c>',
    ' t="b"><v>1</v></c>',
    ' t="e"><v>#REF!</v></c>',
    "><f>SUM(A1:A2)</f></c>",
    '><f t="shared" ref="A1:A2" si="0">B1*2</f><v>{n}</v></c>',
    '><f t="shared" si="0"/><v>7.25</v></c>',
    "/>",
    "></c>",
)
ODD = (
    "<row><c><v>5</v></c></row>",
    '<row r="400"><c r="C400"><v>1</v></c><c r="A400"><v>2</v></c></row>',
    '<!-- <row r="401"> -->',
    '<row r="402"><c r="A402"><!-- </c> --><v>1</v></c></row>',
    '<row r="403"><c r="B403"><v>1</v></c> <c r="C403"><v>2</v></c></row>',
    '<row r="404"><c t="n" r="B404"><v>1</v></c></row>',
    '<row r="405"><c r="B406"><v>1</v></c></row>',
    "<row r='407'><c r='A407'><v>1</v></c></row>",
    '<row r="408"><c r="A408" t="inlineStr"><is><t><![CDATA[</row>]]></t></is></c></row>',
    '<row r="409"/><row r="410" hidden="1"/>',
)

NOISE = ("", "<", ">", '"', "<!--", "-->", "&", "</row>", " ", "<v>", "<![CDATA[", "中")
ELEMENTS = (r"<c .*?(?:</c>|/>)", r"<row .*?</row>", r"<[vft]>[^<]*</[vft]>", r' [rst]="[^"]*"', r">[^<]+<")

chance = st.randoms(use_true_random=False)


def a_row(number: int, chance: random.Random) -> str:
    cells = ""
    for column in sorted(chance.sample("ABCDEFGH", chance.randrange(0, 7))):
        style = chance.choice(("", "", ' s="0"', ' s="1"', ' s="2"', ' s="3"', ' s="4"', ' s="5"'))
        body = chance.choice(BODIES).replace("{n}", str(chance.randrange(1, 12)))
        cells += f'<c r="{column}{number}"{style}{body.replace("{string}", str(chance.randrange(7)))}'
    told = chance.choice(("", "", ' spans="1:8"', ' hidden="1"', ' ht="0" customHeight="1"', ' x14ac:dyDescent="0.2"'))
    return f'<row r="{number}"{told}>{cells}</row>'


def a_book(chance: random.Random) -> dict[str, str]:
    rows = [a_row(number, chance) for number in sorted(chance.sample(range(1, 40), chance.randrange(1, 20)))]
    if chance.random() < 0.2:
        rows.append(chance.choice(ODD))
    merges = [f"{c}{top}:{c}{top + chance.randrange(1, 4)}" for c in "ACE" for top in range(1, 40, 5)]
    refs = "".join(f'<mergeCell ref="{ref}"/>' for ref in chance.sample(merges, chance.randrange(0, 9)))
    before = chance.choice(("", '<sheetFormatPr zeroHeight="1"/>', '<cols><col min="2" max="3" hidden="1"/></cols>'))
    after = f'<mergeCells count="1">{refs}</mergeCells><pageMargins left="0.7"/>' if refs else ""
    strings = f'<sst xmlns="{MAIN}">{"".join(STRINGS)}</sst>'
    return parts({"名册": sheet("".join(rows), before=before, after=after)}, styles=STYLES, strings=strings)


def read(content: bytes, *, by_distinct: bool) -> WorkbookGrid | str:
    """The grid, or the code of the refusal, or `failed`."""
    try:
        book = read_with_calamine(content, "xlsx", DEFAULT, by_distinct=by_distinct)
        told = [json.loads(line) for line in lines(book, DEFAULT)]
        return assemble(iter(told), "名册.xlsx", "", "calamine")
    except Unreadable as refused:
        return f"{refused.code} {refused.message}"
    except BaseException as fault:  # calamine's own, which is no Exception when it panics
        if isinstance(fault, KeyboardInterrupt | AssertionError):
            raise
        return "failed"


@settings(max_examples=150, deadline=None)
@given(chance)
def test_both_ways_give_the_same_grid(chance: random.Random) -> None:
    content = archive(entries(a_book(chance)))

    assert read(content, by_distinct=True) == read(content, by_distinct=False)


def broken(text: str, chance: random.Random) -> str:
    """The text with a few letters lost, doubled or put in, which most often is no XML any more."""
    at = chance.randrange(max(0, text.find("<sheetData>")), len(text))
    end = min(len(text), at + chance.randrange(0, 30))
    new = chance.choice(
        ("", text[at:end] * 2, "<", ">", '"', "<!--", "-->", "&", "</row>", " ", "<v>", "<![CDATA[", "中")
    )
    return text[:at] + new + text[end:]


def disordered(text: str, chance: random.Random) -> str:
    """The text with an element or attribute moved, doubled, lost or altered, which is XML still."""
    pattern = chance.choice(
        (r"<c .*?(?:</c>|/>)", r"<row .*?</row>", r"<[vft]>[^<]*</[vft]>", r' [rst]="[^"]*"', r">[^<]+<")
    )
    found = list(re.finditer(pattern, text))
    if not found:
        return text
    one, other = chance.choice(found), chance.choice(found)
    new = chance.choice((other[0], one[0] * 2, one[0] + other[0], "", one[0].replace("1", "2"), f" {one[0]}"))
    if pattern.startswith((" ", ">")):
        new = chance.choice((other[0], "" if pattern.startswith(" ") else "><", one[0].swapcase()))
    return text[: one.start()] + new + text[one.end() :]


@settings(max_examples=300, deadline=None)
@given(chance, st.sampled_from((broken, disordered)))
def test_both_ways_give_the_same_answer_to_a_mutated_sheet(
    chance: random.Random, mutated: Callable[[str, random.Random], str]
) -> None:
    told = a_book(chance)
    for _ in range(chance.randrange(1, 4)):
        told[SHEET] = mutated(told[SHEET], chance)
    content = archive(entries(told))

    assert read(content, by_distinct=True) == read(content, by_distinct=False)


def test_the_usual_form_is_read_by_its_different_cells() -> None:
    book = a_book(random.Random(3))
    content = archive(entries(book))

    (only,) = PackageReader(content, read_parts(content, DEFAULT), DEFAULT, by_distinct=True).read().sheets

    assert only.distinct is not None


@pytest.mark.parametrize("row", [odd for odd in ODD if "409" not in odd])
def test_another_form_is_left_to_the_careful_walk(row: str) -> None:
    content = archive(entries(parts({"名册": sheet('<row r="1"><c r="A1"><v>1</v></c></row>' + row)})))

    (only,) = PackageReader(content, read_parts(content, DEFAULT), DEFAULT, by_distinct=True).read().sheets

    assert only.distinct is None

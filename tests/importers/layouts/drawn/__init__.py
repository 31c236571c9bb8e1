"""Rosters drawn at random, each with the truth that its writing made: a county, a layout, a file."""

from __future__ import annotations

from random import Random

from tests.importers.layouts.drawn.drawing import Sheet
from tests.importers.layouts.drawn.firms import draw_county
from tests.importers.layouts.drawn.style import draw_style
from tests.importers.layouts.making import Layout

_FORMS = ("xlsx", "xls", "csv", "html", "ods")


def draw(seed: int) -> Layout:
    """The roster of that seed: the same seed, the same file and truth."""
    rng = Random(seed)
    county = draw_county(rng)
    form = rng.choices(_FORMS, (76, 8, 7, 4, 5))[0]
    book = Layout(f"drawn_{seed}", [], form)
    parts = 2 if form in ("xlsx", "xls") and len(county.firms) > 7 and rng.random() < 0.12 else 1
    apart = rng.random() < 0.5
    cut = len(county.firms) // 2 if parts == 2 else len(county.firms)
    page = book.page(rng.choice(("Sheet1", "汇总", "台账", "摸底表")))
    style = draw_style(rng, county, form=form)
    if parts == 2 and not apart:
        style.feet = tuple(row for row in style.feet if row == "note")  # whose signature would it be, of two tables?
    sheet = Sheet(rng, page, county, style)
    sheet.draw(county.firms[:cut], first=True)
    if parts == 2:
        second = draw_style(rng, county, form=form, small=True)
        if apart:
            Sheet(rng, book.page("表2"), county, second).draw(county.firms[cut:], first=True)
        else:
            sheet.below(second).draw(county.firms[cut:], first=False)
    if form == "xlsx" and rng.random() < 0.08:
        _instructions(book)
    return book


def _instructions(book: Layout) -> None:
    page = book.page("填表说明")
    page.row(1, ["填表说明"]).row(2, ["1.企业名称填写营业执照上的全称，不得简写。"])
    page.row(3, ["2.容量按单台炉体额定容量填写，单位为吨。"])

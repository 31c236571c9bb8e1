"""The words of the pages of an upload link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from app import clock
from app.register.links.receiving import RECEIPT_DAYS, STANDINGS, Opened, Sent

if TYPE_CHECKING:
    from app.domain.proposal import RosterRow
    from importers.by_link import AsSent

SEVERITIES = {"error": "错误", "warning": "注意", "question": "疑问"}
FATES = {"held": "待定", "ignored": "略过", "record": "取用"}
WHY = {
    "total": "合计行",
    "blank": "空行",
    "note": "说明",
    "footer": "表尾",
    "header_repeat": "重复的表头",
    "title": "标题",
}

#: Rows and issues shown on a page; all of them stand in the workbook that goes back.
MOST = 300
LONGEST_ROW = 160


def form_page(link: Opened) -> str:
    """For which township and quarter, until when, and the form."""
    where = f"{link.township_name}　{link.quarter.chinese}"
    return _html(
        f"交名册：{where}",
        f"<p>这个链接只收 <strong>{escape(link.township_name)}</strong> {link.quarter.chinese}的名册，"
        f"用到 {link.last_day} 为止。</p>"
        '<form method="post" enctype="multipart/form-data">'
        '<p><input type="file" name="file" required '
        'accept=".xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.htm,.html"></p>'
        '<p><button type="submit">交上去</button></p></form>'
        "<ul><li>一次一个文件，不超过 30 MB；几个文件请一个一个交。</li>"
        "<li>交上去的先留存，由县里核对后才写入；在这里看不到登记库里的内容。</li>"
        "<li>交完会给一个回执地址，可以看这份文件读出了什么、取回标好疑问的原表。回执请自己记下，"
        f"{RECEIPT_DAYS} 天内有效。</li>"
        "<li>请不要把这个地址转给别人。</li></ul>",
    )


def receipt_page(one: Sent, read: AsSent, reply: str) -> str:
    """What was read of one file, and how it stands."""
    counts = read.proposal.counts
    at = one.at.astimezone(clock.CHINA).strftime("%Y-%m-%d %H:%M")
    taken = counts["rows_read"] - counts["rows_ignored"] - counts["rows_held"]
    day = f"{read.day} 的情况" if read.day else "没有写明是哪一天的情况"
    figures = f"，数字 {len(read.proposal.figures)} 项" if read.proposal.figures else ""
    facts = (
        ("文件", one.file),
        ("收到", f"{at}，{one.size:,} 字节，{one.quarter.chinese}"),
        ("现在", STANDINGS[one.standing]),
        ("说的是", day),
        (
            "读了",
            f"{counts['rows_read']} 行：取用 {taken}，略过 {counts['rows_ignored']}，待定 {counts['rows_held']}；"
            f"企业 {counts['records']} 条，设备 {counts['equipment']} 组{figures}",
        ),
    )
    return _html(
        f"回执：{one.file}",
        _table(("", ""), facts)
        + f'<p><a href="{escape(reply)}">取回标好疑问的原表</a>（改好以后，用原来的链接再交一次）</p>'
        + "<p>以上只按这份文件本身读出；县里写入时还要和登记库核对。"
        + f"这个页面 {RECEIPT_DAYS} 天内有效，请记下它的地址。</p>"
        + _issues(read)
        + _rows(read.proposal.rows),
    )


def refusal_page(message: str, fix: str) -> str:
    """What was not done, and how to mend it."""
    return _html("没有办成", f"<p>{escape(message)}。</p><p>{escape(fix)}。</p>")


def _issues(read: AsSent) -> str:
    if not read.issues:
        return "<h2>疑问</h2><p>没有。</p>"
    heads = ("", "工作表", "单元格", "写的是", "问题", "怎么改")
    lines = (
        (SEVERITIES[one.severity], one.sheet or "", one.cell or "", one.raw or "", one.message, one.fix)
        for one in read.issues[:MOST]
    )
    return f"<h2>疑问 {len(read.issues)} 处</h2>{_table(heads, lines)}{_further(len(read.issues))}"


def _rows(rows: Sequence[RosterRow]) -> str:
    ordered = sorted(rows, key=lambda row: list(FATES).index(row.fate))
    lines = (
        (row.sheet, str(row.row), _fate(row), _cut("　".join(text for text in row.cells.values() if text.strip())))
        for row in ordered[:MOST]
    )
    return f"<h2>逐行</h2>{_table(('工作表', '行', '怎样读的', '内容'), lines)}{_further(len(rows))}"


def _fate(row: RosterRow) -> str:
    why = WHY.get(row.why or "", "") if row.fate == "ignored" else ""
    return f"{FATES[row.fate]}（{why}）" if why else FATES[row.fate]


def _further(count: int) -> str:
    return f"<p>另有 {count - MOST} 处，见取回的原表。</p>" if count > MOST else ""


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_ROW else f"{text[:LONGEST_ROW]}…"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    top = "".join(f"<th>{escape(head)}</th>" for head in heads) if any(heads) else ""
    return f"<table>{f'<tr>{top}</tr>' if top else ''}{''.join(_lines(rows))}</table>"


def _lines(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    return ("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows)


def _html(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/style.css"></head>'
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    )

"""The sheet that tells a clerk how to fill the template in; it is no roster and is read as none."""

from __future__ import annotations

from reports.template.content import Roster

NAME = "填写说明"
COLOURS = (("known", "灰色：登记库里已有的"), ("asked", "黄色：请核实的"), ("blank", "白色：登记库里没有的"))


def lines(roster: Roster) -> tuple[str, ...]:
    """What the sheet says, a line each."""
    added = [slot.head for slot in roster.slots if slot.added]
    told = [
        "灰色的格子是登记库里已有的内容，请核对：没有变化的不用动，有变化的直接改。",
        "黄色的格子需要核实，把鼠标停在格子上可以看到要核实什么；各来源说法不一的，格子空着，请填写核实后的情况。",
        "白色的格子登记库里没有，知道的请填，不知道的留空；问过但不清楚的写“不明”。",
        "一台（一组同样的）设备占一行；同一家有几台的，左边的格子已经合并。新添的设备，在它下面插入一行填写。",
        "名册上没有的，填在下方的空行里。已经关停、搬迁的不要删行，请在状态一栏写明。",
        "数字只写数字，单位见表头；用别的单位的，连单位一起写，例如500公斤。",
        "时间写到哪一天、哪一月都可以，文件上怎么写就怎么写：2024-03-15、2024年3月、2024年3月底前。",
        "代码、电话按文本填写，开头的0不会丢。有下拉的请从下拉中选。",
        "列的次序和表头请不要改动；填好后写上填报日期，原样发回即可。",
    ]
    if roster.pages:
        names = "、".join(f"“{page.name}”" for page in roster.pages)
        told.append(f"{names}是名册的列写不下的：一件（一台）占一行，同样核对、改、在空行里添；不要删表。")
    if added:
        told.append(f"最右边的{'、'.join(added)}是这次要核实的，原表没有这些列。")
    return tuple(f"{number}. {line}" for number, line in enumerate(told, start=1))

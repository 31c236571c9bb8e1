"""The firms that paper 000 names: in short, and in full where the paper has it. Of the other 20 it has no name.

That 骅强 and 骅强金属制品有限公司 are one firm is the paper's own for six of them (it writes both); the short forms of
安雄盛, 钷钨, 鸿发 and 佳鑫 are those of the list of its facts.
"""

from __future__ import annotations

FULL = {
    "安雄盛": "安雄盛机械有限公司",
    "骅强": "骅强金属制品有限公司",
    "裕恒": "裕恒金属制品有限公司",
    "荣鑫": "荣鑫金属制品有限公司",
    "宏诚": "宏诚金属制品有限公司",
    "钷钨": "湖南钷钨制造有限公司",
    "华钜": "华钜机械有限公司",
    "奥鑫": "奥鑫金属制品有限公司",
    "鸿发": "鸿发金属制品有限公司",
    "佳鑫": "佳鑫金属制品有限公司",
}
SHORT = (*FULL, "铭祥鑫", "恒盛荣", "华强", "兴鼎", "永盛", "君雄")

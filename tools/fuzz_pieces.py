"""What broken inputs are made of: the sample's texts, the rules' own examples, and runs of single characters."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "build_digest" / "rules"
LINES = (
    "来源：河谷日报", "时间：2024-06-30 10:00", "一、为什么", "（一）其一", "首页 | 新闻 | 体育", "版权所有", "目录", "- 第一篇",
    "第一篇 水", "第二章 火……………12", "====", "上一篇：火", "记者：怎样？", "局长：这样。", "作者：张三 李四", "【本期目录】",
    "一九九九年十二月三十一日", "《关于水的通知》（国发〔2024〕1号）", "(作者单位:某大学)", "责任编辑：王某", "1.5万亿元，同比增长12.3%",
)  # fmt: skip
RUNS = (
    "1", "1.", "2024-", "一", "十", "第", "第一", "篇", "章", "…", "·", ".", "-", "=", "*", "_", "#", "~", "|", "/", "\\", "《", "》", "“", "”",
    "（", "）", "(", ")", "【", "】", "[", "]", "〔", "〕", "<", ">", "&", "，", "、", "。", "：", ":", "；", "！", "？", "?", "%", "％", "万", "亿元", "同比增长",
    "年", "月", "日", "年1月", "的", "记者", "来源：", "作者:", "编辑：", "张三 ", "张三、", "据", "说", "说，", "指出：", "　", " ", "\t", "\r",
    "http://", "www.", "a", "a.", "@", "QQ", "0551-", "——", "□", "锟斤拷", "ä¸", "Ã", "\xa0", "\u200b", "\x00", "\ufeff", "😀", "e\u0301", "'", '"', "!", "- ", "> ", "1、", "(1)",
)  # fmt: skip


@cache
def read_samples() -> tuple[str, ...]:
    """Texts of the corpus and of the golden cases, as lines that belong together."""
    paths = [*sorted((ROOT / "corpus").glob("*.txt")), *sorted((ROOT / "tests" / "golden").rglob("*.in.txt"))]
    return tuple(path.read_text("utf-8", "replace") for path in paths)


@cache
def read_entries() -> tuple[tuple[str, str, Any], ...]:
    """Every entry of the shipped rules: file, section, entry."""
    found = []
    for path in sorted(RULES.glob("*.yml")):
        content = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for section, entries in content.items() if isinstance(content, dict) else [("", content)]:
            listed = entries if isinstance(entries, list) else [entries]
            found += [(path.name, str(section), entry) for entry in listed]
    return tuple(found)


@cache
def read_pieces() -> tuple[str, ...]:
    """What the shipped rules look for: their examples, counter-examples and words, and runs of single characters."""
    pieces = dict.fromkeys(RUNS + LINES)
    for _, _, entry in read_entries():
        if isinstance(entry, dict):
            for key in ("example", "not"):
                value = entry.get(key) or []
                pieces.update(dict.fromkeys(map(str, value if isinstance(value, list) else [value])))
    return tuple(piece for piece in pieces if piece)

"""Inputs that nobody writes: pieces of real texts cut, spliced, repeated, damaged and encoded in several ways at once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "build_digest" / "rules"
ENCODINGS = ("utf-8", "gb18030", "gbk", "big5", "utf-16", "utf-16-be", "utf-8-sig", "shift_jis", "latin-1", "cp1252")
ODD = (
    "\x00", "\x0b", "\x0c", "\x1b", "\x85", "\r", "\r\n", "\u2028", "\u2029", "\ufeff", "\u200b", "\u202e", "\u3000", "\ue000",
    "\ud800", "\udfff", "\U0001f600", "□", "?", "?!", "\u0301", "\U00020000", "\t", "    ", "---\n", "...\n", "```", "<!--", "%",
)  # fmt: skip
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
def read_pages() -> tuple[str, ...]:
    """Markdown pages with their front matter."""
    paths = [*sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs" / "articles").rglob("*.md"))]
    return tuple(path.read_text("utf-8")[:4000] for path in paths)


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


def make_text(generator: random.Random) -> str:
    """A text of up to some two thousand characters, mutated."""
    lines = _slice(generator, generator.choice(read_samples()).split("\n"), 12)
    for _ in range(generator.randint(0, 4)):
        lines = generator.choice(_LINE_MUTATIONS)(generator, lines)
    text = "\n".join(lines)[:4000]
    for _ in range(generator.randint(0, 3)):
        text = generator.choice(_TEXT_MUTATIONS)(generator, text)
    return text[:4000]


def make_bytes(generator: random.Random) -> bytes:
    """A text as bytes, mutated: in an encoding, in several, or damaged."""
    text = make_text(generator)
    data = _encode(generator, text)
    for _ in range(generator.choice((0, 0, 1, 2, 5))):
        data = generator.choice(_BYTE_MUTATIONS)(generator, data)
    return data


def make_page(generator: random.Random) -> str:
    """A Markdown page with front matter, mutated."""
    page = generator.choice(read_pages())
    head, body = page[:1500].rpartition("\n---\n")[0].split("\n"), page[-500:]
    for _ in range(generator.randint(0, 5)):
        place = generator.randrange(len(head) + 1)
        head[place : place + generator.randint(0, 2)] = [generator.choice(_YAML)] if generator.random() < 0.6 else []
    text = "\n".join(head) + generator.choice(("\n---\n", "\n...\n", "\n", "")) + body
    for _ in range(generator.randint(0, 3)):
        text = generator.choice(_TEXT_MUTATIONS)(generator, text)
    return text[:4000]


_YAML = (
    "title: a: b", "title: [", "title: {a: ", "tags: [甲, 乙", "date: 2024-02-31", "date: 2024-13-45T", "x: &a [*a]", "y: *a", "? a", "- b",
    "digest: {page: x.md, body: 1}", "digest: 1", "digest: {}", "aliases: [../a, /b]", "origins: [{file: a, lines: 1-x}]", "\ttitle: a", "!!python/name:os.system",
    "!!binary x", "n: 0x1_0", "n: 1e999", "n: .nan", "n: 190:20:30", "<<: {a: 1}", "<<: 1", "a: |", "a: >-\n  b\n c", "'a", '"\\x"', "---", "%YAML 9.9", "@a", "`", "{[]: 1}", "[a]: b", "? [a]\n: b",
    "<!-- digest:derived -->", "<!-- /digest:derived -->", "null: null", "true: no", "publish: maybe", "a: " + "[" * 60, "b: " + "{a: " * 60,
)  # fmt: skip


def make_rules(generator: random.Random) -> tuple[str, str]:
    """The name and the text of an editor's rule file: shipped entries with values of the wrong kind, then text mutations."""
    file, section, entry = generator.choice(read_entries())
    for _ in range(generator.randint(0, 3)):
        entry = _spoil(generator, entry)
    content = {section: [entry]} if section else [entry]
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)[:2000]
    for _ in range(generator.choice((0, 0, 1, 3))):
        text = generator.choice(_TEXT_MUTATIONS)(generator, text)
    return file, text


def _spoil(generator: random.Random, value: Any) -> Any:
    """A value, or something inside it, replaced by one that is wrong there."""
    if isinstance(value, dict) and value and generator.random() < 0.8:
        key = generator.choice(list(value))
        if generator.random() < 0.2:
            return {other: each for other, each in value.items() if other != key}
        return {**value, key: _spoil(generator, value[key])}
    if isinstance(value, list) and value and generator.random() < 0.5:
        place = generator.randrange(len(value))
        return [*value[:place], _spoil(generator, value[place]), *value[place + 1 :]]
    if isinstance(value, str) and value and generator.random() < 0.6:
        return generator.choice(_TEXT_MUTATIONS)(generator, value)
    wrong = (
        None,
        True,
        -1,
        0,
        10**30,
        1e999,
        "",
        "(",
        "(?P<",
        "[",
        "*",
        "a{99999}",
        "(?i)a",
        r"\1",
        [],
        {},
        [[]],
        {"a": {}},
        "no",
    )
    return generator.choice(wrong)


def _slice(generator: random.Random, items: list[str], most: int) -> list[str]:
    start = generator.randrange(len(items))
    return items[start : start + generator.randint(1, most)]


def _place(generator: random.Random, length: int) -> tuple[int, int]:
    start = generator.randint(0, length)
    return start, min(length, start + generator.choice((0, 1, 2, 8, 50)))


def _splice(generator: random.Random, lines: list[str]) -> list[str]:
    place = generator.randint(0, len(lines))
    return lines[:place] + _slice(generator, generator.choice(read_samples()).split("\n"), 6) + lines[place:]


def _insert_line(generator: random.Random, lines: list[str]) -> list[str]:
    place = generator.randint(0, len(lines))
    return [*lines[:place], generator.choice(read_pieces()), *lines[place:]]


def _double_lines(generator: random.Random, lines: list[str]) -> list[str]:
    return lines[: generator.randint(0, 10)] * generator.randint(1, 3) + lines


def _shuffle_lines(generator: random.Random, lines: list[str]) -> list[str]:
    return generator.sample(lines, len(lines))


def _cut(generator: random.Random, text: str) -> str:
    start, end = _place(generator, len(text))
    return text[:start] + text[end:]


def _repeat(generator: random.Random, text: str) -> str:
    start, end = _place(generator, len(text))
    return text[:end] + text[start:end] * generator.choice((1, 3, 30)) + text[end:]


def _insert_odd(generator: random.Random, text: str) -> str:
    start, end = _place(generator, len(text))
    return text[:start] + generator.choice(ODD) * generator.choice((1, 1, 1, 4)) + text[end:]


def _insert_run(generator: random.Random, text: str) -> str:
    start, end = _place(generator, len(text))
    return text[:start] + generator.choice(RUNS) * generator.choice((2, 10, 300)) + text[end:]


def _misread(generator: random.Random, text: str) -> str:
    """A run as it looks when its bytes were taken for another encoding's."""
    start, end = _place(generator, len(text))
    written, taken = generator.choice(ENCODINGS), generator.choice(ENCODINGS)
    return text[:start] + text[start:end].encode(written, "ignore").decode(taken, "ignore") + text[end:]


def _flip(generator: random.Random, data: bytes) -> bytes:
    if not data:
        return data
    place = generator.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << generator.randrange(8)]) + data[place + 1 :]


def _drop(generator: random.Random, data: bytes) -> bytes:
    start, end = _place(generator, len(data))
    return data[:start] + data[end:]


def _add_bytes(generator: random.Random, data: bytes) -> bytes:
    start, end = _place(generator, len(data))
    return data[:start] + generator.randbytes(generator.choice((1, 2, 40))) + data[end:]


def _encode(generator: random.Random, text: str) -> bytes:
    """All of it in one encoding, or each half in one of its own."""
    parts = [text] if generator.random() < 0.7 else [text[: len(text) // 2], text[len(text) // 2 :]]
    return b"".join(part.encode(_encoding(generator), _errors(generator)) for part in parts)


def _encoding(generator: random.Random) -> str:
    return generator.choice(("utf-8", *ENCODINGS))


def _errors(generator: random.Random) -> str:
    return generator.choice(("ignore", "replace"))


_LINE_MUTATIONS: tuple[Callable[[random.Random, list[str]], list[str]], ...] = (
    _splice, _insert_line, _insert_line, _double_lines, _shuffle_lines,
)  # fmt: skip
_TEXT_MUTATIONS: tuple[Callable[[random.Random, str], str], ...] = (_cut, _repeat, _insert_odd, _insert_run, _misread)
_BYTE_MUTATIONS: tuple[Callable[[random.Random, bytes], bytes], ...] = (_flip, _drop, _add_bytes)


def make_growing(size: int) -> Iterator[tuple[str, str]]:
    """Texts of that many characters that make patterns go back and try again: a name and a text for each piece and form."""
    for piece in read_pieces():
        run = piece * (size // len(piece) + 1)
        shown = piece if piece.isprintable() else ascii(piece)
        yield f"{shown} on one line", run[:size]
        yield f"{shown} before a letter", f"{run[: size - 1]}x"
        yield f"{shown} after a word, cut off", f"来源{run[: size - 4]}。x"
        yield f"{shown} on each line", f"{piece}\n" * (size // (len(piece) + 1))

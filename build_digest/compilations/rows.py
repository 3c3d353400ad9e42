"""What a line looks like from outside: its marks, its folded text, and whether it could be a title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from build_digest.compilations.marks import Mark, read_mark
from build_digest.compilations.split_rules import split_rules
from build_digest.compilations.titles import (
    fold_title,
    is_wrapped,
    unwrap,
    without_address,
    without_footnote,
    without_leader,
    without_link,
    without_page,
)
from build_digest.text.script import to_simplified

LONGEST_TITLE = 80
"""A line of more characters is running text, whatever else it looks like."""

SHORTEST_SENTENCE = 6
"""Characters of a line of running text."""

_ENDED = re.compile(r"[。！？]|[!?…；;][”’」』）)\]】]*\s*$")
_SENTENCE = re.compile(r"[。；;]")
_RULE = re.compile(r"\s*(?:[=＝\-－—─-╿_*＊#~～·.…☆★◆◇■□●○※|]\s?){3,}$")


def is_head_line(text: str) -> bool:
    """Whether a line names an author, a source or a date as the head of an article does.

    >>> is_head_line("作者：张三"), is_head_line("2024-05-06 来源：某报"), is_head_line("作者的春天")
    (True, True, False)
    >>> is_head_line("【作者】：张三"), is_head_line("*2023-03-18*")
    (True, True)
    """
    return _begins_with_label(text[:LONGEST_TITLE])


# Asked of each line when the ways to take a text apart are tried, and when its articles are weighed.
@lru_cache(maxsize=2048)
def _begins_with_label(text: str) -> bool:
    return bool(split_rules().article_head.pattern.match(to_simplified(text)))


def is_rule(text: str) -> bool:
    """Whether a line is a drawn line: ====, ----, * * *, ……."""
    return len(text) < 400 and bool(_RULE.match(text))


@dataclass(frozen=True, slots=True)
class Row:
    """A line as `split` sees it; `noise` names the rule for page furniture and promotion.

    `key` folds the whole line, `core` the line without marks, brackets and footnote marks; both are empty for lines
    too long to be a title.
    """

    number: int
    text: str
    blank: bool
    rule: bool
    mark: Mark
    key: str
    core: str
    shaped: bool = False
    noise: str = ""

    @property
    def empty(self) -> bool:
        """Whether the line says nothing: blank, or repeated page furniture."""
        return self.blank or bool(self.noise)

    @property
    def says(self) -> bool:
        """Whether the line says something: it is neither empty nor drawn."""
        return not self.empty and not self.rule

    @property
    def titlelike(self) -> bool:
        """Whether the line could be a title by its shape: short, and no sentence."""
        return self.shaped and not self.noise


def worded(rows: Iterable[Row]) -> list[Row]:
    """Those of some rows that say something."""
    return [row for row in rows if row.says]


def is_sentence(row: Row) -> bool:
    """Whether a line is running text: it ends a sentence, or is too long for a title."""
    return len(row.text.strip()) >= SHORTEST_SENTENCE and (not row.key or bool(_ENDED.search(row.text)))


def _after_marks(text: str, start: int) -> str:
    """What the marks of a line and an address behind it leave; of a row of a Markdown table its longest cell."""
    bare = text.strip()
    if bare.startswith("|") and bare.count("|") > 2:
        return max(bare.split("|"), key=len)
    framed = bool(bare) and not bare[0].isalnum() and bare[0] == bare[-1] and bare[0] not in "*#“\"'"
    return text[start:].rstrip().rstrip(bare[0]) if framed else without_address(text[start:])


def title_text(row: Row, start: int | None = None) -> str:
    """The text of a row without its marks, or from `start` on; of a row of a Markdown table its longest cell."""
    return _after_marks(row.text, row.mark.start if start is None else start)


def _without_title_marks(text: str) -> str:
    return unwrap(text) if text.startswith(("《", "【", "〈", "〖")) else text


def _no_sentence(title: str) -> bool:
    """Whether a short line could be a title: no full stop in it, but for one inside quotation marks all around."""
    text = without_footnote(_without_title_marks(without_page(without_leader(title))))
    if text.endswith(("。”", "。」", "。』", "。》", "。】")) and is_wrapped(text):
        text = text[1:-2]
    return not _SENTENCE.search(text) and text[-1:] not in ("，", ",", "：", ":", "、")


def read_row(number: int, text: str, days: bool = True) -> Row:
    """Look at one line; see `read_mark` for `days`."""
    if not text or text.isspace():
        return Row(number, text, True, False, Mark(), "", "")
    bare = text.strip()
    if len(bare) > LONGEST_TITLE:
        return Row(number, text, False, is_rule(bare), Mark(), "", "")
    if is_rule(bare):
        return Row(number, text, False, True, Mark(), "", "")
    return Row(number, text, False, False, *_read_short(text, days))


# The menus and foots of a site stand on each of its pages.
@lru_cache(maxsize=2048)
def _read_short(text: str, days: bool) -> tuple[Mark, str, str, bool]:
    """The marks of a short line, all of it and what its marks leave of it folded, and whether it could be a title."""
    mark = read_mark(to_simplified(text), days)
    title = _after_marks(text, mark.start)
    core = fold_title(without_footnote(unwrap(without_link(title).rstrip().rstrip("#").rstrip())))
    shaped = len(core) > (mark.number is None) and _no_sentence(title.strip())
    return mark, fold_title(text.strip()), core, shaped


def read_rows(lines: Sequence[str]) -> list[Row]:
    """Look at every line, numbered from one; 7.04 is a day unless more lines are numbered 7., 8., 9."""
    rows = [read_row(number, text) for number, text in enumerate(lines, 1)]
    kinds = Counter(row.mark.kinds[-1:] for row in rows)
    if 0 < kinds["day",] <= kinds["decimal",]:
        return [read_row(row.number, row.text, days=False) if row.mark.kinds[-1:] == ("day",) else row for row in rows]
    return rows

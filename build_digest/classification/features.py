"""Measure a line by itself: its size, its punctuation, its form; nothing here knows a word of any site."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from build_digest.text.characters import HAN, count_han
from build_digest.text.script import remember_short

MARKUP = re.compile(r"<\\?/?[a-z][^<>]{0,80}>|<\\?/[a-z]{0,9}>?|&(?:nbsp|amp|lt|gt|quot|#\d{2,5});", re.IGNORECASE)
"""Remains of HTML, which say nothing about the line they stand in."""

NUMBERED = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]{1,4}[章节節编編部篇条條]|[一二三四五六七八九十]{1,3}\s*[、.．]|[(][一二三四五六七八九十]{1,3}[)]"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}\s*[、.．)](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}\s|[(]\d{1,2}[)]|[①-⑳]|step\s*\d)"
)
"""A heading's or list item's number at the start of a folded line."""

SHORT_LINE = -0.6
"""The score of a short line that nothing else is known of."""

_DIGIT = re.compile(r"\d")
_SPACED = re.compile(rf"(?<=[{HAN}]) (?=[A-Za-z0-9])|(?<=[A-Za-z0-9]) (?=[{HAN}])")
"""Spaces that many put between Chinese and Latin letters or figures, which divide no words of a menu."""
_ENDER = re.compile(r"[。！？!?；;…]|\. ")
_CLOSERS = "”’」』\"')】》〉* "
_CITED = re.compile(r"(?<=[。！？!?；;”’」』])(?:\s?\[\d{1,3}(?:[-,、]\d{1,3})*\])+$")
"""The numbers of references behind a sentence, which close it as its full stop does."""
_TRUNCATED = re.compile(
    r"(?<![。！？!?….])(?:\.{3,6}|…{1,2})\s*(?:[\[【(]?(?:详细|详情|全文|更多)[\]】)]?|\[?(?:\d{4}-)?\d\d-\d\d(?: \d\d:\d\d)?\]?)?\s*>*$"
)
_DATED_FRONT = re.compile(r"[·•▪◆\s\[(]*(?:\d{4}[-/.])?\d{1,2}[-/.]\d{1,2}[\])]?[\s·:\])]+[^\d\s]")
_DATED_BEHIND = re.compile(
    r"[^\d.:\s][\s\[(]*(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[\])]?(?:\s\d{1,2}:\d\d(?::\d\d)?)?[\])]?$"
)
_CODE = re.compile(r"[{}$<>=\\_;]")
_STATEMENT = re.compile(
    r"(?:import|from|using|package|require|include|export|return|def|class|function|func|var|let|const|public|private|static"
    r"|if|elif|for|while|try|except|print|echo|select|insert|update|create|alter)\b[\s(].*[\w)\]};:\"'*]$"
    r"|[$#>%] (?:sudo |\./)?[a-z][\w.-]*(?:\s|$)|(?:sudo|pip3?|npm|yarn|git|docker|apt(?:-get)?|yum|brew|curl|wget|cd|mkdir|chmod|systemctl) [\w./-]"
    r"|[\w.\[\]'\"]{1,40}\s?(?:[-+*/]?=|:=|<-|=>)\s?\S|@?[\w.]{1,40}\([^()]{0,80}(?:\([^()]{0,40}\)[^()]{0,40}){0,4}\)[;:{]?$"
    r"|</?[a-z][\w-]*[^<>]{0,80}/?>|[{}()\[\];]{1,4}$|//\s?\S|/\*|#(?:include|define|!/)|(?:else|end|fi|done|pass|break)\s?[:;{]?$",
    re.ASCII,
)
"""How the lines of a program begin, or what they are."""
_ENGLISH = re.compile(r"(?:[a-z][a-z'-]*[ ,]+){3}")
_PAIR = re.compile(r"[^:,。]{1,12}:\s*\S")
_LONGEST_STATEMENT = 160
"""Characters of a line of a program."""
_LONGEST = 400
"""Characters of a line that are looked at one by one; a longer line is judged by its start and end."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A line's form: `size` counts Chinese characters as 1 and others as a half; `ended` if it closes like a sentence,
    `opens` if with a colon."""

    size: float
    han: int
    enders: int
    commas: int
    digits: int
    tokens: int
    ended: bool
    truncated: bool
    dated: bool
    coded: bool
    statement: bool
    english: bool
    numbered: bool
    paired: bool
    opens: bool

    @property
    def sentence(self) -> bool:
        """Whether the line holds a sentence and closes like one, or is too long for anything else."""
        return self.enders >= 1 and (self.ended or self.size >= 60)

    @property
    def listed(self) -> bool:
        """Whether the line is several short words with spaces between, as menus are."""
        return self.tokens >= 3 and self.digits < 3 and self.size / self.tokens <= 7 and self.han > 3


# A line is measured when it is judged, and again among the lines that are kept, to tell headings from text.
@remember_short
def measure(folded: str) -> Shape:
    """The shape of a folded line."""
    text = folded.strip()
    if "<" in text or "&" in text:
        text = MARKUP.sub("", text[:_LONGEST]).strip() + text[_LONGEST:]
    if text.endswith("]"):
        text = text[:-_LONGEST] + _CITED.sub("", text[-_LONGEST:])
    head = text[:_LONGEST]
    share = len(text) / len(head) if head else 1.0
    han = count_han(head)
    last = text.rstrip(_CLOSERS)[-1:]
    ended = bool(last) and (last in "。！？!?；;…:" or (last == "." and len(text) > 12) or last >= "\U0001f300")
    return Shape(
        size=(han + (len(head) - head.count(" ") - han) / 2) * share,
        han=int(han * share),
        enders=len(_ENDER.findall(text)) + (last == "."),
        commas=text.count(",") + text.count("、"),
        digits=len(_DIGIT.findall(head)),
        tokens=len(head.split()) - (len(_SPACED.findall(head)) if " " in head else 0),
        ended=ended,
        truncated=_is_truncated(text[-40:]),
        dated=len(text) <= 120 and _is_dated(text, ended),
        coded=len(_CODE.findall(head)) > 4 + len(head) / 20,
        statement=han * 3 < len(head) <= _LONGEST_STATEMENT and bool(_STATEMENT.match(text)),
        english=han * 4 < len(head) and bool(_ENGLISH.search(head)),
        numbered=bool(NUMBERED.match(text[:20])),
        paired=bool(_PAIR.match(text[:20])),
        opens=text.endswith(":"),
    )


def _is_truncated(tail: str) -> bool:
    return ("…" in tail or "..." in tail) and bool(_TRUNCATED.search(tail))


def _is_dated(text: str, ended: bool) -> bool:
    """Whether a date stands before or behind a text; what closes like a sentence does not close with a date."""
    return bool(_DATED_FRONT.match(text) or (not ended and len(text) > 16 and _DATED_BEHIND.search(text[-28:])))


_Form = tuple[str, Callable[[Shape], bool], Callable[[Shape], float]]
_FORMS: tuple[_Form, ...] = (
    ("markup", lambda line: line.size <= 0, lambda line: 0.0),
    ("code", lambda line: line.coded, lambda line: -3.0),
    ("statement", lambda line: line.statement, lambda line: SHORT_LINE),
    ("truncated", lambda line: line.truncated, lambda line: -2.0),
    ("dated-item", lambda line: line.dated and not line.sentence, lambda line: -2.0),
    ("sentence", lambda line: line.sentence and line.size >= 12, lambda line: 0.6 + min(line.size, 200.0) / 40),
    ("short-sentence", lambda line: line.sentence, lambda line: 0.4),
    ("english", lambda line: line.english and line.size >= 12, lambda line: 0.3 + min(line.size, 100.0) / 50),
    ("clauses", lambda line: line.size >= 40 and line.commas >= 2, lambda line: 0.6 + min(line.size, 120.0) / 60),
    ("opening", lambda line: line.opens and line.size >= 12 and line.commas > 0, lambda line: 0.4),
    ("figures", lambda line: 0 < line.size <= line.digits * 3, lambda line: 0.2 if line.size >= 20 else 0.0),
    ("word-list", lambda line: line.listed, lambda line: -1.2),
    ("numbered", lambda line: line.numbered, lambda line: -0.1),
    ("pair", lambda line: line.paired, lambda line: -0.1),
    ("phrase", lambda line: line.commas > 0 and line.size >= 10, lambda line: -0.2),
    ("short-line", lambda line: True, lambda line: SHORT_LINE),
)
"""The forms of lines: a name, what has it, and its score; the first that fits counts."""
FORMS_BESIDE_TEXT = frozenset(
    ("short-line", "phrase", "pair", "numbered", "figures", "word-list", "clauses", "row", "statement")
)
"""The forms, and that of a row of a table, that lines of a text may have which are no sentences."""


def weigh(shape: Shape) -> tuple[float, str]:
    """How strongly a line's form speaks for text (above 0) or against it, and the name of the form.

    Sentences count with their length (up to 200 characters); lines without a sentence count a little against text, as
    headings and captions do too; truncated or dated lines and lists of short words count as parts of menus.
    """
    return next((score(shape), name) for name, fits, score in _FORMS if fits(shape))

"""Typography of Chinese text: full-width punctuation, spaces, and characters that must not be seen.

Nothing here adds or takes away a visible character: the reader's text is the source's text, better set.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from functools import lru_cache

_CHINESE = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHINESE_MARKS = "\u3001-\u3004\u3008-\u303f\uff01-\uff60\uffe0-\uffe6“”‘’—…·"
_IS_CHINESE = re.compile(f"[{_CHINESE}{_CHINESE_MARKS}]")
_IS_HAN = re.compile(f"[{_CHINESE}]")
_HAN_RUN = re.compile(f"[{_CHINESE}]+")

# Addresses keep their colons and question marks whatever stands next to them. Chinese characters belong to an address
# where they begin a part of it and the address clearly goes on behind that part. A local part has 64 characters at most
# (RFC 5321), which also bounds the search for it.
_ADDRESS = (
    r"(?:[A-Za-z][A-Za-z0-9+.-]{1,9}://|www\.)[!-;=?-~]+"
    rf"(?:(?<=[/=])[{_CHINESE}][\w%{_CHINESE}-]{{0,60}}(?=[/&#]|\.[a-z]|\?\w{{1,30}}=)[!-;=?-~]+)*"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]+"
)

_FULL_WIDTH = dict(zip(",:;?!()", "，：；？！（）", strict=True))
_FOLDABLE = re.compile(r"[,:;?!()]")
# Expressions that begin with a set of characters are searched for several times faster than others.
_MARKS = re.compile(r"[,:;?!()](?:(?<=[?!])[?!]+)?")
_ADDRESSES_AND_MARKS = re.compile(rf"(?P<address>{_ADDRESS})|{_MARKS.pattern}", re.ASCII)
# Between two ideographs these can only be punctuation: no bracket, no address and no other mark stands beside them.
_BETWEEN = re.compile(f"[,:;!](?<=[{_CHINESE}].)(?=[{_CHINESE}])")
_BRACKET = re.compile("[()]")
_LETTER = re.compile("[A-Za-z_]")
_NOT_CODE = re.compile(r"[^!-~]")

# C0 and C1 controls, zero-width and direction marks: invisible, so they can only hide or break something. Joiners
# (U+200C, U+200D) and variation selectors stay, since scripts and emoji need them.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def is_han(character: str) -> bool:
    """Whether a character is an ideograph or kana.

    >>> is_han("字"), is_han("，"), is_han("a"), is_han("")
    (True, False, False, False)
    """
    return bool(_IS_HAN.match(character))


def clean_spaces(text: str) -> str:
    """The text without invisible characters, its runs of white space made one space, none at its ends.

    >>> clean_spaces("\\u3000\\u3000中\\u200b文\\t text ")
    '中文 text'
    """
    return " ".join(INVISIBLE.sub("", text).split())


def fold_width(text: str) -> str:
    """The text with half-width , : ; ? ! ( ) made full-width where they punctuate Chinese text.

    Numbers, times, addresses, code and Latin text keep theirs; a pair of brackets changes together or not at all. A space
    that stood in for the width of a mark goes with it.

    >>> fold_width("时间:16:34,共1,000人(约)?见 https://example.org/?a=1,b")
    '时间：16:34，共1,000人（约）？见 https://example.org/?a=1,b'
    >>> fold_width("详情(见 https://example.org/a(1)),可下载")
    '详情（见 https://example.org/a(1)），可下载'
    >>> fold_width("f(x), g(y): see p. 3"), fold_width("函数f(x)是(凸)函数")
    ('f(x), g(y): see p. 3', '函数f(x)是（凸）函数')
    """
    if not _FOLDABLE.search(text) or not _IS_CHINESE.search(text):
        return text
    text = _BETWEEN.sub(lambda match: _FULL_WIDTH[match[0]], text)
    if not _FOLDABLE.search(text):
        return text
    partner = _pair_brackets(text)
    calls = _find_calls(text, partner)
    folded: list[str] = []
    at = 0
    for match in _find_marks(text, partner):
        if match.start() in calls or not _punctuates_chinese(text, match, partner):
            continue
        folded.append(text[at : match.start()])
        folded.extend(map(_FULL_WIDTH.__getitem__, match[0]))
        at = match.end()
        if match[0] != "(" and _IS_CHINESE.match(text[at + 1 : at + 2]) and text[at : at + 1] == " ":
            at += 1
    return "".join(folded) + text[at:]


def _find_marks(text: str, partner: Mapping[int, int]) -> Iterator[re.Match[str]]:
    """The half-width marks of a text in order, runs of exclamations as one, those in addresses left out."""
    if "://" in text or "www." in text or "@" in text:
        return _find_marks_beside_addresses(text, partner)
    return _MARKS.finditer(text)


def _find_marks_beside_addresses(text: str, partner: Mapping[int, int]) -> Iterator[re.Match[str]]:
    """The marks of a text with addresses; one in brackets ends where they do: (见 https://example.org/a)."""
    at = 0
    while match := _ADDRESSES_AND_MARKS.search(text, at):
        at = match.end()
        if match["address"]:
            closing = range(match.start(), at) if ")" in match[0] else ()
            at = next((end for end in closing if text[end] == ")" and partner.get(end, end) < match.start()), at)
        else:
            yield match


def _pair_brackets(text: str) -> dict[int, int]:
    """Each half-width bracket's partner, both ways; unmatched brackets are absent."""
    partner: dict[int, int] = {}
    open_brackets: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] == "(":
            open_brackets.append(match.start())
        elif open_brackets:
            first = open_brackets.pop()
            partner[first], partner[match.start()] = match.start(), first
    return partner


def _find_calls(text: str, partner: Mapping[int, int]) -> set[int]:
    """The brackets that follow a name in Latin letters at once and hold nothing but code: f(x), main()."""
    openings = [i for i, end in partner.items() if i < end and _LETTER.match(text[i - 1 : i])]
    if not openings:
        return set()
    prose = [match.start() for match in _NOT_CODE.finditer(text)]
    calls = [i for i in openings if bisect(prose, i) == bisect(prose, partner[i])]
    return {*calls, *(partner[i] for i in calls)}


def _punctuates_chinese(text: str, match: re.Match[str], partner: Mapping[int, int]) -> bool:
    first, last = match.span()
    if match[0] in ("(", ")"):
        ends = (first, partner.get(first, first))
        return any(_touches_chinese(text, end, end + 1) for end in ends)
    if match[0] == ":" and text[last : last + 1] == ")":
        return False
    if _touches_chinese(text, first, last):
        return True
    between = text[first - 1 : first] in ("%", ")") and text[last : last + 1].isalnum()
    return between and _is_mostly_chinese(text)


@lru_cache(1)
def _is_mostly_chinese(text: str) -> bool:
    """Whether more than half of a text is ideographs; asked of one text for each mark in it."""
    return 2 * len(_HAN_RUN.sub("", text)) < len(text)


def _touches_chinese(text: str, first: int, last: int) -> bool:
    """Whether Chinese stands next to a mark or a run of them, exclamations before it and spaces after it passed over."""
    before, after = first - 1, last
    while before >= 0 and text[before] in "?!":
        before -= 1
    if before >= 0 and _IS_CHINESE.match(text, before):
        return True
    while after < len(text) and text[after] == " ":
        after += 1
    return _IS_CHINESE.match(text, after) is not None


def typeset(text: str) -> str:
    """A line as a reader should see it: no invisible characters, single spaces, full-width punctuation."""
    return fold_width(clean_spaces(text))

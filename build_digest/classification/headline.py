"""Find the title of a page: the line that a browser shows, its site name cut off, and its copies below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from build_digest.metadata.labels import APART
from build_digest.metadata.rows import LABEL, VALUE
from build_digest.model import Verdict
from build_digest.rules import Rules
from build_digest.text.characters import HAN

QUESTION = frozenset(("question-page", "question-counts"))
"""The rules of what stands around a question and its answers."""
BUTTONS = 2
"""The fewest such lines on a page that is a question's."""
MANY = 12
"""Lines that may be the title are tried up to this number, the first ones."""
LONGEST = 90
"""Characters of a title."""
WORTHY = 5
"""Letters of a title, to be preferred to a shorter line (a name, a section) that stands nearer to the head line."""
LONG = 8
"""Letters of a title that stands further off, up to"""
FAR = 6
"""so many filled lines above a head line or below a table of values."""
TELLING = 1.5
"""The score of a sentence that is long enough to tell text from menus."""
ABOVE = 3
"""Filled lines above a head line (date, source) in which a title is looked for first."""

_CUT = re.compile(r"\s*(?:_+|::|\s[-–—|｜·@/]\s|[-–—|｜»«])\s*")
_CLAUSE_ENDS = ("。", ";", "；", ",", "，", "、", ":", "...")
_SENTENCE_INSIDE = re.compile(r"。\s*[^\s”’」』\"')）]")
_CODE = re.compile(r"[={};]|\(\)|->|::")
_HAN = re.compile(rf"[{HAN}]")
_LETTER = re.compile(r"[^\W\d_]")
_CLOSED = re.compile(r"[。!?！？…](?:[”’」』\"'])*$")
_STEP = re.compile(r"[>»›→]")
_TRAIL = re.compile(r"\s*[>»›→]+\s*")
_PLAIN = re.compile(r"[\W_]+")
_LONGEST = 200
_POSTED = re.compile(r"\d\d:\d\d\s+(?:发布于\s?\S+\s+)?来自")
"""A head line of a network of friends, below the name of who posted."""
_OWNED = re.compile(r"(.{1,20})的(?:微博|主页|个人主页|空间|专栏|博客|日记)")
"""A first line that names who owns the page, not what is on it."""
_FREQUENT = re.compile("常见问题|常见疑问|问答|答疑|解答|faq|q&a")
_SITE = 4
"""Characters of the last part of a first line that is the site's name and no title."""
_RANK = re.compile(r"lv\.?\s?\d+")
_WHOLE = 6
"""Letters from which a first line without separators is the title, and not a word of a menu."""
_BEGINNING = 3
"""Letters that a copy shares at least with the beginning of the page's title line."""
QUESTIONS = 3
"""Questions on a page from which on none of them is its title: it answers frequent ones."""
CALL = 40
"""Characters of a question or a call that may be a title."""
_NO_HEADLINE = frozenset(("figures", "word-list", "truncated", "pair"))
"""Names of forms, as `features.weigh` gives them, of lines that are hardly a title where nothing marks them as one."""
_COPY = 8
"""Letters that a copy has at least that is not the beginning of the page's title line."""


def plain(text: str) -> str:
    """A text without spaces and punctuation."""
    return _PLAIN.sub("", text)


def title_parts(line: str) -> list[str]:
    """The title line and what is left of it without the parts before or behind separators, longest first.

    >>> title_parts("某某标题_新闻_某某网")
    ['某某标题_新闻_某某网', '某某标题_新闻', '新闻_某某网', '某某标题', '某某网', '新闻']
    """
    cuts = [(match.start(), match.end()) for match in _CUT.finditer(line)][:6]
    starts = [0, *(end for _, end in cuts)]
    stops = [*(start for start, _ in cuts), len(line)]
    parts = {line[start:stop]: None for start in starts for stop in stops if stop - start >= 2}
    return sorted(parts, key=lambda part: -len(part))


def title_copies(folded: Sequence[str], rules: Rules) -> list[int]:
    """The lines that stand elsewhere too as a title does: in the page's first line, at the end of a trail (首页 > 新闻 >
    标题), or, where neither tells, a second time on the page.

    A label before a title does not count, nor the name of the site where the first line has other parts.
    """
    filled = [at for at, text in enumerate(folded) if text]
    letters = {at: plain(_without_label(folded[at], rules)) for at in filled if is_title_shape(folded[at])}
    wanted, whole = _first_line(folded[filled[0]], rules) if filled else (set(), "")
    wanted |= _ends_of_trails(folded, filled)
    copies = [at for at in filled[1:] if at in letters and (letters[at] in wanted or _is_part(letters[at], whole))]
    if copies:
        return copies
    counts = Counter(letters.values())
    return [at for at, text in letters.items() if len(text) >= _COPY and counts[text] > 1]


def _without_label(text: str, rules: Rules) -> str:
    label = rules.title_label.match(text)
    return text[label.end() :] if label else text


def _first_line(text: str, rules: Rules) -> tuple[set[str], str]:
    """What a copy of the page's first line may be, and all its letters; nothing if the line is short and of one piece."""
    parts = title_parts(text)
    if len(text) > _LONGEST or (len(parts) == 1 and len(plain(text)) < _WHOLE):
        return set(), ""
    owner = _OWNED.match(text)
    if owner:
        return set(), ""
    if len(parts) > 1 and len(parts[-1]) <= _SITE and text.endswith(parts[-1]) and not text.startswith(parts[-1]):
        parts = parts[:-1]
    return {plain(part) for part in parts if part == text or not part.endswith(rules.names["site"])}, plain(text)


def _ends_of_trails(folded: Sequence[str], filled: Sequence[int]) -> set[str]:
    trails = (_TRAIL.split(folded[at]) for at in filled if len(folded[at]) <= _LONGEST and _STEP.search(folded[at]))
    ends = (plain(steps[-1]) for steps in trails if len(steps) > 2)
    return {end for end in ends if len(end) >= WORTHY}


def _is_part(text: str, whole: str) -> bool:
    """Whether a line is the beginning or the end of the title line, or what is left of it when words are taken out.

    >>> _is_part("小木笔记V32正式版", "小木笔记下载小木笔记电脑版下载V32正式版某某软件站")
    True
    """
    if not whole:
        return False
    if len(text) >= _BEGINNING and whole.startswith(text):
        return True
    if len(text) < _COPY or not whole.startswith(text[:_BEGINNING]):
        return len(text) >= _COPY and whole.endswith(text)
    rest = iter(whole)
    return all(char in rest for char in text)


def head_titles(folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> list[int]:
    """The lines that stand like titles: right above a line of dates and names, with such values behind them, or right
    below a table of them."""
    filled = [at for at, text in enumerate(folded) if text]
    found: dict[int, None] = {}
    for place, at in enumerate(filled):
        if verdicts[at].rule == "titled":
            found[at] = None
        elif verdicts[at].rule == VALUE:
            found |= dict.fromkeys(_below_rows(folded, verdicts, filled, place))
        elif verdicts[at].fate == "metadata" and not _stands_behind(folded[at], rules):
            stop = place - 1 if _POSTED.search(folded[at]) else place
            found |= dict.fromkeys(_above_head_line(folded, verdicts, filled[max(0, stop - FAR) : max(0, stop)]))
        if len(found) >= MANY:
            break
    return list(found)


def _above_head_line(folded: Sequence[str], verdicts: Sequence[Verdict], above: Sequence[int]) -> list[int]:
    """The nearest line of some length; a long one a little further up, where names and ranks stand between; else the
    nearest line that can be a title at all."""
    able = [at for at in above if can_be_title(folded[at], verdicts[at]) and not _RANK.fullmatch(folded[at])]
    near = [at for at in able if at in above[-ABOVE:]]
    worthy = [at for at in near if len(plain(folded[at])) >= WORTHY]
    sentences = [at for at in above if verdicts[at].score >= TELLING]
    far = [
        at
        for at in able
        if len(plain(folded[at])) >= LONG and verdicts[at].rule not in _NO_HEADLINE and at >= max(sentences, default=0)
    ]
    told = [at for at in worthy if verdicts[at].rule not in _NO_HEADLINE]
    short = [at for at in able if len(plain(folded[at])) >= WORTHY and verdicts[at].rule not in _NO_HEADLINE]
    return told[-1:] or far[-1:] or worthy[-1:] or short[-1:] or near[-1:]


def _stands_behind(text: str, rules: Rules) -> bool:
    """Whether a line states only what stands behind a text: its keywords, its editor, its address."""
    kinds = {match.lastgroup for match in rules.labels.finditer(text)}
    return bool(kinds) and kinds <= APART


def _below_rows(folded: Sequence[str], verdicts: Sequence[Verdict], filled: Sequence[int], place: int) -> list[int]:
    """The first line long enough for a title a little below the last value of a table."""
    below = filled[place + 1 : place + 1 + FAR]
    if any(verdicts[at].rule in (LABEL, VALUE) for at in below):
        return []
    return [at for at in below if can_be_title(folded[at], verdicts[at]) and len(plain(folded[at])) >= LONG][:1]


def can_be_title(text: str, verdict: Verdict) -> bool:
    """Whether a line could be a title, by its form and by what rules say of it."""
    if verdict.fate in ("metadata", "contents", "heading"):
        return False
    return verdict.score > -2.0 and is_title_shape(text) and not _OWNED.fullmatch(text)


def is_title_shape(text: str) -> bool:
    """Whether a folded line has a title's form: neither very short nor long, and not closed like a statement.

    >>> [is_title_shape(one) for one in ("产业园迎来新发展", "他走了。", "2022-03-05 10:00", "相关阅读:", "“谁?”")]
    [True, False, False, False, False]
    """
    if not 2 <= len(text) <= LONGEST or text.rstrip().endswith(_CLAUSE_ENDS):
        return False
    if _SENTENCE_INSIDE.search(text) or _is_code(text):
        return False
    quoted = text.startswith(("“", "「", '"')) and text.endswith(("”", "」", '"')) and _CLOSED.search(text) is not None
    return not quoted and len(_LETTER.findall(text)) >= 2


def _is_code(text: str) -> bool:
    """Whether a line is of a program rather than a sentence in Latin letters."""
    return _CODE.search(text) is not None and _HAN.search(text) is None


def openings(folded: Sequence[str], verdicts: Sequence[Verdict], first: int) -> list[int]:
    """The lines a text may be headed by although nothing marks them: a question anywhere above its first sentence, and
    the nearest long line a little above it.

    Args:
        folded: the lines of a page in folded form.
        verdicts: what each line is by itself.
        first: the line of the text's first sentence.
    """
    able = [at for at in range(first + 1) if folded[at] and can_be_title(folded[at], verdicts[at])]
    long = [at for at in able if len(plain(folded[at])) >= LONG and verdicts[at].rule not in _NO_HEADLINE]
    asked = [at for at in long if folded[at].endswith("?") and len(folded[at]) <= CALL]
    questions = [at for at, text in enumerate(folded) if text.endswith("?") and len(text) <= CALL]
    if asked and len(questions) >= QUESTIONS:
        above = [at for at in able if at < asked[0] and len(plain(folded[at])) > 3]
        return [at for at in above if _FREQUENT.search(folded[at])][-1:] or above[-1:]
    near = [at for at in long if at != first and sum(map(bool, folded[at:first])) <= FAR]
    return sorted({*asked[:1], *near[-1:]})


def asked_title(folded: Sequence[str], verdicts: Sequence[Verdict]) -> int | None:
    """The question that a page of answers is headed by: the last one above what stands around it, or None."""
    buttons = [at for at, verdict in enumerate(verdicts) if verdict.rule in QUESTION]
    if len(buttons) < BUTTONS:
        return None
    able = (at for at in range(buttons[0]) if folded[at].endswith("?") and can_be_title(folded[at], verdicts[at]))
    return next((at for at in able if len(plain(folded[at])) >= LONG), None)


def top_line(folded: Sequence[str], verdicts: Sequence[Verdict], first: int) -> int | None:
    """The first line of a page, or, where that is hardly more than a site's name, the first long one that could be the
    title above the text."""
    filled = [at for at in range(first + 1) if folded[at]]
    able = (
        at for at in filled[1:] if at < first and verdicts[at].score <= 0 and can_be_title(folded[at], verdicts[at])
    )
    if filled and len(plain(folded[filled[0]])) < WORTHY:
        return next((at for at in able if len(plain(folded[at])) >= LONG), filled[0])
    return filled[0] if filled else None


def site_name_start(folded: str, endings: tuple[str, ...]) -> int | None:
    """Where the site's name begins that is added to a title, or None; `endings` are how names of sites end.

    Of several added parts (新闻_某某网) the last must be a site's name, the others may be short names of sections.

    >>> site_name_start("某地建成新桥 - 新闻 - 某某网", ("网",))
    6
    """
    cuts = [match for match in _CUT.finditer(folded) if match.start() >= 4]
    stops = [cut.start() for cut in cuts[1:]] + [len(folded)] * bool(cuts)
    parts = [folded[cut.end() : stop].strip() for cut, stop in zip(cuts, stops, strict=True)]
    if not parts or not _is_site(parts[-1], endings):
        return None
    start = len(parts) - 1
    while start and (_is_site(parts[start - 1], endings) or len(parts[start - 1]) <= 4):
        start -= 1
    return cuts[start].start()


def _is_site(part: str, endings: tuple[str, ...]) -> bool:
    return len(part) <= 30 and (
        part.endswith(endings) or re.fullmatch(r"(?:www\.)?[\w-]+\.[a-z.]{2,8}", part) is not None
    )

"""Find the title of a page: the line that a browser shows, its site name cut off, and its copies below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from build_digest.model import Verdict
from build_digest.rules import Rules

MANY = 12
"""Lines that may be the title are tried up to this number, the first ones."""
LONGEST = 90
"""Characters of a title."""
WORTHY = 5
"""Letters of a title, to be preferred to a shorter line (a name, a section) that stands nearer to the head line."""
ABOVE = 3
"""Filled lines above a head line (date, source) in which a title is looked for."""

_CUT = re.compile(r"\s*(?:_+|::|\s[-–—|｜·@/]\s|[-–—|｜»«])\s*")
_CLAUSE = re.compile(r"(?:[。;；,，、:]|\.\.\.)\s*$")
_LETTER = re.compile(r"[^\W\d_]")
_CLOSED = re.compile(r"[。!?！？…](?:[”’」』\"'])*$")
_TRAIL = re.compile(r"\s*[>»›→]+\s*")
_PLAIN = re.compile(r"[\W_]+")
_LONGEST = 200
_WHOLE = 6
"""Letters from which a first line without separators is the title, and not a word of a menu."""
_BEGINNING = 3
"""Letters that a copy shares at least with the beginning of the page's title line."""
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
    return {plain(part) for part in parts if part == text or not part.endswith(rules.names["site"])}, plain(text)


def _ends_of_trails(folded: Sequence[str], filled: Sequence[int]) -> set[str]:
    trails = (_TRAIL.split(folded[at]) for at in filled if len(folded[at]) <= _LONGEST and _TRAIL.search(folded[at]))
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


def head_titles(folded: Sequence[str], verdicts: Sequence[Verdict]) -> list[int]:
    """The lines that stand like titles: right above a line of dates and names, or with such values behind them."""
    filled = [at for at, text in enumerate(folded) if text]
    found: dict[int, None] = {}
    for place, at in enumerate(filled):
        if verdicts[at].rule == "titled":
            found[at] = None
        elif verdicts[at].fate == "metadata":
            above = [
                other for other in filled[max(0, place - ABOVE) : place] if can_be_title(folded[other], verdicts[other])
            ]
            found |= dict.fromkeys([other for other in above if len(plain(folded[other])) >= WORTHY][-1:] or above[-1:])
        if len(found) >= MANY:
            break
    return list(found)


def can_be_title(text: str, verdict: Verdict) -> bool:
    """Whether a line could be a title, by its form and by what rules say of it."""
    if verdict.fate in ("metadata", "contents") or verdict.rule == "numbered":
        return False
    return verdict.score > -2.0 and is_title_shape(text)


def is_title_shape(text: str) -> bool:
    """Whether a folded line has a title's form: neither very short nor long, and not closed like a statement.

    >>> [is_title_shape(one) for one in ("产业园迎来新发展", "他走了。", "2022-03-05 10:00", "相关阅读:", "“谁?”")]
    [True, False, False, False, False]
    """
    if not 2 <= len(text) <= LONGEST or _CLAUSE.search(text):
        return False
    quoted = text.startswith(("“", "「", '"')) and text.endswith(("”", "」", '"')) and _CLOSED.search(text) is not None
    return not quoted and len(_LETTER.findall(text)) >= 2


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

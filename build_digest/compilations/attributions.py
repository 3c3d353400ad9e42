"""Lines at the edges of articles that say who wrote them, when and where: told by standing in the same place in most.

What such a line looks like is learned from the compilation itself: in most of its articles a line of one shape stands
in the same place, and says something else in each.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from build_digest.compilations.rows import Row, is_head_line, is_sentence, worded
from build_digest.compilations.split_rules import split_rules
from build_digest.compilations.titles import fold_title
from build_digest.text.characters import HAN
from build_digest.text.script import to_simplified

SHARE = 0.6
"""The share of the articles that have such a line from which on it is the way of the collection."""
NEAR = 4
"""Lines below a title among which it stands."""
MOST = 80
"""Characters of an article's first line among which the reporter is named."""
LONGEST = 40
"""Characters of such a line."""
LONGEST_NAME = 4
"""Characters of a line that is nothing but a name."""
FEWEST_NAMES = 3
"""The fewest different names that tell lines of names from headings such as 背景."""
SPEAKERS = frozenset(("记者", "本报记者", "编辑"))
"""Labels that also stand before what somebody says in an interview."""
_FIELD = re.compile(
    r"[\s　【\[（(*>\-]*(?P<label>[^\W\d_](?:[^\W\d_]|[ 　]){0,13})[】\]]?\s*[:：](?!/)\s*(?P<value>.*)"
)
_DAY = re.compile(r"[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}[日号]")
WORD = re.compile(rf"[{HAN}·]+")
_STATES = re.compile(r"0|^@|[|｜丨/／]|^—|^[(（\[［【〔].*[)）\]］】〕]$|^[□○◎●■◇◆]\s?字$")
"""What such a line has besides words: a number, an @ in front, a stroke between its parts, brackets around it, a dash or a sign before it."""
_ADDRESS = re.compile(r"[^\w\s]{0,4}\s*https?://[!-~]+\s*")
ORIGINAL = "Title"
"""The shape of a title in another language, as translations give it below their own."""
_FOREIGN = re.compile(rf"[^\W\d_{HAN}]{{3}}|[ぁ-ヿ]")
_KANA = re.compile(r"[ぁ-ヿ]")
_NOT_FOREIGN = re.compile(r"[\d:：|｜/@#_。，；]")
_NAME_AT_END = re.compile(rf"[。！？”][（(]([{HAN}]{{2,{LONGEST_NAME}}})[)）]$")
_TWO_NAMES = ("字，字", "字,字", "字 字", "字：字", "字·字")
"""An outlet and a name, or two names; that could be much else, so it has to stand in every article."""
LONGEST_WORD = 12
"""Characters of a name, an office or an outlet in it."""


def read_field(text: str) -> tuple[str, str] | None:
    """The label of a line and what stands behind it: 责任者：张三; None for any other line.

    >>> read_field("题　名：论水"), read_field("https://example.org"), read_field("论水")
    (('题名', '论水'), None, None)
    """
    found = _FIELD.match(text) if len(text) <= 2 * LONGEST else None
    return (fold_title(found["label"]), found["value"].strip()) if found else None


def is_credit(text: str) -> bool:
    """Whether a line names an author or a translator with the word for it behind the name."""
    return len(text) <= LONGEST and bool(split_rules().credit.pattern.match(to_simplified(text)))


def is_foreign(text: str) -> bool:
    """Whether a line has letters of another language, and no Chinese ones unless it is Japanese."""
    if not _FOREIGN.search(text) or _NOT_FOREIGN.search(text):
        return False
    return _KANA.search(text) is not None or not WORD.search(text)


def is_address(text: str) -> bool:
    """Whether a line is nothing but the address of a page, perhaps behind a sign."""
    return "://" in text and bool(_ADDRESS.fullmatch(text.strip()))


def shape_of(text: str) -> str:
    """A line with all words and all numbers made equal; a label stays as it is.

    >>> shape_of("张三丰 | 某某日报"), shape_of("（三月四日）"), shape_of("作者：张三"), shape_of("［英］H. 张三 著")
    ('字 | 字', '（0字0字）', '作者：', '著：')
    """
    field = read_field(text)
    if field:
        return f"{field[0]}："
    if is_address(text):
        return "://"
    if is_credit(text):
        return "著："
    if is_foreign(text):
        return ORIGINAL
    text = _DAY.sub(r"0月0日", text)
    return WORD.sub(
        "字", re.sub(r"[A-Za-z]+", "a", re.sub(r"[0-9０-９]+", "0", re.sub(r"[ 　\t]+", " ", text.strip())))
    )


def find_attributions(segments: Sequence[Sequence[Row]]) -> dict[int, str]:
    """The lines below the titles, and at the ends of the articles, that say who, when and where, with their shapes.

    Args:
        segments: what stands below each title and before the next.
    """
    above = [
        list(takewhile(lambda row: _may_state(row) and not is_lead(row), worded(rows)))[:NEAR] for rows in segments
    ]
    found = dict(_recurring(above, len(segments)))
    found |= _standing_alike(above, found)
    below = [[row for row in worded(rows)[-1:] if _may_sign(row)] for rows in segments]
    return found | dict(_recurring(below, len(segments)))


def _standing_alike(above: Sequence[Sequence[Row]], found: Mapping[int, str]) -> dict[int, str]:
    """The first lines that say more than those of the other articles, but have all their signs: [某国] 张三著｜某社，2021
    beside 张三著｜某社，2021."""
    firsts = [rows[0] for rows in above if rows]
    shapes = Counter(found[row.number] for row in firsts if row.number in found)
    usual, times = max(shapes.items(), key=lambda item: item[1], default=("", 0))
    signs = set(re.sub(r"[字a\s]", "", usual))
    if not signs or times < SHARE * len(above):
        return {}
    return {row.number: usual for row in firsts if row.number not in found and signs <= set(shape_of(row.text))}


def are_reported(segments: Sequence[Sequence[Row]]) -> bool:
    """Whether several articles begin with the reporter or the agency: 本报讯（记者 张三）."""
    pattern = split_rules().dateline.pattern
    first = [to_simplified(row.text.strip()[:MOST]) for rows in segments for row in worded(rows)[:2]]
    opening = [found[0] for text in first if (found := pattern.match(text))]
    return len(set(opening)) > 1 and len(opening) * 5 >= 2 * len(segments)


def are_signed(segments: Sequence[Sequence[Row]]) -> bool:
    """Whether most articles end in a name in brackets behind their last sentence."""
    last = [row.text.strip()[-LONGEST_NAME - 3 :] for rows in segments for row in worded(rows)[-1:]]
    names = [found[1] for text in last if (found := _NAME_AT_END.search(text))]
    return len(set(names)) >= FEWEST_NAMES and len(names) >= SHARE * len(segments)


def is_lead(row: Row) -> bool:
    """Whether a row is running text."""
    return not row.titlelike and not is_head_line(row.text) and not (row.key and read_field(row.text))


def _may_state(row: Row) -> bool:
    return 0 < len(row.text.strip()) <= LONGEST and row.mark.number is None and not is_sentence(row)


def _may_sign(row: Row) -> bool:
    """Whether a line could close an article by saying whose it is, in brackets, behind a dash or a label that no head has,
    or where it stands."""
    bracketed = row.text.strip()[:1] in ("(", "（", "[", "［", "【", "〔", "—")
    if is_address(row.text):
        return True
    return _may_state(row) and (bracketed or (not is_head_line(row.text) and read_field(row.text) is not None))


def _recurring(lines: Sequence[Sequence[Row]], parts: int) -> Iterator[tuple[int, str]]:
    """The lines whose shape stands in most parts with more than one thing to say."""
    shapes: defaultdict[str, list[Row]] = defaultdict(list)
    for rows in lines:
        for shape, row in {shape_of(row.text): row for row in reversed(rows)}.items():
            shapes[shape].append(row)
    for shape, rows in shapes.items():
        if _tells(shape, rows, parts):
            yield from ((row.number, shape) for row in rows)
    labels = Counter(shape for rows in lines for shape in {shape_of(row.text) for row in rows} if shape.endswith("："))
    known = {shape for shape, times in labels.items() if times > 1 and (times >= SHARE * parts or _is_known(shape))}
    yield from ((row.number, shape) for rows in lines for row in rows if (shape := shape_of(row.text)) in known)


def _is_known(shape: str) -> bool:
    return is_head_line(shape) and shape.rstrip("：") not in SPEAKERS


def _tells(shape: str, rows: Sequence[Row], parts: int) -> bool:
    values = {row.key for row in rows}
    if len(rows) < 2 or len(rows) < SHARE * parts or shape.endswith("："):
        return False
    if shape == "字":
        enough = FEWEST_NAMES if len(rows) < max(parts, FEWEST_NAMES + 1) else FEWEST_NAMES - 1
        return len(values) >= enough and all(len(row.key) <= LONGEST_NAME for row in rows)
    if shape == ORIGINAL:
        return len(values) == len(rows)
    if shape in _TWO_NAMES:
        ends = [WORD.findall(row.text)[-1] for row in rows]
        return len(rows) == parts and len(set(ends)) > 1 and max(map(len, ends)) <= LONGEST_NAME
    words = max(len(word) for row in rows for word in WORD.findall(row.text) or [""])
    return len(values) > 1 and words <= LONGEST_WORD and bool(_STATES.search(shape))

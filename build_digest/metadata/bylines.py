"""Who reports: the dateline and the byline at the beginning of a text, and names that stand alone above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from build_digest.classification.title_forms import looks_like_person, name_in_office
from build_digest.metadata.names import is_institution, is_no_name, is_nobody, is_outlet, is_pen_name
from build_digest.model import KEPT, Found, Line
from build_digest.rules import Rules
from build_digest.text.characters import HAN
from build_digest.text.line_fold import fold_line
from build_digest.words.segment import is_word

NEAR = 5
"""Filled lines between a name and the date, the rank or the button that make it the author's."""
LONGEST_OFFICE = 16
"""Characters of the name of an institution."""
LONGEST_BIO = 30
"""Characters of what someone says of himself below his name."""
ABOVE = 14
"""Filled lines above the text in which a name may stand alone."""

_DATELINE = re.compile(
    rf"[\s【〔(\[]*([{HAN}]{{2,16}}?)\s?(?:\d{{1,2}}月\d{{1,2}}日)?(?:电|讯|消息|报道|报导)(?=[\s】〕)\](,:\d]|记者)"
)
_AGENCY = re.compile(
    rf"[\s【〔(\[]*([{HAN}、]{{2,24}})\s*(?:\d{{1,2}}月)?\d{{1,2}}日(?:专电|电|讯|消息|报道|报导|综合报导)"
)
_DISPATCH = re.compile(
    rf"[\s【〔(\[]*[{HAN}]{{2,8}}?记者([{HAN}、]{{4,20}}?)\d{{1,2}}日(?:专电|电|报导|综合报导)[)〕\]】]"
)
_OPENING = re.compile(
    rf"[\s]*[{HAN}【】\s\d]{{0,24}}[(〔\[【]\s?(?:[{HAN}]{{0,6}}?)(?:记者|通讯员)\s?"
    rf"([{HAN}a-zà-ÿ·、.\s]{{2,40}}?)(?:\s?[/|]\s?[{HAN}]{{2,8}}|\s(?:摄影|文|图).{{0,20}})?\s?[)〕\]】]"
)
_PANEL = ("forum-panel", "forum-user")
_LABELLED = ("label", "label-apart")


def open_with_agency(body: Line | None, rules: Rules) -> Found | None:
    """Who reports at the beginning of a text: 新华社某地3月5日电, or a name of an outlet before 讯."""
    folded = fold_line(body.text) if body else ""
    match = _AGENCY.match(folded) or _DATELINE.match(folded)
    if body is None or match is None:
        return None
    start = match.start(1)
    names = (body.text[start:end] for end in range(match.end(1), start + 1, -1))
    name = next((name for name in names if is_outlet(name, rules) and not is_nobody(name, rules)), None)
    return Found(name, body.number) if name else None


def open_with_author(body: Line | None, rules: Rules) -> Found | None:
    """The reporters named in brackets at the beginning of a text: 〔記者陳某／台北報導〕, 某某网讯（记者 张三）, and, right
    before the name of a place, in the dateline of an agency: （中央社記者陳某某台北21日電）."""
    folded = fold_line(body.text[:120]) if body else ""
    match = _OPENING.match(folded)
    start, end = match.span(1) if match else _names_in_dispatch(folded, rules)
    return Found(body.text[start:end].strip(), body.number) if body and start < end else None


def _names_in_dispatch(folded: str, rules: Rules) -> tuple[int, int]:
    """Where the names stand in the dateline of an agency: a usual name, and behind it a word, which is the place."""
    match = _DISPATCH.match(folded)
    if match is None:
        return 0, 0
    last = match.start(1) + match[1].rfind("、") + 1
    ends = (last + length for length in (3, 2))
    return match.start(1), next(
        (end for end in ends if looks_like_person(folded[last:end], rules) and _is_place(folded[end : match.end(1)])), 0
    )


def _is_place(folded: str) -> bool:
    """Whether a text is a word as names of places are, or one with what stands behind it: 高雄市."""
    return len(folded) > 1 and any(is_word(folded + kind) for kind in ("", "市", "县"))


def is_rank(folded: str, rules: Rules) -> bool:
    """Whether a folded line is a rank, a button or a count that stands below who wrote something: 关注, 3万粉丝."""
    return rules.signs["rank"].search(folded) is not None


@dataclass(frozen=True, slots=True)
class Lone:
    """A name alone on its line: the index of the line and the name."""

    at: int
    name: str


def find_lone_author(lines: Sequence[Line], rules: Rules) -> Lone | None:
    """The name alone on its line, above the text, of who wrote it.

    A rank, a button such as 关注, or a line such as 36天前发布 has to follow it, or a date where it is a usual name.
    """
    filled = [at for at, line in enumerate(lines) if line.text.strip()]
    found = (_above(lines, filled, place, rules) for place in _beginnings(lines, filled))
    return next((lone for lone in found if lone), None)


def _beginnings(lines: Sequence[Line], filled: Sequence[int]) -> Iterator[int]:
    """Where the text begins, and where the answer does on a page that asks something."""
    text = [place for place, at in enumerate(filled) if lines[at].fate == "body" and lines[at].verdict.score > 0]
    yield from text[:1]
    for above, place in pairwise(text):
        if any(lines[at].alone.rule == "question-counts" for at in filled[above + 1 : place]):
            yield place
            return


def _above(lines: Sequence[Line], filled: Sequence[int], first: int, rules: Rules) -> Lone | None:
    for place in range(first - 1, max(-1, first - 1 - ABOVE), -1):
        line = lines[filled[place]]
        name = line.text.strip().lstrip("@")
        name = name[-len(name_in_office(fold_line(name), rules)) or None :]
        below_title = place > 0 and lines[filled[place - 1]].fate == "title"
        account = line.text.strip().startswith("@") and lines[filled[place + 1]].fate == "metadata"
        dropped = line.fate not in KEPT or line.verdict.rule in ("beside-text", "whole-text")
        dropped = dropped or ((below_title or account) and line.verdict.rule == "heading")
        if not dropped or not _may_name(line, name, rules):
            continue
        below = [lines[at] for at in filled[place + 1 : min(first, place + 1 + NEAR)]]
        usual = looks_like_person(fold_line(name), rules)
        told = account or _is_author(below, name, rules)
        if told or (usual and _is_below_title([lines[at] for at in filled[:place]])):
            return _topmost(lines, filled, place, rules)
    return None


def _is_below_title(above: Sequence[Line]) -> bool:
    """Whether nothing but values stands between a line and the title."""
    return next((line.fate == "title" for line in reversed(above) if line.fate != "metadata"), False)


def _topmost(lines: Sequence[Line], filled: Sequence[int], place: int, rules: Rules) -> Lone:
    """The name itself, or the one right above it where that stands below the title, or what stands below it says in
    words what he is: 一个在社区工作的人."""
    own = lines[filled[place]].text.strip().lstrip("@")
    own = own[-len(name_in_office(fold_line(own), rules)) or None :]
    above = lines[filled[place - 1]] if place else None
    if above is not None and place > 1:
        name = above.text.strip().lstrip("@")
        described = _has_running_words(own, rules) and not _has_running_words(name, rules)
        below_title = lines[filled[place - 2]].fate == "title"
        if (below_title or described) and above.fate not in KEPT and _may_name(above, name, rules):
            return Lone(filled[place - 1], name)
    return Lone(filled[place], own)


def _has_running_words(text: str, rules: Rules) -> bool:
    folded = fold_line(text)
    return any(word in folded for word in rules.names["running"])


def find_lone_office(lines: Sequence[Line], rules: Rules) -> Found | None:
    """The institution alone on its line beside the date, above the text: who published it."""
    filled = [line for line in lines if line.text.strip()]
    for above, line, below in zip([None, *filled], filled, [*filled[1:], None], strict=False):
        if line.fate == "body":
            return None
        dated = any(
            other is not None and other.fate == "metadata" and other.alone.rule == "date" for other in (above, below)
        )
        if dated and line.fate in ("boilerplate", "heading") and line.alone.rule not in rules.ids:
            name = line.text.strip()
            if len(name) <= LONGEST_OFFICE and is_institution(name, rules):
                return Found(name, line.number)
    return None


def _may_name(line: Line, name: str, rules: Rules) -> bool:
    return (
        line.fate != "metadata"
        and line.alone.rule not in rules.ids
        and is_pen_name(name)
        and not is_nobody(name, rules)
        and not is_outlet(name, rules)
        and not is_institution(name, rules)
        and not is_no_name(name, rules)
        and not is_rank(fold_line(name), rules)
    )


def _is_author(below: Sequence[Line], name: str, rules: Rules) -> bool:
    """Whether what stands between a name and the text says that it is the author's."""
    panel = sum(line.alone.rule in _PANEL for line in below)
    for line in below:
        folded = fold_line(line.text).strip()
        if (
            is_rank(folded, rules)
            or line.alone.rule in ("ago", "question-counts")
            or rules.signs["said"].search(folded)
        ):
            return True
        if line.fate == "metadata":
            usual = looks_like_person(fold_line(name), rules)
            return usual and (line.alone.rule == "date" or (len(name) > 2 and line.alone.rule in _LABELLED))
        if panel > 1:
            return True
        told = line.alone.rule in rules.ids or line.alone.rule == "figures"
        buttoned = line is below[0] and any(other.alone.rule == "question-counts" for other in below)
        bio = line is below[0] and len(folded) <= LONGEST_BIO
        if not told and not (bio and (buttoned or looks_like_person(fold_line(name), rules))):
            return False
    return False

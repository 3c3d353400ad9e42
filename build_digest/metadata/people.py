"""Tell who wrote an article where no label says so: a name beside the date, who posted it, who the note on the author is
about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from build_digest.classification.title_forms import looks_like_person
from build_digest.metadata.cuts import Stated
from build_digest.metadata.names import is_institution, is_no_name, is_nobody, is_outlet, is_pen_name
from build_digest.metadata.sources import beside_values
from build_digest.metadata.statement import Field
from build_digest.model import Found, Line
from build_digest.rules import Rules
from build_digest.text.characters import HAN
from build_digest.text.line_fold import fold_line

NAME = 3
"""Characters of a name that counts without a label: shorter ones are too often words."""

_OWNED = re.compile(r"(.{1,20})的(?:微博|主页|个人主页|空间|专栏|博客|日记)")
"""How whose page it is calls it."""
_NAMED = re.compile(rf"[\s:：]*([{HAN}·]{{2,4}})(?=[,，、(（:：])")


def find_beside_date(read: Sequence[Stated], rules: Rules) -> tuple[Found, ...]:
    """The names that stand without a label beside the date of a head line: 2021-03-05 10:20 张小某."""
    dated = [one for one in read if one.statement and any(field.kind == "date" for field in one.statement.fields)]
    found = ((line, word) for line, word in beside_values(dated, rules) if len(word) == NAME)
    return tuple(Found(word, line.number) for line, word in found if looks_like_person(fold_line(word), rules))


def find_owner(read: Sequence[Stated], rules: Rules) -> tuple[Found, ...]:
    """Whose page it is, where his name stands beside the date too, or the page is called his blog."""
    first = next((one.line for one in read if one.line.text.strip()), None)
    if first is None:
        return ()
    called = fold_line(first.text).strip()
    for line, word in beside_values(read, rules):
        if is_pen_name(word) and called.startswith(f"{fold_line(word)}的"):
            return (Found(word, line.number),)
    owned = _OWNED.fullmatch(called)
    if owned and is_pen_name(owned[1]) and first.fate != "title":
        return (Found(first.text.strip()[: owned.end(1)], first.number),)
    return ()


def find_poster(posters: Sequence[tuple[Line, Field]], rules: Rules) -> tuple[Found, ...]:
    """Who posted a text, by whatever name."""
    for line, field in posters[:1]:
        name = field.value.strip(" @")
        if is_pen_name(name) and not (
            is_nobody(name, rules) or is_outlet(name, rules) or is_no_name(name, rules) or is_institution(name, rules)
        ):
            return (Found(name, line.number),)
    return ()


def find_bio_author(lines: Sequence[Line], rules: Rules) -> tuple[Found, ...]:
    """Whom the note on the author is about: 作者简介：张三，…, on one line or on two."""
    filled = [line for line in lines if line.text.strip()]
    for line, below in zip(filled, [*filled[1:], None], strict=True):
        folded = fold_line(line.text).strip(" []【】")
        label = next(filter(folded.startswith, rules.names["bio"]), "")
        if not label:
            continue
        behind = line.text.strip(" []【】")[len(label) :].strip("】] :：")
        told = line if behind else below
        match = _NAMED.match(behind or (below.text.strip() if below else ""))
        if told is not None and match and looks_like_person(fold_line(match[1]), rules):
            return (Found(match[1], told.number),)
    return ()

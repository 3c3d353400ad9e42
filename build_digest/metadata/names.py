"""Tell people from institutions in what stands behind 作者, 记者 or 责任编辑."""

from __future__ import annotations

import re
from collections.abc import Iterable

from build_digest.rules import Rules
from build_digest.text.characters import HAN
from build_digest.text.line_fold import fold_line

_PEN_NAME = re.compile(r"(?=[^\W\d])[\w\u00b7-]{2,12}")
_MARKS = re.compile(r"\s?[\d*①-⑳†]+(?:[,，]\s?[\d*①-⑳†]+)*[\s　、,，;；]*")
_MARKED = re.compile(
    rf"[\s　]*(?:(?:[{HAN}·]{{2,6}}|[A-Za-z][A-Za-z. -]{{2,24}}[A-Za-z])\s?[\d*①-⑳†]{{1,3}}(?:[,，]\s?[\d*①-⑳†]{{1,2}})*[\s　、,，;；]*){{1,12}}"
)
LONGEST_PEN_NAME = 16
"""Characters of a pen name that is neither a Chinese name nor a Latin one."""

_SPLIT = re.compile(r"[、，,;；/／|｜丨&＆]+|\s+和\s+|(?<![A-Za-zÀ-ɏ.])\s+|\s+(?![A-Za-zÀ-ɏ])")
_BRACKETED = re.compile(r"[(（〔\[【]([^()（）〔〕\[\]【】]{2,60})[)）〕\]】]")
_LATIN_NAME = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ.'’-]*(?:[ ][A-Za-zÀ-ɏ][A-Za-zÀ-ɏ.'’-]*){0,3}\Z")
_HAN = re.compile(rf"[{HAN}〇·•・.．]+\Z")


def is_institution(value: str, rules: Rules) -> bool:
    """Whether a value ends like the name of an institution."""
    folded = fold_line(value).strip()
    named = len(folded) > 3 or (len(folded) == 3 and folded[-1] in "局署部厅")
    return named and folded.endswith(rules.names["institution"])


def is_outlet(value: str, rules: Rules) -> bool:
    """Whether a value ends like the name of a newspaper, site or agency."""
    folded = fold_line(value).strip()
    return 2 <= len(folded) <= 16 and folded.endswith(rules.names["outlet"])


def is_nobody(value: str, rules: Rules) -> bool:
    """Whether a value says that no one in particular is meant, such as 佚名 or admin."""
    return fold_line(value).strip() in rules.names["nobody"]


def is_name(value: str) -> bool:
    """Whether a value has the shape of one person's (or pen) name, Chinese or Latin."""
    value = value.strip()
    if _HAN.match(value):
        return 2 <= len(value) <= (16 if re.search("[·•・]", value) else 5)
    return bool(_LATIN_NAME.match(value)) and len(value) <= 40


def is_pen_name(value: str) -> bool:
    """Whether a value could be what someone calls himself on a site: one short word without punctuation."""
    return is_name(value) or bool(_PEN_NAME.fullmatch(value))


def outlets_in(value: str, rules: Rules) -> tuple[str, ...]:
    """The newspapers, sites and agencies named in a byline beside people: 某某周刊 张三."""
    tokens = [token for token in _SPLIT.split(_BRACKETED.sub(" ", value)) if token]
    return tuple(token for token in tokens if len(tokens) > 1 and len(token) > 3 and is_outlet(token, rules))


def without_marks(value: str) -> str:
    """Names without the marks of their affiliations: 张三1,2　李四2*.

    >>> without_marks("汪若1　郝明1,2　Anna Berg*"), without_marks("小王2018")
    ('汪若,郝明,Anna Berg,', '小王2018')
    """
    return _MARKS.sub(",", value) if _MARKED.fullmatch(value) else value


def split_names(value: str, rules: Rules, loose: bool = False) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The people and the institutions named in a value; `loose` takes a lone odd token as a pen name.

    Two single characters with a space between are one name (陈　超); an institution ends like the ones in the rules.
    """
    places = [part.strip() for part in _BRACKETED.findall(value)]
    people: list[str] = []
    rest = _BRACKETED.sub(" ", value).strip(" :：、，,;；。.()（）【】[]")
    noise = {*rules.names["noise"], *rules.names["nobody"]}
    tokens = [rest] if _LATIN_NAME.match(rest) else _join_single(token for token in _SPLIT.split(rest) if token)
    tokens = [token for token in tokens if fold_line(token) not in noise and not is_outlet(token, rules)]
    for token in tokens:
        name = _without_honour(token, rules)
        if is_institution(name, rules):
            places.append(token)
        elif is_name(name) and (len(name) <= 4 or not _HAN.match(name) or "·" in name) and not is_no_name(name, rules):
            people.append(name)
        elif loose and len(tokens) == 1 and len(token) <= LONGEST_PEN_NAME and not is_no_name(token, rules):
            people.append(token)
    named = (_without_honour(place, rules) for place in places)
    return tuple(dict.fromkeys(people)), tuple(one for one in dict.fromkeys(named) if _says_place(one, rules))


def is_no_name(token: str, rules: Rules) -> bool:
    """Whether a word ends as no name does (台南報導, 某某气象)."""
    return fold_line(token).endswith(rules.names["no_names"])


def _without_honour(token: str, rules: Rules) -> str:
    """A name without the title behind it, if a name is left."""
    folded = fold_line(token)
    honours = (honour for honour in rules.names["honours"] if folded.endswith(honour))
    return next((token[: -len(one)] for one in honours if len(token) - len(one) >= 2), token)


def _says_place(value: str, rules: Rules) -> bool:
    return any(end in fold_line(value) for end in rules.names["institution"] if len(end) > 1) or is_institution(
        value, rules
    )


def _join_single(tokens: Iterable[str]) -> list[str]:
    joined: list[str] = []
    open_ = False
    for token in tokens:
        single = len(token) == 1 and bool(_HAN.match(token))
        if single and open_:
            joined[-1] += token
            open_ = False
        else:
            joined.append(token)
            open_ = single
    return joined

"""Tell where an article was published: what a label says, an outlet's name beside the date or in the byline, a dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from build_digest.classification.features import MARKUP
from build_digest.classification.title_forms import looks_like_person
from build_digest.metadata.bylines import find_lone_office, open_with_agency
from build_digest.metadata.cuts import Stated
from build_digest.metadata.names import is_institution, is_nobody, is_outlet, outlets_in
from build_digest.metadata.statement import Field
from build_digest.model import Found, Line
from build_digest.rules import Rules
from build_digest.text.characters import HAN, count_han
from build_digest.text.line_fold import fold_line

LONGEST_SOURCE = 30
"""Characters of the name of a source."""

SECTION = 2
"""Characters of a word beside the date that names a section (科技, 体育), not an outlet."""

EDITION = "edition"
"""The rule of the number of a newspaper's page."""
BESIDE = 4
"""Filled lines above that number in which the newspaper's name may stand."""

Values = dict[str, list[tuple[Line, Field]]]
"""The values that lines state, by kind."""

_NO_SOURCE = re.compile(r"^\d{4}\s?年|://|www\.|[\[\]]|\w\.(?:com|cn|net|org|edu|gov|tw|hk)\b")
_BESIDE_SOURCE = re.compile(r"\s{2,}|[|｜丨]|\s+(?=\d)")
_NOTE = re.compile(r"(?<=\S\S)\s?[(（][^()（）]{1,20}[)）]?$")
_WORK = re.compile(r"《([^《》]+)》")
_ONLINE = re.compile(r"(?<=[报報])(?:数字|數字|电子|電子|网络|網絡)[版报報]$")
_BESIDE_NAME = re.compile(r"[\s:：、,，/]")
_RIGHTS = re.compile("版权所有|©|copyright")
_WORDS = re.compile(r"[\s/|｜丨,，·()（）\[\]【】-]+")


def find_source(values: Values, read: Sequence[Stated], rules: Rules) -> Found | None:
    """The labelled source, else an outlet's name beside the date or in the byline, else who the dateline
    says reports."""
    for line, field in values.get("source", ()):
        value = _plain_source(field.value, rules)
        if _NO_SOURCE.search(field.value.strip(" []【】")):
            continue
        if value and len(value) <= LONGEST_SOURCE and not is_nobody(value, rules):
            return Found(value, line.number)
    for line, word in beside_values(read, rules):
        if len(word) > SECTION and is_outlet(word, rules) and count_han(word[0]):
            return Found(word, line.number)
    for line, field in values.get("author", ()):
        for outlet in outlets_in(field.value, rules):
            return Found(outlet, line.number)
    for line, field in (*values.get("author", ()), *values.get("poster", ())):
        if is_institution(field.value, rules) and not _BESIDE_NAME.search(field.value):
            return Found(field.value, line.number)
    lines = [one.line for one in read]
    own = _named_elsewhere(read, lines, rules) or _paper(lines, rules) or _head_of_page(lines, rules)
    if own:
        return own
    text = next((line for line in lines if line.fate == "body"), None)
    return find_lone_office(lines, rules) or open_with_agency(text, rules)


def _named_elsewhere(read: Sequence[Stated], lines: Sequence[Line], rules: Rules) -> Found | None:
    """The name beside the date that stands again on top of the page, alone on its line, or among its rights: the site's,
    or the account's; whose page it is by name (某人的博客) wrote it."""
    furniture = [fold_line(line.text).strip() for line in lines if line.text.strip() and line.fate == "boilerplate"]
    kinds = {one.line.number: {field.kind for field in one.statement.fields} for one in read if one.statement}
    for line, word in beside_values(read, rules):
        name = fold_line(word)
        if "date" not in kinds[line.number] or "poster" in kinds[line.number]:
            continue
        if len(name) <= SECTION or looks_like_person(name, rules) or not count_han(name[0]) or is_nobody(name, rules):
            continue
        if any(text.startswith(f"{name}的") for text in furniture[:1]):
            continue
        begins = bool(furniture) and re.match(rf"{re.escape(name)}(?![{HAN}])", furniture[0]) is not None
        rights = any(name in text and _RIGHTS.search(text) for text in furniture)
        if begins or rights or name in furniture:
            return Found(word, line.number)
    return None


def _paper(lines: Sequence[Line], rules: Rules) -> Found | None:
    """The newspaper whose page it is: its name stands a little above the number of the page (第07版)."""
    filled = [line for line in lines if line.text.strip()]
    for place, line in enumerate(filled):
        if line.alone.rule == EDITION:
            for above in reversed(filled[max(0, place - BESIDE) : place]):
                name = _ONLINE.sub("", above.text.strip())
                if name.endswith(("报", "報")) and is_outlet(name, rules):
                    return Found(name, above.number)
            return None
    return None


def _head_of_page(lines: Sequence[Line], rules: Rules) -> Found | None:
    """The outlet whose name stands before a date alone on a line above the title."""
    for line in lines:
        if line.fate == "title":
            return None
        words = _WORDS.split(line.text.strip()) if line.alone.rule == "date" else []
        if line.fate != "metadata" and len(words) > 1 and is_outlet(words[0], rules) and count_han(words[0][0]):
            return Found(words[0], line.number)
    return None


def _plain_source(value: str, rules: Rules) -> str:
    """A labelled source without remains of markup, a note in brackets, the brackets of a work, or a name beside it.

    >>> from build_digest.rules import load_rules
    >>> rules = load_rules({"mine.yml": "outlet: [晚报]"})
    >>> [_plain_source(one, rules) for one in ("县域观察（公众号）", "《某某月刊》", "<a>某某网</a>", "某某晚报 张三")]
    ['县域观察', '某某月刊', '某某网', '某某晚报']
    """
    text = _BESIDE_SOURCE.split(MARKUP.sub("", value).strip())[0].strip(" []【】")
    text = _NOTE.sub("", text.strip()).strip(" ()（）")
    work = _WORK.fullmatch(text)
    text = work[1] if work else text
    first, _, rest = text.partition(" ")
    return first if rest and is_outlet(first, rules) else text


def beside_values(read: Sequence[Stated], rules: Rules) -> Iterator[tuple[Line, str]]:
    """The words that stand beside the values of head lines, as written: 某某晚报 in 2021-03-05 某某晚报."""
    for one in read:
        rest = one.statement.rest if one.statement and one.statement.fields else ""
        folded = fold_line(one.line.text)
        if one.line.fate != "metadata" or not rest or rules.signs["device"].search(folded):
            continue
        whole = rest.strip(" /|,·-()[]")
        for word in dict.fromkeys((whole, *_WORDS.split(rest))):
            at = folded.find(word) if word else -1
            if at >= 0:
                yield one.line, one.line.text[at : at + len(word)]


def find_publisher(values: Values) -> Found | None:
    """Who issued a document, as the table at its head says."""
    return next((Found(field.value, line.number) for line, field in values.get("publisher", ()) if field.value), None)

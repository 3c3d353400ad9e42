"""Tell an article's title: what a label says, the line that is one, or the first words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from build_digest.classification.page_fates import GOES_ON
from build_digest.classification.title_forms import plain
from build_digest.metadata.cuts import FORMER_TITLE
from build_digest.metadata.sources import Values
from build_digest.model import KEPT, Found, Line, Verdict
from build_digest.text.characters import HAN

LONGEST_INFERRED = 30
"""Characters of a title that is made of the first words of a text."""

_TAGGED = re.compile(rf"^\[[{HAN}]{{2,4}}\]\s?(?=\S{{4}})")
_HEADED = re.compile(r"[【#]([^【】#]{4,40})[】#]")


def find_title(lines: Sequence[Line], values: Values) -> Found | None:
    """The labelled title, else the line that is one, else that of where the text came from, else the first heading or the
    first words."""
    labelled = (
        Found(_unquoted(field.value), line.number) for line, field in values.get("title", ()) if len(field.value) > 1
    )
    second = {line.number: line.kept_text().strip() for line in lines if line.verdict.rule == GOES_ON}
    behind = dict(pairwise(line.number for line in lines if line.text.strip()))
    stands = (
        Found(_unbracketed(line.kept_text().strip()) + second.get(behind.get(line.number, 0), ""), line.number)
        for line in lines
        if line.fate == "title"
    )
    former = (
        Found(match[1].strip(), line.number)
        for line in lines
        if line.fate == "metadata" and (match := FORMER_TITLE.match(line.text))
    )
    headed = (Found(line.kept_text().strip(), line.number, True) for line in lines if line.fate == "heading")
    begun = (Found(_first_words(line.kept_text().strip()), line.number, True) for line in lines if line.fate == "body")
    return next((found for kind in (labelled, stands, former, headed, begun) for found in kind if found.value), None)


def _unquoted(title: str) -> str:
    """A title without the straight quotation marks that hold all of it, as front matter writes it."""
    return title[1:-1] if len(title) > 2 and title[0] == title[-1] and title[0] in "\"'" else title


def _unbracketed(title: str) -> str:
    """A title without the brackets that hold all of it, or the tag of a forum in front.

    >>> _unbracketed("【绿皮火车上的一天】"), _unbracketed("【组图】雪后"), _unbracketed("[转帖] 雪后的村子")
    ('绿皮火车上的一天', '【组图】雪后', '雪后的村子')
    """
    match = _HEADED.fullmatch(title)
    return match[1] if match else _TAGGED.sub("", title)


def _first_words(text: str) -> str:
    """The first clause of a text, at most 30 characters, without a quotation mark that is not closed in it.

    >>> _first_words("“水退了，人呢？”他问。")
    '水退了，人呢'
    """
    headed = _HEADED.match(text)
    if headed:
        return headed[1]
    clause = re.split(r"[。！？!?；;]", text, maxsplit=1)[0]
    if len(clause) > LONGEST_INFERRED:
        clause = re.split(r"[，,：:]", clause, maxsplit=1)[0]
    return clause[:LONGEST_INFERRED].strip().lstrip("“‘「『《（(") or text[:LONGEST_INFERRED]


def with_copy_of_title(lines: list[Line], title: Found | None) -> list[Line]:
    """The lines with the first heading told for a title where it says the title that a label states above it."""
    first = next((at for at, line in enumerate(lines) if line.fate in KEPT), None)
    if first is None or title is None or lines[first].fate != "heading" or title.line >= lines[first].number:
        return lines
    if plain(lines[first].kept_text()) != plain(title.value):
        return lines
    return [*lines[:first], replace(lines[first], verdict=Verdict("title", "title")), *lines[first + 1 :]]

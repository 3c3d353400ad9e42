"""Say what an article's lines state about it: title, date, source, people, address, tags; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from build_digest.classification.fold import fold_line
from build_digest.metadata.cuts import Stated, cut_line
from build_digest.metadata.labels import Field
from build_digest.metadata.names import is_name, is_nobody, is_outlet, split_names
from build_digest.model import KEPT, Description, Found, Line, Verdict
from build_digest.rules import Rules

LONGEST_INFERRED = 30
"""Characters of a title that is made of the first words of a text."""
LONGEST_SOURCE = 30
"""Characters of the name of a source."""

_Values = dict[str, list[tuple[Line, Field]]]
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_URL = re.compile(r"https?://[^\s<>\"'，。）)】」]+", re.ASCII)
_NO_SOURCE = re.compile(r"://|www\.|[\[\]]")
_BESIDE_SOURCE = re.compile(r"\s{2,}|[|｜丨]|\s+(?=\d)")
_TAG_SPLIT = re.compile(r"[\s,，、;；/|｜#]+")
_DATELINE = re.compile(r"[\s【(]*([\u4e00-\u9fff]{2,14})\s*\d{1,2}月\d{1,2}日(?:电|讯|消息|报道|报导)")


def describe(lines: Sequence[Line], rules: Rules) -> tuple[Description, list[Line]]:
    """What the lines of one article state about it, and the lines with the parts that state it cut out.

    Args:
        lines: the lines of an article as `classify.settle` gives them.
        rules: see `rules.load_rules`.
    """
    if not any(line.fate in KEPT for line in lines):
        return Description(), list(lines)
    read = [cut_line(line, rules) for line in lines]
    values = _values(read)
    after = [one.line for one in read]
    authors, affiliations = _people(values.get("author", ()), rules, loose=True)
    named, places = _people(values.get("affiliation", ()), rules)
    bare = [] if named or places else [Found(field.value, line.number) for line, field in values.get("affiliation", ())]
    source = _source(values, read, rules)
    if not authors and not source:
        authors, _ = _people(values.get("poster", [])[:1], rules, loose=True)
    lone = None if authors else _lone_author(read, rules)
    if lone is not None:
        authors = (Found(after[lone].text.strip(), after[lone].number),)
        after[lone] = replace(after[lone], verdict=Verdict("metadata", "lone-author", after[lone].verdict.score))
    description = Description(
        title=_title(after, values),
        date=_date(values, after),
        source=source,
        url=_url(values.get("url", ())),
        authors=authors,
        affiliations=_unique([*affiliations, *places, *(one for one in bare if one.value)]),
        editors=_people(values.get("editor", ()), rules)[0],
        source_tags=_tags(values.get("tags", ())),
    )
    return description, after


def _values(read: Iterable[Stated]) -> _Values:
    values: _Values = {}
    for one in read:
        for field in one.statement.fields if one.statement else ():
            values.setdefault(field.kind, []).append((one.line, field))
    return values


def _title(lines: Sequence[Line], values: _Values) -> Found | None:
    """The labelled title, else the line that is one, else the first heading or the first words."""
    labelled = (Found(field.value, line.number) for line, field in values.get("title", ()) if len(field.value) > 1)
    stands = (Found(line.kept_text().strip(), line.number) for line in lines if line.fate == "title")
    headed = (Found(line.kept_text().strip(), line.number, True) for line in lines if line.fate == "heading")
    begun = (Found(_first_words(line.kept_text().strip()), line.number, True) for line in lines if line.fate == "body")
    return next((found for kind in (labelled, stands, headed, begun) for found in kind if found.value), None)


def _first_words(text: str) -> str:
    """The first clause of a text, at most 30 characters, without a quotation mark that is not closed in it.

    >>> _first_words("“水退了，人呢？”他问。")
    '水退了，人呢'
    """
    clause = re.split(r"[。！？!?；;]", text, maxsplit=1)[0]
    if len(clause) > LONGEST_INFERRED:
        clause = re.split(r"[，,：:]", clause, maxsplit=1)[0]
    return clause[:LONGEST_INFERRED].strip().lstrip("“‘「『《（(") or text[:LONGEST_INFERRED]


def _date(values: _Values, lines: Sequence[Line]) -> Found | None:
    """The date of publication: below the title before above it, labelled before bare, of an update if there is no other."""
    title = next((line.number for line in lines if line.fate == "title"), 0)
    stated = [(line, field) for line, field in values.get("date", ()) if _DAY.fullmatch(field.value)]
    stated.sort(key=lambda pair: (pair[0].number < title, not pair[1].labelled))
    updated = [(line, field) for line, field in values.get("updated", ()) if _DAY.fullmatch(field.value)]
    return next((Found(field.value, line.number) for line, field in (*stated, *updated)), None)


def _source(values: _Values, read: Sequence[Stated], rules: Rules) -> Found | None:
    """The labelled source, else a newspaper's or site's name beside the date, else the agency of the dateline."""
    for line, field in values.get("source", ()):
        value = _BESIDE_SOURCE.split(field.value)[0].strip(" ()（）[]【】")
        if value and len(value) <= LONGEST_SOURCE and not is_nobody(value, rules) and not _NO_SOURCE.search(value):
            return Found(value, line.number)
    for one in read:
        rest = one.statement.rest if one.statement and one.statement.fields else ""
        at = fold_line(one.line.text).find(rest) if rest else -1
        if one.line.fate == "metadata" and at >= 0 and is_outlet(rest, rules):
            return Found(one.line.text[at : at + len(rest)], one.line.number)
    return _agency(next((one.line for one in read if one.line.fate == "body"), None), rules)


def _agency(body: Line | None, rules: Rules) -> Found | None:
    """Who reports at the beginning of a text: 新华社某地3月5日电."""
    match = _DATELINE.match(fold_line(body.text)) if body else None
    if body is None or match is None:
        return None
    names = (body.text[match.start(1) : end] for end in range(match.end(1), match.start(1) + 1, -1))
    return next((Found(name, body.number) for name in names if is_outlet(name, rules)), None)


def _people(
    found: Iterable[tuple[Line, Field]], rules: Rules, loose: bool = False
) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    people: list[Found] = []
    places: list[Found] = []
    for line, field in found:
        names, institutions = split_names(field.value, rules, loose)
        people.extend(Found(name, line.number) for name in names)
        places.extend(Found(name, line.number) for name in institutions)
    return _unique(people), _unique(places)


def _unique(found: Iterable[Found]) -> tuple[Found, ...]:
    first: dict[str, Found] = {}
    for one in found:
        first.setdefault(one.value, one)
    return tuple(first.values())


def _lone_author(read: Sequence[Stated], rules: Rules) -> int | None:
    """The index of a name alone on its line between the title and a line such as 36天前发布, or None."""
    filled = [at for at, one in enumerate(read) if one.line.text.strip()]
    for above, at, below in zip(filled, filled[1:], filled[2:], strict=False):
        name = read[at].line.text.strip()
        placed = read[above].line.fate == "title" and read[below].line.alone.rule == "ago"
        free = read[at].line.fate not in ("metadata", "body", "title")
        if placed and free and is_name(name) and not is_nobody(name, rules) and not is_outlet(name, rules):
            return at
    return None


def _url(found: Iterable[tuple[Line, Field]]) -> Found | None:
    matches = ((line, _URL.search(field.value)) for line, field in found)
    return next((Found(match[0], line.number) for line, match in matches if match), None)


def _tags(found: Iterable[tuple[Line, Field]]) -> tuple[Found, ...]:
    return _unique(Found(tag, line.number) for line, field in found for tag in _TAG_SPLIT.split(field.value) if tag)

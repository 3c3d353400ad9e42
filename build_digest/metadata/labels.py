"""Read what a head or tail line states: labelled values, dates, names behind a role, and what is left beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from build_digest.classification.line_rules import Head
from build_digest.metadata.dates import Date, find_dates
from build_digest.metadata.statement import APART, DATED, Field, Statement
from build_digest.rules import Rules
from build_digest.text.characters import HAN
from build_digest.text.script import remember_short
from build_digest.words.segment import is_word

LONGEST = 240
"""Lines longer than this, in characters, are text; only their bracketed end is looked at."""
LONGEST_BYLINE = 80
"""Characters of a line with names behind roles."""
LABELLED_TAIL = 60
"""Characters at the end of a paragraph in which a label that no text has may stand."""

_TRIM = " \t　|丨│·、,，;；:：—-_/"
_PAIRS = {")": "(", "）": "（", "]": "[", "】": "【", "〕": "〔"}
_AGO = re.compile(
    r"(?:\d+|[一二三四五六七八九十几半]+)\s*个?\s*(?:秒|分钟?|小时|天|日|周|星期|月|年)钟?之?前|刚刚|昨天|前天"
)
_MAY_STATE = re.compile(r"[:/|丨│\s\d前年于]|[)\]】〕]$|^[(\[【〔□■◎○●▪◆☆★▲△]|记者|通讯员")
_ENDS_LABEL = re.compile(r"[:/|丨│】\]]")
"""What stands behind each label but the verbs before a date; it is found many times faster than they are."""
_ENDS_ROLE = re.compile(r"[:/|丨\s]")
"""What stands behind each role."""
_MAY_AGO = re.compile("[前刚昨]")
"""What each `_AGO` has."""
_BETWEEN = re.compile(r"[^\w·]+")
_OTHER_LABEL = re.compile(rf"(?:^|(?<=\s))[{HAN}]{{2,6}}\s?:\s?(?!\d)[^\s。!?]{{0,20}}(?=\s|$)")
"""A label beside others that is not known, with its value: 提问者:用户58213."""
_SPACED = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
_COUNTS = re.compile(r"[\s|丨·•\-—_/:,、()\[\]【】<>«»]+|\d{1,2}:\d{2}(?::\d{2})?|\b\d[\d.,]*[万亿kw]?\+?(?![a-z\d])")


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    kind: str
    value: str | None = None
    labelled: bool = True


def may_state(folded: str) -> bool:
    """Whether a folded line has any of the marks without which it states nothing, and is not too long to."""
    return len(folded) <= LONGEST and _MAY_STATE.search(folded.strip()) is not None


# Read when a line is judged, and again for the values of the article.
@remember_short
def read_statement(line: str, folded: str, rules: Rules) -> Statement:
    """The fields of a line; a label's value goes on to the next label or date, a date counts without a label too."""
    if len(folded) > LONGEST:
        return Statement(lead=folded, rest=folded)
    folded = _with_colons(line, folded, rules) if "\t" in line else folded
    byline = tuple(_read_byline(line, folded, rules))
    if byline:
        return Statement(byline)
    marks = _marks(line, folded, rules)
    stops = [mark.start for mark in marks[1:]] + [len(folded)] * bool(marks)
    lead = folded[: marks[0].start] if marks else folded
    left = [lead]
    fields: list[Field] = []
    label: _Mark | None = None
    for mark, stop in zip(marks, stops, strict=True):
        if mark.value is None:
            value = _trim(_trim(line[mark.end : stop]).partition("\t")[0])
            fields.append(Field(mark.kind, value, mark.start, stop))
            label = mark if mark.kind in DATED and not fields[-1].value else None
            continue
        if label is not None and not mark.labelled:
            fields[-1] = Field(label.kind, mark.value, label.start, mark.end)
        else:
            fields.append(Field(mark.kind, mark.value, mark.start, mark.end, mark.labelled))
        label = None
        left.append(folded[mark.end : stop])
    rest = " ".join(left)
    relative = is_relative(rest)
    if fields and not any(event in folded for event in rules.names["event"]):
        rest = _OTHER_LABEL.sub(" ", rest)
    if not (fields or relative):
        return Statement(lead=lead.strip(), rest=rest.strip())
    return Statement(tuple(fields), lead.strip(), _COUNTS.sub(" ", rules.noise.sub(" ", rest)).strip(), relative)


def _with_colons(line: str, folded: str, rules: Rules) -> str:
    """A folded row of a table with a colon for the tab behind each cell that is a label."""
    start = 0
    for tab in (at for at, char in enumerate(line) if char == "\t"):
        if match_label(folded[start:tab], rules):
            folded = f"{folded[:tab]}:{folded[tab + 1 :]}"
        start = tab + 1
    return folded


def match_label(folded: str, rules: Rules) -> re.Match[str] | None:
    """The label that a folded text is, with or without its colon and with spaces in it or none; None for any other."""
    return rules.labels.fullmatch(_SPACED.sub("", folded.strip()).rstrip(": ") + ":")


def is_relative(folded: str) -> bool:
    """Whether a folded text says when by how long ago: 3天前, 刚刚."""
    return bool(_MAY_AGO.search(folded) and _AGO.search(folded))


def _trim(value: str) -> str:
    """A value without separators and half-open brackets around it."""
    value = value.strip(_TRIM)
    while value and value[-1] in _PAIRS and _PAIRS[value[-1]] not in value:
        value = value[:-1].rstrip(_TRIM)
    while value and value[0] in _PAIRS.values() and not any(closer in value for closer in _PAIRS):
        value = value[1:].lstrip(_TRIM)
    return value


def _marks(line: str, folded: str, rules: Rules) -> list[_Mark]:
    """Labels, dates, names behind roles, and what a head line of a fixed shape states, in order."""
    marks = [
        _Mark(match.start(), match.end(), (match.lastgroup or "other").rstrip("_"))
        for match in _find_labels(folded, rules)
    ]
    marks += list(_date_marks(folded, marks))
    if marks and len(folded) <= LONGEST_BYLINE:
        marks += list(_role_marks(line, folded, rules, marks))
    for head in rules.heads if rules.any_head.match(folded) else rules.loose_heads:
        found = _head_marks(line, folded, head)
        if found and not any(mark.start < one.end and one.start < mark.end for mark in marks for one in found):
            marks += found
            break
    return sorted(marks, key=lambda mark: mark.start)


def _date_marks(folded: str, labels: Sequence[_Mark]) -> Iterator[_Mark]:
    """The dates of a line; a bare 20240305 does not count, nor the date of an unknown label (出发时间:)."""
    kinds = {label.end: label.kind for label in labels}
    for date in find_dates(folded):
        before = folded[: date.start].rstrip()
        label = kinds.get(date.start) or kinds.get(len(before))
        unknown_label = before.endswith(":") and len(before) not in kinds
        alone = date.compact and "年" in folded and folded.strip(" ()") == folded[date.start : date.end].strip()
        if label != "other" and (label in DATED or alone or not (date.compact or unknown_label)):
            yield _Mark(date.start, date.end, "date", date.value, labelled=False)


def _head_marks(line: str, folded: str, head: Head) -> list[_Mark]:
    """What a line states that has the shape of a head line; nothing where it takes a word for a name."""
    match = head.pattern.search(folded)
    groups = [group for group in match.groupdict() if match[group]] if match else []
    if match is None or not groups:
        return []
    found = [_Mark(*match.span(group), group, line[slice(*match.span(group))]) for group in groups]
    if head.unsure and any(mark.kind == "author" and _has_word(mark.value or "") for mark in found):
        return []
    found.sort(key=lambda mark: mark.start)
    found[0] = replace(found[0], start=match.start())
    found[-1] = replace(found[-1], end=match.end())
    return found


def _has_word(names: str) -> bool:
    """Whether something among short names is a word of the dictionary."""
    return any(is_word(name) for name in _BETWEEN.split(names) if name)


def _find_labels(folded: str, rules: Rules) -> Iterator[re.Match[str]]:
    """Where labels stand in a folded line; a verb before a date begins it."""
    if _ENDS_LABEL.search(folded):
        return rules.labels.finditer(folded)
    first = rules.labels.match(folded)
    return iter((first,) if first else ())


def _find_roles(folded: str, rules: Rules) -> Iterator[re.Match[str]]:
    """Where roles stand in a folded line."""
    return rules.roles.finditer(folded) if _ENDS_ROLE.search(folded) else iter(())


def _role_marks(line: str, folded: str, rules: Rules, marks: Sequence[_Mark]) -> Iterator[_Mark]:
    """Names behind a role in a line that states other values too: 2016年03月22日 山城晚报 记者 何大勇."""
    for role in _find_roles(folded, rules):
        name = re.match(rf"[{HAN}·]{{2,4}}(?:[ 、][{HAN}·]{{2,4}}){{0,2}}(?=\s|$|[)】])", line[role.end() :])
        if name and not any(mark.start < role.end() <= mark.end for mark in marks):
            yield _Mark(role.start(), role.end() + name.end(), "author", name[0])


def _read_byline(line: str, folded: str, rules: Rules) -> Iterator[Field]:
    """The names of a line that is nothing but roles and names: 本报记者 张三 通讯员 李四, 記者張三／台南報導."""
    if len(folded) > LONGEST_BYLINE:
        return
    roles = list(_find_roles(folded, rules))
    if not roles or folded[: roles[0].start()].strip(" □■●◎▪◆([【"):
        return
    date = _closing_date(folded, roles[-1].end())
    stops = [*(role.start() for role in roles[1:]), date.start if date else len(folded)]
    for role, stop in zip(roles, stops, strict=True):
        value = _trim(line[role.end() : stop])
        if not value or len(value) > 40 or re.search(r"[。，,：:！!？?；;]", value):
            return
    for role, stop in zip(roles, stops, strict=True):
        yield Field("author", _trim(line[role.end() : stop]), role.start(), stop)
    if date:
        yield Field("date", date.value, date.start, date.end, labelled=False)


def _closing_date(folded: str, start: int) -> Date | None:
    """The date that ends a folded line from a place on, if there is one date only."""
    dates = [date for date in find_dates(folded) if date.start >= start and not date.compact]
    return dates[0] if len(dates) == 1 and not _trim(folded[dates[0].end :]) else None


def closes_with_label(folded: str, rules: Rules) -> bool:
    """Whether behind the last sentence of a line stands what stands at the end of an article: 标签:…, 责任编辑:…."""
    tail = folded[-LABELLED_TAIL:]
    if ":" not in tail:
        return False
    apart = (match for match in rules.labels.finditer(tail) if match.lastgroup in APART)
    return any(tail[: match.start()].rstrip(" ([【")[-1:] in tuple("。!?”」)") for match in apart)

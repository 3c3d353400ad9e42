"""Checks of front matter: keys, types, dates, addresses, topics."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from build_digest.checks.messages import make_problem
from build_digest.checks.sheets import Sheet
from build_digest.model import Problem
from build_digest.shipped import read_shipped
from build_digest.site.address import stays_inside
from build_digest.site.entries import read_day
from build_digest.text.yaml_text import read_yaml
from build_digest.words.vocabulary import Vocabulary

_TEXT = ("a text", "{key}: …")
_LIST = ("a list of texts", "{key}: [甲, 乙]")
_YES = ("true or false", "{key}: false")
KEYS: Mapping[str, tuple[Any, tuple[str, str]]] = {
    **dict.fromkeys(("title", "source", "url", "collection", "summary", "publish_note", "period"), (str, _TEXT)),
    **dict.fromkeys(("description", "template", "icon", "status", "subtitle", "robots"), (str, _TEXT)),
    **dict.fromkeys(("affiliations", "source_tags", "tags", "keywords", "aliases"), (list, _LIST)),
    **dict.fromkeys(("inferred", "hide"), (list, _LIST)),
    "authors": ((list, str), _LIST),
    **dict.fromkeys(("publish", "retired", "derived", "comments"), (bool, _YES)),
    "date": ((str, datetime.date), ("a date", "date: 2025-03-15")),
    "script": (str, ("zh-Hans or zh-Hant", "script: zh-Hans")),
    "origins": (list, ("a list of places", "origins: [{file: a.txt, lines: 1-16}]")),
    "digest": (dict, ("what the build step wrote there", "digest: …")),
    "search": (dict, ("a mapping", "search: {exclude: true}")),
}
"""The keys that a page may have: those of articles, and those that Material for MkDocs reads."""
_DAY = re.compile(r"\d{4}(?:-\d{2}-\d{2}|\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)\s*\Z")
_PERIOD = re.compile(r"\d{4}(?:-(\d{2}))?(?:/\d{4}(?:-(\d{2}))?)?\Z")
_OTHER_DAY = re.compile(r"(\d{4})[-/.年－]?(\d{1,2})[-/.月－]?(\d{1,2})日?")
_NAMES = ("authors", "tags", "keywords")
"""The lists of names, which hold no commas."""
_WIDE_COMMA = re.compile(r"[，、]")
_LIST_MARKS = " \u3000[]［］【】“”\"'"
_KEY = re.compile(r"(\w+)[ \t]*:(?:\s|$)")
_WEB = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)
_MOST_SHOWN = 40


def check_meta(sheet: Sheet, topics: Vocabulary) -> Iterator[Problem]:
    """What is wrong with a page's front matter."""
    for key, value in sheet.meta.items():
        if key not in KEYS:
            near = _meant(str(key))
            hint = f"Did you mean `{near}`?" if near else "The editors' guide, docs/guide.md, lists the keys."
            yield make_problem("unknown-key", sheet.path, sheet.line_of(str(key)), key=key, hint=hint)
        elif value is not None:
            yield from _check_value(sheet, key, value)
    yield from _check_title(sheet)
    if sheet.meta.get("publish") is False and not sheet.meta.get("publish_note"):
        yield make_problem("no-reason", sheet.path, sheet.line_of("publish"))
    yield from _check_repeats(sheet)
    yield from _check_topics(sheet, topics)


def _check_title(sheet: Sheet) -> Iterator[Problem]:
    if sheet.meta.get("title") or _has_heading(sheet):
        return
    if "title" in sheet.meta:
        yield make_problem("empty-title", sheet.path, sheet.line_of("title"))
    elif "title" not in (_meant(str(key)) for key in sheet.meta):
        yield make_problem("no-title", sheet.path, 1)


def _meant(key: str) -> str | None:
    """The key that was probably meant by one that there is not, in Chinese or with a slip.

    >>> _meant("titel"), _meant("日期"), _meant("title")
    ('title', 'date', None)
    """
    if key in KEYS:
        return None
    return _read_key_names().get(key) or next(iter(difflib.get_close_matches(key.lower(), KEYS, 1)), None)


@cache
def _read_key_names() -> dict[str, str]:
    names: dict[str, list[str]] = read_yaml(read_shipped("data/key_names.yml"))
    return {name: key for key, listed in names.items() for name in listed}


def _check_repeats(sheet: Sheet) -> Iterator[Problem]:
    """Keys that stand twice, of which YAML takes the last in silence."""
    seen: set[str] = set()
    for number, line in enumerate(sheet.lines[1 : max(1, sheet.first - 2)], 2):
        found = _KEY.match(line)
        if found and found[1] in seen:
            yield make_problem("repeated-key", sheet.path, number, key=found[1])
        elif found:
            seen.add(found[1])


def _check_value(sheet: Sheet, key: str, value: Any) -> Iterator[Problem]:
    kind, (name, example) = KEYS[key]
    line = sheet.line_of(key)
    texts = isinstance(value, list) and name == _LIST[0] and not all(isinstance(item, str) for item in value)
    if not isinstance(value, kind) or texts:
        shown = (f"'{value}'" if kind is bool and isinstance(value, str) else str(value))[:_MOST_SHOWN]
        written = _write_right(key, value) or (example.format(key=key) if "{key}" in example else example)
        yield make_problem("wrong-type", sheet.path, line, key=key, value=shown, kind=name, example=written)
    elif key == "date" and not _is_day(value):
        yield make_problem(
            "not-a-date", sheet.path, line, key=key, value=value, example=_guess_day(value) or "2025-03-15"
        )
    elif key == "period" and not _is_period(value):
        yield make_problem("not-a-period", sheet.path, line, key=key, value=value)
    elif key == "url" and not _WEB.match(value):
        yield make_problem("unsafe-url", sheet.path, line, key=key, value=value)
    elif key == "aliases":
        for alias in value:
            if not stays_inside(alias):
                yield make_problem("unsafe-alias", sheet.path, sheet.line_with(key, alias), value=alias)
    elif key in _NAMES:
        listed = value if isinstance(value, list) else [value]
        for item in (item for item in listed if _WIDE_COMMA.search(item)):
            written = ", ".join(part.strip() for part in _WIDE_COMMA.split(item) if part.strip())
            yield make_problem(
                "wide-comma", sheet.path, sheet.line_with(key, item), key=key, value=item, example=written
            )


def _write_right(key: str, value: object) -> str | None:
    """What was probably meant by a value of the wrong type, written as it should be."""
    if key == "date":
        day = _guess_day(value)
        return f"date: {day}" if day else None
    if KEYS[key][1] == _TEXT and type(value) in (int, float):
        return f"{key}: '{value}'"
    if KEYS[key][1] == _LIST and isinstance(value, str):
        parts = [part.strip(_LIST_MARKS) for part in re.split(r"[,，、]", value)]
        return f"{key}: [{', '.join(part for part in parts if part)}]"
    if KEYS[key][1] == _LIST and isinstance(value, list):
        items = (item if isinstance(item, str) else f"'{item}'" for item in value)
        return f"{key}: [{', '.join(items)}]"
    return None


def _guess_day(value: object) -> str | None:
    """The day that a date written in another form means, if it is one.

    >>> _guess_day("2025/3/5"), _guess_day(20250305), _guess_day("3月5日")
    ('2025-03-05', '2025-03-05', None)
    """
    found = _OTHER_DAY.fullmatch(str(value).strip())
    return read_day("{}年{}月{}日".format(*found.groups())) or None if found else None


def _is_day(value: object) -> bool:
    return isinstance(value, datetime.date) or bool(_DAY.match(str(value)) and read_day(value))


def _is_period(value: str) -> bool:
    match = _PERIOD.match(value)
    return bool(match and all(month is None or 1 <= int(month) <= 12 for month in match.groups()))


def _has_heading(sheet: Sheet) -> bool:
    return any(line.startswith("# ") for _, line in sheet.body())


def _check_topics(sheet: Sheet, topics: Vocabulary) -> Iterator[Problem]:
    listed = sheet.meta.get("tags")
    for value in listed if isinstance(listed, list) else []:
        if not isinstance(value, str) or value in topics.topics or _WIDE_COMMA.search(value):
            continue
        line = sheet.line_with("tags", value)
        name = topics.resolve(value)
        if name:
            yield make_problem("topic-alias", sheet.path, line, value=value, name=name)
        else:
            near = difflib.get_close_matches(value, topics.topics, 1, 0.5)
            hint = f"Did you mean {near[0]}?" if near else "Add it to corpus/rules/topics.yml."
            yield make_problem("unknown-topic", sheet.path, line, value=value, hint=hint)

"""Checks of front matter: keys, types, dates, addresses, topics."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from build_digest.checks.messages import make_problem
from build_digest.classification.sheets import Sheet
from build_digest.model import Problem
from build_digest.site.address import stays_inside
from build_digest.site.entries import read_day
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
_WEB = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)
_MOST_SHOWN = 40


def check_meta(sheet: Sheet, topics: Vocabulary) -> Iterator[Problem]:
    """What is wrong with a page's front matter."""
    for key, value in sheet.meta.items():
        if key not in KEYS:
            near = difflib.get_close_matches(str(key), KEYS, 1)
            hint = f"Did you mean `{near[0]}`?" if near else "The editors' guide, docs/guide.md, lists the keys."
            yield make_problem("unknown-key", sheet.path, sheet.line_of(str(key)), key=key, hint=hint)
        elif value is not None:
            yield from _check_value(sheet, key, value)
    if not sheet.meta.get("title") and not _has_heading(sheet):
        yield make_problem("no-title", sheet.path, 1)
    yield from _check_topics(sheet, topics)


def _check_value(sheet: Sheet, key: str, value: Any) -> Iterator[Problem]:
    kind, (name, example) = KEYS[key]
    line = sheet.line_of(key)
    texts = isinstance(value, list) and name == _LIST[0] and not all(isinstance(item, str) for item in value)
    if not isinstance(value, kind) or texts:
        shown = str(value)[:_MOST_SHOWN]
        written = example.format(key=key) if "{key}" in example else example
        yield make_problem("wrong-type", sheet.path, line, key=key, value=shown, kind=name, example=written)
    elif key == "date" and not _is_day(value):
        yield make_problem("not-a-date", sheet.path, line, key=key, value=value, example="2025-03-15")
    elif key == "period" and not _is_period(value):
        yield make_problem("not-a-date", sheet.path, line, key=key, value=value, example="2025-01/2025-03")
    elif key == "url" and not _WEB.match(value):
        yield make_problem("unsafe-url", sheet.path, line, key=key, value=value)
    elif key == "aliases":
        for alias in value:
            if not stays_inside(alias):
                yield make_problem("unsafe-alias", sheet.path, sheet.line_with(key, alias), value=alias)


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
        if not isinstance(value, str) or value in topics.topics:
            continue
        line = sheet.line_with("tags", value)
        name = topics.resolve(value)
        if name:
            yield make_problem("topic-alias", sheet.path, line, value=value, name=name)
        else:
            near = difflib.get_close_matches(value, topics.topics, 1, 0.5)
            hint = f"Did you mean {near[0]}?" if near else "Add it to corpus/rules/topics.yml."
            yield make_problem("unknown-topic", sheet.path, line, value=value, hint=hint)

"""The words of problems, in English and Chinese, from data/messages.yml and data/said_values.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import yaml

from build_digest.model import Problem, Severity
from build_digest.shipped import read_shipped

Language = Literal["en", "zh"]

_OPEN, _CLOSE = "\x00", "\x01"
"""What stands for doubled braces while a template is taken apart."""

_SAID = ("entry", "what", "hint", "why")
"""The values of messages that are words of the program's, not an editor's."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is wrong and how to mend it, in both languages; `{…}` stands for what differs from case to case."""

    severity: Severity
    en: tuple[str, str]
    zh: tuple[str, str]


@cache
def catalogue() -> Mapping[str, tuple[Message, ...]]:
    """The messages by the code of their problem; a code may have several."""
    text = read_shipped("data/messages.yml")
    found: dict[str, list[Message]] = {}
    for entry in yaml.safe_load(text):
        message = Message(entry["severity"], _pair(entry["en"]), _pair(entry["zh"]))
        found.setdefault(entry["code"], []).append(message)
    return {code: tuple(messages) for code, messages in found.items()}


def _pair(texts: list[str]) -> tuple[str, str]:
    message, remedy = texts
    return message, remedy


def make_problem(
    code: str, file: str, line: int | None, *, severity: Severity | None = None, **values: object
) -> Problem:
    """The problem of that code, worded in English.

    >>> make_problem("unbalanced", "a.md", 3, mark="“").message
    'has a “ without its counterpart'
    """
    message = catalogue()[code][0]
    texts = (text.format_map(values) for text in message.en)
    return Problem(file, line, severity or message.severity, code, *texts)


def translate(problem: Problem, language: Language) -> Problem:
    """The problem in another language; what the catalogue does not have stays as it is.

    A message may be in it with several remedies: the entry whose remedy fits too comes before one whose message fits.

    >>> translate(make_problem("unbalanced", "a.md", 3, mark="“"), "zh").message
    '“没有与之配对的另一半'
    """
    if language == "en":
        return problem
    fitting = []
    for message in catalogue().get(problem.code, ()):
        said, done = (_read_values(*sides) for sides in zip(message.en, (problem.message, problem.remedy), strict=True))
        if said is not None:
            fitting.append((done is None, message, said, done))
    if not fitting:
        return problem
    _, message, said, done = min(fitting, key=lambda found: found[0])
    values = {**(done or {}), **said}
    known = {name: _translate_value(text) if name in _SAID else text for name, text in values.items()}
    words = message.zh[0].format_map(known)
    return replace(problem, message=words, remedy=problem.remedy if done is None else message.zh[1].format_map(known))


def _translate_value(text: str) -> str:
    """What stands for a `{…}` in Chinese; what the list does not have stays as it is."""
    for english, chinese in _read_said_values():
        values = _read_values(english, text)
        if values is not None:
            return chinese.format_map(values)
    return text


@cache
def _read_said_values() -> tuple[tuple[str, str], ...]:
    text = read_shipped("data/said_values.yml")
    return tuple(_pair(pair) for pair in yaml.safe_load(text))


def _read_values(template: str, text: str) -> dict[str, str] | None:
    """What stands for the `{…}` of a template in a text made of it, or None where it was not.

    Each value ends where the words that follow it in the template first stand, so a long text is gone through once.

    >>> _read_values("has {key}: {value}", "has date: 12: 30")
    {'key': 'date', 'value': '12: 30'}
    >>> _read_values("take {page}, or keep {page}", "take a, or keep b")
    """
    first, *parts = re.split(r"\{(\w+)\}", template.replace("{{", _OPEN).replace("}}", _CLOSE))
    words = [part.replace(_OPEN, "{").replace(_CLOSE, "}") for part in (first, *parts[1::2])]
    if not parts:
        return {} if text == words[0] else None
    at, end = len(words[0]), len(text) - len(words[-1])
    if not (text.startswith(words[0]) and text.endswith(words[-1])):
        return None
    values: dict[str, str] = {}
    for name, following in zip(parts[:-2:2], words[1:-1], strict=True):
        found = text.find(following, at, end)
        if found < 0 or text[at:found] != values.get(name, text[at:found]):
            return None
        values[name], at = text[at:found], found + len(following)
    last = text[at:end]
    return {**values, parts[-2]: last} if at <= end and last == values.get(parts[-2], last) else None


def language_of(environment: Mapping[str, str]) -> Language:
    """The language that a process's environment asks for.

    >>> language_of({"LANG": "zh_CN.UTF-8"}), language_of({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}), language_of({})
    ('zh', 'en', 'en')
    """
    wanted = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "zh" if wanted.lower().startswith("zh") else "en"

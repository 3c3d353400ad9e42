"""The words of problems, in English and Chinese, from data/messages.yml and data/said_values.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from build_digest.model import Problem, Severity

Language = Literal["en", "zh"]

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
    text = (files("build_digest") / "data" / "messages.yml").read_text("utf-8")
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
    text = (files("build_digest") / "data" / "said_values.yml").read_text("utf-8")
    return tuple(_pair(pair) for pair in yaml.safe_load(text))


def _read_values(template: str, text: str) -> dict[str, str] | None:
    """What stands for the `{…}` of a template in a text made of it, or None where it was not."""
    parts = re.split(r"\{(\w+)\}", template)
    pattern = "".join(
        f"(?P<{part}>.*?)" if i % 2 else re.escape(part.replace("{{", "{").replace("}}", "}"))
        for i, part in enumerate(parts)
    )
    match = re.fullmatch(pattern, text, re.DOTALL)
    return match.groupdict() if match else None


def language_of(environment: Mapping[str, str]) -> Language:
    """The language that a process's environment asks for.

    >>> language_of({"LANG": "zh_CN.UTF-8"}), language_of({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}), language_of({})
    ('zh', 'en', 'en')
    """
    wanted = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "zh" if wanted.lower().startswith("zh") else "en"

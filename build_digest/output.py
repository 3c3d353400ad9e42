"""What commands print besides problems, and their help, in English and Chinese, from data/output.yml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from build_digest.checks.messages import Language
from build_digest.shipped import read_shipped


class Count(int):
    """A number of things, which an English text may name in its format.

    >>> f"{Count(1):article}, {Count(2):article}, {Count(2)} 篇"
    '1 article, 2 articles, 2 篇'
    """

    def __format__(self, thing: str) -> str:
        return f"{int(self)} {thing}" + "s" * (self != 1) if thing else str(int(self))


def say(name: str, language: Language, **values: object) -> str:
    """A text of data/output.yml in a language.

    >>> say("learned-nothing-new", "zh", path="learned.yml")
    'learned.yml：没有变化'
    """
    return read_texts()[name][language].format_map(values)


@cache
def read_texts() -> Mapping[str, Mapping[Language, str]]:
    """All texts, by name and language."""
    texts: dict[str, Any] = yaml.safe_load(read_shipped("data/output.yml"))
    return texts

"""The articles of tests/keywords/gold.yml with their texts, read from the sample corpus."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

HERE = Path(__file__).parent


class GoldArticle(NamedTuple):
    title: str
    text: str
    keywords: tuple[str, ...]


@cache
def gold_articles() -> tuple[GoldArticle, ...]:
    return tuple(map(_read, yaml.safe_load((HERE / "keywords" / "gold.yml").read_text("utf-8"))))


def _read(entry: dict) -> GoldArticle:
    first, last = entry["lines"]
    lines = (HERE.parent / "corpus" / entry["file"]).read_text("utf-8").split("\n")[first - 1 : last]
    text = "\n".join(line.strip() for line in lines if line.strip() and line.strip() != entry["title"])
    return GoldArticle(entry["title"], text, tuple(entry["keywords"]))

"""The words, patterns and weights of `rules/split.yml`, read once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from build_digest.shipped import read_shipped
from build_digest.text.patterns import any_of, compile_checked
from build_digest.text.yaml_text import read_yaml

_FILE = "split.yml"


@dataclass(frozen=True, slots=True)
class Signal:
    """A pattern and how much a line that it matches counts; `example` matches it, `counter` must not."""

    id: str
    pattern: re.Pattern[str]
    score: float
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class SplitRules:
    """What `split` knows about the words of contents lists, collections and promotion, and its weights."""

    words: Mapping[str, frozenset[str]]
    surnames: tuple[str, ...]
    article_head: Signal
    closing: Signal
    colophon: Signal
    credit: Signal
    filler: Signal
    instruction: Signal
    dateline: Signal
    editors_note: Signal
    translators_note: Signal
    page_head: Signal
    list_heading: Signal
    compiler: Signal
    issue: Signal
    promotion: tuple[Signal, ...]
    promotion_threshold: float
    evidence: Mapping[str, float]
    threshold: float
    long_part: int
    short_part: int

    def alternatives(self, name: str) -> str:
        """The words of one list as a regular expression, longest first."""
        return any_of(self.words[name], str)


def read_signal(entry: Mapping[str, Any], name: str) -> Signal:
    """Read one pattern, and refuse it where it fails its own examples."""
    pattern = compile_checked(_FILE, entry, name, str)
    return Signal(name, pattern, float(entry.get("score", 1)), entry["example"], entry["not"])


@cache
def split_rules() -> SplitRules:
    """Read the rules that ship with the package."""
    data = read_yaml(read_shipped(f"rules/{_FILE}"))
    return SplitRules(
        words={
            key: frozenset(map(str, value)) for key, value in data.items() if key != "promotion" and type(value) is list
        },
        surnames=tuple(map(str, read_yaml(read_shipped("rules/metadata.yml"))["surnames"])),
        article_head=read_signal(data["article_head"], "article-head"),
        closing=read_signal(data["closing"], "closing"),
        colophon=read_signal(data["colophon"], "colophon"),
        credit=read_signal(data["credit"], "credit"),
        filler=read_signal(data["filler"], "filler"),
        instruction=read_signal(data["instruction"], "instruction"),
        editors_note=read_signal(data["editors_note"], "editors-note"),
        translators_note=read_signal(data["translators_note"], "translators-note"),
        dateline=read_signal(data["dateline"], "dateline"),
        page_head=read_signal(data["page_head"], "page-head"),
        list_heading=read_signal(data["list_heading"], "list-heading"),
        compiler=read_signal(data["compiler"], "compiler"),
        issue=read_signal(data["issue"], "issue"),
        promotion=tuple(read_signal(entry, entry["id"]) for entry in data["promotion"]),
        promotion_threshold=float(data["promotion_threshold"]),
        evidence=data["evidence"],
        threshold=float(data["threshold"]),
        long_part=int(data["long_part"]),
        short_part=int(data["short_part"]),
    )

"""Tell the furniture around a title from the title: names, dates, buttons and menus."""

from __future__ import annotations

import re

from build_digest.classification.title_forms import STEP, looks_like_person, plain
from build_digest.metadata.dates import find_dates
from build_digest.metadata.names import is_institution, is_outlet
from build_digest.model import Verdict
from build_digest.rules import Rules

MENU = 3.5
"""Letters that the words of a menu have on the average, at most, where there are three words or more."""
_WORDS = re.compile(r"\s*[|｜_·/]\s*|\s+")
_FURNITURE_FORMS = frozenset(("pair", "row", "figures", "word-list", "truncated"))


def is_furniture(text: str, verdict: Verdict, rules: Rules) -> bool:
    """Whether a folded line above a text is of the block of names, dates and buttons around its title."""
    if verdict.rule == "titled":
        return False
    return (
        verdict.fate == "metadata"
        or verdict.rule in rules.ids
        or verdict.rule in _FURNITURE_FORMS
        or STEP.search(text) is not None
        or is_menu(text)
        or bool(find_dates(text))
        or is_outlet(text, rules)
        or is_institution(text, rules)
        or looks_like_person(text, rules)
    )


def is_menu(text: str) -> bool:
    """Whether a folded line is short words with bars or spaces between."""
    words = [word for word in _WORDS.split(text) if word]
    return len(words) >= 3 and len(plain(text)) <= MENU * len(words)

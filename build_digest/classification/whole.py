"""Keep a text whole that stands on no page: where nothing is a menu's or a foot's, short lines are the text's, too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, takewhile

from build_digest.classification.title_forms import is_title_shape, plain
from build_digest.model import Kind, Verdict
from build_digest.rules import Rules

LISTED = frozenset(("truncated", "dated-item", "word-list", "markup", "code"))
"""The forms of lines of menus and lists, of which such a text has none."""
APART = frozenset(("pager", "hashtags"))
"""The rules of lines that such a text may have about it, and"""
OWN = frozenset(("contact", "address", "phone", "document-number"))
"""of lines that are a notice's own: its number, where to write, whom to call."""
NAMED = 16
"""Characters of a name, or of what someone is, at most, on one of"""
ABOVE = 3
"""so many lines above other values."""
FEWEST = 2
"""Its fewest lines, and"""
LETTERS = 20
"""letters."""
_DIVIDED = re.compile(r"[,，。;；:!?！？、]")


def keep_whole(
    kind: Kind, fates: Sequence[Verdict], folded: Sequence[str], alone: Sequence[Verdict], rules: Rules
) -> tuple[Kind, list[Verdict]]:
    """The kind of a text, and the verdicts that count, with all lines below its title kept where no line is anything else.

    Args:
        kind: what a page with these lines would be.
        fates: the verdicts that count on such a page.
        folded: the lines in folded form.
        alone: what each line is by itself.
        rules: see `rules.load_rules`.
    """
    filled = [at for at, text in enumerate(folded) if text]
    short = len(filled) < FEWEST or sum(len(plain(folded[at])) for at in filled) < LETTERS
    if short or any(_is_furniture(alone[at], rules) for at in filled):
        return kind, list(fates)
    title = next((at for at in filled if fates[at].fate == "title"), None)
    first = title if title is not None else filled[0]
    named = _names_above_values(fates, folded, filled)
    kept = [
        Verdict("body", "whole-text", one.score)
        if at >= first
        and at not in named
        and one.fate == "boilerplate"
        and one.rule != "editor"
        and alone[at].rule not in APART | rules.editors
        and plain(folded[at])
        else one
        for at, one in enumerate(fates)
    ]
    if title is None and kept[first].fate == "body" and is_title_shape(folded[first]) and not folded[first + 1]:
        kept[first] = Verdict("title", "title", alone[first].score)
    return "article", kept


def _names_above_values(fates: Sequence[Verdict], folded: Sequence[str], filled: Sequence[int]) -> set[int]:
    """The short lines right above the values at the head of a text: who wrote it, and what he is."""
    text = next((place for place, at in enumerate(filled) if fates[at].fate in ("body", "heading")), len(filled))
    values = next((place for place in range(text - 1, -1, -1) if fates[filled[place]].fate == "metadata"), 0)
    named = takewhile(lambda at: len(folded[at]) <= NAMED and not _DIVIDED.search(folded[at]), filled[:values][::-1])
    return set(islice(named, ABOVE))


def _is_furniture(one: Verdict, rules: Rules) -> bool:
    ruled = one.fate == "boilerplate" and one.rule in rules.ids
    return one.rule in LISTED or (ruled and one.rule not in APART | OWN | rules.editors)

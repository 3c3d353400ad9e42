"""A page as its editor sees it: which line is which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from build_digest.model import KnownPage
from build_digest.site.edits import fingerprint, seen_fingerprints
from build_digest.site.front_matter_yaml import split_front_matter
from build_digest.site.markdown import DERIVED_START, unify

_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with its lines; `first` is the number of the first line below the front matter, `by_hand` whether the
    text is a person's: a hand-written page or one whose text was edited."""

    path: str
    meta: dict[str, Any]
    lines: tuple[str, ...]
    first: int
    by_hand: bool

    def line_of(self, key: str) -> int:
        """The line on which a key of the front matter stands, 1 where it cannot be told."""
        pattern = re.compile(rf"['\"]?{re.escape(key)}['\"]?[ \t]*:")
        return next((n for n, line in enumerate(self.lines[: self.first - 1], 1) if pattern.match(line)), 1)

    def line_with(self, key: str, text: str) -> int:
        """The line below a key on which a part of its value stands, else the key's own."""
        start = self.line_of(key)
        within = enumerate(self.lines[start - 1 : self.first - 1], start)
        return next((n for n, line in within if text in line), start)

    def body(self) -> Iterator[tuple[int, str]]:
        """The lines of the text with their numbers, those of code and of the derived block not among them."""
        fence = ""
        for number, line in enumerate(self.lines[self.first - 1 :], self.first):
            if line.startswith(DERIVED_START):
                return
            mark = _FENCE.match(line)
            if mark and not fence:
                fence = mark[1]
            elif mark and line.strip().startswith(fence):
                fence = ""
            elif not fence:
                yield number, line

    def paragraphs(self) -> Iterator[list[tuple[int, str]]]:
        """The paragraphs of the text: runs of lines with no blank line between."""
        run: list[tuple[int, str]] = []
        for number, line in self.body():
            if line.strip() and (not run or run[-1][0] == number - 1):
                run.append((number, line))
                continue
            if run:
                yield run
            run = [(number, line)] if line.strip() else []
        if run:
            yield run


def make_sheet(page: KnownPage) -> Sheet:
    """The page with its lines."""
    text = unify(page.text)
    below = split_front_matter(text)[1]
    first = text[: len(text) - len(below)].count("\n") + 1
    seen = seen_fingerprints(page).get("body")
    return Sheet(page.path, page.meta, tuple(text.split("\n")), first, seen != fingerprint(page.body))

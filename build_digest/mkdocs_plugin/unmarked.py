"""Text led past the patterns that could find nothing in it: most of what Python-Markdown does is such searching.

It holds for Python-Markdown's own patterns alone: where another extension has brought one, all goes its usual way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

_BLOCKS = {
    *(
        "empty",
        "indent",
        "code",
        "hashheader",
        "setextheader",
        "hr",
        "olist",
        "ulist",
        "quote",
        "reference",
        "paragraph",
    ),
    *("admonition", "table", "defindent", "deflist", "footnote", "abbr", "markdown_block"),
}
# What those need: every block but a paragraph begins a line with white space, a digit or ASCII punctuation, has a
# second line, or holds something put away before, for which STX stands. The two beginnings that are common in a
# paragraph are let through where no definition follows.
_PARAGRAPH = re.compile(r"(?:[^\x00-@\[-`{-\x7f\s\d]|\*\*(?=[^\x00-\x7f\s])|\[(?!.*\]:))[^\n\x02]*")

_SIGNS = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[",
    "reference": "[",
    "link": "[",
    "image_link": "!",
    "image_reference": "!",
    "short_reference": "[",
    "short_image_ref": "!",
    "autolink": "<",
    "automail": "<",
    "linebreak": "\n",
    "html": "<",
    "entity": "&",
    "not_strong": "*_",
    "em_strong": "*_",
    "em_strong2": "*_",
}
"""Of what each inline pattern matches, characters of which it has at least one."""
_SIGN = re.compile(r"[`\\\[!<\n&*_]")


def pass_unmarked(markdown: Markdown) -> None:
    """Have a converter lead text past its patterns, if it has none but those known here."""
    tokens = getattr(getattr(markdown, "delimiters", None), "tokens", ())
    if _BLOCKS.issuperset(_list_names(markdown.parser.blockprocessors)):
        markdown.parser.blockprocessors.register(_PlainParagraph(markdown.parser), "plain", 200)
    if _SIGNS.keys() >= {*_list_names(markdown.inlinePatterns)} and {"*", "_"}.issuperset(tokens):
        markdown.treeprocessors.register(_SignedInline(markdown), "inline", 20)


def _list_names(registry: Iterable[object]) -> list[str]:
    """The names of what is registered, in order; a registry has no word for them."""
    return [item.name for item in vars(registry)["_priority"]]


class _PlainParagraph(ParagraphProcessor):
    """A block of one line that can be nothing but a paragraph."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether it is one."""
        del parent
        return _PARAGRAPH.fullmatch(block) is not None


class _SignedInline(InlineProcessor):
    """Tries a pattern only where the text has one of its signs."""

    def __init__(self, markdown: Markdown) -> None:
        super().__init__(markdown)
        iter(self.inlinePatterns)  # puts them in order
        self.signs = [frozenset(_SIGNS[name]) for name in _list_names(self.inlinePatterns)]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        apply = getattr(self, "_InlineProcessor__applyPattern")  # noqa: B009
        signs = {*_SIGN.findall(data)}  # those of a match give way to a placeholder, which has none
        number, start = patternIndex, 0
        while signs and number < len(self.signs):
            if signs.isdisjoint(self.signs[number]):
                number += 1
                continue
            data, matched, start = apply(self.inlinePatterns[number], data, number, start)
            number += not matched
        return data

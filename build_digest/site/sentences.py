"""The sentences of a summary in the text that they are from: each is given an id there, for a link to lead to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from urllib.parse import quote

from build_digest.site.markdown import DERIVED_START
from build_digest.text.sentence import split_sentences

_MARKUP = re.compile(
    r"""(<!--.*?-->|<(?:script|style|title|textarea)\b.*?</(?:script|style|title|textarea)\s*>"""
    r"""|<(?:[^<>"']|"[^"]*"|'[^']*')*+>|<[^>]*>)""",
    re.DOTALL | re.IGNORECASE,
)
_TITLE_END = "</h1>"


def list_sentences(summary: object) -> list[str]:
    """The sentences of a summary as front matter has it, a text or a list of texts.

    >>> list_sentences("甲。“乙?”丙"), list_sentences(["甲。", "乙。"]), list_sentences(None)
    (['甲。', '“乙?”', '丙'], ['甲。', '乙。'], [])
    """
    text = "".join(map(str, summary)) if isinstance(summary, list) else str(summary or "")
    return [sentence.strip() for line in text.splitlines() for _, sentence in split_sentences(line)]


def mark_sentences(html: str, sentences: Sequence[str]) -> tuple[str, list[str]]:
    """A page's HTML with an id at each of these sentences, and where links to them lead.

    Only text between tags is touched, and neither the title nor the derived block. Where markup parts a sentence, the
    browser is to look for its words (a text fragment, https://wicg.github.io/scroll-to-text-fragment/).

    >>> mark_sentences('<p title="甲。">一。甲。</p>', ["甲。", "乙。"])
    ('<p title="甲。">一。<span id="sentence-1">甲。</span></p>', ['#sentence-1', ''])

    Returns:
        The HTML, and the link to each sentence; an empty one where the page does not have it.
    """
    before, title_end, after = html.partition(_TITLE_END)
    head, rest = (before + title_end, after) if title_end else ("", html)
    text, mark, derived = rest.partition(DERIVED_START)
    pieces = _MARKUP.split(text)
    words = unescape("".join(pieces[::2]))
    links = []
    for number, sentence in enumerate(sentences, 1):
        if _mark(pieces, sentence, f"sentence-{number}"):
            links.append(f"#sentence-{number}")
        elif sentence in words:
            links.append("#:~:text=" + quote(sentence, safe="").replace("-", "%2D"))
        else:
            links.append("")
    return "".join((head, *pieces, mark, derived)), links


def _mark(pieces: list[str], sentence: str, name: str) -> bool:
    """Whether the sentence stands in one of the texts, which are every other piece; it is put between tags there."""
    written = escape(sentence, quote=False)
    for place in range(0, len(pieces), 2):
        before, found, after = pieces[place].partition(written)
        if found:
            pieces[place : place + 1] = [before, f'<span id="{name}">', written, "</span>", after]
            return True
    return False

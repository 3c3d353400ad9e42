"""Fold a line, or a pattern for lines, so that one pattern fits every way of writing it.

Folding keeps every character in its place, so an offset found in the folded line holds in the line itself.
"""

from __future__ import annotations

import re

from build_digest.text.script import fold, remember_short

_FORMS = dict(zip("﹕∶︰﹐﹔｡\t\u00a0\u200b\ufeff", ":::,;。    ", strict=True))
_QUOTED = re.compile(r"“[^“”]{5,60}”|「[^「」]{5,60}」|‘[^‘’]{5,60}’")
_FORM = re.compile(f"[{''.join(_FORMS)}]")


# A line is folded when it is judged, when its page is settled and when it is read for values.
@remember_short
def fold_line(line: str) -> str:
    """What `script.fold` gives, with odd colons and spaces as plain ones.

    >>> fold_line("來源﹕人民網　ＡＢＣ")
    '来源:人民网 abc'
    """
    return _FORM.sub(lambda match: _FORMS[match[0]], fold(line))


def without_quotes(folded: str) -> str:
    """A folded line without what stands in quotation marks, which it may speak of without saying it itself; but a word
    or two may be the name of a button.

    >>> without_quotes("写上“如有侵权请联系删除”并不能免责")
    '写上“”并不能免责'
    """
    return _QUOTED.sub("“”", folded)


def fold_pattern(pattern: str) -> str:
    r"""A regular expression for folded lines: full-width marks stand for half-width ones, escapes stay as they are.

    >>> fold_pattern(r"（來源：\S+）")
    '\\(来源:\\S+\\)'
    """
    return "".join(_fold_literal(char) for char in pattern)


def _fold_literal(char: str) -> str:
    if char.isascii():
        return char
    folded = fold(char)
    return re.escape(folded) if folded.isascii() and folded != char else folded

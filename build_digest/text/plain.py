"""The text that a rendered page shows, for the search index: one line a block, without markup."""

from __future__ import annotations

import html
import re

from build_digest.site.markdown import DERIVED_START

_HIDDEN = re.compile(r"<(script|style|noscript)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_BLOCK_END = re.compile(
    r"</(?:p|h[1-6]|li|ul|ol|div|section|blockquote|pre|tr|table|dd|dt|figcaption|summary)\s*>|<br\s*/?>|<hr\s*/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")


def to_plain_text(content: str) -> str:
    """The visible text of a page's HTML, without its derived block.

    >>> to_plain_text("<h2>一</h2><p>甲&amp;<b>乙</b></p><script>x</script>")
    '一\\n甲&乙'
    """
    own = content.split(DERIVED_START, 1)[0]
    text = _TAG.sub("", _BLOCK_END.sub("\n", _HIDDEN.sub("", own.replace("\n", " "))))
    lines = (html.unescape(line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)

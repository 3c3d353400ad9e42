"""A hand-written page to begin with."""

from __future__ import annotations

from build_digest.model import Page
from build_digest.site.address import slug
from build_digest.site.front_matter_yaml import write_front_matter

PAGES = "pages/"

PLACEHOLDER = "在这里写正文，段与段之间空一行。"
"""What stands where the text will; `check` warns as long as it does."""
_HINT = f"""
{PLACEHOLDER}

<!-- 写完可以删去这几行。date：日期；tags：主题，写在方括号里，用逗号隔开，如 [工业互联网, 数据要素]；
summary：一两句摘要。不需要的键可以整行删去，只有 title 必须保留。 -->
"""


def new_page(title: str, date: object = None) -> Page:
    """A page with its front matter filled in.

    Args:
        title: what readers see; the address is made of it.
        date: the day to put in; without one the page has no date.

    >>> new_page("第1章: 引言").path
    'pages/di-1-zhang-yin-yan.md'
    """
    meta = {"title": title.strip(), "date": date, "tags": [], "summary": ""}
    filled = {key: value for key, value in meta.items() if value is not None}
    return Page(f"{PAGES}{slug(title)}.md", write_front_matter(filled) + _HINT)

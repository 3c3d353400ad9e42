"""The one place that knows Markdown: escaping, an article's text, a whole page, and reading one back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from build_digest.model import Block, KnownPage
from build_digest.site.edits import fingerprint
from build_digest.site.front_matter_yaml import FRONT_MATTER, Parse, split_front_matter, write_front_matter
from build_digest.tables import Row, begins_with_head

DERIVED_START = "<!-- digest:derived -->"
DERIVED_END = "<!-- /digest:derived -->"

_DAMAGED = (
    f"the marks of the derived block are no pair; put one {DERIVED_START} before it and one {DERIVED_END} after it, "
    "or delete the block with both marks"
)

# What Python-Markdown and the extensions in mkdocs.yml would take for markup anywhere in a line …
_INLINE = re.compile(r"[\\`*_{}\[\]]")
_AMPERSAND = re.compile(r"&(?=#?\w)")
_SPECIAL = re.compile(r"[\\`*_{}\[\]&<]")
# … and what they would take for markup at its start.
_BLOCK_START = re.compile(r"(?=[#>+\-=~|:!?/\"'])|\d+(?=[.)])")
_NUMBER = re.compile(r"[-+−±]?[\d,，.．]*\d%?|[-—–]*")
"""A cell of a column of figures, which are set flush right."""
_IN_ADDRESS = {ord(character): f"%{ord(character):02X}" for character in '% ()<>"\\`*_'}
_UNFIT = re.compile(r'[% ()<>"\\`*_]')


def escape(text: str) -> str:
    """One line of text as Markdown that renders as that very text and nothing else.

    >>> print(escape("#人工智能# 话题 *不是* <b>粗体</b>"))
    \\#人工智能# 话题 \\*不是\\* &lt;b>粗体&lt;/b>
    >>> print(escape("2024. 年的第一天"))
    2024\\. 年的第一天
    """
    return _escape_start(escape_inline(text))


def escape_inline(text: str) -> str:
    """Text that does not stand at the start of a line, as Markdown that renders as that very text."""
    if not _SPECIAL.search(text):
        return text
    text = _INLINE.sub(r"\\\g<0>", text)
    return _AMPERSAND.sub("&amp;", text).replace("<", "&lt;")


def _escape_start(text: str) -> str:
    match = _BLOCK_START.match(text)
    if not match:
        return text
    mark = text[match.end() : match.end() + 1]
    if mark in "#>+-.!)":
        return f"{match[0]}\\{text[match.end() :]}"
    return f"&#{ord(mark)};{text[match.end() + 1 :]}"


def link(text: str, address: str) -> str:
    """A Markdown link; spaces and brackets in the address are percent-encoded.

    >>> link("[甲]", "a b(1).md")
    '[\\\\[甲\\\\]](a%20b%281%29.md)'
    """
    return f"[{_escape_words(text)}]({address.translate(_IN_ADDRESS) if _UNFIT.search(address) else address})"


_escape_words = lru_cache(65536)(escape)
"""The words of links are titles and names, which stand in many lists."""


def render_blocks(blocks: Sequence[Block]) -> str:
    """An article's text as Markdown, a blank line between its blocks."""
    return "\n\n".join(_render_block(block) for block in blocks) + "\n" if blocks else ""


def _render_block(block: Block) -> str:
    if block.kind == "heading":
        return f"{'#' * block.level} {_escape_heading(block.text)}"
    if block.kind == "attribution":
        return f"*{escape(block.text)}*"
    if block.kind == "table":
        return _render_table([tuple(row.split("\t")) for row in block.text.split("\n")])
    if block.speaker:
        return f"**{escape(block.text[: block.speaker])}**{escape_inline(block.text[block.speaker :])}"
    return "  \n".join(map(escape, block.text.split("\n"))) if "\n" in block.text else escape(block.text)


def _render_table(rows: Sequence[Row]) -> str:
    """A table as the extension `tables` reads it, which wants a head: one of empty cells where the first row is none."""
    head, body = (rows[0], rows[1:]) if begins_with_head(rows) else (("",) * len(rows[0]), rows)
    sides = ["---:" if all(_NUMBER.fullmatch(row[at]) for row in body) else "---" for at in range(len(head))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (map(_escape_cell, head), sides, *_escape_rows(body)))


def _escape_rows(rows: Sequence[Row]) -> list[list[str]]:
    return [[_escape_cell(cell) for cell in row] for row in rows]


def _escape_cell(cell: str) -> str:
    return escape_inline(cell).replace("|", "&#124;")


def _escape_heading(text: str) -> str:
    """Number signs at the end of a heading would be taken for its closing sequence."""
    stem = text.rstrip("#")
    return escape(stem) + "\\#" * (len(text) - len(stem))


def split_derived(body: str) -> tuple[str, str]:
    """A page's own body, which is what stands before and after its derived block, and that block up to its end mark.

    Raises:
        ValueError: the block does not end, so nobody can tell what is an editor's.

    >>> split_derived("甲\\n\\n<!-- digest:derived -->\\n乙\\n<!-- /digest:derived -->\\n丙\\n")
    ('甲\\n\\n丙\\n', '<!-- digest:derived -->\\n乙\\n')
    """
    own, start, rest = body.rpartition(DERIVED_START)
    if not start:
        return body, ""
    derived, end, after = rest.partition(DERIVED_END)
    if not end:
        raise ValueError(_DAMAGED)
    if after.strip():
        own = "\n\n".join(part for part in (own.rstrip("\n"), after.strip("\n")) if part) + "\n"
    return own, start + derived


def unify(text: str) -> str:
    """A page's text without a byte order mark and with line feeds only, whatever an editor's program made of it."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def read_page(path: str, text: str, parse: Parse | None = None) -> KnownPage:
    """A page that stands in docs/, taken apart.

    Args:
        path: below docs/.
        text: of the whole page.
        parse: as in `split_front_matter`.

    Raises:
        yaml.YAMLError: its front matter is no YAML.
        ValueError: its front matter is no mapping, or it was generated and the marks of its derived block are no pair.
    """
    meta, rest = split_front_matter(unify(text), parse)
    body, derived = rest, ""
    generated = bool(meta and isinstance(meta.get("digest"), dict))
    if generated:
        body, derived = split_derived(rest)
        if DERIVED_START in body or DERIVED_END in body:
            raise ValueError(_DAMAGED)
    body = body.strip("\n")
    body = f"{body}\n" if body else ""
    derived = derived.removeprefix(DERIVED_START).strip()
    return KnownPage(path, meta or {}, body, text, derived, fingerprint(body) if generated else "")


def write_page(meta: Mapping[str, Any], body: str, derived: str = "") -> str:
    """The whole text of a page; `derived` is the content of its marked block."""
    return _append_derived(f"{write_front_matter(meta)}\n{body}", derived)


def replace_derived(text: str, derived: str) -> str:
    """A page's text with this content of its marked block, and all else as it stands there."""
    page = unify(text)
    front = FRONT_MATTER.match(page)
    rest = page[front.end() :] if front else page
    own, standing = split_derived(rest)
    if standing.removeprefix(DERIVED_START).strip() == derived.strip():
        return text
    head = page.removesuffix(rest)
    return _append_derived(head + own.rstrip("\n") + "\n", derived)


def _append_derived(text: str, derived: str) -> str:
    return f"{text}\n{DERIVED_START}\n\n{derived}\n{DERIVED_END}\n" if derived else text

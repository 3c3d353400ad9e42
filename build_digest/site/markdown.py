"""The one place that knows Markdown: escaping, front matter, an article's page, and reading a page back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from build_digest.model import Block, KnownPage

DERIVED_START = "<!-- digest:derived -->"
DERIVED_END = "<!-- /digest:derived -->"

_DEEPEST = 50
"""So many lists and mappings within each other are read from front matter."""
_MOST_VALUES = 200_000

_DAMAGED = (
    f"the marks of the derived block are no pair; put one {DERIVED_START} before it and one {DERIVED_END} after it, "
    "or delete the block with both marks"
)

# What Python-Markdown and the extensions in mkdocs.yml would take for markup anywhere in a line …
_INLINE = re.compile(r"[\\`*_{}\[\]]")
_AMPERSAND = re.compile(r"&(?=#?\w)")
# … and what they would take for markup at its start.
_BLOCK_START = re.compile(r"(?=[#>+\-=~|:!?/\"'])|\d+(?=[.)])")
_FRONT_MATTER = re.compile(r"\A-{3}[ \t]*\n(.*?\n)?(?:-{3}|\.{3})[ \t]*(?:\n|\Z)", re.DOTALL)


def escape(text: str) -> str:
    """One line of text as Markdown that renders as that very text and nothing else.

    >>> print(escape("#人工智能# 话题 *不是* <b>粗体</b>"))
    \\#人工智能# 话题 \\*不是\\* &lt;b>粗体&lt;/b>
    >>> print(escape("2024. 年的第一天"))
    2024\\. 年的第一天
    """
    text = _INLINE.sub(r"\\\g<0>", text)
    text = _AMPERSAND.sub("&amp;", text).replace("<", "&lt;")
    return _escape_start(text)


def escape_inline(text: str) -> str:
    """Text that does not stand at the start of a line, as Markdown that renders as that very text."""
    return escape("。" + text)[1:]


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
    for character in '% ()<>"\\`*_':
        address = address.replace(character, f"%{ord(character):02X}")
    return f"[{escape(text)}]({address})"


def render_blocks(blocks: Sequence[Block]) -> str:
    """An article's text as Markdown, a blank line between its blocks."""
    return "\n\n".join(_render_block(block) for block in blocks) + "\n" if blocks else ""


def _render_block(block: Block) -> str:
    if block.kind == "heading":
        return f"{'#' * block.level} {_escape_heading(block.text)}"
    if block.kind == "attribution":
        return f"*{escape(block.text)}*"
    if block.speaker:
        return f"**{escape(block.text[: block.speaker])}**{escape_inline(block.text[block.speaker :])}"
    return escape(block.text)


def _escape_heading(text: str) -> str:
    """Number signs at the end of a heading would be taken for its closing sequence."""
    stem = text.rstrip("#")
    return escape(stem) + "\\#" * (len(text) - len(stem))


def write_front_matter(meta: Mapping[str, Any]) -> str:
    """The front matter of a page: YAML between two lines of hyphens, a key a line, Chinese left readable."""
    lines = {key: _inline(value) for key, value in meta.items()}
    text = yaml.dump(lines, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**20)
    return f"---\n{text}---\n"


class _Inline(dict[str, Any]):
    """A mapping that is written on one line."""


_BaseDumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Dumper(_BaseDumper):  # type: ignore[misc]
    """Lists of plain values stand on one line, mappings within a list one a line."""

    def ignore_aliases(self, data: Any) -> bool:
        """No anchors: an editor should see each value where it stands."""
        return True


def _represent_list(dumper: Any, items: list[Any]) -> Any:
    plain = not any(isinstance(item, dict) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=plain)


def _represent_inline(dumper: Any, items: _Inline) -> Any:
    return dumper.represent_mapping("tag:yaml.org,2002:map", items.items(), flow_style=True)


_Dumper.add_representer(list, _represent_list)
_Dumper.add_representer(_Inline, _represent_inline)


def _inline(value: Any) -> Any:
    if isinstance(value, dict):
        return _Inline({key: _inline(item) for key, item in value.items()})
    return [_inline(item) for item in value] if isinstance(value, list) else value


def split_front_matter(text: str) -> tuple[dict[str, Any] | None, str]:
    """A page's front matter and the rest; None where it has none.

    Raises:
        yaml.YAMLError: the front matter is no YAML.
        ValueError: it is YAML, but no mapping, or a value is part of itself or far larger than what people write.
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        return None, text
    meta = yaml.load(match[1] or "", Loader=_Loader)
    if meta is None:
        meta = {}
    if not isinstance(meta, dict):
        raise ValueError("front matter must be a mapping such as `title: …`")
    _refuse_endless(meta)
    return meta, text[match.end() :]


def _refuse_endless(meta: dict[Any, Any]) -> None:
    """YAML's anchors let a few lines stand for an endless value."""
    left: list[tuple[Any, int]] = [(meta, 0)]
    seen = 0
    while left:
        value, depth = left.pop()
        seen += 1
        if depth > _DEEPEST or seen > _MOST_VALUES:
            raise ValueError("a value is part of itself, or far too large; write it without `&` and `*`")
        items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        left += [(item, depth + 1) for item in items]


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


def read_page(path: str, text: str) -> KnownPage:
    """A page that stands in docs/, taken apart.

    Raises:
        yaml.YAMLError: its front matter is no YAML.
        ValueError: its front matter is no mapping, or it was generated and the marks of its derived block are no pair.
    """
    meta, rest = split_front_matter(unify(text))
    body = rest
    if meta and isinstance(meta.get("digest"), dict):
        body, _ = split_derived(rest)
        if DERIVED_START in body or DERIVED_END in body:
            raise ValueError(_DAMAGED)
    body = body.strip("\n")
    return KnownPage(path, meta or {}, f"{body}\n" if body else "", text)


def write_page(meta: Mapping[str, Any], body: str, derived: str = "") -> str:
    """The whole text of a page; `derived` is the content of its marked block."""
    return _append_derived(f"{write_front_matter(meta)}\n{body}", derived)


def replace_derived(text: str, derived: str) -> str:
    """A page's text with this content of its marked block, and all else as it stands there."""
    page = unify(text)
    _, rest = split_front_matter(page)
    own, standing = split_derived(rest)
    if standing.removeprefix(DERIVED_START).strip() == derived.strip():
        return text
    head = page.removesuffix(rest)
    return _append_derived(head + own.rstrip("\n") + "\n", derived)


def _append_derived(text: str, derived: str) -> str:
    return f"{text}\n{DERIVED_START}\n\n{derived}\n{DERIVED_END}\n" if derived else text

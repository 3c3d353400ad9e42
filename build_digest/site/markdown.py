"""The one place that knows Markdown: escaping, front matter, an article's page, and reading a page back."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import yaml

from build_digest.model import Block, KnownPage
from build_digest.site.edits import fingerprint
from build_digest.text.characters import HAN

Parse = Callable[[str], dict[str, Any]]

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
_SPECIAL = re.compile(r"[\\`*_{}\[\]&<]")
# … and what they would take for markup at its start.
_BLOCK_START = re.compile(r"(?=[#>+\-=~|:!?/\"'])|\d+(?=[.)])")
_IN_ADDRESS = {ord(character): f"%{ord(character):02X}" for character in '% ()<>"\\`*_'}
_UNFIT = re.compile(r'[% ()<>"\\`*_]')
# A text that YAML takes as it stands: Chinese to begin with, and nothing in it that could mean anything else.
_CHINESE = rf"[{HAN}][{HAN}A-Za-z0-9，。、；：？！（）《》“”·—]*"
_PLAIN = re.compile(rf"(?:{_CHINESE}|noindex)\Z")
_DERIVED = re.compile(rf"title: ({_CHINESE})\nderived: true\n(robots: noindex\n)?\Z")
_FRONT_MATTER = re.compile(r"\A-{3}[ \t]*\n(.*?\n)?(?:-{3}|\.{3})[ \t]*(?:\n|\Z)", re.DOTALL)


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
    if block.speaker:
        return f"**{escape(block.text[: block.speaker])}**{escape_inline(block.text[block.speaker :])}"
    return escape(block.text)


def _escape_heading(text: str) -> str:
    """Number signs at the end of a heading would be taken for its closing sequence."""
    stem = text.rstrip("#")
    return escape(stem) + "\\#" * (len(text) - len(stem))


def write_front_matter(meta: Mapping[str, Any]) -> str:
    """The front matter of a page: YAML between two lines of hyphens, a key a line, Chinese left readable."""
    lines = "".join(_write_value(key, value) for key, value in meta.items())
    return f"---\n{lines}---\n"


def _write_value(key: Any, value: Any) -> str:
    """One key with its value; for those of derived pages, which are many, no library is needed to tell how."""
    if key == "derived" and value is True:
        return "derived: true\n"
    if key in ("title", "robots") and isinstance(value, str) and _PLAIN.match(value):
        return f"{key}: {value}\n"
    dumper = _Dumper if _is_ordinary({key: value}) else _ExactDumper
    line: str = yaml.dump({key: _inline(value)}, Dumper=dumper, allow_unicode=True, sort_keys=False, width=2**20)
    return line


class _Inline(dict[str, Any]):
    """A mapping that is written on one line."""


_BaseDumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _ExactDumper(yaml.SafeDumper):
    """Lists of plain values stand on one line, mappings within a list one a line."""

    def ignore_aliases(self, data: Any) -> bool:
        """No anchors: an editor should see each value where it stands."""
        return True


class _Dumper(_BaseDumper):  # type: ignore[misc]
    """The same with libyaml, many times faster, for what it writes byte for byte as PyYAML itself does."""

    ignore_aliases = _ExactDumper.ignore_aliases


# libyaml escapes rare characters and emoji, and has its own ways with next line (U+0085), with times of day in a list,
# and with keys that are empty or long; what a page says must not depend on whether it is there.
_EXACT_ONLY = re.compile(r"[\x85\ud800-\udfff\U00010000-\U0010ffff]")
_HALF = re.compile(r"[\ud800-\udfff]")
_ORDINARY_KEY = re.compile(r"[\w.-]{1,40}\Z")


def _is_ordinary(value: Any) -> bool:
    """Whether a value is of the kinds that both dumpers are known to write alike."""
    if isinstance(value, str):
        return not _EXACT_ONLY.search(value)
    if isinstance(value, dict):
        keys = (isinstance(key, str) and _ORDINARY_KEY.match(key) for key in value)
        return all(keys) and all(map(_is_ordinary, [*value, *value.values()]))
    if isinstance(value, list):
        return all(map(_is_ordinary, value))
    return value is None or type(value) in (bool, int, float, datetime.date)


def _represent_list(dumper: Any, items: list[Any]) -> Any:
    plain = not any(isinstance(item, dict) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=plain)


def _represent_inline(dumper: Any, items: _Inline) -> Any:
    return dumper.represent_mapping("tag:yaml.org,2002:map", items.items(), flow_style=True)


for _kind in (_Dumper, _ExactDumper):
    _kind.add_representer(list, _represent_list)
    _kind.add_representer(_Inline, _represent_inline)


def _inline(value: Any) -> Any:
    if isinstance(value, dict):
        return _Inline({key: _inline(item) for key, item in value.items()})
    return [_inline(item) for item in value] if isinstance(value, list) else value


def split_front_matter(text: str, parse: Parse | None = None) -> tuple[dict[str, Any] | None, str]:
    """A page's front matter and the rest; None where it has none.

    Args:
        text: of the page.
        parse: reads the front matter like `parse_front_matter`, which does so where none is given.

    Raises:
        yaml.YAMLError: the front matter is no YAML.
        ValueError: it is YAML, but no mapping, or a value is part of itself or far larger than what people write.
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        return None, text
    return (parse or parse_front_matter)(match[1] or ""), text[match.end() :]


def parse_front_matter(text: str) -> dict[str, Any]:
    """The values of front matter, from what stands between its two lines of hyphens; raises as `split_front_matter`."""
    derived = _DERIVED.match(text)
    if derived:
        return {"title": derived[1], "derived": True, **({"robots": "noindex"} if derived[2] else {})}
    meta = yaml.load(text, Loader=_Loader)
    if meta is None:
        meta = {}
    if not isinstance(meta, dict):
        raise ValueError("front matter must be a mapping such as `title: …`")
    _refuse_unusable(meta)
    return meta


def _refuse_unusable(meta: dict[Any, Any]) -> None:
    """YAML's anchors let a few lines stand for an endless value, and its escapes for half a character.

    libyaml itself refuses the latter.
    """
    left: list[tuple[Any, int]] = [(meta, 0)]
    seen = 0
    while left:
        value, depth = left.pop()
        seen += 1
        if depth > _DEEPEST or seen > _MOST_VALUES:
            raise ValueError("a value is part of itself, or far too large; write it without `&` and `*`")
        if isinstance(value, str) and _HALF.search(value):
            raise ValueError("a text has half a character (such as `\\ud83d`); write the character itself")
        items = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ()
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
    front = _FRONT_MATTER.match(page)
    rest = page[front.end() :] if front else page
    own, standing = split_derived(rest)
    if standing.removeprefix(DERIVED_START).strip() == derived.strip():
        return text
    head = page.removesuffix(rest)
    return _append_derived(head + own.rstrip("\n") + "\n", derived)


def _append_derived(text: str, derived: str) -> str:
    return f"{text}\n{DERIVED_START}\n\n{derived}\n{DERIVED_END}\n" if derived else text

"""Front matter: how a page's YAML is written, byte for byte the same wherever the program runs, and how it is read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from build_digest.site.front_matter_faults import explain_fault
from build_digest.text.plain_yaml import CHINESE, write_plain

Parse = Callable[[str], dict[str, Any]]
"""Reads the YAML between a page's two lines of hyphens, as `parse_front_matter` does."""

_DEEPEST = 50
"""So many lists and mappings within each other are read from front matter."""
_MOST_VALUES = 200_000

FRONT_MATTER = re.compile(r"\A-{3}[ \t]*\n(.*?\n)?(?:-{3}|\.{3})[ \t]*(?:\n|\Z)", re.DOTALL)
_DERIVED = re.compile(rf"title: ({CHINESE})\nderived: true\n(robots: noindex\n)?\Z")


def write_front_matter(meta: Mapping[str, Any]) -> str:
    """The front matter of a page: YAML between two lines of hyphens, a key a line, Chinese left readable."""
    lines = "".join(_write_value(key, value) for key, value in meta.items())
    return f"---\n{lines}---\n"


def _write_value(key: Any, value: Any) -> str:
    """One key with its value; the library is asked where it is not plain how, for it takes ten times as long."""
    if key == "derived" and value is True:
        return "derived: true\n"
    if (plain := write_plain(key, value)) is not None:
        return plain
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
    match = FRONT_MATTER.match(text)
    if not match:
        return None, text
    return (parse or parse_front_matter)(match[1] or ""), text[match.end() :]


def parse_front_matter(text: str) -> dict[str, Any]:
    """The values of front matter, from what stands between its two lines of hyphens; raises as `split_front_matter`."""
    derived = _DERIVED.match(text)
    if derived:
        return {"title": derived[1], "derived": True, **({"robots": "noindex"} if derived[2] else {})}
    try:
        meta = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        fault = explain_fault(text)
        if fault is None:
            raise
        raise fault from error
    if meta is None:
        meta = {}
    if not isinstance(meta, dict):
        raise explain_fault(text) or ValueError("front matter must be a mapping such as `title: …`")
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

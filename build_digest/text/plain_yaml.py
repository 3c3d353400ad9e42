"""YAML of the plain values that nearly all front matter is made of: no library is needed to tell how they are written."""

from __future__ import annotations

import datetime
import re
from typing import Any

from build_digest.text.characters import HAN

CHINESE = rf"[{HAN}][{HAN}A-Za-z0-9，。、；：？！（）《》“”·—]*"
"""A text that YAML takes as it stands: Chinese to begin with, and nothing in it that could mean anything else."""

# Besides, what the program itself writes: words, addresses of pages, names of sources, lines, and fingerprints that are
# no numbers.
_PLAIN = re.compile(
    rf"(?:{CHINESE}|noindex|zh-Han[st]|[a-z]+/[a-z0-9/-]+\.md|\w+\.txt|[0-9]+-[0-9]+|(?![0-9]*\Z|0b)[0-9a-f]{{12}})\Z",
    re.ASCII,
)
_KEY = re.compile(r"(?!(?:yes|no|on|off|true|false|null)\Z)[a-z_]{2,40}\Z")


def write_plain(key: Any, value: Any) -> str | None:
    """The line, or the lines, of a key with its value; None where a library has to tell how it is written.

    >>> write_plain("tags", ["消费", "就业"]), write_plain("origins", [{"file": "a.txt", "lines": "1-4"}])
    ('tags: [消费, 就业]\\n', 'origins:\\n- {file: a.txt, lines: 1-4}\\n')
    >>> write_plain("title", "第1章: 引言"), write_plain("no", "是")
    (None, None)
    """
    if not (isinstance(key, str) and _KEY.match(key)):
        return None
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        rows = [_write_inline(item) if isinstance(item, dict) else None for item in value]
        return _join(f"{key}:\n- ", rows, "\n- ", "\n")
    return _join(f"{key}: ", [_write_inline(value)], "", "\n")


def _write_inline(value: Any) -> str | None:
    if isinstance(value, str):
        return value if _PLAIN.match(value) else None
    if isinstance(value, list) and value:
        return _join("[", [_write_inline(item) for item in value], ", ", "]")
    if isinstance(value, dict) and value:
        return _join("{", [_write_pair(*pair) for pair in value.items()], ", ", "}")
    return value.isoformat() if type(value) is datetime.date else None


def _write_pair(key: Any, value: Any) -> str | None:
    known = isinstance(key, str) and _KEY.match(key)
    return _join(f"{key}: ", [_write_inline(value)], "", "") if known else None


def _join(start: str, parts: list[str | None], between: str, end: str) -> str | None:
    known = [part for part in parts if part is not None]
    return f"{start}{between.join(known)}{end}" if len(known) == len(parts) else None

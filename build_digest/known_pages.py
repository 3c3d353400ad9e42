"""What stands in docs/ already: its pages taken apart, and an error for each that cannot be read."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from msgspec import MsgspecError

from build_digest.cache import Cache
from build_digest.checks.messages import make_problem
from build_digest.checksum import checksum
from build_digest.files import read_bytes, show_name, walk
from build_digest.fingerprints import fingerprint_of_program, hash_parts
from build_digest.model import Known, KnownPage, Page, Problem
from build_digest.packing import PackingError, mark_dates, pack, unpack
from build_digest.publish import PROPOSAL
from build_digest.site.markdown import read_page
from build_digest.workers import batched

_PROPOSED = ".md" + PROPOSAL
_PLAIN = re.compile(rb"---\ntitle: [\x80-\xff][\x80-\xffA-Za-z0-9]*\nderived: true\n")
"""How most derived pages begin, which take no longer to read than to look up."""
_HALF = re.compile("[\ud800-\udfff]")
"""What Python puts into a name for a byte that is not UTF-8; no page can link to such a name."""
_OWN_LINE = re.compile(rb"^digest: \{page: ", re.MULTILINE)
"""A line that only the build step writes into front matter."""
_BATCH = 64
"""So many pages are looked up at a time."""

_File = tuple[str, bytes, str]
"""A page's path, its content and the checksum of that."""


def read_known(docs: Path, cache: Cache | None = None) -> tuple[Known, list[Problem]]:
    """What stands in docs/ already, and an error for each page whose front matter cannot be read.

    A page that cannot be read is known by its path alone, and by the one that it remembers, so nothing will be written
    over it or made anew in its stead.

    Args:
        docs: need not exist.
        cache: where front matter is kept as it was read before.
    """
    pages: list[KnownPage] = []
    problems: list[Problem] = []
    unreadable: list[str] = []
    found = (name for name, entry in walk(str(docs)) if name.endswith((".md", _PROPOSED)) and _is_file(entry))
    every = sorted(found, key=lambda name: name.split("/"))
    names = [name for name in every if not _HALF.search(name)]
    unreadable += [name for name in every if _HALF.search(name)]
    problems += [make_problem("unusable-name", show_name(name), None) for name in unreadable]
    proposals = [
        Page(name, read_bytes(f"{docs}/{name}").decode("utf-8", "replace"))
        for name in names
        if name.endswith(_PROPOSED)
    ]
    contents = (_read_file(docs, name) for name in names if name.endswith(".md"))
    checksums: dict[str, str] = {}
    for (name, data, digest), packed in _look_up(contents, cache):
        checksums[name] = digest
        try:
            page = _read_through(cache, name, data, packed)
            if page.meta or not _OWN_LINE.search(data):
                pages.append(page)
            else:
                problems.append(make_problem("front-matter-open", name, 1))
                unreadable += _paths_of_unreadable(name, data)
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            problems.append(make_problem("page-encoding", name, line))
            unreadable += _paths_of_unreadable(name, data)
        except (yaml.YAMLError, ValueError) as error:
            problems.append(_explain_front_matter(name, data, error))
            unreadable += _paths_of_unreadable(name, data)
    return Known(tuple(pages), tuple(proposals), tuple(unreadable), checksums), problems


@dataclass(frozen=True, slots=True)
class _Parts:
    """A page taken apart, as the cache keeps it: the body and the derived block by where they stand in the text."""

    meta: dict[Any, Any]
    body: tuple[int, int]
    derived: tuple[int, int]
    print: str


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads to itself
        return False


def remember_pages(pages: Iterable[Page], cache: Cache) -> None:
    """Keep what new pages say as it was written, so that the next build need not read their YAML.

    What was written is what would be read: `tests/test_markdown.py` shows it for any front matter of an article.
    """
    for page in pages:
        if page.meta is not None:
            known = read_page(page.path, page.text, partial(_recall, dict(page.meta)))
            _keep(cache, page.text.encode("utf-8"), known)


def _recall(meta: dict[str, Any], _: str) -> dict[str, Any]:
    """Front matter that is known already."""
    return meta


def _read_file(docs: Path, name: str) -> _File:
    data = read_bytes(f"{docs}/{name}")
    return name, data, checksum(data)


def _look_up(files: Iterable[_File], cache: Cache | None) -> Iterator[tuple[_File, bytes | None]]:
    """Pages as they stand, each with what the cache has of it; derived pages are read as fast without."""
    for batch in batched(files, _BATCH):
        keys = {name: _key(digest) for name, data, digest in batch if cache and not _PLAIN.match(data)}
        found = cache.find_all(list(keys.values())) if cache else {}
        for file in batch:
            yield file, found.get(keys.get(file[0], b""))


def _key(digest: str) -> bytes:
    return hash_parts([fingerprint_of_program(), "page", digest])


def _read_through(cache: Cache | None, name: str, data: bytes, packed: bytes | None) -> KnownPage:
    """A page as `read_page` reads it; what does not come back from the cache the same is not kept."""
    text = data.decode("utf-8")
    if packed is not None:
        try:
            return _put_together(name, text, packed)
        except PackingError:
            pass
    page = read_page(name, text)
    if cache and not _PLAIN.match(data):
        _keep(cache, data, page)
    return page


def _keep(cache: Cache, data: bytes, page: KnownPage) -> None:
    """Keep a page taken apart, unless it would not come back the same."""
    try:
        packed = pack(_take_apart(page))
        again = _put_together(page.path, page.text, packed)
        if again == page and repr(again.meta) == repr(page.meta):
            cache.keep(_key(checksum(data)), packed)
    except (MsgspecError, ValueError, TypeError, OverflowError):
        pass  # an editor's YAML may hold what MessagePack has no form for


def _take_apart(page: KnownPage) -> _Parts:
    spans = []
    for part in (page.body, page.derived):
        start = max(0, page.text.rfind(part))
        spans.append((start, start + len(part)))
    return _Parts(mark_dates(page.meta), spans[0], spans[1], page.print)


def _put_together(name: str, text: str, packed: bytes) -> KnownPage:
    parts = unpack(_Parts, packed)
    body, derived = (text[start:end] for start, end in (parts.body, parts.derived))
    return KnownPage(name, parts.meta, body, text, derived, parts.print)


def _paths_of_unreadable(name: str, data: bytes) -> list[str]:
    """Where a page stands, and where it says, in the lines that are the program's own, that it stood before."""
    former = re.search(rb"^digest: \{page: ([\x21-\x7e]+?\.md),", data, re.MULTILINE)
    listed = re.search(rb"^aliases: \[([^\n]*)\]", data, re.MULTILINE)
    aliases = listed[1].decode("utf-8", "replace").split(", ") if listed else []
    return [name, *([former[1].decode("ascii")] if former else []), *(f"{alias.rstrip('/')}.md" for alias in aliases)]


def _explain_front_matter(name: str, data: bytes, error: Exception) -> Problem:
    """Why front matter cannot be read; YAML takes one with a day that does not exist for a broken file."""
    line = _line_of_error(error)
    bad_date = None if line else _find_bad_date(data)
    if bad_date:
        line, key, value = bad_date
        return make_problem("no-such-day", name, line, key=key, value=value)
    return make_problem("front-matter", name, line or 1, why=getattr(error, "problem", None) or error)


def _line_of_error(error: Exception) -> int | None:
    """The line that a YAML error is about: where a list that was never closed begins, else where reading stopped."""
    unclosed = "flow" in (getattr(error, "context", None) or "")
    mark = getattr(error, "context_mark" if unclosed else "problem_mark", None)
    return mark.line + 2 if mark else None


def _find_bad_date(data: bytes) -> tuple[int, str, str] | None:
    """The line of front matter that gives a day that does not exist, its key and its value."""
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n")[:200], 1):
        match = re.match(r"([\w-]+):\s*(\d{4}-\d\d-\d\d)\s*(?:#|$)", line)
        if match:
            try:
                datetime.date.fromisoformat(match[2])
            except ValueError:
                return number, match[1], match[2]
    return None

"""Checks of links between pages: targets that are not there, headings that are not there, addresses that mislead."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

import markdown
from pymdownx.slugs import slugify

from build_digest.checks.messages import make_problem
from build_digest.checks.sheets import Sheet
from build_digest.model import Problem
from build_digest.site.front_matter_yaml import split_front_matter
from build_digest.site.markdown import unify

_CODE = re.compile(r"`[^`\n]*`|\\.")
_LINK = re.compile(
    r"\]\(\s{0,9}<?((?:[^()\s<>]|\([^()\s<>]{0,200}\)){1,500})|^\s{0,3}\[[^\]\n]{1,200}\]:\s*<?([^\s<>]+)|\b(?:href|src)=[\"']([^\"'\n]*)"
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_OPENABLE = ("http:", "https:", "mailto:", "tel:")
_EXTENSIONS = ["abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"]
_ID = re.compile(r"\sid=\"([^\"]+)\"")


@dataclass(slots=True)
class Places:
    """What can be linked to: the text of each page and the names of all other files; ids are found when asked for."""

    pages: Mapping[str, str]
    files: frozenset[str]
    _ids: dict[str, frozenset[str]] = field(default_factory=dict)

    def ids(self, path: str) -> frozenset[str]:
        """The ids that links to a page may name."""
        if path not in self._ids:
            text = split_front_matter(unify(self.pages[path]))[1]
            configs = {"toc": {"slugify": slugify(case="lower")}}
            html = markdown.markdown(text, extensions=_EXTENSIONS, extension_configs=configs)
            self._ids[path] = frozenset(_ID.findall(html))
        return self._ids[path]


def check_links(sheet: Sheet, places: Places) -> Iterator[Problem]:
    """What is wrong with the links of a page."""
    for number, target in find_links(sheet.body()):
        if target.startswith("//") or _SCHEME.match(target):
            scheme = _SCHEME.match(target)
            if scheme and scheme[0].lower() not in _OPENABLE:
                yield make_problem("unsafe-link", sheet.path, number, target=target)
        elif target.startswith("/"):
            yield make_problem("absolute-link", sheet.path, number, target=target)
        else:
            yield from _check_target(sheet.path, number, target, places)


def find_links(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The targets of the links in some numbered lines of Markdown, each with its line.

    >>> list(find_links([(3, "见[甲](a.md#x '题')、`[乙](b.md)`")]))
    [(3, 'a.md#x')]
    """
    for number, line in lines:
        for match in _LINK.finditer(_CODE.sub(lambda code: " " * len(code[0]), line)):
            target = next((group for group in match.groups() if group), "")
            if target:
                yield number, target


def _check_target(path: str, number: int, target: str, places: Places) -> Iterator[Problem]:
    address, _, anchor = target.partition("#")
    name = unquote(address.partition("?")[0])
    wanted = posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) if name else path
    found = next((one for one in (wanted, f"{wanted}/index.md", f"{wanted}.md") if one in places.pages), None)
    if found is None and wanted not in places.files:
        near = difflib.get_close_matches(wanted, _like(wanted, places), 1)
        shown = posixpath.relpath(near[0], posixpath.dirname(path) or ".") if near else ""
        hint = f"Did you mean `{shown}`?" if near else "Mend the link, or take it out."
        yield make_problem("dead-link", path, number, target=target, hint=hint)
    elif found and anchor and unquote(anchor) not in places.ids(found):
        near = difflib.get_close_matches(unquote(anchor), places.ids(found), 1)
        hint = f"Did you mean `#{near[0]}`?" if near else "Link to the page alone, or to one of its headings."
        yield make_problem("dead-anchor", path, number, target=target, hint=hint)


def _like(wanted: str, places: Places) -> list[str]:
    """Pages whose names have about the length of the wanted one; difflib would take long over all of a large site."""
    near = (path for path in places.pages if abs(len(path) - len(wanted)) <= 3)
    return sorted(near)[:2000]

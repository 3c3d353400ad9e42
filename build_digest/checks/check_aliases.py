"""Checks of former addresses: whether the site can put a page there that leads on to the present one."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence

from build_digest.checks.check_links import Places
from build_digest.checks.messages import make_problem
from build_digest.checks.sheets import Sheet
from build_digest.model import Problem
from build_digest.rendering.redirects import write_redirects
from build_digest.site.address import read_aliases, stays_inside
from build_digest.site.entries import is_listed

_OF_EVERY_SITE = (
    "404.html",
    "feed.json",
    "feed.xml",
    "robots.txt",
    "search/index.html",
    "sitemap.xml",
    "sitemap.xml.gz",
)
"""What stands in a site whatever its pages are, and has a name of its own rather than a folder."""


def check_aliases(sheets: Iterable[Sheet], places: Places, directory_urls: bool = True) -> Iterator[Problem]:
    """The aliases at whose place something else stands, in the way that rendering finds them.

    Args:
        sheets: the pages that people may have edited.
        places: all that will stand in the site.
        directory_urls: whether a page stands in a folder of its name, as `use_directory_urls` of mkdocs.yml says.
    """
    leading = {sheet.path: sheet for sheet in sheets if is_listed(sheet.meta) or sheet.meta.get("retired")}
    aliases = [(alias, path) for path, sheet in leading.items() for alias in _usable(sheet)]
    if aliases:
        pages = {_target(path, directory_urls) for path in places.pages}
        _, refused = write_redirects(aliases, {*pages, *places.files, *_OF_EVERY_SITE})
        for alias, path in refused:
            line = leading[path].line_with("aliases", alias)
            yield make_problem("taken-alias", path, line, value=alias)


def _usable(sheet: Sheet) -> Sequence[str]:
    return [alias for alias in read_aliases(sheet.meta) if stays_inside(alias)]


def _target(path: str, directory_urls: bool) -> str:
    """Where MkDocs puts a page.

    >>> _target("a/b.md", True), _target("a/b.md", False), _target("a/README.md", True)
    ('a/b/index.html', 'a/b.html', 'a/index.html')
    """
    folder, name = posixpath.split(path.removesuffix(".md"))
    stem = "index" if name == "README" else name
    if stem == "index" or not directory_urls:
        return posixpath.join(folder, f"{stem}.html")
    return posixpath.join(folder, stem, "index.html")

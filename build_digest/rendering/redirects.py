"""Small pages at former addresses that lead to the present ones."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Iterable

_PAGE = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>页面已移动</title>
<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{target}"></head>
<body><p>页面已移到<a href="{target}">新地址</a>。</p></body></html>
"""


def write_redirects(
    aliases: Iterable[tuple[str, str]], occupied: Iterable[str]
) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    """The redirects, and the aliases at whose place something else stands.

    >>> files, refused = write_redirects([("old/", "new/"), ("feed.xml/", "new/"), ("old/", "x/")], ["feed.xml"])
    >>> list(files), refused
    (['old/index.html'], [('feed.xml/', 'new/'), ('old/', 'x/')])

    Args:
        aliases: former addresses, plain paths below the site, each with the present one.
        occupied: the paths of all other files of the site; none is replaced, and no folder of theirs made a file.

    Returns:
        The files, each a path below the site and its content; and the pairs of `aliases` that are left out.
    """
    aliases = list(aliases)
    if not aliases:
        return {}, []
    taken = set(occupied)
    folders = {folder for path in taken for folder in _list_folders(path)}
    files: dict[str, bytes] = {}
    refused = []
    for alias, address in aliases:
        folder = alias.rstrip("/")
        path = f"{folder}/index.html"
        above = _list_folders(path)
        if path in taken or path in folders or not taken.isdisjoint(above):
            refused.append((alias, address))
            continue
        taken.add(path)
        folders.update(above)
        target = posixpath.relpath(address.rstrip("/") or ".", folder) + "/"
        files[path] = _PAGE.format(target=html.escape(target, quote=True)).encode()
    return files, refused


def _list_folders(path: str) -> list[str]:
    return [path[:at] for at, character in enumerate(path) if character == "/"]

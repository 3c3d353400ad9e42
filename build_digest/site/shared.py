"""Where several names share an address: a small page there that leads to each of them.

Lists whose names are spelled alike have marks in their addresses (see `allocate`). A list that was the only one of its
spelling had the plain address, and links to it still lead on.
"""

from __future__ import annotations

from collections.abc import Sequence

from build_digest.model import Page
from build_digest.site.address import slug
from build_digest.site.groups import HEADINGS, Archive, label, list_names
from build_digest.site.listing import derived_page, relative_path
from build_digest.site.markdown import link

_NOUNS = HEADINGS | {"periods": "时间", "digests": "综述", "documents": "文件"}
_NUMBERS = "零一两三四五六七八九十"


def render_shared(archive: Archive) -> list[Page]:
    """A page at each plain address that several lists would have had; it stands in no list and in no search."""
    pages = []
    taken = {path.casefold() for path in archive.places.values()}
    for folder, names in list_names(archive.groups, archive.documents):
        rivals: dict[str, list[str]] = {}
        for key, name in names.items():
            rivals.setdefault(slug(name).casefold(), []).append(key)
        for spelling, keys in rivals.items():
            path = f"{folder}/{spelling}.md"
            if len(keys) > 1 and path not in taken:
                pages.append(_render_choice(archive, path, folder, [(key, names[key]) for key in sorted(keys)]))
    return pages


def _render_choice(archive: Archive, path: str, folder: str, named: Sequence[tuple[str, str]]) -> Page:
    number = _NUMBERS[len(named)] if len(named) < len(_NUMBERS) else str(len(named))
    kind = "" if folder == "digests" else folder
    rows = [f"- {link(label(kind, name), relative_path(archive.places[key], path))}" for key, name in named]
    opening = f"这个地址下有{number}个{_NOUNS[folder]}："
    title = "、".join(label(kind, name) for _, name in named)
    return derived_page(path, title, opening + "\n\n" + "\n".join(rows), robots="noindex")

"""The addresses that a page has and had: where it stands is remembered, where it stood stays as an alias."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from build_digest.model import KnownPage
from build_digest.site.address import home, read_aliases
from build_digest.site.edits import Merged, fingerprint


def _address(path: str) -> str:
    return path.removesuffix(".md") + "/"


def moved_from(page: KnownPage) -> list[str]:
    """Where a page stood before an editor moved or renamed its file."""
    return [_address(home(page))] if home(page) != page.path else []


def all_addresses(page: KnownPage) -> list[str]:
    """Every address that a page has or had."""
    return [*read_aliases(page.meta), *moved_from(page), _address(page.path)]


def set_address(merged: Merged, path: str, former: Sequence[str]) -> Merged:
    """The page remembers where it stands, and lists where it stood as aliases."""
    meta = dict(merged.meta)
    record = {"page": path, "seen": meta.pop("digest").get("seen", {})}
    if merged.rival is not None:
        record["proposed"] = fingerprint(merged.rival)
    listed = read_aliases(meta)
    aliases = [alias for alias in dict.fromkeys([*listed, *former]) if alias != _address(path)]
    if aliases != listed:
        meta.pop("aliases", None)
        meta |= {"aliases": aliases} if aliases else {}
    return replace(merged, meta={**meta, "digest": record})

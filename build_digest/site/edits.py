"""What people changed in a published page, key by key and for the body as one, and what the build step may renew.

Each generated page remembers, under `digest: seen:`, a fingerprint of every value as the build step last wrote it. A
value that no longer has that fingerprint is an editor's and stays; so does an editor's removal of a key. The text's own
fingerprint stands there as `body`; the build step writes no such key, so one in the front matter is always an editor's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from build_digest.model import KnownPage

MACHINE_KEYS = ("origins", "inferred", "digest")
"""Front-matter keys that state how a page was made; they are renewed on every build."""

TEXT_KEYS = ("keywords", "summary")
"""Keys that say what the text says: while an edited text stands, so do they, lest they quote what is not in it."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A page's front matter and body after both sides had their say.

    `edited` names the keys that are an editor's, `body_edited` tells whether the body is one's. `rival` is the new
    generated body where both the editor and the source changed it since the last build, else None.
    """

    meta: dict[str, Any]
    body: str
    edited: tuple[str, ...] = ()
    body_edited: bool = False
    rival: str | None = None


def fingerprint(value: Any) -> str:
    """Twelve hexadecimal digits that stand for a value, the same for a date and its text.

    >>> fingerprint("标题") == fingerprint("标题"), len(fingerprint(["a"]))
    (True, 12)
    """
    text = json.dumps(_name_keys(value), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _name_keys(value: Any) -> Any:
    """The value with texts for keys, since YAML has numbers and dates for keys, which have no order among each other."""
    if isinstance(value, dict):
        return {str(key): _name_keys(item) for key, item in value.items()}
    if isinstance(value, set):
        return sorted(map(str, value))
    return [_name_keys(item) for item in value] if isinstance(value, list) else value


def seen_fingerprints(page: KnownPage | None) -> dict[str, str]:
    """The fingerprints that a page remembers, by key; empty for a page that no build wrote."""
    record = page.meta.get("digest") if page else None
    seen = record.get("seen") if isinstance(record, dict) else None
    return {str(key): str(value) for key, value in seen.items()} if isinstance(seen, dict) else {}


def take_prints(meta: Mapping[str, Any], body: str) -> dict[str, str]:
    """The fingerprints that a page remembers of its front matter, by key, and of its body."""
    prints = {key: fingerprint(value) for key, value in meta.items() if key not in MACHINE_KEYS}
    return {**prints, "body": fingerprint(body)}


def stands_as_generated(meta: Mapping[str, Any], prints: Mapping[str, str], known: KnownPage) -> bool:
    """Whether a page says already, at the address that it remembers, what was generated now, and nothing besides."""
    record = {"page": known.path, "seen": prints}
    return known.print == prints["body"] and known.meta == {**meta, "digest": record}


def merge_edits(meta: Mapping[str, Any], body: str, generated: Mapping[str, str], known: KnownPage | None) -> Merged:
    """The page to publish, from what was generated now and what stands there.

    Args:
        meta: the generated front matter without `digest`, in the order to write it.
        body: the generated body.
        generated: the fingerprints of both.
        known: the page as it stands, or None for a new one.
    """
    if known is None:
        return Merged({**meta, "digest": {"seen": dict(generated)}}, body)
    seen = seen_fingerprints(known)
    standing = known.print or fingerprint(known.body)
    body_seen = seen.pop("body", standing)
    merged, edited = _merge_meta(meta, known, seen)
    body_edited = body_seen != standing and known.body != body
    rival = None
    remembered = {**{key: value for key, value in seen.items() if key in edited}, **generated}
    if body_edited:
        if generated["body"] != body_seen:
            rival = body
            remembered["body"] = body_seen
        for key in (key for key in TEXT_KEYS if key in known.meta and key not in edited):
            merged[key] = known.meta[key]
            remembered[key] = seen[key]
        body = known.body
    inferred = [key for key in merged.get("inferred", ()) if key not in edited]
    merged.pop("inferred", None)
    if inferred:
        merged["inferred"] = inferred
    merged["digest"] = {"seen": remembered}
    return Merged(merged, body, tuple(edited), body_edited, rival)


def _merge_meta(meta: Mapping[str, Any], known: KnownPage, seen: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    merged: dict[str, Any] = {}
    edited: list[str] = []
    every = dict.fromkeys([*meta, *known.meta, *seen])
    for key in (key for key in every if key in meta or key not in MACHINE_KEYS):
        if key in MACHINE_KEYS:
            merged[key] = meta[key]
        elif _is_edited(key, known.meta, seen):
            edited.append(key)
            if key in known.meta:
                merged[key] = known.meta[key]
        elif key in meta:
            merged[key] = meta[key]
    return merged, edited


def _is_edited(key: str, standing: Mapping[str, Any], seen: Mapping[str, str]) -> bool:
    if key in standing:
        return seen.get(key) != fingerprint(standing[key])
    return key in seen

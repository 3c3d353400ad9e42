"""Settle pages that were edited while their source or rules changed: take the new text, or keep the edited one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from build_digest.model import Digest, KnownPage, Page
from build_digest.publish import PROPOSAL
from build_digest.site.markdown import DERIVED_START, read_page, split_derived, unify, write_page

_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?”」』）]*\n?")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A new text as it stands beside an edited page, and the fingerprint of what the build step would put there."""

    text: str
    generated: str


def waiting(digest: Digest) -> dict[str, Waiting]:
    """The new text for each edited page that has one, by the page's path."""
    texts = {page.path: page.text for page in digest.pages}
    found = {}
    for path, text in sorted(texts.items()):
        page = path.removesuffix(PROPOSAL)
        record = read_page(page, texts[page]).meta.get("digest") if page != path and page in texts else None
        if record and "proposed" in record:
            found[page] = Waiting(text, record["proposed"])
    return found


def accept(page: KnownPage, proposed: str, generated: str) -> Page:
    """The page with the new text for its body; its front matter and what is derived stay.

    Args:
        page: as it stands.
        proposed: the new text as it stands beside the page, where an editor may have changed it.
        generated: the fingerprint of the new text as the build step makes it; where `proposed` differs, the rest
            counts as an edit.
    """
    return _settled(replace(page, body=_unify_body(proposed)), generated)


def keep(page: KnownPage, generated: str) -> Page:
    """The page as it stands; the new text counts as seen, so only another one is proposed again."""
    return _settled(page, generated)


def difference(old: str, new: str) -> list[str]:
    """What differs between two texts, sentence by sentence: lines that begin with `-` or `+`, three dots for the rest.

    >>> difference("甲。乙。\\n", "甲。丙。\\n")
    ['  …', '- 乙。', '+ 丙。']
    """
    rows: list[str] = []
    for row in difflib.ndiff(_sentences(old), _sentences(new)):
        if row[:2] in ("- ", "+ "):
            rows.append(row)
        elif row[:2] == "  " and rows[-1:] != ["  …"]:
            rows.append("  …")
    return rows


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _SENTENCE.findall(text) if sentence.strip()]


def _unify_body(text: str) -> str:
    return unify(text).strip("\n") + "\n"


def _settled(page: KnownPage, generated: str) -> Page:
    record = dict(page.meta["digest"])
    record["seen"] = {**record["seen"], "body": generated}
    record.pop("proposed", None)
    derived = _inside(split_derived(unify(page.text))[1])
    return Page(page.path, write_page({**page.meta, "digest": record}, page.body, derived))


def _inside(block: str) -> str:
    """The content of a derived block, as `write_page` takes it."""
    return block.removeprefix(DERIVED_START).removeprefix("\n\n").removesuffix("\n")


def list_waiting(waiting_pages: Iterable[tuple[KnownPage, str]]) -> list[str]:
    """Each waiting page and what its new text would change, as lines for people."""
    rows: list[str] = []
    for page, text in waiting_pages:
        rows += [f"{page.path}:", *difference(page.body, text), ""]
    return rows

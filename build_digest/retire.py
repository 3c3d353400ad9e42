"""Pages whose article is gone: part of another page by now, an editor's and therefore kept, or retired with a notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from build_digest.checks.messages import make_problem
from build_digest.model import Article, KnownPage, Page, Problem
from build_digest.site.address import home, origin_lines
from build_digest.site.aliases import moved_from, set_address
from build_digest.site.edits import MACHINE_KEYS, Merged, fingerprint, merge_edits, seen_fingerprints, take_prints
from build_digest.site.markdown import write_page

RETIRED_TEXT = "这篇文章的来源已从文集中移出，页面不再保留。请从首页或主题页继续浏览。\n"


def find_absorbed(
    pages: Iterable[KnownPage], articles: Sequence[Article]
) -> tuple[dict[int, list[KnownPage]], list[KnownPage]]:
    """Unedited pages whose text is now part of another article's page, by that article, and the pages left."""
    pages = list(pages)
    if not pages:
        return {}, []
    owners = {
        (origin.file, line): i
        for i, article in enumerate(articles)
        for origin in article.origins
        for line in range(origin.first, origin.last + 1)
    }
    absorbed: dict[int, list[KnownPage]] = {}
    left = []
    for page in pages:
        owner = next((owners[place] for place in origin_lines(page.meta) if place in owners), None)
        if owner is None or page.meta.get("retired") or _was_edited(page):
            left.append(page)
        else:
            absorbed.setdefault(owner, []).append(page)
    return absorbed, left


def retire(pages: Iterable[KnownPage]) -> tuple[list[Page], list[Problem]]:
    """Pages whose source is gone: an unedited one says so at its address, an edited one is the editor's and stays."""
    retired, problems = [], []
    for page in pages:
        if page.meta.get("retired"):
            continue
        if is_orphan(page):
            problems.append(make_problem("source-gone", page.path, None))
        else:
            retired.append(Page(page.path, write_page(_retired_meta(page), RETIRED_TEXT)))
            problems.append(make_problem("retired", page.path, None))
    return retired, problems


def _retired_meta(page: KnownPage) -> dict[str, Any]:
    """What a notice remembers, so that the page can come back and its former addresses still lead to it."""
    kept = {key: page.meta[key] for key in ("origins", "aliases") if page.meta.get(key)}
    meta = {"title": page.meta.get("title"), "retired": True, **kept, "digest": page.meta["digest"]}
    return set_address(Merged(meta, ""), page.path, moved_from(page)).meta


def revive(page: KnownPage) -> KnownPage:
    """A retired page whose source came back: a page without text, unless an editor wrote one in place of the notice."""
    if not page.meta.get("retired"):
        return page
    seen = seen_fingerprints(page)
    own = [key for key in page.meta if key not in (*MACHINE_KEYS, "retired")]
    meta = {key: page.meta[key] for key in own if fingerprint(page.meta[key]) != seen.get(key)}
    if page.body == RETIRED_TEXT:
        return KnownPage(page.path, {**meta, "digest": {"page": home(page)}}, "", page.text)
    record = {"page": home(page), "seen": {"body": fingerprint(RETIRED_TEXT)}}
    return KnownPage(page.path, {**meta, "digest": record}, page.body, page.text)


def is_orphan(page: KnownPage) -> bool:
    """Whether a page whose source is gone is an editor's by now and stays."""
    return not page.meta.get("retired") and _was_edited(page)


def _was_edited(page: KnownPage) -> bool:
    merged = merge_edits({}, "", take_prints({}, ""), page)
    return merged.body_edited or bool({*merged.edited} - {"aliases"})

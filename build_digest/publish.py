"""From articles and what is published already to pages: addresses kept, edits kept, sources that went away."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from build_digest.model import Article, Known, KnownPage, Page, Problem
from build_digest.site.address import (
    choose_addresses,
    home,
    is_marked,
    match_known,
    origin_lines,
    read_aliases,
    set_copies_apart,
)
from build_digest.site.edits import MACHINE_KEYS, Merged, fingerprint, merge_edits, seen_fingerprints
from build_digest.site.markdown import render_blocks, write_page

PROPOSAL = ".new"
"""What is appended to a page's path for a new text that waits beside an edited page."""


@dataclass(frozen=True, slots=True)
class Published:
    """An article's page before its derived block: where it stands, and what both sides had to say.

    `held` pages are not written: what stands there cannot be read, so it may hold an editor's work.
    """

    path: str
    merged: Merged
    known: KnownPage | None = None
    held: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """All pages of articles, in the order of the articles, and what became of the other pages.

    `orphans` are edited pages whose source is gone, `copies` an editor's own copies of pages, `retired` notices in the
    place of unedited pages whose source is gone, `proposals` new texts that wait beside edited pages, `removed` the
    paths of pages that became part of another one.
    """

    articles: tuple[Published, ...]
    orphans: tuple[Published, ...]
    copies: tuple[KnownPage, ...]
    retired: tuple[Page, ...]
    proposals: tuple[Page, ...]
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]


def publish(articles: Sequence[Article], known: Known) -> Publication:
    """The pages of all articles, each at the address it already has, with the edits it already has."""
    generated, copies = set_copies_apart(page for page in known.pages if isinstance(page.meta.get("digest"), dict))
    bodies = [render_blocks(article.blocks) for article in articles]
    matched = match_known(articles, bodies, generated)
    taken = [page.path for page in known.pages if not page.meta.get("derived")]
    paths = choose_addresses(articles, matched, taken)
    kept = {page.path for page in matched.values()}
    unmatched = [page for page in generated if page.path not in kept]
    absorbed, gone = _find_absorbed(unmatched, articles)
    published = []
    for i, article in enumerate(articles):
        page = matched.get(i)
        merged = merge_edits(front_matter(article), bodies[i], None if page is None else _revive(page))
        former = _moved_from(page) if page else []
        former += [address for other in absorbed.get(i, ()) for address in _all_addresses(other)]
        held = page is None and paths[i] in known.unreadable
        published.append(Published(paths[i], _set_address(merged, paths[i], former), page, held))
    orphans = [_keep_orphan(page) for page in gone if _is_orphan(page)]
    retired, problems = _retire(gone)
    proposals = [Page(p.path + PROPOSAL, p.merged.rival) for p in published if p.merged.rival is not None]
    problems += [_rival_problem(page) for page in proposals]
    problems += [_address_problem(p.path, a) for p, a in zip(published, articles, strict=True) if is_marked(p.path, a)]
    problems += [_copy_problem(page.path, original) for original, page in copies]
    removed = sorted(page.path for pages in absorbed.values() for page in pages)
    return Publication(
        articles=tuple(published),
        orphans=tuple(orphans),
        copies=tuple(page for _, page in copies),
        retired=tuple(retired),
        proposals=tuple(proposals),
        removed=tuple(removed),
        problems=tuple(problems),
    )


def _find_absorbed(
    pages: Iterable[KnownPage], articles: Sequence[Article]
) -> tuple[dict[int, list[KnownPage]], list[KnownPage]]:
    """Unedited pages whose text is now part of another article's page, by that article, and the pages left."""
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


def _address(path: str) -> str:
    return path.removesuffix(".md") + "/"


def _moved_from(page: KnownPage) -> list[str]:
    """Where a page stood before an editor moved or renamed its file."""
    return [_address(home(page))] if home(page) != page.path else []


def _all_addresses(page: KnownPage) -> list[str]:
    """Every address that a page has or had."""
    return [*read_aliases(page.meta), *_moved_from(page), _address(page.path)]


def _set_address(merged: Merged, path: str, former: Sequence[str]) -> Merged:
    """The page remembers where it stands, and lists where it stood as aliases."""
    meta = dict(merged.meta)
    record = {"page": path, "seen": meta.pop("digest").get("seen", {})}
    listed = read_aliases(meta)
    aliases = [alias for alias in dict.fromkeys([*listed, *former]) if alias != _address(path)]
    if aliases != listed:
        meta.pop("aliases", None)
        meta |= {"aliases": aliases} if aliases else {}
    return replace(merged, meta={**meta, "digest": record})


def front_matter(article: Article) -> dict[str, Any]:
    """An article's front matter in the order of the contract; what its source does not state is left out."""
    description = article.description
    meta: dict[str, Any] = {
        "title": article.title.value,
        "date": _date(description.date.value) if description.date else None,
        "period": article.period,
        "authors": [found.value for found in description.authors],
        "affiliations": [found.value for found in description.affiliations],
        "source": description.source.value if description.source else None,
        "url": description.url.value if description.url else None,
        "source_tags": [found.value for found in description.source_tags],
        "collection": article.collection,
        "script": article.script,
        "tags": [tag.name for tag in article.tags],
        "keywords": list(article.keywords),
        "summary": "".join(article.summary),
        "origins": [{"file": o.file, "lines": f"{o.first}-{o.last}"} for o in article.origins],
        "inferred": ["title"] if article.title.inferred else [],
    }
    return {key: value for key, value in meta.items() if value}


def _date(text: str) -> datetime.date | str:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return text


def _revive(page: KnownPage) -> KnownPage:
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


def _is_orphan(page: KnownPage) -> bool:
    return not page.meta.get("retired") and _was_edited(page)


def _keep_orphan(page: KnownPage) -> Published:
    """An edited page whose source is gone, as it stands; only its derived block is renewed."""
    return Published(page.path, _set_address(Merged(page.meta, page.body), page.path, _moved_from(page)), page)


def _retire(pages: Iterable[KnownPage]) -> tuple[list[Page], list[Problem]]:
    """Pages whose source is gone: an unedited one says so at its address, an edited one is the editor's and stays."""
    retired, problems = [], []
    for page in pages:
        if page.meta.get("retired"):
            continue
        if _is_orphan(page):
            message = "has no source any more, but was edited by hand, so it stays"
            remedy = "Delete the page, or write `publish: false` with a `publish_note` into its front matter."
            problems.append(Problem(page.path, None, "note", "source-gone", message, remedy))
            continue
        retired.append(Page(page.path, write_page(_retired_meta(page), RETIRED_TEXT)))
        message = "has no source any more and was retired; its address shows a notice"
        problems.append(Problem(page.path, None, "note", "retired", message, "Put the source back to bring it back."))
    return retired, problems


def _retired_meta(page: KnownPage) -> dict[str, Any]:
    """What a notice remembers, so that the page can come back and its former addresses still lead to it."""
    kept = {key: page.meta[key] for key in ("origins", "aliases") if page.meta.get(key)}
    meta = {"title": page.meta.get("title"), "retired": True, **kept, "digest": page.meta["digest"]}
    return _set_address(Merged(meta, ""), page.path, _moved_from(page)).meta


RETIRED_TEXT = "这篇文章的来源已从文集中移出，页面不再保留。请从首页或主题页继续浏览。\n"


def _was_edited(page: KnownPage) -> bool:
    merged = merge_edits({}, "", page)
    return merged.body_edited or bool({*merged.edited} - {"aliases"})


def _address_problem(path: str, article: Article) -> Problem:
    origin = article.origins[0]
    message = f"has a title whose address another article has too, so its page is {path}"
    remedy = "Rename the page if you want another address; the old one will lead there."
    return Problem(origin.file, origin.first, "note", "same-address", message, remedy)


def _copy_problem(path: str, original: str) -> Problem:
    message = f"is a copy of {original} and is left as it is; {original} stays the article's page"
    remedy = "Delete it, or take `digest` out of its front matter if it is to be a page of its own."
    return Problem(path, None, "note", "copied-page", message, remedy)


def _rival_problem(page: Page) -> Problem:
    path = page.path.removesuffix(PROPOSAL)
    message = f"was edited by hand, and its source or rules changed too; the new text waits in {page.path}"
    return Problem(path, None, "note", "edited", message, "Compare the two and keep one of them.")

"""From articles and what is published already to pages: addresses kept, edits kept, sources that went away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from build_digest.checks.messages import make_problem
from build_digest.front_matter import front_matter
from build_digest.model import Article, Known, KnownPage, Origin, Page, Problem
from build_digest.site.address import (
    choose_addresses,
    home,
    mark,
    match_known,
    origin_lines,
    read_aliases,
    set_copies_apart,
)
from build_digest.site.edits import (
    MACHINE_KEYS,
    Merged,
    fingerprint,
    merge_edits,
    seen_fingerprints,
    stands_as_generated,
    take_prints,
)
from build_digest.site.markdown import render_blocks, unify, write_page
from build_digest.traits import traits_of

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
    traits = [traits_of(article) for article in articles]
    matched = match_known(articles, [own.prints for own in traits], generated)
    taken = [page.path for page in known.pages if not page.meta.get("derived")]
    wishes = [(own.address, article.origins[0]) for own, article in zip(traits, articles, strict=True)]
    paths = choose_addresses(wishes, matched, taken)
    kept = {page.path for page in matched.values()}
    unmatched = [page for page in generated if page.path not in kept]
    absorbed, gone = _find_absorbed(unmatched, articles)
    published = []
    for i, article in enumerate(articles):
        page = matched.get(i)
        former = [address for other in absorbed.get(i, ()) for address in _all_addresses(other)]
        held = page is None and paths[i] in known.unreadable
        published.append(Published(paths[i], _merge(article, paths[i], page, former), page, held))
    orphans = [_keep_orphan(page) for page in gone if _is_orphan(page)]
    retired, problems = _retire(gone)
    rivals = {p.path + PROPOSAL: p.merged.rival for p in published if p.merged.rival is not None}
    edited = _find_edited(known, rivals)
    problems += [_rival_problem(path) for path in rivals]
    problems += [_edited_problem(path, path in rivals) for path in edited if _page_of(path) not in known.unreadable]
    problems += [_address_problem(path, own[1]) for path, own in zip(paths, wishes, strict=True) if path == mark(*own)]
    problems += [_copy_problem(page.path, original) for original, page in copies]
    removed = sorted(page.path for pages in absorbed.values() for page in pages)
    return Publication(
        articles=tuple(published),
        orphans=tuple(orphans),
        copies=tuple(page for _, page in copies),
        retired=tuple(retired),
        proposals=tuple(Page(path, text) for path, text in {**rivals, **edited}.items()),
        removed=tuple(removed),
        problems=tuple(problems),
    )


def _merge(article: Article, path: str, page: KnownPage | None, former: Sequence[str]) -> Merged:
    """What to publish at a path, from an article and the page that stands for it, if one does."""
    meta, prints = front_matter(article), traits_of(article).prints
    if page and not former and stands_as_generated(meta, prints, page):
        return Merged(page.meta, page.body)
    merged = merge_edits(meta, render_blocks(article.blocks), prints, None if page is None else _revive(page))
    return _set_address(merged, path, [*(_moved_from(page) if page else ()), *former])


def _find_absorbed(
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
    if merged.rival is not None:
        record["proposed"] = fingerprint(merged.rival)
    listed = read_aliases(meta)
    aliases = [alias for alias in dict.fromkeys([*listed, *former]) if alias != _address(path)]
    if aliases != listed:
        meta.pop("aliases", None)
        meta |= {"aliases": aliases} if aliases else {}
    return replace(merged, meta={**meta, "digest": record})


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
    merged = merge_edits({}, "", take_prints({}, ""), page)
    return merged.body_edited or bool({*merged.edited} - {"aliases"})


def _address_problem(path: str, origin: Origin) -> Problem:
    message = f"has a title whose address another article has too, so its page is {path}"
    remedy = "Rename the page if you want another address; the old one will lead there."
    return Problem(origin.file, origin.first, "note", "same-address", message, remedy)


def _copy_problem(path: str, original: str) -> Problem:
    message = f"is a copy of {original} and is left as it is; {original} stays the article's page"
    remedy = "Delete it, or take `digest` out of its front matter if it is to be a page of its own."
    return Problem(path, None, "note", "copied-page", message, remedy)


def _find_edited(known: Known, rivals: Mapping[str, str]) -> dict[str, str]:
    """The waiting texts that are neither what the build step last wrote there nor what it would write now."""
    last = {
        path + PROPOSAL: page.meta["digest"].get("proposed")
        for page in known.pages
        if isinstance(page.meta.get("digest"), dict)
        for path in (page.path, home(page))
    }
    return {
        page.path: page.text
        for page in known.proposals
        if unify(page.text) != rivals.get(page.path) and fingerprint(unify(page.text)) != last.get(page.path)
    }


def _page_of(proposal: str) -> str:
    return proposal.removesuffix(PROPOSAL)


def _edited_problem(path: str, needed: bool) -> Problem:
    return make_problem("edited-proposal" if needed else "left-proposal", path, None, page=_page_of(path))


def _rival_problem(path: str) -> Problem:
    message = f"was edited by hand, and its source or rules changed too; the new text waits in {path}"
    return Problem(_page_of(path), None, "note", "edited", message, "Compare the two and keep one of them.")

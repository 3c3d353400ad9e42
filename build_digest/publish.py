"""From articles and what is published already to pages: addresses kept, edits kept, sources that went away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from build_digest.checks.messages import make_problem
from build_digest.front_matter import front_matter
from build_digest.model import Article, Known, KnownPage, Page, Problem
from build_digest.retire import find_absorbed, is_orphan, retire, revive
from build_digest.site.address import choose_addresses, home, mark, match_known, set_copies_apart
from build_digest.site.aliases import all_addresses, moved_from, set_address
from build_digest.site.edits import Merged, fingerprint, merge_edits, stands_as_generated
from build_digest.site.markdown import render_blocks, unify
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
    absorbed, gone = find_absorbed(unmatched, articles)
    published = []
    for i, article in enumerate(articles):
        page = matched.get(i)
        former = [address for other in absorbed.get(i, ()) for address in all_addresses(other)]
        held = page is None and paths[i] in known.unreadable
        published.append(Published(paths[i], _merge(article, paths[i], page, former), page, held))
    rivals = {p.path + PROPOSAL: p.merged.rival for p in published if p.merged.rival is not None}
    edited = _find_edited(known, rivals)
    retired, problems = retire(gone)
    problems += [make_problem("edited", _page_of(path), None, proposal=path, page=_page_of(path)) for path in rivals]
    problems += [_edited_problem(path, path in rivals) for path in edited if _page_of(path) not in known.unreadable]
    elsewhere = ((path, wish, origin) for path, (wish, origin) in zip(paths, wishes, strict=True) if path != wish)
    marked = ((path, origin) for path, wish, origin in elsewhere if path == mark(wish, origin))
    problems += [make_problem("same-address", origin.file, origin.first, page=path) for path, origin in marked]
    problems += [make_problem("copied-page", page.path, None, original=original) for original, page in copies]
    return Publication(
        articles=tuple(published),
        orphans=tuple(_keep_orphan(page) for page in gone if is_orphan(page)),
        copies=tuple(page for _, page in copies),
        retired=tuple(retired),
        proposals=tuple(Page(path, text) for path, text in {**rivals, **edited}.items()),
        removed=tuple(sorted(page.path for pages in absorbed.values() for page in pages)),
        problems=tuple(problems),
    )


def _merge(article: Article, path: str, page: KnownPage | None, former: Sequence[str]) -> Merged:
    """What to publish at a path, from an article and the page that stands for it, if one does."""
    meta, prints = front_matter(article), traits_of(article).prints
    if page and not former and stands_as_generated(meta, prints, page):
        return Merged(page.meta, page.body)
    merged = merge_edits(meta, render_blocks(article.blocks), prints, None if page is None else revive(page))
    return set_address(merged, path, [*(moved_from(page) if page else ()), *former])


def _keep_orphan(page: KnownPage) -> Published:
    """An edited page whose source is gone, as it stands; only its derived block is renewed."""
    return Published(page.path, set_address(Merged(page.meta, page.body), page.path, moved_from(page)), page)


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

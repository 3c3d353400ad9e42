"""Every file that the build step writes below docs/: article pages with their derived blocks, and the derived pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from build_digest.deduplicate import Deduplicated
from build_digest.model import Article, Known, KnownPage, Page, Reading
from build_digest.publish import Publication, Published
from build_digest.search.page import search_page
from build_digest.site.digests import render_digests
from build_digest.site.document_pages import render_documents
from build_digest.site.drawing import render_picture
from build_digest.site.entries import is_listed, read_entry
from build_digest.site.groups import make_archive
from build_digest.site.markdown import escape, escape_inline, replace_derived, write_page
from build_digest.site.neighbourhood import render_neighbourhoods
from build_digest.site.pages import render_lists
from build_digest.site.picture import make_picture, render_mark_pages
from build_digest.site.provenance import find_traces, provenance_path, render_provenance
from build_digest.site.recall import Recall, make_anew
from build_digest.site.shared import render_shared

_LISTED_BY = ("date", "period", "source", "collection", "tags")
"""A hand-written page with any of these keys is listed like an article."""


@dataclass(frozen=True, slots=True)
class Presented:
    """The files to write, those to remove, the pages that stay out of the site, and where each list stands."""

    pages: tuple[Page, ...]
    removed: tuple[str, ...]
    unpublished: tuple[str, ...]
    places: Mapping[str, str]


def present(
    distinct: Deduplicated,
    ledger: Sequence[Reading],
    publication: Publication,
    known: Known,
    recall: Recall = make_anew,
) -> Presented:
    """All pages, in order of their paths.

    Args:
        distinct: the articles, in the order of the publication's.
        ledger: the sources that they came from.
        publication: their pages.
        known: what stands in docs/ already.
        recall: gives derived pages that need not be made again.
    """
    by_hand = [page for page in known.pages if not page.meta.get("derived") and "digest" not in page.meta]
    by_hand += publication.copies
    kept = (*publication.articles, *publication.orphans)
    sides = [(p.path, p.merged.meta) for p in kept]
    listed = [(path, meta) for path, meta in [*sides, *_listed_by_hand(by_hand)] if is_listed(meta)]
    behind = {
        p.path: _as_published(article, p) for article, p in zip(distinct.articles, publication.articles, strict=True)
    }
    archive = make_archive(
        (read_entry(path, meta) for path, meta in listed),
        {path: behind[path] for path, _ in listed if path in behind},
        recall,
    )
    traces = find_traces(ledger, distinct.place_of, [p.path for p in publication.articles])
    blocks = render_neighbourhoods(archive, {path: provenance_path(path) for path in traces})
    pages = [_render_article(p, blocks.get(p.path, "")) for p in kept if not p.held]
    occupied = {page.path for page in by_hand} | set(known.unreadable)
    picture = make_picture(archive)
    derived = [
        *render_lists(archive),
        *render_digests(archive, render_picture(picture, archive.places["digests/"])),
        *render_mark_pages(archive, picture),
        *render_documents(archive),
        *render_provenance(archive, traces),
        *render_shared(archive),
        search_page(),
    ]
    lists = [page for page in derived if page.path not in occupied]
    written = {page.path for page in (*pages, *lists, *publication.retired, *publication.proposals)}
    stale = [page.path for page in known.pages if page.meta.get("derived")] + [page.path for page in known.proposals]
    return Presented(
        pages=tuple(sorted((*pages, *lists, *publication.retired, *publication.proposals), key=lambda page: page.path)),
        removed=tuple(sorted({*publication.removed, *stale} - written)),
        unpublished=tuple(sorted(_unpublished(known))),
        places=archive.places,
    )


def _listed_by_hand(pages: Sequence[KnownPage]) -> list[tuple[str, dict[str, object]]]:
    return [(page.path, page.meta) for page in pages if any(page.meta.get(key) for key in _LISTED_BY)]


def _unpublished(known: Known) -> list[str]:
    """The pages that an editor took out, whether made from a source, left without one, or written by hand."""
    return [page.path for page in known.pages if page.meta.get("publish") is False and not page.meta.get("derived")]


def _as_published(article: Article, published: Published) -> Article:
    """The article as its page shows it: of an edited text, only what still stands in it is told elsewhere."""
    if not published.merged.body_edited:
        return article
    body = published.merged.body

    def stands(text: str) -> bool:
        return escape(text) in body or escape_inline(text) in body

    return replace(
        article,
        citations=tuple(citation for citation in article.citations if stands(citation.sentence)),
        figures=tuple(figure for figure in article.figures if stands(figure.sentence)),
        voices=tuple(voice for voice in article.voices if stands(voice.name)),
    )


def _render_article(published: Published, derived: str) -> Page:
    """An article's page; what says the same already is left as its editor formatted it."""
    known, merged = published.known, published.merged
    if known and (known.body is merged.body or known.body == merged.body) and known.meta == merged.meta:
        if known.derived == derived.strip():
            return Page(published.path, known.text)
        return Page(published.path, replace_derived(known.text, derived), known.meta)
    text = write_page(merged.meta, merged.body, derived)
    return Page(published.path, text, None if known else merged.meta)

"""The index of the documents that articles cite, and a page for each: which articles cite it, in which sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from build_digest.mentions.mentioned import Citation
from build_digest.model import Page
from build_digest.site.cited import Document
from build_digest.site.entries import Entry
from build_digest.site.groups import Archive
from build_digest.site.listing import derived_page, relative_path, render_entry, shorten, write_pages
from build_digest.site.markdown import escape, link

_SENTENCES = 3
"""So many sentences an article."""

Mentions = list[tuple[Entry, Citation]]


def render_documents(archive: Archive) -> list[Page]:
    """The index, by kind and then by how often they are cited, and the page or pages of each document."""
    index = archive.places["documents/"]
    if not archive.documents:
        return [derived_page(index, "文件", "还没有可列出的内容。")]
    sizes: dict[str, int] = {}
    for document in archive.documents:
        sizes[document.kind] = sizes.get(document.kind, 0) + 1
    ordered = sorted(archive.documents, key=lambda document: (-sizes[document.kind], document.kind))
    opening = f"文章里引用的法律、政策、规划、标准和报告，共 {len(ordered)} 份。"
    pages = write_pages(index, "文件", ordered, lambda path, piece: _render_rows(archive, path, piece), opening)
    for document in archive.documents:
        pages += _render_document(archive, document)
    return pages


def _render_rows(archive: Archive, path: str, documents: Sequence[Document]) -> str:
    parts = []
    for kind, group in groupby(documents, key=lambda document: document.kind):
        rows = [
            f"- {link(f'《{document.name}》', relative_path(archive.places[f'documents/{document.key}/'], path))}"
            f" *{len(document.articles())} 篇 {len(document.mentions)} 次*"
            for document in group
        ]
        parts.append(f"## {escape(kind)}\n\n" + "\n".join(rows))
    return "\n\n".join(parts)


def _render_document(archive: Archive, document: Document) -> list[Page]:
    path = archive.places[f"documents/{document.key}/"]
    citing = list(document.articles().values())
    opening = f"{escape(document.kind)}。{len(citing)} 篇文章引用，共 {len(document.mentions)} 次。"
    return write_pages(path, f"《{document.name}》", citing, _render_citing, opening)


def _render_citing(path: str, citing: Sequence[Mentions]) -> str:
    """Articles with the sentences in which they name the document."""
    items = []
    for mentions in citing:
        sentences = dict.fromkeys(shorten(citation.sentence) for _, citation in mentions)
        items.append(render_entry(path, mentions[0][0], *list(sentences)[:_SENTENCES]))
    return "\n\n".join(items)

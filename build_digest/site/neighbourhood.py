"""An article's derived block: topics, related articles, neighbours in its collection, other versions, where it is from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from build_digest.model import Article
from build_digest.site.entries import Entry
from build_digest.site.groups import Archive, collection_order
from build_digest.site.listing import link_entry, link_list, relative_path
from build_digest.site.markdown import escape_inline, link
from build_digest.site.related import Relation, relate
from build_digest.traits import traits_of


def render_neighbourhoods(archive: Archive, provenance: Mapping[str, str]) -> dict[str, str]:
    """The text of each entry's derived block by the path of its page.

    Args:
        archive: all entries.
        provenance: the path of the page that shows how an article was made, by the article's path.
    """
    relations = relate(archive.entries)
    neighbours = _find_neighbours(archive.entries)
    at_origin = _index_origins(archive)
    blocks = {}
    for entry, related in zip(archive.entries, relations, strict=True):
        parts = [
            _render_topics(entry, archive),
            _render_related(entry, [(archive.entries[relation.other], relation) for relation in related]),
            _render_turns(entry, archive, neighbours.get(entry.path, (None, None))),
            _render_versions(entry, archive, at_origin),
            _render_origins(entry, provenance.get(entry.path)),
        ]
        blocks[entry.path] = "\n\n".join(part for part in parts if part)
    return blocks


def _find_neighbours(entries: Sequence[Entry]) -> dict[str, tuple[Entry | None, Entry | None]]:
    found: dict[str, tuple[Entry | None, Entry | None]] = {}
    members = sorted(
        (entry for entry in entries if entry.collection), key=lambda entry: (entry.collection, collection_order(entry))
    )
    for _, group in groupby(members, key=lambda entry: entry.collection):
        row = list(group)
        for i, entry in enumerate(row):
            found[entry.path] = (row[i - 1] if i else None, row[i + 1] if i + 1 < len(row) else None)
    return found


def _index_origins(archive: Archive) -> dict[tuple[str, int], tuple[Entry, Article]]:
    """The published article of each place that texts came from."""
    return {
        (origin.file, origin.first): (entry, article)
        for entry in archive.entries
        if (article := archive.article(entry))
        for origin in article.origins
    }


def _render_topics(entry: Entry, archive: Archive) -> str:
    topics = [link_list(entry.path, tag, archive.place("topics", tag)) for tag in entry.tags]
    return f"**主题**：{' · '.join(topics)}" if topics else ""


def _render_related(entry: Entry, related: Sequence[tuple[Entry, Relation]]) -> str:
    rows = [f"- {link_entry(entry.path, other)}：{_reason(why)}" for other, why in related]
    return "**相关文章**\n\n" + "\n".join(rows) if rows else ""


def _reason(relation: Relation) -> str:
    reasons = []
    if relation.topics:
        reasons.append(f"同属{'、'.join(escape_inline(topic) for topic in relation.topics[:2])}主题")
    if relation.keywords:
        reasons.append("都谈到" + "、".join(escape_inline(word) for word in relation.keywords[:3]))
    return "，".join(reasons)


def _render_turns(entry: Entry, archive: Archive, neighbours: tuple[Entry | None, Entry | None]) -> str:
    turns = [
        f"- {words}：{link_entry(entry.path, other)}"
        for words, other in zip(("上一篇", "下一篇"), neighbours, strict=True)
        if other
    ]
    if not turns:
        return ""
    collection = link(entry.collection, relative_path(archive.place("collections", entry.collection), entry.path))
    return f"**合集**：{collection}\n\n" + "\n".join(turns)


def _render_versions(entry: Entry, archive: Archive, at_origin: Mapping[tuple[str, int], tuple[Entry, Article]]) -> str:
    """Other versions of the text, each with how much longer or shorter it is."""
    article = archive.article(entry)
    rows = {}
    for origin in article.versions if article else ():
        other = at_origin.get((origin.file, origin.first))
        if article and other and other[0] != entry:
            rows[other[0].path] = f"- {link_entry(entry.path, other[0])}：{_compare(article, other[1])}"
    return "**另有版本**\n\n" + "\n".join(rows.values()) if rows else ""


def _compare(article: Article, other: Article) -> str:
    own, its = (traits_of(text).size for text in (article, other))
    if own == its:
        return f"篇幅与本篇相同，约 {its} 字，字句有出入"
    return f"{its} 字，比本篇{'多' if its > own else '少'} {abs(its - own)} 字"


def _render_origins(entry: Entry, provenance: str | None) -> str:
    if not entry.origins:
        return ""
    places = "；".join(
        f"{escape_inline(file)} 第{escape_inline(lines.replace('-', '—'))}行" for file, lines in entry.origins
    )
    way = f"（{link('从来源到本页', relative_path(provenance, entry.path))}）" if provenance else ""
    return f"**出处**：{places}{way}"

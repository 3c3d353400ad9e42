"""The pages that list articles: home, and an index and the lists behind it for topics, periods, sources, collections."""

from __future__ import annotations

from collections.abc import Sequence

from build_digest.model import Page
from build_digest.site.entries import Entry
from build_digest.site.groups import HEADINGS, UNSTATED, Archive, Groups, digested, label
from build_digest.site.listing import (
    PAGE_SIZE,
    derived_page,
    period_label,
    relative_path,
    render_chips,
    render_entries,
    write_pages,
)
from build_digest.site.markdown import link

_NEWEST = 12
_CHIPS = 4 * PAGE_SIZE
"""So many chips stand on one page of an index."""


def render_lists(archive: Archive) -> list[Page]:
    """Home, an index of each kind, and behind it a page, or several, for each topic, period and so on."""
    pages = [_render_home(archive)]
    digests = {(kind, name) for kind, name, _ in digested(archive.groups)}
    for kind, groups in archive.groups.items():
        if f"{kind}/" in archive.places:
            pages += _render_index(archive, kind, groups)
        for name, members in groups:
            digest = f"digests/{kind}/{name}/" if (kind, name) in digests else None
            pages += _render_group(archive, kind, name, members, digest)
    return pages


def _render_home(archive: Archive) -> Page:
    home, groups = "index.md", archive.groups
    dated = [period for period, _ in groups["periods"] if period not in UNSTATED.values()]
    span = f"，时间在{period_label(dated[-1])}至{period_label(dated[0])}之间" if len(dated) > 1 else ""
    parts = [
        f"这里有 {len(archive.entries)} 篇文章，分属 {len(groups['topics'])} 个主题{span}。每篇都保留全文，并注明出处。"
    ]
    if archive.entries:
        digest = link("综述", relative_path(archive.places["digests/"], home))
        parts.append(f"没有时间细读，可以先看{digest}：主要说了什么，引用了哪些文件和数字，谁在发言。")
    parts.append("## 主题\n\n" + _render_group_chips(archive, home, "topics", groups["topics"][:24]))
    parts.append("## 最新\n\n" + render_entries(home, archive.entries[:_NEWEST]))
    for kind in ("collections", "periods", "sources"):
        if groups[kind]:
            parts.append(f"## {HEADINGS[kind]}\n\n{_render_group_chips(archive, home, kind, groups[kind][:12])}")
    return derived_page(home, "首页", "\n\n".join(parts))


def _render_index(archive: Archive, kind: str, groups: Groups) -> list[Page]:
    path = archive.places[f"{kind}/"]
    if not groups:
        return [derived_page(path, HEADINGS[kind], "还没有可列出的内容。")]
    return write_pages(
        path,
        HEADINGS[kind],
        groups,
        lambda place, piece: _render_group_chips(archive, place, kind, piece),
        size=_CHIPS,
    )


def _render_group_chips(archive: Archive, path: str, kind: str, groups: Sequence[tuple[str, list[Entry]]]) -> str:
    """Names with their numbers of articles."""
    return render_chips(
        path, [(f"{label(kind, name)} {len(members)}", archive.place(kind, name)) for name, members in groups]
    )


def _render_group(archive: Archive, kind: str, name: str, members: Sequence[Entry], digest: str | None) -> list[Page]:
    """The page or pages of one topic, period, source, collection or author."""
    path = archive.place(kind, name)
    opening = f"共 {len(members)} 篇。"
    if digest:
        opening += f"{link('一分钟综述', relative_path(archive.places[digest], path))}"
    return write_pages(path, label(kind, name), members, render_entries, opening, feed=kind == "topics")

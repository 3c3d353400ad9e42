"""The pages that list articles: home, and an index and the lists behind it for topics, periods, sources, collections."""

from __future__ import annotations

from collections.abc import Sequence

from build_digest.model import Page
from build_digest.site.entries import Entry
from build_digest.site.entry_lists import list_entries
from build_digest.site.groups import HEADINGS, UNSTATED, Archive, Groups, digested, label
from build_digest.site.listing import (
    derived_page,
    period_label,
    relative_path,
    render_chips,
    render_entries,
    render_rows,
    write_pages,
)
from build_digest.site.markdown import link

_NEWEST = 12
_CHIPS = {"topics": 24, "collections": 8, "periods": 12, "sources": 12}
"""The kinds that home shows, in their order, and so many of each."""
_TITLES = 2
"""So many articles stand behind a name in an index."""
_COUNTED = {
    "topics": "共 {} 个主题，文章多的在前。",
    "periods": "共 {} 个时段，最近的在前。",
    "sources": "共 {} 家来源，文章多的在前。",
    "collections": "共 {} 个合集，最近的在前。",
    "authors": "共 {} 位作者，文章多的在前。",
}


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
    topics = f"，分属 {len(groups['topics'])} 个主题" if groups["topics"] else ""
    parts = [f"这里有 {len(archive.entries)} 篇文章{topics}{span}。每篇都保留全文，并注明出处。"]
    if archive.entries:
        digest = link("综述", relative_path(archive.places["digests/"], home))
        parts.append(f"没有时间细读，可以先看{digest}：主要说了什么，引用了哪些文件和数字，谁在发言。")
    parts.append("## 最新\n\n" + render_entries(home, archive.entries[:_NEWEST]))
    if len(archive.entries) > _NEWEST:
        parts.append(link(f"按时间看全部 {len(archive.entries)} 篇", relative_path(archive.places["periods/"], home)))
    parts += [_render_shelf(archive, home, kind) for kind in _CHIPS if groups[kind]]
    return derived_page(home, "首页", "\n\n".join(parts))


def _render_shelf(archive: Archive, path: str, kind: str) -> str:
    """The first names of a kind as chips, and the way to the others."""
    groups = archive.groups[kind]
    chips = [(label(kind, name), len(members), archive.place(kind, name)) for name, members in groups[: _CHIPS[kind]]]
    shelf = f"## {HEADINGS[kind]}\n\n{render_chips(path, chips)}"
    if len(groups) > len(chips):
        shelf += f"\n\n{link(f'全部 {len(groups)} 个', relative_path(archive.places[f'{kind}/'], path))}"
    return shelf


def _render_index(archive: Archive, kind: str, groups: Groups) -> list[Page]:
    path = archive.places[f"{kind}/"]
    if not groups:
        return [derived_page(path, HEADINGS[kind], "还没有可列出的内容。")]
    named = sum(name not in UNSTATED.values() for name, _ in groups)
    opening = _COUNTED[kind].format(named) if named else ""
    return write_pages(
        path, HEADINGS[kind], groups, lambda place, piece: _render_names(archive, place, kind, piece), opening
    )


def _render_names(archive: Archive, path: str, kind: str, groups: Sequence[tuple[str, list[Entry]]]) -> str:
    """Names with their numbers of articles and the first of these."""
    return render_rows(
        path,
        [
            (label(kind, name), archive.place(kind, name), f"{len(members)} 篇", members[:_TITLES])
            for name, members in groups
        ],
    )


def _render_group(archive: Archive, kind: str, name: str, members: Sequence[Entry], digest: str | None) -> list[Page]:
    """The page or pages of one topic, period, source, collection or author."""
    path = archive.place(kind, name)
    opening = f"共 {len(members)} 篇。"
    if digest:
        opening += f"{link('一分钟综述', relative_path(archive.places[digest], path))}"
    title = label(kind, name)
    return list_entries(archive, path, title, members, opening, told=title, feed=kind == "topics")

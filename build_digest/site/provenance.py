"""For each article a page that shows its way from source to page: what was left out and why, repaired, recognised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from build_digest.model import Page, Reading
from build_digest.prepared import Trace
from build_digest.site.entries import Entry
from build_digest.site.groups import Archive
from build_digest.site.listing import derived_page, link_entry, link_list
from build_digest.site.traces import LINES
from build_digest.traits import traits_of

FOLDER = "provenance/"
_ORIGINS = 8


def provenance_path(path: str) -> str:
    """Where the page about an article's page stands.

    >>> provenance_path("articles/a/b.md"), provenance_path("notes/c.md")
    ('provenance/a/b.md', 'provenance/-/notes/c.md')
    """
    return FOLDER + path.removeprefix("articles/") if path.startswith("articles/") else f"{FOLDER}-/{path}"


def find_traces(
    ledger: Iterable[Reading], place_of: Mapping[tuple[str, int], int], paths: Sequence[str]
) -> dict[str, list[Trace]]:
    """What each source of an article says about it, by the path of the article's page."""
    traces: dict[str, list[Trace]] = {}
    for reading in ledger:
        for index, trace in enumerate(reading.traces):
            traces.setdefault(paths[place_of[reading.path, index]], []).append(trace)
    return traces


def render_provenance(archive: Archive, traces: Mapping[str, Sequence[Trace]]) -> list[Page]:
    """A page for each listed article that came from a source."""
    return [_render_page(archive, entry, traces[entry.path]) for entry in archive.entries if entry.path in traces]


def _render_page(archive: Archive, entry: Entry, traces: Sequence[Trace]) -> Page:
    path = provenance_path(entry.path)
    parts = [
        f"{link_entry(path, entry)}：从来源到页面。除了修复乱码和编辑的改动，留用的文字一字未改，只理顺了标点和换行。"
    ]
    left = LINES
    for trace in traces[:_ORIGINS]:
        parts += [trace.text, _render_omitted(trace, left)]
        left = max(0, left - trace.left_out)
    if len(traces) > _ORIGINS:
        parts.append(f"另有 {len(traces) - _ORIGINS} 个来源载有同一篇文章。")
    parts.append(_render_topics(archive, entry, path))
    body = "\n\n".join(part for part in parts if part)
    return derived_page(path, f"来历：{entry.title}", body, robots="noindex")


def _render_omitted(trace: Trace, most: int) -> str:
    """What was left out, with the reason; the first lines in full."""
    if not trace.left_out:
        return ""
    rows = list(trace.omitted[:most])
    if trace.left_out > most:
        rows.append(f"- 还有 {trace.left_out - most} 行没有列出")
    return f"**略去的内容**：{trace.reasons}\n\n" + "\n".join(rows)


def _render_topics(archive: Archive, entry: Entry, path: str) -> str:
    """Why the article has its topics: the words that speak for each."""
    article = archive.article(entry)
    evidence = traits_of(article).evidence if article else {}
    rows = [
        f"- {link_list(path, topic, archive.place('topics', topic))}：{evidence.get(topic) or '由编辑标注'}"
        for topic in entry.tags
    ]
    return "## 主题的依据\n\n" + "\n".join(rows) if rows else ""

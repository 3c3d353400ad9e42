"""For each article a page that shows its way from source to page: what was left out and why, repaired, recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from build_digest.model import KEPT, Article, Found, Line, Page, Reading, Repair
from build_digest.site.entries import Entry
from build_digest.site.groups import Archive
from build_digest.site.listing import derived_page, link_entry, relative_path, shorten
from build_digest.site.markdown import escape_inline, link
from build_digest.site.reasons import reason, repair_name
from build_digest.text.typeset import clean_spaces

FOLDER = "provenance/"
_LINES = 80
"""So many lines left out are shown on a page."""
_ORIGINS = 8
_TERMS = 5
_REPAIRS = 20
_LONGEST_LINE = 60


@dataclass(frozen=True, slots=True)
class Copy:
    """An article as one source has it: its own lines, and how many others belong to it or to the whole collection."""

    reading: Reading
    article: Article
    lines: tuple[Line, ...]
    shared: Mapping[str, int]


def provenance_path(path: str) -> str:
    """Where the page about an article's page stands.

    >>> provenance_path("articles/a/b.md"), provenance_path("notes/c.md")
    ('provenance/a/b.md', 'provenance/-/notes/c.md')
    """
    return FOLDER + path.removeprefix("articles/") if path.startswith("articles/") else f"{FOLDER}-/{path}"


def find_copies(
    ledger: Iterable[Reading], place_of: Mapping[tuple[str, int], int], paths: Sequence[str]
) -> dict[str, list[Copy]]:
    """The copies of each article by the path of its page, in one pass over the lines of all sources."""
    copies: dict[str, list[Copy]] = {}
    for reading in ledger:
        own: dict[int | None, list[Line]] = {}
        alone = 0 if len(reading.articles) == 1 else None
        for line in reading.lines:
            own.setdefault(alone if line.article is None else line.article, []).append(line)
        shared = _count_reasons(own.get(None, ()))
        for index, article in enumerate(reading.articles):
            path = paths[place_of[reading.path, index]]
            copies.setdefault(path, []).append(Copy(reading, article, tuple(own.get(index, ())), shared))
    return copies


def render_provenance(archive: Archive, copies: Mapping[str, Sequence[Copy]]) -> list[Page]:
    """A page for each listed article that came from a source."""
    return [_render_page(archive, entry, copies[entry.path]) for entry in archive.entries if entry.path in copies]


def _render_page(archive: Archive, entry: Entry, copies: Sequence[Copy]) -> Page:
    path = provenance_path(entry.path)
    parts = [
        f"{link_entry(path, entry)}：从来源到页面。除了修复乱码和编辑的改动，留用的文字一字未改，只理顺了标点和换行。"
    ]
    left = _LINES
    for copy in copies[:_ORIGINS]:
        omitted = _omitted(copy.lines)
        parts += ["## 来源：" + escape_inline(copy.reading.path), _render_counts(copy), _render_stated(copy)]
        parts += [_render_repairs(copy), _render_omitted(omitted, left)]
        left = max(0, left - len(omitted))
    if len(copies) > _ORIGINS:
        parts.append(f"另有 {len(copies) - _ORIGINS} 个来源载有同一篇文章。")
    parts.append(_render_topics(archive, entry, path))
    body = "\n\n".join(part for part in parts if part)
    return derived_page(path, f"来历：{entry.title}", body, robots="noindex")


def _render_topics(archive: Archive, entry: Entry, path: str) -> str:
    """Why the article has its topics: the words that speak for each."""
    article = archive.article(entry)
    evidence = {tag.name: tag.evidence for tag in article.tags} if article else {}
    rows = []
    for topic in entry.tags:
        found = evidence.get(topic, ())
        terms = [f"“{escape_inline(term)}” {count} 次（首见第 {line} 行）" for term, count, line in found[:_TERMS]]
        name = link(topic, relative_path(archive.place("topics", topic), path))
        rows.append(f"- {name}：{'，'.join(terms) or '由编辑标注'}")
    return "## 主题的依据\n\n" + "\n".join(rows) if rows else ""


def _render_counts(copy: Copy) -> str:
    kept = sum(line.fate in KEPT for line in copy.lines)
    omitted = len(_omitted(copy.lines))
    origin = copy.article.origins[0]
    parts = [f"共 {len(copy.reading.lines)} 行，编码 {copy.reading.encoding}。"]
    if len(copy.reading.articles) > 1:
        parts.append(f"其中收有 {len(copy.reading.articles)} 篇文章。")
    parts.append(f"本文在第 {origin.first}—{origin.last} 行，留用 {kept} 行，略去 {omitted} 行。")
    if copy.shared:
        parts.append(f"不属于任何一篇的行：{_name_counts(copy.shared)}。")
    return "".join(parts)


def _render_stated(copy: Copy) -> str:
    """What the source states about the article, and in which line."""
    stated = copy.article.description
    rows = [
        *_state("标题", [copy.article.title]),
        *_state("日期", [stated.date]),
        *_state("来源", [stated.source]),
        *_state("作者", stated.authors),
        *_state("单位", stated.affiliations),
        *_state("编辑", stated.editors),
        *_state("地址", [stated.url]),
        *_state("标签", stated.source_tags),
    ]
    return "**读到的题头**\n\n" + "\n".join(rows) if rows else ""


def _state(name: str, found: Iterable[Found | None]) -> list[str]:
    rows = []
    for value in filter(None, found):
        notes = [*(["推定"] if value.inferred else []), *([f"第 {value.line} 行"] if value.line else [])]
        note = f"（{'，'.join(notes)}）" if notes else ""
        rows.append(f"- {name}：{escape_inline(shorten(value.value, _LONGEST_LINE))}{note}")
    return rows


def _render_repairs(copy: Copy) -> str:
    numbers = {line.number for line in copy.lines}
    repairs = [repair for repair in copy.reading.repairs if repair.line in numbers]
    rows = [_render_repair(repair) for repair in repairs[:_REPAIRS]]
    if len(repairs) > _REPAIRS:
        rows.append(f"- 还有 {len(repairs) - _REPAIRS} 处")
    return "**修复的文字**\n\n" + "\n".join(rows) if rows else ""


def _render_repair(repair: Repair) -> str:
    before, after = (
        escape_inline(shorten(clean_spaces(text), _LONGEST_LINE)) for text in (repair.before, repair.after)
    )
    return f"- 第 {repair.line} 行，{repair_name(repair.rule)}：“{before}”读作“{after}”"


def _omitted(lines: Sequence[Line]) -> list[tuple[int, str, str]]:
    """The lines and parts of lines left out: number, reason and text."""
    found = []
    for line in lines:
        if line.fate not in KEPT and line.fate != "blank":
            found.append((line.number, reason(line.fate, line.verdict.rule), line.text))
        found += [(line.number, reason(cut.fate, cut.rule), line.text[cut.start : cut.end]) for cut in line.cuts]
    return found


def _count_reasons(lines: Sequence[Line]) -> dict[str, int]:
    return dict(Counter(why for _, why, _ in _omitted(lines)))


def _name_counts(counts: Mapping[str, int]) -> str:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "、".join(f"{escape_inline(name)} {count} 行" for name, count in ranked)


def _render_omitted(omitted: Sequence[tuple[int, str, str]], most: int) -> str:
    """What was left out, with the reason; the first lines in full."""
    if not omitted:
        return ""
    rows = [
        f"- 第 {number} 行（{why}）：{escape_inline(shorten(clean_spaces(text), _LONGEST_LINE))}"
        for number, why, text in omitted[:most]
    ]
    if len(omitted) > most:
        rows.append(f"- 还有 {len(omitted) - most} 行没有列出")
    counts = Counter(why for _, why, _ in omitted)
    return f"**略去的内容**：{_name_counts(counts)}\n\n" + "\n".join(rows)

"""What the page about an article's way says of one source: what was left out and why, repaired, recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from build_digest.model import KEPT, Article, Found, Line, Repair
from build_digest.prepared import Trace
from build_digest.repair import LOST
from build_digest.site.listing import shorten
from build_digest.site.markdown import escape_inline
from build_digest.site.reasons import reason, repair_name
from build_digest.text.typeset import clean_spaces

LINES = 80
"""So many lines left out are shown on a page."""
_REPAIRS = 20
_LONGEST_LINE = 60


def trace_articles(
    path: str, encoding: str | None, lines: Sequence[Line], repairs: Sequence[Repair], articles: Sequence[Article]
) -> Iterator[Trace]:
    """For each article of a source what became of its lines, and how many others belong to it or to all articles."""
    own: dict[int | None, list[Line]] = {}
    alone = 0 if len(articles) == 1 else None
    for line in lines:
        own.setdefault(alone if line.article is None else line.article, []).append(line)
    shared = Counter(why for _, why, _ in _omitted(own.get(None, ())))
    head = [f"共 {len(lines)} 行，编码 {encoding}。"]
    if len(articles) > 1:
        head.append(f"其中收有 {len(articles)} 篇文章。")
    tail = f"不属于任何一篇的行：{_name_counts(shared)}。" if shared else ""
    for index, article in enumerate(articles):
        its = own.get(index, ())
        omitted = list(_omitted(its))
        parts = [
            "## 来源：" + escape_inline(path),
            "".join([*head, _render_extent(article, its, len(omitted)), tail]),
            _render_stated(article),
            _render_repairs(its, repairs),
        ]
        yield Trace(
            text="\n\n".join(part for part in parts if part),
            omitted=tuple(_render_omitted(number, why, text) for number, why, text in omitted[:LINES]),
            left_out=len(omitted),
            reasons=_name_counts(Counter(why for _, why, _ in omitted)),
        )


def _render_extent(article: Article, lines: Sequence[Line], omitted: int) -> str:
    kept = sum(line.fate in KEPT for line in lines)
    origin = article.origins[0]
    return f"本文在第 {origin.first}—{origin.last} 行，留用 {kept} 行，略去 {omitted} 行。"


def _render_stated(article: Article) -> str:
    """What the source states about the article, and in which line."""
    stated = article.description
    rows = [
        *_state("标题", [article.title]),
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


def _render_repairs(lines: Sequence[Line], every: Sequence[Repair]) -> str:
    numbers = {line.number for line in lines}
    repairs = [repair for repair in every if repair.line in numbers]
    rows = [_render_repair(repair) for repair in repairs[:_REPAIRS]]
    if len(repairs) > _REPAIRS:
        rows.append(f"- 还有 {len(repairs) - _REPAIRS} 处")
    return "**修复的文字**\n\n" + "\n".join(rows) if rows else ""


def _render_repair(repair: Repair) -> str:
    before, after = (
        escape_inline(shorten(clean_spaces(text), _LONGEST_LINE)) for text in (repair.before, repair.after)
    )
    if not after.strip(LOST):
        return f"- 第 {repair.line} 行：“{before}”无法复原，原来的字已经丢失"
    return f"- 第 {repair.line} 行，{repair_name(repair.rule)}：“{before}”读作“{after}”"


def _omitted(lines: Sequence[Line]) -> Iterator[tuple[int, str, str]]:
    """The lines and parts of lines left out: number, reason and text."""
    for line in lines:
        if line.fate not in KEPT and line.fate != "blank":
            yield line.number, reason(line.fate, line.verdict.rule), line.text
        for cut in line.cuts:
            yield line.number, reason(cut.fate, cut.rule), line.text[cut.start : cut.end]


def _render_omitted(number: int, why: str, text: str) -> str:
    return f"- 第 {number} 行（{why}）：{escape_inline(shorten(clean_spaces(text), _LONGEST_LINE))}"


def _name_counts(counts: Mapping[str, int]) -> str:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "、".join(f"{escape_inline(name)} {count} 行" for name, count in ranked)

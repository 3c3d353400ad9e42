"""From a source's lines and its layout to its articles, and a fate for every line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from build_digest.classification.fold import fold_line
from build_digest.classify import judge_lines, settle
from build_digest.compilations.collection import collection_of
from build_digest.compose import compose
from build_digest.describe import describe
from build_digest.keywords import choose, weigh
from build_digest.mentions.documents import find_documents
from build_digest.mentions.figures import find_figures
from build_digest.mentions.voices import find_voices
from build_digest.metadata.dates import find_dates
from build_digest.metadata.name_lines import HEAD_LINE, NAME, are_names, is_name_line
from build_digest.metadata.names import split_names
from build_digest.model import Article, Block, Description, Found, Kind, Line, Origin, Problem, Verdict
from build_digest.packing import pack_tightly
from build_digest.rulebook import Rulebook
from build_digest.rules import Rules
from build_digest.split import Layout, Part
from build_digest.summarise import summarise_from
from build_digest.tag import tag
from build_digest.text.script import traditional_share
from build_digest.text.typeset import typeset
from build_digest.words.segment import segment

_KEYWORDS = 8
_SENTENCES = 3
_SENTENCE_FOR = 400
"""A summary has one sentence, and another for each so many characters, up to `_SENTENCES`."""
_LONGEST_TEXT = 100_000
"""Keywords and summaries are taken from so many characters: more would not make them better."""
_TRADITIONAL_SHARE = 0.04
"""A text with a larger share of characters that have another, simplified form is traditional."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """What a source's lines became: a kind, every line with its fate, the articles, what was odd."""

    kind: Kind
    lines: tuple[Line, ...]
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]


def assemble(path: str, texts: Sequence[str], layout: Layout, rulebook: Rulebook) -> Assembled:
    """Read each part of a layout as an article, and give the lines outside all parts the fates of the layout.

    The rules of a site are those of the folder that the source stands in, else of the host of the address it states.
    """
    folder = path.split("/", maxsplit=1)[0] if "/" in path else None
    read = _assemble(path, texts, layout, rulebook, folder)
    host = None if folder else next((article.site for article in read.articles if article.site), None)
    return _assemble(path, texts, layout, rulebook, host) if host in rulebook.lines.sites else read


def _assemble(path: str, texts: Sequence[str], layout: Layout, rulebook: Rulebook, site: str | None) -> Assembled:
    lines: dict[int, Line] = {}
    articles: list[Article] = []
    whole = layout.kind == "article"
    outside = {other.line for other in layout.other}
    kind: Kind = layout.kind
    layout = _with_sure_names(layout, texts, rulebook.lines)
    for part in layout.parts:
        numbers = [n for n in range(part.first, part.last + 1) if n not in outside]
        kind_of_part, settled = _settle_part(path, texts, numbers, part, rulebook, whole, site)
        if whole:
            kind = kind_of_part
        if kind_of_part == "none":
            lines.update((line.number, line) for line in settled)
            continue
        description, settled = describe(settled, rulebook.lines)
        if part.author:
            names = split_names(part.author.value, rulebook.lines)[0]
            authors = tuple(replace(part.author, value=name) for name in names)
            description = replace(description, authors=authors or description.authors)
        description = replace(description, date=description.date or _date_before_title(part, texts))
        index = len(articles)
        lines.update((line.number, line.in_article(index)) for line in settled)
        articles.append(_make_article((path, index), part, texts, settled, description, rulebook))
    collection = collection_of(texts[layout.title - 1]) if layout.title else None
    if collection:
        articles = [replace(a, collection=typeset(collection.name), period=collection.period) for a in articles]
    lines.update(_lines_of_layout(texts, layout))
    site = site or next((_host(a) for a in articles if a.description.url), None)
    articles = [replace(article, site=site) for article in articles]
    every = tuple(lines.get(n) or _line(n, texts[n - 1], "boilerplate", "left-over") for n in range(1, len(texts) + 1))
    return Assembled(kind, every, tuple(articles), tuple(_problems(path, texts, layout, kind, articles)))


def _date_before_title(part: Part, texts: Sequence[str]) -> Found | None:
    """The day in front of a title on its line: 2021-03-02 论水."""
    if not part.title or part.title_from not in part.title_lines:
        return None
    before, _, _ = texts[part.title_from - 1].partition(part.title)
    dates = find_dates(fold_line(before))
    return Found(dates[0].value, part.title_from) if len(dates) == 1 else None


def _settle_part(
    path: str,
    texts: Sequence[str],
    numbers: Sequence[int],
    part: Part,
    rulebook: Rulebook,
    whole: bool,
    site: str | None,
) -> tuple[Kind, list[Line]]:
    """The lines of one part with their fates; the copies of its title are known already."""
    own = [n for n in numbers if n not in part.title_lines and n not in part.head_lines]
    verdicts = judge_lines([texts[n - 1] for n in own], rulebook.lines, site, path)
    kind, settled = settle(
        [texts[n - 1] for n in own], verdicts, rulebook.lines, whole, part.title or None, part.closes, part.named
    )
    renumbered = [_standfirst(_renumber(line, n), part) for n, line in zip(own, settled, strict=True)]
    titles = [_line(n, texts[n - 1], "title", "split-title") for n in part.title_lines]
    heads = [_line(n, texts[n - 1], "metadata", NAME if n in part.name_lines else HEAD_LINE) for n in part.head_lines]
    return kind, sorted([*renumbered, *titles, *heads], key=lambda line: line.number)


def _with_sure_names(layout: Layout, texts: Sequence[str], rules: Rules) -> Layout:
    """The layout with the lines that are nothing but a name, and without what only stands like one."""
    beside = are_names((part.author.value for part in layout.parts if part.author), rules)
    below = are_names((_first_below_title(part, texts) for part in layout.parts if part.named), rules)
    alone = {n for part in layout.parts for n in part.head_lines if is_name_line(fold_line(texts[n - 1]), rules)}
    alone = alone if are_names((texts[n - 1] for n in alone), rules) else set()
    parts = (
        replace(
            part,
            author=part.author if beside else None,
            named=part.named and below,
            name_lines=tuple(n for n in part.head_lines if n in alone),
        )
        for part in layout.parts
    )
    return replace(layout, parts=tuple(parts))


def _first_below_title(part: Part, texts: Sequence[str]) -> str:
    below = range(max(part.title_lines, default=part.first - 1) + 1, part.last + 1)
    return next((texts[n - 1] for n in below if texts[n - 1].strip()), "")


def _renumber(line: Line, number: int) -> Line:
    return line if line.number == number else replace(line, number=number)


def _standfirst(line: Line, part: Part) -> Line:
    """What stands between two copies of a title is no heading of the text."""
    if line.fate != "heading" or not min(part.title_lines, default=0) < line.number < max(part.title_lines, default=0):
        return line
    return replace(line, verdict=Verdict("body", "standfirst", line.verdict.score))


def _line(number: int, text: str, fate: str, rule: str) -> Line:
    verdict = Verdict("blank", "blank") if not text.strip() else Verdict(fate, rule)  # type: ignore[arg-type]
    return Line(number, text, verdict, verdict)


def _lines_of_layout(texts: Sequence[str], layout: Layout) -> dict[int, Line]:
    fates = dict.fromkeys(layout.contents, ("contents", "contents-list"))
    fates |= {other.line: ("boilerplate", other.rule) for other in layout.other}
    if layout.title:
        fates[layout.title] = ("title", "compilation-title")
    return {n: _line(n, texts[n - 1], fate, rule) for n, (fate, rule) in fates.items()}


def _make_article(
    key: tuple[str, int],
    part: Part,
    texts: Sequence[str],
    lines: Sequence[Line],
    description: Description,
    rulebook: Rulebook,
) -> Article:
    blocks = compose(lines)
    stated = Found(part.title, part.title_from) if part.title else description.title
    title = stated or Found(key[0].rsplit("/", 1)[-1].removesuffix(".txt"), 0, inferred=True)
    title = replace(title, value=typeset(title.value))
    paragraphs = [block for block in blocks if block.kind == "paragraph"]
    numbered = _numbered(paragraphs)
    text = "\n".join(block.text for block in paragraphs)[:_LONGEST_TEXT]
    segmented = segment(title.value, text)
    phrases = weigh(segmented)
    sentences = min(_SENTENCES, 1 + len(text) // _SENTENCE_FOR)
    used = [line.number for line in lines if line.fate not in ("boilerplate", "blank")] or [part.first, part.last]
    return Article(
        key=key,
        title=title,
        description=_typeset_description(replace(description, title=title)),
        packed=pack_tightly(blocks),
        origins=(Origin(key[0], min(used), max(used)),),
        script="zh-Hant" if traditional_share(text) > _TRADITIONAL_SHARE else "zh-Hans",
        tags=tag(title.value, [b.text for b in blocks if b.kind == "heading"], numbered, rulebook.topics),
        keywords=tuple(choose(segmented, phrases, _KEYWORDS)),
        summary=tuple(summarise_from(segmented, phrases, sentences)),
        citations=find_documents(numbered),
        figures=find_figures(numbered),
        voices=find_voices(numbered),
    )


def _numbered(blocks: Sequence[Block]) -> list[tuple[int, str]]:
    return [(block.first, block.text) for block in blocks]


def _typeset_description(description: Description) -> Description:
    def mend(found: tuple[Found, ...]) -> tuple[Found, ...]:
        return tuple(replace(value, value=typeset(value.value)) for value in found)

    source = description.source
    return replace(
        description,
        source=replace(source, value=typeset(source.value)) if source else None,
        authors=mend(description.authors),
        affiliations=mend(description.affiliations),
        source_tags=mend(description.source_tags),
    )


def _host(article: Article) -> str | None:
    url = article.description.url
    match = re.match(r"[a-z]+://(?:[^/@]*@)?([^/:?#]+)", url.value, re.IGNORECASE) if url else None
    return match[1].lower().removeprefix("www.") if match else None


def _problems(
    path: str, texts: Sequence[str], layout: Layout, kind: Kind, articles: Sequence[Article]
) -> list[Problem]:
    problems = [Problem(path, odd.line, odd.severity, odd.code, odd.message, odd.remedy) for odd in layout.problems]
    if kind == "none" and any(text.strip() for text in texts):
        remedy = "If it has a main text, settle its lines in corpus/rules/lines.yml (see build-digest explain)."
        problems.append(Problem(path, None, "note", "no-main-text", "has no main text and makes no article", remedy))
    for article in articles:
        if article.title.inferred:
            message = f"states no title; {article.title.value!r} was taken from its text"
            remedy = "Check the title, and mend it in the page's front matter if need be."
            problems.append(Problem(path, article.title.line or None, "note", "inferred-title", message, remedy))
    return problems

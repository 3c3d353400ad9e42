"""From a source's lines and its layout to its articles, and a fate for every line."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from build_digest.classify import judge_lines, settle, settle_part
from build_digest.compilations.collection import collection_of
from build_digest.compose import compose
from build_digest.describe import describe
from build_digest.keywords import choose, weigh
from build_digest.mentions.citations import find_documents
from build_digest.mentions.figures import find_figures
from build_digest.mentions.voices import find_voices
from build_digest.metadata.dates import find_dates
from build_digest.metadata.name_lines import HEAD_LINE, NAME, are_names, is_name_line
from build_digest.metadata.names import split_names
from build_digest.model import Article, Block, Description, Fate, Found, Kind, Line, Origin, Problem, Verdict
from build_digest.packing import pack_tightly
from build_digest.rulebook import Rulebook
from build_digest.rules import Rules
from build_digest.split import Layout, Part
from build_digest.summarise import summarise_from
from build_digest.tag import tag
from build_digest.text.line_fold import fold_line
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


@dataclass(frozen=True, slots=True)
class _Text:
    """A source's lines, and what they are read with; `site` adds the rules of that site."""

    path: str
    lines: Sequence[str]
    rulebook: Rulebook
    site: str | None

    def line(self, number: int, fate: Fate, rule: str) -> Line:
        """A line of which it is known what it is."""
        text = self.lines[number - 1]
        verdict = Verdict(fate, rule) if text.strip() else Verdict("blank", "blank")
        return Line(number, text, verdict, verdict)


def assemble(path: str, texts: Sequence[str], layout: Layout, rulebook: Rulebook) -> Assembled:
    """Read each part of a layout as an article, and give the lines outside all parts the fates of the layout.

    The rules of a site are those of the folder that the source stands in, else of the host of the address it states.
    """
    folder = path.split("/", maxsplit=1)[0] if "/" in path else None
    read = _assemble(_Text(path, texts, rulebook, folder), layout)
    host = None if folder else next((article.site for article in read.articles if article.site), None)
    return _assemble(_Text(path, texts, rulebook, host), layout) if host in rulebook.lines.sites else read


def _assemble(text: _Text, layout: Layout) -> Assembled:
    lines: dict[int, Line] = {}
    articles: list[Article] = []
    outside = {other.line for other in layout.other}
    kind: Kind = layout.kind
    whole = kind == "article"
    for part in _with_sure_names(layout, text.lines, text.rulebook.lines):
        kind_of_part, settled = _settle_part(text, part, outside, whole)
        kind = kind_of_part if whole else kind
        index = None
        if kind_of_part != "none":
            index = len(articles)
            description, settled = _describe_part(settled, part, text.rulebook.lines)
            articles.append(_make_article(text, index, part, settled, description))
        lines |= {line.number: line if index is None else line.in_article(index) for line in settled}
    lines |= _lines_of_layout(text, layout)
    collection = collection_of(text.lines[layout.title - 1]) if layout.title else None
    if collection:
        articles = [replace(a, collection=typeset(collection.name), period=collection.period) for a in articles]
    site = text.site or next((_host(a) for a in articles if a.description.url), None)
    articles = [replace(article, site=site) for article in articles]
    numbers = range(1, len(text.lines) + 1)
    every = tuple(lines.get(n) or text.line(n, "boilerplate", "left-over") for n in numbers)
    return Assembled(kind, every, tuple(articles), tuple(_problems(text, layout, kind, articles)))


def _lines_of_layout(text: _Text, layout: Layout) -> dict[int, Line]:
    """The lines that are of no article, by their numbers."""
    lines = {n: text.line(n, "contents", "contents-list") for n in layout.contents}
    lines |= {other.line: text.line(other.line, "boilerplate", other.rule) for other in layout.other}
    if layout.title:
        lines[layout.title] = text.line(layout.title, "title", "compilation-title")
    return lines


def _settle_part(text: _Text, part: Part, outside: Container[int], whole: bool) -> tuple[Kind, list[Line]]:
    """The lines of one part with their fates; the copies of its title are known already."""
    known = {*part.title_lines, *part.head_lines}
    own = [n for n in range(part.first, part.last + 1) if n not in known and n not in outside]
    lines, rules = [text.lines[n - 1] for n in own], text.rulebook.lines
    verdicts = judge_lines(lines, rules, text.site, text.path)
    kind: Kind = "article"
    if whole:
        kind, settled = settle(lines, verdicts, rules)
    else:
        settled = settle_part(lines, verdicts, rules, part.title or None, part.closes, part.named)
    renumbered = [_standfirst(_renumber(line, n), part) for n, line in zip(own, settled, strict=True)]
    titles = [text.line(n, "title", "split-title") for n in part.title_lines]
    heads = [text.line(n, "metadata", NAME if n in part.name_lines else HEAD_LINE) for n in part.head_lines]
    return kind, sorted([*renumbered, *titles, *heads], key=lambda line: line.number)


def _describe_part(lines: Sequence[Line], part: Part, rules: Rules) -> tuple[Description, list[Line]]:
    """What the lines of a part state, and its layout of the author and the day; the lines with the parts that state it cut out."""
    description, lines = describe(lines, rules)
    if part.author:
        names = split_names(part.author.value, rules)[0]
        authors = tuple(replace(part.author, value=name) for name in names)
        description = replace(description, authors=authors or description.authors)
    return replace(description, date=description.date or _date_before_title(lines, part)), lines


def _date_before_title(lines: Sequence[Line], part: Part) -> Found | None:
    """The day in front of a title on its line: 2021-03-02 论水."""
    title = next((line for line in lines if line.number == part.title_from), None)
    if title is None or not part.title:
        return None
    before, _, _ = title.text.partition(part.title)
    dates = find_dates(fold_line(before))
    return Found(dates[0].value, title.number) if len(dates) == 1 else None


def _with_sure_names(layout: Layout, texts: Sequence[str], rules: Rules) -> list[Part]:
    """The parts of a layout with the lines that are nothing but a name, and without what only stands like one."""
    beside = are_names((part.author.value for part in layout.parts if part.author), rules)
    below = are_names((_first_below_title(part, texts) for part in layout.parts if part.named), rules)
    alone = {n for part in layout.parts for n in part.head_lines if is_name_line(fold_line(texts[n - 1]), rules)}
    alone = alone if are_names((texts[n - 1] for n in alone), rules) else set()
    return [
        replace(
            part,
            author=part.author if beside else None,
            named=part.named and below,
            name_lines=tuple(n for n in part.head_lines if n in alone),
        )
        for part in layout.parts
    ]


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


def _make_article(source: _Text, index: int, part: Part, lines: Sequence[Line], description: Description) -> Article:
    blocks = compose(lines)
    stated = Found(part.title, part.title_from) if part.title else description.title
    title = stated or Found(source.path.rsplit("/", 1)[-1].removesuffix(".txt"), 0, inferred=True)
    title = replace(title, value=typeset(title.value))
    numbered = list(_numbered(blocks))
    text = "\n".join(paragraph for _, paragraph in numbered)[:_LONGEST_TEXT]
    segmented = segment(title.value, text)
    phrases = weigh(segmented)
    sentences = min(_SENTENCES, 1 + len(text) // _SENTENCE_FOR)
    used = [line.number for line in lines if line.fate not in ("boilerplate", "blank")] or [part.first, part.last]
    return Article(
        key=(source.path, index),
        title=title,
        description=_typeset_description(replace(description, title=title)),
        packed=pack_tightly(blocks),
        origins=(Origin(source.path, min(used), max(used)),),
        script="zh-Hant" if traditional_share(text) > _TRADITIONAL_SHARE else "zh-Hans",
        tags=tag(title.value, [b.text for b in blocks if b.kind == "heading"], numbered, source.rulebook.topics),
        keywords=tuple(choose(segmented, phrases, _KEYWORDS)),
        summary=tuple(summarise_from(segmented, phrases, sentences)),
        citations=find_documents(numbered),
        figures=find_figures(numbered),
        voices=find_voices(numbered),
    )


def _numbered(blocks: Iterable[Block]) -> Iterator[tuple[int, str]]:
    """The text of an article, paragraph by paragraph, with the lines that they begin at; rows of tables are some, too."""
    for block in blocks:
        if block.kind == "paragraph":
            yield block.first, block.text
        elif block.kind == "table":
            yield from ((block.first + n, row.replace("\t", " ")) for n, row in enumerate(block.text.split("\n")))


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


def _problems(text: _Text, layout: Layout, kind: Kind, articles: Sequence[Article]) -> list[Problem]:
    path = text.path
    problems = [Problem(path, odd.line, odd.severity, odd.code, odd.message, odd.remedy) for odd in layout.problems]
    if kind == "none" and any(line.strip() for line in text.lines):
        remedy = "If it has a main text, settle its lines in corpus/rules/lines.yml (see build-digest explain)."
        problems.append(Problem(path, None, "note", "no-main-text", "has no main text and makes no article", remedy))
    for article in articles:
        if article.title.inferred:
            message = f"states no title; {article.title.value!r} was taken from its text"
            remedy = "Check the title, and mend it in the page's front matter if need be."
            problems.append(Problem(path, article.title.line or None, "note", "inferred-title", message, remedy))
    return problems

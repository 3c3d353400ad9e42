"""Digest pages: what a period, a collection or the whole archive says, to be read in a minute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from build_digest.mentions.mentioned import Figure
from build_digest.model import Article, Page
from build_digest.site.cited import gather_documents, gather_voices
from build_digest.site.entries import Entry
from build_digest.site.groups import DIGESTED, HEADINGS, Archive, digested, label
from build_digest.site.listing import derived_page, gist, link_entry, relative_path, render_chips
from build_digest.site.markdown import escape_inline, link
from build_digest.text.script import fold

_TOPICS = 6
_GISTS = 2
"""So many articles a topic with a sentence each …"""
_TITLES = 4
"""… and so many more by their titles."""
_ARTICLES = 3
"""So many articles that cite a document or quote a voice."""
_GIST = 70
_FIGURES = 30
_FIGURES_AN_ARTICLE = 3
_LEAST_WEIGHT = 0.7
"""A figure of less weight is not worth quoting."""
_LONGEST_SENTENCE = 300
_DOCUMENTS = 12
_VOICES = 12
_SOURCES = 5
_CHIPS = 12


def render_digests(archive: Archive, picture: str = "") -> list[Page]:
    """A digest of each period and each collection, and one of everything, on the index page.

    Args:
        archive: all entries.
        picture: Markdown that stands at the top of the index page.
    """
    index = archive.places["digests/"]
    groups = digested(archive.groups)
    chips = {
        kind: [
            (label(kind, name), len(members), archive.places[f"digests/{kind}/{name}/"])
            for kind_of_group, name, members in groups
            if kind_of_group == kind
        ][:_CHIPS]
        for kind in DIGESTED
    }
    rows = [render_chips(index, own, f"按{HEADINGS[kind]}") for kind, own in chips.items() if own]
    parts = [*rows, picture, _render_digest(archive, index, archive.entries)]
    body = "\n\n".join(part for part in parts if part)
    pages = [derived_page(index, "综述", body)]
    for kind, name, members in groups:
        path = archive.places[f"digests/{kind}/{name}/"]
        whole = link("全部文章", relative_path(archive.place(kind, name), path))
        title = f"{label(kind, name)}综述"
        pages.append(derived_page(path, title, f"{_render_digest(archive, path, members)}\n\n{whole}"))
    return pages


def _render_digest(archive: Archive, path: str, members: Sequence[Entry]) -> str:
    if not members:
        return "还没有可列出的内容。"
    parts = [
        _count(archive, path, members),
        _render_topics(archive, path, members),
        _render_figures(archive, path, members),
        _render_documents(archive, path, members),
        _render_voices(archive, path, members),
    ]
    return "\n\n".join(part for part in parts if part)


def _count(archive: Archive, path: str, members: Sequence[Entry]) -> str:
    """How many articles from where."""
    sources = Counter(entry.source for entry in members if entry.source)
    listed = [
        f"{link(name, relative_path(archive.place('sources', name), path))} {count} 篇"
        for name, count in sorted(sources.items(), key=lambda item: (-item[1], item[0]))[:_SOURCES]
    ]
    text = f"共 {len(members)} 篇"
    if not listed:
        return f"{text}，都未注明来源。"
    if len(sources) > _SOURCES:
        listed.append(f"其他 {len(sources) - _SOURCES} 家")
    left = len(members) - sum(sources.values())
    return f"{text}，来自{'、'.join(listed)}{f'，{left} 篇未注明来源' if left else ''}。"


def _render_topics(archive: Archive, path: str, members: Sequence[Entry]) -> str:
    """The topics of most articles; each shows those that it is the strongest topic of, so that none is told twice."""
    counts = Counter(tag for entry in members for tag in entry.tags)
    ranked = sorted(counts, key=lambda tag: (-counts[tag], tag))
    own: dict[str, list[Entry]] = {}
    for entry in members:
        strongest = next((tag for tag in entry.tags if tag in ranked[:_TOPICS]), "")
        own.setdefault(strongest, []).append(entry)
    parts = []
    shown = [tag for tag in ranked[:_TOPICS] if tag in own]
    for tag in shown:
        fresh = sorted(own[tag], key=lambda entry: entry.tags.index(tag))[: _GISTS + _TITLES]
        rows = [_render_gist(path, entry) for entry in fresh[:_GISTS]]
        if fresh[_GISTS:]:
            rows.append(f"- 另见：{'、'.join(link_entry(path, entry) for entry in fresh[_GISTS:])}")
        topic = link(tag, relative_path(archive.place("topics", tag), path))
        parts.append("\n\n".join([f"### {topic} *{counts[tag]} 篇*", "\n".join(rows)]).rstrip())
    others = [
        link(f"{tag} {counts[tag]}", relative_path(archive.place("topics", tag), path))
        for tag in ranked[: 4 * _TOPICS]
        if tag not in shown
    ]
    if others:
        parts.append(f"还有：{' · '.join(others)}")
    return "## 说了什么\n\n" + "\n\n".join(parts) if parts else ""


def _render_gist(path: str, entry: Entry) -> str:
    said = gist(entry.summary, _GIST)
    return f"- {link_entry(path, entry)}" + (f"：{escape_inline(said)}" if said else "")


def choose_figures(archive: Archive, members: Sequence[Entry]) -> list[tuple[Entry, list[Figure]]]:
    """The figures most worth quoting, those of one sentence together, a few an article and so many in all."""
    found: list[tuple[float, int, Entry, list[Figure]]] = []
    seen: set[tuple[str, str, str]] = set()
    for place, entry in enumerate(members):
        article = archive.article(entry)
        chosen = _choose_own(article, seen) if article else []
        by_sentence: dict[str, list[Figure]] = {}
        for figure in chosen:
            by_sentence.setdefault(figure.sentence, []).append(figure)
        found += [(max(f.weight for f in own), place, entry, own) for own in by_sentence.values()]
    found.sort(key=lambda item: (-item[0], item[1]))
    kept, left = [], _FIGURES
    for _, _, entry, figures in found:
        if figures[:left]:
            kept.append((entry, figures[:left]))
            left -= len(figures[:left])
    return kept


def _choose_own(article: Article, seen: set[tuple[str, str, str]]) -> list[Figure]:
    """An article's own best figures in the order of its text, but for those that another sentence gave already."""
    places = [place for place, figure in enumerate(article.figures) if _is_quotable(figure)]
    chosen: list[int] = []
    for place in sorted(places, key=lambda place: -article.figures[place].weight):
        figure = article.figures[place]
        said = (fold(figure.value), fold(figure.measure), fold(figure.subject))
        if said not in seen:
            seen.add(said)
            chosen.append(place)
        if len(chosen) == _FIGURES_AN_ARTICLE:
            break
    return [article.figures[place] for place in sorted(chosen)]


def _is_quotable(figure: Figure) -> bool:
    worth = figure.weight >= _LEAST_WEIGHT and (figure.measure or figure.subject)
    return bool(worth) and len(figure.sentence) <= _LONGEST_SENTENCE


def _render_figures(archive: Archive, path: str, members: Sequence[Entry]) -> str:
    rows = []
    for entry, figures in choose_figures(archive, members):
        heads = "；".join(f"**{escape_inline(figure.value)}** {escape_inline(_measured(figure))}" for figure in figures)
        source = f"——{link_entry(path, entry)}"
        rows.append(f"- {heads}\n\n    *{escape_inline(figures[0].sentence)}*{source}")
    return "## 值得引用的数字\n\n" + "\n\n".join(rows) if rows else ""


def _measured(figure: Figure) -> str:
    """What a figure measures; a rate with what it is the rate of."""
    return (
        f"{figure.subject}：{figure.measure}" if figure.subject and figure.measure else figure.measure or figure.subject
    )


def _render_documents(archive: Archive, path: str, members: Sequence[Entry]) -> str:
    rows = []
    documents = gather_documents(members, archive.articles)
    for document in documents[:_DOCUMENTS]:
        citing = list(document.articles().values())
        titles = "、".join(link_entry(path, mentions[0][0]) for mentions in citing[:_ARTICLES])
        more = f"等 {len(citing)} 篇" if len(citing) > _ARTICLES else ""
        name = link(f"《{document.name}》", relative_path(archive.places[f"documents/{document.key}/"], path))
        rows.append(f"- {name} {len(document.mentions)} 次：{titles}{more}")
    if len(documents) > _DOCUMENTS:
        index = link("全部文件", relative_path(archive.places["documents/"], path))
        rows.append(f"- 另有 {len(documents) - _DOCUMENTS} 份，见{index}")
    return "## 引用的文件\n\n" + "\n".join(rows) if rows else ""


def _render_voices(archive: Archive, path: str, members: Sequence[Entry]) -> str:
    rows = []
    voices = gather_voices(members, archive.articles)
    for voice in voices[:_VOICES]:
        titles = "、".join(link_entry(path, entry) for entry, _ in voice.articles[:_ARTICLES])
        more = f"等 {len(voice.articles)} 篇" if len(voice.articles) > _ARTICLES else ""
        role = f"（{escape_inline(voice.role)}）" if voice.role else ""
        rows.append(
            f"- **{escape_inline(voice.name)}**{role} {sum(count for _, count in voice.articles)} 处：{titles}{more}"
        )
    return "## 谁在发言\n\n" + "\n".join(rows) if rows else ""

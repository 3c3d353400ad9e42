"""Articles grouped by topic, period, source, collection and author, and the address of every list made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from build_digest.model import Article
from build_digest.site.address import slug
from build_digest.site.cited import Document, gather_documents
from build_digest.site.edits import fingerprint
from build_digest.site.entries import Entry, newest_first
from build_digest.site.listing import period_label
from build_digest.site.recall import Recall, make_anew, take_print

UNSTATED = {"periods": "未注明日期", "sources": "未注明来源"}
HEADINGS = {"topics": "主题", "periods": "时间", "sources": "来源", "collections": "合集", "authors": "作者"}
DIGESTED = ("periods", "collections")

Groups = list[tuple[str, list[Entry]]]
"""Names, each with its articles, the newest first; in a collection as they stand there."""


@dataclass(frozen=True, slots=True)
class Archive:
    """What derived pages are made from.

    `entries` are all listed pages, the newest first. `articles` are the articles behind them by path; a page made by
    hand has none. `groups` holds the groups of each kind, `documents` what the articles cite, `places` the path of each
    list by a name such as `topics/消费/`. `prints` stands for all that an entry says, by its path; `recall` knows pages.
    """

    entries: tuple[Entry, ...]
    articles: Mapping[str, Article]
    groups: Mapping[str, Groups]
    documents: tuple[Document, ...]
    places: Mapping[str, str]
    prints: Mapping[str, bytes]
    recall: Recall

    def article(self, entry: Entry) -> Article | None:
        """The article behind an entry, if it was made from a source."""
        return self.articles.get(entry.path)

    def place(self, kind: str, name: str) -> str:
        """The path of the page that lists one topic, period and so on."""
        return self.places[f"{kind}/{name}/"]


def make_archive(entries: Iterable[Entry], articles: Mapping[str, Article], recall: Recall = make_anew) -> Archive:
    """Group all entries and give each list its place."""
    ordered = tuple(sorted(entries, key=newest_first))
    groups = _group_all(ordered)
    documents = gather_documents(ordered, articles)
    places = _list_places(ordered, groups, documents)
    prints = {entry.path: take_print(entry) for entry in ordered}
    return Archive(ordered, articles, groups, documents, places, prints, recall)


def digested(groups: Mapping[str, Groups]) -> list[tuple[str, str, list[Entry]]]:
    """The kind, the name and the articles of each period and collection: what has a digest."""
    return [(kind, name, members) for kind in DIGESTED for name, members in groups[kind] if name != UNSTATED.get(kind)]


def label(kind: str, name: str) -> str:
    """What readers see of a group's name."""
    return period_label(name) if kind == "periods" else name


def collection_order(entry: Entry) -> tuple[str, int, str]:
    """A sort key: where an article stands in its source."""
    return (*entry.origin, entry.path)


def allocate(folder: str, names: Mapping[str, str]) -> dict[str, str]:
    """A path for each key; names that would share one get marks, so that no address depends on an order.

    Args:
        folder: below docs/.
        names: by keys that tell them apart.

    >>> allocate("topics", {"消费": "消费", "a": "甲?", "b": "甲!"})
    {'消费': 'topics/xiao-fei.md', 'a': 'topics/jia-d4573f.md', 'b': 'topics/jia-208974.md'}
    """
    slugs = {key: slug(name) for key, name in names.items()}
    rivals: dict[str, list[str]] = {}
    for key, own in slugs.items():
        rivals.setdefault(own.casefold(), []).append(key)
    return {
        key: f"{folder}/{slugs[key]}{f'-{fingerprint(key)[:6]}' if len(alike) > 1 else ''}.md"
        for alike in rivals.values()
        for key in alike
    }


def _list_places(
    entries: Sequence[Entry], groups: Mapping[str, Groups], documents: Sequence[Document]
) -> dict[str, str]:
    """The path of each list by its name: `periods/2025-01/2025-03/`, `topics/消费/`, `digests/periods/2025-03/`."""
    kinds = [kind for kind in HEADINGS if kind != "authors" or groups["authors"]]
    places = {f"{kind}/": f"{kind}/index.md" for kind in (*kinds, "digests", "documents")}
    for folder, names in list_names(groups, documents):
        places |= allocate(folder, names)
    return places


def list_names(groups: Mapping[str, Groups], documents: Sequence[Document]) -> list[tuple[str, dict[str, str]]]:
    """Each folder of lists with the names of its lists, by the names that `Archive.places` has for them."""
    return [
        *((kind, {f"{kind}/{name}/": name for name, _ in found}) for kind, found in groups.items()),
        ("digests", {f"digests/{kind}/{name}/": name for kind, name, _ in digested(groups)}),
        ("documents", {f"documents/{document.key}/": document.name for document in documents}),
    ]


def as_in_dictionaries(name: str) -> tuple[bytes, str]:
    """A sort key: names as readers look them up, by how they are read; GB 2312 has its common characters in that order.

    >>> sorted(["中央社", "人民网", "北岭日报", "Alpha"], key=as_in_dictionaries)
    ['Alpha', '北岭日报', '人民网', '中央社']
    """
    return name.encode("gb18030", "replace"), name


def _group_all(entries: Sequence[Entry]) -> dict[str, Groups]:
    def by_size(groups: Groups) -> Groups:
        return sorted(
            groups, key=lambda group: (group[0] in UNSTATED.values(), -len(group[1]), as_in_dictionaries(group[0]))
        )

    def newest(groups: Groups) -> Groups:
        return sorted(
            groups, key=lambda group: (group[0] not in UNSTATED.values(), group[0][-7:], group[0]), reverse=True
        )

    return {
        "topics": by_size(_group(entries, lambda entry: entry.tags)),
        "periods": newest(_group(entries, lambda entry: (entry.time or UNSTATED["periods"],))),
        "sources": by_size(_group(entries, lambda entry: (entry.source or UNSTATED["sources"],))),
        "collections": newest(_group(sorted(entries, key=collection_order), lambda entry: (entry.collection,))),
        "authors": by_size(_group(entries, lambda entry: entry.authors)),
    }


def _group(entries: Iterable[Entry], names_of: Callable[[Entry], Sequence[str]]) -> Groups:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        for name in names_of(entry):
            if name:
                groups.setdefault(name, []).append(entry)
    return list(groups.items())

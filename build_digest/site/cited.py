"""The documents that a number of articles cite, and who speaks in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from build_digest.mentions.mentioned import Citation, Speaker
from build_digest.model import Article
from build_digest.site.entries import Entry
from build_digest.text.script import fold, to_simplified


@dataclass(frozen=True, slots=True)
class Document:
    """A document by its usual name, with every mention of it; `key` is the same for all spellings of the name."""

    key: str
    name: str
    kind: str
    mentions: tuple[tuple[Entry, Citation], ...]

    def articles(self) -> dict[str, list[tuple[Entry, Citation]]]:
        """The mentions by the path of the article that they stand in."""
        found: dict[str, list[tuple[Entry, Citation]]] = {}
        for entry, citation in self.mentions:
            found.setdefault(entry.path, []).append((entry, citation))
        return found


@dataclass(frozen=True, slots=True)
class Quoted:
    """A person or an organisation that speaks, with the longest role stated, and in which articles how often."""

    name: str
    role: str
    kind: Speaker
    articles: tuple[tuple[Entry, int], ...]


def gather_documents(entries: Sequence[Entry], articles: Mapping[str, Article]) -> tuple[Document, ...]:
    """All documents that these articles cite, those that most articles cite first."""
    mentions: dict[str, list[tuple[Entry, Citation]]] = {}
    for entry in entries:
        for citation in articles[entry.path].citations if entry.path in articles else ():
            mentions.setdefault(citation.key, []).append((entry, citation))
    documents = [
        Document(
            key,
            _most_common([citation.name for _, citation in found]),
            _most_common([citation.kind for _, citation in found]),
            tuple(found),
        )
        for key, found in mentions.items()
    ]
    return tuple(sorted(documents, key=lambda d: (-len(d.articles()), -len(d.mentions), d.name, d.key)))


def gather_voices(entries: Sequence[Entry], articles: Mapping[str, Article]) -> tuple[Quoted, ...]:
    """All who speak in these articles: first those in most articles, then those who speak most often."""
    found: dict[tuple[str, Speaker], list[tuple[Entry, str, str, int]]] = {}
    for entry in entries:
        for voice in articles[entry.path].voices if entry.path in articles else ():
            found.setdefault((fold(voice.name), voice.kind), []).append((entry, voice.name, voice.role, voice.count))
    quoted = [
        Quoted(
            _most_common([name for _, name, _, _ in heard]),
            max((role for _, _, role, _ in heard), key=lambda role: (len(role), role)),
            kind,
            tuple((entry, count) for entry, _, _, count in heard),
        )
        for (_, kind), heard in found.items()
    ]
    return tuple(sorted(quoted, key=lambda q: (-len(q.articles), -sum(count for _, count in q.articles), q.name)))


def _most_common(names: Sequence[str]) -> str:
    """The name written most often; of several, one in simplified characters."""
    counts = Counter(names)
    return min(counts, key=lambda name: (-counts[name], name != to_simplified(name), name))

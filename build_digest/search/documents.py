"""Documents: what is searched, how it is cut into passages, and the small file that each passage becomes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

PASSAGE = 2048
"""The most UTF-16 units of a passage: about 4 KB, what is fetched to check a hit and to show its surroundings."""

OVERLAP = 64
"""Units that two passages share where a single paragraph had to be cut; no longer phrase is found across such a cut."""

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Document:
    """One page that can be found: `url` is relative to the site, `text` plain, one line a paragraph or heading.

    `date` is `2025-03-15`, `2025-03` or `2025`; `period` is `2025-01/2025-03`, a month or a year. What is no article, a
    page about the site say, is found after all articles.
    """

    url: str
    title: str
    text: str
    date: str | None = None
    period: str | None = None
    source: str | None = None
    topics: tuple[str, ...] = ()
    is_article: bool = True

    def digest(self) -> str:
        """What tells this document from any other, and from itself before a change: 16 hexadecimal digits."""
        said = (*_head(self), self.text)
        return sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Cut:
    """A document in passages: what is indexed. `head` is the document without its text, `digest` that of the whole."""

    head: Document
    passages: tuple[str, ...]
    digest: str


def cut_document(document: Document) -> Cut:
    """A document as it is indexed."""
    return Cut(replace(document, text=""), tuple(split_passages(document.text)), document.digest())


def count_units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


NO_ARTICLE = -1
"""The day of what is no article: before all days, so that it stands before all articles in the index."""


def number_day(document: Document) -> int:
    """A number that grows with the document's date, else the end of its period; 0 when it has neither, or `NO_ARTICLE`.

    Months count 31 days and years 12 such months: it is for ordering, and a month comes before its days.

    >>> number_day(Document("a/", "", "", date="2025-03-15")) - number_day(Document("b/", "", "", period="2025-03"))
    15
    """
    if not document.is_article:
        return NO_ARTICLE
    stated = document.date or (document.period or "").rpartition("/")[2]
    year, month, day = [*map(int, _NUMBER.findall(stated)[:3]), 0, 0, 0][:3]
    return (year * 12 + month) * 31 + day


def split_passages(text: str, limit: int = PASSAGE, overlap: int = OVERLAP) -> list[str]:
    """The text in passages of whole lines, about equally long; a line too long for one is cut with an overlap.

    >>> split_passages("一二三四五六七八九\\n十\\n百", limit=6, overlap=2)
    ['一二三四五六', '五六七八九', '十\\n百']
    """
    size = count_units(text)
    aim = size / max(1, -(-size // limit))
    passages: list[str] = []
    lines: list[str] = []
    taken = 0
    for line in text.split("\n"):
        length = count_units(line) + 1
        if lines and (taken >= aim or taken + length > limit + 1):
            passages.append("\n".join(lines))
            lines, taken = [], 0
        if length > limit + 1:
            passages += _cut_line(line, limit, overlap)
        else:
            lines.append(line)
            taken += length
    if lines or not passages:
        passages.append("\n".join(lines))
    return passages


def _cut_line(line: str, limit: int, overlap: int) -> Iterator[str]:
    # Cuts count characters, so a text of characters beyond 16 bits gives files up to twice as large: rare and harmless.
    for start in range(0, max(1, len(line) - overlap), limit - overlap):
        yield line[start : start + limit]


def _head(document: Document) -> tuple[object, ...]:
    return (
        *(document.url, document.title, document.date, document.period, document.source, document.topics),
        int(document.is_article),
    )


def write_passage(head: Document, text: str, part: int) -> bytes:
    """The file of a passage: a line of JSON (url, title, date, period, source, topics, 1 for an article, part), then the text.

    In UTF-16 (little-endian, no byte order mark), where Chinese takes two bytes a character rather than three.
    """
    line = json.dumps((*_head(head), part), ensure_ascii=False, separators=(",", ":"))
    return f"{line}\n{text}".encode("utf-16-le", "surrogatepass")


def read_passages(files: Sequence[bytes], digest: str) -> Cut:
    """The document that `write_passage` wrote those files of, all its passages in order."""
    parted = [file.decode("utf-16-le", "surrogatepass").split("\n", 1) for file in files]
    url, title, date, period, source, topics, is_article, _ = json.loads(parted[0][0])
    head = Document(url, title, "", date, period, source, tuple(topics), bool(is_article))
    return Cut(head, tuple(text for _, text in parted), digest)

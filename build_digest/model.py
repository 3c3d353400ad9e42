"""The records that travel down the pipeline: read this first, then `pipeline`.

Those of a source and its lines stand in `received`; they, too, are had from here. Every record is frozen: a stage takes
records and gives new ones. Line numbers count from 1, character offsets from 0, and an end offset is one past the last
character.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from build_digest.mentions.mentioned import Citation, Figure, Voice
from build_digest.packing import unpack, unpack_tight
from build_digest.prepared import Trace, Traits
from build_digest.received import KEPT, Account, Cut, Fate, Line, Repair, Repaired, Source, Verdict

__all__ = [
    "KEPT",
    "Account",
    "Article",
    "Block",
    "Cut",
    "Description",
    "Digest",
    "Fate",
    "Found",
    "Kind",
    "Known",
    "KnownPage",
    "Line",
    "Origin",
    "Page",
    "Problem",
    "Reading",
    "Repair",
    "Repaired",
    "Severity",
    "Source",
    "Tag",
    "Verdict",
]

Severity = Literal["note", "warning", "error"]
Kind = Literal["article", "compilation", "none"]


@dataclass(frozen=True, slots=True)
class Found:
    """A value, the line of the source that states it, and whether it was inferred rather than stated."""

    value: str
    line: int
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    """What an article's lines state about it; what they do not state is None or empty, never guessed."""

    title: Found | None = None
    date: Found | None = None
    source: Found | None = None
    url: Found | None = None
    authors: tuple[Found, ...] = ()
    affiliations: tuple[Found, ...] = ()
    editors: tuple[Found, ...] = ()
    source_tags: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a table of an article, typographically mended; the lines of a stanza stay lines, those of
    a table are its rows, with tabs between the cells.

    `level` is 2 to 6 for headings; `speaker` counts the leading characters that name who speaks (`记者：`);
    `first` and `last` are the lines of the source that it was made of.
    """

    kind: Literal["heading", "attribution", "paragraph", "table"]
    text: str
    first: int
    last: int
    level: int = 0
    speaker: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """A place that an article's text came from, its metadata lines included; `note` says how a version differs."""

    file: str
    first: int
    last: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic of the vocabulary; `packed` is its evidence as `pack` leaves it, unpacked when asked for."""

    name: str
    score: float
    packed: bytes

    @property
    def evidence(self) -> tuple[tuple[str, int, int], ...]:
        """What speaks for the topic: a term, how often it stands in the text and in which line first."""
        return unpack(tuple[tuple[str, int, int], ...], self.packed)


@dataclass(frozen=True, slots=True)
class Article:
    """One article, whole and clean; `key` names it within the corpus: its source's path and its index there.

    `traits` follow from the text, its tags and the front matter: whoever changes these takes them away, or puts others in
    their place. Few texts are asked for once they are read, so `packed` is the blocks as `pack_tightly` leaves them.
    """

    key: tuple[str, int]
    title: Found
    description: Description
    packed: bytes
    origins: tuple[Origin, ...]
    script: Literal["zh-Hans", "zh-Hant"]
    period: str | None = None
    collection: str | None = None
    site: str | None = None
    tags: tuple[Tag, ...] = ()
    keywords: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    versions: tuple[Origin, ...] = ()
    citations: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()
    voices: tuple[Voice, ...] = ()
    traits: Traits | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Headings and paragraphs in order."""
        return unpack_tight(tuple[Block, ...], self.packed)

    def plain(self) -> str:
        """The text of all blocks, one a line."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd in a source, a page or the configuration: where, how bad, what it is and what to do about it."""

    file: str
    line: int | None
    severity: Severity
    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Page:
    """A file to write below docs/: its path there, with forward slashes, and its whole text.

    `meta` is the front matter in that text, where it is at hand, so that the next build need not read it again.
    """

    path: str
    text: str
    meta: Mapping[str, Any] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one source gives by itself: its lines, its articles and what was odd about it.

    `traces` go together with `articles`. The lines of all sources would fill the memory, so `packed` is the source's
    `Account` as `pack_tightly` leaves it; it is unpacked whenever it is asked for.
    """

    path: str
    sha256: str
    encoding: str | None
    kind: Kind
    site: str | None
    packed: bytes
    articles: tuple[Article, ...] = ()
    traces: tuple[Trace, ...] = ()
    declared: int | None = None
    problems: tuple[Problem, ...] = ()

    def account(self) -> Account:
        """What became of every line."""
        return unpack_tight(Account, self.packed)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line with its fate."""
        return self.account().lines


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page that stands in docs/ already: front matter as read and the body below it, its derived block cut off.

    `derived` is what stands in that block. `print` is the body's fingerprint, where the page was made from a source.
    """

    path: str
    meta: dict[str, Any]
    body: str
    text: str
    derived: str = ""
    print: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is published already: pages made from sources (with what people changed in them) and hand-written ones.

    `proposals` are the new texts that wait beside edited pages, as they stand there; `unreadable` are the paths of pages
    whose front matter cannot be read. `checksums` are those of all pages, by their paths.
    """

    pages: tuple[KnownPage, ...] = ()
    proposals: tuple[Page, ...] = ()
    unreadable: tuple[str, ...] = ()
    checksums: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Digest:
    """The whole result.

    `articles` and `paths` go together: an article and its page. `place_of` says which article each article of each
    source became. `pages` are the files to write, `removed` the ones to remove, `unpublished` pages that stay in docs/
    and out of the site, `places` the paths of lists by the names that front matter gives (`topics/消费/`).
    """

    articles: tuple[Article, ...]
    paths: tuple[str, ...]
    place_of: Mapping[tuple[str, int], int]
    pages: tuple[Page, ...]
    removed: tuple[str, ...]
    unpublished: tuple[str, ...]
    places: Mapping[str, str]
    ledger: tuple[Reading, ...]
    problems: tuple[Problem, ...]

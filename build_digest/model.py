"""The records that travel down the pipeline: read this first, then `pipeline`.

Every record is frozen: a stage takes records and gives new ones. Line numbers count from 1, character offsets from 0,
and an end offset is one past the last character.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from build_digest.mentions.records import Citation, Figure, Voice

Fate = Literal["title", "heading", "body", "metadata", "contents", "boilerplate", "blank"]
Severity = Literal["note", "warning", "error"]
Kind = Literal["article", "compilation", "none"]

KEPT: frozenset[Fate] = frozenset(("title", "heading", "body"))
"""The fates of lines that a reader sees in an article."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the corpus as received; `path` is relative to the corpus folder, with forward slashes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Repair:
    """One damaged run put right: `before` stood at start:end of the decoded text; `rule` names the kind of damage.

    `line` is the line it stands in, once the text is known to be a source's.
    """

    start: int
    end: int
    before: str
    after: str
    rule: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text after repair, and what was done to it, in order of `start`; clean text comes with no repairs."""

    text: str
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judgement of a line: its fate, the rule that decided and the score behind it (above 0 speaks for text)."""

    fate: Fate
    rule: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a line with a fate of its own: characters start:end of the repaired line."""

    start: int
    end: int
    fate: Fate
    rule: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source with its fate.

    `text` is the line after repair. `alone` is the verdict on the line by itself, `verdict` the one that counts,
    reached with its neighbours and its block. `article` is the article's index within its source, or None.
    """

    number: int
    text: str
    verdict: Verdict
    alone: Verdict
    cuts: tuple[Cut, ...] = ()
    article: int | None = None

    @property
    def fate(self) -> Fate:
        """The fate that counts."""
        return self.verdict.fate

    def kept_text(self) -> str:
        """The line without its cuts.

        >>> verdict = Verdict("body", "example")
        >>> Line(1, "正文。(作者单位:某大学)", verdict, verdict, (Cut(3, 13, "metadata", "affiliation"),)).kept_text()
        '正文。'
        """
        kept, at = [], 0
        for cut in self.cuts:
            kept.append(self.text[at : cut.start])
            at = cut.end
        return "".join(kept) + self.text[at:]


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
    """A heading or a paragraph of an article, typographically mended.

    `level` is 2 to 6 for headings; `speaker` counts the leading characters that name who speaks (`记者：`);
    `first` and `last` are the lines of the source that it was made of.
    """

    kind: Literal["heading", "attribution", "paragraph"]
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
    """A topic of the vocabulary and its evidence: (term, how often, first line) each."""

    name: str
    score: float
    evidence: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article, whole and clean; `key` names it within the corpus: its source's path and its index there."""

    key: tuple[str, int]
    title: Found
    description: Description
    blocks: tuple[Block, ...]
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
    """A file to write below docs/: its path there, with forward slashes, and its whole text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one source gives by itself: its lines, its articles and what was odd about it."""

    path: str
    sha256: str
    encoding: str | None
    kind: Kind
    site: str | None
    decoded: tuple[str, ...]
    lines: tuple[Line, ...]
    repairs: tuple[Repair, ...] = ()
    articles: tuple[Article, ...] = ()
    declared: int | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page that stands in docs/ already: front matter as read and the body below it, its derived block cut off."""

    path: str
    meta: dict[str, Any]
    body: str
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is published already: pages made from sources (with what people changed in them) and hand-written ones.

    `proposals` are the paths of new texts that wait beside edited pages, `unreadable` those of pages whose front
    matter cannot be read.
    """

    pages: tuple[KnownPage, ...] = ()
    proposals: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


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

"""Addresses: a slug for every name, and which page an article already has."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from build_digest.model import Article, KnownPage, Origin
from build_digest.site.edits import fingerprint
from build_digest.text.pinyin import read_pinyin
from build_digest.text.typeset import clean_spaces

_UNSAFE = re.compile(r"\W+")
# Windows takes these for devices, whatever follows the first dot; an index page would stand at its folder's address.
_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d|index|readme)\Z")
# Control characters, and what some system or a web address gives another meaning.
_NO_PATH = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\\:*?\"<>|#%]")
_LONGEST_NAME = 240
"""In UTF-8 bytes: file systems allow 255 for a name, its ending and a mark included."""
_LONGEST_SLUG = 64
"""Characters of a slug: it ends with a whole syllable."""
_LONGEST_READ = 80
"""Characters of a name that are read at all."""

_MOST_LINES = 100_000

ARTICLES = "articles/"

Wish = tuple[str, Origin]
"""The address that an article would like to have, and where it comes from."""


def slug(name: str) -> str:
    """A name as part of an address: its pinyin, short, safe as a file name everywhere, never empty.

    >>> slug("数智时代的资本主义批判"), slug("“人工智能+”赋能 AI"), slug("../con"), slug("?")
    ('shu-zhi-shi-dai-de-zi-ben-zhu-yi-pi-pan', 'ren-gong-zhi-neng-plus-fu-neng-ai', 'con-', 'untitled')
    """
    text = unicodedata.normalize("NFKC", clean_spaces(name)[:_LONGEST_READ]).replace("+", " plus ")
    text = _UNSAFE.sub("-", read_pinyin(text).lower()).strip("-_")
    if len(text) > _LONGEST_SLUG:
        text = text[: _LONGEST_SLUG + 1].rpartition("-")[0] or text[:_LONGEST_SLUG]
    text = text.encode("utf-8")[:_LONGEST_NAME].decode("utf-8", "ignore").strip("-_")
    if not text:
        return "untitled"
    return f"{text}-" if _RESERVED.match(text) else text


def stays_inside(address: str) -> bool:
    """Whether an address is a plain path below the site, fit to be a folder on any system.

    >>> [stays_inside(alias) for alias in ("articles/旧标题/", "../a/", "/a/", "javascript:x", "a//b/", "")]
    [True, False, False, False, False, False]
    """
    path = address.removesuffix("/")
    parts = path.split("/")
    plain = not _NO_PATH.search(address) and all(part and part not in (".", "..") for part in parts)
    return plain and all(len(part.encode("utf-8", "surrogatepass")) <= _LONGEST_NAME for part in parts)


def read_aliases(meta: Mapping[str, Any]) -> list[str]:
    """The former addresses that a page's front matter lists, as one text or a list; what is no text is left out.

    >>> read_aliases({"aliases": "a/"}), read_aliases({"aliases": ["a/", 1, {"old": "b/"}, "a/"]}), read_aliases({})
    (['a/'], ['a/'], [])
    """
    listed = meta.get("aliases")
    items = listed if isinstance(listed, list) else [listed]
    return list(dict.fromkeys(item for item in items if isinstance(item, str)))


def match_known(
    articles: Sequence[Article], prints: Sequence[Mapping[str, str]], known: Iterable[KnownPage]
) -> dict[int, KnownPage]:
    """Which article (by its place in `articles`) each published page belongs to.

    A page is recognised by its text, else by its title within the same source, else by the lines it stands in there;
    so it keeps its address when its source is renamed, when a rule gives it another title, and when lines shift.

    Args:
        articles: all articles of this run.
        prints: the fingerprints of their title and their body in Markdown, as they would be written.
        known: the pages that an earlier run wrote.
    """
    matched: dict[int, KnownPage] = {}
    left = sorted(known, key=_home_first)
    for identify_page, identify_article in _IDENTITIES:
        if not left:
            break
        index: dict[Any, deque[int]] = {}
        for i, article in enumerate(articles):
            if i not in matched:
                for identity in identify_article(article, prints[i]):
                    index.setdefault(identity, deque()).append(i)
        unmatched = []
        for page in left:
            queues = (index.get(identity) for identity in identify_page(page.meta))
            free = next((i for queue in queues if queue for i in _take_first(queue, matched)), None)
            if free is None:
                unmatched.append(page)
            else:
                matched[free] = page
        left = unmatched
    return matched


def _take_first(queue: deque[int], matched: Mapping[int, KnownPage]) -> Iterator[int]:
    """The articles in a queue that have no page yet; each is looked at once, however many pages ask."""
    while queue:
        i = queue.popleft()
        if i not in matched:
            yield i


def set_copies_apart(pages: Iterable[KnownPage]) -> tuple[list[KnownPage], list[tuple[str, KnownPage]]]:
    """The published pages, and each copy that an editor made of one, with the path of the page it is a copy of.

    Of pages that say they stand at one path the one that does is the page, else the first; the others are copies.
    """
    originals: dict[str, KnownPage] = {}
    copies: list[tuple[str, KnownPage]] = []
    for page in sorted(pages, key=_home_first):
        original = originals.setdefault(home(page), page)
        if original is not page:
            copies.append((original.path, page))
    return list(originals.values()), copies


def home(page: KnownPage) -> str:
    """Where a published page stood when the build step last wrote it."""
    path = page.meta["digest"].get("page")
    return path if isinstance(path, str) else page.path


def _home_first(page: KnownPage) -> tuple[bool, str]:
    return home(page) != page.path, page.path


def _seen(meta: Mapping[str, Any], key: str) -> Any:
    record = meta.get("digest")
    seen = record.get("seen") if isinstance(record, dict) else None
    return seen.get(key) if isinstance(seen, dict) else None


def _page_origins(meta: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    found = []
    origins = meta.get("origins")
    for origin in origins if isinstance(origins, list) else []:
        match = re.fullmatch(r"(\d{1,7})-(\d{1,7})", str(origin.get("lines"))) if isinstance(origin, dict) else None
        if match:
            found.append((str(origin.get("file")), int(match[1]), int(match[2])))
    return found


_TextIdentity = list[Any]


def _page_by_text(meta: Mapping[str, Any]) -> _TextIdentity:
    """The text together with the file first, so that twins in two files keep their own pages; then the text alone."""
    seen = _seen(meta, "body")
    return [] if seen is None else [(seen, file) for file, _, _ in _page_origins(meta)]


def _article_by_text(article: Article, prints: Mapping[str, str]) -> _TextIdentity:
    return [(prints["body"], origin.file) for origin in article.origins]


def _page_by_text_alone(meta: Mapping[str, Any]) -> _TextIdentity:
    seen = _seen(meta, "body")
    return [] if seen is None else [seen]


def _article_by_text_alone(_: Article, prints: Mapping[str, str]) -> _TextIdentity:
    return [prints["body"]]


def _page_by_title(meta: Mapping[str, Any]) -> _TextIdentity:
    seen = _seen(meta, "title")
    return [] if seen is None else [(seen, file) for file, _, _ in _page_origins(meta)]


def _article_by_title(article: Article, prints: Mapping[str, str]) -> _TextIdentity:
    return [(prints.get("title"), origin.file) for origin in article.origins]


def origin_lines(meta: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The lines that a page says it came from, each as (file, line); of absurdly many only the first."""
    lines = ((file, line) for file, first, last in _page_origins(meta) for line in range(first, last + 1))
    return list(islice(lines, _MOST_LINES))


def _article_by_lines(article: Article, _: Mapping[str, str]) -> _TextIdentity:
    return [(o.file, line) for o in article.origins for line in range(o.first, o.last + 1)]


_IDENTITIES = (
    (_page_by_text, _article_by_text),
    (_page_by_text_alone, _article_by_text_alone),
    (_page_by_title, _article_by_title),
    (origin_lines, _article_by_lines),
)


def choose_addresses(wishes: Sequence[Wish], matched: Mapping[int, KnownPage], taken: Iterable[str]) -> list[str]:
    """The path below docs/ of each article's page: the one it has, else the one it would like to have.

    Where two articles would have the same address, those without a page yet get a mark made of their origin, so
    that no address depends on the order of the corpus.

    Args:
        wishes: of all articles.
        matched: the pages that articles have, by the article's place.
        taken: paths that stand in docs/ already and belong to no article.
    """
    paths = [matched[i].path if i in matched else "" for i in range(len(wishes))]
    used = {path.casefold() for path in (*paths, *taken) if path}
    wanted: dict[str, list[int]] = {}
    for i, wish in enumerate(wishes):
        if not paths[i]:
            wanted.setdefault(wish[0].casefold(), []).append(i)
    for folded, rivals in wanted.items():
        for i in rivals:
            path = wishes[i][0]
            if len(rivals) > 1 or folded in used:
                path = mark(*wishes[i])
            paths[i] = path
            used.add(path.casefold())
    return paths


def mark(path: str, origin: Origin) -> str:
    """The address of an article that cannot have the plain one, since another article has it or wants it too."""
    return f"{path.removesuffix('.md')}-{fingerprint([origin.file, origin.first])[:6]}.md"


def wish(article: Article) -> str:
    """The address that an article would like to have: made of its source's folder and its title."""
    folders = [slug(part) for part in article.origins[0].file.split("/")[:-1]]
    return ARTICLES + "/".join([*folders, slug(article.title.value)]) + ".md"

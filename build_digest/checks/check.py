"""Everything that `check` looks at; nothing is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from build_digest import files
from build_digest.build import read_corpus, run
from build_digest.checks.check_aliases import check_aliases
from build_digest.checks.check_links import Places, check_links
from build_digest.checks.check_meta import check_meta
from build_digest.checks.check_rules import check_rules, check_topics
from build_digest.checks.check_text import check_text
from build_digest.checks.messages import make_problem
from build_digest.checks.sheets import Sheet, make_sheet
from build_digest.deduplicate import find_like
from build_digest.editors.editing import rules_for_lines
from build_digest.editors.new_page import PLACEHOLDER
from build_digest.known_pages import read_known
from build_digest.model import Digest, KnownPage, Problem
from build_digest.rulebook import Rulebook, load_rulebook
from build_digest.settings import Settings
from build_digest.site.entries import read_entry

_LEAST_TEXT = 60
"""Shorter pages may well say the same."""
_RULE = re.compile(r"[-—－–]{1,9}")
"""The line that front matter begins with, or one that was meant to be it."""
_FIRST_KEY = re.compile(r"[^\s:：]{1,20}\s?[:：]")
_REMARK = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
"""What readers do not see, such as the hint of a new page."""


def check(settings: Settings) -> tuple[Problem, ...]:
    """All that a build would report, and what is wrong with pages, links and the editor's rules.

    Raises:
        RuleError: an editor's rule is wrong.
        ConfigurationError: the corpus folder is missing.
    """
    own = files.read_rules(settings.corpus)
    rulebook = load_rulebook(own)
    digest = run(settings)
    pages = [page for page in read_known(settings.docs)[0].pages if not page.meta.get("derived")]
    places = places_of(digest, pages, files.list_files(settings.docs))
    problems = [
        *digest.problems,
        *check_pages(pages, rulebook, places),
        *check_aliases(map(make_sheet, pages), places, settings.directory_urls),
    ]
    for_lines = rules_for_lines(own)
    if for_lines:
        shipped = load_rulebook({name: text for name, text in own.items() if name not in for_lines})
        problems += check_rules(for_lines, digest.ledger, read_corpus(settings, shipped))
    problems += check_topics(
        {name: text for name, text in own.items() if name not in for_lines}, _topics(digest, pages)
    )
    order = sorted(set(problems), key=lambda p: (p.file, p.line or 0, p.code, p.message))
    return tuple(order)


def check_pages(pages: Sequence[KnownPage], rulebook: Rulebook, places: Places) -> Iterator[Problem]:
    """What is wrong with pages that people wrote or may have edited."""
    sheets = [make_sheet(page) for page in pages]
    for sheet in sheets:
        if _lost_front_matter(sheet):
            yield make_problem("front-matter-open", sheet.path, 1)
            continue
        yield from check_meta(sheet, rulebook.topics)
        yield from check_text(sheet)
        yield from check_links(sheet, places)
    yield from _check_likeness(sheets, pages)


def places_of(digest: Digest, pages: Sequence[KnownPage], names: Sequence[str]) -> Places:
    """What links may lead to once the build step has run: pages as they stand or will stand, and other files."""
    texts = {page.path: page.text for page in pages} | {page.path: page.text for page in digest.pages}
    gone = {*digest.removed, *digest.unpublished}
    return Places(
        {path: text for path, text in texts.items() if path not in gone}, frozenset(names) - gone - set(texts)
    )


def _topics(digest: Digest, pages: Sequence[KnownPage]) -> frozenset[str]:
    """The topics that articles have, by their text or by an editor's hand."""
    found = {tag.name for article in digest.articles for tag in article.tags}
    return frozenset(found.union(*(read_entry(page.path, page.meta).tags for page in pages)))


def _lost_front_matter(sheet: Sheet) -> bool:
    """Whether lines that look like front matter are taken for text."""
    filled = [line for line in sheet.lines if line.strip()][:2]
    begins = len(filled) == 2 and bool(_RULE.fullmatch(filled[0].rstrip()))
    return not sheet.meta and sheet.first == 1 and begins and bool(_FIRST_KEY.match(filled[1]))


def _check_likeness(sheets: Sequence[Sheet], pages: Sequence[KnownPage]) -> Iterator[Problem]:
    """Pages written or edited by hand that say much the same as another page."""
    texts = [_REMARK.sub("", page.body).replace(PLACEHOLDER, "").strip() for page in pages]
    long = [i for i, page in enumerate(pages) if len(texts[i]) >= _LEAST_TEXT and not page.meta.get("retired")]
    for a, b, share in find_like([texts[i] for i in long]):
        first, second = sorted((long[a], long[b]), key=lambda i: (not sheets[i].by_hand, sheets[i].path))
        if sheets[first].by_hand:
            sheet, other = sheets[first], sheets[second].path
            yield make_problem("near-duplicate", sheet.path, sheet.first, share=int(100 * share), other=other)

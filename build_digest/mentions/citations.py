"""The laws, policies, plans, standards, reports and treaties that an article cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from build_digest.mentions.document_rules import DocumentRules, document_rules
from build_digest.mentions.mentioned import Citation
from build_digest.text.script import fold
from build_digest.text.sentence import sentences_at

ENOUGH = 2.0
"""Points from which a title in book marks is a document."""

_BOOK_MARK = re.compile("[《〈》〉]")
_OPEN = "《〈"
_LONGEST = 120
_SERIES = re.compile(r"[、,和与及以]{0,3}")
_ABBREVIATED = re.compile(r"\((?:以下)?(?:统称|简称|称)为?[《“\"「『]?([^《》“”\"「」『』()]{2,30})[》”\"」』]?\)")
_PASSED_ON = re.compile(r"(?:印发|转发|发布|公布)[〈《](.{4,})[〉》]")
_QUOTED = re.compile(r"[“「『\"](关于[^“”「」『』\"]{6,80})[”」』\"]")
_PREFIX = re.compile(r"中华人民共和国|[^关]{2,40}?(?=关于.{4,}的.{2,4}$)")
_EDITION = re.compile(r"(?:\([^()]*\)|\d{4}年?)+$")
_TRIAL = re.compile(r"\((?:试行|暂行|征求意见稿|草案|送审稿|修订稿|修订草案|修正草案|报批稿|讨论稿|全文)[^()]*\)$")
_CLAUSE_BEFORE = re.compile(r"[^。;!?:,》]*$")
_CLAUSE_AFTER = re.compile(
    r"(?:\([^()]*\))?,?(?:近日|日前|今日|已经?|正式|对外|全文|中|则|也|还|亦|均|都|作了|进行了|将|在|于|由)*([^。;!?,]*)"
)
_STANDARD = re.compile(r"(?:GB|HJ|JGJ|WS|YY|NY|DB\d{2}|ISO|IEC)(?:/T)? ?[\d.—-]+$", re.IGNORECASE)
"""A standard's number right before its title."""
_PARTICLES = '了的着以从对“「『"('
_FULL_WIDTH = str.maketrans("(),:;", "（），：；")

_GOES_ON = frozenset("人学院制官则式")
"""After these a law's name is no law's name: 公司法人, 刑法学."""
_NO_BOOK_MARKS = str.maketrans("", "", "《》")
_WHOLLY_QUOTED = re.compile(r"^[“「『\"]([^”」』\"]+)[”」』\"]$")

Named = tuple[str, str]
"""A document's name and kind."""
Span = tuple[int, int]


def find_documents(paragraphs: Sequence[tuple[int, str]]) -> tuple[Citation, ...]:
    """Every mention of a document in the numbered lines of an article, in the order of the text.

    A short name (《意见》) is the document that was introduced with it, or the last one before it that ends so.

    >>> [found.name for found in find_documents([(1, "據《數據安全法》(以下稱《安全法》)，《安全法》第三條；小說《活法》")])]
    ['數據安全法', '數據安全法', '數據安全法']
    """
    reader = _Reader(document_rules())
    return tuple(citation for line, text in paragraphs for citation in reader.read(line, text))


def find_titles(folded: str) -> list[Span]:
    """The spans of the outermost titles in book marks, marks included; a mark that is never closed opens none.

    >>> find_titles("印发《关于印发〈规划〉的通知》,《未完")
    [(2, 15)]
    """
    spans: list[Span] = []
    opened: list[int] = []
    for mark in _BOOK_MARK.finditer(folded):
        at = mark.start()
        if mark[0] in _OPEN:
            opened = [at] if opened and at - opened[0] > _LONGEST else [*opened, at]
        elif opened:
            start = opened.pop()
            if not opened and at - start <= _LONGEST:
                spans.append((start, at + 1))
    return spans


class _Reader:
    """Reads an article's lines in order and remembers which documents it has met, and by what short names."""

    def __init__(self, rules: DocumentRules) -> None:
        self.rules = rules
        self.met: list[Named] = []
        self.short: dict[str, Named] = {}

    def read(self, line: int, text: str) -> Iterator[Citation]:
        """The mentions in one line, in order."""
        folded = fold(text)
        marked = find_titles(folded)
        titles = sorted(marked + [match.span() for match in _QUOTED.finditer(folded)])
        mentions = self._read_unmarked(text, folded, titles)
        if not (titles or mentions):
            return
        taken = {at for start, end in mentions for at in range(start, end)}
        doubts = dict.fromkeys(titles, 1.0) | dict.fromkeys(marked, 0.0)
        for span, points in zip(titles, _weigh_contexts(folded, titles, self.rules), strict=True):
            named = None if span[0] in taken else self._name(text[span[0] + 1 : span[1] - 1], points - doubts[span])
            if named is None:
                continue
            mentions[span] = named
            self.met.append(named)
            if abbreviated := _ABBREVIATED.match(folded, span[1]):
                self.short[abbreviated[1]] = named
        found = sorted(mentions.items())
        sentences = sentences_at(text, [start for (start, _), _ in found])
        for ((start, end), (name, kind)), sentence in zip(found, sentences, strict=True):
            key = "".join(filter(str.isalnum, fold(name)))
            yield Citation(name, key, kind, line, start, text[start:end], sentence)

    def _read_unmarked(self, text: str, folded: str, titles: Sequence[Span]) -> dict[Span, Named]:
        """Documents named without marks, none in another and none inside a title, which is then the document's name."""
        inside = {at for start, end in titles for at in range(start + 1, end - 1)}
        mentions: dict[Span, Named] = {}
        taken: set[int] = set()
        for start, end, named in self._find_unmarked(text, folded):
            place = range(start, end)
            if taken.isdisjoint(place) and not (start in inside and end - 1 in inside):
                mentions[start, end] = named
                taken.update(place)
        return mentions

    def _find_unmarked(self, text: str, folded: str) -> Iterator[tuple[int, int, Named]]:
        """Documents that are named without book marks."""
        named = self.rules.any_written.search(folded) is not None
        for phrase in filter(folded.__contains__, self.rules.written if named else ()):
            for match in re.finditer(re.escape(phrase), folded):
                if folded[match.end() : match.end() + 1] not in _GOES_ON:
                    yield *match.span(), _spell(text[slice(*match.span())], self.rules.titles[phrase])
        for form in self.rules.forms:
            for match in form.pattern.finditer(folded) if form.has in folded else ():
                name = text[match.start() : match.end()].translate(_NO_BOOK_MARKS)
                yield match.start(), match.end(), (_WHOLLY_QUOTED.sub(r"\1", name).removeprefix(form.drop), form.kind)

    def _name(self, title: str, points: float) -> Named | None:
        """The document that a title in marks names, if it names one; `points` is what its context says."""
        folded = fold(title)
        if passed_on := _PASSED_ON.search(folded):
            return self._name(title[passed_on.start(1) : passed_on.end(1)], points + ENOUGH)
        if folded in self.short:
            return self.short[folded]
        name = _clean_name(title)
        if known := self.rules.titles.get(fold(name)):
            return _spell(name, known)
        ending, kind, more = self.rules.find_ending(_EDITION.sub("", folded)) or ("", "政策", 0.0)
        points += more + sum(worth for pattern, worth in self.rules.signs if pattern.search(folded))
        if points < ENOUGH:
            return None
        if ending == folded:
            return next((met for met in reversed(self.met) if fold(met[0]).endswith(ending)), (name, kind))
        return name, kind


def _spell(written: str, known: Named) -> Named:
    """The known document, in the script that the text has."""
    return (written, known[1]) if fold(written) == fold(known[0]) else known


def _clean_name(title: str) -> str:
    """The title without issuer and （试行）, in full-width punctuation."""
    title = title.strip()
    if prefix := _PREFIX.match(fold(title)):
        title = title[prefix.end() :]
    if trial := _TRIAL.search(fold(title)):
        title = title[: trial.start()]
    return title.translate(_FULL_WIDTH)


def _weigh_contexts(folded: str, titles: Sequence[Span], rules: DocumentRules) -> list[float]:
    """What stands before and after each title says so much for a document; titles in a row share it."""
    joined = [bool(_SERIES.fullmatch(folded, one[1], next_[0])) for one, next_ in pairwise(titles)]
    before = [_weigh_before(folded[max(0, start - 14) : start], rules.before) for start, _ in titles]
    after = [_weigh_after(folded[end : end + 40], rules.after) for _, end in titles]
    for index, together in enumerate(joined, start=1):
        if together:
            before[index] = before[index - 1]
    for index in range(len(joined) - 1, -1, -1):
        if joined[index]:
            after[index] = after[index + 1]
    return [one + other for one, other in zip(before, after, strict=True)]


def _weigh_before(text: str, words: Mapping[str, float]) -> float:
    if _STANDARD.search(text):
        return ENOUGH
    clause = _CLAUSE_BEFORE.search(text)
    rest = clause[0].rstrip(_PARTICLES) if clause else ""
    return next((words[rest[start:]] for start in range(len(rest)) if rest[start:] in words), 0.0)


def _weigh_after(text: str, words: Mapping[str, float]) -> float:
    clause = _CLAUSE_AFTER.match(text)
    rest = clause[1] if clause else ""
    return next((words[rest[:end]] for end in range(len(rest), 0, -1) if rest[:end] in words), 0.0)

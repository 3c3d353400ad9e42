"""The topics of an article, from the vocabulary's terms in its title, headings and text, with their evidence.

What a topic scores has three parts, each between 0 and a fixed share: the title, the headings (with the short opening
sentences that serve as headings in Chinese essays), and the body, where the tenth mention says less than the second
(saturation as in BM25; Robertson & Zaragoza, The Probabilistic Relevance Framework, 2009, 3.3) and mentions all over
the text say more than mentions in one place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from build_digest.model import Tag
from build_digest.packing import pack
from build_digest.text.script import fold
from build_digest.words.vocabulary import Topic, Vocabulary

TITLE, HEADINGS, BODY = 0.2, 0.25, 1.0
"""How much each place can say at most."""

HALF_DENSITY = 10.0
"""Weighted mentions in a thousand characters at which the body says half of what it can."""

SPREAD = 0.4
"""The share of the body's say that hangs on how many of the paragraphs mention the topic."""

LEAD_LENGTH = 45
"""An opening sentence of up to so many characters counts as half a heading."""

RELATIVE, FLOOR, SECOND = 0.28, 0.1, 0.5
"""A topic needs this share of the best score, and this score at least; the second best needs only half of it."""

MOST = 5
"""An article gets no more topics than this."""

REPEATED, ONLY_TERM = 5, 3
"""Mentions of one word that are enough for a topic: a word among others, and one that is the topic's only term (which
needs but two where the title has it)."""

_Mention = tuple[int, str]
"""Where a folded term stands, and which."""


@dataclass(slots=True)
class _Evidence:
    """What speaks for one topic, in weighted mentions, and for each folded term how it stands where first, and how often."""

    title: float = 0.0
    headings: float = 0.0
    leads: float = 0.0
    body: float = 0.0
    paragraphs: int = 0
    terms: dict[str, tuple[str, int, int]] = field(default_factory=dict)

    def add(self, term: str, written: str, line: int) -> None:
        """Count one mention; line 0 is the title or a heading."""
        first, count, at = self.terms.get(term, (written, 0, line))
        self.terms[term] = (first, count + 1, at) if at else (written, count + 1, line)


def tag(
    title: str, headings: Sequence[str], paragraphs: Sequence[tuple[int, str]], vocabulary: Vocabulary
) -> tuple[Tag, ...]:
    """The two to five topics that an article is about, the best first; fewer only where the text gives no more.

    `paragraphs` are the lines of the text with their numbers, headings not among them. Evidence names each term as
    first written, how often it stands in all, and the first line that has it (0 if only the title or a heading has it).
    """
    found: dict[str, _Evidence] = defaultdict(_Evidence)
    texts = [title, *headings, *(text for _, text in paragraphs)]
    mentions = vocabulary.phrases.find_in_lines([fold(text) for text in texts])
    body = 1 + len(headings)
    for name, weight in _read_heading(title, mentions[0], vocabulary, found):
        found[name].title += weight
    for heading, mentioned in zip(headings, mentions[1:body], strict=True):
        for name, weight in _read_heading(heading, mentioned, vocabulary, found):
            found[name].headings += weight
    for (line, text), mentioned in zip(paragraphs, mentions[body:], strict=True):
        _read_paragraph(line, text, mentioned, vocabulary, found)
    length = sum(len(text) for _, text in paragraphs)
    scores = {name: _score(evidence, length, len(paragraphs)) for name, evidence in found.items()}
    return tuple(
        Tag(name, round(scores[name], 3), pack(_list_terms(found[name]))) for name in _choose(scores, found, vocabulary)
    )


def _read_heading(
    text: str, mentions: list[_Mention], vocabulary: Vocabulary, found: dict[str, _Evidence]
) -> Iterator[tuple[str, float]]:
    """The topics and weights of each mention in a title or heading."""
    for start, phrase in mentions:
        for name, weight in vocabulary.credits[phrase]:
            found[name].add(phrase, text[start : start + len(phrase)], 0)
            yield name, weight


def _read_paragraph(
    line: int, text: str, mentions: list[_Mention], vocabulary: Vocabulary, found: dict[str, _Evidence]
) -> None:
    lead = text.find("。") if text.find("。") <= LEAD_LENGTH else 0
    leads: dict[tuple[str, str], float] = {}
    mentioned = set()
    for start, phrase in mentions:
        written = text[start : start + len(phrase)]
        for name, weight in vocabulary.credits[phrase]:
            evidence = found[name]
            evidence.body += weight
            evidence.add(phrase, written, line)
            mentioned.add(name)
            if start < lead:
                leads[name, phrase] = weight
    for name in mentioned:
        found[name].paragraphs += 1
    for (name, _), weight in leads.items():
        found[name].leads += weight


def _score(evidence: _Evidence, length: int, paragraphs: int) -> float:
    # Half a thousand characters are added lest two mentions in a short notice count as a dense text.
    density = evidence.body / (length / 1000 + 0.5)
    spread = evidence.paragraphs / paragraphs if paragraphs else 0.0
    body = density / (density + HALF_DENSITY) * (1 - SPREAD + SPREAD * spread)
    headings = evidence.headings + evidence.leads / 2
    return BODY * body + TITLE * min(evidence.title, 1.0) + HEADINGS * min(headings / 2, 1.0)


def _choose(scores: Mapping[str, float], found: Mapping[str, _Evidence], vocabulary: Vocabulary) -> list[str]:
    """The names of the topics that count, best first."""
    ranked = sorted(scores, key=lambda name: (-scores[name], name))
    if not ranked or scores[ranked[0]] < FLOOR:
        return []
    least = max(FLOOR, RELATIVE * min(scores[ranked[0]], 1.0))
    chosen: list[str] = []
    for name in ranked:
        enough = least if chosen[1:] else least * SECOND
        if scores[name] < enough or len(chosen) == MOST or not _is_backed(found[name], vocabulary.topics[name]):
            continue
        narrower = any(name in vocabulary.above(other) for other in chosen)
        if narrower and not found[name].title and found[name].headings < 1:
            continue
        chosen.append(name)
    return chosen


def _is_backed(evidence: _Evidence, topic: Topic) -> bool:
    """Whether there are two mentions, and not a few of one word alone that is not the topic's own name: 隔离 alone is no
    epidemic, unless the text keeps saying it."""
    counts = [count for _, count, _ in evidence.terms.values()]
    if sum(counts) < 2 or len(counts) > 1:
        return sum(counts) >= 2
    named = any(fold(name) in term for name in (topic.name, *topic.aliases) for term in evidence.terms)
    only = len(topic.terms) + len(topic.aliases) == 1
    return named or counts[0] >= (ONLY_TERM if only else REPEATED) or (only and evidence.title > 0)


def _list_terms(evidence: _Evidence) -> tuple[tuple[str, int, int], ...]:
    return tuple(sorted(evidence.terms.values(), key=lambda term: (-term[1], term[0])))

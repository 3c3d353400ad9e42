"""Choose the sentences that say what an article says."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from build_digest.keywords import weigh
from build_digest.words.keyphrases import Phrase, content_words
from build_digest.words.segment import Segmented, segment
from build_digest.words.statements import Statement, find_statements, summary_rules

TOPICS = 12
"""How many of the best phrases say what the text is about."""
REDUNDANCY = 2.0
"""What a sentence loses for saying over what is chosen already, times the share of its words that they have in common."""
SAME = 0.7
"""Sentences that share more of their words than this say the same."""
CROWDING = 0.5
"""What a sentence loses for standing in the same third of the text as one that is chosen, and again in its paragraph."""

_Topic = tuple[str, float]
"""A phrase that says what a text is about, and what naming it counts for."""


def summarise(title: str, text: str, sentences: int = 3) -> list[str]:
    """The sentences that say best what a text says, verbatim and in the order of the text.

    Fewer come back, or none, where fewer can stand alone.

    Args:
        title: the title, which says what the text is about; it is no source of sentences.
        text: the text, a paragraph a line.
        sentences: how many at most.
    """
    segmented = segment(title, text)
    return summarise_from(segmented, weigh(segmented), sentences)


def summarise_from(segmented: Segmented, phrases: Sequence[tuple[Phrase, float]], sentences: int = 3) -> list[str]:
    """The same for a text already cut into words whose phrases are weighed (`keywords.weigh`)."""
    text, folded = (whole[segmented.title_length + 1 :] for whole in (segmented.whole, segmented.folded))
    topics = [(phrase.text, 1 / (1 + rank / 4)) for rank, (phrase, _) in enumerate(phrases[:TOPICS])]
    weighed = _weigh(segmented, find_statements(text, folded), topics)
    return [w.statement.text for w in sorted(_choose(weighed, sentences), key=lambda w: w.statement.start)]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A statement, how much it says, its words, and the third of the text it stands in."""

    statement: Statement
    score: float
    words: tuple[str, ...]
    third: int


def _weigh(segmented: Segmented, statements: list[Statement], topics: list[_Topic]) -> list[_Weighed]:
    title = content_words(segmented.words[: segmented.body])
    last = max((s.paragraph for s in statements), default=0)
    shift = segmented.title_length + 1
    weighed = []
    for statement in statements:
        begin = bisect_left(segmented.starts, statement.start + shift)
        end = bisect_right(segmented.starts, statement.start + shift + len(statement.text)) - 1
        words = segmented.words[begin:end]
        third = 3 * statement.start // len(segmented.whole)
        weighed.append(_Weighed(statement, _score(statement, words, topics, title, last), words, third))
    return weighed


def _score(
    statement: Statement, words: tuple[str, ...], topics: list[_Topic], title: frozenset[str], last: int
) -> float:
    """How much a sentence says of the text's subject: topics named, the title's words, claims, and where it stands."""
    rules = summary_rules()
    sentence = statement.folded
    named = sum([worth for topic, worth in topics if topic in sentence])
    of_title = len(title.intersection(words)) / len(title) if title else 0.0
    claims = len([pattern for pattern in rules.claims if pattern.search(sentence)])
    score = named / 2 + 1.5 * of_title + 0.4 * min(claims, 3)
    formulas = len(rules.formulas.findall(sentence)) if rules.formulaic.opens(sentence) else 0
    score -= 0.8 * formulas + 0.4 * (rules.directives.match(sentence) is not None)
    score += (
        0.5 * statement.reported
        + 0.6 * (statement.place == 0)
        + 0.3 * (statement.paragraph <= 1)
        + 0.2 * (statement.paragraph == last)
    )
    score -= 0.01 * max(0, len(sentence) - 80) + 0.03 * max(0, 35 - len(sentence))
    return score - 0.3 * max(0, sentence.count("、") - 4) - 0.3 * ("这" in sentence)


def _choose(weighed: list[_Weighed], count: int) -> list[_Weighed]:
    """The best sentences, each against those chosen before it (maximal marginal relevance, Carbonell and Goldstein 1998)."""
    chosen: list[_Weighed] = []
    said: list[frozenset[str]] = []
    while len(chosen) < count and (best := _find_best(weighed, chosen, said)):
        weighed = [w for w in weighed if w is not best]
        chosen.append(best)
        said.append(content_words(best.words))
    return chosen


def _find_best(weighed: list[_Weighed], chosen: Sequence[_Weighed], said: Sequence[frozenset[str]]) -> _Weighed | None:
    """The sentence that adds most to those chosen, whose content words are `said`; none that says the same as one of them.

    What it has in common with them only takes from its score, so most need not be compared.
    """
    thirds = {w.third for w in chosen}
    paragraphs = {w.statement.paragraph for w in chosen}
    best, most = None, float("-inf")
    for w in weighed:
        crowding = CROWDING * ((w.third in thirds) + (w.statement.paragraph in paragraphs))
        if w.score - crowding > most:
            overlap = _overlap(content_words(w.words), said) if said else 0.0
            margin = w.score - REDUNDANCY * overlap - crowding
            if overlap < SAME and margin > most:
                best, most = w, margin
    return best


def _overlap(words: frozenset[str], others: Iterable[frozenset[str]]) -> float:
    """The greatest share of its words that the shorter one has in common with the other."""
    return max(len(words & other) / max(1, min(len(words), len(other))) for other in others)

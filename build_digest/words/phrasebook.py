"""Learn from a whole corpus the phrases that its articles share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from build_digest.keywords import weigh
from build_digest.words.segment import Segmented

BEST = 20
"""How many of an article's phrases may be learned."""
ARTICLES = 3
"""In how many articles a phrase must be one of the best, at least."""


def learn_phrases(articles: Iterable[Segmented], fewest: int = ARTICLES) -> dict[str, int]:
    """The phrases of several words that are among the best of several articles, folded, with the number of articles.

    They serve as `phrases` to `keywords.weigh` after a person has looked at them: a word that an article has only once
    is then a candidate there too. The most shared come first; the work follows the size of the corpus.

    >>> from build_digest.words.segment import segment
    >>> text = "各地探索数据信托。数据信托的规则仍不完善。"
    >>> learn_phrases([segment("数据信托", text)] * 3)
    {'数据信托': 3}
    """
    shared: Counter[str] = Counter()
    for article in articles:
        best = (phrase for phrase, _ in weigh(article)[:BEST])
        shared.update(phrase.text for phrase in best if len(phrase.words) > 1 and len(phrase.at) > 1)
    learned = {phrase: count for phrase, count in shared.items() if count >= fewest}
    return dict(sorted(learned.items(), key=lambda item: (-item[1], item[0])))

"""What later stages ask of an article and what follows from it alone."""

from __future__ import annotations

import hashlib

import numpy as np

from build_digest.front_matter import front_matter
from build_digest.likeness import Hashes, fold_to_letters, hash_grams, keep_letters, sample
from build_digest.model import Article, Tag
from build_digest.prepared import Traits
from build_digest.site.address import wish
from build_digest.site.edits import take_prints
from build_digest.site.markdown import escape_inline, render_blocks
from build_digest.text.script import fold

_HASHES = np.dtype("<u8")
_TERMS = 5


def traits_of(article: Article) -> Traits:
    """The traits that the article has with it, else worked out now."""
    if article.traits is not None:
        return article.traits
    blocks = article.blocks
    # Whoever read the blocks has folded each of them, and `fold` remembers what it made of short texts.
    folded = keep_letters("".join([fold(block.text) for block in blocks]))
    compared = folded or fold_to_letters(article.title.value)
    return Traits(
        address=wish(article),
        prints=take_prints(front_matter(article), render_blocks(blocks)),
        size=sum(len(block.text.replace("\n", "")) for block in blocks),
        folded=hashlib.blake2b(compared.encode("utf-8", "surrogatepass"), digest_size=16).digest(),
        folded_size=len(folded),
        sample=sample(hash_grams(compared)).astype(_HASHES).tobytes(),
        evidence={tag.name: _render_evidence(tag) for tag in article.tags},
    )


def text_to_compare(article: Article) -> str:
    """An article's folded text, or its title where it has no text: equal titles alone say nothing otherwise."""
    return fold_to_letters(article.plain()) or fold_to_letters(article.title.value)


def read_sample(traits: Traits) -> Hashes:
    """The hashes that the sample holds."""
    return np.frombuffer(traits.sample, dtype=_HASHES)


def _render_evidence(tag: Tag) -> str:
    """The words that speak for a topic."""
    terms = tag.evidence[:_TERMS]
    return "，".join(f"“{escape_inline(term)}” {count} 次（{_say_place(line)}）" for term, count, line in terms)


def _say_place(line: int) -> str:
    return f"首见第 {line} 行" if line else "见于标题"

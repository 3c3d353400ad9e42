"""What the first stage works out for later ones: it follows from one source alone, and so is kept in the cache."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traits:
    """What later stages ask of an article and what follows from it alone, so that the first stage works it out.

    `address` is the path that its page would like to have, `prints` are the fingerprints of its front matter by key and
    of its body, `size` counts the characters of its text. `folded` stands for its text without punctuation, in one
    script and width, `folded_size` counts that text's characters, `sample` holds the hashes of some of its n-grams.
    `evidence` says in Markdown what speaks for each topic.
    """

    address: str
    prints: dict[str, str]
    size: int
    folded: bytes
    folded_size: int
    sample: bytes
    evidence: dict[str, str]


@dataclass(frozen=True, slots=True)
class Trace:
    """What readers are told of an article's way from a source, in Markdown.

    `omitted` are the first of the lines that were left out, `left_out` counts all of them, `reasons` says why.
    """

    text: str
    omitted: tuple[str, ...]
    left_out: int
    reasons: str

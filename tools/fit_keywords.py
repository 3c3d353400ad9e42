"""Fit the weights of rules/keywords.yml: `python tools/fit_keywords.py abstracts.tsv` prints them with what they reach.

The abstracts are rows of the CSL keyword benchmark (ydli-ai/CSL: task, text and title, keywords joined by `_`); the
articles are those of tests/keywords/gold.yml. Each text's candidates compete in a softmax regression, its keywords
against the rest; each article counts as ARTICLE abstracts. Fitted on every other text and measured on the others, both
ways round, then fitted on all. Needs numpy.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml

from build_digest.keywords import Setting, choose, features
from build_digest.words.keyphrases import find_phrases, look_up_all
from build_digest.words.segment import Segmented, fold, segment, weights

ARTICLE = 4.5
RIDGE = 5.0
STEPS = 25
LONGEST_STEP = 1.0
ROOT = Path(__file__).parent.parent


class Example(NamedTuple):
    """A text with its candidates' features, which of them are keywords, and how much it counts."""

    segmented: Segmented
    phrases: list
    rows: np.ndarray
    hits: np.ndarray
    keywords: set[str]
    weight: float


def example(title: str, text: str, keywords: list[str], weight: float) -> Example:
    """One text made ready for fitting."""
    segmented = segment(title, text)
    known = look_up_all(segmented.words)
    setting = Setting.of(segmented, known)
    phrases = find_phrases(segmented, known)
    rows = np.array([list(features(phrase, setting).values()) for phrase in phrases]).reshape(
        len(phrases), len(weights())
    )
    wanted = {fold(norm(keyword)) for keyword in keywords}
    hits = np.array([float(phrase.text in wanted) for phrase in phrases])
    return Example(segmented, phrases, rows, hits, {norm(keyword) for keyword in keywords}, weight)


def norm(text: str) -> str:
    """As keywords are compared."""
    return unicodedata.normalize("NFKC", text).lower().strip()


def abstracts(path: str) -> list[Example]:
    """The rows of the benchmark."""
    examples = []
    for row in Path(path).read_text("utf-8").splitlines():
        _, text, keywords = row.split("\t")
        body, _, title = text.rpartition(" ")
        examples.append(example(title or body, body or title, [k for k in keywords.split("_") if k.strip()], 1.0))
    return examples


def articles() -> list[Example]:
    """The articles of the gold list."""
    examples = []
    for entry in yaml.safe_load((ROOT / "tests/keywords/gold.yml").read_text("utf-8")):
        first, last = entry["lines"]
        lines = (ROOT / "corpus" / entry["file"]).read_text("utf-8").split("\n")[first - 1 : last]
        text = "\n".join(line.strip() for line in lines if line.strip() and line.strip() != entry["title"])
        examples.append(example(entry["title"], text, entry["keywords"], ARTICLE))
    return examples


def fit(examples: list[Example]) -> np.ndarray:
    """The weights that give the keywords of each text the most of its probability (Newton's method)."""
    size = len(weights())
    w = np.zeros(size)
    useful = [e for e in examples if e.hits.any()]
    for _ in range(STEPS):
        gradient, curvature = RIDGE * w, RIDGE * np.eye(size)
        for e in useful:
            scores = e.rows @ w
            p = np.exp(scores - scores.max())
            p /= p.sum()
            total = e.weight * e.hits.sum()
            mean = p @ e.rows
            gradient = gradient + total * mean - e.weight * (e.hits @ e.rows)
            curvature = curvature + total * ((e.rows * p[:, None]).T @ e.rows - np.outer(mean, mean))
        step = np.linalg.solve(curvature, gradient)
        w = w - step * min(1.0, LONGEST_STEP / np.linalg.norm(step))
    return w


def f1_at_5(examples: list[Example], w: np.ndarray) -> float:
    """Mean F1 of the first five keywords."""
    total = 0.0
    for e in examples:
        ranked = sorted(
            zip(e.phrases, e.rows @ w, strict=True), key=lambda pair: (-pair[1], pair[0].at[0], pair[0].text)
        )
        hits = len({norm(keyword) for keyword in choose(e.segmented, ranked, 5)} & e.keywords)
        total += 2 * hits / (5 + len(e.keywords))
    return total / len(examples)


def main() -> None:
    """Fit, measure, print."""
    papers, news = abstracts(sys.argv[1]), articles()
    for here, there in ((0, 1), (1, 0)):
        w = fit(papers[here::2] + news[here::2])
        sys.stdout.write(
            f"held out: abstracts {f1_at_5(papers[there::2], w):.3f}, articles {f1_at_5(news[there::2], w):.3f}\n"
        )
    w = fit(papers + news)
    sys.stdout.write(f"fitted on all: abstracts {f1_at_5(papers, w):.3f}, articles {f1_at_5(news, w):.3f}\n")
    sys.stdout.writelines(f"  {name}: {value:.2f}\n" for name, value in zip(weights(), w, strict=True))


if __name__ == "__main__":
    main()

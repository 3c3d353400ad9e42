"""Fit what ranks keywords: `python tools/fit_keywords.py abstracts.tsv` prints what is reached and the weights of
rules/keywords.yml, for long texts, and writes data/keyword_trees.txt, for short ones.

The abstracts are rows of the CSL keyword benchmark (ydli-ai/CSL: task, text and title, keywords joined by `_`); the
articles are those of tests/keywords/gold.yml. Weights: each text's candidates compete in a softmax regression, its
keywords against the rest; each article counts as ARTICLE abstracts. Trees: grown on the abstracts by LightGBM's
LambdaRank. Fitted on every other text and measured on the others, both ways round, then fitted on all. Needs lightgbm.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import lightgbm
import numpy as np
import yaml

from build_digest.keywords import choose
from build_digest.words.keyphrases import SHORT, Phrase, find_phrases, look_up_all
from build_digest.words.phrase_features import Setting, features, short_text_features
from build_digest.words.segment import Segmented, fold_keeping_case, segment, weights
from build_digest.words.trees import UNIT, Trees

ARTICLE = 4.5
RIDGE = 5.0
STEPS = 25
LONGEST_STEP = 1.0
TREES = 100
GROWING = {
    "objective": "lambdarank",
    "label_gain": [0, 1],
    "learning_rate": 0.15,
    "num_leaves": 4,
    "max_depth": 2,
    "min_data_in_leaf": 40,
    "lambda_l2": 5,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "max_bin": 63,
    "seed": 1,
    "deterministic": True,
    "force_col_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
ROOT = Path(__file__).parent.parent
TARGET = ROOT / "build_digest" / "data" / "keyword_trees.txt"
HEADER = """\
# What ranks the phrases of a short text as keywords: small trees of yes-no questions, whose answers are added. The first
# line names the features (build_digest/words/phrase_features.py). Each other line is a tree: a question, feature and
# threshold, whether the feature is above it; the question that follows a no; the one that follows a yes; and what the
# tree adds, in thousandths, for no-no, no-yes, yes-no and yes-yes. Grown by tools/fit_keywords.py; holds no word.
"""


class Example(NamedTuple):
    """A text with its candidates' features, which of them are keywords, and how much it counts."""

    segmented: Segmented
    phrases: list[Phrase]
    rows: np.ndarray
    hits: np.ndarray
    keywords: set[str]
    weight: float


def example(title: str, text: str, keywords: list[str], weight: float) -> Example:
    """One text made ready for fitting."""
    segmented = segment(title, text)
    known = look_up_all(segmented)
    setting = Setting.of(segmented, known)
    phrases = find_phrases(segmented, known)
    rows = np.array([_values(phrase, setting) for phrase in phrases]).reshape(len(phrases), len(NAMES))
    wanted = {fold_keeping_case(norm(keyword)) for keyword in keywords}
    hits = np.array([float(phrase.text in wanted) for phrase in phrases])
    return Example(segmented, phrases, rows, hits, {norm(keyword) for keyword in keywords}, weight)


def _values(phrase: Phrase, setting: Setting) -> list[float]:
    return [*features(phrase, setting).values(), *short_text_features(phrase, setting).values()]


def _names() -> list[str]:
    segmented = segment("数据", "数据")
    known = look_up_all(segmented)
    setting, phrase = Setting.of(segmented, known), find_phrases(segmented, known)[0]
    return [*features(phrase, setting), *short_text_features(phrase, setting)]


NAMES = _names()


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


def as_if_long(e: Example) -> Example:
    """The example with the candidates that it would have if its text were long."""
    body = e.segmented.body
    kept = [i for i, p in enumerate(e.phrases) if len(p.words) == 1 or len(p.at) > 1 or p.at[0] < body]
    return e._replace(phrases=[e.phrases[i] for i in kept], rows=e.rows[kept], hits=e.hits[kept])


def fit_weights(examples: list[Example]) -> np.ndarray:
    """The weights that give the keywords of each text the most of its probability (Newton's method)."""
    size = len(weights())
    w = np.zeros(size)
    useful = [e for e in map(as_if_long, examples) if e.hits.any()]
    for _ in range(STEPS):
        gradient, curvature = RIDGE * w, RIDGE * np.eye(size)
        for e in useful:
            rows = e.rows[:, :size]
            scores = rows @ w
            p = np.exp(scores - scores.max())
            p /= p.sum()
            total = e.weight * e.hits.sum()
            mean = p @ rows
            gradient = gradient + total * mean - e.weight * (e.hits @ rows)
            curvature = curvature + total * ((rows * p[:, None]).T @ rows - np.outer(mean, mean))
        step = np.linalg.solve(curvature, gradient)
        w = w - step * min(1.0, LONGEST_STEP / np.linalg.norm(step))
    return w


def grow_trees(examples: list[Example]) -> list[str]:
    """Trees that rank the keywords of each text first, a line each."""
    useful = [e for e in examples if e.hits.any()]
    rows, hits = np.vstack([e.rows for e in useful]), np.concatenate([e.hits for e in useful])
    data = lightgbm.Dataset(rows, hits, group=[len(e.hits) for e in useful])
    grown = lightgbm.train(GROWING, data, TREES).dump_model()
    return [_write_tree(tree["tree_structure"]) for tree in grown["tree_info"]]


def _write_tree(root: dict) -> str:
    """A tree as a line; where it asks less than three questions, one that is always answered with no fills the gap."""
    questions, gains = [root], []
    for child in (root["left_child"], root["right_child"]):
        leaf = "leaf_value" in child
        questions.append({"split_feature": root["split_feature"], "threshold": np.inf} if leaf else child)
        gains += [child, child] if leaf else [child["left_child"], child["right_child"]]
    asked = [f"{NAMES[question['split_feature']]} {question['threshold']:.4g}" for question in questions]
    return " ".join(asked + [str(round(gain["leaf_value"] * UNIT)) for gain in gains])


def f1_at_5(examples: list[Example], score: Callable[[np.ndarray], list[float]]) -> float:
    """Mean F1 of the first five keywords."""
    total = 0.0
    for e in examples:
        ranked = sorted(
            zip(e.phrases, score(e.rows), strict=True), key=lambda pair: (-pair[1], pair[0].at[0], pair[0].text)
        )
        hits = len({norm(keyword) for keyword in choose(e.segmented, ranked, 5)} & e.keywords)
        total += 2 * hits / (5 + len(e.keywords))
    return total / len(examples)


def by_weights(w: np.ndarray) -> Callable[[np.ndarray], list[float]]:
    """How weights score rows of features."""
    return lambda rows: list(rows[:, : len(w)] @ w)


def by_trees(lines: list[str]) -> Callable[[np.ndarray], list[float]]:
    """How trees score rows of features."""
    return lambda rows: Trees.parse(lines, NAMES).score(rows.tolist())


def main() -> None:
    """Fit, measure, print, write."""
    papers, news = abstracts(sys.argv[1]), articles()
    brief = [e for e in papers if len(e.segmented.words) < SHORT]
    for here, there in ((0, 1), (1, 0)):
        reached = f1_at_5(brief[there::2], by_trees(grow_trees(brief[here::2])))
        w = fit_weights(papers[here::2] + news[here::2])
        held = f1_at_5(news[there::2], by_weights(w))
        sys.stdout.write(f"held out: abstracts {reached:.3f}, articles {held:.3f}\n")
    trees, w = grow_trees(brief), fit_weights(papers + news)
    reached, held = f1_at_5(brief, by_trees(trees)), f1_at_5(news, by_weights(w))
    sys.stdout.write(f"fitted on all: abstracts {reached:.3f}, articles {held:.3f}\n")
    sys.stdout.writelines(f"  {name}: {value:.2f}\n" for name, value in zip(weights(), w, strict=True))
    TARGET.write_text(HEADER + "\n".join([" ".join(NAMES), *trees]) + "\n", "utf-8")


if __name__ == "__main__":
    main()

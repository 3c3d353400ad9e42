"""A corpus of any size for benchmarks: `python -m benchmarks.bench_corpus FOLDER COUNT`.

Articles of about 2,400 characters from tests/search_site.py, each a file with the lines that pages bring along; about one
in ten stands in a compilation of 20 to 30 with a contents list.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from build_digest.search.documents import Document
from tests.search_site import generate_articles

COMPILED = 10
"""One in so many articles stands in a compilation."""
FEWEST, MOST = 20, 30


def write_corpus(folder: Path, count: int, seed: int = 1) -> None:
    """Write sources that hold `count` articles together."""
    folder.mkdir(parents=True)
    articles = generate_articles(count, seed=seed)
    for number, size in enumerate(share_out(count)):
        text = compile_articles(list(islice(articles, size)), number)
        (folder / f"compilation-{number:04}.txt").write_text(text, "utf-8")
    for number, article in enumerate(articles):
        (folder / f"article-{number:05}.txt").write_text(write_article(article), "utf-8")


def share_out(count: int) -> list[int]:
    """How many articles each compilation holds, 20 to 30; none below 40 articles.

    >>> share_out(20), share_out(100), share_out(520)
    ([], [20], [26, 26])
    """
    if count < 2 * FEWEST:
        return []
    together = max(FEWEST, count // COMPILED)
    parts = max(1, round(2 * together / (FEWEST + MOST)))
    return [together // parts + (number < together % parts) for number in range(parts)]


def write_article(article: Document) -> str:
    """One article as a page's text."""
    head = ["首页 > 新闻 > 正文", article.title, f"{article.date} 10:30 来源：{article.source}"]
    foot = ["责任编辑：王某某", "上一篇：没有了", "版权所有 未经授权不得转载"]
    return "\n".join([*head, article.text, *foot, ""])


def compile_articles(articles: Sequence[Document], number: int) -> str:
    """Several articles below a contents list."""
    head = [f"2024年第{number + 1}期文章汇编（{len(articles)}篇）", "目录", *(f"- {a.title}" for a in articles), ""]
    return "\n".join([*head, *(line for a in articles for line in (a.title, a.text, "")), ""])


def read_texts(folder: Path) -> Iterator[str]:
    """The texts of all sources of a corpus."""
    for path in sorted(folder.rglob("*.txt")):
        yield path.read_text("utf-8")


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]), int(sys.argv[2]))

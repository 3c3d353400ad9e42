"""This search beside Material's own and Pagefind, on the same articles, in Chromium: prints one table.

    python -m benchmarks.bench_search [--sizes 28,1000,10000] [--queries 6] [--alone]

Articles are cut from the sample and generated (tests/search_site.py). Queries are substrings of 2, 4 and 8 characters,
common ones from the sample's sentences and rare ones from anywhere, none with punctuation. Truth is a plain search of the
folded texts. Each query meets a fresh browser context; `first` counts every file fetched for it (uncompressed, scripts
too) until ten hits can be shown, `later` a second query after it. Of up to fifty hits, recall is how many of those that
there are were found, precision how many of those found are right. Material's index is fetched and built once a size, and
not asked from 5,000 articles on: a browser tab does not bear it. Pagefind is the newest that npm has, left out where
there is no npm.
"""

from __future__ import annotations

import argparse
import logging
import shutil
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import jieba
from playwright.sync_api import sync_playwright

from benchmarks.search_costs import Measured, Query, cut_queries, measure
from benchmarks.search_indexes import (
    PAGEFIND_QUOTED,
    Built,
    build_material,
    build_ours,
    build_pagefind,
    install_pagefind,
)
from tests.search_site import cut_articles, generate_articles
from tools.browser import find_browser

COLUMNS = (
    *("articles", "search", "build s", "index MB", "files", "query"),
    *("first KB, median / 95 %", "later KB, median / 95 %", "first ms", "later ms", "recall", "precision"),
)
MATERIAL_LIMIT = 5000


def describe(built: Built, size: int, queries: Sequence[Query], results: Sequence[Measured]) -> Iterator[str]:
    """The rows of the table, that of all queries last: medians of costs, means of recall and precision.

    Without results there is one row, of what the index takes.
    """
    costs = [size, built.name, f"{built.seconds:.1f}", f"{built.size / 1e6:.2f}", built.files]
    if not results:
        yield write_row([*costs, "not asked", *["–"] * (len(COLUMNS) - len(costs) - 1)])
        return
    groups: dict[str, list[Measured]] = {}
    for query, result in zip(queries, results, strict=True):
        groups.setdefault(f"{query.kind} {len(query.text)}", []).append(result)
    for name, chosen in {**groups, "all": results}.items():
        cells = [
            *costs,
            name,
            describe_bytes([each.first for each in chosen]),
            describe_bytes([each.later for each in chosen]),
            f"{statistics.median(each.first_milliseconds for each in chosen):.0f}",
            f"{statistics.median(each.later_milliseconds for each in chosen):.0f}",
            f"{statistics.fmean(each.recall for each in chosen):.2f}",
            f"{statistics.fmean(each.precision for each in chosen):.2f}",
        ]
        yield write_row(cells)


def write_row(cells: Sequence[object]) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def describe_bytes(counts: Sequence[int]) -> str:
    """The median and the 95th percentile in thousands."""
    dear = sorted(counts)[len(counts) * 19 // 20]
    return f"{statistics.median(counts) / 1000:.0f} / {dear / 1000:.0f}"


def main() -> None:
    """Builds, measures and prints."""
    parser = argparse.ArgumentParser(description="This search beside Material's own and Pagefind")
    parser.add_argument("--sizes", default="28,1000,10000")
    parser.add_argument("--queries", type=int, default=6, help="of each length and kind")
    parser.add_argument("--alone", action="store_true", help="this search only")
    options = parser.parse_args()
    print(f"{write_row(COLUMNS)}\n|{' --- |' * len(COLUMNS)}")
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        program = None if options.alone or not shutil.which("npm") else install_pagefind(folder)
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        for size in map(int, options.sizes.split(",")):
            documents = [*cut_articles(), *generate_articles(size)][:size]
            queries = cut_queries(documents, options.queries)
            places = [folder / f"{size}-{name}" for name in ("this", "material", "pagefind")]
            for place in places:
                place.mkdir()
            builds = [build_ours(documents, places[0])]
            if not options.alone:
                builds.append(build_material(documents, places[1]))
            if program:
                found = build_pagefind(documents, places[2], program)
                builds += [found, replace(found, name=f"{found.name}, quoted", script=PAGEFIND_QUOTED)]
            for built in builds:
                is_borne = built.name != "Material" or size < MATERIAL_LIMIT
                for line in describe(built, size, queries, measure(built, queries, browser) if is_borne else []):
                    print(line, flush=True)
        browser.close()


if __name__ == "__main__":
    main()

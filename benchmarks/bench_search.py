"""This search beside Material's own and Pagefind, on the same articles, in Chromium: prints one table.

    python -m benchmarks.bench_search [--sizes 28,1000,10000] [--queries 6] [--alone]

Articles are cut from the sample and generated (tests/search_site.py). Queries are substrings of 2, 4 and 8 characters,
common ones from the sample's sentences and rare ones from anywhere, none with punctuation. Truth is a plain search of the
folded texts. Each query meets a fresh browser context; `first` counts every file fetched for it (uncompressed, scripts
too) until ten hits can be shown, `later` a second query after it. Of up to fifty hits, recall is how many of those that
there are were found, precision how many of those found are right. Material's index is fetched and built once a size, and
left out from 10,000 articles on: a browser tab does not bear it. Pagefind is the newest that npm has; needs node.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import jieba
import material
from material.plugins.search.plugin import SearchIndex
from playwright.sync_api import Browser, sync_playwright

from build_digest.search.documents import Document
from build_digest.search.fold import fold
from tests.search_site import cut_articles, generate_articles, write_index

LENGTHS = (2, 4, 8)
SHOWN, COMPARED = 10, 50
MATERIAL_LIMIT = 5000

# Each script gives the addresses of the first hits: of SHOWN for `more` false, of COMPARED for true.
OURS = """async ([query, more]) => {
  const { Engine } = await import("/search/engine.js")
  if (!window.engine) await (await fetch("/search/worker.js")).text()    // on a page all this is done by the worker
  window.engine ??= new Engine(async path => new Uint8Array(await (await fetch("/search/" + path)).arrayBuffer()))
  const found = []
  for (let page = 1; page <= (more ? 5 : 1); page++)
    found.push(...(await engine.search(query, { page })).hits.filter(hit => !hit.missing.length).map(hit => hit.url))
  return found
}"""
MATERIAL_SETUP = """async () => {
  window.worker = new Worker("/material/workers/search.js")
  window.answer = message => new Promise(done => {
    worker.onmessage = ({ data }) => done(data)
    worker.postMessage(message)
  })
  const index = await (await fetch("/search_index.json")).json()
  await answer({ type: 0, data: { ...index, options: { suggest: false } } })
}"""
MATERIAL = """async ([query, more]) => {
  const { data } = await answer({ type: 2, data: query })
  return data.items.slice(0, more ? 50 : 10).map(([item]) => item.location)
}"""
PAGEFIND = """async ([query, more]) => {
  const pagefind = await import("/pagefind/pagefind.js")
  const { results } = await pagefind.search(query)
  const found = await Promise.all(results.slice(0, more ? 50 : 10).map(each => each.data()))
  return found.map(each => each.url)
}"""
PAGEFIND_QUOTED = PAGEFIND.replace("search(query)", 'search(`"${query}"`)')


@dataclass(frozen=True)
class Built:
    """An index that stands on disk: how long it took, and what it takes."""

    name: str
    script: str
    folder: Path
    seconds: float
    size: int
    files: int
    setup: str | None = None


@dataclass(frozen=True)
class Query:
    """A query and the addresses of all articles that contain it."""

    text: str
    kind: str
    expected: frozenset[str]


@dataclass(frozen=True)
class Measured:
    """What one query cost in a fresh browser, and how right it was."""

    first: int
    later: int
    first_milliseconds: float
    later_milliseconds: float
    recall: float
    precision: float


def measure_folder(folder: Path) -> tuple[int, int]:
    """The bytes and the number of all files below a folder."""

    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return sum(sizes), len(sizes)


def build_ours(documents: Sequence[Document], folder: Path) -> Built:
    """This search, files written."""

    start = time.perf_counter()
    write_index(list(documents), folder / "search")
    return Built("this", OURS, folder, time.perf_counter() - start, *measure_folder(folder))


def build_material(documents: Sequence[Document], folder: Path) -> Built:
    """The entries that Material's plugin makes of pages without sections, by its own segmentation and configuration."""
    separator = r"[\s\u200b\u3000\-、。，．？！；]+"
    fields = {"title": {"boost": 1e3}, "text": {"boost": 1.0}, "tags": {"boost": 1e6}}
    index = SearchIndex(lang=["en"], separator=separator, pipeline=["stemmer"], fields=fields)
    start = time.perf_counter()
    for document in documents:
        paragraphs = "".join(f"<p>{escape(line, quote=False)}</p>" for line in document.text.split("\n"))
        title, text = (index._segment_chinese(part) for part in (document.title, paragraphs))
        index.entries.append({"location": document.url, "title": title, "text": text})
    (folder / "search_index.json").write_text(index.generate_search_index(None), encoding="utf-8")
    seconds = time.perf_counter() - start
    size, files = measure_folder(folder)
    scripts = Path(material.__file__).parent / "templates" / "assets" / "javascripts"
    shutil.copytree(scripts / "lunr", folder / "material" / "lunr")
    (folder / "material" / "workers").mkdir()
    shutil.copy(next((scripts / "workers").glob("*.js")), folder / "material" / "workers" / "search.js")
    return Built("Material", MATERIAL, folder, seconds, size, files, MATERIAL_SETUP)


def build_pagefind(documents: Sequence[Document], folder: Path, program: Path) -> Built:
    """Pagefind's index of one plain HTML page for each article."""

    for document in documents:
        page = folder / document.url / "index.html"
        page.parent.mkdir(parents=True)
        paragraphs = "".join(f"<p>{escape(line)}</p>" for line in document.text.split("\n"))
        head = (
            f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{escape(document.title)}</title></head>'
        )
        page.write_text(f"{head}<body><h1>{escape(document.title)}</h1>{paragraphs}</body></html>", encoding="utf-8")
    start = time.perf_counter()
    subprocess.run([program, "--silent", "--site", folder], check=True)
    seconds = time.perf_counter() - start
    return Built("Pagefind", PAGEFIND, folder, seconds, *measure_folder(folder / "pagefind"))


def install_pagefind(folder: Path) -> Path:
    """The program, newly installed below that folder."""

    (folder / "package.json").write_text("{}")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "pagefind"]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "node_modules" / ".bin" / "pagefind"


def cut_queries(documents: Sequence[Document], count: int) -> list[Query]:
    """Queries of each length, `count` common and `count` rare, with what a plain search finds."""
    generator = random.Random(3)
    folded = [(document.url, fold(f"{document.title}\n{document.text}")) for document in documents]
    kinds = {"common": [each for each in documents if each.url.startswith("articles/a")], "rare": documents}
    queries = []
    for length in LENGTHS:
        for kind, sources in kinds.items():
            for _ in range(count):
                runs: list[str] = []
                while not runs:
                    runs = re.findall(f"[\u4e00-\u9fff]{{{length},}}", generator.choice(sources).text)
                run = generator.choice(runs)
                start = generator.randrange(len(run) - length + 1)
                text = run[start : start + length]
                expected = frozenset(url for url, whole in folded if fold(text) in whole)
                queries.append(Query(text, kind, expected))
    return queries


class CountingHandler(SimpleHTTPRequestHandler):
    """Serves files, counts their bytes, and keeps browsers from asking twice."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        """Lets browsers keep files."""

        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Counts what is sent."""

        content = source.read()
        outputfile.write(content)
        self.server.sent += len(content)  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def serve(folder: Path) -> Iterator[ThreadingHTTPServer]:
    """A server of that folder whose `sent` counts bytes."""

    (folder / "blank.html").write_text('<!doctype html><link rel="icon" href="data:,">')
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(CountingHandler, directory=str(folder)))
    server.daemon_threads, server.block_on_close = True, False
    server.sent = 0  # type: ignore[attr-defined]
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def measure(built: Built, queries: Sequence[Query], browser: Browser) -> list[Measured]:
    """What each query costs and finds."""

    results = []
    with serve(built.folder) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        page, fixed = None, 0
        for query, other in zip(queries, [*queries[1:], queries[0]], strict=True):
            if page is None or not built.setup:
                page = browser.new_context().new_page()
                page.set_default_timeout(600_000)
                page.goto(f"{address}blank.html")
                server.sent = 0
                if built.setup:
                    page.evaluate(built.setup)
                    fixed = server.sent
            server.sent = fixed
            start = time.perf_counter()
            page.evaluate(built.script, [query.text, False])
            first_milliseconds, first = (time.perf_counter() - start) * 1000, server.sent
            links = page.evaluate(built.script, [query.text, True])
            found = {urlsplit(link).path.lstrip("/") for link in links}
            server.sent, start = 0, time.perf_counter()
            page.evaluate(built.script, [other.text, False])
            later_milliseconds = (time.perf_counter() - start) * 1000
            right = len(found & query.expected)
            results.append(
                Measured(
                    first,
                    server.sent,
                    first_milliseconds,
                    later_milliseconds,
                    right / min(COMPARED, len(query.expected)),
                    right / len(found) if found else 1.0,
                )
            )
            if not built.setup:
                page.context.close()
    return results


def describe(built: Built, size: int, queries: Sequence[Query], results: Sequence[Measured]) -> Iterator[str]:
    """The rows of the table: medians of costs, means of recall and precision."""
    for kind in ("common", "rare"):
        for length in LENGTHS:
            chosen = [
                result
                for query, result in zip(queries, results, strict=True)
                if (query.kind, len(query.text)) == (kind, length)
            ]
            cells = [
                size,
                built.name,
                f"{built.seconds:.1f}",
                f"{built.size / 1e6:.2f}",
                built.files,
                f"{kind} {length}",
                f"{statistics.median(each.first for each in chosen) / 1000:.0f}",
                f"{statistics.median(each.later for each in chosen) / 1000:.0f}",
                f"{statistics.median(each.first_milliseconds for each in chosen):.0f}",
                f"{statistics.median(each.later_milliseconds for each in chosen):.0f}",
                f"{statistics.fmean(each.recall for each in chosen):.2f}",
                f"{statistics.fmean(each.precision for each in chosen):.2f}",
            ]
            yield f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    """Builds, measures and prints."""
    parser = argparse.ArgumentParser(description="This search beside Material's own and Pagefind")
    parser.add_argument("--sizes", default="28,1000,10000")
    parser.add_argument("--queries", type=int, default=6, help="of each length and kind")
    parser.add_argument("--alone", action="store_true", help="this search only")
    options = parser.parse_args()
    print(
        "| articles | search | build s | index MB | files | query | first KB | later KB | first ms | later ms | recall | precision |"
    )
    print("|" + " --- |" * 12)
    jieba.initialize()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        program = None if options.alone else install_pagefind(folder)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for size in map(int, options.sizes.split(",")):
            documents = [*cut_articles(), *generate_articles(size)][:size]
            queries = cut_queries(documents, options.queries)
            places = [folder / f"{size}-{name}" for name in ("this", "material", "pagefind")]
            for place in places:
                place.mkdir()
            builds = [build_ours(documents, places[0])]
            if size <= MATERIAL_LIMIT and not options.alone:
                builds.append(build_material(documents, places[1]))
            if program:
                found = build_pagefind(documents, places[2], program)
                builds += [found, replace(found, name="Pagefind, quoted", script=PAGEFIND_QUOTED)]
            for built in builds:
                for line in describe(built, size, queries, measure(built, queries, browser)):
                    print(line, flush=True)
        browser.close()


if __name__ == "__main__":
    main()

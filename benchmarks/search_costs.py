"""What queries cost in a fresh browser, and how right their answers are."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from benchmarks.search_indexes import Built
from build_digest.search.documents import Document
from build_digest.search.fold import fold

LENGTHS = (2, 4, 8)
COMPARED = 50


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

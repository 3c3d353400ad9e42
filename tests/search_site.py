"""A small site to search: articles cut from the sample, and generated ones that only the index knows."""

from __future__ import annotations

import http.server
import itertools
import random
import re
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config

from build_digest.search.documents import Cut, Document, cut_document
from build_digest.search.index import make_card, plan_segments, write_overview, write_segment
from build_digest.search.segments import Card, Segment

ROOT = Path(__file__).parent.parent
BASE = "some/where/"
CONFIGURATION = """\
site_name: 文摘
site_url: http://localhost/some/where/
theme: {name: material, language: zh, font: false, custom_dir: theme}
plugins: [search]
extra_javascript: [{path: search/page.js, type: module}]
nav: [index.md, search.md]
hooks: [hook.py]
"""
HOOK = """\
def on_page_markdown(markdown, page, **_):
    page.meta["search"] = {"exclude": True}  # Material's own index stays empty
"""
FRAME = """\
{% extends "base.html" %}
{% block config %}{% set page_config = super() %}{% include "partials/search_config.html" %}{% endblock %}
"""


def cut_articles() -> list[Document]:
    """Pieces of the sample's largest file, eight paragraphs each, as articles."""
    lines = (ROOT / "corpus" / "004_7b565dc91b5bb591.txt").read_text(encoding="utf-8").split("\n")[30:]
    paragraphs = [line for line in lines if len(line) > 20]
    return [
        Document(
            f"articles/a{number}/",
            paragraphs[first][:14],
            "\n".join(paragraphs[first : first + 8]),
            date=f"2025-01-{number % 28 + 1:02}",
            period="2025-01/2025-03",
            source=("经济日报", "人民日报")[number % 2],
            topics=("数字经济",),
        )
        for number, first in enumerate(range(0, len(paragraphs), 8))
    ]


def generate_articles(count: int, size: int = 2400, seed: int = 1) -> Iterator[Document]:
    """Articles of about `size` characters: sentences of the sample mixed with words drawn by jieba's frequencies."""
    generator = random.Random(seed)
    sample = (ROOT / "corpus" / "004_7b565dc91b5bb591.txt").read_text(encoding="utf-8")
    sentences = re.findall("[^。！？\n]{8,80}[。！？]", sample)
    entries = [line.split() for line in (files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()]
    words, weights = [entry[0] for entry in entries], list(itertools.accumulate(int(entry[1]) for entry in entries))
    draw = partial(generator.choices, words, cum_weights=weights)

    def sentence() -> str:
        if generator.random() < 0.4:
            return generator.choice(sentences)
        return "".join([*draw(k=generator.randint(5, 12)), generator.choice("，、；"), *draw(k=7), "。"])

    for number in range(count):
        length, paragraphs = int(size * generator.uniform(0.4, 1.6)), [""]
        while sum(map(len, paragraphs)) < length:
            paragraphs.append("".join(sentence() for _ in range(generator.randint(2, 5))))
        yield Document(
            f"articles/g{number}/",
            "".join(draw(k=generator.randint(3, 7))),
            "\n".join(paragraphs[1:]),
            date=f"{generator.randint(2015, 2024)}-{generator.randint(1, 12):02}-{generator.randint(1, 28):02}",
            source=generator.choice(("人民日报", "新华社", "光明日报")),
            topics=tuple(generator.sample(("工业互联网", "数据要素", "人工智能", "乡村振兴"), 2)),
        )


def write_parts(
    cards: Collection[Card], standing: Mapping[str, Segment], read: Callable[[Sequence[Card]], Sequence[Cut]]
) -> Iterator[tuple[str, bytes]]:
    """The files of an index but for those of segments that stand, as `rendering.site_index` puts them together.

    Args:
        cards: its documents.
        standing: the segments that need not be written again, by their names.
        read: gives the documents of some cards, asked for one segment after the other.
    """
    segments = []
    for name, part in plan_segments(cards).items():
        segments.append(standing[name] if name in standing else (yield from write_segment(name, part, read(part))))
    yield from write_overview(cards, segments)


def build_index(documents: Iterable[Document]) -> Iterator[tuple[str, bytes]]:
    """The files of the index of those documents, whatever their order."""
    cuts = {cut.digest: cut for cut in map(cut_document, documents)}
    return write_parts([*map(make_card, cuts.values())], {}, lambda cards: [cuts[card.digest] for card in cards])


def write_index(documents: list[Document], folder: Path) -> None:
    """Writes the index."""
    for path, content in build_index(documents):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def build_site(folder: Path, pages: list[Document], others: list[Document]) -> Path:
    """A built site with those pages, and with others in its index that have no page; its base is site/BASE."""
    (folder / "docs" / "articles").mkdir(parents=True)
    (folder / "theme" / "partials").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    (folder / "hook.py").write_text(HOOK, encoding="utf-8")
    (folder / "theme" / "main.html").write_text(FRAME, encoding="utf-8")
    for source, target in (
        ("theme/partials/search.html", "theme/partials/search.html"),
        ("theme/partials/search_config.html", "theme/partials/search_config.html"),
        ("search/search.md", "docs/search.md"),
    ):
        (folder / target).write_bytes((ROOT / "build_digest" / source).read_bytes())
    (folder / "docs" / "index.md").write_text("# 文摘\n\n欢迎。\n", encoding="utf-8")
    for page in pages:
        # Bold words in the middle of sentences: a mark has to run over their borders.
        body = "\n\n".join(f"{line[:10]}**{line[10:14]}**{line[14:]}" for line in page.text.split("\n"))
        (folder / "docs" / f"{page.url[:-1]}.md").write_text(f"# {page.title}\n\n{body}\n", encoding="utf-8")
    site = folder / "site"
    build(load_config(str(folder / "mkdocs.yml"), site_dir=str(site / BASE)))
    write_index([*pages, *others], site / BASE / "search")
    return site


class Server(http.server.ThreadingHTTPServer):
    """Does not wait for connections that a browser leaves open."""

    daemon_threads = True
    block_on_close = False


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files, many over one connection, and says nothing."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """The address of the site's base, while it is served."""
    with Server(("127.0.0.1", 0), partial(QuietHandler, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{BASE}"
        server.shutdown()
        thread.join()

"""What tests share: the sample corpus read once, its site rendered once, and a browser."""

from __future__ import annotations

import functools
import http.server
import logging
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from build_digest.build import Built, build
from build_digest.mkdocs_plugin import render_site
from build_digest.rulebook import Rulebook, load_rulebook
from build_digest.settings import Settings
from build_digest.site.entries import read_entry
from build_digest.site.groups import Archive, make_archive
from build_digest.site.markdown import read_page
from tools.browser import find_browser

from .corpora import Workshop

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load_rulebook({})


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The project's own corpus, built into an empty docs folder."""
    docs = tmp_path_factory.mktemp("sample") / "docs"
    return build(Settings(corpus=ROOT / "corpus", docs=docs, jobs=1))


@pytest.fixture(scope="session")
def archive(sample: Built) -> Archive:
    """The sample's articles as lists see them."""
    digest = sample.digest
    known = {page.path: read_page(page.path, page.text).meta for page in digest.pages if page.path in digest.paths}
    entries = [read_entry(path, known[path]) for path in digest.paths]
    return make_archive(entries, dict(zip(digest.paths, digest.articles, strict=True)))


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """A project of one article, not built yet, in the current folder."""
    monkeypatch.chdir(tmp_path)
    shop = Workshop(tmp_path)
    shop.write_article("good.txt", "水库蓄水保灌溉", "水")
    return shop


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's own files, as a fresh clone has them, that a test may change."""
    folder = tmp_path_factory.mktemp("project")
    copy_project(folder)
    return folder


@pytest.fixture(scope="session")
def site(project: Path) -> Path:
    """The project's site, rendered as `build-digest site` does."""
    config = project / "mkdocs.yml"
    settings = Settings(corpus=project / "corpus", docs=project / "docs", jobs=1, strict=True)
    problems = render_site(config, settings, project / "site")
    assert [p for p in problems if p.severity != "note"] == []
    return project / "site"


@pytest.fixture
def warnings() -> Iterator[list[str]]:
    """What MkDocs warns of."""
    found: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("mkdocs").addHandler(handler)
    yield found
    logging.getLogger("mkdocs").removeHandler(handler)


def copy_project(folder: Path) -> None:
    """Everything that a project needs besides the installed package."""
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    shutil.copytree(ROOT / "docs", folder / "docs")


hypothesis.settings.register_profile("thorough", max_examples=4_000, deadline=None)
hypothesis.settings.register_profile("usual", deadline=None, derandomize=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))

expect.set_options(timeout=30_000)  # as patient as Playwright's other waits: a busy machine is no fault of the page


BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium, the one that `tools/browser.py` finds or installs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Static files, with the site's own page for what is missing, as hosts do."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        found = (page for depth in ("", "*/", "*/*/") for page in Path(self.directory).glob(f"{depth}404.html"))
        page = next(found, None)
        body = page.read_bytes() if page else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    handler = functools.partial(_Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the project's site is served, below the top of its host as on a project's page."""
    root = tmp_path_factory.mktemp("host")
    (root / "wenzhai").symlink_to(site)
    with serve(root) as host:
        yield f"{host}wenzhai/"

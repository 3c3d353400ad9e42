"""The only module that knows MkDocs: the build step before each rendering, redirects and the search index after it."""

from __future__ import annotations

import html
import logging
import os
import posixpath
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

from mkdocs.commands.build import build as build_site
from mkdocs.commands.serve import serve as serve_live
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from build_digest.build import Built, build
from build_digest.checks.messages import language_of, translate
from build_digest.errors import ConfigurationError, RuleError
from build_digest.files import take_snapshot, write_if_different, write_index
from build_digest.model import Problem
from build_digest.report import format_problem
from build_digest.search.documents import Document
from build_digest.settings import Settings, read_options
from build_digest.site.address import read_aliases, stays_inside
from build_digest.site.entries import Entry, is_listed, read_entry
from build_digest.site.feeds import Channel, Item, choose_newest, write_atom, write_json_feed
from build_digest.site.markdown import DERIVED_START
from build_digest.text.plain import to_plain_text

THEME = Path(__file__).parent / "theme"

log = logging.getLogger("mkdocs.plugins.digest")


class DigestConfig(Config):  # type: ignore[no-untyped-call]
    """The options of the `digest:` entry in mkdocs.yml; `settings` checks and explains them."""

    corpus = Type(str, default="corpus")
    report = Optional(Type(str))
    jobs = Type(int, default=0)
    strict = Type(bool, default=False)


class DigestPlugin(BasePlugin[DigestConfig]):  # type: ignore[no-untyped-call]
    """Two hooks unpack MkDocs' configuration and call `build`; the others put its result into the site."""

    def __init__(self) -> None:
        self.settings: Settings | None = None
        self.given = False
        self.tell: Callable[[Sequence[Problem]], None] = _log_problems
        self.built: Built | None = None
        self.left_behind: dict[str, tuple[int, int]] = {}
        self.failure: RuleError | ConfigurationError | None = None
        self.documents: list[Document] = []
        self.items: list[Item] = []
        self.redirects: list[tuple[str, str]] = []
        self.occupied: set[str] = set()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """With this hook MkDocs keeps the plugin from one rebuild of a preview to the next."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Take the settings from the configuration and put the digest's theme before Material's."""
        if not self.given:
            entry = {key: value for key, value in self.config.items() if value is not None}
            path = Path(config.config_file_path)
            values = read_options(entry, path)
            self.settings = Settings().override(docs=Path(config.docs_dir), **values)
        if str(THEME) not in config.theme.dirs:
            config.theme.dirs.insert(0, str(THEME))
        config.theme.static_templates.add("robots.txt")
        return config

    def on_pre_build(self, config: MkDocsConfig) -> None:
        """Corpus to Markdown; only what differs is written, so a preview that watches docs/ comes to rest."""
        assert self.settings is not None
        self.documents, self.items, self.redirects = [], [], []
        try:
            self.built = build(self.settings)
        except (RuleError, ConfigurationError) as error:
            self.failure = error
            raise PluginError(str(error)) from None
        self.tell(self.built.digest.problems)
        self.left_behind = self._take_snapshot(config)

    @event_priority(100)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Leave out the pages that an editor took out and those that are not UTF-8, and tell the theme where lists stand."""
        assert self.built is not None
        undecodable = [p.file for p in self.built.digest.problems if p.code == "page-encoding"]
        for path in (*self.built.digest.unpublished, *undecodable):
            file = files.get_file_from_path(path)
            if file:
                files.remove(file)
        found = {name: files.get_file_from_path(path) for name, path in self.built.digest.places.items()}
        self.occupied = {unquote(file.url).rstrip("/") for file in files.documentation_pages()}
        config.extra["digest_pages"] = {name: file.url for name, file in found.items() if file}
        return files

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """A page that follows from others is not for editing."""
        del config, files
        if page.meta.get("derived"):
            page.edit_url = None
        return markdown

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Remember what each page says, for the search index, and the newest ones whole, for the feeds."""
        del config, files
        if is_listed(page.meta) and not page.is_homepage:
            entry = read_entry(page.file.src_uri, page.meta)
            self.documents.append(_make_document(html, page, entry))
            if entry.tags or entry.date or entry.source or entry.collection:
                item = Item(entry, page.url, html.split(DERIVED_START, maxsplit=1)[0].strip())
                self.items = choose_newest((*self.items, item))
        return html

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the feeds, the search index and what reads it in the browser."""
        site = Path(config.site_dir)
        channel = Channel(config.site_name, config.site_description or "", config.site_url or "")
        write_if_different(site / "feed.xml", write_atom(channel, self.items))
        write_if_different(site / "feed.json", write_json_feed(channel, self.items))
        write_index(self.documents, site / "search")
        for alias, address in self.redirects:
            if alias.rstrip("/") not in self.occupied:
                _write_redirect(alias, address, site)

    def _take_snapshot(self, config: MkDocsConfig) -> dict[str, tuple[int, int]]:
        """The state of everything that a preview watches."""
        assert self.settings is not None
        return take_snapshot(Path(config.docs_dir), self.settings.corpus, Path(config.config_file_path))

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., Any]) -> LiveReloadServer:
        """Watch the corpus too, and take what a build itself wrote below docs/ for no change."""
        assert self.settings is not None

        def rebuild() -> None:
            if self._take_snapshot(config) != self.left_behind:
                builder()

        server.builder = rebuild
        server.watch(str(self.settings.corpus))
        return server

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Remember each of a page's former addresses that a redirect can stand at."""
        del config
        aliases = read_aliases(page.meta) if is_listed(page.meta) or page.meta.get("retired") else []
        self.redirects += [(alias, page.url) for alias in aliases if stays_inside(alias)]
        return output


def _log_problems(problems: Sequence[Problem]) -> None:
    language = language_of(os.environ)
    for problem in problems:
        log.log(_LEVELS[problem.severity], format_problem(translate(problem, language)))


def _make_document(content: str, page: Page, entry: Entry) -> Document:
    return Document(
        url=page.url,
        title=str(page.title),
        text=to_plain_text(content),
        date=entry.date or None,
        period=entry.period or entry.month or None,
        source=entry.source or None,
        topics=entry.tags,
    )


_LEVELS = {"note": logging.INFO, "warning": logging.WARNING, "error": logging.WARNING}


def _write_redirect(alias: str, address: str, site: Path) -> None:
    """A small page at a former address, a plain path below the site, that leads to the present one."""
    folder = alias.rstrip("/")
    target = posixpath.relpath(address.rstrip("/") or ".", folder) + "/"
    page = _REDIRECT.format(target=html.escape(target, quote=True))
    write_if_different(site / folder / "index.html", page.encode("utf-8"))


_REDIRECT = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>页面已移动</title>
<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{target}"></head>
<body><p>页面已移到<a href="{target}">新地址</a>。</p></body></html>
"""


def render_site(
    config_file: Path,
    settings: Settings,
    site: Path | None,
    tell: Callable[[Sequence[Problem]], None] | None = None,
) -> Sequence[Problem]:
    """Run the build step and render the site; returns the build step's problems.

    Args:
        config_file: the project's mkdocs.yml.
        settings: they take precedence over the file's `digest:` entry.
        site: the folder for the site, or None for the configured one.
        tell: shows the problems before the rendering begins; without it they go to MkDocs' log.

    Raises:
        RuleError: an editor's rule is wrong.
        ConfigurationError: the corpus folder is missing, or mkdocs.yml does not suffice for a site.
    """
    config, plugin = _load(config_file, **({"site_dir": str(site.resolve())} if site else {}))
    plugin.settings, plugin.given = settings, True
    plugin.tell = tell or plugin.tell
    config.docs_dir = str(settings.docs.resolve())
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build_site(config)
    except Abort:
        if plugin.failure:
            raise plugin.failure from None
        raise
    finally:
        config.plugins.on_shutdown()
    assert plugin.built is not None
    return plugin.built.digest.problems


def serve_site(config_file: Path, address: str) -> None:
    """Show the site at an address of this machine and rebuild it whenever corpus or docs change.

    Raises:
        ConfigurationError: mkdocs.yml does not suffice for a site.
    """
    _load(config_file)
    serve_live(str(config_file), dev_addr=address)


def _load(config_file: Path, **values: str) -> tuple[MkDocsConfig, DigestPlugin]:
    if not config_file.is_file():
        raise ConfigurationError(str(config_file), "there is no such file", "Make one with `build-digest init`.")
    try:
        config = load_config(str(config_file), **values)
    except MkDocsException as error:
        raise ConfigurationError(str(config_file), str(error).rstrip("!"), "Mend what is named above.") from None
    plugin = config.plugins.get("digest")
    if not isinstance(plugin, DigestPlugin):
        raise ConfigurationError(str(config_file), "has no digest plugin", "Write `- digest` below `plugins:`.")
    return config, plugin

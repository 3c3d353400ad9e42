"""The plugin `digest`: MkDocs' hooks, which unpack what it knows and call plain functions."""

from __future__ import annotations

import gc
import json
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Literal, cast

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from build_digest.build import Watch, build, unwatched
from build_digest.checks.messages import make_problem
from build_digest.errors import ConfigurationError, RuleError
from build_digest.files import take_snapshot
from build_digest.fingerprints import fingerprint_of_program
from build_digest.mkdocs_plugin.aside import Aside
from build_digest.mkdocs_plugin.configuration import cache_of, fingerprint_of, record_file_of
from build_digest.mkdocs_plugin.conversion import PageConverter
from build_digest.mkdocs_plugin.indexing import begin_index
from build_digest.mkdocs_plugin.log import log_problems
from build_digest.mkdocs_plugin.memory import give_back
from build_digest.mkdocs_plugin.once import Frame
from build_digest.mkdocs_plugin.pages import describe_items, note_pages, note_time, render_after_all, tell
from build_digest.mkdocs_plugin.shares import Shares, share
from build_digest.mkdocs_plugin.site_files import (
    NotedFiles,
    Outcome,
    SiteFile,
    choose_pages,
    leave_out,
    list_anew,
    looks_at_every_page,
)
from build_digest.mkdocs_plugin.snapshot import renew
from build_digest.model import Problem
from build_digest.rendering.notes import NotedNames, NotedPages
from build_digest.rendering.record import Record
from build_digest.rendering.rendering import Index, Rendering
from build_digest.rendering.workspace import load_record, save_record
from build_digest.settings import Settings, read_options
from build_digest.site.entries import read_day
from build_digest.site.feeds import Channel
from build_digest.site.sentences import list_sentences, mark_sentences

THEME = Path(__file__).parent.parent / "theme"


class DigestConfig(Config):  # type: ignore[no-untyped-call]
    """The options of the `digest:` entry in mkdocs.yml; `settings` checks and explains them."""

    corpus = Type(str, default="corpus")
    report = Optional(Type(str))
    jobs = Type(int, default=0)
    strict = Type(bool, default=False)


class DigestPlugin(BasePlugin[DigestConfig]):  # type: ignore[no-untyped-call]
    """Hooks unpack what MkDocs knows and call `build` for the Markdown and `Rendering` for the site."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew: MkDocs hands the same plugin to every configuration that one process loads."""
        self.settings: Settings | None = None
        self.given = False
        self.tell: Callable[[Sequence[Problem]], None] = log_problems
        self.watch: Watch = unwatched
        self.building: Aside[Outcome] | None = None
        self.built: Outcome | None = None
        self.wait_for_index: Callable[[], Index] | None = None
        self.left_behind: dict[str, tuple[int, int]] = {}
        self.failure: RuleError | ConfigurationError | None = None
        self.resumes = self.previews = False
        self.remembered = Record()
        self.rendered: Rendering | None = None
        self.nav: Navigation | None = None
        self.every_page: Sequence[File] = ()
        self.frame: Frame | None = None
        self.shares: Shares | None = None

    @property
    def rendering(self) -> Rendering:
        """The rendering that goes on; there is one from `on_files` on."""
        assert self.rendered is not None
        return self.rendered

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """With this hook MkDocs keeps the plugin from one rebuild of a preview to the next."""
        self.resumes, self.previews = dirty, command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Take the settings from the configuration; put the digest's theme between the project's own and Material's."""
        if not self.given:
            entry = {key: value for key, value in self.config.items() if value is not None}
            path = Path(config.config_file_path)
            values = read_options(entry, path)
            self.settings = Settings().override(docs=Path(config.docs_dir), **values)
        if str(THEME) not in config.theme.dirs:
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        config.theme.static_templates.add("robots.txt")
        return config

    def on_pre_build(self, config: MkDocsConfig) -> None:
        """Corpus to Markdown; only what differs is written, so a preview that watches docs/ comes to rest."""
        self.rendered = None
        fingerprint_of_program()  # before anything is read, in this process too
        alone = self.resumes and not self.previews and list(config.plugins) == ["digest"]
        with self._failures_told():
            self.building = Aside(self._count_jobs() if alone else 1, partial(self._build, config))
        if alone:
            self._look_at_site(config)

    def _build(self, config: MkDocsConfig) -> Outcome:
        """Run the build step; what it leaves behind is no change for a preview that watches."""
        assert self.settings is not None
        before = self._take_snapshot(config) if self.previews else {}
        built = build(self.settings, self.watch)
        digest = built.digest
        if self.previews:
            self.left_behind = renew(before, self._take_snapshot(config), self.settings, digest)
        return Outcome(digest.problems, digest.unpublished, digest.places, built.checksums)

    @contextmanager
    def _failures_told(self) -> Iterator[None]:
        """What stops the build step stops MkDocs too."""
        try:
            yield
        except (RuleError, ConfigurationError) as error:
            self.failure = error
            raise PluginError(str(error)) from None

    @event_priority(100)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Leave out the pages that have no place in the site, and find those that can be kept."""
        assert self.building is not None
        with self._failures_told():
            self.built = self.building.wait()
        self.tell(self.built.problems)
        give_back()  # the digest was most of it
        if self.building.apart:
            files = list_anew(files, self.built, config)
        log_problems(leave_out(files, self.built))
        found = {name: files.get_file_from_path(path) for name, path in self.built.places.items()}
        names = {name: file.url for name, file in found.items() if file}
        if self.rendered is None:
            self._look_at_site(config)
        config.site_dir = str(self.rendering.made.folder)
        logging.getLogger("mkdocs").addHandler(self.rendering.notes)
        config.extra["digest_pages"] = NotedNames(names, self.rendering.notes)
        own = [SiteFile.take(file, config.site_dir) for file in files]
        noted = NotedFiles(own, self.rendering.notes, whole=looks_at_every_page(config))
        choose_pages(own, self.rendering, self.built, names, config)
        gc.freeze()  # all that is there by now stays to the end, so the collector need not go through it
        return noted

    def _look_at_site(self, config: MkDocsConfig) -> None:
        """Begin a rendering: all will be written to a folder of its own, until it is whole."""
        fingerprint = fingerprint_of(config)
        record = Record()
        if self.resumes:
            record = self.remembered if self.previews else load_record(record_file_of(config), fingerprint)
        self.rendered = Rendering(Path(config.site_dir), cache_of(config), record, fingerprint)

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Give the pages that are kept what others may ask of them."""
        assert isinstance(files, NotedFiles)
        self.nav, self.every_page = nav, files.every_page()
        converter = PageConverter(config, files)
        note_pages(self.every_page, self.rendering, converter, files, config)
        if self.resumes and self.rendering.fingerprint and not self.previews:  # MkDocs by itself passes no page over
            self.shares = share(self.rendering, config, files, converter, self._count_jobs())
        return nav

    def _count_jobs(self) -> int:
        assert self.settings is not None
        return self.settings.jobs or os.cpu_count() or 1

    @event_priority(100)
    def on_pre_page(self, page: Page, config: MkDocsConfig, files: Files) -> Page:
        """From here on it is this page that asks for files."""
        del config, files
        self.rendering.notes.turn_to(page.file.src_uri)
        return page

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """A page that follows from others is not for editing; a date is one however an editor wrote it."""
        del config, files
        if page.meta.get("derived"):
            page.edit_url = None
        if day := read_day(page.meta.get("date")):
            page.meta["date"] = day
        return markdown

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Remember what each page says, for the search index, and the newest ones whole, for the feeds."""
        del config, files
        if not page.is_homepage:
            self.rendering.read(page.file.src_uri, page.url, str(page.title), page.meta, html)
        self.rendering.notes.turn_to(None)
        return html

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """What a section of the site is called stands on every page: where one was renamed, nothing is kept."""
        assert self.nav is not None
        for path in self.rendering.settle_navigation(json.dumps(describe_items(self.nav.items), default=str)):
            render_after_all(files.src_uris[path], config, files)
        # A theme of the project's own may show anything of a page anywhere.
        self.frame = (
            None if config.theme.custom_dir else Frame(self.nav, files, [str(config.extra.get("homepage", ""))])
        )
        env.context_class = note_time(env.context_class, self.rendering.notes)
        if self.shares:
            self.shares.pass_over(self.nav, env)
        self.wait_for_index = begin_index(self.rendering, self.shares, self._count_jobs())
        return env

    @event_priority(100)
    def on_page_context(
        self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """From here on it is this page that asks for lists; its summary's sentences are found in its text."""
        del config, nav
        self.rendering.notes.turn_to(page.file.src_uri)
        sentences = [] if page.is_homepage else list_sentences(page.meta.get("summary"))
        page.content, links = mark_sentences(page.content or "", sentences)
        told = {
            "pages": NotedPages(self.every_page, self.rendering.notes),
            "summary_links": list(zip(sentences, links, strict=True)),
            "once": self.frame and self.frame.open_for(page.url),
        }
        return cast("TemplateContext", {**context, **told})

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give all pages to what may look at them: the sitemap, where the site has an address, and a project's own theme."""
        del template_name
        if config.site_url or config.theme.custom_dir:
            context["pages"] = self.every_page
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Note what came of a page."""
        del config
        self.rendering.notes.turn_to(None)
        self.rendering.add(page.file.src_uri, output.encode("utf-8", errors="xmlcharrefreplace"), tell(page))
        return output

    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the feeds, the search index and what reads it in the browser, and put all in its place."""
        if self.shares:
            self.shares.gather()
        channel = Channel(config.site_name, config.site_description or "", config.site_url or "")
        record = self.rendering.finish(channel, self.wait_for_index)
        log_problems([make_problem("taken-alias", path, None, value=alias) for path, alias in self.rendering.refused])
        config.site_dir = str(self.rendering.site)
        self._leave()
        if self.previews:
            self.remembered = record
        elif record != self.rendering.record:
            save_record(record, record_file_of(config))

    def on_build_error(self, *, error: Exception) -> None:
        """A build that fails leaves the site as it was."""
        del error
        self._leave()

    def _leave(self) -> None:
        gc.unfreeze()
        if self.building:
            self.building.close()
        if self.shares:
            self.shares.close()
        if self.rendered:
            logging.getLogger("mkdocs").removeHandler(self.rendered.notes)
            self.rendered.made.discard()

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

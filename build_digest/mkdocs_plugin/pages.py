"""MkDocs' files and pages, made to tell which of them are kept as they are and who asks for which."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import FileIO
from pathlib import PurePath
from typing import Any, Self

from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files
from mkdocs.structure.pages import Page

from build_digest.checks.messages import make_problem
from build_digest.leftovers import is_temporary
from build_digest.mkdocs_plugin.conversion import PageConverter
from build_digest.model import Problem
from build_digest.rendering.notes import Notes
from build_digest.rendering.record import PageRecord
from build_digest.rendering.rendering import Rendering, Told


class SiteFile(File):
    """A file that is modified unless its page is kept, whenever it was written.

    The page of one that is kept is made when somebody asks for it, by `make_page`; for most nobody does.
    """

    kept = False
    is_page: bool
    make_page: Callable[[SiteFile], Page] | None = None
    made_page: Page | None = None

    @classmethod
    def take(cls, file: File, site_dir: str) -> Self:
        """The file as it is, but for the folder that it will be written to."""
        taken = cls.__new__(cls)
        vars(taken).update(vars(file), dest_dir=site_dir, is_page=file.is_documentation_page())
        vars(taken).pop("abs_dest_path", None)
        return taken

    @property
    def page(self) -> Page | None:
        """Its page, once it has one."""
        if self.made_page is None and self.make_page is not None:
            self.made_page = self.make_page(self)
        return self.made_page

    @page.setter
    def page(self, page: Page | None) -> None:
        self.made_page = page

    def is_documentation_page(self) -> bool:
        """Whether it is a Markdown page, which MkDocs asks of every file a dozen times."""
        return self.is_page

    def read(self) -> bytes:
        """Its content, read without the detours of `content_bytes` where it stands on the disk."""
        if self._content is not None or self.abs_src_path is None:
            return self.content_bytes
        with FileIO(self.abs_src_path) as stream:
            return stream.readall()

    def is_modified(self) -> bool:
        """Whether MkDocs has anything to do for this file."""
        return not self.kept


class NotedFiles(Files):
    """All files, noting which page asks for which."""

    def __init__(self, files: Iterable[SiteFile], notes: Notes, *, whole: bool) -> None:
        """Begin.

        Args:
            files: all files.
            notes: what notes who asks.
            whole: whether MkDocs looks at every page, and not only at those that have something to be done or asked.
        """
        super().__init__(files)
        self._notes, self._whole = notes, whole

    def get_file_from_path(self, path: str) -> File | None:
        """The file at a path below docs/."""
        file = self.src_uris.get(path)
        if file is None:
            path = PurePath(path).as_posix()
            file = self.src_uris.get(path)
        self._notes.note_link(path, file is not None)
        return file

    def every_page(self) -> list[File]:
        """The files of all pages of the site."""
        return [*super().documentation_pages()]

    def documentation_pages(
        self, *, inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included
    ) -> Sequence[File]:
        """The files of the pages that MkDocs has to go through: without those that are kept and were not asked for."""
        pages = super().documentation_pages(inclusion=inclusion)
        if self._whole:
            return pages
        return [file for file in pages if not is_asleep(file)] or pages[:1]


def is_asleep(file: File) -> bool:
    """Whether a file's page is kept and nobody has asked for it."""
    return isinstance(file, SiteFile) and file.kept and file.made_page is None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the site needs to know of a build step; the rest of a digest is let go, which is most of a run's memory."""

    problems: tuple[Problem, ...]
    unpublished: tuple[str, ...]
    places: Mapping[str, str]
    checksums: Mapping[str, str]


def list_anew(files: Files, built: Outcome, config: MkDocsConfig) -> Files:
    """All files of the site, looked for again where MkDocs did so while the build step was still writing pages."""
    pages = {file.src_uri for file in files if file.src_uri.endswith(".md")}
    if pages == built.checksums.keys() and not any(is_temporary(file.src_uri) for file in files):
        return files
    files = get_files(config)
    files.add_files_from_theme(config.theme.get_env(), config)
    return files


def leave_out(files: Files, built: Outcome) -> list[Problem]:
    """Take out the pages that an editor took out, those that are not UTF-8, and those of which the name is not.

    Returns:
        What is to be said of the last, which the build may not have told.
    """
    undecodable = [problem.file for problem in built.problems if problem.code == "page-encoding"]
    unusable = [file.src_uri for file in files.documentation_pages() if show_name(file.src_uri) != file.src_uri]
    for path in (*built.unpublished, *undecodable, *unusable):
        file = files.get_file_from_path(path)
        if file:
            files.remove(file)
    problems = [make_problem("unusable-name", show_name(path), None) for path in unusable]
    return [problem for problem in problems if problem not in built.problems]


def show_name(path: str) -> str:
    r"""A path as it may be printed; only one with bytes that are not UTF-8 is not shown as it is.

    >>> show_name("notes/甲.md"), show_name("notes/\udcff.md")
    ('notes/甲.md', 'notes/\\udcff.md')
    """
    return path.encode("utf-8", "backslashreplace").decode()


class NotedPage(Page):
    """A page that notes who asks for the day of the build, which MkDocs takes for the page's."""

    notes: Notes
    converter: PageConverter

    @classmethod
    def note(cls, page: Page, notes: Notes, converter: PageConverter) -> None:
        """Have a page note it from here on, and be converted by that."""
        page.__class__ = cls
        vars(page).update(notes=notes, converter=converter)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Make its Markdown HTML."""
        del config, files
        self.converter.convert(self)

    @property
    def update_date(self) -> str:
        """The day of the build."""
        self.notes.spoil()
        return str(vars(self)["update_date"])

    @update_date.setter
    def update_date(self, day: str) -> None:
        vars(self)["update_date"] = day


def note_time(kind: type[Context], notes: Notes) -> type[Context]:
    """The kind of context for templates that notes who asks for the time of the build."""

    class NotedContext(kind):  # type: ignore[valid-type, misc]
        def resolve_or_missing(self, key: str) -> Any:
            if key == "build_date_utc":
                notes.spoil()
            return super().resolve_or_missing(key)

    return NotedContext


def looks_at_every_page(config: MkDocsConfig) -> bool:
    """Whether MkDocs makes the navigation of all pages, or tells which of them it lacks."""
    return config.nav is None or config.validation.nav.omitted_files > logging.DEBUG


def note_pages(
    files_of_pages: Iterable[File], rendering: Rendering, converter: PageConverter, files: Files, config: MkDocsConfig
) -> None:
    """Have all pages note who asks for what; the page of a kept one is made later, if ever.

    Args:
        files_of_pages: the files of all pages.
        rendering: which pages are kept is settled.
        converter: makes Markdown HTML.
        files: all files.
        config: the configuration.
    """
    kept = dict(rendering.kept)

    def make_page(file: SiteFile) -> Page:
        page = file.made_page or Page(None, file, config)
        NotedPage.note(page, rendering.notes, converter)
        restore(page, kept[file.src_uri], files)
        return page

    for file in files_of_pages:
        assert isinstance(file, SiteFile)
        if not file.kept:
            assert file.page is not None
            NotedPage.note(file.page, rendering.notes, converter)
        elif file.made_page or kept[file.src_uri].anchor_links:  # MkDocs checks where these lead
            make_page(file)
        else:
            file.make_page = make_page


def restore(page: Page, record: PageRecord, files: Files) -> None:
    """Give a page that is kept what other pages, lists of pages and the check of anchors ask of it."""
    page.markdown, page.meta, page._title_from_render = "", record.meta, record.title
    page.present_anchor_ids = set(record.anchors.split("\n"))
    page.links_to_anchors = find_anchor_links(record.anchor_links, files)


def tell(page: Page) -> Told:
    """What came of a page besides its HTML."""
    return Told(
        url=page.url,
        title=page.title,
        meta=page.meta,
        anchors="\n".join(sorted(page.present_anchor_ids or ())),
        anchor_links=list_anchor_links(page),
    )


def list_anchor_links(page: Page) -> tuple[tuple[str, str, str], ...]:
    """The places in other pages that a page leads to: the other's path, the anchor and the link as it is written."""
    links = page.links_to_anchors or {}
    return tuple((file.src_uri, *each) for file, anchors in links.items() for each in anchors.items())


def find_anchor_links(told: Iterable[tuple[str, str, str]], files: Files) -> dict[File, dict[str, str]]:
    """The same as MkDocs keeps them."""
    links: dict[File, dict[str, str]] = {}
    for path, anchor, link in told:
        links.setdefault(files.src_uris[path], {})[anchor] = link
    return links


def render_after_all(file: File, config: MkDocsConfig, files: Files) -> None:
    """What MkDocs did for the other pages before."""
    page = file.page
    assert isinstance(file, SiteFile) and page is not None
    file.kept = False
    page = config.plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
    page.markdown = markdown
    page.render(config, files)
    page.content = config.plugins.on_page_content(page.content or "", page=page, config=config, files=files)


def describe_items(items: Iterable[Any] | None) -> list[Any]:
    """What templates may say of the navigation on every page."""
    return [
        [item.title, getattr(item, "url", None), getattr(item, "meta", None), describe_items(item.children)]
        for item in items or ()
    ]

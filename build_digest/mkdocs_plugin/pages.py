"""MkDocs' pages, made to tell who asks for what; those that are kept give what others may ask of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from build_digest.mkdocs_plugin.conversion import PageConverter
from build_digest.mkdocs_plugin.site_files import SiteFile
from build_digest.rendering.notes import Notes
from build_digest.rendering.record import PageRecord
from build_digest.rendering.rendering import Rendering, Told


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

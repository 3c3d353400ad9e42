"""The Markdown of pages made HTML by several processes, a little ahead of MkDocs, which goes from page to page.

A process is copied when all files are known, so it converts a page exactly as MkDocs would have: what comes back is what
`Page.read_source` and `Page.render` would have set, and what the page asked for meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from build_digest.mkdocs_plugin.conversion import PageConverter
from build_digest.mkdocs_plugin.forks import Logged, tell_again
from build_digest.mkdocs_plugin.pages import NotedPage, find_anchor_links, list_anchor_links
from build_digest.rendering.notes import Notes, Questions


@dataclass(frozen=True, slots=True)
class Converted:
    """A page after its conversion; `anchor_links` are as in `PageRecord`."""

    path: str
    meta: Mapping[str, Any]
    html: str
    contents: TableOfContents
    title: str | None
    anchors: frozenset[str]
    anchor_links: tuple[tuple[str, str, str], ...]
    questions: Questions


def make_converter(
    pages: Sequence[Page], config: MkDocsConfig, converter: PageConverter, notes: Notes
) -> Callable[[str], Converted]:
    """The function that converts the page of a path; it calls no plugin's hook."""
    by_path = {page.file.src_uri: page for page in pages}

    def convert(path: str) -> Converted:
        page = by_path[path]
        notes.turn_to(path)
        Page.read_source(page, config)
        converter.convert(page)
        assert page.content is not None and page.toc is not None
        converted = Converted(
            path=path,
            meta=page.meta,
            html=page.content,
            contents=page.toc,
            title=page._title_from_render,
            anchors=frozenset(page.present_anchor_ids or ()),
            anchor_links=list_anchor_links(page),
            questions=notes.questions.pop(path),
        )
        page.markdown = page.content = None  # one process sees thousands of pages
        return converted

    return convert


class AwaitedPage(NotedPage):
    """A page that takes what another process made of it instead of reading and converting itself."""

    ahead: Iterator[tuple[Converted, Logged]]
    converted: Converted

    @classmethod
    def expect(cls, page: NotedPage, ahead: Iterator[tuple[Converted, Logged]]) -> None:
        """Have a page take its conversion from there, where it is the next one when MkDocs comes to the page."""
        page.__class__ = cls
        vars(page)["ahead"] = ahead

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the front matter, what the page asked and what was logged; the Markdown is of no use any more."""
        del config
        self.converted, logged = next(self.ahead)
        assert self.converted.path == self.file.src_uri
        self.meta, self.markdown = dict(self.converted.meta), ""
        self.notes.answer(self.file.src_uri, self.converted.questions)
        tell_again(logged)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the HTML and what MkDocs found in it."""
        del config
        made = self.converted
        self.content, self.toc, self._title_from_render = made.html, made.contents, made.title
        self.present_anchor_ids = set(made.anchors)
        self.links_to_anchors = find_anchor_links(made.anchor_links, files)
        del self.converted

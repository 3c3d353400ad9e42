"""Markdown made HTML as `Page.render` does it, but by one converter for all pages."""

from __future__ import annotations

import logging
from typing import Any

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import (
    Page,
    _ExtractAnchorsTreeprocessor,
    _ExtractTitleTreeprocessor,
    _RawHTMLPreprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import get_toc

from build_digest.mkdocs_plugin.unmarked import pass_unmarked

_log = logging.getLogger("mkdocs.structure.pages")


class PageConverter:
    """Makes a page's Markdown HTML; between two pages it is as if it were new."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self.config, self.files = config, files
        self.markdown = Markdown(
            extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"] or {}
        )
        pass_unmarked(self.markdown)
        self.counts = [_list_plain(extension) for extension in self.markdown.registeredExtensions]

    def convert(self, page: Page) -> None:
        """Set all that `Page.render` sets."""
        assert page.markdown is not None
        self._reset()
        raw, title = _RawHTMLPreprocessor(), _ExtractTitleTreeprocessor()
        anchors = _ExtractAnchorsTreeprocessor(page.file, self.files, self.config)
        links = _RelativePathTreeprocessor(page.file, self.files, self.config)
        for each in (raw, anchors, links, title):
            each._register(self.markdown)
        page.content = self.markdown.convert(page.markdown)
        page.toc = get_toc(getattr(self.markdown, "toc_tokens", []))
        page._title_from_render = title.title
        page.present_anchor_ids = anchors.present_anchor_ids | raw.present_anchor_ids
        if _log.getEffectiveLevel() > logging.DEBUG:
            page.links_to_anchors = links.links_to_anchors

    def _reset(self) -> None:
        """Have all extensions forget the page before, and how many pages there were, which footnotes count."""
        self.markdown.reset()
        for extension, plain in zip(self.markdown.registeredExtensions, self.counts, strict=True):
            vars(extension).update(plain)


def _list_plain(extension: object) -> dict[str, Any]:
    return {name: value for name, value in vars(extension).items() if isinstance(value, (bool, int, str))}

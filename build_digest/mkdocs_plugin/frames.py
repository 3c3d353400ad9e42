"""Converted pages put into their templates by several processes, once every page is known to every other.

A process is copied when MkDocs has come so far. It writes the file of a page just as MkDocs would have, with our hooks
around it; what comes back is the page's record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jinja2 import Environment
from mkdocs.commands.build import _build_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from build_digest.rendering.notes import Questions
from build_digest.rendering.record import PageRecord
from build_digest.rendering.rendering import Rendering


@dataclass(frozen=True, slots=True)
class Framed:
    """What came of a page besides its file."""

    record: PageRecord
    questions: Questions


def make_framer(
    rendering: Rendering, config: MkDocsConfig, files: Files, nav: Navigation, env: Environment
) -> Callable[[str], Framed]:
    """The function that writes the file of the page of a path."""
    everything = files.documentation_pages()

    def frame(path: str) -> Framed:
        page = files.src_uris[path].page
        assert page is not None
        _build_page(page, config, everything, nav, env)
        page.content = None  # one process sees thousands of pages
        return Framed(rendering.rendered.pop(path), rendering.notes.questions.pop(path))

    return frame

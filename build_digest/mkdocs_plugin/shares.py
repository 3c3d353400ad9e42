"""The rendering of many pages shared among copies of this process, in the two rounds that MkDocs makes of it.

In the first every page's Markdown becomes HTML, a little ahead of MkDocs; in the second, when all pages are known, each
is put into its template, for which MkDocs passes it over as if it were kept. Files, records and messages come out as
if there were one process.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TypeVar

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from build_digest.mkdocs_plugin.ahead import AwaitedPage, Converted, make_converter
from build_digest.mkdocs_plugin.conversion import PageConverter
from build_digest.mkdocs_plugin.forks import Logged, map_on_forks, pays, tell_again
from build_digest.mkdocs_plugin.frames import Framed, make_framer
from build_digest.mkdocs_plugin.pages import NotedPage
from build_digest.mkdocs_plugin.site_files import SiteFile
from build_digest.rendering.rendering import Rendering

Result = TypeVar("Result")


class Shares:
    """What other processes do of a rendering; see `share`."""

    def __init__(
        self, rendering: Rendering, config: MkDocsConfig, files: Files, converter: PageConverter, jobs: int
    ) -> None:
        self.rendering, self.config, self.files, self.jobs = rendering, config, files, jobs
        found = [file.page for file in files.documentation_pages() if file.is_modified()]
        pages = [page for page in found if isinstance(page, NotedPage)]
        convert = make_converter(pages, config, converter, rendering.notes)
        paths = [page.file.src_uri for page in pages]
        self.converted: Generator[tuple[Converted, Logged]] = map_on_forks(jobs, convert, paths, rendering.notes)
        self.framed: Generator[tuple[Framed, Logged]] | None = None
        for page in pages:
            AwaitedPage.expect(page, self.converted)

    def pass_over(self, nav: Navigation, env: Environment) -> None:
        """When all pages are converted: have MkDocs leave their templates to `gather`."""
        self.converted.close()
        taken = self.rendering.shared  # of two pages with one place the last one counts: MkDocs writes these in order
        pages = [file for file in self.files.documentation_pages() if isinstance(file, SiteFile) and not file.kept]
        own = [file for file in pages if file.dest_uri not in taken]
        for file in own:
            file.kept = True
        frame = make_framer(self.rendering, self.config, self.files, nav, env)
        self.framed = map_on_forks(self.jobs, frame, [file.src_uri for file in own], self.rendering.notes)

    def gather(self) -> None:
        """When MkDocs has done the rest: have the files of the pages written, and take their records."""
        for framed, logged in self.framed or ():
            self.rendering.take(framed.record, framed.questions)
            tell_again(logged)

    def apply(self, function: Callable[[str], Result], names: Sequence[str]) -> Iterator[Result]:
        """What a function gives for each of some names, one at a time given to a process."""
        return (result for result, _ in map_on_forks(self.jobs, function, names, self.rendering.notes, 1))

    def close(self) -> None:
        """End the processes, whatever they are at."""
        self.converted.close()
        if self.framed:
            self.framed.close()


def share(
    rendering: Rendering, config: MkDocsConfig, files: Files, converter: PageConverter, jobs: int
) -> Shares | None:
    """Share the pages that are not kept among so many processes, where that pays.

    Args:
        rendering: which pages are kept is settled.
        config: the configuration; no plugin but our own may have a say in a page, for none of its hooks is called.
        files: all files, their pages made.
        converter: makes Markdown HTML.
        jobs: how many processes.
    """
    count = sum(file.is_modified() for file in files.documentation_pages())
    return Shares(rendering, config, files, converter, jobs) if pays(count, jobs) else None

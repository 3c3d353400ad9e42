"""MkDocs' files, made to tell which of their pages are kept and who asks for which."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import FileIO
from pathlib import PurePath
from typing import Self

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files
from mkdocs.structure.pages import Page

from build_digest.checks.messages import make_problem
from build_digest.checksum import checksum
from build_digest.leftovers import is_temporary
from build_digest.model import Problem
from build_digest.rendering.choice import Source
from build_digest.rendering.notes import Notes
from build_digest.rendering.rendering import Rendering


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


def looks_at_every_page(config: MkDocsConfig) -> bool:
    """Whether MkDocs makes the navigation of all pages, or tells which of them it lacks."""
    return config.nav is None or config.validation.nav.omitted_files > logging.DEBUG


def choose_pages(
    files: Sequence[SiteFile], rendering: Rendering, built: Outcome, names: Mapping[str, str], config: MkDocsConfig
) -> None:
    """Have the pages that would come out as they stand kept.

    Args:
        files: all files.
        rendering: knows what stands in the site.
        built: has the checksums of pages as the build step left them.
        names: the addresses of lists by their names.
        config: the configuration.
    """
    pages = {file.src_uri: file for file in files if file.is_documentation_page()}
    known = built.checksums
    sources = {path: Source(known.get(path) or checksum(file.read()), file.dest_uri) for path, file in pages.items()}
    targets = {file.src_uri: file.dest_uri for file in files}
    rendering.choose(sources, targets, names, config.theme.static_templates)
    for path, file in pages.items():
        file.kept = path in rendering.kept
        if not file.kept:  # somebody may have saved it since the build step
            sources[path] = Source(checksum(file.read()), file.dest_uri)

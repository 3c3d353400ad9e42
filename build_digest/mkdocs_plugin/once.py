"""The parts of a page's frame that are the same on all pages of a place, rendered once and not again for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from build_digest.rendering.site_index import FOLDER

Render = Callable[[], str]


class Frame:
    """What is rendered already, by its name and the place that it is for.

    All that those parts show of a page is the way from it to the navigation and to the site's scripts and styles; a page
    that the navigation leads to is marked there, so it has a frame of its own.
    """

    def __init__(self, nav: Navigation, files: Files, others: Iterable[str] = ()) -> None:
        """Begin with nothing.

        Args:
            nav: the navigation.
            files: all files of the site.
            others: further addresses within the site that a frame leads to.
        """
        self.named = {page.url for page in nav.pages}
        assets = (file.url for file in files if not file.is_documentation_page())
        self.folders = {folder for url in (*self.named, *assets, *others) for folder in _list_folders(url)}
        self.folders.add(f"{FOLDER}/")
        self.rendered: dict[tuple[str, ...], str] = {}

    def open_for(self, url: str) -> Callable[[str, Render], str]:
        """The function that gives a part of the frame of the page there, by its name and what renders it if need be."""
        if url in self.named:
            return lambda name, caller: caller()
        place = [folder if folder in self.folders else "" for folder in _list_folders(url)]

        def once(name: str, caller: Render) -> str:
            key = (name, *place)
            if key not in self.rendered:
                self.rendered[key] = caller()
            return self.rendered[key]

        return once


def _list_folders(url: str) -> Iterator[str]:
    """The folders that an address goes through, from the root."""
    return (url[: at + 1] for at, character in enumerate(url) if character == "/")

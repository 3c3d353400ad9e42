"""A new digest project around a folder of texts."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from build_digest import __version__
from build_digest.files import create_file

PLACES = {
    "mkdocs.yml": "mkdocs.yml",
    "about.md": "docs/about.md",
    "guide.md": "docs/guide.md",
    "rules.yml": "corpus/rules/rules.yml",
    "lines.yml": "corpus/rules/lines.yml",
    "topics.yml": "corpus/rules/topics.yml",
    "gitignore": ".gitignore",
    "publish.yml": ".github/workflows/publish.yml",
    "README.md": "README.md",
    "requirements.txt": "requirements.txt",
}
"""Where each template of `templates/` goes."""


def start_project(folder: Path) -> tuple[list[str], list[str]]:
    """Make a folder of texts a project: copy its loose texts into `corpus/` and add what is not there yet.

    No file that is there is changed, moved or written over; texts are copied byte for byte.

    Returns:
        The paths that were added, and those that were there already, relative to the folder.
    """
    added: list[str] = []
    present: list[str] = []
    for path, data in [*_copies(folder), *_templates()]:
        (added if create_file(folder / path, data) else present).append(path)
    return added, present


def _copies(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The loose texts of a folder, at any depth where it is no project yet, with their places below corpus/."""
    fresh = not (folder / "corpus").exists() and not (folder / "mkdocs.yml").exists()
    found = folder.rglob("*") if fresh else folder.glob("*")
    for path in sorted(found):
        parts = path.relative_to(folder).parts
        apart = path.is_symlink() or path.name in PLACES or any(part[0] in "._" for part in parts)
        if path.suffix.lower() == ".txt" and path.is_file() and not apart:
            yield "/".join(("corpus", *parts)), path.read_bytes()


def _templates() -> Iterator[tuple[str, bytes]]:
    folder = resources.files("build_digest") / "templates"
    for name, place in PLACES.items():
        yield place, (folder / name).read_bytes().replace(b"{version}", __version__.encode())

"""A new digest project around a folder of texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import chain
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


@dataclass(frozen=True, slots=True)
class Started:
    """What became of a folder: paths that were added, that were there already, and loose files that are no sources and
    were left where they are; all relative to the folder."""

    added: tuple[str, ...]
    present: tuple[str, ...]
    left: tuple[str, ...]


def start_project(folder: Path) -> Started:
    """Make a folder of texts a project: copy its loose texts into `corpus/` and add what is not there yet.

    No file that is there is changed, moved or written over; texts are copied byte for byte.
    """
    fresh = not (folder / "corpus").exists() and not (folder / "mkdocs.yml").exists()
    loose = list(_loose_files(folder, fresh))
    texts = [path for path in loose if path.suffix.lower() == ".txt"]
    left = [path.relative_to(folder).as_posix() for path in loose if path not in texts] if fresh else []
    added: list[str] = []
    present: list[str] = []
    copies = ((f"corpus/{path.relative_to(folder).as_posix()}", path.read_bytes()) for path in texts)
    for place, data in chain(copies, _templates()):
        (added if create_file(folder / place, data) else present).append(place)
    return Started(tuple(added), tuple(present), tuple(left))


def _loose_files(folder: Path, fresh: bool) -> Iterator[Path]:
    """The files of a folder, at any depth where it is no project yet, but for hidden ones and those of a project."""
    for path in sorted(folder.rglob("*") if fresh else folder.glob("*")):
        parts = path.relative_to(folder).parts
        apart = path.is_symlink() or path.name in PLACES or any(part[0] in "._" for part in parts)
        if path.is_file() and not apart:
            yield path


def _templates() -> Iterator[tuple[str, bytes]]:
    folder = resources.files("build_digest") / "templates"
    for name, place in PLACES.items():
        yield place, (folder / name).read_bytes().replace(b"{version}", __version__.encode())

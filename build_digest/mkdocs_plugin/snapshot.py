"""What a preview watches, as a build left it behind: what differs from that was changed by somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from build_digest.model import Digest
from build_digest.settings import Settings

States = Mapping[str, tuple[int, int]]
"""The states of files by their paths; see `files.take_snapshot`."""


def renew(before: States, after: States, settings: Settings, digest: Digest) -> dict[str, tuple[int, int]]:
    """The states from before a build, but for the files that it wrote or removed; what others changed meanwhile is old.

    Args:
        before: taken before the build, so that what is saved while it runs will be built next.
        after: taken after it.
        settings: those of the build.
        digest: what the build made.
    """
    pages = {(settings.docs / page.path).as_posix(): page.text.encode("utf-8") for page in digest.pages}
    removed = {(settings.docs / path).as_posix() for path in digest.removed}
    report = settings.report.as_posix() if settings.report else None
    gone = dict.fromkeys(pages.keys() - after.keys(), (0, 0))  # written, and deleted by somebody already
    renewed = {**gone, **before}
    for path in sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path)):
        if path not in after:
            if path in removed:
                del renewed[path]
        elif path == report or (path in pages and _read(path) == pages[path]):
            renewed[path] = after[path]
    return renewed


def _read(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        return None

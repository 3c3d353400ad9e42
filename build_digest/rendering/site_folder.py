"""The site on the disk: what is there, whether it is still what was written, and how a rendering takes its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from build_digest.checksum import checksum, checksum_files
from build_digest.files import write_if_different
from build_digest.rendering.record import State


def take_state(path: Path) -> State:
    """What of a file changes whenever its content does; a link counts as itself."""
    return _state(path.lstat())


def _state(stat: os.stat_result) -> State:
    return stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a folder: every file by its path with its state, and the folders; links are not followed."""

    files: Mapping[str, State]
    folders: tuple[str, ...] = ()


def scan_site(site: Path) -> Standing:
    """What stands in the site; what begins with a dot at its top (`.git`, say) is not the site's, as with MkDocs."""
    return _scan_folder(site, lambda name: not name.startswith(".")) if site.is_dir() else Standing({})


def scan_made(folder: Path) -> Standing:
    """All that stands in a folder of what is made."""
    return _scan_folder(folder, lambda name: True)


def _scan_folder(top: Path, counts: Callable[[str], bool]) -> Standing:
    files: dict[str, State] = {}
    folders: list[str] = []
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(f"{top}/{folder}") as entries:
            for entry in entries:
                if not folder and not counts(entry.name):
                    continue
                path = folder + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                    waiting.append(f"{path}/")
                else:
                    files[path] = _state(entry.stat(follow_symlinks=False))
    return Standing(files, tuple(folders))


def is_unchanged(file: Path, state: State | None, known: State, digest: str) -> bool:
    """Whether a file is what it was when it was written.

    The state alone says yes: whoever writes to a file, or puts another in its place, changes its inode or the time of
    its entry, which no program can set back. Where the state differs (the site was copied, say) the content decides.

    Args:
        state: what the file is now, None where there is none.
        known: what it was when it was written.
        digest: of the content that was written.
    """
    if state is None:
        return False
    return state == known or (not file.is_symlink() and checksum(file.read_bytes()) == digest)


def put_in_place(made: Path, site: Path, standing: Standing, kept: Collection[str]) -> dict[str, State]:
    """Make the site of what was kept and of what was made: each file whole or not at all, the removals last.

    Args:
        made: a folder of files to be moved into the site; what stands there with the same content stays.
        standing: what stood in the site before.
        kept: the paths of files that stay as they are.

    Returns:
        The state of each file that was made.
    """
    waiting = scan_made(made)
    site.mkdir(parents=True, exist_ok=True)
    whole = _move_folders(made, site, waiting.folders)
    states: dict[str, State] = {}
    for path, state in waiting.files.items():
        if path.rpartition("/")[0] in whole:
            states[path] = state  # that of a file stays as it is when a folder above moves
            continue
        _make_folder((site / path).parent, site)
        _move(made / path, site / path)
        states[path] = take_state(site / path)
    expected = {*states, *kept}
    needed = _list_folders(expected)
    for path in standing.files.keys() - expected - needed:
        with suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(f"{site}/{path}")  # noqa: PTH108 - one for each file of a part of the search index
    for folder in sorted(set(standing.folders) - needed, reverse=True):
        with suppress(OSError):  # gone already, or somebody put something into it just now
            (site / folder).rmdir()
    return states


def _move_folders(made: Path, site: Path, folders: Iterable[str]) -> set[str]:
    """Move whole every folder that the site lacks; returns those and all below them.

    Args:
        made: what the folders are moved from.
        site: where they are moved to.
        folders: their paths, each after the one above it.
    """
    moved: set[str] = set()
    for folder in folders:
        above = folder.rpartition("/")[0]
        if above in moved:
            moved.add(folder)
        elif (not above or _is_real_folder(site / above)) and not os.path.lexists(site / folder):
            with suppress(OSError):  # the site stands on another disk
                (made / folder).rename(site / folder)
                moved.add(folder)
    return moved


def _is_real_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _is_same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()


def _list_folders(paths: Iterable[str]) -> set[str]:
    """All folders that those files stand in."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _make_folder(folder: Path, site: Path) -> None:
    """A real folder, whatever stood in its place."""
    if _is_real_folder(folder):
        return
    if folder != site:
        _make_folder(folder.parent, site)
        if folder.is_symlink() or folder.exists():
            folder.unlink()
    folder.mkdir(exist_ok=True, parents=folder == site)


def _move(source: Path, target: Path) -> None:
    if target.is_symlink():
        target.unlink()
    elif target.is_dir():
        shutil.rmtree(target)
    elif target.exists() and _is_same(source, target):
        return
    try:
        source.replace(target)
    except OSError:  # the site stands on another disk
        write_if_different(target, source.read_bytes())


def checksum_states(states: Mapping[str, State]) -> str:
    """The states of several files as one checksum."""
    return checksum_files({path: str(state) for path, state in states.items()})

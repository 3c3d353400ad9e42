"""Reading the corpus and the rules, writing only what differs."""
# ruff: noqa: PTH101, PTH103, PTH105, PTH108, PTH120, PTH123 - pathlib takes thrice as long, for each of all files

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from build_digest.checks.messages import make_problem
from build_digest.checksum import checksum
from build_digest.errors import RuleError
from build_digest.leftovers import SUFFIX, make_prefix
from build_digest.model import Digest, Known, Problem, Source


def list_sources(corpus: Path) -> tuple[list[str], list[Problem]]:
    """The paths of all sources below a corpus folder, sorted, and a note for each file that is none.

    Raises:
        FileNotFoundError: there is no such folder.
    """
    if not corpus.is_dir():
        raise FileNotFoundError(f"there is no corpus folder {corpus}")
    paths, problems = [], []
    found = ((name, entry) for name, entry in walk(str(corpus), "._") if name.split("/")[0] != "rules")
    may_enter = cache(lambda folder: os.access(f"{corpus}/{folder}", os.X_OK))
    for name, entry in sorted(found, key=lambda item: item[0].split("/")):
        if not may_enter(name.rpartition("/")[0]):
            continue  # of the folder it is said already
        if _is_plain_source(name, entry):
            paths.append(name)
            continue
        path = corpus / name
        shown = show_name(name)
        code = _find_fault(path, corpus) or ("unusable-name" if shown != name and not path.is_dir() else None)
        if code:
            problems.append(make_problem(code, shown, None))
        elif path.suffix.lower() == ".txt" and not path.is_dir():
            paths.append(name)
    return paths, problems


def walk(folder: str, hidden: str = ".", prefix: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The paths of all that is below a folder, with what the system says of each, in no order.

    Folders that are not there, or that nobody may look into, are passed over; links to folders are not followed.

    Args:
        folder: where to look.
        hidden: a name that begins with one of these characters is passed over, with all that is below it.
        prefix: is put before each path.
    """
    try:
        with os.scandir(folder) as entries:
            visible = [entry for entry in entries if entry.name[0] not in hidden]
    except (FileNotFoundError, PermissionError, NotADirectoryError):
        return
    for entry in visible:
        yield prefix + entry.name, entry
        if entry.is_dir(follow_symlinks=False):
            yield from walk(entry.path, hidden, f"{prefix}{entry.name}/")


def _is_plain_source(name: str, entry: os.DirEntry[str]) -> bool:
    """Whether nothing about this source is odd, as with nearly all: it needs no closer look."""
    plain = name.endswith(".txt") and name.isprintable() and entry.is_file(follow_symlinks=False)
    return plain and os.access(entry.path, os.R_OK)


def _find_fault(path: Path, corpus: Path) -> str | None:
    """The code of the problem that something below the corpus folder has as a source; None where it has none."""
    code = None
    if path.is_symlink() and not path.exists():
        code = "dangling"
    elif not os.access(path, os.R_OK | os.X_OK if path.is_dir() else os.R_OK):
        code = "unreadable"
    elif path.is_dir():
        pass
    elif path.is_symlink() and not path.resolve().is_relative_to(corpus.resolve()):
        code = "outside"
    elif path.suffix.lower() != ".txt":
        code = None if path.name == "README.md" else "not-a-source"
    elif not path.is_file():
        code = "not-a-file"
    return code


def show_name(name: str) -> str:
    """A file's name as a message can hold it: control characters, and bytes that are not UTF-8, as escapes.

    >>> print(show_name("水\\udcff.md"))
    水\\udcff.md
    """
    return "".join(ascii(character)[1:-1] if _is_unusable(character) else character for character in name)


def _is_unusable(character: str) -> bool:
    """Whether a character of a file name is a control character, or stands for a byte that is not UTF-8."""
    return unicodedata.category(character) in ("Cc", "Cs")


def read_sources(corpus: Path, paths: list[str]) -> Iterator[Source]:
    """The sources, one at a time, so that a large corpus never stands in memory as a whole."""
    for path in paths:
        yield Source(path, read_bytes(f"{corpus}/{path}"))


def read_bytes(path: str) -> bytes:
    """A file's content."""
    with open(path, "rb", buffering=0) as file:
        return file.read()


def read_rules(corpus: Path) -> dict[str, str]:
    """The editors' own rule files by name; empty where there is no corpus/rules folder.

    Raises:
        RuleError: a file is not UTF-8.
    """
    folder = corpus / "rules"
    return {
        f"rules/{path.name}": read_rule_file(path)
        for path in sorted(folder.glob("*"))
        if path.suffix in (".yml", ".yaml") and not path.name.startswith((".", "_"))
    }


def read_rule_file(path: Path) -> str:
    """The text of an editor's rule file; raises RuleError where it is not UTF-8."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RuleError(f"rules/{path.name}", f"line {line}", "is not UTF-8", "save the file in UTF-8") from None


def read_if_there(path: Path) -> str:
    """The text of a file, with U+FFFD for bytes that are not UTF-8; empty where there is none."""
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""


def list_files(docs: Path) -> list[str]:
    """The paths of all files below docs/ that are no pages."""
    found = docs.rglob("*") if docs.is_dir() else ()
    return sorted(path.relative_to(docs).as_posix() for path in found if path.is_file() and path.suffix != ".md")


def write_digest(digest: Digest, docs: Path, known: Known) -> tuple[dict[str, str], int]:
    """Write the pages that differ from what stood in docs/ and remove those that are no more.

    A page that was saved, made or deleted by somebody since `known` was read is left to the next build.

    Returns:
        The checksums of the files that were written, by their paths, and how many were removed.
    """
    texts = {page.path: page.text for page in known.pages} | {page.path: page.text for page in known.proposals}
    differing = [page for page in digest.pages if page.text != texts.get(page.path)]
    written: dict[str, str] = {}
    for page in differing:
        if _is_as_read(docs, page.path, texts):
            data = page.text.encode("utf-8")
            _put(f"{docs}/{page.path}", data)
            written[page.path] = checksum(data)
    removed = 0
    for name in digest.removed:
        path = docs / name
        if path.is_file() and _is_as_read(docs, name, texts):
            path.unlink()
            removed += 1
            _remove_empty_folders(path.parent, docs)
    return written, removed


def _is_as_read(docs: Path, name: str, texts: Mapping[str, str]) -> bool:
    """Whether a page is still what it was when docs/ was read."""
    try:
        data = read_bytes(f"{docs}/{name}")
    except FileNotFoundError:
        return name not in texts
    return name in texts and data == texts[name].encode("utf-8")


def take_snapshot(*places: Path) -> dict[str, tuple[int, int]]:
    """When each of these files, or each file below these folders, was last written, in nanoseconds, and its size."""
    files = (file for place in places for file in ([place] if place.is_file() else sorted(place.rglob("*"))))
    states = ((file, file.stat()) for file in files if file.is_file())
    return {file.as_posix(): (state.st_mtime_ns, state.st_size) for file, state in states}


def write_if_different(path: Path, data: bytes) -> bool:
    """Whether a file had to be written; it is put in its place whole or not at all."""
    try:
        if path.read_bytes() == data:
            return False
    except FileNotFoundError:
        pass
    _put(f"{path.parent}/{path.name}", data)
    return True


def _put(path: str, data: bytes) -> None:
    temporary = f"{os.path.dirname(path)}/{make_prefix()}{token_hex(8)}{SUFFIX}"
    created = _create(temporary)
    try:
        with created as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        error.filename = path  # a full disk names no file
        raise


def _create(path: str) -> BinaryIO:
    """A new file, in a folder that may have to be made."""
    try:
        return open(path, "xb")
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return open(path, "xb")


def create_file(path: Path, data: bytes) -> bool:
    """Whether a file was made; one that is there already is left as it is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        return False
    return True


def _remove_empty_folders(folder: Path, top: Path) -> None:
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent

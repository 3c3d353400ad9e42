"""The only module that touches the disk: reading the corpus, the rules and docs/, writing only what differs."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml

from build_digest.checks.messages import make_problem
from build_digest.errors import RuleError
from build_digest.model import Digest, Known, KnownPage, Problem, Source
from build_digest.publish import PROPOSAL
from build_digest.search.documents import Document
from build_digest.search.index import build_index
from build_digest.search.segments import EMPTY, Manifest
from build_digest.site.markdown import read_page


def list_sources(corpus: Path) -> tuple[list[str], list[Problem]]:
    """The paths of all sources below a corpus folder, sorted, and a note for each file that is none.

    Raises:
        FileNotFoundError: there is no such folder.
    """
    if not corpus.is_dir():
        raise FileNotFoundError(f"there is no corpus folder {corpus}")
    paths, problems = [], []
    for path in sorted(corpus.rglob("*")):
        relative = path.relative_to(corpus)
        if relative.parts[0] == "rules" or any(part[0] in "._" for part in relative.parts):
            continue
        if not os.access(path.parent, os.X_OK):
            continue  # of its folder it is said already
        name = relative.as_posix()
        shown = "".join(ascii(character)[1:-1] if _is_unusable(character) else character for character in name)
        code = _find_fault(path, corpus) or ("unusable-name" if shown != name and not path.is_dir() else None)
        if code:
            problems.append(make_problem(code, shown, None))
        elif path.suffix.lower() == ".txt" and not path.is_dir():
            paths.append(name)
    return paths, problems


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


def _is_unusable(character: str) -> bool:
    """Whether a character of a file name is a control character, or stands for a byte that is not UTF-8."""
    return unicodedata.category(character) in ("Cc", "Cs")


def read_sources(corpus: Path, paths: list[str]) -> Iterator[Source]:
    """The sources, one at a time, so that a large corpus never stands in memory as a whole."""
    for path in paths:
        yield Source(path, (corpus / path).read_bytes())


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


def read_known(docs: Path) -> tuple[Known, list[Problem]]:
    """What stands in docs/ already, and an error for each page whose front matter cannot be read.

    A page that cannot be read is known by its path alone, and by the one that it remembers, so nothing will be written
    over it or made anew in its stead.
    """
    pages: list[KnownPage] = []
    problems: list[Problem] = []
    proposals: list[str] = []
    unreadable: list[str] = []
    for path in sorted(docs.rglob("*")) if docs.is_dir() else []:
        name = path.relative_to(docs).as_posix()
        if name.endswith(".md" + PROPOSAL):
            proposals.append(name)
        elif path.suffix == ".md" and path.is_file() and not any(part[0] == "." for part in name.split("/")):
            data = path.read_bytes()
            try:
                pages.append(read_page(name, data.decode("utf-8")))
            except UnicodeDecodeError as error:
                line = error.object.count(b"\n", 0, error.start) + 1
                problems.append(make_problem("page-encoding", name, line))
                unreadable += _paths_of_unreadable(name, data)
            except (yaml.YAMLError, ValueError) as error:
                line = _line_of_error(error) or _line_of_bad_date(path)
                message = f"front matter cannot be read: {getattr(error, 'problem', None) or error}"
                remedy = "Put values that contain `: ` or `#` in quotes, as in `title: '第1章: 引言'`."
                problems.append(Problem(name, line, "error", "front-matter", message, remedy))
                unreadable += _paths_of_unreadable(name, data)
    return Known(tuple(pages), tuple(proposals), tuple(unreadable)), problems


def _paths_of_unreadable(name: str, data: bytes) -> list[str]:
    """Where a page stands, and where it says, in the line that is the program's own, that it stood before."""
    former = re.search(rb"^digest: \{page: ([\x21-\x7e]+?\.md),", data, re.MULTILINE)
    return [name, former[1].decode("ascii")] if former else [name]


def _line_of_error(error: Exception) -> int | None:
    """The line that a YAML error is about: where a list that was never closed begins, else where reading stopped."""
    unclosed = "flow" in (getattr(error, "context", None) or "")
    mark = getattr(error, "context_mark" if unclosed else "problem_mark", None)
    return mark.line + 2 if mark else None


def _line_of_bad_date(path: Path) -> int:
    """Where a page's front matter has a day that does not exist, which YAML takes for a broken file; else 1."""
    text = path.read_bytes().decode("utf-8", "replace")
    for number, line in enumerate(text.split("\n")[:200], 1):
        match = re.match(r"[\w-]+:\s*(\d{4}-\d\d-\d\d)\s*(?:#|$)", line)
        if match:
            try:
                datetime.date.fromisoformat(match[1])
            except ValueError:
                return number
    return 1


def list_files(docs: Path) -> list[str]:
    """The paths of all files below docs/ that are no pages."""
    found = docs.rglob("*") if docs.is_dir() else ()
    return sorted(path.relative_to(docs).as_posix() for path in found if path.is_file() and path.suffix != ".md")


def write_digest(digest: Digest, docs: Path, known: Known) -> tuple[int, int]:
    """Write the pages that differ from what stood in docs/ and remove those that are no more.

    A page that was saved, made or deleted by somebody since `known` was read is left to the next build.

    Returns:
        How many files were written and how many removed.
    """
    texts = {page.path: page.text for page in known.pages}
    differing = [page for page in digest.pages if page.text != texts.get(page.path)]
    written = sum(
        write_if_different(docs / page.path, page.text.encode("utf-8"))
        for page in differing
        if _is_as_read(docs, page.path, texts)
    )
    removed = 0
    for name in digest.removed:
        path = docs / name
        if path.is_file() and _is_as_read(docs, name, texts):
            path.unlink()
            removed += 1
            _remove_empty_folders(path.parent, docs)
    return written, removed


def _is_as_read(docs: Path, name: str, texts: Mapping[str, str]) -> bool:
    """Whether a page is still what it was when docs/ was read; new texts that wait beside pages are not looked at."""
    if name.endswith(PROPOSAL):
        return True
    try:
        data = (docs / name).read_bytes()
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
        path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


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


def write_index(documents: Iterable[Document], folder: Path) -> None:
    """The search index of those documents and its browser side, below the site's search folder."""
    manifest = folder / "manifest.json"
    previous = Manifest.from_json(manifest.read_text("utf-8")) if manifest.is_file() else EMPTY
    index = build_index(documents, previous)
    for name, data in index.files:
        write_if_different(folder / name, data)
    for name in index.removed:
        shutil.rmtree(folder / name)

"""A small project before and after an editor's changes, and what a run that was cut short left of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIGEST = (sys.executable, "-m", "build_digest")
TREES = ("docs", "site")
BY_HAND = "這一句是編輯親手寫的。"
"""What an editor wrote into pages; it must never be lost."""

Tree = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Result:
    """How a command ended and what it said."""

    code: int
    said: str
    seconds: float


@dataclass(frozen=True, slots=True)
class States:
    """Each tree before a run and after an undisturbed one; files by their paths."""

    old: Mapping[str, Tree]
    new: Mapping[str, Tree]


@dataclass(frozen=True, slots=True)
class Left:
    """What is wrong with the trees that a disturbed run left: paths of files.

    `torn` is neither the old nor the new file, `missing` stands in both and is not there, `temporary` is a file of
    neither, hidden by a leading dot; below `site` such a file is published.
    """

    torn: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    temporary: tuple[str, ...] = ()


def run(command: Sequence[str], folder: Path) -> Result:
    """A command to its end, in that folder."""
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, check=False, errors="replace"
    )
    return Result(done.returncode, done.stdout + done.stderr, time.perf_counter() - start)


def environment() -> dict[str, str]:
    """The same for every run; the day of the build stands in the sitemap, so it is fixed."""
    settings = {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1750000000", "LC_ALL": "C"}
    return {**os.environ, **settings}


def make_old(folder: Path) -> None:
    """A project whose site is built, with pages that people edited and wrote."""
    (folder / "corpus").mkdir(parents=True)
    (folder / "docs").mkdir()
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for page in ("about.md", "guide.md"):
        shutil.copy(ROOT / "docs" / page, folder / "docs")
    for source in sorted((ROOT / "corpus").glob("00[0-3]*.txt")):
        shutil.copy(source, folder / "corpus")
    _run_whole("build", folder)
    _edit(_articles(folder)[0])
    (folder / "docs" / "notes.md").write_text(f"---\ntitle: 筆記\n---\n\n{BY_HAND}\n", "utf-8")
    _run_whole("site", folder)


def change(folder: Path) -> None:
    """What an editor does before the run that is disturbed: sources changed, added, renamed and removed, pages edited."""
    first, second, third, _ = sorted((folder / "corpus").glob("*.txt"))
    text = first.read_text("utf-8")
    first.write_text(text.replace("。", "，這是新加的一句。", 1), "utf-8")
    lines = [line for line in text.split("\n") if len(line) > 40]
    second.unlink()
    third.rename(third.with_name("renamed.txt"))
    added = "\n".join(["一篇新來的文章", "來源：河谷日報", *(line[::-1] for line in lines[:4])])
    (folder / "corpus" / "added.txt").write_text(added, "utf-8")
    _edit(_articles(folder)[-1])
    (folder / "docs" / "more.md").write_text(f"---\ntitle: 另一頁\n---\n\n{BY_HAND}\n", "utf-8")


def read_states(old: Path, new: Path) -> States:
    """The states of two projects: before the run, the change made already, and after it."""
    return States({tree: read_tree(old / tree) for tree in TREES}, {tree: read_tree(new / tree) for tree in TREES})


def read_tree(folder: Path) -> Tree:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def inspect(project: Path, states: States) -> Left:
    """Compare what stands in a project with what may stand there."""
    torn, missing, temporary = [], [], []
    for tree in TREES:
        found, old, new = read_tree(project / tree), states.old[tree], states.new[tree]
        for name, data in found.items():
            if name not in old and name not in new and Path(name).name.startswith("."):
                temporary.append(f"{tree}/{name}")
            elif data not in (old.get(name), new.get(name)):
                torn.append(f"{tree}/{name}")
        missing += [f"{tree}/{name}" for name in old.keys() & new.keys() - found.keys()]
    return Left(tuple(torn), tuple(sorted(missing)), tuple(temporary))


def find_differences(project: Path, states: States, trees: Sequence[str]) -> list[str]:
    """The files of those trees that are not as an undisturbed run leaves them."""
    found = {tree: read_tree(project / tree) for tree in trees}
    return [
        f"{tree}/{name}"
        for tree in trees
        for name in sorted(found[tree].keys() | states.new[tree].keys())
        if found[tree].get(name) != states.new[tree].get(name)
    ]


def count_edits(project: Path) -> int:
    """How many pages hold what an editor wrote."""
    return sum(BY_HAND in path.read_text("utf-8", "replace") for path in (project / "docs").rglob("*.md"))


EDITED = 4
"""So many pages hold it in the old state and in the new one."""


def _articles(folder: Path) -> list[Path]:
    return sorted((folder / "docs" / "articles").rglob("*.md"))


def _edit(page: Path) -> None:
    head, mark, derived = page.read_text("utf-8").partition("<!-- digest:derived -->")
    page.write_text(f"{head.rstrip()}\n\n{BY_HAND}\n\n{mark}{derived}", "utf-8")


def _run_whole(command: str, folder: Path) -> None:
    result = run([*DIGEST, command], folder)
    if result.code:
        raise RuntimeError(result.said)

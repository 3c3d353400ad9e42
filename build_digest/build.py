"""The build step as a whole: read what is there, run the pipeline, write what differs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from build_digest import files
from build_digest.errors import ConfigurationError
from build_digest.model import Digest, Known, Problem, Reading, Source
from build_digest.pipeline import Each, digest, read
from build_digest.report import make_report
from build_digest.rulebook import Rulebook, load_rulebook
from build_digest.settings import Settings
from build_digest.workers import map_ordered

_POOL_PAYS_FROM = 4_000_000
"""Bytes of sources: below this, starting workers takes longer than they save."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a run of the build step gave and did."""

    digest: Digest
    written: int = 0
    removed: int = 0


def build(settings: Settings) -> Built:
    """Corpus to Markdown in docs; the report is written where the settings name one.

    Raises:
        RuleError: an editor's rule is wrong.
        ConfigurationError: the corpus folder is missing, or the docs folder or the report is no place to write to.
    """
    if settings.docs.exists() and not settings.docs.is_dir():
        raise ConfigurationError(str(settings.docs), "is no folder", "Name a folder for the pages with --docs.")
    known, page_problems = files.read_known(settings.docs)
    result = _run(settings, known, page_problems)
    written, removed = files.write_digest(result, settings.docs, known)
    if settings.report:
        _write_report(result, settings.report)
    return Built(result, written, removed)


def _write_report(result: Digest, path: Path) -> None:
    text = json.dumps(make_report(result), ensure_ascii=False, indent=1) + "\n"
    try:
        files.write_if_different(path, text.encode("utf-8"))
    except OSError as error:
        message = f"the report cannot be written there ({error.strerror})"
        raise ConfigurationError(str(path), message, "Name a file, for example `--report report.json`.") from None


def run(settings: Settings) -> Digest:
    """The pipeline over what stands on the disk; nothing is written."""
    return _run(settings, *files.read_known(settings.docs))


def _run(settings: Settings, known: Known, page_problems: Sequence[Problem]) -> Digest:
    paths, notes = _list_sources(settings)
    rulebook = read_rulebook(settings)
    with _workers(settings, paths) as each:
        result = digest(files.read_sources(settings.corpus, paths), rulebook, known, each)
    problems = sorted(
        (*notes, *page_problems, *result.problems), key=lambda p: (p.file, p.line or 0, p.code, p.message)
    )
    return replace(result, problems=tuple(problems))


def read_corpus(settings: Settings, rulebook: Rulebook) -> tuple[Reading, ...]:
    """Every source taken as far as it goes by itself, with those rules, in order of their paths."""
    paths, _ = _list_sources(settings)
    with _workers(settings, paths) as each:
        readings = each(partial(read, rulebook=rulebook), files.read_sources(settings.corpus, paths))
        return tuple(sorted(readings, key=lambda reading: reading.path))


def read_one(settings: Settings, name: str) -> Reading:
    """One source taken as far as it goes by itself.

    Args:
        name: the source's path, or its path below the corpus folder.
    """
    path = next((p for p in (Path(name), settings.corpus / name) if p.is_file()), None)
    if path is None:
        raise ConfigurationError(name, "there is no such source", f"Name a .txt file below {settings.corpus}.")
    inside = path.resolve().is_relative_to(settings.corpus.resolve())
    relative = path.resolve().relative_to(settings.corpus.resolve()).as_posix() if inside else path.name
    return read(Source(relative, path.read_bytes()), read_rulebook(settings))


def read_rulebook(settings: Settings) -> Rulebook:
    """The shipped rules with the editors' own."""
    return load_rulebook(files.read_rules(settings.corpus))


def _list_sources(settings: Settings) -> tuple[list[str], list[Problem]]:
    try:
        return files.list_sources(settings.corpus)
    except FileNotFoundError as error:
        raise ConfigurationError(str(settings.corpus), str(error), "Make it, or name another with --corpus.") from None


@contextmanager
def _workers(settings: Settings, paths: list[str]) -> Iterator[Each]:
    jobs = settings.jobs or os.cpu_count() or 1
    size = sum((settings.corpus / path).stat().st_size for path in paths)
    if jobs == 1 or (not settings.jobs and size < _POOL_PAYS_FROM):
        yield map
        return
    with ProcessPoolExecutor(jobs) as executor:
        yield partial(map_ordered, executor)

"""The build step as a whole: read what is there, run the pipeline, write what differs."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from build_digest import files
from build_digest.cache import Cache, open_cache
from build_digest.cached import Derived, compare_through, read_through
from build_digest.errors import ConfigurationError
from build_digest.fingerprints import fingerprint_of_program
from build_digest.known_pages import read_known, remember_pages
from build_digest.leftovers import remove_leftovers
from build_digest.model import Digest, Known, Problem, Reading, Source
from build_digest.pipeline import Each, digest, read
from build_digest.report import make_report
from build_digest.rulebook import Rulebook, load_rulebook
from build_digest.settings import Settings
from build_digest.workers import map_where_it_pays

_POOL_PAYS_FROM = 1_000_000
"""Bytes of sources that are to be read: below this, starting workers takes longer than they save."""


Watch = Callable[[Iterable[Source], int], Iterable[Source]]


def unwatched(sources: Iterable[Source], count: int) -> Iterable[Source]:
    """The sources as they come, and nothing told."""
    del count
    return sources


@dataclass(frozen=True, slots=True)
class Built:
    """What a run of the build step gave and did; `checksums` are those of the pages that stand in docs now."""

    digest: Digest
    written: int
    removed: int
    checksums: Mapping[str, str]


def build(settings: Settings, watch: Watch = unwatched) -> Built:
    """Corpus to Markdown in docs; the report is written where the settings name one.

    Args:
        settings: where things are and how to run.
        watch: hands on the sources as they are read, and may tell how far it is.

    Raises:
        RuleError: an editor's rule is wrong.
        ConfigurationError: the corpus folder is missing, or the docs folder or the report is no place to write to.
    """
    if settings.docs.exists() and not settings.docs.is_dir():
        raise ConfigurationError(str(settings.docs), "is no folder", "Name a folder for the pages with --docs.")
    remove_leftovers(settings.docs)
    with _without_collector(), _open_cache(settings) as cache:
        known, page_problems = read_known(settings.docs, cache)
        result = _run(settings, cache, known, page_problems, watch)
        written, removed = files.write_digest(result, settings.docs, known)
        remember_pages(result.pages, cache)
    if settings.report:
        _write_report(result, settings.report)
    left = {path: known.checksums[path] for path in known.checksums.keys() - {*result.removed}}
    return Built(result, len(written), removed, {**left, **written})


def _write_report(result: Digest, path: Path) -> None:
    text = json.dumps(make_report(result), ensure_ascii=False, indent=1) + "\n"
    try:
        files.write_if_different(path, text.encode("utf-8"))
    except OSError as error:
        message = f"the report cannot be written there ({error.strerror})"
        raise ConfigurationError(str(path), message, "Name a file, for example `--report report.json`.") from None


def run(settings: Settings) -> Digest:
    """The pipeline over what stands on the disk; nothing is written."""
    with _without_collector(), _open_cache(settings) as cache:
        return _run(settings, cache, *read_known(settings.docs, cache))


def _run(
    settings: Settings, cache: Cache, known: Known, page_problems: Sequence[Problem], watch: Watch = unwatched
) -> Digest:
    paths, notes = _list_sources(settings)
    rulebook = read_rulebook(settings)
    sources = watch(files.read_sources(settings.corpus, paths), len(paths))
    derived = Derived(cache, known)
    each, compare = _each(settings, cache, rulebook), partial(compare_through, cache)
    result = digest(sources, rulebook, known, each, compare, derived.recall)
    derived.remember()
    problems = sorted(
        (*notes, *page_problems, *result.problems), key=lambda p: (p.file, p.line or 0, p.code, p.message)
    )
    return replace(result, problems=tuple(problems))


def read_corpus(settings: Settings, rulebook: Rulebook) -> tuple[Reading, ...]:
    """Every source taken as far as it goes by itself, with those rules, in order of their paths."""
    paths, _ = _list_sources(settings)
    with _open_cache(settings) as cache:
        sources = files.read_sources(settings.corpus, paths)
        readings = _each(settings, cache, rulebook)(partial(read, rulebook=rulebook), sources)
        return tuple(sorted(readings, key=lambda reading: reading.path))


def read_one(settings: Settings, name: str) -> Reading:
    """One source taken as far as it goes by itself.

    Args:
        name: the source's path below the corpus folder, its path, or its name where no other source has it.
    """
    named = [path for path in settings.corpus.rglob(Path(name).name or name) if path.is_file()]
    places = (settings.corpus / name, Path(name), *(named if len(named) == 1 else ()))
    path = next((place for place in places if place.is_file()), None)
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


def _open_cache(settings: Settings) -> AbstractContextManager[Cache]:
    """The cache; the program is fingerprinted before any page, rule or source is read, as `fingerprints` says why."""
    if settings.cache:
        fingerprint_of_program()
    return open_cache(settings.cache)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Without the search for garbage in rings: records make none, and looking through all of them takes long.

    What a build leaves is not looked through afterwards either.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _each(settings: Settings, cache: Cache, rulebook: Rulebook) -> Each:
    """How the first stage is applied to all sources: through the cache, on workers if there is enough to do."""
    jobs, least = (settings.jobs, 1) if settings.jobs else (os.cpu_count() or 1, _POOL_PAYS_FROM)
    run = partial(map_where_it_pays, jobs, least, lambda keyed: len(keyed[1].data))
    return partial(read_through, cache, run, rulebook.fingerprint)

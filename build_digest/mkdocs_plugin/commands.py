"""MkDocs run from the command line: a site rendered once, or shown and rendered again at each change."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build as build_site
from mkdocs.commands.serve import serve as serve_live
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from build_digest.build import Watch, unwatched
from build_digest.errors import ConfigurationError
from build_digest.fingerprints import fingerprint_of_program
from build_digest.mkdocs_plugin.plugin import DigestPlugin
from build_digest.model import Problem
from build_digest.settings import Settings


def render_site(
    config_file: Path,
    settings: Settings,
    site: Path | None,
    tell: Callable[[Sequence[Problem]], None] | None = None,
    watch: Watch = unwatched,
) -> Sequence[Problem]:
    """Run the build step and render the site; returns the build step's problems.

    Args:
        config_file: the project's mkdocs.yml.
        settings: they take precedence over the file's `digest:` entry.
        site: the folder for the site, or None for the configured one.
        tell: shows the problems before the rendering begins; without it they go to MkDocs' log.
        watch: sees the sources as they are read; see `build.build`.

    Raises:
        RuleError: an editor's rule is wrong.
        ConfigurationError: the corpus folder is missing, or mkdocs.yml does not suffice for a site.
    """
    config, plugin = _load(config_file, **({"site_dir": str(site.resolve())} if site else {}))
    plugin.settings, plugin.given = settings, True
    plugin.tell, plugin.watch = tell or plugin.tell, watch
    config.docs_dir = str(settings.docs.resolve())
    config.plugins.on_startup(command="build", dirty=True)
    try:
        with _without_warning_of_dirt():
            build_site(config, dirty=True)
        assert plugin.built is not None
        return plugin.built.problems
    except Abort:
        if plugin.failure:
            raise plugin.failure from None
        raise
    finally:
        config.plugins.on_shutdown()
        plugin.forget()


@contextmanager
def _without_warning_of_dirt() -> Iterator[None]:
    """MkDocs warns that it may keep pages that ought to change, going by their times; the plugin sees to that."""
    logger = logging.getLogger("mkdocs.commands.build")

    def is_no_such_warning(record: logging.LogRecord) -> bool:
        return "'dirty' build" not in record.msg

    logger.addFilter(is_no_such_warning)
    try:
        yield
    finally:
        logger.removeFilter(is_no_such_warning)


def serve_site(config_file: Path, address: str) -> None:
    """Show the site at an address of this machine and rebuild it whenever corpus or docs change.

    Raises:
        ConfigurationError: mkdocs.yml does not suffice for a site.
    """
    fingerprint_of_program()  # before the first build, which MkDocs takes a while to come to
    _load(config_file)
    with _without_warning_of_dirt():
        serve_live(str(config_file), build_type="dirty", dev_addr=address)


def _load(config_file: Path, **values: str) -> tuple[MkDocsConfig, DigestPlugin]:
    if not config_file.is_file():
        raise ConfigurationError(str(config_file), "there is no such file", "Make one with `build-digest init`.")
    try:
        config = load_config(str(config_file), **values)
    except MkDocsException as error:
        raise ConfigurationError(str(config_file), str(error).rstrip("!"), "Mend what is named above.") from None
    plugin = config.plugins.get("digest")
    if not isinstance(plugin, DigestPlugin):
        raise ConfigurationError(str(config_file), "has no digest plugin", "Write `- digest` below `plugins:`.")
    plugin.forget()
    return config, plugin

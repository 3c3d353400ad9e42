"""Where things are and how to run, from the `digest:` plugin entry of mkdocs.yml and from the command line."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import yaml

from build_digest.errors import ConfigurationError

CACHE = ".digest-cache"
"""The folder beside mkdocs.yml for what is kept from one build to the next."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Folders and choices of one run.

    `jobs` 0 means one worker a core, `report` None no report. `cache` is the folder of what is kept from one build to
    the next, None if nothing is. `directory_urls` and `site_url` are what mkdocs.yml says of addresses.
    """

    corpus: Path = Path("corpus")
    docs: Path = Path("docs")
    report: Path | None = None
    jobs: int = 0
    strict: bool = False
    cache: Path | None = None
    directory_urls: bool = True
    site_url: str = ""

    def override(self, **values: Any) -> Settings:
        """These settings with every given value that is not None in place of the old one.

        >>> Settings().override(jobs=2, corpus=None).jobs
        2
        """
        return replace(self, **{key: value for key, value in values.items() if value is not None})


class _TolerantLoader(yaml.SafeLoader):
    """Reads mkdocs.yml without MkDocs: of its tags only `!ENV` is of interest here, `!!python/name:` and others not."""


def _read_environment(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """The value that `!ENV NAME` or `!ENV [NAME, OTHER, default]` stands for (PyPI: pyyaml-env-tag)."""
    parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
    names = parts[:-1] if len(parts) > 1 else parts
    value = next((os.environ[part.value] for part in names if part.value in os.environ), None)
    if value is None:
        return loader.construct_object(parts[-1]) if len(parts) > 1 else None
    tag = loader.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    return loader.construct_object(yaml.ScalarNode(tag, value))


_TolerantLoader.add_multi_constructor("", lambda loader, suffix, node: None)
_TolerantLoader.add_constructor("!ENV", _read_environment)


def read_settings(path: Path) -> Settings:
    """The settings in a mkdocs.yml; the defaults where there is no such file or no `digest` entry.

    Folders are relative to that file.

    Raises:
        ConfigurationError: the file is no YAML, or the entry has unknown or unfit values.
    """
    if not path.is_file():
        return Settings()
    try:
        content = yaml.load(path.read_text("utf-8-sig"), Loader=_TolerantLoader)
    except UnicodeDecodeError:
        raise ConfigurationError(str(path), "is not UTF-8", "Save it in UTF-8.") from None
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise ConfigurationError(where, f"is no YAML ({str(error).splitlines()[0]})", "Mend the line.") from None
    content = content if isinstance(content, dict) else {}
    site: dict[str, Any] = {
        "docs": path.parent / str(content.get("docs_dir") or "docs"),
        "directory_urls": content.get("use_directory_urls") is not False,
        "site_url": str(content.get("site_url") or ""),
    }
    return Settings().override(**site, **read_options(_find_entry(content.get("plugins"), path), path))


def _find_entry(plugins: Any, path: Path) -> dict[str, Any]:
    """The options of the `digest` entry; like MkDocs, this takes `plugins:` as a list or as a mapping."""
    mappings = [plugins] if isinstance(plugins, dict) else [p for p in plugins or () if isinstance(p, dict)]
    entry = next((mapping["digest"] for mapping in mappings if "digest" in mapping), None)
    if entry is not None and not isinstance(entry, dict):
        raise ConfigurationError(str(path), f"digest is {entry!r}", "Write its options, as in `corpus: corpus`.")
    return entry or {}


def read_options(entry: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """The values of a `digest:` plugin entry, checked, with folders relative to the file it stands in.

    An option without a value, such as `!ENV NAME` where there is no such variable, keeps its default.
    """
    known = {field.name for field in fields(Settings)} - {"docs", "cache", "directory_urls", "site_url"}
    values: dict[str, Any] = {"corpus": path.parent / "corpus", "cache": path.parent / CACHE}
    for key, value in entry.items():
        if key not in known:
            near = difflib.get_close_matches(str(key), known, 1)
            hint = f"Did you mean `{near[0]}`?" if near else f"Known are: {', '.join(sorted(known))}."
            raise ConfigurationError(str(path), f"the digest plugin knows no option `{key}`", hint)
        if value is not None:
            values[key] = _check_value(key, value, path)
    return values


def _check_value(key: str, value: Any, path: Path) -> Any:
    kinds: dict[str, tuple[type, str]] = {
        "jobs": (int, "jobs: 2"),
        "strict": (bool, "strict: true"),
        "corpus": (str, "corpus: corpus"),
        "report": (str, "report: report.json"),
    }
    kind, example = kinds[key]
    if not isinstance(value, kind) or (
        isinstance(value, int) and kind is int and (isinstance(value, bool) or value < 0)
    ):
        raise ConfigurationError(str(path), f"{key} is {value!r}", f"Write for example `{example}`.")
    return path.parent / value if isinstance(value, str) else value

"""What the rendering of every page depends on, as one digest: configuration, theme, packages and this program."""

from __future__ import annotations

import datetime
import functools
import json
import os
import pathlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import EntryPoint, PackageNotFoundError, entry_points, version
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from build_digest.checksum import checksum
from build_digest.fingerprints import DEPENDENCIES

PACKAGES = ("mkdocs", "mkdocs-material", "mkdocs-material-extensions", "Markdown", "pymdown-extensions", "Jinja2")
SUPPORT = ("MarkupSafe", "Pygments", "pathspec", *DEPENDENCIES)
"""The packages that take part in rendering; their versions stand for their files."""

MODULES = ("babel", "build_digest", "markdown", "material", "mkdocs", "pathspec", "pymdownx", "yaml")
"""What the functions and classes that a configuration names may come from, since these do not change by themselves."""

PACKAGE = Path(__file__).resolve().parent.parent

OUTSIDE = ("pymdownx.snippets", "pymdownx.b64")
"""Extensions that bring files into a page, of which nothing here would know."""


def is_known_extension(name: str) -> bool:
    """Whether a Markdown extension makes its HTML of a page's text alone: those of Python-Markdown and most of PyMdown.

    >>> is_known_extension("toc"), is_known_extension("pymdownx.details"), is_known_extension("pymdownx.snippets")
    (True, True, False)
    """
    own = any(point.name == name and point.dist and point.dist.name == "Markdown" for point in _list_extensions())
    return own or name.startswith("markdown.extensions.") or (name.startswith("pymdownx.") and name not in OUTSIDE)


@functools.cache
def _list_extensions() -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group="markdown.extensions"))


class NotDescribedError(Exception):
    """A value of the configuration is of a kind that cannot be told from another one."""


def describe(value: Any) -> Any:
    """A value of a configuration in JSON's terms, the same in every process.

    Functions and classes are told by their names, other objects by their class and attributes.

    >>> describe({"slugify": functools.partial(str.join, "-"), "depth": (2, 3)})
    {'slugify': ['functools.partial', 'str.join', ['-'], {}], 'depth': [2, 3]}

    Raises:
        NotDescribedError: something in it has no name that stays.
    """
    return _describe(value, 20)


def _describe(value: Any, depth: int) -> Any:
    if not depth:
        raise NotDescribedError(type(value).__name__)
    into = functools.partial(_describe, depth=depth - 1)
    if value is None or isinstance(value, (bool, int, float, str)):
        described: Any = value
    elif isinstance(value, (datetime.date, pathlib.PurePath)):
        described = str(value)
    elif isinstance(value, Mapping):
        described = {str(key): into(each) for key, each in value.items()}
    elif isinstance(value, (list, tuple)):
        described = [into(each) for each in value]
    elif isinstance(value, (set, frozenset)):
        described = sorted(json.dumps(into(each)) for each in value)
    elif isinstance(value, functools.partial):
        described = ["functools.partial", into(value.func), into(value.args), into(value.keywords)]
    elif isinstance(value, MethodType):
        described = [into(value.__func__), into(value.__self__)]
    elif isinstance(value, (FunctionType, BuiltinFunctionType, type(str.join), type)):
        described = _name(value)
    elif isinstance(value, re.Pattern):
        described = ["re.Pattern", value.pattern, value.flags]
    elif attributes := _list_attributes(value):
        described = [_name(type(value)), into(attributes)]
    else:
        raise NotDescribedError(type(value).__name__)
    return described


def _list_attributes(value: Any) -> dict[str, Any]:
    slots = (slot for kind in type(value).__mro__ for slot in getattr(kind, "__slots__", ()))
    return {**{slot: getattr(value, slot) for slot in slots if hasattr(value, slot)}, **getattr(value, "__dict__", {})}


def _name(value: Any) -> str:
    module, name = getattr(value, "__module__", None), value.__qualname__
    known = module is None or module.split(".")[0] in {*sys.stdlib_module_names, *MODULES}
    if "<" in name or not known:  # a lambda or a function from elsewhere: another one may bear the same name
        raise NotDescribedError(name)
    return f"{module}.{name}" if module else str(name)


def digest_folders(folders: Iterable[Path]) -> list[list[str]]:
    """The path and the digest of each file below those folders, in order, compiled Python files left out.

    Links to folders are followed, as template loaders follow them; one that leads back to a folder above is not.
    """
    return [
        [path.relative_to(folder).as_posix(), checksum(path.read_bytes())]
        for folder in folders
        for path in sorted(_list_files(folder, frozenset()))
    ]


def _list_files(folder: Path, above: frozenset[Path]) -> Iterator[Path]:
    within = above | {folder.resolve()}
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and path.name != "__pycache__" and path.resolve() not in within:
            yield from _list_files(path, within)
        elif path.is_file():
            yield path


def take_fingerprint(configuration: Any, themes: Iterable[Path], theme_package: Path) -> str | None:
    """What every page depends on, as a digest; None where something cannot be told, so that every page is rendered.

    Args:
        configuration: all that MkDocs was told.
        themes: the folders of templates; their files count, but for those of the installed theme.
        theme_package: the folder of the installed theme, thousands of files that its version stands for.
    """
    own = [folder for folder in themes if not folder.is_relative_to(theme_package)]
    try:
        described = describe(configuration)
    except NotDescribedError:
        return None
    parts = [
        described,
        [_version_of(name) for name in (*PACKAGES, *SUPPORT)],
        sys.version,
        os.environ.get("SOURCE_DATE_EPOCH"),
        digest_folders([PACKAGE, *own]),
    ]
    return checksum(json.dumps(parts, sort_keys=True).encode())


def _version_of(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None

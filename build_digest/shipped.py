"""The rules and tables that ship with the package."""

from __future__ import annotations

from importlib.resources import files


def read_shipped(path: str) -> str:
    """The text of a file of the package.

    >>> read_shipped("rules/topics.yml").startswith("#")
    True
    """
    return files("build_digest").joinpath(path).read_text("utf-8")

"""The page that shows all results of a search."""

from __future__ import annotations

from functools import cache
from importlib import resources

from build_digest.model import Page


@cache
def search_page() -> Page:
    """The results page as it stands in search.md, which is part of the package."""
    return Page("search.md", (resources.files(__package__) / "search.md").read_text("utf-8"))

"""The search index written while MkDocs does the rest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from build_digest.mkdocs_plugin.aside import Aside
from build_digest.mkdocs_plugin.shares import Shares
from build_digest.rendering.rendering import Index, Rendering

_MANY = 500
"""Pages; for fewer, a copy of this process takes longer to make than the search index."""


def begin_index(rendering: Rendering, shares: Shares | None, jobs: int) -> Callable[[], Index]:
    """What gives the search index when all else is made; every page is converted by now.

    Args:
        rendering: knows what all pages say.
        shares: the other processes, where many pages are rendered: they write the index when they have done that.
        jobs: how many processes there may be.
    """
    if shares:
        return partial(rendering.write_index, shares.apply)
    if not rendering.apart:
        return rendering.write_index
    return Aside(jobs if len(rendering.sources) >= _MANY else 1, rendering.write_index).wait

"""Parts of the frame rendered once: for which pages one serves another, and that no page shows another's."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from build_digest.mkdocs_plugin.once import Frame

from .test_rendering import Project

ROOT = Path(__file__).parent.parent
ASSET = SimpleNamespace(url="assets/digest.css", is_documentation_page=lambda: False)
PAGES = ["", "about/", "topics/", "topics/a/b/"]


def make_frame() -> Frame:
    nav: Any = SimpleNamespace(pages=[SimpleNamespace(url=url) for url in PAGES])
    files: Any = [ASSET]
    return Frame(nav, files, ["home/"])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("articles/a/", "articles/b/", True),
        ("articles/a/", "provenance/a/", True),
        ("articles/a/", "articles/", False),
        ("articles/a/", "topics/c/", False),  # the topics are marked in the masthead
        ("topics/c/", "topics/d/", True),
        ("topics/c/", "topics/a/", False),  # the way to topics/a/b/ is another one from there
        ("guide/", "search/", False),
        ("guide/", "home/", False),
        ("guide/", "about/", False),
        ("x/y/", "assets/y/", False),
        ("a.html", "b.html", True),
    ],
)
def test_one_page_has_the_frame_of_another_where_the_ways_are_the_same(one: str, other: str, same: bool) -> None:
    frame = make_frame()
    assert frame.open_for(one)("header", lambda: one) == one
    assert frame.open_for(other)("header", lambda: other) == (one if same else other)


def test_a_page_of_the_navigation_gives_its_frame_to_none() -> None:
    frame = make_frame()
    for url in PAGES:
        assert frame.open_for(url)("header", lambda url=url: url) == url
    assert frame.rendered == {}


def test_the_site_is_the_one_with_each_frame_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    project = Project(tmp_path)
    shutil.copy(ROOT / "mkdocs.yml", project.folder)
    served: list[str] = []
    open_for = Frame.open_for

    def note(frame: Frame, url: str) -> Any:
        served.append(url)
        return open_for(frame, url)

    monkeypatch.setattr(Frame, "open_for", note)
    site = project.render()
    assert served
    monkeypatch.setattr(Frame, "open_for", lambda frame, url: lambda name, caller: caller())
    assert project.render_anew() == site

"""What is done in a copy of the process: its results and failures come back, and the site is the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files, get_files

from build_digest.errors import RuleError
from build_digest.mkdocs_plugin import indexing
from build_digest.mkdocs_plugin.aside import Aside
from build_digest.mkdocs_plugin.site_files import Outcome, list_anew

from .test_rendering import Project


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_result_comes_back(jobs: int) -> None:
    aside = Aside(jobs, lambda: [os.getpid()])
    assert (aside.wait() == [os.getpid()]) is not aside.apart


def fail() -> None:
    raise RuleError("a.yml", "entry 1", "is wrong")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failure_comes_back(jobs: int) -> None:
    with pytest.raises(RuleError, match="entry 1"):
        Aside(jobs, fail).wait()


def test_the_site_is_the_same_whatever_is_done_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setattr(indexing, "_MANY", 0)
    project = Project(tmp_path)
    project.shop.settings = project.shop.settings.override(jobs=2)
    project.render()
    project.write_page("notes/b.md", "# 乙\n\n又一句。")
    changed = project.render()
    project.shop.settings = project.shop.settings.override(jobs=1)
    assert changed == project.render_anew()


@pytest.mark.parametrize("omitted", ["ignore", "info"])
def test_the_site_is_the_same_whether_mkdocs_looks_at_every_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, omitted: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    project = Project(tmp_path)
    project.configure(omitted=omitted)
    project.render()
    assert project.render() == project.render_anew()
    project.write_page("notes/b.md", "# 乙\n\n又一句。")
    assert project.render() == project.render_anew()


@pytest.mark.parametrize("left", ["", ".build-digest-1-0123456789abcdef.tmp"])
def test_files_are_looked_for_again_where_the_build_step_was_writing(tmp_path: Path, left: str) -> None:
    project = Project(tmp_path)
    config = load_config(str(project.folder / "mkdocs.yml"))
    files = get_files(config)
    pages = {file.src_uri: "" for file in files if file.src_uri.endswith(".md")}
    outcome = Outcome((), (), {}, pages)
    assert list_anew(files, outcome, config) is files
    if left:
        files.append(File(left, config.docs_dir, config.site_dir, use_directory_urls=True))
    else:
        files = Files([*files][1:])
    again = list_anew(files, outcome, config)
    assert {file.src_uri for file in again if file.src_uri.endswith(".md")} == pages.keys()
    assert left not in again.src_uris

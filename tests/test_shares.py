"""A rendering shared among processes gives the site, the messages and the failures that one process gives."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from build_digest.mkdocs_plugin import forks, shares
from build_digest.rendering.notes import Notes

from .test_rendering import BASE, Project, read_folder


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """One that is rendered by two processes, however small it is."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setattr(shares, "pays", lambda pages, jobs: jobs > 1 and pages > 0)
    project = Project(tmp_path)
    project.shop.settings = project.shop.settings.override(jobs=2)
    return project


def render_alone(project: Project) -> dict[str, bytes]:
    settings = project.shop.settings
    project.shop.settings = settings.override(jobs=1)
    site = project.render_anew()
    project.shop.settings = settings
    return site


def test_two_processes_make_the_site_that_one_makes(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    here: list[str] = []
    tell = forks.tell_again
    monkeypatch.setattr(shares, "tell_again", lambda logged: here.append("page") or tell(logged))
    site = project.render()
    assert len(here) == len([path for path in site if path.endswith("index.html")])
    assert site == render_alone(project)


def test_what_a_process_does_needs_no_process(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "map_on_forks", lambda jobs, make, paths, *_: ((make(path), ()) for path in paths))
    assert project.render() == render_alone(project)


def test_plain_mkdocs_makes_the_same_site(project: Project) -> None:
    with (project.folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("strict: false\n")
    configuration = load_config(str(project.folder / "mkdocs.yml"), site_dir=str(project.folder / "plain"))
    configuration.plugins["digest"].config["jobs"] = 2
    build(configuration)
    site = read_folder(project.folder / "plain")
    assert {path: content for path, content in site.items() if path.endswith(".html")} == {
        path: content for path, content in render_alone(project).items() if path.endswith(".html")
    }


def test_what_is_kept_is_kept_and_the_rest_is_shared(project: Project) -> None:
    project.render()
    project.write_page("notes/a.md", "# 另一个名字\n\n[乙](b.md)")
    project.write_page("notes/d.md", "# 丁\n\n[甲](a.md)")
    site = project.render()
    assert "另一个名字" in site["notes/a/index.html"].decode()
    assert site == render_alone(project)


def test_warnings_come_once_and_again_with_the_next_rendering(project: Project, warnings: list[str]) -> None:
    for _ in range(2):
        project.render()
        assert [("notes/a.md" in warning and "c.md" in warning) for warning in warnings] == [True]
        warnings.clear()


def test_a_place_in_a_page_that_is_not_there_is_told(project: Project, warnings: list[str]) -> None:
    project.write_page("notes/a.md", "# 甲\n\n[乙](b.md#zhang) [乙](b.md#jie)")
    project.render()
    assert len(warnings) == 1 and "'#jie'" in warnings[0]


def test_strict_counts_what_others_warned_of(project: Project) -> None:
    with (project.folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("strict: true\n")
    with pytest.raises(Abort):
        project.render()
    project.write_page("notes/c.md", "# 丙")
    assert project.render() == render_alone(project)


def test_a_failure_in_another_process_names_its_page_and_changes_nothing(
    project: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    before = project.render()
    stream = logging.StreamHandler()
    logging.getLogger("mkdocs").addHandler(stream)
    project.write_theme(BASE + "{{ nothing.at.all if page.title == '乙' }}")
    with pytest.raises(Exception, match="undefined"):
        project.render()
    logging.getLogger("mkdocs").removeHandler(stream)
    assert "Error building page 'notes/b.md'" in capfd.readouterr().err
    assert read_folder(project.site) == before
    assert list((project.folder / ".digest-cache" / "site").glob("made-*")) == []
    project.write_theme(BASE)
    assert project.render() == before


@pytest.mark.parametrize(
    ("pages", "jobs", "threads", "expected"),
    [(1000, 2, 1, True), (1000, 1, 1, False), (10, 2, 1, False), (1000, 2, 2, False)],
)
def test_processes_are_made_where_they_pay_and_are_safe(
    monkeypatch: pytest.MonkeyPatch, pages: int, jobs: int, threads: int, expected: bool
) -> None:
    monkeypatch.setattr("threading.active_count", lambda: threads)
    monkeypatch.setattr("sys.platform", "linux")
    assert forks.pays(pages, jobs) is expected
    monkeypatch.setattr("sys.platform", "darwin")
    assert not forks.pays(pages, jobs)


def test_what_is_logged_in_another_process_comes_with_its_result() -> None:
    log = logging.getLogger("mkdocs.some")

    def warn(path: str) -> str:
        if path == "b":
            log.warning("%s is odd", path)
        return path.upper()

    results = list(forks.map_on_forks(2, warn, ["a", "b"], Notes()))
    assert [(result, [record.getMessage() for record in logged]) for result, logged in results] == [
        ("A", []),
        ("B", ["b is odd"]),
    ]

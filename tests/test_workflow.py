"""The workflow that publishes: what it may do, and its own shell steps, run as they stand in a fresh clone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import copy_project

ROOT = Path(__file__).resolve().parent.parent
WORKFLOW = ROOT / ".github/workflows/publish.yml"
TEMPLATE = ROOT / "build_digest/templates/publish.yml"
JOBS: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]
NAME = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
GH = """#!/bin/sh
echo "$@" >> "$GH_LOG"
case "$1" in
  api) echo "$NEWEST" ;;
  pr) [ "$2" = list ] && cat "$GH_OPEN" ; true ;;
esac
"""


class Runner:
    """A clone, and the means to run a job's shell steps in it: bash as GitHub starts it, and a `gh` that only notes."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clone, self.log = folder, folder / "clone", folder / "gh.log"
        self.output = folder / "output"
        bin_folder = folder / "bin"
        bin_folder.mkdir()
        for name, text in (("gh", GH), ("python", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')):
            (bin_folder / name).write_text(text)
            (bin_folder / name).chmod(0o755)
        for file in (self.log, self.output, folder / "open"):
            file.write_text("")
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("COV_", "PYTHON"))},
            "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
            "GH_LOG": str(self.log),
            "GH_OPEN": str(folder / "open"),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_REPOSITORY": "owner/name",
            "NO_MKDOCS_2_WARNING": "1",
            "LC_ALL": "C.UTF-8",
        }

    def git(self, *arguments: str, where: Path | None = None) -> str:
        command = ["git", *NAME, *arguments]
        return subprocess.run(command, cwd=where or self.clone, check=True, capture_output=True, text=True).stdout

    def run(self, job: str, **environment: str) -> str:
        """What the shell steps of a job print; those that install are left out, the tests have everything."""
        said = ""
        for step in JOBS[job]["steps"]:
            if "run" not in step or step["name"] == "Install":
                continue
            values = {key: "" if "${{" in value else value for key, value in step.get("env", {}).items()}
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=self.clone,
                env={**self.environment, **values, **environment},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{step['name']}: {done.stdout}{done.stderr}"
            said += done.stdout
        return said


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A fresh clone of the project with sources and no articles."""
    runner = Runner(tmp_path_factory.mktemp("workflow"))
    work = runner.folder / "work"
    work.mkdir()
    copy_project(work)
    shutil.rmtree(work / "docs/articles", ignore_errors=True)
    shutil.copytree(ROOT / "build_digest", work / "build_digest", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".gitignore", work)
    runner.git("init", "--quiet", "--initial-branch", "main", where=work)
    runner.git("add", ".", where=work)
    runner.git("commit", "--quiet", "--message", "Sources", where=work)
    runner.git("clone", "--quiet", "--bare", str(work), str(runner.folder / "origin.git"), where=work)
    runner.git("clone", "--quiet", str(runner.folder / "origin.git"), str(runner.clone), where=work)
    return runner


def test_the_site_is_built_and_checked(runner: Runner) -> None:
    said = runner.run("build", SITE_URL="https://example.org/digest")
    assert re.search(r"^::notice file=", said, re.MULTILINE)
    site = runner.clone / "site"
    assert list(site.glob("articles/*/index.html"))
    assert "https://example.org/digest/" in (site / "sitemap.xml").read_text("utf-8")
    assert runner.git("status", "--porcelain").splitlines() == ["?? docs/articles/"]


def test_articles_of_new_sources_are_proposed_once(runner: Runner) -> None:
    runner.run("articles")
    assert re.search(r"^pr create --base main --head digest/articles", runner.log.read_text(), re.MULTILINE)
    proposed = runner.git("ls-tree", "-r", "-z", "--name-only", "origin/digest/articles").split("\0")
    assert any(name.startswith("docs/articles/") for name in proposed)
    assert "docs/index.md" not in proposed
    runner.log.write_text("")
    (runner.folder / "open").write_text("7\n")
    runner.git("reset", "--quiet", "--hard", "origin/main")
    runner.run("articles")
    assert "pr create" not in runner.log.read_text()
    said = runner.run("articles")
    assert "Every source has its article." in said


@pytest.mark.parametrize(("newest", "publish"), [("abc", "publish=yes\n"), ("def", "")])
def test_an_older_push_is_not_published(runner: Runner, newest: str, publish: str) -> None:
    runner.output.write_text("")
    runner.run("publish", GITHUB_SHA="abc", NEWEST=newest)
    assert runner.output.read_text() == publish


def test_every_action_is_pinned_and_every_permission_is_needed() -> None:
    text = WORKFLOW.read_text("utf-8")
    uses = re.findall(r"uses: (.*)", text)
    assert uses
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use) for use in uses)
    whole = yaml.safe_load(text)
    assert whole["permissions"] == {}
    assert {name: sorted(k for k, v in job["permissions"].items() if v == "write") for name, job in JOBS.items()} == {
        "build": [],
        "publish": ["id-token", "pages"],
        "articles": ["contents", "pull-requests"],
    }
    assert not any("${{" in step.get("run", "") for job in JOBS.values() for step in job["steps"])


def test_the_template_differs_in_how_it_installs_alone() -> None:
    own, template = (path.read_text("utf-8").splitlines() for path in (WORKFLOW, TEMPLATE))
    install = ("python -m pip install", "cache-dependency-path:")
    kept = [[line for line in lines if not line.strip().startswith(install)] for lines in (own, template)]
    assert kept[0] == kept[1]

"""What stands on the disk: odd entries in the corpus, and pages that somebody saves while a build is running."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from build_digest import files
from build_digest.checks.messages import translate
from build_digest.cli import main
from build_digest.files import write_digest
from build_digest.model import Problem

from .corpora import Workshop


def problems_of(shop: Workshop) -> list[tuple[str, str, str]]:
    """What a build says; the good article has come out all the same."""
    digest = shop.build().digest
    assert [article.title.value for article in digest.articles] == ["水库蓄水保灌溉"]
    assert all(_is_said(problem) for problem in digest.problems)
    return [(problem.file, problem.code, problem.severity) for problem in digest.problems]


def _is_said(problem: Problem) -> bool:
    said = translate(problem, "zh")
    return bool(problem.remedy) and said.message != problem.message and said.remedy != problem.remedy


@pytest.mark.parametrize("target", ["missing.txt", "../../missing.txt", "link.txt"])
def test_a_link_to_nothing(shop: Workshop, target: str) -> None:
    (shop.settings.corpus / "link.txt").symlink_to(target)
    assert problems_of(shop) == [("link.txt", "dangling", "error")]


def test_a_pipe(shop: Workshop) -> None:
    os.mkfifo(shop.settings.corpus / "pipe.txt")
    assert problems_of(shop) == [("pipe.txt", "not-a-file", "error")]


def test_a_folder_named_like_a_source(shop: Workshop) -> None:
    (shop.settings.corpus / "folder.txt").mkdir()
    assert problems_of(shop) == []


@pytest.mark.parametrize("locked", ["locked.txt", "locked"])
def test_what_may_not_be_read(shop: Workshop, monkeypatch: pytest.MonkeyPatch, locked: str) -> None:
    """Permissions do not hold back root, so they are simulated."""
    shop.write_article(locked if locked.endswith(".txt") else f"{locked}/inside.txt", "老城区装上报警器", "火")
    path, access, is_dir = shop.settings.corpus / locked, os.access, Path.is_dir

    def may_enter(inner: Path) -> bool:
        if path in inner.parents:
            raise PermissionError(13, "Permission denied", str(inner))
        return is_dir(inner)

    monkeypatch.setattr(os, "access", lambda inner, mode: Path(inner) != path and access(inner, mode))
    monkeypatch.setattr(Path, "is_dir", may_enter)
    assert problems_of(shop) == [(locked, "unreadable", "error")]


@pytest.mark.parametrize(
    ("name", "shown"), [(b"caf\xe9.txt", "caf\\udce9.txt"), (b"a\x08b.txt", "a\\x08b.txt"), (b"a\nb.txt", "a\\nb.txt")]
)
def test_a_name_that_no_page_can_tell(
    shop: Workshop, name: bytes, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = (shop.settings.corpus / "good.txt").read_bytes()
    Path(os.fsdecode(bytes(shop.settings.corpus) + b"/" + name)).write_bytes(data)
    assert problems_of(shop) == [(shown, "unusable-name", "error")]
    assert main(["build", "--report", "report.json"]) == 0
    assert main(["check"]) == 1
    assert shown in capsys.readouterr().out


@pytest.fixture
def during(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], object]]:
    """What somebody does in docs/ between the reading and the writing of the next build."""
    deeds: list[Callable[[], object]] = []

    def write(*arguments: Any) -> tuple[int, int]:
        while deeds:
            deeds.pop()()
        return write_digest(*arguments)

    monkeypatch.setattr(files, "write_digest", write)
    return deeds


def test_a_page_saved_during_a_build_stays(shop: Workshop, during: list[Callable[[], object]]) -> None:
    shop.build()
    (name,) = shop.articles()
    shop.write_article("good.txt", "水库蓄水保灌溉", "水", "来源:河谷日报")
    during.append(lambda: shop.edit(name, "不再争抢", "不再争吵"))
    shop.build()
    assert "不再争吵" in shop.page(name).body
    assert "source" not in shop.page(name).meta
    shop.build()
    assert "不再争吵" in shop.page(name).body
    assert shop.page(name).meta["source"] == "河谷日报"


def test_a_page_made_during_a_build_stays(shop: Workshop, during: list[Callable[[], object]]) -> None:
    page = shop.settings.docs / "search.md"
    during.append(lambda: page.write_text("---\ntitle: mine\n---\n", "utf-8"))
    shop.build()
    assert shop.page("search.md").meta == {"title": "mine"}


def test_a_page_deleted_during_a_build_comes_back_with_the_next(
    shop: Workshop, during: list[Callable[[], object]]
) -> None:
    shop.build()
    (name,) = shop.articles()
    shop.write_article("good.txt", "水库蓄水保灌溉", "水", "来源:河谷日报")
    during.append((shop.settings.docs / name).unlink)
    shop.build()
    assert shop.articles() == []
    shop.build()
    assert shop.articles() == [name]


def test_a_page_saved_while_a_build_would_remove_it_stays(shop: Workshop, during: list[Callable[[], object]]) -> None:
    shop.write_article("good.txt", "水库蓄水保灌溉", "水", "来源:河谷日报")
    shop.build()
    lists = {path for path in shop.snapshot() if path.startswith("sources/")} - {"sources/index.md"}
    (name,) = lists
    shop.write_article("good.txt", "水库蓄水保灌溉", "水", "来源:街坊报")
    during.append(lambda: shop.edit(name, "derived: true\n", ""))
    shop.build()
    assert "derived" not in shop.page(name).meta


def test_a_page_that_is_not_utf_8(shop: Workshop) -> None:
    page = shop.settings.docs / "old.md"
    page.write_bytes("---\ntitle: old\n---\n\n水库\n".encode("gbk"))
    assert problems_of(shop) == [("old.md", "page-encoding", "error")]
    assert [problem.line for problem in shop.build().digest.problems] == [5]
    config = shop.settings.docs.parent / "mkdocs.yml"
    config.write_text("site_name: s\ntheme: {name: material, font: false}\nplugins: [digest]\n", "utf-8")
    assert main(["site"]) == 0
    assert (config.parent / "site/search/index.html").is_file()
    assert not (config.parent / "site/old").exists()


def test_what_a_killed_build_left_is_removed(shop: Workshop) -> None:
    shop.build()
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    own = shop.settings.docs / "articles" / f".build-digest-{os.getpid()}-a1_b.tmp"
    left = own.with_name(f".build-digest-{gone.pid}-a1_b.tmp")
    huge = own.with_name(f".build-digest-{10**30}-a1_b.tmp")
    others = [
        own.with_name(name) for name in (".x.tmp", f"build-digest-{gone.pid}-a.tmp", f".build-digest-{gone.pid}-a.md")
    ]
    for path in (own, left, huge, *others):
        path.write_text("half a pa", "utf-8")
    shop.build()
    assert [path.exists() for path in (left, huge, own, *others)] == [False, False, True, True, True, True]
    os.utime(own, (0, 0))
    shop.build()
    assert not own.exists()


def test_temporary_files_tell_whose_they_are(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that is killed just before a page is put in its place leaves a file that the next build removes."""

    class Killed(BaseException):
        pass

    def be_killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("os.replace", be_killed)
        with pytest.raises(Killed):
            shop.build()
    (left,) = shop.settings.docs.rglob(".build-digest-*")
    os.utime(left, (0, 0))
    shop.build()
    assert not left.exists()


@pytest.mark.parametrize(("language", "said"), [("en", "Move or rename"), ("zh_CN.UTF-8", "移走或改名")])
@pytest.mark.parametrize("place", ["articles/shui-ku-xu-shui-bao-guan-gai.md/", "index.md/x/", "articles", "sources"])
def test_a_folder_and_a_file_in_each_others_place(
    shop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    place: str,
    language: str,
    said: str,
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    if place.endswith("/"):
        (shop.settings.docs / place).mkdir(parents=True)
    else:
        (shop.settings.docs / place).write_text("笔记", "utf-8")
    assert main(["build"]) == 2
    told = capsys.readouterr().err
    assert f" docs/{place.partition('.md')[0]}" in told
    assert said in told

"""The parts of a rendering by themselves: redirects, the cache, what pages depend on, and what they ask."""

from __future__ import annotations

import datetime
import functools
import logging
import os
import re
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from msgspec.msgpack import Ext

from build_digest.checksum import checksum
from build_digest.packing import PackingError, pack, pack_meta, unpack_meta
from build_digest.rendering.dependencies import (
    NotDescribedError,
    describe,
    digest_folders,
    is_known_extension,
    take_fingerprint,
)
from build_digest.rendering.notes import NotedNames, NotedPages, Notes
from build_digest.rendering.record import PageRecord, Record, read_record
from build_digest.rendering.redirects import write_redirects
from build_digest.rendering.workspace import load_record, make_folder, save_record
from build_digest.search.segments import Segment

META = {"title": "甲", "date": datetime.date(2024, 1, 2)}
PAGE = PageRecord("a.md", "a/", "s", "h", (1, 2, 3, 4), "", "", {}, packed=pack_meta(META) or b"")


@pytest.mark.parametrize(
    ("alias", "address", "target"),
    [("old/", "new/", "../new/"), ("a/b/", "a/", "../"), ("old", "", "../"), ("旧/", "%E6%96%B0/", "../%E6%96%B0/")],
)
def test_a_redirect_leads_from_where_it_stands(alias: str, address: str, target: str) -> None:
    files, refused = write_redirects([(alias, address)], [])
    (content,) = files.values()
    assert f'url={target}"' in content.decode()
    assert refused == []


def test_a_redirect_escapes_what_an_address_holds() -> None:
    files, _ = write_redirects([("old/", 'a&b"/')], [])
    assert b'url=../a&amp;b&quot;/"' in files["old/index.html"]


@pytest.mark.parametrize("other", ["old/index.html", "old", "old/index.html/x"])
def test_a_redirect_stands_nowhere_else(other: str) -> None:
    assert write_redirects([("old/", "new/")], [other]) == ({}, [("old/", "new/")])


def test_a_redirect_is_no_folder_of_another() -> None:
    files, refused = write_redirects([("old/", "x/"), ("old/index.html/", "y/"), ("old/more/", "z/")], [])
    assert list(files) == ["old/index.html", "old/more/index.html"]
    assert refused == [("old/index.html/", "y/")]


def test_folders_of_killed_renderings_are_removed_after_a_day(tmp_path: Path) -> None:
    old, fresh = make_folder(tmp_path), make_folder(tmp_path)
    os.utime(old, (time.time() - 90_000,) * 2)
    made = make_folder(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([fresh, made])


def test_where_no_cache_may_be_made_there_is_another_place(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    made = make_folder(tmp_path / "file" / "cache")
    assert made.is_dir()
    made.rmdir()


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    segments = ((Segment("a", 1, 2, "", ("b",), "c"), "states"),)
    record = Record("f", "a", "n", {"a.md": "<p>"}, segments, {"a.md": PAGE}, {"feed.xml": ("of", "sum")})
    save_record(record, tmp_path / "r.record")
    assert load_record(tmp_path / "r.record", "f") == record
    assert record.pages["a.md"].meta == META
    assert load_record(tmp_path / "r.record", "other") == Record(segments=segments)


@pytest.mark.parametrize("content", [None, b"", b"\xff", b"another program\n"])
def test_anything_else_is_no_record(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "r.record").write_bytes(content)
    assert load_record(tmp_path / "r.record", "f") == Record()


def test_what_is_whole_and_yet_no_record_is_none() -> None:
    content = b"\x93\x01\x02\x03"
    assert read_record(checksum(content).encode() + content, "f") == Record()


def test_a_rendering_does_without_a_record_where_nothing_may_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    save_record(Record(), tmp_path / "file" / "r.record")
    assert load_record(tmp_path / "file" / "r.record", "") == Record()


@pytest.mark.parametrize(
    "meta", [{"n": {1, 2}}, {"n": float("nan")}, {"n": "\ud800"}, {"n": datetime.datetime(2024, 1, 1)}]
)
def test_front_matter_that_would_come_back_otherwise_is_not_packed(meta: dict[Any, Any]) -> None:
    assert pack_meta(meta) is None


def test_front_matter_with_what_is_no_date_is_not_read() -> None:
    with pytest.raises(PackingError):
        unpack_meta(pack({"n": Ext(7, b"")}))


class Slotted:
    __slots__ = ("depth", "unset")

    def __init__(self, depth: int) -> None:
        self.depth = depth


Slotted.__module__ = "pymdownx.example"


@pytest.mark.parametrize(
    ("value", "described"),
    [
        (datetime.date(2024, 1, 2), "2024-01-02"),
        (PurePosixPath("a/b"), "a/b"),
        ({"b", "a"}, ['"a"', '"b"']),
        (re.compile("a", re.IGNORECASE), ["re.Pattern", "a", 34]),
        (functools.partial(int, base=2), ["functools.partial", "builtins.int", [], {"base": 2}]),
        (Slotted(3), ["pymdownx.example.Slotted", {"depth": 3}]),
        (Slotted.__init__.__get__, None),
        (Fraction.from_float, ["fractions.Fraction.from_float", "fractions.Fraction"]),
    ],
)
def test_values_of_a_configuration_are_told_the_same_everywhere(value: Any, described: Any) -> None:
    if described is None:
        with pytest.raises(NotDescribedError):
            describe(value)
    else:
        assert describe(value) == described


def nested(depth: int) -> list[Any]:
    return [nested(depth - 1)] if depth else []


@pytest.mark.parametrize("value", [lambda: None, nested, object(), nested(30)])
def test_what_has_no_name_that_stays_is_not_told(value: Any) -> None:
    with pytest.raises(NotDescribedError):
        describe({"value": value})
    assert take_fingerprint({"value": value}, [], Path("none")) is None


@pytest.mark.parametrize(
    ("name", "known"),
    [("toc", True), ("markdown.extensions.toc", True), ("pymdownx.b64", False), ("someone.elses", False)],
)
def test_extensions_that_bring_in_files_are_not_known(name: str, known: bool) -> None:
    assert is_known_extension(name) is known


def test_a_fingerprint_takes_in_templates_but_for_those_of_the_package(tmp_path: Path) -> None:
    own, package = tmp_path / "own", tmp_path / "package"
    for folder in (own, package / "templates"):
        folder.mkdir(parents=True)
    themes = [own, package / "templates", tmp_path / "none"]
    first = take_fingerprint({}, themes, package)
    (package / "templates" / "a.html").write_text("a")
    assert take_fingerprint({}, themes, package) == first
    (own / "a.html").write_text("a")
    assert take_fingerprint({}, themes, package) != first


def test_a_package_that_is_not_there_is_told_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = take_fingerprint({}, [], tmp_path)
    monkeypatch.setattr("build_digest.rendering.dependencies.SUPPORT", ("no-such-package-anywhere",))
    assert take_fingerprint({}, [], tmp_path) not in (first, None)


def test_folders_are_digested_without_what_python_compiled(tmp_path: Path) -> None:
    for name in ("b.html", "a/c.html", "__pycache__/d.pyc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert [path for path, _ in digest_folders([tmp_path])] == ["a/c.html", "b.html"]


ASKING: dict[str, tuple[Callable[[NotedNames], object], object, bool]] = {
    "a name": (lambda names: names["甲/"], "a/", True),
    "whether there is one": (lambda names: "乙/" in names, False, True),
    "or another": (lambda names: (names or {}).get("甲/"), "a/", True),
    "all": (list, ["甲/"], False),
    "how many": (len, 1, False),
}


@pytest.mark.parametrize("case", ASKING)
def test_what_a_page_asks_of_names_is_noted(case: str) -> None:
    ask, answer, sound = ASKING[case]
    notes = Notes()
    notes.turn_to("a.md")
    assert ask(NotedNames({"甲/": "a/"}, notes)) == answer
    asked = notes.questions["a.md"]
    assert asked.sound is sound
    assert asked.names == ({"乙/": None} if "whether" in case else {"甲/": "a/"} if sound else {})


def test_a_page_that_looks_at_all_pages_is_not_sound() -> None:
    notes = Notes()
    pages = NotedPages(["甲"], notes)
    for page, look in {"a.md": len, "b.md": lambda pages: pages[0], "c.md": bool}.items():
        notes.turn_to(page)
        look(pages)
        notes.turn_to(None)
    notes.turn_to("d.md")
    assert [asked.sound for asked in notes.questions.values()] == [False, False, False, True]


def test_a_page_that_warns_is_not_sound() -> None:
    notes = Notes()
    notes.turn_to("a.md")
    notes.note_link("b.md", found=False)
    notes.handle(logging.makeLogRecord({"levelno": logging.WARNING}))
    assert (notes.questions["a.md"].links, notes.questions["a.md"].sound) == ({"b.md": False}, False)

"""The cache changes how long a build takes and nothing else, whatever state its file is in."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from build_digest import cached
from build_digest.build import build
from build_digest.cache import open_cache
from build_digest.deduplicate import Overlap, Pair, compare_texts
from build_digest.fingerprints import DEPENDENCIES, fingerprint_of_program
from build_digest.known_pages import read_known
from build_digest.model import KnownPage, Source
from build_digest.packing import PackingError, pack, pack_tightly, unpack, unpack_tight
from build_digest.rendering.dependencies import PACKAGES, SUPPORT
from build_digest.report import make_report
from build_digest.rulebook import Rulebook, load_rulebook
from build_digest.settings import Settings
from build_digest.site.entries import Entry
from build_digest.site.listing import render_entries
from build_digest.site.markdown import read_page

from .corpora import PARAGRAPHS, Workshop


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    shop = Workshop(tmp_path)
    shop.settings = replace(shop.settings, cache=tmp_path / "cache")
    for i, key in enumerate(PARAGRAPHS):
        shop.write_article(f"{i}.txt", PARAGRAPHS[key][0][:10], key, "2024-01-15 来源:街坊报")
    return shop


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the sources that are read, and not taken from the cache."""
    found: list[str] = []
    read = cached.pack_reading

    def count(function: Callable[[Source], object], keyed: cached.Keyed) -> tuple[bytes, bytes]:
        found.append(keyed[1].path)
        return read(function, keyed)

    monkeypatch.setattr(cached, "pack_reading", count)
    return found


def results_of(settings: Settings) -> tuple[str, dict[str, bytes]]:
    report = json.dumps(make_report(build(settings).digest), ensure_ascii=False)
    docs = settings.docs
    return report, {p.relative_to(docs).as_posix(): p.read_bytes() for p in docs.rglob("*") if p.is_file()}


def without_cache(settings: Settings, tmp_path: Path) -> tuple[str, dict[str, bytes]]:
    return results_of(replace(settings, cache=None, docs=tmp_path / "clean"))


def test_a_source_is_read_once(shop: Workshop, reads: list[str]) -> None:
    shop.build()
    assert sorted(reads) == ["0.txt", "1.txt", "2.txt"]
    shop.write_article("1.txt", "老城区装上报警器", "木")
    (shop.settings.corpus / "2.txt").rename(shop.settings.corpus / "3.txt")
    shop.build()
    assert sorted(reads[3:]) == ["1.txt", "3.txt"]
    shop.build()
    assert len(reads) == 5


TITLES = [
    "第1章: 水",
    "'引号'与\"引号\"",
    "2024-13-45",
    "- *文* # [甲]{乙}",
    "yes",
    "\u3000空\u00a0格\u2028行",
    "0x1F",
    "~",
]


def _read_derived(path: str, text: str) -> KnownPage:
    assert not path.startswith("articles/")
    return read_page(path, text)


@pytest.mark.parametrize("title", TITLES)
def test_what_was_written_is_known_without_reading_it(
    shop: Workshop, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is what reading it would give, also where another article changed what stands below it."""
    docs, kept = shop.settings.docs, shop.settings.cache
    shop.write_article("5.txt", title, "水", "2024-02-30 来源:'街坊: 报'\n作者:王小河")
    shop.build()
    shop.write_source("6.txt", f"{title}又一", *PARAGRAPHS["木"][1:], *PARAGRAPHS["火"][2:])
    shop.build()
    read, _ = read_known(docs)
    monkeypatch.setattr("build_digest.known_pages.read_page", _read_derived)
    with open_cache(kept) as cache:
        recalled, problems = read_known(docs, cache)
    assert problems == []
    assert recalled == read
    assert repr([page.meta for page in recalled.pages]) == repr([page.meta for page in read.pages])


def test_rules_and_the_program_are_part_of_the_key(
    shop: Workshop, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.build()
    (shop.settings.corpus / "rules").mkdir()
    (shop.settings.corpus / "rules" / "lines.yml").write_text("lines: []\n", "utf-8")
    shop.build()
    assert len(reads) == 6
    monkeypatch.setattr(cached, "fingerprint_of_program", lambda: b"another program")
    shop.build()
    assert len(reads) == 9


def damage_bytes(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for i in range(100, len(data), 97):
        data[i] ^= 0x55
    path.write_bytes(data)


def change_values(path: Path) -> None:
    """Each value under its neighbour's key, and one that is no record, with the seal that it had."""
    with sqlite3.connect(path) as file:
        rows = file.execute("SELECT key, seal, value FROM entries ORDER BY key").fetchall()
        for (key, seal, _), (_, _, value) in zip(rows, [*rows[1:], (b"", 0, b"\xc1")], strict=True):
            file.execute("UPDATE entries SET seal = ?, value = ? WHERE key = ?", (seal, value, key))


def replace_table(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.executescript(
            "DROP TABLE entries; CREATE TABLE entries (something TEXT); INSERT INTO entries VALUES ('x')"
        )


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def write_texts(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("UPDATE entries SET value = 'text', seal = 'x'")


FAULTS = [
    lambda path: path.write_bytes(path.read_bytes()[:5000]),
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(b"no database" * 1000),
    damage_bytes,
    change_values,
    replace_table,
    write_texts,
    make_folder,
    lambda path: path.with_name(path.name + "-journal").write_bytes(os.urandom(2000)),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_damaged_cache_is_as_good_as_none(shop: Workshop, tmp_path: Path, fault: Callable[[Path], object]) -> None:
    expected = without_cache(shop.settings, tmp_path)
    assert results_of(shop.settings) == expected
    assert shop.settings.cache
    (file,) = shop.settings.cache.iterdir()
    fault(file)
    for _ in range(2):
        assert results_of(shop.settings) == expected


def test_a_damaged_cache_is_made_anew(shop: Workshop, reads: list[str]) -> None:
    assert shop.settings.cache
    for fault in ("no database" * 1000, None):
        shop.build()
        (file,) = shop.settings.cache.iterdir()
        file.write_text(fault, "utf-8") if fault else replace_table(file)
        shop.build()
        before = len(reads)
        shop.build()
        assert len(reads) == before


def test_a_record_that_fits_no_more_is_read_anew(shop: Workshop, tmp_path: Path) -> None:
    assert shop.settings.cache
    shop.build()
    with open_cache(shop.settings.cache) as cache, sqlite3.connect(shop.settings.cache / "results.sqlite") as file:
        keys = [key for (key,) in file.execute("SELECT key FROM entries")]
        for key in keys:
            cache.keep(key, pack({"path": "a.txt", "other": 1}))
    assert results_of(shop.settings) == without_cache(shop.settings, tmp_path)


def test_a_folder_that_cannot_be_made_is_no_failure(shop: Workshop, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    expected = without_cache(shop.settings, tmp_path)
    assert results_of(replace(shop.settings, cache=tmp_path / "file" / "cache")) == expected


def test_a_cache_that_cannot_be_written_can_be_read(shop: Workshop, reads: list[str]) -> None:
    assert shop.settings.cache
    shop.build()
    shop.write_article("1.txt", "老城区装上报警器", "木")
    with sqlite3.connect(shop.settings.cache / "results.sqlite", isolation_level=None) as file:
        file.execute("BEGIN IMMEDIATE")
        shop.build()
        assert reads[3:] == ["1.txt"]
        file.execute("ROLLBACK")
    shop.build()
    assert reads[4:] == ["1.txt"]


def test_builds_at_once_share_a_cache(shop: Workshop, tmp_path: Path) -> None:
    expected = without_cache(shop.settings, tmp_path)
    every = [replace(shop.settings, docs=tmp_path / f"docs{i}") for i in range(4)]
    with ProcessPoolExecutor(4) as executor:
        assert list(executor.map(results_of, every)) == [expected] * 4


def test_what_nobody_asks_for_is_forgotten_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("build_digest.cache._SPARE", 5)
    for run in range(10):
        with open_cache(tmp_path) as cache:
            for i in range(20):
                cache.keep(b"%d-%d" % (run, i), bytes(100))
    with open_cache(tmp_path) as cache:
        kept = {key for key in (b"%d-%d" % (run, i) for run in range(10) for i in range(20)) if cache.find(key)}
    assert kept >= {b"9-%d" % i for i in range(20)}
    assert len(kept) == 45


def test_new_entries_are_written_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("build_digest.cache._BATCH", 10)
    with open_cache(tmp_path) as cache:
        for i in range(15):
            cache.keep(b"%d" % i, b"x")
        with open_cache(tmp_path) as other:
            assert [i for i in range(15) if other.find(b"%d" % i)] == list(range(10))
        assert cache.find(b"14") == b"x"


def test_bytes_that_are_no_record_are_told() -> None:
    for data in (b"", b"\xc1", b"\x81", pack({"path": 1})):
        with pytest.raises(PackingError):
            unpack(Source, data)
    assert unpack_tight(Source, pack_tightly(Source("a", b"b"))) == Source("a", b"b")
    for data in (b"", pack_tightly(1), pack_tightly(Source("a", b""))[:-3]):
        with pytest.raises(PackingError):
            unpack_tight(Source, data)


def test_the_program_is_fingerprinted_before_anything_is_read(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process that goes on makes with the program it began with must not be kept under a newer one's name."""
    taken = []

    def load(*arguments: Mapping[str, str]) -> Rulebook:
        taken.append(fingerprint_of_program.cache_info().currsize)
        return load_rulebook(*arguments)

    monkeypatch.setattr("build_digest.build.load_rulebook", load)
    fingerprint_of_program.cache_clear()
    shutil.rmtree(shop.settings.docs)
    build(shop.settings)
    assert taken == [1]


def test_one_list_of_the_packages_that_results_depend_on() -> None:
    assert set(DEPENDENCIES) <= {*PACKAGES, *SUPPORT}


def test_two_texts_are_compared_once(shop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def count(pairs: Sequence[Pair]) -> list[Overlap]:
        compared.append(len(pairs))
        return compare_texts(pairs)

    monkeypatch.setattr(cached, "compare_texts", count)
    shop.write_source("4.txt", "老城区装上新的报警器", *PARAGRAPHS["火"], PARAGRAPHS["水"][2])
    for _ in range(2):
        assert results_of(shop.settings) == without_cache(shop.settings, tmp_path)
    assert compared[0] > 0
    assert compared[2] == 0
    shop.write_source("5.txt", "报警器装上了老城区", *PARAGRAPHS["火"], PARAGRAPHS["水"][1])
    assert results_of(shop.settings) == without_cache(shop.settings, tmp_path)
    assert compared[4] > 0


def test_a_list_is_made_when_something_in_it_changes(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def note(path: str, entries: Sequence[Entry], told: str) -> str:
        made.append(path)
        return render_entries(path, entries, told)

    monkeypatch.setattr("build_digest.site.entry_lists.render_entries", note)
    shop.write_article("7.txt", "林场间伐三分之一", "木", "2023-02-01 来源:林区报")
    shop.write_article("8.txt", "水库蓄水保灌溉", "水", "2024-06-30 来源:河谷日报")
    shop.build()
    every = {*made}
    assert {path.split("/")[0] for path in every} >= {"periods", "sources"}
    made.clear()
    shop.build()
    assert made == []
    edited = sorted(every)[0]
    page = shop.settings.docs / edited
    page.write_text(page.read_text("utf-8") + "添一句。\n", "utf-8")
    shop.build()
    assert made == [edited]
    made.clear()
    shop.write_article("7.txt", "林场间伐三分之二", "木", "2023-02-01 来源:林区报")
    shop.build()
    assert "periods/2023-02.md" in made
    assert "periods/2024-06.md" not in made

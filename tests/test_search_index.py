"""The search index: what the writer wrote is read back and compared with the texts themselves."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_digest.search.documents import (
    Cut,
    Document,
    count_units,
    cut_document,
    number_day,
    read_passages,
    split_passages,
    write_passage,
)
from build_digest.search.fold import encode_variants, fold, fold_units, to_units, variants
from build_digest.search.index import make_card
from build_digest.search.postings import INVERSE
from build_digest.search.segments import Card, Segment, divide

from .search_reader import Posting, hash_term, read_segment
from .search_site import build_index, write_parts

# What matters to folding, each sort often enough to meet the others.
SIGNS = "数據据要素要素爲为臺台發髮国 　\n，。、“”《》()AaＡbB12３é-+·\u200b\ufe0f𠮷々ー가ﾊ℃①。"
texts = st.text(st.sampled_from(SIGNS), max_size=60)
words = st.text(st.sampled_from("数據据要素爲为臺台發髮国𠮷"), min_size=1, max_size=8)
documents = st.lists(
    st.builds(
        Document,
        url=st.integers(0, 999).map("articles/{}/".format),
        title=texts.map(lambda text: text.replace("\n", "")),
        text=texts,
        date=st.sampled_from((None, "2025-03-15", "2025-03", "2024")),
        period=st.sampled_from((None, "2025-01/2025-03")),
        source=st.sampled_from((None, "经济日报", "新华社")),
        topics=st.sampled_from(((), ("数据",), ("数据", "网络"))),
        is_article=st.booleans(),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda document: document.url,
)


def fold_plainly(text: str) -> str:
    """Folding once more, in regular expressions and for the signs of these tests only."""
    same = variants()
    text = re.sub("[\u200b\ufe0f]", "", text).translate(str.maketrans("Ａ３ﾊ　", "A3ハ "))
    text = "".join(chr(same.get(ord(sign), ord(sign))) for sign in text).lower()
    text = re.sub("[a-z0-9é]+", r"^\g<0>", text)
    text = re.sub("[，。、“”《》()+·-]", "\0", text)
    text = re.sub(r"(?<=[^\x00\x20\na-z0-9é]) +(?=[^\x00\x20\na-z0-9é^])", "\0", text).replace(" ", "")
    text = re.sub(r"\x00*\n[\x00\n]*", "\n", text)
    return re.sub("\0+", " ", text).strip(" \n")


@given(texts)
def test_folding_is_what_it_says(text: str) -> None:
    assert fold(text) == fold_plainly(text)


@given(st.text())
def test_folding_takes_any_text_and_tells_where_each_unit_stood(text: str) -> None:
    folded = fold_units(text)
    assert folded.units.size == folded.before.size == folded.origin.size
    assert (np.diff(folded.origin) >= 0).all()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("數據要素", "数据要素"),
        ("爲為", "为为"),
        ("臺灣", "台湾"),
        ("頭髮", "头发"),
        ("ＡＩ＋５Ｇ", "ai+5g"),
        ("AI技术", "ＡＩ　技術"),
        ("〈題〉", "《题》"),
        ("裡裏", "里里"),
    ],
)
def test_the_same_in_other_forms_folds_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("数据", "数字"), ("发展，推动", "发展推动"), ("5G", "5 G"), ("一\n二", "一二")]
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_conversion_by_opencc_changes_no_fold() -> None:
    opencc = pytest.importorskip("opencc")
    text = "头发发展，干燥干部，皇后以后，里程里面，为了表面，台湾平台，只有几个系统，历史日历，重复复杂。"
    for configuration in ("s2t", "s2tw", "s2hk"):
        assert fold(opencc.OpenCC(configuration).convert(text)) == fold(text)


def test_variants_for_the_browser_say_the_same() -> None:
    encoded, at, table = encode_variants(), 0x3400, {}
    for gap, low, high in zip(encoded[::3], encoded[1::3], encoded[2::3], strict=True):
        at += gap
        if low or high:
            table[at] = low | high << 8
    assert table == variants()
    assert len(encoded) < 10_000


@given(texts, st.integers(4, 20))
def test_passages_hold_the_whole_text(text: str, limit: int) -> None:
    passages = split_passages(text, limit, overlap=2)
    assert all(len(passage) <= limit for passage in passages)
    if all(len(line) <= limit for line in text.split("\n")):
        assert "\n".join(passages) == text
    for line in text.split("\n"):
        assert all(any(line[at : at + 2] in passage for passage in passages) for at in range(len(line) - 1))


def test_days_are_ordered_as_people_order_them() -> None:
    stated = [None, "2024", "2025-02", "2025-02-28", "2025-03-01"]
    days = [number_day(Document("", "", "", date=date)) for date in stated]
    assert days == sorted(set(days))
    assert number_day(Document("", "", "", period="2024-01/2025-02")) == days[2]


@dataclass(frozen=True)
class Expected:
    """Where a term stands in a passage, and whether in its title, by the passage's own file."""

    places: set[int]
    in_title: bool


def expect_terms(content: bytes) -> dict[int, Expected]:
    """The terms of a passage by their hashes. Breaks take no place, line feeds take one."""
    line, _, text = content.decode("utf-16-le").partition("\n")
    _, title, *_, part = json.loads(line)
    folded = fold(f"{title}\n{text}" if part == 0 else text)
    title_end = to_units(fold(title)).size if part == 0 else 0
    terms: dict[int, Expected] = {}
    units = [chr(unit) for unit in to_units(folded)]
    place = 0
    for term, at, end in list_signs(f"{title}\n{text}" if part == 0 else text):
        known = terms.setdefault(hash_term(term), Expected(set(), part == 0 and end <= len(title)))
        known.places.add(at)
    for at, unit in enumerate(units):
        pair = "".join(units[at : at + 2])
        alone = not re.match(r"[\^a-z0-9é]", unit)
        for term in [unit] * alone + [pair] * (len(pair) == 2):
            if not re.search(r"\s", term):
                known = terms.setdefault(hash_term(term), Expected(set(), at + len(term) <= title_end))
                known.places.add(place)
        place += unit != " "
    return terms


def list_signs(text: str) -> Iterator[tuple[str, int, int]]:
    """Each unit that a sign follows at once, with the sign; its place among the units; where it ends in the text."""
    for found in re.finditer("[^ \u3000\n，。、“”《》()+·-][\u200b\ufe0f]*([+·-])", text):
        units = fold(text[: found.start(1)]).replace(" ", "")
        if units and found[0][0] not in "\u200b\ufe0f":
            yield chr(to_units(units)[-1]) + found[1], to_units(units).size - 1, found.start() + 1


@settings(max_examples=60, deadline=None)
@given(documents, st.sampled_from((1, 4, 2048)))
def test_the_index_holds_what_stands_in_the_texts(found: list[Document], apart: int) -> None:
    with mock.patch("build_digest.search.shards.APART", apart), mock.patch("build_digest.search.index.APART", apart):
        files = dict(build_index(found))
    segment = json.loads(files["index.json"])["segments"][0]
    by_passage: dict[int, dict[int, Posting]] = {number: {} for number in range(segment["passages"])}
    for hashed, postings in read_segment(files).items():
        for posting in postings:
            by_passage[posting.passage][hashed] = posting
    for number, read in by_passage.items():
        expected = expect_terms(files[f"{segment['name']}/texts/{number}.txt"])
        assert {hashed for hashed in read if not is_facet(hashed)} == expected.keys()
        assert all(read[hashed].in_title == term.in_title for hashed, term in expected.items())
        pairs = [(read[hashed].residues, term.places) for hashed, term in expected.items() if read[hashed].residues]
        shifted = (
            all(residues == {(place + shift) % 16 for place in places} for residues, places in pairs)
            for shift in range(16)
        )
        assert any(shifted)


def is_facet(hashed: int) -> bool:
    return (hashed * INVERSE & 0xFFFFFFFF) >> 20 == 0xE00


@settings(max_examples=20, deadline=None)
@given(documents)
def test_facets_list_their_documents(found: list[Document]) -> None:
    files = dict(build_index(found))
    segment = json.loads(files["index.json"])["segments"][0]
    lists, facets = read_segment(files), json.loads(files[f"{segment['name']}/facets.json"])
    for kind, (name, values) in enumerate(facets.items()):
        for number, (value, count) in enumerate(values):
            passages = [posting.passage for posting in lists[hash_term(chr(0xE000 + kind) + chr(number))]]
            heads = [
                json.loads(files[f"{segment['name']}/texts/{each}.txt"].decode("utf-16-le").split("\n")[0])
                for each in passages
            ]
            assert len(heads) == count
            for _, _, date, period, source, topics, _, part in heads:
                times = {(date or "")[:7], period, *re.findall(r"\b\d{4}", f"{date} {period}")}
                assert value in {"topics": topics, "sources": [source], "periods": times}[name]
                assert part == 0


def make_documents(count: int, size: int = 200) -> list[Document]:
    generator = random.Random(1)
    letters = [chr(0x4E00 + number) for number in range(400)]
    return [
        Document(
            f"articles/{number}/",
            "".join(generator.choices(letters, k=8)),
            "".join(generator.choices(letters, k=size)),
            date=f"2025-01-{number % 28 + 1:02}",
        )
        for number in range(count)
    ]


def test_the_order_of_documents_and_the_size_of_rounds_change_no_byte() -> None:
    found = make_documents(80)
    files = dict(build_index(found))
    assert dict(build_index(found[::-1])) == files
    with mock.patch("build_digest.search.shards.ROUND", 1000):
        assert dict(build_index(found)) == files


def test_what_is_no_article_stands_first_and_is_counted() -> None:
    found = make_documents(120, size=20)
    for place in range(0, 120, 14):
        found[place] = replace(found[place], is_article=False)
    with mock.patch("build_digest.search.segments.FEW", 20):
        files = dict(build_index(found))
    index = json.loads(files["index.json"])
    assert index["others"] == 9
    assert len(index["segments"]) > 3
    paths = [f"{each['name']}/texts/{n}.txt" for each in index["segments"] for n in range(each["passages"])]
    assert [read_document(files[path]).is_article for path in paths] == [False] * 9 + [True] * 111


def test_no_document_gives_an_index_without_segments() -> None:
    files = dict(build_index([]))
    assert json.loads(files["index.json"])["segments"] == []
    assert {"worker.js", "engine.js", "variants.bin"} <= files.keys()


def test_a_character_beyond_sixteen_bits_counts_two_units() -> None:
    assert count_units("𠮷野家") == 4


def update(files: dict[str, bytes], found: list[Document]) -> dict[str, bytes]:
    """What a build writes beside the segments that stay; what stands there is brought up to date in place."""
    cuts = {cut.digest: cut for cut in map(cut_document, found)}
    standing, places = read_standing(files)

    def read(cards: Sequence[Card]) -> list[Cut]:
        """The documents of a segment, from the segments that stand wherever they are there."""
        return [
            read_passages([files[path] for path in places[card.digest]], card.digest)
            if card.digest in places
            else cuts[card.digest]
            for card in cards
        ]

    written = dict(write_parts([make_card(cut) for cut in cuts.values()], standing, read))
    files.update(written)
    names = {segment["name"] for segment in json.loads(files["index.json"])["segments"]}
    for path in [path for path in files if "/" in path and path.split("/")[0] not in names]:
        del files[path]
    return {path: content for path, content in written.items() if "/" in path}


def read_standing(files: dict[str, bytes]) -> tuple[dict[str, Segment], dict[str, list[str]]]:
    """The segments of an index, and the files of each document's passages by its digest."""
    standing: dict[str, Segment] = {}
    places: dict[str, list[str]] = {}
    for each in json.loads(files["index.json"])["segments"]:
        digests: list[str] = []
        for number in range(each["passages"]):
            path = f"{each['name']}/texts/{number}.txt"
            document = read_document(files[path])
            if not document.url:
                places[digests[-1]].append(path)
                continue
            digests.append(document.digest())
            places[digests[-1]] = [path]
        standing[each["name"]] = Segment(**each, documents=tuple(digests), contents="")
    return standing, places


def read_document(content: bytes) -> Document:
    """The document of a passage, of one passage only; without an address where the passage continues another."""
    line, _, text = content.decode("utf-16-le").partition("\n")
    url, title, date, period, source, topics, is_article, part = json.loads(line)
    return Document("" if part else url, title, text, date, period, source, tuple(topics), bool(is_article))


def list_titles(files: dict[str, bytes]) -> dict[str, str]:
    """The titles by address of all documents in the index."""
    documents = [read_document(content) for path, content in files.items() if "/texts/" in path]
    return {document.url: document.title for document in documents}


def test_a_change_rewrites_little_and_gives_what_a_new_index_is() -> None:
    found = make_documents(1500, size=20)
    with mock.patch("build_digest.search.segments.FEW", 100):
        files = dict(build_index(found))
        whole = sum(map(len, files.values()))
        assert update(files, found) == {}
        found[5] = replace(found[5], title="改过的题目")
        written = update(files, found)
        assert 0 < sum(map(len, written.values())) < whole / 4
        found[600:602] = []
        found.append(replace(found[0], url="articles/new/", title="新来的文章"))
        update(files, found)
        assert files == dict(build_index(found))
    assert list_titles(files) == {document.url: document.title for document in found}


def test_many_changes_give_what_a_new_index_is() -> None:
    generator, found = random.Random(2), make_documents(300, size=20)
    with mock.patch("build_digest.search.segments.FEW", 40):
        files = dict(build_index(found))
        for step in range(20):
            place = generator.randrange(len(found))
            found[place] = replace(found[place], title=f"改了第{step}次", date=f"2025-01-{step + 1:02}")
            if step % 3 == 0:
                found.append(replace(found[place], url=f"articles/new{step}/"))
            update(files, found)
            assert files == dict(build_index(found))
            assert len(json.loads(files["index.json"])["segments"]) <= 16


def test_an_index_of_another_version_is_written_anew() -> None:
    found = make_documents(3)
    files = dict(build_index(found))
    names = {path.split("/")[0] for path in files if "/" in path}
    with mock.patch("build_digest.search.index.VERSION", 0):
        update(files, found)
    assert not any(path.split("/")[0] in names for path in files)


@given(st.sets(st.integers(0, 500)), st.integers(0, 500))
def test_documents_stand_together_by_themselves_alone(numbers: set[int], other: int) -> None:
    cards = [Card(number % 7, f"{number}/", "") for number in numbers]
    with mock.patch("build_digest.search.segments.FEW", 20):
        parts = divide(cards)
        assert divide(cards[::-1]) == parts
        changed = divide({*cards, Card(other % 7, f"{other}/", "")})
    assert [card for part in parts for card in part] == sorted(cards)
    assert all(0 < len(part) <= max(20, len(cards) // 6) for part in parts)
    if len(cards) > 100 and len(changed) == len(parts):
        assert len({*parts} - {*changed}) < len(parts)


@given(documents)
def test_a_document_is_read_back_from_its_passages(found: list[Document]) -> None:
    for document in found:
        cut = cut_document(replace(document, text=document.text * 100))
        files = [write_passage(cut.head, text, part) for part, text in enumerate(cut.passages)]
        assert read_passages(files, cut.digest) == cut

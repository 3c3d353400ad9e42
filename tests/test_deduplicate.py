"""Copies of one article become one, however many there are; versions and mere namesakes stay apart."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from build_digest.deduplicate import Deduplicated, deduplicate, find_like
from build_digest.model import Article, Block, Description, Found, Origin
from build_digest.packing import pack_tightly

CHARACTERS = [chr(code) for code in range(0x4E00, 0x5200)]


def make_text(seed: str, length: int = 600) -> str:
    """Characters at random, the same ones for a seed."""
    return "".join(random.Random(seed).choices(CHARACTERS, k=length))


def make_article(name: str, text: str, title: str = "标题", inferred: bool = False, **stated: object) -> Article:
    description = Description(**stated)  # type: ignore[arg-type]
    blocks = (Block("paragraph", text, 2, 2),) if text else ()
    return Article(
        (name, 0), Found(title, 1, inferred), description, pack_tightly(blocks), (Origin(name, 1, 2),), "zh-Hans"
    )


def merge(texts: Sequence[str]) -> Deduplicated:
    return deduplicate(make_article(f"{i:03}.txt", text) for i, text in enumerate(texts))


def change(text: str, place: int) -> str:
    return f"{text[:place]}异{text[place + 1 :]}"


@pytest.mark.parametrize("count", [2, 24, 30, 60])
def test_equal_copies_become_one(count: int) -> None:
    (article,) = merge([make_text("a")] * count).articles
    assert [origin.file for origin in article.origins] == [f"{i:03}.txt" for i in range(count)]


@pytest.mark.parametrize("count", [2, 24, 30, 60])
def test_copies_that_differ_in_a_character_each_become_one(count: int) -> None:
    text = make_text("a")
    merged = merge([change(text, 9 * i) for i in range(count)])
    assert len(merged.articles) == 1
    assert merged.articles[0].versions == ()
    assert set(merged.place_of.values()) == {0}


def test_many_copies_among_other_texts_become_one() -> None:
    text = make_text("a")
    mixed = [one for i in range(30) for one in (change(text, 9 * i), make_text(f"other {i}"))]
    merged = merge(mixed)
    assert len(merged.articles) == 31
    assert [merged.place_of[f"{i:03}.txt", 0] for i in range(0, 60, 2)] == [0] * 30


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_passage_quoted_by_many_undoes_no_merge(share: float) -> None:
    passage, own = make_text("passage", int(1000 * share)), make_text("own", int(1000 * (1 - share)))
    quoting = [make_text(f"other {i}", 3000) + passage for i in range(40)]
    merged = merge([own + passage, *quoting, change(own, 5) + passage])
    assert len(merged.articles) == 41
    assert merged.place_of["041.txt", 0] == merged.place_of["000.txt", 0] == 0


def test_different_articles_of_one_title_stay_two() -> None:
    merged = merge([make_text("a"), make_text("b")])
    assert [article.origins[0].file for article in merged.articles] == ["000.txt", "001.txt"]
    assert [article.versions for article in merged.articles] == [(), ()]


def test_articles_without_text_are_told_by_their_titles() -> None:
    articles = [make_article(f"{title}{i}.txt", "", title) for title in ("甲", "乙") for i in range(2)]
    assert [article.title.value for article in deduplicate(articles).articles] == ["乙", "甲"]


def test_a_partial_copy_is_a_version() -> None:
    text = make_text("a")
    whole, part = make_article("a.txt", text, "全文"), make_article("b.txt", text[:300], "摘编")
    first, second = deduplicate([part, whole]).articles
    assert (first.title.value, second.title.value) == ("全文", "摘编")
    assert first.versions == (Origin("b.txt", 1, 2, "摘编"),)
    assert second.versions == (Origin("a.txt", 1, 2, "全文"),)


def test_versions_name_the_article_that_copies_became() -> None:
    text = make_text("a")
    copies = [make_article(f"{i:03}.txt", change(text, 9 * i), "全文") for i in range(30)]
    whole, part = deduplicate([*copies, make_article("z.txt", text[300:], "摘编")]).articles
    assert whole.versions == (Origin("z.txt", 1, 2, "摘编"),)
    assert part.versions == (Origin("000.txt", 1, 2, "全文"),)


def test_a_version_between_copies_is_a_copy() -> None:
    """Each is a copy of the next; the first and the last alone would be versions of each other."""
    text = make_text("a", 1000)
    steps = [text + make_text("more", 80 * i) for i in range(3)]
    assert len(merge([steps[0], steps[2]]).articles) == 2
    (article,) = merge(steps).articles
    assert article.versions == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("数据要素，是ＡＩ的“１２３”。", '數據要素,是ai的"123".'),
        ("两字", "两字。"),
        ("É", "é"),
    ],
)
def test_script_width_case_and_punctuation_make_no_difference(one: str, other: str) -> None:
    assert len(merge([one, other]).articles) == 1


def test_short_texts_that_differ_stay_two() -> None:
    assert len(merge(["两字", "三字", "这是一句比较短的话", "那是一句比较短的话"]).articles) == 4


def test_the_fullest_copy_gives_the_text_and_every_copy_what_it_states() -> None:
    text = make_text("a")
    fullest = make_article("c.txt", text + "完", "inferred", inferred=True, url=Found("https://example.org/", 3))
    dated = make_article("a.txt", text, "题", date=Found("2025-01-02", 1), authors=(Found("张三", 1),))
    sourced = make_article("b.txt", change(text, 3), "题二", source=Found("某报", 1))
    (article,) = deduplicate([fullest, dated, sourced]).articles
    assert article.plain() == text + "完"
    assert article.title == Found("题", 1)
    stated = article.description
    assert (stated.date, stated.source, stated.url) == (
        Found("2025-01-02", 1),
        Found("某报", 1),
        Found("https://example.org/", 3),
    )
    assert stated.authors == (Found("张三", 1),)
    assert stated.editors == ()
    assert [origin.file for origin in article.origins] == ["a.txt", "b.txt", "c.txt"]


def test_the_order_of_articles_makes_no_difference() -> None:
    text = make_text("a")
    articles = [make_article(f"{i:03}.txt", change(text, 9 * i)[: 600 - 8 * i]) for i in range(40)]
    shuffled = random.Random(1).sample(articles, len(articles))
    assert deduplicate(articles) == deduplicate(shuffled)


def test_nothing_comes_of_nothing() -> None:
    assert deduplicate([]) == Deduplicated((), {})


def test_like_texts_are_found_with_the_share_that_is_contained() -> None:
    text = make_text("a")
    found = find_like([text, make_text("b"), text[:300], text[:150] + make_text("c", 450)])
    assert [(a, b) for a, b, _ in found] == [(0, 2)]
    assert found[0][2] == 1

"""Digests, the index of documents, lists by author: what they say stands in the articles that they name."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest

from build_digest.build import Built
from build_digest.mentions.mentioned import Citation, Figure, Voice
from build_digest.model import Article, KnownPage
from build_digest.packing import pack_tightly
from build_digest.site.address import slug
from build_digest.site.cited import gather_documents, gather_voices
from build_digest.site.digests import choose_figures, render_digests
from build_digest.site.document_pages import render_documents
from build_digest.site.entries import Entry
from build_digest.site.groups import Archive, allocate, digested, make_archive
from build_digest.site.listing import PAGE_SIZE, relative_address
from build_digest.site.markdown import read_page
from build_digest.site.pages import render_lists
from build_digest.site.related import relate
from build_digest.site.shared import render_shared

from .corpora import Workshop
from .test_properties import shown

HOSTILE = [
    "[甲](乙)",
    "*甲*",
    "#甲|乙",
    "<b>甲</b>",
    "甲_乙_`丙`",
    "甲?",
    "甲!",
    "con",
    "{: .甲 }",
    "甲&amp;乙",
    "- 甲",
    "1. 甲",
]


def page(result: Built, path: str) -> KnownPage:
    return read_page(path, next(page.text for page in result.digest.pages if page.path == path))


def test_every_figure_stands_in_its_sentence_and_the_sentence_in_its_article(archive: Archive) -> None:
    figures = [(entry, figure) for entry, group in choose_figures(archive, archive.entries) for figure in group]
    assert len(figures) > 20
    for entry, figure in figures:
        article = archive.article(entry)
        assert article
        assert any(figure.sentence in block.text for block in article.blocks)
        assert figure.value in figure.sentence
        assert figure.measure in figure.sentence
        assert figure.subject in figure.sentence
    assert max(Counter(entry.path for entry, _ in figures).values()) <= 3
    assert ("1.35万亿元", "核心产业规模") in [(figure.value, figure.measure) for _, figure in figures]


def test_figures_on_the_page_are_those_chosen(sample: Built, archive: Archive) -> None:
    body = page(sample, "digests/index.md").body
    text = shown(next(page for page in sample.digest.pages if page.path == "digests/index.md"))
    for entry, group in choose_figures(archive, archive.entries):
        assert re.sub(r"\s", "", group[0].sentence + "——" + entry.title) in text
        assert all(f"**{figure.value}**" in body for figure in group)


def test_the_best_figures_come_first_and_are_not_told_twice() -> None:
    figures = [Figure("3亿元", "元", "产值", "", f"第{i}句产值3亿元。", i, 1.0 + i / 10) for i in range(3)]
    figures.append(Figure("5亿元", "元", "税收", "", "税收5亿元。", 9, 1.5))
    figures += [Figure("1个", "个", "村", "", "1个村。", 10, 0.1), Figure("2成", "", "", "", "2成。", 11, 1.9)]
    figures.append(Figure("9亿元", "元", "出口", "", "出口9亿元" + "很长" * 200, 12, 2.0))
    archive = one_archive(figures=tuple(figures))
    chosen = [figure.sentence for _, group in choose_figures(archive, archive.entries) for figure in group]
    assert chosen == ["税收5亿元。", "第2句产值3亿元。"]


def test_a_digest_is_bounded(sample: Built) -> None:
    entries = [Entry(f"articles/{i}.md", f"文{i}", tags=(f"题{i % 40}",), period="2024-01") for i in range(400)]
    figures = tuple(Figure(f"{i}亿元", "元", f"数{i}", "", f"数{i}有{i}亿元。", i, 1.5) for i in range(9))
    made = replace(sample.digest.articles[0], figures=figures)
    archive = make_archive(entries, {entry.path: made for entry in entries})
    digest = next(page for page in render_digests(archive) if page.path == "digests/2024-01.md")
    assert digest.text.count("### ") == 6
    assert digest.text.count("亿元** ") <= 30
    assert len(digest.text) < 20_000


def test_each_period_and_collection_has_a_digest_that_counts_its_articles(sample: Built, archive: Archive) -> None:
    groups = digested(archive.groups)
    assert [(kind, name, len(members)) for kind, name, members in groups] == [
        ("periods", "2025-03", 1),
        ("periods", "2025-01/2025-03", 24),
        ("periods", "2021-01", 1),
        ("collections", "2025年1-3月数字经济类公文堂网编", 25),
    ]
    for kind, name, members in groups:
        path = archive.places[f"digests/{kind}/{name}/"]
        body = page(sample, path).body
        assert f"共 {len(members)} 篇" in body
        assert f"](../{archive.place(kind, name)})" in body
        assert f"digests/{Path(path).name}" in page(sample, archive.place(kind, name)).body
        for topic, count in re.findall(r"^### \[(.+?)\]\(.+?\) \*(\d+) 篇\*$", body, re.MULTILINE):
            assert int(count) == sum(topic in entry.tags for entry in members)
            assert (
                f"共 {dict(archive.groups['topics'])[topic].__len__()} 篇"
                in page(sample, archive.place("topics", topic)).body
            )


def test_topics_of_a_digest_tell_each_article_once(sample: Built) -> None:
    said = page(sample, "digests/index.md").body.split("## 说了什么")[1].split("\n## ")[0]
    titles = re.findall(r"\[([^\]]+)\]\(\.\./articles/", said)
    assert len(titles) == len(set(titles)) > 15
    assert re.findall(r"### .*\n\n###", said) == []


def test_the_index_of_documents_leads_to_every_mention(sample: Built, archive: Archive) -> None:
    index = page(sample, "documents/index.md").body
    total = 0
    for document in archive.documents:
        path = archive.places[f"documents/{document.key}/"]
        own = page(sample, path)
        assert own.meta["title"] == f"《{document.name}》"
        assert f"]({Path(path).name}) *{len(document.articles())} 篇 {len(document.mentions)} 次*" in index
        text = shown(next(page for page in sample.digest.pages if page.path == path))
        for entry, citation in document.mentions:
            article = archive.article(entry)
            assert article
            assert any(citation.sentence in block.text for block in article.blocks)
            assert re.sub(r"\s", "", entry.title) in text
        total += len(document.mentions)
    assert total == sum(len(article.citations) for article in sample.digest.articles)
    assert len(archive.documents) == index.count("\n- ") == 25
    cited = next(document for document in archive.documents if "数据基础制度" in document.name)
    assert len(cited.articles()) == 3


def test_who_speaks(sample: Built, archive: Archive) -> None:
    voices = gather_voices(archive.entries, archive.articles)
    counts = {voice.name: sum(count for _, count in voice.articles) for voice in voices}
    assert counts["金壯龍"] == 4
    heard = page(sample, "digests/index.md").body.split("## 谁在发言")[1]
    assert "**金壯龍**（工業和信息化部黨組書記、部長） 4 处" in heard
    assert "**国家统计局** 1 处" in heard


def test_authors_have_pages_where_they_are_stated(sample: Built, archive: Archive) -> None:
    assert "推动工业互联网发展的重要着力点" in page(sample, "authors/chen-chao-xian.md").body
    assert sample.digest.places["authors/陈超贤/"] == "authors/chen-chao-xian.md"
    assert "authors/" not in make_archive([replace(entry, authors=()) for entry in archive.entries], {}).places


def test_the_order_of_entries_changes_nothing(archive: Archive) -> None:
    turned = make_archive(reversed(archive.entries), archive.articles)
    assert render_digests(turned) == render_digests(archive)
    assert render_documents(turned) == render_documents(archive)
    assert dict(turned.places) == dict(archive.places)


def test_an_empty_corpus_has_its_index_pages(tmp_path: Path) -> None:
    built = Workshop(tmp_path).build()
    for kind in ("digests", "documents", "topics"):
        assert "还没有" in page(built, f"{kind}/index.md").body


def test_a_corpus_without_dates_has_a_digest_all_the_same(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.write_article("a.txt", "水库蓄水保灌溉", "水")
    built = shop.build()
    assert [page.path for page in built.digest.pages if page.path.startswith("digests/")] == ["digests/index.md"]
    body = page(built, "digests/index.md").body
    assert "共 1 篇，都未注明来源。" in body
    assert "chips" not in body


def test_what_an_editor_cut_is_quoted_nowhere(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    lines = [
        "去年产值达到3.5亿元，同比增长8%。局长张大山表示，《水法》实施以来取水有了规矩。",
        "渠道修好以后，夜里也能按需放水，不再争抢。",
    ]
    shop.write_source("a.txt", "水利三年", *lines)
    body = page(shop.build(), "digests/index.md").body
    assert "**3.5亿元** 产值" in body
    assert "《水法》" in body
    shop.edit("articles/shui-li-san-nian.md", "3.5亿元，同比增长8%", "三亿多元")
    built = shop.build()
    body = page(built, "digests/index.md").body
    assert "3.5亿元" not in body
    assert "《水法》" in body
    shop.edit("articles/shui-li-san-nian.md", "局长张大山表示，《水法》实施以来取水有了规矩。", "")
    built = shop.build()
    assert not any(page.path.startswith("documents/shui-fa") for page in built.digest.pages)
    assert not (shop.settings.docs / "documents/shui-fa.md").exists()


def test_a_digest_written_by_hand_is_never_touched(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.write_article("a.txt", "水库蓄水保灌溉", "水", "2024-06-30 来源:河谷日报")
    own = "---\ntitle: 六月综述\n---\n\n手写。\n"
    (shop.settings.docs / "digests").mkdir()
    (shop.settings.docs / "digests/2024-06.md").write_text(own, "utf-8")
    shop.build()
    assert (shop.settings.docs / "digests/2024-06.md").read_text("utf-8") == own
    assert shop.build().written == 0


def one_archive(*, count: int = 1, **facts: object) -> Archive:
    """An archive of articles of which little is known but these facts."""
    entries = [Entry(f"articles/{i}.md", f"文{i}", period="2024-01") for i in range(count)]
    article = replace(BARE, **facts)  # type: ignore[arg-type]
    return make_archive(entries, {entry.path: article for entry in entries})


BARE = Article(("a.txt", 0), None, None, pack_tightly(()), (), "zh-Hans")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_shown_as_they_are(name: str) -> None:
    entry = Entry("articles/a.md", name, "", "2024-01", name, name, (name,), (name,), (name,), f"{name}说。")
    citation = Citation(name, name, name, 1, 0, name, f"{name}提到它。")
    figure = Figure("3亿元", "元", name, "", f"{name}3亿元。", 1, 2.0)
    voice = Voice(name, name, "person", 1, (1,))
    article = replace(BARE, citations=(citation,), figures=(figure,), voices=(voice,))
    archive = make_archive([entry], {entry.path: article})
    pages = [*render_lists(archive), *render_digests(archive), *render_documents(archive)]
    assert len(pages) == len({page.path.casefold() for page in pages})
    plain = re.sub(r"\s+", "", name)
    for made in pages:
        text = shown(made)
        if plain in text:
            text = text.replace(plain, "")
        leftover = set(text) & set("[]*<>`{}|#")
        assert not leftover, made.text
    digest = shown(next(page for page in pages if page.path == "digests/2024-01.md"))
    assert digest.count(plain) >= 8


def test_names_whose_slugs_are_alike_have_pages_of_their_own() -> None:
    entries = [Entry(f"articles/{i}.md", "文", source=name, tags=(name,)) for i, name in enumerate(HOSTILE)]
    archive = make_archive(entries, {})
    pages = render_lists(archive)
    assert len({page.path.casefold() for page in pages}) == len(pages)
    assert allocate("topics", {"甲?": "甲?"}) == {"甲?": f"topics/{slug('甲?')}.md"}


def test_names_that_share_an_address_are_told_there() -> None:
    entries = [Entry(f"articles/{i}.md", "文", tags=(tag,)) for i, tag in enumerate(["公式", "攻势", "消费"])]
    archive = make_archive(entries, {})
    (page,) = render_shared(archive)
    assert page.path == "topics/gong-shi.md"
    assert "robots: noindex" in page.text
    assert "derived: true" in page.text
    assert "这个地址下有两个主题：" in page.text
    for tag in ("公式", "攻势"):
        assert f"[{tag}]({archive.place('topics', tag).removeprefix('topics/')})" in page.text


def test_a_name_that_shares_no_address_needs_no_such_page() -> None:
    archive = make_archive([Entry(f"articles/{tag}.md", "文", tags=(tag,)) for tag in ["公式", "消费"]], {})
    assert render_shared(archive) == []
    assert archive.place("topics", "公式") == "topics/gong-shi.md"


def test_a_list_that_was_alone_still_leads_on_once_another_is_spelled_alike() -> None:
    alone = make_archive([Entry("articles/a.md", "文", tags=("公式",))], {})
    both = make_archive(
        [Entry("articles/a.md", "文", tags=("公式",)), Entry("articles/b.md", "文", tags=("攻势",))], {}
    )
    assert [page.path for page in render_shared(both)] == [alone.place("topics", "公式")]


def test_long_lists_come_in_pages() -> None:
    count = 2 * PAGE_SIZE + 1
    citations = tuple(Citation(f"第{i}号条例", f"第{i}号条例", "法规", 1, 0, "", "句。") for i in range(count))
    archive = one_archive(count=count, citations=citations[:1])
    wide = one_archive(citations=citations)
    own = [page.path for page in render_documents(archive)]
    assert own == [
        "documents/index.md",
        "documents/di-0-hao-tiao-li.md",
        "documents/di-0-hao-tiao-li/2.md",
        "documents/di-0-hao-tiao-li/3.md",
    ]
    index = [
        page
        for page in render_documents(wide)
        if page.path in ("documents/index.md", "documents/2.md", "documents/3.md")
    ]
    assert [page.text.count("- [《") for page in index] == [PAGE_SIZE, PAGE_SIZE, 1]
    assert "第 2 页，共 3 页：[上一页](index.md) · [下一页](3.md)" in index[1].text


def test_spellings_of_a_document_are_one() -> None:
    entries = [Entry("a.md", "甲"), Entry("b.md", "乙")]
    articles = {
        "a.md": replace(BARE, citations=(Citation("數據安全法", "数据安全法", "法律", 1, 0, "", "句。"),)),
        "b.md": replace(BARE, citations=(Citation("数据安全法", "数据安全法", "法律", 1, 0, "", "句。"),)),
    }
    (document,) = gather_documents(entries, articles)
    assert (document.name, len(document.articles())) == ("数据安全法", 2)


def test_a_lone_shared_keyword_is_no_relation_unless_it_names_a_topic() -> None:
    entries = [
        Entry("a.md", "甲", keywords=("中小企业", "工业互联网"), tags=("制造业",)),
        Entry("b.md", "乙", keywords=("中小企業",), tags=("消费",)),
        Entry("c.md", "丙", keywords=("工業互聯網",), tags=("工业互联网",)),
        Entry("d.md", "丁", tags=("消费",)),
        *(Entry(f"z{i}.md", "戊") for i in range(9)),
    ]
    relations = relate(entries)[:4]
    assert [[r.other for r in own] for own in relations] == [[2], [3], [0], [1]]
    assert relations[2][0].keywords == ("工業互聯網",)
    assert relations[1][0].topics == ("消费",)


@pytest.fixture(scope="module")
def addresses(site: Path) -> set[str]:
    return {"/" + path.parent.relative_to(site).as_posix().replace(".", "") for path in site.rglob("index.html")}


@pytest.mark.parametrize("kind", ["", "digests/", "documents/", "authors/", "provenance/", "topics/", "periods/"])
def test_links_in_the_rendered_site_lead_somewhere(site: Path, addresses: set[str], kind: str) -> None:
    checked = 0
    for file in sorted(site.glob("index.html") if not kind else (site / kind).rglob("index.html")):
        base = "/" + file.parent.relative_to(site).as_posix().replace(".", "") + "/"
        main = re.search(r"<article.*</article>", file.read_text("utf-8"), re.DOTALL)
        assert main
        for address in re.findall(r'href="([^"#]+)"', main[0]):
            target = unquote(urljoin(base.replace("//", "/"), html.unescape(address))).rstrip("/")
            assert (target or "/") in addresses or (site / target[1:]).is_file(), (file, address)
            checked += 1
    assert checked


def test_derived_pages_stay_out_of_search_and_sitemap(site: Path, sample: Built) -> None:
    feed = (site / "feed.json").read_text("utf-8")
    assert "provenance/" not in feed
    assert "digests/" not in feed
    assert "provenance" not in (site / "sitemap.xml").read_text("utf-8")


def test_addresses_seen_from_other_pages() -> None:
    assert urljoin("/digests/", relative_address("topics/a.md", "digests/index.md")) == "/topics/a/"
    assert urljoin("/digests/x/", relative_address("digests/index.md", "digests/x.md")) == "/digests/"
    assert urljoin("/", relative_address("a b.md", "index.md")) == "/a%20b/"

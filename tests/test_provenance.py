"""The pages that show an article's way from source to page, and other versions of a text in its derived block."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from build_digest.build import Built
from build_digest.checks.messages import translate
from build_digest.model import KEPT, KnownPage, Repair, Tag
from build_digest.packing import pack
from build_digest.rule_checks import LABELS
from build_digest.site.groups import Archive
from build_digest.site.markdown import read_page
from build_digest.site.provenance import find_traces, provenance_path, render_provenance
from build_digest.site.reasons import reason, repair_name
from build_digest.site.traces import trace_articles
from build_digest.traits import traits_of

from .conftest import ROOT
from .corpora import PARAGRAPHS, Workshop
from .test_properties import shown

MOJIBAKE = ROOT / "build_digest/text/mojibake"


def page(result: Built, path: str) -> KnownPage:
    return read_page(path, next(page.text for page in result.digest.pages if page.path == path))


def test_every_article_links_to_its_way(sample: Built) -> None:
    pages = {page.path: page.text for page in sample.digest.pages}
    for path in sample.digest.paths:
        way = provenance_path(path)
        assert way in pages
        assert f"（[从来源到本页](../{way})）" in pages[path]
        assert read_page(way, pages[way]).meta["robots"] == "noindex"


def test_every_line_left_out_is_shown_with_its_reason(sample: Built) -> None:
    shown_lines = 0
    for reading in sample.digest.ledger:
        for line in reading.lines if len(reading.articles) == 1 else ():
            place = sample.digest.place_of[reading.path, 0]
            body = page(sample, provenance_path(sample.digest.paths[place])).body
            own = body.split(f"## 来源：{reading.path}".replace("_", "\\_"))[1].split("\n## ")[0]
            said = f"- 第 {line.number} 行（{reason(line.fate, line.verdict.rule)}）" in own
            assert said == (line.fate not in KEPT and line.fate != "blank")
            shown_lines += said
            for cut in line.cuts:
                assert f"- 第 {line.number} 行（{reason(cut.fate, cut.rule)}）：" in own
    assert shown_lines > 50


def test_the_counts_of_a_source_add_up(sample: Built) -> None:
    body = page(sample, "provenance/tui-dong-gong-ye-hu-lian-wang-fa-zhan-de-zhong-yao-zhuo-li-dian.md").body
    reading = next(reading for reading in sample.digest.ledger if reading.path.startswith("003"))
    kept = sum(line.fate in KEPT for line in reading.lines)
    omitted = len(re.findall(r"^- 第 \d+ 行（", body, re.MULTILINE))
    assert f"共 {len(reading.lines)} 行，编码 utf-8。本文在第 2—34 行，留用 {kept} 行，略去 {omitted} 行。" in body
    summary = re.search(r"\*\*略去的内容\*\*：(.+)", body)
    assert summary
    assert sum(int(n) for n in re.findall(r" (\d+) 行", summary[1])) == omitted
    assert "- 作者：陈超贤（第 3 行）" in body
    assert "（版权和声明）：中共青岛市委党校 青岛行政学院版权所有" in body


def test_a_merged_article_shows_all_its_sources(sample: Built) -> None:
    body = page(sample, "provenance/wan-shan-gong-ye-hu-lian-wang-chuang-xin-ti-xi.md").body
    assert re.findall(r"## 来源：(\d{3})", body) == ["002", "004"]
    assert "- 日期：2025-03-15（第 2 行）" in body
    assert "其中收有 25 篇文章。本文在第 309—316 行" in body
    assert "不属于任何一篇的行：目录 27 行、推广和价格 5 行。" in body


def test_topics_come_with_their_evidence(sample: Built) -> None:
    for article, path in zip(sample.digest.articles, sample.digest.paths, strict=True):
        body = page(sample, provenance_path(path)).body
        for tag in article.tags:
            term, count, line = tag.evidence[0]
            place = f"首见第 {line} 行" if line else "见于标题"
            assert f"]：“{term}” {count} 次（{place}）".replace("]：", ".md)：") in body


def test_repairs_are_shown(sample: Built) -> None:
    reading = next(reading for reading in sample.digest.ledger if reading.path.startswith("000"))
    body = page(sample, "provenance/tui-jin-shu-shi-rong-he-jia-su-fa-zhan-xin-zhi-sheng-chan-li.md").body
    assert "- 标题：推進數實融合，加速發展新質生產力（推定，第 3 行）" in body
    assert "- 第 17 行，GBK 错开了一个字节：“?!敖ㄗh”读作“。“建議”" in body
    assert body.count("读作") == len(reading.account().repairs) == 3


def test_characters_that_are_lost_are_not_said_to_be_read(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.write_source("a.txt", "水库蓄水保灌溉", *PARAGRAPHS["水"], "看渠的人锟斤拷锟斤拷，都说今年的水比去年的多。")
    built = shop.build()
    body = page(built, "provenance/shui-ku-xu-shui-bao-guan-gai.md").body
    assert "- 第 5 行：“锟斤拷锟斤拷”无法复原，原来的字已经丢失" in body
    (problem,) = built.digest.problems
    assert translate(problem, "zh").message == "有一段损坏的文字 '锟斤拷锟斤拷'，无法复原"


def test_a_title_is_no_line(sample: Built) -> None:
    tags = (Tag("水利", 1.0, pack((("水库", 1, 0), ("灌溉", 2, 7)))),)
    article = replace(sample.digest.articles[0], tags=tags, traits=None)
    assert traits_of(article).evidence == {"水利": "“水库” 1 次（见于标题），“灌溉” 2 次（首见第 7 行）"}


def test_what_many_copies_and_repairs_say_is_bounded(sample: Built, archive: Archive) -> None:
    reading = next(reading for reading in sample.digest.ledger if reading.path.startswith("003"))
    repair = Repair(0, 1, "?", "。", "no such rule", 6)
    repairs = (repair,) * 30
    readings = [
        replace(
            reading, path=path, traces=tuple(trace_articles(path, "utf-8", reading.lines, repairs, reading.articles))
        )
        for path in (f"{i}.txt" for i in range(12))
    ]
    entry = next(entry for entry in archive.entries if entry.title == "推动工业互联网发展的重要着力点")
    traces = find_traces(readings, {(r.path, 0): 0 for r in readings}, [entry.path])
    (made,) = render_provenance(archive, traces)
    assert "另有 4 个来源载有同一篇文章。" in made.text
    assert made.text.count("## 来源：") == 8
    assert made.text.count("- 还有 10 处") == 8
    assert made.text.count("乱码：“?”读作“。”") == 8 * 20
    assert len(re.findall(r"^- 第 \d+ 行（", made.text, re.MULTILINE)) == 80


def test_a_long_source_is_cut_short(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.write_article("a.txt", "水库蓄水保灌溉", "水", "2024-06-30 来源:河谷日报")
    menu = ["首页", "联系我们", "网站地图", "版权所有 河谷日报社"] * 40
    path = shop.settings.corpus / "a.txt"
    path.write_text(path.read_text("utf-8") + "\n".join(menu) + "\n", "utf-8")
    body = page(shop.build(), "provenance/shui-ku-xu-shui-bao-guan-gai.md").body
    assert len(re.findall(r"^- 第 \d+ 行（", body, re.MULTILINE)) == 80
    assert "- 还有 81 行没有列出" in body


def test_hostile_lines_are_shown_as_they_are(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    hostile = ["版权所有 *甲* [乙](x) <b>丙</b> `丁` {: .x }", "版权所有 | # 戊 | _己_ &amp;"]
    shop.write_source("a_[x].txt", "水库蓄水保灌溉", *PARAGRAPHS["水"], *hostile)
    made = next(page for page in shop.build().digest.pages if page.path == "provenance/shui-ku-xu-shui-bao-guan-gai.md")
    text = shown(made)
    assert "a_[x].txt" in text
    for line in hostile:
        assert re.sub(r"\s", "", line) in text


def test_a_page_taken_out_has_no_way(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.write_article("a.txt", "水库蓄水保灌溉", "水")
    shop.build()
    shop.set_key("articles/shui-ku-xu-shui-bao-guan-gai.md", "publish", False)
    shop.build()
    assert not (shop.settings.docs / "provenance").exists()


def test_versions_lead_to_each_other(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    whole = [sentence for key in ("水", "火") for sentence in PARAGRAPHS[key]]
    shop.write_source("long.txt", "水火两件事", *whole)
    shop.write_source("short.txt", "只说水", *PARAGRAPHS["水"])
    shop.build()
    long, short = (shop.page(f"articles/{name}.md").text for name in ("shui-huo-liang-jian-shi", "zhi-shuo-shui"))
    more = len("".join(whole)) - len("".join(PARAGRAPHS["水"]))
    assert (
        f"**另有版本**\n\n- [水火两件事](shui-huo-liang-jian-shi.md)：{len(''.join(whole))} 字，比本篇多 {more} 字"
        in short
    )
    assert f"- [只说水](zhi-shuo-shui.md)：{len(''.join(PARAGRAPHS['水']))} 字，比本篇少 {more} 字" in long
    shop.set_key("articles/zhi-shuo-shui.md", "publish", False)
    shop.build()
    assert "另有版本" not in shop.page("articles/shui-huo-liang-jian-shi.md").text


def test_an_editors_own_topic_is_told_as_such(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.write_article("a.txt", "水库蓄水保灌溉", "水")
    shop.build()
    shop.set_key("articles/shui-ku-xu-shui-bao-guan-gai.md", "tags", ["水利"])
    body = page(shop.build(), "provenance/shui-ku-xu-shui-bao-guan-gai.md").body
    assert "- [水利](../topics/shui-li.md)：由编辑标注" in body


def test_every_rule_that_ships_has_words() -> None:
    rules = yaml.safe_load((ROOT / "build_digest/rules/boilerplate.yml").read_text("utf-8"))
    ids = [rule["id"] for rule in (*rules["words"], *rules["patterns"]) if rule["fate"] == "boilerplate"]
    assert len(ids) > 30
    assert [rule for rule in ids if reason("boilerplate", rule) == "页面上的其他内容"] == []
    assert {reason("metadata", label) for label in LABELS} == {"题头信息"}
    kinds = re.findall(r'"((?:utf8|gbk)-[a-z0-9-]+)"', "".join(f.read_text("utf-8") for f in MOJIBAKE.glob("*.py")))
    assert len(kinds) >= 4
    assert [kind for kind in kinds if repair_name(kind) == "乱码"] == []


@pytest.mark.parametrize("path", ["articles/a.md", "articles/a/b.md", "a.md", "x/articles/a.md"])
def test_ways_of_different_pages_stand_apart(path: str) -> None:
    others = {"articles/a.md", "articles/a/b.md", "a.md", "x/articles/a.md"} - {path}
    assert provenance_path(path) not in {provenance_path(other) for other in others}

"""The project's own five sources, fact by fact, from the corpus to the rendered page."""

from __future__ import annotations

import datetime
import html
import re
from pathlib import Path

import pytest

from build_digest.build import Built
from build_digest.model import Article, KnownPage
from build_digest.site.markdown import read_page

from .conftest import ROOT

COMPILATION = "004_7b565dc91b5bb591.txt"
EXTENTS = {
    "“人工智能+”赋能未来产业发展": (29, 39),
    "促进数字产业化和产业数字化良性互动": (40, 61),
    "打通信息“大动脉” 激活发展新动能": (62, 69),
    "打造具有国际竞争力的数字产业集群": (70, 86),
    "打造数智化轻工业链条": (87, 95),
    "发挥数字金融在发展新质生产力中的重要作用": (96, 112),
    "奋力谱写数字经济高质量发展新篇章": (113, 126),
    "公共数据资源应当“富矿精开”": (127, 136),
    "构建公共数据资源开发利用新格局": (137, 155),
    "合力引导上市公司数字化转型": (156, 164),
    "激活公共数据 共享数字红利": (165, 172),
    "技术封建主义：数智时代的资本主义批判": (173, 185),
    "加快形成以人工智能为引擎的新质生产力": (186, 202),
    "健全与全国一体化数据市场相适应的治理体系": (203, 216),
    "数据资产：新质生产力的创新引擎": (217, 225),
    "数智技术赋能乡村治理现代化": (226, 241),
    "数字赋能服务消费高质量发展": (242, 258),
    "数字技术赋能扩大消费": (259, 269),
    "数字技术助推精神生活共同富裕": (270, 293),
    "数字文化产品破圈 呼唤人才培养破题": (294, 301),
    "推动数据要素收益全民共享": (302, 308),
    "完善工业互联网创新体系": (309, 316),
    "以AI赋能数字电网发展": (317, 341),
    "以数实深度融合为抓手加快发展新质生产力": (342, 355),
    "以数字产业集群为载体推动区域协调发展": (356, 364),
}
HEADINGS = {
    "以AI赋能数字电网发展": ["顺应AI发展浪潮 势在必行", "拥抱新质生产力 数智驱动", "推动电网转型升级 成果落地"],
    "打造具有国际竞争力的数字产业集群": [
        "1.数字产业集群是数字产业发展到一定阶段的产物",
        "2.准确把握我国数字产业集群的发展趋势",
        "3.协同发力打造具有国际竞争力的数字产业集群",
    ],
    "数字技术助推精神生活共同富裕": [
        "数字技术具有赋能精神生活共同富裕的内在能力",
        "实现精神生活共同富裕是中国共产党重要的初心和使命",
        "有效促进数字技术赋能精神生活共同富裕",
    ],
    "技术封建主义：数智时代的资本主义批判": [
        "技术封建主义的兴起与“从契约到身份”的退步",
        "技术封建主义的弊病无法在资本主义框架内被克服",
    ],
    "打造数智化轻工业链条": [],
    "推动工业互联网发展的重要着力点": [
        "一、新的发展阶段是我市发展工业互联网的重要风口",
        "二、新的发展阶段推动我市工业互联网发展的重要着力点",
    ],
    "推進數實融合，加速發展新質生產力": [
        "推進數實融合，加速發展新質生產力",
        "發揮產業互聯網平臺作用，打造數字化轉型直效通道",
        "推動技術和產業融合，加速發展新質生產力",
    ],
    "工信部金壯龍：加快推進元宇宙、人工智能等前沿技術研發和應用推廣": [
        "構建以先進制造業爲骨幹的現代化產業體系——訪工業和信息化部黨組書記、部長金壯龍",
        "站在新的更高起點上，鞏固增強工業經濟回升向好態勢",
        "加快釋放發展新動能，以科技創新推動產業創新",
        "加快建設現代化產業體系，推動產業體系優化升級",
        "全面提升企業綜合實力，加快建設世界一流企業",
    ],
}


@pytest.fixture(scope="module")
def articles(sample: Built) -> dict[str, Article]:
    return {article.title.value: article for article in sample.digest.articles}


def page_of(sample: Built, site: Path, title: str) -> str:
    """The main text of an article's rendered page, without the places that its summary leads to."""
    place = [article.title.value for article in sample.digest.articles].index(title)
    path = sample.digest.paths[place].removesuffix(".md")
    rendered = (site / path / "index.html").read_text("utf-8")
    text = re.search(r"<article.*?</article>", rendered, re.DOTALL)[0]  # type: ignore[index]
    return re.sub(r"</?span[^>]*>", "", text)


def front_matter(project: Path, sample: Built, title: str) -> KnownPage:
    place = [article.title.value for article in sample.digest.articles].index(title)
    path = sample.digest.paths[place]
    return read_page(path, (project / "docs" / path).read_text("utf-8"))


def test_there_are_28_articles(sample: Built, articles: dict[str, Article]) -> None:
    assert len(sample.digest.articles) == len(articles) == 28
    assert set(EXTENTS) < set(articles)


@pytest.mark.parametrize("title", EXTENTS)
def test_each_article_of_the_compilation_has_its_lines(articles: dict[str, Article], title: str) -> None:
    own = [origin for origin in articles[title].origins if origin.file == COMPILATION]
    assert [(origin.first, origin.last) for origin in own] == [EXTENTS[title]]
    assert articles[title].period == "2025-01/2025-03"
    assert articles[title].collection == "2025年1-3月数字经济类公文堂网编"


def test_the_compilation_keeps_its_word(sample: Built) -> None:
    reading = next(reading for reading in sample.digest.ledger if reading.path == COMPILATION)
    assert (reading.kind, reading.declared, len(reading.articles)) == ("compilation", 25, 25)
    fates = {line.number: (line.fate, line.article) for line in reading.lines}
    assert fates[1] == ("title", None)
    assert {fates[n] for n in range(2, 29)} == {("contents", None)}
    assert {fates[n] for n in range(365, 370)} == {("boilerplate", None)}
    assert [fates[n][0] for n in (270, 271, 272)] == ["title", "body", "title"]
    inside = [line for line in reading.lines if line.article is not None]
    assert {line.fate for line in inside} == {"title", "heading", "body"}


@pytest.mark.parametrize("title", HEADINGS)
def test_section_headings_are_headings(articles: dict[str, Article], title: str) -> None:
    assert [block.text for block in articles[title].blocks if block.kind == "heading"] == HEADINGS[title]


@pytest.mark.parametrize("title", HEADINGS)
def test_headings_are_headings_on_the_page(sample: Built, site: Path, title: str) -> None:
    page = page_of(sample, site, title).split("digest:derived")[0]
    shown = [html.unescape(re.sub(r"<[^>]+>", "", h)) for h in re.findall(r"<h[2-6][^>]*>(.*?)</h", page, re.DOTALL)]
    assert [h for h in shown if h != "摘要"] == HEADINGS[title]


def test_one_article_stands_in_two_sources(project: Path, site: Path, sample: Built) -> None:
    meta = front_matter(project, sample, "完善工业互联网创新体系").meta
    assert meta["date"] == datetime.date(2025, 3, 15)
    assert meta["source"] == "经济日报"
    assert meta["period"] == "2025-01/2025-03"
    assert [origin["file"] for origin in meta["origins"]] == ["002_f00e516df2fcacf4.txt", COMPILATION]
    page = page_of(sample, site, "完善工业互联网创新体系")
    assert "统计显示，我国至今已累计建成万余家智能工厂" in page
    assert "连接工业设备超9600万台（套）" in page
    assert "生活指南" not in page
    assert "汤飞帆" not in page
    assert "标签" not in page


def test_003_has_its_byline_and_nothing_of_the_footer(project: Path, site: Path, sample: Built) -> None:
    title = "推动工业互联网发展的重要着力点"
    meta = front_matter(project, sample, title).meta
    assert meta["authors"] == ["陈超贤"]
    assert meta["affiliations"] == ["青岛市委党校管理学教研部", "青岛市情中心"]
    assert meta["date"] == datetime.date(2021, 1, 5)
    assert "source" not in meta
    page = page_of(sample, site, title)
    assert "为复工复产提供资金保障。</p>" in page
    for left_out in ("作者单位", "网站地图", "鲁ICP备", "当前位置", "版权所有", "发布日期"):
        assert left_out not in page


def test_001_takes_its_title_from_the_end_and_no_date_from_anywhere(project: Path, site: Path, sample: Built) -> None:
    title = "工信部金壯龍：加快推進元宇宙、人工智能等前沿技術研發和應用推廣"
    meta = front_matter(project, sample, title).meta
    assert "date" not in meta
    assert meta["source"] == "人民網"
    assert meta["url"] == "https://www.torrentbusiness.com/article/85740.html"
    assert meta["source_tags"] == ["元宇宙"]
    assert meta["script"] == "zh-Hant"
    assert "inferred" not in meta
    page = page_of(sample, site, title)
    assert page.count("<strong>記者：</strong>") == 4
    assert page.count("<strong>金壯龍：</strong>") == 4
    assert "鄭重聲明" not in page
    assert "**" not in page


def test_000_has_an_inferred_title_and_is_repaired(project: Path, site: Path, sample: Built) -> None:
    title = "推進數實融合，加速發展新質生產力"
    meta = front_matter(project, sample, title).meta
    assert meta["inferred"] == ["title"]
    assert "date" not in meta
    page = page_of(sample, site, title)
    for said in (
        "自主研發和產業發展需要相輔相成。“在以大模型為代表的AI技術創新大潮中，需要",
        "建立自主研發和產業發展相輔相成的正循環。”曹鵬建議，以政策引導",
        "在這場AI競賽中取得先機。“建議抓住大模型發展的契機，通過政策",
    ):
        assert said in page
    reading = next(reading for reading in sample.digest.ledger if reading.path.startswith("000"))
    assert [repair.line for repair in reading.account().repairs] == [16, 16, 17]
    assert "<em>曹鵬 全國政協委員、京東集團技術委員會主席</em>" in page


def test_nothing_of_the_sample_is_worse_than_a_note(sample: Built) -> None:
    assert {problem.severity for problem in sample.digest.problems} == {"note"}


def test_the_sources_are_as_received(sample: Built) -> None:
    assert {reading.path: reading.sha256[:6] for reading in sample.digest.ledger} == {
        "000_007830c22e4ddc28.txt": "177a51",
        "001_efc6a8f08379ddbf.txt": "d309bb",
        "002_f00e516df2fcacf4.txt": "750691",
        "003_166173924e4b7732.txt": "1e5a8b",
        COMPILATION: "c55146",
    }
    assert sorted(path.name for path in (ROOT / "corpus").glob("*.txt")) == [r.path for r in sample.digest.ledger]


def test_every_page_has_one_first_heading_and_no_stray_markup(site: Path) -> None:
    pages = sorted(site.rglob("index.html"))
    assert len(pages) > 60
    for path in pages:
        text = path.read_text("utf-8")
        assert text.count("<h1") == 1, path
        main = re.sub(r"<(script|style).*?</\1>", "", text, flags=re.DOTALL)
        assert "**" not in main, path

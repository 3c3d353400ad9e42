"""An editor's week, from one end to the other, with the commands that an editor uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_digest.cli import main
from build_digest.editors.new_page import PLACEHOLDER
from build_digest.settings import read_settings

from .corpora import PARAGRAPHS, Workshop

WATER, FIRE = (
    "articles/he-gu-ri-bao/shui-ku-xu-shui-bao-guan-gai.md",
    "articles/jie-fang-bao/lao-cheng-qu-zhuang-shang-bao-jing-qi.md",
)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    (tmp_path / "河谷日报").mkdir()
    (tmp_path / "河谷日报/水.txt").write_text("\n".join(["水库蓄水保灌溉", *PARAGRAPHS["水"]]), "utf-8")
    assert main(["init"]) == 0
    shop = Workshop.__new__(Workshop)
    shop.settings = read_settings(tmp_path / "mkdocs.yml").override(jobs=1)
    return shop


def test_a_week(shop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    site = Path("site")

    def publish() -> None:
        """What the workflow does on a push."""
        capsys.readouterr()
        assert main(["check", "--strict", "--format", "github"]) == 0, capsys.readouterr().out
        assert main(["site", "--strict", "--site", "site"]) == 0

    def shows(address: str, text: str) -> bool:
        page = site / address / "index.html"
        return page.is_file() and text in page.read_text("utf-8")

    # Monday: a source and a page of one's own come in.
    shop.write_source("街坊报/火.txt", "老城区装上报警器", *PARAGRAPHS["火"])
    assert main(["new", "编者的话"]) == 0
    own = shop.settings.docs / "pages/bian-zhe-de-hua.md"
    own.write_text(
        own.read_text("utf-8").replace("tags: []", "tags: [农业]").replace(PLACEHOLDER, "这一期说水。"), "utf-8"
    )
    publish()
    assert shows("articles/jie-fang-bao/lao-cheng-qu-zhuang-shang-bao-jing-qi", PARAGRAPHS["火"][0])
    assert shows("topics/nong-ye", "编者的话")

    # Tuesday: an article is mended; then its source changes too, and the new text waits.
    shop.edit(WATER, "多一成，", "多一成半，")
    publish()
    assert shows("articles/he-gu-ri-bao/shui-ku-xu-shui-bao-guan-gai", "多一成半")
    shop.write_source("河谷日报/水.txt", "水库蓄水保灌溉", *PARAGRAPHS["水"], "后来又下了一场雨。")
    publish()
    assert shows("articles/he-gu-ri-bao/shui-ku-xu-shui-bao-guan-gai", "多一成半")
    assert not shows("articles/he-gu-ri-bao/shui-ku-xu-shui-bao-guan-gai", "一场雨")
    assert not list(site.rglob("*.new"))
    assert main(["accept", WATER]) == 0
    publish()
    assert shows("articles/he-gu-ri-bao/shui-ku-xu-shui-bao-guan-gai", "一场雨")

    # Wednesday: a page gets another name; its old address leads there.
    (shop.settings.docs / WATER).rename(shop.settings.docs / "articles/he-gu-ri-bao/jin-nian-shui-duo.md")
    publish()
    assert shows("articles/he-gu-ri-bao/jin-nian-shui-duo", "一场雨")
    assert shows("articles/he-gu-ri-bao/shui-ku-xu-shui-bao-guan-gai", "页面已移")

    # Thursday: a page is taken out of the site, a source is removed.
    shop.write_source("木.txt", "林场间伐三分之一", *PARAGRAPHS["木"])
    publish()
    shop.set_key("articles/lin-chang-jian-fa-san-fen-zhi-yi.md", "publish", False)
    (shop.settings.corpus / "街坊报/火.txt").unlink()
    publish()
    assert not (site / "articles/lin-chang-jian-fa-san-fen-zhi-yi").exists()
    assert shows("articles/jie-fang-bao/lao-cheng-qu-zhuang-shang-bao-jing-qi", "来源已从文集中移出")
    assert "林场间伐" not in (site / "feed.xml").read_text("utf-8")

    # Friday: a bad rule and a bad page; both are named with a remedy, and nothing is lost.
    rule = shop.settings.corpus / "rules/mine.yml"
    rule.write_text("patterns:\n- {id: mine, pattern: '^广告', fate: boilerplate, weight: 3, example: 推广}\n", "utf-8")
    assert main(["site"]) == 2
    assert "rules/mine.yml" in capsys.readouterr().err
    rule.unlink()
    text = own.read_text("utf-8")
    own.write_text(text.replace("title: 编者的话", "title: 编者: 的话"), "utf-8")
    assert main(["check", "--format", "github"]) == 1
    assert f"::error file={own.relative_to(Path.cwd()).as_posix()},line=2" in capsys.readouterr().out
    own.write_text(text, "utf-8")
    publish()
    assert shows("pages/bian-zhe-de-hua", "编者的话")

"""The commands that editors use besides building: init, new, rules, accept, keep."""

from __future__ import annotations

import io
import json
import re
import shutil
import string
import sys
from pathlib import Path

import pytest
import yaml

from build_digest.checks.check_meta import KEYS
from build_digest.cli import main
from build_digest.editors import editing
from build_digest.editors.learn import LEARNED
from build_digest.errors import ConfigurationError
from build_digest.mkdocs_plugin import render_site
from build_digest.output import read_texts
from build_digest.progress import show_progress
from build_digest.settings import CACHE, read_settings
from build_digest.site.markdown import read_page
from build_digest.text.line_fold import fold_line

from .corpora import PARAGRAPHS, Workshop

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs/guide.md").read_text("utf-8")
WATER = "articles/shui-ku-xu-shui-bao-guan-gai.md"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    monkeypatch.chdir(tmp_path)
    shop = Workshop(tmp_path)
    shop.write_article("water.txt", "水库蓄水保灌溉", "水", "来源:河谷日报")
    shop.write_article("fire.txt", "老城区装上报警器", "火", "来源:街坊报")
    shop.build()
    return shop


def conflict(shop: Workshop) -> None:
    """An editor changes a page, and its source gets a further paragraph."""
    shop.edit(WATER, PARAGRAPHS["水"][1], "管理局说，今年的来水比去年多一成半。")
    shop.write_source("water.txt", "水库蓄水保灌溉", "来源:河谷日报", *PARAGRAPHS["水"], "后来又下了一场雨。")
    shop.build()


def assert_settled(shop: Workshop) -> None:
    """The page stays as it was settled; what follows from it is made once."""
    before = (shop.settings.docs / WATER).read_bytes()
    shop.build()
    assert (shop.settings.docs / WATER).read_bytes() == before
    assert not (shop.settings.docs / f"{WATER}.new").exists()
    built = shop.build()
    assert (built.written, built.removed) == (0, 0)


def test_a_project_around_a_folder_of_texts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {
        "水.txt": "\ufeff水库蓄水保灌溉\r\n" + "\r\n".join(PARAGRAPHS["水"]),
        "街坊报/火.txt": "\n".join(["老城区装上报警器", *PARAGRAPHS["火"]]),
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text.encode())
    (tmp_path / "README.md").write_text("我自己的说明\n", "utf-8")
    assert main(["init", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    for name, text in texts.items():
        assert (tmp_path / name).read_bytes() == (tmp_path / "corpus" / name).read_bytes() == text.encode()
    assert (tmp_path / "README.md").read_text("utf-8") == "我自己的说明\n"
    assert "README.md (there already" in out
    assert "+ .github/workflows/publish.yml" in out
    settings = read_settings(tmp_path / "mkdocs.yml").override(strict=True, jobs=1)
    problems = render_site(tmp_path / "mkdocs.yml", settings, None)
    assert [p for p in problems if p.severity != "note"] == []
    assert "水库蓄水" in (tmp_path / "site/articles/shui-ku-xu-shui-bao-guan-gai/index.html").read_text("utf-8")
    assert (tmp_path / "site/articles/jie-fang-bao/lao-cheng-qu-zhuang-shang-bao-jing-qi/index.html").is_file()
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert main(["init", str(tmp_path)]) == 0
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_project_says_which_files_are_no_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "水.txt").write_text("水库蓄水保灌溉\n" + "\n".join(PARAGRAPHS["水"]), "utf-8")
    (tmp_path / "笔记").mkdir()
    (tmp_path / "笔记/渠.md").write_text("# 看渠\n\n去看了渠。\n", "utf-8")
    (tmp_path / ".hidden").write_text("", "utf-8")
    assert main(["init", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "- 笔记/渠.md (no .txt file, not copied)" in said.out.splitlines()
    assert ".hidden" not in said.out
    assert "Only .txt files are sources." in said.err
    assert main(["init", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "not copied" not in said.out + said.err


def test_a_project_needs_a_folder(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "missing")]) == 2


@pytest.mark.parametrize("name", ["mkdocs.yml", "about.md", "guide.md"])
def test_the_templates_are_the_project_s_own(name: str) -> None:
    own = ROOT / (name if name == "mkdocs.yml" else f"docs/{name}")
    assert (ROOT / "build_digest/templates" / name).read_bytes() == own.read_bytes()


def test_a_project_leaves_out_what_this_one_leaves_out() -> None:
    own, template = (
        [line for line in path.read_text("utf-8").splitlines() if line.startswith(("/docs/", CACHE))]
        for path in (ROOT / ".gitignore", ROOT / "build_digest/templates/gitignore")
    )
    assert own == template
    assert f"{CACHE}/" in own


def test_the_commented_examples_are_right(shop: Workshop) -> None:
    rules = shop.settings.corpus / "rules"
    rules.mkdir()
    for name in ("rules.yml", "lines.yml", "topics.yml"):
        text = (ROOT / "build_digest/templates" / name).read_text("utf-8")
        head, _, example = text.partition("#\n")
        assert head
        (rules / name).write_text("\n".join(line[2:] for line in example.splitlines()), "utf-8")
    assert {use.id for use in editing.use_of_rules(shop.settings)} >= {"my-menu", "my-promotion"}


def test_a_new_page(shop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "第1章: 引言"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert path == Path("docs/pages/di-1-zhang-yin-yan.md")
    page = read_page("", path.read_text("utf-8"))
    assert page.meta["title"] == "第1章: 引言"
    path.write_text("mine", "utf-8")
    assert main(["new", "第1章: 引言"]) == 2
    assert path.read_text("utf-8") == "mine"
    assert main(["new", " "]) == 2


@pytest.mark.parametrize(
    ("command", "english", "chinese"),
    [
        ("build", "2 sources, 2 articles, ", "2 个来源，2 篇文章，"),
        ("rules", "   met decided  fate", "  命中 作主    去向"),
        ("learn", "changed; look at it", "有变化，看过再提交"),
        ("check --review", "# There is no line to review.", "# 没有待核的行。"),
        ("init", "(there already, left as it is)", "（已经有了，没有动）"),
    ],
)
def test_what_commands_print_follows_the_locale(
    shop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    english: str,
    chinese: str,
) -> None:
    for language, said in (("C", english), ("zh_CN.UTF-8", chinese)):
        monkeypatch.setenv("LC_ALL", language)
        (shop.settings.corpus / LEARNED).unlink(missing_ok=True)
        Path("README.md").touch()
        assert main(command.split()) == 0
        assert said in capsys.readouterr().out


def test_what_is_printed_is_there_in_both_languages() -> None:
    for name, texts in read_texts().items():
        assert set(texts) == {"en", "zh"}, name
        values = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in texts.values()]
        assert values[0] == values[1], name


def test_rules_and_their_hits(shop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    (shop.settings.corpus / "rules").mkdir()
    (shop.settings.corpus / "rules/mine.yml").write_text(
        "# comment\npatterns:\n- {id: mine, pattern: '^村民在渠边', fate: boilerplate, weight: 6, example: 村民在渠边}\n"
        "- {id: idle, pattern: '^订阅本刊', fate: boilerplate, weight: 3, example: 订阅本刊}\n"
        f"lines:\n- {{file: fire.txt, line: '{PARAGRAPHS['火'][2]}', fate: boilerplate}}\n",
        "utf-8",
    )
    uses = editing.use_of_rules(shop.settings)
    assert [use.met for use in uses] == sorted(use.met for use in uses)
    own = {use.id: (use.met, use.line) for use in uses if use.file == "rules/mine.yml"}
    assert (own["mine"], own["idle"]) == ((1, 3), (0, 4))
    assert (1, 6) in own.values()
    assert main(["rules"]) == 0
    assert "idle (rules/mine.yml:4)" in capsys.readouterr().out


def test_a_rule_is_tried_before_it_is_kept(
    shop: Workshop, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = Path("trial.yml")
    trial.write_text(f"lines:\n- {{file: water.txt, line: '{PARAGRAPHS['水'][2]}', fate: boilerplate}}\n", "utf-8")
    before = shop.snapshot()
    assert main(["rules", "--try", "trial.yml"]) == 0
    changes, _, uses = capsys.readouterr().out.partition("\n\n")
    assert changes == f"water.txt:5: body → boilerplate [editor] | {PARAGRAPHS['水'][2]}"
    assert "1       1  boilerplate water.txt: 村民在渠边" in uses
    topics = Path("topics-mine.yml")
    topics.write_text("- {name: 灌溉工程, terms: [灌溉, 蓄水, 水库, 闸门]}\n", "utf-8")
    assert main(["rules", "--try", "topics-mine.yml"]) == 0
    assert "灌溉工程" in capsys.readouterr().out
    other = Path("t.yml")
    other.write_text("# 新\n- name: 灌溉工程\n  terms: [灌溉, 蓄水]\n", "utf-8")
    assert main(["rules", "--try", "t.yml"]) == 0
    assert "灌溉工程" in capsys.readouterr().out
    other.write_text("- {name: 远洋捕捞, terms: [远洋渔船, 村民]}\n", "utf-8")
    for language, said, used in (
        (
            "C",
            "no change: no article",
            "远洋捕捞: given to 0 articles; articles that have the word: 远洋捕捞 0、远洋渔船 0、村民 1",
        ),
        ("zh_CN.UTF-8", "没有变化：没有一篇", "远洋捕捞：0 篇归入；有这个词的篇数：远洋捕捞 0、远洋渔船 0、村民 1"),
    ):
        monkeypatch.setenv("LC_ALL", language)
        assert main(["rules", "--try", "t.yml"]) == 0
        shown = capsys.readouterr().out
        assert said in shown
        assert used in shown
    other.write_text("# words:\n", "utf-8")
    assert main(["rules", "--try", "t.yml"]) == 0
    assert "去掉行首的 #" in capsys.readouterr().out
    assert shop.snapshot() == before
    assert main(["rules", "--try", "missing.yml"]) == 2
    trial.write_text("patterns:\n- {id: x, pattern: '(', fate: body, weight: 1, example: x}\n", "utf-8")
    assert main(["rules", "--try", "trial.yml"]) == 2
    assert "trial.yml:2: x：'(' 不是正则表达式" in capsys.readouterr().err


def test_the_new_text_is_accepted(shop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    conflict(shop)
    assert main(["accept"]) == 0
    shown = capsys.readouterr().out
    assert "- 管理局说，今年的来水比去年多一成半。" in shown
    assert "+ 后来又下了一场雨。" in shown
    assert main(["accept", f"docs/{WATER}.new"]) == 0
    assert not (shop.settings.docs / f"{WATER}.new").exists()
    assert "后来又下了一场雨" in shop.page(WATER).body
    assert "多一成半" not in shop.page(WATER).body
    assert_settled(shop)
    shop.write_article("water.txt", "水库蓄水保灌溉", "水", "来源:河谷日报")
    shop.build()
    assert "后来又下了一场雨" not in shop.page(WATER).body


def test_a_text_merged_by_hand_is_accepted_as_an_edit(shop: Workshop) -> None:
    conflict(shop)
    beside = shop.settings.docs / f"{WATER}.new"
    beside.write_text(beside.read_text("utf-8").replace("一场雨", "两场雨"), "utf-8")
    assert main(["accept", WATER]) == 0
    assert_settled(shop)
    assert "两场雨" in shop.page(WATER).body


def test_the_edited_page_is_kept(shop: Workshop) -> None:
    conflict(shop)
    before = shop.page(WATER)
    assert main(["keep", WATER]) == 0
    assert not (shop.settings.docs / f"{WATER}.new").exists()
    assert shop.page(WATER).body == before.body
    assert_settled(shop)
    shop.write_source("water.txt", "水库蓄水保灌溉", "来源:河谷日报", *PARAGRAPHS["水"], "雨停了以后水更多。")
    shop.build()
    assert "雨停了" in (shop.settings.docs / f"{WATER}.new").read_text("utf-8")


def test_a_waiting_page_goes_by_its_name(shop: Workshop) -> None:
    conflict(shop)
    assert (shop.settings.docs / "provenance" / Path(WATER).name).is_file()
    assert main(["accept", Path(WATER).name]) == 0
    assert_settled(shop)


def test_only_a_waiting_page_can_be_settled(shop: Workshop) -> None:
    for name in (WATER, "articles/missing.md", "missing.md", "../outside.md"):
        with pytest.raises(ConfigurationError):
            editing.settle_page(shop.settings, name, "accept")
    shutil.rmtree(shop.settings.docs)
    assert main(["keep", WATER]) == 2


def test_commands_say_in_chinese_what_they_did(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    pile = Path("文稿")
    pile.mkdir()
    (pile / "木.txt").write_text("林场间伐三分之一", "utf-8")
    said = {}
    for command in ("init 文稿", "init  文稿", "build", "check", "accept", "learn", "explain water.txt"):
        assert main(command.split()) == 0
        said[command] = "".join(capsys.readouterr())
    assert ".txt 文件已复制到 corpus/，它们在外面的原件可以移走。\n接下来运行 build-digest site\n" in said["init 文稿"]
    assert "mkdocs.yml（已经有了，没有动）" in said["init  文稿"]
    assert "已复制" not in said["init  文稿"]
    assert re.search(r"^2 个来源，2 篇文章，写了 \d+ 个文件，删了 0 个$", said["build"], re.MULTILINE)
    assert said["check"] == "没有发现问题。\n"
    assert said["accept"] == "没有待定的新文字。\n"
    assert said["learn"] == "corpus/rules/learned.yml：有变化，看过再提交\n"
    assert said["explain water.txt"].startswith("water.txt：单篇文章，编码 utf-8，5 行，1 篇\n")
    conflict(shop)
    assert main(["accept"]) == 0
    assert "采用新的：build-digest accept 页面" in capsys.readouterr().err
    assert main(["keep", WATER]) == 0
    assert "保持现在的文字" in capsys.readouterr().err


def test_help_is_in_the_readers_language(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for language, words in (("C", "live preview of the site"), ("zh_CN.UTF-8", "边写边看")):
        monkeypatch.setenv("LC_ALL", language)
        with pytest.raises(SystemExit):
            main(["--help"])
        shown = capsys.readouterr().out
        assert words in shown
        for command in re.findall(r"^    ([a-z]+) ", shown, re.MULTILINE):
            with pytest.raises(SystemExit) as left:
                main([command, "-h"])
            assert left.value.code == 0
            capsys.readouterr()


def test_a_source_goes_by_its_name_where_no_other_has_it(shop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    shop.write_article("河谷/木.txt", "林场间伐三分之一", "木")
    Path("河谷").mkdir()
    Path("河谷/木.txt").write_text("另一个文件", "utf-8")
    for name in ("木.txt", "河谷/木.txt", "corpus/河谷/木.txt"):
        assert main(["explain", name]) == 0
        assert capsys.readouterr().out.startswith("河谷/木.txt: article")
    shop.write_article("山/木.txt", "林场间伐三分之一", "木")
    assert main(["explain", "木.txt"]) == 2


def test_every_command_of_the_guide_is_one(shop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands that the editors' guide shows, run as written where they end by themselves, on this corpus."""
    conflict(shop)
    (shop.settings.docs / WATER).rename(shop.settings.docs / "articles/mou-pian.md")
    (shop.settings.docs / f"{WATER}.new").unlink()
    shop.write_article("某文件.txt", "林场间伐三分之一", "木")
    for name, language in (("新规则.yml", "patterns"), ("topics-新.yml", "- name")):
        Path(name).write_text(next(text for text in _examples() if text.startswith(language)), "utf-8")
    commands = re.findall(r"^    build-digest (.*)$", GUIDE, re.MULTILINE)
    assert len(commands) >= 10
    for command in commands:
        if command == "site":
            continue
        if command.startswith(("accept d", "keep")):
            conflict_again(shop)
        assert main(command.split()) == 0, command
    assert "林场间伐三分之一" in capsys.readouterr().out


def test_the_guide_shows_what_a_wrong_rule_says(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    rule = "id: my-promotion, fate: boilerplate, weight: 4, pattern: '^欢迎订阅本刊', example: 欢迎关注本刊"
    (shop.settings.corpus / "rules").mkdir()
    (shop.settings.corpus / "rules/my.yml").write_text(f"patterns:\n- {{{rule}}}\n", "utf-8")
    assert main(["build"]) == 2
    assert f"```text\n{capsys.readouterr().err}```" in GUIDE


def test_the_decision_that_the_guide_shows_is_one(shop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    shop.write_source(
        "经济日报/某文件.txt", "林场间伐三分之一", *PARAGRAPHS["木"], "本文由编辑部整理", *PARAGRAPHS["火"]
    )
    Path("lines.yml").write_text(next(text for text in _examples() if text.startswith("lines")), "utf-8")
    assert main(["rules", "--try", "lines.yml"]) == 0
    assert "→ boilerplate [editor] | 本文由编辑部整理" in capsys.readouterr().out


def conflict_again(shop: Workshop) -> None:
    """The editor changes the page once more, and so does its source."""
    page = shop.settings.docs / "articles/mou-pian.md"
    text = page.read_text("utf-8")
    page.write_text(text.replace("不再争抢。\n", "不再争抢了。\n"), "utf-8")
    number = len((shop.settings.corpus / "water.txt").read_text("utf-8"))
    shop.write_source("water.txt", "水库蓄水保灌溉", "来源:河谷日报", *PARAGRAPHS["水"], f"后来又下了{number}场雨。")
    shop.build()


def _examples() -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


def test_the_keys_of_the_guide_are_those_of_check() -> None:
    rows = re.findall(r"^\| (\w+) \|.*\| `(.*)` \|$", GUIDE, re.MULTILINE)
    assert {key for key, _ in rows} <= set(KEYS)
    for key, example in rows:
        value = yaml.safe_load(example)[key]
        assert isinstance(value, KEYS[key][0])


def learned(shop: Workshop) -> str:
    return (shop.settings.corpus / LEARNED).read_text("utf-8")


def test_what_the_corpus_teaches(shop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    menu = "河谷频道 - 水利版面"
    for number, key in enumerate("水火木"):
        lines = [f"{key}的{number}号文章写在这里", *PARAGRAPHS[key], menu, f"只出现一次的{key}"]
        shop.write_source(f"河谷日报/{number}.txt", *lines)
    shop.write_source("河谷日报/copy.txt", "木的2号文章写在这里", *PARAGRAPHS["木"], "只出现一次的木")
    assert main(["learn"]) == 0
    assert "changed" in capsys.readouterr().out
    entries = yaml.safe_load(learned(shop))["words"]
    assert [(entry["site"], entry["words"]) for entry in entries] == [("河谷日报", [fold_line(menu)])]
    before = learned(shop)
    assert main(["learn"]) == 0
    assert "as it was" in capsys.readouterr().out
    assert learned(shop) == before
    reading = next(r for r in shop.build().digest.ledger if r.path == "河谷日报/0.txt")
    assert next(line for line in reading.lines if line.text == menu).fate == "boilerplate"


def test_phrases_that_no_topic_has_are_proposed(shop: Workshop) -> None:
    sentences = "渡槽维修队巡查了渡槽。渡槽漏水的地方补好了。渡槽下面的路也修平了。"
    for number, key in enumerate("水火木"):
        shop.write_source(f"{number}.txt", f"第{number}次渡槽维修", *PARAGRAPHS[key], sentences)
    main(["learn"])
    assert re.search(r"^# - 渡槽\S* \(3\)$", learned(shop), re.MULTILINE)
    assert yaml.safe_load(learned(shop)) == {"words": []}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_on_a_terminal_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", Terminal())
    assert list(show_progress(range(100), 100)) == list(range(100))
    shown = sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert shown.endswith("########] 100/100\n")
    assert 35 < shown.count("\r") < 45
    monkeypatch.setattr("sys.stderr", io.StringIO())
    assert list(show_progress(range(100), 100)) == list(range(100))
    assert list(show_progress([], 0)) == []
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


def test_results_are_kept_beside_the_configuration_unless_they_are_not_wanted(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shop.settings.docs.parent
    monkeypatch.chdir(folder)
    (folder / "mkdocs.yml").write_text("plugins: [digest]\n", "utf-8")
    assert main(["build", "--no-cache"]) == 0
    assert not (folder / CACHE).exists()
    assert main(["build"]) == 0
    assert [path.name for path in (folder / CACHE).iterdir()] == ["results.sqlite"]


def test_a_page_by_hand_as_an_editor_writes_it(tmp_path: Path) -> None:
    (tmp_path / "水.txt").write_text("水库蓄水保灌溉\n" + "\n".join(PARAGRAPHS["水"]), "utf-8")
    assert main(["init", str(tmp_path)]) == 0
    (tmp_path / "docs/pages").mkdir()
    page = "---\ntitle: 看渠\ndate: 2025年3月19日\nauthors: 郑凯\n---\n\n去看了渠。\n\n<!-- 还要改 -->\n"
    (tmp_path / "docs/pages/kan-qu.md").write_text(page, "utf-8")
    render_site(tmp_path / "mkdocs.yml", read_settings(tmp_path / "mkdocs.yml").override(jobs=1), None)
    (item,) = (
        one for one in json.loads((tmp_path / "site/feed.json").read_text("utf-8"))["items"] if one["title"] == "看渠"
    )
    assert (item["date_published"], item["authors"]) == ("2025-03-19T00:00:00Z", [{"name": "郑凯"}])
    assert "还要改" not in item["content_html"]
    html = (tmp_path / "site/pages/kan-qu/index.html").read_text("utf-8")
    assert '<meta name="author" content="郑凯">' in html
    assert html.count('"Person"') == 1
    assert re.search(r"<dt>作者</dt><dd>(<a [^>]*>)?郑凯<", html)


def test_a_source_is_explained(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop.settings.corpus / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    assert main(["explain", "water.txt"]) == 0
    head, legend, first, *_ = capsys.readouterr().out.split("\n")
    assert head == "water.txt: article, utf-8, 5 lines, 1 article"
    assert legend.split(", ")[:3] == ["  line", "+ if kept", "fate"]
    assert first.startswith("     1 + title")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert main(["explain", "water.txt"]) == 0
    assert "行号" in capsys.readouterr().out
    assert main(["explain", "picture.txt"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("错误: picture.txt: 来源文件不是文本（72 字节，PNG 图片）")
    assert said.count("\n") == 1

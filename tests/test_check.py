"""`check`: planted faults are found on their lines, sound pages give nothing, and the words come in two languages."""

from __future__ import annotations

import ast
import json
import re
from itertools import groupby
from pathlib import Path

import pytest
import yaml

from build_digest.build import Built
from build_digest.checks import check as checking
from build_digest.checks.check import check
from build_digest.checks.check_marks import find_unbalanced
from build_digest.checks.check_meta import check_meta
from build_digest.checks.messages import catalogue, make_problem, translate
from build_digest.checks.sheets import make_sheet
from build_digest.cli import main
from build_digest.editors.new_page import new_page
from build_digest.known_pages import read_known
from build_digest.model import Problem, Repair, Repaired
from build_digest.rulebook import load_rulebook
from build_digest.settings import Settings, read_settings

from .corpora import PARAGRAPHS, Workshop

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(__file__).parent / "check"
FAULTS = yaml.safe_load((DATA / "faults.yml").read_text("utf-8"))
SOUND = yaml.safe_load((DATA / "sound.yml").read_text("utf-8"))
WATER = "articles/shui-ku-xu-shui-bao-guan-gai.md"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    shop = Workshop(tmp_path_factory.mktemp("check"))
    shop.write_article("water.txt", "水库蓄水保灌溉", "水", "来源:河谷日报")
    (shop.settings.docs / "about.md").write_text("---\ntitle: 关于\n---\n\n## 联系\n\n写信来。\n", "utf-8")
    (shop.settings.docs / "assets").mkdir()
    (shop.settings.docs / "assets/图.png").write_bytes(b"")
    (shop.settings.docs / "pages").mkdir()
    shop.build()
    return shop


def write(shop: Workshop, name: str, text: str) -> None:
    (shop.settings.docs / name).parent.mkdir(exist_ok=True)
    (shop.settings.docs / name).write_bytes(text.encode())


def found(settings: Settings, file: str) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.line) for problem in check(settings) if problem.file == file]


def test_each_planted_fault_is_found_on_its_line(base: Workshop) -> None:
    assert len(FAULTS) >= 30
    for number, fault in enumerate(FAULTS):
        write(base, f"pages/{number}.md", fault["page"])
    problems = check(base.settings)
    for number, fault in enumerate(FAULTS):
        here = [(p.code, p.line) for p in problems if p.file == f"pages/{number}.md"]
        (base.settings.docs / f"pages/{number}.md").unlink()
        assert here == [(fault["code"], fault["line"])], fault
    assert all(p.message and p.remedy for p in problems)


def test_nothing_is_said_of_sound_pages(base: Workshop) -> None:
    assert len(SOUND) >= 30
    for number, page in enumerate(SOUND):
        write(base, f"pages/{number}.md", page)
    problems = check(base.settings)
    for number in range(len(SOUND)):
        (base.settings.docs / f"pages/{number}.md").unlink()
    assert problems == ()


def test_the_project_itself_gives_notes_at_most(project: Path) -> None:
    problems = check(read_settings(project / "mkdocs.yml").override(jobs=1))
    assert [p for p in problems if p.severity != "note"] == []


def test_check_writes_nothing(base: Workshop) -> None:
    before = base.snapshot()
    check(base.settings)
    assert base.snapshot() == before


def test_an_edited_article_is_checked_like_a_page_by_hand(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.write_source("water.txt", "水库蓄水保灌溉", *PARAGRAPHS["水"], "他说：“引号没有合上。")
    shop.build()
    assert [(p.code, p.severity) for p in check(shop.settings)] == [("unbalanced", "note")]
    shop.edit(WATER, "管理局说，", "管理局说，\n")
    assert [(p.code, p.severity) for p in check(shop.settings)] == [
        ("broken-line", "warning"),
        ("unbalanced", "warning"),
    ]


def test_damage_that_repair_knows(base: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    def repair(text: str) -> Repaired:
        at = text.find("霸谝")
        return Repaired(text, (Repair(at, at + 2, "霸谝", "“在", "gbk"),) if at >= 0 else ())

    monkeypatch.setattr("build_digest.checks.check_text.repair_text", repair)
    write(base, "pages/damaged.md", "---\ntitle: 甲\n---\n\n他说?!霸谝源。\n")
    result = found(base.settings, "pages/damaged.md")
    (base.settings.docs / "pages/damaged.md").unlink()
    assert result == [("damage", 5)]


def rule(shop: Workshop, text: str) -> None:
    (shop.settings.corpus / "rules").mkdir(exist_ok=True)
    (shop.settings.corpus / "rules/mine.yml").write_text(text, "utf-8")


def test_rules_of_an_editor(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.write_article("water.txt", "水库蓄水保灌溉", "水")
    shop.write_article("fire.txt", "老城区装上报警器", "火")
    rule(
        shop,
        "patterns:\n"
        "- {id: idle, pattern: '^订阅本刊', fate: boilerplate, weight: 3, example: 订阅本刊}\n"
        "- {id: greedy, pattern: '^村民', fate: boilerplate, weight: 6, example: 村民信箱}\n",
    )
    problems = [p for p in check(shop.settings) if "rule" in p.code]
    assert [(p.code, p.file, p.line) for p in problems] == [
        ("unused-rule", "rules/mine.yml", 2),
        ("rule-catches-text", "water.txt", 4),
    ]
    assert "greedy (rules/mine.yml:3)" in problems[1].message


def test_decisions_on_lines_that_are_not_there(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.write_article("谷/water.txt", "水库蓄水保灌溉", "水")
    line = PARAGRAPHS["水"][2]
    rule(
        shop,
        "lines:\n"
        f"- {{file: 谷/water.txt, line: '{line}', fate: boilerplate}}\n"
        f"- {{file: water.txt, line: '{line}', fate: boilerplate}}\n"
        f"- {{file: 谷/water.txt, line: '{line[:9]}', fate: boilerplate}}\n"
        f"- line: {line}\n  file: corpus/谷/water.txt\n  fate: body\n",
    )
    problems = check(shop.settings)
    assert [(p.code, p.line) for p in problems] == [
        ("line-of-no-source", 3),
        ("line-not-there", 4),
        ("line-of-no-source", 5),
    ]
    assert line[:9] in problems[1].message


def test_topics_of_an_editor_that_no_article_has(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.write_article("water.txt", "水库蓄水保灌溉", "水")
    (shop.settings.docs / "note.md").write_text("---\ntitle: 甲\ntags: [航运]\n---\n\n写信来。\n", "utf-8")
    rule(shop, "- {name: 航运}\n- name: 灌溉\n  terms: [蓄水]\n- terms: [远洋渔船]\n  name: 远洋捕捞\n")
    problems = check(shop.settings)
    assert [(p.code, p.severity, p.file, p.line) for p in problems] == [("unused-topic", "note", "rules/mine.yml", 5)]
    assert "远洋捕捞" in problems[0].message


def test_links_to_pages_that_are_out_of_the_site(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.write_article("water.txt", "水库蓄水保灌溉", "水")
    shop.build()
    shop.set_key(WATER, "publish", False)
    write(shop, "note.md", f"---\ntitle: 甲\n---\n\n[水]({WATER})\n\n[表](topics/)\n")
    assert found(shop.settings, "note.md") == [("dead-link", 5)]


@pytest.mark.parametrize(
    ("alias", "other", "taken"),
    [
        ("pages/b/", {"pages/b.md": "---\ntitle: 乙\n---\n\n乙。\n"}, True),
        ("old/", {"old/index.md": "---\ntitle: 旧\n---\n\n旧。\n"}, True),
        ("old/", {"old/README.md": "---\ntitle: 旧\n---\n\n旧。\n"}, True),
        ("files/a.pdf/", {"files/a.pdf": "x"}, True),
        ("feed.xml/", {}, True),
        ("pages/a/", {}, True),
        ("topics/", {}, True),
        ("pages/b/", {"pages/b.md": "---\ntitle: 乙\npublish: false\n---\n\n乙。\n"}, False),
        ("files/", {"files/a.pdf": "x"}, False),
        ("old/", {}, False),
        ("../old/", {}, False),
    ],
)
def test_an_alias_whose_place_is_taken(
    base: Workshop, monkeypatch: pytest.MonkeyPatch, alias: str, other: dict[str, str], taken: bool
) -> None:
    base.build()
    write(base, "pages/a.md", f"---\ntitle: 甲\naliases:\n- ok/\n- {alias}\n---\n\n甲。\n")
    for path, text in other.items():
        write(base, path, text)
    problems = [(p.file, p.line) for p in check(base.settings) if p.code == "taken-alias"]
    for path in ("pages/a.md", *other):
        (base.settings.docs / path).unlink()
    assert problems == ([("pages/a.md", 5)] if taken else [])


def test_without_folders_for_pages_an_alias_may_be_a_folder(base: Workshop) -> None:
    write(base, "pages/a.md", "---\ntitle: 甲\naliases: [pages/a/]\n---\n\n甲。\n")
    problems = [p.code for p in check(base.settings.override(directory_urls=False))]
    (base.settings.docs / "pages/a.md").unlink()
    assert problems == []


def test_every_problem_of_the_project_can_be_said_in_chinese(base: Workshop, sample: Built) -> None:
    odd = Path(base.settings.corpus)
    (odd / "notes.docx").write_bytes(b"x")
    (odd / "empty.txt").write_bytes(b"")
    (odd / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (odd / "damaged.txt").write_bytes("\n".join(PARAGRAPHS["火"]).encode().replace(b"\n", b"\xff\xfe\xff\n", 1))
    write(base, "pages/broken.md", FAULTS[0]["page"])
    problems = [*check(base.settings), *sample.digest.problems]
    for name in ("notes.docx", "empty.txt", "picture.txt", "damaged.txt"):
        (odd / name).unlink()
    (base.settings.docs / "pages/broken.md").unlink()
    assert len({p.code for p in problems}) >= 6
    for problem in problems:
        said = translate(problem, "zh")
        assert said.message != problem.message, problem
        assert said.remedy != problem.remedy
        assert translate(problem, "en") == problem
    said_of = {p.file: translate(p, "zh").message for p in problems}
    assert "（72 字节，PNG 图片）" in said_of["picture.txt"]


def test_the_catalogue_is_whole() -> None:
    for code, messages in catalogue().items():
        for message in messages:
            assert message.severity in ("note", "warning", "error")
            names = {f"{{{part}}}" for text in message.zh for part in _names(text)}
            assert names <= {f"{{{part}}}" for text in message.en for part in _names(text)}, code
    values = {"key": "k", "value": "v", "kind": "a text", "example": "k: …"}
    problem = translate(make_problem("wrong-type", "a.md", 1, **values), "zh")
    assert "k 的值 v" in problem.message
    unknown = Problem("a", 1, "note", "no-such-code", "says", "Do.")
    assert translate(unknown, "zh") == unknown


def test_every_problem_has_its_words_in_the_catalogue() -> None:
    """The code of each problem that is made anywhere, and its message in English, stand there."""
    made = []
    for path in sorted((ROOT / "build_digest").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                code = {"make_problem": 0, "Problem": 3}.get(node.func.id)
                if code is not None and len(node.args) > code:
                    made += [n.value for n in ast.walk(node.args[code]) if isinstance(n, ast.Constant)]
    assert len(made) > 25
    assert set(made) <= set(catalogue())


def test_a_value_that_a_message_gives_twice_is_translated() -> None:
    problem = make_problem("copied-page", "b.md", None, original="articles/甲.md")
    assert translate(problem, "zh").message == "是 articles/甲.md 的复制件，没有动它；文章的页面仍是 articles/甲.md"


def _names(text: str) -> list[str]:
    return re.findall(r"(?<!{){(\w+)}", text)


def test_the_language_follows_the_locale(
    base: Workshop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(base.settings.docs.parent)
    write(base, "pages/x.md", "---\ntitle: 甲\n---\n\n这里（没有合上。\n")
    for locale, severity, said in (
        ("zh_CN.UTF-8", "警告", "没有与之配对的另一半。补上"),
        ("C.UTF-8", "warning", "has a （ without its counterpart. Put"),
    ):
        monkeypatch.setenv("LC_ALL", locale)
        assert main(["check"]) == 0
        assert f"{severity}: pages/x.md:5: {said}"[:30] in capsys.readouterr().out.replace("（没有与", "没有与")
    assert main(["check", "--strict", "--format", "github"]) == 1
    assert "::warning file=" in capsys.readouterr().out
    assert main(["check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["code"] == "unbalanced"
    (base.settings.docs / "pages/x.md").unlink()


def test_a_page_without_a_body_is_no_duplicate() -> None:
    assert list(checking._check_likeness([], [])) == []


def test_new_pages_are_no_duplicates_before_they_say_anything(base: Workshop) -> None:
    pages = [new_page(title) for title in ("编者的话", "征稿启事")]
    for page in pages:
        write(base, page.path, page.text)
    codes = {page.path: [code for code, _ in found(base.settings, page.path)] for page in pages}
    for page in pages:
        (base.settings.docs / page.path).unlink()
    assert codes == {page.path: ["placeholder"] for page in pages}


def test_uncertain_decisions_are_listed_for_review(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shop = Workshop(tmp_path)
    shop.write_article("河谷/water.txt", "水库蓄水保灌溉", "水")
    assert main(["check", "--review"]) == 0
    assert yaml.safe_load(capsys.readouterr().out) == {"lines": []}
    long = (
        "河水一夜之间涨了两米，村里的人都站到了堤上，谁也没有说话，只听见水在响，一直响到天快要亮的时候，孩子们才睡着。"
    )
    doubtful = ["木桥 石桥 铁桥 水泥桥", f"{long}水退了，人们一个一个地走回家去。"]
    text = ["涨水", "来源：河谷日报", long, doubtful[0], f"{long}天亮了。", "相关阅读：", "水从哪里来", doubtful[1]]
    shop.write_source("河谷/water.txt", *text)
    assert main(["check", "--review"]) == 0
    out = capsys.readouterr().out
    assert [entry["line"] for entry in yaml.safe_load(out)["lines"]] == doubtful
    assert "# '河谷/water.txt', line 4:" in out
    rule(shop, out)
    assert main(["check", "--review"]) == 0
    assert yaml.safe_load(capsys.readouterr().out) == {"lines": []}


def test_explain_in_colour_on_a_terminal(
    base: Workshop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(base.settings.docs.parent)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["explain", "water.txt"]) == 0
    coloured = capsys.readouterr().out
    assert "\x1b[1;35m     1" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["explain", "water.txt"]) == 0
    plain = capsys.readouterr().out
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


MARKS = yaml.safe_load((DATA / "marks.yml").read_text("utf-8"))


@pytest.mark.parametrize(("text", "lacking"), [*((text, []) for text in MARKS["sound"]), *MARKS["faults"]])
def test_marks_without_their_counterpart(text: str, lacking: list[list[object]]) -> None:
    numbered = enumerate(text.split("\n"), 1)
    paragraphs = [list(lines) for filled, lines in groupby(numbered, lambda line: bool(line[1])) if filled]
    assert sorted(map(list, find_unbalanced(paragraphs))) == lacking


def test_many_marks_take_no_longer_than_few() -> None:
    text = "（" * 50_000 + "》" * 50_000 + "“" * 50_000
    assert len(list(find_unbalanced([[(1, text)]]))) == 150_000


@pytest.mark.parametrize(
    ("key", "value", "written"),
    [
        ("date", "2025/3/5", "2025-03-05"),
        ("date", "20250305", "date: 2025-03-05"),
        ("date", "三月五日", "2025-03-15"),
        ("title", "2025", "title: '2025'"),
        ("tags", "“消费”", "tags: [消费]"),
        ("tags", "［消费，农业］", "tags: [消费, 农业]"),
        ("keywords", "[甲, 2025]", "keywords: [甲, '2025']"),
        ("authors", "张三，李四", "张三, 李四"),
        ("publish", "否", "publish: false"),
    ],
)
def test_what_was_probably_meant_is_said(base: Workshop, key: str, value: str, written: str) -> None:
    write(base, "pages/x.md", f"---\n{'title: 甲' if key != 'title' else 'tags: []'}\n{key}: {value}\n---\n\n正文。\n")
    page = next(page for page in read_known(base.settings.docs)[0].pages if page.path == "pages/x.md")
    (base.settings.docs / "pages/x.md").unlink()
    (problem,) = check_meta(make_sheet(page), load_rulebook({}).topics)
    for language in ("en", "zh"):
        assert written in translate(problem, language).remedy


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault["code"] == "front-matter"])
def test_broken_front_matter_is_explained_in_both_languages(base: Workshop, fault: dict[str, str]) -> None:
    write(base, "pages/x.md", fault["page"])
    problem = next(problem for problem in read_known(base.settings.docs)[1] if problem.file == "pages/x.md")
    (base.settings.docs / "pages/x.md").unlink()
    said = translate(problem, "zh")
    assert said.message != problem.message
    assert not re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", said.message)

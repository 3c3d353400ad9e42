"""Odd sources and wrong configuration: a problem with file, line and remedy, and nothing else is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from build_digest.cli import main
from build_digest.errors import RuleError
from build_digest.mkdocs_plugin import render_site
from build_digest.settings import CACHE, Settings, read_settings

from .corpora import PARAGRAPHS, Workshop


def add_bytes(shop: Workshop, name: str, data: bytes) -> None:
    path = shop.settings.corpus / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def problems_of(shop: Workshop, file: str) -> list[tuple[str, str, int | None]]:
    built = shop.build()
    assert "水库蓄水保灌溉" in {article.title.value for article in built.digest.articles}
    found = [problem for problem in built.digest.problems if problem.file == file]
    assert all(problem.message and problem.remedy for problem in found)
    return [(problem.code, problem.severity, problem.line) for problem in found]


@pytest.mark.parametrize("data", [b"", b"\n\n", " \u3000\r\n".encode()])
def test_an_empty_file(shop: Workshop, data: bytes) -> None:
    add_bytes(shop, "empty.txt", data)
    assert problems_of(shop, "empty.txt") == [("empty", "warning", None)]


def test_a_binary_file(shop: Workshop) -> None:
    add_bytes(shop, "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    assert [(code, severity) for code, severity, _ in problems_of(shop, "picture.txt")] == [("binary", "error")]


def test_undecodable_bytes(shop: Workshop) -> None:
    text = "\n".join(PARAGRAPHS["火"]).encode()
    add_bytes(shop, "damaged.txt", text.replace(b"\n", b"\xff\xfe\xff\n", 1))
    assert ("undecodable", "warning", 1) in problems_of(shop, "damaged.txt")
    reading = next(r for r in shop.build().digest.ledger if r.path == "damaged.txt")
    assert reading.account().decoded[0] == PARAGRAPHS["火"][0] + "□"
    assert list(reading.account().decoded[1:]) == PARAGRAPHS["火"][1:]


def test_one_enormous_line(shop: Workshop) -> None:
    line = "".join(PARAGRAPHS["火"]) * 20_000
    add_bytes(shop, "long.txt", line.encode())
    problems_of(shop, "long.txt")
    reading = next(r for r in shop.build().digest.ledger if r.path == "long.txt")
    assert reading.account().decoded == (line,)


def test_a_contents_list_that_promises_more_than_there_is(shop: Workshop) -> None:
    titles = ["水库蓄水的事", "报警器装好了", "杉木间伐之后", "还没有写的一篇"]
    lines = ["周末读物", "(4篇)", "目录", *(f"- {title}" for title in titles)]
    for title, key in zip(titles, PARAGRAPHS, strict=False):
        lines += [title, *PARAGRAPHS[key]]
    shop.write_source("many.txt", *lines)
    found = problems_of(shop, "many.txt")
    assert {(code, severity) for code, severity, _ in found} == {
        ("listed-not-found", "warning"),
        ("count-differs", "warning"),
    }
    reading = next(r for r in shop.build().digest.ledger if r.path == "many.txt")
    assert (reading.declared, len(reading.articles)) == (4, 3)
    kept = {line.text for line in reading.lines if line.fate == "body"}
    assert {p for key in ("水", "火", "木") for p in PARAGRAPHS[key]} <= kept


def test_names_with_spaces_and_chinese(shop: Workshop) -> None:
    shop.write_article("某 网站/一 篇 文章.txt", "老城区装上报警器", "火")
    assert problems_of(shop, "某 网站/一 篇 文章.txt") == []
    assert "articles/mou-wang-zhan/lao-cheng-qu-zhuang-shang-bao-jing-qi.md" in shop.articles()


def test_two_titles_that_give_the_same_address(shop: Workshop) -> None:
    shop.write_article("other.txt", "水库蓄水：保灌溉！", "火")
    shop.write_article("third.txt", "水库蓄水保灌溉", "木")
    built = shop.build()
    assert len(shop.articles()) == len(built.digest.articles) == 3
    shown = {path: shop.page(path).meta["title"] for path in shop.articles()}
    assert sorted(shown.values()) == ["水库蓄水保灌溉", "水库蓄水保灌溉", "水库蓄水：保灌溉！"]
    assert any(problem.code == "same-address" for problem in built.digest.problems)


def test_other_files_are_noted(shop: Workshop) -> None:
    for name in ("README.md", "notes.docx", ".hidden.txt", "_draft.txt", "rules/README.txt"):
        add_bytes(shop, name, b"x")
    built = shop.build()
    assert [(p.file, p.code, p.severity) for p in built.digest.problems] == [("notes.docx", "not-a-source", "note")]
    assert [reading.path for reading in built.digest.ledger] == ["good.txt"]


def test_a_link_that_leads_out_of_the_corpus(shop: Workshop, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("\n".join(PARAGRAPHS["火"]), "utf-8")
    (shop.settings.corpus / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert problems_of(shop, "link.txt") == [("outside", "note", None)]
    assert [r.path for r in shop.build().digest.ledger] == ["good.txt"]


HOSTILE = [
    "<script>document.title='x'</script>{{ config }}",
    "<img src=x onerror=alert(1)>",
    "{% raw %}",
    "[点击](javascript:alert(1))",
]


def test_html_and_scripts_are_text(shop: Workshop) -> None:
    shop.write_source("hostile.txt", "一篇<b>带标签</b>的文章", *PARAGRAPHS["火"], *HOSTILE, PARAGRAPHS["木"][0])
    problems_of(shop, "hostile.txt")
    path = next(path for path in shop.articles() if "dai-biao-qian" in path)
    body = shop.page(path).body
    assert "<script" not in body
    assert "<img" not in body


def test_a_rule_that_fails_its_own_example_stops_the_run(shop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    rule = "patterns:\n- {id: mine, pattern: '^广告', fate: boilerplate, weight: 3, example: 推广信息}\n"
    add_bytes(shop, "rules/mine.yml", rule.encode())
    with pytest.raises(RuleError):
        shop.build()
    assert main(["build"]) == 2
    message = capsys.readouterr().err
    assert "rules/mine.yml" in message
    assert "mine" in message
    assert "推广信息" in message


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("jobs: many", "jobs is 'many'"),
        ("job: 2", "Did you mean `jobs`?"),
        ("strict: 1", "strict is 1"),
        ("corpus: [", "no YAML"),
        ("corpus: 2024-13-45", "no YAML"),
    ],
)
def test_a_wrong_configuration_stops_the_run(
    shop: Workshop, capsys: pytest.CaptureFixture[str], entry: str, said: str
) -> None:
    Path("mkdocs.yml").write_text(f"plugins:\n- digest:\n    {entry}\n", "utf-8")
    assert main(["build"]) == 2
    assert said in capsys.readouterr().err


def test_a_missing_corpus_stops_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 2
    assert "corpus" in capsys.readouterr().err


def test_strict_fails_from_warning_on(shop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--strict"]) == 0
    add_bytes(shop, "empty.txt", b"")
    assert main(["build"]) == 0
    assert main(["build", "--strict"]) == 1
    assert main(["check"]) == 0
    assert main(["check", "--strict"]) == 1
    add_bytes(shop, "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(64))
    assert main(["check"]) == 1
    capsys.readouterr()
    assert main(["check", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert {problem["code"] for problem in found} == {"empty", "binary"}
    main(["check", "--format", "github"])
    assert "::error file=corpus/picture.txt" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("call", "english", "chinese"),
    [
        ("biuld", "invalid choice: 'biuld' (choose from", "没有 'biuld'，可以写 "),
        ("biuld", "Did you mean `build`?", "。是不是想写 `build`？"),
        ("zzz", "`build-digest --help` shows", "。用法见 build-digest --help\n"),
        ("", "the following arguments are required: COMMAND.", "少了 COMMAND。用法"),
        (
            "new",
            "\nbuild-digest new: error: the following arguments are required: title. ",
            "\nbuild-digest new: 错误: 少了 title。",
        ),
        ("build --nope", "unrecognized arguments: --nope.", "不认识 --nope。"),
        (
            "check --re",
            "ambiguous option: --re could match --report, --review.",
            "--re 写得不全，可能是 --report, --review。",
        ),
        ("check --format xml", "(choose from", "--format：没有 'xml'，可以写 "),
        ("build --report", "argument --report: expected one argument.", "--report 后面少了一个值。"),
        ("serve --port 八千", "invalid int value: '八千'.", "--port：'八千' 不是整数。"),
        ("build --jobs 1.5", "argument --jobs: '1.5' is no number of workers", "--jobs：'1.5' 不是进程的个数"),
        ("build --strict=1", "ignored explicit argument '1'.", "--strict 后面不写值，却有 '1'。"),
    ],
)
def test_a_wrong_usage_is_told_in_the_readers_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], call: str, english: str, chinese: str
) -> None:
    for locale, usage, said in (("C", "usage: build-digest", english), ("zh_CN.UTF-8", "用法：build-digest", chinese)):
        monkeypatch.setenv("LC_ALL", locale)
        with pytest.raises(SystemExit) as stop:
            main(call.split())
        assert stop.value.code == 2
        shown = capsys.readouterr().err
        assert shown.startswith(usage)
        assert said in shown


def test_explain(shop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "good.txt"]) == 0
    text = capsys.readouterr().out
    assert "title" in text
    assert PARAGRAPHS["水"][0][:20] in text
    assert main(["explain", "corpus/good.txt", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [line["n"] for line in data["lines"]] == [1, 2, 3, 4]
    assert len(data["verdicts"]) == 4
    assert main(["explain", "missing.txt"]) == 2


def test_the_report(shop: Workshop) -> None:
    add_bytes(shop, "empty.txt", b"")
    assert main(["build", "--report", "out/report.json"]) == 0
    report = json.loads(Path("out/report.json").read_text("utf-8"))
    assert list(report) == ["version", "sources", "articles", "problems"]
    good = next(source for source in report["sources"] if source["file"] == "good.txt")
    assert [line["fate"] for line in good["lines"]] == ["title", "body", "body", "body"]
    assert {line["article"] for line in good["lines"]} == {0}
    assert report["articles"][0]["page"] == "articles/shui-ku-xu-shui-bao-guan-gai.md"
    assert report["articles"][0]["origins"] == [{"file": "good.txt", "first": 1, "last": 4}]


SITE = "site_name: s\ntheme: {name: material, font: false}\n"
BROKEN_RULE = "patterns:\n- {id: mine, pattern: '(', fate: body, weight: 3, example: x}\n"


@pytest.mark.parametrize(
    ("command", "files", "said"),
    [
        ("site", {}, "mkdocs.yml: there is no such file"),
        ("serve", {}, "mkdocs.yml: there is no such file"),
        ("site", {"mkdocs.yml": f"{SITE}plugins: []\n"}, "has no digest plugin"),
        ("site", {"mkdocs.yml": SITE}, "has no digest plugin"),
        ("serve", {"mkdocs.yml": SITE}, "has no digest plugin"),
        ("site", {"mkdocs.yml": "plugins: [digest]\n"}, "mkdocs.yml: Aborted with a configuration error."),
        ("site", {"mkdocs.yml": f"{SITE}plugins:\n- digest: foo\n"}, "digest is 'foo'"),
        ("build", {"mkdocs.yml": "plugins:\n- digest: foo\n"}, "digest is 'foo'"),
        ("build", {"mkdocs.yml": "plugins: {digest: [foo]}\n"}, "digest is ['foo']"),
        ("build", {"mkdocs.yml": b"site_name: \xce\xc4\n"}, "mkdocs.yml: is not UTF-8"),
        ("build", {"corpus/rules/a.yml": b"words:\n- \xce\xc4\n"}, "rules/a.yml:2: line 2: is not UTF-8"),
        ("check", {"corpus/rules/a.yml": b"\xff"}, "rules/a.yml:1: line 1: is not UTF-8"),
        ("site", {"mkdocs.yml": f"{SITE}plugins: [digest]\n", "corpus/rules/a.yml": BROKEN_RULE}, "rules/a.yml"),
        ("build --report corpus", {}, "corpus: the report cannot be written there"),
        ("build --report corpus/good.txt/report.json", {}, "the report cannot be written there"),
        ("build --docs corpus/good.txt", {}, "corpus/good.txt: is no folder"),
    ],
)
def test_a_wrong_call_is_exit_code_2(
    shop: Workshop, capsys: pytest.CaptureFixture[str], command: str, files: dict[str, str | bytes], said: str
) -> None:
    for name, content in files.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    assert main(command.split()) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("value", ["-1", "many", "1.5"])
def test_a_number_of_workers_that_is_none(capsys: pytest.CaptureFixture[str], value: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["build", "--jobs", value])
    assert stop.value.code == 2
    assert f"'{value}' is no number" in capsys.readouterr().err


def test_a_fault_of_the_program_is_no_wrong_call(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path) -> None:
        raise FileNotFoundError(path)

    monkeypatch.setattr("build_digest.build.load_rulebook", fail)
    with pytest.raises(FileNotFoundError):
        main(["build"])


def configured(text: str) -> Settings:
    Path("mkdocs.yml").write_text(text, "utf-8")
    return read_settings(Path("mkdocs.yml"))


def test_plugins_as_mkdocs_takes_them(shop: Workshop) -> None:
    assert configured("plugins: {search: {}, digest: {corpus: other}}").corpus == Path("other")
    assert configured("plugins:\n- search\n- digest: {corpus: other}").corpus == Path("other")
    for text in ("plugins: {digest: }", "plugins: [digest]", "plugins: []", "plugins:", "plugins: {search: {}}", "[]"):
        assert configured(text) == Settings(cache=Path(CACHE))


def test_values_from_the_environment(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "docs_dir: !ENV [DIGEST_DOCS, pages]\nother: !!python/name:os.path\n"
        "plugins:\n- digest: {corpus: !ENV DIGEST_CORPUS, jobs: !ENV [DIGEST_A, DIGEST_B, 3], strict: !ENV [DIGEST_C]}\n"
    )
    assert configured(text) == Settings(docs=Path("pages"), jobs=3, cache=Path(CACHE))
    for name, value in {"DOCS": "d", "CORPUS": "c", "B": "2", "C": "true"}.items():
        monkeypatch.setenv(f"DIGEST_{name}", value)
    assert configured(text) == Settings(corpus=Path("c"), docs=Path("d"), jobs=2, strict=True, cache=Path(CACHE))


def test_mkdocs_is_loaded_for_the_site_alone() -> None:
    code = "import sys, build_digest.cli; print('mkdocs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "False\n"


@pytest.mark.parametrize(("language", "said"), [("C", "holds no text"), ("zh_CN.UTF-8", "没有文字")])
def test_site_says_problems_once_and_in_the_reader_s_language(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    Path("mkdocs.yml").write_text(f"{SITE}plugins: [digest]\n", "utf-8")
    add_bytes(shop, "empty.txt", b"")
    add_bytes(shop, "notes.docx", b"x")
    monkeypatch.setenv("LC_ALL", language)
    assert main(["site"]) == 0
    told = capfd.readouterr().err
    assert told.count("empty.txt") == told.count("notes.docx") == told.count(said) == 1


def test_a_page_whose_name_is_not_utf_8_stays_out_and_is_told(shop: Workshop) -> None:
    name = b"\xff\xd3\xe3.md"
    page = "---\ntitle: 渔\ntags: [数字经济]\n---\n\n写信来。\n".encode()
    try:
        (Path(os.fsdecode(os.fsencode(shop.settings.docs) + b"/" + name))).write_bytes(page)
    except OSError:
        pytest.skip("this disk takes no such name")
    built = shop.build()
    assert [(p.code, p.severity, p.file) for p in built.digest.problems] == [
        ("unusable-name", "error", "\\udcff\\udcd3\\udce3.md")
    ]
    assert not [page for page in built.digest.pages if "写信来" in page.text or "渔" in page.text]
    assert shop.build().written == 0
    config = shop.settings.docs.parent / "mkdocs.yml"
    config.write_text("site_name: s\ntheme: {name: material, font: false}\nplugins: [digest]\n", "utf-8")
    render_site(config, shop.settings, None)
    assert not [path for path in (config.parent / "site").rglob("*") if path.name.startswith("\udcff")]


def test_a_page_in_the_place_of_the_theme_s_404_stands_there_in_every_build(shop: Workshop) -> None:
    config = shop.settings.docs.parent / "mkdocs.yml"
    config.write_text(
        "site_name: s\ntheme: {name: material, font: false}\nplugins: [digest]\nuse_directory_urls: false\n", "utf-8"
    )
    (shop.settings.docs / "404.md").write_text("---\ntitle: 没有这一页\n---\n\n写信来。\n", "utf-8")
    for _ in range(2):
        render_site(config, shop.settings, None)
        assert "写信来" in (config.parent / "site/404.html").read_text("utf-8")

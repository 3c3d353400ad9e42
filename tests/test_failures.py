"""What stops a run, told to an editor: the file, the line of the rule, in Chinese, with what to do."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_digest.checks.failures import find_entry
from build_digest.checks.messages import catalogue
from build_digest.cli import main
from build_digest.editors.port import require_port

FAULTS = yaml.safe_load((Path(__file__).parent / "rule_faults.yml").read_text("utf-8"))


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "corpus/rules"
    folder.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    return folder


def tell(rules: Path, fault: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> str:
    file = rules / fault.get("file", "mine.yml")
    file.write_text(fault["text"], "utf-8")
    assert main(["build"]) == 2
    file.unlink()
    return capsys.readouterr().err


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["says"][0])
def test_a_wrong_rule_is_told_with_its_line(
    rules: Path, fault: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    said = tell(rules, fault, capsys)
    place = f"rules/{fault.get('file', 'mine.yml')}" + (f":{fault['line']}" if "line" in fault else "")
    assert said.startswith(f"build-digest: 错误: {place}: ")
    assert all(part in said for part in fault["says"]), said


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("坏.yml", "patterns:\n- id: 甲: 乙\n", "坏.yml:2: 这一行：不是 YAML。"),
        ("坏.yml", "patterns:\n- id: 甲: 乙\n", "（这里不该有冒号，可能要给值加引号）。\n"),
        ("topics.yml", "- {name: 甲 terms: [乙]}\n", "topics.yml:1: 这一行：不是 YAML（花括号没有合上，或少了逗号）。"),
        ("坏.yml", "patterns:\n- id：甲\n  fate: body\n", "坏.yml:2: 这一行：不是 YAML。"),
        ("坏.yml", "patterns：\n- id: 甲\n", "（patterns 后面的冒号是全角的，改成半角冒号加一个空格）。\n"),
        (
            "topics.yml",
            "- name: 渔业\n  broader：农业\n",
            "topics.yml:2: 这一行：不是 YAML（broader 后面的冒号是全角的",
        ),
        ("topics.yml", "name: 农业\n", "topics.yml: 整个文件：不是主题的列表。"),
        ("topics.yml", "- {name: 农业, colour: 绿}\n", "topics.yml:1: 第 1 条（农业）：不认识的键 'colour'。"),
        ("mine.yml", "lines:\n- {file: a.txt}\n", "mine.yml:2: lines 第 1 条：要写 {file:"),
    ],
)
def test_nothing_in_english_is_told_in_chinese(
    rules: Path, file: str, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tell(rules, {"file": file, "text": text}, capsys)
    assert said in told
    assert told.count("\n") == 1


def test_every_message_about_rules_is_said_for_some_fault() -> None:
    said = {tuple(fault["says"]) for fault in FAULTS}
    assert len(said) == len(FAULTS) == len(catalogue()["rule"]) - 1  # the other is a file that is not UTF-8


def test_a_rule_file_that_is_not_utf_8(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (rules / "mine.yml").write_bytes("words: []\n# 词\n".encode("gbk"))
    assert main(["build"]) == 2
    assert "rules/mine.yml:2: 这一行：不是 UTF-8 编码。把文件另存为" in capsys.readouterr().err


def test_a_check_annotates_the_rule_that_stopped_it(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (rules / "mine.yml").write_text(FAULTS[0]["text"], "utf-8")
    assert main(["check", "--format", "github"]) == 2
    assert capsys.readouterr().out.startswith("::error file=corpus/rules/mine.yml,line=2,title=rule::a：不认识 bdy。")
    assert main(["check", "--format", "json"]) == 2
    assert [(p["code"], p["line"]) for p in json.loads(capsys.readouterr().out)] == [("rule", 2)]


@pytest.mark.parametrize(
    ("config", "arguments", "said"),
    [
        ("plugins: [digest: 7]", ["build"], "mkdocs.yml: digest 写的是 7。在它下面写选项"),
        ("plugins: [digest: {job: 1}]", ["build"], "digest 插件没有 job 这个选项。是不是想写 jobs？"),
        ("plugins: [digest: {水: 1}]", ["build"], "digest 插件没有 水 这个选项。可以写的是："),
        ("plugins: [digest: {jobs: x}]", ["build"], "jobs 的值 'x' 不对。例如 jobs: 2。"),
        ("plugins: [", ["build"], "mkdocs.yml:3: 不是 YAML（这里少了一个值）。改正这一行。"),
        ("{}", ["build", "--corpus", "no"], "没有语料文件夹 no。新建它"),
        ("{}", ["build", "--docs", "mkdocs.yml"], "mkdocs.yml: 不是文件夹。用 --docs"),
        ("{}", ["build", "--report", "corpus"], "报告写不到那里"),
        ("{}", ["explain", "no.txt"], "no.txt: 没有这个来源文件。写 corpus 下面"),
        ("{}", ["new", " "], "没有标题。例如"),
        ("{}", ["accept", "no.md"], "no.md: 没有这一页。写 docs 下面的一页。"),
        ("{}", ["rules", "--try", "no.yml"], "no.yml: 没有这个文件。写一个放规则"),
        ("{}", ["init", "no"], "no: 不是文件夹。先建这个文件夹"),
        ("{}", ["site"], "mkdocs.yml: 没有启用 digest 插件。在 plugins"),
    ],
)
def test_a_wrong_call_or_configuration_is_told(
    rules: Path, config: str, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("docs").mkdir()
    Path("mkdocs.yml").write_text(f"site_name: s\n{config}\n" if config != "{}" else "site_name: s\n")
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


def test_what_stops_a_site_is_told_once(rules: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["init", "."])
    capfd.readouterr()
    (rules / "mine.yml").write_text(FAULTS[0]["text"], "utf-8")
    assert main(["site"]) == 2
    assert capfd.readouterr().err.count("bdy") == 1
    assert main(["site", "--corpus", "missing"]) == 2
    assert capfd.readouterr().err.startswith("build-digest: 错误: ")


def test_a_port_that_cannot_be_had(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del rules
    assert main(["serve", "--port", "99999"]) == 2
    assert "--port 99999: 没有这个端口。写 1024" in capsys.readouterr().err
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    assert f"--port {port}: 端口正被别的程序使用" in capsys.readouterr().err
    require_port(port)


def test_an_entry_that_cannot_be_found() -> None:
    assert find_entry("", "the file") is None
    assert find_entry("words: [", "menu") is None
    assert find_entry("lines: 7", "lines, entry 2") is None
    assert find_entry("words: [{id: other}]", "menu") is None

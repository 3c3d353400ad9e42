"""Markdown converted with its plain text led past the patterns, beside the same converted by Python-Markdown alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from build_digest.mkdocs_plugin.conversion import PageConverter
from build_digest.mkdocs_plugin.unmarked import pass_unmarked

ROOT = Path(__file__).parent.parent
CONFIG = load_config(str(ROOT / "mkdocs.yml"))
EVERY = [
    "extra",
    "toc",
    "admonition",
    "sane_lists",
    "nl2br",
    "smarty",
    "legacy_em",
    "wikilinks",
    "legacy_attrs",
    "meta",
]

PIECES = (
    *(
        "文",
        "字，",
        "a",
        "Ⅻ",
        "1",
        "２",
        "1. ",
        "２. ",
        "- ",
        "* ",
        "+ ",
        "> ",
        "# ",
        "#",
        "===",
        "---",
        "***",
        "**",
        "*",
    ),
    *(
        "_",
        "__",
        "`",
        "``",
        "\\",
        "\\*",
        "[",
        "]",
        "[^1]",
        "[^1]: ",
        "[甲]: ",
        "](",
        "(",
        ")",
        "![",
        "!",
        "<",
        ">",
        "<b>",
    ),
    *(
        "</b>",
        "<div markdown>",
        "</div>",
        "<!-- ",
        "-->",
        "&",
        "&amp;",
        "&#20;",
        "https://a.b/",
        "<https://a.b>",
        "<a@b.c>",
    ),
    *(
        "\n",
        "\n\n",
        "  \n",
        "    ",
        "\t",
        "　",
        " ",
        "|",
        "| a | b |\n|---|---|\n",
        ": ",
        "!!! note\n",
        "*[HTML]: 超文本\n",
    ),
    *(
        "HTML",
        "{: #id .class }",
        "{",
        "}",
        "```\n",
        "~~~",
        "\x02",
        "\x03",
        "$",
        "“",
        "”",
        '"',
        "'",
        "--",
        "...",
        "[[页]]",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


def convert(texts: list[str], *, quickly: bool, **options: Any) -> list[str]:
    markdown = Markdown(**options)
    if quickly:
        pass_unmarked(markdown)
    return [markdown.reset().convert(text) for text in texts]


OURS: dict[str, Any] = {"extensions": CONFIG.markdown_extensions, "extension_configs": CONFIG.mdx_configs}


@pytest.mark.parametrize("options", [OURS, {"extensions": EVERY}], ids=["ours", "every"])
@given(text=TEXTS)
def test_any_text_comes_out_the_same(options: dict[str, Any], text: str) -> None:
    assert convert([text], quickly=True, **options) == convert([text], quickly=False, **options)


def test_the_samples_come_out_the_same() -> None:
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))]
    assert convert(texts, quickly=True, **OURS) == convert(texts, quickly=False, **OURS)


def test_plain_text_is_led_past_in_our_own_configuration() -> None:
    markdown = Markdown(**OURS)
    pass_unmarked(markdown)
    assert "plain" in markdown.parser.blockprocessors
    assert type(markdown.treeprocessors["inline"]).__name__ == "_SignedInline"


@pytest.mark.parametrize("extension", ["wikilinks", "nl2br"])
def test_a_pattern_that_is_not_known_is_tried_everywhere(extension: str) -> None:
    markdown = Markdown(extensions=[extension])
    pass_unmarked(markdown)
    assert type(markdown.treeprocessors["inline"]).__name__ == "InlineProcessor"


PAGES = [
    "# 甲\n\n## 一\n\n见[^1]。HTML[乙]\n\n[^1]: 注\n\n*[HTML]: 超文本\n\n[乙]: https://a.b",
    "",
    "HTML、[乙]、[^1]，又见[^2]。\n\n[^2]: 另一注\n\n<div markdown>\n\n*文*\n\n</div>",
    "# 甲\n\n[甲](0.md#一) ![图](a.png)\n\n```python\na\n```",
]


@pytest.mark.parametrize("unique", [False, True])
def test_a_page_knows_nothing_of_those_converted_before_it(*, unique: bool) -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    config.mdx_configs = {**config.mdx_configs, "footnotes": {"UNIQUE_IDS": unique}}
    files = Files([File(f"{number}.md", None, "site", use_directory_urls=True) for number in range(len(PAGES))])
    converter = PageConverter(config, files)
    for file, text in zip(files, PAGES, strict=True):
        one, other = Page(None, file, config), Page(None, file, config)
        one.markdown = other.markdown = text
        one.render(config, files)
        converter.convert(other)
        for name in ("content", "_title_from_render", "present_anchor_ids", "links_to_anchors"):
            assert getattr(one, name) == getattr(other, name)
        assert str(one.toc) == str(other.toc)

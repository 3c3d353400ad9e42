"""The sentences of a summary are marked in the text, and nothing but text is touched."""

from __future__ import annotations

import re

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_digest.site.sentences import list_sentences, mark_sentences

CASES = {
    "in the text": ("<p>甲。乙。</p>", "乙。", '<p>甲。<span id="sentence-1">乙。</span></p>', "#sentence-1"),
    "not in an attribute": (
        '<p><img alt="图。" src="p.svg">图。</p>',
        "图。",
        '<p><img alt="图。" src="p.svg"><span id="sentence-1">图。</span></p>',
        "#sentence-1",
    ),
    "nor after a sign in one": ('<a title="甲 > 乙。">丙</a>', "乙。", None, ""),
    "nor in one with a quote left open": ('<a title="乙。>丙</a>', "乙。", None, ""),
    "not in a tag's name": ("<p>甲</p>", "p", None, ""),
    "not in a comment": ("<!-- 甲。 --><p>乙</p>", "甲。", None, ""),
    "not in a script": ("<script>甲。</script><style>甲。</style>", "甲。", None, ""),
    "not in the title": ("<h1>甲。</h1><p>乙</p>", "甲。", None, ""),
    "not in the derived block": ("<p>乙</p><!-- digest:derived --><p>甲。</p>", "甲。", None, ""),
    "escaped": (
        '<p>甲&lt;"乙"&amp;。</p>',
        '甲<"乙"&。',
        '<p><span id="sentence-1">甲&lt;"乙"&amp;。</span></p>',
        "#sentence-1",
    ),
    "parted by markup": (
        "<p>甲<b>乙</b>-丙。</p>",
        "甲乙-丙。",
        None,
        "#:~:text=%E7%94%B2%E4%B9%99%2D%E4%B8%99%E3%80%82",
    ),
    "written otherwise": ("<p>甲&ensp;乙。</p>", "甲\u2002乙。", None, "#:~:text=%E7%94%B2%E2%80%82%E4%B9%99%E3%80%82"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_sentence_is_marked_where_it_is_read(case: str) -> None:
    html, sentence, marked, link = CASES[case]
    assert mark_sentences(html, [sentence]) == (marked or html, [link])


def test_a_sentence_within_another_is_marked_within() -> None:
    html, links = mark_sentences("<p>他说：好。</p>", ["他说：好。", "好。"])
    assert html == '<p><span id="sentence-1">他说：<span id="sentence-2">好。</span></span></p>'
    assert links == ["#sentence-1", "#sentence-2"]


@pytest.mark.parametrize(
    ("summary", "sentences"),
    [
        (["甲。", "乙！"], ["甲。", "乙！"]),
        ("甲\n乙。 丙", ["甲", "乙。", "丙"]),
        ("“甲？”乙说。", ["“甲？”", "乙说。"]),
        (2024, ["2024"]),
        (None, []),
    ],
)
def test_a_summary_is_read_in_any_form(summary: object, sentences: list[str]) -> None:
    assert list_sentences(summary) == sentences


texts = st.text("甲乙。p2<>&\"' -", max_size=6)
pages = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b>", "</b>", '<img alt="甲。">', "<br>", "<!-- 乙。 -->", "&lt;", "甲。", "p", "2。", "乙"]
    )
).map("".join)


@given(pages, st.lists(texts.filter(str.strip), max_size=4))
def test_without_the_marks_the_page_is_what_it_was(html: str, sentences: list[str]) -> None:
    marked, links = mark_sentences(html, sentences)
    assert len(links) == len(sentences)
    numbers = [link.removeprefix("#sentence-") for link in links if link.startswith("#sentence-")]
    assert sorted(re.findall(r'<span id="sentence-(\d)">', marked)) == numbers
    assert re.sub(r'<span id="sentence-\d">|</span>', "", marked) == html
    for number in numbers:
        found = lxml.html.fromstring(f"<div>{marked}</div>").get_element_by_id(f"sentence-{number}")
        assert found.text_content() == sentences[int(number) - 1]

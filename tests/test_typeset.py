"""Punctuation as a reader of Chinese expects it; addresses and code as they were written."""

from __future__ import annotations

import pytest

from build_digest.text.typeset import fold_width, typeset

FOLDED = {
    "时间:16:34,共1,000人(约)?见": "时间：16:34，共1,000人（约）？见",
    "真的吗??!好": "真的吗？？！好",
    "真的??好": "真的？？好",
    "OK??好": "OK？？好",
    "好??OK": "好？？OK",
    "什么?!)好": "什么？！）好",
    "增长5%,其中": "增长5%，其中",
    "共增长了百分之五即5%,GDP": "共增长了百分之五即5%，GDP",
    "你好, 世界": "你好，世界",
    "你好! 世界": "你好！世界",
    "国内生产总值(GDP)与GDP(国内生产总值)": "国内生产总值（GDP）与GDP（国内生产总值）",
    "重大项目A(Phase 1)与": "重大项目A（Phase 1）与",
    "共9(10)个": "共9（10）个",
    "半(边": "半（边",
}
KEPT = [
    "见 http://example.org/中文?a=1,b 。",
    "见 http://example.org/中文/文档/说明.html?a=1,b",
    "见 http://example.org/?标题=中文&a=(1)",
    "见www.a.com/页面?id=3",
    "写信给some.one+x@mail.example.org",
    "函数f(x)是",
    "函数f(g(x),h(y))是",
    "调用main()函数",
    "笑脸:) good",
    "f(x), g(y): see p. 3",
    "",
]


@pytest.mark.parametrize("text", FOLDED)
def test_marks_of_chinese_text_are_full_width(text: str) -> None:
    assert fold_width(text) == FOLDED[text]
    assert fold_width(FOLDED[text]) == FOLDED[text]


@pytest.mark.parametrize("text", KEPT)
def test_addresses_and_code_keep_their_marks(text: str) -> None:
    assert fold_width(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请看http://example.org/是什么?好", "请看http://example.org/是什么？好"),
        ("请看http://example.org/,谢谢?好", "请看http://example.org/,谢谢？好"),
        ("请看http://example.org谁?a", "请看http://example.org谁？a"),
        (f"中文{'a' * 70}@example.org?好", f"中文{'a' * 70}@example.org？好"),
    ],
)
def test_chinese_behind_an_address_is_text(text: str, expected: str) -> None:
    assert fold_width(text) == expected


# Each of these took minutes where the work grew with the square of the length; there is no clock here, since a test
# that hangs is noticed.
@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("?", "？"),
        ("a", "a"),
        ("a?", "a?"),
        ("http://a? ", "http://a? "),
        ("http://a?", "http://a?"),
        ("http://", "http://"),
        ("www.a/页", "www.a/页"),
        ("a@", "a@"),
        ("%,a", "%,a"),
        ("),", None),
        ("a.", "a."),
        (", ", ", "),
        ("f(", None),
        ("(?", None),
        ("?(", None),
    ],
)
def test_long_lines_are_set_in_good_time(piece: str, expected: str | None) -> None:
    count = 200_000 // len(piece)
    folded = fold_width("中" + piece * count)
    assert len(folded) == 1 + len(piece) * count
    if expected is not None:
        assert folded[-100 * len(piece) :] == expected * 100


def test_nested_calls_are_found_in_good_time() -> None:
    text = "中" + "f(" * 60_000 + ")" * 60_000
    assert fold_width(text) == text
    assert fold_width(text + "文") == text + "文"


def test_a_line_loses_what_cannot_be_seen() -> None:
    assert typeset("\u3000\u3000中\u200b文,\t第\ufeff二 句 ") == "中文，第二 句"

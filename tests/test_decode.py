import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_digest.decode import SHOWN_PROBLEMS, Decoded, decode
from build_digest.model import Source

SIMPLIFIED = "市图书馆今天延长开放时间,读者可在晚上10点前入馆阅览。\n周末照常。"
TRADITIONAL = "市圖書館今天延長開放時間,讀者可在晚上10點前入館閱覽。\n週末照常。"
CANTONESE = "佢哋今日喺圖書館睇書,夜晚先返屋企。"


def read(data):
    return decode(Source("新闻.txt", data))


def codes(decoded):
    return [(problem.severity, problem.code) for problem in decoded.problems]


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, "图书馆", "标题：第1章", "ABC中文", "人工智能，《红楼梦》"])
@pytest.mark.parametrize(
    ("mark", "codec", "encoding"),
    [
        (b"", "utf-8", "utf-8"),
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
        (b"", "utf-16-le", "utf-16-le"),
        (b"", "utf-16-be", "utf-16-be"),
        (b"", "gb18030", "gb18030"),
    ],
)
def test_every_encoding_is_found(text, mark, codec, encoding):
    assert read(mark + text.encode(codec)) == Decoded(encoding, text)


@pytest.mark.parametrize("text", [TRADITIONAL, CANTONESE, "圖書館", "臺灣的天氣：晴。", "半導體產業"])
def test_big5_is_told_from_gb18030(text):
    assert read(text.encode("big5hkscs")) == Decoded("big5hkscs", text)
    assert read(text.encode("gb18030")) == Decoded("gb18030", text)


def test_line_ends_become_line_feeds_and_nothing_else_does():
    assert read(b"a\r\nb\rc\n\x0cd\xc2\x85e\xe2\x80\xa8f").text == "a\nb\nc\n\x0cd\x85e\u2028f"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \r\n\t",
        codecs.BOM_UTF8,
        "\u3000\n".encode("gb18030"),
        codecs.BOM_UTF16_LE,
        codecs.BOM_UTF8 * 2,
        codecs.BOM_UTF16_BE * 2,
        b"\0\n",
    ],
)
def test_an_empty_source_is_a_warning(data):
    decoded = read(data)
    assert (decoded.encoding, codes(decoded)) == ("utf-8", [("warning", "empty")])
    assert decoded.problems[0].remedy


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\rIHDR",
        b"%PDF-1.7\n\xe2\xe3",
        b"PK\x03\x04\n",
        bytes(range(256)) * 4,
        b"a\0\x01\x02\x03\nb\0\x04",
        b"\0\x01",
        b"\x01\0\x01\0",
        b"\0" * 8,
        b"\x07",
    ],
)
def test_a_binary_source_is_an_error_and_keeps_its_lines(data):
    decoded = read(data)
    assert (decoded.encoding, codes(decoded)) == (None, [("error", "binary")])
    assert decoded.text.count("\n") == data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n")


def test_a_long_binary_source_is_shown_in_part():
    decoded = read(b"\x89PNG" + b"\0" * 10_000 + b"\nend")
    assert decoded.text.endswith("… (10004 bytes)\nend")
    assert len(decoded.text) < 300
    assert "10008 bytes" in decoded.problems[0].message


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5hkscs"])
def test_few_undecodable_bytes_become_one_placeholder_a_run(codec):
    first, second = TRADITIONAL.encode(codec).split(b"\n")
    decoded = read(first + b"\n" + second + b"\xff\xff\n" + second)
    assert decoded.text == TRADITIONAL + "□\n" + TRADITIONAL.split("\n")[1]
    assert (decoded.encoding, codes(decoded)) == (codec, [("warning", "undecodable")])
    assert decoded.problems[0].line == 2
    assert decoded.problems[0].file == "新闻.txt"


def test_a_source_cut_through_a_character():
    assert read(SIMPLIFIED.encode()[:-1]).text == SIMPLIFIED[:-1] + "□"
    assert read(SIMPLIFIED.encode("utf-16")[:-1]).text == SIMPLIFIED[:-1] + "□"


def test_many_undecodable_runs_are_told_in_short():
    decoded = read((SIMPLIFIED.encode() + b"\xff\n") * (SHOWN_PROBLEMS + 5))
    assert len(decoded.problems) == SHOWN_PROBLEMS + 1
    assert "5 more" in decoded.problems[-1].message


def test_bytes_of_no_encoding_are_an_error():
    decoded = read(b"abc\xff\xff\xff\xff\xff\xff\xff\ndef")
    assert (decoded.encoding, codes(decoded)) == (None, [("error", "undecodable")])
    assert decoded.text == r"abc\xff\xff\xff\xff\xff\xff\xff" + "\ndef"


def test_odd_bytes_among_nothing_but_spaces_are_no_text():
    decoded = read(b"\n \xb7 \n" + b" " * 40)
    assert (decoded.encoding, codes(decoded)) == (None, [("error", "undecodable")])
    assert decoded.text == "\n \\xb7 \n" + " " * 40


def test_a_placeholder_of_the_text_itself_is_no_problem():
    assert read("住在□□镇".encode()) == Decoded("utf-8", "住在□□镇")


def test_single_control_characters_are_a_warning():
    decoded = read(SIMPLIFIED.encode().replace(b"\n", b"\n\x07") * 2)
    assert codes(decoded) == [("warning", "control-character")]
    assert decoded.problems[0].line == 2
    assert decoded.text == SIMPLIFIED.replace("\n", "\n\x07") * 2


def test_chinese_far_behind_ascii_decides():
    head = b"<!-- ascii -->\n" * 20_000
    assert read(head + SIMPLIFIED.encode("gb18030")).encoding == "gb18030"
    assert read(head.decode().encode("utf-16-le") + SIMPLIFIED.encode("utf-16-le")).encoding == "utf-16-le"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_a_huge_line_decodes(codec):
    text = "市图书馆今天延长开放时间。" * 600_000
    assert read(text.encode(codec)).text == text


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(),
        st.text().map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.binary().map(lambda b: SIMPLIFIED.encode("gbk") + b),
        st.binary().map(lambda b: b" " * 40 + b),
    )
)
def test_any_bytes_decode(data):
    decoded = read(data)
    assert "\r" not in decoded.text
    assert not any("\ud800" <= character <= "\udfff" for character in decoded.text)
    if decoded.encoding in (None, "utf-8", "gb18030", "big5hkscs"):
        assert decoded.text.count("\n") == data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n")
    if not decoded.problems and decoded.encoding not in ("big5hkscs",) and b"\r" not in data:
        assert decoded.text.encode(decoded.encoding) in data


@pytest.mark.parametrize("data", [b"<!DOCTYPE html>\n<html>", b"\xef\xbb\xbf<HTML lang='zh'>", b"\n <html>"])
def test_a_web_page_saved_with_its_marks_is_a_warning(data):
    assert codes(read(data)) == [("warning", "markup")]
    assert codes(read(b"html " + data)) == []

"""Documents cited: every title of the sample corpus, sentences from other fields, and what always holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from build_digest.errors import RuleError
from build_digest.mentions.citations import find_documents, find_titles
from build_digest.mentions.document_rules import document_rules, load_document_rules
from build_digest.text.script import fold

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"


def read(file: str) -> Any:
    return yaml.safe_load((HERE / "documents" / file).read_text("utf-8"))


def read_corpus_titles() -> list[tuple[str, str | None, str | None]]:
    """Place, the document that a reader sees there (or None), and the one that is found there."""
    labelled = []
    for file, lines in read("corpus.yml").items():
        texts = (CORPUS / file).read_text("utf-8").split("\n")
        numbered = [(number, texts[number - 1]) for number in sorted(lines)]
        found = find_documents(numbered)
        for number, text in numbered:
            titles = find_titles(fold(text))
            assert len(titles) == len(lines[number]), (file, number)
            for (start, end), name in zip(titles, lines[number], strict=True):
                here = [
                    c.name for c in found if c.line == number and c.start < end and start < c.start + len(c.written)
                ]
                labelled.append((f"{file}:{number}:{start}", name, here[0] if here else None))
    return labelled


def rate(pairs: list[tuple[str | None, str | None]]) -> tuple[float, float]:
    """Precision and recall of found names against wanted ones."""
    right = sum(1 for wanted, found in pairs if wanted and wanted == found)
    return right / sum(1 for _, found in pairs if found), right / sum(1 for wanted, _ in pairs if wanted)


def test_titles_of_the_sample_corpus() -> None:
    precision, recall = rate([(wanted, found) for _, wanted, found in read_corpus_titles()])
    assert precision >= 0.95
    assert recall >= 0.95


def test_every_title_of_the_articles_is_labelled() -> None:
    labelled = read("corpus.yml")
    articles = yaml.safe_load((HERE / "topics" / "gold.yml").read_text("utf-8"))
    for article in articles:
        texts = (CORPUS / article["file"]).read_text("utf-8").split("\n")
        first, last = map(int, article["lines"].split("-"))
        with_titles = {number for number in range(first, last + 1) if find_titles(texts[number - 1])}
        assert with_titles <= set(labelled.get(article["file"], ()))


def test_sentences_from_other_fields() -> None:
    right = found = wanted = 0
    for entry in read("sentences.yml"):
        names = [citation.name for citation in find_documents([(1, entry["text"])])]
        right += sum(min(names.count(name), entry["documents"].count(name)) for name in set(names))
        found += len(names)
        wanted += len(entry["documents"])
    assert right / found >= 0.95
    assert right / wanted >= 0.95


@pytest.mark.parametrize("part", ["tuning", "held_out"])
def test_documents_of_many_fields(part: str) -> None:
    right = found = wanted = 0
    for entry in read("fields.yml")[part]:
        names = [citation.name for citation in find_documents([(1, entry["text"])])]
        right += sum(min(names.count(name), entry["documents"].count(name)) for name in set(names))
        found += len(names)
        wanted += len(entry["documents"])
    assert right / found >= 0.95
    assert right / wanted >= 0.95


def names_in(*texts: str) -> list[str]:
    return [citation.name for citation in find_documents(list(enumerate(texts, start=1)))]


def test_spellings_of_one_name_have_one_key() -> None:
    written = [
        "《中华人民共和国数据安全法》",
        "《数据安全法》",
        "數據安全法",
        "《数据安全法（草案）》公布",
    ]
    assert {citation.key for text in written for citation in find_documents([(1, text)])} == {"数据安全法"}


def test_a_short_name_is_the_last_document_that_ends_so() -> None:
    assert names_in("《甲市供水条例》和《乙市供电办法》施行。", "《办法》共三章，《条例》共四章。") == [
        "甲市供水条例",
        "乙市供电办法",
        "乙市供电办法",
        "甲市供水条例",
    ]


def test_a_short_name_that_nothing_introduced_stays_as_it_is() -> None:
    assert names_in("《意见》指出，要加快。") == ["意见"]


def test_quotation_marks_name_a_document_only_where_it_looks_like_one() -> None:
    assert names_in("省里下发了“关于加强河湖管理的若干意见”。") == ["关于加强河湖管理的若干意见"]
    assert names_in("他有“关于爱情的疑问”。") == []


def test_titles_in_a_row_share_what_stands_around_them() -> None:
    assert names_in("依照《饭店服务标准》《导游服务标准》执行。") == ["饭店服务标准", "导游服务标准"]
    assert names_in("《完美计划》《最终计划》今日上映。") == []


def test_marks_that_never_close_are_no_titles() -> None:
    assert names_in("《关于加快发展的意见", "》《", "《" + "很" * 130 + "的意见》") == []


def test_the_sentence_is_the_one_that_cites() -> None:
    (citation,) = find_documents([(7, "前一句。《食品安全法》规定了十倍赔偿。后一句。")])
    assert (citation.line, citation.start) == (7, 4)
    assert citation.sentence == "《食品安全法》规定了十倍赔偿。"


def test_rules_that_fail_their_examples_are_refused() -> None:
    def load(kind: str, form: str) -> None:
        load_document_rules(
            f"{{kinds: [{kind}], signs: [], before: {{}}, after: {{}}, titles: [], laws: [], forms: [{form}]}}"
        )

    good = "{kind: 法律, endings: {法: 1}, example: 民法}"
    load(good, "{pattern: 一号文件, kind: 政策, example: 一号文件}")
    for kind, form, said in [
        ("{kind: 法律, endings: {法: 1}, example: 民法, not: [民法]}", "", "no ending"),
        ("{kind: 法律, endings: {法: 1}, example: 条例}", "", "no ending"),
        (good, "{pattern: 一号, kind: 政策, example: 二号}", "does not match"),
        (good, "{pattern: '(', kind: 政策, example: 二号}", "regular expression"),
        (good, "{pattern: 一号, has: 文件, kind: 政策, example: 一号}", "has 文件 in every match"),
    ]:
        with pytest.raises(RuleError, match=said):
            load(kind, form)


@settings(deadline=None)
@given(st.text("《》〈〉关于的意见法条例()印发、,。“”据", max_size=40))
def test_citations_stand_in_the_text(text: str) -> None:
    for citation in find_documents([(1, text)]):
        assert text[citation.start : citation.start + len(citation.written)] == citation.written
        assert citation.sentence in text
        assert citation.name
        assert citation.kind


def test_every_kind_and_ending_has_points() -> None:
    assert all(points > 0 for _, points in document_rules().endings.values())
    assert {kind for kind, _ in document_rules().endings.values()} == {
        "法律",
        "法规",
        "政策",
        "标准",
        "报告",
        "国际文件",
    }

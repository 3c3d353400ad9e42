"""Who speaks: sentences with their speakers, the sample corpus, and what always holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from build_digest.mentions.voices import find_voices

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"


def number(text: str) -> list[tuple[int, str]]:
    return list(enumerate(text.strip().split("\n"), start=1))


def read_sentences() -> list[dict[str, Any]]:
    return list(yaml.safe_load((HERE / "voices" / "sentences.yml").read_text("utf-8")))


def test_sentences_from_other_fields() -> None:
    right = found = wanted = 0
    for entry in read_sentences():
        here = {(voice.name, voice.role) for voice in find_voices(number(entry["text"]))}
        labelled = set(entry["voices"].items())
        right += len(here & labelled)
        found += len(here)
        wanted += len(labelled)
    assert right / found >= 0.95
    assert right / wanted >= 0.95


@pytest.mark.parametrize("part", ["tuning", "held_out"])
def test_voices_of_many_fields(part: str) -> None:
    right = found = wanted = 0
    for entry in yaml.safe_load((HERE / "voices" / "fields.yml").read_text("utf-8"))[part]:
        here = {(voice.name, voice.role) for voice in find_voices(number(entry["text"]))}
        labelled = set(entry["voices"].items())
        right += len(here & labelled)
        found += len(here)
        wanted += len(labelled)
    assert right / found >= 0.95
    assert right / wanted >= 0.95


def test_speeches_of_the_sample_corpus() -> None:
    (voice,) = find_voices(number((CORPUS / "000_007830c22e4ddc28.txt").read_text("utf-8")))
    assert (voice.name, voice.role, voice.kind) == ("曹鵬", "全國政協委員、京東集團技術委員會主席", "person")
    assert voice.count >= 12


def test_turns_of_an_interview_take_their_role_from_the_text() -> None:
    voices = find_voices(number((CORPUS / "001_efc6a8f08379ddbf.txt").read_text("utf-8")))
    assert [(voice.name, voice.role, voice.lines) for voice in voices] == [
        ("金壯龍", "工業和信息化部黨組書記、部長", (17, 25, 30, 37))
    ]


def test_labels_are_no_turns_where_nobody_asks() -> None:
    assert find_voices(number("王大力:第一名\n李小红:第二名")) == ()
    assert [voice.name for voice in find_voices(number("问：谁赢了？\n王大力：我。\n地点：操场"))] == ["王大力"]


def test_a_bare_name_counts_once_the_text_says_who_that_is() -> None:
    text = "周慧认为可行。\n某大学教授周慧说，可行。\n周慧补充说，要快。"
    (voice,) = find_voices(number(text))
    assert (voice.name, voice.role, voice.count, voice.lines) == ("周慧", "某大学教授", 3, (1, 2, 3))


def test_the_most_talkative_come_first_and_organisations_have_no_role() -> None:
    text = "商务部表示，要扩大消费。\n商务部指出，要以旧换新。\n局长王大力强调，要快。"
    assert [(voice.name, voice.role, voice.kind, voice.count) for voice in find_voices(number(text))] == [
        ("商务部", "", "organisation", 2),
        ("王大力", "局长", "person", 1),
    ]


def test_script_changes_no_speaker() -> None:
    simplified = find_voices([(1, "国务院总理李强指出，要办实事。商务部表示支持。")])
    traditional = find_voices([(1, "國務院總理李強指出，要辦實事。商務部表示支持。")])
    assert [voice.lines for voice in simplified] == [voice.lines for voice in traditional]
    assert [voice.name for voice in traditional] == ["李強", "商務部"]


@settings(deadline=None)
@given(st.text("王李强教授部长局表示说,。“”、的在记者:问会上大学\n", max_size=50))
def test_names_and_roles_stand_in_the_text(text: str) -> None:
    lines = list(enumerate(text.split("\n"), start=1))
    for voice in find_voices(lines):
        assert voice.count >= len(voice.lines) > 0
        assert all(voice.name in dict(lines)[line] for line in voice.lines)
        assert voice.role in text

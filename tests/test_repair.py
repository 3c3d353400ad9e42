import collections
import difflib
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_digest.model import Repair
from build_digest.repair import apply_repairs, repair_text
from build_digest.text.mojibake import lattice, one_byte_off
from build_digest.text.mojibake.lattice import PLACEHOLDER

HERE = Path(__file__).parent / "repair"
CORPUS = Path(__file__).parents[1] / "corpus"


def read_lines(name):
    return [line for line in (HERE / name).read_text("utf-8").split("\n") if line and not line.startswith("#")]


CLEAN = read_lines("clean.txt")
PARAGRAPHS = read_lines("paragraphs.txt")
EXACT = [
    tuple(read.split("\n"))
    for read in "\n".join(["", *(HERE / "exact.txt").read_text("utf-8").split("\n")[1:]]).strip().split("\n\n")
]


def break_one_byte_off(text, at):
    """A lead byte becomes `?`, pairs without a character vanish, full-width forms but the usual marks are folded."""
    lead, tail = text[:at].encode("gbk"), text[at:].encode("gbk")[1:]
    broken = (lead + b"?" + tail).decode("gb18030", "ignore")[at:]
    kept = (c for c in broken if not "\ue000" <= c <= "\uf8ff")
    return text[:at] + "".join(unicodedata.normalize("NFKC", c) if "Ａ" <= c <= "ｚ" else c for c in kept)


DAMAGES = {  # how a text is damaged, then: characters right at least, foreign characters at most
    "utf8-as-latin1": (lambda text: text.encode().decode("latin-1"), 1.0, 0.0),
    "gbk-as-latin1": (lambda text: text.encode("gbk").decode("latin-1"), 1.0, 0.0),
    "utf8-as-cp1252": (lambda text: text.encode().decode("cp1252", "ignore"), 0.98, 0.01),
    "utf8-as-gbk": (lambda text: text.encode().decode("gbk", "replace"), 0.96, 0.01),
    "gbk-one-byte-off": (lambda text: break_one_byte_off(text, re.search("[，。]", text).start()), 0.85, 0.03),
}


def rate_right(fixed, whole):
    return difflib.SequenceMatcher(None, fixed, whole, autojunk=False).ratio()


def rate_foreign(fixed, whole):
    foreign = collections.Counter(fixed) - collections.Counter(whole)
    del foreign[PLACEHOLDER]
    return foreign.total() / len(fixed)


@pytest.mark.parametrize(("rule", "damaged", "whole"), EXACT)
def test_known_damage_is_put_right_exactly(rule, damaged, whole):
    repaired = repair_text(damaged)
    assert repaired.text == whole
    assert [repair.rule for repair in repaired.repairs] == [rule]
    assert repair_text(whole).text == whole


@pytest.mark.parametrize("rule", DAMAGES)
def test_damaged_paragraphs_come_back(rule):
    damage, right, foreign = DAMAGES[rule]
    texts = [(repair_text(damage(text)).text, text) for text in PARAGRAPHS]
    assert sum(rate_right(*pair) for pair in texts) / len(texts) >= right
    assert sum(rate_foreign(*pair) for pair in texts) / len(texts) <= foreign


@pytest.mark.parametrize("rule", ["utf8-as-latin1", "gbk-as-latin1", "utf8-as-cp1252", "utf8-as-gbk"])
def test_a_damaged_run_inside_clean_text_comes_back(rule):
    damage, right, _ = DAMAGES[rule]
    for text in PARAGRAPHS:
        broken = text[:9] + damage(text[9:19]) + text[19:]
        repaired = repair_text(broken)
        assert {repair.rule.replace("cp1252", "latin1") for repair in repaired.repairs} == {
            rule.replace("cp1252", "latin1")
        }
        assert repaired.text[:8] == text[:8]
        assert repaired.text.endswith(text[20:])
        assert rate_right(repaired.text, text) >= min(right, 0.96)


@pytest.mark.parametrize("text", [*CLEAN, *PARAGRAPHS, "私用区字符\ue001和\ue5e5?\uf8ff说", "", "?", "?\n?霸", "a?b"])
def test_clean_text_stays(text):
    assert repair_text(text).text == text
    assert repair_text(text).repairs == ()


def test_clean_text_stays_as_one_source():
    text = "\n".join(CLEAN + PARAGRAPHS)
    assert repair_text(text).text == text


def test_the_sample_corpus_has_three_damaged_runs():
    repairs = {
        path.name[:3]: [(repair.before, repair.after) for repair in repair_text(path.read_text("utf-8")).repairs]
        for path in sorted(CORPUS.glob("00[0-4]_*.txt"))
    }
    assert repairs.pop("000") == [
        ("?!霸谝源竽P蜑榇淼腁", "。“在以大模型為代表的A"),
        ("?!辈荠i", "。”曹鵬"),
        ("?!敖ㄗh", "。“建議"),
    ]
    assert not any(repairs.values())


def test_what_is_lost_is_a_placeholder():
    for text in PARAGRAPHS:
        fixed = repair_text(DAMAGES["utf8-as-gbk"][0](text)).text
        assert "\ufffd" not in fixed
        assert PLACEHOLDER in fixed or fixed == text


def test_only_so_much_of_a_text_is_looked_at_closely(monkeypatch):
    damaged = "\n".join([EXACT[3][1]] * 3)
    monkeypatch.setattr(one_byte_off, "MOST_CHARACTERS", 36)
    assert [repair.start for repair in repair_text(damaged).repairs] == [2, 19]


def test_damage_does_not_speak_for_damage():
    """The same damage again and again is no reason to take it for clean text."""
    _, damaged, whole = EXACT[3]
    assert repair_text("\n".join([damaged] * 3)).text == "\n".join([whole] * 3)


def test_what_the_text_says_elsewhere_helps_to_choose():
    """A name that no dictionary has comes back where the text has it a second time."""
    text = "他走进了冉青禾的书房。冉青禾正在写信，见他来了，便放下笔。"
    damaged = text[:11] + text[11:].encode().decode("cp1252", "ignore")
    assert "冉青禾正在写信" in repair_text(damaged).text


def texts():
    pieces = st.sampled_from([*EXACT[3:], *((c[:12],) * 3 for c in CLEAN)]).map(lambda case: case[1])
    return st.lists(
        st.one_of(st.text(max_size=8), pieces, st.sampled_from("?？!\n\x85\u2028 霸谝Ã©涓枃\ufffd")), max_size=6
    ).map("".join)


@settings(deadline=None, max_examples=15)
@given(texts())
def test_repairs_explain_the_result_and_keep_the_lines(text):
    repaired = repair_text(text)
    assert repaired.text.count("\n") == text.count("\n")
    assert apply_repairs(text, repaired.repairs) == repaired.text
    ends = 0
    for repair in repaired.repairs:
        assert ends <= repair.start < repair.end
        assert text[repair.start : repair.end] == repair.before != repair.after
        assert "\n" not in repair.before + repair.after
        ends = repair.end


@pytest.mark.parametrize("damage", DAMAGES.values())
def test_repairing_twice_changes_nothing_more(damage):
    for text in PARAGRAPHS[::6]:
        once = repair_text(damage[0](text)).text
        assert repair_text(once).text == once


@pytest.mark.parametrize("piece", ["?霸谝源", "Ã", "Ã©", "é中", "涓�", "涓浗鍙?", "?Ａ", "ÖÐ", "好?"])
def test_long_lines_come_to_an_end(piece, monkeypatch):
    """A line longer than the limits for close looks: a pattern that backtracked would not come back from it."""
    monkeypatch.setattr(one_byte_off, "MOST_CHARACTERS", 20)
    monkeypatch.setattr(lattice, "LONGEST", 20)
    repaired = repair_text(piece * 16_000)
    assert apply_repairs(piece * 16_000, repaired.repairs) == repaired.text


def test_repairs_are_applied_in_order():
    repairs = (Repair(0, 1, "a", "bb", "x"), Repair(2, 3, "c", "", "x"))
    assert apply_repairs("a-c-", repairs) == "bb--"

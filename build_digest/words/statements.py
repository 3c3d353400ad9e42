"""Find the sentences of a text that can stand alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from build_digest.shipped import read_shipped
from build_digest.text.gates import Gate
from build_digest.text.sentence import split_sentences
from build_digest.text.yaml_text import read_yaml

SHORTEST = 25
"""Characters in a sentence of a summary, at least."""
LONGEST = 120
"""Characters in a sentence of a summary, at most."""
_FINAL = ("。", "！", "？", "!", "?", "…")
_CLOSERS = '”’」』）)》〉"'
_CLAUSE_END = re.compile("[,;:]")
_SPEAKER = re.compile(r"([^\s,.;:!?、。()《》“”\"]{1,8}):")
_LEAD = re.compile(r"[讯电悉【\[解知]")
_LEAD_STARTS = ("(", "据", "第")
"""What every lead has near its start, or begins with; most sentences do not."""
_LONGEST_LEAD = 60
_DIGIT = re.compile(r"\d")
_PAIRS = tuple(zip("“‘「『《(〈", "”’」』》)〉", strict=True))
_PAIRED = re.compile(f"[{''.join(map(''.join, _PAIRS))}]")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that can be understood alone: it stands verbatim at `start` of the text.

    `paragraph` counts the paragraphs from 0, `place` the sentences of its paragraph that come before it; `reported` is
    whether a dateline or 记者从…获悉 stood before it.
    """

    text: str
    folded: str
    start: int
    paragraph: int
    place: int
    reported: bool


@dataclass(frozen=True, slots=True)
class SummaryRules:
    """The patterns of rules/summary.yml; few sentences are `formulaic`, and only they have any `formulas`."""

    leads: re.Pattern[str]
    hangs: re.Pattern[str]
    points_back: Gate
    announces: Gate
    formulas: re.Pattern[str]
    formulaic: Gate
    directives: re.Pattern[str]
    claims: tuple[re.Pattern[str], ...]
    askers: frozenset[str]


@lru_cache(1)
def summary_rules() -> SummaryRules:
    """The rules that ship with the package."""
    data = read_yaml(read_shipped("rules/summary.yml"))

    def any_of(name: str) -> re.Pattern[str]:
        return re.compile("|".join(patterns(name)))

    def patterns(name: str) -> list[str]:
        return [entry["pattern"] for entry in data[name]]

    return SummaryRules(
        leads=any_of("leads"),
        hangs=any_of("hangs"),
        points_back=Gate.of(patterns("points_back")),
        announces=Gate.of(patterns("announces")),
        formulas=any_of("formulas"),
        formulaic=Gate.of(patterns("formulas")),
        directives=any_of("directives"),
        claims=tuple(re.compile(entry["pattern"]) for entry in data["claims"]),
        askers=frozenset(data["askers"].split()),
    )


def find_statements(text: str, folded_text: str) -> list[Statement]:
    """The sentences of a text that can stand alone, in order; `folded_text` is the same as `fold_keeping_case` gives it.

    Lines are paragraphs. A line without a full stop at its end is a heading or was cut off and gives none; the name of
    a speaker before a colon is not part of a sentence, and what an interviewer says is left out.
    A sentence begins after its dateline or 记者从…获悉; one that comes twice counts once.

    >>> from build_digest.words.segment import fold_keeping_case
    >>> text = "一、背景\\n记者：如何看待？\\n张三：公共数据授权运营扩大了高质量数据供给，为中小企业创新降低了门槛。对此，应当支持。"
    >>> [s.text for s in find_statements(text, fold_keeping_case(text))]
    ['公共数据授权运营扩大了高质量数据供给，为中小企业创新降低了门槛。']
    """
    found: list[Statement] = []
    seen: set[str] = set()
    offset = 0
    for number, (line, folded) in enumerate(zip(text.split("\n"), folded_text.split("\n"), strict=True)):
        if _is_closed(folded.rstrip()):
            skip = _speaker(folded)
            for place, (at, sentence) in enumerate(split_sentences(line[skip:]) if skip >= 0 else ()):
                start = skip + at + len(sentence) - len(sentence.lstrip())
                lead = _skip_leads(folded[start : skip + at + len(sentence)])
                start += lead
                verbatim = line[start : skip + at + len(sentence)].rstrip()
                plain = folded[start : start + len(verbatim)].lower()
                if plain not in seen and stands_alone(plain):
                    seen.add(plain)
                    found.append(Statement(verbatim, plain, offset + start, number, place, lead > 0))
        offset += len(line) + 1
    return found


def stands_alone(sentence: str) -> bool:
    """Whether a folded sentence is a statement of fit length that leans on no other.

    >>> stands_alone("公共数据授权运营扩大了高质量数据供给,为中小企业创新降低了门槛。"), stands_alone("对此,应当支持。")
    (True, False)
    """
    rules = summary_rules()
    bare = sentence.lstrip('“"‘「『')
    return (
        SHORTEST <= len(sentence) <= LONGEST
        and "?" not in sentence
        and not rules.hangs.match(bare)
        and not rules.points_back.opens(_CLAUSE_END.split(bare, maxsplit=1)[0])
        and _is_closed(sentence)
        and _is_paired(sentence)
        and not rules.announces.opens(sentence)
        and not _half_a_list(sentence)
        and not _only_quoted(sentence)
        and len(_DIGIT.findall(sentence)) * 3 < len(sentence)
    )


def _is_closed(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(_FINAL)


def _is_paired(text: str) -> bool:
    """Whether quotation marks and brackets open and close equally often; few sentences have any."""
    return not _PAIRED.search(text) or all(text.count(left) == text.count(right) for left, right in _PAIRS)


def _half_a_list(sentence: str) -> bool:
    """Whether a list begins here and goes on in the next sentence."""
    return ("一是" in sentence) != ("二是" in sentence) or ("一方面" in sentence) != ("另一方面" in sentence)


def _only_quoted(sentence: str) -> bool:
    """Whether the whole sentence is a quotation, so that it does not tell who says it."""
    return sentence[0] in "“‘「『" and sentence[-1] in "”’」』"


def _skip_leads(folded: str) -> int:
    """How many characters of a sentence only say who filed it, or where it was heard."""
    if not (folded.startswith(_LEAD_STARTS) or _LEAD.search(folded, 0, _LONGEST_LEAD)):
        return 0
    leads = summary_rules().leads
    start = 0
    while lead := leads.match(folded, start):
        start = lead.end()
    return start


def _speaker(folded: str) -> int:
    """How many characters name the speaker of a paragraph; -1 for one who asks."""
    match = _SPEAKER.match(folded.lstrip())
    if match is None:
        return 0
    if match[1].lower() in summary_rules().askers:
        return -1
    return folded.index(match[0]) + len(match[0])

"""The people and organisations that speak in an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from build_digest.mentions.mentioned import Speaker, Voice
from build_digest.mentions.voice_rules import VoiceRules, voice_rules
from build_digest.text.characters import HAN
from build_digest.text.script import fold
from build_digest.text.sentence import clause_start
from build_digest.words.keyphrases import look_up

_MARKS = '。!?;:,”"」』…()《》'
_TURN = re.compile(rf"\s*([{HAN}·]{{1,8}}):")
_PUNCTUATION = frozenset('。!?;:,“”"「」『』… ')
_LONGEST_NAME = 20
_UNKNOWN = 11.0
"""The rarity of what no word list has."""
_LONGEST_CLAUSE, _LONGEST_ROLE, _LONGEST_ORGANISATION = 80, 40, 20
_NO_NAME = re.compile(r"[是在把被将从每给让似于到]|一[个家]|有一")
_TOLD = re.compile(r"记者从([^,。]{3,20}?)(?:获悉|了解到)")


@dataclass(frozen=True, slots=True)
class _Utterance:
    """One time that somebody speaks."""

    name: str
    role: str
    kind: Speaker
    line: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it stands and folded, offset by offset."""

    number: int
    text: str
    folded: str


def find_voices(paragraphs: Sequence[tuple[int, str]]) -> tuple[Voice, ...]:
    """Who speaks in the numbered lines of an article, the most talkative first; nobody unnamed (专家认为, 他说).

    >>> find_voices([(1, "“要快。”全国政协委员、某集团主席曹鹏表示。"), (2, "曹鹏建议,专家认为可行。")])
    (Voice(name='曹鹏', role='全国政协委员、某集团主席', kind='person', count=2, lines=(1, 2)),)
    """
    rules = voice_rules()
    lines = [_Line(number, text, fold(text)) for number, text in paragraphs]
    turns = _find_turns(lines, rules)
    sure = [list(_find_speakers(line, rules, frozenset())) for line in lines]
    names = frozenset(fold(said.name) for said in chain(turns, *sure) if said.kind == "person")
    # A line with such a name is read again: a bare name counts once the text has said elsewhere who that is.
    known = [
        list(_find_speakers(line, rules, names)) if any(name in line.folded for name in names) else said
        for line, said in zip(lines, sure, strict=True)
    ]
    return _count([*turns, *chain(*known)])


def _count(utterances: Sequence[_Utterance]) -> tuple[Voice, ...]:
    groups: dict[tuple[str, Speaker], list[_Utterance]] = {}
    for said in utterances:
        groups.setdefault((fold(said.name), said.kind), []).append(said)
    voices = [
        Voice(group[0].name, max((said.role for said in group), key=len), kind, len(group), _list_lines(group))
        for (_, kind), group in groups.items()
    ]
    return tuple(sorted(voices, key=lambda voice: (-voice.count, voice.lines)))


def _list_lines(utterances: Sequence[_Utterance]) -> tuple[int, ...]:
    return tuple(sorted({said.line for said in utterances}))


def _find_turns(lines: Sequence[_Line], rules: VoiceRules) -> list[_Utterance]:
    """The turns of an interview; lines that begin with a label are turns only where somebody asks."""
    labels = [(line, match[1]) for line in lines if (match := _TURN.match(line.folded))]
    if not any(label in rules.askers for _, label in labels):
        return []
    names = sorted({label for _, label in labels if label not in rules.askers and _is_name(label, rules)})
    roles = {name: _look_up_role(name, lines, rules) for name in names}
    return [
        _Utterance(line.text.strip()[: len(label)], roles[label], "person", line.number)
        for line, label in labels
        if label in roles
    ]


def _look_up_role(name: str, lines: Sequence[_Line], rules: VoiceRules) -> str:
    """The role that stands right before a name somewhere in the text."""
    for line in lines:
        for match in re.finditer(re.escape(name), line.folded):
            start = _start_clause(line, match.start())
            if rules.role.search(line.folded, start, match.start()):
                return _trim(line, start, match.start(), rules)
    return ""


def _find_speakers(line: _Line, rules: VoiceRules, names: frozenset[str]) -> Iterator[_Utterance]:
    """Who stands before a verb of saying; a name without a role counts only if it is one of `names`."""
    for told in _TOLD.finditer(line.folded):
        yield from _find_organisation(line, *told.span(1), rules)
    for verb in rules.says.finditer(line.folded):
        # One character is a word of its own only where the sentence stops after it: 张三说,…; not 学说.
        if len(verb[0]) == 1 and line.folded[verb.end() : verb.end() + 1] not in _PUNCTUATION:
            continue
        start, end = _start_clause(line, verb.start()), verb.start()
        while adverb := rules.adverbs.search(line.folded, start, end):
            end = adverb.start()
        if person := _find_person(line, start, end, rules, names):
            yield person
        else:
            yield from _find_organisation(line, start, end, rules)


def _find_person(line: _Line, start: int, end: int, rules: VoiceRules, names: frozenset[str]) -> _Utterance | None:
    """The person whose name ends this span, or whose role after the name does."""
    role_after = rules.role.search(line.folded, start, end)
    name_end = role_after.start() if role_after else end
    for at in range(max(start, name_end - _LONGEST_NAME), name_end - 1):
        name = line.folded[at:name_end]
        if not (name in rules.people or rules.name.fullmatch(name)):
            continue
        role_before = rules.role.search(line.folded, start, at)
        if not (name in rules.people or _is_name(name, rules, role_before is not None)):
            continue
        titled = role_before or rules.organisation.search(line.folded, start, at)
        known = name in names or name in rules.people or "·" in name
        if titled or known or (role_after and len(name) > 2 and at == start):
            role = _trim(line, start, at, rules) if titled else line.text[name_end:end]
            return _Utterance(line.text[at:name_end], role, "person", line.number)
    return None


def _find_organisation(line: _Line, start: int, end: int, rules: VoiceRules) -> Iterator[_Utterance]:
    """The organisation that this span names, if it names one in particular."""
    name = re.split(r"[、的]", _trim(line, start, end, rules))[-1]
    folded = fold(name)
    if not rules.known.fullmatch(folded):
        named = rules.organisation.search(folded)
        if not named or not 3 <= len(name) <= _LONGEST_ORGANISATION or _NO_NAME.search(folded):
            return
        if rules.vague.match(folded) or rules.common.search(folded):
            return
    yield _Utterance(name, "", "organisation", line.number)


def _start_clause(line: _Line, end: int) -> int:
    """Where the clause that ends here begins."""
    return clause_start(line.folded, max(0, end - _LONGEST_CLAUSE), end, _MARKS)


def _trim(line: _Line, start: int, end: int, rules: VoiceRules) -> str:
    """The text of this span without the words that only lead up to a voice."""
    while opener := rules.openers.match(line.folded, start, end):
        start = opener.end()
    return line.text[start:end].strip(" 、·—-") if end - start <= _LONGEST_ROLE else ""


def _is_name(folded: str, rules: VoiceRules, after_role: bool = False) -> bool:
    """Whether these characters can be a person's whole name; right after a role, any that are no common word can."""
    if not rules.name.fullmatch(folded) or folded in rules.not_names:
        return False
    doubtful = len(folded) == 2 and folded[0] in rules.rare
    common_word = doubtful and not (after_role and _is_no_word(folded))
    return "·" in folded or not (common_word or rules.given_not.intersection(folded[1:]))


def _is_no_word(folded: str) -> bool:
    known = look_up(folded)
    return known.kind == "p" or known.rarity >= _UNKNOWN

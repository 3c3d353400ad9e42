"""From an article's kept lines to its blocks: headings with levels, who speaks, paragraphs, wrapped lines joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from build_digest.classification.headings import PART
from build_digest.mentions.voice_rules import voice_rules
from build_digest.model import Block, Line
from build_digest.tables import find_tables
from build_digest.text.script import fold
from build_digest.text.typeset import fold_width, is_han, typeset
from build_digest.verse import find_stanzas

_NUMERAL = "[〇零一二三四五六七八九十百]+"
_HEADING_FAMILIES = (
    re.compile(rf"第(?:{_NUMERAL}|\d+)[编篇章部卷編]"),
    re.compile(rf"第(?:{_NUMERAL}|\d+)[节節]"),
    re.compile(rf"{_NUMERAL}\s*[、.．，,]"),
    re.compile(rf"[(（]\s*{_NUMERAL}\s*[)）]"),
    re.compile(r"\d{1,2}\s*[、.．](?!\d)"),
    re.compile(r"[(（]\s*\d{1,2}\s*[)）]|\d{1,2}[)）]|[①-⑳]"),
)
"""The marks that headings are numbered by, outermost first."""
_UNNUMBERED = len(_HEADING_FAMILIES)
_DEEPEST = 6

_SPEAKER = re.compile(r"[^\s:：,，。;；?？!！“”\"、《》()（）\d]{1,12}(?:\s[^\s:：,，。;；]{1,4})?[:：](?!//)(?=\S)")
_ENDS_SENTENCE = re.compile(r"[。！？!?…；;：:.][”’」』）)\"']*$")
_CLAUSE_INSIDE = re.compile(r"[。！？!?；;，,、].")
_GOES_ON = re.compile("[—―─-]{2}")
_LONGEST_OFFICE = 40
# A line that begins so says what to do or of whom, even where it ends in people: 依靠每一位专家. Verbs that names of
# offices begin with (建设银行, 发展研究中心) do not stand here.
_NO_OFFICE = re.compile(
    "依靠|依托|加强|加快|加大|推动|推进|推广|促进|发挥|发现|培养|培育|关心|关爱|关注|尊重|重视|支持|引进|引导|激励|鼓励|"
    "团结|争做|争当|做|当好|成为|听取|致敬|选派|选拔|选好|打造|健全|完善|坚持|落实|提高|提升|增强|强化|优化|深化|"
    "让|把|给|靠|请|谁|怎样|如何|每|所有|没有|.*(?:每一|每位|各位|广大)"
)
_WRAP_WIDTHS = range(15, 61)
_JOINED_HEADING = 40


def compose(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks of an article, in order; a title is no block, since it stands above the text.

    Args:
        lines: the article's lines; those of the fates heading and body are used.
    """
    kept = [line for line in lines if line.fate in ("heading", "body") and line.kept_text().strip()]
    groups = [(fate, list(group)) for fate, group in groupby(kept, key=lambda line: line.fate)]
    two_lined = _sets_headings_on_two_lines([group for fate, group in groups if fate == "heading"])
    blocks: list[Block] = []
    for fate, group in groups:
        blocks.extend(_compose_headings(group, two_lined) if fate == "heading" else _compose_text(group))
    return tuple(_set_speakers(_set_levels(blocks)))


def _sets_headings_on_two_lines(groups: Sequence[Sequence[Line]]) -> bool:
    """Whether most headings of an article are a pair of lines: a heading above the first of its parts is rarer."""
    pairs = sum(_may_be_one(group) for group in groups)
    return pairs > 1 and 2 * pairs > len(groups)


def _may_be_one(lines: Sequence[Line]) -> bool:
    """Whether headings that follow each other at once are the two lines of a single one."""
    texts = [typeset(line.kept_text()) for line in lines]
    return (
        len(texts) == 2
        and not any(map(_marks, lines))
        and all(_family(text) == _UNNUMBERED for text in texts)
        and sum(map(len, texts)) <= _JOINED_HEADING
        and not _names_person(*texts)
    )


def _compose_headings(lines: Sequence[Line], two_lined: bool) -> Iterator[Block]:
    """Headings that follow each other at once: the pieces of one heading joined, names and offices told apart."""
    texts = [typeset(line.kept_text()) for line in lines]
    joined = two_lined and _may_be_one(lines)
    at = 0
    while at < len(lines):
        text, following = texts[at], texts[at + 1] if at + 1 < len(texts) else ""
        attributed = _names_person(text, following)
        goes_on = bool(_GOES_ON.match(following))
        part = bool(following) and PART.fullmatch(fold(text)) is not None
        last = at + (attributed or joined or goes_on or part)
        if last > at:
            text += following if goes_on else f" {following}"
        first, end = lines[at].number, lines[last].number
        marks = _marks(lines[at])
        yield Block("attribution", text, first, end) if attributed else Block("heading", text, first, end, level=marks)
        at = last + 1


def _marks(line: Line) -> int:
    """How many marks were cut off before a heading: `##` in a text that was written in Markdown."""
    cut = next((cut for cut in line.cuts if cut.rule == "written-mark"), None)
    return line.text[cut.start : cut.end].count("#") if cut else 0


def _names_person(name: str, office: str) -> bool:
    """Whether two lines are a person's name and the office that the person holds.

    >>> _names_person("陈 超", "某大学经济学院教授"), _names_person("重视人才", "依靠每一位专家")
    (True, False)
    """
    rules = voice_rules()
    name, office = fold(name).replace(" ", "", 1), fold(office)
    return (
        2 <= len(name) <= 4
        and bool(rules.name.fullmatch(name))
        and name not in rules.not_names
        and not rules.given_not & set(name[1:])
        and len(office) <= _LONGEST_OFFICE
        and bool(rules.role.search(office))
        and not _NO_OFFICE.match(office)
    )


def _family(text: str) -> int:
    """Which way a heading is numbered: an index into `_HEADING_FAMILIES`, or `_UNNUMBERED`."""
    return next((i for i, pattern in enumerate(_HEADING_FAMILIES) if pattern.match(text)), _UNNUMBERED)


def _set_levels(blocks: Sequence[Block]) -> list[Block]:
    """Headings with levels 2 to 6: numbered families by their usual order, unnumbered ones where they first stand."""
    families = [_family_of(block) for block in blocks if block.kind == "heading"]
    order = sorted(set(families) - {_UNNUMBERED})
    if _UNNUMBERED in families:
        outer = [f for f in order if f in families[: families.index(_UNNUMBERED)]]
        order.insert(len(outer), _UNNUMBERED)
    return [
        replace(block, level=min(_DEEPEST, 2 + order.index(_family_of(block)))) if block.kind == "heading" else block
        for block in blocks
    ]


def _family_of(block: Block) -> int:
    """How a heading is numbered, or, below all of these, how many marks stood before it, which is its level so far."""
    return block.level - _DEEPEST - 1 if block.level else _family(block.text)


def _compose_text(lines: Sequence[Line]) -> Iterator[Block]:
    """Tables, and the paragraphs between them."""
    for rows, group in find_tables(lines):
        if rows:
            yield Block("table", "\n".join(map("\t".join, rows)), group[0].number, group[-1].number)
        else:
            yield from _compose_paragraphs(group)


def _compose_paragraphs(lines: Sequence[Line]) -> Iterator[Block]:
    """Paragraphs: a line each, but stanzas kept together, and lines that were wrapped at a fixed width joined again."""
    stanzas = list(find_stanzas(lines))
    width = _wrap_width([line.kept_text() for line in lines])
    if width is None or (len(stanzas) < len(lines) and not _runs_on(lines)):
        yield from map(_make_stanza, stanzas)
        return
    group: list[Line] = []
    for line in lines:
        if group and not _continues_paragraph(group[-1], line, width):
            yield _make_paragraph(group)
            group = []
        group.append(line)
    if group:
        yield _make_paragraph(group)


def _wrap_width(texts: Sequence[str]) -> int | None:
    """The width at which a text was wrapped, in characters, or None for text with a paragraph a line."""
    widths = [len(text.rstrip()) for text in texts]
    widest = max(widths, default=0)
    if len(texts) < 6 or widest not in _WRAP_WIDTHS:
        return None
    full = [i for i, width in enumerate(widths) if width >= widest - 2]
    broken = [i for i in full if not _ENDS_SENTENCE.search(texts[i].rstrip())]
    return widest if 2 * len(full) > len(texts) and 2 * len(broken) > len(full) else None


def _runs_on(lines: Sequence[Line]) -> bool:
    """Whether a clause ends in the midst of every third line, as in text that was wrapped and in no poem."""
    return 3 * sum(_CLAUSE_INSIDE.search(line.kept_text()) is not None for line in lines) >= len(lines)


def _continues_paragraph(line: Line, following: Line, width: int) -> bool:
    if following.number != line.number + 1 or following.text[:1] in ("\u3000", " ", "\t"):
        return False
    return len(line.kept_text().rstrip()) >= width - 2


def _make_stanza(lines: Sequence[Line]) -> Block:
    """A paragraph whose lines stay lines."""
    # Width once more for a mark behind a mark: 字,, has its second comma beside a full-width one only then.
    text = "\n".join(fold_width(typeset(line.kept_text())) for line in lines)
    return Block("paragraph", text, lines[0].number, lines[-1].number)


def _make_paragraph(lines: Sequence[Line]) -> Block:
    if len(lines) == 1:
        return _make_stanza(lines)
    text = typeset(lines[0].kept_text())
    for line in lines[1:]:
        following = typeset(line.kept_text())
        spaced = not is_han(text[-1:]) and not is_han(following[:1]) and text[-1:].isascii() and following[:1].isascii()
        text += f" {following}" if spaced else following
    return Block("paragraph", typeset(text), lines[0].number, lines[-1].number)


def _set_speakers(blocks: Sequence[Block]) -> list[Block]:
    """Paragraphs of an interview with their speaker's length: names that open two or more paragraphs each."""
    opened: dict[str, int] = {}
    for block in blocks:
        match = _SPEAKER.match(block.text) if block.kind == "paragraph" else None
        if match:
            opened[match[0]] = opened.get(match[0], 0) + 1
    turns = {speaker for speaker, count in opened.items() if count > 1}
    if len(turns) < 2:
        return list(blocks)
    result = []
    for block in blocks:
        match = _SPEAKER.match(block.text) if block.kind == "paragraph" else None
        result.append(replace(block, speaker=match.end()) if match and match[0] in turns else block)
    return result

"""Judge each line by itself, then again by its neighbours and its block.

The two passes, and keeping both verdicts, are jusText's (Pomikálek, Removing Boilerplate and Duplicate Content from
Web Corpora, 2011); the second one chooses a block, see `blocks`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from build_digest.classification.below_title import with_lines_below_title
from build_digest.classification.blocks import choose_block, is_article, with_title
from build_digest.classification.context import with_events, with_menus
from build_digest.classification.features import measure, weigh
from build_digest.classification.headings import LONGEST as LONGEST_HEADING
from build_digest.classification.judged_page import JudgedPage
from build_digest.classification.line_rules import Rule, Rules
from build_digest.classification.midst import with_headline, with_sentences
from build_digest.classification.notices import find_notice
from build_digest.classification.outline import with_contents
from build_digest.classification.page_fates import outside, page_fates, with_heads_of_tables
from build_digest.classification.part_fates import part_fates
from build_digest.classification.runs import ROW, with_prose
from build_digest.classification.whole import keep_whole
from build_digest.classification.written_marks import is_written_with_marks
from build_digest.metadata.label_rows import with_rows
from build_digest.metadata.labels import may_state, read_statement
from build_digest.metadata.one_line import TITLE, find_title_among_values
from build_digest.metadata.statement import kind_of_statement
from build_digest.model import KEPT, Kind, Line, Verdict
from build_digest.text.line_fold import fold_line, without_quotes
from build_digest.text.script import remember_short

_TABBED = re.compile(r"[^\t]{1,24}(?:\t+[^\t]{1,60}){1,7}")
NEIGHBOURS = (with_headline, with_sentences, with_prose, with_events, with_menus, with_contents, with_rows)
"""What only the lines around a line tell of it, in this order."""
CELLS = -0.1
"""The score of a line of cells, divided by tabs."""
CERTAIN = 9.0
"""The score of an editor's decision."""
QUOTING = 24
"""Characters of a line from which on it may be a sentence about words in quotation marks."""
STATED = -1.0
"""The score of a line that states values and little else, and"""
TITLED = -0.3
"""of a longer text with such values behind it."""
ABOVE_LABELS = 6.0
"""The weight from which a pattern counts although a label stands in the line too."""


def judge_lines(lines: Sequence[str], rules: Rules, site: str | None = None, file: str = "") -> list[Verdict]:
    """A verdict on each line by itself: what a rule, a label or its form says, with the score behind it.

    Args:
        lines: the lines of a source, or of a part of it.
        rules: see `rules.load_rules`.
        site: adds the rules of that site.
        file: the source's path, for the decisions on single lines of it.
    """
    return [_decided(line, rules, file) or _judge(line, rules, site) for line in lines]


def settle(lines: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> tuple[Kind, list[Line]]:
    """The fates of the lines of a page, reached with the neighbours and the block, and what kind of page this is.

    Args:
        lines: the lines of the page.
        verdicts: what `judge_lines` said of them.
        rules: see `rules.load_rules`.
    """
    page = _fold(lines, verdicts, rules)
    if is_written_with_marks(lines):
        title = next(line for line in lines if line.strip())
        return "article", _number(lines, part_fates(with_contents(page), title, closes=False, named=False), verdicts)
    for look_around in NEIGHBOURS:
        page = look_around(page)
    block = choose_block(page)
    text = with_title(block) if is_article(block) else find_notice(block)
    kind: Kind = "article" if text else "none"
    fates = page_fates(text) if text else [outside(verdict) for verdict in verdicts]
    kind, fates = keep_whole(kind, fates, page.folded, verdicts, rules)
    return kind, _number(lines, with_lines_below_title(page, fates), verdicts)


def settle_part(
    lines: Sequence[str],
    verdicts: Sequence[Verdict],
    rules: Rules,
    title: str | None = None,
    closes: bool = False,
    named: bool = False,
) -> list[Line]:
    """The fates of the lines of an article cut out of a compilation, where only strong evidence drops a line.

    Args:
        lines: the lines of the article.
        verdicts: what `judge_lines` said of them.
        rules: see `rules.load_rules`.
        title: the title where it is known.
        closes: whether the articles of the compilation end in lines that say where they come from.
        named: whether they begin with a name alone on its line.
    """
    return _number(lines, part_fates(_fold(lines, verdicts, rules), title, closes, named), verdicts)


def _fold(lines: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> JudgedPage:
    return JudgedPage.of([fold_line(line).strip() for line in lines], verdicts, rules)


def _number(lines: Sequence[str], settled: Sequence[Verdict], alone: Sequence[Verdict]) -> list[Line]:
    settled = with_heads_of_tables(settled, alone)
    return [Line(number, *line) for number, line in enumerate(zip(lines, settled, alone, strict=True), 1)]


def _decided(line: str, rules: Rules, file: str) -> Verdict | None:
    """What an editor decided of a single line."""
    decided = rules.lines.get((file, line.strip())) if rules.lines and line.strip() else None
    return Verdict(decided, "editor", CERTAIN if decided in KEPT else -CERTAIN) if decided else None


# The menus and foots of a site stand on each of its pages.
@remember_short
def _judge(line: str, rules: Rules, site: str | None) -> Verdict:
    if not line.strip():
        return Verdict("blank", "blank")
    folded = fold_line(line)
    return _by_form(line, folded, rules, _find_rule(folded, rules, site))


def _find_rule(folded: str, rules: Rules, site: str | None) -> Rule | None:
    """The weightiest rule that fits a folded line; what a long line quotes is not what it says itself."""
    rule = rules.strongest(folded, site)
    if rule is None or rule.fate != "boilerplate" or len(folded) < QUOTING or rule.id in rules.decisions:
        return rule
    own = without_quotes(folded)
    return rule if len(own) == len(folded) else rules.strongest(own, site)


def _by_form(line: str, folded: str, rules: Rules, rule: Rule | None) -> Verdict:
    """What a pattern, a label or the form of a line says of it."""
    shape = measure(folded)
    score, form = (CELLS, ROW) if _TABBED.fullmatch(line.strip()) else weigh(shape)
    ruled = _by_rule(rule, score, shape.size) if rule is not None else None
    stated = None
    if may_state(folded) and (rule is None or rule.weight < ABOVE_LABELS):
        statement = read_statement(line, folded, rules)
        titled = len(statement.rest) >= TITLE and find_title_among_values(line, folded, statement, rules)
        stated = "titled" if titled else kind_of_statement(statement)
    if stated and not (ruled is not None and stated == "label-other"):
        verdict = Verdict("title", stated, TITLED) if stated == "titled" else Verdict("metadata", stated, STATED)
    elif ruled is not None and (ruled.fate != "boilerplate" or ruled.score < 0):
        verdict = ruled
    elif shape.numbered and shape.size <= LONGEST_HEADING and not shape.ended:
        verdict = Verdict("heading", "numbered", score)
    else:
        verdict = Verdict("body" if score >= 0 else "boilerplate", form, score)
    return verdict


def _by_rule(rule: Rule, score: float, size: float) -> Verdict:
    """What a rule says of a line; a rule for boilerplate has to outweigh the text that speaks against it."""
    if rule.fate != "boilerplate":
        return Verdict(rule.fate, rule.id, rule.weight if rule.fate in KEPT else -rule.weight)
    weighed = min(score, 4.0) - rule.weight if size < 200 else score - rule.weight / 2
    return Verdict("boilerplate", rule.id, weighed)

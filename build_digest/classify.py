"""Judge each line by itself, then again by its neighbours and its block.

The two passes, and keeping both verdicts, are jusText's (Pomikálek, Removing Boilerplate and Duplicate Content from
Web Corpora, 2011); the second one chooses a block, see `blocks`.
"""

from __future__ import annotations

from collections.abc import Sequence

from build_digest.classification.blocks import choose_block, is_article
from build_digest.classification.fates import STRONG, outside, page_fates, with_contents, with_events, with_headings
from build_digest.classification.features import measure, weigh
from build_digest.classification.fold import fold_line
from build_digest.classification.headings import LONGEST as LONGEST_HEADING
from build_digest.classification.headline import plain
from build_digest.metadata.labels import kind_of_statement, may_state, read_statement
from build_digest.model import KEPT, Kind, Line, Verdict
from build_digest.rules import Rule, Rules

CERTAIN = 9.0
"""The score of an editor's decision."""
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
    judged = {line: _judge(line, rules, site, file) for line in dict.fromkeys(lines)}
    return [judged[line] for line in lines]


def settle(
    lines: Sequence[str], verdicts: Sequence[Verdict], rules: Rules, whole_page: bool = True, title: str | None = None
) -> tuple[Kind, list[Line]]:
    """The fates that count, reached with the neighbours and the block, and what kind of page this is.

    Args:
        lines: the lines of a page, or of one article cut out of a compilation.
        verdicts: what `judge_lines` said of them.
        rules: see `rules.load_rules`.
        whole_page: choose the main block of a page; without it only strong evidence drops a line.
        title: the title of a cut out article where it is known.
    """
    folded = [fold_line(line).strip() for line in lines]
    kind: Kind = "article"
    if not whole_page:
        settled = _settle_segment(folded, verdicts, title)
    else:
        verdicts_here = with_contents(folded, with_events(folded, verdicts, rules))
        block = choose_block(folded, verdicts_here, rules)
        if is_article(block, folded, verdicts_here, rules):
            settled = page_fates(folded, verdicts_here, block, rules)
        else:
            kind, settled = "none", [outside(verdict) for verdict in verdicts]
    numbered = enumerate(zip(lines, settled, verdicts, strict=True), 1)
    return kind, [Line(number, text, verdict, alone) for number, (text, verdict, alone) in numbered]


def _judge(line: str, rules: Rules, site: str | None, file: str) -> Verdict:
    if not line.strip():
        return Verdict("blank", "blank")
    decided = rules.lines.get((file, line.strip())) if rules.lines else None
    if decided:
        return Verdict(decided, "editor", CERTAIN if decided in KEPT else -CERTAIN)
    folded = fold_line(line)
    return _by_form(line, folded, rules, rules.strongest(folded, site))


def _by_form(line: str, folded: str, rules: Rules, rule: Rule | None) -> Verdict:
    """What a pattern, a label or the form of a line says of it."""
    shape = measure(folded)
    score, form = weigh(shape)
    ruled = _by_rule(rule, score, shape.size) if rule is not None else None
    stated = None
    if may_state(folded) and (rule is None or rule.weight < ABOVE_LABELS):
        stated = kind_of_statement(read_statement(line, folded, rules))
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


def _is_certainly_no_text(verdict: Verdict, behind: bool) -> bool:
    """Whether a line before or behind the text of an article that was cut out may be dropped.

    A date alone behind a text is how speeches and letters end.
    """
    if verdict.fate == "metadata":
        return not (behind and verdict.rule == "date")
    return verdict.fate == "boilerplate" and verdict.score <= STRONG


def _settle_segment(folded: Sequence[str], verdicts: Sequence[Verdict], title: str | None) -> list[Verdict]:
    """The fates of the lines of one article that was cut out of a compilation.

    Within the text nothing is dropped: there a word such as 登录后 or copyright is what the text is about.
    """
    wanted = plain(fold_line(title)) if title else None
    filled = [at for at, text in enumerate(folded) if text]
    text = [at for at in filled if verdicts[at].score > 0] or filled[-1:]
    fates = []
    for at, verdict in enumerate(verdicts):
        if verdict.fate == "blank" or verdict.rule == "editor":
            fates.append(verdict)
        elif wanted and at < text[0] and plain(folded[at]) == wanted:
            fates.append(Verdict("title", "title", verdict.score))
        elif not text[0] < at < text[-1] and _is_certainly_no_text(verdict, at > text[-1]):
            fates.append(verdict)
        else:
            fates.append(Verdict("body", "segment", verdict.score))
    return with_headings(folded, fates)

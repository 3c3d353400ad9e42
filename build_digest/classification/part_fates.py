"""Give every line of an article that was cut out of a compilation its fate: there a line is dropped only on strong
evidence."""

from __future__ import annotations

from build_digest.classification.judged_page import JudgedPage
from build_digest.classification.page_fates import STRONG, with_headings
from build_digest.classification.title_forms import plain
from build_digest.metadata.name_lines import NAME, is_name_line
from build_digest.model import Verdict
from build_digest.text.line_fold import fold_line

CLOSING_MARK = "signing-off"
"""The rule of an end mark: （完）."""


def part_fates(page: JudgedPage, title: str | None, closes: bool, named: bool) -> list[Verdict]:
    """The fates of the lines of one article that was cut out of a compilation.

    Within the text nothing is dropped: there a word such as 登录后 or copyright is what the text is about.

    Args:
        page: its lines.
        title: its title where it is known.
        closes: whether the articles of the compilation end in lines that say where they come from.
        named: whether they begin with a name alone on its line.
    """
    folded, verdicts, rules = page.folded, page.verdicts, page.rules
    wanted = plain(fold_line(title)) if title else None
    text = [at for at in page.filled if verdicts[at].score > 0] or page.filled[-1:]
    name = next((at for at in page.filled if at < text[-1] and plain(folded[at]) != wanted), None)
    fates = []
    for at, verdict in enumerate(verdicts):
        if verdict.fate in ("blank", "contents") or verdict.rule == "editor":
            fates.append(verdict)
        elif wanted and at < text[0] and plain(folded[at]) == wanted:
            fates.append(Verdict("title", "title", verdict.score))
        elif at == name and is_name_line(folded[at], rules, named):
            fates.append(Verdict("metadata", NAME, verdict.score))
        elif not text[0] < at < text[-1] and _is_certainly_no_text(folded[at], verdict, at > text[-1], closes):
            fates.append(verdict)
        else:
            fates.append(Verdict("body", "segment", verdict.score))
    return with_headings(folded, fates)


def _is_certainly_no_text(folded: str, verdict: Verdict, behind: bool, closes: bool) -> bool:
    """Whether a line before or behind the text of an article that was cut out may be dropped.

    A date alone behind a text is how speeches and letters end, unless it is in brackets and all articles end so; 来源：…
    behind it counts only where the other articles end so too.
    """
    if verdict.fate == "metadata":
        if behind and verdict.rule == "date":
            return closes and folded.startswith("(")
        return not behind or closes or verdict.rule != "label"
    closing_mark = behind and verdict.rule == CLOSING_MARK
    return closing_mark or (verdict.fate == "boilerplate" and verdict.score <= STRONG)

"""The report of a run as plain data: every line of every source with its fate, the articles, the problems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from build_digest.checks.messages import Language, translate
from build_digest.model import KEPT, Article, Digest, Problem, Reading, Severity
from build_digest.output import Count, say
from build_digest.text.typeset import INVISIBLE, is_han

VERSION = 1


def make_report(digest: Digest) -> dict[str, Any]:
    """The report that CONTRACT describes: JSON values only, keys in a fixed order."""
    return {
        "version": VERSION,
        "sources": [_report_source(reading, digest.place_of) for reading in digest.ledger],
        "articles": [_report_article(article, digest.paths[i]) for i, article in enumerate(digest.articles)],
        "problems": [report_problem(problem) for problem in digest.problems],
    }


def _report_source(reading: Reading, place_of: Mapping[tuple[str, int], int]) -> dict[str, Any]:
    account = reading.account()
    lines = []
    for line, decoded in zip(account.lines, account.decoded, strict=True):
        article = None if line.article is None else place_of[reading.path, line.article]
        lines.append(
            {"n": line.number, "text": decoded, "fate": line.fate, "rule": line.verdict.rule, "article": article}
        )
    return {
        "file": reading.path,
        "encoding": reading.encoding,
        "sha256": reading.sha256,
        "kind": reading.kind,
        "site": reading.site,
        "declared_articles": reading.declared,
        "found_articles": len(reading.articles),
        "lines": lines,
        "cuts": [
            {"line": line.number, "start": cut.start, "end": cut.end, "fate": cut.fate}
            for line in account.lines
            for cut in line.cuts
        ],
        "repairs": [
            {"line": repair.line, "before": repair.before, "after": repair.after} for repair in account.repairs
        ],
    }


def _report_article(article: Article, page: str) -> dict[str, Any]:
    description = article.description
    return {
        "page": page,
        "title": article.title.value,
        "date": description.date.value if description.date else None,
        "source": description.source.value if description.source else None,
        "authors": [author.value for author in description.authors],
        "origins": [{"file": o.file, "first": o.first, "last": o.last} for o in article.origins],
        "tags": [tag.name for tag in article.tags],
        "keywords": list(article.keywords),
    }


def report_problem(problem: Problem) -> dict[str, Any]:
    """A problem as plain data."""
    return {
        "file": problem.file,
        "line": problem.line,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "remedy": problem.remedy,
    }


_SEVERITIES: Mapping[Severity, str] = {"note": "提示", "warning": "警告", "error": "错误"}


def format_problem(problem: Problem, language: Language = "en") -> str:
    """A problem, already in that language, as one line for people; without a file where it is of none.

    >>> format_problem(Problem("a.txt", 3, "note", "repaired", "has a damaged run", "Look at it."))
    'note: a.txt:3: has a damaged run. Look at it.'
    """
    severity = _SEVERITIES[problem.severity] if language == "zh" else problem.severity
    place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    said = ": ".join(filter(None, (severity, place, _say(problem))))
    return INVISIBLE.sub("", said.replace("\n", " "))


def _say(problem: Problem) -> str:
    """What is wrong and what to do, as sentences."""
    message = problem.message.rstrip(".。")
    chinese = is_han(problem.remedy[:1]) or problem.remedy.endswith(("。", "）", "？"))
    return f"{message}。{problem.remedy}" if chinese else f"{message}. {problem.remedy}"


def format_github(problem: Problem) -> str:
    """A problem as a workflow command, which GitHub shows beside the line in a pull request.

    >>> format_github(Problem("a.txt", 3, "note", "repaired", "has a run", "Look."))
    '::notice file=a.txt,line=3,title=repaired::has a run. Look.'
    """
    level = {"note": "notice"}.get(problem.severity, problem.severity)
    file = _escape_command(problem.file).replace(":", "%3A").replace(",", "%2C")
    place = f"file={file}" + ("" if problem.line is None else f",line={problem.line}")
    return f"::{level} {place},title={problem.code}::{_escape_command(_say(problem))}"


def _escape_command(text: str) -> str:
    """Text that cannot end the line of a workflow command and begin another."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


_COLOURS: Mapping[str, str] = {
    "title": "1;35",
    "heading": "1",
    "body": "0",
    "metadata": "36",
    "contents": "34",
    "boilerplate": "2",
    "blank": "2",
}
"""The terminal's codes (ECMA-48, select graphic rendition) for the fates of lines."""


def explain_in_colour(reading: Reading, language: Language = "en") -> str:
    """What `explain` says, with a colour for each fate."""
    head, *rest = explain(reading, language).split("\n")
    rows = [f"\x1b[1m{head}\x1b[0m"]
    for row in rest:
        fate = next((name for name in _COLOURS if row[9:].startswith(name)), "body")
        rows.append(f"\x1b[{_COLOURS[fate]}m{row}\x1b[0m")
    return "\n".join(rows)


def explain(reading: Reading, language: Language = "en") -> str:
    """Every line of a source with its fate, its rule and both verdicts, as text for a terminal; of a source that is no
    text, what it is."""
    problems = [format_problem(translate(problem, language), language) for problem in reading.problems]
    if reading.encoding is None:
        return "\n".join(problems)
    account = reading.account()
    told = {"path": reading.path, "kind": say(f"kind-{reading.kind}", language), "encoding": reading.encoding}
    counts = {"lines": Count(len(account.lines)), "articles": Count(len(reading.articles))}
    rows = [say("explained", language, **told, **counts), say("explain-columns", language)]
    for line in account.lines:
        mark = "+" if line.fate in KEPT else " "
        article = "" if line.article is None else f"[{line.article + 1}]"
        alone = {"fate": line.alone.fate, "score": line.alone.score}
        changed = "" if line.alone == line.verdict else say("explain-alone", language, **alone)
        rows.append(
            f"{line.number:6} {mark} {line.fate:11} {line.verdict.score:+6.1f} {article:5} {line.verdict.rule}{changed}"
            f" | {_shorten(line.text)}"
        )
        cuts = ((cut.fate, cut.rule, line.text[cut.start : cut.end]) for cut in line.cuts)
        rows += [say("explain-cut", language, fate=fate, rule=rule, text=text) for fate, rule, text in cuts]
    repairs = ((r.line, r.before, r.after, r.rule) for r in account.repairs)
    rows += [say("explain-repair", language, line=n, before=a, after=b, rule=rule) for n, a, b, rule in repairs]
    return "\n".join((*rows, *problems))


def explain_data(reading: Reading) -> dict[str, Any]:
    """What `explain` shows, as plain data."""
    return {
        **_report_source(reading, {(reading.path, i): i for i in range(len(reading.articles))}),
        "verdicts": [
            {
                "n": line.number,
                "alone": [line.alone.fate, line.alone.rule, line.alone.score],
                "score": line.verdict.score,
            }
            for line in reading.lines
        ],
        "problems": [report_problem(problem) for problem in reading.problems],
    }


def _shorten(text: str, length: int = 60) -> str:
    """The start of a line; characters that would steer a terminal or turn the text round are left out."""
    text = INVISIBLE.sub("", text)
    return text if len(text) <= length else text[: length - 1] + "…"

"""What a run found, written for people and, where a program reads the results, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from build_digest import report
from build_digest.checks.failures import describe_failure
from build_digest.checks.messages import Language, translate
from build_digest.errors import ConfigurationError, RuleError
from build_digest.files import read_if_there
from build_digest.model import Problem
from build_digest.settings import Settings


def format_problems(problems: Sequence[Problem], language: Language) -> str:
    """The problems in a language, a line each."""
    return "".join(f"{report.format_problem(translate(problem, language), language)}\n" for problem in problems)


def format_results(problems: Sequence[Problem], form: str, settings: Settings, language: Language) -> str:
    """The problems in the form that was asked for: `text`, `json` or `github`."""
    if form == "text":
        return format_problems(problems, language)
    said = [translate(problem, language) for problem in problems]
    if form == "json":
        return json.dumps([report.report_problem(problem) for problem in said], ensure_ascii=False, indent=1) + "\n"
    return "".join(f"{report.format_github(_locate(problem, settings))}\n" for problem in said)


def explain_failure(error: RuleError | ConfigurationError, settings: Settings) -> Problem:
    """What stopped a run, with the line of the rule that is wrong."""
    places = (settings.corpus / error.file, Path(error.file))
    return describe_failure(error, next(filter(None, map(read_if_there, places)), ""))


def _locate(problem: Problem, settings: Settings) -> Problem:
    """The problem with its file as the repository names it, so that it is shown beside the line."""
    folders = (folder for folder in (settings.corpus, settings.docs) if (folder / problem.file).exists())
    folder = next(folders, None)
    return problem if folder is None else replace(problem, file=(folder / problem.file).as_posix())

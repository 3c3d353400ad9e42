"""The build step's problems, told in MkDocs' log, where its strict mode counts them."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence

from build_digest.checks.messages import language_of, translate
from build_digest.model import Problem
from build_digest.report import format_problem

log = logging.getLogger("mkdocs.plugins.digest")

_LEVELS = {"note": logging.INFO, "warning": logging.WARNING, "error": logging.WARNING}


def log_problems(problems: Sequence[Problem]) -> None:
    """Tell them in the reader's language."""
    language = language_of(os.environ)
    for problem in problems:
        log.log(_LEVELS[problem.severity], format_problem(translate(problem, language), language))

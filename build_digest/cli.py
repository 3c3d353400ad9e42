"""The command line: the one place that prints, but for the bar of `progress`, and that makes exit codes of failures."""

from __future__ import annotations

import argparse
import datetime
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from build_digest import build as building
from build_digest import report
from build_digest.arguments import make_parser, settings_of
from build_digest.checks.messages import Language, language_of, make_problem
from build_digest.classification.review import format_review
from build_digest.editors import editing
from build_digest.editors.port import require_port
from build_digest.editors.project import start_project
from build_digest.editors.rule_hits import format_uses
from build_digest.editors.trial import try_rules
from build_digest.errors import ConfigurationError, RuleError, explain_disk_error
from build_digest.model import Problem
from build_digest.output import Count, say
from build_digest.progress import show_progress
from build_digest.results import explain_failure, format_problems, format_results
from build_digest.settings import Settings

CONFIG = Path("mkdocs.yml")
DONE, PROBLEMS, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code.

    0: done. 1: problems of severity error found by `check`, or from warning on under `--strict`. 2: wrong usage,
    rules or configuration.
    """
    options = make_parser(_language()).parse_args(arguments)
    try:
        return _COMMANDS[options.command](options)
    except (RuleError, ConfigurationError) as error:
        _show_failure(error, options)
        return WRONG_USE
    except OSError as error:
        explained = explain_disk_error(error)
        if explained is None:
            raise
        _show_failure(explained, options)
        return WRONG_USE


def _build(options: argparse.Namespace) -> int:
    settings = settings_of(options, CONFIG)
    result = building.build(settings, show_progress)
    _show_problems(result.digest.problems)
    found = {"sources": Count(len(result.digest.ledger)), "articles": Count(len(result.digest.articles))}
    print(say("built", _language(), **found, written=Count(result.written), removed=result.removed))
    return _exit_code(result.digest.problems, settings.strict)


def _site(options: argparse.Namespace) -> int:
    from build_digest.mkdocs_plugin import render_site  # noqa: PLC0415 - MkDocs is slow to load; others need it not

    settings = settings_of(options, CONFIG)
    with _failures_told_once():
        problems = render_site(CONFIG, settings, options.site, _show_problems, show_progress)
    if not settings.site_url:
        _show_problems([make_problem("no-site-url", str(CONFIG), None)])
    _tell("rendered")
    return _exit_code(problems, settings.strict)


@contextmanager
def _failures_told_once() -> Iterator[None]:
    """MkDocs tells what stops a build by itself; what `main` tells in the reader's language need not be told before."""
    logger = logging.getLogger("mkdocs.commands.build")
    held: list[logging.LogRecord] = []

    def hold_errors(record: logging.LogRecord) -> bool:
        if record.levelno >= logging.ERROR:
            held.append(record)
        return record.levelno < logging.ERROR

    logger.addFilter(hold_errors)
    try:
        yield
    except (RuleError, ConfigurationError):
        held.clear()
        raise
    finally:
        logger.removeFilter(hold_errors)
        for record in held:
            logger.handle(record)


def _serve(options: argparse.Namespace) -> int:
    require_port(options.port)
    # MkDocs tells where it serves, and each rebuild, through its log.
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    from build_digest.mkdocs_plugin import serve_site  # noqa: PLC0415 - as in _site

    serve_site(CONFIG, f"127.0.0.1:{options.port}")
    return DONE


def _check(options: argparse.Namespace) -> int:
    from build_digest.checks.check import check  # noqa: PLC0415 - Markdown is slow to load, too

    settings = settings_of(options, CONFIG)
    if options.review:
        print("\n".join(format_review(building.run(settings).ledger, _language())))
        return DONE
    problems = check(settings)
    print(format_results(problems, options.format, settings, _language()), end="")
    if not problems and options.format == "text":
        _tell("nothing-wrong")
    failed = any(problem.severity == "error" for problem in problems)
    return PROBLEMS if failed else _exit_code(problems, settings.strict)


def _explain(options: argparse.Namespace) -> int:
    settings = settings_of(options, CONFIG)
    reading = building.read_one(settings, options.file)
    if options.json:
        print(json.dumps(report.explain_data(reading), ensure_ascii=False, indent=1))
    else:
        coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        print((report.explain_in_colour if coloured else report.explain)(reading, _language()))
    return DONE


def _init(options: argparse.Namespace) -> int:
    if not options.folder.is_dir():
        raise ConfigurationError(str(options.folder), "is no folder", "Make it first, and put the .txt files into it.")
    started = start_project(options.folder)
    for path in started.added:
        print(f"+ {path}")
    for path in started.present:
        print("  " + say("there-already", _language(), path=path))
    for path in started.left:
        print("- " + say("no-source", _language(), path=path))
    if any(path.lower().endswith(".txt") and path.startswith("corpus/") for path in started.added):
        _tell("copied")
    if started.left:
        _tell("left-alone")
    _tell("next-step")
    return DONE


def _new(options: argparse.Namespace) -> int:
    print(editing.add_page(settings_of(options, CONFIG), options.title, datetime.date.today()))
    return DONE


def _rules(options: argparse.Namespace) -> int:
    settings = settings_of(options, CONFIG)
    if options.trial:
        rows = try_rules(settings, options.trial, _language())
    else:
        rows = format_uses(editing.use_of_rules(settings), _language())
    print("\n".join(rows))
    return DONE


def _learn(options: argparse.Namespace) -> int:
    path, changed = editing.write_learned(settings_of(options, CONFIG))
    print(say("learned" if changed else "learned-nothing-new", _language(), path=path))
    return DONE


def _settle(options: argparse.Namespace) -> int:
    settings = settings_of(options, CONFIG)
    if options.page is not None:
        print(editing.settle_page(settings, options.page, options.command))
        _tell("accepted" if options.command == "accept" else "kept")
        return DONE
    rows = editing.show_waiting(settings)
    print("\n".join(rows) if rows else say("nothing-waits", _language()))
    if rows:
        _tell("how-to-settle")
    return DONE


def _tell(code: str) -> None:
    """Something for people, beside what the command gives."""
    print(say(code, _language()), file=sys.stderr)


def _show_problems(problems: Sequence[Problem]) -> None:
    print(format_problems(problems, _language()), end="", file=sys.stderr)


def _language() -> Language:
    return language_of(os.environ)


def _show_failure(error: RuleError | ConfigurationError, options: argparse.Namespace) -> None:
    """What stopped the run, for people; and once more among the results of a check that a program reads."""
    settings = Settings().override(corpus=getattr(options, "corpus", None))
    problem = explain_failure(error, settings)
    print(f"build-digest: {format_problems([problem], _language())}", end="", file=sys.stderr)
    form = getattr(options, "format", "text")
    if form != "text":
        print(format_results([problem], form, settings, _language()), end="")


def _exit_code(problems: Sequence[Problem], strict: bool) -> int:
    return PROBLEMS if strict and any(problem.severity != "note" for problem in problems) else DONE


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "build": _build,
    "site": _site,
    "serve": _serve,
    "check": _check,
    "explain": _explain,
    "init": _init,
    "new": _new,
    "rules": _rules,
    "learn": _learn,
    "accept": _settle,
    "keep": _settle,
}


def run() -> None:
    """The console script: `main` as a process, quiet when the reader of its output has left."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = PROBLEMS
    sys.exit(code)

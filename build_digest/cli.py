"""The command line: the only module that prints, and the one place that turns failures into exit codes."""

from __future__ import annotations

import argparse
import datetime
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from build_digest import build as building
from build_digest import report
from build_digest.checks.check import check
from build_digest.checks.messages import language_of, translate
from build_digest.classification.undecided import format_review
from build_digest.editors import editing
from build_digest.editors.project import start_project
from build_digest.editors.rule_hits import format_uses
from build_digest.errors import ConfigurationError, RuleError
from build_digest.model import Problem
from build_digest.settings import Settings, read_settings

CONFIG = Path("mkdocs.yml")
DONE, PROBLEMS, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code.

    0: done. 1: problems of severity error found by `check`, or from warning on under `--strict`. 2: wrong usage,
    rules or configuration.
    """
    parser = _make_parser()
    options = parser.parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except (RuleError, ConfigurationError) as error:
        print(f"build-digest: {error}", file=sys.stderr)
        return WRONG_USE


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build-digest", description="From piles of Chinese text to a digest site.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="corpus → Markdown in docs")
    _add_build_options(build)
    build.set_defaults(run=_build)

    site = commands.add_parser("site", help="build, then render the site")
    _add_build_options(site)
    site.add_argument("--site", type=Path, help="folder for the site (default: site_dir of mkdocs.yml)")
    site.set_defaults(run=_site)

    serve = commands.add_parser("serve", help="live preview of the site")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_serve)

    checking = commands.add_parser("check", help="check rules, sources and pages; writes nothing")
    _add_build_options(checking)
    checking.add_argument("--format", choices=("text", "json", "github"), default="text")
    checking.add_argument("--review", action="store_true", help="list uncertain decisions as entries for lines.yml")
    checking.set_defaults(run=_check)

    explain = commands.add_parser("explain", help="every line of a source with its fate and the rule that decided")
    explain.add_argument("file", help="a source, as a path or as its name below the corpus folder")
    explain.add_argument("--corpus", type=Path)
    explain.add_argument("--json", action="store_true")
    explain.set_defaults(run=_explain)
    _add_editing_commands(commands)
    return parser


def _add_editing_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = commands.add_parser("init", help="a new digest project around a folder of texts")
    init.add_argument("folder", nargs="?", type=Path, default=Path(), help="the folder (default: this one)")
    init.set_defaults(run=_init)

    new = commands.add_parser("new", help="a hand-written page with its front matter filled in")
    new.add_argument("title")
    new.add_argument("--docs", type=Path)
    new.set_defaults(run=_new)

    rules = commands.add_parser("rules", help="each rule with its hits in the corpus, unused ones first")
    rules.add_argument("--try", dest="trial", type=Path, metavar="FILE", help="show what a rule file would change")
    rules.add_argument("--corpus", type=Path)
    rules.set_defaults(run=_rules)

    learning = commands.add_parser(
        "learn", help="rewrite the table of things learned from the whole corpus, for review"
    )
    learning.add_argument("--corpus", type=Path)
    learning.set_defaults(run=_learn)

    for name, text in (("accept", "take the new text"), ("keep", "keep the page as it is")):
        settle = commands.add_parser(name, help=f"settle a page that was edited while its source changed: {text}")
        settle.add_argument("page", nargs="?", help="without one, every waiting page with its difference")
        settle.add_argument("--corpus", type=Path)
        settle.add_argument("--docs", type=Path)
        settle.set_defaults(run=_settle, how=name)


def _add_build_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", type=Path, help="folder of sources (default: corpus)")
    parser.add_argument("--docs", type=Path, help="folder of pages (default: docs)")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the report there as JSON")
    parser.add_argument("--jobs", type=_number, metavar="N", help="worker processes (default: one a core)")
    parser.add_argument("--strict", action="store_true", help="fail on problems of severity warning or error")


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of workers; write for example 2")
    return int(text)


def _settings(options: argparse.Namespace) -> Settings:
    return read_settings(CONFIG).override(
        corpus=getattr(options, "corpus", None),
        docs=getattr(options, "docs", None),
        report=getattr(options, "report", None),
        jobs=getattr(options, "jobs", None),
        strict=getattr(options, "strict", False) or None,
    )


def _build(options: argparse.Namespace) -> int:
    settings = _settings(options)
    result = building.build(settings)
    _show_problems(result.digest.problems)
    print(
        f"{len(result.digest.ledger)} sources, {len(result.digest.articles)} articles, "
        f"{result.written} files written, {result.removed} removed"
    )
    return _exit_code(result.digest.problems, settings.strict)


def _site(options: argparse.Namespace) -> int:
    from build_digest.mkdocs_plugin import render_site  # noqa: PLC0415 - MkDocs is slow to load; others need it not

    settings = _settings(options)
    problems = render_site(CONFIG, settings, options.site, _show_problems)
    return _exit_code(problems, settings.strict)


def _serve(options: argparse.Namespace) -> int:
    # MkDocs tells where it serves, and each rebuild, through its log.
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    from build_digest.mkdocs_plugin import serve_site  # noqa: PLC0415 - as in _site

    serve_site(CONFIG, f"127.0.0.1:{options.port}")
    return DONE


def _check(options: argparse.Namespace) -> int:
    settings = _settings(options)
    if options.review:
        print("\n".join(format_review(building.run(settings).ledger)))
        return DONE
    language = language_of(os.environ)
    problems = [translate(problem, language) for problem in check(settings)]
    if options.format == "json":
        print(json.dumps([report.report_problem(problem) for problem in problems], ensure_ascii=False, indent=1))
    else:
        github = options.format == "github"
        for problem in problems:
            print(report.format_github(_locate(problem, settings)) if github else report.format_problem(problem))
    failed = any(problem.severity == "error" for problem in problems)
    return PROBLEMS if failed else _exit_code(problems, settings.strict)


def _locate(problem: Problem, settings: Settings) -> Problem:
    """The problem with its file as the repository names it, so that it is shown beside the line."""
    folders = (folder for folder in (settings.corpus, settings.docs) if (folder / problem.file).exists())
    folder = next(folders, None)
    return problem if folder is None else replace(problem, file=(folder / problem.file).as_posix())


def _explain(options: argparse.Namespace) -> int:
    settings = _settings(options)
    reading = building.read_one(settings, options.file)
    if options.json:
        print(json.dumps(report.explain_data(reading), ensure_ascii=False, indent=1))
    else:
        coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        print(report.explain_in_colour(reading) if coloured else report.explain(reading))
    return DONE


def _init(options: argparse.Namespace) -> int:
    if not options.folder.is_dir():
        raise ConfigurationError(str(options.folder), "is no folder", "Name a folder of .txt files.")
    added, present = start_project(options.folder)
    for path in added:
        print(f"+ {path}")
    for path in present:
        print(f"  {path} (there already, left as it is)")
    print("next: build-digest site", file=sys.stderr)
    return DONE


def _new(options: argparse.Namespace) -> int:
    print(editing.add_page(_settings(options), options.title, datetime.date.today()))
    return DONE


def _rules(options: argparse.Namespace) -> int:
    settings = _settings(options)
    print(
        "\n".join(
            editing.try_rules(settings, options.trial) if options.trial else format_uses(editing.use_of_rules(settings))
        )
    )
    return DONE


def _learn(options: argparse.Namespace) -> int:
    path, changed = editing.write_learned(_settings(options))
    print(f"{path}: {'changed; look at it, then commit it' if changed else 'as it was'}")
    return DONE


def _settle(options: argparse.Namespace) -> int:
    settings = _settings(options)
    rows = (
        editing.show_waiting(settings)
        if options.page is None
        else [editing.settle_page(settings, options.page, options.how)]
    )
    print("\n".join(rows))
    return DONE


def _show_problems(problems: Sequence[Problem]) -> None:
    language = language_of(os.environ)
    for problem in problems:
        print(report.format_problem(translate(problem, language)), file=sys.stderr)


def _exit_code(problems: Sequence[Problem], strict: bool) -> int:
    return PROBLEMS if strict and any(problem.severity != "note" for problem in problems) else DONE


def run() -> None:
    """The console script: `main` as a process, quiet when the reader of its output has left."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = PROBLEMS
    sys.exit(code)

"""The commands, their options and what `--help` says of them; the settings of a run with the given options."""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from build_digest.checks.messages import Language, translate
from build_digest.model import Problem
from build_digest.output import say as say_in
from build_digest.report import format_problem
from build_digest.settings import Settings, read_settings

Say = Callable[[str], str]
"""What `--help` says under a code, in the reader's language."""

_CHOICE = re.compile(r"invalid choice: '([^']*)' \(choose from (.*)\)")
_USAGE = "usage: "


class _Parser(argparse.ArgumentParser):
    """A parser that tells what is wrong with a call in the reader's language."""

    language: Language = "en"

    def error(self, message: str) -> NoReturn:
        wrong = translate(Problem("", None, "error", "usage", message, _hint(message, self.prog)), self.language)
        self.exit(2, f"{self.format_usage()}{self.prog}: {format_problem(wrong, self.language)}\n")

    def format_usage(self) -> str:
        return super().format_usage().replace(_USAGE, say_in("help-usage", self.language), 1)

    def format_help(self) -> str:
        return super().format_help().replace(_USAGE, say_in("help-usage", self.language), 1)


def _hint(message: str, program: str) -> str:
    """What to do about a call that `argparse` says is wrong.

    >>> _hint("argument COMMAND: invalid choice: 'buidl' (choose from 'build', 'site')", "build-digest")
    'Did you mean `build`?'
    """
    choice = _CHOICE.search(message)
    near = difflib.get_close_matches(choice[1], re.findall(r"[\w-]+", choice[2]), 1) if choice else []
    return f"Did you mean `{near[0]}`?" if near else f"`{program} --help` shows how it is called."


def make_parser(language: Language = "en") -> argparse.ArgumentParser:
    """The parser of the command line; what it reads has the command's name in `command`.

    Args:
        language: in which it helps.
    """

    def say(code: str) -> str:
        return say_in(f"help-{code}", language)

    parser = _Parser(prog="build-digest", description=say("purpose"), add_help=False)
    parser.language = language
    _add_help(parser, say)
    commands = parser.add_subparsers(required=True, title=say("commands"), metavar="COMMAND", dest="command")

    def add(name: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=say(name), description=say(name), add_help=False)
        command.language = language
        _add_help(command, say)
        return command

    _add_building_commands(add, say)
    _add_editing_commands(add, say)
    return parser


def _add_help(parser: argparse.ArgumentParser, say: Say) -> None:
    parser._optionals.title, parser._positionals.title = say("options"), say("arguments")
    parser.add_argument("-h", "--help", action="help", help=say("help"))


def _add_building_commands(add: Callable[[str], argparse.ArgumentParser], say: Say) -> None:
    _add_build_options(add("build"), say)

    site = add("site")
    _add_build_options(site, say)
    site.add_argument("--site", type=Path, help=say("site-folder"))

    serve = add("serve")
    serve.add_argument("--port", type=int, default=8000, help=say("port"))

    checking = add("check")
    _add_build_options(checking, say)
    checking.add_argument("--format", choices=("text", "json", "github"), default="text", help=say("format"))
    checking.add_argument("--review", action="store_true", help=say("review"))

    explain = add("explain")
    explain.add_argument("file", help=say("source"))
    explain.add_argument("--corpus", type=Path, help=say("corpus"))
    explain.add_argument("--json", action="store_true", help=say("json"))


def _add_editing_commands(add: Callable[[str], argparse.ArgumentParser], say: Say) -> None:
    add("init").add_argument("folder", nargs="?", type=Path, default=Path(), help=say("folder"))

    new = add("new")
    new.add_argument("title", help=say("title"))
    new.add_argument("--docs", type=Path, help=say("docs"))

    rules = add("rules")
    rules.add_argument("--try", dest="trial", type=Path, metavar="FILE", help=say("try"))
    rules.add_argument("--corpus", type=Path, help=say("corpus"))

    add("learn").add_argument("--corpus", type=Path, help=say("corpus"))

    for name in ("accept", "keep"):
        settle = add(name)
        settle.add_argument("page", nargs="?", help=say("page"))
        settle.add_argument("--corpus", type=Path, help=say("corpus"))
        settle.add_argument("--docs", type=Path, help=say("docs"))


def _add_build_options(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument("--corpus", type=Path, help=say("corpus"))
    parser.add_argument("--docs", type=Path, help=say("docs"))
    parser.add_argument("--report", type=Path, metavar="FILE", help=say("report"))
    parser.add_argument("--jobs", type=_number, metavar="N", help=say("jobs"))
    parser.add_argument("--no-cache", action="store_true", help=say("no-cache"))
    parser.add_argument("--strict", action="store_true", help=say("strict"))


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of workers; write for example 2")
    return int(text)


def settings_of(options: argparse.Namespace, configuration: Path) -> Settings:
    """The settings of a run: those of mkdocs.yml, and in their place what the command line gives.

    Raises:
        ConfigurationError: see `settings.read_settings`.
    """
    settings = read_settings(configuration)
    if getattr(options, "no_cache", False):
        settings = replace(settings, cache=None)
    return settings.override(
        corpus=getattr(options, "corpus", None),
        docs=getattr(options, "docs", None),
        report=getattr(options, "report", None),
        jobs=getattr(options, "jobs", None),
        strict=getattr(options, "strict", False) or None,
    )

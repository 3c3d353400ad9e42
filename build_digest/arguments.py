"""The commands, their options and what `--help` says of them."""

from __future__ import annotations

import argparse
from pathlib import Path


def make_parser() -> argparse.ArgumentParser:
    """The parser of the command line; what it reads has the command's name in `command`."""
    parser = argparse.ArgumentParser(prog="build-digest", description="From piles of Chinese text to a digest site.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")

    build = commands.add_parser("build", help="corpus → Markdown in docs")
    _add_build_options(build)

    site = commands.add_parser("site", help="build, then render the site")
    _add_build_options(site)
    site.add_argument("--site", type=Path, help="folder for the site (default: site_dir of mkdocs.yml)")

    serve = commands.add_parser("serve", help="live preview of the site")
    serve.add_argument("--port", type=int, default=8000, help="where to listen on this machine (default: 8000)")

    checking = commands.add_parser("check", help="check rules, sources and pages; writes nothing")
    _add_build_options(checking)
    checking.add_argument("--format", choices=("text", "json", "github"), default="text")
    checking.add_argument("--review", action="store_true", help="list uncertain decisions as entries for lines.yml")

    explain = commands.add_parser("explain", help="every line of a source with its fate and the rule that decided")
    explain.add_argument("file", help="a source, as a path or as its name below the corpus folder")
    explain.add_argument("--corpus", type=Path)
    explain.add_argument("--json", action="store_true")
    _add_editing_commands(commands)
    return parser


def _add_editing_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = commands.add_parser("init", help="a new digest project around a folder of texts")
    init.add_argument("folder", nargs="?", type=Path, default=Path(), help="the folder (default: this one)")

    new = commands.add_parser("new", help="a hand-written page with its front matter filled in")
    new.add_argument("title")
    new.add_argument("--docs", type=Path)

    rules = commands.add_parser("rules", help="each rule with its hits in the corpus, unused ones first")
    rules.add_argument("--try", dest="trial", type=Path, metavar="FILE", help="show what a rule file would change")
    rules.add_argument("--corpus", type=Path)

    learning = commands.add_parser(
        "learn", help="rewrite the table of things learned from the whole corpus, for review"
    )
    learning.add_argument("--corpus", type=Path)

    for name, text in (("accept", "take the new text"), ("keep", "keep the page as it is")):
        settle = commands.add_parser(name, help=f"settle a page that was edited while its source changed: {text}")
        settle.add_argument("page", nargs="?", help="without one, every waiting page with its difference")
        settle.add_argument("--corpus", type=Path)
        settle.add_argument("--docs", type=Path)


def _add_build_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", type=Path, help="folder of sources (default: corpus)")
    parser.add_argument("--docs", type=Path, help="folder of pages (default: docs)")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the report there as JSON")
    parser.add_argument("--jobs", type=_number, metavar="N", help="worker processes (default, or 0: one a core)")
    parser.add_argument("--no-cache", action="store_true", help="neither use nor keep results of earlier builds")
    parser.add_argument("--strict", action="store_true", help="fail on problems of severity warning or error")


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of workers; write for example 2")
    return int(text)

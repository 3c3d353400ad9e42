"""Pages with what should come of them, as pairs of files: tests/golden/<kind of site>/<case>.in.txt and .out.md.

The .out.md names the kind of the page and what it states, then gives each line with its fate. `known` lists the lines
(by number) whose fate the program still gets wrong. To see what comes of a page, for reading before it is approved:

    python -m tests.golden_pages tests/golden/blog/cache.in.txt
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from build_digest.classify import judge_lines, settle
from build_digest.describe import describe
from build_digest.model import Description, Found, Kind, Line
from build_digest.rules import Rules, load_rules, read_shipped_rules

FOLDER = Path(__file__).parent / "golden"


@dataclass(frozen=True, slots=True)
class Golden:
    """What should come of a page: its kind and values by name, the fate of each line, lines known to go wrong."""

    lines: tuple[str, ...]
    stated: dict[str, str]
    fates: tuple[str, ...]
    known: tuple[int, ...]


@cache
def shipped_rules() -> Rules:
    return load_rules(read_shipped_rules())


def cases() -> list[Path]:
    return sorted(FOLDER.glob("*/*.in.txt"))


def expected(path: Path) -> Path:
    return path.with_name(path.name.replace(".in.txt", ".out.md"))


def read_golden(path: Path) -> Golden:
    head, _, body = expected(path).read_text("utf-8").partition("---\n")
    stated = dict(line.split(": ", 1) for line in head.strip().splitlines())
    known = tuple(int(number) for number in stated.pop("known", "").split())
    rows = [row.partition(" | ") for row in body.removesuffix("\n").split("\n")]
    return Golden(read_lines(path), stated, tuple(fate.rstrip(" |") for fate, _, _ in rows), known)


def read_lines(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text("utf-8").removesuffix("\n").split("\n"))


def read_page(lines: tuple[str, ...]) -> tuple[Kind, list[Line], Description]:
    rules = shipped_rules()
    kind, settled = settle(lines, judge_lines(lines, rules), rules)
    description, mended = describe(settled, rules)
    return kind, mended, description


def stated_values(kind: Kind, description: Description) -> dict[str, str]:
    values: dict[str, str] = {"kind": kind}
    single = {
        "title": description.title,
        "date": description.date,
        "source": description.source,
        "url": description.url,
    }
    several: dict[str, tuple[Found, ...]] = {
        "authors": description.authors,
        "affiliations": description.affiliations,
        "editors": description.editors,
        "tags": description.source_tags,
    }
    values |= {name: found.value for name, found in single.items() if found}
    values |= {name: " / ".join(one.value for one in found) for name, found in several.items() if found}
    if description.title and description.title.inferred:
        values["inferred"] = "title"
    return values


def render(kind: Kind, lines: list[Line], description: Description) -> str:
    head = "".join(f"{name}: {value}\n" for name, value in stated_values(kind, description).items())
    rows = (f"{line.fate:<11} | {line.text}" if line.text.strip() else "blank       |" for line in lines)
    return f"{head}---\n" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sys.stdout.write(render(*read_page(read_lines(Path(name)))))

"""Inputs that nobody writes: pieces of real texts cut, spliced, repeated, damaged and encoded in several ways at once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from tools.fuzz_mutations import BYTE_MUTATIONS, LINE_MUTATIONS, TEXT_MUTATIONS, encode, slice_lines
from tools.fuzz_pieces import ROOT, read_entries, read_pieces, read_samples


@cache
def read_pages() -> tuple[str, ...]:
    """Markdown pages with their front matter."""
    paths = [*sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs" / "articles").rglob("*.md"))]
    return tuple(path.read_text("utf-8")[:4000] for path in paths)


def make_text(generator: random.Random) -> str:
    """A text of up to some two thousand characters, mutated."""
    lines = slice_lines(generator, generator.choice(read_samples()).split("\n"), 12)
    for _ in range(generator.randint(0, 4)):
        lines = generator.choice(LINE_MUTATIONS)(generator, lines)
    text = "\n".join(lines)[:4000]
    for _ in range(generator.randint(0, 3)):
        text = generator.choice(TEXT_MUTATIONS)(generator, text)
    return text[:4000]


def make_bytes(generator: random.Random) -> bytes:
    """A text as bytes, mutated: in an encoding, in several, or damaged."""
    text = make_text(generator)
    data = encode(generator, text)
    for _ in range(generator.choice((0, 0, 1, 2, 5))):
        data = generator.choice(BYTE_MUTATIONS)(generator, data)
    return data


def make_page(generator: random.Random) -> str:
    """A Markdown page with front matter, mutated."""
    page = generator.choice(read_pages())
    head, body = page[:1500].rpartition("\n---\n")[0].split("\n"), page[-500:]
    for _ in range(generator.randint(0, 5)):
        place = generator.randrange(len(head) + 1)
        head[place : place + generator.randint(0, 2)] = [generator.choice(_YAML)] if generator.random() < 0.6 else []
    text = "\n".join(head) + generator.choice(("\n---\n", "\n...\n", "\n", "")) + body
    for _ in range(generator.randint(0, 3)):
        text = generator.choice(TEXT_MUTATIONS)(generator, text)
    return text[:4000]


_YAML = (
    "title: a: b", "title: [", "title: {a: ", "tags: [甲, 乙", "date: 2024-02-31", "date: 2024-13-45T", "x: &a [*a]", "y: *a", "? a", "- b",
    "digest: {page: x.md, body: 1}", "digest: 1", "digest: {}", "aliases: [../a, /b]", "origins: [{file: a, lines: 1-x}]", "\ttitle: a", "!!python/name:os.system",
    "!!binary x", "n: 0x1_0", "n: 1e999", "n: .nan", "n: 190:20:30", "<<: {a: 1}", "<<: 1", "a: |", "a: >-\n  b\n c", "'a", '"\\x"', "---", "%YAML 9.9", "@a", "`", "{[]: 1}", "[a]: b", "? [a]\n: b",
    "<!-- digest:derived -->", "<!-- /digest:derived -->", "null: null", "true: no", "publish: maybe", "a: " + "[" * 60, "b: " + "{a: " * 60,
)  # fmt: skip


def make_rules(generator: random.Random) -> tuple[str, str]:
    """The name and the text of an editor's rule file: shipped entries with values of the wrong kind, then text mutations."""
    file, section, entry = generator.choice(read_entries())
    for _ in range(generator.randint(0, 3)):
        entry = _spoil(generator, entry)
    content = {section: [entry]} if section else [entry]
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)[:2000]
    for _ in range(generator.choice((0, 0, 1, 3))):
        text = generator.choice(TEXT_MUTATIONS)(generator, text)
    return file, text


def _spoil(generator: random.Random, value: Any) -> Any:
    """A value, or something inside it, replaced by one that is wrong there."""
    if isinstance(value, dict) and value and generator.random() < 0.8:
        key = generator.choice(list(value))
        if generator.random() < 0.2:
            return {other: each for other, each in value.items() if other != key}
        return {**value, key: _spoil(generator, value[key])}
    if isinstance(value, list) and value and generator.random() < 0.5:
        place = generator.randrange(len(value))
        return [*value[:place], _spoil(generator, value[place]), *value[place + 1 :]]
    if isinstance(value, str) and value and generator.random() < 0.6:
        return generator.choice(TEXT_MUTATIONS)(generator, value)
    wrong: tuple[Any, ...] = (
        None,
        True,
        -1,
        0,
        10**30,
        1e999,
        "",
        "(",
        "(?P<",
        "[",
        "*",
        "a{99999}",
        "(?i)a",
        r"\1",
        [],
        {},
        [[]],
        {"a": {}},
        "no",
    )
    return generator.choice(wrong)


def make_growing(size: int) -> Iterator[tuple[str, str]]:
    """Texts of that many characters that make patterns go back and try again: a name and a text for each piece and form."""
    for piece in read_pieces():
        run = piece * (size // len(piece) + 1)
        shown = piece if piece.isprintable() else ascii(piece)
        yield f"{shown} on one line", run[:size]
        yield f"{shown} before a letter", f"{run[: size - 1]}x"
        yield f"{shown} after a word, cut off", f"来源{run[: size - 4]}。x"
        yield f"{shown} on each line", f"{piece}\n" * (size // (len(piece) + 1))

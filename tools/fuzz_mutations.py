"""Ways to spoil a text: its lines, its characters, its bytes."""

from __future__ import annotations

import random
from collections.abc import Callable

from tools.fuzz_pieces import RUNS, read_pieces, read_samples

ENCODINGS = ("utf-8", "gb18030", "gbk", "big5", "utf-16", "utf-16-be", "utf-8-sig", "shift_jis", "latin-1", "cp1252")
ODD = (
    "\x00", "\x0b", "\x0c", "\x1b", "\x85", "\r", "\r\n", "\u2028", "\u2029", "\ufeff", "\u200b", "\u202e", "\u3000", "\ue000",
    "\ud800", "\udfff", "\U0001f600", "□", "?", "?!", "\u0301", "\U00020000", "\t", "    ", "---\n", "...\n", "```", "<!--", "%",
)  # fmt: skip


def slice_lines(generator: random.Random, items: list[str], most: int) -> list[str]:
    """Some lines that stand together, at most so many."""
    start = generator.randrange(len(items))
    return items[start : start + generator.randint(1, most)]


def _place(generator: random.Random, length: int) -> tuple[int, int]:
    start = generator.randint(0, length)
    return start, min(length, start + generator.choice((0, 1, 2, 8, 50)))


def _splice(generator: random.Random, lines: list[str]) -> list[str]:
    place = generator.randint(0, len(lines))
    return lines[:place] + slice_lines(generator, generator.choice(read_samples()).split("\n"), 6) + lines[place:]


def _insert_line(generator: random.Random, lines: list[str]) -> list[str]:
    place = generator.randint(0, len(lines))
    return [*lines[:place], generator.choice(read_pieces()), *lines[place:]]


def _double_lines(generator: random.Random, lines: list[str]) -> list[str]:
    return lines[: generator.randint(0, 10)] * generator.randint(1, 3) + lines


def _shuffle_lines(generator: random.Random, lines: list[str]) -> list[str]:
    return generator.sample(lines, len(lines))


def _cut(generator: random.Random, text: str) -> str:
    start, end = _place(generator, len(text))
    return text[:start] + text[end:]


def _repeat(generator: random.Random, text: str) -> str:
    start, end = _place(generator, len(text))
    return text[:end] + text[start:end] * generator.choice((1, 3, 30)) + text[end:]


def _insert_odd(generator: random.Random, text: str) -> str:
    start, end = _place(generator, len(text))
    return text[:start] + generator.choice(ODD) * generator.choice((1, 1, 1, 4)) + text[end:]


def _insert_run(generator: random.Random, text: str) -> str:
    start, end = _place(generator, len(text))
    return text[:start] + generator.choice(RUNS) * generator.choice((2, 10, 300)) + text[end:]


def _misread(generator: random.Random, text: str) -> str:
    """A run as it looks when its bytes were taken for another encoding's."""
    start, end = _place(generator, len(text))
    written, taken = generator.choice(ENCODINGS), generator.choice(ENCODINGS)
    return text[:start] + text[start:end].encode(written, "ignore").decode(taken, "ignore") + text[end:]


def _flip(generator: random.Random, data: bytes) -> bytes:
    if not data:
        return data
    place = generator.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << generator.randrange(8)]) + data[place + 1 :]


def _drop(generator: random.Random, data: bytes) -> bytes:
    start, end = _place(generator, len(data))
    return data[:start] + data[end:]


def _add_bytes(generator: random.Random, data: bytes) -> bytes:
    start, end = _place(generator, len(data))
    return data[:start] + generator.randbytes(generator.choice((1, 2, 40))) + data[end:]


def encode(generator: random.Random, text: str) -> bytes:
    """A text as bytes: all of it in one encoding, or each half in one of its own."""
    parts = [text] if generator.random() < 0.7 else [text[: len(text) // 2], text[len(text) // 2 :]]
    return b"".join(part.encode(_encoding(generator), _errors(generator)) for part in parts)


def _encoding(generator: random.Random) -> str:
    return generator.choice(("utf-8", *ENCODINGS))


def _errors(generator: random.Random) -> str:
    return generator.choice(("ignore", "replace"))


LINE_MUTATIONS: tuple[Callable[[random.Random, list[str]], list[str]], ...] = (
    _splice, _insert_line, _insert_line, _double_lines, _shuffle_lines,
)  # fmt: skip
TEXT_MUTATIONS: tuple[Callable[[random.Random, str], str], ...] = (_cut, _repeat, _insert_odd, _insert_run, _misread)
BYTE_MUTATIONS: tuple[Callable[[random.Random, bytes], bytes], ...] = (_flip, _drop, _add_bytes)

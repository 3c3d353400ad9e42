#!/usr/bin/env python3
"""Feed 100,000 broken inputs through everything that reads: `make fuzz ARGS="--count 100000 --seed 1"`.

decode, repair, read (decode to articles), front matter and rules. Nothing but the three kinds of failure may come out (a
problem, a RuleError, and for front matter the errors that `files` turns into problems); each decoded line must have
exactly one fate, in order; replaying the repairs must give the repaired text. Then texts made of the rules' own pieces
at n and 4n characters: the time must grow as the text does. Prints figures; exit code 1 where something fails.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import get_args

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from build_digest.decode import decode
from build_digest.errors import RuleError
from build_digest.model import KEPT, Fate, Reading, Source
from build_digest.pipeline import read
from build_digest.repair import repair_text
from build_digest.rules import load_rules
from build_digest.site.front_matter_yaml import write_front_matter
from build_digest.site.markdown import read_page
from build_digest.text.lines import split_lines
from build_digest.words.vocabulary import load_vocabulary
from tools import fuzz_inputs as inputs
from tools.fuzz_growth import GROWING, measure_growth, rulebook, show_growth
from tools.fuzz_limits import Hanging, cpu_limit

SHARES = {"decode": 20, "repair": 15, "read": 40, "front matter": 15, "rules": 10}
"""Percent of the inputs that each gets."""
CHUNK = 250
LONGEST = 20
"""CPU seconds after which an input hangs."""


def fuzz_decode(generator: random.Random) -> bytes:
    """Any bytes become text, and say so where they do not."""
    data = inputs.make_bytes(generator)
    decoded = decode(Source("a.txt", data))
    assert decoded.encoding or decoded.problems or not data.strip(), "no encoding and no problem"
    decoded.text.encode("utf-8")
    return data


def fuzz_repair(generator: random.Random) -> str:
    """The repairs, replayed, give the repaired text, and everything between them is as it was."""
    text = inputs.make_text(generator)
    repaired = repair_text(text)
    at, parts = 0, []
    for repair in repaired.repairs:
        assert at <= repair.start <= repair.end, "repairs overlap"
        assert text[repair.start : repair.end] == repair.before, "a repair is of other text"
        parts += [text[at : repair.start], repair.after]
        at = repair.end
    assert "".join([*parts, text[at:]]) == repaired.text, "the repairs do not give the text"
    return text


def fuzz_read(generator: random.Random) -> bytes:
    """No line is lost."""
    data = inputs.make_bytes(generator)
    check_lines(read(Source("a.txt", data), rulebook()), data)
    return data


def check_lines(reading: Reading, data: bytes) -> None:
    """Each decoded line has exactly one fate, in order."""
    assert list(reading.account().decoded) == split_lines(decode(Source("a.txt", data)).text), (
        "other lines than decoded"
    )
    assert [line.number for line in reading.lines] == list(range(1, len(reading.account().decoded) + 1)), "lines lost"
    for line in reading.lines:
        assert line.fate in get_args(Fate), "no fate"
        assert (line.fate == "blank") == (not line.text.strip()), "a blank line with text, or text that is blank"
        ends = [0, *(place for cut in line.cuts for place in (cut.start, cut.end)), len(line.text)]
        assert ends == sorted(ends), "cuts overlap"
        assert line.article is None or line.article < len(reading.articles), "an article that is not there"
    if reading.kind == "none":
        assert not {line.fate for line in reading.lines} & KEPT, "text kept of a page without text"


def fuzz_front_matter(generator: random.Random) -> str:
    """Front matter is read, or refused with an error that names what is wrong; what was read can be written."""
    text = inputs.make_page(generator)
    try:
        page = read_page("a.md", text)
    except (yaml.YAMLError, ValueError):
        return text
    write_front_matter(page.meta)
    return text


def fuzz_rules(generator: random.Random) -> str:
    """A rule file is loaded or refused."""
    name, text = inputs.make_rules(generator)
    try:
        (load_vocabulary if name == "topics.yml" else load_rules)({f"rules/{name}": text})
    except RuleError as error:
        assert error.file
        assert error.message
    return text


KINDS: dict[str, Callable[[random.Random], str | bytes]] = {
    "decode": fuzz_decode,
    "repair": fuzz_repair,
    "read": fuzz_read,
    "front matter": fuzz_front_matter,
    "rules": fuzz_rules,
}


def run_chunk(kind: str, seed: int, number: int, count: int) -> tuple[str, int, float, list[str]]:
    """So many inputs of a kind: how many there were, the longest time of one, and what failed.

    A failure names its input by kind, seed and number, which is all that makes it.
    """
    slowest, failures = 0.0, []
    for each in range(number, number + count):
        start = time.process_time()
        try:
            with cpu_limit(LONGEST):
                KINDS[kind](random.Random(f"{kind} {seed} {each}"))
        except Hanging:
            failures.append(f"{kind} {each}: takes longer than {LONGEST} s")
        except Exception as error:  # whatever a broken input brings up is what is looked for
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(place.filename).name}:{place.lineno}"
            failures.append(f"{kind} {each}: {type(error).__name__} in {where}: {error}"[:300])
        slowest = max(slowest, time.process_time() - start)
    return kind, count, slowest, failures


def main(arguments: Sequence[str] | None = None) -> int:
    """Feed all inputs, then measure how times grow, and print what came of it."""
    parser = argparse.ArgumentParser(description="Broken inputs for everything that reads")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="growth for every Nth text only; 0: none")
    options = parser.parse_args(arguments)
    with ProcessPoolExecutor(options.jobs) as executor:
        chunks = [executor.submit(run_chunk, *chunk) for chunk in _list_chunks(options.count, options.seed)]
        failures = _show_inputs([chunk.result() for chunk in chunks])
        numbers = range(0, len(list(inputs.make_growing(8))), options.every) if options.every else ()
        parts = [executor.submit(measure_growth, kind, number) for kind in GROWING for number in numbers]
        bad = show_growth(sorted((part.result() for part in parts), reverse=True)) if parts else []
    return int(bool(failures or bad))


def _list_chunks(count: int, seed: int) -> Iterator[tuple[str, int, int, int]]:
    for kind, share in SHARES.items():
        total = count * share // 100
        for number in range(0, total, CHUNK):
            yield kind, seed, number, min(CHUNK, total - number)


def _show_inputs(results: Sequence[tuple[str, int, float, list[str]]]) -> list[str]:
    print("| kind | inputs | failures | slowest, CPU s |\n| --- | ---: | ---: | ---: |")
    for kind in KINDS:
        own = [result for result in results if result[0] == kind]
        total, slowest = sum(result[1] for result in own), max((result[2] for result in own), default=0)
        print(f"| {kind} | {total:,} | {sum(len(result[3]) for result in own)} | {slowest:.2f} |")
    failures = [failure for result in results for failure in result[3]]
    print(
        f"| together | {sum(result[1] for result in results):,} | {len(failures)} | {max(r[2] for r in results):.2f} |"
    )
    seen: Counter[str] = Counter()
    for failure in failures:
        seen[failure.split(": ", 1)[1][:60]] += 1
        if seen[failure.split(": ", 1)[1][:60]] <= 2:
            print(failure)
    return failures


if __name__ == "__main__":
    sys.exit(main())

"""How the time of everything that reads grows with its text, for texts made of the rules' own pieces."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import cache
from itertools import islice

import yaml

from build_digest.decode import decode
from build_digest.model import Source
from build_digest.pipeline import read
from build_digest.repair import repair_text
from build_digest.rulebook import Rulebook, load_rulebook
from build_digest.site.markdown import read_page
from tools import fuzz_inputs as inputs
from tools.fuzz_limits import Hanging, cpu_limit

LONGEST = 200
"""CPU seconds after which a text hangs."""
SIZE = 3_000
MOST = 3.0
"""Four times the text may take so many times four times the time; small times are noise."""
NOISE = 0.15


@cache
def rulebook() -> Rulebook:
    """The shipped rules, loaded once a process."""
    return load_rulebook({})


GROWING: dict[str, Callable[[str], object]] = {
    "decode": lambda text: decode(Source("a.txt", text.encode("utf-8", "surrogatepass"))),
    "repair": repair_text,
    "read": lambda text: read(Source("a.txt", text.encode("utf-8", "surrogatepass")), rulebook()),
    "front matter": lambda text: _read_quietly(f"---\ntitle: {text}\n---\n{text}"),
}


def _read_quietly(text: str) -> None:
    try:
        read_page("a.md", text)
    except (yaml.YAMLError, ValueError):
        return


Growth = tuple[float, float, str]
"""How many times as long four times the text takes, the seconds of the longest, and what it was."""


def measure_growth(kind: str, number: int) -> Growth:
    """How the time of one function grows with one text; what looks too slow is measured again."""
    work = GROWING[kind]
    work("甲乙丙丁")
    name = next(islice(inputs.make_growing(8), number, None))[0]
    try:
        with cpu_limit(LONGEST):
            growth = _measure_once(work, number)
            if growth[0] > 4 * MOST:
                growth = min(growth, _measure_once(work, number), _measure_once(work, number))
    except Hanging:
        growth = (float("inf"), float("inf"))
    return *growth, f"{kind}: {name}"


def _measure_once(work: Callable[[str], object], number: int) -> tuple[float, float]:
    small, large = (_time(work, number, size) for size in (SIZE, 4 * SIZE))
    return large / max(small, NOISE / 4), large


def _time(work: Callable[[str], object], number: int, size: int) -> float:
    text = next(islice(inputs.make_growing(size), number, None))[1]
    start = time.process_time()
    work(text)
    return time.process_time() - start


def show_growth(growing: Sequence[Growth]) -> Sequence[Growth]:
    """Print the slowest of what was measured, the slowest first; returns those that grow too fast."""
    bad = [row for row in growing if row[0] > 4 * MOST]
    sizes = " and ".join(f"{size:,}" for size in (SIZE, 4 * SIZE))
    print(f"\n{len(growing)} times with texts of {sizes} characters; the slowest growth:")
    for ratio, seconds, name in growing[: max(5, min(len(bad), 40))]:
        print(f"  × {ratio:5.1f}  {seconds:6.2f} s  {name[:90]}")
    longest = max(growing, key=lambda row: row[1])
    print(f"the longest took {longest[1]:.2f} s: {longest[2][:90]}")
    print(f"more than × {4 * MOST:.0f}: {len(bad)}")
    return bad

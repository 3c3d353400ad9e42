"""The table and the plot of `make bench`: the figures of one run by size, and beside them what they should be."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from math import log10
from pathlib import Path

Result = Mapping[str, float]
Results = Mapping[int, Result]

_TARGET_SIZE, _BASE_SIZE = 10_000, 1_000


def write_table(results: Results, machine: str, rounds: Mapping[int, int]) -> str:
    """One Markdown table, a column a size; what was not measured is left empty."""
    sizes = sorted(results)
    heads = [f"{size:,} articles" for size in sizes]
    counts = ", ".join(f"{rounds[size]} at {size:,}" for size in sizes)
    lines = [
        f"{machine}; medians of rounds ({counts}).",
        "",
        f"| | {' | '.join(heads)} | target |",
        f"| --- |{' ---: |' * len(sizes)} --- |",
    ]
    lines += [
        f"| {name} | {' | '.join(cells)} | {target} |" for name, cells, target in _rows(results, sizes) if any(cells)
    ]
    return "\n".join(lines)


def _rows(results: Results, sizes: Sequence[int]) -> Iterator[tuple[str, list[str], str]]:
    def row(name: str, show: Callable[[Result, int], str], target: str = "") -> tuple[str, list[str], str]:
        return name, [show(results[size], size) for size in sizes], target

    yield row("sources, MB", _plain("corpus bytes", 1e6, 1))
    yield row("articles found", _plain("articles", 1, 0))
    for name, title in _RUNS.items():
        yield row(f"{title}, s (CPU s)", _seconds(name), _target_of_run(name, results))
    yield row("`jieba.cut` alone, s (CPU s)", _seconds("jieba"))
    yield row("build step / `jieba.cut`", _ratio("build seconds", "jieba seconds"), _judge_jieba(results))
    yield row("whole site / floor", _ratio("site seconds", "floor seconds"), _judge_floor(results))
    yield row("whole site / floor, CPU", _ratio("site cpu", "floor cpu"))
    yield row("today / whole site", _ratio("today seconds", "site seconds"))
    yield row("one worker, all own stages, CPU ms an article", _own, _judge_growth(results))
    stages = (name for size in sizes for name in results[size] if name.startswith("stage ") and name != "stage rules")
    for stage in dict.fromkeys(stages):
        yield row(f"… {stage.removeprefix('stage ')}", _per_article(stage))
    yield row("to load program and dictionaries, CPU s", _plain("start", 1, 2))
    yield row("to load the rules, CPU s", _plain("stage rules", 1, 2))
    for name in ("site", "build", "nothing site", "changed site", "floor", "today"):
        target = _judge_peak(results) if name == "site" else ""
        yield row(f"peak memory, {_RUNS[name]}, MB", _plain(f"{name} peak", 1e6, 0), target)
    for name in ("site", "floor", "today"):
        target = _judge_pages(results) if name == "site" else ""
        yield row(f"{_FOLDERS[name]}: files", _plain(f"{name} files", 1, 0))
        yield row(f"{_FOLDERS[name]}: MB", _plain(f"{name} bytes", 1e6, 1))
        yield row(f"{_FOLDERS[name]}: largest HTML page, KB", _plain(f"{name} largest page", 1e3, 0), target)


_RUNS = {
    "build": "build step",
    "site": "whole site",
    "floor": "floor: MkDocs, Material",
    "today": "today: with search, tags, full navigation",
    "nothing build": "build step, nothing changed",
    "nothing site": "whole site, nothing changed",
    "changed build": "build step, one article changed",
    "changed site": "whole site, one article changed",
}
_FOLDERS = {"site": "site", "floor": "floor's site", "today": "today's site"}


def _plain(name: str, unit: float, digits: int) -> Callable[[Result, int], str]:
    return lambda result, _: f"{result[name] / unit:,.{digits}f}" if name in result else ""


def _seconds(name: str) -> Callable[[Result, int], str]:
    def show(result: Result, size: int) -> str:
        del size
        if f"{name} seconds" not in result:
            return ""
        return f"{result[f'{name} seconds']:,.2f} ({result[f'{name} cpu']:,.2f})"

    return show


def _ratio(upper: str, lower: str) -> Callable[[Result, int], str]:
    return lambda result, _: f"{result[upper] / result[lower]:.2f}" if {upper, lower} <= set(result) else ""


def _per_article(name: str) -> Callable[[Result, int], str]:
    return lambda result, size: f"{1000 * result[name] / size:.3f}" if name in result else ""


def _own_stages(result: Result, size: int) -> float | None:
    """CPU milliseconds an article of all stages together; loading the program, its dictionaries and rules is none."""
    stages = [value for name, value in result.items() if name.startswith("stage ") and name != "stage rules"]
    return 1000 * sum(stages) / size if stages else None


def _own(result: Result, size: int) -> str:
    own = _own_stages(result, size)
    return "" if own is None else f"{own:.2f}"


def _say(target: str, met: bool | None) -> str:
    return target if met is None else f"{target}: {'met' if met else 'MISSED'}"


def _judge(results: Results, size: int, target: str, test: Callable[[Result], bool]) -> str:
    """The target, and where the size was measured with what the test needs, whether it is met."""
    try:
        return _say(target, test(results[size]) if size in results else None)
    except KeyError:
        return _say(target, None)


def _judge_jieba(results: Results) -> str:
    return _judge(results, _BASE_SIZE, "< 1 at 1,000", lambda r: r["build seconds"] < r["jieba seconds"])


def _judge_floor(results: Results) -> str:
    return _judge(results, _TARGET_SIZE, "≤ 1.5 at 10,000", lambda r: r["site seconds"] <= 1.5 * r["floor seconds"])


def _target_of_run(name: str, results: Results) -> str:
    if name != "changed site":
        return ""
    return _judge(results, _TARGET_SIZE, "≤ 5 s at 10,000", lambda r: r["changed site seconds"] <= 5)


def _judge_peak(results: Results) -> str:
    runs = ("site", "build", "nothing site", "changed site")
    return _judge(
        results,
        _TARGET_SIZE,
        "≤ 1,500 at 10,000, any of ours",
        lambda r: r["site peak"] <= 1.5e9 and all(r.get(f"{run} peak", 0) <= 1.5e9 for run in runs),
    )


def _judge_pages(results: Results) -> str:
    return _judge(results, _TARGET_SIZE, "≤ 300 at 10,000", lambda r: r["site largest page"] <= 300_000)


def _judge_growth(results: Results) -> str:
    small, large = (
        _own_stages(results[size], size) if size in results else None for size in (_BASE_SIZE, _TARGET_SIZE)
    )
    target = "at 10,000 ≤ 1.2 × at 1,000"
    return f"{_say(target, large <= 1.2 * small)} ({large / small:.2f} ×)" if small and large else target


def describe_machine() -> str:
    """What the figures were measured on."""
    rows = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((row.split(":", 1)[1].strip() for row in rows if row.startswith("model name")), platform.machine())
    load = os.getloadavg()[0]
    tools = ", ".join(f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material", "jieba"))
    busy = f" (busy: load {load:.1f}, so seconds mean little)" if load > 0.5 * (os.cpu_count() or 1) else ""
    return f"{model}, {os.cpu_count()} cores{busy}; Python {platform.python_version()}, {tools}"


_LINES = {"site": "#1f6f4a", "changed site": "#8a5a00", "floor": "#666666", "today": "#b3261e"}
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 640, 400, 60, 190, 20, 50


def draw_plot(results: Results) -> str:
    """Wall-clock seconds by number of articles as an SVG picture, both axes logarithmic."""
    points = {
        name: [(size, r[f"{name} seconds"]) for size, r in sorted(results.items()) if f"{name} seconds" in r]
        for name in _LINES
    }
    seconds = [value for line in points.values() for _, value in line]
    low, high = (round_(log10(pick(seconds))) for round_, pick in ((_floor, min), (_ceiling, max)))
    first, last = log10(min(results)), max(log10(max(results)), log10(min(results)) + 1)

    def place(size: float, value: float) -> tuple[float, float]:
        across = (log10(size) - first) / (last - first) * (_WIDTH - _LEFT - _RIGHT)
        up = (log10(value) - low) / (high - low) * (_HEIGHT - _TOP - _BOTTOM)
        return _LEFT + across, _HEIGHT - _BOTTOM - up

    parts = [*_draw_axes(sorted(results), range(low, high + 1), place)]
    labels: list[float] = []
    for name, line in points.items():
        if line:
            parts += _draw_line(name, [place(*point) for point in line], labels)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif"'
    return "\n".join([f'{head} font-size="12">', '<rect width="100%" height="100%" fill="#fff"/>', *parts, "</svg>\n"])


def _floor(value: float) -> int:
    return int(value // 1)


def _ceiling(value: float) -> int:
    return int(-(-value // 1))


def _draw_axes(
    sizes: Sequence[int], powers: range, place: Callable[[float, float], tuple[float, float]]
) -> Iterator[str]:
    right = _WIDTH - _RIGHT
    for power in powers:
        _, y = place(sizes[0], 10.0**power)
        yield f'<line x1="{_LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} s</text>'
    for size in sizes:
        x, _ = place(size, 10.0 ** powers[0])
        yield f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 20}" text-anchor="middle">{size:,}</text>'
    middle = (_LEFT + right) / 2
    yield f'<text x="{middle:.1f}" y="{_HEIGHT - 8}" text-anchor="middle">articles</text>'


def _draw_line(name: str, points: Sequence[tuple[float, float]], labels: list[float]) -> Iterator[str]:
    """A line with its name at its end; names keep clear of each other."""
    colour = _LINES[name]
    yield f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
    x, y = points[-1]
    while any(abs(y - other) < 14 for other in labels):
        y += 14
    labels.append(y)
    short = _RUNS[name].replace("today: with search, tags, full navigation", "today: search, tags, nav")
    yield f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{colour}">{short}</text>'

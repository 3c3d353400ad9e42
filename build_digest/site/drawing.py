"""The picture as SVG that any page can hold, and its numbers as a table.

Positions across are per cent and those down pixels, so the bars fill the page and the words keep their size, on a
phone too. Every bar leads to the articles that it counts.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from build_digest.site.groups import HEADINGS
from build_digest.site.listing import relative_address, relative_path, shorten
from build_digest.site.markdown import escape_inline, link
from build_digest.site.picture import Column, Mark, Picture

_LABELS = 28
"""Per cent of the width for the names of topics."""
_LEAST_WIDTH, _NUMBER_WIDTH = 14.0, 7.0
"""Per cent of the width for a column, and for the number behind a bar."""
_LONGEST_LABEL = 7
_CHARACTER = 3.7
"""Per cent of the width of a phone that a character above a column takes."""
_ROW = 26
_BAR = 14
_NUMBERS = "①②③④⑤"


def render_picture(picture: Picture | None, path: str) -> str:
    """The picture and its table as Markdown for the page at this path; empty where there is none."""
    if not picture:
        return ""
    note = f"，另有 {picture.left_out} 篇未计入" if picture.left_out else ""
    caption = f"{_title(picture)}{note}。点横条看文章。"
    figure = [
        '<figure class="picture">',
        *_draw(picture, path),
        f"<figcaption>{caption}</figcaption>",
        "</figure>",
    ]
    legend = _legend(picture, path)
    return "\n\n".join(part for part in ("\n".join(figure), legend, _render_table(picture, path)) if part)


def _draw(picture: Picture, path: str) -> list[str]:
    columns, topics = picture.columns, picture.topics
    starts, widths, unit = _scale(picture)
    headings = _headings(picture)
    top = 44 if picture.kind == "periods" else 28
    height = top + _ROW * len(topics) + 4
    lines = [
        f'<svg width="100%" height="{height}" role="group" aria-label="{_title(picture)}"'
        ' font-size="13" fill="currentColor">'
    ]
    for i, (column, x, width) in enumerate(zip(columns, starts, widths, strict=True)):
        lines += _draw_heading(column, headings[i], x, path)
        lines.append(
            f'<line x1="{x:.2f}%" x2="{x:.2f}%" y1="{top}" y2="{height}" stroke="currentColor" stroke-opacity="0.3"/>'
        )
        for row, topic in enumerate(topics):
            mark = picture.marks.get((column.name, topic))
            if mark:
                box = (x, top + row * _ROW, width, unit * len(mark.members))
                lines += _draw_mark(mark, f"{topic}，{column.label}", box, path)
    lines += [_draw_label(picture, row, top + row * _ROW, path) for row in range(len(topics))]
    return [*lines, "</svg>"]


def _scale(picture: Picture) -> tuple[list[float], list[float], float]:
    """Where columns start, how wide they are, and how long a bar is for one article: the same in all of them."""
    tallest = [
        max((len(mark.members) for (name, _), mark in picture.marks.items() if name == column.name), default=0)
        for column in picture.columns
    ]
    spare = 100 - _LABELS - _LEAST_WIDTH * len(tallest)
    widths = [_LEAST_WIDTH + spare * most / sum(tallest) for most in tallest]
    starts = [_LABELS + sum(widths[:i]) for i in range(len(widths))]
    return (
        starts,
        widths,
        min((width - _NUMBER_WIDTH) / most for width, most in zip(widths, tallest, strict=True) if most),
    )


def _title(picture: Picture) -> str:
    return f"各主题的文章数，按{HEADINGS[picture.kind]}"


def _headings(picture: Picture) -> list[list[str]]:
    """What stands above the columns: the label, the year above the months, or a number where there is no room."""
    headings = []
    for i, (column, width) in enumerate(zip(picture.columns, _scale(picture)[1], strict=True)):
        year, mark, months = column.label.partition("年") if picture.kind == "periods" else ("", "", "")
        lines = [year + mark, *([months] if months else [])] if mark and "年" not in months else [column.label]
        sizes = [sum(0.6 if character.isascii() else 1 for character in line) for line in lines]
        headings.append(lines if max(sizes) * _CHARACTER <= width else [_NUMBERS[i]])
    return headings


def _draw_heading(column: Column, heading: Sequence[str], x: float, path: str) -> list[str]:
    lines = [
        f'<text x="{x:.2f}%" y="{16 + 17 * n}" font-size="12">{html.escape(words)}</text>'
        for n, words in enumerate(heading)
    ]
    if not column.path:
        return lines
    label = html.escape(f"{column.label}：{len(column.members)} 篇")
    return [f'<a href="{relative_address(column.path, path)}" aria-label="{label}">', *lines, "</a>"]


def _draw_label(picture: Picture, row: int, y: int, path: str) -> str:
    topic = picture.topics[row]
    text = f'<text x="0" y="{y + 18}">{html.escape(shorten(topic, _LONGEST_LABEL))}</text>'
    return f'<a class="picture__label" href="{relative_address(picture.lists[topic], path)}">{text}</a>'


def _draw_mark(mark: Mark, name: str, place: tuple[float, int, float, float], path: str) -> list[str]:
    """A bar with its number, and an unseen box around both that is easy to hit."""
    x, y, width, bar = place
    label = html.escape(f"{name}：{len(mark.members)} 篇")
    return [
        f'<a href="{relative_address(mark.path, path)}" aria-label="{label}"><title>{label}</title>'
        f'<rect x="{x:.2f}%" y="{y}" width="{width:.2f}%" height="{_ROW}" fill="none" pointer-events="all"/>'
        f'<rect class="picture__bar" x="{x:.2f}%" y="{y + (_ROW - _BAR) // 2}" width="{bar:.2f}%" height="{_BAR}"/>'
        f'<text x="{x + bar:.2f}%" dx="4" y="{y + 18}" font-size="12">{len(mark.members)}</text></a>'
    ]


def _legend(picture: Picture, path: str) -> str:
    """The names behind numbers."""
    rows = []
    for number, column, heading in zip(_NUMBERS, picture.columns, _headings(picture), strict=False):
        if heading == [number]:
            name = link(column.label, relative_path(column.path, path)) if column.path else escape_inline(column.label)
            rows.append(f"{number} {name}")
    return "　".join(rows)


def _render_table(picture: Picture, path: str) -> str:
    head = ["主题", *(_cell(escape_inline(column.label)) for column in picture.columns)]
    rows = [head, ["---", *("---:" for _ in picture.columns)]]
    for topic in picture.topics:
        marks = [picture.marks.get((column.name, topic)) for column in picture.columns]
        cells = [link(str(len(mark.members)), relative_path(mark.path, path)) if mark else "0" for mark in marks]
        rows.append([_cell(escape_inline(topic)), *cells])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f'<details markdown="1">\n<summary>图中的数字</summary>\n\n{table}\n\n</details>'


def _cell(text: str) -> str:
    return text.replace("|", "&#124;")

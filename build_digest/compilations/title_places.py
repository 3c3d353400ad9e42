"""Where the titles stand that a line of a contents list may name, however it names them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from build_digest.compilations.listed_authors import readings
from build_digest.compilations.marks import read_mark
from build_digest.compilations.rows import Row, title_text
from build_digest.compilations.titles import fold_title, unwrap, without_address

Title = tuple[str, int]
"""A folded title, and which row of the text it stands on."""
SHORTEST = 2
"""Letters of a title that is told from part of a line."""
COPIES = 5
"""A line that stands more often is no title."""
MOST_WORDS = 12
"""Words of a line of which runs are looked up."""
LONGEST = 400
"""Characters of a line that may hold several titles."""
_WORDS = re.compile(r"[\s|｜/／·・…‥_:：,，、()（）《》〈〉【】「」『』〔〕〖〗\[\]]+|\.{2,}|[.．·]{2,}|[—–-]{2,}")
_SEPARATORS = tuple(
    map(
        re.compile,
        (r"(?<!\s)\s*[/／]\s*", r"(?<!\s)\s*[|｜]\s*", r"[；;]", r"\t+", "、", r"[ 　]{3,}|　{2,}", r"[\s　]+"),
    )
)
_SEPARATING = re.compile(r"[/／|｜；;、\s]")
"""What each of the separators has."""
_LABEL = re.compile(r"^[^:：]{2,8}[:：]\s*")
_SUBTITLE = re.compile(r"\s*(?:[—–─-]{2,}|[:：])\s*|\s{2,}|　")
_BEGINNING = "^"
"""Stands before the first letters of a title, by which it is found where a line gives no more of it."""
_NUMBER = "#"
"""Stands before the number of a title, by which it is found where a line with that number gives some of its words."""
_GAP = re.compile(r"…+|\.{3,}|⋯+")


@dataclass(frozen=True, slots=True)
class Titles:
    """The lines of a text that say something, where among them each text stands that could be a title, and the same by
    the first letters of these texts."""

    said: Sequence[Row]
    places: Mapping[str, list[int]]
    initials: Mapping[str, list[tuple[str, list[int]]]]


def index_titles(said: Sequence[Row]) -> Titles:
    """The titles of a text, for `look_up`."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(said):
        if row.titlelike:
            for text in dict.fromkeys(_titles_of(row)):
                places[text].append(at)
    few = {text: at for text, at in places.items() if len(at) <= COPIES}
    initials: defaultdict[str, list[tuple[str, list[int]]]] = defaultdict(list)
    for text, rows in few.items():
        bare = text.removeprefix(_BEGINNING)
        if not bare.startswith(_NUMBER):
            initials[bare[0]].append((bare, rows))
    return Titles(said, few, initials)


def _titles_of(row: Row) -> Iterator[str]:
    """A line of the text as a list may give it: whole, without what is beside the title, without a subtitle."""
    text = title_text(row).strip()
    yield row.core
    yield from (reading for reading in readings(text) if len(reading) >= SHORTEST)
    main = _SUBTITLE.split(unwrap(text), maxsplit=1)[0]
    if len(fold_title(main)) > SHORTEST:
        yield fold_title(main)
    if len(row.core) > SHORTEST:
        yield f"{_BEGINNING}{row.core[:SHORTEST]}"
    if row.mark.number is not None:
        yield f"{_NUMBER}{row.mark.number}"


def look_up(at: int, titles: Titles) -> list[list[Title]]:
    """For each title on a line of a list what it may be and where else it stands."""
    if not _may_hold_title(at, titles):
        return []
    found = [[title for title in cell if title[1] != at] for cell in _read_cells(at, titles)]
    return [cell for cell in found if cell]


def _may_hold_title(at: int, titles: Titles) -> bool:
    """Whether a title of another line stands in this one, which holds several where it is too long for a title."""
    row = titles.said[at]
    if not row.key and (len(row.text) > LONGEST or not _SEPARATING.search(row.text.strip())):
        return False
    if len(titles.places.get(f"{_NUMBER}{row.mark.number}", ())) > 1:
        return True
    key = row.key or fold_title(row.text)
    return any(
        text in key and places != [at]
        for letter in titles.initials.keys() & set(key)
        for text, places in titles.initials[letter]
    )


def _read_cells(at: int, titles: Titles) -> list[list[Title]]:
    row = titles.said[at]
    bare = _LABEL.sub("", without_address(row.text.strip()))
    cells = max((_cells(at, separator.split(bare), titles) for separator in _SEPARATORS), key=len)
    if len(cells) > 1:
        return cells
    if not row.key:
        return []
    options = [(text, place) for text in _runs(row) for place in titles.places.get(text, ())]
    options += _shortened(row, titles)
    if not any(place != at for _, place in options):
        options += _numbered(row.mark.number, row.core, titles)
    return [options] if options else []


def _cells(line: int, cells: Sequence[str], known: Titles) -> list[list[Title]]:
    """The titles of a line that has several, cut where one kind of separator stands; a title and its author, which stand
    together somewhere in the text too, are not several."""
    titles, missed = [], 0
    for cell in cells if len(cells) > 1 else ():
        mark = read_mark(cell)
        key = fold_title(unwrap(cell[mark.start :]))
        if key and key in known.places:
            titles.append([(key, at) for at in known.places[key]])
        elif numbered := list(_numbered(mark.number, key, known)):
            titles.append(numbered)
        elif key:
            missed += 1
            if missed * 10 > len(cells) * 2:  # too many already, so the rest need not be read
                return []
    near = any(
        abs(one - other) < 2
        for before, after in pairwise(titles)
        for _, one in before
        for _, other in after
        if line not in (one, other)
    )
    return [] if near or missed * 10 > (len(titles) + missed) * 2 else titles


def _numbered(number: int | None, key: str, titles: Titles) -> Iterator[Title]:
    """The titles with the number of a shorter one and its words."""
    if number is not None and len(key) >= SHORTEST:
        for at in titles.places.get(f"{_NUMBER}{number}", ()):
            if key in titles.said[at].core:
                yield titles.said[at].core, at


def _runs(row: Row) -> Iterator[str]:
    """The folded runs of words of a line, the longest ones first; without a letter they are none."""
    words = [fold_title(word) for word in _WORDS.split(title_text(row).strip())]
    words = [word for word in words if word][:MOST_WORDS]
    yield row.core
    seen = {row.core}
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            text = "".join(words[start : start + size])
            if len(text) >= SHORTEST and not text.isdecimal() and text not in seen:
                seen.add(text)
                yield text


def _shortened(row: Row, titles: Titles) -> Iterator[Title]:
    """The titles that begin, and perhaps end, as a line with …… in it."""
    text = title_text(row).strip()
    parts = [fold_title(part) for part in _GAP.split(text)]
    if len(parts) < 2 or len(parts[0]) < SHORTEST:
        return
    tail = parts[1].rstrip("0123456789") if len(parts[1]) > SHORTEST else ""
    for at in titles.places.get(f"{_BEGINNING}{parts[0][:SHORTEST]}", ()):
        core = titles.said[at].core
        if core.startswith(parts[0]) and (tail in core[len(parts[0]) :]) and len(core) > len(parts[0] + tail):
            yield core, at

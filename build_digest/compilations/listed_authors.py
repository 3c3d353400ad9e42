"""What stands beside the titles of a contents list, mostly the author: 题目（张三）, 题目 / 张三, 题目 张三, 张三：题目."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import groupby, pairwise

from build_digest.compilations.contents_entries import NUMBER, Entry
from build_digest.compilations.rows import Row
from build_digest.compilations.titles import NAME, fold_title
from build_digest.text.characters import HAN

_ADDITIONS = tuple(
    map(
        re.compile,
        (
            r"(?<!\s)\s*[(（][^()（）]{2,16}[)）]$",
            rf"(?<!\s)\s*[/／|｜]\s*(?:\S{{2,16}}|[{HAN}][ 　][{HAN}])$",
            r"(?<!\s)\s+\S{2,8}$",
            rf"^(?:\S{{2,8}}|[{HAN}][ 　][{HAN}])[:：]\s*",
            rf"(?<!\s)\s*(?:—{{1,2}}|–)\s*{NAME}$",
        ),
    )
)
_NAME_IN_FRONT = re.compile(r"^\S{2,4}[\s　]+(?=\S)")
_NAMES = re.compile(rf"(?![〇一二三四五六七八九十百第]){NAME}(?:[、，,]{NAME})*")
_BESIDE = " 　\t()（）/／|｜:：—–"
"""What stands between a title and a name beside it."""


def alike(one: Row, other: Row) -> bool:
    """Whether two rows of a list have the same thing beside their titles, such as a number or an author."""
    return any(way.search(one.text.strip()) and way.search(other.text.strip()) for way in (NUMBER, *_ADDITIONS[:2]))


def readings(text: str) -> Iterator[str]:
    """A line of a list with and without each thing that may stand beside its title, folded."""
    for addition in _ADDITIONS:
        if addition.search(text):
            yield fold_title(addition.sub("", text))
    yield fold_title(text)


def without_companions(entries: Sequence[Entry], cores: Sequence[str]) -> tuple[Entry, ...]:
    """The entries without those that stand below the one before them in the text as well as beside it in the list, or in
    a column of names that the text does not have: its author.

    Args:
        entries: of a list.
        cores: the lines of the text, folded, one after the other.
    """
    below = set(pairwise(cores))
    beside = (before.lines == entry.lines and (before.key, entry.key) in below for before, entry in pairwise(entries))
    titles = tuple(entry for entry, is_author in zip(entries, (False, *beside), strict=True) if not is_author)
    return _without_column_of_names(titles, frozenset(cores))


def _without_column_of_names(entries: tuple[Entry, ...], cores: Set[str]) -> tuple[Entry, ...]:
    """The entries of a list in two columns, where the text has most of the one and nothing of the other: that one has the
    authors."""
    lines = [tuple(cells) for _, cells in groupby(entries, lambda entry: entry.lines)]
    if len(lines) < 2 or any(len(cells) != 2 for cells in lines):
        return entries
    for title, name in ((0, 1), (1, 0)):
        names = [cells[name] for cells in lines]
        named = all(_NAMES.fullmatch(entry.title.strip()) and entry.key not in cores for entry in names)
        found = sum(cells[title].key in cores for cells in lines)
        if named and found * 2 > len(lines) and len({entry.key for entry in names}) > 1:
            return tuple(replace(cells[title], author=cells[name].title.strip()) for cells in lines)
    return entries


def without_additions(entries: Sequence[Entry], cores: Set[str]) -> tuple[Entry, ...]:
    """The same entries with or without what most of them add to the title, whichever the body repeats more; of the
    author and the title, which both stand there, the longer one. Different names that are added are the authors."""
    best = tuple(entries)
    most = _repeated([entry.key for entry in entries], cores)
    titles_only = [entry for entry in entries if not entry.group]
    for addition in (*_ADDITIONS, _NAME_IN_FRONT):
        if sum(bool(addition.search(entry.title)) for entry in titles_only) * 2 <= len(titles_only):
            continue
        titles = [addition.sub("", entry.title) for entry in entries]
        groups = [entry.group or title == entry.title for entry, title in zip(entries, titles, strict=True)]
        hits = _repeated(list(map(fold_title, titles)), cores)
        if hits > most:
            most = hits
            names = _names_added(entries, titles)
            best = tuple(
                replace(entry, title=title, key=fold_title(title), group=group, author=name)
                for entry, title, group, name in zip(entries, titles, groups, names, strict=True)
            )
    return best


def _names_added(entries: Sequence[Entry], titles: Sequence[str]) -> list[str]:
    """What each entry has beside its title, where that has the form of a name; nothing if all have the same there."""
    added = [entry.title.replace(title, "", 1).strip(_BESIDE) for entry, title in zip(entries, titles, strict=True)]
    names = [text if _NAMES.fullmatch(text) else "" for text in added]
    return names if len({*names} - {""}) > 1 else [""] * len(names)


def _repeated(keys: Sequence[str], cores: Set[str]) -> tuple[int, int]:
    """How many titles the body repeats, and how many letters these have."""
    found = [key for key in keys if key in cores]
    return len(found), sum(map(len, found))

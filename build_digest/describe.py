"""Say what an article's lines state about it: title, date, source, people, address, tags; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from build_digest.metadata.bylines import find_lone_author, open_with_author
from build_digest.metadata.cuts import Stated, cut_line, cut_line_numbers, cut_written_marks
from build_digest.metadata.dates import find_dates
from build_digest.metadata.label_rows import read_rows
from build_digest.metadata.name_lines import HEAD_LINE, NAME, bare_name, read_name_and_outlet
from build_digest.metadata.names import split_names, without_marks
from build_digest.metadata.people import find_beside_date, find_bio_author, find_owner, find_poster
from build_digest.metadata.sources import Values, find_publisher, find_source
from build_digest.metadata.statement import Field
from build_digest.metadata.titles import find_title, with_copy_of_title
from build_digest.model import KEPT, Description, Found, Line, Verdict
from build_digest.rules import Rules
from build_digest.text.line_fold import fold_line

CLOSING = 3
"""Lines at the end of a text in which the day may stand that it was written."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_URL = re.compile(r"https?://[^\s<>\"'，。）)】」]+", re.ASCII)
_SECOND_ROLE = re.compile(r"(?<!\s)\s*(?:通讯员|通訊員)\s*")
_TAG_SPLIT = re.compile(r"[\s,，、;；/|｜#]+")


def describe(lines: Sequence[Line], rules: Rules) -> tuple[Description, list[Line]]:
    """What the lines of one article state about it, and the lines with the parts that state it cut out.

    Args:
        lines: the lines of an article as `classify.settle` gives them.
        rules: see `rules.load_rules`.
    """
    if not any(line.fate in KEPT for line in lines):
        return Description(), list(lines)
    read = [cut_line(line, rules) for line in lines]
    after = cut_written_marks(cut_line_numbers([one.line for one in read]))
    values = _gather(read, after, rules)
    source = find_source(values, read, rules)
    authors, beside = _people(_of_head(values.get("author", ()), after), rules, loose=True)
    authors = authors or _other_authors(values, read, source, rules)
    lone = None if authors else find_lone_author(after, rules)
    if lone is not None:
        authors = (Found(lone.name, after[lone.at].number),)
        verdict = Verdict("metadata", "lone-author", after[lone.at].verdict.score)
        after[lone.at] = replace(after[lone.at], verdict=verdict)
    authors = authors or _opening_author(after, rules) or find_bio_author(after, rules) or find_owner(read, rules)
    description = Description(
        title=find_title(after, values),
        date=_date(values, after),
        source=source or find_publisher(values),
        url=_url(values.get("url", ())),
        authors=authors,
        affiliations=_unique([*beside, *_affiliations(values, rules)]),
        editors=_people(values.get("editor", ()), rules)[0],
        source_tags=_tags(values.get("tags", ())),
    )
    return description, with_copy_of_title(after, description.title)


def _of_head(found: Sequence[tuple[Line, Field]], lines: Sequence[Line]) -> Sequence[tuple[Line, Field]]:
    """The values above the text, where any stand there: what stands below it may be another's, who answers."""
    return _above_text(found, lines) or found


def _of_post(found: Sequence[tuple[Line, Field]], lines: Sequence[Line]) -> Sequence[tuple[Line, Field]]:
    """The values above the text, else the only one below it: of several each is that of a reply."""
    return _above_text(found, lines) or (found if len(found) == 1 else ())


def _above_text(found: Sequence[tuple[Line, Field]], lines: Sequence[Line]) -> Sequence[tuple[Line, Field]]:
    text = _first_of_text(lines)
    return [pair for pair in found if text and pair[0].number < text.number]


def _gather(read: Sequence[Stated], lines: Sequence[Line], rules: Rules) -> Values:
    """The values by kind: those of each line, those below their labels, and those of head lines without labels."""
    values: Values = {}
    for one in read:
        for field in one.statement.fields if one.statement else ():
            values.setdefault(field.kind, []).append((one.line, field))
    below = read_rows(lines, [fold_line(line.text) for line in lines], rules)
    for at, line in enumerate(lines):
        fields = [below[at]] if at in below else []
        if line.verdict.rule == NAME:
            fields.append(Field("author", bare_name(line.text), 0, len(line.text)))
        elif line.verdict.rule == HEAD_LINE:
            fields += read_name_and_outlet(line.text, rules)
        for field in fields:
            values.setdefault(field.kind, []).append((line, field))
    return values


def _other_authors(values: Values, read: Sequence[Stated], source: Found | None, rules: Rules) -> tuple[Found, ...]:
    """Who told the text, stands beside the date, posted it where no outlet is its source, or signed it where nobody
    published it either."""
    told = _people(values.get("teller", ()), rules, loose=True)[0] or find_beside_date(read, rules)
    if told or source:
        return told
    posted = find_poster(_of_post(values.get("poster", ()), [one.line for one in read]), rules)
    return posted or (() if find_publisher(values) else _people(values.get("signer", ()), rules)[0])


def _affiliations(values: Values, rules: Rules) -> tuple[Found, ...]:
    """The institutions that labels state; what a label states as it stands where no part of it ends like one."""
    stated = values.get("affiliation", ())
    people, places = _people(stated, rules)
    bare = () if people or places else (Found(field.value, line.number) for line, field in stated if field.value)
    return (*places, *bare)


def _date(values: Values, lines: Sequence[Line]) -> Found | None:
    """The date of publication: below the title before above it, labelled before bare, of an update if there is no other;
    one in brackets alone, which is that of a speech, only where there is no other date."""
    title = next((line.number for line in lines if line.fate == "title"), 0)
    stated = [(line, field) for line, field in values.get("date", ()) if _DAY.fullmatch(field.value)]
    stated.sort(key=lambda pair: (_is_occasion(*pair), pair[0].number < title, not pair[1].labelled))
    later = [*values.get("written", ()), *values.get("updated", ())]
    dated = (*stated, *((line, field) for line, field in later if _DAY.fullmatch(field.value)))
    return next((Found(field.value, line.number) for line, field in dated), None) or _closing_date(lines)


def _is_occasion(line: Line, field: Field) -> bool:
    """Whether a date stands in brackets alone, as that of a speech does: （2020年6月5日）."""
    return not field.labelled and line.text.strip().startswith(("(", "（"))


def _closing_date(lines: Sequence[Line]) -> Found | None:
    """The day that a text closes with, on a line of its own: how notices, letters and speeches are dated."""
    kept = [line for line in lines if line.fate in KEPT and line.text.strip()]
    for line in kept[: -CLOSING - 1 : -1]:
        folded = fold_line(line.text).strip(" ()")
        dates = find_dates(folded)
        if (
            len(dates) == 1
            and (not dates[0].compact or "年" in folded)
            and len(folded) == dates[0].end - dates[0].start
        ):
            return Found(dates[0].value, line.number)
    return None


def _opening_author(lines: Sequence[Line], rules: Rules) -> tuple[Found, ...]:
    """The reporters named in brackets at the beginning of the text."""
    named = open_with_author(_first_of_text(lines), rules)
    if named is None:
        return ()
    people = _SECOND_ROLE.sub("、", named.value)
    return tuple(Found(name, named.line) for name in split_names(people, rules)[0])


def _first_of_text(lines: Sequence[Line]) -> Line | None:
    return next((line for line in lines if line.fate == "body"), None)


def _people(
    found: Iterable[tuple[Line, Field]], rules: Rules, loose: bool = False
) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    people: list[Found] = []
    places: list[Found] = []
    for line, field in found:
        names, institutions = split_names(without_marks(field.value), rules, loose)
        people.extend(Found(name, line.number) for name in names)
        places.extend(Found(name, line.number) for name in institutions)
    return _unique(people), _unique(places)


def _unique(found: Iterable[Found]) -> tuple[Found, ...]:
    first: dict[str, Found] = {}
    for one in found:
        first.setdefault(one.value, one)
    return tuple(first.values())


def _url(found: Iterable[tuple[Line, Field]]) -> Found | None:
    matches = ((line, _URL.search(field.value)) for line, field in found)
    return next((Found(match[0], line.number) for line, match in matches if match), None)


def _tags(found: Iterable[tuple[Line, Field]]) -> tuple[Found, ...]:
    return _unique(
        Found(tag, line.number) for line, field in found for tag in _TAG_SPLIT.split(field.value.strip("[]")) if tag
    )

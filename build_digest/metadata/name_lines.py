"""Tell names from other words on a line of their own below a title, or beside it, where articles of a compilation have
one: 散文 and 小说 stand there too."""

from __future__ import annotations

import re
from collections.abc import Iterable

from build_digest.classification.title_forms import looks_like_person
from build_digest.metadata.names import is_institution, is_outlet
from build_digest.metadata.statement import Field
from build_digest.rules import Rules
from build_digest.text.characters import HAN
from build_digest.text.line_fold import fold_line
from build_digest.words.segment import is_persons_name

NAME = "name-line"
"""The rule of a line below a title that is nothing but a name."""
HEAD_LINE = "split-head-line"
"""The rule of any other line that the articles of a compilation show to say who, when or where."""

_BARE = re.compile(rf"[{HAN}]{{2,3}}|[{HAN}]\s[{HAN}]")
_SHORT = re.compile(rf"[{HAN}·]{{2,4}}")
_MARKS = " \t　()（）□■○●◎—–-"
_SPACED = re.compile(rf"(?<![{HAN}])([{HAN}])\s([{HAN}])(?![{HAN}])")
_SEPARATORS = re.compile(r"[\s、,，/]+")
_MONTH = re.compile(
    rf"(?<![\s(,，])[\s(,，]*+(?:19|20)\d\d\s?[年./-]\s?\d{{1,2}}(?:\s?月|(?=[\s)]|$))(?:\s?\d{{1,2}}\s?日)?\s?[{HAN}]{{0,2}}\)?$"
)
"""A month at the end of a line, perhaps in brackets: 2023年2月, (2023年5月更新)."""
LONGEST = 24
"""Characters of such a line without its month."""
_BARS = re.compile(r"\s*[|｜丨/／,，]\s*|\s{2,}|　")


def is_name_line(folded: str, rules: Rules, named: bool = True) -> bool:
    """Whether a line right below a title is nothing but a name: 张三, 张　三 and, where most have one, ——欧阳张三.

    Args:
        folded: the line in folded form.
        rules: see `rules.load_rules`.
        named: whether most articles of the compilation begin with a name alone on its line.
    """
    folded = folded.strip()
    if named and _SHORT.fullmatch(bare_name(folded)):
        return True
    return _BARE.fullmatch(folded) is not None and folded[0] in rules.names["surnames"]


def read_below_title(folded: str, rules: Rules, apart: bool) -> str:
    """The rule of a line right below the title of a text: NAME, HEAD_LINE where it names an outlet, an institution or a
    month, or nothing for any other line.

    Args:
        folded: the line in folded form.
        rules: see `rules.load_rules`.
        apart: whether a blank line sets it apart from the text: then a name that the dictionary has counts, and what is
            no person.
    """
    rest = _MONTH.sub("", folded).strip(_MARKS)
    if not rest or len(rest) > LONGEST:
        return HEAD_LINE if apart and not rest else ""
    names = _SEPARATORS.split(bare_name(rest))
    usual = [looks_like_person(name, rules) for name in names]
    known = any(usual) or (apart and folded[0] not in _MARKS)
    if all(one or (known and is_persons_name(name)) for one, name in zip(usual, names, strict=True)):
        return NAME if rest == folded.strip(_MARKS) else HEAD_LINE
    if apart and (is_institution(rest, rules) or is_outlet(rest, rules)):
        return HEAD_LINE
    return ""


def bare_name(text: str) -> str:
    """A name without the marks before it and the brackets around it, nor the space within one of two characters.

    >>> bare_name("（鲁　其）"), bare_name("——江采薇"), bare_name("□ 江采薇 鲁其")
    ('鲁其', '江采薇', '江采薇 鲁其')
    """
    return _SPACED.sub(r"\1\2", text.strip(_MARKS))


def are_names(texts: Iterable[str], rules: Rules) -> bool:
    """Whether what stands in the same place in several articles is names: at least half of it begins with a family name.

    >>> from build_digest.rules import load_rules
    >>> rules = load_rules({"mine.yml": "surnames: [江, 鲁, 游]"})
    >>> are_names(["江采薇", "（鲁其昌）", "青禾"], rules), are_names(["散文", "小说", "游记"], rules)
    (True, False)
    """
    different = {bare_name(fold_line(text)) for text in texts} - {""}
    known = sum(text.startswith(tuple(rules.names["surnames"])) for text in different)
    return bool(different) and known * 2 >= len(different)


def read_name_and_outlet(text: str, rules: Rules) -> list[Field]:
    """The author and the outlet, or institution, of a line that has both and nothing else: 张三丰 | 某某日报."""
    said = _MONTH.sub("", text)
    cells = [cell for cell in _BARS.split(bare_name(said)) if cell]
    kinds = [_kind(cell, rules) for cell in cells]
    if "" in kinds or (len(cells) > 1 and "author" not in kinds) or (kinds == ["author"] and said == text):
        return []
    return [Field(kind, cell, 0, len(text)) for kind, cell in zip(kinds, cells, strict=True)]


def _kind(cell: str, rules: Rules) -> str:
    if is_outlet(cell, rules):
        return "source"
    if is_institution(cell, rules):
        return "affiliation"
    return "author" if looks_like_person(fold_line(cell), rules) else ""

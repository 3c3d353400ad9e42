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

NAME = "name-line"
"""The rule of a line below a title that is nothing but a name."""
HEAD_LINE = "split-head-line"
"""The rule of any other line that the articles of a compilation show to say who, when or where."""

_BARE = re.compile(rf"[{HAN}]{{2,3}}|[{HAN}]\s[{HAN}]")
_SHORT = re.compile(rf"[{HAN}·]{{2,4}}")
_MARKS = " \t　()（）□■○●◎—–-"
_SPACED = re.compile(rf"(?<![{HAN}])([{HAN}])\s([{HAN}])(?![{HAN}])")
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
    cells = [cell for cell in _BARS.split(bare_name(text)) if cell]
    kinds = [_kind(cell, rules) for cell in cells]
    if len(cells) < 2 or "author" not in kinds or "" in kinds:
        return []
    return [Field(kind, cell, 0, len(text)) for kind, cell in zip(kinds, cells, strict=True)]


def _kind(cell: str, rules: Rules) -> str:
    if is_outlet(cell, rules):
        return "source"
    if is_institution(cell, rules):
        return "affiliation"
    return "author" if looks_like_person(fold_line(cell), rules) else ""

"""Tell from a page's own furniture what its site is called, so that the name counts as a source without a label."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from build_digest.classification.fold import fold_line
from build_digest.classification.title_forms import trail_steps
from build_digest.model import Line

LONGEST = 16
"""Characters of a site's name."""
SURE = 2
"""The evidence from which on a name is the site's: one strong sign, or two weak ones."""

_TITLE_PARTS = re.compile(r"_+|\s[-–—|｜·]\s|[-–—|｜]")
_HOME = re.compile(r"(?:^|打开|关于|下载)([\w·]{2,12}?)(?:首页|网站首页|app|客户端|手机版|帮助中心|小程序)")
_RIGHTS = re.compile(
    r"(?:copyright\s*)?(?:©|\(c\)|copyright)[\s\d,.–—-]*([\w·]{2,16}?)(?:版权所有|有限公司|网站|[\s,.]|$)"
    r"|([\w·]{2,16}?)(?:有限公司)?\s*版权所有"
)
_NO_NAME = re.compile(r"[\d\s]+$|本|首页|版权|所有|我们|all|copyright|关于|网站$")


def find_site_names(lines: Sequence[Line]) -> frozenset[str]:
    """The names that a page gives its site, in folded form: in the title of the browser's window, at the start of a
    trail, in its copyright, on its home button.

    Args:
        lines: the lines of the page with their fates.
    """
    furniture = [fold_line(line.text).strip() for line in lines if line.text.strip() and line.fate not in ("body",)]
    found: Counter[str] = Counter()
    for name, weight in _signs(furniture):
        if 2 <= len(name) <= LONGEST and not _NO_NAME.match(name):
            found[name] += weight
    return frozenset(name for name, weight in found.items() if weight >= SURE)


def _signs(furniture: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Names and how much each place speaks for them."""
    first = furniture[0] if furniture else ""
    parts = [part.strip() for part in _TITLE_PARTS.split(first)]
    if len(parts) > 1:
        yield parts[-1], 1
    if len(parts[0]) <= LONGEST:
        yield parts[0], 1
    for line in furniture:
        yield from ((step, 1) for step in trail_steps(line)[:1])
        if len(line) <= 120:
            for match in (*_HOME.finditer(line), *_RIGHTS.finditer(line)):
                yield next(group for group in match.groups() if group), SURE


def names_among(text: str, names: Iterable[str]) -> str:
    """The longest of some names that a folded text begins with, or nothing."""
    return max((name for name in names if text.startswith(name)), key=len, default="")

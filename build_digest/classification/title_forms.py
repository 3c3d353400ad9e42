"""The form of a title, and how much a line that nothing marks looks like one."""

from __future__ import annotations

import re

from build_digest.metadata.names import is_institution, is_outlet
from build_digest.model import Verdict
from build_digest.rules import Rules
from build_digest.text.characters import HAN, count_han
from build_digest.words.segment import is_persons_name, is_word

LONGEST = 90
"""Characters of a title."""
WORTHY = 5
"""Letters of a title that is hardly a name or the word of a menu."""
LONG = 8
"""Letters of a title that stands further off."""
REACH = 4
"""How many filled lines off a line counts for being near."""
_LETTERS = ((12, 4.0), (LONG, 3.0), (WORTHY, 2.0))
"""What so many letters or more count."""
NO_TITLE = frozenset(("figures", "word-list", "truncated", "pair"))
"""Names of forms, as `features.weigh` gives them, of lines that are hardly a title where nothing marks them as one."""
_PAIR = 10
"""Letters from which on two parts with a colon between are no value with its label."""
_UNLIKE = -3.0
"""What counts against such a form, and against the name of a site, an institution or a person and a line without any
Chinese."""

LONGEST_STEP = 8
"""Characters of a step of the way to a page."""
QUESTIONS = 3
"""Questions on a page from which on none of them is its title: it answers frequent ones."""
STEP = re.compile(r"[>»›→]++|\s/\s")
"""What stands between the steps of a trail, the way to a page: 首页 > 新闻 > 标题."""
LONGEST_TRAIL = 200
"""Characters of a line that is a trail."""
SEPARATOR = re.compile(r"(?:(?<!\s)\s+)?(?:_+|::|\s[-–—|｜·@/]\s|[-–—|｜»«])\s*")
_TAG = re.compile(r"^[\[【][^\[\]【】]{1,8}[\]】]\s?(?=\S{4})")
_CLAUSE_ENDS = ("。", ";", "；", ",", "，", "、", ":", "...")
_SENTENCE_INSIDE = re.compile(r"。\s*[^\s”’」』\"')）]")
_LETTER = re.compile(r"[^\W\d_]")
_CLOSED = re.compile(r"[。!?！？…](?:[”’」』\"'])*$")
_PLAIN = re.compile(r"[\W_]+")
_PERSON = re.compile(rf"[□■◎○●]?\s?([{HAN}])[{HAN}]{{1,2}}")
_PERSON_OF = re.compile(rf"[{HAN}·]{{2,5}}\s?[(（][{HAN}]{{2,8}}[)）]")


def plain(text: str) -> str:
    """A text without spaces and punctuation."""
    return _PLAIN.sub("", text)


def trail_steps(folded: str) -> list[str]:
    """The steps of a folded line that is a trail; nothing for any other line.

    >>> trail_steps("首页 > 新闻 > 某地建成新桥"), trail_steps("a > b")
    (['首页', '新闻', '某地建成新桥'], [])
    """
    steps = [step.strip() for step in STEP.split(folded)] if len(folded) <= LONGEST_TRAIL else []
    return steps if len(steps) > 2 else []


def without_tag(folded: str) -> str:
    """A folded title without the tag of a forum in front of it.

    >>> without_tag("[游记]一个人去看海"), without_tag("【重磅】"), without_tag("(上)")
    ('一个人去看海', '【重磅】', '(上)')
    """
    return _TAG.sub("", folded)


def without_title_label(folded: str, rules: Rules) -> str:
    """A folded line without the label of a title before it: 标题:."""
    label = rules.title_label.match(folded)
    return folded[label.end() :] if label else folded


def can_be_title(text: str, verdict: Verdict) -> bool:
    """Whether a line could be a title, by its form and by what rules say of it."""
    if verdict.fate in ("metadata", "contents", "heading") or text.startswith("@") or _is_trail(text):
        return False
    return verdict.score > -2.0 and is_title_shape(text)


def _is_trail(text: str) -> bool:
    """Whether a line is nothing but the way to a page: 新闻 > 社会."""
    steps = STEP.split(text)
    return len(steps) > 1 and all(len(step) <= LONGEST_STEP for step in steps)


def is_title_shape(text: str) -> bool:
    """Whether a folded line has a title's form: neither very short nor long, and not closed like a statement.

    >>> [is_title_shape(one) for one in ("产业园迎来新发展", "他走了。", "2022-03-05 10:00", "相关阅读:", "“谁?”")]
    [True, False, False, False, False]
    """
    if not 2 <= len(text) <= LONGEST or text.rstrip().endswith(_CLAUSE_ENDS):
        return False
    if _SENTENCE_INSIDE.search(text):
        return False
    quoted = text.startswith(("“", "「", '"')) and text.endswith(("”", "」", '"')) and _CLOSED.search(text) is not None
    return not quoted and len(_LETTER.findall(text)) >= 2


def weigh_title(text: str, verdict: Verdict, distance: int, rules: Rules) -> float:
    """How much a folded line looks like the title of what stands below it.

    Near and long lines do; words of a menu, values, names of sites, institutions and people do not.

    Args:
        text: the line in folded form.
        verdict: what it is by itself.
        distance: how many filled lines it stands above the head line, or above the text; 1 for the line right above.
        rules: see `rules.load_rules`.
    """
    letters = len(_LETTER.findall(text))
    weight = float(max(0, REACH - distance)) + next((value for least, value in _LETTERS if letters >= least), 0.0)
    lengthy = (verdict.rule == "pair" and letters >= _PAIR) or (verdict.rule == "figures" and letters >= LONG)
    if verdict.rule in NO_TITLE and not lengthy:
        weight += _UNLIKE
    if names_someone(text, rules) or name_in_office(text, rules) or not count_han(text):
        weight += _UNLIKE
    return weight


def names_someone(text: str, rules: Rules) -> bool:
    """Whether a folded line ends like the name of a site, an outlet or an institution, or looks like a person's."""
    places = is_institution(text, rules) or is_outlet(text, rules) or text.endswith(rules.names["site"])
    return places or looks_like_person(text, rules)


def name_in_office(text: str, rules: Rules) -> str:
    """The name behind an office that are all of a folded line, or nothing.

    >>> from build_digest.rules import load_rules
    >>> rules = load_rules({"mine.yml": "surnames: [江, 鲁]"})
    >>> name_in_office("校长 鲁其昌", rules), name_in_office("修路 的人", rules)
    ('鲁其昌', '')
    """
    office, gap, name = text.strip("()").rpartition(" ")
    titled = gap and is_word(office.strip()) and not is_persons_name(office.strip())
    return name if titled and looks_like_person(name, rules) else ""


def looks_like_person(text: str, rules: Rules) -> bool:
    """Whether a folded line is a name with a usual family name, or a name with a place in brackets, and no word.

    >>> from build_digest.rules import load_rules
    >>> rules = load_rules({"mine.yml": "surnames: [江, 鲁]"})
    >>> [looks_like_person(one, rules) for one in ("鲁其昌", "厉青禾(甘肃)", "江南", "修路记")]
    [True, True, False, False]
    """
    if _PERSON_OF.fullmatch(text):
        return True
    if is_institution(text, rules):
        return False
    person = _PERSON.fullmatch(text)
    return person is not None and person[1] in rules.names["surnames"] and not is_word(text.lstrip("□■◎○● "))


def site_name_start(folded: str, endings: tuple[str, ...]) -> int | None:
    """Where the site's name begins that is added to a title, or None; `endings` are how names of sites end.

    Of several added parts (新闻_某某网) the last must be a site's name, the others may be short names of sections.

    >>> site_name_start("某地建成新桥 - 新闻 - 某某网", ("网",))
    6
    """
    cuts = [match for match in SEPARATOR.finditer(folded) if match.start() >= 4]
    stops = [cut.start() for cut in cuts[1:]] + [len(folded)] * bool(cuts)
    parts = [folded[cut.end() : stop].strip() for cut, stop in zip(cuts, stops, strict=True)]
    if not parts or not _is_site(parts[-1], endings):
        return None
    start = len(parts) - 1
    while start and (_is_site(parts[start - 1], endings) or len(parts[start - 1]) <= 4):
        start -= 1
    return cuts[start].start()


def _is_site(part: str, endings: tuple[str, ...]) -> bool:
    return len(part) <= 30 and (
        part.endswith(endings) or re.fullmatch(r"(?:www\.)?[\w-]+\.[a-z.]{2,8}", part) is not None
    )

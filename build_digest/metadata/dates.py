"""Find dates in a folded line: digits, Chinese numerals, years of the Republic, English month names."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_TIME = r"(?:[\s t,/]*(?:[上下]午|星期.|周.|am|pm)?\s*\d{1,2}\s*[:时]\s*\d{1,2}\s*分?(?:\s*[:分]?\s*\d{1,2}\s*秒?)?(?:\.\d+)?\s*(?:am|pm|z)?(?:\+\d\d:?\d\d)?)?"
_NUMERAL = "[〇零○o一二三四五六七八九十]"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(?:" + "|".join(_MONTHS) + r")[a-z]{0,6}\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s*)?"

_DATE = re.compile(
    r"(?<![\d.-])(?:"
    r"(?P<y>(?:19|20)\d\d)\s?(?P<sep>[-/.年])\s?(?P<m>\d{1,2})\s?(?:(?P=sep)|月)\s?(?P<d>\d{1,2})(?![\d.]\d|\d)\s?[日号]?"
    rf"|(?P<cy>[一二]{_NUMERAL}{{3}})\s?年\s?(?P<cm>{_NUMERAL}{{1,2}})\s?月\s?(?P<cd>{_NUMERAL}{{1,3}})\s?[日号]"
    rf"|(?:中华)?民国\s?(?P<ry>\d{{2,3}}|{_NUMERAL}{{1,5}})\s?年\s?(?P<rm>\d{{1,2}}|{_NUMERAL}{{1,2}})\s?月\s?(?P<rd>\d{{1,2}}|{_NUMERAL}{{1,3}})\s?[日号]"
    rf"|(?P<em>{_MONTH})\s?(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_WEEKDAY}(?P<ey>(?:19|20)\d\d)(?!\d)"
    rf"|(?P<um>{_MONTH})\s{{1,2}}(?P<ud>\d{{1,2}})\s\d\d:\d\d:\d\d\s(?P<uy>(?:19|20)\d\d)(?!\d)"
    rf"|(?P<fd>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?P<fm>{_MONTH}),?[\s-](?P<fy>(?:19|20)\d\d)(?!\d)"
    r"|(?P<wy>[012]\d)-(?P<wm>\d{1,2})-(?P<wd>\d{1,2})(?![\d-])(?P<told> (?=\d\d:\d\d)|(?= ?来自))?"
    r"|(?P<sa>\d{1,2})(?P<ss>[-/])(?P<sb>\d{1,2})(?P<st>(?P=ss)|\s)(?P<sy>(?:19|20)\d\d)(?![\d-])"
    r"|(?P<ty>1[01]\d)\s?(?P<ts>[-/.年])\s?(?P<tm>[01]?\d)\s?(?:(?P=ts)|月)\s?(?P<td>[0-3]?\d)(?![\d.-])(?:\s?日)?"
    r"|(?P<ny>(?:19|20)\d\d)(?P<nm>[01]\d)(?P<nd>[0-3]\d)(?![\d:])"
    rf"){_TIME}"
)
_MAY_DATE = re.compile(rf"19\d\d|20\d\d|\d[-/.]\d\d?[-/.]\d|年\s?(?:\d{{1,2}}|{_NUMERAL}{{1,2}})\s?月")
"""What each date has: a quick search that rules most lines out."""
_DIGITS = {
    digit: value
    for value, digits in enumerate(("〇零○o", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for digit in digits
}


@dataclass(frozen=True, slots=True)
class Date:
    """A day found at start:end of a line (its time of day included), as YYYY-MM-DD; `compact` if it is a date behind a
    label only: 20240305, 24-3-5, or 113-03-05 for a year of the Republic."""

    start: int
    end: int
    value: str
    compact: bool = False


def find_dates(folded: str) -> tuple[Date, ...]:
    """The dates of a folded line that the calendar has, in order.

    >>> [date.value for date in find_dates("二〇二四年三月五日 2025-03-15 16:34:59 民国113年3月5日 sep 23 fri 2011")]
    ['2024-03-05', '2025-03-15', '2024-03-05', '2011-09-23']
    >>> [date.value for date in find_dates("12-02 2023 11:05, 25/03/2024, 05/03/2024")]
    ['2023-12-02', '2024-03-25']
    >>> find_dates("2024年13月5日 2024.5.6.7")
    ()
    """
    if not _MAY_DATE.search(folded):
        return ()
    found = []
    for match in _DATE.finditer(folded):
        value = _day(match)
        if value:
            found.append(
                Date(
                    match.start(),
                    match.end(),
                    value,
                    bool(match["ny"] or match["ty"] or (match["wy"] and match["told"] is None)),
                )
            )
    return tuple(found)


def _day(match: re.Match[str]) -> str | None:
    part = match.groupdict()
    if part["y"]:
        numbers = int(part["y"]), int(part["m"]), int(part["d"])
    elif part["cy"]:
        numbers = _year(part["cy"]), _number(part["cm"]), _number(part["cd"])
    elif part["ry"]:
        numbers = 1911 + _number(part["ry"]), _number(part["rm"]), _number(part["rd"])
    elif part["em"]:
        numbers = int(part["ey"]), _MONTHS.index(part["em"][:3]) + 1, int(part["ed"])
    elif part["um"]:
        numbers = int(part["uy"]), _MONTHS.index(part["um"][:3]) + 1, int(part["ud"])
    elif part["wy"]:
        numbers = 2000 + int(part["wy"]), int(part["wm"]), int(part["wd"])
    elif part["sy"]:
        numbers = _ordered(int(part["sy"]), int(part["sa"]), int(part["sb"]), behind=part["st"] == " ")
    elif part["ty"]:
        numbers = 1911 + int(part["ty"]), int(part["tm"]), int(part["td"])
    elif part["fm"]:
        numbers = int(part["fy"]), _MONTHS.index(part["fm"][:3]) + 1, int(part["fd"])
    else:
        numbers = int(part["ny"]), int(part["nm"]), int(part["nd"])
    try:
        return datetime.date(*numbers).isoformat()
    except ValueError:
        return None


def _ordered(year: int, first: int, second: int, behind: bool) -> tuple[int, int, int]:
    """Year, month and day of 25/03/2024 and 03/25/2024; month 0, which no calendar has, where either could be meant.

    Args:
        behind: whether the year is added behind month and day, 12-02 2023.
    """
    if behind or second > 12 or first == second:
        return year, first, second
    return (year, second, first) if first > 12 else (year, 0, 0)


def _year(numerals: str) -> int:
    return int("".join(str(_DIGITS.get(one, 0)) for one in numerals))


def _number(written: str) -> int:
    """A number below 1,000 in digits or numerals: 二十三, 十, 一百一十三 without its 百, 一一三.

    >>> [_number(one) for one in ("5", "十", "二十三", "三十", "一一三")]
    [5, 10, 23, 30, 113]
    """
    if written.isdecimal():
        return int(written)
    if "十" in written:
        tens, _, ones = written.partition("十")
        return (_DIGITS.get(tens[-1:], 1)) * 10 + _DIGITS.get(ones[:1], 0)
    return _year(written)

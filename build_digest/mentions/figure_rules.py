"""Loading of rules/figures.yml: the units, and the words around a figure, made into patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from build_digest.shipped import read_shipped
from build_digest.text.patterns import any_of, compile_checked
from build_digest.text.yaml_text import read_yaml

_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,9}|\d+)(?:\.\d+)?"
_MANY = r"[余多]?(?:[十百千万]?[万亿]{1,2}|[百千])?[余多]?"
_IN_WORDS = (
    r"(?:[一二三四五六七八九十两数几][一二三四五六七八九十百千零两]{0,5}[百千万亿]{1,2}[余多]?|[百千万亿]{1,2}[余多])"
)
_SHARE = r"[二三四五六七八九十百千万]{1,3}分之[一二三四五六七八九十]{1,3}|一半|(?<![\d./])[1-4]/[2-9](?![\d./])"
_TENTHS = r"[一二三四五六七八九两]成(?![为立员就果本分功长效型不])[一二三四五六七八九半]?"
QUANTITY = re.compile("[\\d百千万亿]|分之|一半|[一二三四五六七八九两]成")
"""What each number that is written in one of these ways has; most sentences have none."""
_WHEN = (
    r"(?:(?:截至|截止|到|自|从|在)?(?:\d{4}|今|去|当|上|同|每)年(?:(?:第?[一二三四]|前[一二三四\d]{1,2}个?)(?:季度|月)|[上下]半年|全年)?"
    r"|前?[一二三四]季度|前\d{1,2}个月|[上下]半年|(?<!\d)(?=1?\d月))(?:\d{1,2}月)?(?:\d{1,2}日)?(?:份|末|底|初|以来|间|期间|同期)?,?"
)
_COMPARED = r"(?:[同环]比|[比较](?:上年|去年|上一年|前一年|往年|常年|上月|上周|上季度|前一?日|前一个?交易日|上一?交易日)(?:同期)?|按[年月季]|年均|平均|合计|累计|分别|净|仍|[年月季](?=[增减升跌降]))*"
_BEFORE = rf"[从由][^,。;\d]{{0,8}}(?:{_WHEN}的?)?(?:每.{{1,2}})?[近超约]?{_NUMBER}{_MANY}"
"""What a measure was before it became what it is."""


@dataclass(frozen=True, slots=True)
class FigureRules:
    """The words of rules/figures.yml, made into patterns; the file's comments say what each is for."""

    pattern: re.Pattern[str]
    none: re.Pattern[str]
    weights: dict[str, float]
    counting: frozenset[str]
    idle: re.Pattern[str]
    links: re.Pattern[str]
    rates: re.Pattern[str]
    growth: re.Pattern[str]
    compared: re.Pattern[str]
    """同比 and the like at the end of a text."""
    joined: re.Pattern[str]
    """What may stand between the figures of a list, with the `rate` that it names."""
    openings: re.Pattern[str]
    ends: re.Pattern[str]
    telling: re.Pattern[str]
    sourced: re.Pattern[str]


@cache
def shipped_rules() -> FigureRules:
    """The rules that ship with the package."""
    return load_figure_rules(read_shipped("rules/figures.yml"))


def load_figure_rules(text: str, file: str = "figures.yml") -> FigureRules:
    """The rules that a YAML text gives; `RuleError` for a pattern that fails its own example."""
    data: dict[str, Any] = read_yaml(text)
    weights = {unit: float(group["weight"]) for group in data["units"] for unit in group["units"]}
    counting = frozenset(unit for group in data["units"] if group.get("counts") for unit in group["units"])
    rates, links = any_of(data["rates"]), any_of(data["links"])
    number = _join_pattern(data, any_of(weights))
    return FigureRules(
        pattern=re.compile(number),
        none=re.compile("|".join(compile_checked(file, rule).pattern for rule in data["none"])),
        weights=weights,
        counting=counting,
        idle=re.compile(any_of(data["idle"])),
        links=re.compile(rf"(?:(?:从|由|较|比|在)?{_WHEN}的?|{_BEFORE}{any_of(weights)}|{links})$"),
        rates=re.compile(rf"{_COMPARED}{rates}[了超]?|占.{{0,14}}|[快高低慢]于.{{0,14}}"),
        growth=re.compile(rf"{_COMPARED}{rates}[了超]?$"),
        compared=re.compile(rf"{_COMPARED}$"),
        joined=re.compile(rf"[、,和与及以]{{0,3}}(?:{links})?(?P<rate>{rates})?了?(?:{links})?(?:每.{{1,3}})?"),
        openings=re.compile(rf"(?:{any_of(data['openings'])}(?![率量额度值])|{_WHEN})"),
        ends=re.compile(rf"[。!?;:,、()]|{any_of(data['ends'])}"),
        telling=re.compile(any_of(data["telling"])),
        sourced=re.compile(any_of(data["sourced"])),
    )


def _join_pattern(data: Mapping[str, Any], units: str) -> str:
    """A number with its unit, in digits or in words, or a share that needs none."""
    near, after, glued = (any_of(words) for words in (data["around"]["before"], data["around"]["after"], data["glued"]))
    digits = rf"(?<![\da-z.第/_-])(?P<digits>{_NUMBER}{_MANY}(?:%?[-—–~至到]{_NUMBER}{_MANY})?)(?!{glued})(?P<unit>{units})(?![a-z])"
    words = rf"(?P<words>{_IN_WORDS})(?!{glued})(?P<counted>{units})"
    return rf"(?P<near>{near})?(?:{digits}|{words}|(?P<share>{_SHARE}|{_TENTHS}))(?P<after>{after})?"

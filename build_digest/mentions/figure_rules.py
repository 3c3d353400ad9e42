"""Loading of rules/figures.yml: the units, and the words around a figure, made into patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any

from build_digest.shipped import read_shipped
from build_digest.text.patterns import any_of, compile_checked
from build_digest.text.yaml_text import read_yaml

_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,9}|\d+)(?:\.\d+)?"


@dataclass(frozen=True, slots=True)
class FigureRules:
    """The words of rules/figures.yml, made into patterns; the file's comments say what each is for."""

    pattern: re.Pattern[str]
    quantity: re.Pattern[str]
    """What each number that is written in one of these ways has; most sentences have none."""
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
def figure_rules() -> FigureRules:
    """The rules that ship with the package."""
    return load_figure_rules(read_shipped("rules/figures.yml"))


def load_figure_rules(text: str, file: str = "figures.yml") -> FigureRules:
    """The rules that a YAML text gives; `RuleError` for a pattern that fails its own example."""
    data: dict[str, Any] = read_yaml(text)
    weights = {unit: float(group["weight"]) for group in data["units"] for unit in group["units"]}
    counting = frozenset(unit for group in data["units"] if group.get("counts") for unit in group["units"])
    rates, links = any_of(data["rates"]), any_of(data["links"])
    writing = _write_out(data["writing"], file)
    when, compared = writing["when"], writing["compared"]
    number = _join_pattern(data, any_of(weights), writing)
    return FigureRules(
        pattern=re.compile(number),
        quantity=re.compile(writing["quantity"]),
        none=re.compile("|".join(compile_checked(file, rule).pattern for rule in data["none"])),
        weights=weights,
        counting=counting,
        idle=re.compile(any_of(data["idle"])),
        links=re.compile(rf"(?:(?:从|由|较|比|在)?{when}的?|{writing['before']}{any_of(weights)}|{links})$"),
        rates=re.compile(rf"{compared}{rates}[了超]?|占.{{0,14}}|[快高低慢]于.{{0,14}}"),
        growth=re.compile(rf"{compared}{rates}[了超]?$"),
        compared=re.compile(rf"{compared}$"),
        joined=re.compile(rf"[、,和与及以]{{0,3}}(?:{links})?(?P<rate>{rates})?了?(?:{links})?(?:每.{{1,3}})?"),
        openings=re.compile(rf"(?:{any_of(data['openings'])}(?![率量额度值])|{when})"),
        ends=re.compile(rf"[。!?;:,、()]|{any_of(data['ends'])}"),
        telling=re.compile(any_of(data["telling"])),
        sourced=re.compile(any_of(data["sourced"])),
    )


def _write_out(entries: Iterable[Mapping[str, Any]], file: str) -> dict[str, str]:
    """The patterns of how numbers and times are written, each once it has matched its example."""
    written = {"number": _NUMBER}
    for entry in entries:
        pattern = reduce(lambda text, name: text.replace(f"{{{name}}}", written[name]), written, entry["pattern"])
        compile_checked(file, {**entry, "pattern": pattern}, entry["id"])
        written[entry["id"]] = pattern
    return written


def _join_pattern(data: Mapping[str, Any], units: str, writing: Mapping[str, str]) -> str:
    """A number with its unit, in digits or in words, or a share that needs none."""
    many, in_words, share, tenths = (writing[name] for name in ("many", "in-words", "share", "tenths"))
    near, after, glued = (any_of(words) for words in (data["around"]["before"], data["around"]["after"], data["glued"]))
    digits = rf"(?<![\da-z.第/_-])(?P<digits>{_NUMBER}{many}(?:%?[-—–~至到]{_NUMBER}{many})?)(?!{glued})(?P<unit>{units})(?![a-z])"
    words = rf"(?P<words>{in_words})(?!{glued})(?P<counted>{units})"
    return rf"(?P<near>{near})?(?:{digits}|{words}|(?P<share>{share}|{tenths}))(?P<after>{after})?"

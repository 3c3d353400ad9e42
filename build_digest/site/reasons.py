"""Why lines were left out and runs repaired, in words for readers."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from build_digest.model import Fate
from build_digest.shipped import read_shipped


def reason(fate: Fate, rule: str) -> str:
    """Why a line of this fate is not in the text, by the rule that decided.

    >>> reason("boilerplate", "menu"), reason("metadata", "label"), reason("boilerplate", "an editor's own rule")
    ('导航和栏目', '题头信息', '页面上的其他内容')
    """
    family = _read_reasons()["families"].get(rule) if fate in ("boilerplate", "contents") else None
    return str(family or _read_reasons()["fates"].get(fate, fate))


def repair_name(rule: str) -> str:
    """What kind of damage a repair put right."""
    return str(_read_reasons()["repairs"].get(rule, "乱码"))


@cache
def _read_reasons() -> dict[str, Any]:
    data = yaml.safe_load(read_shipped("data/reasons.yml"))
    families = {rule: words for words, rules in data["families"].items() for rule in rules}
    return {**data, "families": families}

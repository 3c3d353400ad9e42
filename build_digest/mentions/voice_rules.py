"""Loading of rules/voices.yml: what a voice looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from build_digest.shipped import read_shipped
from build_digest.text.characters import HAN
from build_digest.text.patterns import any_of
from build_digest.text.script import fold
from build_digest.text.yaml_text import read_yaml

_HAN = f"[{HAN}]"


@dataclass(frozen=True, slots=True)
class VoiceRules:
    """The words of rules/voices.yml; patterns that end in $ are looked for at the end of what stands before a verb."""

    says: re.Pattern[str]
    adverbs: re.Pattern[str]
    role: re.Pattern[str]
    organisation: re.Pattern[str]
    known: re.Pattern[str]
    vague: re.Pattern[str]
    common: re.Pattern[str]
    openers: re.Pattern[str]
    askers: frozenset[str]
    name: re.Pattern[str]
    people: frozenset[str]
    rare: frozenset[str]
    given_not: frozenset[str]
    not_names: frozenset[str]


@cache
def voice_rules() -> VoiceRules:
    """The rules that ship with the package."""
    data: dict[str, Any] = read_yaml(read_shipped("rules/voices.yml"))
    surnames = data["surnames"]
    foreign = "".join(data["transliterated"].split())
    return VoiceRules(
        says=re.compile(any_of(data["says"])),
        adverbs=re.compile(rf"(?:{any_of(data['adverbs'])}|在[^,。;在]{{2,24}}[时中上后])$"),
        role=re.compile(any_of(data["roles"]) + "$"),
        organisation=re.compile(any_of(data["organisations"]) + "$"),
        known=re.compile(any_of(data["known"]) + "$"),
        vague=re.compile(any_of(data["vague"])),
        common=re.compile(any_of(data["common"]) + "$"),
        openers=re.compile(any_of(data["openers"]) + ",?"),
        askers=frozenset(map(fold, data["turns"])),
        name=re.compile(
            rf"(?:{any_of(surnames['double'])}|[{surnames['single']}]){_HAN}{{1,2}}"
            rf"|[{foreign}]{{1,7}}(?:·[{foreign}]{{1,8}}){{1,3}}|[{foreign}]{{3,8}}"
        ),
        people=frozenset(map(fold, data["people"])),
        rare=frozenset(surnames["rare"]),
        given_not=frozenset(data["given_not"]),
        not_names=frozenset(map(fold, data["not_names"])),
    )

"""The topic vocabulary: loading, checking and joining the shipped topics and an editor's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

import yaml

from build_digest.errors import RuleError
from build_digest.text.script import fold
from build_digest.text.yaml_text import explain_error, line_of_error, read_yaml
from build_digest.words.phrases import Phrases

_KEYS = ("name", "aliases", "broader", "terms", "not")
_EXAMPLE = "for example: - {name: 智慧渔业, broader: 农业, terms: [海洋牧场, 网箱养殖]}"

Credit = tuple[tuple[str, float], ...]
"""Topics and weights that one mention of a phrase counts for; none, if all who have it exclude it."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its name, its other names, the topic above it, the weight of each term, and phrases nobody counts."""

    name: str
    aliases: tuple[str, ...] = ()
    broader: str | None = None
    terms: Mapping[str, float] = field(default_factory=dict)
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All topics by name, in the order of the files; for each folded phrase, which topics it speaks for and how much."""

    topics: Mapping[str, Topic]
    credits: Mapping[str, Credit]
    phrases: Phrases

    def above(self, name: str) -> tuple[str, ...]:
        """The topics above this one, the nearest first."""
        chain: list[str] = []
        while (name := self.topics[name].broader or "") and name not in chain:
            chain.append(name)
        return tuple(chain)

    def covers(self, phrase: str) -> bool:
        """Whether a term stands in this phrase, so that a text with it already counts for some topic.

        >>> vocabulary = load_vocabulary({"topics.yml": "- {name: 公共数据}"})
        >>> vocabulary.covers("公共數據授權運營"), vocabulary.covers("不可能三角")
        (True, False)
        """
        return any(self.credits[found] for _, found in self.phrases.find(fold(phrase)))

    def resolve(self, name: str) -> str | None:
        """The name of the topic that goes by this name or alias, in either script and width; None if there is none.

        >>> load_vocabulary({"topics.yml": "- {name: 人工智能, aliases: [AI]}"}).resolve("ＡＩ")
        '人工智能'
        """
        wanted = fold(name)
        return next((topic.name for topic in self.topics.values() if wanted in map(fold, _names(topic))), None)


def load_vocabulary(files: Mapping[str, str]) -> Vocabulary:
    """The vocabulary that these YAML texts give together, by file name; a later one may add to a topic of an earlier.

    Raises `RuleError` for an entry that cannot be used.
    """
    topics: dict[str, Topic] = {}
    places: dict[str, tuple[str, str]] = {}
    for file, text in files.items():
        for place, entry in _read_entries(file, text):
            topic = _make_topic(file, place, entry)
            topics[topic.name] = _join(topics[topic.name], topic) if topic.name in topics else topic
            places[topic.name] = (file, place)
    for topic in topics.values():
        _check(topic, topics, *places[topic.name])
    credits = _credit_phrases(topics)
    return Vocabulary(topics, credits, Phrases.of(credits))


def _names(topic: Topic) -> tuple[str, ...]:
    return (topic.name, *topic.aliases)


def _read_entries(file: str, text: str) -> Iterator[tuple[str, dict[Any, Any]]]:
    """Each entry of a file and how to name it in a message."""
    try:
        entries = read_yaml(text)
    except yaml.YAMLError as error:
        line = line_of_error(error)
        place = f"line {line}" if line else "the file"
        raise RuleError(file, place, f"is not YAML: {explain_error(error)}", _EXAMPLE) from error
    if not isinstance(entries or [], list):
        raise RuleError(file, "the file", "is not a list of topics", _EXAMPLE)
    for number, entry in enumerate(entries or [], start=1):
        place = f"entry {number}"
        if not isinstance(entry, dict):
            raise RuleError(file, place, f"is not a topic: {entry!r}", _EXAMPLE)
        yield (f"{place} ({entry['name']})" if "name" in entry else place), entry


def _make_topic(file: str, place: str, entry: dict[Any, Any]) -> Topic:
    for key in entry:
        if key not in _KEYS:
            near = get_close_matches(str(key), _KEYS, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else f"known keys are {', '.join(_KEYS)}"
            raise RuleError(file, place, f"unknown key {key!r}", hint)
    name = entry.get("name")
    if not isinstance(name, str) or len(name.strip()) < 2:
        raise RuleError(file, place, "has no name of two characters or more", _EXAMPLE)
    broader = entry.get("broader")
    if broader is not None and not isinstance(broader, str):
        raise RuleError(file, place, f"broader is not a topic's name: {broader!r}", "for example: broader: 农业")
    aliases = tuple(phrase for phrase, _ in _read_phrases(file, place, "aliases", entry))
    terms = dict(_read_phrases(file, place, "terms", entry))
    excluded = tuple(phrase for phrase, _ in _read_phrases(file, place, "not", entry))
    return Topic(name.strip(), aliases, broader, terms, excluded)


def _read_phrases(file: str, place: str, key: str, entry: dict[Any, Any]) -> Iterator[tuple[str, float]]:
    """The phrases under a key with their weights; a phrase may be written alone or as {phrase: weight}."""
    listed = entry.get(key) or []
    if not isinstance(listed, list):
        raise RuleError(file, place, f"{key} is not a list: {listed!r}", f"for example: {key}: [海洋牧场, 网箱养殖]")
    for item in listed:
        for phrase, weight in item.items() if isinstance(item, dict) and key == "terms" else [(item, 1.0)]:
            if not isinstance(phrase, str) or len(phrase.strip()) < 2:
                raise RuleError(file, place, f"{key}: {phrase!r} is not a phrase of two characters or more", _EXAMPLE)
            if "，" in phrase or "、" in phrase:
                hint = f"for example: {key}: [海洋牧场, 网箱养殖]"
                raise RuleError(file, place, f"{key}: {phrase} has a full-width comma in it", hint)
            if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 5:
                hint = f"for example: terms: [{{{phrase}: 0.5}}]"
                raise RuleError(file, place, f"{key}: the weight of {phrase} is not a number from 0 to 5", hint)
            yield phrase.strip(), float(weight)


def _join(known: Topic, more: Topic) -> Topic:
    return replace(
        known,
        aliases=tuple(dict.fromkeys(known.aliases + more.aliases)),
        broader=more.broader or known.broader,
        terms={**known.terms, **more.terms},
        excluded=tuple(dict.fromkeys(known.excluded + more.excluded)),
    )


def _check(topic: Topic, topics: Mapping[str, Topic], file: str, place: str) -> None:
    """What can only be judged when all topics are known."""
    above, seen = topic.broader, {topic.name}
    while above is not None:
        if above not in topics:
            near = get_close_matches(above, topics, n=1, cutoff=0.4)
            hint = f"did you mean {near[0]}?" if near else "broader names a topic of the vocabulary"
            raise RuleError(file, place, f"broader: there is no topic {above}", hint)
        if above in seen:
            raise RuleError(file, place, f"broader: {topic.name} stands above itself", "take one broader away")
        seen.add(above)
        above = topics[above].broader
    own = [fold(phrase) for phrase in (*_names(topic), *topic.terms)]
    for phrase in topic.excluded:
        if not any(term in fold(phrase) and term != fold(phrase) for term in own):
            hint = f"a phrase under not is longer than the term that must not count in it, as in {topic.name}法"
            raise RuleError(file, place, f"not: no term of this topic stands in {phrase}", hint)


def _credit_phrases(topics: Mapping[str, Topic]) -> dict[str, Credit]:
    """Which topics each phrase speaks for; an excluded one keeps what its parts say of the other topics."""
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    excluders: dict[str, set[str]] = defaultdict(set)
    for topic in topics.values():
        for phrase, weight in (dict.fromkeys(_names(topic), 1.0) | dict(topic.terms)).items():
            if weight:
                weights[fold(phrase)][topic.name] = weight
        for phrase in topic.excluded:
            excluders[fold(phrase)].add(topic.name)
    credits = {phrase: tuple(given.items()) for phrase, given in weights.items()}
    phrases = Phrases.of(weights)
    for phrase, excluding in excluders.items():
        given = weights.get(phrase) or dict(credit for _, part in phrases.find(phrase) for credit in credits[part])
        credits[phrase] = tuple((name, weight) for name, weight in given.items() if name not in excluding)
    return credits

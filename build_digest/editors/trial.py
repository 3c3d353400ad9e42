"""A rule file that is tried: what it would change in the corpus, and how its rules or topics fare there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from build_digest import build as building
from build_digest import files
from build_digest.checks.messages import Language
from build_digest.editors.rule_hits import changed_lines, changed_topics, count_hits, format_changes, format_uses
from build_digest.errors import ConfigurationError, RuleError
from build_digest.model import Reading
from build_digest.output import Count, say
from build_digest.rulebook import Rulebook, holds_topics, load_rulebook
from build_digest.settings import Settings
from build_digest.text.script import fold
from build_digest.text.yaml_text import read_yaml


@dataclass(frozen=True, slots=True)
class TopicUse:
    """A topic: how many articles have it, and in how many each of its words stands."""

    name: str
    articles: int
    words: tuple[tuple[str, int], ...]


def try_rules(settings: Settings, file: Path, language: Language = "en") -> list[str]:
    """What a rule file would change in the corpus, as lines for people; one of that name in use is left out of account
    so that a changed copy can be tried.

    Raises:
        RuleError: the file is wrong; it is named as it was given.
    """
    if not file.is_file():
        raise ConfigurationError(str(file), "there is no such file", "Name a YAML file with rules or topics.")
    name, own = f"rules/{file.name}", files.read_rules(settings.corpus)
    in_use = file.resolve().parent == (settings.corpus / "rules").resolve()
    others = load_rulebook({other: text for other, text in own.items() if not in_use or other != name})
    try:
        text = files.read_rule_file(file)
        rulebook = load_rulebook({**own, name: text})
    except RuleError as error:
        raise RuleError(str(file), error.entry, error.message, error.remedy) from error
    before, after = building.read_corpus(settings, others), building.read_corpus(settings, rulebook)
    topics = [
        f"{source}: {title}: {'、'.join(old) or '-'} → {'、'.join(new) or '-'}"
        for source, title, old, new in changed_topics(before, after)
    ]
    changes = format_changes(changed_lines(before, after)) + topics
    if holds_topics(name, text):
        found = count_topics(text, rulebook, after)
        uses, none = [_format_topic(use, language) for use in found], "no-change-of-topics"
    else:
        hits = count_hits({str(file): text}, after)
        uses, none = format_uses(hits, language) if hits else [], "no-change-of-lines"
    if not uses:
        return [say("no-rules", language, file=file)]
    return [*(changes or [say(none, language)]), "", *uses]


def count_topics(text: str, rulebook: Rulebook, ledger: Sequence[Reading]) -> list[TopicUse]:
    """The topics of a file, in its order, each with the words that it has for them.

    Args:
        text: of a file with topics.
        rulebook: the rules with that file among them.
        ledger: the sources, read with these rules.
    """
    articles = [article for reading in ledger for article in reading.articles]
    texts = [fold(f"{article.title.value}\n{article.plain()}") for article in articles]
    uses = []
    for name in dict.fromkeys(entry["name"].strip() for entry in read_yaml(text) or ()):
        topic = rulebook.topics.topics[name]
        words = dict.fromkeys((name, *topic.aliases, *topic.terms))
        counts = tuple((word, sum(fold(word) in text for text in texts)) for word in words)
        given = sum(any(tag.name == name for tag in article.tags) for article in articles)
        uses.append(TopicUse(name, given, counts))
    return uses


def _format_topic(use: TopicUse, language: Language) -> str:
    words = "、".join(f"{word} {count}" for word, count in use.words)
    return say("topic-use", language, topic=use.name, articles=Count(use.articles), words=words)

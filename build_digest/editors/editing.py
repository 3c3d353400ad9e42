"""What editors ask for besides building: a new page, the use of rules, the table of what was learned, the settling of a page."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal

from build_digest import build as building
from build_digest import files
from build_digest.editors import proposals
from build_digest.editors.learn import LEARNED, learn
from build_digest.editors.new_page import new_page
from build_digest.editors.rule_hits import RuleUse, count_hits
from build_digest.errors import ConfigurationError
from build_digest.model import KnownPage
from build_digest.publish import PROPOSAL
from build_digest.rulebook import holds_topics, load_rulebook
from build_digest.rules import read_shipped_rules
from build_digest.settings import Settings
from build_digest.site.markdown import read_page


def add_page(settings: Settings, title: str, date: datetime.date | None) -> Path:
    """Make a hand-written page; returns where it stands."""
    if not title.strip():
        raise ConfigurationError("new", "the title is empty", "Write for example `build-digest new 编者的话`.")
    page = new_page(title, date)
    path = settings.docs / page.path
    if not files.create_file(path, page.text.encode("utf-8")):
        raise ConfigurationError(str(path), "there is such a page already", "Edit it, or choose another title.")
    return path


def use_of_rules(settings: Settings) -> list[RuleUse]:
    """Each rule for lines with its hits in the corpus, unused ones first."""
    own = files.read_rules(settings.corpus)
    ledger = building.read_corpus(settings, load_rulebook(own))
    return count_hits({**read_shipped_rules(), **rules_for_lines(own)}, ledger)


def rules_for_lines(own: Mapping[str, str]) -> dict[str, str]:
    """Those of an editor's rule files that hold no topics."""
    return {name: text for name, text in own.items() if not holds_topics(name, text)}


def write_learned(settings: Settings) -> tuple[Path, bool]:
    """Write the table of what the whole corpus teaches; returns where it stands and whether it changed."""
    own = {name: text for name, text in files.read_rules(settings.corpus).items() if name != LEARNED}
    rulebook = load_rulebook(own)
    path = settings.corpus / LEARNED
    text = learn(building.read_corpus(settings, rulebook), rulebook)
    return path, files.write_if_different(path, text.encode("utf-8"))


def show_waiting(settings: Settings) -> list[str]:
    """Each page that a new text waits for, and what it would change."""
    waiting = proposals.waiting(building.run(settings))
    return proposals.list_waiting((_read(settings, path), found.text) for path, found in waiting.items())


def settle_page(settings: Settings, name: str, how: Literal["accept", "keep"]) -> str:
    """Settle a page that was edited while its source or rules changed; returns its path below docs/.

    Args:
        name: the page, or the new text beside it: its path, its path below docs/, or its name where no other page that
            waits has it.
        how: take the new text, or keep the page as it is.
    """
    waiting = proposals.waiting(building.run(settings))
    path = _find_page(settings, name, waiting)
    found = waiting.get(path)
    if found is None:
        raise ConfigurationError(path, "no new text waits beside this page", "`build-digest accept` lists those.")
    page, beside = _read(settings, path), settings.docs / (path + PROPOSAL)
    settled = proposals.keep(page, found.generated)
    if how == "accept":
        settled = proposals.accept(page, found.text, found.generated)
    files.write_if_different(settings.docs / path, settled.text.encode("utf-8"))
    beside.unlink(missing_ok=True)
    return path


def _find_page(settings: Settings, name: str, waiting: Collection[str]) -> str:
    wanted = Path(name.removesuffix(PROPOSAL))
    named = [settings.docs / path for path in waiting if Path(path).name == str(wanted)]
    places: list[Path] = [wanted, settings.docs / wanted, *(named if len(named) == 1 else [])]
    path = next((place for place in places if place.is_file()), None)
    if path is None or not path.resolve().is_relative_to(settings.docs.resolve()):
        raise ConfigurationError(name, "there is no such page", f"Name a page below {settings.docs}.")
    return path.resolve().relative_to(settings.docs.resolve()).as_posix()


def _read(settings: Settings, path: str) -> KnownPage:
    return read_page(path, (settings.docs / path).read_bytes().decode("utf-8"))

"""A page while it is found out what its lines are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from build_digest.classification.title_forms import can_be_title
from build_digest.model import Verdict
from build_digest.rules import Rules


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """The lines of a page, or of an article cut out of a compilation, in folded form, the verdict on each as far as it is
    told, and the rules; `filled` are the indexes of the lines that are not blank."""

    folded: Sequence[str]
    verdicts: Sequence[Verdict]
    rules: Rules
    filled: Sequence[int]

    @classmethod
    def of(cls, folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> JudgedPage:
        """The page of these lines."""
        return cls(folded, verdicts, rules, [at for at, text in enumerate(folded) if text])

    def judged(self, told: Mapping[int, Verdict]) -> JudgedPage:
        """The same page with other verdicts on some of its lines."""
        return replace(self, verdicts=[told.get(at, verdict) for at, verdict in enumerate(self.verdicts)])

    def having(self, rules: Iterable[str]) -> list[int]:
        """The filled lines that one of these rules, or forms, decided."""
        return [at for at in self.filled if self.verdicts[at].rule in rules]

    def can_be_title(self, at: int) -> bool:
        """Whether a line could be a title, by its form and by what rules say of it."""
        return can_be_title(self.folded[at], self.verdicts[at])

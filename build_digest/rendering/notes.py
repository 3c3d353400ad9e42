"""What each page asks while it is rendered: asked again and answered the same, the page would come out the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from logging import WARNING, Handler, LogRecord
from typing import Any


@dataclass(slots=True)
class Questions:
    """What one page asked, with the answers; `sound` is false where it cannot be asked again or gave a warning."""

    links: dict[str, bool] = field(default_factory=dict)
    names: dict[str, str | None] = field(default_factory=dict)
    sound: bool = True


class Notes(Handler):
    """The questions of all pages, and of which page it is now; as a log handler it hears the warnings."""

    def __init__(self) -> None:
        super().__init__(WARNING)
        self.questions: dict[str, Questions] = {}
        self._now = Questions()

    def turn_to(self, page: str | None) -> None:
        """From now on it is this page that asks, or none."""
        self._now = Questions() if page is None else self.questions.setdefault(page, Questions())

    def answer(self, page: str, questions: Questions) -> None:
        """Take what a page asked in another process, where it is this page that asks."""
        self.questions[page] = self._now = questions

    def note_link(self, path: str, found: bool) -> None:
        """The page asked for a file; its address follows from its path, so all it can learn is whether there is one."""
        self._now.links[path] = found

    def note_name(self, name: str, answer: str | None) -> None:
        """The page asked where a list stands."""
        self._now.names[name] = answer

    def spoil(self) -> None:
        """The page saw what cannot be noted, so it will be rendered every time."""
        self._now.sound = False

    def emit(self, record: LogRecord) -> None:
        """A warning: the page will be rendered every time, and so warn every time."""
        del record
        self.spoil()


class NotedNames(Mapping[str, str]):
    """Addresses by names, for templates, that notes who asks for which; for `or` it is never empty, so that all ask."""

    def __init__(self, values: Mapping[str, str], notes: Notes) -> None:
        self._values, self._notes = values, notes

    def __getitem__(self, name: str) -> str:
        self._notes.note_name(str(name), self._values.get(name))
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        self._notes.note_name(str(name), self._values.get(str(name)))
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        self._notes.spoil()
        return iter(self._values)

    def __len__(self) -> int:
        self._notes.spoil()
        return len(self._values)

    def __bool__(self) -> bool:
        return True


class NotedPages(Sequence[Any]):
    """All pages of the site, for templates: one that looks at them depends on every page."""

    def __init__(self, pages: Sequence[Any], notes: Notes) -> None:
        self._pages, self._notes = pages, notes

    def __getitem__(self, place: Any) -> Any:
        self._notes.spoil()
        return self._pages[place]

    def __len__(self) -> int:
        self._notes.spoil()
        return len(self._pages)

"""A plain reader of HTML as written: what a browser would silently mend is a fault here."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _names("area base br col embed hr img input link meta source track wbr")
PHRASING = _names(
    "a abbr b bdi bdo br button cite code data del dfn em i img input ins kbd label link mark noscript output q ruby s"
    " samp script select small span strong sub sup svg template textarea time u var wbr"
)
TAKES_PHRASING = _names("p h1 h2 h3 h4 h5 h6 dt span em strong button label time del ins mark")
INTERACTIVE = _names("a button select textarea details")
CHILDREN = {
    "ul": _names("li script template"),
    "ol": _names("li script template"),
    "dl": _names("dt dd div script template"),
    "table": _names("caption colgroup thead tbody tfoot tr"),
    "tr": _names("td th"),
}


class Markup(HTMLParser):
    """Collects the faults, ids and references of one page.

    Every element that is not void must be closed, in order; what may stand in what is checked where readers and
    screen readers suffer: paragraphs, headings, lists, tables, and what can be clicked within what can be clicked.
    """

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.references: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self.open]
        self.faults += [f"the id {name} stands {count} times" for name, count in self.ids.items() if count > 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        values = {name: value or "" for name, value in attrs}
        if len(names) != len(set(names)):
            self.fault(tag, "has an attribute twice")
        if tag == "img" and "alt" not in values:
            self.fault(tag, "has no alt")
        self.check_place(tag)
        if "id" in values:
            self.ids[values["id"]] += 1
        for name in ("href", "src", "action"):
            if name in values and values.get("rel") not in ("canonical", "nofollow", "external noopener"):
                self.references.append((tag, values[name]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()
            if "svg" not in self.open:
                self.fault(tag, "is closed like a void element")

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.fault(tag, f"is closed within {self.open[-1:]}")

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1] in CHILDREN:
            self.fault(self.open[-1], "has text outside its items")

    def check_place(self, tag: str) -> None:
        if not self.open or "svg" in self.open:
            return
        parent = self.open[-1]
        if parent in TAKES_PHRASING and tag not in PHRASING:
            self.fault(tag, f"stands in <{parent}>")
        if tag not in CHILDREN.get(parent, {tag}):
            self.fault(tag, f"stands in <{parent}>")
        if tag in INTERACTIVE and any(each in ("a", "button") for each in self.open):
            self.fault(tag, "can be clicked within what can be clicked")

    def fault(self, tag: str, what: str) -> None:
        self.faults.append(f"<{tag}> {what}, line {self.getpos()[0]}")

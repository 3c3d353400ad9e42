"""The rules that people write themselves, as reports in this project's format: for pages and for compilations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

Report = dict[str, Any]

TERMINAL = re.compile(r"[。！？!?…；;][”’\"'）)」』]*$")
HEAD = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[篇章期][\s:：、]*|\d{1,3}\s*[.、．]\s*|[一二三四五六七八九十]+、\s*|#{1,3}\s+|【)(?P<title>[^】\s][^】]{1,60})】?$"
)


def plain(value: str | None) -> str:
    """A text for comparison: NFKC, no spaces or punctuation."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", value or ""))


def keep_everything(line: str) -> bool:
    """Every line that is not blank."""
    return bool(line.strip())


def keep_sentences(line: str) -> bool:
    """The line rule of C4 (C. Raffel et al., 2020), with Chinese marks: a line must end like a sentence and be no scrap."""
    return len(line.strip()) >= 5 and bool(TERMINAL.search(line.strip()))


LINE_RULES: dict[str, Callable[[str], bool]] = {"keep all": keep_everything, "C4's line rule": keep_sentences}


def report_rule(pages: Path, keep: Callable[[str], bool]) -> Report:
    """Lines kept by a rule; the first line that is not blank is the title."""
    found = {}
    for path in sorted(pages.glob("*.txt")):
        lines = path.read_text("utf-8").split("\n")
        title = next((line.strip() for line in lines if line.strip()), None)
        found[path.stem] = ([keep(line) for line in lines], {"title": title})
    return make_report(pages, found)


def report_texts(pages: Path, results: Mapping[str, Mapping[str, str | None]]) -> Report:
    """Lines that stand in the text which an extractor gave."""
    found = {}
    for path in sorted(pages.glob("*.txt")):
        result = results.get(path.stem, {})
        text = plain(result.get("text"))
        kept = [bool(plain(line)) and plain(line) in text for line in path.read_text("utf-8").split("\n")]
        found[path.stem] = (kept, result)
    return make_report(pages, found)


def make_report(pages: Path, found: Mapping[str, tuple[list[bool], Mapping[str, str | None]]]) -> Report:
    """A report of pages, each one article or none."""
    sources: list[Any] = []
    articles: list[Any] = []
    for stem, (kept, values) in found.items():
        texts = (pages / f"{stem}.txt").read_text("utf-8").split("\n")
        lines = [
            {"n": n, "text": text, "fate": "body" if keep else "boilerplate", "article": len(articles)}
            for n, (text, keep) in enumerate(zip(texts, kept, strict=True), 1)
        ]
        sources.append({"file": f"{stem}.txt", "kind": "article" if any(kept) else "none", "lines": lines})
        author = values.get("author")
        articles.append(
            {
                "title": values.get("title"),
                "date": values.get("date"),
                "source": values.get("source"),
                "authors": [author] if author else [],
                "origins": [{"file": f"{stem}.txt"}],
            }
        )
    return {"version": 1, "sources": sources, "articles": articles}


def report_split(folder: Path) -> Report:
    """Compilations split at every line that looks like a numbered or marked title."""
    sources: list[Any] = []
    articles: list[Any] = []
    for path in sorted(folder.glob("*.txt")):
        lines = []
        article: int | None = None
        for n, text in enumerate(path.read_text("utf-8").split("\n"), 1):
            head = HEAD.match(text.strip())
            if head:
                article = len(articles)
                articles.append({"title": head["title"]})
            lines.append({"n": n, "text": text, "fate": "title" if head else "body", "article": article})
        sources.append({"file": path.name, "kind": "compilation", "lines": lines})
    return {"version": 1, "sources": sources, "articles": articles}


def encode_samples(texts: Sequence[str], count: int) -> list[tuple[str, str]]:
    """Each text whole and its first 60 characters, in every encoding that can hold it, up to so many for each."""
    samples: list[tuple[str, str]] = []
    for encoding in ("utf-8", "gb18030", "big5", "utf-16", "utf-16-le"):
        whole = [text.removeprefix("\ufeff") for text in texts]  # a mark at the start is no text
        fitting = [part for text in whole for part in (text, text[:60]) if _fits(part, encoding)]
        samples += [(encoding, part) for part in fitting[:count]]
    return samples


def _fits(text: str, encoding: str) -> bool:
    try:
        return bool(text.strip()) and text.encode(encoding).decode(encoding) == text
    except UnicodeError:
        return False

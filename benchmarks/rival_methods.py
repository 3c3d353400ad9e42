"""The rivals, each run for real: `python rival_methods.py PAGES RESULTS`, in an environment that has them.

PAGES is a folder of pages as text. Each extractor gets a page as HTML, one <p> a line (what it was made for), and where it
takes text, as the raw text too. RESULTS becomes JSON: for each method and page what it kept and which values it found.
"""

from __future__ import annotations

import html
import json
import logging
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gne
import justext
import lxml.html
import readability
import trafilatura

Found = dict[str, str | None]


def as_html(text: str) -> str:
    """A page's text as the least HTML that extractors take: its first line as the title, one paragraph a line."""
    lines = [html.escape(line) for line in text.split("\n") if line.strip()]
    title = lines[0] if lines else ""
    paragraphs = "\n".join(f"<p>{line}</p>" for line in lines)
    return f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head><body>\n{paragraphs}\n</body></html>'


def run_trafilatura(text: str) -> Found:
    """Trafilatura on HTML, in favour of recall."""
    return _ask_trafilatura(as_html(text))


def run_trafilatura_on_text(text: str) -> Found:
    """Trafilatura on the text as it is."""
    return _ask_trafilatura(text)


def _ask_trafilatura(content: str) -> Found:
    kept = trafilatura.extract(content, favor_recall=True, include_comments=False) or ""
    about = trafilatura.extract_metadata(content) if kept else None
    values = {
        key: getattr(about, name, None) for key, name in (("title", "title"), ("date", "date"), ("author", "author"))
    }
    return {"text": kept, **values, "source": getattr(about, "sitename", None)}


def run_readability(text: str) -> Found:
    """readability-lxml on HTML."""
    document = readability.Document(as_html(text))
    return {"text": lxml.html.fromstring(document.summary()).text_content(), "title": document.short_title()}


def run_gne(text: str) -> Found:
    """GeneralNewsExtractor on HTML."""
    found = gne.GeneralNewsExtractor().extract(as_html(text))
    date = re.match(r"\d{4}-\d\d-\d\d", found.get("publish_time") or "")
    return {
        "text": found.get("content"),
        "title": found.get("title"),
        "author": found.get("author"),
        "date": date and date[0],
    }


def run_justext(text: str) -> Found:
    """jusText without stop words, which Chinese has none of there, and with lengths for Chinese."""
    options = {"length_low": 25, "length_high": 70, "stopwords_low": 0, "stopwords_high": 0}
    paragraphs = justext.justext(as_html(text).encode(), frozenset(), encoding="utf-8", **options)
    return {"text": "\n".join(p.text for p in paragraphs if not p.is_boilerplate)}


METHODS: dict[str, Callable[[str], Found]] = {
    "Trafilatura, as HTML": run_trafilatura,
    "Trafilatura, as text": run_trafilatura_on_text,
    "readability-lxml, as HTML": run_readability,
    "GNE, as HTML": run_gne,
    "jusText, as HTML": run_justext,
}


def run_all(pages: Path) -> dict[str, dict[str, Any]]:
    """What each method finds on each page; one that fails on a page has found nothing there, and says why."""
    results: dict[str, dict[str, Any]] = {}
    for name, method in METHODS.items():
        results[name] = {}
        for path in sorted(pages.glob("*.txt")):
            try:
                results[name][path.stem] = method(path.read_text("utf-8"))
            except Exception as error:  # others' programs raise what they like; the comparison goes on
                print(f"{name} fails on {path.name}: {type(error).__name__}: {error}"[:200], file=sys.stderr)
                results[name][path.stem] = {"text": ""}
    return results


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    Path(sys.argv[2]).write_text(json.dumps(run_all(Path(sys.argv[1])), ensure_ascii=False), "utf-8")

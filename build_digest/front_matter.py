"""What an article's front matter says."""

from __future__ import annotations

import datetime
from typing import Any

from build_digest.model import Article


def front_matter(article: Article) -> dict[str, Any]:
    """An article's front matter in the order of the contract; what its source does not state is left out."""
    description = article.description
    meta: dict[str, Any] = {
        "title": article.title.value,
        "date": _date(description.date.value) if description.date else None,
        "period": article.period,
        "authors": [found.value for found in description.authors],
        "affiliations": [found.value for found in description.affiliations],
        "source": description.source.value if description.source else None,
        "url": description.url.value if description.url else None,
        "source_tags": [found.value for found in description.source_tags],
        "collection": article.collection,
        "script": article.script,
        "tags": [tag.name for tag in article.tags],
        "keywords": list(article.keywords),
        "summary": "".join(article.summary),
        "origins": [{"file": o.file, "lines": f"{o.first}-{o.last}"} for o in article.origins],
        "inferred": ["title"] if article.title.inferred else [],
    }
    return {key: value for key, value in meta.items() if value}


def _date(text: str) -> datetime.date | str:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return text

"""The stages in order, and nothing else.

`read` takes one source all the way to its articles; `digest` brings the articles of all sources together. Both are
pure: no file, clock, global or logger, and the same result for the same input in any order and on any executor.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from build_digest.assemble import assemble
from build_digest.decode import decode
from build_digest.deduplicate import Compare, compare_texts, deduplicate
from build_digest.model import Account, Digest, Known, Reading, Source
from build_digest.packing import pack_tightly
from build_digest.present import present
from build_digest.publish import publish
from build_digest.repair import note_repairs, repair_text
from build_digest.rulebook import Rulebook
from build_digest.site.recall import Recall, make_anew
from build_digest.site.traces import trace_articles
from build_digest.split import split
from build_digest.text.lines import place_repairs, split_lines
from build_digest.traits import traits_of

Each = Callable[[Callable[[Source], Reading], Iterable[Source]], Iterable[Reading]]
"""How a function is applied to all sources: `map`, or an executor's."""


def read(source: Source, rulebook: Rulebook) -> Reading:
    """One source by itself: decode → repair → split → classify and describe each part → tag and summarise it."""
    decoded = decode(source)
    repaired = repair_text(decoded.text)
    texts = split_lines(repaired.text)
    layout = split(texts if decoded.encoding else [])
    assembled = assemble(source.path, texts, layout, rulebook)
    repairs = place_repairs(decoded.text, repaired.repairs)
    traces = trace_articles(source.path, decoded.encoding, assembled.lines, repairs, assembled.articles)
    return Reading(
        path=source.path,
        sha256=hashlib.sha256(source.data).hexdigest(),
        encoding=decoded.encoding,
        kind=assembled.kind if assembled.articles else "none",
        site=assembled.articles[0].site if assembled.articles else None,
        packed=pack_tightly(Account(tuple(split_lines(decoded.text)), assembled.lines, repairs)),
        articles=tuple(replace(article, traits=traits_of(article)) for article in assembled.articles),
        traces=tuple(traces),
        declared=layout.declared,
        problems=(*decoded.problems, *assembled.problems, *note_repairs(source.path, repairs)),
    )


def digest(
    sources: Iterable[Source],
    rulebook: Rulebook,
    known: Known,
    each: Each = map,
    compare: Compare = compare_texts,
    recall: Recall = make_anew,
) -> Digest:
    """The whole corpus: read each source → deduplicate → publish at known addresses with known edits → present.

    Args:
        sources: in any order; each is needed only once.
        rulebook: the shipped rules and the editors' own.
        known: what stands in docs/ already.
        each: applies the first stage to all sources; results may come in any order.
        compare: tells how much of one text another one has.
        recall: gives derived pages that need not be made again.
    """
    ledger = tuple(sorted(each(partial(read, rulebook=rulebook), sources), key=lambda reading: reading.path))
    distinct = deduplicate((article for reading in ledger for article in reading.articles), compare)
    publication = publish(distinct.articles, known)
    presented = present(distinct, ledger, publication, known, recall)
    return Digest(
        articles=distinct.articles,
        paths=tuple(page.path for page in publication.articles),
        place_of=distinct.place_of,
        pages=presented.pages,
        removed=presented.removed,
        unpublished=(*presented.unpublished, *known.unreadable),
        places=presented.places,
        ledger=ledger,
        problems=(*(problem for reading in ledger for problem in reading.problems), *publication.problems),
    )

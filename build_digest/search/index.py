"""The search index: documents in, small static files out, to be fetched one by one as a query needs them.

Below `search/` there are, for the reader:

    index.json               {"version", "apart", "others", "segments": [{"name", "bits", "passages", "continued"}]}
    variants.bin             the table of folding, see `build_digest.search.fold.encode_variants`
    <segment>/terms/<shard>.bin      the lists of the terms whose hashes begin with those bits
    <segment>/places/<hash>.bin      the residues of a list too long to have them in the shard
    <segment>/texts/<passage>.txt    one passage, see `build_digest.search.documents.write_passage`
    <segment>/facets.json            {"topics" | "sources" | "periods": [[value, number of documents], …]}; the periods are
                                     years, months and what is stated: `2025`, `2025-03`, `2025-01/2025-03`

**Segments.** A segment holds documents in order of their day (then of their address), and the segments stand in that order
too, so a later passage is a newer one. Which documents stand together follows from the documents alone (see
`build_digest.search.segments`), and so does every byte; the name is a digest of all that is in it, so a segment of the
same name need not be written again. Passages are numbered within their segment; `continued` has a bit for each, set where
it continues the document of the passage before, in base 64.

The first `others` documents are no articles: they are shown after those that are, and counted apart.

**Terms** and their hashes are those of `build_digest.search.postings`. A shard is a row of bits:

    gamma(lists + 1)
    for each list, in order of the hash:
        rice(rest of the hash, as a gap)             the bits after those that chose the shard
        gamma(postings)
        rice(passage, as a gap), for each posting
        for a pair:
            how many residues, for each posting      1, 01, 001 for one to three, 000 for more
            the residues, for each posting           four bits each, or for 000 a mask, residue 15 first; not here, but
                                                     in places/, when there are more than `apart` postings
        gamma(postings in titles + 1)
        rice(place in this list, as a gap), for each of those

All k of the Rice codes follow from what was read before: the logarithm, rounded down, of the range divided by the count:
of hashes' rests by lists, of passages by postings, of postings by those in titles. `assets/shard.js` reads all this.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from itertools import chain

import numpy as np

from build_digest.checksum import checksum, checksum_files
from build_digest.search.bits import Numbers
from build_digest.search.documents import NO_ARTICLE, Cut, Document, number_day, write_passage
from build_digest.search.fold import encode_variants
from build_digest.search.postings import Passage, Postings, facet_key, post, post_passages
from build_digest.search.segments import Card, Segment, divide
from build_digest.search.shards import APART, choose_bits, write_terms

VERSION = 4
"""Grows when anything in the layout or in how passages are cut changes."""


def make_card(cut: Cut) -> Card:
    """What decides where a document stands in the index."""
    return Card(number_day(cut.head), cut.head.url, cut.digest)


def name_version() -> str:
    """What tells how an index was written: the version of its layout, and the table that its texts were folded with."""
    return f"{VERSION}.{sha256(encode_variants()).hexdigest()[:8]}"


def name_segment(cards: Sequence[Card]) -> str:
    """What tells a segment from any other, and is the same for the same documents: 12 hexadecimal digits."""
    return sha256("\n".join((name_version(), *(card.digest for card in cards))).encode()).hexdigest()[:12]


def plan_segments(cards: Iterable[Card]) -> dict[str, tuple[Card, ...]]:
    """The documents of each segment by its name, the segments in order."""
    return {name_segment(part): part for part in divide(cards)}


def write_overview(cards: Collection[Card], segments: Sequence[Segment]) -> Iterator[tuple[str, bytes]]:
    """The files of an index but for those of its segments."""
    described = [{key: getattr(segment, key) for key in _DESCRIBED} for segment in segments]
    others = sum(card.day == NO_ARTICLE for card in cards)
    yield "index.json", _to_json({"version": name_version(), "apart": APART, "others": others, "segments": described})
    yield "variants.bin", encode_variants()
    for asset in sorted((files("build_digest") / "search" / "assets").iterdir(), key=lambda asset: asset.name):
        yield asset.name, asset.read_bytes()


_DESCRIBED = ("name", "bits", "passages", "continued")


def write_segment(name: str, cards: Sequence[Card], cuts: Sequence[Cut]) -> Generator[tuple[str, bytes], None, Segment]:
    """The files of a segment of those documents, made as they are read; then the segment."""
    flat = [(cut, part, text) for cut in cuts for part, text in enumerate(cut.passages)]
    continued = np.array([part > 0 for _, part, _ in flat])
    passages = [Passage(cut.head.title if part == 0 else "", text) for cut, part, text in flat]
    facets = list_facets([cut.head for cut in cuts])
    batches = [*post_passages(passages), (post_facets(facets, np.flatnonzero(~continued)), np.empty(0, np.uint64))]
    bits = choose_bits(sum(postings.size for postings, _ in batches))
    counted = {kind: [[value, len(owners)] for value, owners in values.items()] for kind, values in facets.items()}
    contents = chain(
        write_terms(batches, len(flat), bits),
        ((f"texts/{number}.txt", write_passage(cut.head, text, part)) for number, (cut, part, text) in enumerate(flat)),
        [("facets.json", _to_json(counted))],
    )
    checksums = {}
    for path, content in contents:
        checksums[path] = checksum(content)
        yield f"{name}/{path}", content
    return Segment(
        name=name,
        bits=bits,
        passages=len(flat),
        continued=b64encode(np.packbits(continued).tobytes()).decode(),
        documents=tuple(card.digest for card in cards),
        contents=checksum_files(checksums),
    )


def list_facets(documents: Sequence[Document]) -> dict[str, dict[str, list[int]]]:
    """For each kind of facet its values in order, and for each value the numbers of the documents that have it."""
    stated: dict[str, Callable[[Document], Iterable[str | None]]] = {
        "topics": lambda document: dict.fromkeys(document.topics),
        "sources": lambda document: (document.source,),
        "periods": list_periods,
    }
    facets: dict[str, dict[str, list[int]]] = {}
    for kind, values_of in stated.items():
        found: dict[str, list[int]] = {}
        for number, document in enumerate(documents):
            for value in values_of(document):
                if value:
                    found.setdefault(value, []).append(number)
        facets[kind] = dict(sorted(found.items()))
    return facets


def list_periods(document: Document) -> Iterable[str]:
    """The times that a document is found by: the years it touches, its month, and its period as it is stated.

    >>> [*list_periods(Document("a/", "", "", date="2025-03-15", period="2024-12/2025-03"))]
    ['2024', '2025', '2025-03', '2024-12/2025-03']
    """
    stated = [each for each in ((document.date or "")[:7], document.period) if each]
    ends = sorted(int(end[:4]) for each in stated for end in each.split("/"))
    years = range(ends[0], ends[-1] + 1) if ends else ()
    return dict.fromkeys((*(f"{year:04}" for year in years), *stated))


def post_facets(facets: Mapping[str, Mapping[str, Sequence[int]]], first: Numbers) -> Postings:
    """The postings of the facets: the first passages of the documents that have each value."""
    keys = [
        (facet_key(kind, number), document)
        for kind, values in enumerate(facets.values())
        for number, documents in enumerate(values.values())
        for document in documents
    ]
    table = np.array(keys, dtype=np.int64).reshape(-1, 2)
    return post(table[:, 0].astype(np.uint32), first[table[:, 1]], 0)


def _to_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

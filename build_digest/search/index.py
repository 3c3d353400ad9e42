"""The search index: documents in, small static files out, to be fetched one by one as a query needs them.

Below `search/` there are, for the reader:

    index.json               {"version", "segments": [{"name", "bits", "passages", "continued", "dead"}]}
    variants.bin             the table of folding, see `build_digest.search.fold.encode_variants`
    <segment>/terms/<shard>.bin      the lists of the terms whose hashes begin with those bits
    <segment>/places/<hash>.bin      the residues of a list too long to have them in the shard
    <segment>/texts/<passage>.txt    one passage, see `build_digest.search.documents.write_passage`
    <segment>/facets.json            {"topics" | "sources" | "periods": [[value, number of documents], …]}
    <segment>/days.json              when each document was published, see below

and `manifest.json`, for the writer alone: which documents each segment was made of.

**Segments.** A segment holds documents in order of their day (then of their address), so a later passage is a newer one.
It is never changed: a document that changed or went is listed as dead in `index.json`, a new or changed one goes to a
small new segment, and small ones are merged (see `build_digest.search.segments`). The name follows from the documents.
Passages are numbered within their segment; `continued` are those that continue the document of the passage before, and
`dead` the first passages of dead documents, both as gaps (how many numbers are left out since the one before, or since
0). `days.json` holds, for the documents in order, how much each one's day number exceeds the one before's, or 0.

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
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise

import numpy as np

from build_digest.search.bits import Numbers
from build_digest.search.documents import Document, number_day, split_passages, write_passage
from build_digest.search.fold import encode_variants
from build_digest.search.postings import Passage, Postings, facet_key, post, post_passages
from build_digest.search.segments import EMPTY, Manifest, Segment, plan
from build_digest.search.shards import APART, choose_bits, write_terms

VERSION = 1
"""Grows when anything in the layout or in how passages are cut changes."""

Files = Iterator[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Index:
    """What to do below `search/`: the files to write, the folders that stay as they are, and those that can go.

    `files` is made as it is read, some thousands of small files; read it to its end.
    """

    files: Files
    kept: tuple[str, ...]
    removed: tuple[str, ...]


def build_index(documents: Iterable[Document], previous: Manifest = EMPTY) -> Index:
    """The index of those documents, whatever their order, keeping what can be kept of the previous one.

    `previous` is what `manifest.json` says (`Manifest.from_json`) when the folders it names are still there.

    >>> index = build_index([Document("articles/a/", "题目", "正文")])
    >>> sorted(path.rpartition("/")[2] for path, _ in index.files)[:4]
    ['0.txt', '000.bin', 'days.json', 'engine.js']
    """
    by_digest = {document.digest(): document for document in documents}
    usable = previous if previous.version == name_version() else EMPTY
    kept, fresh = plan(by_digest.keys(), usable)
    names = {segment.name for segment in kept}
    return Index(
        files=_write_index(by_digest, kept, fresh),
        kept=tuple(sorted(names)),
        removed=tuple(sorted({segment.name for segment in previous.segments} - names)),
    )


def name_version() -> str:
    """What tells how an index was written: the version of its layout, and the table that its texts were folded with."""
    return f"{VERSION}.{sha256(encode_variants()).hexdigest()[:8]}"


def _write_index(by_digest: Mapping[str, Document], kept: Sequence[Segment], fresh: Sequence[str]) -> Files:
    segments = list(kept)
    if fresh:
        segment = yield from _write_segment({digest: by_digest[digest] for digest in fresh})
        segments.append(segment)
    segments.sort(key=lambda segment: (-len(segment.documents), segment.name))
    described = [_describe(segment, by_digest) for segment in segments]
    yield "index.json", _to_json({"version": name_version(), "apart": APART, "segments": described})
    yield "manifest.json", Manifest(tuple(segments), name_version()).to_json().encode()
    yield "variants.bin", encode_variants()
    for asset in sorted((files("build_digest") / "search" / "assets").iterdir(), key=lambda asset: asset.name):
        yield asset.name, asset.read_bytes()


def _describe(segment: Segment, living: Mapping[str, Document]) -> dict[str, object]:
    numbers = np.setdiff1d(np.arange(segment.passages), np.cumsum(np.array(segment.continued, dtype=np.int64) + 1) - 1)
    dead = [int(number) for number, digest in zip(numbers, segment.documents, strict=True) if digest not in living]
    return {
        "name": segment.name,
        "bits": segment.bits,
        "passages": segment.passages,
        "continued": segment.continued,
        "dead": _to_gaps(dead),
    }


def _write_segment(by_digest: Mapping[str, Document]) -> Generator[tuple[str, bytes], None, Segment]:
    digests = sorted(by_digest, key=lambda digest: (number_day(by_digest[digest]), by_digest[digest].url, digest))
    documents = [by_digest[digest] for digest in digests]
    name = sha256("\n".join((name_version(), *digests)).encode()).hexdigest()[:12]
    cut = [(document, part, text) for document in documents for part, text in enumerate(split_passages(document.text))]
    first = np.flatnonzero([part == 0 for _, part, _ in cut])
    passages = [Passage(document.title if part == 0 else "", text) for document, part, text in cut]
    facets = list_facets(documents)
    batches = [*post_passages(passages), (post_facets(facets, first), np.empty(0, np.uint64))]
    bits = choose_bits(sum(postings.size for postings, _ in batches))
    for path, content in write_terms(batches, len(cut), bits):
        yield f"{name}/{path}", content

    for number, (document, part, text) in enumerate(cut):
        yield f"{name}/texts/{number}.txt", write_passage(document, text, part)
    counted = {kind: [[value, len(owners)] for value, owners in values.items()] for kind, values in facets.items()}
    yield f"{name}/facets.json", _to_json(counted)
    days = [number_day(document) for document in documents]
    yield f"{name}/days.json", _to_json([day - before for before, day in pairwise([0, *days])])
    continued = _to_gaps(np.flatnonzero([part > 0 for _, part, _ in cut]).tolist())
    return Segment(name, bits, len(cut), tuple(continued), tuple(digests))


def list_facets(documents: Sequence[Document]) -> dict[str, dict[str, list[int]]]:
    """For each kind of facet its values in order, and for each value the numbers of the documents that have it."""
    stated: dict[str, Callable[[Document], Iterable[str | None]]] = {
        "topics": lambda document: dict.fromkeys(document.topics),
        "sources": lambda document: (document.source,),
        "periods": lambda document: (document.period,),
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


def _to_gaps(numbers: Sequence[int]) -> list[int]:
    return [number - before - 1 for before, number in pairwise([-1, *numbers])]


def _to_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

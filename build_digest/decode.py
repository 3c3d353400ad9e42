"""From bytes as received to text: the encoding is found by trying, and judged by how rare the characters come out.

Nothing is ever replaced in silence: bytes that no encoding explains become one □ a run, with a problem that says where.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from build_digest.model import Problem, Source
from build_digest.text.characters import UNKNOWN, is_chinese, load_levels
from build_digest.text.typeset import INVISIBLE

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
"""In order of preference where two explain the bytes equally well."""

MAGIC_NUMBERS = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
)
PLACEHOLDER = "□"
SAMPLE = 1 << 16
"""The encoding is judged by so many bytes, from the first one on that is not ASCII."""

CONTROL_SHARE = 0.05
"""Above this share of control characters a file is binary."""

DAMAGED_SHARE = 0.3
"""Above this share of undecodable bytes there is no use in showing the text."""

LEAST_RATING = -16
"""UTF-16 that no mark announces must reach this mean rating of a character."""

SHOWN_BYTES = 48
"""A line of a binary file is shown by so many of its bytes."""

SHOWN_PROBLEMS = 20
"""Lines with undecodable bytes are told one by one up to so many."""

CONTROL = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MARK = "\udc80"
"""Stands for an undecodable byte while decoding; no encoding makes this character."""

UNDECODABLE = re.compile(f"{MARK}+")
HANDLER = "build_digest.mark"
HTML = re.compile(r"\s{0,99}<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
NOT_ASCII = re.compile(rb"[^\x01-\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A source as text with line feeds only; `encoding` is None for a binary file, shown there by its escaped bytes."""

    encoding: str | None
    text: str
    problems: tuple[Problem, ...] = ()


def decode(source: Source) -> Decoded:
    """The text of a source, in the encoding that explains its bytes best, and what was odd about it.

    >>> decode(Source("a.txt", "人工智能\\r\\n大模型".encode("gb18030")))
    Decoded(encoding='gb18030', text='人工智能\\n大模型', problems=())
    >>> decode(Source("a.txt", "人工智慧與產業".encode("big5"))).encoding
    'big5hkscs'
    """
    what = _name_binary(source.data)
    if what is not None:
        return _show_binary(source, what)
    mark, encoding = _find_mark(source.data)
    data = source.data[len(mark) :]
    encoding = encoding or find_encoding(data)
    sample = _decode_leniently(_cut_sample(data), encoding)
    if len(CONTROL.findall(sample)) > CONTROL_SHARE * len(sample):
        return _show_binary(source, "full of control characters")
    if sample.count(MARK) > DAMAGED_SHARE * len(sample):
        return _show_binary(source, "not text in any known encoding", "undecodable")
    text = _decode_leniently(data, encoding).replace("\r\n", "\n").replace("\r", "\n")
    if not INVISIBLE.sub("", text).strip():
        if MARK in text:
            return _show_binary(source, "not text in any known encoding", "undecodable")
        message, remedy = "The source holds no text.", "Delete it, or put the text in."
        return Decoded("utf-8", text, (Problem(source.path, None, "warning", "empty", message, remedy),))
    problems = (
        *_report_markup(source, text),
        *_report_controls(source, text),
        *_report_undecodable(source, text, encoding),
    )
    return Decoded(encoding, UNDECODABLE.sub(PLACEHOLDER, text) if problems else text, problems)


def find_encoding(data: bytes) -> str:
    """The encoding under which the bytes make the most common characters.

    Bytes in Big5 decode as GB18030 without an error, and the other way round, but into rare characters.
    """
    sample = _cut_sample(data)
    if b"\0" not in sample and _is_strict(sample, "utf-8"):
        return "utf-8"
    ratings = {encoding: _rate(sample, encoding) for encoding in CANDIDATES}
    for encoding in ("utf-16-le", "utf-16-be"):  # nearly any bytes are UTF-16, but few are text in it
        unlikely = ratings[encoding] < LEAST_RATING * len(sample) / 2
        if len(data) % 2 or unlikely or not _is_common(sample, encoding):
            del ratings[encoding]
    return max(ratings, key=lambda encoding: ratings[encoding])


def _is_common(sample: bytes, encoding: str) -> bool:
    """Whether at least half of what an encoding makes of some bytes are Chinese characters, Latin letters or digits."""
    text = _decode_leniently(sample, encoding)
    return 2 * sum(is_chinese(character) or character.isascii() for character in text) >= len(text)


def _cut_sample(data: bytes) -> bytes:
    """Bytes to judge by, from the first one that is not ASCII text."""
    first = NOT_ASCII.search(data)
    start = first.start() & ~3 if first else 0  # in step for UTF-16 and UTF-32; a little ASCII before does no harm
    return data[start : start + SAMPLE]


def _rate(sample: bytes, encoding: str) -> float:
    """The logarithm (base 2) of how likely the characters are that an encoding makes of these bytes."""
    levels = load_levels()
    rating = 0.0
    for character, count in Counter(_decode_leniently(sample, encoding)).items():
        if is_chinese(character):
            rating += count * (levels.get(character, UNKNOWN) - 20)
        else:
            rating += count * _rate_other(character)
    return rating


def _rate_other(character: str) -> int:
    if character.isascii():
        return -16 if CONTROL.match(character) else -6
    if character == MARK:
        return -40
    if "\u3000" <= character <= "\u3020" or "\u2010" <= character <= "\u2030" or "\uff00" <= character <= "\uff60":
        return -7
    return -12 if "\u3040" <= character <= "\u30ff" or "\u00a0" <= character <= "\u024f" else -22


def _is_strict(sample: bytes, encoding: str) -> bool:
    """Whether the sample is sound, but for a character that its end may cut through."""
    return MARK not in _decode_leniently(sample, encoding)[:-1]


def _decode_leniently(data: bytes, encoding: str) -> str:
    """The text, with one MARK for each undecodable byte."""
    return data.decode(encoding, HANDLER)


def _mark_undecodable(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # the handler is used for decoding alone
    return MARK * (error.end - error.start), error.end


codecs.register_error(HANDLER, _mark_undecodable)


def _find_mark(data: bytes) -> tuple[bytes, str | None]:
    return next(((mark, encoding) for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark)), (b"", None))


def _name_binary(data: bytes) -> str | None:
    return next((name for magic, name in MAGIC_NUMBERS if data.startswith(magic)), None)


def _show_binary(source: Source, what: str, code: str = "binary") -> Decoded:
    lines = source.data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    message = f"The source is {what} ({len(source.data)} bytes); its text cannot be read."
    remedy = "Save the text in UTF-8 as a .txt file and put that in its place."
    problem = Problem(source.path, None, "error", code, message, remedy)
    return Decoded(None, "\n".join(map(_show_bytes, lines)), (problem,))


def _show_bytes(line: bytes) -> str:
    shown = line[:SHOWN_BYTES].decode("ascii", "backslashreplace")
    shown = CONTROL.sub(lambda control: f"\\x{ord(control.group()):02x}", shown)
    return shown if len(line) <= SHOWN_BYTES else f"{shown}… ({len(line)} bytes)"


def _report_markup(source: Source, text: str) -> Iterator[Problem]:
    if HTML.match(text):
        message, remedy = (
            "The source is a web page in HTML; its marks would stand in the text.",
            "Save it as plain text.",
        )
        yield Problem(source.path, 1, "warning", "markup", message, remedy)


def _report_controls(source: Source, text: str) -> Iterator[Problem]:
    first = CONTROL.search(text)
    if first is not None:
        line = text.count("\n", 0, first.start()) + 1
        message = f"Control character U+{ord(first.group()):04X} in the text ({len(CONTROL.findall(text))} in all)."
        yield Problem(source.path, line, "warning", "control-character", message, "Delete it from the source.")


def _report_undecodable(source: Source, text: str, encoding: str) -> Iterator[Problem]:
    line, at = 1, 0
    remedy = "Get the source again, or put the missing characters in by hand."
    runs = list(UNDECODABLE.finditer(text))
    for run in runs[:SHOWN_PROBLEMS]:
        line, at = line + text.count("\n", at, run.start()), run.start()
        message = f"Not readable as {encoding}: {len(run.group())} byte(s); {PLACEHOLDER} stands in their place."
        yield Problem(source.path, line, "warning", "undecodable", message, remedy)
    if len(runs) > SHOWN_PROBLEMS:
        message = f"Not readable as {encoding}: {len(runs) - SHOWN_PROBLEMS} more runs of bytes."
        yield Problem(source.path, None, "warning", "undecodable", message, remedy)

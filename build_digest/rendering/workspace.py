"""The cache of renderings: the folder where what is made waits, and the records of the sites."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from build_digest.files import write_if_different
from build_digest.fingerprints import fingerprint_of_program
from build_digest.rendering.record import Record

_MADE = "made-"
_OLD = 86_400
"""Seconds after which a folder of what was made belongs to a rendering that was killed."""


def make_folder(cache: Path) -> Path:
    """A new folder for what is made; those that killed renderings left behind are removed after a day."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp())
    for folder in cache.glob(f"{_MADE}*"):
        if folder.stat().st_mtime < time.time() - _OLD:
            shutil.rmtree(folder, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=_MADE, dir=cache))


def read_record(file: Path, fingerprint: str | None) -> Record:
    """The record in a file; an empty one where there is none that this program wrote. See `Record.from_text`."""
    try:
        program, _, text = file.read_text("utf-8", "surrogatepass").partition("\n")
    except (OSError, UnicodeDecodeError):
        return Record()
    return Record.from_text(text, fingerprint) if program == fingerprint_of_program().hex() else Record()


def write_record(record: Record, file: Path) -> None:
    """Put a record in its place, or do without where nothing may be written there."""
    try:
        text = f"{fingerprint_of_program().hex()}\n{record.to_text()}"
        write_if_different(file, text.encode("utf-8", "surrogatepass"))
    except OSError:  # a record that is older than its site is no harm: it tells by content what it knows
        return

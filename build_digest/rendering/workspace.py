"""The cache of renderings: the folder where what is made waits, and the records of the sites."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from build_digest.files import write_if_different
from build_digest.fingerprints import fingerprint_of_program
from build_digest.rendering.record import Record, read_record, write_record

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


def load_record(file: Path, fingerprint: str | None) -> Record:
    """The record in a file; an empty one where there is none that this program wrote. See `read_record`."""
    try:
        data = file.read_bytes()
    except OSError:
        return Record()
    program = fingerprint_of_program()
    return read_record(data.removeprefix(program), fingerprint) if data.startswith(program) else Record()


def save_record(record: Record, file: Path) -> None:
    """Put a record in its place, or do without where nothing may be written there."""
    # A record that is older than its site, or none, is no harm: what it knows it tells by content.
    with suppress(OSError, UnicodeEncodeError):
        write_if_different(file, fingerprint_of_program() + write_record(record))

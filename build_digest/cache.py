"""Results kept from one build to the next by what they were made of; never needed, and never wrong.

An entry's key stands for everything that its value follows from, so no entry is ever out of date; at worst nobody asks
for it any more. Whatever is wrong with the file, its entries or the folder, a build goes on as if there were no cache.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_NAME = "results.sqlite"
_TABLE = "CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, seal INTEGER NOT NULL, value BLOB NOT NULL)"
_PATIENCE = 2.0
"""Seconds to wait while another build writes."""
_BATCH = 256
"""So many new entries are written at a time: what a build that is killed has done is mostly there for the next."""
_SPARE = 1000
"""Besides the entries that a build used, as many others are kept, and so many more."""
_DAMAGED = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""What SQLite says of a file that is no database, a damaged one, or one with another table in it."""


class Cache:
    """Values by key, in one SQLite file that several builds may share; without a file it keeps nothing."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._file: sqlite3.Connection | None = None
        self._used: set[bytes] = set()
        self._fresh: dict[bytes, bytes] = {}
        for _ in range(2):  # a damaged file is removed the first time
            self._file = self._file or self._open()

    def find(self, key: bytes) -> bytes | None:
        """The value that was kept under a key; None where there is none, or where it is damaged."""
        return self.find_all([key]).get(key)

    def find_all(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values that were kept under these keys, without those of which there is none, or a damaged one.

        Asking for many at once takes half the time; SQLite bears some hundred.
        """
        places = ",".join("?" * len(keys))
        rows = self._ask(f"SELECT key, seal, value FROM entries WHERE key IN ({places})", *keys)
        found = {key: value for key, seal, value in rows if isinstance(value, bytes) and seal == _seal(key, value)}
        self._used.update(found)
        fresh = {key: self._fresh[key] for key in keys if key in self._fresh}
        return found | fresh

    def keep(self, key: bytes, value: bytes) -> None:
        """Keep a value for later builds; it is written together with others, at the latest when the cache is closed."""
        if self._file is not None:
            self._fresh[key] = value
            self._used.add(key)
            if len(self._fresh) >= _BATCH:
                self._write()

    def close(self) -> None:
        """Write what is left to write; where many entries are kept that nobody asked for, forget the oldest."""
        self._write()
        for (count,) in self._ask("SELECT count(*) FROM entries"):
            spare = count - 2 * len(self._used) - _SPARE
            if spare > 0:
                keys = self._ask("SELECT key FROM entries ORDER BY rowid")
                unused = [key for key in keys if key[0] not in self._used]
                self._change("DELETE FROM entries WHERE key = ?", unused[:spare])
        if self._file is not None:
            self._file.close()

    def _write(self) -> None:
        rows = [(key, _seal(key, value), value) for key, value in self._fresh.items()]
        self._fresh = {}
        self._change("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)

    def _open(self) -> sqlite3.Connection | None:
        if self._path is None:
            return None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = sqlite3.connect(self._path, timeout=_PATIENCE)
        except (OSError, sqlite3.Error):
            return None
        self._file = file
        try:
            file.execute("PRAGMA trusted_schema = OFF")
            file.execute("PRAGMA synchronous = OFF")
            file.execute(_TABLE)
            file.execute("SELECT key, seal, value FROM entries LIMIT 1").fetchall()
        except sqlite3.Error as error:
            self._give_up(error)
        return self._file

    def _ask(self, question: str, *values: bytes) -> list[tuple[Any, ...]]:
        if self._file is None:
            return []
        try:
            return self._file.execute(question, values).fetchall()
        except sqlite3.Error as error:
            self._give_up(error)
            return []

    def _change(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if self._file is None or not rows:
            return
        try:
            with self._file:
                self._file.executemany(statement, rows)
        except sqlite3.OperationalError:
            pass  # a full disk, a folder nobody may write to, another build that writes: what is there can be read
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: sqlite3.Error) -> None:
        """Do without the file from now on; a damaged one is removed, with what SQLite would mend it from."""
        assert self._file is not None
        assert self._path is not None
        self._file.close()
        self._file = None
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
            for path in (self._path.with_name(f"{self._path.name}-journal"), self._path):
                with suppress(OSError):
                    path.unlink()


def _seal(key: bytes, value: bytes) -> int:
    """What tells a value that was kept under this key from a damaged one, or one that was kept under another."""
    return zlib.crc32(value, zlib.crc32(key))


@contextmanager
def open_cache(folder: Path | None) -> Iterator[Cache]:
    """The cache in a folder, which is made where it is missing; without a folder, one that keeps nothing."""
    cache = Cache(folder / _NAME if folder else None)
    try:
        yield cache
    finally:
        cache.close()

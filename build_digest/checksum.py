"""Checksums: what tells one content from any other."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping


def checksum(data: bytes) -> str:
    """What tells these bytes from any others: 24 hexadecimal digits of BLAKE2b (RFC 7693)."""
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def checksum_files(files: Mapping[str, str]) -> str:
    """The checksum of several files, whatever their order: of their paths and checksums.

    >>> checksum_files({"a": "1", "b": "2"}) == checksum_files({"b": "2", "a": "1"}) != checksum_files({"a": "12"})
    True
    """
    return checksum("\n".join(f"{path}\n{files[path]}" for path in sorted(files)).encode("utf-8", "surrogatepass"))

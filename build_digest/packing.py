"""Records as bytes and back, so that they travel between processes and rest in the cache.

The bytes are MessagePack (https://msgpack.org). Reading them makes records of the type asked for and nothing else,
whoever wrote them; what does not fit that type is an error and not a wrong record.
"""

from __future__ import annotations

import zlib
from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

from msgspec import MsgspecError
from msgspec.msgpack import Decoder, Encoder

Record = TypeVar("Record")

_LEVEL = 1
"""Of zlib: the fastest; others save little of what is mostly Chinese text."""

_encoder = Encoder()


class PackingError(ValueError):
    """These bytes are no record of the type asked for."""


def pack(record: object) -> bytes:
    """A record of the model as bytes."""
    return _encoder.encode(record)


def unpack(kind: type[Record], data: bytes) -> Record:
    """The record that `pack` made these bytes of.

    Raises:
        PackingError: they are damaged, or of another type.

    >>> unpack(tuple[str, int], pack(("甲", 1)))
    ('甲', 1)
    """
    try:
        record: Record = _decoder(cast(Hashable, kind)).decode(data)
    except (MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise PackingError(str(error)) from None
    return record


def pack_tightly(record: object) -> bytes:
    """A record that is seldom looked at, as bytes that take half the room and some time to read."""
    return zlib.compress(pack(record), _LEVEL)


def unpack_tight(kind: type[Record], data: bytes) -> Record:
    """The record that `pack_tightly` made these bytes of; raises PackingError like `unpack`."""
    try:
        return unpack(kind, zlib.decompress(data))
    except zlib.error as error:
        raise PackingError(str(error)) from None


@cache
def _decoder(kind: Hashable) -> Decoder[Any]:
    return Decoder(kind)

"""Records as bytes and back, so that they travel between processes and rest in the cache.

The bytes are MessagePack (https://msgpack.org). Reading them makes records of the type asked for and nothing else,
whoever wrote them; what does not fit that type is an error and not a wrong record.
"""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any, TypeVar, cast

from msgspec import MsgspecError
from msgspec.msgpack import Decoder, Encoder, Ext

Record = TypeVar("Record")

_LEVEL = 1
"""Of zlib: the fastest; others save little of what is mostly Chinese text."""

_DATE = 1
"""The code of a date among the extensions of MessagePack, which knows points in time only."""

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
    except (MsgspecError, ValueError, RecursionError) as error:
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
    return Decoder(kind, ext_hook=_read_date)


def mark_dates(meta: Mapping[Any, Any]) -> dict[Any, Any]:
    """Front matter ready to be packed, so that each of its dates comes back as one."""
    return {key: _mark_date(value) for key, value in meta.items()}


def _mark_date(value: Any) -> Any:
    return Ext(_DATE, value.isoformat().encode()) if type(value) is datetime.date else value


def _read_date(code: int, data: memoryview) -> datetime.date:
    if code != _DATE:
        raise ValueError(f"no extension has the code {code}")
    return datetime.date.fromisoformat(bytes(data).decode("ascii"))


def pack_meta(meta: Mapping[Any, Any]) -> bytes | None:
    """Front matter as bytes; None where an editor's YAML has values for which MessagePack has no form.

    >>> unpack_meta(pack_meta({"title": "甲", "date": datetime.date(2024, 1, 2)}) or b"")
    {'title': '甲', 'date': datetime.date(2024, 1, 2)}
    """
    try:
        packed = pack(mark_dates(meta))
        again = unpack_meta(packed)
    except (PackingError, MsgspecError, ValueError, TypeError, OverflowError, RecursionError):
        return None
    return packed if again == meta and repr(again) == repr(meta) else None


def unpack_meta(packed: bytes) -> dict[Any, Any]:
    """The front matter that `pack_meta` packed."""
    return unpack(dict[Any, Any], packed)

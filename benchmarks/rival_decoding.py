"""How often bytes are decoded to the very text: `python rival_decoding.py METHOD TEXTS` with METHOD one of METHODS below.

TEXTS is JSON: a list of [encoding, text]. Prints JSON: for each encoding how many came out right, and of how many.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path


def decode_here(data: bytes) -> str:
    """This project."""
    decode, source = (importlib.import_module(f"build_digest.{name}") for name in ("decode", "model"))
    return str(decode.decode(source.Source("a.txt", data)).text)


def decode_chardet(data: bytes) -> str:
    """The encoding that chardet names."""
    name = importlib.import_module("chardet").detect(data)["encoding"]
    return data.decode(name or "utf-8", "replace")


def decode_charset_normalizer(data: bytes) -> str:
    """The best guess of charset-normalizer."""
    best = importlib.import_module("charset_normalizer").from_bytes(data).best()
    return str(best) if best else ""


METHODS: dict[str, Callable[[bytes], str]] = {
    "build_digest": decode_here,
    "chardet": decode_chardet,
    "charset-normalizer": decode_charset_normalizer,
}


def count_right(decode: Callable[[bytes], str], texts: list[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """For each encoding how many texts come back exactly, and how many there were."""
    right: dict[str, tuple[int, int]] = {}
    for encoding, text in texts:
        hits, total = right.get(encoding, (0, 0))
        right[encoding] = (hits + (decode(text.encode(encoding)) == text), total + 1)
    return right


if __name__ == "__main__":
    print(json.dumps(count_right(METHODS[sys.argv[1]], json.loads(Path(sys.argv[2]).read_text("utf-8")))))

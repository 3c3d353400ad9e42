"""Writes build_digest/data/variants.txt from the character tables of the installed OpenCC package.

Run it when OpenCC's tables have changed: `python tools/make_variants.py`. Needs the package `opencc`.

Two characters are variants of each other when any of the tables leads from one to the other, by any of its candidates
(發 and 髮 both to 发): only so do a text and its conversion by any of OpenCC's converters fold to the same characters.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

TABLES = ("STCharacters", "TSCharacters", "TWVariants", "HKVariants")
TARGET = Path(__file__).parent.parent / "build_digest" / "data" / "variants.txt"
BASIC_IDEOGRAPHS = range(0x3400, 0xA000)  # the index works on 16-bit units; rarer characters stay as they are
HEADER = """\
# Characters that the search takes for one another: simplified, traditional and regional forms.
# Each line is one class, the form that stands for it first. Written by tools/make_variants.py.
#
# Joined from the tables STCharacters, TSCharacters, TWVariants and HKVariants of OpenCC,
# Open Chinese Convert, Copyright 2010-2026 Carbo Kuo <byvoid@byvoid.com> and contributors,
# https://github.com/BYVoid/OpenCC, licensed under the Apache License, Version 2.0:
# see LICENSE-OpenCC. Changed: joined, reduced to classes of single characters.
"""


def read_table(name: str) -> list[tuple[str, list[str]]]:
    """The entries of one of OpenCC's compiled tables: a character and its candidates."""
    spec = importlib.util.find_spec("opencc")
    if spec is None or spec.origin is None:
        raise SystemExit("OpenCC is not installed: pip install opencc")
    package = Path(spec.origin).parent / "clib"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "table.txt"
        source = package / "share" / "opencc" / f"{name}.ocd2"
        command = [package / "bin" / "opencc_dict", "-i", source, "-f", "ocd2", "-o", target, "-t", "text"]
        libraries = {**os.environ, "LD_LIBRARY_PATH": str(package / "lib64")}
        subprocess.run(command, check=True, env=libraries, stdout=subprocess.DEVNULL)
        lines = target.read_text(encoding="utf-8").splitlines()
    return [(key, values.split()) for key, values in (line.split("\t") for line in lines)]


def join_classes(links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The classes of characters that the links connect."""
    parent: dict[str, str] = {}

    def find(character: str) -> str:
        while (above := parent.setdefault(character, character)) != character:
            character = above
        return character

    for one, other in links:
        parent[find(one)] = find(other)
    classes = defaultdict(list)
    for character in parent:
        classes[find(character)].append(character)
    return list(classes.values())


def main() -> None:
    """Joins the tables and writes the classes."""
    tables = {name: read_table(name) for name in TABLES}
    links = [(key, value) for table in tables.values() for key, values in table for value in values]
    links = [(one, other) for one, other in links if ord(one) in BASIC_IDEOGRAPHS and ord(other) in BASIC_IDEOGRAPHS]
    simplified = {values[0] for _, values in tables["TSCharacters"]}
    classes = [
        "".join(sorted(members, key=lambda character: (character not in simplified, character)))
        for members in join_classes(links)
        if len(members) > 1
    ]
    TARGET.write_text(HEADER + "\n".join(sorted(classes)) + "\n", encoding="utf-8")
    print(f"{len(classes)} classes of {sum(map(len, classes))} characters")


if __name__ == "__main__":
    main()

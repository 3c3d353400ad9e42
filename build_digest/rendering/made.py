"""The folder where what is made for a site waits until all is whole."""
# ruff: noqa: PTH103, PTH123 - pathlib takes twice as long, for each of thousands of files

from __future__ import annotations

import os
import shutil
from pathlib import Path


class Made:
    """Files by their paths in the site to come; `written` are those that were put here by `write`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: set[str] = set()
        self._folders: set[str] = set()

    def write(self, path: str, content: bytes) -> None:
        """Put a file here."""
        folder = f"{self.folder}/{path.rpartition('/')[0]}"
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        with open(f"{self.folder}/{path}", "wb") as file:
            file.write(content)
        self.written.add(path)

    def discard(self) -> None:
        """Remove what is here."""
        shutil.rmtree(self.folder, ignore_errors=True)

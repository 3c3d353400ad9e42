"""The lock files: everything that is asked for is in them, by its hash and without an address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "requirements"
LOCKS = sorted(FOLDER.glob("*.txt"))


def wanted(name: str) -> set[str]:
    lines = (FOLDER / f"{name}.in").read_text("utf-8").splitlines()
    return {line.lower() for line in lines if line and line[0] not in "#-"}


def test_the_site_needs_what_the_package_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert wanted("site") - set(project["dependencies"]) == {"setuptools>=77"}
    assert set(project["dependencies"]) <= wanted("site")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_what_is_wanted_by_its_hash(lock: Path) -> None:
    text = lock.read_text("utf-8")
    pinned = dict(re.findall(r"^([a-z0-9._-]+)==(\S+) \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE))
    names = {re.split(r"[<>=!~\[]", line)[0].replace("_", "-") for line in wanted(lock.stem)}
    assert names <= pinned.keys()
    assert len(pinned) == len(re.findall(r"^[a-z]", text, re.MULTILINE))
    assert "://" not in text

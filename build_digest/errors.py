"""What stops a run: rules or a configuration that cannot be used. The message says where and how to put it right."""

from __future__ import annotations

import errno
from pathlib import Path

_ROOM = "Make room, then run the same command again."
_RIGHTS = "Give yourself the right to read and write there, or name another folder."
_DISK = {
    errno.ENOSPC: ("the disk is full", _ROOM),
    errno.EDQUOT: ("the quota of this disk is used up", _ROOM),
    errno.EROFS: ("the disk is mounted read-only", "Name another folder, or mount the disk for writing."),
    errno.EACCES: ("there is no permission", _RIGHTS),
    errno.EPERM: ("this is not allowed", _RIGHTS),
    errno.EISDIR: ("a folder stands where this file belongs", "Move or rename the folder, then run the command again."),
    errno.ENOTDIR: (
        "a file stands where one of its folders belongs",
        "Move or rename that file, then run the command again.",
    ),
}


class RuleError(Exception):
    """A rule that cannot be used: the file and entry it stands in, what is wrong and what would be right.

    >>> print(RuleError("lines.yml", "entry 2", "expected a fate such as `body`, not 'bdy'", "write `fate: body`"))
    lines.yml: entry 2: expected a fate such as `body`, not 'bdy' (write `fate: body`)
    """

    def __init__(self, file: str, entry: str, message: str, remedy: str = "") -> None:
        super().__init__(file, entry, message, remedy)
        self.file = file
        self.entry = entry
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.file}: {self.entry}: {self.message}" + (f" ({self.remedy})" if self.remedy else "")


class ConfigurationError(Exception):
    """A configuration or a call that cannot be used: where, what is wrong, what to do.

    >>> print(ConfigurationError("mkdocs.yml", "jobs is 'many'", "Write a number such as `jobs: 2`."))
    mkdocs.yml: jobs is 'many'. Write a number such as `jobs: 2`.
    """

    def __init__(self, file: str, message: str, remedy: str) -> None:
        super().__init__(file, message, remedy)
        self.file = file
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.file}: {self.message}. {self.remedy}"


def explain_disk_error(error: OSError) -> ConfigurationError | None:
    """The message for a failure that the disk, its permissions or what stands on it cause; None where it may be the program's own fault.

    What was written so far stands whole, and the next run goes on from there.

    >>> print(explain_disk_error(OSError(errno.ENOSPC, "No space left on device", "docs/a.md")))
    docs/a.md: the disk is full. Make room, then run the same command again.
    >>> explain_disk_error(FileNotFoundError(errno.ENOENT, "No such file", "docs/a.md"))
    """
    if error.errno not in _DISK:
        return None
    path = Path(error.filename) if isinstance(error.filename, str) else Path("a file")
    return ConfigurationError(str(path.parent if path.suffix == ".tmp" else path), *_DISK[error.errno])

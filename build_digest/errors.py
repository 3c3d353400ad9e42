"""What stops a run: rules or a configuration that cannot be used. The message says where and how to put it right."""

from __future__ import annotations


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

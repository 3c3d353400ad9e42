"""What people write wrong in front matter, told in words of their own rather than in those of a YAML library."""

from __future__ import annotations

import re

import yaml

from build_digest.text.yaml_text import find_wide_colon

_FAULTS = (
    (
        re.compile(r"<{7}|>{7}|={7}\Z"),
        "the line is left from two edits that met; keep one of them and delete such lines",
    ),
    (re.compile(r" *\t"), "the line begins with a tab; write spaces"),
    (re.compile(r"([A-Za-z_]+):(?![\s/])\S"), "there is no space after the colon of `{0}`"),
    (
        re.compile(r"([A-Za-z_]+):\s+(?:'(?:[^']|'')*|\"(?:[^\"\\]|\\.)*)\Z"),
        "the quotation mark of `{0}` is not closed",
    ),
    (re.compile(r"([A-Za-z_]+):\s+([@%*&!`])"), "the value of `{0}` begins with `{1}`; put it in quotes"),
    (re.compile(r"([A-Za-z_]+):\s+[^\s'\"\[{].*:\s"), "the value of `{0}` holds a colon and a space; put it in quotes"),
    (re.compile(r" +([a-z_]+):"), "the line of `{0}` begins with spaces; take them away"),
    (re.compile(r"(?![#\s\-\]}])[^:]+\Z"), "the line has no colon; write a key and its value, as in `title: …`"),
)
"""How a line looks, and what is wrong with it where the whole cannot be read."""


def explain_fault(text: str) -> yaml.MarkedYAMLError | None:
    """The first line with a common mistake, in front matter that cannot be read; None where no line has one.

    >>> print(explain_fault("title: 甲\\ndate：2025-01-01\\n").problem)
    the colon after `date` is a full-width one; write `date: ` with a half-width one
    """
    wide = find_wide_colon(text)
    if wide is not None:
        return wide
    for number, line in enumerate(text.split("\n")):
        for pattern, words in _FAULTS:
            if line and (found := pattern.match(line)):
                mark = yaml.Mark("", 0, number, 0, None, 0)
                return yaml.MarkedYAMLError(None, None, words.format(*found.groups()), mark)
    return None

"""Reading the YAML of rules and vocabularies."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

import yaml
from yaml.constructor import ConstructorError, SafeConstructor

_WIDE_COLON = re.compile(
    r"^(?:(?P<key>\w{1,40})|[ \t]*(?:-[ \t]+)?(?:\{[ \t]*)?(?P<nested>[a-z_]{1,40}))[ \t]?：", re.MULTILINE
)
_DATE = "tag:yaml.org,2002:timestamp"


class RepeatedKeyError(ConstructorError):
    """A key stands twice in one mapping; YAML would forget what stands below the first one."""

    def __init__(self, key: str, mark: yaml.Mark) -> None:
        super().__init__(None, None, f"{key} stands here a second time", mark)
        self.key = key
        self.line = mark.line + 1


class _Constructor(SafeConstructor):
    """Refuses what YAML lets pass in silence, and says the line of a date that does not exist."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping, each of its keys once."""
        seen: set[tuple[str, str]] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if (key.tag, key.value) in seen:
                raise RepeatedKeyError(key.value, key.start_mark)
            seen.add((key.tag, key.value))
        return super().construct_mapping(node, deep)

    def construct_yaml_timestamp(self, node: yaml.ScalarNode) -> Any:
        """The date."""
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError as error:
            raise ConstructorError(None, None, f"{node.value}: {error}", node.start_mark) from None


_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Quick(_Constructor, _BaseLoader):  # type: ignore[misc]
    """libyaml's loader takes an eighth of the time; PyYAML may have been built without it."""


class _Exact(_Constructor, yaml.SafeLoader):
    """PyYAML's own loader names the line where something is missing, libyaml's the next one."""


for _loader in (_Quick, _Exact):
    _loader.add_constructor(_DATE, _loader.construct_yaml_timestamp)  # type: ignore[type-var]


def read_yaml(text: str) -> Any:
    """What a YAML text holds; `yaml.YAMLError` where it is none, or where a key stands twice in one mapping.

    >>> read_yaml("units: [家, 个]")
    {'units': ['家', '个']}
    """
    try:
        return yaml.load(text, Loader=_Quick)
    except (yaml.YAMLError, UnicodeEncodeError):  # half of a surrogate pair
        pass
    try:
        return yaml.load(text, Loader=_Exact)
    except yaml.YAMLError as error:
        fault = None if isinstance(error, RepeatedKeyError) else find_wide_colon(text)
        if fault is None:
            raise
        raise fault from error


def find_wide_colon(text: str) -> yaml.MarkedYAMLError | None:
    """What is wrong with a YAML text where a key is followed by a full-width colon, which is none to YAML."""
    found = _WIDE_COLON.search(text)
    if found is None:
        return None
    key = found["key"] or found["nested"]
    mark = yaml.Mark("", 0, text.count("\n", 0, found.start()), 0, None, 0)
    words = f"the colon after `{key}` is a full-width one; write `{key}: ` with a half-width one"
    return yaml.MarkedYAMLError(None, None, words, mark)


def explain_error(error: yaml.YAMLError) -> str:
    """Why a text is no YAML, in a few words without the place.

    >>> try: _ = read_yaml("a: b: c")
    ... except yaml.YAMLError as error: print(explain_error(error))
    mapping values are not allowed here
    """
    return str(getattr(error, "problem", None) or error).split("\n")[0]


def line_of_error(error: yaml.YAMLError) -> int | None:
    """The line where a text ceases to be YAML, where that is known."""
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else None

"""A YAML file of rules -> what it holds, read strictly.

What enters: a file's name and text. What leaves: plain values. Raises ``ValueError`` with the line where the text is
not YAML, or where a key is written twice: of two values the last would be taken in silence, and a provision with two
standings would get the stronger one by chance. A day that no calendar has stays a text, for whoever reads the rule
to refuse it by id and key.
"""

from typing import Any

import yaml

from ledger287.core import declared

MERGE = "tag:yaml.org,2002:merge"
TIMESTAMP = "tag:yaml.org,2002:timestamp"


_Loader: Any = declared.Loader


class _Strict(_Loader):  # type: ignore[misc]
    """The loader of the declared files, with these two differences."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        lines: dict[str, int] = {}
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            line = key.start_mark.line + 1
            if key.tag == MERGE or not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in lines:
                where = f"lines {lines[key.value]} and {line}" if line != lines[key.value] else f"line {line}"
                raise ValueError(f"`{key.value}` is written twice for the same rule or part ({where}); keep one")
            lines[key.value] = line
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found

    def construct_day(self, node: yaml.ScalarNode) -> Any:
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value


_Strict.add_constructor(TIMESTAMP, _Strict.construct_day)


def _indent(text: str, line: int) -> str:
    """What a line begins with before its first word."""
    found = text.splitlines()[line]
    return found[: len(found) - len(found.lstrip())]


def content_of(file: str, text: str) -> Any:
    """What a file's text holds. Raises ValueError where it is not understood, with the line."""
    try:
        return yaml.load(text, _Strict)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        if mark is not None and text.splitlines()[mark.line : mark.line + 1] and "\t" in _indent(text, mark.line):
            raise ValueError(f"line {mark.line + 1} is indented with a tab; indent with spaces") from None
        said = " ".join(str(error).split()).replace('"<unicode string>"', file)
        raise ValueError(f"expected YAML: {said}") from None

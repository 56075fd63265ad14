"""What is declared of documents: limits, forms and their versions, the words that tell them apart."""

from functools import cache
from typing import Any

from ledger287.core import declared


@cache
def _file(name: str) -> Any:
    return declared.declared_yaml(f"documents/{name}")


def limits() -> dict[str, Any]:
    """The limits of the reader, each with its reason."""
    found: dict[str, Any] = _file("limits.yml")
    return found


def forms() -> dict[str, Any]:
    """The models' marks and the printed versions of their forms."""
    found: dict[str, Any] = _file("forms.yml")
    return found


@cache
def common_words() -> frozenset[str]:
    """Words that the forms are made of; a text layer without them is not believed."""
    return frozenset(declared.text("documents/words.txt").split())


def load(path: str) -> Any:
    """A declared YAML file of any room, read."""
    return declared.declared_yaml(path)

"""A library that is imported when it is first used: one case is decided without what tables of cases need.

What enters: the name of a library. What leaves: something whose attributes are the library's own. It promises that the
site, which decides single cases, needs nothing of the extra ``custody``.
"""

from importlib import import_module
from typing import Any


class Later:
    """Stands for a library until it is used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)

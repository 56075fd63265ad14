"""The words that the interactive map writes: English, or what a language catalog gives for them.

``{n}`` and other names in braces are filled in by the script; a pair has the singular and the plural.
"""

from collections.abc import Callable
from typing import Any

from ledger287.charts.maps.svg import SHORT
from ledger287.core.declared import models

Translate = Callable[[str], str]
Plural = Callable[[str, str, int], str]


def english(text: str) -> str:
    """A text, unchanged."""
    return text


def english_plural(one: str, many: str, number: int) -> str:
    """The form for a number, in English."""
    return one if number == 1 else many


def map_words(kinds: list[str], _: Translate = english, ngettext: Plural = english_plural) -> dict[str, Any]:
    """Every word of the map, by the script's names for them. ``kinds`` are those of agencies, in plain words."""
    return {
        "boxes": {code: _(name) for code, name in SHORT.items()},
        "models": {code.code: _(code.name) for code in models()},
        "labels": {"both": _("Jail and task force"), "task": _("Task force only"), "jail": _("Jail only")},
        "titles": [
            _("Where 287(g) agreements are in force"),
            _("Where {model} agreements are in force"),
            _("Where 287(g) agreements are in force in {state}"),
            _("Where {model} agreements are in force in {state}"),
        ],
        "agreements": [ngettext("{n} agreement", "{n} agreements", number) for number in (1, 2)],
        "agencies": [ngettext("{n} agency", "{n} agencies", number) for number in (1, 2)],
        "counts": _("{agreements} of {agencies}"),
        "where": _("{counts} in {states}"),
        "where_both": _("{counts} in {states} and {territories}"),
        "states": [ngettext("{n} state", "{n} states", number) for number in (1, 2)],
        "territories": [ngettext("{n} territory", "{n} territories", number) for number in (1, 2)],
        "counties": [ngettext("{n} county", "{n} counties", number) for number in (1, 2)],
        "none": _("None"),
        "striped": _("Striped: only a city, campus or other local agency"),
        "outlined": _("Outlined: an agency of the state itself"),
        "wholes": [ngettext("{n} state or territory", "{n} states and territories", number) for number in (1, 2)],
        "by_list": _("by ICE’s list of {day}"),
        "since": _("since {when}"),
        "since_day": _("since {day}"),
        "since_first": _("since January 2021 or before"),
        "more": _("and {n} more; select the county to see all"),
        "no_local": _("No agreement of a local agency"),
        "no_local_agency": _("No local agency holds an agreement."),
        "whole": [
            ngettext("{n} agency of {state} as a whole", "{n} agencies of {state} as a whole", number)
            for number in (1, 2)
        ],
        "of_whole": _("Of {state} as a whole"),
        "page_of": _("All about {county}"),
        "close": _("Close"),
        "play": _("Play through time"),
        "stop": _("Stop"),
        "kinds": {kind: _(kind) for kind in kinds if kind},
    }

"""The readings that a visitor chose for the claims of a story, carried from page to page in one field.

What enters: the fields of the form. What leaves: the choices by the number of the claim, and the field that carries
them on. Promise: a choice is one of the closed lists; what is not understood raises Unreadable; nothing is stored.
"""

import re
from collections.abc import Mapping

from ledger287.factcheck.correcting import reading_of

CHOICES = ("place", "model", "unit", "day")
MOST_KEPT = 4000
ONE = re.compile(r"(\d{1,4})\|([A-Z]{0,2})\|([A-Za-z]{0,3})\|([a-z_]{0,20})\|([\d-]{0,10})")


class NotChosen(ValueError):
    """A choice that is not among the choices."""


def kept(fields: Mapping[str, str]) -> dict[int, dict[str, str]]:
    """The choices made before, with the one that was sent now, or without the one that was taken back."""
    found: dict[int, dict[str, str]] = {}
    carried = fields.get("kept", "")[:MOST_KEPT]
    for part in carried.split(";") if carried else ():
        match = ONE.fullmatch(part)
        if match is None:
            raise NotChosen(part)
        found[int(match[1])] = dict(zip(CHOICES, match.groups()[1:], strict=True))
    claim = number(fields.get("claim"))
    if claim is not None and any(name in fields for name in CHOICES):
        found[claim] = {name: fields.get(name, "").strip() for name in CHOICES}
    back = number(fields.get("undo"))
    if back is not None:
        found.pop(back, None)
    found = {claim: chosen for claim, chosen in found.items() if any(chosen.values())}
    for chosen in found.values():
        try:
            reading_of(**chosen)
        except ValueError as error:
            raise NotChosen(str(error)) from None
    return found


def carried(chosen: Mapping[int, Mapping[str, str]]) -> str:
    """The field that carries the choices to the next page."""
    return ";".join(f"{claim}|" + "|".join(one[name] for name in CHOICES) for claim, one in sorted(chosen.items()))


def opened(fields: Mapping[str, str]) -> int | None:
    """The claim whose choices the visitor wants to see: named, and nothing chosen for it yet."""
    return None if any(name in fields for name in CHOICES) else number(fields.get("claim"))


def number(said: str | None) -> int | None:
    """The number of a claim."""
    return int(said) if said and said.isascii() and said.isdigit() and len(said) <= 4 else None

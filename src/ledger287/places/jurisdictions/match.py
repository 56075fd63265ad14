"""What a search of the tables found of an agency: the counties, the department, the place, and how."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from ledger287.places.gazetteer.geography import Department, Geography, Place

How = Literal["exact", "rule", "judgement", "none"]
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What a search found; ``base`` is the part of the name that names the place."""

    counties: tuple[str, ...] = ()
    reaches: tuple[str, ...] = ()
    department: Department | None = None
    place: Place | None = None
    county_by: How = "none"
    ori_by: How = "none"
    evidence: str = ""
    confidence: Confidence = "low"
    problem: str | None = None
    base: str = ""


Search = Callable[[str, Sequence[str], Sequence[str], Geography], NameMatch]

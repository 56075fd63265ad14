"""Named measures on outcomes, for checking claims: a number, what it is a share of, its day, and its cells.

What enters: a measure's name, a day or an agency. What leaves: one ``Measured``. Nothing is read from text here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ledger287.core.locator import Cell
from ledger287.core.problem import Refused
from ledger287.core.text import plural
from ledger287.ledger.outcomes import held, identified


@dataclass(frozen=True, slots=True)
class Measured:
    """One measured number. ``share`` is ``number`` / ``whole`` where the measure is a share, else None."""

    measure: str
    says: str
    number: int
    whole: int | None
    share: float | None
    as_of: date | None
    source: str
    evidence: tuple[Cell, ...]
    caveat: str | None


Part = Callable[[held.HeldSnapshot], int | None]


def _not_convicted(one: held.HeldSnapshot) -> int | None:
    pending, none = one.number("pending"), one.number("none")
    return pending + none if pending is not None and none is not None else None


PARTS: dict[str, tuple[str, Part, tuple[tuple[str, str], ...]]] = {
    "held": ("people held by ICE", lambda one: one.number("total"), (("total", "total"),)),
    "held_convicted": (
        "held with a criminal conviction",
        lambda one: one.number("convicted"),
        (("convicted", "total"),),
    ),
    "held_pending": ("held with criminal charges pending", lambda one: one.number("pending"), (("pending", "total"),)),
    "held_neither": (
        "held with neither a conviction nor a pending charge",
        lambda one: one.number("none"),
        (("none", "total"),),
    ),
    "held_not_convicted": (
        "held without a criminal conviction",
        _not_convicted,
        (("pending", "total"), ("none", "total")),
    ),
    "held_arrested_by_ice": (
        "held who were arrested by ICE",
        lambda one: one.number("total", "ICE"),
        (("total", "ICE"),),
    ),
    "held_arrested_by_cbp": (
        "held who were arrested by CBP",
        lambda one: one.number("total", "CBP"),
        (("total", "CBP"),),
    ),
}
BY_AGENCY = ("identified", "removed")
CAVEAT_CRIMINALITY = (
    "Criminality is as ICE classifies it; a conviction may be of any offense, traffic and immigration ones too."
)


def names() -> tuple[str, ...]:
    """The measures there are."""
    return (*PARTS, *BY_AGENCY)


def measure(name: str, on: date | None = None, agency: str | None = None, state: str | None = None) -> Measured:
    """One measure. Those of people held take a day (the last snapshot if left out); the others an agency or state."""
    if name in PARTS:
        return _held(name, on)
    if name in BY_AGENCY:
        return _by_agency(name, agency, state)
    raise Refused(f"{name}: no such measure of outcomes. There are {', '.join(names())}.")


def _held(name: str, on: date | None) -> Measured:
    answer = held.held_on(on or held.snapshots()[-1].as_of)
    one = answer.snapshot
    says, part, cells = PARTS[name]
    number, total = part(one), one.number("total")
    if number is None:
        raise Refused(f"{one.as_of}: the workbook prints no number of people {says}.")
    evidence = tuple(cell for row, column in (*cells, ("total", "total")) if (cell := one.cell(row, column)))
    gap = f"The snapshot is {plural(answer.days_before, 'day')} before the day." if answer.days_before else None
    caveat = " ".join(filter(None, (gap, CAVEAT_CRIMINALITY if "arrested" not in name and name != "held" else None)))
    share = number / total if total and name != "held" else None
    whole = total if name != "held" else None
    return Measured(
        name, says, number, whole, share, one.as_of, held.PUBLISHER, tuple(dict.fromkeys(evidence)), caveat or None
    )


def _by_agency(name: str, agency: str | None, state: str | None) -> Measured:
    chosen = (identified.find(agency, state),) if agency else tuple(
        one for one in identified.agencies() if state is None or one.state == state
    )  # fmt: skip
    number = sum(one.identified if name == "identified" else one.removed for one in chosen)
    whole = sum(one.identified for one in chosen) if name == "removed" else None
    says = f"people {name} under 287(g), fiscal years 2006 to 2013"
    share = number / whole if whole else None
    return Measured(name, says, number, whole, share, None, identified.FILE, (), identified.LEAVES_OUT)

"""The facts of one case, as its record has them: events with their times, codes, and the agency's models.

What enters: nothing; these are the shapes that reading fills and deciding takes. A time is a whole number of seconds
since 1970 in UTC. A case holds no name, no birth date, no nationality and no number of a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ledger287.custody.case.vocabulary import BLANK, codes, events, number
from ledger287.law.clocks.calendar import Zone, zones

JEM, WSO, TFM, MODEL_UNKNOWN = 1, 2, 4, 8
MASKS = {"JEM": JEM, "WSO": WSO, "TFM": TFM}
"""The mask of an agency's models on a day; 0 where it had none."""
UNKNOWN_STATE = "?"


@dataclass(frozen=True, slots=True)
class Case:
    """One case as its record has it; every time is a whole number of seconds since 1970 in UTC.

    ``forms`` are those of detainers on different forms: each is a reading of the case. ``served_by`` and ``held_by``
    are officers by the number that their agency gives them, and ``by_roster`` the standing of each on that day, where a
    roster was given. ``unclear`` are events that are recorded but whose time is unclear. ``coded`` gives the number
    of each code; ``model`` is a mask of the agency's models on that day. ``problems`` are those found in reading.
    """

    case: str
    at: Mapping[str, int]
    unclear: frozenset[str] = frozenset()
    agency: str | None = None
    state: str | None = None
    zone: str | None = None
    coded: Mapping[str, int] = field(default_factory=dict)
    model: int = MODEL_UNKNOWN
    problems: int = 0
    served_by: str | None = None
    held_by: str | None = None
    by_roster: tuple[int, ...] = ()
    forms: tuple[int, ...] = ()

    def absent(self, event: str) -> bool:
        """Whether the record has nothing of an event."""
        return event not in self.at and event not in self.unclear

    def code(self, name: str) -> int:
        """The number of a code: 0 for none, -1 for one not understood."""
        return self.coded.get(name, BLANK)

    def named(self, name: str) -> str | None:
        """A code by its name; None where there is none, or none that is understood."""
        place = self.code(name)
        return codes(name)[place - 1] if place > 0 else None

    @property
    def jail_models(self) -> tuple[str, ...]:
        """The models of the agency on that day whose text speaks of holds in a jail."""
        return tuple(name for name, bit in (("JEM", JEM), ("WSO", WSO)) if self.model & bit)

    @property
    def where(self) -> Zone | None:
        """The jail's zone, where it is known."""
        return zones().get(self.zone or "")

    @property
    def state_known(self) -> bool:
        """Whether the state is given and is one."""
        return self.state is not None and self.state != UNKNOWN_STATE

    def reversed(self, before: str, after: str) -> bool:
        """Whether two events are in the wrong order."""
        return before in self.at and after in self.at and self.at[after] < self.at[before]

    @property
    def unclear_mask(self) -> int:
        """The events whose time is unclear, as bits."""
        return sum(1 << place for place, event in enumerate(events()) if event in self.unclear)


def model_mask(code: int) -> int:
    """The mask of a stated model, by its code's number; unknown where none is stated."""
    masks = {"JEM": JEM, "WSO": WSO, "TFM": TFM, "none": 0}
    return next((mask for name, mask in masks.items() if number("model", name) == code), MODEL_UNKNOWN)


def earliest(*times: int | None) -> int | None:
    """The earliest of the times that are known."""
    return min((time for time in times if time is not None), default=None)

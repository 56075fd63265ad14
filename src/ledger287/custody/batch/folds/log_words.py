"""The words of a log: which column holds which code, on which event's lines, and what a survey of a log found.

What enters: the vocabulary. What leaves: the names and numbers that the foldings of a log share. A code on the line of
its own event counts; where no such line gives one, a code of another line (``elsewhere``) says what the paper was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ledger287.custody.batch.plans.plan import TIMES
from ledger287.custody.case.vocabulary import codes, marked, number

DETAINER, WARRANT, CANCELLED = "detainer_received", "warrant_received", "detainer_cancelled"
SERVED, WARRANT_SERVED, ANSWERED = "served_on_person", "warrant_served", "status_answered"
OF_EVENT = {
    "detainer_form": ("form", DETAINER),
    "detainer_ground": ("ground", DETAINER),
    "detainer_issued_by": ("issued_by", DETAINER),
    "warrant_form": ("form", WARRANT),
    "status_outcome": ("outcome", ANSWERED),
    "officer_standing": ("standing", None),
    "model": ("model", None),
    "paid_detention": ("paid_detention", None),
    "hold_for": ("hold_for", None),
}
"""Which column of a log holds a code, and on which event's lines."""
OF_OFFICER = {"served_by": ("officer", (WARRANT_SERVED, SERVED)), "held_by": ("officer", ("hold_started",))}
"""On which events' lines the officer is the one who served, or who held: the first of them that names one."""
WORDS = {**OF_EVENT, **OF_OFFICER}
FORM_OF = {DETAINER: "detainer_form", WARRANT: "warrant_form", WARRANT_SERVED: "warrant_form"}
"""Events of papers, each with the code of the paper's form."""
TWO_WAYS = "\x00two ways"
"""What stands for a word that one case gives in two ways; it is not a code, state or zone."""
UNTOLD = -(2**40)
"""The marker for an unclear time while a log is folded; no calendar reaches that far back."""
FLAGS = ("no_zone", "time_shown_twice", "time_never_shown", "unreadable_time")
ENDS_HOLD = frozenset(marked("status_outcome", "ends_hold"))
JUDICIAL = frozenset(marked("warrant_form", "judicial"))
FORMS = "\x00forms "
"""What stands for detainers on different forms, with the mask of their numbers behind it; each is a reading."""
LOST_BIT = 1
"""The bit of a word that is not a code in a mask of codes; the code of number n has the bit ``1 << n``."""
PACK = 64
"""A time and a code as one number: the time's seconds times this, and the code's number."""


@dataclass(frozen=True, slots=True)
class LogWords:
    """What a survey of a log found: the events that occur, and the number of each word in a column of codes.

    ``unread`` are what is kept of lines whose words were not understood (``event_words.unread``).
    """

    events: tuple[str, ...] = TIMES
    coded: Mapping[str, Mapping[str, int]] = field(
        default_factory=lambda: {name: {code: number(name, code) for code in codes(name)} for name in OF_EVENT}
    )

    unread: tuple[str, ...] = ()

    @property
    def elsewhere(self) -> list[str]:
        """The codes of an event that may be found on the lines of other events too."""
        return [
            name
            for name, (_, only) in OF_EVENT.items()
            if only is not None and any(code > 0 for code in self.coded[name].values())
        ]

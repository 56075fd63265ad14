"""Provisions: what the law, the forms and the agreements say, dated and cited, and when one is in force.

What enters: nothing; these are the shapes that ``reading`` fills and a ``Lawbook`` holds. What leaves: ``Provision``,
frozen, and whether one is in force at a date and time. The module promises that a day of law begins with that day
in its territory's local time, and that what is unsettled is reported as unsettled.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from ledger287.core import declared
from ledger287.core.text import brief
from ledger287.core.time import EASTERN, at_eastern
from ledger287.law.lawbook.zones import read_zones

Standing = Literal["primary", "verified", "counted", "secondary", "unverified"]
"""How well a fact was checked, strongest first. ``primary``: the text was read in full; ``verified``: the act's own
text, a legislature's page or a court's text was seen in a check; ``counted``: counted from ICE's lists or the
agreements'
texts; ``secondary``: an account of it was read; ``unverified``: from memory only."""
Kind = Literal[
    "statute", "regulation", "form", "policy", "agreement", "fact", "state_law", "state_policy", "holding",
    "oversight", "analysis",
]  # fmt: skip
Effect = Literal["forbid", "restrict", "mandate", "allow", "hold", "honor", "silent", "not checked"]
"""``forbid``, ``restrict``, ``mandate`` and ``allow`` are done to agreements; ``forbid``, ``restrict``, ``hold`` (says
how long, or what a hold is), ``honor`` (a hold is required), ``silent`` and ``not checked`` to holds."""
BearsOn = Literal["agreements", "holds"]
State = Literal["in force", "unsettled", "not yet", "ended", "day unknown"]
Value = str | int | float | bool
HOURS = ("hold_hours", "hold_only_if")
"""The parameters by which a state's law limits a hold: so many hours, or only on a condition."""


def weakest(*standings: Standing) -> Standing:
    """The weaker of several standings: the one that is shown."""
    order = get_args(Standing)
    return max(standings, key=order.index)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value of a provision, from ``since`` until just before ``until`` (days begin in local time).

    ``since`` is None where the day is not known. ``standing`` is the weaker of the value's own and its provision's.
    """

    name: str
    value: Value
    unit: str
    since: date | datetime | None
    until: date | datetime | None
    note: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Dates:
    """A provision's days, kept apart. ``ended`` is the first day on which it no longer holds.

    ``comply_by`` is the last day to do what it asks: to sign, or to end what was signed before. ``not_before`` is a day
    before which it surely did not hold, where its first day is not known.
    """

    enacted: date | None
    effective: date | None
    comply_by: date | None
    ended: date | None
    not_before: date | None = None


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Days for which it is unknown whether the provision holds: from ``since`` until before ``until``.

    ``reaches`` says for what: ``all`` of it, or only for agreements that ``existing`` when it took effect.
    """

    since: date | None
    until: date | None
    reaches: Literal["all", "existing"]
    why: str


@dataclass(frozen=True, slots=True)
class StateLaw:
    """What a state's law does to 287(g) agreements or to holds for ICE, and for which functions and kinds of agency.

    ``functions`` is empty where it reaches every function; ``open_functions`` are those for which it is not known
    whether it reaches them; ``agency_types`` is empty where it reaches every agency of the state.
    """

    effect: Effect
    functions: tuple[str, ...]
    open_functions: tuple[str, ...]
    agency_types: tuple[str, ...]
    bears_on: BearsOn = "agreements"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of an agreement's text: of which model and template, on which topic, and what it lists.

    ``also`` are further versions in whose texts it was read, the same in substance. ``lists`` is True, False, or None
    for a clause that is not a grant; ``setting`` is where the function may be done: ``jail``, ``field`` or ``any``.
    """

    model: str
    template: str
    topic: str
    lists: bool | None
    setting: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule. ``territory`` is None for the nation, else the codes of the states it holds in.

    ``checked_until`` is the last day for whose law its source speaks; ``last_checked`` the day as of which
    the rule was last compared with its source, None where it is from memory and no source was read. ``own_standing`` is
    that of its text alone; ``standing``, which every answer shows, is never stronger. ``continues`` is the id of an
    earlier rule that is the same law: this one is of the days from which that is in doubt.
    """

    id: str
    says: str
    kind: Kind
    citation: str
    own_standing: Standing
    checked_until: date
    last_checked: date | None
    territory: tuple[str, ...] | None
    parameters: tuple[Parameter, ...]
    not_formalised: tuple[tuple[str, str], ...]
    source: str
    dates: Dates
    unsettled: Unsettled | None = None
    state_law: StateLaw | None = None
    clause: Clause | None = None
    file: str = ""
    formerly: tuple[str, ...] = ()
    continues: str | None = None

    @property
    def standing(self) -> Standing:
        """The standing that everything resting on this provision shows: the weaker of its own and its hours'."""
        hours = (each.standing for each in self.parameters if each.name in HOURS)
        return weakest(self.own_standing, *hours) if self.state_law else self.own_standing

    @property
    def bears_on_holds(self) -> bool:
        """Whether it is law of a state, a policy or a court on holds; a user's act with hours alone is one."""
        if self.kind not in ("state_law", "state_policy", "holding"):
            return False
        if self.state_law is None:
            return any(each.name in HOURS for each in self.parameters)
        return self.state_law.bears_on == "holds"

    @property
    def settled_silence(self) -> bool:
        """Whether a text that was seen says nothing on holds; by an account alone it stays open."""
        return bool(self.state_law and self.state_law.effect == "silent") and self.standing in ("primary", "verified")

    @property
    def settles_holds(self) -> bool:
        """Whether a hold is found missed by it: a statute whose text was seen. Anything else leaves it open."""
        return self.kind == "state_law" and self.standing in ("primary", "verified")


@cache
def zone(territory: tuple[str, ...] | None) -> ZoneInfo:
    """The zone in which a provision's days begin: its one state's, else US Eastern."""
    return read_zones()[territory[0]] if territory and len(territory) == 1 else EASTERN


def begins(day: date | datetime, territory: tuple[str, ...] | None) -> datetime:
    """The date and time at which a day of law begins; a date and time is returned unchanged."""
    if isinstance(day, datetime):
        return day
    where = zone(territory)
    return (
        at_eastern(day, datetime.min.time())
        if where is EASTERN
        else datetime.combine(day, datetime.min.time(), tzinfo=where)
    )


def first_day(where: Provision) -> date | None:
    """The first day on which a provision surely holds; None where none is known."""
    gap = where.unsettled
    return where.dates.effective or (gap.until if gap and gap.reaches == "all" else None)


def value_holds(entry: Parameter, where: Provision, at: datetime) -> bool:
    """Whether a value of a provision holds at a date and time."""
    since, until = entry.since or first_day(where), entry.until or where.dates.ended
    after = since is None or at >= begins(since, where.territory)
    return after and (until is None or at < begins(until, where.territory))


def checked(where: Provision, at: datetime) -> bool:
    """Whether the date and time is in the span for which the provision was checked."""
    return at < begins(where.checked_until + timedelta(days=1), where.territory)


def outside_span(day: date) -> str | None:
    """A sentence where a day is later than the law that is known here as a whole; None where it is not."""
    until: date = declared.rules()["limits.yml"]["coverage"]["checked_until"]
    if day <= until:
        return None
    span = f"the span that the rules were checked for, which ends on {brief(until)}"
    return f"the day is outside of {span}; later law is unknown"


def state_of(where: Provision, at: datetime, *, existing: bool = False) -> State:
    """Whether a provision holds at a date and time; with ``existing``, for agreements signed before it took effect."""
    gap, earliest = where.unsettled, where.dates.not_before
    if earliest and at < begins(earliest, where.territory):
        return "not yet"
    if gap and (gap.reaches == "all" or existing):
        after = gap.since is None or at >= begins(gap.since, where.territory)
        if after and (gap.until is None or at < begins(gap.until, where.territory)):
            return "unsettled"
        if gap.reaches == "all" and not after:
            return "not yet"
    dates = where.dates
    if dates.ended and at >= begins(dates.ended, where.territory):
        return "ended"
    if dates.effective is None:
        return "in force" if gap and gap.until else "day unknown"
    return "in force" if at >= begins(dates.effective, where.territory) else "not yet"
